"""Which files are found: folders, patterns, git's ignores, links, hostile names."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from seedlint import check_paths
from seedlint.config_error import ConfigError
from seedlint.files import Candidate, FileMissing, Unwalked, discover
from seedlint.globs import Glob, compiled
from seedlint.patterns import matches_any
from seedlint.run import read_file
from seedlint.settings import Settings
from tests.replacing import reachable_folder, without_rights


def tree(root: Path, *paths: str) -> None:
    """Make files, and folders where a path ends with a slash; ``a:text`` gives content."""
    for path in paths:
        name, _, text = path.partition(":")
        full = root / name
        (full if name.endswith("/") else full.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            full.write_text(text, encoding="utf-8")


def found(
    root: Path,
    *paths: str,
    cwd: Path | None = None,
    exclude: tuple[str, ...] = (),
    include: tuple[str, ...] = (".",),
    force_exclude: bool = False,
) -> list[str]:
    settings = Settings(path=None, root=root, exclude=exclude, include=include)
    return [item.path for item in discover(paths, settings, cwd or root, force_exclude)]


# Walking


def test_suffixes_and_order(tmp_path: Path) -> None:
    tree(
        tmp_path,
        *("b.md", "a.MD", "a.markdown", "c.mdx", "d.html", "e.txt", "f.yaml", "g.YML"),
        *("no", "no.py", "x.md.bak", "md", "a/z.md", "a/b/c.md", "B/x.md", "folder.md/in.md"),
    )
    assert found(tmp_path) == [
        *("a.MD", "a.markdown", "b.md", "c.mdx", "d.html", "e.txt", "f.yaml", "g.YML"),
        *("B/x.md", "a/z.md", "a/b/c.md", "folder.md/in.md"),
    ]


def test_candidates_say_what_to_open_and_whether_it_was_named(tmp_path: Path) -> None:
    tree(tmp_path, "work/a.md", "other/b.md", "work/odd")
    settings = Settings(path=None, root=tmp_path)
    work = tmp_path / "work"
    assert list(discover([".", "./odd", "../other"], settings, work, False)) == [
        Candidate("odd", f"{work}/odd", True),
        Candidate("a.md", f"{work}/a.md", False),
        Candidate("../other/b.md", f"{tmp_path}/other/b.md", False),
    ]


def test_folders_nobody_keeps_content_in(tmp_path: Path) -> None:
    skipped = (".git", "node_modules", ".venv", "__pycache__", ".seedlint_cache")
    tree(tmp_path, "a.md", ".hidden/b.md", *(f"x/{name}/c.md" for name in skipped))
    assert found(tmp_path) == ["a.md"]
    assert found(tmp_path, ".hidden") == [".hidden/b.md"]
    assert found(tmp_path, "x/node_modules") == ["x/node_modules/c.md"]


def test_each_file_once_and_named_first(tmp_path: Path) -> None:
    tree(tmp_path, "s/a.md", "s/b.md", "s/t/c.md")
    paths = ["s/t", "s", "./s/b.md", "s/../s/b.md", str(tmp_path / "s" / "b.md"), "s/"]
    assert found(tmp_path, *paths) == ["s/b.md", "s/t/c.md", "s/a.md"]


def test_paths_as_people_write_them(tmp_path: Path) -> None:
    tree(tmp_path, "s/a.md", "w/")
    assert found(tmp_path, "s//", cwd=tmp_path) == ["s/a.md"]
    assert found(tmp_path, "./s/./a.md") == ["s/a.md"]
    assert found(tmp_path, "../s", cwd=tmp_path / "w") == ["../s/a.md"]
    assert found(tmp_path, str(tmp_path), cwd=tmp_path) == ["s/a.md"]


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a/x.md", "b/y.md")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("/a/"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    unwalked: list[Unwalked] = []
    settings = Settings(path=None, root=tmp_path)
    got = [item.path for item in discover([], settings, tmp_path, False, unwalked)]
    assert got == ["b/y.md"]
    assert unwalked == [Unwalked("a/", "Permission denied")]


def test_a_folder_that_may_not_be_entered() -> None:
    with reachable_folder() as root:
        tree(root, "a/x.md", "b/y.md")
        (root / "a").chmod(0o000)
        unwalked: list[Unwalked] = []
        settings = Settings(path=None, root=root)
        try:
            with without_rights():
                named = [str(root / "a"), str(root / "b")]
                got = [each.path for each in discover(named, settings, root, False, unwalked)]
        finally:
            (root / "a").chmod(0o755)
    assert got == ["b/y.md"]
    assert unwalked == [Unwalked("a/", "Permission denied")]


def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xe9")
    tree(folder, os.fsdecode(b"\xff.md:x"))
    settings = Settings(path=None, root=tmp_path, exclude=("*.txt",))
    (only,) = discover([], settings, tmp_path, False)
    assert only.path == "\\udce9/\\udcff.md"
    assert Path(only.real).read_bytes() == b"x"
    (again,) = discover([str(folder)], settings, tmp_path, False)
    assert again == only


def test_names_with_line_ends_and_pattern_characters(tmp_path: Path) -> None:
    tree(tmp_path, "a\nb.md", "[x].md", "*.md", "é.md")
    assert found(tmp_path, exclude=("a*",)) == ["*.md", "[x].md", "é.md"]
    assert found(tmp_path, exclude=(r"\[x]*", r"\*.md")) == ["a\nb.md", "é.md"]


def test_what_is_no_plain_file_is_left_alone(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert found(tmp_path) == ["a.md"]
    assert found(tmp_path, "pipe.md") == ["pipe.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_read_while_somebody_writes_to_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    os.write(writer, b"---\n---\nx")
    assert read_file(str(pipe), 8) == b"---\n---\nx"
    os.close(writer)
    with pytest.raises(OSError, match="it is a pipe that nobody writes to"):
        read_file(str(pipe), 100)
    (found,) = check_paths(pipe, isolated=True).diagnostics
    assert (found.rule, found.message) == (
        "front-matter",
        "the file cannot be read: it is a pipe that nobody writes to",
    )


# Paths that do not exist


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("seds", 'no such file or folder: "seds"; did you mean "seeds"?'),
        ("seeds/on.md", 'no such file or folder: "seeds/on.md"; did you mean "seeds/one.md"?'),
        ("seds/one.md", 'no such file or folder: "seds/one.md"; did you mean "seeds/one.md"?'),
        ("seds/two.md", 'no such file or folder: "seds/two.md"; did you mean "seeds"?'),
        ("qqq", 'no such file or folder: "qqq"'),
        ("seeds/one.md/x", 'no such file or folder: "seeds/one.md/x"'),
        ("", 'no such file or folder: ""'),
        ("a\0b", 'no such file or folder: "a\\u{0}b"'),
        ("broken.md", 'no such file or folder: "broken.md"; it is a link that leads nowhere'),
        ("\udcff", 'no such file or folder: "\\u{DCFF}"'),
    ],
)
def test_missing(tmp_path: Path, path: str, message: str) -> None:
    tree(tmp_path, "seeds/one.md")
    (tmp_path / "broken.md").symlink_to("nowhere")
    with pytest.raises(FileMissing) as caught:
        found(tmp_path, "seeds", path)
    assert str(caught.value) == message


def test_missing_includes(tmp_path: Path) -> None:
    tree(tmp_path, "seeds/one.md", "sub/")
    with pytest.raises(FileMissing) as caught:
        found(tmp_path, cwd=tmp_path / "sub", include=("seeds", "seds/*.md"))
    assert str(caught.value) == (
        '"include" names what does not exist: "seds/*.md"; did you mean "seeds"?'
    )


# Links


def test_links(tmp_path: Path) -> None:
    tree(tmp_path, "out/secret.md", "in/z.md", "in/odd", "in/.git/config", "in/ig/i.md")
    inside = tmp_path / "in"
    (inside / "a.md").symlink_to("z.md")  # also there under its own name
    (inside / "b.md").symlink_to("odd")
    (inside / "c.md").symlink_to(tmp_path / "out" / "secret.md")
    (inside / "d.md").symlink_to(".git/config")
    (inside / "e.md").symlink_to("nowhere")
    (inside / "f.md").symlink_to("f.md")
    (inside / "loop").symlink_to(".")
    (inside / "g.md").symlink_to(".")
    assert found(inside) == ["z.md", "ig/i.md", "b.md"]
    assert found(inside, exclude=("b.md",)) == ["z.md", "ig/i.md"]
    # Inside the project is enough, and what is named is always read.
    assert found(tmp_path, "in") == ["in/z.md", "in/ig/i.md", "in/b.md", "in/c.md"]
    assert found(inside, "c.md", "a.md", "z.md") == ["c.md", "a.md"]
    assert found(inside, "loop/z.md") == ["loop/z.md"]
    assert found(inside, "loop")[0] == "loop/z.md"


# What git ignores


def git(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        environment.pop(name, None)  # set where a hook runs the tests
    return subprocess.run(
        ["git", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    ).stdout


def test_gitignore_of_every_level(tmp_path: Path) -> None:
    tree(
        tmp_path,
        *(".git/info/exclude:private.md", ".gitignore:*.txt\nbuild/\n/top.md\n# x.md\n"),
        *("top.md", "x.md", "a.txt", "private.md", "build/b.md"),
        *("sub/.gitignore:!keep.txt\ny.md", "sub/top.md", "sub/keep.txt", "sub/y.md"),
        *("sub/private.md", "sub/deep/y.md", "sub/deep/z.txt", "sub/deep/build/c.md"),
    )
    everything = ["x.md", "sub/keep.txt", "sub/top.md"]
    assert found(tmp_path) == everything
    assert found(tmp_path, "sub") == everything[1:]
    assert found(tmp_path, cwd=tmp_path / "sub") == [
        "../x.md",
        "keep.txt",
        "top.md",
    ]
    assert found(tmp_path, "sub/deep") == []
    assert found(tmp_path, "sub/deep/z.txt", "build/b.md") == ["sub/deep/z.txt", "build/b.md"]


def test_a_named_folder_is_walked_though_git_ignores_it(tmp_path: Path) -> None:
    tree(tmp_path, ".git/", ".gitignore:build\n*.txt", "build/a.md", "build/b.txt", "build/c/d.md")
    assert found(tmp_path) == []
    assert found(tmp_path, "build") == ["build/a.md", "build/b.txt", "build/c/d.md"]
    assert found(tmp_path, "build/c") == ["build/c/d.md"]


def test_gitignore_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    tree(tmp_path, ".gitignore:*.md", "repo/.git/", "repo/a.md", "repo/sub/b.md", "bare/c.md")
    assert found(tmp_path / "repo", "sub") == ["sub/b.md"]
    assert found(tmp_path, "bare") == ["bare/c.md"]  # no repository: nothing above counts
    assert found(tmp_path) == []


def test_a_gitignore_that_is_a_link_or_no_text(tmp_path: Path) -> None:
    tree(tmp_path, "patterns:*.md", "a/x.md", "b/x.md", "b/y.md")
    (tmp_path / "a" / ".gitignore").symlink_to("../patterns")
    (tmp_path / "b" / ".gitignore").write_bytes(b"\xef\xbb\xbf/x.md\r\n\xff.md\n")
    assert found(tmp_path) == ["a/x.md", "b/y.md"]


def test_a_gitignore_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    os.mkfifo(tmp_path / ".gitignore")
    assert found(tmp_path) == ["a.md"]


def test_a_gitignore_that_would_take_long(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", "c/d.md", "c/e.md", "c/f.xmd")
    ignore = tmp_path / ".gitignore"
    plain = [f"{name}{number}{ending}" for number in range(9_000) for name, ending in _PLAIN]
    ignore.write_text("\n".join([*plain, "b.md", "/c/e.md"]), encoding="utf-8")
    assert found(tmp_path) == ["a.md", "c/d.md"]
    for text, problem in (
        ("\n".join(f"a*{number}*" for number in range(1_000)), ""),
        ("\n".join(f"a*{number}*" for number in range(1_001)), _WILD),
        ("*\n" * 1_001, _WILD),
        ("*/a\n" * 1_001, _WILD),
        ("\n" * (1 << 20), ""),
        ("\n" * ((1 << 20) + 1), "more than 1048576 bytes"),
    ):
        ignore.write_text(text, encoding="utf-8")
        if problem:
            with pytest.raises(ConfigError) as caught:
                found(tmp_path)
            assert caught.value.path == ignore
            assert caught.value.message == f"has {problem}"
        else:
            assert found(tmp_path) == ["a.md", "b.md", "c/d.md", "c/e.md"]


def test_a_worktree(tmp_path: Path) -> None:
    main, side = tmp_path / "main", tmp_path / "side"
    main.mkdir()
    git(main, "init", "-q")
    git(main, "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--allow-empty", "-m", "x")
    git(main, "worktree", "add", "-q", str(side))
    tree(main, ".git/info/exclude:private.md")
    tree(side, "private.md", "a.md")
    assert found(side) == ["a.md"]


_PLAIN = (("name", ""), ("/a/path", ""), ("a/folder", "/"), ("*.x", "md"))
_WILD = "more than 1000 patterns with wildcards"
_PIECES = (
    *("*", "**/", "?", "a", "b", "x", "[ab]", "[!a]", "[a-c]", ".md", "*.md", "foo", "[]a]", "[a"),
    *("\\a", "\\*", "[[:alpha:]]", "[z-a]", "A", " ", "c", "[^b-]", "a/", "/", "/**/", "[[:x:]]"),
)


def _random_pattern(pick: random.Random) -> str:
    pattern = "".join(pick.choice(_PIECES) for _ in range(pick.randint(1, 4)))
    # git takes "**" after plain text for a "**" of its own, against its documentation.
    while "**" in pattern.replace("/**", "").removeprefix("**/"):
        pattern = pattern.replace("**", "*")
    return (
        pick.choice(("", "", "/"))
        + pick.choice(("", "", "!"))
        + pattern
        + pick.choice(("", "", "/", "/**", " ", "\r"))
    )


def _random_tree(folder: Path, pick: random.Random, depth: int) -> None:
    names = ("a", "b", "ab", "a b", "x.md", "y.md", "a.md", "-z.md", "aXb.md", "]m.md", "A.md")
    tree(folder, *(name for name in names if pick.random() < 0.5))
    lines = [_random_pattern(pick) for _ in range(pick.randint(1, 5))]
    if depth == 0 or pick.random() < 0.3:
        (folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8", newline="")
    for name in ("a", "b", "ab", "c", "foo"):
        inner = folder / name
        if depth < 3 and pick.random() < 0.45 and not inner.exists():
            inner.mkdir()
            _random_tree(inner, pick, depth + 1)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_files_as_git(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    git(tmp_path, "init", "-q")
    for index in range(12):
        folder = tmp_path / f"t{index}"
        folder.mkdir()
        _random_tree(folder, pick, 0)
    listed = git(tmp_path, "ls-files", "--others", "-z", "--exclude-standard").split("\0")
    assert sorted(found(tmp_path)) == sorted(name for name in listed if name.endswith(".md"))


# include and exclude


def test_exclude(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "drafts/b.md", "x/drafts/c.md", "x/d.md", "x/e.txt", "y/x/f.md")
    assert found(tmp_path, exclude=("drafts", "*.txt")) == ["a.md", "x/d.md", "y/x/f.md"]
    assert found(tmp_path, exclude=("/drafts", "./x/*.md", "y/**")) == [
        *("a.md", "x/e.txt", "x/drafts/c.md"),
    ]
    assert found(tmp_path, exclude=("x", "!x/d.md")) == ["a.md", "drafts/b.md", "x/d.md"]
    assert found(tmp_path, "drafts", "drafts/b.md", exclude=("drafts",)) == ["drafts/b.md"]
    assert found(tmp_path, "drafts", exclude=("drafts",)) == []
    named = ("drafts/b.md", "a.md")
    assert found(tmp_path, *named, exclude=("drafts",), force_exclude=True) == ["a.md"]
    assert found(tmp_path, *named, exclude=("drafts/",), force_exclude=True) == ["a.md"]


def test_force_exclude_takes_of_named_files_what_a_search_finds(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    names = (
        *(".pre-commit-config.yaml", ".github/ci.yml", "README.md", "mkdocs.yml", "notes"),
        *("content/a.md", "content/b.py", "content/.c.md", "content/node_modules/d.md"),
        *("content/out/e.md", "content/x/f.md", "content/x/out/g.md", "content/drafts/h.md"),
        *("more/i.md", "more/x/j.md", "more/k.txt"),
    )
    tree(tmp_path, *names, ".gitignore:/content/out\n", "content/x/.gitignore:*.md\n!f.md\n")
    include = ("content", "more/*.md", "notes")
    settings = Settings(None, tmp_path, include=include, exclude=("drafts",))
    expected = ["notes", "content/a.md", "content/x/f.md", "more/i.md"]
    searched = list(discover([], settings, tmp_path, False))
    named = list(discover(names, settings, tmp_path, True))
    assert sorted(named) == sorted(searched)
    assert [candidate.path for candidate in named] == expected
    assert not any(candidate.named for candidate in named)
    root = Settings(None, tmp_path)
    searched = list(discover([], root, tmp_path, False))
    assert sorted(discover(names, root, tmp_path, True)) == sorted(searched)
    assert len(searched) == 8


def test_patterns_are_relative_to_the_root(tmp_path: Path) -> None:
    tree(tmp_path, "root/x/a.md", "root/x/b.md", "else/x/a.md")
    root = tmp_path / "root"
    assert found(root, cwd=root / "x", exclude=("x/a.md",)) == ["b.md"]
    assert found(root, str(tmp_path / "else"), cwd=root, exclude=("/x/a.md",)) == ["../else/x/a.md"]
    assert found(root, str(tmp_path / "else"), cwd=root, exclude=("x",)) == []


def test_include_gives_the_folders_to_look_in(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "seeds/b.md", "seeds/c.txt", "x/seeds/d.md", "e/f.md", "README")
    assert found(tmp_path, include=("seeds", "./e/", "seeds")) == [
        "seeds/b.md",
        "seeds/c.txt",
        "e/f.md",
    ]
    assert found(tmp_path, include=("/seeds/b.md", "README")) == ["seeds/b.md", "README"]
    assert found(tmp_path, include=("a.md", "e"), exclude=("a.md",)) == ["e/f.md"]
    assert found(tmp_path, "x", include=("seeds",)) == ["x/seeds/d.md"]


def test_include_patterns_filter(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "seeds/b.md", "seeds/c.txt", "x/seeds/d.md", "x/e.txt", "x/f.py")
    assert found(tmp_path, include=("*.md",)) == ["a.md", "seeds/b.md", "x/seeds/d.md"]
    assert found(tmp_path, include=("seeds/*.md", "x")) == [
        *("seeds/b.md", "x/e.txt", "x/seeds/d.md"),
    ]
    assert found(tmp_path, include=("**/seeds/**",)) == [
        "seeds/b.md",
        "seeds/c.txt",
        "x/seeds/d.md",
    ]
    assert found(tmp_path, "x", include=("*.txt",)) == ["x/e.txt"]
    assert found(tmp_path, "x/f.py", "a.md", include=("*.txt",)) == ["x/f.py", "a.md"]
    assert len(found(tmp_path, include=(".", "*.txt"))) == 5


# Pattern lists


@pytest.mark.parametrize(
    ("patterns", "path", "matches"),
    [
        (("seeds",), "seeds/a.md", True),
        (("seeds",), "x/seeds/a.md", True),
        (("seeds/",), "x/seeds", False),
        (("/seeds",), "x/seeds/a.md", False),
        (("./seeds",), "seeds/a.md", True),
        (("*.md",), "a/b/c.md", True),
        (("a/*.md",), "a/b/c.md", False),
        (("a/**/*.md",), "a/c.md", True),
        (("a/**",), "a", False),
        (("*", "!*.md"), "a/b.md", False),
        (("*", "!*.md", "b*"), "a/b.md", True),
        (("!*.md",), "a/b.txt", False),
        (("a/*",), "a/", False),
        ((), "a", False),
        (("x/*.md",), "/tmp/x/a.md", False),
        (("*.md",), "/tmp/x/a.md", True),
    ],
)
def test_matches_any(patterns: tuple[str, ...], path: str, matches: bool) -> None:
    assert matches_any(patterns, path) is matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 250),
        ("a*" * 50 + "b", "a" * 250 + "/b"),
        ("**/a/" * 20 + "b", "a/" * 1_000 + "c"),
        ("**/*a*/" * 12 + "b", "aaa/" * 500 + "c"),
        ("**/**/x/" * 9 + "**", "x/" * 8),
    ],
)
def test_no_pattern_makes_matching_explode(pattern: str, path: str) -> None:
    # With backtracking, any of these would outlast the machine.
    assert compiled(Glob(pattern).regex).match(path) is None
    assert not matches_any((pattern,), path.rstrip("/"))


# The project by way of a link


@pytest.mark.parametrize("given", ["seeds/a.md", "{link}/seeds/a.md", "{link}/seeds", "{link}"])
def test_a_link_to_the_project_leads_into_it(tmp_path: Path, given: str) -> None:
    tree(tmp_path, "real/seeds/a.md", "real/seeds/drafts/b.md")
    link = tmp_path / "link"
    link.symlink_to("real")
    path = given.format(link=link)
    assert found(tmp_path / "real", path, exclude=("seeds/drafts",)) == ["seeds/a.md"]
    assert found(tmp_path / "real", path, force_exclude=True)[:1] == ["seeds/a.md"]


def test_other_links_are_named_as_they_were(tmp_path: Path) -> None:
    tree(tmp_path, "real/a.md", "other/b.md")
    (tmp_path / "link").symlink_to("other")
    (tmp_path / "to-a.md").symlink_to("real/a.md")
    given = [str(tmp_path / "link" / "b.md"), str(tmp_path / "to-a.md")]
    assert found(tmp_path / "real", *given) == ["../link/b.md", "../to-a.md"]


def test_candidates_say_what_a_link_leads_to(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "x/c.md")
    (tmp_path / "x" / "b.md").symlink_to("../a.md")
    settings = Settings(path=None, root=tmp_path)
    link = Candidate("x/b.md", f"{tmp_path}/x/b.md", True, target=f"{tmp_path}/a.md")
    assert list(discover(["x/b.md"], settings, tmp_path, False)) == [link]
    assert list(discover(["x"], settings, tmp_path, False)) == [
        Candidate("x/c.md", f"{tmp_path}/x/c.md", False),
        link._replace(named=False),
    ]
