"""The imported files themselves, kept as `originals/<first two of the hash>/<hash of the content><suffix>`.

Nothing here touches a file outside the library's folder, except to read the one that is imported.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
import uuid
from collections.abc import Iterable
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.library.backup import sync
from desktop.library.connection import as_problem
from desktop.library.database import Library

_NAME = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20  # bytes read at a time


def keep(library: Library, file: Path) -> str:
    """Copy a file into the library and return its name there: the sha256 of its content.

    A content that is there already is not copied again. Raises Problem NOT_READABLE about the file,
    NOT_WRITABLE or DISK_FULL about the library.
    """
    partial = library.originals / f"{uuid.uuid4()}.partial"
    try:
        library.originals.mkdir(exist_ok=True)
        with partial.open("wb") as copy:
            digest = hashlib.sha256()
            for piece in _pieces(file):
                digest.update(piece)
                copy.write(piece)
        target = _folder(library, digest.hexdigest()) / (digest.hexdigest() + file.suffix.lower())
        if not target.exists():
            sync(partial)
            target.parent.mkdir(exist_ok=True)
            partial.replace(target)
            sync(target.parent)
    except OSError as error:
        raise as_problem(error, library.originals) or error from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return digest.hexdigest()


def _folder(library: Library, name: str) -> Path:
    return library.originals / name[:2]


def _pieces(file: Path) -> Iterable[bytes]:
    try:
        with file.open("rb") as source:
            while piece := source.read(_PIECE):
                yield piece
    except OSError as error:
        raise Problem(ProblemKind.NOT_READABLE, file, error.strerror or str(error)) from error


def discard(library: Library, names: Iterable[str]) -> None:
    """Remove files that `articles.purge` said nothing uses any more, unless something does by now.

    A file that cannot be removed is left; names that are no hashes are none of ours and left alone.
    """

    def remove(con: sqlite3.Connection) -> None:  # on the writer thread: no import can take it up meanwhile
        for name in names:
            used = con.execute("SELECT 1 FROM text_version WHERE original = ?", (name,)).fetchone()
            if _NAME.fullmatch(name) and not used:
                for file in _folder(library, name).glob(f"{name}*"):
                    with contextlib.suppress(OSError):
                        file.unlink()

    library.write(remove)
