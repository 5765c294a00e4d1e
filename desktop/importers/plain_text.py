"""Plain text: the users' own format (`date 2025-01 Title` on the first line) and files without it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers import markdown as markdown_text
from desktop.importers import nexis
from desktop.importers.base import (
    Details,
    Importer,
    Piece,
    lay_out,
    partial_date,
    path_text,
    printable,
    read_bytes,
)
from desktop.importers.decoding import decode, normalise
from desktop.model import BlockKind, ImportedArticle

_HEADER = re.compile(r"[ \t]*date[ \t]+(\d{4}(?:-\d{2}){0,2})(?:[ \t]+(.*))?$")
_LONGEST_TITLE = 150  #: a longer first line is a paragraph, unless the header says it is the title
_LONGEST_HEADING = 80
_MOST_HEADING_WORDS = 12
_WRAP_WIDEST = 80  #: columns; files with longer lines are not hard-wrapped
_WRAP_NARROWEST = 40
_BULLET = re.compile(r"[-*•·▪‣–]\s+(?=\S)")
_HYPHEN_AT_END = re.compile(r"\w-$")
_AFTER_HYPHEN = {"en", "of", "and", "or", "und", "oder", "bzw.", "et", "ou"}

Paragraph = list[str]  #: its lines, stripped


def read_text(text: str, *, path: Path | str | None = None, markdown: bool = False) -> ImportedArticle:
    """Return the article a text holds; raises Problem EMPTY where there is nothing to read.

    path: where it came from, None for the clipboard. It also gives the title when the text has none.
    """
    lines = normalise(text).split("\n")
    details, title, lines = _header(lines)
    if markdown:
        found, marked_title, pieces = markdown_text.parse(lines)
        title = title or marked_title
        details = replace(found, published=details.published or found.published)
    else:
        pieces = _plain_pieces(lines, may_hold_title=title is None)
    if title is None and pieces and _is_title(pieces):
        title, pieces = pieces[0], pieces[1:]
    if title is None and not pieces:
        raise Problem(ProblemKind.EMPTY, "" if path is None else path_text(path))
    if title is None:
        title = Piece(_stem(path) or _first_words(pieces[0].text))
    return lay_out(title, pieces, path=path, details=details)


def pieces_of_text(text: str) -> list[Piece]:
    """Return the headings, paragraphs and list items of a text without a title."""
    return _plain_pieces(normalise(text).split("\n"), may_hold_title=False)


def _header(lines: list[str]) -> tuple[Details, Piece | None, list[str]]:
    """Split off the first line if it is a header with a date that exists."""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        match = _HEADER.match(line)
        published = match and partial_date(match[1])
        if not match or not published:
            break
        title = " ".join((match[2] or "").split())
        return Details(published=published), Piece(title) if title else None, lines[number + 1 :]
    return Details(), None, lines


def _is_title(pieces: list[Piece]) -> bool:
    """Say whether the first line is short and stands alone."""
    first = pieces[0]
    alone = len(pieces) == 1 or not pieces[1].close
    return (
        alone
        and first.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and len(first.text) <= _LONGEST_TITLE
        and not first.text.endswith((".", ",", ";", ":"))
    )


def _stem(path: Path | str | None) -> str:
    return "" if path is None else " ".join(normalise(printable(Path(path).stem)).split())


def _first_words(text: str) -> str:
    words = text[:200].split()
    title = ""
    for word in words:
        if len(title) + len(word) > 60:
            break
        title = f"{title} {word}".strip()
    return (title or text[:60].strip()) + ("…" if len(title) < len(text) else "")


# Paragraphs


def _plain_pieces(lines: list[str], *, may_hold_title: bool) -> list[Piece]:
    paragraphs = _paragraphs(lines)
    if _is_wrapped(paragraphs):
        paragraphs = [_joined(paragraph) for paragraph in paragraphs]
    elif len(paragraphs) == 1 and any(len(line) > _LONGEST_TITLE for line in paragraphs[0]):
        paragraphs = [[line] for line in paragraphs[0]]  # one line is one paragraph, no empty lines
    pieces = [
        Piece(line, close=number > 0) for paragraph in paragraphs for number, line in enumerate(paragraph)
    ]
    return _with_lists(_with_headings(pieces, skip_first=may_hold_title))


def _paragraphs(lines: list[str]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = [[]]
    for line in lines:
        if stripped := line.strip():
            paragraphs[-1].append(stripped)
        elif paragraphs[-1]:
            paragraphs.append([])
    return paragraphs if paragraphs[-1] else paragraphs[:-1]


def _is_wrapped(paragraphs: list[Paragraph]) -> bool:
    """Say whether lines end because a column was reached, not because the writer wanted it.

    True when nearly every line break stands where the next line's first word would not have fitted.
    """
    widest = max((len(line) for paragraph in paragraphs for line in paragraph), default=0)
    if not _WRAP_NARROWEST <= widest <= _WRAP_WIDEST:
        return False
    breaks = full = 0
    for paragraph in paragraphs:
        for line, following in pairwise(paragraph):
            if _BULLET.match(following):
                continue
            breaks += 1
            full += len(line) + 1 + len(following.split(maxsplit=1)[0]) > widest - 3
    return breaks > 0 and full >= 0.8 * breaks


def _joined(paragraph: Paragraph) -> Paragraph:
    """Undo the wrapping of one paragraph; list items stay on their own lines."""
    lines: list[list[str]] = []
    before = ""
    for line in paragraph:
        if not lines or _BULLET.match(line):
            lines.append([line])
        elif _HYPHEN_AT_END.match(before[-2:]) and line.split()[0].casefold() not in _AFTER_HYPHEN:
            lines[-1].append(line)  # "AI-" + "faciliteit"; but "in- en uitvoer"
        else:
            lines[-1] += [" ", line]
        before = line
    return ["".join(parts) for parts in lines]


def _with_headings(pieces: list[Piece], *, skip_first: bool) -> list[Piece]:
    """Mark the lines that look like headings: short, alone, no full stop, with text under them."""
    marked = list(pieces)
    below = False  # a paragraph follows somewhere below
    for number in range(len(pieces) - 1, -1, -1):
        alone = not pieces[number].close and not (number + 1 < len(pieces) and pieces[number + 1].close)
        if alone and below and _reads_as_heading(pieces[number].text) and (number or not skip_first):
            marked[number] = replace(pieces[number], kind=BlockKind.HEADING, level=2)
        else:
            below = True
    return marked


def _reads_as_heading(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= _MOST_HEADING_WORDS
        and not text.rstrip("\"'”’»)").endswith((".", ",", ";", ":", "…"))
        and any(char.isalpha() for char in text)
        and not _BULLET.match(text)
    )


def _with_lists(pieces: list[Piece]) -> list[Piece]:
    """Make list items of two or more lines in a row that begin with the same bullet."""
    bullets = [piece.text[0] if _BULLET.match(piece.text) else "" for piece in pieces]
    listed = []
    for number, piece in enumerate(pieces):
        beside = bullets[max(0, number - 1) : number] + bullets[number + 1 : number + 2]
        if bullets[number] and bullets[number] in beside:
            piece = replace(
                piece, text=_BULLET.sub("", piece.text, count=1), kind=BlockKind.LIST_ITEM, level=1
            )
        listed.append(piece)
    return listed


# Files


def _read_plain(path: Path) -> list[ImportedArticle]:
    text = decode(read_bytes(path), path_text(path))
    if nexis.may_hold_bundle(text):
        # Always wrapped, and paragraphs always have an empty line between them.
        paragraphs = _paragraphs(text.split("\n"))
        pieces = [Piece(line) for paragraph in paragraphs for line in _joined(paragraph)]
        if nexis.is_bundle(pieces):
            return nexis.articles(pieces, path)
    return [read_text(text, path=path)]


def _read_markdown(path: Path) -> list[ImportedArticle]:
    return [read_text(decode(read_bytes(path), path_text(path)), path=path, markdown=True)]


PLAIN_TEXT = Importer("plain_text", (".txt", ".text"), _read_plain)
MARKDOWN = Importer("markdown", (".md", ".markdown", ".mdown", ".mkd"), _read_markdown)
