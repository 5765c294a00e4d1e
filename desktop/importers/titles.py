"""The lines of a document -> an article: which line is the title, which ones tell date and author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import Details, Piece, lay_out, partial_date, path_text, printable
from desktop.importers.bylines import LONGEST_BYLINE, without_bylines
from desktop.importers.dates import day_in
from desktop.importers.writer import one_line
from desktop.model import BlockKind, ImportedArticle

_HEADER = re.compile(r"date[ \t]+(\d{4}(?:-\d{2}){0,2})(?:[ \t]+(.*))?$")
_LONGEST_TITLE = 200
_DATE_LINES = 5  #: so many lines at the start may hold the date


def article_of(
    pieces: Sequence[Piece],
    *,
    path: Path | str | None,
    title: str | None = None,
    details: Details | None = None,
    member: str | None = None,
) -> ImportedArticle:
    """Return the article that the lines of a document make; raises Problem EMPTY.

    title, details: what the document says of itself; what it leaves open is looked for in its first lines.
    """
    about, rest = details or Details(), list(pieces)
    header = _HEADER.match(rest[0].text) if rest else None
    if header and (day := partial_date(header[1])):  # the notation of our readers' own files
        about = replace(about, published=day)
        title = header[2] or title
        rest = rest[1:]
    if about.published is None:
        about = replace(about, published=_day(rest))
    title = title and one_line(title)
    if not title and rest and _may_be_title(rest[0]):
        title, rest = rest[0].text, rest[1:]
    if not title and not rest:
        raise Problem(ProblemKind.EMPTY, "" if path is None else path_text(path))
    title = title or ("" if path is None else one_line(printable(Path(path).stem))) or rest[0].text[:60]
    return lay_out(Piece(title), without_bylines(rest, title, about), path=path, details=about, member=member)


def _day(pieces: Sequence[Piece]) -> str | None:
    for piece in pieces[:_DATE_LINES]:
        if len(piece.text) <= LONGEST_BYLINE / 2 and (day := day_in(piece.text)):
            return day
    return None


def _may_be_title(piece: Piece) -> bool:
    return (
        len(piece.text) <= _LONGEST_TITLE
        and piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and not piece.text.endswith((".", ",", ";", ":"))
    )
