"""The places found in the article, each with its sentence; what is chosen is shown in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.i18n import _
from desktop.ui.sentences import Context
from desktop.ui.theme import Theme

_CONTEXT = Qt.ItemDataRole.UserRole + 1
_MOST_LINES = 7  # in view
_SIDE = 12  # pixels
_SHARE_BEFORE = 0.35  # of a line, for what stands before the words that were found


class HitList(QListWidget):
    """A line for each place.

    Signals:
        place_chosen: the number of a place, from 0.
        text_wanted: Enter was pressed, or a line double-clicked: the reader wants to be in the text.
    """

    place_chosen = Signal(object)
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hitList")
        self.setAccessibleName(_("Places found"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.currentRowChanged.connect(self._on_current)
        self.itemClicked.connect(lambda item: self.place_chosen.emit(self.row(item)))
        self.itemDoubleClicked.connect(lambda _item: self.text_wanted.emit())
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_places(self, places: Sequence[Context], current: int | None) -> None:
        """Show these, the current one chosen; None = none is yet."""
        self.blockSignals(True)
        self.clear()
        for place in places:
            item = QListWidgetItem("".join(place))
            item.setData(_CONTEXT, place)
            self.addItem(item)
        self.blockSignals(False)
        self.setFixedHeight(min(len(places), _MOST_LINES) * max(self.sizeHintForRow(0), 1) + 6)
        self.mark(current)

    def mark(self, current: int | None) -> None:
        """Choose a line without telling so."""
        self.blockSignals(True)
        self.setCurrentRow(-1 if current is None else current)
        self.blockSignals(False)
        self.viewport().update()

    @Slot(int)
    def _on_current(self, row: int) -> None:
        if row >= 0:
            self.place_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the text with Enter; leave letters and Escape to whoever wants them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentRow() >= 0:
                self.place_chosen.emit(self.currentRow())
            self.text_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape or event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a line: the words that were found in bold, what stands before and after cut to fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a line of text with a little room."""
        return QSize(100, option.fontMetrics.height() + 7)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line."""
        from PySide6.QtWidgets import QStyle  # dear to load, and nothing is painted at the start

        if self.theme is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self.theme.color("hover"))
        self._paint_words(
            painter, option.rect.adjusted(_SIDE, 0, -_SIDE, 0), option.font, index.data(_CONTEXT)
        )
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRect, font: QFont, context: Context) -> None:
        assert self.theme is not None
        strong = QFont(font)
        strong.setBold(True)
        room = int(place.width() * _SHARE_BEFORE)
        before = QFontMetrics(font).elidedText(context.before, Qt.TextElideMode.ElideLeft, room)
        for words, worn, colour in (
            (before, font, "dim"),
            (context.words, strong, "ink"),
            (context.after, font, "dim"),
        ):
            metrics = QFontMetrics(worn)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(place.width(), 0))
            painter.setFont(worn)
            painter.setPen(self.theme.color(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            place = place.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0)
