"""Settings files: found, extended, merged, checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from seedlint.config import load_settings, parse_settings
from seedlint.config_error import ConfigError
from seedlint.configread import KEYS
from seedlint.configschema import config_schema, config_schema_text
from seedlint.diagnostic import Severity
from seedlint.limits import Limits
from seedlint.settings import Override, RuleSettings, Settings
from seedlint.tomlplace import toml_loads
from seedlint.versions import satisfies

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plain(text: str) -> str:
    """An indented text block without its indentation."""
    return dedent(text[1:] if text.startswith("\n ") else text)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plain(text), encoding="utf-8")
    return path


def parse(text: str, path: str = "seedlint.toml") -> Settings:
    return parse_settings(plain(text), Path(path))


def mistake(text: str, path: str = "seedlint.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        parse(text, path)
    return str(caught.value)


def load_mistake(cwd: Path, config: Path | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(cwd, config)
    return str(caught.value)


# Every key


def test_every_key(tmp_path: Path) -> None:
    settings = parse(
        """
        required-version = ">=0.1"
        include = ["seeds", "more/*.md"]
        exclude = ["drafts/"]
        schema = "contract.json"
        select = ["schema", "duplicate-topic"]
        ignore = ["schema-format", "duplicate"]
        extend-select = ["insecure-url"]
        fixable = "all"
        unfixable = ["duplicate", "schema-enum"]
        extend-safe-fixes = ["mojibake"]
        extend-unsafe-fixes = ["amp-cache-url"]
        require-front-matter = true
        skip-other-front-matter = true
        tracking-parameters = ["ref", "utm_*"]
        fail-on = "warning"

        [schemas]
        "news/**" = "news.json"
        "blog/**" = "../blog.json"

        [limits]
        file-size = 5
        aliases = 0

        [rules.image-dimensions]
        severity = "warning"
        max-aspect-ratio = 3

        [rules.schema-format]
        severity = "info"

        [[overrides]]
        files = ["old/**"]
        select = "all"
        ignore = ["duplicate-image"]
        extend-select = ["duplicate"]
        rules.duplicate-topic.severity = "error"

        [[overrides]]
        pointers = ["", "/a~1b/*", "/**/c"]
        ignore = ["schema"]
        rules.insecure-url.severity = "warning"
        """
    )
    origins = settings.origins
    assert settings == Settings(
        path=Path("seedlint.toml"),
        root=tmp_path,
        include=("seeds", "more/*.md"),
        exclude=("drafts/",),
        schema=tmp_path / "contract.json",
        schemas=(("news/**", tmp_path / "news.json"), ("blog/**", tmp_path / "../blog.json")),
        select=("schema", "duplicate-topic"),
        ignore=("schema-format", "duplicate"),
        extend_select=("insecure-url",),
        fixable=("all",),
        unfixable=("duplicate", "schema-enum"),
        extend_safe_fixes=("mojibake",),
        extend_unsafe_fixes=("amp-cache-url",),
        require_front_matter=True,
        skip_other_front_matter=True,
        tracking_parameters=("ref", "utm_*"),
        fail_on=Severity.WARNING,
        limits=Limits(file_size=5, aliases=0),
        rules={
            "image-dimensions": RuleSettings(Severity.WARNING, {"max_aspect_ratio": 3.0}),
            "schema-format": RuleSettings(Severity.INFO),
        },
        overrides=(
            Override(
                files=("old/**",),
                select=("all",),
                ignore=("duplicate-image",),
                extend_select=("duplicate",),
                rules={"duplicate-topic": RuleSettings(Severity.ERROR)},
            ),
            Override(
                pointers=("", "/a~1b/*", "/**/c"),
                ignore=("schema",),
                rules={"insecure-url": RuleSettings(Severity.WARNING)},
            ),
        ),
    )
    assert type(settings.rules["image-dimensions"].options["max_aspect_ratio"]) is float
    assert origins["limits", "aliases"] == Path("seedlint.toml")
    assert parse(settings.as_toml()) == settings


def test_rule_settings_over_others() -> None:
    base = RuleSettings(Severity.INFO, {"a": 1, "b": 2})
    assert RuleSettings(None, {"b": 3}).over(base) == RuleSettings(Severity.INFO, {"a": 1, "b": 3})
    assert RuleSettings(Severity.ERROR).over(None) == RuleSettings(Severity.ERROR)


# Mistakes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\nselct = []", '3: unknown key "selct"; did you mean "select"?'),
        ("extend_select = []", '1: unknown key "extend_select"; did you mean "extend-select"?'),
        ("zzz = 1", '1: unknown key "zzz"'),
        ('x = 1\n[rules]\nx.severity = "e"', '1: unknown key "x"'),
        (
            'include = "seeds"',
            '1: "include" must be a list of folders and patterns, not the string "seeds"',
        ),
        ("exclude = [\n'a',\n  3]", '3: each item of "exclude" must be a string, not the number 3'),
        ('exclude = ["a",\n" "]', '2: each item of "exclude" must not be empty'),
        ('exclude = ["/"]', '1: the pattern "/" can match nothing'),
        (
            '\nexclude = ["a", "seeds/[0-"]',
            '2: the pattern "seeds/[0-" can match nothing, since it ends within brackets or after '
            "a backslash",
        ),
        (
            f'include = ["a"]\nexclude = {["a*b"] * 1_001}',
            '2: "exclude" has more than 1000 patterns with wildcards',
        ),
        ('exclude = ["#a"]', '1: the pattern "#a" reads as a comment, write "/#a"'),
        ('include = ["a",\n"!b"]', '2: "!b" cannot be included, use "exclude"'),
        (
            'include = ["a",\n"../b"]',
            '2: "../b" lies outside of the project: name it on the command line instead',
        ),
        (
            'include = ["/a/*/../../../b"]',
            '1: "/a/*/../../../b" lies outside of the project: name it on the command line instead',
        ),
        ("schema = 1979-05-27", '1: "schema" must be a string, not the date or time 1979-05-27'),
        ("[schemas]\n'*.md' = 1", '2: "schemas.*.md" must be a string, not the number 1'),
        ("select = true", '1: "select" must be "all" or a list of rule names, not true'),
        (
            "require-front-matter = 'yes'",
            '1: "require-front-matter" must be true or false, not the string "yes"',
        ),
        ("fail-on = 'eror'", '1: unknown severity "eror"; did you mean "error"?'),
        ("fail-on = 1", '1: "fail-on" must be "error", "warning" or "info", not the number 1'),
        ("tracking-parameters = ['a', 'b*c']", '1: "b*c" may have a * only at its end'),
        ("tracking-parameters = ['*']", '1: "*" would be every parameter'),
        ("limits = []", '1: "limits" must be a table, not a list'),
        ("limits.dept = 1", '1: unknown key "dept"; did you mean "depth"?'),
        (
            "limits.x = 1",
            '1: unknown key "x"; expected "size", "file-size", "depth", "nodes", "aliases", '
            '"keys", "digits" or "steps"',
        ),
        ("limits = {depth = 257}", '1: "limits.depth" must be between 1 and 256, not 257'),
        ("[limits]\n\nsize = 0", '3: "limits.size" must be at least 1, not 0'),
        ("limits.size = true", '1: "limits.size" must be a whole number, not true'),
        ("rules = 1", '1: "rules" must be a table, not the number 1'),
        ("overrides = 1", '1: "overrides" must be [[overrides]] tables, not the number 1'),
        ("overrides = [\n1]", '2: each item of "overrides" must be a table, not the number 1'),
    ],
)
def test_wrong_keys_and_values(text: str, message: str) -> None:
    assert mistake(text) == f"seedlint.toml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'ignore = [\n  "duplicate-topic",\n  "duplicat-image",\n]',
            '3: unknown rule "duplicat-image"; did you mean "duplicate-image"?',
        ),
        (
            '[tool.seedlint]\ninclude = ["a"]',
            '1: unknown key "tool": [tool.seedlint] is for pyproject.toml, here settings stand at '
            "the top",
        ),
        ('select = ["qqq"]', '1: unknown rule "qqq"; `seedlint rule` lists them'),
        (
            'select = ["duplicate-to"]',
            '1: unknown rule "duplicate-to"; did you mean "duplicate-topic"?',
        ),
        (
            'ignore = ["schema-min", "schema-requird"]',
            '1: unknown rule "schema-requird"; did you mean "schema-required"?',
        ),
        (
            "[rules.schema-typ]\nseverity = 'info'",
            '1: unknown rule "schema-typ"; did you mean "schema-type"?',
        ),
        (
            'fixable = ["all"]\nunfixable = [\n"mojibak"]',
            '3: unknown rule "mojibak"; did you mean "mojibake"?',
        ),
        (
            "extend-safe-fixes = 'mojibake'",
            '1: "extend-safe-fixes" must be "all" or a list of rule names, not the string '
            '"mojibake"',
        ),
        (
            "extend-unsafe-fix = []",
            '1: unknown key "extend-unsafe-fix"; did you mean "extend-unsafe-fixes"?',
        ),
        (
            '\nignore = ["schema", "encoding"]',
            '2: "encoding" cannot be ignored: it always runs, because nothing else can be said '
            "of a file that cannot be read",
        ),
        (
            '[[overrides]]\nfiles = ["a"]\nignore = ["front-matter"]',
            '3: "front-matter" cannot be ignored: it always runs, because nothing else can be '
            "said of a file that cannot be read",
        ),
        (
            '[rules.image-dimension]\nseverity = "info"',
            '1: unknown rule "image-dimension"; did you mean "image-dimensions"?',
        ),
        (
            "[rules.near-duplicate-related]\nexcerpt-min-length = 3\ntitle-similarity = 5",
            "3: a similarity must be above 0 and at most 1",
        ),
        (
            "[rules.image-dimensions]\nmin-side = -5",
            "2: min-side must not be negative, nor larger than max-side",
        ),
        (
            "[rules.timestamp-range]\nearliest-year = 12345",
            "2: earliest-year must be a year, from 0 to 9999",
        ),
        ("[rules.duplicate]", '1: "duplicate" is a prefix, expected the name of one rule'),
        (
            "[rules.image-dimensions]\nmax-aspect-ration = 3",
            '2: unknown option of image-dimensions "max-aspect-ration"; did you mean '
            '"max-aspect-ratio"?',
        ),
        (
            "[rules.duplicate-topic]\nmax = 3",
            '2: unknown option of duplicate-topic "max"; expected "severity"',
        ),
        (
            "rules.image-dimensions.max-aspect-ratio = '3'",
            '1: "rules.image-dimensions.max-aspect-ratio" must be a number, not the string "3"',
        ),
        (
            "rules.image-dimensions.max-aspect-ratio = nan",
            '1: "rules.image-dimensions.max-aspect-ratio" must be a finite number',
        ),
        (
            "[rules]\nschema-type = {severity = 'warn'}",
            '2: unknown severity "warn"; did you mean "warning"?',
        ),
        (
            "[rules]\nlimits.severity = 'warning'",
            '2: limits is always an "error", because nothing else can be said of a file that '
            "cannot be read",
        ),
    ],
)
def test_wrong_rules(text: str, message: str) -> None:
    assert mistake(text) == f"seedlint.toml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignore = []", '2: an override needs "files" or "pointers", to say where it holds'),
        ("files = []", '2: an override needs "files" or "pointers", to say where it holds'),
        ("fils = ['a']", '3: unknown key "fils"; did you mean "files"?'),
        ("pointers = ['a/b']", '3: a JSON pointer starts with "/": write "/a/b"'),
        (
            "pointers = [1]",
            '3: each item of "overrides.pointers" must be a string, not the number 1',
        ),
        ("pointers = [\n'/a',\n'/~b']", '5: in "/~b", "~" must be written "~0" (and "~1" is "/")'),
        (
            "pointers = ['/a']\nselect = ['schema']",
            '4: an override with "pointers" has no "select", only "ignore" and severities',
        ),
        (
            "files = ['a']\n[overrides.rules.near-duplicate-entry]\nexcerpt-min-length = 9",
            '5: an override cannot set "excerpt-min-length": near-duplicate-entry looks at all '
            'files together, so its options belong into "rules.near-duplicate-entry"; here it may '
            'have a "severity" or be ignored',
        ),
        (
            "pointers = ['/a']\n[overrides.rules.image-dimensions]\nmax-aspect-ratio = 2",
            '5: an override with "pointers" sets no option such as "max-aspect-ratio", only '
            '"ignore" and severities',
        ),
    ],
)
def test_wrong_overrides(text: str, message: str) -> None:
    assert mistake(f"# one\n[[overrides]]\n{text}") == f"seedlint.toml:{message}"


def test_the_line_in_pyproject_and_in_a_later_table() -> None:
    text = """
        [project]
        name = "x"
        select = ["nonsense"]

        [tool.seedlint]
        ignore = ["schema"]

        [[tool.seedlint.overrides]]
        files = ["a"]

        [[tool.seedlint.overrides]]
        files = ["b"]
        rules.duplicate-topic.severity = "bad"
        """
    assert mistake(text, "pyproject.toml") == (
        'pyproject.toml:13: unknown severity "bad"; expected "error", "warning" or "info"'
    )
    assert mistake("[tool]\nseedlint = 1", "pyproject.toml") == (
        'pyproject.toml:2: "tool.seedlint" must be a table, not the number 1'
    )
    assert mistake("\ntool = 1", "pyproject.toml") == (
        'pyproject.toml:2: "tool" must be a table, not the number 1'
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = \nc = 2", ":2: not valid TOML: invalid value"),
        ("a = 1\na = 2", ":2: not valid TOML: cannot overwrite a value"),
        ("a = [\n1,\n\n\n", ":2: not valid TOML: "),
        ("a = " + "[" * 100_000, ": not valid TOML: nested too deeply"),
        ("\na = " + "9" * 5_000, ": not valid TOML: a number has too many digits"),
        ("\n" + "a." * 50_000 + "a = 1", ":2: the key has too many parts"),
        ("\n[" + "a . " * 50_000 + "a]", ":2: the key has too many parts"),
        ("\nx = {" + '"\\"".\'\'.' * 50_000 + "a = 1}", ":2: the key has too many parts"),
        ('"' + '""\\' * 100_000 + "a." * 50_000, ":1: not valid TOML: "),
    ],
)
def test_toml_syntax(text: str, place: str) -> None:
    assert mistake(text).startswith(f"seedlint.toml{place}")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_bytes(b"select = []\nignore = ['\xff']\n")
    assert load_mistake(tmp_path) == (
        "seedlint.toml:2: not UTF-8: byte 0xFF, where TOML must be UTF-8"
    )
    (tmp_path / "folder.toml").mkdir()
    assert load_mistake(tmp_path, Path("folder.toml")) == (
        "folder.toml: cannot be read: Is a directory"
    )
    assert load_mistake(tmp_path, Path("none.toml")) == (
        "none.toml: cannot be read: No such file or directory"
    )
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    assert load_mistake(tmp_path, Path("zero.toml")) == "zero.toml: has more than 1048576 bytes"


def test_many_dots_that_are_no_key(tmp_path: Path) -> None:
    write(
        tmp_path / "pyproject.toml",
        f"""
        # {"a." * 100}
        text = "{"a." * 100}"
        lines = '''
        {"a." * 100}
        '''
        {"a." * 31}a = 1
        numbers = [{"1.5, " * 100}]
        [tool.seedlint]
        ignore = ["schema"]
        """,
    )
    assert load_settings(tmp_path).ignore == ("schema",)


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling", "loop"])
def test_settings_that_are_no_file_are_not_passed_by(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "seedlint.toml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("gone.toml" if kind == "dangling" else path.name)
    below = tmp_path / "below"
    below.mkdir()
    for folder in (tmp_path, below):
        assert load_mistake(folder).endswith("seedlint.toml: is no file, or a link to what is none")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "seedlint.toml").write_bytes(b"\xef\xbb\xbfignore = ['schema']\r\n")
    assert load_settings(tmp_path).ignore == ("schema",)


# Versions


@pytest.mark.parametrize(
    ("specifier", "holds"),
    [
        (">=0.1,<2", True),
        ("== 0.4.0.0", True),
        ("==0.4.*", True),
        ("!=0.4.*", False),
        ("!=0.4", False),
        (">0.4", False),
        ("<=0.4", True),
        ("<0.10", True),
        ("~=0.3", True),
        ("~=0.4.1", False),
        ("~=1.0", False),
        (">0.3,<0.4", False),
    ],
)
def test_version_specifiers(specifier: str, holds: bool) -> None:
    assert satisfies("0.4.0.dev1", specifier) is holds


@pytest.mark.parametrize("specifier", ["", "1", ">=1,", "=>1", ">=1.*", "~=1", "~=1.0.*", ">=x"])
def test_broken_version_specifiers(specifier: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        satisfies("0.4", specifier)


def test_the_required_version_is_looked_at_first() -> None:
    text = "from-the-future = 1\n[limits]\n[rules]\n"
    assert mistake(f'{text}[x]\nrequired-version = ">=9"').startswith(
        "seedlint.toml:1: unknown key"
    )
    assert mistake('new = 1\nrequired-version = ">=9"') == (
        'seedlint.toml:2: seedlint ">=9" is required, this is 0.1.0'
    )
    assert mistake('required-version = ">=0.1,2"') == (
        'seedlint.toml:1: "required-version" must be comparisons such as ">=0.1,<2", not "2"'
    )


# Where settings are found


def test_defaults_without_a_file(tmp_path: Path) -> None:
    assert load_settings(tmp_path, isolated=True) == Settings(path=None, root=tmp_path)


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    outer = write(tmp_path / "seedlint.toml", 'ignore = ["schema"]')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert load_settings(inner).path == outer
    assert load_settings(inner).root == tmp_path

    write(inner / "pyproject.toml", '[project]\nname = "seedlint-user"')
    write(tmp_path / "a" / "pyproject.toml", "[tool.other]")
    assert load_settings(inner).path == outer

    near = write(inner / "pyproject.toml", '[tool.seedlint]\nignore = ["duplicate"]')
    assert load_settings(inner).path == near
    assert load_settings(inner).ignore == ("duplicate",)

    nearest = write(inner / "seedlint.toml", "")
    assert load_settings(inner) == Settings(path=nearest, root=inner)
    assert load_settings(inner, isolated=True).path is None


def test_a_pyproject_that_cannot_be_parsed_matters_only_if_it_may_be_ours(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.other\n")
    assert load_settings(tmp_path) == Settings(path=None, root=tmp_path)
    write(tmp_path / "pyproject.toml", "[tool.seedlint\n")
    assert load_mistake(tmp_path).startswith("pyproject.toml:1: not valid TOML: ")


def test_a_named_file_speaks_of_the_working_directory(tmp_path: Path) -> None:
    write(tmp_path / "seedlint.toml", "nonsense = 1")
    write(tmp_path / "shared" / "x.json", "{}")
    named = write(tmp_path / "shared" / "strict.toml", 'schema = "x.json"')
    settings = load_settings(tmp_path, Path("shared/strict.toml"))
    assert (settings.path, settings.root) == (named, tmp_path)
    assert settings.schema == tmp_path / "shared" / "x.json"
    assert load_settings(tmp_path, named, isolated=True).path == named

    write(tmp_path / "pyproject.toml", "[tool.other]")
    assert load_mistake(tmp_path, Path("pyproject.toml")) == (
        "pyproject.toml: has no [tool.seedlint] table"
    )


# Extending


def test_extending(tmp_path: Path) -> None:
    write(
        tmp_path / "base" / "root.toml",
        """
        exclude = ["root"]
        ignore = ["schema"]
        fail-on = "info"
        schema = "missing.json"
        [schemas]
        "a" = "one.json"
        "b" = "one.json"
        """,
    )
    write(
        tmp_path / "base" / "pyproject.toml",
        """
        [tool.seedlint]
        extend = "root.toml"
        exclude = ["middle"]
        [tool.seedlint.limits]
        depth = 9
        size = 9
        [tool.seedlint.rules.image-dimensions]
        severity = "info"
        max-aspect-ratio = 9.0
        """,
    )
    near = write(
        tmp_path / "seedlint.toml",
        """
        extend = "base/pyproject.toml"
        ignore = ["duplicate"]
        schema = "here.json"
        schemas.a = "here.json"
        limits.depth = 3
        rules.image-dimensions.max-aspect-ratio = 3.0
        """,
    )
    for name in ("here.json", "base/one.json"):
        write(tmp_path / name, "{}")
    settings = load_settings(tmp_path)
    assert settings == Settings(
        path=near,
        root=tmp_path,
        exclude=("middle",),
        ignore=("duplicate",),
        fail_on=Severity.INFO,
        schema=tmp_path / "here.json",
        schemas=(("b", tmp_path / "base" / "one.json"), ("a", tmp_path / "here.json")),
        limits=Limits(depth=3, size=9),
        rules={"image-dimensions": RuleSettings(Severity.INFO, {"max_aspect_ratio": 3.0})},
    )
    shown = settings.as_toml().splitlines()
    assert 'exclude = ["middle"]  # base/pyproject.toml' in shown
    assert 'fail-on = "info"  # base/root.toml' in shown
    assert "depth = 3  # seedlint.toml" in shown
    assert "size = 9  # base/pyproject.toml" in shown
    assert "nodes = 10000  # default" in shown
    assert "# select is not set" in shown
    assert "# fixable is not set" in shown
    assert "unfixable = []  # default" in shown
    assert parse(settings.as_toml()) == replace(settings, path=Path("seedlint.toml"))


def test_mistakes_in_extended_files(tmp_path: Path) -> None:
    write(tmp_path / "seedlint.toml", '\nextend = "base.toml"')
    assert load_mistake(tmp_path) == 'seedlint.toml:2: "extend" names a file that does not exist'
    write(tmp_path / "base.toml", "\n\nselct = 1")
    assert load_mistake(tmp_path) == 'base.toml:3: unknown key "selct"; did you mean "select"?'
    write(tmp_path / "base.toml", 'fail-on = "info"\nextend = "./third.toml"')
    write(tmp_path / "third.toml", 'extend = "base.toml"')
    assert load_mistake(tmp_path) == (
        'third.toml:1: "extend" leads back to a file that extends this one'
    )
    write(tmp_path / "seedlint.toml", 'extend = "a\\u0000b"')
    assert load_mistake(tmp_path) == 'seedlint.toml:1: "extend" names a file that does not exist'


def test_a_schema_that_does_not_exist(tmp_path: Path) -> None:
    write(tmp_path / "base" / "x.toml", '[schemas]\n"*.md" = "../gone.json"')
    write(tmp_path / "seedlint.toml", 'extend = "base/x.toml"')
    assert load_mistake(tmp_path) == "base/x.toml:2: the schema ../gone.json does not exist"
    write(tmp_path / "seedlint.toml", '\nschema = "none.json"')
    assert load_mistake(tmp_path) == "seedlint.toml:2: the schema none.json does not exist"


# Start-up


def test_what_is_imported_without_a_settings_file(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from seedlint.config import load_settings;"
        "load_settings(Path.cwd(), isolated=True);"
        "print({'tomllib', 'tomli', 'difflib', 'seedlint.configread', 'seedlint.rule', 'pathspec'}"
        " & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


# The JSON Schema for editors


def test_the_schema_file_is_current() -> None:
    written = (REPOSITORY / "schemas" / "config.schema.json").read_text(encoding="utf-8")
    assert written == config_schema_text()


def test_the_schema_knows_the_same_keys() -> None:
    assert set(config_schema()["properties"]) == set(KEYS)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ('select = "all"\nignore = ["schema-format", "duplicate"]', True),
        ("[rules.image-dimensions]\nmax-aspect-ratio = 3", True),
        ('[rules.schema-format]\nseverity = "info"', True),
        ('[[overrides]]\npointers = ["/a"]\nrules.schema-type.severity = "info"', True),
        ('[rules.limits]\nseverity = "error"', True),
        ('[rules.limits]\nseverity = "warning"', False),
        ('[[overrides]]\nfiles = ["a"]\nrules.yaml-syntax.severity = "info"', False),
        ('fixable = "all"\nunfixable = ["schema", "mojibake"]', True),
        ('extend-safe-fixes = ["mojibake"]\nextend-unsafe-fixes = "all"', True),
        ("unfixable = 'mojibake'", False),
        ("selct = []", False),
        ("[rules.nonsense]", False),
        ('plugins = ["no_such_package.rules"]\n[rules.nonsense]\nx = 1', True),
        ('plugins = ["no_such_package"]\n[[overrides]]\nfiles = ["a"]\nrules.x.y = 1', True),
        ('plugins = ["../rules"]', False),
        ("plugins = 'rules'", False),
        ('[[overrides]]\nfiles = ["a"]\nrules.nonsense.severity = "info"', False),
        ('[rules.image-dimensions]\nmax-aspect-ratio = "3"', False),
        ("[limits]\ndepth = 1000", False),
        ("[[overrides]]\nignore = []", False),
        ('[[overrides]]\npointers = ["/a"]\nselect = ["schema"]', False),
        ('[[overrides]]\npointers = ["/a"]\nrules.image-dimensions.max-aspect-ratio = 3', False),
        ('[[overrides]]\nfiles = ["a"]\nrules.image-dimensions.max-aspect-ratio = 3', True),
        ('[[overrides]]\nfiles = ["a"]\nrules.near-duplicate-entry.severity = "info"', True),
        (
            '[[overrides]]\nfiles = ["a"]\nrules.near-duplicate-entry.title-similarity = 0.9',
            False,
        ),
    ],
)
def test_the_schema_agrees_with_the_code(text: str, valid: bool) -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(config_schema_text()))
    assert validator.is_valid(toml_loads()(text)) is valid
    if valid:
        parse(text)
    else:
        mistake(text)
