"""Windows with something to read: help, about, licences."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop import __version__
from desktop.i18n import _, p_
from desktop.resources import resource
from desktop.ui.actions import Actions, menu_name, plain_text
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.icons import program_icon
from desktop.ui.shortcut_sheet import keys_by_menu
from desktop.ui.suggestions import choice_word, field_word

if TYPE_CHECKING:
    from desktop.search.fields import Field


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


def help_dialog(actions: Actions, parent: QWidget | None = None) -> TextDialog:
    """Return the window with help, made from the tables of fields and actions."""
    dialog = TextDialog(_("Help"), "helpDialog", parent)
    dialog.page.setHtml("".join(_help(actions)))
    return dialog


def _help(actions: Actions) -> Iterable[str]:
    yield _heading(_("Getting articles in"))
    yield _paragraph(_("Drop files or folders on the window, choose them in the File menu, or paste a text."))
    yield _paragraph(_("A first line like “date 2025-01 Title” gives date and title; then an empty line."))
    yield _heading(_("Searching"))
    yield _paragraph(_("Articles must hold every word. Case, accents and inflection do not matter."))
    yield _paragraph(_("Compounds are found by their parts."))
    yield _table(_operators())
    yield _paragraph(_("A field in front of a value asks about one thing:"))
    yield _table(_fields())
    yield _paragraph(
        _("“Explain this search” in the Edit menu says in words what was searched, and what counted.")
    )
    yield _paragraph(
        _("A word that finds nothing is answered with what it may be a misspelling of, or with its parts.")
    )
    yield _paragraph(
        _(
            "While you type, names, tags and words of the library are offered: Tab takes the first, the"
            " arrows another one. In an empty field they show earlier searches; Delete forgets one."
        )
    )
    yield _paragraph(
        _(
            "A search that you save (Ctrl+D) stands above the results, with how many articles it finds and"
            " how many of them are new since you last looked. F2 renames it, Alt and an arrow moves it,"
            " Delete deletes it."
        )
    )
    yield _paragraph(
        _("The hits in an article: F3 goes to the next one, Ctrl+Shift+L lists them with their sentences.")
    )
    yield _heading(_("Reading and marking"))
    yield _paragraph(_("A row in the side panel leads to the next place in the text each time you click it."))
    yield _paragraph(_("Select a passage and press 1 to 5 to highlight it, or M to write a note."))
    yield _paragraph(
        _("A mark that is wrong: X takes it away, C says what it is, G with whom a name is the same.")
    )
    yield _paragraph(
        _(
            "When a newer text of an article comes in, notes look for their passage in it. "
            "“Check notes that moved” in the File menu lists those that moved or no longer find it."
        )
    )
    yield _paragraph(_("Everything you change can be undone."))
    yield _heading(_("Keyboard"))
    for menu, lines in keys_by_menu(actions).items():
        if lines:
            yield f"<h4>{html.escape(plain_text(menu_name(menu)))}</h4>"
            yield _table((keys, words) for words, keys in lines)


def _operators() -> Iterable[tuple[str, str]]:
    return (
        (f"a {_either()} b", _("one of the two")),
        ("-a, {no} a".format(no=p_("in a search", "NOT")), _("not this")),
        ('"a b"', _("these words side by side")),
        ('"a b"~5', _("with at most five words in between")),
        ("begin*", _("words that begin so")),
        ("spel~", _("with a spelling mistake")),
        ('="Word"', _("in exactly this form")),
        ("( )", _("brackets keep together")),
    )


def _either() -> str:
    return p_("in a search", "OR")


def _fields() -> Iterable[tuple[str, str]]:
    from desktop.search.fields import FIELDS

    for field in FIELDS:
        yield "\n".join(_examples(field)), _(field.help)


def _examples(field: Field) -> Iterable[str]:
    """Yield what can be asked of a field, in the reader's language: every choice where there are few."""
    for value in field.values:
        yield f"{field_word(field)}:{choice_word(field, value)}"
    for example in () if field.values else field.examples:
        words = example.replace(f"{field.name}:", f"{field_word(field)}:", 1)
        yield words.replace(" OR ", f" {_either()} ")


def _heading(words: str) -> str:
    return f"<h3>{html.escape(words)}</h3>"


def _paragraph(words: str) -> str:
    return f"<p>{html.escape(words)}</p>"


def _table(lines: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><td style='padding:3px 20px 3px 0'><code>{_lines(left)}</code></td>"
        f"<td style='padding:3px 0'>{html.escape(right)}</td></tr>"
        for left, right in lines
    )
    return f"<table>{rows}</table>"


def _lines(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")
