"""The trash: which articles are in it, putting them back, removing them for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_date
from desktop.model import Article, ArticleId
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.theme import Theme

_SIZE = (720, 480)  # pixels, at first
_ROW = 28  # pixels
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
        empty = EmptyState(theme)
        empty.explain(Emptiness(_("The trash is empty"), (_("What you delete can be put back from here."),)))
        frame = QFrame(objectName="trashFrame")
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._pages = QStackedLayout(frame)
        self._pages.setContentsMargins(1, 1, 1, 1)
        for page in (QWidget(), self.rows, empty):  # nothing is said before the list has been read
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(frame, 1)
        layout.addWidget(self._make_buttons())
        self.rows.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_selection()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        self._restore_button = QPushButton(_("&Restore"), objectName="restoreFromTrash")
        self._purge_button = QPushButton(_("&Delete permanently"), objectName="purgeFromTrash")
        self._empty_button = QPushButton(_("&Empty trash"), objectName="emptyTrash")
        self._undo_button = QPushButton(_("&Undo"), objectName="undoRestore", enabled=False)
        does = (self._restore, self._purge, self._purge_all, self._undo)
        made = (self._restore_button, self._purge_button, self._empty_button, self._undo_button)
        for button, work in zip(made, does, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, work=work: work())
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return buttons

    @Slot(object)
    def show_articles(self, articles: Sequence[Article]) -> None:
        """Show these articles; what was chosen stays so, or else a neighbour is."""
        self.rows.show_articles(articles)
        is_first = self._pages.currentIndex() == 0
        self._pages.setCurrentIndex(1 if articles else 2)
        if is_first:
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
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)

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
    items[0].setSizeHint(QSize(0, _ROW))
    items[0].setToolTip(article.title)
    return items
