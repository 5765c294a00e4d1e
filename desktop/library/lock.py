"""The lock that keeps a library to one process: held by the operating system, gone when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

from desktop.errors import Problem, ProblemKind

_LOOK_AGAIN = 0.05  # seconds between attempts
_FAR_BYTE = 1 << 30  # Windows forbids reading a locked byte: lock one behind the content


class Lock:
    """An exclusive lock on a file, which may also hold a few words for its next holder."""

    def __init__(self, path: Path, wait: float = 0.0) -> None:
        """Take the lock on `path`, waiting at most `wait` seconds.

        Raises Problem LIBRARY_IN_USE when another holds it, NOT_WRITABLE when the file cannot be made.
        """
        self._path = path
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise Problem(ProblemKind.NOT_WRITABLE, path, error.strerror or str(error)) from error
        until = time.monotonic() + wait
        try:
            while not _try(self._file):
                if time.monotonic() >= until:
                    raise Problem(ProblemKind.LIBRARY_IN_USE, path.parent)
                time.sleep(_LOOK_AGAIN)
        except OSError as error:  # a file system that has no locks
            os.close(self._file)
            raise Problem(ProblemKind.NOT_WRITABLE, path, error.strerror or str(error)) from error
        except Problem:
            os.close(self._file)
            raise

    def read(self) -> str:
        """Return the words in the file."""
        os.lseek(self._file, 0, os.SEEK_SET)
        return os.read(self._file, 4096).decode("ascii", "replace")

    def write(self, words: str) -> None:
        """Put other words in the file, at the latest when this returns. Raises OSError."""
        content = words.encode("ascii")
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, content)
        os.truncate(self._file, len(content))
        os.fsync(self._file)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes lock two files."""
        _release(self._file)
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _try(file: int) -> bool:
        os.lseek(file, _FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLK):
                return False
            raise
        return True

    def _release(file: int) -> None:
        os.lseek(file, _FAR_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # by open file: also refuses a second one here
        except BlockingIOError:
            return False
        return True

    def _release(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
