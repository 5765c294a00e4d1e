"""What is known of one amount when it is compared with others: its topic, names, measure and periods.

Words come in from outside with their exact forms and stems, because stemming belongs to the search.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final, NamedTuple

from desktop.extraction.matter_words import MONETARY, PHYSICAL, SHARED, UNPRICED, MatterWords, matter_words
from desktop.model import MentionKind

_BEYOND: Final = 0.4  # closeness of a word on the other side of another amount
BARE: Final = "cost"  # what may be said without saying of what: "De kosten worden geraamd op …"
_QUOTE: Final = "quote"
_FEW_WORDS: Final = 2  # of its own in such a sentence
_REACH: Final = 3  # words within which a word stands beside another
_SHORTLY: Final = 4  # words behind an amount in which it may be said that it comes back every year
_AS_FAR: Final = 8  # times as far as the nearest word that says what is measured, another may stand
_NEAR: Final = 2  # words between a name and the verb that says it said something
_BEGINNING: Final = 3  # words of a sentence in which a condition begins it
_AMOUNT: Final = "#"  # stands for the amount among the words beside it
AVERAGE: Final = "average"
UNCOUNTED: Final = "times"  # no matter at all: "twee keer zo groot"
MONTH, YEAR = 27, 360  # days from which on a period is a month or a year


Slot = tuple[str, str]  #: "before" or "behind", and the word of weight that stands there


class Word(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    exact: str  #: folded
    stem: str  #: with its language: "nl:huis"
    stop: bool  #: says nothing in any text
    capital: bool
    tells: bool  #: may say which matter it is: see `tells`


class Known(NamedTuple):
    """A name that stands in the sentence; actor: a number that is the same in every article."""

    start: int
    end: int
    kind: MentionKind
    actor: int


class Span(NamedTuple):
    """A period that stands in the sentence, as full days (YYYY-MM-DD)."""

    start: int
    end: int
    first_day: str
    last_day: str
    days: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the sentence, by its words. kind None: capitals only, nothing known."""

    words: frozenset[str]
    kind: MentionKind | None
    actor: int
    said: bool  #: who says so, not what it is about
    near: bool = True  #: no other amount stands in between


class Passage(NamedTuple):
    """The sentence of an amount and what stands around it; places are code points of one text."""

    words: Sequence[Word]
    context: Sequence[Word]  #: of the title and the sentence before
    subject: Sequence[Word]  #: of the title and the beginning of the article, without this sentence
    names: Sequence[Known]
    context_names: Sequence[Name]  #: in the title, the sentence before and the beginning of the article
    periods: Sequence[Span]
    amounts: Sequence[tuple[int, int]]  #: of all amounts in the sentence, in order


@dataclass(frozen=True, slots=True)
class Measurement:
    """The amount itself."""

    start: int
    end: int
    dimension: str
    low: float
    high: float
    noun: str = ""  #: stem of the counted thing's last word
    purpose: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """An amount ready to be compared."""

    dimension: str
    low: float
    high: float
    noun: str
    day: str  #: of the article, YYYY-MM-DD; "" = unknown
    topic: dict[str, float]  #: stem -> closeness, 0..1
    context: frozenset[str]  #: stems of the title and the sentence before
    subject: frozenset[str]  #: stems of the title and the beginning of the article
    purpose: frozenset[str]
    exact: frozenset[str]  #: all words of the sentence
    around: frozenset[str]  #: all words of the title, the sentence before and the beginning
    names: tuple[Name, ...]
    context_names: tuple[Name, ...]
    slots: dict[str, frozenset[Slot]]  #: stem, or "=" and word of a name -> what stands beside it
    measure: str | None  #: the nearest
    measures: frozenset[str]
    periods: tuple[tuple[str, str, int], ...]  #: first and last day, days
    flags: frozenset[str]  #: average, limit, per …: what kind of figure it is
    forecast: bool
    moved: bool  #: says that the figure was another before
    part: bool  #: says that it is a part of something
    spenders: frozenset[str]  #: who pays, where the sentence says so
    bare: bool  #: the sentence says only that it costs so much; what, the article says


