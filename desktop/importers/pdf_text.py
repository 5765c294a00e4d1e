"""Lines of pages in reading order -> headings, paragraphs, lists, rows; running heads and hyphens undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from desktop.importers.base import Piece
from desktop.importers.pdf_layout import Line
from desktop.importers.writer import one_line
from desktop.model import BlockKind

_EDGE_LINES = 4  #: so many lines at the top and the bottom of a page can be a running head or foot
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:pagina|pag\.?|page|seite|blz\.?|p\.)?\s*(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:/|van|of|von|sur|de|-)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
#: what browsers print in the margins
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?$|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4},?\s+\d{1,2}[:.]\d\d\b.{0,200}$"
)
_BULLET = re.compile(r"[•‣▪●◦■–—*\uf0b7\uf0a7-]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_END = (".", "!", "?", "…", ":", ";")
_CLOSERS = "\"'”’»)]"
_HYPHENS = "-\u00ad\u2010\u2011\x02\ufffe"
_AFTER_HYPHEN = frozenset("en of and or und oder bzw et ou tot to bis".split())
_IN_ROWS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_BIGGER = 1.12  #: times the body's type size: a heading
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Script:
    """The text of a document: what its biggest line at the start says, and the pieces in order."""

    title: str | None
    pieces: list[Piece]


def script_of(pages: Sequence[Sequence[Line]]) -> Script:
    """Return title and pieces of the pages of a document, whose lines are in reading order."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Script(None, [])
    body = _body_size(lines)
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in lines).casefold()))
    pieces: list[_Paragraph] = []
    usual = _usual_leading(lines)
    before: Line | None = None
    for line in lines:
        if before is not None and pieces and _goes_on(before, line, pieces[-1], body, usual):
            pieces[-1].add(line, words)
        else:
            pieces.append(_Paragraph.of(line, body))
        before = line
    title = _biggest(pieces, body)
    made: list[Piece] = []
    for paragraph in pieces:
        if paragraph is not title and (piece := paragraph.piece()):
            close = bool(made) and piece.kind is made[-1].kind and piece.kind in _IN_ROWS
            made.append(replace(piece, close=close))
    return Script(None if title is None else one_line(title.text), made)


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop running heads and feet: what returns at the edge of pages, page numbers, what browsers print."""
    counts: Counter[str] = Counter()
    edges: list[set[int]] = []
    for page in pages:
        heights = sorted(range(len(page)), key=lambda place: -page[place].bottom)
        edge = {*heights[:_EDGE_LINES], *heights[-_EDGE_LINES:]}
        edges.append(edge)
        counts.update({_shape(page[place].text) for place in edge})
    often = max(2, round(0.4 * len(pages)))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        outer = _outermost(page)
        printed = [page[place].bottom for place in outer if _PRINTED.match(page[place].text)]
        kept.append(
            [
                line
                for place, line in enumerate(page)
                if not (place in edge and counts[_shape(line.text)] >= often and len(pages) > 1)
                and not (place in outer and _PAGE_NUMBER.match(line.text))
                and not any(abs(line.bottom - bottom) < 3 for bottom in printed)
            ]
        )
    return kept


def _outermost(page: Sequence[Line]) -> set[int]:
    if len(page) < 2:
        return set()
    top = max(line.bottom for line in page)
    low = min(line.bottom for line in page)
    return {place for place, line in enumerate(page) if line.bottom > top - 3 or line.bottom < low + 3}


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text.casefold())


def _body_size(lines: Sequence[Line]) -> float:
    """Return the type size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between lines of a column, in type sizes."""
    steps = [
        (one.bottom - two.bottom) / one.size
        for one, two in pairwise(lines)
        if (one.page, one.column) == (two.page, two.column) and 0 < one.bottom - two.bottom < 3 * one.size
    ]
    return median(steps) if steps else 1.2


@dataclass
class _Paragraph:
    text: str
    kind: BlockKind
    size: float
    bold: bool
    lines: int = 1

    @classmethod
    def of(cls, line: Line, body: float) -> _Paragraph:
        kind = BlockKind.PARAGRAPH
        if line.row and _BULLET.match(line.text):
            line = replace(line, text=line.text.replace("\t", " "), row=False)
        if line.row:
            kind = BlockKind.TABLE_ROW
        elif line.size > _BIGGER * body or (line.bold and not _ends(line.text)):
            kind = BlockKind.HEADING
        elif _BULLET.match(line.text):
            kind = BlockKind.LIST_ITEM
        return cls(line.text, kind, line.size, line.bold)

    def add(self, line: Line, words: Counter[str]) -> None:
        self.text = _hyphenated(self.text, line.text, words)
        self.lines += 1

    def piece(self) -> Piece | None:
        kind, text = self.kind, self.text
        if kind is BlockKind.HEADING and (len(text) > _LONGEST_HEADING or not re.search(r"[^\W\d_]", text)):
            kind = BlockKind.PARAGRAPH
        if kind is BlockKind.TABLE_ROW:
            text = "\t".join(one_line(cell) for cell in text.split("\t")).strip()
            return Piece(text, kind) if text else None
        if kind is BlockKind.LIST_ITEM:
            text = _BULLET.sub("", text, count=1)
        text = one_line(text)
        level = {BlockKind.HEADING: 2, BlockKind.LIST_ITEM: 1}.get(kind, 0)
        return Piece(text, kind, level) if text else None


def _goes_on(before: Line, line: Line, paragraph: _Paragraph, body: float, usual: float) -> bool:
    """Say whether a line belongs to the paragraph of the line before it."""
    if line.row or paragraph.kind is BlockKind.TABLE_ROW or abs(line.size - before.size) > 0.08 * before.size:
        return False
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and _ends(before.text)):
        return False
    new = _Paragraph.of(line, body)
    if (new.kind is BlockKind.HEADING) != (paragraph.kind is BlockKind.HEADING) and line.bold != before.bold:
        return False
    if (before.page, before.column) != (line.page, line.column):
        # A paragraph goes on in the next column if it was not at its end.
        full = before.right > before.right_edge - 2 * before.size
        return full and not _ends(before.text) and paragraph.kind is not BlockKind.HEADING
    step = (before.bottom - line.bottom) / before.size
    if step > usual + 0.35 or step < -0.5:
        return False
    if paragraph.kind is BlockKind.LIST_ITEM:
        return line.left > line.left_edge + 0.3 * line.size or not _ends(before.text)
    if paragraph.kind is BlockKind.HEADING:
        return True
    inset = line.left_edge + line.size < line.left
    if inset and abs(line.left - before.left) < 1 and not _ends(before.text):
        return True  # in a passage that is set narrower
    indented = line.left > max(line.left_edge, min(before.left, line.left_edge + 1)) + 0.6 * line.size
    was_indented = before.left > before.left_edge + 0.6 * before.size
    if indented and not was_indented:
        return False
    return not _has_room(before, line)


def _has_room(before: Line, line: Line) -> bool:
    """Say whether the next line's first word would have fitted here: this line was ended on purpose."""
    width = (before.right - before.left) / max(1, len(before.text))
    word = line.text.split(maxsplit=1)[0] if line.text else ""
    return before.right + width * (len(word) + 1) < before.right_edge - before.size


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS + " ").endswith(_END)


