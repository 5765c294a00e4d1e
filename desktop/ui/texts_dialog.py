"""Windows with something to read: about, licences."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop import __version__
from desktop.i18n import _
from desktop.resources import resource
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.icons import program_icon


class TextDialog(QDialog):
    """A page of text that can be scrolled, searched by eye and copied."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.resize(720, 640)
        self.page = QTextBrowser(openExternalLinks=False, openLinks=False)
        self.page.setAccessibleName(title)
        self.page.document().setDocumentMargin(16)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 12)
        self.column.addWidget(self.page)
        self.column.addWidget(closing_buttons(self))


def about_dialog(parent: QWidget | None = None) -> TextDialog:
    """Return the window that says what this is and whose work is in it."""
    dialog = TextDialog(_("About Leeslamp"), "aboutDialog", parent)
    sign = QLabel()
    sign.setPixmap(program_icon().pixmap(56, 56))
    says = QLabel(
        f"<b style='font-size:large'>Leeslamp {__version__}</b><br>"
        + html.escape(_("An offline reader for people who follow a subject. Nothing leaves this computer."))
    )
    head = QHBoxLayout()
    head.setSpacing(16)
    head.addWidget(sign)
    head.addWidget(says, 1)
    dialog.column.insertLayout(0, head)
    licences = resource("LICENCES.md")
    text = licences.read_text(encoding="utf-8") if licences.exists() else _("Licence: MIT")
    dialog.page.setMarkdown(text)
    return dialog
