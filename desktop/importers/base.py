"""What every importer is made of: the table's row, reading bytes within limits, laying out the text."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers.limits import FILE_MEGABYTES, MEGABYTE
from desktop.model import Block, BlockKind, ImportedArticle, Inline


class Articles(list[ImportedArticle]):
    """The articles of one file, and what in it could not be read (each a line of its own)."""

    def __init__(self, articles: Iterable[ImportedArticle] = (), problems: Iterable[Problem] = ()) -> None:
        super().__init__(articles)
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file.

    suffixes: lower case, with the dot.
    read: makes the articles of one file; raises Problem and nothing else, whatever the file holds.
    foreign: parsed by much code that is not ours or that is easily led astray, so never in this
    process but in a worker with limits.
    many: may hold thousands of articles, so that it takes its time.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], list[ImportedArticle]]
    foreign: bool = False
    many: bool = False


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


def member_path(path: Path | str, member: str) -> str:
    """Return the place of one article in a file of several: the file's path, "#", what tells it apart.

    The member is something that stays when the file gets more articles (a name inside, a message's id, a
    key made of title and date), never a running number, so that a changed article is known again.
    """
    return f"{path_text(path)}#{printable(member)}"


def read_problem(path: Path | str, error: OSError) -> Problem:
    """Return the Problem for what the system said when asked for a file or folder."""
    if isinstance(error, FileNotFoundError):
        return Problem(ProblemKind.NOT_FOUND, path_text(path))
    return Problem(ProblemKind.NOT_READABLE, path_text(path), error.strerror or type(error).__name__)


def read_bytes(path: Path, megabytes: int = FILE_MEGABYTES) -> bytes:
    """Return a file's content; raises Problem NOT_FOUND, NOT_READABLE or TOO_LARGE (over so many MB)."""
    most = megabytes * MEGABYTE
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(None, "a folder, not a file")
        if not stat.S_ISREG(mode):  # a pipe would block for ever
            raise OSError(None, "not a regular file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise read_problem(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise Problem(ProblemKind.NOT_READABLE, path_text(path), str(error)) from error
    if len(data) > most:
        raise Problem(ProblemKind.TOO_LARGE, path_text(path), f"{megabytes} MB")
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
    section: str | None = None


def lay_out(
    title: Piece,
    body: Iterable[Piece],
    *,
    path: Path | str | None,
    details: Details | None = None,
    member: str | None = None,
) -> ImportedArticle:
    """Return the article: title, an empty line, body; one block for each line that is not blank.

    member: what tells this article from the others of its file (see `member_path`).
    """
    about = details or Details()
    title = replace(title, text=title.text.rstrip())  # one that was cut short may end in a space
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
        path=_place(path, member),
        tags=about.tags,
        section=about.section,
    )


def _place(path: Path | str | None, member: str | None) -> str | None:
    if path is None:
        return None
    return path_text(path) if member is None else member_path(path, member)
