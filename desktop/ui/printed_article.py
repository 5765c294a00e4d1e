"""An article as it is printed: its text with the highlights in colour, and the notes numbered behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.i18n import _
from desktop.model import Annotation, BlockKind
from desktop.ui.article_words import headline, meta_line, subtitle_line
from desktop.ui.document_layout import Laid, lay_out
from desktop.ui.theme import Theme
from desktop.ui.typefaces import ReadingStyle
from desktop.ui.typography import Typography

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_LONGEST_QUOTE = 160  # characters


def printed(opened: OpenedArticle, style: ReadingStyle) -> QTextDocument:
    """Return the document to print, in the light theme's colours whatever is worn on the screen."""
    typography = Typography(Theme.load("light"), 1.0, style)
    version = opened.version
    laid = lay_out(
        version.text,
        version.blocks,
        version.inlines,
        typography,
        headline=headline(opened),
        subtitle=subtitle_line(opened),
        meta=meta_line(opened),
    )
    placed = [a for a in opened.annotations if a.start is not None and a.end is not None]
    placed.sort(key=lambda a: (a.start or 0, a.end or 0))
    whole = [a for a in opened.annotations if a.is_on_whole]
    noted = [a for a in [*whole, *placed] if a.note.strip() or a.tags]
    cursor = QTextCursor(laid.document)
    cursor.beginEditBlock()
    for annotation in placed:
        _colour(cursor, laid, annotation, typography.theme)
    for annotation in reversed(placed):  # from the end on, so that the places before stay right
        if annotation in noted:
            _number(cursor, laid, annotation, noted.index(annotation) + 1)
    _rule_rows(laid, typography.theme)
    if noted:
        _add_notes(cursor, noted, typography)
    cursor.endEditBlock()
    frame = laid.document.rootFrame().frameFormat()
    frame.setMargin(0)  # paper has margins of its own
    laid.document.rootFrame().setFrameFormat(frame)
    return laid.document


def _colour(cursor: QTextCursor, laid: Laid, annotation: Annotation, theme: Theme) -> None:
    form = QTextCharFormat()
    form.setBackground(theme.highlight(annotation.colour))
    for piece, start, end in laid.map.segments(annotation.start or 0, annotation.end or 0):
        cursor.setPosition(piece.position + start)
        cursor.setPosition(piece.position + end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(form)


def _number(cursor: QTextCursor, laid: Laid, annotation: Annotation, number: int) -> None:
    cursor.setPosition(laid.map.to_document(annotation.end or 0))
    form = QTextCharFormat()
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    cursor.insertText(str(number), form)


def _rule_rows(laid: Laid, theme: Theme) -> None:
    """Say what the screen shows by lines and dots of its own: a dot for a list item, grey for a quote."""
    for number in reversed(range(len(laid.map.pieces))):
        piece = laid.map.pieces[number]
        block = laid.document.findBlockByNumber(number)
        cursor = QTextCursor(block)
        if piece.kind is BlockKind.LIST_ITEM and not block.text()[:1].isdigit():
            cursor.insertText("•  ", QTextCharFormat())
        elif piece.kind is BlockKind.QUOTE:
            form = QTextCharFormat()
            form.setForeground(theme.color("dim"))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(form)


def _add_notes(cursor: QTextCursor, noted: list[Annotation], typography: Typography) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    heading, chars = typography.heading_formats(2)
    cursor.insertBlock(heading, chars)
    cursor.insertText(_("Notes"))
    plain = typography.block_format(BlockKind.PARAGRAPH, 0)
    for number, annotation in enumerate(noted, 1):
        _add_note(cursor, number, annotation, plain, typography)


def _add_note(
    cursor: QTextCursor, number: int, annotation: Annotation, form: QTextBlockFormat, typography: Typography
) -> None:
    quote = " ".join(annotation.quote.exact.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE].rpartition(" ")[0] + "…"
    dim, text = QTextCharFormat(), QTextCharFormat()
    dim.setForeground(typography.theme.color("dim"))
    cursor.insertBlock(form, text)
    cursor.insertText(f"{number}  ", text)
    cursor.insertText(f"“{quote}”" if quote else _("On the whole article"), dim)
    note = QTextDocument()
    note.setMarkdown(annotation.note)
    for line in filter(None, (part.strip() for part in note.toPlainText().splitlines())):
        cursor.insertBlock(form, text)
        cursor.insertText(line, text)
    if annotation.tags:
        cursor.insertBlock(form, dim)
        cursor.insertText("  ".join(f"#{tag}" for tag in annotation.tags), dim)
