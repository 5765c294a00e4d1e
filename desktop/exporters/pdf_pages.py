"""Pages of a PDF that fill up while what is on them is still being made.

What belongs to a page that is full lies in a temporary file until the end, so that very many pages fit.
"""

from __future__ import annotations

import tempfile
import threading
from functools import partial
from typing import IO, Any, BinaryIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from desktop.exporters.pdf_fonts import TEXT

_WRITING = threading.Lock()  # ReportLab's document takes the class of its file from the module


class Heading(Paragraph):  # type: ignore[misc]
    """A heading that the reader finds among the bookmarks; one without a title does not stand there."""

    def __init__(self, text: str, style: ParagraphStyle, *rest: Any, **named: Any) -> None:
        super().__init__(text, style, *rest, **named)
        self._entry: tuple[str, str, int] | None = None

    def as_bookmark(self, title: str, key: str, level: int) -> Heading:
        """Let it stand among the bookmarks; return it."""
        self._entry = (title, key, level)
        return self

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the parts of one that does not fit on the page; the first is the bookmark."""
        parts: list[Flowable] = super().split(width, height)
        if parts and isinstance(parts[0], Heading):
            parts[0]._entry, self._entry = self._entry, None
        return parts

    def draw(self) -> None:
        """Draw it, and set the bookmark."""
        if self._entry is not None:
            title, key, level = self._entry
            self._entry = None
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title[:200], key, level, closed=1)
        super().draw()


class _Stored(pdfdoc.PDFObject):  # type: ignore[misc]
    """A part of the file that is finished."""

    __slots__ = ("_file", "_length", "_place")  # there may be very many

    def __init__(self, file: IO[bytes], data: bytes) -> None:
        self._file, self._place, self._length = file, file.seek(0, 2), len(data)
        file.write(data)

    def format(self, _document: Any) -> bytes:
        """Return it."""
        self._file.seek(self._place)
        return self._file.read(self._length)


class _Straight(pdfdoc.PDFFile):  # type: ignore[misc]
    """Writes the finished parts into the file at once; ReportLab's own keeps and joins all of them."""

    def __init__(self, file: BinaryIO, version: tuple[int, int]) -> None:
        super().__init__(version)
        file.write(b"".join(self.strings))
        self.strings: list[bytes] = []
        self.write = file.write

    def format(self, _document: Any) -> bytes:
        """Return what is still to be written: nothing."""
        return b""


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
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._number, onPageEnd=self._store)])
        self._stored, self._seen = tempfile.TemporaryFile(), 0  # noqa: SIM115 (open until the end)
        self._startBuild(None, Canvas)
        self.canv._doctemplate = self
        self._waiting: list[Flowable] = []

    def _number(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(TEXT, 8.5)
        canvas.setFillColor(self._colour)
        canvas.drawCentredString(canvas._pagesize[0] / 2, self._margin / 2, str(canvas.getPageNumber()))
        canvas.restoreState()

    def _store(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        """Put what the pages before this one drew into the temporary file."""
        document = canvas._doc
        while self._seen + 1 in document.numberToId:
            self._seen += 1
            name = document.numberToId[self._seen]
            part = document.idToObject.get(name)
            if isinstance(part, pdfdoc.PDFPage) and part.stream:
                drawn = pdfdoc.PDFStream(content=part.stream, filters=[pdfdoc.PDFZCompress])
                part.Contents, part.stream = self._stored_part(drawn, document), None
            elif isinstance(part, pdfdoc.PDFDictionary) and part.dict.get("Subtype") == "/Link":
                document.idToObject[name] = self._stored_part(part, document)

    def _stored_part(self, part: Any, document: Any) -> _Stored:
        return _Stored(self._stored, pdfdoc.format(part, document, toplevel=1))

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
        try:
            self._lay_out()
            del self.canv._doctemplate
            self._write()
        finally:
            self.close()

    def _write(self) -> None:
        with _WRITING:
            before = pdfdoc.PDFFile
            pdfdoc.PDFFile = partial(_Straight, self.filename)
            try:
                self._endBuild()
            finally:
                pdfdoc.PDFFile = before

    def close(self) -> None:
        """Let go of what lies in the temporary file."""
        self._stored.close()
