"""The list of found articles, with how many there are and how they are sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, n_
from desktop.model import ArticleId, Hit
from desktop.ui.collection_list import CollectionList
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.facet_bar import FacetBar
from desktop.ui.icons import icon
from desktop.ui.query_notes import QueryNotes
from desktop.ui.result_delegate import BROWSED, SEARCHED, ResultDelegate
from desktop.ui.result_model import ResultModel
from desktop.ui.short_label import ShortLabel
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.did_you_mean import Offer
    from desktop.tasks.search import SearchResult  # is loaded with the first search, not with the window
    from desktop.ui.saved_list import SavedList

SORTS = ("relevance", "date", "amount", "notes")


def sort_name(sort: str) -> str:
    """Return the words for an order of `SORTS`."""
    return {
        "relevance": _("Relevance"),
        "date": _("Newest"),
        "amount": _("Largest amount"),
        "notes": _("Most notes"),
    }[sort]


class ResultList(QWidget):
    """The left pane.

    Signals:
        article_chosen: the ArticleId of the row that became current.
        reading_requested: Enter was pressed: the reader wants to be in the text.
        sort_chosen: one of SORTS.
        action_wanted: the name of an action that an empty list offers.
        query_wanted: a query that may have been meant.
        selection_changed: how many rows are selected.
    """

    article_chosen = Signal(object)
    reading_requested = Signal()
    sort_chosen = Signal(object)
    action_wanted = Signal(object)
    query_wanted = Signal(object)
    selection_changed = Signal(object)

    def __init__(self, theme: Theme, sort: str = "relevance", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ResultModel(self)
        self._delegate = ResultDelegate(theme, self)
        self.view = _View(objectName="resultList")
        self.view.setAccessibleName(_("Results"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.opened.connect(self.reading_requested)
        self._empty = EmptyState(theme)
        self._empty.wanted.connect(self.action_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._quiet = False
        self._query = ""
        self._count_words = ""
        self._selected = 0
        self._awaited: int | None = None  # the current row, while its page is being read
        self.model.dataChanged.connect(self._on_page)
        self._build_head(sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._saved: SavedList | None = None
        self._notes = QueryNotes(theme)
        self._notes.query_wanted.connect(self.query_wanted)
        layout.addWidget(self._notes)
        self.facets = FacetBar(theme, self)
        layout.addWidget(self.facets)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)
        self.collections = CollectionList(theme)
        self.collections.hide()
        layout.addWidget(self.collections)
        for before, after in (
            (self.facets, self._sort),
            (self._sort, self.view),
        ):
            self.setTabOrder(before, after)

    def _build_head(self, sort: str) -> None:
        self._head = QWidget(objectName="resultHead")
        self._count = ShortLabel(objectName="resultCount")
        self._count.setProperty("role", "dim")
        self._sort = QToolButton(
            objectName="sortButton", popupMode=QToolButton.ToolButtonPopupMode.InstantPopup
        )
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._sort.setIcon(icon("caret-down"))
        self.sort_menu = QMenu(self)
        self._sort.setMenu(self.sort_menu)
        group = QActionGroup(self)
        self._sorts: dict[str, QAction] = {}
        for name in SORTS:
            action = QAction(sort_name(name), group, checkable=True)
            action.triggered.connect(lambda _checked=False, name=name: self._on_sort(name))
            self.sort_menu.addAction(action)
            self._sorts[name] = action
        row = QHBoxLayout(self._head)
        row.setContentsMargins(14, 5, 6, 5)
        row.addWidget(self._count, 1)
        row.addWidget(self._sort)
        self._sort_order = sort
        self._sorts[sort].setChecked(True)

    @property
    def sort_actions(self) -> list[QAction]:
        """Return the ways to sort, for the menu."""
        return list(self._sorts.values())

    def add_saved(self, saved: SavedList) -> None:
        """Put the saved searches above everything: after the first paint, nobody waits for them."""
        self._saved = saved
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, saved)
        self.setTabOrder(saved.list, self.facets)

    @property
    def saved(self) -> SavedList:
        """Return the saved searches, once they are there."""
        assert self._saved is not None
        return self._saved

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)
        self.view.set_row_height(self._delegate.height)
        self._empty.set_theme(theme)
        self._notes.set_theme(theme)
        self.collections.set_theme(theme)
        if self._saved is not None:
            self._saved.set_theme(theme)
        self.view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the room to the results."""
        super().resizeEvent(event)
        if self._saved is not None:
            self._saved.fit()

    # What is shown

    def first_visible(self) -> int:
        """Return the row at the top of what is in view."""
        index = self.view.indexAt(self.view.viewport().rect().topLeft())
        return index.row() if index.isValid() else 0

    def show_result(
        self, result: SearchResult, pages: Mapping[int, Sequence[Hit]], keep: ArticleId | None = None
    ) -> None:
        """Show a result, of which some pages are known; the row of `keep` becomes the current one."""
        self._quiet = True
        scrolled = self.view.verticalScrollBar().value() if result.query.text == self._query else 0
        self._query = result.query.text
        self._delegate.lines = SEARCHED if result.words else BROWSED
        self.view.set_row_height(self._delegate.height)
        self._show_sort(result)
        chosen, current = self.selected_rows(), self.model.number(self.view.currentIndex().row())
        self.model.show_result(result.total, pages, result.rows)
        row = self.model.row_of(keep) if keep else None
        if len(chosen) > 1:
            self._select_rows(chosen, current)
        elif row is not None:
            self.view.setCurrentIndex(self.model.index(row))
        self._quiet = False
        self.view.verticalScrollBar().setValue(scrolled)
        self._count_words = (
            n_("{n} result", "{n} results", result.total)
            if result.query.text.strip()
            else n_("{n} article", "{n} articles", result.total)
        )
        if result.copies:
            self._count_words += f" {n_('+{n} copy', '+{n} copies', result.copies)}"
        self._on_selection()
        self._head.setVisible(result.total > 0)
        self._stack.setCurrentWidget(self.view)

    def show_notes(self, message: str, offers: Sequence[Offer] = ()) -> None:
        """Say under the search field what is wrong with the query ("" = nothing), and offer others."""
        self._notes.say(message, offers)

    def show_emptiness(self, emptiness: Emptiness) -> None:
        """Show why there is nothing, in place of the list."""
        self.model.show_result(0, {})
        self._head.hide()
        self._empty.explain(emptiness)
        if self.view.hasFocus():
            self.setFocus()  # Qt would hand it to the next control, wherever that is
        self._stack.setCurrentWidget(self._empty)

    # Moving about

    def current_article(self) -> ArticleId | None:
        """Return the article of the current row."""
        hit = self.model.hit(self.view.currentIndex().row()) if self.view.currentIndex().isValid() else None
        return hit.article.id if hit else None

    def select(self, article: ArticleId | None) -> None:
        """Make an article's row the current one, without telling so; none when it is not in the list.

        Several rows that are selected stay so as long as this one is among them.
        """
        row = self.model.row_of(article) if article else None
        self._quiet = True
        if row is not None and self._selected > 1 and self.view.selectionModel().isRowSelected(row):
            self._go_without_selecting(row)
        elif row is None:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(self.model.index(row))
        self._quiet = False

    def neighbour(self, article: ArticleId, *, without: Sequence[int] = ()) -> ArticleId | None:
        """Return the article after this one, or else the one before it.

        without: the library's numbers of articles that do not count.
        """
        row, gone, rows = self.model.row_of(article), set(without), self.model.rows
        if row is None:
            return None
        for place in (*range(row + 1, len(rows)), *range(row - 1, -1, -1)):
            if rows[place] not in gone:
                hit = self.model.hit(place)
                return hit.article.id if hit else None
        return None

    @Slot()
    def next_result(self) -> None:
        """Go to the next article."""
        self._move(1)

    @Slot()
    def previous_result(self) -> None:
        """Go to the one before."""
        self._move(-1)

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            row = self.view.currentIndex().row() if self.view.currentIndex().isValid() else -1
            row = min(max(row + by, 0), count - 1)
            self.view.setCurrentIndex(self.model.index(row))

    # Several at once

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.view.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def selected_rows(self) -> list[int]:
        """Return the library's numbers of the articles that are selected, in the order of the list."""
        spans = sorted((span.top(), span.bottom()) for span in self._spans())
        return [row for top, bottom in spans for row in self.model.rows[top : bottom + 1]]

    def _go_without_selecting(self, row: int) -> None:
        index = self.model.index(row)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _select_rows(self, rows: Sequence[int], current: int | None) -> None:
        """Select again those of these articles that are still in the list."""
        wanted, chosen, begin = set(rows), QItemSelection(), None
        for place, row in enumerate((*self.model.rows, None)):
            if row is not None and row == current:
                self._go_without_selecting(place)
            if row in wanted:
                begin = place if begin is None else begin
            elif begin is not None:
                chosen.select(self.model.index(begin), self.model.index(place - 1))
                begin = None
        self.view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    @Slot()
    def _on_selection(self) -> None:
        """Say how many are selected, in place of how many there are."""
        spans = self._spans()
        self._selected = sum(span.bottom() - span.top() + 1 for span in spans)
        several = self._selected > 1
        self._count.setText(
            n_("{n} selected", "{n} selected", self._selected) if several else self._count_words
        )
        self.selection_changed.emit(self._selected)

    # What is chosen

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self._choose(current.row())

    def _choose(self, row: int) -> None:
        hit = self.model.hit(row)
        self._awaited = row if hit is None else None
        if hit is not None:
            self.article_chosen.emit(hit.article.id)

    @Slot()
    def _on_page(self) -> None:
        """Choose the current row now that it has been read."""
        if self._awaited is not None and self._awaited == self.view.currentIndex().row():
            self._choose(self._awaited)

    def _on_sort(self, name: str) -> None:
        self._sort_order = name
        self.sort_chosen.emit(name)

    def _show_sort(self, result: SearchResult) -> None:
        """Name the order; without words to rank by, relevance means the newest first."""
        ranked = bool(result.scores) or self._sort_order != "relevance"
        words = sort_name(self._sort_order if ranked else "date")
        self._sort.setText(words)
        self._sort.setAccessibleName(_("Sorted by: {order}").format(order=words))


