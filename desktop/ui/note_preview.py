"""Markdown as it is going to look: in the cards of the margin, and beside the editor while one types."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.i18n import _
from desktop.ui.theme import Theme

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_LONGEST = 10_000  # characters of a note that are shown while one types


def fill_markdown(document: QTextDocument, note: str, theme: Theme) -> None:
    """Put a note's Markdown into a document, in the interface's type."""
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setIndentWidth(14)
    document.setDefaultFont(theme.font("normal"))
    document.setMarkdown(note, _FEATURES)


@lru_cache(maxsize=1000)
def plain_note(note: str) -> str:
    """Return a note without the signs of Markdown, for where there is room for a line or two only."""
    from desktop.exporters.note_markup import note_text  # at the first note

    return note_text(note[:_LONGEST]).strip()


def add_tags(document: QTextDocument, tags: tuple[str, ...], theme: Theme) -> None:
    """Put tags under a note, or alone where there is none."""
    if not tags:
        return
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    dim = QTextCharFormat()
    dim.setForeground(theme.color("dim"))
    if document.toPlainText().strip():
        cursor.insertBlock(cursor.blockFormat(), dim)
    cursor.insertText("  ".join(f"#{tag}" for tag in tags), dim)


class NotePreview(QTextEdit):
    """Shows what a note is going to look like; nothing while that is just what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notePreview")
        self.setAccessibleName(_("How the note is going to look"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._theme: Theme | None = None
        self._note = ""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._theme = theme
        paper, edge = theme.between("note", "page", 0.6).name(), theme.between("note", "ink", 0.14).name()
        self.setStyleSheet(
            f"#notePreview {{ background: {paper}; border: 1px solid {edge}; border-radius: 4px;"
            " padding: 4px 6px; }"
        )
        self.show_note(self._note)

    def show_note(self, note: str) -> None:
        """Show this note, if it holds any Markdown."""
        self._note = note
        if self._theme is None:
            return
        fill_markdown(self.document(), note[:_LONGEST], self._theme)
        plain = " ".join(self.document().toPlainText().split())
        self.setVisible(plain != " ".join(note[:_LONGEST].split()))
