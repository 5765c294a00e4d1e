"""What speaks for and against two amounts being figures of one matter, as numbers that are weighed together.

Words weigh by their rarity in the library. What the sentences themselves say counts fully, what stands around
them (title, sentence before, beginning of the article) less.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from desktop.extraction.matter_profile import BARE, MONTH, Name, Profile
from desktop.model import MentionKind

Rarity = Callable[[str], float]  #: of a key of `matter_profile.keys`, 0 (everywhere) .. 1

_CAP: Final = 3.0  #: more of anything says no more
_AROUND: Final = 0.5  #: what stands around a sentence, against what stands in it
_LEFT_OUT: Final = 0.8  #: what a sentence leaves to its article, against what it says
_BEGINNING: Final = 6  #: letters that names from one place have in common
_PART_OF_WORD: Final = 5  #: letters of a word that may stand in a longer one
_CLOSE: Final = math.log(2.0)  #: figures that differ by no more are close
_SOON: Final = 10  #: days
_LATER: Final = 45  #: days
_GROUPS: Final = {
    MentionKind.PLACE: "place",
    MentionKind.ORGANISATION: "body",
    MentionKind.PERSON: "person",
    MentionKind.EVENT: "event",
}


class Evidence(NamedTuple):
    """What two amounts have in common and what not. Sums of rarities up to 3, the others 0 .. 1."""

    names: float  #: both sentences have them
    names_around: float  #: one sentence and what stands around the other
    other_names: float  #: each has one that the other lacks
    lone_names: float  #: only one has them
    other_group: float  #: each has a place, or a body, that the other lacks
    words: float
    words_around: float
    story: float  #: what stands around both
    other_words: float  #: each has some that the other lacks
    lone_words: float  #: only one has them
    exchanged: float  #: words that stand in the same place of both sentences
    other_purpose: float
    measure: float  #: both measure the same thing
    measure_unsaid: float  #: one does not say what is measured
    unmeasured: float  #: neither does
    money: float
    share: float
    noun: float  #: the same things are counted
    size: float  #: how far the figures lie apart
    moved: float  #: the later one says that the figure moved
    moved_first: float  #: the earlier one does
    part: float  #: one is a part, the other is not said to be
    soon: float
    same_day: float
    same_period: float
    lone_period: float  #: only one is of a month or a year
    forecast: float  #: one is expected, the other is not


@dataclass(frozen=True, slots=True)
class Common:
    """Evidence, and what it consists of: shared words and names, rarest first."""

    evidence: Evidence
    topic: tuple[str, ...]
    names: tuple[str, ...]


def compare(a: Profile, b: Profile, rarity: Rarity, least: float = 0.0) -> Common | None:
    """Return what is common to two amounts; None where that is less than the least, which is told soon."""
    names, names_around = _shared_names(a, b, rarity)
    words, words_around, story = _shared_words(a, b, rarity)
    if sum(sum(one.values()) for one in (names, names_around, words, words_around)) < least:
        return None
    _add_longer(words, a, b, rarity)
    lone_a, lone_b = _lone_words(a, b, rarity), _lone_words(b, a, rarity)
    mine, yours = _lone_names(a, b), _lone_names(b, a)
    name_a, name_b = _weight(mine, rarity), _weight(yours, rarity)
    alone_a, alone_b = sum(lone_a.values()), sum(lone_b.values())
    days = _days_apart(a, b)
    first, second = (a, b) if (a.day, a.low) <= (b.day, b.low) else (b, a)
    same_measure = _same_measure(a, b)
    share = a.dimension in ("share", "%")
    evidence = Evidence(
        names=_capped(names.values()),
        names_around=_capped(names_around.values()),
        other_names=min(name_a, name_b, _CAP),
        lone_names=min(abs(name_a - name_b), _CAP),
        other_group=float(_other_group(mine, yours) or _other_payer(a, mine, b, yours)),
        words=_capped(words.values()),
        words_around=_capped(words_around.values()),
        story=_capped(story.values()),
        other_words=min(alone_a, alone_b, _CAP),
        lone_words=min(abs(alone_a - alone_b), _CAP),
        exchanged=float(_exchanged(a, b, [*lone_a, *_keys(mine)], [*lone_b, *_keys(yours)])),
        other_purpose=float(bool(a.purpose - b.purpose and b.purpose - a.purpose)),
        measure=float(same_measure),
        measure_unsaid=float((a.measure is None) != (b.measure is None)),
        unmeasured=float(a.measure is None and b.measure is None),
        money=float(len(a.dimension) == 3 and a.dimension.isupper()),
        share=float(share),
        noun=float(bool(a.noun) and a.noun == b.noun),
        size=_size(a, b),
        moved=float(second.moved),
        moved_first=float(first.moved),
        part=float(a.part != b.part),
        soon=float(0 < days <= _SOON),
        same_day=float(days == 0),
        same_period=float(bool(periods(a) and periods(b))),
        lone_period=float(bool(periods(a)) != bool(periods(b))),
        forecast=float(a.forecast != b.forecast),
    )
    return Common(evidence, _rarest({**words_around, **words}), _rarest({**names_around, **names}))


def periods(a: Profile, least: int = MONTH) -> list[tuple[str, str]]:
    """Return the first and last days of the periods of so many days or more."""
    return [(first, last) for first, last, days in a.periods if days >= least]


def figure(low: float, high: float) -> float:
    """Return the one number that stands for a range: its middle, or its closed end."""
    if math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2
    return low if math.isfinite(low) else high


def _capped(weights: Iterable[float]) -> float:
    return min(sum(weights), _CAP)


def _rarest(weights: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda key: (-weights[key], key)))


def _same_measure(a: Profile, b: Profile) -> bool:
    return a.measure is not None and (a.measure in b.measures or b.measure in a.measures)


def _size(a: Profile, b: Profile) -> float:
    first, second = figure(a.low, a.high), figure(b.low, b.high)
    if first * second <= 0:
        return 0.0 if first == second else 1.0
    return min(max(0.0, abs(math.log(first / second)) - _CLOSE), _CAP)


def _days_apart(a: Profile, b: Profile) -> int:
    if not (a.day and b.day):
        return _LATER
    return abs((date.fromisoformat(a.day) - date.fromisoformat(b.day)).days)


# Words


def _own(a: Profile) -> dict[str, float]:
    """Return the words of the sentence, and those that it leaves to its article."""
    if not a.bare:
        return a.topic
    return {**dict.fromkeys(a.subject, _LEFT_OUT), **a.topic}


def _shared_words(
    a: Profile, b: Profile, rarity: Rarity
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    mine, yours = _own(a), _own(b)
    own = {key: min(mine[key], yours[key]) * rarity(key) for key in mine.keys() & yours.keys()}
    beside_a, beside_b = a.context | a.subject, b.context | b.subject
    around = {
        key: _AROUND * rarity(key)
        for key in (mine.keys() & beside_b) | (yours.keys() & beside_a)
        if key not in own
    }
    story = {key: rarity(key) for key in beside_a & beside_b if key not in own and key not in around}
    return own, around, story


def _add_longer(shared: dict[str, float], a: Profile, b: Profile, rarity: Rarity) -> None:
    """Add the words of one that stand in longer words of the other."""
    mine, yours = a.topic.keys() - shared.keys(), b.topic.keys() - shared.keys()
    for some, others in ((mine, yours), (yours, mine)):
        for key in some:
            if longer := _within(key, others):
                shared[key] = _LEFT_OUT * min(rarity(key), rarity(longer))


def _within(key: str, others: Collection[str]) -> str:
    """Return a word that begins or ends with another: "dijkherstel" and "herstel"."""
    lang, _colon, word = key.partition(":")
    if len(word) < _PART_OF_WORD:
        return ""
    for other in others:
        theirs, _colon, longer = other.partition(":")
        if theirs == lang and len(longer) > len(word) and (longer.startswith(word) or longer.endswith(word)):
            return other
    return ""


def _lone_words(a: Profile, b: Profile, rarity: Rarity) -> dict[str, float]:
    own = _own(b)
    return {
        key: closeness * rarity(key)
        for key, closeness in a.topic.items()
        if not (key in own or key in b.context or key in b.subject or _akin_word(key, own))
    }


def _akin_word(key: str, others: Collection[str]) -> bool:
    word = key.partition(":")[2]
    return bool(_within(key, others)) or (
        len(word) >= _BEGINNING and any(_within(other, (key,)) for other in others)
    )


def _exchanged(a: Profile, b: Profile, mine: Iterable[str], yours: Iterable[str]) -> bool:
    """Tell whether a word that only one says stands where the other has a word of its own."""
    ours = {slot for key in mine for slot in a.slots.get(key, ())}
    return any(not ours.isdisjoint(b.slots.get(key, ())) for key in yours)


# Names


def _shared_names(a: Profile, b: Profile, rarity: Rarity) -> tuple[dict[str, float], dict[str, float]]:
    own: dict[str, float] = {}
    around: dict[str, float] = {}
    for one, other in ((a, b), (b, a)):
        for name in _own_names(one):
            best = max(name.words & other.exact or name.words, key=lambda word: (rarity(f"={word}"), word))
            if _in_sentence(name, other) or (other.bare and _beside(name, other)):
                own[best] = rarity(f"={best}")
            elif _beside(name, other):
                around[best] = _AROUND * rarity(f"={best}")
    return own, {name: weight for name, weight in around.items() if name not in own}


def _own_names(a: Profile) -> tuple[Name, ...]:
    """Return the names of the sentence, and those that it leaves to its article."""
    return (*a.names, *a.context_names) if a.bare else a.names


def _in_sentence(name: Name, other: Profile) -> bool:
    if name.words <= other.exact or any(_akin(name, one) for one in other.names):
        return True
    return bool(name.actor) and any(name.actor == one.actor for one in other.names)


def _beside(name: Name, other: Profile) -> bool:
    if name.words <= other.around or any(_akin(name, one) for one in other.context_names):
        return True
    return bool(name.actor) and any(name.actor == one.actor for one in other.context_names)


def _akin(name: Name, other: Name) -> bool:
    """Tell whether one name has all of another, or begins like it, as Utrecht and Utrechtse do."""
    short, long = sorted((name.words, other.words), key=len)
    if short <= long:
        return True
    starts = {word[:_BEGINNING] for word in long if len(word) >= _BEGINNING}
    return all(word in long or word[:_BEGINNING] in starts for word in short)


def _lone_names(a: Profile, b: Profile) -> list[Name]:
    """Return what the sentence of one names and the other article does not, but for who says so."""
    own = [name for name in a.names if name.near and not name.said]
    return [
        name
        for name in own or (() if a.bare and a.measure in (None, BARE) else a.context_names)
        if not _in_sentence(name, b) and not _beside(name, b)
    ]


def _keys(names: Iterable[Name]) -> list[str]:
    return [f"={word}" for name in names for word in name.words]


def _other_group(mine: Iterable[Name], yours: Iterable[Name]) -> bool:
    groups = {_GROUPS.get(name.kind) for name in mine if name.kind in _GROUPS}
    return any(_GROUPS.get(name.kind) in groups for name in yours if name.kind in _GROUPS)


def _other_payer(a: Profile, mine: Sequence[Name], b: Profile, yours: Sequence[Name]) -> bool:
    """Tell whether one is paid by a body with a name, and the other by a kind of body: "de gemeente"."""
    if "spend" not in (a.measure, b.measure):
        return False
    bodies = [any(name.kind is MentionKind.ORGANISATION for name in names) for names in (mine, yours)]
    return bool((bodies[0] and b.spenders - a.spenders) or (bodies[1] and a.spenders - b.spenders))


def _weight(names: Iterable[Name], rarity: Rarity) -> float:
    return sum(max(rarity(f"={word}") for word in name.words) for name in names)
