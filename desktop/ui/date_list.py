"""When it happens: every date of the article as it is written beside the days it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _, format_period, kind_name, n_
from desktop.model import Mention, MentionKind
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.sentences import around
from desktop.ui.sorted_panel import SortedPanel
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window


class DateList(SortedPanel):
    """Shows the dates of one article, in the order of the text or of time."""

    def __init__(self, theme: Theme) -> None:
        words = {"text": _("Text order"), "time": _("Earliest first")}
        super().__init__(PanelList(theme, "dateList", _("Dates")), words)

    def lines_of(self, opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
        """Return the dates of an article in this order."""
        return date_lines(opened, order)

    def count_words(self, rows: int) -> str:
        """Return how many dates there are."""
        return n_("{n} date", "{n} dates", rows)

    def follow(self, mention: Mention) -> None:
        """Select a date."""
        if mention.kind is MentionKind.DATE:
            self.list.came_to(str(mention.start), (mention.start, mention.end))


def date_lines(opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
    """Return the dates of an article; order is "text" or "time"."""
    found = [mention for mention in opened.mentions if mention.kind is MentionKind.DATE]
    if order == "time":
        found.sort(key=_first)
    return [_row(mention, opened.version.text) for mention in found]


def _first(mention: Mention) -> tuple[bool, str]:
    """Sort by the beginning; what has none comes last."""
    period = mention.period
    first = (period.value or period.low or period.high) if period else None
    return first is None, first or ""


def _row(mention: Mention, text: str) -> PanelRow:
    return PanelRow(
        key=str(mention.start),
        title=mention.text,
        below=(around(text, mention.start, mention.end),),
        value=format_period(mention.period) if mention.period else "",
        places=((mention.start, mention.end),),
        kind=kind_name(mention.kind),
    )
