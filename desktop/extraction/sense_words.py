"""The words of one language that say what an amount is for, as data of `sense.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from desktop.resources import resource

STRONG: Final = 2  #: a head that says itself what it is about ("boete", "omzet")
WEAK: Final = 1  #: a head whose purpose says more ("subsidie", "plan")
_SHORTEST_HEAD: Final = 4  # letters of a head at the end of a compound
_SHORTEST_FRONT: Final = 3  # letters before it
_LONGEST_COMPOUND: Final = 40
_MOST_KEPT: Final = 50_000  # words whose answer is remembered
_AMOUNT: Final = (
    *(
        "links",
        "head_links",
        "particles",
        "fillers",
        "vacuous",
        "continuing",
        "price",
        "material",
        "share",
        "bases",
    ),
    *("measure", "was", "auxiliaries", "comparatives", "relatives", "aside", "accompanying"),
)  #: the sets of the table [amount]
SIGNS: Final = frozenset(',;:()[]{}|–—•*#?!….=<>+"“”„«»‹›\t\n')  #: never inside a phrase
ADJECTIVES, RUN, CAPITALS = "adjectives", "run", "capitals"  #: how a noun phrase goes on


@dataclass(frozen=True, slots=True)
class SenseWords:
    """What `sense.toml` holds; every set in lower case."""

    abbreviations: frozenset[str]  #: never the end of a sentence
    openers: frozenset[str]  #: words that begin one even behind "V.S."
    ordinals: bool  #: "3." is an ordinal
    shape: str
    compounds: bool
    elides: bool  #: "l'", "d'" are words
    determiners: frozenset[str]
    of: frozenset[str]
    compounding: frozenset[str]  #: joins two nouns into one: "plan d'aide"
    partitive: frozenset[str]  #: "aantal": what is counted follows without a preposition
    complements: frozenset[str]  #: prepositions that go on behind a head
    adjective_endings: tuple[str, ...]
    adjectives: frozenset[str]
    not_adjectives: frozenset[str]
    participle: re.Pattern[str]
    not_participles: frozenset[str]
    joining: frozenset[str]  #: "en"
    verb_ending: str  #: "t" of verbs in the singular
    infinitive_endings: tuple[str, ...]  #: "en" where it stands at the end of a clause
    ends: frozenset[str]  #: words and signs that no noun phrase holds
    times: frozenset[str]  #: "jaar", "keer": no purposes
    clause: frozenset[str]  #: words and signs that open another clause
    apposition: frozenset[str]
    links: frozenset[str]
    head_links: frozenset[str]  #: those of them that only heads are linked with: "at"
    particles: frozenset[str]
    comparatives: frozenset[str]  #: "duurder": an amount before them measures the subject
    relatives: frozenset[str]
    fillers: frozenset[str]
    vacuous: frozenset[str]  #: "bedrag", "helft": say nothing
    continuing: frozenset[str]  #: "tot" between a comma and an amount that goes on
    price: frozenset[str]
    material: frozenset[str]
    share: frozenset[str]
    bases: frozenset[str]  #: what a percentage is reckoned against
    measure: frozenset[str]  #: verbs between a subject and its amount
    was: frozenset[str]
    aside: frozenset[str]  #: prepositions whose noun is not what the amount is about: "tegenover"
    accompanying: frozenset[str]  #: "met", where it adds an amount to what was said
    auxiliaries: frozenset[str]  #: "zal", "has": between a subject and the verb that measures it
    purpose: frozenset[str]  #: prepositions that always introduce a purpose
    infinitive: frozenset[str]  #: those of them that a verb may follow
    before_infinitive: frozenset[str]  #: "te", where the verb stands at the end
    verbs: Mapping[str, frozenset[str]]  #: preposition -> verbs with which it introduces one
    strong: frozenset[str]
    weak: frozenset[str]
    _heads: dict[str, int] = field(default_factory=dict, init=False)
    _adjective: dict[str, bool] = field(default_factory=dict, init=False)

    def head(self, low: str) -> int:
        """Return STRONG, WEAK or 0 for a word in lower case; a compound is what its last part is."""
        known = self._heads.get(low)
        if known is None:
            if len(self._heads) > _MOST_KEPT:
                self._heads.clear()
            known = self._heads[low] = self._classify(low)
        return known

    def _classify(self, low: str) -> int:
        if low in self.strong:
            return STRONG
        if low in self.weak:
            return WEAK
        if self.compounds and low not in self.ends and len(low) <= _LONGEST_COMPOUND:
            for at in range(_SHORTEST_FRONT, len(low) - _SHORTEST_HEAD + 1):
                if low[at:] in self.strong:
                    return STRONG
                if low[at:] in self.weak:
                    return WEAK
        return 0

    def participle_like(self, low: str) -> bool:
        """Tell whether a word looks like a participle or an adverb and not like a noun."""
        return (
            self.participle.match(low) is not None and low not in self.not_participles and not self.head(low)
        )

    def verbal(self, low: str) -> bool:
        """Tell whether a word looks like a participle and not like one that stands before its noun."""
        return self.participle_like(low) and not self.adjective(low)

    def adjective(self, low: str) -> bool:
        """Tell whether a word looks like an adjective, so that the noun is still to come."""
        known = self._adjective.get(low)
        if known is None:
            if len(self._adjective) > _MOST_KEPT:
                self._adjective.clear()
            known = self._adjective[low] = low in self.adjectives or (
                low.endswith(self.adjective_endings) and low not in self.not_adjectives and not self.head(low)
            )
        return known


def _words(written: Any) -> frozenset[str]:
    return frozenset(str(written).lower().split())


@lru_cache
def sense_words(lang: str) -> SenseWords:
    """Return the words of one of `model.LANGUAGES`; read once."""
    with resource("languages", lang, "sense.toml").open("rb") as file:
        data = tomllib.load(file)
    sentence, phrase, amount, purpose = data["sentence"], data["phrase"], data["amount"], data["purpose"]
    strong, weak = (_words(data["heads"][name]) for name in ("strong", "weak"))
    clause = _words(data["clause"]["words"]) | SIGNS
    return SenseWords(
        abbreviations=_words(sentence["abbreviations"]),
        openers=_words(sentence["openers"]),
        ordinals=sentence.get("ordinals", False),
        shape=phrase["shape"],
        compounds=phrase["compounds"],
        elides=phrase.get("elides", False),
        determiners=_words(phrase["determiners"]),
        of=_words(phrase["of"]),
        compounding=_words(phrase.get("compounding", "")),
        partitive=_words(phrase.get("partitive", "")),
        complements=_words(phrase["complements"]),
        adjective_endings=tuple(phrase.get("adjective_endings", "").split()),
        adjectives=_words(phrase.get("adjectives", "")),
        not_adjectives=_words(phrase.get("not_adjectives", "")),
        participle=re.compile(phrase["participle"]),
        joining=_words(phrase["joining"]),
        verb_ending=phrase.get("verb_ending", ""),
        infinitive_endings=tuple(phrase.get("infinitive_endings", "").split()),
        not_participles=_words(phrase.get("not_participles", "")),
        ends=(_words(phrase["stop"]) | _words(amount["measure"])) - strong - weak | clause,
        times=_words(phrase["times"]),
        clause=clause,
        apposition=_words(data["clause"]["apposition"]),
        verbs={preposition: _words(verbs) for preposition, verbs in purpose["verbs"].items()},
        purpose=_words(purpose["strong"]),
        infinitive=_words(purpose["infinitive"]),
        before_infinitive=_words(purpose.get("before_infinitive", "")),
        strong=strong,
        weak=weak,
        **{name: _words(amount[name]) for name in _AMOUNT},
    )
