"""The context menu of a note in the side panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.i18n import _
from desktop.model import COLOURS, Annotation
from desktop.ui.icons import icon
from desktop.ui.links import link_to
from desktop.ui.selection_bar import colour_name


def note_menu(
    parent: QWidget,
    annotation: Annotation,
    *,
    go_to: Callable[[], object],
    edit: Callable[[], object],
    recolour: Callable[[int], object],
    delete: Callable[[], object],
) -> QMenu:
    """Return the menu of a note; it deletes itself when closed. What has no place has nothing to go to."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    copy = QGuiApplication.clipboard().setText
    quote = annotation.quote.exact
    menu.addAction(_("&Go to passage"), go_to).setEnabled(annotation.start is not None)
    menu.addAction(icon("note-pencil"), _("&Edit note"), edit).setShortcut(QKeySequence("F2"))
    menu.addSeparator()
    menu.addAction(icon("copy"), _("Copy &quote"), partial(copy, quote)).setEnabled(bool(quote))
    menu.addAction(_("Copy &link to note"), partial(copy, link_to(annotation.article, annotation.id)))
    colours = menu.addMenu(_("&Colour"))
    for colour in range(1, COLOURS + 1):
        action = colours.addAction(colour_name(colour), partial(recolour, colour))
        action.setCheckable(True)
        action.setChecked(colour == annotation.colour)
    menu.addSeparator()
    menu.addAction(icon("trash"), _("&Delete note"), delete).setShortcut(QKeySequence.StandardKey.Delete)
    return menu
