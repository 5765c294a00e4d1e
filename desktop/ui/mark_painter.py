"""Paints the marks of an article under its text, from the layout's geometry and for visible blocks only.

The document itself never changes when marks do. That keeps opening and annotating cheap (no second layout)
and allows what character formats do not know: double underlines, boxes, dots of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextLine

from desktop.model import AMOUNT_KINDS, BlockKind, MentionKind
from desktop.ui.document_layout import NUMBERED, Range
from desktop.ui.marks import MarkGroup, Marks, same_actor
from desktop.ui.theme import Theme
from desktop.ui.typography import PADDING, Typography

_RADIUS = 4  # pixels, of boxes


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a mark on one line, in the document's pixels."""

    left: float
    right: float
    baseline: float
    first: bool  #: the mark begins here
    last: bool  #: the mark ends here


def x_of(line: QTextLine, place: int) -> float:
    """Return where a place (units in the block) stands on its line, in the block's pixels."""
    return cast("tuple[float, int]", line.cursorToX(place))[0]


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
        left = x_of(line, first)
        right = x_of(line, last) if last < line_end or end == line_end else line.naturalTextRect().right()
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


def mark_colours(theme: Theme) -> dict[MentionKind, QColor]:
    """Return the colour of each kind's underline on the page."""
    return {
        kind: theme.color("amount_line") if kind in AMOUNT_KINDS else theme.kind_color(kind)
        for kind in MentionKind
    }


