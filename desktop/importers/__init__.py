"""Files -> ImportedArticles. No database, no network.

A new format is a module here and one row in `IMPORTERS`; the libraries it needs are imported when the first
file of that format is read. A file is what its content says, where its name lies.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers import content
from desktop.importers.archive import ARCHIVE
from desktop.importers.base import Articles, Importer, path_text
from desktop.importers.docx import DOCX
from desktop.importers.epub import EPUB
from desktop.importers.limits import MEGABYTE, MOST_SECONDS, READ_SECONDS, SECONDS_PER_MEGABYTE
from desktop.importers.mail import MAIL
from desktop.importers.odt import ODT
from desktop.importers.pdf import PDF
from desktop.importers.plain_text import MARKDOWN, PLAIN_TEXT
from desktop.importers.rtf import RTF
from desktop.importers.table import TABLE
from desktop.importers.web_page import WEB_PAGE

IMPORTERS: tuple[Importer, ...] = (
    PLAIN_TEXT,
    MARKDOWN,
    WEB_PAGE,
    PDF,
    DOCX,
    ODT,
    RTF,
    EPUB,
    MAIL,
    TABLE,
    ARCHIVE,
)

_BY_NAME = {importer.name: importer for importer in IMPORTERS}
_BY_SUFFIX = {suffix: importer for importer in IMPORTERS for suffix in importer.suffixes}
_READ_HERE = 2 * 1024 * 1024  #: bytes; a larger file is read in a worker, so that nothing waits for it


def importer_of(path: Path) -> Importer:
    """Return the importer for a file by its name; raises Problem UNKNOWN_FORMAT."""
    suffix = path.suffix.casefold()
    if suffix not in _BY_SUFFIX:
        raise Problem(ProblemKind.UNKNOWN_FORMAT, path_text(path), suffix)
    return _BY_SUFFIX[suffix]


def read_file(path: Path) -> Articles:
    """Return the articles of one file; raises Problem and nothing else."""
    try:
        importer = importer_of(path)
    except Problem:
        if os.path.lexists(path):
            raise
        # A name that was mistyped often has a strange suffix, too.
        raise Problem(ProblemKind.NOT_FOUND, path_text(path)) from None
    importer = _by_content(path, importer)
    try:
        read = importer.read(path)
    except (Problem, MemoryError):
        raise
    except Exception as error:
        if not importer.foreign:
            raise
        # Much code of others meets input that nobody thought of: it costs this file, not the import.
        said = f"{type(error).__name__}: {' '.join(str(error).split())}"
        raise Problem(ProblemKind.DAMAGED, path_text(path), said[:150]) from error
    return read if isinstance(read, Articles) else Articles(read)


def importer_for(path: Path) -> Importer:
    """Return the importer for a file by its content, else by its name; raises Problem UNKNOWN_FORMAT."""
    return _by_content(path, importer_of(path))


def needs_worker(path: Path) -> bool:
    """Say whether `read_file` is to be run in a worker process (see `desktop.workers`)."""
    if path.suffix.casefold() not in _BY_SUFFIX:
        return False
    try:
        return _by_content(path, importer_of(path)).foreign or path.stat().st_size > _READ_HERE
    except (OSError, ValueError):
        return False  # reading it says what is wrong


def reading_seconds(path: Path) -> float:
    """Return how long reading a file may take: longer for what holds many articles."""
    try:
        size = path.stat().st_size
        many = _by_content(path, importer_of(path)).many
    except (OSError, ValueError, Problem):
        return READ_SECONDS
    extra = size / MEGABYTE * SECONDS_PER_MEGABYTE if many else 0.0
    return min(MOST_SECONDS, READ_SECONDS + extra)


def _by_content(path: Path, named: Importer) -> Importer:
    """Return the importer for what the file is, else the one for its name."""
    try:
        if not path.is_file():
            return named
        with path.open("rb") as file:
            head = file.read(content.HEAD)
    except (OSError, ValueError):
        return named
    found = _BY_NAME.get(content.kind_of(head, path) or "")
    if found is None or found is named:
        return named
    # Text may hold anything, also what looks like a page or a mail, if its name says it is text.
    if named in (PLAIN_TEXT, MARKDOWN) and found.name in ("web_page", "mail"):
        return named
    return found
