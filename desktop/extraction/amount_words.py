"""The words around an amount in one language: hedges, ranges, ages, nouns and traps, as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from desktop.extraction.phrases import Phrase, Phrases, as_phrase, phrase_set
from desktop.model import Approx
from desktop.resources import resource

DASHES: Final = frozenset({"-", "~"})


Pairs = dict[str, list[tuple[Phrase, Phrase]]]  #: (before, between) by the first token between


def _phrases(written: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(map(as_phrase, written))


@dataclass(frozen=True, slots=True)
class AmountWords:
    """What `amount_words.toml` and `traps.toml` hold."""

    before: dict[Phrase, Approx | None]
    after: dict[Phrase, Approx | None]
    after_begin: frozenset[str]  #: their first tokens
    not_after: frozenset[str]  #: words that undo those: "200 of hoger dan"
    determiners: frozenset[str]
    sharing: frozenset[str]  #: between figures that share a unit: "19, 21 en 24 jaar", "30 bij 40 meter"
    whole: frozenset[str]  #: "hele", "full": one whole unit
    not_one: frozenset[str]  #: words before "one" as a pronoun
    hedges: Phrases  #: the phrases of `before`
    last_before: frozenset[str]  #: last words of the hedges before
    before_ends: frozenset[str]  #: those and the determiners
    ranges: Pairs  #: "van … tot", "tussen … en"
    bare: Phrases
    change: Pairs  #: "van … naar"
    joints: frozenset[str]  #: first words and signs of what can stand between the two numbers of those
    age_before: frozenset[Phrase]
    age_verbs: frozenset[str]  #: "is": an age only behind a person and where nothing follows
    age_subjects: frozenset[str]  #: "hij", "leeftijd"
    age_after: Phrases
    age_adjective: frozenset[str]
    plural_ending: str  #: "s" in English, where adjectives have no ending; else ""
    plurals: frozenset[str]  #: plurals without -s
    not_duration: frozenset[str]  #: hedges that mean "during" before a time: "over"
    below_zero: Phrases
    adjective_endings: tuple[str, ...]
    no_plural: re.Pattern[str]  #: words that are no plural, so no noun behind two or more
    adjectives: frozenset[str]
    noun_of: frozenset[str]
    stop: frozenset[str]
    extent: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]  #: labels that are verbs too: not before "10,000 soldiers"
    nouns_capital: bool  #: every noun has a capital: "hatte das Dorf 800 Einwohner" names nothing
    ordinal_stop: bool  #: "3." is an ordinal
    names: frozenset[Phrase]
    names_begin: frozenset[str]  #: their first tokens
    time_before: Phrases
    time_quarter: Phrases
    time_half: frozenset[str]
    time_begin: frozenset[str]  #: first tokens of the quarters, and the halves
    time_past: frozenset[str]  #: "five past ten"
    time_hours: frozenset[str]
    time_parts: Phrases


_SIGN_HEDGES: Final[dict[Phrase, Approx | None]] = {
    ("<",): Approx.LT,
    (">",): Approx.GT,
    ("<", "="): Approx.LE,
    (">", "="): Approx.GE,
    ("=", "<"): Approx.LE,
    ("=", ">"): Approx.GE,
    ("≤",): Approx.LE,
    ("≥",): Approx.GE,
    ("~",): Approx.ABOUT,
    ("±",): Approx.ABOUT,
    ("≈",): Approx.ABOUT,
}


def _pairs(written: list[list[str]]) -> Pairs:
    """Return what stands before and between the two numbers of a range, the longest joints first."""
    found: Pairs = {}
    for opening, joint in sorted(written, key=lambda pair: -len(as_phrase(pair[1]))):
        found.setdefault(as_phrase(joint)[0], []).append((as_phrase(opening), as_phrase(joint)))
    return found


def _hedges(table: dict[str, Any]) -> dict[Phrase, Approx | None]:
    found: dict[Phrase, Approx | None] = {}
    for name, phrases in table.items():
        approx = None if name == "none" else Approx(name)
        found.update((as_phrase(phrase), approx) for phrase in phrases)
    return found


@lru_cache
def amount_words(lang: str) -> AmountWords:
    """Return the words around amounts of a language; read once."""
    with resource("languages", lang, "amount_words.toml").open("rb") as file:
        data = tomllib.load(file)
    with resource("languages", lang, "traps.toml").open("rb") as file:
        traps = tomllib.load(file)
    after = _hedges({name: found for name, found in data["after"].items() if name != "unless"})
    before = {**_SIGN_HEDGES, **_hedges(data["before"])}
    ranges, age, noun, times = data["range"], data["age"], data["noun"], traps["times"]
    return AmountWords(
        before=before,
        after=after,
        after_begin=frozenset(phrase[0] for phrase in after),
        not_after=frozenset(data["after"]["unless"]),
        sharing=frozenset([",", *data["around"]["sharing"]]),
        determiners=frozenset(data["around"]["determiners"]),
        whole=frozenset(data["around"]["whole"]),
        not_one=frozenset(data["around"].get("not_one", ())),
        hedges=phrase_set(" ".join(phrase) for phrase in before),
        last_before=frozenset(phrase[-1] for phrase in before),
        before_ends=frozenset([*(phrase[-1] for phrase in before), *data["around"]["determiners"]]),
        ranges=_pairs([*ranges["between"], *ranges["from_to"]]),
        bare=phrase_set(ranges["bare"]),
        change=_pairs(ranges["change"]),
        joints=frozenset(
            as_phrase(joint)[0] for name in ("between", "from_to", "change") for _, joint in ranges[name]
        )
        | {phrase[0] for phrase in map(as_phrase, ranges["bare"])}
        | DASHES,
        age_subjects=frozenset(age["subjects"]),
        age_verbs=frozenset(age["verbs"]),
        age_before=_phrases(age["before"]),
        age_after=phrase_set(age["after"]),
        age_adjective=frozenset(age["adjective"]),
        plural_ending=noun.get("plural", ""),
        not_duration=frozenset(data["around"].get("not_duration", ())),
        plurals=frozenset(noun.get("plurals", "").split()),
        below_zero=phrase_set(data["around"]["below_zero"]),
        adjective_endings=tuple(noun["adjective_endings"]),
        no_plural=re.compile(noun.get("no_plural", "(?!)")),
        adjectives=frozenset(noun.get("adjectives", "").split()),
        noun_of=frozenset(noun.get("of", ())),
        stop=frozenset(noun["stop"].split()),
        extent=frozenset(noun["extent"]),
        weak_labels=frozenset(traps["labels"].get("weak", "").split()),
        nouns_capital=lang == "de",
        ordinal_stop=traps["labels"].get("ordinal_stop", False),
        labels=frozenset(traps["labels"]["words"].split()),
        names=_phrases(traps["names"]["list"]),
        names_begin=frozenset(as_phrase(name)[0] for name in traps["names"]["list"]),
        time_quarter=phrase_set(times["quarter"]),
        time_past=frozenset(times.get("past", ())),
        time_half=frozenset(times["half"]),
        time_begin=frozenset([*times["half"], *(as_phrase(part)[0] for part in times["quarter"])]),
        time_before=phrase_set(times["before"]),
        time_hours=frozenset(times["hours"]),
        time_parts=phrase_set(times["day_parts"]),
    )
