"""A printed report as PDF: real text in embedded fonts, bookmarks, highlights, links that work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, printable, safe_address
from desktop.exporters.marked_text import (
    Piece,
    actor_cells,
    actor_heads,
    actors_of,
    amounts_of,
    body_blocks,
    facts_of,
    pieces,
)
from desktop.exporters.note_markup import NoteBlock, Run, note_blocks
from desktop.exporters.pdf_fonts import BOLD, ITALIC, TEXT, font, runs
from desktop.i18n import _, format_amount, format_date, n_
from desktop.model import Block, BlockKind

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_MARGIN, _WIDTH, _HEIGHT = 68, 595.28, 841.89  # points; A4
_COLUMN = _WIDTH - 2 * _MARGIN
_COLOURS = {1: "#fdeb9c", 2: "#cfe4fb", 3: "#d3efcf", 4: "#fbd5e2", 5: "#e3d8f8"}
_INK, _DIM, _LINE, _LINK = "#22242a", "#5f6470", "#dcd9d0", "#1a56b0"
_CELL = 500  # characters in a cell of a table: it has to fit on a page
_ROWS = 40  # rows laid out at once
_PART = 20_000  # characters laid out as one paragraph


def write(document: ExportDocument, file: BinaryIO) -> None:
    """Write the report; each article is laid out before the next one is asked for."""
    from desktop.exporters.pdf_pages import Pages

    for name in (TEXT, BOLD, ITALIC):
        font(name)
    pages = Pages(file, printable(document.title), (_WIDTH, _HEIGHT), _MARGIN, _DIM)
    try:
        for parts in _Layout().parts(document):
            pages.add(parts)
        pages.finish()
    finally:
        pages.close()


# Words


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look. ground: colour behind them."""

    font: str = TEXT
    ground: str = ""
    target: str = ""


def _words(text: str, look: _Look) -> str:
    """Return text as the layout's own markup."""
    made = []
    for name, words in runs(text, look.font):
        inner = escape(words).replace("\n", "<br/>")
        ground = f' backColor="{look.ground}"' if look.ground else ""
        made.append(f'<font name="{name}"{ground}>{inner}</font>' if name != TEXT or ground else inner)
    inner = "".join(made)
    safe = safe_address(look.target)
    return f'<a href="{escape(safe)}" color="{_LINK}">{inner}</a>' if safe and inner else inner


def _plain(text: str) -> str:
    return _words(text, _Look())


def _run(run: Run, *, bold: bool = False) -> str:
    name = BOLD if run.bold or bold else ITALIC if run.italic else TEXT
    return _words(run.text, _Look(name, "#f0efea" if run.code else "", run.target))


