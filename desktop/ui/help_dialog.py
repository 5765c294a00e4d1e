"""The help: pages at the left, which can be searched, and the one that is read at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.ui import help_pages
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.help_pages import Page

_PAGE = Qt.ItemDataRole.UserRole + 1
_LINK = "page:"


class HelpDialog(QDialog):
    """Shows one page at a time; F1 in a view opens the page about it."""

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(_("Help"))
        room = parent.window().size() if parent else None
        self.resize(min(920, room.width()) if room else 920, min(680, room.height()) if room else 680)
        self._pages = list(pages)
        self.field = QLineEdit(objectName="helpField", clearButtonEnabled=True)
        self.field.setPlaceholderText(_("Search the help"))
        self.field.setAccessibleName(_("Search the help"))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget(objectName="helpPages")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(3)
        self.list.currentItemChanged.connect(self._on_page)
        self.page = QTextBrowser(openExternalLinks=False, openLinks=False, objectName="helpPage")
        self.page.setAccessibleName(_("Page"))
        self.page.document().setDocumentMargin(18)
        self.page.anchorClicked.connect(self._follow)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        split.addWidget(side)
        split.addWidget(self.page)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 660])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.addWidget(closing_buttons(self))
        layout.addLayout(foot)
        self._fill("")

    def show_page(self, name: str) -> None:
        """Show a page; one that there is not is the first one."""
        if self.field.text():
            self.field.clear()
        rows = [row for row in range(self.list.count()) if self._page_at(row).name == name]
        self.list.setCurrentRow(rows[0] if rows else 0)

    def _page_at(self, row: int) -> Page:
        page: Page = self.list.item(row).data(_PAGE)
        return page

    @property
    def shown(self) -> str:
        """Return the name of the page that is shown; "" = none fits what was typed."""
        item = self.list.currentItem()
        return item.data(_PAGE).name if item is not None else ""

    @Slot(str)
    def _fill(self, words: str) -> None:
        """List the pages that have these words; without words all of them."""
        before = self.shown
        self.list.clear()
        if words.strip():
            for one in help_pages.find(self._pages, words):
                self._add(one.page, f"{one.page.title}\n{one.place}")
        else:
            for page in self._pages:
                self._add(page, page.title)
        if not self.list.count():
            self.page.setPlainText(_("No page has these words."))
            return
        rows = [row for row in range(self.list.count()) if self._page_at(row).name == before]
        self.list.setCurrentRow(rows[0] if rows and not words.strip() else 0)

    def _add(self, page: Page, words: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setData(_PAGE, page)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words.replace("\n", ": "))

    @Slot(QListWidgetItem)
    def _on_page(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page: Page = item.data(_PAGE)
        self.page.document().setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if words := self.field.text().split():
            self.page.find(words[0])

    @Slot(QUrl)
    def _follow(self, address: QUrl) -> None:
        if address.toString().startswith(_LINK):
            self.show_page(address.toString().removeprefix(_LINK))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the pages from the field with the arrows."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None and self.list.count():
                row = min(max(self.list.currentRow() + by, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.page.setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the search field with Ctrl+F."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.field.setFocus()
            self.field.selectAll()
        else:
            super().keyPressEvent(event)


def help_dialog(load: Callable[[], Sequence[Page]], page: str, parent: QWidget | None) -> HelpDialog:
    """Return the help, open at a page."""
    dialog = HelpDialog(load(), parent)
    dialog.show_page(page)
    dialog.field.setFocus()
    return dialog
