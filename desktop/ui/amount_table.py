"""How much is at stake in the article: every amount as it is written beside its value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.i18n import _, kind_name, n_
from desktop.model import AMOUNT_KINDS, Mention, MentionKind
from desktop.ui.icons import KIND_ICONS
from desktop.ui.mention_words import euro_words, value_words
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.sentences import around
from desktop.ui.sorted_panel import SortedPanel
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window

ORDERS = ("text", "value", "kind")


class AmountTable(SortedPanel):
    """Shows the amounts of one article, in the order of the text, by value or by kind."""

    def __init__(self, theme: Theme) -> None:
        words = {"text": _("Text order"), "value": _("Value"), "kind": _("Kind")}
        super().__init__(PanelList(theme, "amountTable", _("Amounts")), words)

    def lines_of(self, opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
        """Return the amounts of an article in this order."""
        return amount_lines(opened, order)

    def count_words(self, rows: int) -> str:
        """Return how many amounts there are."""
        return n_("{n} amount", "{n} amounts", rows)

    def follow(self, mention: Mention) -> None:
        """Select an amount."""
        if mention.kind in AMOUNT_KINDS:
            self.list.came_to(str(mention.start), (mention.start, mention.end))


def amount_lines(opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
    """Return the amounts of an article; order is one of ORDERS. By value, the kinds stay apart."""
    found = [mention for mention in opened.mentions if mention.kind in AMOUNT_KINDS and mention.amount]
    if order == "text":
        return [_row(mention, opened) for mention in found]
    lines: list[Heading | PanelRow] = []
    for kind in AMOUNT_KINDS:
        of_kind = [mention for mention in found if mention.kind is kind]
        if order == "value":
            of_kind = _by_worth(of_kind, opened.article.published)
        if of_kind:
            lines.append(Heading(kind_name(kind, many=True), len(of_kind)))
            lines += [_row(mention, opened) for mention in of_kind]
    return lines


def _by_worth(mentions: Sequence[Mention], published: str | None) -> list[Mention]:
    """Put the largest first, among those that can be compared: money by its worth in euro."""
    groups: dict[str, list[tuple[float, Mention]]] = {}
    for mention in mentions:
        dimension, worth = _worth(mention, published)
        groups.setdefault(dimension, []).append((worth, mention))
    ordered = []
    for group in groups.values():  # in the order in which they first come
        ordered += [mention for _worth, mention in sorted(group, key=lambda pair: -pair[0])]
    return ordered


def _worth(mention: Mention, published: str | None) -> tuple[str, float]:
    """Return what an amount can be compared with, and its upper end there."""
    from desktop.extraction import amounts, currency  # not loaded with the window

    dimension, low, high = amounts.measure(mention)
    worth = high if high is not None else low if low is not None else 0.0
    if mention.kind is MentionKind.MONEY and (known := currency.quote(dimension, published)):
        return "EUR", worth / float(known.rate)
    return dimension, worth


def _row(mention: Mention, opened: OpenedArticle) -> PanelRow:
    assert mention.amount is not None
    text, published = opened.version.text, opened.article.published
    purpose = mention.sense.purpose if mention.sense else None
    below = text[slice(*purpose)] if purpose else around(text, mention.start, mention.end)
    return PanelRow(
        key=str(mention.start),
        title=mention.text,
        below=(" ".join(below.split()),),
        value=value_words(mention.amount),
        value_below=euro_words(mention.kind, mention.amount, published),
        icon=KIND_ICONS[mention.kind],
        role="amount_line",
        places=((mention.start, mention.end),),
        kind=kind_name(mention.kind),
    )