def profile(amount: Measurement, passage: Passage, day: str, lang: str | None) -> Profile:
    """Return the profile of an amount in its passage."""
    known = matter_words(lang)
    others = [place for place in passage.amounts if not _beside(place, amount, passage.words, known)]
    words = [word for word in passage.words if not _inside(word, [(amount.start, amount.end)])]
    names = _names(words, passage.names, known, lang, lambda word: not _between(word, amount, others))
    named = {word for name in names for word in name.words}
    topic: dict[str, float] = {}
    measures: list[tuple[float, str]] = []
    for word in words:
        closeness = _BEYOND if _between(word, amount, others) else 1.0
        if word.exact in named:
            continue
        if measure := known.measure(word.exact):
            if _can_measure(measure, amount.dimension):
                measures.append((_distance(word, amount) / closeness**2, measure))
        elif word.tells and not _inside(word, passage.periods):
            topic[word.stem] = max(closeness, topic.get(word.stem, 0.0))
    if amount.noun and amount.noun.split(":")[-1] not in known.generic:
        topic.setdefault(amount.noun, 1.0)
    near = [word for word in words if not _between(word, amount, others)]
    if amount.noun and (counted := _counted(amount, passage.words, known)):
        measures.append((0.0, counted))
    exact = frozenset(word.exact for word in words)
    if _can_measure(BARE, amount.dimension) and exact & known.comes and exact & known.undertaking:
        measures.append((0.0, BARE))
    measure = min(measures)[1] if measures else None
    if any(kind == _QUOTE for _far, kind in measures):
        measure = _QUOTE  # "een vat kost 71 dollar"
    return Profile(
        dimension=amount.dimension,
        low=amount.low,
        high=amount.high,
        noun=amount.noun,
        day=day,
        topic=topic,
        context=frozenset(word.stem for word in passage.context if word.tells) - topic.keys(),
        subject=frozenset(word.stem for word in passage.subject if word.tells) - topic.keys(),
        purpose=_purpose(amount, words) & topic.keys(),
        exact=exact,
        around=frozenset(word.exact for word in chain(passage.context, passage.subject) if not word.stop),
        names=names,
        context_names=tuple(name for name in passage.context_names if name.words),
        slots=_slots(amount, words, named, known),
        measure=measure,
        measures=frozenset(kind for far, kind in measures if far <= _AS_FAR * (1 + min(measures)[0])),
        periods=tuple((p.first_day, p.last_day, p.days) for p in passage.periods),
        flags=_flags(amount, words, passage, known),
        forecast=not exact.isdisjoint(known.forecast),
        moved=len(others) < len(passage.amounts) - 1
        or not (exact | {word.exact for word in passage.context}).isdisjoint(known.moved),
        part=_is_part(amount, words, near, known),
        spenders=frozenset(known.spenders[word.exact] for word in near if word.exact in known.spenders),
        bare=_leaves_all(measure, amount, topic, names)
        or (measure in (None, BARE) and _is_bare(words, topic, names, passage.subject, known)),
    )


def _counted(amount: Measurement, words: Sequence[Word], known: MatterWords) -> str | None:
    """Return what the counted thing itself measures: "51 doden"."""
    own = [known.measure(word.exact) for word in words if amount.start <= word.start < amount.end]
    return next((measure for measure in own if measure and _can_measure(measure, amount.dimension)), None)


def _can_measure(measure: str, dimension: str) -> bool:
    """Tell whether something of a dimension may be what a word measures: megawatts are no profit."""
    if len(dimension) == 3 and dimension.isupper():
        return measure not in UNPRICED
    if dimension in ("share", "%"):
        return measure not in MONETARY or measure in SHARED
    if dimension in ("count", "number"):
        return measure not in MONETARY
    return measure in PHYSICAL.get(dimension, ())


def _purpose(amount: Measurement, words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.stem for word in words if amount.purpose and _inside(word, [amount.purpose]))


