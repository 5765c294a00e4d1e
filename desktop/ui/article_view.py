"""The scrolling text of an article: shows a laid-out document with its marks, and says what the reader does.

All places going in and out are code points of the article's text.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
    QTextLine,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.i18n import _
from desktop.model import Mention
from desktop.ui.document_layout import Laid, Range
from desktop.ui.mark_painter import MarkPainter, stretches, x_of
from desktop.ui.marks import Marks
from desktop.ui.typography import Typography

_HOVER_DELAY = 350  # ms before a mention under the pointer is told
_FLASH = 1100  # ms
HANDLE = 7  #: pixels to either side of a highlight's end within which it can be taken hold of


class ArticleView(QTextEdit):
    """One article's text.

    Signals:
        caret_moved: the code point of the caret, by keyboard or mouse.
        selected: the selection (start, end) once it is made, None once it is gone.
        hovered: the Mention the pointer rests on, None once it leaves it.
        clicked: the code point that was clicked, without dragging.
        link_clicked: the address of the link that was clicked.
        menu_requested: (code point or None, QPoint on screen).
        scrolled: nothing; the text moved or was laid out anew.
        zoom_requested: +1 or -1 step.
    """

    caret_moved = Signal(object)
    selected = Signal(object)
    hovered = Signal(object)
    clicked = Signal(object)
    link_clicked = Signal(object)
    menu_requested = Signal(object)
    scrolled = Signal()
    zoom_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articleText")
        self.setAccessibleName(_("Text of the article"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCursorWidth(2)
        self.viewport().setMouseTracking(True)
        self._laid: Laid | None = None
        self._marks: Marks | None = None
        self._painter: MarkPainter | None = None
        self._margins = (0, 0)
        self._pressed: QPoint | None = None
        self._under_pointer: Mention | None = None
        self._hover = QTimer(self, singleShot=True, interval=_HOVER_DELAY)
        self._hover.timeout.connect(self._tell_hover)
        self._flash = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=_FLASH)
        self._flash.valueChanged.connect(self._fade)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.cursorPositionChanged.connect(self._on_caret)
        self.selectionChanged.connect(self._on_selection)

    # What is shown

    def show_laid(self, laid: Laid, marks: Marks, typography: Typography, width: int) -> None:
        """Show a document with its marks in a column `width` pixels wide; the caret goes to its start."""
        before = self._laid
        self._flash.stop()
        self._forget_hover()
        self._marks, self._painter = None, None
        self.blockSignals(True)
        self.setDocument(laid.document)  # before what follows, which would lay the old one out again
        self.blockSignals(False)
        if self.font() != typography.font:
            self.setFont(typography.font)
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        self._laid, self._marks, self._painter = laid, marks, MarkPainter(typography)
        laid.document.documentLayout().documentSizeChanged.connect(self._on_layout)
        if before is not None:
            before.document.deleteLater()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def set_column(self, left: int, width: int, right: int) -> None:
        """Place the column: `left` and `right` pixels of margin beside `width` pixels of text."""
        if self._margins != (left, right):
            self._margins = (left, right)
            self.setViewportMargins(left, 0, right, 0)
        if self.lineWrapColumnOrWidth() != width:
            place = self.top_place()
            self.setLineWrapColumnOrWidth(width)
            if self._painter is not None:
                self._painter.forget_layout()
            self.scroll_to(place)

    def refresh(self) -> None:
        """Paint again, after the marks changed."""
        self.viewport().update()

    # Places

    def top_place(self) -> int:
        """Return the code point at which the first whole visible line begins."""
        if self._laid is None:
            return 0
        scroll = self.verticalScrollBar().value()
        if scroll == 0:
            return 0
        block = self._block_at(scroll)
        origin = block.layout().position().y()
        for index in range(block.layout().lineCount()):
            line = block.layout().lineAt(index)
            if origin + line.y() >= scroll - 1:
                return self._laid.map.to_text(block.position() + line.textStart())
        following = block.next()
        return self._laid.map.to_text((following if following.isValid() else block).position())

    def bottom_place(self) -> int:
        """Return the end of the last visible paragraph."""
        if self._laid is None:
            return 0
        y = self.verticalScrollBar().value() + self.viewport().height()
        block = self._block_at(y)
        return self._laid.map.to_text(block.position() + block.length() - 1)

    def reveal(self, place: int) -> None:
        """Scroll as little as needed to bring a code point's line comfortably into view."""
        rect = self.viewport_rect(place)
        height = self.viewport().height()
        if not (0.08 * height <= rect.top() and rect.bottom() <= 0.8 * height):
            self._set_scroll(round(self.line_rect(place).top() - height * 0.3))

    def scroll_to(self, place: int) -> None:
        """Scroll so that the line of a code point is the first; 0 is the very top."""
        if self._laid is None:
            return
        y = 0.0 if place <= 0 else self.line_rect(place).top()
        self._set_scroll(round(y))

    def line_rect(self, place: int) -> QRect:
        """Return the line of a code point in the document's pixels."""
        block, inside = self._block_of(place)
        self._layout().blockBoundingRect(block)  # lays out what comes before
        line = block.layout().lineForTextPosition(inside)
        origin = block.layout().position()
        if not line.isValid():
            return QRect(0, round(origin.y()), 1, 1)
        x = x_of(line, inside)
        return QRect(round(origin.x() + x), round(origin.y() + line.y()), 1, round(line.height()))

    def viewport_rect(self, place: int) -> QRect:
        """Return the line of a code point in the viewport's pixels."""
        return self.line_rect(place).translated(0, -self.verticalScrollBar().value())

    def passage_rect(self, start: int, end: int) -> QRect:
        """Return the part of a passage on its first line, in the viewport's pixels."""
        block, inside = self._block_of(start)
        line = self.viewport_rect(start)
        first = next(stretches(block, inside, min(inside + max(end - start, 1), block.length() - 1)), None)
        return QRect(line.left(), line.top(), round(first.right - first.left) if first else 1, line.height())

    def handles(self) -> tuple[QRect, QRect] | None:
        """Return where the ends of the chosen highlight can be taken hold of, in the viewport's pixels."""
        chosen = self._marks.chosen if self._marks is not None else None
        if chosen is None or chosen.start is None or chosen.end is None or self._painter is None:
            return None
        if self._marks is None or not self._marks.shows_highlights:
            return None
        return self.edge_rect(chosen.start), self.edge_rect(chosen.end, behind=True)

    def edge_rect(self, place: int, *, behind: bool = False) -> QRect:
        """Return a strip around the edge before a code point, or behind the one that ends there."""
        block, inside = self._block_of(place - behind)
        part = next(stretches(block, inside, inside + 1), None)
        line = self.viewport_rect(place - behind)
        x = line.left() if part is None else round(part.right if behind else part.left)
        return QRect(x - HANDLE, line.top(), 2 * HANDLE, line.height())

    def nearest_place(self, point: QPoint) -> int | None:
        """Return the code point whose edge is nearest to a point of the viewport; None without a text."""
        return (
            None if self._laid is None else self._laid.map.to_text(self.cursorForPosition(point).position())
        )

    def selection(self) -> Range | None:
        """Return the selected code points; None for nothing."""
        cursor = self.textCursor()
        if self._laid is None or not cursor.hasSelection():
            return None
        start = self._laid.map.to_text(cursor.selectionStart())
        end = self._laid.map.to_text(cursor.selectionEnd())
        return (start, end) if start < end else None

    def passage(self) -> Range | None:
        """Return the selected code points without white space at their ends; None for nothing."""
        selection = self.selection()
        if selection is None or self._laid is None:
            return None
        start, end = selection
        text = self._laid.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        return (start, end) if start < end else None

    def link_at_caret(self) -> str:
        """Return the address of the link the caret is in, "" for none."""
        cursor = QTextCursor(self.textCursor())
        if not cursor.atBlockEnd():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return cursor.charFormat().anchorHref()

    def caret(self) -> int:
        """Return the code point of the caret."""
        return self._laid.map.to_text(self.textCursor().position()) if self._laid else 0

    def select(self, start: int, end: int) -> None:
        """Put the caret at `start`, with `[start, end)` selected when that is not empty."""
        if self._laid is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._laid.map.to_document(start))
        if end > start:
            cursor.setPosition(self._laid.map.to_document(end), QTextCursor.MoveMode.KeepAnchor)
        self._keep_scroll(lambda: self.setTextCursor(cursor))

    def go_to(self, start: int, end: int, *, flash: bool = True) -> None:
        """Bring a passage comfortably into view, put the caret there and let it light up for a moment."""
        if self._laid is None:
            return
        self.select(start, start)
        self.reveal(start)
        if flash and self._marks is not None:
            self._marks.flash = (start, end, 1.0)
            self._flash.stop()
            self._flash.start()

    def _layout(self):
        return self.document().documentLayout()

    def _block_at(self, y: float) -> QTextBlock:
        """Return the last block that begins at or above a pixel row of the document.

        Not by `hitTest`, which answers with the end of the document for a row between two blocks.
        """
        document = self.document()
        self._layout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)  # lays out as far as there
        low, high = 0, document.blockCount()
        while high - low > 1:
            middle = (low + high) // 2
            layout = document.findBlockByNumber(middle).layout()
            if layout.lineCount() and layout.position().y() <= y:
                low = middle
            else:
                high = middle
        return document.findBlockByNumber(low)

    def _block_of(self, place: int) -> tuple[QTextBlock, int]:
        assert self._laid is not None
        position = self._laid.map.to_document(place)
        block = self.document().findBlock(position)
        return block, position - block.position()

    def _set_scroll(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value > bar.maximum():
            self._layout().documentSize()  # finishes the layout, with which the range grows
        bar.setValue(value)

    def _keep_scroll(self, work) -> None:
        value = self.verticalScrollBar().value()
        work()
        self.verticalScrollBar().setValue(value)

    def place_at(self, point: QPoint) -> int | None:
        """Return the code point of the character under a point of the viewport, None beside the text."""
        if self._laid is None:
            return None
        spot = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        block = self._block_at(spot.y())
        piece = self._laid.map.pieces[block.blockNumber()]
        if piece.kind is None:
            return None
        origin = block.layout().position()
        for index in range(block.layout().lineCount()):
            line = block.layout().lineAt(index)
            box = line.naturalTextRect().translated(origin)
            if (
                box.left() - 1 <= spot.x() <= box.right() + 1
                and box.top() <= spot.y() < box.top() + line.height()
            ):
                inside = line.xToCursor(spot.x() - origin.x(), QTextLine.CursorPosition.CursorOnCharacter)
                return self._laid.map.to_text(block.position() + inside)
        return None

    # What the reader does

    @Slot(object)
    def _fade(self, strength: float) -> None:
        if self._marks is None or self._marks.flash is None:
            return
        start, end, _old = self._marks.flash
        self._marks.flash = (start, end, strength) if strength > 0 else None
        self.viewport().update()

    @Slot()
    def _on_layout(self) -> None:
        if self._painter is not None:
            self._painter.forget_layout()
        self.scrolled.emit()

    @Slot()
    def _on_scroll(self) -> None:
        self._forget_hover()
        self.scrolled.emit()

    @Slot()
    def _on_caret(self) -> None:
        if self._laid is not None and self._marks is not None:
            self.caret_moved.emit(self.caret())

    @Slot()
    def _on_selection(self) -> None:
        if self._marks is None:
            return
        selection = self.selection()
        if selection != self._marks.selection:
            self._marks.selection = selection
            self.viewport().update()
            if selection is None:
                self.selected.emit(None)
            elif self._pressed is None:
                self.selected.emit(selection)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or drag begins."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        self._forget_hover()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a finished selection, or a click."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._marks is not None and self._marks.selection is not None:
            self.selected.emit(self._marks.selection)
            return
        spot = event.position().toPoint()
        if (spot - pressed).manhattanLength() > 4:
            return
        if address := self.anchorAt(spot):
            self.link_clicked.emit(address)
        elif (place := self.place_at(spot)) is not None:
            self.clicked.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer over mentions and links."""
        super().mouseMoveEvent(event)
        spot = event.position().toPoint()
        if event.buttons() or self._marks is None:
            return
        place = self.place_at(spot)
        link = place is not None and bool(self.anchorAt(spot))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.IBeamCursor)
        mention = None if place is None else self._marks.mention_at(place)
        if mention is not self._under_pointer:
            self._forget_hover()
            self._under_pointer = mention
            if mention is not None:
                self._hover.start()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was on."""
        self._forget_hover()
        super().leaveEvent(event)

    def _forget_hover(self) -> None:
        self._hover.stop()
        if self._under_pointer is not None:
            self._under_pointer = None
            self.hovered.emit(None)

    @Slot()
    def _tell_hover(self) -> None:
        if self._under_pointer is not None:
            self.hovered.emit(self._under_pointer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; keys that do not belong to the text go on to the pane."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and (event.text().isalnum() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let the wheel over a margin scroll as it does over the text."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what was clicked, or of the caret when asked by key."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(
                (self.caret(), self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
            )
            return
        spot = self.viewport().mapFromGlobal(event.globalPos())
        self.menu_requested.emit((self.place_at(spot), event.globalPos()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is copied: the text as stored, which Qt's document no longer has."""
        data = QMimeData()
        selection = self.selection()
        if selection is not None and self._laid is not None:
            data.setText(self._laid.text[selection[0] : selection[1]])
        return data

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks of what is visible, then the text over them."""
        if self._marks is not None and self._painter is not None:
            scroll = self.verticalScrollBar().value()
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -scroll)
            for block in self._visible_blocks(event.rect().top() + scroll, event.rect().bottom() + scroll):
                self._painter.paint(painter, block, self._marks)
            painter.end()
        super().paintEvent(event)
        if self._painter is not None and (handles := self.handles()) is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painter.paint_handles(painter, *handles)
            painter.end()

    def _visible_blocks(self, top: int, bottom: int):
        layout, block = self._layout(), self._block_at(top)
        while block.isValid() and layout.blockBoundingRect(block).top() <= bottom:
            yield block
            block = block.next()
