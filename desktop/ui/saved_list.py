"""The saved searches above the results: each with what it finds now, and what came since it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, n_
from desktop.ui.icons import drawing, icon
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.library.saved_searches import SavedSearch, SavedSearchId
    from desktop.tasks.saved_searches import Counted

_SEARCH = Qt.ItemDataRole.UserRole + 1
_COUNTED = Qt.ItemDataRole.UserRole + 2
_IS_HERE = Qt.ItemDataRole.UserRole + 3
_SIDE, _ICON, _GAP, _EDGE = 14, 13, 8, 3  # pixels
_OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHARE = 0.25  # of the pane's height, at most
_LEAST = 3  # lines, however low the pane is


class SavedList(QWidget):
    """A heading that folds the list away, and a line for each search. Not there while there are none.

    Signals:
        opened: the SavedSearch that was clicked, or that Enter was pressed on.
        read_wanted: Enter was pressed: the reader wants to go on to what it finds.
        rename_wanted, delete_wanted, replace_wanted: a SavedSearch; replaced by what stands in the field.
        moved: a SavedSearch and its new place, counted from 0.
        folded: whether the list is shown.
    """

    opened = Signal(object)
    read_wanted = Signal()
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    replace_wanted = Signal(object)
    moved = Signal(object, object)
    folded = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("savedPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = QToolButton(objectName="savedHead", checkable=True, checked=True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setIconSize(QSize(11, 11))
        self._head.toggled.connect(self._on_fold)
        self.list = _List(theme, self)
        self.list.opened.connect(self._open)
        self.list.moved.connect(self.moved)
        self._counts: Mapping[SavedSearchId, Counted] = {}
        self._shown: tuple[tuple[SavedSearch, ...], SavedSearch | None] = ((), None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self._say()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._head.setFont(theme.font("small"))
        self.list.set_theme(theme)

    # What is shown

    def show_searches(self, searches: Sequence[SavedSearch], here: SavedSearch | None) -> None:
        """Show these, in this order; `here` is the one whose results are shown."""
        if self._shown == (tuple(searches), here):
            return
        self._shown = (tuple(searches), here)
        self.list.show_searches(searches, here)
        self.setVisible(bool(searches))
        self.fit()
        self._say()

    def show_counts(self, counts: Mapping[SavedSearchId, Counted]) -> None:
        """Show what each finds, as far as it is known."""
        self._counts = counts
        self.list.show_counts(counts)
        self._say()

    def unfold(self, shown: bool = True) -> None:
        """Show the list, or only its heading."""
        self._head.setChecked(shown)

    @property
    def is_unfolded(self) -> bool:
        """Tell whether the list is shown."""
        return self._head.isChecked()

    def fit(self) -> None:
        """Take the room of all lines, or of as many as leave most of the pane to the results."""
        pane = self.parentWidget()
        row = max(self.list.sizeHintForRow(0), 1)
        most = max(_LEAST, int((pane.height() if pane else 0) * _SHARE) // row)
        self.list.setFixedHeight(min(self.list.count(), most) * row)

    def _say(self) -> None:
        new = sum(one.new for one in self._counts.values())
        words = _("Saved searches")
        told = n_("{n} new", "{n} new", new) if new and not self.is_unfolded else ""
        self._head.setText("  ".join(filter(None, (words, told))))
        self._head.setIcon(icon("caret-down" if self.is_unfolded else "caret-right"))
        self._head.setToolTip(_("Fold away") if self.is_unfolded else _("Unfold"))

    @Slot(bool)
    def _on_fold(self, shown: bool) -> None:
        self.list.setVisible(shown)
        self._say()
        self.folded.emit(shown)

    # What is done

    @Slot(object, object)
    def _open(self, one: SavedSearch, reads: bool) -> None:
        self.opened.emit(one)
        if reads:
            self.read_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a search."""
        if event.reason() is event.Reason.Mouse:
            item = self.list.itemAt(self.list.viewport().mapFromGlobal(event.globalPos()))
        else:
            item = self.list.currentItem()
        if item is not None:
            self.menu_of(item.data(_SEARCH)).popup(event.globalPos())

    def menu_of(self, one: SavedSearch) -> QMenu:
        """Return what can be done with a search."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place, last = self.list.place_of(one), self.list.count() - 1
        rows = (
            (_("Search"), "Enter", True, lambda: self.opened.emit(one)),
            (_("Rename…"), "F2", True, lambda: self.rename_wanted.emit(one)),
            (_("Replace by what is searched now"), "", True, lambda: self.replace_wanted.emit(one)),
            (_("Move up"), "Alt+↑", place > 0, lambda: self.moved.emit(one, place - 1)),
            (_("Move down"), "Alt+↓", place < last, lambda: self.moved.emit(one, place + 1)),
            (_("Delete"), "Del", True, lambda: self.delete_wanted.emit(one)),
        )
        for words, key, possible, does in rows:
            action = menu.addAction(f"{words}\t{key}" if key else words)
            action.setEnabled(possible)
            action.triggered.connect(does)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename with F2, delete with Delete, move with Alt and an arrow."""
        one, key = self.list.current(), event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if one is None or not self.list.hasFocus():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit(one)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(one)
        elif key in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            place = self.list.place_of(one) + steps[Qt.Key(key)]
            if 0 <= place < self.list.count():
                self.moved.emit(one, place)
        else:
            super().keyPressEvent(event)


