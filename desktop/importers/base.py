"""What every importer is made of: the table's row, reading bytes within limits, laying out the text."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.model import Block, BlockKind, ImportedArticle, Inline

MAX_MEGABYTES = 64  #: larger files are refused: no article is that long
_MAX_BYTES = MAX_MEGABYTES * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file.

    suffixes: lower case, with the dot.
    read: makes the articles of one file; raises Problem and nothing else, whatever the file holds.
    foreign: parsed by much code that is not ours or that is easily led astray, so never in this
    process but in a worker with limits.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], list[ImportedArticle]]
    foreign: bool = False


def printable(name: str) -> str:
    """Return a file name as text that can be stored and printed.

    Names that are not valid UTF-8 (possible on Linux) get their bytes written out as \\xNN.
    """
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def path_text(path: Path | str) -> str:
    """Return the absolute path as `printable` text."""
    return printable(os.path.abspath(path))


def read_problem(path: Path | str, error: OSError) -> Problem:
    """Return the Problem for what the system said when asked for a file or folder."""
    if isinstance(error, FileNotFoundError):
        return Problem(ProblemKind.NOT_FOUND, path_text(path))
    return Problem(ProblemKind.NOT_READABLE, path_text(path), error.strerror or type(error).__name__)


def read_bytes(path: Path) -> bytes:
    """Return a file's content; raises Problem NOT_FOUND, NOT_READABLE or TOO_LARGE (over 64 MB)."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(None, "a folder, not a file")
        if not stat.S_ISREG(mode):  # a pipe would block for ever
            raise OSError(None, "not a regular file")
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise read_problem(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise Problem(ProblemKind.NOT_READABLE, path_text(path), str(error)) from error
    if len(data) > _MAX_BYTES:
        raise Problem(ProblemKind.TOO_LARGE, path_text(path), f"{MAX_MEGABYTES} MB")
    return data


def partial_date(text: str) -> str | None:
    """Return a YYYY, YYYY-MM or YYYY-MM-DD that stands in the calendar, else None.

    A time of day after the date is left off ("2025-03-12T08:00" gives "2025-03-12").
    """
    day = text.strip()[:10].rstrip("T ")
    parts = day.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
        return None
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, number = (int(part) for part in [*parts, "1", "1"][:3])
    try:
        date(year, month, number)
    except ValueError:
        return None
    return day


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the article to be, with its meaning; offsets of inlines count in `text`.

    close: stands directly under the line before it, without an empty line between.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    inlines: tuple[Inline, ...] = ()
    close: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What a file says about its article beside the text."""

    published: str | None = None
    lang: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()


def lay_out(
    title: Piece, body: Iterable[Piece], *, path: Path | str | None, details: Details | None = None
) -> ImportedArticle:
    """Return the article: title, an empty line, body; one block for each line that is not blank."""
    about = details or Details()
    texts: list[str] = []
    blocks: list[Block] = []
    inlines: list[Inline] = []
    position = 0
    for number, piece in enumerate([title, *body]):
        if number:
            gap = "\n" if piece.close and number > 1 else "\n\n"
            texts.append(gap)
            position += len(gap)
        texts.append(piece.text)
        kind = BlockKind.TITLE if number == 0 else piece.kind
        blocks.append(Block(kind, position, position + len(piece.text), piece.level if number else 0))
        inlines.extend(
            Inline(inline.kind, position + inline.start, position + inline.end, inline.target)
            for inline in piece.inlines
        )
        position += len(piece.text)
    return ImportedArticle(
        title=title.text,
        text="".join(texts),
        blocks=tuple(blocks),
        inlines=tuple(inlines),
        published=about.published,
        lang=about.lang,
        source=about.source,
        author=about.author,
        url=about.url,
        path=None if path is None else path_text(path),
        tags=about.tags,
    )
