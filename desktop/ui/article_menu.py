"""The context menu of the article's text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.i18n import _
from desktop.model import COLOURS, Annotation, Mention
from desktop.ui.actor_menu import add_marking, add_name_corrections, is_name
from desktop.ui.actor_wishes import about_mention
from desktop.ui.icons import icon
from desktop.ui.mention_menu import add_actor, add_corrections
from desktop.ui.selection_bar import colour_name

if TYPE_CHECKING:
    from desktop.ui.document_pane import DocumentPane


def article_menu(pane: DocumentPane, mention: Mention | None, highlight: Annotation | None) -> QMenu:
    """Return the menu for what is selected or clicked; it deletes itself when closed."""
    menu = QMenu(pane)
    menu.aboutToHide.connect(menu.deleteLater)
    selected = pane.current_selection() is not None
    if mention is not None and not selected:
        about = menu.addAction(icon("info"), _("About “{name}”").format(name=mention.text), pane.show_card)
        about.setShortcut(QKeySequence("I"))
        menu.addAction(_("Show in the side panel"), partial(pane.mention_clicked.emit, mention))
        if mention.actor_id is not None:
            add_actor(
                menu,
                mention.actor_id,
                mention.actor or mention.text,
                pane.actor_requested,
                pane.search_requested,
            )
        menu.addSeparator()
        add_corrections(menu, mention, pane.reject_requested.emit, pane.correct_requested.emit)
        if is_name(mention) and pane.opened is not None:
            add_name_corrections(menu, about_mention(pane.opened, mention), pane.actor_wished.emit)
    if selected or highlight is not None:
        words = _("Colour") if highlight is not None and not selected else _("Highlight")
        colours = menu.addMenu(words)
        for colour in range(1, COLOURS + 1):
            action = colours.addAction(
                pane.swatch(colour), colour_name(colour), partial(pane.annotating.highlight, colour)
            )
            action.setShortcut(QKeySequence(str(colour)))
        note = menu.addAction(icon("note-pencil"), _("Note"), pane.annotating.add_note)
        note.setShortcut(QKeySequence("M"))
        menu.addAction(icon("copy"), _("Copy"), pane.annotating.copy)
        quote = menu.addAction(icon("quotes"), _("Copy with source"), pane.annotating.copy_quote)
        quote.setShortcut(QKeySequence("Q"))
        if (passage := pane.current_selection()) is not None and pane.article_id is not None:
            add_marking(menu, pane.article_id, *passage, pane.actor_wished.emit)
    if highlight is not None and not selected:
        menu.addAction(icon("trash"), _("Delete highlight"), pane.annotating.delete_highlight)
    menu.addSeparator()
    whole = menu.addAction(_("Note on the whole article"), pane.annotating.note_on_article)
    whole.setShortcut(QKeySequence("Shift+M"))
    find = menu.addAction(icon("magnifying-glass"), _("Find in this article"), pane.open_find)
    find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
    return menu
