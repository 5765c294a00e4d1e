"""A Word document: real styles and headings, highlighted passages, notes as Word's own comments.

The parts of the file are written piece by piece, so that very many notes fit too; nothing but the standard
library is needed for it.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from desktop import i18n
from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, printable, safe_address
from desktop.exporters.docx_parts import CONTENT_TYPES, DOCUMENT_RELS, NAMESPACES, ROOT_RELS, core, styles
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
from desktop.exporters.note_markup import NoteBlock, note_blocks
from desktop.i18n import _, format_amount, format_date, n_
from desktop.model import Block, BlockKind

_AUTHOR = "Leeslamp"
_SHADES = {1: "FDEB9C", 2: "CFE4FB", 3: "D3EFCF", 4: "FBD5E2", 5: "E3D8F8"}
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708"'
    ' w:gutter="0"/></w:sectPr>'
)
_FOOTER = (
    f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(document: ExportDocument, file: BinaryIO) -> None:
    """Write the document, article by article."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts, tempfile.TemporaryFile() as comments:
        fixed = {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": ROOT_RELS,
            "word/_rels/document.xml.rels": DOCUMENT_RELS,
            "word/styles.xml": styles(i18n.language()),
            "word/footer1.xml": _FOOTER,
            "docProps/core.xml": core(printable(document.title), document.made_at),
        }
        for name, text in fixed.items():
            _put(parts, name, [text])
        writer = _Writer(comments)
        _put(parts, "word/document.xml", writer.document(document))
        comments.seek(0)
        _put(parts, "word/comments.xml", _comments_part(comments))


def _put(parts: zipfile.ZipFile, name: str, pieces_of_text: Iterable[str]) -> None:
    # A fixed time, so that the same document gives the same file.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with parts.open(info, "w", force_zip64=True) as part:
        part.write(_XML.encode())
        for text in pieces_of_text:
            part.write(text.encode("utf-8", "replace"))


def _comments_part(comments: IO[bytes]) -> Iterator[str]:
    yield f"<w:comments {NAMESPACES}>"
    for line in comments:
        yield line.decode()
    yield "</w:comments>"


# Words


def _run(text: str, properties: str = "") -> str:
    """Return a run; a line end in it stays one."""
    lines = printable(text).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    inner = inner.replace("\t", " ")
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def _paragraph(inner: str, style: str = "", more: str = "") -> str:
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{chosen}{more}</w:pPr>" if chosen or more else ""
    return f"<w:p>{properties}{inner}</w:p>"


def _link(text: str, address: str, properties: str = "") -> str:
    """Return words with a link, as a field: it needs no list of addresses beside the text."""
    safe = safe_address(address).replace('"', "%22").replace("\\", "%5C")
    if not safe:
        return _run(text, properties)
    code = quoteattr(f' HYPERLINK "{safe}" ')
    words = _run(text, '<w:rStyle w:val="Hyperlink"/>' + properties)
    return f"<w:fldSimple w:instr={code}>{words}</w:fldSimple>"


def _shade(colour: int) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADES.get(colour, _SHADES[1])}"/>'


def _note_paragraphs(blocks: Iterable[NoteBlock]) -> str:
    made = []
    for block in blocks:
        inner = _run(f"{block.mark}\u00a0") if block.mark else ""
        for run in block.runs:
            bold = "<w:b/>" if run.bold or block.kind == "heading" else ""
            properties = bold + ("<w:i/>" if run.italic or block.kind == "quote" else "")
            if run.code and not run.target:
                properties = '<w:rStyle w:val="Code"/>' + properties
            inner += _link(run.text, run.target, properties) if run.target else _run(run.text, properties)
        indent = f'<w:ind w:left="{360 * block.level}"/>' if block.level else ""
        made.append(_paragraph(inner, "Note", indent))
    return "".join(made)


