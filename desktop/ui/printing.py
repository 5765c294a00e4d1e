"""Prints the article that is open, after showing how it is going to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.typefaces import ReadingStyle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.tasks.read import OpenedArticle


class Printing(QObject):
    """Opens the preview, from which is printed."""

    def __init__(
        self, window: QWidget, settings: Settings, current: Callable[[], OpenedArticle | None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._current = current

    @Slot()
    def show_preview(self) -> None:
        """Show the pages of the article that is open."""
        opened = self._current()
        if opened is None:
            return
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(opened.article.title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setObjectName("printPreview")
        dialog.setWindowTitle(_("Print: {title}").format(title=opened.article.title))
        dialog.paintRequested.connect(lambda printer: print_article(opened, printer, self._settings))
        dialog.finished.connect(dialog.deleteLater)
        dialog.resize(self._window.size() * 0.9)
        dialog.open()


def print_article(opened: OpenedArticle, printer: QPrinter, settings: Settings) -> None:
    """Print an article with its highlights and notes; the text's size on paper is the reader's choice."""
    from desktop.ui.printed_article import printed

    document = printed(opened, ReadingStyle.of(settings))
    document.print_(printer)