class _View(QTableView):
    """One column of rows that are all equally high.

    A table and not a QListView: that one lays out all its rows whenever one of them changes, which
    takes 0.2 s for 100,000 of them.
    """

    opened = Signal()

    def __init__(self, objectName: str) -> None:
        super().__init__(objectName=objectName)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QTableView.DragDropMode.DragOnly)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self._anchor = -1  # the row where a selection with Shift begins
        self._extending = False

    def set_row_height(self, height: int) -> None:
        """Give all rows this height, in pixels."""
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are shortcuts here, and searching would read the whole library."""

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Select one row where nobody clicked, whatever keys are held: those are for what is clicked."""
        if event is None:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def selectAll(self) -> None:
        """Select all; one of them is open then, so that all actions are possible."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        super().selectAll()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Remember where a selection with Shift begins: Qt does so only for what was clicked."""
        super().currentChanged(current, previous)
        if not self._extending:
            self._anchor = current.row()

    def _select_until(self, row: int) -> None:
        """Select from where the selection begins to a row, which becomes the current one."""
        self._extending = True
        flags = QItemSelectionModel.SelectionFlag
        first, end = (self.model().index(place, 0) for place in (self._anchor, row))
        span = QItemSelection(*sorted((first, end), key=QModelIndex.row))
        self.selectionModel().select(span, flags.ClearAndSelect)
        self.selectionModel().setCurrentIndex(end, flags.NoUpdate)
        self._extending = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select nothing by dragging: every row on the way would be opened."""
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        elif (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            and self.currentIndex().isValid()
            and (row := self.indexAt(event.position().toPoint()).row()) >= 0
        ):
            self._select_until(row)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell when Enter is pressed; Home and End go to the ends, Escape leaves one row selected."""
        rows = self.model().rowCount()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self.setCurrentIndex(self.currentIndex())
        elif (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier and (to := self._leads_to(event.key())) >= 0
        ):
            self._select_until(to)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and rows:
            self.setCurrentIndex(self.model().index(self._leads_to(event.key()), 0))
        else:
            super().keyPressEvent(event)

    def _leads_to(self, key: int) -> int:
        """Return the row to which a key leads; -1 for a key that does not move, or without rows."""
        row, last = max(self.currentIndex().row(), 0), self.model().rowCount() - 1
        page = max(self.viewport().height() // self.verticalHeader().defaultSectionSize(), 1)
        places = {
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return min(max(places[Qt.Key(key)], 0), last) if key in places else -1
