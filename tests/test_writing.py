"""Replacing a file: whole or not at all, and only where that is wanted."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedlint.writing import replace_file, sync_folder
from tests.replacing import (
    NEW,
    NOBODY,
    OLD,
    make,
    names,
    needs_root,
    reachable_folder,
    refusal,
    replace,
    without_rights,
)

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)

ROOT = Path(__file__).parent.parent
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="as Linux has it")


# What is replaced, and what is kept


def test_the_new_text_and_nothing_beside_it(tmp_path: Path) -> None:
    path = make(tmp_path / "a.md")
    replace(path)
    assert path.read_bytes() == NEW
    assert names(tmp_path) == ["a.md"]


def test_who_reads_it_still_has_the_old_text_whole(tmp_path: Path) -> None:
    path = make(tmp_path / "a.md")
    with path.open("rb") as reader:
        replace(path)
        assert reader.read() == OLD


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o200, 0o666])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    path = make(tmp_path / "a.md")
    path.chmod(mode)
    if not os.access(path, os.R_OK):
        pytest.skip("only root reads that")
    replace(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@needs_root
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    path = make(tmp_path / "a.md")
    os.chown(path, 1234, 2345)
    path.chmod(0o640)
    replace(path)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o640)


@needs_root
def test_an_owner_that_cannot_be_kept_is_no_obstacle() -> None:
    with reachable_folder() as folder:
        path = make(folder / "a.md")
        path.chmod(0o666)
        with without_rights():
            replace(path)
        assert path.read_bytes() == NEW
        assert (path.stat().st_uid, stat.S_IMODE(path.stat().st_mode)) == (NOBODY, 0o666)


def acl(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as the kernel has it: tag, rights and id of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


ACL = acl(
    (0x01, 6, 0xFFFFFFFF),
    (0x02, 4, 1234),
    (0x04, 4, 0xFFFFFFFF),
    (0x10, 4, 0xFFFFFFFF),
    (0x20, 0, 0xFFFFFFFF),
)
"""The owner reads and writes, user 1234 and the group read."""


if sys.platform == "linux":

    def attribute(path: Path, name: str, value: bytes) -> None:
        try:
            os.setxattr(path, name, value)
        except OSError as error:
            pytest.skip(f"{name} cannot be set here: {error}")

    def test_extended_attributes_are_kept(tmp_path: Path) -> None:
        path = make(tmp_path / "a.md")
        attribute(path, "user.origin", b"harbour")
        attribute(path, "system.posix_acl_access", ACL)
        replace(path)
        assert os.getxattr(path, "user.origin") == b"harbour"
        assert os.getxattr(path, "system.posix_acl_access") == ACL

    def test_rights_that_the_folder_gives_to_new_files_are_not_added(tmp_path: Path) -> None:
        path = make(tmp_path / "a.md")
        attribute(tmp_path, "system.posix_acl_default", ACL)
        replace(path)
        assert os.listxattr(path) == []


@pytest.mark.parametrize(
    "name",
    ["a" * 252 + ".md", "é" * 126 + ".md", "𝄞" * 63 + ".md", os.fsdecode(b"\xff" * 255), "\n -"],
)
def test_any_name_a_file_can_have(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name)
    replace(path)
    assert path.read_bytes() == NEW
    assert names(tmp_path) == [name]


def test_paths_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path / "x" / "a.md").parent)
    replace_file("a.md", OLD, NEW, Path())
    replace_file("../x/a.md", NEW, OLD, Path(".."))
    assert Path("a.md").read_bytes() == OLD


@needs_linux
def test_the_text_is_on_the_disk_before_it_gets_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")
    path.chmod(0o640)
    seen: list[tuple[Path, bytes, bytes, int]] = []

    def fsync(descriptor: int) -> None:
        synced = Path(f"/proc/self/fd/{descriptor}").readlink()
        mode = stat.S_IMODE(synced.stat().st_mode)
        seen.append((synced.parent, synced.read_bytes(), path.read_bytes(), mode))

    monkeypatch.setattr(os, "fsync", fsync)
    replace(path)
    assert seen == [(tmp_path, NEW, OLD, 0o640)]


# What is left alone

CHANGED = "the file has changed since it was read; run again to fix it as it is"


@pytest.mark.parametrize("content", [b"", OLD[:-1], OLD + b"\n", OLD.upper(), NEW])
def test_a_file_that_changed(tmp_path: Path, content: bytes) -> None:
    path = make(tmp_path / "a.md", content)
    assert refusal(path) == CHANGED
    assert path.read_bytes() == content
    assert names(tmp_path) == ["a.md"]


def overwrite(path: Path) -> None:
    """Another text of the same size, with the same time."""
    status = path.stat()
    path.write_bytes(OLD.upper())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def exchange(path: Path) -> None:
    """Another file with the same text and time."""
    other = make(path.parent / "other")
    shutil.copystat(path, other)
    other.rename(path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (overwrite, CHANGED),
        (exchange, CHANGED),
        (lambda path: path.chmod(0o600), CHANGED),
        (lambda path: path.touch(), CHANGED),
        (lambda path: path.unlink(), "the file has been removed since it was read"),
    ],
    ids=["overwritten", "exchanged", "mode", "touched", "removed"],
)
def test_a_file_that_changes_while_the_new_text_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    reason: str,
) -> None:
    path = make(tmp_path / "a.md")
    os.utime(path, (1, 1))

    def fsync(_: int) -> None:
        monkeypatch.undo()
        change(path)

    monkeypatch.setattr(os, "fsync", fsync)
    assert refusal(path) == reason
    assert names(tmp_path) == (["a.md"] if reason == CHANGED else [])
    assert not path.exists() or path.read_bytes() in (OLD, OLD.upper())


def test_a_file_that_was_only_touched_is_what_was_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.md")
    exchange(path)
    replace(path)
    assert path.read_bytes() == NEW


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    gone = "the file has been removed since it was read"
    assert refusal(tmp_path / "a.md") == gone
    assert refusal(tmp_path / "x" / "a.md", tmp_path) == gone
    (tmp_path / "link.md").symlink_to("nowhere.md")
    assert refusal(tmp_path / "link.md") == gone
    assert names(tmp_path) == ["link.md"]


def bind(path: Path) -> None:
    # The path of a socket must be short.
    folder = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.mkdir(),
        os.mkfifo,
        pytest.param(bind, marks=needs_linux),
        pytest.param(
            lambda path: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3)), marks=needs_root
        ),
        lambda path: path.symlink_to(path.name),
    ],
    ids=["folder", "pipe", "socket", "device", "loop"],
)
def test_only_plain_files_are_written(tmp_path: Path, put: Callable[[Path], None]) -> None:
    path = tmp_path / "a.md"
    try:
        put(path)
    except PermissionError:
        pytest.skip("cannot be made here")
    before = path.lstat()
    assert refusal(path) == "it is no plain file, and only those are written"
    assert path.lstat() == before
    assert names(tmp_path) == ["a.md"]


READ_ONLY = "the file is read-only; make it writable and run again"


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_read_only_file_even_as_root(tmp_path: Path, mode: int) -> None:
    path = make(tmp_path / "a.md")
    path.chmod(mode)
    assert refusal(path) == READ_ONLY
    assert path.read_bytes() == OLD


@needs_root
@pytest.mark.parametrize("mode", [0o644, 0o664, 0o462])
def test_a_file_that_only_others_may_write(mode: int) -> None:
    with reachable_folder() as folder:
        path = make(folder / "a.md")
        if mode == 0o462:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(mode)
        with without_rights():
            assert refusal(path) == READ_ONLY
        assert path.read_bytes() == OLD


def test_a_read_only_folder() -> None:
    with reachable_folder() as folder:
        path = make(folder / "a.md")
        path.chmod(0o666)
        folder.chmod(0o555)
        with without_rights():
            assert refusal(path) == (
                "it could not be written (Permission denied); its folder must be writable, for "
                "the new text is first written beside the file"
            )
        assert path.read_bytes() == OLD


def test_a_file_with_two_names(tmp_path: Path) -> None:
    path = make(tmp_path / "a.md")
    os.link(path, tmp_path / "b.md")
    assert refusal(path) == (
        "the file has 2 names (hard links), and all but one would keep the old text; make it a "
        "file of its own, a copy, and run again"
    )
    assert path.read_bytes() == OLD
    assert path.stat().st_nlink == 2


# Failures on the way


@pytest.mark.parametrize(
    ("where", "code", "reason"),
    [
        ("os.fsync", errno.EIO, "(Input/output error); the file is as it was"),
        (
            "os.fsync",
            errno.ENOSPC,
            "(No space left on device); make room on the disk and run again",
        ),
        ("os.open", errno.EMFILE, "(Too many open files); the file is as it was"),
        (
            "pathlib.Path.replace",
            errno.EROFS,
            "(Read-only file system); its folder must be writable, for the new text is first "
            "written beside the file",
        ),
        (
            "pathlib.Path.chmod",
            errno.EPERM,
            "(Operation not permitted); its folder must be writable, for the new text is first "
            "written beside the file",
        ),
    ],
)
def test_a_failing_step_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, code: int, reason: str
) -> None:
    path = make(tmp_path / "a.md")
    before = path.stat()

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(where, fail)
    assert refusal(path) == f"it could not be written {reason}"
    monkeypatch.undo()
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_mode) == (
        *(after.st_ino, after.st_mtime_ns, after.st_mode),
    )
    assert path.read_bytes() == OLD
    assert names(tmp_path) == ["a.md"]


def test_a_temporary_file_is_never_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = make(tmp_path / "a.md"), make(tmp_path / "other")
    monkeypatch.setattr("seedlint.writing.token_hex", lambda _: "0" * 16)
    (tmp_path / ".a.md.0000000000000000.seedlint-tmp").symlink_to(other)
    assert refusal(path) == "it could not be written (File exists); the file is as it was"
    assert (path.read_bytes(), other.read_bytes()) == (OLD, OLD)
    assert names(tmp_path) == [".a.md.0000000000000000.seedlint-tmp", "a.md", "other"]


def test_an_interruption_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.md")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace(path)
    assert path.read_bytes() == OLD
    assert names(tmp_path) == ["a.md"]


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_folder(tmp_path / "nowhere")
    asked: list[bool] = []

    def fail(descriptor: int) -> None:
        asked.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fail)
    sync_folder(tmp_path)
    assert asked == [True]


_FILL = """\
import sys
from pathlib import Path
from seedlint.writing import WriteRefused, replace_file
for name, size in (("large.md", 200_000), ("small.md", 10)):
    path = Path(sys.argv[1], name)
    try:
        replace_file(str(path), path.read_bytes(), b"n" * size, path.parent)
    except WriteRefused as error:
        print(f"{name}: {error}")
