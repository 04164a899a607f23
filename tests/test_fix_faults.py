"""A run that fixes, while everything fails that can: no file is torn, and all is said.

Small here; ``SEEDLINT_FAULTS=200`` lets writing fail at each of 200 kilobytes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import SEED, fenced, numbered

if sys.platform != "linux":
    pytest.skip("about what Linux has", allow_module_level=True)

KILOBYTES = int(os.environ.get("SEEDLINT_FAULTS", "6"))
DISTURBED = """\
import json, os, sys
from seedlint import fixrun
from seedlint.cli import main
def disturbed(plain):
    def after_steps(path, *rest):
        for step, *paths in json.loads(os.environ["STEPS"]):
            getattr(os, step)(*paths)
        os.environ["STEPS"] = "[]"
        return plain(path, *rest)
    return after_steps
fixrun.replace_file = disturbed(fixrun.replace_file)
fixrun.target_of = disturbed(fixrun.target_of)
sys.argv = ["seedlint", "check", "--no-cache", "--fix", "-o", "concise", *sys.argv[1:]]
main()
"""
"""Does something between the reading of a file and its writing."""


def texts(number: int, kilobytes: int) -> tuple[bytes, bytes]:
    """The old and the new text of a file with one mistake."""
    line = f"Body of {number}: the boat leaves at nine, and at noon.\n"
    new = fenced(numbered(SEED, number), line * (kilobytes * 1024 // len(line)))
    return new.replace("domain: harbour", "domain: www.harbour").encode(), new.encode()


def write(folder: Path, kilobytes: Mapping[str, int]) -> dict[str, tuple[bytes, bytes]]:
    """Files of these sizes; their old and new texts."""
    contents = {name: texts(at, size) for at, (name, size) in enumerate(kilobytes.items())}
    for name, (old, _) in contents.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(old)
    return contents


def fix(
    folder: Path, *options: str, prefix: tuple[str, ...] = (), largest: int = -1
) -> tuple[int, str, str]:
    """Fix all in a folder; files may grow to so many bytes. Code, output and errors."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "seedlint", "check", "--fix", "-o", "concise", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, -1)),
    )
    return done.returncode, done.stdout, done.stderr


def state(folder: Path, contents: Mapping[str, tuple[bytes, bytes]]) -> dict[str, str]:
    """Which files are old and which are new; each must be one of both, whole."""
    return {
        name: {old: "old", new: "new"}.get((folder / name).read_bytes(), "torn")
        for name, (old, new) in contents.items()
    }


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith("seedlint-tmp")]


@pytest.mark.parametrize("kilobytes", range(KILOBYTES + 2))
@pytest.mark.parametrize("cache", ["--cache", "--no-cache"])
def test_writing_fails_at_a_kilobyte(tmp_path: Path, kilobytes: int, cache: str) -> None:
    contents = write(tmp_path, {"large.md": KILOBYTES, "other.md": KILOBYTES, "small.md": 0})
    options = () if cache == "--cache" else (cache,)
    code, out, err = fix(tmp_path, *options, largest=kilobytes * 1024)
    fitting = {name for name, (_, new) in contents.items() if len(new) <= kilobytes * 1024}
    assert state(tmp_path, contents) == {
        name: "new" if name in fitting else "old" for name in contents
    }
    assert strays(tmp_path) == []
    told = err.splitlines()
    expected = [
        f"seedlint: {name}: not fixed: it could not be written (File too large); make room on the "
        "disk and run again"
        for name in sorted(contents.keys() - fitting)
    ]
    assert [line for line in told if "not fixed" in line] == expected
    assert [line.partition(":")[0] for line in out.splitlines() if "domain-form" in line] == (
        sorted(contents.keys() - fitting)
    )
    assert code == (2 if expected else 0)
    assert fix(tmp_path, "-q", *options)[0] == 0
    assert set(state(tmp_path, contents).values()) == {"new"}


_SMALL_DISK = 'mount -t tmpfs -o size="$1" none "$2" && cp -r "$3"/. "$2" && cd "$2" || exit 77; '


@pytest.mark.parametrize(("room", "refused"), [(64, 8), (68, 4), (72, 4), (76, 0)])
def test_a_disk_that_is_nearly_full(tmp_path: Path, room: int, refused: int) -> None:
    """It holds the files, but not all the new ones beside the old."""
    before, disk, after = (tmp_path / name for name in ("before", "disk", "after"))
    for folder in (before, disk, after):
        folder.mkdir()
    contents = write(before, {f"{number:02}.md": 9 * (number % 2) + 1 for number in range(8)})
    script = (
        f'{_SMALL_DISK} disk="$2"; shift 3; "$@"; code=$?; cp -r "$disk"/. "{after}" || exit 77; '
        "exit $code"
    )
    private = ("unshare", "-m", "sh", "-c", script, "-", f"{room}k", str(disk), str(before))
    code, _, err = fix(before, "--no-cache", prefix=private)
    if code == 77 or "unshare" in err:
        pytest.skip("nothing can be mounted here")
    found = state(after, contents)
    assert "torn" not in found.values()
    assert strays(after) == []
    old = sorted(name for name, text in found.items() if text == "old")
    assert [line for line in err.splitlines() if "not fixed" in line] == [
        f"seedlint: {name}: not fixed: it could not be written (No space left on device); make "
        "room on the disk and run again"
        for name in old
    ]
    assert code == (2 if old else 0)
    assert len(old) == refused


