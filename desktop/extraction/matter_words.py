"""The words by which figures are compared: what is measured, and what says nothing about the matter."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.model import LANGUAGES
from desktop.resources import resource

#: Measures of a period: figures of two periods are two matters.
PERIODIC: Final = frozenset(
    "quote revenue profit loss inflation growth unemployment turnout yield sold visitors".split()
)
#: Measures of money: of anything else they are not what is measured.
MONETARY: Final = frozenset("cost spend bid fine claim debt loan damage revenue profit loss".split())
#: Those of them that are also given as a share: "een tekort van 2 procent".
SHARED: Final = frozenset("debt revenue profit loss".split())
#: Measures of anything but money.
UNPRICED: Final = frozenset(
    "sentence killed injured missing rescued cut hire power turnout visitors staff sold".split()
)
#: Measures of what has a unit.
PHYSICAL: Final = {
    "power": ("power", "consumption"),
    "energy": ("consumption", "yield"),
    "mass": ("consumption", "emission", "yield"),
    "volume": ("consumption", "yield"),
    "time": ("sentence",),
}
_LONG: Final = 5  # letters from which on a word also stands for the compounds that end in it
_REMEMBERED: Final = 50_000
_COMPOUNDING: Final = ("nl", "de")


@dataclass(frozen=True, slots=True)
class MatterWords:
    """The list of one language; words are folded."""

    measures: dict[str, str]  #: word -> measure
    endings: frozenset[str]  #: words that also end compounds
    generic: frozenset[str]
    forecast: frozenset[str]
    average: frozenset[str]
    limit: frozenset[str]
    said: frozenset[str]
    per: frozenset[str]
    not_counted: frozenset[str]
    condition: frozenset[str]
    contrast: frozenset[str]
    change_verb: frozenset[str]
    change_before: frozenset[str]
    change_behind: frozenset[str]
    sum: frozenset[str]
    against: frozenset[str]
    moved: frozenset[str]
    part: frozenset[str]
    part_of: frozenset[str]
    yearly: frozenset[str]
    comes: frozenset[str]
    undertaking: frozenset[str]
    definite: frozenset[str]
    ministry: frozenset[str]
    spenders: dict[str, str]  #: word -> who pays: "state", "town" …
    found: dict[str, str | None]  #: measures of words seen

    def measure(self, word: str) -> str | None:
        """Return what a folded word says is measured ("boete" and "dopingboete": fine)."""
        if word not in self.found:
            if len(self.found) > _REMEMBERED:
                self.found.clear()
            self.found[word] = self._measure(word)
        return self.found[word]

    def _measure(self, word: str) -> str | None:
        found = self.measures.get(word)
        if found is None and len(word) > _LONG:
            ends = (word[start:] for start in range(1, len(word) - _LONG + 1))
            found = next((self.measures[end] for end in ends if end in self.endings), None)
        return found


@lru_cache
def matter_words(lang: str | None) -> MatterWords:
    """Return the words of a language, those of Dutch where there is no list."""
    name = lang if lang in LANGUAGES else "nl"
    with resource("same_matter", f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    measures: dict[str, str] = {}
    for measure, words in data["measures"].items():
        for word in words.split():
            measures.setdefault(word, measure)
    compounding = [word for word in measures if len(word) >= _LONG] if name in _COMPOUNDING else []
    lists = {key: frozenset(words.split()) for key, words in data["words"].items()}
    spenders = {word: who for who, words in data["spenders"].items() for word in words.split()}
    return MatterWords(measures, frozenset(compounding), spenders=spenders, found={}, **lists)