class _Writer:
    """Writes the text, and the comments beside it."""

    def __init__(self, comments: IO[bytes]) -> None:
        self._comments = comments
        self._number = 0  # of the next comment
        self._open: set[int] = set()  # comments whose passage has not ended

    def document(self, document: ExportDocument) -> Iterator[str]:
        """Yield the pieces of the part that holds the text."""
        totals = document.counted()
        yield f"<w:document {NAMESPACES}><w:body>"
        yield _paragraph(_run(document.title), "Title")
        known = [
            format_date(document.made_at),
            n_("{n} article", "{n} articles", totals.articles),
            n_("{n} note", "{n} notes", totals.notes),
            _("Search: {query}").format(query=document.query) if document.query else "",
        ]
        yield _paragraph(_run(" · ".join(filter(None, known))), "About")
        for article in document.articles:
            yield from self._article(article)
        yield f"{_PAGE}</w:body></w:document>"

    def _article(self, article: ExportArticle) -> Iterator[str]:
        yield _paragraph(_run(article.title), "Heading1")
        yield _paragraph(_about(article), "About")
        if article.tags:
            yield _paragraph(_run(_("Tags: {tags}").format(tags=", ".join(article.tags))), "About")
        notes = article.in_reading_order()
        if article.whole is not None:
            shown = yield from self._text(article, notes)
            notes = [
                note
                for place, note in enumerate(notes)
                if note.start is None or (_has_words(note) and place not in shown)
            ]
            if notes:
                yield _paragraph(_run(_("Notes")), "Heading2")
        for note in notes:
            yield from self._note(note)
        yield from _tables(article)

    def _note(self, note: ExportNote) -> Iterator[str]:
        if note.quote:
            quote = _run(note.quote.strip(), _shade(note.colour))
            yield _paragraph(self._commented(quote, note), "Quote", "<w:keepNext/>")
        else:
            yield _note_paragraphs(note_blocks(note.note))
        yield _paragraph(_facts(note), "Facts")

    def _commented(self, inner: str, note: ExportNote) -> str:
        """Return runs with the note on them as a comment, where there is one."""
        if not _has_words(note):
            return inner
        number = self._add_comment(note)
        return (
            f'<w:commentRangeStart w:id="{number}"/>{inner}<w:commentRangeEnd w:id="{number}"/>'
            + _reference(number)
        )

    def _add_comment(self, note: ExportNote) -> int:
        number, self._number = self._number, self._number + 1
        day = f" w:date={quoteattr(note.made_at[:19] + 'Z')}" if len(note.made_at) >= 19 else ""
        body = _note_paragraphs(note_blocks(note.note))
        if note.tags:
            body += _paragraph(_run(_("Tags: {tags}").format(tags=", ".join(note.tags))), "Note")
        line = f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:initials="L"{day}>{body}</w:comment>\n'
        self._comments.write(line.encode("utf-8", "replace"))
        return number

    # The text

    def _text(
        self, article: ExportArticle, notes: Sequence[ExportNote]
    ) -> Generator[str, None, dict[int, int]]:
        """Yield the paragraphs; return which notes are comments now, and their numbers."""
        assert article.whole is not None
        begun: dict[int, int] = {}  # note -> number of its comment, once it has begun
        for block in body_blocks(article.whole):
            inner = "".join(
                self._piece(piece, notes, begun)
                for piece in pieces(article.whole, block, notes, mentions=False)
            )
            yield _paragraph(inner, *_look(block))
        if self._open:  # another highlight ends at the same place
            ends = "".join(f'<w:commentRangeEnd w:id="{n}"/>{_reference(n)}' for n in sorted(self._open))
            self._open.clear()
            yield _paragraph(ends, "Facts")
        return begun

    def _piece(self, piece: Piece, notes: Sequence[ExportNote], begun: dict[int, int]) -> str:
        note = None if piece.note is None else notes[piece.note]
        properties = ("<w:i/>" if piece.emphasis else "") + (_shade(note.colour) if note else "")
        words = _link(piece.text, piece.target, properties) if piece.target else _run(piece.text, properties)
        if note is None or not _has_words(note):
            return words
        assert piece.note is not None
        if piece.note not in begun:
            begun[piece.note] = self._add_comment(note)
            self._open.add(begun[piece.note])
            words = f'<w:commentRangeStart w:id="{begun[piece.note]}"/>{words}'
        if piece.ends_note:
            number = begun[piece.note]
            self._open.discard(number)
            words += f'<w:commentRangeEnd w:id="{number}"/>{_reference(number)}'
        return words


def _has_words(note: ExportNote) -> bool:
    return bool(note.note.strip() or note.tags)


def _reference(number: int) -> str:
    return (
        f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
    )


def _look(block: Block) -> tuple[str, str]:
    """Return the style of a block, and what goes with it."""
    match block.kind:
        case BlockKind.HEADING:
            return f"Heading{min(max(block.level, 1) + 1, 4)}", ""
        case BlockKind.QUOTE:
            return "Quote", ""
        case BlockKind.LIST_ITEM:
            left = 360 * max(block.level, 1)
            return "ListBullet", f'<w:ind w:left="{left}" w:hanging="240"/>'
    return "BodyText", ""


def _about(article: ExportArticle) -> str:
    known = [article.source, format_date(article.published), article.author]
    words = "".join(_run(f"{fact} · ") for fact in known if fact)
    words += _link(_("Open in Leeslamp"), article.link)
    if safe_address(article.url):
        words += _run(" · ") + _link(_("Source"), article.url or "")
    return words


def _facts(note: ExportNote) -> str:
    facts = list(facts_of(note))
    if note.tags:
        facts.insert(0, _("Tags: {tags}").format(tags=", ".join(note.tags)))
    words = _run(" · ".join(facts) + " · ") if facts else ""
    return words + _link(_("Open in Leeslamp"), note.link)


# Tables


def _tables(article: ExportArticle) -> Iterator[str]:
    if actors := actors_of(article):
        yield _paragraph(_run(_("Actors")), "Heading2")
        widths = (7072, 2000) if article.whole is None else (5000, 2072, 2000)
        yield from _table(actor_heads(article), widths, actor_cells(article, actors))
    if amounts := amounts_of(article):
        yield _paragraph(_run(_("Amounts")), "Heading2")
        heads = (_("As written"), _("Value"), _("Passage"))
        rows = ((written, format_amount(amount), sentence) for written, amount, sentence in amounts)
        yield from _table(heads, (2000, 2000, 5072), rows)


def _table(heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table; widths in twentieths of a point."""
    yield '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    yield "<w:tblGrid>"
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    yield _row(heads, widths, "<w:trPr><w:tblHeader/></w:trPr>", "<w:b/>")
    for row in rows:
        yield _row(row, widths, "<w:trPr><w:cantSplit/></w:trPr>", "")
    yield "</w:tbl>" + _paragraph("")


def _row(cells: Sequence[str], widths: Sequence[int], properties: str, look: str) -> str:
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(_run(cell, look), 'Cell')}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{''.join(made)}</w:tr>"
