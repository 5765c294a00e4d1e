"""When it happens: every date of the article as it is written beside the days it means."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop.i18n import _, kind_name, month_name, n_
from desktop.model import Mention, MentionKind
from desktop.ui.icons import KIND_ICONS
from desktop.ui.mention_words import distance_words, period_days, span_of
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.sentences import around
from desktop.ui.sorted_panel import SortedPanel
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window

ORDERS = ("text", "time")
_MONTH, _YEAR = 45, 400  # days: what is longer stands under its year, or under no single one
#: before the article's date, around it, after it: told by shape too
_SIGNS = {-1: "calendar-check-fill", 0: KIND_ICONS[MentionKind.DATE], 1: "calendar-plus-fill"}


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
    """Return the dates of an article; order is one of ORDERS. By time they stand under month or year."""
    found = [mention for mention in opened.mentions if mention.kind is MentionKind.DATE]
    if order == "text":
        return [_row(mention, opened) for mention in found]
    groups: dict[str, list[Mention]] = {}
    for mention in sorted(found, key=_order):
        groups.setdefault(_group(mention), []).append(mention)
    lines: list[Heading | PanelRow] = []
    for words, mentions in groups.items():
        lines.append(Heading(words))
        lines += [_row(mention, opened) for mention in mentions]
    return lines


def _order(mention: Mention) -> tuple[int, dt.date, dt.date]:
    """Sort by the beginning, the longer first; what has no beginning by its end, what has neither last."""
    first, last = span_of(mention.period)
    if first is None and last is None:
        return 2, dt.date.max, dt.date.max
    begin, end = first or last or dt.date.max, last or dt.date.max
    # A year stands before its months, as its heading does.
    return 1, begin, dt.date.min + (dt.date.max - end)


def _group(mention: Mention) -> str:
    first, last = span_of(mention.period)
    if first is None and last is None:
        return _("Time not known")
    begin = first or last
    assert begin is not None
    if first is None or last is None:
        return str(begin.year)
    days = (last - first).days
    if days > _YEAR:
        return f"{first.year} – {last.year}"
    if days > _MONTH or (first.year, first.month) != (last.year, last.month):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    return f"{month_name(first.month)} {first.year}"


def _row(mention: Mention, opened: OpenedArticle) -> PanelRow:
    side, distance = distance_words(mention.period, opened.article.published)
    words = around(opened.version.text, mention.start, mention.end)
    value = period_days(mention.period) if mention.period else ""
    return PanelRow(
        key=str(mention.start),
        title=mention.text,
        below=(words,),
        value=value or _("not known"),
        value_below=distance,
        icon=_SIGNS[side],
        role="date",
        places=((mention.start, mention.end),),
        kind=kind_name(mention.kind),
    )
