"""The lists a language's names are recognised with, read once and kept.

Hand-written lists lie in `resources/languages/<code>/{organisations,places,events,other,names,roles}.toml`
(one language) and `resources/gazetteers/*.toml` (all languages); generated ones in
`resources/gazetteers/*.txt` (see `packaging/make_gazetteers.py`).

A list of actors is a block of lines "canonical name = other form; other form". A line that begins with
"?" names something that is also an ordinary word: it counts only where its surroundings agree.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from desktop.extraction.name_tokens import NameTokens, plain, split
from desktop.model import LANGUAGES, MentionKind
from desktop.resources import resource

_KINDS: Final = {
    "organisations": MentionKind.ORGANISATION,
    "places": MentionKind.PLACE,
    "events": MentionKind.EVENT,
    "other": MentionKind.OTHER,
    "people": MentionKind.PERSON,
}
_ENDINGS: Final = {
    "nl": ("en", "e", "s", "t", "n", "er", "ers", "de", "den", "te", "ten", "d", "je", "jes", "tje", "tjes"),
    "en": ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ings"),
    "fr": ("s", "e", "es", "x", "nt", "r", "ment", "ent", "ant", "ait", "ée", "ées", "és", "era", "eront"),
    "de": ("en", "e", "s", "n", "er", "es", "em", "t", "te", "ten", "ern", "ens", "erin", "in", "innen"),
}  # fmt: skip
_LONGEST_COMPOUND: Final = 40
_MOST_KEPT: Final = 50_000  # words whose answer is remembered


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a listed actor."""

    kind: MentionKind
    name: str  #: canonical name
    unsure: bool = False  #: also an ordinary word


class NameLists:
    """All lists of one language.

    phrases: first token -> ((further tokens, entry), …), longest first. words: common words in lower case.
    sets: the word sets of names.toml and roles.toml, by their key.
    """

    def __init__(self, lang: str) -> None:
        """Read the lists of one of `model.LANGUAGES`."""
        self.lang = lang
        self.phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self.forms: dict[str, Entry] = {}
        self.first_names = frozenset(_lines("first_names"))
        self.surnames = frozenset(_lines("surnames"))
        self.places = frozenset(_lines("places"))
        self.words = frozenset(_lines(f"words_{lang}"))
        self.foreign = frozenset(_lines("words_en")) if lang != "en" else frozenset()  #: English words
        self.sets: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        self.endings: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        self._common: dict[str, bool] = {}
        self._roles: dict[str, bool] = {}
        self.capital_nouns = lang == "de"  #: nouns are written with a capital
        self.capital_roles = lang in ("de", "en")  #: roles before names are
        self.free_particles = True  #: "van Rossem" after an unknown first name
        self.small_bodies = lang == "fr"  #: names of bodies go on in small letters
        self._read_sets()
        self._read_actors()
        self._read_places()
        #: first tokens of listed names that begin small, and small words that belong to names
        self.small_starts = self.sets["name_starts"] | {
            word for word in self.phrases if not word[0].isupper()
        }
        for options in self.phrases.values():
            options.sort(key=lambda option: -len(option[0]))

    def _read_sets(self) -> None:
        for name in ("names", "roles"):
            for key, value in _toml("languages", self.lang, f"{name}.toml").items():
                self.sets[key] = frozenset(word.replace("_", " ").strip() for word in value.split())
        self.words |= self.sets["function_words"] | self.sets["common"]
        for key in ("roles", "organisation_nouns", "place_nouns", "event_nouns", "other_nouns"):
            self.words |= self.sets[key]
        small = {word.capitalize() for word in self.sets["function_words"] | self.sets["calendar"]}
        self.first_names = (self.first_names - small) | self.sets["forenames"]
        self.heads = frozenset().union(
            *(self.sets[f"{kind}_heads"] for kind in ("organisation", "event", "other", "linking_place"))
        )
        self.endings.update(
            (key, tuple(words))
            for key, words in self.sets.items()
            if key.endswith(("_endings", "_nouns", "body_heads", "masculine_heads", "neuter_heads"))
        )

    def _read_actors(self) -> None:
        for stem, kind in _KINDS.items():
            for folder in (("gazetteers",), ("languages", self.lang)):
                for block in _toml(*folder, f"{stem}.toml").values():
                    for name, forms, unsure in _entries(block):
                        entry = Entry(kind, name, unsure)
                        self._add(name, entry)
                        for form in forms:
                            self._add(form, entry)

    def _read_places(self) -> None:
        for row in _lines("countries"):
            names = row.split("\t")[1:]
            here = names[LANGUAGES.index(self.lang)]
            self._add(here, Entry(MentionKind.PLACE, here), replace=False)
        for place in self.places:
            if not place.isalpha():
                self._add(place, Entry(MentionKind.PLACE, place), replace=False)

    def _add(self, form: str, entry: Entry, *, replace: bool = True) -> None:
        first, *rest = split(form)
        if replace or plain(form) not in self.forms:
            self.forms[plain(form)] = entry
        options = self.phrases.setdefault(first, [])
        key = tuple(rest)
        for i, (known, _) in enumerate(options):
            if known == key:
                if replace:
                    options[i] = key, entry
                return
        options.append((key, entry))

    def entry(self, form: str) -> Entry | None:
        """Return the list's entry of exactly this form."""
        return self.forms.get(plain(form))

    def match(self, tokens: NameTokens, index: int) -> tuple[int, Entry] | None:
        """Return (end, entry) of the longest listed name that begins at a token, within its line."""
        options = self.phrases.get(tokens.word[index])
        if options is None:
            return None
        words, line = tokens.word, tokens.line
        for rest, entry in options:
            end = index + 1 + len(rest)
            if not rest or (tuple(words[index + 1 : end]) == rest and line[end - 1] == line[index]):
                return end, entry
        return None

    def is_forename(self, word: str) -> bool:
        """Tell whether a word is a first name and nothing else."""
        return word in self.sets["forenames"] or (word in self.first_names and not self.common(word))

    def is_head(self, word: str) -> bool:
        """Tell whether a body's name may begin with the word: by the list, in German by its ending too."""
        if word in self.heads:
            return True
        return len(word) > 6 and word.lower().endswith(self.endings["body_heads"])

    def genitive(self, tokens: NameTokens, index: int) -> tuple[int, Entry] | None:
        """Return (end, entry) of a listed place or organisation with a genitive s ("Sachsens")."""
        word = tokens.word[index]
        if self.lang not in ("nl", "de") or len(word) < 5 or word[-1] != "s" or word in self.places:
            return None
        stem = word[:-1]
        entry = self.entry(stem)
        if entry is not None and not entry.unsure and word.lower() not in self.words:
            return index + 1, entry
        if stem in self.places and not self.common(stem):
            return index + 1, Entry(MentionKind.PLACE, stem)
        return None

    def is_role(self, low: str) -> bool:
        """Tell whether a word in small letters is a role, by the list or by its ending."""
        known = self._roles.get(low)
        if known is None:
            known = low in self.sets["roles"] or (len(low) > 5 and low.endswith(self.endings["role_endings"]))
            if len(self._roles) < _MOST_KEPT:
                self._roles[low] = known
        return known

    def looks_national(self, word: str) -> bool:
        """Tell whether an unlisted word ends like an adjective of origin ("Westfriese")."""
        if len(word) < 6 or word in self.first_names or word in self.forms or word in self.surnames:
            return False
        return word.endswith(self.endings["national_endings"])

    def common(self, word: str) -> bool:
        """Tell whether a word (any case) is an ordinary word of the language, inflected or compound too."""
        low = word.lower()
        known = self._common.get(low)
        if known is None:
            known = self._is_common(low)
            if len(self._common) < _MOST_KEPT:
                self._common[low] = known
        return known

    def _is_common(self, word: str) -> bool:
        if self._listed(word):
            return True
        if len(word) > 8 and word.endswith(self.endings["noun_endings"]):
            return True
        if self.lang not in ("nl", "de") or not 7 <= len(word) <= _LONGEST_COMPOUND:
            return False
        for cut in range(3, len(word) - 3):
            if self._listed(word[cut:]) and (
                self._listed(word[:cut]) or (word[cut - 1] == "s" and self._listed(word[: cut - 1]))
            ):
                return True
        return False

    def _listed(self, word: str) -> bool:
        words = self.words
        if word in words:
            return True
        for ending in _ENDINGS[self.lang]:
            size = len(word) - len(ending)
            if size >= 3 and word.endswith(ending):
                stem = word[:size]
                if stem in words or (self.lang == "nl" and ending[0] == "e" and _dutch_stem(stem) in words):
                    return True
        return False


