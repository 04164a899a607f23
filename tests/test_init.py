"""First contact: ``seedlint init`` in folders of all kinds, and the check that follows."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from seedlint import __version__, nothing, survey
from seedlint.config import load_settings
from seedlint.home import PLACEHOLDER, home
from tests import sites
from tests.support import REAL_SEEDS, SEED, fenced, numbered

SETTINGS = "seedlint.toml"
SCHEMA = "seedlint.schema.json"
HOOKS = ".pre-commit-config.yaml"
SAMPLE = "seeds/example.md"
WORKFLOW = ".github/workflows/seedlint.yml"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run seedlint in a folder, with nobody at a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "seedlint", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def checked(folder: Path) -> tuple[int, str]:
    """The exit code of the check that follows, and what it says."""
    done = run("check", "--no-cache", "-o", "concise", "--fail-on", "info", cwd=folder)
    return done.returncode, done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def included(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    settings = load_settings(folder)
    return settings.include, settings.exclude


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    tmp_path = tmp_path / "empty"
    tmp_path.mkdir()
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "no files with YAML front matter found\n"
        "\n"
        "wrote seeds/example.md\n"
        "wrote seedlint.toml\n"
        "\n"
        "for pre-commit and CI, run `seedlint init` at the top of the repository\n"
        "\n"
        "next: run `seedlint check`; seeds/example.md shows what a seed is: put yours beside it\n"
    )
    written = files(tmp_path)
    assert sorted(written) == [SETTINGS, SAMPLE]
    assert included(tmp_path) == (("seeds",), ())
    assert checked(tmp_path) == (0, "All clean: 1 file checked\n")
    again = run("init", cwd=tmp_path)
    assert (again.returncode, files(tmp_path)) == (0, written)
    (tmp_path / SAMPLE).write_text(fenced(SEED))
    assert run("init", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / SAMPLE).read_text() == fenced(SEED)
    assert checked(tmp_path) == (0, "All clean: 1 file checked\n")


def test_the_sample_keeps_every_rule(tmp_path: Path) -> None:
    (tmp_path / "top").mkdir()
    run("init", "top", cwd=tmp_path)
    check = ("check", "--isolated", "--no-cache", "--select", "all", "--fail-on", "info")
    assert run(*check, f"top/{SAMPLE}", cwd=tmp_path).stdout == "All clean: 1 file checked\n"


@pytest.mark.parametrize("name", ["seeds", "post.md", "page.txt"])
def test_no_sample_where_it_has_no_place(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        {"post.md": "+++\n+++\n", "page.txt": "---\n[\n---\n"}.get(name, "")
    )
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(files(tmp_path)) == sorted([name, SETTINGS])
    step = "put seeds here or into a folder below, then run `seedlint check`"
    convert = (
        "convert front matter to YAML, as `hugo convert toYAML` does with TOML, and run "
        "`seedlint init --force`: so far there is nothing to check"
    )
    assert done.stdout.endswith(f"next: {convert if name == 'post.md' else step}\n")


def test_seeds(tmp_path: Path) -> None:
    sites.seeds(tmp_path)
    done = run("init", cwd=tmp_path)
    assert done.stdout.startswith(
        ".: 4 files with front matter\n"
        "4 of 4 keep the built-in schema of seeds, which is used\n"
        "\n"
        "wrote seedlint.toml\n"
    )
    assert sorted(set(files(tmp_path)) - {"README.md"}) == [
        *("000.txt", "001.txt", "002.txt", "003.txt"),
        SETTINGS,
    ]
    assert load_settings(tmp_path).schema is None
    assert checked(tmp_path) == (0, "All clean: 4 files checked (1 skipped)\n")


@pytest.mark.skipif(not REAL_SEEDS.is_dir(), reason="the real seeds are not here")
def test_real_seeds(tmp_path: Path) -> None:
    shutil.copytree(REAL_SEEDS, tmp_path / "seeds")
    before = run("check", "--no-cache", "-o", "concise", "--isolated", cwd=tmp_path)
    assert run("init", cwd=tmp_path).returncode == 0
    assert included(tmp_path) == (("seeds",), ())
    after = run("check", "--no-cache", "-o", "concise", cwd=tmp_path)
    assert (after.returncode, after.stdout) == (before.returncode, before.stdout)


def test_a_jekyll_site(tmp_path: Path) -> None:
    sites.jekyll(tmp_path)
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "_posts: 7 files with front matter\n"
        ".: 2 files with front matter\n"
        "looks like data or settings, not checked: . (2 YAML), _data (1 YAML)\n"
        "`include` and `exclude` decide whether plain YAML is checked; JSON never is\n"
        "inferred a schema: 7 keys, 1 of them required\n"
        "roles guessed: entry, title, topics, topic\n"
        "\n"
        "wrote seedlint.schema.json\n"
        "wrote seedlint.toml\n"
    )
    assert (tmp_path / SETTINGS).read_text() == (
        "# Written by `seedlint init`. `seedlint check --show-settings` shows what is in force.\n"
        'include = ["_posts", "/*.html", "/*.md"]\n'
        "\n"
        "# Inferred from 9 files: a start, to be edited.\n"
        'schema = "seedlint.schema.json"\n'
        "\n"
        "# What is no text to YAML 1.1 readers, as site generators are, is text in quotes:\n"
        "# such a fix is for a person to look at.\n"
        'extend-unsafe-fixes = ["ambiguous-scalar"]\n'
        "\n"
        "# Dates that are dates to YAML 1.1 readers, as site generators are, are meant to be.\n"
        "[[overrides]]\n"
        'pointers = ["/date"]\n'
        'ignore = ["ambiguous-scalar"]\n'
    )
    assert checked(tmp_path) == (0, "All clean: 9 files checked (1 skipped)\n")
    post = tmp_path / "_posts" / "2024-08-18-new.md"
    post.write_text("---\nlayout: post\ntitle: ''\ndate: soon\ntags: trams\n---\n")
    no_month = tmp_path / "_posts" / "2024-08-19-new.md"
    no_month.write_text("---\nlayout: post\ntitle: New\ndate: 2024-13-01 10:00:00\n---\n")
    assert checked(tmp_path)[1].splitlines()[3] == (
        '_posts/2024-08-19-new.md:4:7: error schema-pattern "2024-13-01 10:00:00" does not match '
        r'the pattern "^\d{4}-(0[1-9]|1[0-2])-[0-3]\d([Tt ]\d{1,2}:\d{2}|$)"'
    )
    assert checked(tmp_path)[1].splitlines()[:3] == [
        "_posts/2024-08-18-new.md:3:8: error schema-min-length expected at least 1 character, "
        "found 0",
        '_posts/2024-08-18-new.md:4:7: error schema-pattern "soon" does not match the pattern '
        r'"^\d{4}-(0[1-9]|1[0-2])-[0-3]\d([Tt ]\d{1,2}:\d{2}|$)"',
        '_posts/2024-08-18-new.md:5:7: error schema-type expected a list, found the text "trams"',
    ]


def test_a_jekyll_site_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    sites.jekyll(tmp_path / "docs")
    sites.write(tmp_path, {"docs/_layouts/deep/home.html": "---\nlayout: default\n---\n"})
    sites.write(tmp_path, {"docs/theme/_includes/card.html": "---\nkind: card\n---\n"})
    sites.write(tmp_path, {"_layouts.md": "no folder\n", "src/main.py": "pass\n"})
    done = run("init", cwd=tmp_path)
    assert done.stdout.splitlines()[:2] == [
        "docs/_posts: 7 files with front matter",
        "docs: 2 files with front matter",
    ]
    assert included(tmp_path) == (("docs",), ("_includes/", "_layouts/", "*.yml"))
    assert "layout: default" not in (tmp_path / "seedlint.schema.json").read_text()
    assert checked(tmp_path) == (0, "All clean: 9 files checked (1 skipped)\n")


def test_a_hugo_site(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    done = run("init", cwd=tmp_path)
    assert done.stdout.startswith(
        "content/posts: 6 files with front matter\n"
        "2 files have front matter in TOML, JSON or JavaScript: seedlint reads YAML only, and "
        "skips them\n"
        "looks like data or settings, not checked: . (1 YAML), data (1 YAML)\n"
        "`include` and `exclude` decide whether plain YAML is checked; JSON never is\n"
        "inferred a schema: 6 keys, 1 of them required\n"
        "roles guessed: entry, title, published-at, topics, image, topic, image-url, image-title\n"
    )
    assert included(tmp_path) == (("content/posts",), ())
    assert json.loads((tmp_path / SCHEMA).read_bytes())["properties"]["draft"] == {
        "type": "boolean"
    }
    assert checked(tmp_path) == (0, "All clean: 6 files checked (1 skipped)\n")


def test_safe_fixes_change_nothing_for_a_reader_of_yaml_1_1(tmp_path: Path) -> None:
    block = (
        "title: Tram {0}\ncomments: {1}\nlang: no\ndate: {2}\nlength: 1{0}:30\ntags: [on, trams]\n"
    )
    values = [("on", "2024-05-06"), ("off", "Last Modified"), ("on", "2024-05-06 07:08:09")]
    for number, (truth, date) in enumerate(values):
        sites.write(tmp_path, {f"posts/{number}.md": fenced(block.format(number, truth, date))})
    before = files(tmp_path)
    assert (
        "3 values such as `yes` or `no`, which not all readers take for true or false: `seedlint "
        "check` reports them, --unsafe-fixes mends them\n"
    ) in run("init", cwd=tmp_path).stdout
    assert checked(tmp_path)[1].splitlines()[:5] == [
        'posts/0.md:3:11: error schema-type expected true or false, found the text "on"',
        'posts/0.md:4:7: warning ambiguous-scalar unquoted "no" is text here but the boolean false '
        "to YAML 1.1 readers, expected quotes",
        'posts/0.md:6:9: warning ambiguous-scalar unquoted "10:30" is text here but the number 630 '
        "to YAML 1.1 readers, expected quotes",
        'posts/0.md:7:8: warning ambiguous-scalar unquoted "on" is text here but the boolean true '
        "to YAML 1.1 readers, expected quotes",
        'posts/1.md:3:11: error schema-type expected true or false, found the text "off"',
    ]
    assert run("check", "--no-cache", "--fix", cwd=tmp_path).returncode == 1
    assert {name: files(tmp_path)[name] for name in before} == before
    assert run("check", "--no-cache", "--fix", "--unsafe-fixes", cwd=tmp_path).returncode == 0
    assert (tmp_path / "posts/1.md").read_text() == fenced(
        'title: Tram 1\ncomments: false\nlang: "no"\ndate: Last Modified\nlength: "11:30"\n'
        'tags: ["on", trams]\n'
    )


def test_what_few_files_do_otherwise_is_said(tmp_path: Path) -> None:
    usual = "title: Tram\nshop: https://trams.example/a\nvideo_title: x\nseats: 40\n"
    odd = {
        "a": usual.replace("/a", "/a b"),
        "b": usual.replace("video_title", "Video-title"),
        "c": usual.replace("40", "forty"),
    }
    sites.write(tmp_path, {f"posts/{number}.md": fenced(usual) for number in range(60)})
    sites.write(tmp_path, {f"posts/{name}.md": fenced(text) for name, text in odd.items()})
    assert run("init", cwd=tmp_path).stdout.splitlines()[3] == (
        "few files are unlike the rest in /shop, /seats and /Video-title: the schema says how"
    )
    assert checked(tmp_path) == (0, "All clean: 63 files checked\n")


def test_toml_beside_yaml_is_skipped_however_much_there_is_and_will_be(tmp_path: Path) -> None:
    block = "title: x\n"
    for number in range(60):
        sites.write(
            tmp_path,
            {
                f"content/p/{number}.md": f'+++\ntitle = "{number}"\n+++\n',
                f"content/p/y{number}.md": fenced(block),
            },
        )
    (tmp_path / "content/p/json.md").write_text(";;;\n{}\n;;;\n")
    (tmp_path / "content/p/js.md").write_text("---js\n{}\n---\n")
    done = run("init", cwd=tmp_path)
    assert done.stdout.splitlines()[:2] == [
        "content/p: 60 files with front matter",
        "62 files have front matter in TOML, JSON or JavaScript: seedlint reads YAML only, and "
        "skips them",
    ]
    assert (tmp_path / SETTINGS).read_text().split("\n\n")[1] == (
        "# Front matter in TOML, JSON or JavaScript cannot be read: such files are skipped.\n"
        "skip-other-front-matter = true"
    )
    assert included(tmp_path) == (("content/p",), ())
    assert checked(tmp_path) == (0, "All clean: 60 files checked (62 skipped)\n")
    sites.write(tmp_path, {"content/p/later.md": "+++\n+++\n", "content/p/new.md": fenced(block)})
    assert checked(tmp_path) == (0, "All clean: 61 files checked (63 skipped)\n")


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("+++\ntitle = 'x'\n+++\n", "TOML: convert it to YAML, as `hugo convert toYAML` does"),
        ('{\n"title": "x"\n}\n', "JSON: convert it to YAML"),
        ("---js\n{title: 'x'}\n---\n", "JavaScript: convert it to YAML"),
    ],
)
def test_where_all_is_toml_or_json_it_says_so(tmp_path: Path, block: str, kind: str) -> None:
    sites.write(tmp_path, {"a/note.md": "x\n", "a/one.md": block, "b/two.md": block})
    done = run("init", cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == (
        "next: convert front matter to YAML, as `hugo convert toYAML` does with TOML, and run "
        "`seedlint init --force`: so far there is nothing to check"
    )
    nothing = "no seed files found in .: 3 files have no YAML front matter"
    done = run("check", "--no-cache", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        f"seedlint: {nothing} (--verbose lists them, --allow-empty accepts it); that of a/one.md "
        f"is {kind}\n",
    )
    done = run("baseline", "--no-cache", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        f"seedlint: {nothing}; that of a/one.md is {kind}\n",
    )


def test_all_plain_yaml_that_is_no_content_is_left_out(tmp_path: Path) -> None:
    manifest = "apiVersion: v1\nkind: Service\n"
    sites.write(
        tmp_path,
        {
            **{f"all/of/{number}.yaml": manifest for number in range(60)},
            **{f"all/{number}/x.yml": manifest for number in range(60)},
            "all/[x] \x1b/y.yml": manifest,
            **{f"all/of/seeds/{number}.yaml": numbered(SEED, number) for number in range(3)},
            "all/of/seeds/more/one.md": fenced(SEED),
        },
    )
    run("init", cwd=tmp_path)
    assert included(tmp_path) == (("all/of/seeds",), ())
    assert checked(tmp_path) == (0, "All clean: 4 files checked\n")
    sites.write(tmp_path, {"all/note.md": fenced(SEED.replace("ferries-return", "note"))})
    (tmp_path / "all/note.md").write_text(fenced(numbered(SEED, 9)))
    run("init", "--force", cwd=tmp_path)
    include, exclude = included(tmp_path)
    assert include == ("all",)
    assert exclude == (
        *sorted(f"/all/{number}/" for number in range(60)),
        "/all/?x? ?/",
        "/all/of/*.yaml",
    )
    assert checked(tmp_path) == (0, "All clean: 5 files checked\n")


def test_an_astro_site(tmp_path: Path) -> None:
    sites.astro(tmp_path)
    sites.write(
        tmp_path,
        {
            **{f"src/content/authors/{name}.yaml": "name: Ada\n" for name in "ab"},
            "src/content/authors/c.json": "{}\n",
            "src/data/d.json": "{}\n",
            "tools/deep/e.json": "{}\n",
        },
    )
    done = run("init", cwd=tmp_path)
    assert done.stdout.startswith(
        "src/content/blog: 6 files with front matter\n"
        "looks like data or settings, not checked: src/content/authors (2 YAML, 1 JSON), "
        "src/data (1 JSON), . (1 YAML)\n"
        "`include` and `exclude` decide whether plain YAML is checked; JSON never is\n"
        "inferred a schema: 7 keys, 6 of them required\n"
        "roles guessed: entry, title, excerpt, topics, topic, author-name\n"
    )
    assert included(tmp_path) == (("src/content/blog",), ())
    assert checked(tmp_path) == (0, "All clean: 6 files checked\n")


def test_settings_do_not_depend_on_where_init_is_run(tmp_path: Path) -> None:
    for name in ("here", "there"):
        sites.hugo(tmp_path / name)
    run("init", cwd=tmp_path / "here")
    done = run("init", "there", cwd=tmp_path)
    assert done.stdout.splitlines()[-1].startswith("next, in there: run `seedlint check`; ")
    assert files(tmp_path / "here") == files(tmp_path / "there")


@pytest.mark.parametrize("yes", [True, False])
def test_it_never_overwrites_without_asking(tmp_path: Path, yes: bool) -> None:
    sites.hugo(tmp_path)
    (tmp_path / SCHEMA).write_text("{}\n")
    before = files(tmp_path)
    done = run("init", *["--yes"] * yes, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "seedlint: seedlint.schema.json exists already; --force writes anew, --dry-run shows "
        "what it would be\n"
    )
    assert files(tmp_path) == before
    assert run("init", "--force", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / SCHEMA).read_bytes())["type"] == "object"
    assert run("init", cwd=tmp_path).returncode == 0, "what is the same need not be asked about"


def test_a_table_in_pyproject_counts_as_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.seedlint]\nignore = ["schema"]\n')
    done = run("init", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "seedlint: [tool.seedlint] in pyproject.toml exists already; --force writes anew, "
        "--dry-run shows what it would be\n"
    )
    assert sorted(files(tmp_path)) == ["pyproject.toml"]


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    (tmp_path / SETTINGS).write_text("# mine\n")
    before = files(tmp_path)
    done = run("init", "--dry-run", "--yes", cwd=tmp_path)
    assert (done.returncode, files(tmp_path)) == (0, before)
    for name in (SETTINGS, SCHEMA, HOOKS, WORKFLOW):
        assert f"\nwould write {name}:\n\n    " in done.stdout


def test_offers_are_accepted_by_yes(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    without = run("init", cwd=tmp_path)
    assert f"\nnot written (--yes does): {HOOKS}\n\n    repos:\n" in without.stdout
    assert f"\nnot written (--yes does): {WORKFLOW}\n\n    name: seedlint\n" in without.stdout
    assert {HOOKS, WORKFLOW}.isdisjoint(files(tmp_path))
    accepted = run("init", "--yes", cwd=tmp_path)
    assert f"\nwrote {HOOKS}\nwrote {WORKFLOW}\n" in accepted.stdout
    workflow = yaml_rs.loads((tmp_path / WORKFLOW).read_text())
    assert isinstance(workflow, dict)
    assert workflow["jobs"]["seedlint"]["steps"][-1] == {"run": "seedlint check"}
    again = run("init", "--yes", cwd=tmp_path)
    assert f"\n{HOOKS} names seedlint already\n{WORKFLOW} names seedlint already\n" in again.stdout


def test_only_one_placeholder_is_to_be_filled_in(tmp_path: Path) -> None:
    sites.seeds(tmp_path)
    last = (
        f"to fill in, in {HOOKS} and {WORKFLOW}: the address you clone seedlint from, in the place "
        f"of {PLACEHOLDER}\nnext: run `seedlint check`\n"
    )
    for arguments in ((), ("--dry-run",), ("--yes",), ()):
        assert run("init", *arguments, cwd=tmp_path).stdout.endswith(f"\n\n{last}")
    hooks, workflow = ((tmp_path / name).read_text() for name in (HOOKS, WORKFLOW))
    assert hooks == (
        f"repos:\n  - repo: {PLACEHOLDER}\n    rev: v{__version__}\n"
        "    hooks:\n      - id: seedlint\n"
    )
    assert workflow.endswith(
        f"      - run: pip install git+{PLACEHOLDER}@v{__version__}\n      - run: seedlint check\n"
    )
    for name, text in ((HOOKS, hooks), (WORKFLOW, workflow)):
        (tmp_path / name).write_text(text.replace(PLACEHOLDER, "https://code.example/us"))
    done = run("init", cwd=tmp_path)
    assert "to fill in" not in done.stdout
    assert (
        PLACEHOLDER
        in (Path(__file__).parent.parent / "README.md")
        .read_text(encoding="utf-8")
        .partition("## Addresses to fill in")[2]
    )


REPOSITORY = "https://git.harbour.example/tools/seedlint.git"
COMMIT = "0123456789" * 4


@pytest.mark.parametrize(
    ("wanted", "revision"),
    [(f"v{__version__}", f"v{__version__}"), ("main", COMMIT), (None, COMMIT)],
)
def test_the_address_is_that_seedlint_was_installed_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str | None, revision: str
) -> None:
    source = {"vcs": "git", "commit_id": COMMIT}
    source |= {} if wanted is None else {"requested_revision": wanted}
    installed(tmp_path, monkeypatch, json.dumps({"url": REPOSITORY, "vcs_info": source}))
    assert home() == (REPOSITORY, revision)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "[",
        "[]",
        "{}",
        '{"url": "file:///home/me/seedlint", "dir_info": {"editable": true}}',
        *(
            json.dumps({"url": url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}})
            for url in (
                "file:///home/me/seedlint",
                "https://me:secret@git.harbour.example/seedlint",
                "https://git.harbour.example/a b",
                "https://git.harbour.example/a\n- run: x",
                "ssh://git@git.harbour.example/seedlint",
                3,
            )
        ),
        json.dumps({"url": REPOSITORY, "vcs_info": {"vcs": "hg", "commit_id": COMMIT}}),
        json.dumps({"url": REPOSITORY, "vcs_info": {"vcs": "git", "commit_id": "main"}}),
        json.dumps({"url": REPOSITORY, "vcs_info": {"vcs": "git"}}),
        json.dumps(
            {
                "url": REPOSITORY,
                "vcs_info": {"vcs": "git", "commit_id": COMMIT},
                "subdirectory": "x",
            }
        ),
    ],
)
def test_no_address_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str | None
) -> None:
    installed(tmp_path, monkeypatch, origin)
    assert home() == (PLACEHOLDER, f"v{__version__}")


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, origin: str | None) -> None:
    """Have seedlint be installed in a folder, from where pip says it is."""
    info = folder / f"seedlint-{__version__}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: seedlint\nVersion: {__version__}\n")
    if origin is not None:
        (info / "direct_url.json").write_text(origin)
    monkeypatch.syspath_prepend(str(folder))


def test_the_reader_may_leave(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "seedlint", "init", "--yes"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    process.communicate()
    assert {SETTINGS, SCHEMA, HOOKS, WORKFLOW} <= files(tmp_path).keys()
    assert checked(tmp_path) == (0, "All clean: 6 files checked (1 skipped)\n")


@pytest.mark.parametrize("name", [SETTINGS, SCHEMA])
@pytest.mark.parametrize("end", ["chmod", "replace"])
def test_whenever_it_is_ended_it_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, end: str
) -> None:
    from seedlint.command_init import init_command

    sites.hugo(tmp_path)
    before, method = files(tmp_path), getattr(Path, end)

    def interrupted(path: Path, *arguments: Any, **options: Any) -> Any:
        if f".{name}." in path.name:
            raise KeyboardInterrupt
        return method(path, *arguments, **options)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, end, interrupted)
        init_command(str(tmp_path), force=False, yes=False, dry_run=False)
    left = files(tmp_path)
    assert left.keys() - before.keys() == ({SCHEMA} if name == SETTINGS else set())
    assert run("init", cwd=tmp_path).returncode == 0
    assert checked(tmp_path) == (0, "All clean: 6 files checked (1 skipped)\n")


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    (tmp_path / SCHEMA).mkdir()
    (tmp_path / ".github").write_text("a file\n")
    done = run("init", "--force", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        f"seedlint: {SCHEMA}: it could not be written (Is a directory); there is a folder in its "
        "place, which would have to go\n",
    )
    (tmp_path / SCHEMA).rmdir()
    done = run("init", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"seedlint: {WORKFLOW}: Not a directory\n")
    assert not [name for name in files(tmp_path) if "seedlint-tmp" in name]


def test_the_hook_is_valid(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    run("init", "--yes", cwd=tmp_path)
    command = (sys.executable, "-m", "pre_commit", "validate-config", HOOKS)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    offered = yaml_rs.loads((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text())
    hooks = yaml_rs.loads((tmp_path / HOOKS).read_text())
    assert isinstance(hooks, dict)
    assert isinstance(offered, list)
    assert hooks["repos"][0]["hooks"] == [{"id": "seedlint"}]
    assert "seedlint" in [hook["id"] for hook in offered]


def test_files_of_others_are_never_rewritten(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    (tmp_path / HOOKS).write_text("repos: []\n")
    (tmp_path / ".gitlab-ci.yml").write_text("stages: [test]\n")
    done = run("init", "--yes", "--force", cwd=tmp_path)
    assert (tmp_path / HOOKS).read_text() == "repos: []\n"
    assert (tmp_path / ".gitlab-ci.yml").read_text() == "stages: [test]\n"
    assert f"\nto add to {HOOKS}:\n\n      - repo: https://git.example/seedlint\n" in done.stdout
    assert "\nto add to .gitlab-ci.yml:\n\n    seedlint:\n" in done.stdout
    assert WORKFLOW not in files(tmp_path)


def test_hooks_are_offered_at_the_top_of_a_repository_only(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    sites.hugo(tmp_path / "site")
    done = run("init", "--yes", cwd=tmp_path / "site")
    assert "for pre-commit and CI, run `seedlint init` at the top of the repository" in done.stdout
    assert {HOOKS, WORKFLOW}.isdisjoint(files(tmp_path / "site"))


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    sites.hugo(site)
    outside.mkdir()
    (outside / "own.toml").write_text("precious = true\n")
    (site / SETTINGS).symlink_to(outside / "own.toml")
    (site / ".github").symlink_to(outside)
    assert run("init", cwd=site).returncode == 2
    done = run("init", "--force", "--yes", cwd=site)
    assert done.returncode == 2
    assert done.stderr == (
        "seedlint: .github/workflows/seedlint.yml cannot be written: a link leads elsewhere\n"
    )
    assert files(outside) == {"own.toml": b"precious = true\n"}
    assert not (site / SETTINGS).is_symlink()


def test_names_cannot_give_orders(tmp_path: Path) -> None:
    sites.write(
        tmp_path,
        {
            "a\x1b[2J/one.md": "---\ntitle: x\n---\n",
            '"] #/two.md': "---\ntitle: x\n---\n",
            "[slug]/three.md": "---\ntitle: x\n---\n",
            "a\x1b[2J/four.md": "---\ntitle: [\n---\n",
        },
    )
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "a\\u{1B}[2J: 1 file with front matter\n" in done.stdout
    assert "1 file cannot be read, such as a\\u{1B}[2J/four.md\n" in done.stdout
    assert included(tmp_path) == ((".",), ())


def test_plain_yaml_is_content_only_where_it_looks_like_it(tmp_path: Path) -> None:
    story = "title: Tram {}\nsummary: It runs.\ntags: [trams]\n"
    manifest = "apiVersion: v1\nkind: Service\nmetadata: {{name: x{}}}\n"
    sites.write(
        tmp_path,
        {
            **{f"stories/{number}.yaml": story.format(number) for number in range(4)},
            **{f"deploy/{number}.yml": manifest.format(number) for number in range(4)},
            "seeds/one.yml": SEED,
            "mkdocs.yml": "site_name: x\n",
            "stories/data/colours.yaml": "red: 1\n",
            ".hidden/stories/1.yaml": story.format(1),
        },
    )
    run("init", cwd=tmp_path)
    assert included(tmp_path) == (("seeds", "stories"), ("/stories/data/",))


def test_what_git_ignores_is_not_looked_at(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    (tmp_path / ".gitignore").write_text("content/\n")
    assert run("init", cwd=tmp_path).stdout.startswith("no files with YAML front matter found\n")


def test_a_survey_ends(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    cut = survey.walk(str(tmp_path), 3)
    assert cut.is_cut
    assert survey.walk(str(tmp_path), 200) == (
        [
            "content/archive/old-2.md",
            "content/posts/_index.md",
            "content/posts/old-1.md",
            *(f"content/posts/tram-{number}.md" for number in range(1, 6)),
            "data/lines.yaml",
            "hugo.yaml",
        ],
        False,
        [],
    )
    os.mkfifo(tmp_path / "content" / "posts" / "pipe.md")
    os.mkfifo(tmp_path / "pyproject.toml")
    assert run("init", cwd=tmp_path).returncode == 0


def test_not_more_than_so_many_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seedlint.command_init import init_command

    sites.hugo(tmp_path)
    monkeypatch.setattr(survey, "MOST_READ", 4)
    init_command(str(tmp_path), force=False, yes=False, dry_run=False)
    comment = json.loads((tmp_path / SCHEMA).read_bytes())["$comment"]
    assert comment.startswith(
        "Inferred by `seedlint init` from 4 of 6 files: a start, to be edited."
    )


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nope", 'no such folder: "nope"'),
        ("contnt", 'no such folder: "contnt"; did you mean "content"?'),
        ("hugo.yaml", '"hugo.yaml" is no folder'),
    ],
)
def test_what_is_no_folder(tmp_path: Path, folder: str, message: str) -> None:
    sites.hugo(tmp_path)
    done = run("init", folder, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"seedlint: {message}\n")


Terminal = Callable[[Path, str], str]


@pytest.fixture
def at_terminal() -> Terminal:
    """Runs init at a terminal, where somebody types; what the terminal then shows."""

    def running(folder: Path, typed: str) -> str:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "seedlint", "init"],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:
            pass  # Linux says so when the other end is closed
        os.close(ours)
        process.wait()
        return shown.decode().replace("\r\n", "\n")

    return running


def test_at_a_terminal_it_asks(tmp_path: Path, at_terminal: Terminal) -> None:
    sites.hugo(tmp_path)
    shown = at_terminal(tmp_path, "y\nn\n")
    assert f"Write {HOOKS}? [y/N] " in shown
    assert HOOKS in files(tmp_path)
    assert WORKFLOW not in files(tmp_path)
    (tmp_path / SETTINGS).write_text("# mine\n")
    refused = at_terminal(tmp_path, "n\n")
    assert "seedlint.toml exists already. Write anew? [y/N] " in refused
    assert "seedlint: nothing was written\n" in refused
    assert (tmp_path / SETTINGS).read_text() == "# mine\n"
    at_terminal(tmp_path, "y\nn\n")
    assert included(tmp_path)[0] == ("content/posts",)


def test_a_run_on_files_of_another_shape_leads_to_it(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    hint = (
        "Most of these are no seeds: `seedlint init` infers from such files what they are to be "
        "like, and `check` then goes by that\n"
    )
    content = ("check", "--no-cache", "content/posts")
    assert run(*content, cwd=tmp_path).stdout.endswith(f"\n{hint}")
    assert run(*content, "-o", "concise", cwd=tmp_path).stderr.endswith(f"\n{hint}")
    (tmp_path / "any.json").write_text("{}")
    silent = ("-q", "--isolated", "--no-local-config", "--schema=any.json", "--output-format=json")
    for argument in silent:
        done = run(*content, argument, cwd=tmp_path)
        assert hint not in done.stdout + done.stderr
    run("init", cwd=tmp_path)
    assert run(*content, cwd=tmp_path).stdout == "All clean: 6 files checked (1 skipped)\n"


def test_a_run_that_finds_nothing_says_where_front_matter_is(tmp_path: Path) -> None:
    sites.hugo(tmp_path)
    (tmp_path / "drafts").mkdir()
    done = run("check", "drafts", cwd=tmp_path)
    assert done.stderr.endswith("(--allow-empty accepts it); front matter is in content/posts\n")
    (tmp_path / SETTINGS).write_text('include = ["drafts"]\n')
    done = run("check", cwd=tmp_path)
    assert done.stderr.endswith("(--allow-empty accepts it); front matter is in content/posts\n")
    below = run("check", ".", cwd=tmp_path / "drafts")
    assert below.stderr.endswith("; front matter is in ../content/posts\n")


def test_such_a_run_takes_only_a_glance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sites.hugo(tmp_path)
    (tmp_path / "drafts").mkdir()
    monkeypatch.setattr(nothing, "_MOST_ENTRIES", 5)
    said = nothing.nothing_found(["drafts"], load_settings(tmp_path), [])
    assert "front matter is in" not in said
