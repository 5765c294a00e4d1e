"""How much is at stake in the article: every amount as it is written beside its value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.i18n import _, format_amount, kind_name, n_
from desktop.model import AMOUNT_KINDS, Mention
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
            self.list.came_to(_key(mention), (mention.start, mention.end))


def amount_lines(opened: OpenedArticle, order: str) -> list[Heading | PanelRow]:
    """Return the amounts of an article; order is one of ORDERS. By value, the kinds stay apart."""
    found = [mention for mention in opened.mentions if mention.kind in AMOUNT_KINDS and mention.amount]
    text = opened.version.text
    if order == "text":
        return [_row(mention, text) for mention in found]
    if order == "value":
        found.sort(key=_worth, reverse=True)
    lines: list[Heading | PanelRow] = []
    for kind in AMOUNT_KINDS:
        of_kind = [mention for mention in found if mention.kind is kind]
        if of_kind:
            lines.append(Heading(kind_name(kind, many=True)))
            lines += [_row(mention, text) for mention in _by_unit(of_kind)]
    return lines


def _by_unit(mentions: Sequence[Mention]) -> list[Mention]:
    """Keep what can be compared together, in the order in which the units first come."""
    units: dict[str | None, list[Mention]] = {}
    for mention in mentions:
        units.setdefault(mention.amount.unit if mention.amount else None, []).append(mention)
    return [mention for group in units.values() for mention in group]


def _worth(mention: Mention) -> Decimal:
    amount = mention.amount
    assert amount is not None
    known = [figure for figure in (amount.high, amount.value, amount.low) if figure is not None]
    return known[0] if known else Decimal(0)


def _key(mention: Mention) -> str:
    return f"{mention.start}"


def _row(mention: Mention, text: str) -> PanelRow:
    assert mention.amount is not None
    return PanelRow(
        key=_key(mention),
        title=mention.text,
        below=(around(text, mention.start, mention.end),),
        value=format_amount(mention.amount),
        places=((mention.start, mention.end),),
        kind=kind_name(mention.kind),
    )
