"""What is marked in the article on screen, and how the marks are painted.

Marks are painted under the text from the layout's geometry, for the visible blocks only; the document itself
never changes when they do. That keeps opening and annotating cheap (no second layout) and allows what
character formats do not know: double underlines, boxes, dots of our own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock

from desktop.model import AMOUNT_KINDS, Annotation, BlockKind, Mention, MentionKind
from desktop.ui.document_layout import PADDING, DocumentMap, Typography
from desktop.ui.theme import Theme

_NUMBERED = re.compile(r"\d+[.)]\s")

Range = tuple[int, int]  #: code points, half open


class MarkGroup(StrEnum):
    """What the reader can show or hide as one."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    AMOUNT = "amount"
    DATE = "date"
    OTHER = "other"
    HIGHLIGHT = "highlight"
    HIT = "hit"


#: the group each kind of mention is shown and hidden with
GROUP_OF = {kind: MarkGroup.AMOUNT if kind in AMOUNT_KINDS else MarkGroup(kind.value) for kind in MentionKind}


class Layer:
    """Ranges of one sort in order of their start, found by block; they may overlap.

    Nothing is worked out before a block is asked for: of a long article few are ever shown.
    """

    def __init__(self, layout: DocumentMap, ranges: Iterable[Range]) -> None:
        self._layout = layout
        self._ranges = list(ranges)
        self._starts = [start for start, _end in self._ranges]
        self._reach = list(accumulate((end for _start, end in self._ranges), max))  # furthest end so far
        self._known: dict[int, list[tuple[int, int, int]]] = {}

    def in_block(self, number: int) -> list[tuple[int, int, int]]:
        """Return (start, end, index) of the ranges in a block, in units within it."""
        if number not in self._known:
            self._known[number] = self._find(number)
        return self._known[number]

    def _find(self, number: int) -> list[tuple[int, int, int]]:
        piece = self._layout.pieces[number]
        if piece.kind is None:
            return []
        first, last = bisect_right(self._reach, piece.start), bisect_left(self._starts, piece.end)
        found = ((i, self._layout.within(piece, *self._ranges[i])) for i in range(first, last))
        return [(*part, i) for i, part in found if part is not None]


class Marks:
    """Everything marked in one article, and what of it is shown."""

    def __init__(self, layout: DocumentMap) -> None:
        self.layout = layout
        self.hidden: set[MarkGroup] = {MarkGroup.OTHER}
        self.active: Mention | None = None  #: its actor stands out everywhere in the article
        self.chosen: Annotation | None = None  #: the highlight under the caret
        self.current_hit: int | None = None
        self.flash: tuple[int, int, float] | None = None  #: start, end, strength 1..0
        self.selection: Range | None = None
        self.set_mentions(())
        self.set_annotations(())
        self.set_hits(())

    def set_mentions(self, mentions: Iterable[Mention]) -> None:
        """Mark these mentions instead; they do not overlap."""
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self._mention_starts = [mention.start for mention in self.mentions]
        self.mention_layer = Layer(self.layout, ((m.start, m.end) for m in self.mentions))

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Mark these highlights instead; those without a passage are kept, not marked."""
        self.annotations = list(annotations)
        placed = [a for a in self.annotations if a.start is not None and a.end is not None]
        self.placed = sorted(placed, key=lambda a: (a.start, a.end))
        self.highlight_layer = Layer(self.layout, ((a.start or 0, a.end or 0) for a in self.placed))

    def set_hits(self, ranges: Iterable[Range]) -> None:
        """Mark these hits instead; `current_hit` is none of them."""
        self.hits = sorted(ranges)
        self.hit_layer = Layer(self.layout, self.hits)
        self.current_hit = None

    def shows(self, mention: Mention) -> bool:
        """Say whether a mention is marked at present."""
        return GROUP_OF[mention.kind] not in self.hidden

    def mention_at(self, place: int, *, touching: bool = False) -> Mention | None:
        """Return the shown mention at a code point; touching: also one that ends there."""
        index = bisect_right(self._mention_starts, place) - 1
        for candidate in (index, index - 1):
            if candidate >= 0:
                mention = self.mentions[candidate]
                reach = mention.end + 1 if touching else mention.end
                if mention.start <= place < reach and self.shows(mention):
                    return mention
        return None

    def annotation_at(self, place: int) -> Annotation | None:
        """Return the shown highlight at a code point, the shortest of several."""
        if MarkGroup.HIGHLIGHT in self.hidden:
            return None
        here = [a for a in self.placed if (a.start or 0) <= place < (a.end or 0)]
        return min(here, key=lambda a: (a.end or 0) - (a.start or 0), default=None)


def same_actor(one: Mention, other: Mention) -> bool:
    """Say whether two mentions are of the same actor."""
    if one.actor_id is not None or other.actor_id is not None:
        return one.actor_id == other.actor_id
    return one.actor is not None and (one.actor, one.kind) == (other.actor, other.kind)


def strong_highlight(theme: Theme, number: int) -> QColor:
    """Return a highlight colour strong enough for thin marks on the page."""
    hue, saturation, value, _alpha = theme.highlight(number).getHsvF()
    if theme.dark:
        return QColor.fromHsvF(hue, saturation * 0.75, min(1.0, value * 1.9))
    return QColor.fromHsvF(hue, min(1.0, saturation * 1.5 + 0.18), value * 0.86)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a mark on one line, in the document's pixels."""

    left: float
    right: float
    baseline: float
    first: bool  #: the mark begins here
    last: bool  #: the mark ends here