"""


def make_two(folder: Path) -> None:
    make(folder / "large.md")
    make(folder / "small.md")


def fill(folder: Path, *prefix: str) -> str:
    """Replace a file by one that does not fit, and then one by one that does."""
    done = subprocess.run(
        [*prefix, sys.executable, "-c", _FILL, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_a_file_that_may_not_grow_so_large(tmp_path: Path) -> None:
    make_two(tmp_path)
    said = fill(tmp_path, "bash", "-c", 'ulimit -f 100; exec "$@"', "-")
    assert said == (
        "large.md: it could not be written (File too large); make room on the disk and run again\n"
    )
    assert (tmp_path / "large.md").read_bytes() == OLD
    assert (tmp_path / "small.md").read_bytes() == b"n" * 10
    assert names(tmp_path) == ["large.md", "small.md"]


_ON_SMALL_DISK = """\
mount -t tmpfs -o size=128k none "$1" && cp "$2"/*.md "$1" || exit 77
shift 2; "$@"; for file in "$folder"/.[!.]* "$folder"/*; do
    if [ -e "$file" ]; then echo "$(basename "$file") $(head -c 8 "$file" | head -n 1)"; fi
done
"""


@needs_linux
def test_a_full_disk(tmp_path: Path) -> None:
    make_two(tmp_path / "files")
    disk = tmp_path / "disk"
    disk.mkdir()
    # The disk is there for these processes only.
    private = ("unshare", "-m", "sh", "-c", _ON_SMALL_DISK, "-", str(disk), str(tmp_path / "files"))
    done = subprocess.run(
        [*private, sys.executable, "-c", _FILL, str(disk)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "folder": str(disk)},
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("nothing can be mounted here")
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "large.md: it could not be written (No space left on device); make room on the disk and "
        "run again",
        "large.md old text",
        "small.md nnnnnnnn",
    ]