def _is_part(amount: Measurement, words: Sequence[Word], near: Sequence[Word], known: MatterWords) -> bool:
    """Tell whether an amount is said to be part of another: "waarvan 2 miljoen", "van de 8 miljoen … 2"."""
    beside = [word for word in near if word.start < amount.start][-_SHORTLY:]
    behind = [word for word in near if word.start >= amount.end][:1]
    if any(word.exact in known.part for word in (*beside, *behind)):
        return True
    return bool(words) and words[0].exact in known.part_of and words[0].end < amount.start


def _slots(
    amount: Measurement, words: Sequence[Word], named: set[str], known: MatterWords
) -> dict[str, frozenset[Slot]]:
    """Return by what each word of weight is surrounded, in which another word may stand elsewhere."""
    at = bisect_left([word.start for word in words], amount.start)
    row = [
        word.exact if word.exact in named or word.tells or known.measure(word.exact) else "" for word in words
    ]
    row.insert(at, _AMOUNT)
    found: dict[str, set[Slot]] = {}
    for number, word in enumerate(words):
        if not (word.exact in named or word.tells):
            continue
        key = f"={word.exact}" if word.exact in named else word.stem
        place = number + (number >= at)
        before = next((one for one in reversed(row[max(0, place - _REACH) : place]) if one), "")
        behind = next((one for one in row[place + 1 : place + 1 + _REACH] if one), "")
        found.setdefault(key, set()).update(
            slot for slot in (("before", before), ("behind", behind)) if slot[1]
        )
    return {key: frozenset(slots) for key, slots in found.items()}


def _leaves_all(
    measure: str | None, amount: Measurement, topic: Mapping[str, float], names: Sequence[Name]
) -> bool:
    """Tell whether a sentence says what is measured and nothing else: "Er zijn nu 37 doden"."""
    if measure in (None, BARE):  # costs are often those of what the sentence before is about
        return False
    return not topic.keys() - {amount.noun} and all(name.said for name in names)


def _is_bare(
    words: Sequence[Word],
    topic: Mapping[str, float],
    names: Sequence[Name],
    subject: Sequence[Word],
    known: MatterWords,
) -> bool:
    """Tell whether a sentence says what something costs, but not what, or what its article is about."""
    stems, told = {word.stem for word in subject}, {word.exact for word in subject}
    own = {stem for stem, closeness in topic.items() if closeness == 1.0 and stem not in stems}
    exact = {word.exact for word in words}
    definite = any(two.stem in own and one.exact in known.definite for one, two in pairwise(words))
    return (
        len(own) <= _FEW_WORDS
        and not definite  # "De aansluiting kost …" is not about what the article is about
        and not exact.isdisjoint(known.sum)
        and exact.isdisjoint(known.against)
        and all(name.said or not name.near or not name.words.isdisjoint(told) for name in names)
    )


def tells(exact: str, stop: bool, lang: str | None) -> bool:
    """Tell whether a folded word can say which matter an amount belongs to."""
    known = matter_words(lang)
    return (
        not stop
        and len(exact) > 2
        and not exact[0].isdigit()
        and exact not in known.generic
        and known.measure(exact) is None
    )


def keys(passage: Passage, lang: str | None) -> list[str]:
    """Return all keys that the profiles of the amounts of a passage may have, in no time."""
    known = matter_words(lang)
    names = _names(passage.words, passage.names, known, lang, _anywhere)
    named = {word for name in names for word in name.words}
    found = {f"={word}" for word in named}
    found.update(word.stem for word in passage.words if word.tells and word.exact not in named)
    if len(found) <= _FEW_WORDS or any(word.exact in known.sum for word in passage.words):
        found.update(word.stem for word in passage.subject if word.tells)
    return sorted(found)


def _anywhere(_word: Word) -> bool:
    return True


def _inside(word: Word, places: Sequence[tuple[int, int] | Span]) -> bool:
    return any(place[0] <= word.start < place[1] for place in places)


