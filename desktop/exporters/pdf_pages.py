"""Pages of a PDF that fill up while what is on them is still being made."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from desktop.exporters.pdf_fonts import TEXT


class Heading(Paragraph):  # type: ignore[misc]
    """A heading that the reader finds among the bookmarks; one without a title does not stand there."""

    def __init__(self, markup: str, style: ParagraphStyle, title: str, key: str, level: int) -> None:
        super().__init__(markup, style)
        self._entry = (title, key, level)

    def draw(self) -> None:
        """Draw it, and set the bookmark."""
        title, key, level = self._entry
        if title:
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title[:200], key, level, closed=1)
            self._entry = ("", key, level)
        super().draw()


class Pages(BaseDocTemplate):  # type: ignore[misc]
    """A document that is given its parts one after another."""

    def __init__(
        self, file: BinaryIO, title: str, size: tuple[float, float], margin: float, colour: str
    ) -> None:
        self._colour, self._margin = colour, margin
        super().__init__(
            file, pagesize=size, title=title, author="Leeslamp", creator="Leeslamp", pageCompression=1
        )
        frame = Frame(
            margin, margin, size[0] - 2 * margin, size[1] - 2 * margin,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._number)])
        self._startBuild(None, Canvas)
        self.canv._doctemplate = self
        self._waiting: list[Flowable] = []

    def _number(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(TEXT, 8.5)
        canvas.setFillColor(self._colour)
        canvas.drawCentredString(canvas._pagesize[0] / 2, self._margin / 2, str(canvas.getPageNumber()))
        canvas.restoreState()

    def add(self, parts: list[Flowable]) -> None:
        """Lay out some parts; a heading at their end waits for what comes below it."""
        self._waiting += parts
        if not self._waiting or self._waiting[-1].getKeepWithNext():
            return
        self._lay_out()

    def _lay_out(self) -> None:
        while self._waiting:
            self.clean_hanging()
            self.handle_flowable(self._waiting)

    def finish(self) -> None:
        """Lay out the rest and write the file."""
        self._lay_out()
        del self.canv._doctemplate
        self._endBuild()
