"""The sentences that name an actor, newest article first; each leads to its place in the text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextBrowser

from desktop.i18n import _, format_date, n_
from desktop.model import MentionKind
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.actor_page import Passages, Quote, QuotedArticle

_MORE = "more"
_WIDEST = 780  # pixels of a line


class ActorQuotes(QTextBrowser):
    """Shows passages.

    Signals:
        place_requested: (ArticleId, start, end) of the mention that was chosen.
        more_wanted: more passages are to be read.
    """

    place_requested = Signal(object)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="actorQuotes")
        self.setAccessibleName(_("Passages"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(22)
        self._theme = theme
        self._kind = MentionKind.PERSON
        self._articles: list[QuotedArticle] = []
        self._goes_on = False
        self._name = ""
        self.anchorClicked.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._show()

    def show_none(self) -> None:
        """Show nothing, while another actor is being read."""
        self._articles, self._goes_on = [], False
        self.clear()

    def show_passages(self, passages: Passages, kind: MentionKind, *, behind: bool) -> None:
        """Show passages in the place of those there are, or behind them."""
        articles = [*self._articles, *passages.articles] if behind else list(passages.articles)
        goes_on = passages.next is not None
        if (articles, goes_on, kind) == (self._articles, self._goes_on, self._kind):
            return
        self._articles, self._goes_on, self._kind = articles, goes_on, kind
        self._show()

    def _show(self) -> None:
        scrolled = self.verticalScrollBar().value()
        theme = self._theme
        font = theme.font()
        reading = theme.reading_font()
        reading.setPointSizeF(font.pointSizeF() * 1.12)
        self.document().setDefaultFont(reading)
        parts = [self._article_html(number, one) for number, one in enumerate(self._articles)]
        if self._goes_on:
            parts.append(
                f'<p style="{self._small("accent")} margin-top:14px;"><a href="{_MORE}"'
                f' style="color:{theme.color("accent").name()}; text-decoration:none;">'
                f"{escape(_('Show older passages'))}</a></p>"
            )
        if not parts:
            parts = [f'<p style="{self._small("dim")}">{escape(_("No passages in the library"))}</p>']
        self.setHtml("".join(parts))
        self.verticalScrollBar().setValue(scrolled)

    def _small(self, color: str) -> str:
        font = self._theme.font("small")
        size = font.pointSizeF()
        return (
            f"font-family:'{font.family()}'; font-size:{size:.1f}pt; color:{self._theme.color(color).name()};"
        )

    def _article_html(self, number: int, article: QuotedArticle) -> str:
        first = article.quotes[0].marks[0] if article.quotes else (0, 0)
        date = format_date(article.published, short=True)
        title = (
            f'<p style="{self._small("dim")} margin-bottom:3px; margin-top:{0 if number == 0 else 20}px;">'
            f"{escape(date)}{' · ' if date else ''}"
            f'<a href="{number}/{first[0]}/{first[1]}" style="color:{self._theme.color("dim").name()};'
            f' text-decoration:none;"><b>{escape(article.title)}</b></a></p>'
        )
        quotes = "".join(self._quote_html(number, quote) for quote in article.quotes)
        more = ""
        if article.more:
            words = n_(
                "and {n} more mention in this article", "and {n} more mentions in this article", article.more
            )
            more = f'<p style="{self._small("dim")} margin-top:2px;">{escape(words)}</p>'
        return title + quotes + more

    def _quote_html(self, number: int, quote: Quote) -> str:
        ink = self._theme.color("ink").name()
        color = self._theme.kind_color(self._kind).name()
        parts, at = [], quote.start
        for start, end in quote.marks:
            parts.append(_flat(quote.text[at - quote.start : start - quote.start]))
            words = _flat(quote.text[start - quote.start : end - quote.start])
            parts.append(f'<b style="color:{color};">{words}</b>')
            at = end
        parts.append(_flat(quote.text[at - quote.start :]))
        before, behind = quote.is_cut
        words = f"{'… ' if before else ''}{''.join(parts)}{' …' if behind else ''}"
        start, end = quote.marks[0]
        return (
            '<p style="margin-top:0px; margin-bottom:7px; line-height:135%;">'
            f'<a href="{number}/{start}/{end}" style="color:{ink}; text-decoration:none;">{words}</a></p>'
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to be read with ease."""
        room = self.viewport().width()
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(min(room, _WIDEST))
        super().resizeEvent(event)

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        target = url.toString()
        if target == _MORE:
            self.more_wanted.emit()
            return
        number, start, end = (int(part) for part in target.split("/"))
        if number < len(self._articles):
            self.place_requested.emit((self._articles[number].article, start, end))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the buttons for back and forward to the window."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)


def _flat(text: str) -> str:
    """Return text on one line, for HTML; spaces at its ends stay."""
    flat = " ".join(text.split())
    if not flat:
        return " " if text else ""
    lead = " " if text[0].isspace() else ""
    return escape(f"{lead}{flat}{' ' if text[-1].isspace() else ''}")
