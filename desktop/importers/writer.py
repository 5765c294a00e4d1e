"""Collecting an article's lines: what parsers of marked-up formats feed with text, blocks and inlines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from desktop.importers.base import Piece
from desktop.importers.decoding import normalise
from desktop.importers.limits import LINK_CHARACTERS
from desktop.model import BlockKind, Inline, InlineKind

_SPACE = re.compile(r"[ \t\n\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_IN_ROWS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def one_line(text: str) -> str:
    """Return a text as one line: normalised, white space collapsed."""
    return _SPACE.sub(" ", normalise(text)).strip()


def safe_link(address: str, base: str = "") -> str:
    """Return an absolute address that may be offered to click on (web or mail), else ""."""
    address = address.strip()
    if not address or len(address) > LINK_CHARACTERS:
        return ""
    try:
        whole = urljoin(base, address)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and parts.netloc:
        return one_line(whole).replace(" ", "%20")
    return whole if parts.scheme == "mailto" and "@" in parts.path else ""


@dataclass
class _Open:
    kind: InlineKind
    start: int
    target: str


@dataclass
class Writer:
    """Takes text and marks in reading order and makes a Piece of each block.

    White space is collapsed as in HTML. `pieces` is complete after `finish`.
    """

    pieces: list[Piece] = field(default_factory=list)
    _kind: BlockKind = BlockKind.PARAGRAPH
    _level: int = 0
    _close: bool = False
    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _space: bool = True  #: the text so far ends in white space
    _open: list[_Open] = field(default_factory=list)
    _inlines: list[Inline] = field(default_factory=list)
    _above: BlockKind | None = None

    def begin(self, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        """End the block before and begin one of this kind; inlines that are open go on in it."""
        self._end_block()
        self._kind, self._level, self._close = kind, level, False

    def text(self, text: str) -> None:
        """Add text to the block."""
        text = _SPACE.sub(" ", normalise(text))
        if self._space:
            text = text.lstrip(" ")
        if text:
            self._put(text)
            self._space = text.endswith(" ")

    def tab(self) -> None:
        """Begin the next cell of a table row."""
        if self._text and self._text[-1] == " ":
            self._text[-1] = ""
            self._length -= 1
        self._put("\t")
        self._space = True

    def turn_into(self, kind: BlockKind, level: int = 0) -> None:
        """Change what the block is that was begun."""
        self._kind, self._level = kind, level

    def line_break(self) -> None:
        """Go on in the same block on a new line; in a table row a space does."""
        if self._kind is BlockKind.TABLE_ROW:
            self.text(" ")
            return
        written = self._length > 0
        kind, level = self._kind, self._level
        self._end_block()
        self._kind, self._level, self._close = kind, level, written

    def open(self, kind: InlineKind, target: str = "") -> None:
        """Begin a link or emphasis."""
        self._open.append(_Open(kind, self._length, target))

    def close(self) -> None:
        """End the link or emphasis that was begun last."""
        if self._open:
            self._keep(self._open.pop())

    @property
    def written(self) -> str:
        """What the block has of text so far."""
        return "".join(self._text)

    @property
    def writing(self) -> bool:
        """Whether the block has text."""
        return any(not part.isspace() for part in self._text)

    def finish(self) -> list[Piece]:
        """End the last block and return all pieces."""
        self._end_block()
        self._kind, self._level, self._close = BlockKind.PARAGRAPH, 0, False
        return self.pieces

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _keep(self, mark: _Open) -> None:
        if mark.start < self._length:
            self._inlines.append(Inline(mark.kind, mark.start, self._length, mark.target))

    def _end_block(self) -> None:
        for mark in self._open:
            self._keep(mark)
            mark.start = 0
        text, inlines = _tidy("".join(self._text), self._inlines)
        self._text, self._length, self._space, self._inlines = [], 0, True, []
        if not text:
            return
        if self._kind is BlockKind.HEADING:  # bold or not: it stands out as it is
            inlines = tuple(inline for inline in inlines if inline.kind is not InlineKind.EMPHASIS)
        close = self._close or (self._kind is self._above and self._kind in _IN_ROWS)
        self.pieces.append(Piece(text, self._kind, self._level, inlines, close and bool(self.pieces)))
        self._above = self._kind


def _tidy(text: str, inlines: list[Inline]) -> tuple[str, tuple[Inline, ...]]:
    """Take white space off both ends of the text and of each inline; drop what is empty or doubled."""
    if not unicodedata.is_normalized("NFC", text):  # a mark that stands apart from its letter
        return unicodedata.normalize("NFC", text).strip(), ()
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    kept: dict[tuple[InlineKind, int, int], Inline] = {}
    for inline in inlines:
        start, end = max(0, inline.start - cut), min(len(text), inline.end - cut)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            kept.setdefault((inline.kind, start, end), Inline(inline.kind, start, end, inline.target))
    return text, tuple(sorted(kept.values(), key=lambda one: (one.start, -one.end, one.kind)))
