"""A small file of each format that is read, made on the spot: what the self-test reads back.

Each holds `SENTENCE`. What is easily written by hand is, the rest by the libraries that write exports.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

SENTENCE: Final = "The lamp over the table burns until the last page is read."
_TITLE: Final = "A lamp for readers"
_BODY: Final = (
    f"{SENTENCE} Nobody in the village knows who lights it, and nobody has ever asked. Every evening at eight"
    " somebody opens the door of the reading room, turns the switch and goes home again without a word."
)
_PAGE: Final = (
    f'<html lang="en"><head><title>{_TITLE}</title></head><body><article><h1>{_TITLE}</h1>'
    + f"<p>{_BODY}</p>" * 2
    + "</article></body></html>"
)
_ODT: Final = "application/vnd.oasis.opendocument.text"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns"
_XHTML: Final = _PAGE.replace("<html ", '<html xmlns="http://www.w3.org/1999/xhtml" ')


def write_samples(folder: Path) -> dict[str, Path]:
    """Write the files into a folder; return each by the name of its importer."""
    made = {name: folder / f"sample.{_SUFFIXES[name]}" for name in _WRITERS}
    for name, path in made.items():
        _WRITERS[name](path)
    return made


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def _package(files: Mapping[str, str]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as package:
            for name, content in files.items():
                package.writestr(name, content)

    return write


def _pdf(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.setTitle(_TITLE)
    canvas.drawString(72, 760, SENTENCE)
    canvas.save()


def _docx(path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(_TITLE, level=1)
    document.add_paragraph(_BODY)
    document.save(str(path))


def _table(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("title", "text"))
        sheet.write_row(1, 0, (_TITLE, _BODY))


_SUFFIXES: Final = {
    "plain_text": "txt",
    "markdown": "md",
    "web_page": "html",
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "epub": "epub",
    "mail": "eml",
    "table": "xlsx",
    "archive": "zip",
}
_WRITERS: Final[dict[str, Callable[[Path], object]]] = {
    "plain_text": _text(f"{_TITLE}\n\n{_BODY}\n"),
    "markdown": _text(f"# {_TITLE}\n\n{_BODY}\n"),
    "web_page": _text(_PAGE),
    "pdf": _pdf,
    "docx": _docx,
    "odt": _package(
        {
            "mimetype": _ODT,
            "META-INF/manifest.xml": f'<manifest xmlns="{_OFFICE}:manifest:1.0"/>',
            "content.xml": f'<o:document-content xmlns:o="{_OFFICE}:office:1.0" xmlns:t="{_OFFICE}:text:1.0">'
            f"<o:body><o:text><t:h>{_TITLE}</t:h><t:p>{_BODY}</t:p></o:text></o:body></o:document-content>",
        }
    ),
    "rtf": _text(rf"{{\rtf1\ansi {_TITLE}\par {_BODY}\par}}"),
    "epub": _package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
            "book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
            '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>',
            "one.xhtml": _XHTML,
        }
    ),
    "mail": _text(
        "From: reader@example.org\nTo: writer@example.org\nDate: Mon, 6 Jan 2025 09:00:00 +0100\n"
        f"Subject: {_TITLE}\n\n{_BODY}\n"
    ),
    "table": _table,
    "archive": _package({"sample.txt": f"{_TITLE}\n\n{_BODY}\n"}),
}
