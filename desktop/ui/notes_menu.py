"""The context menu of the notes that are selected in the view of notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _, n_
from desktop.library.note_table import NoteRow
from desktop.model import COLOURS
from desktop.ui.icons import icon
from desktop.ui.links import link_to
from desktop.ui.notes_table import NotesTable
from desktop.ui.selection_bar import colour_name


def notes_menu(
    parent: QWidget,
    table: NotesTable,
    count: int,
    row: NoteRow | None,
    recolour: Callable[[int], object],
    export: Callable[[], object],
) -> QMenu:
    """Return the menu of so many notes; it deletes itself when closed. row: the note, where it is one."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    if row is not None:
        annotation = row.annotation
        menu.addAction(_("&Go to passage"), table.open_current).setEnabled(annotation.start is not None)
        menu.addAction(icon("note-pencil"), _("&Edit note"), table.edit_wanted.emit).setShortcut(
            QKeySequence("F2")
        )
        menu.addSeparator()
    menu.addAction(table.copy_action)
    if row is not None:
        link = link_to(row.annotation.article, row.annotation.id)
        menu.addAction(_("Copy &link to note"), partial(QGuiApplication.clipboard().setText, link))
    colours = menu.addMenu(_("&Colour"))
    for colour in range(1, COLOURS + 1):
        action = colours.addAction(colour_name(colour), partial(recolour, colour))
        action.setShortcut(QKeySequence(str(colour)))
        action.setCheckable(True)
        action.setChecked(row is not None and colour == row.annotation.colour)
    menu.addAction(icon("tag"), _("&Tags…"), table.tags_wanted.emit).setShortcut(QKeySequence("T"))
    menu.addSeparator()
    menu.addAction(icon("export"), _("E&xport notes…"), export)
    words = n_("&Delete {n} note", "&Delete {n} notes", count) if count > 1 else _("&Delete note")
    menu.addAction(icon("trash"), words, table.delete_wanted.emit).setShortcut(
        QKeySequence.StandardKey.Delete
    )
    return menu
