"""Dutch and German compounds to their parts: jeugdzorg to jeugd and zorg.

A word is cut into nouns (or what else may stand before one) that a dictionary knows, with the letters that
link them. The dictionary has the frequency of each, by which the likeliest of several ways is taken, and the
words that only look like compounds and are left whole (a minister is no small star). It is made by
packaging/make_compounds.py, from lists of words and from what is written by hand in packaging/compounds/.

Everything is in folded letters. What a word costs is bounded by LONGEST.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from desktop.resources import resource
from desktop.search.analysis import fold

LANGUAGES = frozenset({"nl", "de"})  #: whose compounds are split
SHORTEST = 6  #: letters of a compound
LONGEST = 40  #: longer words are not looked at
MOST_PARTS = 5

#: Letters between parts. Others (zonne-, kinder-, Bade-) are in the dictionary with the word before them.
LINKS = {"nl": ("", "s", "en", "n"), "de": ("", "s", "es", "n", "en")}

_LONGEST_LINK = max(len(link) for links in LINKS.values() for link in links)

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


_KEY = 4  #: letters by which forms are looked up


class Dictionary:
    """The forms of a language."""

    def __init__(
        self,
        forms: Mapping[str, Entry],
        links: tuple[str, ...],
        cuts: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """links: letters between parts. cuts: the parts of compounds that the rules cut wrongly."""
        self.forms = forms
        self.links = links
        self.cuts = cuts or {}
        parts = [form for form, entry in forms.items() if entry.first or entry.last]
        #: By the first letters of parts (all letters of short ones): how long the parts are that begin so.
        self.lengths = _lengths((form[:_KEY], len(form)) for form in parts)
        #: The same by the last letters.
        self.tails = _lengths((form[-_KEY:], len(form)) for form in parts if forms[form].last)
        self.atoms: dict[str, tuple[Part, ...]] = {}  #: the smallest parts of forms that were looked up


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of each key, shortest first."""
    found: dict[str, set[int]] = {}
    for key, length in pairs:
        found.setdefault(key, set()).add(length)
    return {key: tuple(sorted(lengths)) for key, lengths in found.items()}


class Part(NamedTuple):
    """A part where it stands in the word; the linking letters are behind its end."""

    start: int
    end: int


class _Way(NamedTuple):
    """A way to cut the beginning of a word."""

    cost: float
    parts: tuple[Part, ...]


_START = _Way(0.0, ())


def cut(word: str, dictionary: Dictionary) -> tuple[Part, ...]:
    """Return the likeliest parts of a folded word, in order; none if it is not a compound.

    Whether the dictionary says that it is whole, is not looked at.
    """
    length = len(word)
    if not SHORTEST <= length <= LONGEST or not _has_last(word, dictionary):
        return ()
    best = {0: _START}  #: by where the next part begins
    whole: _Way | None = None
    while best:
        start = min(best)
        way = best.pop(start)
        if len(way.parts) == MOST_PARTS:
            continue
        for end, entry in _parts_at(word, start, dictionary):
            cost = way.cost + _COST - entry.frequency + _COST_OF_SHORT.get(end - start, 0.0)
            if end == length:
                if entry.last and start and (whole is None or cost < whole.cost):
                    whole = _Way(cost, (*way.parts, Part(start, end)))
            elif entry.first:
                _go_on(best, _Way(cost, (*way.parts, Part(start, end))), word, dictionary.links)
    return whole.parts if whole else ()


def _has_last(word: str, dictionary: Dictionary) -> bool:
    """Tell whether a word ends in something that may be the last part: most do not, and need no more time."""
    forms, tails = dictionary.forms, dictionary.tails
    for letters in (_KEY, 3, 2):
        for length in tails.get(word[-letters:], ()):
            entry = forms.get(word[-length:])
            if entry is not None and entry.last and length < len(word):
                return True
    return False


def _parts_at(word: str, start: int, dictionary: Dictionary) -> list[tuple[int, Entry]]:
    """Return the parts that begin at a place of a word: where they end, and what is known of them."""
    found = []
    for letters in (2, 3, _KEY):
        for length in dictionary.lengths.get(word[start : start + letters], ()):
            end = start + length
            entry = dictionary.forms.get(word[start:end])
            if entry is not None and end <= len(word):
                found.append((end, entry))
    return found


