"""Reject or correct an amount or a date, as a rule that holds from now on.

Each call is one step that can be undone. The article at hand has its marks again in the answer; other
articles that are concerned count as not read yet, for `look_after.mark_again` in the background.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from desktop.anchoring import quote
from desktop.extraction import amounts, corrections, dates, units
from desktop.importers.base import partial_date
from desktop.library import articles, history, mentions, rules
from desktop.model import (
    AMOUNT_KINDS,
    Amount,
    ArticleId,
    Changes,
    Condition,
    Mention,
    MentionKind,
    Period,
    Rule,
    RuleId,
    RuleKind,
    RuleScope,
    TextQuote,
)
from desktop.tasks.look_after import mark_now
from desktop.tasks.session import Session

_MORE_CONTEXT = (64, 250, 1_000)  # code points around a passage, where fewer leave it ambiguous
_PAGE = 100  # articles read at once
_ABOUT_VALUES = (RuleKind.REJECT_AMOUNT, RuleKind.CORRECT_AMOUNT)


# Reading what a person types


def read_amount(
    text: str, langs: Sequence[str], was: MentionKind | None = None
) -> tuple[MentionKind, Amount] | None:
    """Read one amount as a person types it, in the first of these languages that understands it.

    was: the kind it had, kept where the unit leaves it open ("12 jaar": an age or a duration).
    None if the text is anything else than one amount.
    """
    for lang in dict.fromkeys(langs):
        found = [m for m in amounts.find_amounts(text, lang) if m.text.strip() == text.strip()]
        amount = found[0].amount if found else amounts.read_amount(text, lang)
        if amount is not None:
            kind = found[0].kind if found else kind_of(amount)
            both = {kind, was} == {MentionKind.AGE, MentionKind.DURATION}
            return (was if both and was else kind), amount
    return None


def kind_of(amount: Amount) -> MentionKind:
    """Return the kind of an amount, as its unit and noun tell it."""
    if amount.unit is None:
        return MentionKind.COUNT if amount.noun else MentionKind.NUMBER
    if units.is_money(amount.unit.partition("/")[0]):
        return MentionKind.MONEY
    known = {
        "time": MentionKind.DURATION,
        "temperature": MentionKind.TEMPERATURE,
        "share": MentionKind.PERCENT,
    }
    return known.get(units.dimension_of(amount.unit)[0], MentionKind.QUANTITY)


def read_period(text: str, langs: Sequence[str], reference: str | None) -> Period | None:
    """Read one date as a person types it, against the article's date; None for anything else."""
    for lang in dict.fromkeys(langs):
        found = dates.find_dates(text.strip(), lang, reference)
        if len(found) == 1 and found[0].text == text.strip() and found[0].period is not None:
            return found[0].period
    return None


def read_article_date(text: str, langs: Sequence[str]) -> str | None:
    """Read an article's date as a person types it: YYYY, YYYY-MM or YYYY-MM-DD; None for anything else."""
    if (written := partial_date(text)) and written == text.strip():
        return written
    period = read_period(text, langs, None)
    day = partial_date(period.value) if period is not None and period.value else None
    return day if period is not None and day == period.value else None


# Making rules


def reject(session: Session, article: ArticleId, mention: Mention, scope: RuleScope) -> Changes:
    """Say that a mention is no amount (or no date). Raises Problem NO_SUCH_ARTICLE.

    Raises ValueError for a mention that is neither, or that does not stand in the article's text.
    """
    return _add(session, article, mention, scope, Rule(RuleId(""), RuleKind.REJECT_AMOUNT, Condition()))


def correct(
    session: Session,
    article: ArticleId,
    mention: Mention,
    right: tuple[MentionKind, Amount] | Period,
    scope: RuleScope,
) -> Changes:
    """Say what an amount is, with its kind, or which period a date means. Otherwise as `reject`.

    Raises ValueError also where an amount is to become a date, or the other way round.
    """
    if isinstance(right, Period) is not (mention.kind is MentionKind.DATE):
        raise ValueError("an amount stays an amount, a date a date")
    if isinstance(right, Period):
        rule = Rule(RuleId(""), RuleKind.CORRECT_AMOUNT, Condition(), period=right)
    else:
        kind, amount = right
        rule = Rule(RuleId(""), RuleKind.CORRECT_AMOUNT, Condition(), to_kind=kind, amount=amount)
    return _add(session, article, mention, scope, rule)


def _add(session: Session, article: ArticleId, mention: Mention, scope: RuleScope, rule: Rule) -> Changes:
    text = articles.text(session.library.reader(), article).text
    condition = _condition(text, article, mention, scope)

    def work(con: sqlite3.Connection) -> Changes:
        fields = {"article": article, "words": mention.text}
        with history.recording(con, rule.kind, fields) as step:
            for other in rules.all_rules(con):
                if other.kind in _ABOUT_VALUES and other.condition == condition:
                    rules.delete(con, other.id)  # what it says holds no longer
            rules.add(con, replace(rule, condition=condition))
        mentions.make_stale(con, rules.rows_concerned(con, [condition]))
        return Changes(articles=frozenset({article}), step=step)

    changes = session.library.write(work)
    mark_now(session, [article])
    return changes


def _condition(text: str, article: ArticleId, mention: Mention, scope: RuleScope) -> Condition:
    """Return what a rule about a mention applies to. Amounts of the same words are one, whatever kind."""
    if mention.kind is not MentionKind.DATE and mention.kind not in AMOUNT_KINDS:
        raise ValueError(f"neither amount nor date: {mention.kind}")
    if text[mention.start : mention.end] != mention.text:
        raise ValueError(f"{mention.text!r} does not stand at {mention.start}")
    kind = MentionKind.DATE if mention.kind is MentionKind.DATE else None
    if scope is RuleScope.EVERYWHERE:
        return Condition(mention.text, kind)
    if scope is RuleScope.ARTICLE:
        return Condition(mention.text, kind, article)
    return Condition(None, kind, article, quote_of(text, mention.start, mention.end))


def quote_of(text: str, start: int, end: int) -> TextQuote:
    """Quote a passage with so much around it that it stands for one place."""
    passage = quote.make(text, start, end)
    for room in _MORE_CONTEXT:
        if corrections.find_quote(text, passage) == (start, end):
            break
        passage = TextQuote(passage.exact, text[max(0, start - room) : start], text[end : end + room])
    return passage