def strong_mark_colours(theme: Theme) -> dict[MentionKind, QColor]:
    """Return the colour of each kind's underline on a highlight, a hit or a selection: nearer to the ink."""
    ink = theme.color("ink")
    return {kind: _mixed(theme.kind_color(kind), ink, 0.4) for kind in MentionKind}


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = ((one.redF(), other.redF()), (one.greenF(), other.greenF()), (one.blueF(), other.blueF()))
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint


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
        self._colours = mark_colours(theme)
        self._strong_colours = strong_mark_colours(theme)
        self._active_tint = {kind: _faint(theme.kind_color(kind), 0.16) for kind in MentionKind}
        self._scale = 1.0  # of the block that is being painted
        self._lines: dict[tuple[float, float], QPainterPath] = {}
        self._stretches: dict[tuple[int, Range], tuple[Stretch, ...]] = {}

    def forget_layout(self) -> None:
        """Measure anew: the text was laid out again."""
        self._stretches.clear()

    def paint(self, painter: QPainter, block: QTextBlock, marks: Marks) -> None:
        """Paint what is marked in one block; the painter's coordinates are the document's."""
        number = block.blockNumber()
        piece = marks.layout.pieces[number]
        self._scale = self._scale_of(block)
        self._paint_structure(painter, block, piece.kind)
        mentions = [
            (start, end, mention)
            for start, end, index in marks.mention_layer.in_block(number)
            if marks.shows(mention := marks.mentions[index])
        ]
        for start, end, mention in mentions:
            if mention.kind in AMOUNT_KINDS:
                self._box(painter, block, (start, end), self._theme.color("amount_tint"))
            elif marks.active is not None and same_actor(marks.active, mention):
                self._box(painter, block, (start, end), self._active_tint[mention.kind])
        coloured = [
            *self._paint_highlights(painter, block, number, marks),
            *self._paint_hits(painter, block, number, marks),
        ]
        if marks.selection and (part := marks.layout.within(piece, *marks.selection)):
            self._box(painter, block, part, self._theme.color("selected_text"), room=0)
            coloured.append(part)
        for start, end, mention in mentions:
            over = any(first < end and start < last for first, last in coloured)
            colour = (self._strong_colours if over else self._colours)[mention.kind]
            for stretch in self._stretches_of(block, (start, end)):
                self._underline(painter, stretch, mention.kind, colour)
        if marks.flash and (part := marks.layout.within(piece, *marks.flash[:2])):
            self._box(painter, block, part, _faint(self._theme.color("accent"), 0.34 * marks.flash[2]))

    def paint_handles(self, painter: QPainter, start: QRect, end: QRect) -> None:
        """Paint the ends of a highlight so that they can be taken hold of: a bar with a knob."""
        colour, size = self._theme.color("accent"), 7
        painter.setPen(QPen(self._theme.color("page"), 1))
        for rect, knob in ((start, start.top() + 3), (end, end.bottom() - 3)):
            painter.fillRect(QRectF(rect.center().x(), rect.top() + 3, 2, rect.height() - 6), colour)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(rect.center().x() + 1 - size / 2, knob - size / 2, size, size))

    def _paint_highlights(
        self, painter: QPainter, block: QTextBlock, number: int, marks: Marks
    ) -> Iterator[Range]:
        if not marks.shows_highlights:
            return
        for start, end, index in marks.highlight_layer.in_block(number):
            annotation = marks.placed[index]
            self._box(painter, block, (start, end), self._theme.highlight(annotation.colour), room=1)
            if marks.chosen is not None and marks.chosen.id == annotation.id:
                self._frame(painter, block, (start, end), self._theme.color("dim"))
            yield start, end

    def _paint_hits(self, painter: QPainter, block: QTextBlock, number: int, marks: Marks) -> Iterator[Range]:
        if MarkGroup.HIT in marks.hidden:
            return
        for start, end, index in marks.hit_layer.in_block(number):
            self._box(painter, block, (start, end), self._theme.color("hit"))
            if index == marks.current_hit:
                self._frame(painter, block, (start, end), self._theme.color("accent"))
            yield start, end

    def _stretches_of(self, block: QTextBlock, part: Range) -> tuple[Stretch, ...]:
        """Return where a passage stands; measured once, for scrolling paints it sixty times a second."""
        key = block.blockNumber(), part
        found = self._stretches.get(key)
        if found is None:
            found = self._stretches[key] = tuple(stretches(block, *part))
        return found

    def _scale_of(self, block: QTextBlock) -> float:
        """Return how much larger than the text a block is set: titles and headings are."""
        size = block.charFormat().fontPointSize()
        return size / self._type.font.pointSizeF() if size else 1.0

    def _rect(self, stretch: Stretch, room: float) -> QRectF:
        above, below = round(self._above * self._scale), round(self._below * self._scale)
        rect = QRectF(
            stretch.left, round(stretch.baseline) - above, stretch.right - stretch.left, above + below
        )
        return rect.adjusted(-room if stretch.first else 0, 0, room if stretch.last else 0, 0)

    def _box(self, painter: QPainter, block: QTextBlock, part: Range, colour: QColor, room: int = 2) -> None:
        """Fill behind a passage, `room` pixels wider at its ends."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = min(2 * room, _RADIUS)
        for stretch in self._stretches_of(block, part):
            painter.drawRoundedRect(self._rect(stretch, room), radius, radius)

    def _frame(self, painter: QPainter, block: QTextBlock, part: Range, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch in self._stretches_of(block, part):
            painter.drawRoundedRect(self._rect(stretch, 1.5).adjusted(0, 0.5, 0, -0.5), 3, 3)

    def _underline(self, painter: QPainter, stretch: Stretch, kind: MentionKind, colour: QColor) -> None:
        left, right = round(stretch.left), round(stretch.right)
        top = round(stretch.baseline + self._drop * self._scale)
        thick, thin = self._thick, self._thin
        if kind in AMOUNT_KINDS:
            self._amount_line(painter, stretch, colour)
        elif kind is MentionKind.PERSON:
            painter.fillRect(left, top, right - left, thick, colour)
        elif kind is MentionKind.ORGANISATION:
            painter.fillRect(left, top - 1, right - left, thin, colour)
            painter.fillRect(left, top + thin + 1, right - left, thin, colour)
        elif kind is MentionKind.EVENT:
            for x in range(left, right, 5 * thick):
                painter.fillRect(x, top, min(3 * thick, right - x), thick, colour)
        elif kind is MentionKind.PLACE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for x in range(left, right - thick + 1, 2 * thick):
                painter.drawEllipse(QRectF(x, top, thick, thick))
        else:
            for x in range(left, right, 3 * thin):
                painter.fillRect(x, top + 1, thin, thin, colour)

    def _amount_line(self, painter: QPainter, stretch: Stretch, colour: QColor) -> None:
        """Close the box of an amount below with a line that follows its rounded corners."""
        rect = self._rect(stretch, 2)
        size = (rect.width(), rect.height())
        if size not in self._lines:
            self._lines[size] = _lower_edge(QRectF(0, 0, *size), self._thick)
        painter.translate(rect.topLeft())
        painter.fillPath(self._lines[size], colour)
        painter.translate(-rect.topLeft())

    def _paint_structure(self, painter: QPainter, block: QTextBlock, kind: BlockKind | None) -> None:
        """Paint what belongs to the block: the bar of a quote, the dot of a list, the line of a row."""
        layout, em = block.layout(), self._type.em
        if kind not in (BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or not layout.lineCount():
            return
        origin, first, last = layout.position(), layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        top, bottom = origin.y() + first.y(), origin.y() + last.y() + self._type.line_height
        line = self._theme.color("line")
        if kind is BlockKind.QUOTE:
            left = origin.x() + block.blockFormat().leftMargin() - 1.15 * em
            painter.fillRect(QRectF(left, top, max(3, self._thick), bottom - top), line)
        elif kind is BlockKind.TABLE_ROW:
            painter.fillRect(QRectF(PADDING, round(bottom) - 1, self._type.measure, 1), line)
        elif not NUMBERED.match(block.text()):
            size = 0.3 * em
            centre = origin.y() + first.y() + first.ascent() - 0.32 * em
            left = origin.x() + block.blockFormat().leftMargin() - 0.9 * em
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("dim"))
            painter.drawEllipse(QRectF(left, centre - size / 2, size, size))


def _lower_edge(rect: QRectF, thick: float) -> QPainterPath:
    """Return the crescent that a rounded box leaves under itself when moved up."""
    box, above, lower_half = QPainterPath(), QPainterPath(), QPainterPath()
    box.addRoundedRect(rect, _RADIUS, _RADIUS)
    above.addRoundedRect(rect.translated(0, -thick), _RADIUS, _RADIUS)
    lower_half.addRect(rect.adjusted(0, rect.height() / 2, 0, 0))
    return (box - above) & lower_half
