"""Replace a file whole or not at all.

The new text is written beside the file under a name of its own, forced to the disk, and then
takes the file's name in one step: whoever reads, or whatever fails, finds the old text or the
new one. A run that is killed leaves at most such a temporary file, which :func:`remove_strays`
knows by its name; that its writer is dead it knows by a lock, which ends with the process.
That looks only where files are to be fixed: whoever fixes one folder does not expect another to
be written to, and a search through all of a project would cost every run more than it finds.

What is left alone, with an error that says so:

- links that lead out of the project, and what is no plain file;
- files that changed since they were read;
- read-only files. Their folder would permit it, and so would the rights of root, but
  somebody meant it;
- files with several names (hard links). Replacing one name leaves the old text under the
  others, and writing in place would not be safe: which is wanted only their owner knows.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from seedlint.run import read_file
from seedlint.wording import escape

_SUFFIX = ".seedlint-tmp"
_TEMPORARY = re.compile(rf"\..*\.[0-9a-f]{{16}}{re.escape(_SUFFIX)}", re.DOTALL)
# A name has at most 255 bytes, on some file systems 143; a character up to four.
_LONGEST_STEM = 20
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_ATTEMPTS = 25
_OLD = 3600.0

_ADVICE = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "make room on the disk and run again"
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "its folder must be writable, for the new text is first written beside the file",
    ),
    errno.EISDIR: "there is a folder in its place, which would have to go",
}


CHANGED = "the file has changed since it was read; run again to fix it as it is"
"""Why a file is left as it is that holds something else by now."""


class WriteRefused(OSError):
    """A file was left as it was; the message says why, and what to do."""


def replace_file(path: str, before: bytes, after: bytes, root: Path) -> Path:
    """Put ``after`` in the place of ``before``, which was read from ``path``.

    A link stays a link: what it leads to is written, if it is a link of the project (the
    folder ``root``) and leads to a place in it. Returns the file that was written, for
    :func:`sync_folder`. Raises :class:`WriteRefused`.
    """
    try:
        real = target_of(Path(path), root)
        _replace(real, _writable_status(real), before, after)
        return real
    except WriteRefused:
        raise
    except FileNotFoundError as error:
        raise WriteRefused("the file has been removed since it was read") from error
    except OSError as error:
        raise _refused(error, "the file is as it was") from error


def create_file(path: Path, content: bytes) -> None:
    """Make a file, or a new one in its place, whole or not at all. Raises :class:`WriteRefused`."""
    try:
        temporary, descriptor = new_file_beside(path)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                temporary.chmod(new_mode())
                os.fsync(descriptor)
                if sys.platform == "win32":
                    stream.close()  # what is open cannot be renamed there
                temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        if isinstance(error, WriteRefused):
            raise
        raise _refused(error, "its folder must be there") from error


def _refused(error: OSError, otherwise: str) -> WriteRefused:
    reason = error.strerror or str(error)
    advice = _ADVICE.get(error.errno or 0, otherwise)
    return WriteRefused(f"it could not be written ({reason}); {advice}")


def new_mode() -> int:
    """The mode that new files get."""
    # To ask for the mask is to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Force new names in a folder to the disk, where that is possible.

    For once after many files: until then a power failure may bring back some old texts, whole.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_strays(folder: str) -> None:
    """Remove the temporary files in a folder whose writers were killed."""
    with suppress(OSError), os.scandir(folder or ".") as entries:
        strays = [
            Path(entry)
            for entry in entries
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
        ]
        for path in strays:
            with suppress(OSError):
                _remove_stray(path)


def target_of(path: Path, root: Path) -> Path:
    """The file to write for a path. Raises :class:`WriteRefused` where a link leads out."""
    real, home = os.path.realpath(path), os.path.realpath(root)
    named = os.path.abspath(path)  # noqa: PTH100
    is_inside = _is_below(real, home)
    if is_inside and real == named:
        return Path(real)  # no links at all: nearly always so
    if any(os.path.realpath(parent) == home for parent in Path(named).parents):
        if is_inside:
            return Path(real)
        what = "a link leads out of the project here"
    elif path.is_symlink():
        what = "it is a link, and lies outside of the project"
    else:
        return Path(real)
    raise WriteRefused(f'{what}; name "{escape(real)}" to fix what it leads to')


def _is_below(path: str, folder: str) -> bool:
    """Whether a path leads into a folder; both are without links."""
    # Path.is_relative_to takes as long as the rest of what is asked of a file.
    top = os.path.normcase(folder).rstrip(os.sep)
    return os.path.normcase(path).startswith(f"{top}{os.sep}")


def _writable_status(real: Path) -> os.stat_result:
    status = real.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise WriteRefused("it is no plain file, and only those are written")
    # For root everything is writable, so the mode is asked as well.
    if not status.st_mode & 0o222 or not os.access(real, os.W_OK):
        raise WriteRefused("the file is read-only; make it writable and run again")
    if status.st_nlink > 1:
        raise WriteRefused(
            f"the file has {status.st_nlink} names (hard links), and all but one would keep the "
            "old text; make it a file of its own, a copy, and run again"
        )
    return status


def _replace(real: Path, status: os.stat_result, before: bytes, after: bytes) -> None:
    temporary, descriptor = new_file_beside(real)
    try:
        # Held open, and so locked, to the end.
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(after)
            stream.flush()
            _keep_rights(real, status, temporary)
            os.fsync(descriptor)
            if sys.platform == "win32":
                stream.close()  # what is open cannot be renamed there
            _refuse_changed(real, status, before)
            temporary.replace(real)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def new_file_beside(real: Path) -> tuple[Path, int]:
    """A new, locked file to take the place of another: its path and its descriptor."""
    for _ in range(_ATTEMPTS):
        temporary = real.with_name(f".{real.name[:_LONGEST_STEM]}.{token_hex(8)}{_SUFFIX}")
        descriptor = os.open(temporary, _CREATE, 0o600)
        with suppress(BlockingIOError):
            _lock_if_possible(descriptor)
            if os.path.lexists(temporary):
                return temporary, descriptor
        # Another run took it for a stray in the moment before it was locked.
        os.close(descriptor)
    raise WriteRefused("other runs are cleaning up in this folder; run again when they are done")


def _refuse_changed(real: Path, status: os.stat_result, before: bytes) -> None:
    """Raise if the file no longer is what was read. The quick look is the last one."""
    same = read_file(str(real), len(before)) == before
    if not same or _signature(real.lstat()) != _signature(status):
        raise WriteRefused(CHANGED)


def _signature(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns


def _keep_rights(real: Path, status: os.stat_result, temporary: Path) -> None:
    """Give a new file the mode of another, and its owner and attributes where possible."""
    own = temporary.lstat()
    if sys.platform != "win32":
        # The group first: nobody but root may change a file after giving it away.
        if own.st_gid != status.st_gid:
            with suppress(OSError):
                os.chown(temporary, -1, status.st_gid)
        if own.st_uid != status.st_uid:
            with suppress(OSError):
                os.chown(temporary, status.st_uid, -1)
    if own.st_mode != status.st_mode:
        temporary.chmod(stat.S_IMODE(status.st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            _copy_attributes(real, temporary)


if sys.platform == "linux":

    def _copy_attributes(source: Path, target: Path) -> None:
        """Extended attributes, access control lists among them."""
        wanted = {name: os.getxattr(source, name) for name in os.listxattr(source)}
        for name in os.listxattr(target):
            if name not in wanted:
                with suppress(OSError):
                    os.removexattr(target, name)
        for name, value in wanted.items():
            with suppress(OSError):
                os.setxattr(target, name, value)


if sys.platform == "win32":

    def _lock_if_possible(descriptor: int) -> None:
        """Nothing to do: a file that is open cannot be removed there."""

    def _remove_stray(path: Path) -> None:
        path.unlink()

else:
    import fcntl

    def _lock_if_possible(descriptor: int) -> None:
        """Lock a file for as long as it is open. Raises BlockingIOError if somebody else has."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return  # there are file systems without locks

    def _remove_stray(path: Path) -> None:
        # For writing, since some network file systems lock nothing else.
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if _is_abandoned(descriptor):
                path.unlink()
        finally:
            os.close(descriptor)

    def _is_abandoned(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Without locks only its age tells; nobody writes one file for an hour.
            return time.time() - os.fstat(descriptor).st_mtime > _OLD
        return True
