"""A correction in words: what it is about, what it says, how far it reaches, and what it does at present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.i18n import _, format_date, n_
from desktop.model import MentionKind, Rule, RuleKind, RuleScope
from desktop.ui.actor_menu import NAME_ICONS, is_a
from desktop.ui.icons import KIND_ICONS
from desktop.ui.mention_words import period_words, value_words
from desktop.ui.panel_rows import Heading, PanelRow

if TYPE_CHECKING:
    from desktop.tasks.corrections import Correction

Said = tuple[str, str, str]  #: what a rule says, icon, the theme's colour for it


def correction_lines(corrections: Sequence[Correction]) -> list[Heading | PanelRow]:
    """Return a row for each correction; its key is the rule's id."""
    return [_row(correction) for correction in corrections]


def _row(correction: Correction) -> PanelRow:
    rule = correction.rule
    words = rule.condition.name or (rule.condition.quote.exact if rule.condition.quote else "")
    value, shape, role = _value_said(rule) if rule.kind in _ABOUT_VALUES else _name_said(rule, words)
    return PanelRow(
        key=rule.id,
        title=_("“{words}”").format(words=words),
        below=(" · ".join((_scope_words(correction), _marks_words(correction))),),
        value=value,
        value_below=format_date(rule.created_at[:10], short=True),
        icon=shape,
        role=role,
        quoted=True,
    )


_ABOUT_VALUES = (RuleKind.REJECT_AMOUNT, RuleKind.CORRECT_AMOUNT)


def _value_said(rule: Rule) -> Said:
    is_date = rule.condition.kind is MentionKind.DATE
    if rule.kind is RuleKind.REJECT_AMOUNT:
        return _("not a date") if is_date else _("not an amount"), "prohibit", "dim"
    if rule.period is not None:
        return period_words(rule.period), KIND_ICONS[MentionKind.DATE], "date"
    value = value_words(rule.amount) if rule.amount else ""
    return value, KIND_ICONS[rule.to_kind or MentionKind.NUMBER], "date" if is_date else "amount_line"


def _name_said(rule: Rule, words: str) -> Said:
    kind = rule.to_kind or rule.condition.kind or MentionKind.OTHER
    sign = (NAME_ICONS.get(kind, "tag"), kind.value if kind is not MentionKind.OTHER else "dim")
    if rule.kind is RuleKind.IGNORE:
        return _("no name"), "prohibit", "dim"
    if rule.kind is RuleKind.RENAME:
        return _("is called {name}").format(name=rule.name or words), *sign
    if rule.name and rule.name != words:
        return _("is {name}").format(name=rule.name), *sign
    if rule.kind is RuleKind.SPLIT:
        return _("on its own"), *sign
    return _("is {name}").format(name=is_a(kind)), *sign


def _scope_words(correction: Correction) -> str:
    if correction.scope is RuleScope.EVERYWHERE:
        return _("everywhere")
    if not correction.title:
        return _("in an article that is gone")
    if correction.scope is RuleScope.ARTICLE:
        return _("all in “{title}”").format(title=correction.title)
    return _("at one place in “{title}”").format(title=correction.title)


def _marks_words(correction: Correction) -> str:
    if not correction.marks:
        return _("concerns nothing at present")
    marks = n_("{n} mark", "{n} marks", correction.marks)
    if correction.scope is not RuleScope.EVERYWHERE:
        return marks
    return f"{marks} " + n_("in {n} article", "in {n} articles", correction.articles)
