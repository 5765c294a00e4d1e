"""Dutch and German compounds to their parts: jeugdzorg to jeugd and zorg.

A word is cut into nouns (or what else may stand before one) that a dictionary knows, with the letters that link
them. The dictionary has the frequency of each, by which the likeliest of several ways is taken, and the words that
only look like compounds (kantoor is not kant and oor) and are left whole. It is made by
packaging/make_compounds.py, from word lists and from what is written by hand in packaging/compounds/.

Everything is in folded letters. What a word costs is bounded by LONGEST.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from desktop.resources import resource
from desktop.search.analysis import fold

LANGUAGES = frozenset({"nl", "de"})  #: whose compounds are split
SHORTEST = 6  #: letters of a compound
LONGEST = 40  #: longer words are not looked at
MOST_PARTS = 5

#: Letters between parts. Others (zonne-, kinder-, Bade-) are in the dictionary with the word before them.
LINKS = {"nl": ("", "s", "en", "n"), "de": ("", "s", "es", "n", "en")}

#: Cost of a part: the rarer and the shorter the more, so that few, known and long parts win.
_COST = 10.0
_COST_OF_SHORT = {2: 4.0, 3: 3.0, 4: 1.0}
_COST_OF_LINK = {"": 0.0, "s": 0.5}
_COST_OF_OTHER_LINK = 1.0


class Entry(NamedTuple):
    """What the dictionary knows of a form. frequency: decimal logarithm, per thousand million words."""

    frequency: float
    first: bool = False  #: may stand before another part
    last: bool = False  #: may be the last part
    whole: bool = False  #: is not cut itself


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The forms of a language. links: letters between parts. cuts: compounds that the rules cut wrongly."""

    forms: Mapping[str, Entry]
    links: tuple[str, ...]
    cuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Part(NamedTuple):
    """A part where it stands in the word; the linking letters are behind its end."""

    start: int
    end: int


def cut(word: str, dictionary: Dictionary) -> list[Part]:
    """Return the likeliest parts of a folded word, in order; none if it is not a compound.

    Whether the dictionary says that it is whole, is not looked at.
    """
    length = len(word)
    if not SHORTEST <= length <= LONGEST:
        return []
    forms, links = dictionary.forms, dictionary.links
    best: list[tuple[float, tuple[Part, ...]] | None] = [None] * length
    best[0] = (0.0, ())
    found: tuple[float, tuple[Part, ...]] | None = None
    for start in range(length - 2):
        before = best[start]
        if before is None or len(before[1]) == MOST_PARTS:
            continue
        cost, parts = before
        for end in range(start + 2, length + 1):
            entry = forms.get(word[start:end])
            if entry is None:
                continue
            here = cost + _COST - entry.frequency + _COST_OF_SHORT.get(end - start, 0.0)
            if end == length:
                if entry.last and parts and (found is None or here < found[0]):
                    found = (here, (*parts, Part(start, end)))
                continue
            if not entry.first:
                continue
            for link in links:
                after = end + len(link)
                if after < length and word.startswith(link, end):
                    total = here + _COST_OF_LINK.get(link, _COST_OF_OTHER_LINK)
                    there = best[after]
                    if there is None or total < there[0]:
                        best[after] = (total, (*parts, Part(start, end)))
    return list(found[1]) if found else []


def atoms(word: str, dictionary: Dictionary) -> list[Part]:
    """Return the smallest parts of a folded word, in order; none if it is not a compound."""
    known = dictionary.forms.get(word)
    if known is not None and known.whole:
        return []
    found: list[Part] = []
    for part in cut(word, dictionary):
        smaller = atoms(word[part.start : part.end], dictionary)
        found += [Part(part.start + one.start, part.start + one.end) for one in smaller] or [part]
    return found


def split(word: str, dictionary: Dictionary) -> list[str]:
    """Return the parts of a folded word and what neighbours are together: wind, windenergie, energie, ..."""
    if word in dictionary.cuts:
        return list(dictionary.cuts[word])
    parts = atoms(word, dictionary)
    spans = [
        word[first.start : last.end]
        for number, first in enumerate(parts)
        for last in parts[number:]
        if (first, last) != (parts[0], parts[-1])
    ]
    return list(dict.fromkeys(spans))


# The dictionaries


def read(lines: Iterable[str], links: tuple[str, ...]) -> Dictionary:
    """Read a dictionary: each line a form, a tab, and its roles and frequency, or "=" and its parts."""
    forms: dict[str, Entry] = {}
    cuts: dict[str, tuple[str, ...]] = {}
    for line in lines:
        word, said = line.rstrip("\n").split("\t")
        if said.startswith("="):
            cuts[word] = tuple(said[1:].split())
        else:
            roles = said.rstrip("0123456789")
            forms[word] = Entry(int(said[len(roles) :]) / 10, "f" in roles, "l" in roles, "w" in roles)
    return Dictionary(forms, links, cuts)


@lru_cache
def dictionary(lang: str) -> Dictionary:
    """Return the dictionary of a language of LANGUAGES."""
    with resource("gazetteers", f"compounds_{lang}.txt").open(encoding="utf-8") as file:
        return read(file, LINKS[lang])


@lru_cache(maxsize=10_000)
def found_parts(word: str, lang: str) -> tuple[str, ...]:
    """Return the parts of a folded word, and what neighbouring parts of it are together; see `parts`."""
    return tuple(split(word, dictionary(lang))) if lang in LANGUAGES else ()


def parts(word: str, lang: str) -> list[str]:
    """Return the parts of a compound as they stand in it, folded, without the letters that link them.

    Also what some of them are together: for Windenergieanlage there are windenergie, wind, energie,
    energieanlage and anlage. Empty for other words, and in languages other than Dutch and German.
    """
    return list(found_parts(fold(word), lang))