class _List(QListWidget):
    """The lines.

    Signals:
        opened: a SavedSearch, and whether the keyboard opened it.
        moved: a SavedSearch that was dragged, and its new place.
    """

    opened = Signal(object, object)
    moved = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("savedList")
        self.setAccessibleName(_("Saved searches"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(_SEARCH), False))
        self.model().rowsMoved.connect(self._on_moved)

    def set_theme(self, theme: Theme) -> None:
        self.setFont(theme.font())
        self._delegate.theme = theme
        self.viewport().update()

    def show_searches(self, searches: Sequence[SavedSearch], here: SavedSearch | None) -> None:
        current, counts = self.current(), self._counts()
        self.clear()
        for one in searches:
            item = QListWidgetItem(one.name)
            item.setData(_SEARCH, one)
            item.setData(_COUNTED, counts.get(one.id))
            item.setData(_IS_HERE, here is not None and one.id == here.id)
            item.setToolTip(one.query)
            self.addItem(item)
            if current is not None and one.id == current.id:
                self.setCurrentItem(item)

    def show_counts(self, counts: Mapping[SavedSearchId, Counted]) -> None:
        for item in self._items():
            one, counted = item.data(_SEARCH), counts.get(item.data(_SEARCH).id)
            item.setData(_COUNTED, counted)
            words = [one.name]
            if counted is not None:
                words.append(n_("{n} article", "{n} articles", counted.total))
                words += [n_("{n} new", "{n} new", counted.new)] if counted.new else []
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))

    def _counts(self) -> dict[SavedSearchId, Counted | None]:
        return {item.data(_SEARCH).id: item.data(_COUNTED) for item in self._items()}

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def current(self) -> SavedSearch | None:
        """Return the search of the current line."""
        item = self.currentItem()
        return item.data(_SEARCH) if item else None

    def place_of(self, one: SavedSearch) -> int:
        """Return the line of a search; -1 = it is not there."""
        return next((row for row, item in enumerate(self._items()) if item.data(_SEARCH).id == one.id), -1)

    @Slot(QModelIndex, int, int, QModelIndex, int)
    def _on_moved(self, _from: QModelIndex, start: int, _end: int, _to: QModelIndex, before: int) -> None:
        place = before - 1 if before > start else before
        self.moved.emit(self.item(place).data(_SEARCH), place)

    def event(self, event: QEvent) -> bool:
        """Keep Delete and F2 from what they mean for the article."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() in _OWN_KEYS:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; leave letters and the other keys to whoever wants them."""
        one = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one is not None:
            self.opened.emit(one, True)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier or event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a line: a star, the name, what is new in the accent's colour, how many there are."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a line of text with a little room."""
        return QSize(100, option.fontMetrics.height() + 9)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line."""
        from PySide6.QtWidgets import QStyle  # dear to load, and nothing is painted at the start

        painter.save()
        state, here = option.state, bool(index.data(_IS_HERE))
        has_focus = bool(state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus)
        if here or has_focus:
            painter.fillRect(option.rect, self.theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self.theme.color("hover"))
        if has_focus:
            painter.fillRect(
                option.rect.adjusted(0, 0, 3 - option.rect.width(), 0), self.theme.color("accent")
            )
        place = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        star, colour = ("star-fill", "accent") if here else ("star", "dim")
        picture = drawing(star, self.theme.color(colour).name(), _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.left(), place.center().y() - _ICON // 2, picture)
        place.setLeft(place.left() + _ICON + _GAP)
        counted: Counted | None = index.data(_COUNTED)
        if counted is not None:
            place = self._paint_counts(painter, place, counted)
        painter.setPen(self.theme.color("ink"))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _paint_counts(self, painter: QPainter, place, counted: Counted):
        """Paint them at the right; return the room that is left for the name."""
        told = [(format_number(counted.total), "dim", False)]
        if counted.new:
            told.append((n_("{n} new", "{n} new", counted.new), "accent", True))
        for words, colour, bold in told:
            font = painter.font()
            font.setBold(bold)
            painter.setFont(font)
            painter.setPen(self.theme.color(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            place = place.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(words) - _GAP, 0)
            font.setBold(False)
            painter.setFont(font)
        return place
