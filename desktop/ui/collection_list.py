"""The collections below the result list: looked into by a click, filled by dropping articles on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, n_
from desktop.ui.icons import icon
from desktop.ui.result_model import ARTICLES_MIME, dragged_rows
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.library.named_collections import Collection

_COLLECTION = Qt.ItemDataRole.UserRole + 1
_MOST_LINES = 7
_SIDE = 14  # pixels


class CollectionList(QWidget):
    """A head and the list.

    Signals:
        opened: a Collection that is to be looked into.
        dropped: (Collection, numbers of articles).
        new_wanted.
        rename_wanted, delete_wanted, remove_wanted: a Collection; the last one to be rid of what is selected.
    """

    opened = Signal(object)
    dropped = Signal(object)
    new_wanted = Signal()
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="collectionPane")
        self._label = QLabel(_("Collections"))
        self._label.setProperty("role", "dim")
        self._new = QToolButton(objectName="newCollectionButton")
        self._new.setIcon(icon("plus"))
        self._new.setToolTip(_("New collection of what is selected"))
        self._new.setAccessibleName(_("New collection of what is selected"))
        self._new.clicked.connect(self.new_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 4, 6, 4)
        head.addWidget(self._label, 1)
        head.addWidget(self._new)
        self.view = _View(self)
        self._none = QLabel(
            _("Articles that belong together: drag them here, or press L."), wordWrap=True, margin=_SIDE
        )
        self._none.setProperty("role", "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view)
        layout.addWidget(self._none)
        self.setAcceptDrops(True)
        self.set_theme(theme)
        self.show_collections([])

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._label.setFont(theme.font("small"))
        self._none.setFont(theme.font("small"))
        self.view.set_theme(theme)

    def show_collections(self, collections: Sequence[Collection]) -> None:
        """Show these."""
        current = self.view.current()
        self.view.clear()
        for one in collections:
            item = QListWidgetItem(one.name, self.view)
            item.setData(_COLLECTION, one)
            articles = n_("{n} article", "{n} articles", one.articles)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {articles}")
            item.setToolTip(f"{one.name} · {articles}")
            if current is not None and one.id == current.id:
                self.view.setCurrentItem(item)
        self.view.setVisible(bool(collections))
        self._none.setVisible(not collections)
        lines = min(len(collections), _MOST_LINES)
        self.view.setFixedHeight(lines * max(self.view.sizeHintForRow(0), 1) + 2 if lines else 0)

    # Dropping beside the list makes a new one

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take articles."""
        if event.mimeData().hasFormat(ARTICLES_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the name of a new collection of what is dragged, which is what is selected."""
        if event.mimeData().hasFormat(ARTICLES_MIME):
            event.acceptProposedAction()
            self.new_wanted.emit()


class _View(QListWidget):
    """One line for each collection."""

    def __init__(self, pane: CollectionList) -> None:
        super().__init__(objectName="collectionList")
        self._pane = pane
        self.setAccessibleName(_("Collections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)
        self.itemClicked.connect(lambda item: pane.opened.emit(item.data(_COLLECTION)))

    def set_theme(self, theme: Theme) -> None:
        self.setItemDelegate(_Delegate(theme, self))

    def current(self) -> Collection | None:
        item = self.currentItem()
        return None if item is None else item.data(_COLLECTION)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here."""

    def event(self, event: QEvent) -> bool:
        """Keep Del for the collection: it is no key of the articles above while this list has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() != Qt.Key.Key_Delete:
                return super().event(event)
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one, pane = self.current(), self._pane
        does = {
            Qt.Key.Key_Return: pane.opened,
            Qt.Key.Key_Enter: pane.opened,
            Qt.Key.Key_F2: pane.rename_wanted,
            Qt.Key.Key_Delete: pane.delete_wanted,
        }.get(Qt.Key(event.key()))
        if does is not None and one is not None:
            does.emit(one)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        one, pane = self.current(), self._pane
        if one is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(icon("magnifying-glass"), _("Show the articles"), lambda: pane.opened.emit(one))
        menu.addAction(_("Remove the selected articles from it"), lambda: pane.remove_wanted.emit(one))
        menu.addSeparator()
        menu.addAction(_("Rename…"), lambda: pane.rename_wanted.emit(one))
        menu.addAction(icon("trash"), _("Delete collection"), lambda: pane.delete_wanted.emit(one))
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ARTICLES_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.mimeData().hasFormat(ARTICLES_MIME):
            self.setCurrentItem(item)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            event.acceptProposedAction()
            self._pane.dropped.emit((item.data(_COLLECTION), dragged_rows(event.mimeData())))


class _Delegate(QStyledItemDelegate):
    """Writes how many articles there are at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one: Collection = index.data(_COLLECTION)
        count = format_number(one.articles)
        room = option.fontMetrics.horizontalAdvance(count) + _SIDE
        place = option.rect.adjusted(0, 0, -_SIDE, 0)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.color("selection"))
        painter.setFont(option.font)
        painter.setPen(self._theme.color("ink"))
        words = option.fontMetrics.elidedText(
            one.name, Qt.TextElideMode.ElideRight, place.width() - room - _SIDE
        )
        painter.drawText(place.adjusted(_SIDE, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(option.fontMetrics.height() + 10)
        return size
