"""The trash: which articles are in it, putting them back, removing them for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_date
from desktop.model import Article, ArticleId
from desktop.ui.dialog_buttons import acting_button, closing_buttons
from desktop.ui.empty_state import Emptiness
from desktop.ui.listing_frame import ROW, ListingFrame, make_plain
from desktop.ui.theme import Theme

_SIZE = (720, 480)  # pixels, at first
_ID = Qt.ItemDataRole.UserRole + 1


class TrashDialog(QDialog):
    """Lists what is in the trash, the last thrown away first.

    Signals:
        restore_requested: the ArticleIds to put back.
        purge_requested: the ArticleIds to remove for good.
        undo_requested: the last change is to be undone.
    """

    restore_requested = Signal(object)
    purge_requested = Signal(object)
    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trashDialog")
        self.setWindowTitle(_("Trash"))
        self.resize(*_SIZE)
        self.rows = _Rows()
        self.rows.purge_wanted.connect(self._purge)
        self.rows.activated.connect(self._restore)
        none = Emptiness(_("The trash is empty"), (_("What you delete can be put back from here."),))
        self._frame = ListingFrame("trashFrame", self.rows, none, theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self._frame, 1)
        layout.addWidget(self._make_buttons())
        self.rows.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_selection()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        self._restore_button = acting_button(_("&Restore"), "restoreFromTrash", self._restore)
        self._purge_button = acting_button(_("&Delete permanently"), "purgeFromTrash", self._purge)
        self._empty_button = acting_button(_("&Empty trash"), "emptyTrash", self._purge_all)
        self._undo_button = acting_button(_("&Undo"), "undoRestore", self._undo)
        self._undo_button.setEnabled(False)
        for button in (self._restore_button, self._purge_button, self._empty_button, self._undo_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return buttons

    @Slot(object)
    def show_articles(self, articles: Sequence[Article]) -> None:
        """Show these articles; what was chosen stays so, or else a neighbour is."""
        self.rows.show_articles(articles)
        if self._frame.tell(bool(articles)):
            self.rows.setFocus()
        self._follow_selection()

    @Slot()
    def _follow_selection(self) -> None:
        for button in (self._restore_button, self._purge_button):
            button.setEnabled(bool(self.rows.chosen()))
        self._empty_button.setEnabled(bool(self.rows.all()))

    @Slot()
    def _restore(self) -> None:
        if chosen := self.rows.chosen():
            self._undo_button.setEnabled(True)
            self.restore_requested.emit(chosen)

    @Slot()
    def _purge(self) -> None:
        if chosen := self.rows.chosen():
            self.purge_requested.emit(chosen)

    @Slot()
    def _purge_all(self) -> None:
        if everything := self.rows.all():
            self.purge_requested.emit(everything)

    @Slot()
    def _undo(self) -> None:
        self._undo_button.setEnabled(False)
        self.undo_requested.emit()


class _Rows(QTreeView):
    """Title, date and when it was thrown away.

    Signals:
        purge_wanted: Delete was pressed.
    """

    purge_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="trashList")
        self.setAccessibleName(_("Trash"))
        self.setModel(QStandardItemModel(0, 3, self))
        make_plain(self)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)

    def show_articles(self, articles: Sequence[Article]) -> None:
        """Show these articles."""
        model, row = self.model(), self.currentIndex().row()
        assert isinstance(model, QStandardItemModel)
        chosen = set(self.chosen())
        model.clear()
        model.setHorizontalHeaderLabels([_("Title"), _("Date"), _("Deleted on")])
        for column in range(3):
            mode = QHeaderView.ResizeMode
            self.header().setSectionResizeMode(column, mode.ResizeToContents if column else mode.Stretch)
        for article in articles:
            model.appendRow(_items(article))
        for place, article in enumerate(articles):
            if article.id in chosen:
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().select(model.index(place, 0), flags.Select | flags.Rows)
        if articles and not self.chosen():
            self.setCurrentIndex(model.index(max(0, min(row, len(articles) - 1)), 0))

    def chosen(self) -> list[ArticleId]:
        """Return the articles that are selected, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(place, 0).data(_ID) for place in places]

    def all(self) -> list[ArticleId]:
        """Return every article in the list."""
        return [self.model().index(place, 0).data(_ID) for place in range(self.model().rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell when Delete is pressed."""
        if event.key() == Qt.Key.Key_Delete:
            self.purge_wanted.emit()
        else:
            super().keyPressEvent(event)


def _items(article: Article) -> list[QStandardItem]:
    thrown = format_date((article.trashed_at or "")[:10], short=True)
    words = (article.title, format_date(article.published, short=True), thrown)
    items = [QStandardItem(word) for word in words]
    items[0].setData(article.id, _ID)
    items[0].setSizeHint(QSize(0, ROW))
    items[0].setToolTip(article.title)
    return items
