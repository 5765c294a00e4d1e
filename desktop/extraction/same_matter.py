"""Whether two amounts are figures of one matter: "de brug kost 8 miljoen", later "… 11 miljoen".

Precision comes first. Some things make two amounts different whatever their words: what is measured, the
period, the kind of figure. Everything else is weighed; `tests/quality/fit_same_matter.py` finds the weights
from labelled pairs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from desktop.extraction.matter_evidence import Evidence, Rarity, compare, figure, periods
from desktop.extraction.matter_profile import AVERAGE, MONTH, UNCOUNTED, YEAR, Profile
from desktop.extraction.matter_words import PERIODIC

FACTOR: Final = 30.0  #: figures of one matter differ by no more than this
ENOUGH: Final = 0.55  #: score from which on two amounts are one matter
LEAST_SHARED: Final = 0.8  #: of words and names, below which nothing else is looked at
_BIAS: Final = -0.87
_WEIGHTS: Final = Evidence(
    names=1.25,
    names_around=0.22,
    other_names=-1.72,
    lone_names=-1.49,
    other_group=-1.76,
    words=0.87,
    words_around=0.00,
    story=0.59,
    other_words=-0.64,
    lone_words=-0.32,
    exchanged=-1.58,
    other_purpose=-0.86,
    measure=0.72,
    measure_unsaid=-0.71,
    unmeasured=-0.29,
    money=0.09,
    share=-0.13,
    noun=0.00,
    size=-2.41,
    moved=1.59,
    moved_first=0.38,
    part=-0.51,
    soon=1.17,
    same_day=-0.91,
    same_period=0.51,
    lone_period=-1.02,
    forecast=0.00,
)


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
    common = compare(a, b, rarity, LEAST_SHARED)
    if common is None:
        return Verdict(0.0, against="little shared")
    total = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, common.evidence, strict=True))
    return Verdict(1 / (1 + math.exp(-total)), common.topic, common.names)


def contradiction(a: Profile, b: Profile) -> str:
    """Return what makes two amounts different things whatever their words; "" = nothing."""
    if a.dimension != b.dimension:
        return "dimension"
    if not comparable(a, b):
        return "size"
    if a.dimension == "count" and not _same_count(a, b):
        return "counted thing"
    if a.flags != b.flags or UNCOUNTED in a.flags:
        return "kind of figure"
    if a.measure and b.measure and a.measure not in b.measures and b.measure not in a.measures:
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


def _same_count(a: Profile, b: Profile) -> bool:
    """Tell whether differently named things are counted alike: "310 doden", "310 mensen omgekomen"."""
    if a.noun == b.noun:
        return True
    return a.measure is not None and a.measure == b.measure


def _other_period(a: Profile, b: Profile) -> str:
    """Tell whether figures that come back every month or year are of two of them."""
    periodic = a.dimension == "share" or AVERAGE in a.flags or bool({a.measure, b.measure} & PERIODIC)
    if a.measure == b.measure == "quote":
        return "" if a.day == b.day else "day of the quote"
    least = MONTH if periodic else YEAR
    first, second = periods(a, least), periods(b, least)
    if first and second and not any(p[0] <= q[1] and q[0] <= p[1] for p in first for q in second):
        return "period"
    return ""
