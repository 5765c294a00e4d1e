"""The reader's corrections applied to the mentions of one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from desktop.model import (
    ACTOR_KINDS,
    AMOUNT_KINDS,
    Condition,
    Mention,
    MentionKind,
    Rule,
    RuleKind,
    Source,
    TextQuote,
)

_SPACES = re.compile(r"\s+")
_CONTEXT: Final = 1_000  # code points of prefix and suffix that are compared, at most
_LEAST_CONTEXT: Final = 8  # of these must agree, where a quote has so many


@dataclass(slots=True)
class _State:
    mention: Mention
    dropped: bool = False


def apply_rules(
    mentions: Sequence[Mention], rules: Sequence[Rule], text: str, article_id: str
) -> list[Mention]:
    """Return the mentions as the rules say, sorted; see `actors.apply_rules`."""
    states = [_State(mention) for mention in mentions]
    for rule in rules:
        if rule.condition.article in (None, article_id):
            _apply(states, rule, text)
    return sorted((s.mention for s in states if not s.dropped), key=lambda m: (m.start, m.end))


def _apply(states: list[_State], rule: Rule, text: str) -> None:
    if rule.kind == RuleKind.ADD:
        _add(states, rule, text)
        return
    change = _CHANGES[rule.kind]
    place = find_quote(text, rule.condition.quote)
    if place is None and rule.condition.quote is not None:
        return
    for state in states:
        if _meets(state.mention, rule.condition, place):
            changed = change(state.mention, rule)
            if changed is None:
                state.dropped = True
            elif changed is not state.mention:
                state.mention, state.dropped = changed, False


def _ignore(mention: Mention, _rule: Rule) -> Mention | None:
    return None if mention.kind not in AMOUNT_KINDS else mention


def _retype(mention: Mention, rule: Rule) -> Mention:
    if rule.to_kind is None or mention.kind in AMOUNT_KINDS:
        return mention
    actor = (mention.actor or mention.text) if rule.to_kind in ACTOR_KINDS else None
    return replace(mention, kind=rule.to_kind, actor=actor, source=Source.USER, confidence=1.0)


def _rename(mention: Mention, rule: Rule) -> Mention:
    if not rule.name or mention.kind not in ACTOR_KINDS:
        return mention
    return replace(mention, actor=rule.name)


def _split(mention: Mention, rule: Rule) -> Mention:
    if mention.kind not in ACTOR_KINDS:
        return mention
    return replace(mention, actor=rule.name or mention.text)


def _reject(mention: Mention, rule: Rule) -> Mention | None:
    return None if _is_such_a_value(mention, rule.condition) else mention


def _correct(mention: Mention, rule: Rule) -> Mention:
    if not _is_such_a_value(mention, rule.condition):
        return mention
    if mention.kind is MentionKind.DATE:
        if rule.period is None:
            return mention
        return replace(mention, period=rule.period, source=Source.USER, confidence=1.0)
    if rule.amount is None:
        return mention
    kind = rule.to_kind if rule.to_kind in AMOUNT_KINDS else mention.kind
    return replace(mention, kind=kind, amount=rule.amount, source=Source.USER, confidence=1.0)


def _is_such_a_value(mention: Mention, condition: Condition) -> bool:
    """Tell whether a mention is an amount, or a date where the condition is about dates."""
    wanted = (MentionKind.DATE,) if condition.kind is MentionKind.DATE else AMOUNT_KINDS
    return mention.kind in wanted


_CHANGES: Final[dict[RuleKind, Callable[[Mention, Rule], Mention | None]]] = {
    RuleKind.IGNORE: _ignore,
    RuleKind.RETYPE: _retype,
    RuleKind.RENAME: _rename,
    RuleKind.MERGE: _rename,
    RuleKind.SPLIT: _split,
    RuleKind.REJECT_AMOUNT: _reject,
    RuleKind.CORRECT_AMOUNT: _correct,
}


def _add(states: list[_State], rule: Rule, text: str) -> None:
    """Mark what the reader marked; it takes the place of what stood there."""
    kind = rule.to_kind or rule.condition.kind or MentionKind.OTHER
    for start, end in places(rule.condition, text):
        for state in states:
            if state.mention.start < end and start < state.mention.end:
                state.dropped = True
        words = text[start:end]
        actor = (rule.name or rule.condition.name or words) if kind in ACTOR_KINDS else None
        states.append(_State(Mention(start, end, words, kind, Source.USER, 1.0, "reader", actor)))


def places(condition: Condition, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words stand that a rule about a text is about."""
    if condition.quote is not None:
        place = find_quote(text, condition.quote)
        if place is not None:
            yield place
    elif condition.name:
        words = r"\s+".join(map(re.escape, condition.name.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text) if words else ():
            yield match.span()


def same_words(one: str, other: str) -> bool:
    """Tell whether two passages are the same but for case, accents and spaces."""
    return _normal(one) == _normal(other)


def holds_words(text: str, words: str) -> bool:
    """Tell whether such words stand in a text, be it inside others."""
    return _normal(words) in _fold(text)


def _meets(mention: Mention, condition: Condition, place: tuple[int, int] | None) -> bool:
    if condition.quote is not None and (
        place is None or not (mention.start < place[1] and place[0] < mention.end)
    ):
        return False
    if condition.kind is not None and mention.kind != condition.kind:
        return False
    if condition.name is None:
        return True
    wanted = _normal(condition.name)
    return wanted == _normal(mention.text) or (mention.actor is not None and wanted == _normal(mention.actor))


@lru_cache(maxsize=4096)
def _normal(name: str) -> str:
    return _fold(name)


def _fold(name: str) -> str:
    """Fold case, accents and spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _SPACES.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def find_quote(text: str, quote: TextQuote | None) -> tuple[int, int] | None:
    """Return where a quote stands word for word: the place whose surroundings agree best, if one does.

    Surroundings that have become others are no place: a wrong passage is worse than none.
    """
    if quote is None or not quote.exact:
        return None
    found: list[tuple[int, int]] = []
    at = text.find(quote.exact)
    while at >= 0 and len(found) < 10_000:
        end = at + len(quote.exact)
        before = _agreement(quote.prefix[::-1], text[max(0, at - _CONTEXT) : at][::-1])
        after = _agreement(quote.suffix, text[end : end + _CONTEXT])
        found.append((before + after, at))
        at = text.find(quote.exact, at + 1)
    most = max((agreement for agreement, _ in found), default=-1)
    best = [place for agreement, place in found if agreement == most]
    if len(best) != 1 or most < min(_LEAST_CONTEXT, len(quote.prefix) + len(quote.suffix)):
        return None
    return best[0], best[0] + len(quote.exact)


def _agreement(wanted: str, there: str) -> int:
    count = 0
    for a, b in zip(wanted[:_CONTEXT], there, strict=False):
        if a != b:
            break
        count += 1
    return count