def _go_on(best: dict[int, _Way], way: _Way, word: str, links: tuple[str, ...]) -> None:
    """Note where the next part may begin, behind the letters that may link them."""
    end = way.parts[-1].end
    for link in links:
        start = end + len(link)
        if start < len(word) and word.startswith(link, end):
            cost = way.cost + _COST_OF_LINK.get(link, _COST_OF_OTHER_LINK)
            if start not in best or cost < best[start].cost:
                best[start] = _Way(cost, way.parts)


def atoms(word: str, dictionary: Dictionary) -> tuple[Part, ...]:
    """Return the smallest parts of a folded word, in order; none if it is not a compound."""
    known = dictionary.forms.get(word)
    if known is None:
        return _atoms(word, dictionary)
    if known.whole:
        return ()
    found = dictionary.atoms.get(word)
    if found is None:
        found = dictionary.atoms[word] = _atoms(word, dictionary)
    return found


def _atoms(word: str, dictionary: Dictionary) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in cut(word, dictionary):
        smaller = atoms(word[part.start : part.end], dictionary)
        found += [Part(part.start + one.start, part.start + one.end) for one in smaller] or [part]
    return tuple(found)


def split(word: str, dictionary: Dictionary) -> tuple[str, ...]:
    """Return the parts of a folded word and what neighbours are together: wind, windenergie, energie, ..."""
    if word in dictionary.cuts:
        return dictionary.cuts[word]
    parts = atoms(word, dictionary)
    if not parts:
        return ()
    spans = [
        word[first.start : last.end]
        for number, first in enumerate(parts)
        for last in parts[number:]
        if (first, last) != (parts[0], parts[-1])
    ]
    return tuple(dict.fromkeys(spans))


# The dictionaries


def read(lines: Iterable[str], links: tuple[str, ...]) -> Dictionary:
    """Read a dictionary: each line a form, a tab, and its roles and frequency, or "=" and its parts."""
    forms: dict[str, Entry] = {}
    cuts: dict[str, tuple[str, ...]] = {}
    entries: dict[str, Entry] = {}  # many words have the same
    for line in lines:
        word, said = line.rstrip("\n").split("\t")
        if said in entries:
            forms[word] = entries[said]
        elif said[0] == "=":
            cuts[word] = tuple(said[1:].split())
        else:
            forms[word] = entries[said] = _entry(said)
    return Dictionary(forms, links, cuts)


def _entry(said: str) -> Entry:
    roles = said.rstrip("0123456789")
    return Entry(int(said[len(roles) :]) / 10, "f" in roles, "l" in roles, "w" in roles)


def _file(lang: str) -> Path:
    return resource("compounds", f"{lang}.txt")


def stamp() -> str:
    """Return a string that changes whenever the dictionaries change."""
    digest = hashlib.sha256()
    for lang in sorted(LANGUAGES):
        digest.update(_file(lang).read_bytes())
    return digest.hexdigest()[:8]


@lru_cache
def dictionary(lang: str) -> Dictionary:
    """Return the dictionary of a language of LANGUAGES."""
    with _file(lang).open(encoding="utf-8") as file:
        return read(file, LINKS[lang])


def found_parts(word: str, lang: str) -> tuple[str, ...]:
    """Return the parts of a folded word; see `parts`."""
    return split(word, dictionary(lang)) if lang in LANGUAGES else ()


def parts(word: str, lang: str) -> list[str]:
    """Return the parts of a compound as they stand in it, folded, without the letters that link them.

    Also what some of them are together: for Windenergieanlage there are wind, windenergie, energie,
    energieanlage and anlage. Empty for other words, and in languages other than Dutch and German.
    """
    return list(found_parts(fold(word), lang))


def smallest(found: Sequence[str]) -> list[str]:
    """Return those parts of a compound, as `parts` gives them, of which no other is a part, in order."""
    return [one for one in found if not any(other != one and other in one for other in found)]


def halves(word: str, found: Sequence[str]) -> list[tuple[str, str]]:
    """Return the parts of a compound, as `parts` gives them, by two that make up all of it, longest first."""
    folded = fold(word)
    pairs = [
        (first, last)
        for first in found
        for last in found
        if folded.startswith(first)
        and folded.endswith(last)
        and 0 <= len(folded) - len(first) - len(last) <= _LONGEST_LINK
    ]
    return sorted(pairs, key=lambda pair: -len(pair[0]))