def _dutch_stem(stem: str) -> str:
    """Undo Dutch spelling before an ending: "ball(en)" -> "bal", "nam(en)" -> "naam", "kez(en)" -> "kees"."""
    if stem[-1] == stem[-2]:
        return stem[:-1]
    stem = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return stem[:-1] + stem[-2] + stem[-1] if stem[-2] in "aeou" else stem


def _lines(name: str) -> list[str]:
    return resource("gazetteers", f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _toml(*parts: str) -> dict[str, Any]:
    path = resource(*parts)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _entries(block: str) -> Iterator[tuple[str, list[str], bool]]:
    for line in block.splitlines():
        line = line.strip()
        if line:
            unsure = line.startswith("?")
            name, _, forms = line.lstrip("? ").partition("=")
            yield name.strip(), [form.strip() for form in forms.split(";") if form.strip()], unsure


@lru_cache(maxsize=1)
def names_in_languages() -> list[tuple[MentionKind, tuple[str, ...]]]:
    """Return names of one place or body in several languages, the Dutch one first, without the lists."""
    table = _toml("gazetteers", "same_names.toml")
    several = set(table.pop("several").split())
    found = [(MentionKind.PLACE, tuple(row.split("\t")[1:])) for row in _lines("countries")]
    for stem, block in table.items():
        found += [(_KINDS[stem], (name, *forms)) for name, forms, _unsure in _entries(block)]
    return [(kind, tuple(name for name in names if name not in several)) for kind, names in found]


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Return the particles of names in all languages ("van", "von", "de la" as words), without the lists."""
    texts = [_toml("languages", lang, "names.toml").get("particles", "") for lang in LANGUAGES]
    return frozenset(word.replace("_", " ") for text in texts for word in text.split())


@lru_cache(maxsize=len(LANGUAGES))
def lists(lang: str) -> NameLists:
    """Return the lists of a language (Dutch for one that has none)."""
    return NameLists(lang if lang in LANGUAGES else "nl")
