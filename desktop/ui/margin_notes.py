"""Notes in the margin beside their passage; where the margin is narrow, small icons instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import Annotation, AnnotationId
from desktop.ui.icons import drawing
from desktop.ui.marks import strong_highlight
from desktop.ui.note_preview import add_tags, fill_markdown
from desktop.ui.theme import Theme

ICON = 22  #: pixels, of a note that is folded to an icon
_TALLEST = 168  # pixels, of a card that is not chosen
_GAP = 8  # pixels between cards
_PAD = 9  # pixels inside a card
_EDGE = 3  # pixels, the strip in the highlight's colour


def note_document(annotation: Annotation, theme: Theme, width: float) -> QTextDocument:
    """Return a note's Markdown with its tags under it, laid out for a width in pixels."""
    document = QTextDocument()
    fill_markdown(document, annotation.note, theme)
    add_tags(document, annotation.tags, theme)
    document.setTextWidth(width)
    return document


class NoteCard(QWidget):
    """One note: a card, or an icon when folded. Enter, Space or a click opens it."""

    opened = Signal(object)

    def __init__(self, annotation: Annotation, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.annotation = annotation
        self._theme = theme
        self._document: QTextDocument | None = None
        self._width = 0
        self.folded = False
        self.chosen = False
        self.setObjectName("noteCard")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Note: {text}").format(text=annotation.note or ", ".join(annotation.tags)))
        self.setAccessibleDescription(annotation.quote.exact[:120])

    def size_for(self, width: int, *, folded: bool, chosen: bool) -> QSize:
        """Take a width and return the size the card wants there."""
        self.folded, self.chosen = folded, chosen
        self.setToolTip(self.annotation.note if folded else "")
        if folded:
            return QSize(ICON, ICON)
        if self._document is None or self._width != width:
            self._width = width
            self._document = note_document(self.annotation, self._theme, width - 2 * _PAD - _EDGE)
        height = round(self._document.size().height()) + 2 * _PAD
        return QSize(width, height if chosen else min(height, _TALLEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card or the icon."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        busy = self.hasFocus() or self.chosen or self.underMouse()
        edge = (
            theme.color("accent") if self.hasFocus() else theme.between("note", "ink", 0.4 if busy else 0.13)
        )
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.color("note"))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.type.radius, theme.type.radius)
        if self.folded:
            picture = drawing("note-fill", theme.color("amount_ink").name(), 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF((ICON - 14) / 2, (ICON - 14) / 2), picture)
            return
        if self._document is None:
            return
        if self.annotation.start is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(strong_highlight(theme, self.annotation.colour))
            painter.drawRoundedRect(QRectF(4, 6, _EDGE, self.height() - 12), 1.5, 1.5)
        painter.translate(_PAD + _EDGE, _PAD)
        room = QRectF(0, 0, self.width() - 2 * _PAD, self.height() - 2 * _PAD)
        painter.setClipRect(room)
        context = self._document.documentLayout().PaintContext()
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, theme.color("ink"))
        context.palette = palette
        self._document.documentLayout().draw(painter, context)
        if self._document.size().height() > room.height() + 1:
            self._fade(painter, room)

    def _fade(self, painter: QPainter, room: QRectF) -> None:
        """Let the last line of a card that is cut off fade out."""
        foot = QRectF(room.left(), room.bottom() - 26, room.width(), 27)
        solid = self._theme.color("note")
        clear = self._theme.color("note")
        clear.setAlpha(0)
        gradient = QLinearGradient(foot.topLeft(), foot.bottomLeft())
        gradient.setColorAt(0, clear)
        gradient.setColorAt(1, solid)
        painter.fillRect(foot, gradient)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the note."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.annotation.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press, so that the release comes here."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the note with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.annotation.id)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stand out under the pointer."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event) -> None:
        """Step back."""
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus went."""
        self.update()
        super().focusOutEvent(event)


class MarginNotes(QWidget):
    """The margin with its notes: each beside its passage, or under the one before where that is in the way.

    Cards are made and placed only as far down as the reader has come: placing one asks for the layout of all
    text before it.

    Signals:
        note_opened: the id of the annotation whose card was clicked.
    """

    note_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("marginNotes")
        self._theme: Theme | None = None
        self._notes: list[Annotation] = []
        self._cards: dict[AnnotationId, NoteCard] = {}
        self._placed: list[tuple[NoteCard, int, QSize]] = []  # top in the document's pixels
        self._folded = False
        self._chosen: AnnotationId | None = None
        self._edited: AnnotationId | None = None

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._theme = theme
        self._drop_cards(list(self._cards))

    def set_notes(self, annotations: Sequence[Annotation]) -> None:
        """Show the notes among these annotations, in reading order; those on the whole article come first."""
        notes = [a for a in annotations if (a.note.strip() or a.tags) and a.state.value != "orphan"]
        notes.sort(key=lambda a: (-1 if a.start is None else a.start, a.created_at))
        new = {note.id: note for note in notes}
        self._drop_cards([key for key, card in self._cards.items() if new.get(key) != card.annotation])
        self._notes = notes
        self._placed = []

    def set_state(self, *, folded: bool, chosen: AnnotationId | None, edited: AnnotationId | None) -> None:
        """Fold all to icons or not, let one stand out, hide the one that is being edited."""
        state = (folded, chosen, edited)
        if state != (self._folded, self._chosen, self._edited):
            self._folded, self._chosen, self._edited = state
            self._placed = []

    def forget_places(self) -> None:
        """Place everything anew at the next `place`: the text was laid out anew."""
        self._placed = []

    @property
    def cards(self) -> list[NoteCard]:
        """Return the cards that are on screen."""
        return [card for card, _top, _size in self._placed if card.isVisible()]

    def place(self, scroll: int, last_place: int, top_of: Callable[[int], int]) -> None:
        """Put the cards where they belong.

        scroll: first pixel row of the document that is visible; last_place: last visible code point;
        top_of: pixel row in the document of a code point's line.
        """
        for note in self._notes[len(self._placed) :]:
            if note.start is not None and note.start > last_place:
                break
            self._stack(note, top_of)
        for card, top, size in self._placed:
            y = top - scroll
            shown = y + size.height() > 0 and y < self.height() and card.annotation.id != self._edited
            if shown:
                card.setGeometry(0, y, size.width(), size.height())
            card.setVisible(shown)

    def _stack(self, note: Annotation, top_of: Callable[[int], int]) -> None:
        if self._theme is None:
            return
        card = self._cards.get(note.id)
        if card is None:
            card = self._cards[note.id] = NoteCard(note, self._theme, self)
            card.opened.connect(self.note_opened)
        size = card.size_for(self.width(), folded=self._folded, chosen=note.id == self._chosen)
        top = top_of(note.start or 0)
        if self._placed:
            _card, above, above_size = self._placed[-1]
            top = max(top, above + above_size.height() + (2 if self._folded else _GAP))
        self._placed.append((card, top, size))
        card.update()

    def _drop_cards(self, keys: list[AnnotationId]) -> None:
        for key in keys:
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        self._placed = []