def _beside(place: tuple[int, int], amount: Measurement, words: Sequence[Word], known: MatterWords) -> bool:
    """Tell whether a place is the amount or is set against it: "geen 1,5 maar 2,1 miljard"."""
    if place == (amount.start, amount.end):
        return True
    first, last = min(place[1], amount.end), max(place[0], amount.start)
    between = [word.exact for word in words if first <= word.start < last]
    return not between or (len(between) <= _NEAR and not known.contrast.isdisjoint(between))


def _between(word: Word, amount: Measurement, others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether another amount stands between a word and the amount."""
    first, last = sorted((word.start, amount.start))
    return any(first < start < last for start, _end in others)


def _distance(word: Word, amount: Measurement) -> int:
    return max(amount.start - word.end, word.start - amount.end, 0)


def _names(
    words: Sequence[Word],
    marked: Sequence[Known],
    known: MatterWords,
    lang: str | None,
    is_near: Callable[[Word], bool],
) -> tuple[Name, ...]:
    """Return the names: those that are marked, and runs of capitals within the sentence."""
    found = []
    taken: set[int] = set()
    starts = [word.start for word in words]
    for name in marked:
        places = range(bisect_left(starts, name.start), bisect_left(starts, name.end))
        taken.update(places)
        telling = frozenset(words[n].exact for n in places if _names_one(words[n], known))
        if telling:
            said = _is_said(words, places, known)
            found.append(Name(telling, name.kind, name.actor, said, is_near(words[places.start])))
    if lang != "de":  # where every noun has a capital
        for place, word in enumerate(words):
            if word.capital and place and place not in taken and _names_one(word, known):
                one = _is_said(words, range(place, place + 1), known)
                found.append(Name(frozenset((word.exact,)), None, 0, one, is_near(word)))
    return tuple(found)


def _names_one(word: Word, known: MatterWords) -> bool:
    return not word.stop and len(word.exact) > 1 and word.exact not in known.generic


def _is_said(words: Sequence[Word], places: range, known: MatterWords) -> bool:
    before = words[max(0, places.start - _NEAR) : places.start]
    behind = words[places.stop : places.stop + 1]
    if any(words[place].exact in known.ministry for place in places):
        return True
    return any(word.exact in known.said for word in (*before, *behind))


def _flags(
    amount: Measurement, words: Sequence[Word], passage: Passage, known: MatterWords
) -> frozenset[str]:
    flags = set()
    own = [word for word in passage.words if amount.start <= word.start < amount.end]
    if any(word.exact in known.condition for word in words[:_BEGINNING]):
        flags.add("condition")
    if any(word.exact in known.not_counted for word in own):
        flags.add(UNCOUNTED)
    if any(word.exact in known.average for word in passage.words):
        flags.add(AVERAGE)
    if any(word.exact in known.against for word in words if word.start < amount.start):
        flags.add("against")
    if amount.dimension in ("share", "%"):
        before = [word for word in words if 0 <= amount.start - word.end < 25]
        if any(word.exact in known.limit for word in before):
            flags.add("limit")
    behind = [word for word in words if word.start >= amount.end][:_SHORTLY]
    flags.update(_rates(own, behind, known))
    if amount.dimension != "share" and _is_change(amount, words, behind, known):
        flags.add("change")
    return frozenset(flags)


def _rates(own: Sequence[Word], behind: Sequence[Word], known: MatterWords) -> Iterator[str]:
    """Yield what an amount is for each of: "5 miljoen euro per jaar", "800 euro subsidie per huis"."""
    for place, (one, two) in enumerate(pairwise([*own, *behind])):
        if one.exact in known.per and two.exact in known.yearly:
            yield "yearly"
        elif one.exact in known.per and place <= len(own):
            yield f"per {two.stem}"


def _is_change(
    amount: Measurement, words: Sequence[Word], behind: Sequence[Word], known: MatterWords
) -> bool:
    """Tell whether an amount says by how much something moved: "stijgt met 3 miljoen", "3 miljoen meer"."""
    before = [word for word in words if word.end <= amount.start][-1:]
    by = any(word.exact in known.change_before for word in before)
    return (by and any(word.exact in known.change_verb for word in words)) or any(
        word.exact in known.change_behind and word.start - amount.end <= 1 for word in behind[:1]
    )