def stretches(block: QTextBlock, start: int, end: int) -> Iterator[Stretch]:
    """Yield where `[start, end)` (units in the block) stands, line by line."""
    layout = block.layout()
    origin = layout.position()
    line = layout.lineForTextPosition(start)
    while line.isValid():
        line_start = line.textStart()
        line_end = line_start + line.textLength()
        first, last = max(start, line_start), min(end, line_end)
        if first >= last:
            return
        left = line.cursorToX(first)[0]
        right = (
            line.cursorToX(last)[0] if last < line_end or end == line_end else line.naturalTextRect().right()
        )
        right = min(right, line.naturalTextRect().right()) if last == line_end else right
        if right < left:
            left, right = right, left
        yield Stretch(
            origin.x() + left,
            origin.x() + right,
            origin.y() + line.y() + line.ascent(),
            start >= line_start,
            end <= line_end,
        )
        if line_end >= end or line.lineNumber() + 1 >= layout.lineCount():
            return
        line = layout.lineAt(line.lineNumber() + 1)


class MarkPainter:
    """Paints the marks of visible blocks, under the text."""

    def __init__(self, typography: Typography) -> None:
        self._type = typography
        self._theme = theme = typography.theme
        em = typography.em
        self._thick = max(2, round(em * 0.1))
        self._thin = max(1, round(em * 0.06))
        self._drop = round(em * 0.26)  # from the baseline to the underline
        self._above, self._below = round(em * 0.98), round(em * 0.36)
        self._colours = {kind: theme.kind_color(kind) for kind in MentionKind}
        self._active_tint = {kind: _faint(colour, 0.16) for kind, colour in self._colours.items()}
        self._flash = theme.color("accent")

    def paint(self, painter: QPainter, block: QTextBlock, marks: Marks) -> None:
        """Paint what is marked in one block; the painter's coordinates are the document's."""
        number = block.blockNumber()
        self._paint_structure(painter, block, marks.layout.pieces[number].kind, number, marks)
        mentions = [
            (start, end, mention)
            for start, end, index in marks.mention_layer.in_block(number)
            if marks.shows(mention := marks.mentions[index])
        ]
        for start, end, mention in mentions:
            if mention.kind in AMOUNT_KINDS:
                self._box(painter, block, start, end, self._theme.color("amount_tint"), 4)
            elif marks.active is not None and same_actor(marks.active, mention):
                self._box(painter, block, start, end, self._active_tint[mention.kind], 3)
        self._paint_highlights(painter, block, number, marks)
        self._paint_hits(painter, block, number, marks)
        if marks.selection:
            colour = self._theme.color("selected_text")
            if part := marks.layout.within(marks.layout.pieces[number], *marks.selection):
                self._box(painter, block, *part, colour, 0)
        for start, end, mention in mentions:
            for stretch in stretches(block, start, end):
                self._underline(painter, stretch, mention)
        if marks.flash:
            start, end, strength = marks.flash
            colour = QColor(self._flash)
            colour.setAlphaF(0.34 * strength)
            if part := marks.layout.within(marks.layout.pieces[number], start, end):
                self._box(painter, block, *part, colour, 4)

    def _paint_highlights(self, painter: QPainter, block: QTextBlock, number: int, marks: Marks) -> None:
        if MarkGroup.HIGHLIGHT in marks.hidden:
            return
        for start, end, index in marks.highlight_layer.in_block(number):
            annotation = marks.placed[index]
            colour = self._theme.highlight(annotation.colour)
            self._box(painter, block, start, end, colour, 2)
            if marks.chosen is not None and marks.chosen.id == annotation.id:
                self._frame(painter, block, start, end, self._theme.color("dim"))

    def _paint_hits(self, painter: QPainter, block: QTextBlock, number: int, marks: Marks) -> None:
        if MarkGroup.HIT in marks.hidden:
            return
        for start, end, index in marks.hit_layer.in_block(number):
            self._box(painter, block, start, end, self._theme.color("hit"), 3)
            if index == marks.current_hit:
                self._frame(painter, block, start, end, self._theme.color("accent"))

    def _rect(self, stretch: Stretch) -> QRectF:
        top = round(stretch.baseline) - self._above
        return QRectF(stretch.left, top, stretch.right - stretch.left, self._above + self._below)

    def _box(
        self, painter: QPainter, block: QTextBlock, start: int, end: int, colour: QColor, radius: int
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for stretch in stretches(block, start, end):
            rect = self._rect(stretch)
            if radius:
                room = 2 if radius > 2 else 1
                rect.adjust(-room if stretch.first else 0, 0, room if stretch.last else 0, 0)
                painter.drawRoundedRect(rect, radius, radius)
            else:
                painter.fillRect(rect, colour)

    def _frame(self, painter: QPainter, block: QTextBlock, start: int, end: int, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch in stretches(block, start, end):
            painter.drawRoundedRect(self._rect(stretch).adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3)

    def _underline(self, painter: QPainter, stretch: Stretch, mention: Mention) -> None:
        kind = mention.kind
        left, right = round(stretch.left), round(stretch.right)
        top = round(stretch.baseline) + self._drop
        colour = self._colours[kind]
        if kind in AMOUNT_KINDS:
            self._amount_line(painter, stretch)
        elif kind is MentionKind.PERSON:
            painter.fillRect(left, top, right - left, self._thick, colour)
        elif kind is MentionKind.ORGANISATION:
            painter.fillRect(left, top - 1, right - left, self._thin, colour)
            painter.fillRect(left, top + self._thin + 1, right - left, self._thin, colour)
        elif kind is MentionKind.EVENT:
            self._dashes(painter, left, right, top, self._thick, 3 * self._thick, 2 * self._thick, colour)
        elif kind is MentionKind.PLACE:
            self._dots(painter, left, right, top, colour)
        else:
            self._dashes(painter, left, right, top + 1, self._thin, self._thin, 2 * self._thin, colour)

    def _amount_line(self, painter: QPainter, stretch: Stretch) -> None:
        """Close the box of an amount below with a line that follows its rounded corners."""
        rect = self._rect(stretch).adjusted(-2 if stretch.first else 0, 0, 2 if stretch.last else 0, 0)
        whole = QPainterPath()
        whole.addRoundedRect(rect, 4, 4)
        above = QPainterPath()
        above.addRoundedRect(rect.translated(0, -self._thick), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        lower = QPainterPath()
        lower.addRect(rect.adjusted(0, rect.height() / 2, 0, 0))
        painter.fillPath((whole - above) & lower, self._theme.color("amount_line"))

    @staticmethod
    def _dashes(
        painter: QPainter, left: int, right: int, top: int, height: int, dash: int, gap: int, colour: QColor
    ) -> None:
        for x in range(left, right, dash + gap):
            painter.fillRect(x, top, min(dash, right - x), height, colour)

    def _dots(self, painter: QPainter, left: int, right: int, top: int, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        size = self._thick
        for x in range(left, right - size + 1, 2 * size):
            painter.drawEllipse(QRectF(x, top, size, size))

    def _paint_structure(
        self, painter: QPainter, block: QTextBlock, kind: BlockKind | None, number: int, marks: Marks
    ) -> None:
        """Paint what belongs to the block: the bar of a quote, the dot of a list, the line of a row."""
        if kind not in (BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            return
        layout, em = block.layout(), self._type.em
        if layout.lineCount() == 0:
            return
        origin, first, last = layout.position(), layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        top, bottom = origin.y() + first.y(), origin.y() + last.y() + last.height()
        line = self._theme.color("line")
        if kind is BlockKind.QUOTE:
            painter.fillRect(QRectF(PADDING + 0.35 * em, top, max(3, self._thick), bottom - top), line)
        elif kind is BlockKind.TABLE_ROW:
            y = round(origin.y() + last.y() + self._type.line_height) - 1
            painter.fillRect(QRectF(PADDING, y, self._type.measure, 1), line)
        elif not _NUMBERED.match(block.text()):
            size = 0.3 * em
            centre = origin.y() + first.y() + first.ascent() - 0.32 * em
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("dim"))
            left = origin.x() + block.blockFormat().leftMargin() - 0.9 * em
            painter.drawEllipse(QRectF(left, centre - size / 2, size, size))


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
