"""Reading pictures of pages with Tesseract, where that program is installed."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.errors import Problem
from desktop.importers.limits import OCR_PAGE_SECONDS, OCR_PAGES
from desktop.importers.pdf_layout import Line
from desktop.workers import find_program, program_output

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_LANGUAGES = ("nld", "eng", "fra", "deu")
_DOTS_PER_INCH = 300
_MOST_DOTS = 40_000_000  #: of one page; larger pages are drawn coarser
_POINTS_PER_INCH = 72
_TYPE_SIZE = 1.0  #: less than any: what was recognised makes no headings


def read_scans(document: pdfium.PdfDocument, numbers: list[int]) -> tuple[dict[int, list[Line]], list[int]]:
    """Return the lines that stand on these pages (numbered from 1), and the pages that could not be read."""
    program = find_program("tesseract") if numbers else None
    if program is None:
        return {}, numbers
    languages = _installed(program)
    read: dict[int, list[Line]] = {}
    unread = numbers[OCR_PAGES:]
    for number in numbers[:OCR_PAGES]:
        try:
            text = _recognised(document, number, program, languages)
        except (Problem, OSError):
            unread.append(number)
            continue
        if lines := _lines(text, number - 1):
            read[number] = lines
    return read, sorted(unread)


def _installed(program: str) -> str:
    try:
        said = program_output([program, "--list-langs"], b"", OCR_PAGE_SECONDS).decode("utf-8", "replace")
    except Problem:
        return "eng"
    there = set(said.split())
    return "+".join(name for name in _LANGUAGES if name in there) or "eng"


def _recognised(document: pdfium.PdfDocument, number: int, program: str, languages: str) -> str:
    with closing(document[number - 1]) as page:
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        dots = page.get_width() * page.get_height() * scale * scale
        if dots > _MOST_DOTS:
            scale *= (_MOST_DOTS / dots) ** 0.5
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            rows, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
            pixels = b"".join(rows[top : top + width] for top in range(0, stride * bitmap.height, stride))
            picture = b"P5 %d %d 255\n" % (width, bitmap.height) + pixels
        finally:
            bitmap.close()
    command = [program, "stdin", "stdout", "-l", languages, "--dpi", str(_DOTS_PER_INCH), "--psm", "3"]
    return program_output(command, picture, OCR_PAGE_SECONDS).decode("utf-8", "replace")


def _lines(text: str, page: int) -> list[Line]:
    """Return the recognised lines as if they stood in one column; an empty line is a wide gap."""
    lines = []
    bottom = 0.0
    widest = max((len(line) for line in text.splitlines()), default=1)
    for line in text.splitlines():
        bottom -= 1.2 * _TYPE_SIZE
        if stripped := re.sub(r"[\x0c|]", " ", line).strip():
            wide = float(len(line))
            lines.append(
                Line(stripped, 0.0, wide, bottom, bottom, _TYPE_SIZE, page=page, right_edge=float(widest))
            )
    return lines
