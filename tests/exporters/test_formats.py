"""Every format: golden files, and what other programs' readers find in them.

After a deliberate change: `python tests/exporters/test_formats.py` writes the golden files anew.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.cli import export_command
from desktop.exporters import EXPORTERS, evidence, markdown
from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, ExportText, Totals, link
from desktop.model import (
    Amount,
    AnnotationId,
    Approx,
    ArticleId,
    Block,
    BlockKind,
    Inline,
    InlineKind,
    Mention,
    MentionKind,
)

EXPECTED = Path(__file__).resolve().parent.parent / "expected" / "exporters"
GOLDEN = {"html": "notes.html", "csv": "notes.csv", "jsonld": "notes.jsonld", "bibtex": "notes.bib",
          "ris": "notes.ris", "csl": "notes.csl.json"}  # fmt: skip
ARTICLE = ArticleId("7d9f2c1e-0000-4000-8000-000000000001")
TEXT = (
    "Kabinet kiest Oosterveen\n\nHet kabinet trekt 70 miljoen euro uit.\n\nDe rekening\n\n"
    "“Wij tellen mee”, zegt Ymke Brouwer.\n\nEen punt\n\nLees het rapport. <b>& meer</b>"
)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def note(number: int, words: str, **more: Any) -> ExportNote:
    name = AnnotationId(f"7d9f2c1e-0000-4000-8000-{number:012d}")
    start, end = place(words) if words in TEXT and words else (None, None)
    given = {"start": start, "end": end, "made_at": f"2025-11-0{number}T10:00:00.000+00:00"} | more
    return ExportNote(link(ARTICLE, name), words, id=name, **given)


def whole() -> ExportText:
    kinds = [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST_ITEM,
             BlockKind.PARAGRAPH]  # fmt: skip
    blocks = [
        Block(kind, *match.span(), 1 if kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0)
        for kind, match in zip(kinds, re.finditer(r"[^\n]+", TEXT), strict=True)
    ]
    inlines = (Inline(InlineKind.LINK, *place("het rapport"), "https://example.org/r?a=1&b=2"),
               Inline(InlineKind.EMPHASIS, *place("tellen mee")))  # fmt: skip
    mentions = (
        Mention(*place("Oosterveen"), "Oosterveen", MentionKind.PLACE, actor="Oosterveen"),
        Mention(*place("70 miljoen euro"), "70 miljoen euro", MentionKind.MONEY,
                amount=Amount(Decimal(70_000_000), unit="EUR")),
        Mention(*place("Ymke Brouwer"), "Ymke Brouwer", MentionKind.PERSON, actor="Ymke Brouwer"),
    )  # fmt: skip
    return ExportText(TEXT, tuple(blocks), inlines, mentions)


def document(*, with_text: bool = False) -> ExportDocument:
    amount = (("70 miljoen euro", Amount(Decimal(70_000_000), unit="EUR", approx=Approx.GE)),)
    notes = (
        note(2, "trekt 70 miljoen euro uit", note="Klopt dit? Zie **pagina 3**.\n\n- een\n- twee", colour=3,
             tags=("AI & energie", "2025"), actors=("Kabinet",), amounts=amount, prefix="Het kabinet ",
             suffix=".", changed_at="2025-11-03T10:00:00.000+00:00"),
        note(1, "Wij tellen mee", colour=2),
        note(3, "Wat er niet meer staat", note="=HYPERLINK(\"x\")", colour=5),
        note(4, "", note="Over het hele stuk \U0001f600."),
    )  # fmt: skip
    first = ExportArticle(
        "Kabinet kiest Oosterveen", link(ARTICLE), "2025-03-12", "De Noorderkoerier",
        "Ilse Wiersma en Bas Vos", "https://example.org/a_(b)?c=d&e=f", ("ai",), notes, ARTICLE, "nl",
        "ab" * 32, whole() if with_text else None,
    )  # fmt: skip
    second = ExportArticle(
        "50% & {meer}_$", "leeslamp://article/x", notes=(ExportNote("leeslamp://article/x?a=y"),)
    )
    return ExportDocument('Notities over "kosten"', (first, second), "2025-11-21", "kosten -oud")


def written(name: str, made: ExportDocument) -> bytes:
    file = io.BytesIO()
    EXPORTERS[name].write(made, file)
    return file.getvalue()


@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_files(name: str) -> None:
    assert written(name, document()).decode() == (EXPECTED / GOLDEN[name]).read_bytes().decode()


def test_the_golden_file_of_a_whole_article() -> None:
    assert markdown.render(document(with_text=True)) == (EXPECTED / "article.md").read_text("utf-8")


def test_the_command_line_knows_the_formats() -> None:
    assert tuple(EXPORTERS) == export_command.NOTE_FORMATS
    whole_ones = [name for name, exporter in EXPORTERS.items() if exporter.whole]
    assert [name for name in export_command.ARTICLE_FORMATS if name in whole_ones] == whole_ones
    assert all(exporter.suffix.startswith(".") for exporter in EXPORTERS.values())


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_document_gives_the_same_file_and_articles_may_come_one_by_one(name: str) -> None:
    made = document(with_text=True)
    articles = list(made.articles)

    class OneByOne:
        def __iter__(self) -> Any:
            return iter(articles)

    lazy = ExportDocument(made.title, OneByOne(), made.made_at, made.query, made.counted())
    if name not in ("pdf", "xlsx"):  # these hold the time they were made
        assert written(name, lazy) == written(name, made)
    assert written(name, lazy)
    empty = written(name, ExportDocument("Leeg", (), totals=Totals()))
    assert empty or name in ("bibtex", "ris")


# Read by others


def test_word_finds_styles_comments_and_tables() -> None:
    import docx

    read = docx.Document(io.BytesIO(written("docx", document(with_text=True))))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in read.paragraphs]
    assert ("Title", 'Notities over "kosten"') in styles
    assert ("Heading 1", "Kabinet kiest Oosterveen") in styles
    assert ("Heading 2", "De rekening") in styles
    assert ("List Bullet", "Een punt") in styles
    comments = [(comment.text, comment.author) for comment in read.comments]
    assert len(comments) == 2
    assert "Klopt dit? Zie pagina 3." in comments[0][0]
    assert "Tags: AI & energie, 2025" in comments[0][0]
    assert comments[1][0] == '=HYPERLINK("x")'
    body = read.element.xml
    assert re.findall(r'commentRangeStart w:id="(\d)"', body) == re.findall(
        r'commentRangeEnd w:id="(\d)"', body
    )
    assert 'w:fill="D3EFCF"' in body
    assert "leeslamp://article/7d9f2c1e-0000-4000-8000-000000000001?a=" in body
    cells = [[cell.text for cell in row.cells] for table in read.tables for row in table.rows]
    assert ["Ymke Brouwer", "person", "1"] in cells
    assert ["70 miljoen euro", "70,000,000 EUR", ""] in cells
    assert "Over het hele stuk \U0001f600." in "\n".join(text for _style, text in styles)


def test_a_pdf_has_text_bookmarks_and_links() -> None:
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(written("pdf", document(with_text=True))))
    text = "\n".join(page.extract_text() for page in read.pages)
    assert "Het kabinet trekt 70 miljoen euro uit2." in " ".join(text.split())  # the number of the note
    assert "Klopt dit? Zie pagina 3." in text
    assert "Over het hele stuk \U0001f600." in text
    assert [entry.title for entry in read.outline] == ["Kabinet kiest Oosterveen", "50% & {meer}_$"]
    links = {str(mark.get_object()["/A"]["/URI"]) for page in read.pages for mark in page.get("/Annots", ())}
    assert "https://example.org/r?a=1&b=2" in links
    assert f"leeslamp://article/{ARTICLE}?a={note(1, '').id}" in links
    assert read.metadata is not None
    assert read.metadata.title == 'Notities over "kosten"'


def test_a_workbook_has_notes_amounts_and_actors() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", document())))
    assert book.sheetnames == ["Notes", "Amounts", "Actors"]
    head, *rows = list(book["Amounts"].iter_rows(values_only=True))
    (row,) = (dict(zip(head, row, strict=True)) for row in rows)
    assert row["Value"] == 70_000_000
    assert row["Date"].isoformat()[:10] == "2025-03-12"
    assert row["Quote"] == "trekt 70 miljoen euro uit"
    notes = list(book["Notes"].iter_rows())
    assert all(cell.data_type != "f" for line in notes for cell in line)
    assert '=HYPERLINK("x")' in [cell.value for line in notes for cell in line]


def test_references_are_what_their_readers_expect() -> None:
    import bibtexparser

    first, second = bibtexparser.parse_string(written("bibtex", document()).decode()).entries
    assert (first.entry_type, first.key) == ("article", "wiersma2025kabinet")
    assert first["author"] == "Ilse Wiersma and Bas Vos"
    assert (first["year"], first["journal"]) == ("2025", "De Noorderkoerier")
    assert second["title"] == r"{50\% \& \{meer\}\_\$}"
    csl = json.loads(written("csl", document()))
    assert csl[0]["author"] == [{"family": "Wiersma", "given": "Ilse"}, {"family": "Vos", "given": "Bas"}]
    assert csl[0]["issued"] == {"date-parts": [[2025, 3, 12]]}
    ris = written("ris", document()).decode()
    assert ris.count("TY  - NEWS\r\n") == ris.count("ER  - \r\n") == 2
    assert "AU  - Wiersma, Ilse\r\nAU  - Vos, Bas\r\n" in ris
    assert "DA  - 2025/03/12/\r\n" in ris


class _Page(HTMLParser):
    """Collects tags, what is fetched or run, and whether all that opens is closed."""

    _SINGLE = {"meta", "br", "link", "img", "input", "hr"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.fetched: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._SINGLE:
            self.open.append(tag)
        for name, value in attrs:
            if name == "src" or name.startswith("on") or tag in ("script", "img", "link", "iframe"):
                self.fetched.append((tag, value))
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = _Page(written("html", document(with_text=True)).decode())
    assert page.open == []
    assert page.fetched == []
    assert "<b>& meer</b>" in page.text
    assert all(address.startswith(("#", "https:", "leeslamp:")) for address in page.links)


# Whatever a text holds

_NASTY = ["=cmd()", "]]>", "<script>", "\x00\x01\x1b", "שלום עולם", "مرحبا بالعالم 12", "👩‍👩‍👧‍👦",
          "e\u0301\u0323", "&amp;", "\ud800", "\u2028", "x" * 3000, "`", "\\", "漢字かな", "\ufffe",
          "{{ 7*7 }}", "%s", "\"'", "|", "\r\n", "\t", "-->", "<!--", "\u202e"]  # fmt: skip
_WORDS = st.lists(st.one_of(st.sampled_from(_NASTY), st.text(max_size=20)), max_size=5).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> ExportDocument:
    text = "T\n\n" + draw(_WORDS).replace("\n", " ").replace("\r", " ") + "x\n\n" + "y"
    end = text.index("\n\n", 3)
    start = draw(st.integers(3, end - 1))
    notes = tuple(
        ExportNote(f"leeslamp://article/a?a={n}", text[start:end] if n else "", draw(_WORDS),
                   (draw(_WORDS),), 1 + n, (draw(_WORDS),), (), start if n else None, end=end if n else None,
                   id=str(n))
        for n in range(2)
    )  # fmt: skip
    blocks = (Block(BlockKind.TITLE, 0, 1), Block(BlockKind.PARAGRAPH, 3, end),
              Block(BlockKind.PARAGRAPH, end + 2, len(text)))  # fmt: skip
    article = ExportArticle(draw(_WORDS), "leeslamp://article/a", "2025", draw(_WORDS), draw(_WORDS),
                            draw(st.sampled_from(["javascript:x", "https://e.org/?a=\"<>", ""])),
                            (draw(_WORDS),), notes, "a", "nl", "", ExportText(text, blocks))  # fmt: skip
    return ExportDocument(draw(_WORDS), (article,), "2025-01-01", draw(_WORDS))


@given(made=documents())
@settings(max_examples=15)
def test_nasty_text_gives_whole_files(made: ExportDocument) -> None:
    page = _Page(written("html", made).decode())
    assert (page.open, page.fetched) == ([], [])
    assert not [address for address in page.links if address.startswith("javascript")]
    with zipfile.ZipFile(io.BytesIO(written("docx", made))) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ET.fromstring(parts.read(name))
    for row in csv.reader(io.StringIO(written("csv", made).decode(), newline="")):
        assert len(row) == len(evidence.note_columns())
        assert not [cell for cell in row if cell.startswith(("=", "@"))]
    collection = json.loads(written("jsonld", made))
    assert collection["total"] == len(collection["first"]["items"]) == 2
    json.loads(written("csl", made))
    with zipfile.ZipFile(io.BytesIO(written("xlsx", made))) as parts:
        for name in parts.namelist():
            ET.fromstring(parts.read(name))
    written("markdown", made).decode()
    written("bibtex", made)
    written("ris", made)


@given(made=documents())
@settings(max_examples=6)
def test_nasty_text_can_be_printed(made: ExportDocument) -> None:
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(written("pdf", made)))
    assert len(read.pages) >= 1


if __name__ == "__main__":
    for name, file in GOLDEN.items():
        (EXPECTED / file).write_bytes(written(name, document()))
    (EXPECTED / "article.md").write_text(markdown.render(document(with_text=True)), encoding="utf-8")
