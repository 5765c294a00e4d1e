"""Prints the article that is open, after showing how it is going to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.settings import Settings
from desktop.ui.typefaces import ReadingStyle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.tasks.read import OpenedArticle

_MARGINS = QMarginsF(25, 20, 25, 20)  # millimetres
_FOOT, _NUMBER = 30, 12  # pixels of the screen: under the text, and the height of a page's number
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
        self._printer: QPrinter | None = None  # the preview needs it and does not keep it

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
        self._printer = printer
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setObjectName("printPreview")
        dialog.setWindowTitle(_("Print: {title}").format(title=opened.article.title))
        dialog.paintRequested.connect(lambda asked: print_article(opened, asked, self._settings))
        dialog.finished.connect(dialog.deleteLater)
        dialog.resize(self._window.size() * 0.9)
        dialog.open()


class Pages:
    """The pages of an article in pixels of the screen, which whoever paints scales to the paper.

    Qt's own printing of documents scales some measures and forgets others, and writes in the ink of the
    window's theme.
    """

    def __init__(self, opened: OpenedArticle, style: ReadingStyle, size: QSizeF) -> None:
        from desktop.ui.printed_article import printed

        self._document = printed(opened, style)
        self._size = QSizeF(size.width(), size.height() - _FOOT)
        self._document.setPageSize(self._size)
        self._font = QFont(self._document.defaultFont())
        self._font.setPixelSize(_NUMBER)
        self._palette = QPalette()
        self._palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)

    def __len__(self) -> int:
        return self._document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page, counted from 0, with its number at the foot."""
        width, height = self._size.width(), self._size.height()
        context = self._document.documentLayout().PaintContext()
        context.palette = self._palette
        context.clip = QRectF(0, page * height, width, height)
        # Black is what a painter has already: the preview would not note it and use the window's ink.
        painter.setPen(Qt.GlobalColor.white)
        painter.setPen(Qt.GlobalColor.black)
        painter.save()
        painter.translate(0, -page * height)
        painter.setClipRect(context.clip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        painter.setFont(self._font)
        foot = QRectF(0, height, width, _FOOT)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, str(page + 1))


def print_article(opened: OpenedArticle, printer: QPrinter, settings: Settings) -> int:
    """Print an article with its highlights and notes, in the reader's style; return the number of pages."""
    scale = printer.logicalDpiX() / _SCREEN_DPI
    paper = printer.pageLayout().paintRectPixels(printer.resolution())
    pages = Pages(opened, ReadingStyle.of(settings), QSizeF(paper.size()) / scale)
    painter = QPainter(printer)
    painter.scale(scale, scale)
    for page in range(len(pages)):
        if page:
            printer.newPage()
        pages.paint(painter, page)
    painter.end()
    return len(pages)
