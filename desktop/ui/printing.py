"""Prints the article that is open, after showing how it is going to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.typefaces import ReadingStyle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.tasks.read import OpenedArticle

_MARGINS = QMarginsF(25, 20, 25, 20)  # millimetres
_FOOT = 30  # pixels of the screen between the text and the foot of the page
_SCREEN_DPI = 96.0  # of the layout; the painter scales it to the printer's


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
        printer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                _MARGINS,
                QPageLayout.Unit.Millimeter,
            )
        )
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setObjectName("printPreview")
        dialog.setWindowTitle(_("Print: {title}").format(title=opened.article.title))
        dialog.paintRequested.connect(lambda printer: print_article(opened, printer, self._settings))
        dialog.finished.connect(dialog.deleteLater)
        dialog.resize(self._window.size() * 0.9)
        dialog.open()


def print_article(opened: OpenedArticle, printer: QPrinter, settings: Settings) -> int:
    """Print an article with its highlights and notes, in the reader's style; return the number of pages.

    The pages are laid out as on a screen and scaled up: Qt's own printing of documents scales some measures
    and forgets others.
    """
    from desktop.ui.printed_article import printed

    document = printed(opened, ReadingStyle.of(settings))
    scale = printer.logicalDpiX() / _SCREEN_DPI
    paper = printer.pageLayout().paintRectPixels(printer.resolution())
    width, height = paper.width() / scale, paper.height() / scale - _FOOT
    document.setPageSize(QSizeF(width, height))
    pages = document.pageCount()
    font = QFont(document.defaultFont())
    font.setPixelSize(12)  # of the screen, as all that is scaled
    painter = QPainter(printer)
    painter.scale(scale, scale)
    for page in range(pages):
        if page:
            printer.newPage()
        painter.save()
        painter.translate(0, -page * height)
        document.drawContents(painter, QRectF(0, page * height, width, height))
        painter.restore()
        painter.setFont(font)
        foot = QRectF(0, height, width, _FOOT)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(page + 1))
    painter.end()
    return pages
