"""PDF: text in reading order; scanned pages by Tesseract where it is installed, else reported as scanned."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import Problem, ProblemKind
from desktop.importers import ocr
from desktop.importers.base import (
    Articles,
    Details,
    Importer,
    Piece,
    lay_out,
    path_text,
    printable,
    read_bytes,
)
from desktop.importers.bylines import without_bylines
from desktop.importers.dates import day_in
from desktop.importers.limits import DETAIL_CHARACTERS, PAGE_CHARACTERS, PAGES
from desktop.importers.pdf_layout import Char, Line, in_reading_order, parts_of
from desktop.importers.pdf_text import script_of, without_margins
from desktop.importers.writer import one_line

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_FEW = 25  #: characters; a page with fewer, and with a picture, is a scan
_DARK_WEIGHT = 600  #: of a font; from here on it is bold
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|document\d*$|naamloos|print"
    r"|.{0,80}\.(?:docx?|odt|indd|pdf)$)",
    re.IGNORECASE,
)
_DATE_LINES = 12  #: so many pieces at the start may hold the date


def read_pdf(path: Path) -> Articles:
    """Return the article of a PDF; pages that could not be read are problems of their own."""
    import pypdfium2 as pdfium

    name = path_text(path)
    data = read_bytes(path)
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            return _article(document, path, name)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Problem(ProblemKind.ENCRYPTED, name) from error
        raise Problem(ProblemKind.DAMAGED, name, _reason(error)) from error


def _reason(error: Exception) -> str:
    found = re.search(r"PDFium: ([^)]*)", str(error))
    return (found[1] if found else str(error))[:120]


def _article(document: pdfium.PdfDocument, path: Path, name: str) -> Articles:
    if len(document) > PAGES:
        raise Problem(ProblemKind.TOO_LARGE, name, f"{PAGES} pages")
    pages: list[list[Line]] = []
    scans: list[int] = []
    broken: list[int] = []
    for number in range(len(document)):
        lines, is_scan = _page(document, number)
        if lines is None:
            broken.append(number + 1)
        if is_scan:
            scans.append(number + 1)
        pages.append(lines or [])
    read, unread = ocr.read_scans(document, scans)
    ordered = [in_reading_order(page, number) for number, page in enumerate(without_margins(pages))]
    script = script_of([read.get(number, lines) for number, lines in enumerate(ordered, start=1)])
    pieces = script.pieces
    problems = []
    if unread:
        problems.append(Problem(ProblemKind.SCANNED, name, _ranges(unread)))
    if broken:
        problems.append(Problem(ProblemKind.DAMAGED, name, "p. " + _ranges(broken)))
    about = _details(document, pieces)
    title = _title(document, script.title, pieces)
    if not pieces and not title:
        raise problems[0] if problems else Problem(ProblemKind.EMPTY, name)
    if not title:
        title = one_line(printable(path.stem)) or pieces[0].text[:80]
    pieces = without_bylines(pieces, title, about)
    return Articles([lay_out(Piece(title), pieces, path=path, details=about)], problems)


def _page(document: pdfium.PdfDocument, number: int) -> tuple[list[Line] | None, bool]:
    """Return the parts of lines on a page (None = it cannot be read), and whether it is a scan."""
    import pypdfium2 as pdfium

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            chars = list(_chars(text))
            visible = sum(not char.text.isspace() for char in chars)
            is_scan = visible < _FEW and any(
                page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            )
            return ([] if is_scan else parts_of(chars)), is_scan
    except pdfium.PdfiumError:
        return None, False


def _chars(text: Any) -> Iterator[Char]:
    """Yield the characters of a page with their places, in the order of the file."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for place in range(min(text.count_chars(), PAGE_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(text, place, ctypes.byref(origin_x), ctypes.byref(origin_y))
        size = raw.FPDFText_GetFontSize(text, place)
        if raw.FPDFText_GetMatrix(text, place, ctypes.byref(matrix)):
            if abs(matrix.b) > abs(matrix.a):
                continue  # text that stands on its side belongs to pictures and margins
            size *= abs(matrix.d) or 1.0
        if raw.FPDFText_IsGenerated(text, place) == 1:
            continue  # spaces that pdfium guesses; the gaps say it too
        yield Char(
            chr(code),
            box.left,
            max(box.left, box.right),
            origin_y.value,
            origin_y.value + 0.75 * size,
            max(1.0, size),
            raw.FPDFText_GetFontWeight(text, place) >= _DARK_WEIGHT,
        )


def _title(document: pdfium.PdfDocument, seen: str | None, pieces: list[Piece]) -> str | None:
    said = one_line(document.get_metadata_value("Title"))[:DETAIL_CHARACTERS]
    if seen is not None:
        return seen
    if said and not _NO_TITLE.match(said):
        return said
    if pieces and len(pieces[0].text) <= 150 and not pieces[0].text.endswith((".", ",", ";", ":")):
        return pieces[0].text
    return None


def _details(document: pdfium.PdfDocument, pieces: list[Piece]) -> Details:
    """Return author and date. When the file was made says nothing of when the article came out."""
    author = one_line(document.get_metadata_value("Author"))[:DETAIL_CHARACTERS]
    day = next(
        (day for piece in pieces[:_DATE_LINES] if len(piece.text) < 100 and (day := day_in(piece.text))), None
    )
    return Details(published=day, author=author or None)


def _ranges(numbers: list[int]) -> str:
    """Return "3, 5-7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


PDF = Importer("pdf", (".pdf",), read_pdf, foreign=True, many=True)
