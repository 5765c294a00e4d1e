"""What is known beside the passages of an actor: roles, company, amounts; a click leads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot

from desktop.i18n import _, format_date, kind_name, n_
from desktop.library.actor_pages import ActorFacts, Company, RoleSpan
from desktop.library.amounts import AmountRow
from desktop.model import ActorId
from desktop.ui.actor_words import between_words
from desktop.ui.amounts_words import own_text, value_text
from desktop.ui.icons import KIND_ICONS
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import ROW, Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.actor_page import ActorPage

_MOST_COMPANY = 12
_MOST_ROLES = 8
_LONGEST = 90  # characters of a sentence that tell what an amount is for


class ActorFactsList(PanelList):
    """Shows the facts of one actor.

    Signals:
        actor_chosen: an ActorId.
        amount_chosen: an AmountRow.
    """

    actor_chosen = Signal(object)
    amount_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "actorFacts", _("About this actor"))
        self._amounts: dict[str, AmountRow] = {}

    def show_page(self, page: ActorPage) -> None:
        """Show what is known."""
        self._amounts = {f"newest:{row.id}": row for row in page.newest}
        self._amounts |= {f"largest:{row.id}": row for row in page.largest}
        self.show_lines(fact_lines(page))

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if isinstance(line, PanelRow):
            kind, _colon, key = line.key.partition(":")
            if kind == "actor":
                self.actor_chosen.emit(ActorId(key))
            elif line.key in self._amounts:
                self.amount_chosen.emit(self._amounts[line.key])


def fact_lines(page: ActorPage) -> list[Heading | PanelRow]:
    """Return roles through time, company, and amounts."""
    facts = page.facts
    lines: list[Heading | PanelRow] = []
    if facts.roles:
        lines.append(Heading(_("Roles")))
        lines += [_role_row(one) for one in facts.roles[:_MOST_ROLES]]
    lines += _company_lines(facts)
    lines += _amount_lines(page)
    return lines


def _role_row(span: RoleSpan) -> PanelRow:
    told = [between_words(span.first, span.last), n_("in {n} article", "in {n} articles", span.articles)]
    return PanelRow(
        key=f"role:{span.role}",
        title=span.role,
        below=(" · ".join(part for part in told if part),),
        kind=_("role"),
    )


def _company_lines(facts: ActorFacts) -> list[Heading | PanelRow]:
    if not facts.company:
        return []
    most = facts.company[0].articles
    shown = facts.company[:_MOST_COMPANY]
    return [Heading(_("In the same articles")), *(_company_row(one, most) for one in shown)]


def _company_row(company: Company, most: int) -> PanelRow:
    actor = company.actor
    return PanelRow(
        key=f"actor:{actor.id}",
        title=actor.name,
        count=company.articles,
        share=company.articles / max(most, 1),
        icon=KIND_ICONS[actor.kind],
        role=actor.kind.value,
        kind=kind_name(actor.kind),
    )


def _amount_lines(page: ActorPage) -> list[Heading | PanelRow]:
    """Return the largest and the newest amounts; one list where the newest are all among the largest."""
    lines: list[Heading | PanelRow] = []
    largest = {row.id for row in page.largest}
    if page.largest:
        lines.append(Heading(_("Mentioned with: largest amounts")))
        lines += _amount_rows("largest", page.largest)
    if any(row.id not in largest for row in page.newest):
        lines.append(Heading(_("Mentioned with: newest amounts")))
        lines += _amount_rows("newest", page.newest)
    return lines


def _amount_rows(group: str, rows: Sequence[AmountRow]) -> list[PanelRow]:
    return [_amount_row(f"{group}:{row.id}", row) for row in rows]


def _amount_row(key: str, row: AmountRow) -> PanelRow:
    date = format_date(row.published, short=True)
    purpose = " ".join((row.purpose or "").split())
    article = " · ".join(part for part in (date, row.title) if part)
    return PanelRow(
        key=key,
        title=" ".join(row.written.split()),
        below=tuple(part[:_LONGEST] for part in (purpose, article) if part),
        value=value_text(row) or own_text(row),
        icon=KIND_ICONS[row.kind],
        role="amount_line",
        kind=kind_name(row.kind),
    )