class _Layout:
    """Makes what is to be laid out, article by article."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle

        base = ParagraphStyle(
            "text", fontName=TEXT, fontSize=10.5, leading=15.5, textColor=_INK, spaceAfter=6, splitLongWords=1
        )
        make = ParagraphStyle
        small = make("small", base, fontSize=8.5, leading=12, textColor=_DIM, spaceAfter=6)
        self._styles = {
            "text": base,
            "title": make("title", base, fontName=BOLD, fontSize=21, leading=26, spaceAfter=6),
            "h1": make("h1", base, fontName=BOLD, fontSize=15, leading=20, spaceBefore=22, spaceAfter=3,
                       keepWithNext=1),
            "h2": make("h2", base, fontName=BOLD, fontSize=12, leading=16, spaceBefore=12, spaceAfter=3,
                       keepWithNext=1),
            "h3": make("h3", base, fontName=BOLD, spaceBefore=8, spaceAfter=2, keepWithNext=1),
            "small": small,
            "facts": make("facts", small, leftIndent=12, spaceAfter=12),
            "quote": make("quote", base, leftIndent=12, spaceBefore=4, spaceAfter=3),
            "note": make("note", base, fontSize=9.5, leading=14, leftIndent=12, spaceAfter=3),
            "item": make("item", base, leftIndent=16, spaceAfter=3),
            "cell": make("cell", base, fontSize=8.5, leading=11.5, spaceAfter=0),
            "head": make("head", base, fontName=BOLD, fontSize=8.5, leading=11.5, spaceAfter=0),
        }  # fmt: skip

    def parts(self, document: ExportDocument) -> Iterator[list[Flowable]]:
        """Yield what is to be laid out, in stretches."""
        from desktop.exporters.pdf_pages import Heading

        totals = document.counted()
        known = [
            format_date(document.made_at),
            n_("{n} article", "{n} articles", totals.articles),
            n_("{n} note", "{n} notes", totals.notes),
            _("Search: {query}").format(query=document.query) if document.query else "",
        ]
        title = Heading(_words(document.title, _Look(BOLD)), self._styles["title"])
        yield [title, *self._paragraphs(_plain(" · ".join(filter(None, known))), "small")]
        for number, article in enumerate(document.articles, 1):
            yield from self._article(article, number)

    def _paragraphs(self, markup: str, style: str, **changes: Any) -> list[Flowable]:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        look = self._styles[style]
        if changes:
            look = ParagraphStyle(style, look, **changes)
        return [Paragraph(markup, look)] if markup.strip() else []

    def _article(self, article: ExportArticle, number: int) -> Iterator[list[Flowable]]:
        from desktop.exporters.pdf_pages import Heading

        title = " ".join(printable(article.title).split()) or "–"
        heading = Heading(_words(title, _Look(BOLD)), self._styles["h1"]).as_bookmark(title, f"a{number}", 0)
        made: list[Flowable] = [heading, *self._paragraphs(_about(article), "small")]
        if article.tags:
            words = _plain(_("Tags: {tags}").format(tags=", ".join(article.tags)))
            made += self._paragraphs(words, "small")
        notes = article.in_reading_order()
        if article.whole is not None:
            made += self._text(article, notes)
            if notes:
                made += self._paragraphs(_words(_("Notes"), _Look(BOLD)), "h2")
        yield made
        for place, note in enumerate(notes, 1):
            yield self._note(note, place if article.whole is not None else None)
        yield from self._tables(article)

    # The text

    def _text(self, article: ExportArticle, notes: Sequence[ExportNote]) -> list[Flowable]:
        assert article.whole is not None
        made: list[Flowable] = []
        for block in body_blocks(article.whole):
            style = _style_of(block)
            bold = style in ("h2", "h3")
            markup = "• " if block.kind is BlockKind.LIST_ITEM else ""
            for piece in pieces(article.whole, block, notes, mentions=False):
                markup += _piece(piece, notes, bold=bold)
                if len(markup) > _PART and not bold:
                    made += self._paragraphs(markup, style)
                    markup = ""
            made += self._paragraphs(markup, style)
        return made

    # Notes

    def _note(self, note: ExportNote, place: int | None) -> list[Flowable]:
        made: list[Flowable] = []
        if note.quote:
            number = f"{place}. " if place else ""
            quote = note.quote.strip()
            look = _Look(ground=_COLOURS.get(note.colour, _COLOURS[1]))
            for start in range(0, len(quote), _PART):
                words = _plain(number if not start else "") + _words(quote[start : start + _PART], look)
                made += self._paragraphs(words, "quote")
        for block in note_blocks(note.note):
            made += self._note_block(block)
        return [*made, *self._paragraphs(_facts(note), "facts")]

    def _note_block(self, block: NoteBlock) -> list[Flowable]:
        markup = _plain(f"{block.mark} ") if block.mark else ""
        made: list[Flowable] = []
        for run in block.runs:
            for start in range(0, len(run.text) or 1, _PART):
                part = Run(run.text[start : start + _PART], run.bold, run.italic, run.code, run.target)
                markup += _run(part, bold=block.kind == "heading")
                if len(markup) > _PART:
                    made += self._paragraphs(markup, "note")
                    markup = ""
        return made + self._paragraphs(markup, "note", leftIndent=12 + 14 * min(block.level, 8))

    # Tables

    def _tables(self, article: ExportArticle) -> Iterator[list[Flowable]]:
        if actors := actors_of(article):
            shares = (0.8, 0.2) if article.whole is None else (0.6, 0.22, 0.18)
            rows = actor_cells(article, actors)
            yield from self._table(_("Actors"), actor_heads(article), shares, rows)
        if amounts := amounts_of(article):
            cells = ((written, format_amount(amount), sentence) for written, amount, sentence in amounts)
            heads = (_("As written"), _("Value"), _("Passage"))
            yield from self._table(_("Amounts"), heads, (0.22, 0.24, 0.54), cells)

    def _table(
        self, title: str, heads: Sequence[str], shares: Sequence[float], rows: Iterator[Sequence[str]]
    ) -> Iterator[list[Flowable]]:
        from reportlab.platypus import Table, TableStyle

        look = TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
        made: list[Flowable] = self._paragraphs(_words(title, _Look(BOLD)), "h2")
        cells = [[self._paragraphs(_words(head, _Look(BOLD)), "head") for head in heads]]
        while stretch := list(islice(rows, _ROWS)):
            cells += [[self._paragraphs(_plain(_cut(cell)), "cell") for cell in row] for row in stretch]
            table = Table(cells, [share * _COLUMN for share in shares], style=look, hAlign="LEFT")
            yield [*made, table]
            made, cells = [], []


def _cut(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _style_of(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "h2" if block.level <= 1 else "h3"
    if block.kind is BlockKind.QUOTE:
        return "quote"
    return "item" if block.kind is BlockKind.LIST_ITEM else "text"


def _piece(piece: Piece, notes: Sequence[ExportNote], *, bold: bool) -> str:
    name = BOLD if bold else ITALIC if piece.emphasis else TEXT
    ground = "" if piece.note is None else _COLOURS.get(notes[piece.note].colour, _COLOURS[1])
    made = "".join(
        _words(piece.text[start : start + _PART], _Look(name, ground, piece.target))
        for start in range(0, len(piece.text), _PART)
    )
    if piece.note is not None and piece.ends_note:
        made += f'<super size="6.5">{piece.note + 1}</super>'
    return made


def _about(article: ExportArticle) -> str:
    known = [article.source, format_date(article.published), article.author]
    parts = [_plain(fact) for fact in known if fact]
    parts.append(_words(_("Open in Leeslamp"), _Look(target=article.link)))
    if safe_address(article.url):
        parts.append(_words(_("Source"), _Look(target=article.url or "")))
    return " · ".join(parts)


def _facts(note: ExportNote) -> str:
    facts = list(facts_of(note))
    if note.tags:
        facts.insert(0, _("Tags: {tags}").format(tags=", ".join(note.tags)))
    # Kept on one line: a link over two lines is two links.
    opened = _("Open in Leeslamp").replace(" ", "\u00a0")
    return " · ".join([*map(_plain, facts), _words(opened, _Look(target=note.link))])
