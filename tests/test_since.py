"""Only what changed in git, with real git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from seedlint import gitrun
from tests.git_support import (
    UNKNOWN,
    Repository,
    changing,
    check,
    environment,
    files,
    found,
    seed,
)

BARE = (
    "needs a working tree: this folder, or one above it, holds `HEAD`, `objects` and `refs`, as a "
    "bare repository does; run in a clone of it, or, if they are part of what is checked, take "
    "them out"
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return changing(tmp_path / "repository", monkeypatch)


# Since a revision


def test_what_changed_however_it_did(repository: Repository) -> None:
    repository.commit(b=seed(1, UNKNOWN, "# committed"))
    repository.write("c.md", seed(2, UNKNOWN, "# only written"))
    repository.write("new/e.md", seed(4, UNKNOWN))
    repository.write("f.md", seed(5, UNKNOWN))
    repository.git("add", "f.md")
    (repository.folder / "d.md").unlink()
    assert files("--since", "main") == ["b.md", "c.md", "f.md", "new/e.md"]
    assert files("--since", "HEAD") == ["c.md", "f.md", "new/e.md"]
    rule = "schema-additional-properties"
    assert found("--since", "main") == [
        *(f"b.md:11 {rule}", f"c.md:11 {rule}", f"f.md:11 {rule}", f"new/e.md:11 {rule}")
    ]


def test_what_others_changed_since_is_not_part_of_it(repository: Repository) -> None:
    repository.commit(a=seed(0, "# ours"))
    repository.git("switch", "-q", "main")
    repository.commit(b=seed(1, "# theirs"))
    repository.git("switch", "-q", "change")
    assert files("--since", "main") == ["a.md"]


def test_only_what_would_be_checked_anyway(repository: Repository) -> None:
    repository.write("seedlint.toml", 'include = ["content", "more/*.md"]\nexclude = ["drafts"]\n')
    repository.write(".gitignore", "ignored/\n")
    for name in (
        *("content/a.md", "content/b.py", "content/drafts/c.md", "content/ignored/d.md"),
        *("content/.hidden/e.md", "content/node_modules/f.md", "g.md", "more/h.md", "more/i.txt"),
    ):
        repository.write(name, seed(9))
    assert files("--since", "main") == ["content/a.md", "more/h.md"]
    assert files("--since", "main", "more", "a.md", "g.md") == ["g.md", "more/h.md"]
    assert files("--since", "main", "--files-from", "seedlint.toml", "--show-settings") != []


def test_names(repository: Repository) -> None:
    names = [
        "a b.md",
        "-x.md",
        "two\nlines.md",
        "ünï.md",
        ":(top).md",
        "'q\".md",
        os.fsdecode(b"\xff.md"),
    ]
    for name in names[:3]:
        repository.write(name, seed(7))
    repository.commit()
    for name in names[3:]:
        repository.write(name, seed(7))
    shown = {"two\nlines.md": "two\\nlines.md", names[-1]: "\\udcff.md"}
    shown |= {name: f"./{name}" for name in names if name[0] in "-:"}
    assert sorted(files("--since", "main")) == sorted(shown.get(name, name) for name in names)


def test_in_a_subfolder(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.git("config", "diff.relative", "true")
    repository.write("sub/seedlint.toml", 'include = ["."]\n')
    repository.write("sub/x.md", seed(8))
    repository.write("a.md", seed(0))
    repository.commit(**{"sub/y": seed(9)})
    monkeypatch.chdir(repository.folder / "sub")
    assert files("--since", "main") == ["x.md", "y.md"]
    assert files("--since", "main", "..") == ["../a.md", "x.md", "y.md"]


def test_a_file_that_was_only_touched_has_not_changed(repository: Repository) -> None:
    index = repository.folder / ".git" / "index"
    before = index.read_bytes()
    os.utime(repository.folder / "a.md", (1, 1))
    assert files("--since", "main") == []
    assert files("--staged") == []
    # Another git may be at work.
    assert index.read_bytes() == before


def test_links(repository: Repository) -> None:
    repository.write("seedlint.toml", 'include = ["content", "other"]\n')
    repository.write("store/a.md", seed(5))
    repository.write("folder/b.md", seed(6))
    (repository.folder / "content").mkdir()
    (repository.folder / "content" / "a.md").symlink_to("../store/a.md")
    (repository.folder / "other").symlink_to("folder")
    repository.commit()
    assert files("--since", "HEAD") == []
    repository.write("store/a.md", seed(5, UNKNOWN))
    repository.write("folder/b.md", seed(6, UNKNOWN))
    assert found("--since", "HEAD", "--new-only") == [
        f"{name}:11 schema-additional-properties" for name in ("content/a.md", "other/b.md")
    ]


def test_other_repositories_within_are_left_alone(repository: Repository) -> None:
    repository.write("inner/x.md", seed(5))
    subprocess.run(("git", "init", "-q"), cwd=repository.folder / "inner", check=True)
    repository.write("a.md", seed(0))
    assert files("--since", "main") == ["a.md"]


# In submodules


@pytest.fixture
def superproject(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Repository, Repository]:
    """The repository, clean, with a submodule "sub:é x" within "lib", that has a.md and b.md."""
    inner = Repository(tmp_path / "inner", monkeypatch)
    inner.commit(**{"seeds/a": seed(5), "seeds/b": seed(6)})
    monkeypatch.chdir(repository.folder)
    allowed = ("-c", "protocol.file.allow=always", "submodule", "-q", "add")
    repository.git(*allowed, inner.folder.as_uri(), "lib/sub:é x")
    repository.commit(**{name: seed(number) for number, name in enumerate("abcd")})
    inside = Repository.__new__(Repository)
    inside.folder = repository.folder / "lib" / "sub:é x"
    return repository, inside


SUB = "lib/sub:é x/seeds"


def test_what_is_written_or_committed_in_a_submodule(
    superproject: tuple[Repository, Repository],
) -> None:
    repository, inside = superproject
    assert files("--since", "HEAD") == []
    assert files("--staged") == []
    inside.write("seeds/a.md", seed(5, UNKNOWN))
    inside.write("seeds/new.md", seed(7))
    rule = "schema-additional-properties"
    assert found("--since", "HEAD") == [f"{SUB}/a.md:11 {rule}"]
    assert files("--since", "HEAD") == [f"{SUB}/a.md", f"{SUB}/new.md"]
    assert files("--staged") == []
    inside.commit(**{"seeds/b": seed(6, UNKNOWN)})
    changed = [f"{SUB}/{name}.md" for name in ("a", "b", "new")]
    assert files("--since", "HEAD") == changed
    assert files("--staged") == []
    repository.git("add", "lib")
    assert files("--staged") == files("--since", "HEAD") == changed
    repository.commit()
    assert files("--since", "HEAD") == files("--staged") == []
    assert files("--since", "HEAD~1") == changed
    # Before there was a submodule, there was none of it.
    assert files("--since", "main") == ["a.md", "b.md", "c.md", "d.md", *changed]


def test_only_what_is_new_in_a_submodule(superproject: tuple[Repository, Repository]) -> None:
    repository, inside = superproject
    inside.commit(**{"seeds/a": seed(5, UNKNOWN)})
    repository.commit()
    inside.git("mv", "seeds/a.md", "seeds/moved.md")
    inside.write("seeds/moved.md", seed(5, UNKNOWN, "othr: 1"))
    inside.commit()
    new = [f"{SUB}/moved.md:12 schema-additional-properties"]
    assert found("--since", "HEAD", "--new-only") == new
    assert found("--staged", "--new-only") == []
    repository.git("add", "lib")
    assert found("--staged", "--new-only") == new


def test_a_submodule_as_it_is_staged(superproject: tuple[Repository, Repository]) -> None:
    repository, inside = superproject
    inside.commit(**{"seeds/a": seed(5, UNKNOWN), "seeds/c": seed(8, UNKNOWN)})
    repository.git("add", "lib")
    inside.write("seeds/a.md", seed(5))
    inside.write("seeds/b.md", seed(6, UNKNOWN))
    (inside.folder / "seeds" / "c.md").unlink()
    inside.write("seeds/d.md", seed(9, UNKNOWN))
    inside.git("add", "seeds/d.md")
    rule = "schema-additional-properties"
    assert found("--staged") == [f"{SUB}/a.md:11 {rule}", f"{SUB}/c.md:11 {rule}"]
    assert found("--since", "HEAD") == [f"{SUB}/b.md:11 {rule}", f"{SUB}/d.md:11 {rule}"]


def test_a_submodule_of_a_submodule_also_in_a_hook(
    superproject: tuple[Repository, Repository], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, inside = superproject
    allowed = ("-c", "protocol.file.allow=always", "submodule", "-q", "add")
    inside.git(*allowed, (tmp_path / "inner").as_uri(), "deep")
    inside.commit()
    repository.commit()
    assert files("--since", "HEAD") == []
    (inside.folder / "deep" / "seeds" / "a.md").write_text(seed(3), encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(repository.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository.folder / ".git" / "index"))
    assert files("--since", "HEAD") == ["lib/sub:é x/deep/seeds/a.md"]
    assert files("--staged") == []
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    deep = ("-c", "user.name=x", "-C", "deep", "commit", "-q", "-a", "-m", "A step")
    inside.git(*deep)
    inside.commit()
    repository.git("add", "lib")
    assert files("--staged") == ["lib/sub:é x/deep/seeds/a.md"]


def test_submodules_that_cannot_be_looked_into(
    superproject: tuple[Repository, Repository],
) -> None:
    repository, inside = superproject
    repository.write("seedlint.toml", 'include = ["lib", "a.md"]\n')
    commit = "1" * 40
    repository.git("update-index", "--cacheinfo", f"160000,{commit},lib/sub:é x")
    repository.git("commit", "-q", "-m", "A step")
    assert check("--since", "HEAD") == (
        2,
        "",
        f'seedlint: the submodule "lib/sub:é x" does not have the commit {commit}, which it was '
        f"at: `git fetch origin {commit}` in its folder brings it, if origin has it\n",
    )
    (inside.folder / ".git").unlink()
    assert check("--staged") == (
        2,
        "",
        'seedlint: the submodule "lib/sub:é x" has files but is no git repository, so what changed '
        "in it cannot be told\n",
    )
    # Where nothing of it is to be checked, nobody needs it.
    repository.write("seedlint.toml", 'include = ["a.md"]\n')
    assert files("--since", "HEAD") == []


def test_nothing_changed(repository: Repository) -> None:
    assert check("--since", "main") == (
        0,
        "",
        'seedlint: nothing to check: no file with front matter changed since "main"\n'
        "No files checked\n",
    )
    assert check("--staged", "-q") == (0, "", "")


def test_other_files_take_part_in_what_is_said(repository: Repository) -> None:
    repository.commit(a=seed(0))
    repository.write("e.md", seed(0))
    assert found("--since", "HEAD", "--select", "duplicate-entry") == ["e.md:6 duplicate-entry"]
    repository.write("e.md", seed(4))
    assert found("--since", "HEAD", "--select", "duplicate-entry") == []


def test_what_changed_is_fixed_and_nothing_else(repository: Repository) -> None:
    untidy = seed(1).replace("type: article", "type:   article\ntopics: [Boats, Boats]")
    repository.commit(a=untidy, b=untidy)
    repository.write("a.md", untidy + "More.\n")
    check("--since", "HEAD", "--fix")
    assert (repository.folder / "a.md").read_text() == untidy.replace(", Boats", "") + "More.\n"
    assert (repository.folder / "b.md").read_text() == untidy


# What stands in the way


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--since", "nope"), 'git knows no revision "nope"'),
        (("--since", "main..HEAD"), 'git knows no revision "main..HEAD"'),
        (("--since", "0" * 40), f'git knows no revision "{"0" * 40}"'),
        (("--since", "--output=x"), '--since needs a branch, a tag or a commit, not "--output=x"'),
        (("--since", ""), '--since needs a branch, a tag or a commit, not ""'),
        (("--since", "a\nb"), 'git knows no revision "a\\nb"'),
    ],
)
def test_revisions_that_are_none(
    repository: Repository, arguments: tuple[str, ...], complaint: str
) -> None:
    assert check(*arguments) == (2, "", f"seedlint: {complaint}\n")
    assert not (repository.folder / "x").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--since", "main", "--staged"), "--since and --staged are two questions"),
        (("--new-only",), "--new-only needs to know since when"),
        (("-", "--staged"), "- (standard input) has no history"),
        (("--staged", "--new-only", "--fix"), "--new-only is about reports"),
    ],
)
def test_options_that_make_no_sense_together(
    repository: Repository, arguments: tuple[str, ...], complaint: str
) -> None:
    code, output, errors = check(*arguments)
    assert (code, output) == (2, "")
    assert complaint in errors


def test_no_common_history(repository: Repository) -> None:
    repository.git("switch", "-q", "--orphan", "apart")
    repository.commit(x=seed(9))
    assert check("--since", "main") == (
        2,
        "",
        'seedlint: "main" and HEAD have no commit in common\n',
    )


def test_a_shallow_clone(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(a=seed(0))
    repository.git("switch", "-q", "main")
    repository.commit(b=seed(1))
    url = repository.folder.as_uri()
    clone = tmp_path / "clone"
    repository.git(
        "clone", "-q", "--depth=1", "--no-single-branch", "-b", "change", url, str(clone)
    )
    monkeypatch.chdir(clone)
    deepen = (
        "this is a shallow clone; `git fetch --unshallow` brings the rest of its history (on "
        "GitHub `fetch-depth: 0` for actions/checkout, on GitLab `GIT_DEPTH: 0`)"
    )
    assert check("--since", "origin/main") == (
        2,
        "",
        f'seedlint: "origin/main" and HEAD have no commit in common: {deepen}\n',
    )
    assert check("--since", "HEAD~1")[2] == f'seedlint: git knows no revision "HEAD~1": {deepen}\n'
    subprocess.run(("git", "fetch", "-q", "--unshallow"), cwd=clone, check=True)
    assert files("--since", "origin/main") == ["a.md"]


@pytest.fixture
def origin(repository: Repository) -> Repository:
    """On "change", which has a.md changed since "main" and the tag "v1"; "main" went on."""
    repository.git("tag", "-a", "-m", "A release", "v1")
    repository.commit(a=seed(0))
    repository.commit(c=seed(2))
    repository.git("switch", "-q", "main")
    repository.commit(b=seed(1))
    repository.git("switch", "-q", "change")
    return repository


@pytest.mark.parametrize("revision", ["origin/main", "main", "v1", "refs/remotes/origin/main"])
@pytest.mark.parametrize("depth", ["--depth=1", "--single-branch"])
def test_a_clone_of_one_branch_is_told_how_to_get_another(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: str, revision: str
) -> None:
    clone = tmp_path / "clone"
    url = origin.folder.as_uri()
    origin.git("clone", "-q", depth, "--no-tags", "-b", "change", url, str(clone))
    monkeypatch.chdir(clone)
    code, output, errors = check("--since", revision)
    branch = revision.rpartition("/")[2]
    tracking = f"refs/remotes/origin/{branch}"
    brought = "it" if "/" in revision else f'it as "origin/{branch}"'
    if depth == "--single-branch":
        advice = f"`git fetch origin {branch}:{tracking}` brings {brought}, if origin has it"
    else:
        advice = (
            "this is a shallow clone; `git fetch --unshallow origin "
            f"{branch}:{tracking}` brings {brought} and the rest of the history, if origin has it "
            "(on GitHub `fetch-depth: 0` for actions/checkout)"
        )
    complaint = f'seedlint: git knows no revision "{revision}": {advice}\n'
    assert (code, output, errors) == (2, "", complaint)
    subprocess.run(advice.split("`")[1].split(), cwd=clone, capture_output=True, check=True)
    assert files("--since", f"origin/{branch}") == ["a.md", "c.md"]
    if brought != "it":
        complaint = f'seedlint: git knows no revision "{revision}": it knows "origin/{branch}"\n'
        assert check("--since", revision)[2] == complaint


@pytest.mark.parametrize("depth", ["--depth=1", "--single-branch"])
def test_a_clone_of_one_branch_is_told_how_to_get_a_commit(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: str
) -> None:
    clone = tmp_path / "clone"
    url = origin.folder.as_uri()
    origin.git("clone", "-q", depth, "-b", "change", url, str(clone))
    commit = origin.git("rev-parse", "main").strip()
    monkeypatch.chdir(clone)
    command = check("--since", commit)[2].split("`")[1].split()
    assert command == [
        *("git", "fetch", *(["--unshallow"] if depth == "--depth=1" else []), "origin", commit)
    ]
    subprocess.run(command, cwd=clone, capture_output=True, check=True)
    assert files("--since", commit) == ["a.md", "c.md"]


@pytest.mark.parametrize("revision", ["main..x", "-x", "a b", "$(x)", "`x`", "0123abc", "x~1"])
def test_no_advice_where_there_is_none(
    origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    origin.git("clone", "-q", origin.folder.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert "git fetch" not in check(f"--since={revision}")[2]


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.md").write_text(seed(0), encoding="utf-8")
    for option in (("--since", "main"), ("--staged",)):
        assert check(*option) == (
            2,
            "",
            f"seedlint: {option[0]} needs a git repository, and this folder is in none\n",
        )


def test_a_repository_without_a_working_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(("git", "init", "-q", "--bare", str(tmp_path)), check=True)
    monkeypatch.chdir(tmp_path)
    assert check("--since", "main") == (2, "", f"seedlint: --since {BARE}\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert check("--since", "main") == (
        2,
        "",
        "seedlint: git: this operation must be run in a work tree\n",
    )


def test_no_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert check("--since", "main") == (
        2,
        "",
        "seedlint: git is needed to tell what changed, and it is not installed\n",
    )


def test_nothing_is_run_that_a_configuration_names(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = tmp_path / "spy"
    spy.write_text(f'#!/bin/sh\necho "$0 $*" >>"{tmp_path}/traces"\ncat "$1" 2>/dev/null\n')
    spy.chmod(0o755)
    repository.write(".gitattributes", "*.md diff=spied\n")
    repository.commit()
    for key in ("core.fsmonitor", "diff.external", "diff.spied.command", "diff.spied.textconv"):
        repository.git("config", key, str(spy))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(spy))
    hooks = repository.folder / ".git" / "hooks"
    for name in ("post-index-change", "post-checkout"):
        (hooks / name).write_text(spy.read_text())
        (hooks / name).chmod(0o755)
    repository.write("a.md", seed(0, UNKNOWN, "x: 1"))
    os.utime(repository.folder / "b.md", (1, 1))
    (repository.folder / "c.md").rename(repository.folder / "moved.md")
    for options in (("--since", "main"), ("--staged",)):
        check(*options, "--new-only")
    assert not (tmp_path / "traces").exists()
    subprocess.run(("git", "diff"), cwd=repository.folder, capture_output=True, check=False)
    assert (tmp_path / "traces").exists()


def test_a_folder_of_the_content_that_looks_like_a_repository_is_none(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = repository.write("docs/config", "").parent
    for name in ("HEAD", "objects", "refs", "index"):
        copy = shutil.copytree if (repository.folder / ".git" / name).is_dir() else shutil.copy
        copy(repository.folder / ".git" / name, docs / name)
    trace = tmp_path / "trace"
    (docs / "config").write_text(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = content\n"
        f'[filter "spy"]\nclean = touch {trace}\n'
    )
    repository.write("docs/content/.gitattributes", "*.md filter=spy\n")
    repository.write("docs/content/moved.md", seed(0, UNKNOWN))
    repository.git("--git-dir=docs", "--work-tree=docs/content", "add", "moved.md")
    trace.unlink()
    repository.write("docs/content/moved.md", seed(0, UNKNOWN, "# more"))
    monkeypatch.chdir(docs / "content")
    for options in (("--since", "main"), ("--since", "main", "--new-only"), ("--staged",)):
        assert check(*options) == (2, "", f"seedlint: {options[0]} {BARE}\n")
    assert not trace.exists()


def test_a_git_among_the_content_is_not_run_on_windows(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    assert real is not None
    for folder in (repository.folder, tmp_path / "installed"):
        folder.mkdir(exist_ok=True)
        (folder / "git.exe").symlink_to(real)
    monkeypatch.setattr(gitrun, "_IS_WINDOWS", True)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "/nowhere", str(tmp_path / "installed"))))
    gitrun._program.cache_clear()
    try:
        assert gitrun._program() == str(tmp_path / "installed" / "git.exe")
        assert check("--since", "main")[0] == 0
        gitrun._program.cache_clear()
        monkeypatch.setenv("PATH", ".")
        assert check("--since", "main") == (
            2,
            "",
            "seedlint: git is needed to tell what changed, and it is not installed\n",
        )
    finally:
        gitrun._program.cache_clear()


# Staged


def test_what_is_staged_as_it_is_staged(repository: Repository) -> None:
    repository.write("a.md", seed(0))
    repository.write("b.md", seed(1, "othr: 1"))
    repository.write("e.md", seed(4, "othr: 1"))
    repository.git("add", "a.md", "b.md", "e.md")
    # None of this is staged: it makes a.md bad, b.md good, e.md disappear.
    repository.write("a.md", seed(0, UNKNOWN))
    repository.write("b.md", seed(1))
    (repository.folder / "e.md").unlink()
    repository.write("c.md", seed(2))
    repository.write("f.md", seed(5, UNKNOWN))
    rule = "schema-additional-properties"
    assert files("--staged") == ["a.md", "b.md", "e.md"]
    assert found("--staged") == [f"b.md:11 {rule}", f"e.md:11 {rule}"]
    assert found("--since", "HEAD") == [f"f.md:11 {rule}"]
    # The cache does not confuse the two.
    assert found("--staged") == [f"b.md:11 {rule}", f"e.md:11 {rule}"]


def test_the_corpus_is_that_of_the_index(repository: Repository) -> None:
    repository.commit(**{name: seed(number) for number, name in enumerate("abcd")})
    only = ("--select", "duplicate-entry")
    repository.write("e.md", seed(0))
    repository.write("f.md", seed(9))
    repository.git("add", "e.md", "f.md")
    repository.write("a.md", seed(8))
    repository.write("untracked.md", seed(9))
    assert found("--staged", *only) == ["e.md:6 duplicate-entry"]
    assert found("--since", "HEAD", *only) == [
        "f.md:6 duplicate-entry",
        "untracked.md:6 duplicate-entry",
    ]


def test_before_the_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path / "fresh", monkeypatch)
    repository.write("a.md", seed(0, UNKNOWN))
    repository.write("b.md", seed(1, UNKNOWN))
    repository.git("add", "a.md")
    assert found("--staged", "--new-only") == ["a.md:11 schema-additional-properties"]
    assert check("--since", "HEAD")[2] == 'seedlint: git knows no revision "HEAD"\n'


def test_what_is_partly_staged_is_not_fixed(repository: Repository) -> None:
    untidy = seed(1).replace("type: article", "topics: [Boats, Boats]\ntype: article")
    repository.write("a.md", untidy)
    repository.git("add", "a.md")
    assert check("--staged", "--fix-only")[0] == 0
    assert (repository.folder / "a.md").read_text() == untidy.replace(", Boats", "")
    code, output, errors = check("--staged", "--fix")
    assert (code, output) == (2, "")
    assert errors == (
        'seedlint: "a.md" is not as it is staged, so what is staged cannot be changed in it: '
        "stage the rest of its changes, or stash them\n"
    )


HOOK = """\
#!/bin/sh
unset PYTHONSAFEPATH
exec "{python}" -m seedlint check --staged --no-cache -q -o concise
"""


def test_in_a_hook(repository: Repository) -> None:
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(HOOK.format(python=sys.executable))
    hook.chmod(0o755)
    repository.commit(**{name: seed(number) for number, name in enumerate("abcd")})
    repository.write("a.md", seed(0, UNKNOWN))
    repository.write("b.md", seed(1, "# harmless"))
    repository.git("add", "b.md")

    def commit(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            ("git", "commit", "-q", "-m", "A step", *arguments),
            env={**environment(), "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).partition(": ")[0]

    # git gives the hook an index of its own for these two, which holds what they commit.
    assert commit("-a") == (1, "a.md:11:1")
    assert commit("a.md") == (1, "a.md:11:1")
    assert commit() == (0, "")
    repository.git("add", "a.md")
    assert commit() == (1, "a.md:11:1")