def test_a_folder_on_a_read_only_disk(tmp_path: Path) -> None:
    contents = write(tmp_path, {"a/fixed.md": 1, "b/frozen.md": 1})
    script = 'mount --bind b b && mount -o remount,ro,bind b || exit 77; cd .; exec "$@"'
    code, out, err = fix(tmp_path, "--no-cache", prefix=("unshare", "-m", "sh", "-c", script, "-"))
    if code == 77 or "unshare" in err:
        pytest.skip("nothing can be mounted here")
    assert state(tmp_path, contents) == {"a/fixed.md": "new", "b/frozen.md": "old"}
    assert code == 2
    assert [line for line in err.splitlines() if "not fixed" in line] == [
        "seedlint: b/frozen.md: not fixed: the file is read-only; make it writable and run again"
    ]
    assert out.startswith("b/frozen.md:10:11: ")


# What others do between reading and writing


def disturbed(folder: Path, *steps: tuple[object, ...], option: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", DISTURBED, *filter(None, [option])],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "STEPS": json.dumps(steps)},
    )
    return done.returncode, done.stdout, done.stderr


def test_no_diff_is_shown_of_a_file_that_has_changed(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": 1, "b.md": 1})
    code, out, err = disturbed(tmp_path, ("truncate", "a.md", 10), option="--diff")
    assert code == 2
    assert [line for line in out.splitlines() if line.startswith("diff")] == [
        "diff --git a/b.md b/b.md"
    ]
    assert err.splitlines() == [
        "seedlint: a.md: not fixed: the file has changed since it was read; run again to fix it "
        "as it is",
        "1 would be fixed in 1 file, 1 file not written",
    ]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([("unlink", "in/a.md"), ("symlink", "{outside}/a.md", "in/a.md")], "a link leads out of"),
        ([("rename", "in", "was"), ("symlink", "{outside}", "in")], "a link leads out of"),
        ([("unlink", "in/a.md"), ("symlink", "a.md", "in/a.md")], ""),
        ([("unlink", "in/a.md"), ("mkfifo", "in/a.md")], "it is no plain file"),
        ([("unlink", "in/a.md"), ("mkdir", "in/a.md")], "it is no plain file"),
        ([("unlink", "in/a.md")], "the file has been removed since it was read"),
        ([("link", "in/a.md", "in/b.txt~")], "the file has 2 names (hard links)"),
        ([("truncate", "in/a.md", 10)], "the file has changed since it was read"),
    ],
)
def test_a_file_that_becomes_another(
    tmp_path: Path, steps: list[tuple[str, ...]], reason: str
) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    contents = write(project, {"in/a.md": 1})
    outside.mkdir()
    (outside / "a.md").write_bytes(contents["in/a.md"][0])
    (project / "seedlint.toml").touch()
    given = [
        tuple(part.format(outside=outside) if isinstance(part, str) else part for part in step)
        for step in steps
    ]
    code, _, err = disturbed(project, *given)
    assert code == 2
    (refused,) = [line for line in err.splitlines() if "not fixed" in line]
    assert refused.startswith(f"seedlint: in/a.md: not fixed: {reason}")
    assert (outside / "a.md").read_bytes() == contents["in/a.md"][0]
    assert sorted(path.name for path in outside.iterdir()) == ["a.md"]
    assert strays(tmp_path) == []


# Names


NAMES = [
    "plain.md",
    "-rf.md",
    "--fix.md",
    "two\nlines: error.md",
    "a\rb.md",
    "quote\"s'.md",
    "$(touch hacked)`.md",
    "%0A::error::x.md",
    "\x1b[2Jx\u202e.md",
    "bytes-\udcff\udc80.md",
    "* ?.md",
    " space .md",
    "é\u2028.md",
]


def test_files_of_any_name_are_fixed(tmp_path: Path) -> None:
    contents = write(tmp_path, dict.fromkeys(NAMES, 1))
    code, out, err = fix(tmp_path, "--no-cache")
    assert (code, out) == (0, "")
    assert set(state(tmp_path, contents).values()) == {"new"}
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)
    assert err == "All clean: 13 files checked\n13 fixed in 13 files\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_named_where_it_is_not_fixed(tmp_path: Path, name: str) -> None:
    contents = write(tmp_path, {name: 1})
    (tmp_path / name).chmod(0o444)
    code, out, err = fix(tmp_path, "--no-cache", "--", name)
    assert code == 2
    assert set(state(tmp_path, contents).values()) == {"old"}
    (refused,) = [line for line in err.splitlines() if "not fixed" in line]
    assert "the file is read-only; make it writable and run again" in refused
    # No line of its own, no escape sequence: the name is told in the one line there is.
    (found,) = out.splitlines()
    told = refused.removeprefix("seedlint: ").split(": not fixed")[0]
    # A line does not begin with a dash.
    assert found.split(":10:11: ")[0] == (f"./{told}" if told.startswith("-") else told)
    assert (out + err).replace("\n", "").isprintable()
