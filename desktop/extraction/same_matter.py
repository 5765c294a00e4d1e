"""Whether two amounts are figures of one matter: "de brug kost 8 miljoen", later "… 11 miljoen".

Precision comes first: what is measured, the names, the periods and the counted thing must not contradict
each other, and what is shared must outweigh what only one of both says. Words weigh by their rarity in the
library.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.extraction.matter_profile import CONTEXT, MONTH, UNCOUNTED, YEAR, Name, Profile
from desktop.extraction.matter_words import PERIODIC
from desktop.model import MentionKind

Rarity = Callable[[str], float]  #: of a key of `matter_profile.keys`, 0 (everywhere) .. 1

FACTOR: Final = 30.0  #: figures of one matter differ by no more than this
_BARE_FACTOR: Final = 4.0  #: and those of an article's unnamed subject by no more than this
_BARE_ENOUGH: Final = 1.2  #: weight of what the beginnings of two articles must share
ENOUGH: Final = 0.6  #: score from which on two amounts are one matter
_OTHER: Final = "other"  # begins the reason where names contradict
_UNSAID: Final = 0.3  # opposition that is always there
_UNMEASURED: Final = 0.25  # opposition where neither says what is measured
_SAME_PERIOD: Final = 0.5  # "de inflatie van januari" twice
_OTHER_PURPOSE: Final = 1.0  # each is for something that the other is not for
_OTHER_NAMES: Final = 1.5  # a name that only one of both has opposes so much more than a word
_SOON: Final = 20  # days within which a figure without a period is of the same one
_BEGINNING: Final = 6  # letters that names from one place have in common
_GENERAL: Final = ("cost", "spend")  # measures that do not tell of what, where others do ("boete")
_NAMES_FOR_GENERAL: Final = 1.2  # so much of shared names makes up for that
_GROUPS: Final = {
    MentionKind.PLACE: "place",
    MentionKind.ORGANISATION: "body",
    MentionKind.PERSON: "person",
    MentionKind.EVENT: "event",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """score: 0 = contradicts; from ENOUGH on the same. topic and names: what both share, rarest first."""

    score: float
    topic: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    against: str = ""  #: what contradicts, for explaining


def judge(a: Profile, b: Profile, rarity: Rarity) -> Verdict:
    """Compare two amounts."""
    against = contradiction(a, b)
    if against:
        return Verdict(0.0, against=against)
    verdict = _judge_said(a, b, rarity)
    if verdict.score < ENOUGH and (a.bare or b.bare) and not verdict.against.startswith(_OTHER):
        return max(verdict, _judge_bare(a, b, rarity), key=lambda one: one.score)
    return verdict


def _judge_said(a: Profile, b: Profile, rarity: Rarity) -> Verdict:
    """Compare by what the sentences themselves say."""
    shared = {key: min(a.topic[key], b.topic[key]) * rarity(key) for key in a.topic.keys() & b.topic.keys()}
    for key in (a.topic.keys() & b.context) | (b.topic.keys() & a.context):
        shared.setdefault(key, CONTEXT * rarity(key))
    names = _shared_names(a, b, rarity)
    opposition, conflict = _opposition(a, b, shared, rarity)
    if conflict:
        return Verdict(0.0, against=conflict)
    same_measure = a.measure is not None and a.measure == b.measure
    topical, named = sum(shared.values()), sum(names.values())
    timed = _SAME_PERIOD * (same_measure and bool(_periods(a, MONTH)) and bool(_periods(b, MONTH)))
    enough = _NAMES_FOR_GENERAL if a.measure in _GENERAL else 0.5
    if not (topical >= 0.5 or (same_measure and named >= enough)) or topical + named + timed < 0.9:
        return Verdict(0.0, against="little shared")
    evidence = topical + 0.8 * named + 0.5 * same_measure + timed
    if not (a.measure or b.measure):
        opposition += _UNMEASURED
    return Verdict(evidence / (evidence + opposition + _UNSAID), _rarest(shared), _rarest(names))


def _judge_bare(a: Profile, b: Profile, rarity: Rarity) -> Verdict:
    """Compare where a sentence leaves to its article what it is that costs so much.

    All that the other says must then stand at the beginning of that article.
    """
    if a.measure != b.measure or not comparable(a, b, _BARE_FACTOR):
        return Verdict(0.0, against="measure or size")
    shared = {key: rarity(key) for key in _about(a) & _about(b)}
    evidence = sum(shared.values())
    if evidence < _BARE_ENOUGH:
        return Verdict(0.0, against="little shared")
    opposition = _alone(a, shared, rarity) + _alone(b, shared, rarity)
    opposition += sum(_weight(_unmatched(x, y), rarity) for x, y in ((a, b), (b, a)) if not x.bare)
    return Verdict(evidence / (evidence + opposition + _UNSAID), _rarest(shared))


def _about(a: Profile) -> frozenset[str]:
    return a.subject | a.topic.keys() if a.bare else frozenset(a.topic)


def _rarest(weights: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda key: (-weights[key], key)))


def contradiction(a: Profile, b: Profile) -> str:
    """Return what makes two amounts different things whatever their words; "" = nothing."""
    if a.dimension != b.dimension or (a.dimension == "count" and not _same_count(a, b)):
        return "dimension"
    if not comparable(a, b):
        return "size"
    if a.flags != b.flags or UNCOUNTED in a.flags:
        return "kind of figure"
    if a.measure and b.measure and a.measure != b.measure:
        return f"measure: {a.measure}, {b.measure}"
    if "spend" in (a.measure, b.measure) and a.spenders and b.spenders and not a.spenders & b.spenders:
        return "other payer"
    return _other_period(a, b)


def comparable(a: Profile, b: Profile, factor: float = FACTOR) -> bool:
    """Tell whether two amounts are of about one size."""
    first, second = figure(a.low, a.high), figure(b.low, b.high)
    if first == second:
        return True
    if first * second <= 0:
        return False
    return 1 / factor <= first / second <= factor


def figure(low: float, high: float) -> float:
    """Return the one number that stands for a range: its middle, or its closed end."""
    if math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2
    return low if math.isfinite(low) else high


def _same_count(a: Profile, b: Profile) -> bool:
    """Tell whether differently named things are counted alike: "310 doden", "310 mensen omgekomen"."""
    if a.noun == b.noun:
        return True
    return a.measure is not None and a.measure == b.measure and a.measure not in _GENERAL


def _other_period(a: Profile, b: Profile) -> str:
    recurs = a.dimension == "share" and not (a.measure and b.measure)  # shares come back every month
    periodic = recurs or bool({a.measure, b.measure} & PERIODIC)
    if a.measure == b.measure == "quote":
        return "" if a.day == b.day else "day of the quote"
    least = MONTH if periodic else YEAR
    first, second = _periods(a, least), _periods(b, least)
    if first and second:
        together = any(p[0] <= q[1] and q[0] <= p[1] for p in first for q in second)
        return "" if together else "period"
    if periodic and not (a.forecast or b.forecast) and _days_apart(a, b) > _SOON:
        return "period unknown"
    return ""


def _periods(a: Profile, least: int) -> list[tuple[str, str]]:
    return [(first, last) for first, last, days in a.periods if days >= least]


def _days_apart(a: Profile, b: Profile) -> int:
    if not (a.day and b.day):
        return 10**6
    return abs((date.fromisoformat(a.day) - date.fromisoformat(b.day)).days)


# Names


def _matches(name: Name, other: Profile) -> bool:
    if not other.exact.isdisjoint(name.words) or any(_akin(name, one) for one in other.names):
        return True
    return bool(name.actor) and any(name.actor == one.actor for one in other.names)


def _akin(name: Name, other: Name) -> bool:
    """Tell whether names begin alike, as Utrecht and Utrechtse do."""
    starts = {word[:_BEGINNING] for word in other.words if len(word) >= _BEGINNING}
    return any(word[:_BEGINNING] in starts for word in name.words)


def _shared_names(a: Profile, b: Profile, rarity: Rarity) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in a.names:
        if _matches(name, b):
            common = name.words & b.exact or name.words
            best = max(common, key=lambda word: (rarity(f"={word}"), word))
            found[best] = rarity(f"={best}")
    for name in b.names:  # at the beginning of the other sentence it may have been no name
        common = name.words & a.exact
        if common and common.isdisjoint(found):
            best = max(common, key=lambda word: (rarity(f"={word}"), word))
            found[best] = rarity(f"={best}")
    return found


def _opposition(a: Profile, b: Profile, shared: dict[str, float], rarity: Rarity) -> tuple[float, str]:
    """Return the weight of what each says and the other does not, and a conflict of names."""
    mine, yours = _unmatched(a, b), _unmatched(b, a)
    for group in ("place", "body"):
        if any(_group(name) == group for name in mine) and any(_group(name) == group for name in yours):
            return 0.0, f"{_OTHER} {group}"
    named = min(_weight(mine, rarity), _weight(yours, rarity))
    apart = min(_alone(a, shared, rarity), _alone(b, shared, rarity))
    if a.purpose - b.purpose and b.purpose - a.purpose:  # "klimaatfonds van …", "biotechfonds van …"
        apart += _OTHER_PURPOSE
    return apart + _OTHER_NAMES * named, ""


def _unmatched(a: Profile, b: Profile) -> list[Name]:
    return [name for name in a.names if name.near and not name.said and not _matches(name, b)]


def _group(name: Name) -> str:
    return _GROUPS.get(name.kind, "") if name.kind else ""


def _weight(names: Iterable[Name], rarity: Rarity) -> float:
    return sum(max(rarity(f"={word}") for word in name.words) for name in names)


def _alone(a: Profile, shared: dict[str, float], rarity: Rarity) -> float:
    return sum(closeness * rarity(key) for key, closeness in a.topic.items() if key not in shared)