def _hyphenated(text: str, line: str, words: Counter[str]) -> str:
    """Join two lines; a word that was cut at the end of a line is one again."""
    if not text or text[-1] not in _HYPHENS or text[-2:-1].isspace():
        return f"{text} {line}"
    head = re.search(r"[\w-]*$", text[:-1])
    tail = re.match(r"\w+", line)
    start, end = head[0] if head else "", tail[0] if tail else ""
    if text[-1] in "\u00ad\x02\ufffe" and start and end:
        hyphen = "" if end[0].islower() and not _keeps_hyphen(start, end, words) else "-"
        return text[:-1] + hyphen + line
    if not start or not end or end.casefold() in _AFTER_HYPHEN:
        return f"{text} {line}"
    if not end[0].islower() or _keeps_hyphen(start, end, words):
        return text + line
    return text[:-1] + line


def _keeps_hyphen(start: str, end: str, words: Counter[str]) -> bool:
    """Say whether the hyphen belongs to the word: the document writes it so elsewhere, or it has to."""
    whole, parted = words[(start + end).casefold()], words[f"{start}-{end}".casefold()]
    if whole != parted:
        return parted > whole
    last = start.rpartition("-")[2]
    return (len(last) > 1 and last.isupper()) or last[-1:].isdigit() or len(last) == 1


def _biggest(paragraphs: list[_Paragraph], body: float) -> _Paragraph | None:
    """Return the heading among the first lines that is set largest."""
    first = [one for one in paragraphs[:12] if one.kind is BlockKind.HEADING and len(one.text) > 3]
    best = max(first, key=lambda one: one.size, default=None)
    if best is not None and (best.size > _BIGGER * body or best is paragraphs[0]):
        return best if len(best.text) <= 300 else None
    return None
