"""The lines under the search field: what was not understood of a query, and what may have been meant."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.did_you_mean import Offer  # is loaded with the first search, not with the window


def shown(offer: Offer) -> str:
    """Return the words that an offer puts in the query."""
    return ", ".join(offer.instead)


class QueryNotes(QWidget):
    """What there is to say about a query; takes no room when that is nothing.

    Signals:
        query_wanted: a query that was offered.
    """

    query_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = QLabel(wordWrap=True, objectName="searchMessage", textFormat=Qt.TextFormat.PlainText)
        self._offer = QLabel(wordWrap=True, objectName="didYouMean", textFormat=Qt.TextFormat.RichText)
        self._offer.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._offer.setToolTip(_("Ctrl+Shift+M takes the first"))
        self._offer.linkActivated.connect(self._on_link)
        self._theme = theme
        self._offers: tuple[Offer, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 0)
        layout.setSpacing(4)
        layout.addWidget(self._message)
        layout.addWidget(self._offer)
        self.say("", ())

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._show_offers()

    def say(self, message: str, offers: Sequence[Offer]) -> None:
        """Say what is wrong with a query ("" = nothing), and offer others."""
        self._offers = tuple(offers)
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._show_offers()
        self.setVisible(bool(message or offers))

    def _show_offers(self) -> None:
        self._offer.setVisible(bool(self._offers))
        if not self._offers:
            self._offer.clear()
            return
        colour = self._theme.color("accent").name()
        links = [
            f'<a style="color: {colour}" href="{number}"><b>{html.escape(shown(offer))}</b></a>'
            f" ({offer.articles})"
            for number, offer in enumerate(self._offers)
        ]
        written = ", ".join(_("“{text}”").format(text=word) for word in self._offers[0].written)
        words = _("Little or nothing found for {written}. Did you mean {instead}?")
        either = _(" or ")
        self._offer.setText(words.format(written=html.escape(written), instead=either.join(links)))
        self._offer.setAccessibleName(
            words.format(written=written, instead=either.join(map(shown, self._offers)))
        )

    @Slot(str)
    def _on_link(self, number: str) -> None:
        self.query_wanted.emit(self._offers[int(number)].query)
