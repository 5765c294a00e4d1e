"""Files -> ImportedArticles. No database, no network.

A new format is a module here and one row in `IMPORTERS`.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import Importer, path_text
from desktop.importers.plain_text import MARKDOWN, PLAIN_TEXT
from desktop.model import ImportedArticle

IMPORTERS: tuple[Importer, ...] = (PLAIN_TEXT, MARKDOWN)

_BY_SUFFIX = {suffix: importer for importer in IMPORTERS for suffix in importer.suffixes}
_READ_HERE = 2 * 1024 * 1024  #: bytes; a larger file is read in a worker, so that nothing waits for it


def importer_of(path: Path) -> Importer:
    """Return the importer for a file by its name; raises Problem UNKNOWN_FORMAT."""
    suffix = path.suffix.casefold()
    if suffix not in _BY_SUFFIX:
        raise Problem(ProblemKind.UNKNOWN_FORMAT, path_text(path), suffix)
    return _BY_SUFFIX[suffix]


def read_file(path: Path) -> list[ImportedArticle]:
    """Return the articles of one file; raises Problem and nothing else."""
    try:
        importer = importer_of(path)
    except Problem:
        if os.path.lexists(path):
            raise
        # A name that was mistyped often has a strange suffix, too.
        raise Problem(ProblemKind.NOT_FOUND, path_text(path)) from None
    return importer.read(path)


def needs_worker(path: Path) -> bool:
    """Say whether `read_file` is to be run in a worker process (see `desktop.workers`)."""
    if path.suffix.casefold() not in _BY_SUFFIX:
        return False
    try:
        return importer_of(path).foreign or path.stat().st_size > _READ_HERE
    except (OSError, ValueError):
        return False  # reading it says what is wrong
