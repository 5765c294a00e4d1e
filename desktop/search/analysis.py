"""Texts to words, and words to the forms by which they are found.

A word is found by its exact form (lower case, without accents, apostrophes and the periods of
abbreviations) and by its stems: one or two in a text, whose language is known, and those of every
language in a query. Stemmers come from outside (`Analysis`), because the index's library brings them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from desktop.model import LANGUAGES
from desktop.resources import resource

VERSION = 2  #: raised whenever the forms of any word change: older indexes are then rebuilt

#: Combining marks, soft hyphen and joiners: part of a word, and without meaning of their own.
_MARKS = "\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_LETTER = r"[^\W_ʼ]"
_RUN = rf"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*"
_WORD = re.compile(
    rf"[^\W\d_ʼ](?:\.[^\W\d_ʼ])+(?!\.?[\w{_MARKS}])\.?"  # V.S., d.w.z.
    rf"|(?:(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu))['’ʼ](?={_LETTER})"  # l'énergie is two words
    rf"|{_RUN}(?:['’ʼ]{_RUN})*"
)


class Word(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    text: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, as written; they do not overlap."""
    return (Word(*match.span(), match[0]) for match in pattern(text).finditer(text))


#: A text without signs that may belong to a word is cut in a third of the time.
_PLAIN_WORD = re.compile(r"\w+")
_MARK = re.compile(f"[{_MARKS}]")
_PERIOD_INSIDE = re.compile(r"[^\W\d_]\.[^\W\d_]")


def pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of this text."""
    if (
        "'" in text
        or "_" in text
        or (text.count(".") > text.count(". ") + text.endswith(".") and _PERIOD_INSIDE.search(text))
        or (not text.isascii() and ("’" in text or "ʼ" in text or _MARK.search(text)))
    ):
        return _WORD
    return _PLAIN_WORD


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text in order, where every bit of speed counts."""
    return _WORD.finditer(text)


def surfaces(text: str) -> list[str]:
    """Return the words of a text as written, without their places."""
    return pattern(text).findall(text)


def has_word(text: str) -> bool:
    """Tell whether there is anything in a text that can be searched."""
    return _WORD.search(text) is not None


PARAGRAPH_GAP = 100  #: positions between paragraphs, so that no phrase runs from one into the next


def placed(text: str) -> Iterator[tuple[int, Word]]:
    """Yield the words of a text with their positions: numbered, with a gap at every empty line."""
    position = offset = 0
    for paragraph in text.split("\n\n"):
        for word in words(paragraph):
            yield position, Word(word.start + offset, word.end + offset, word.text)
            position += 1
        position += PARAGRAPH_GAP
        offset += len(paragraph) + 2


# Folding

_LETTERS = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "'": None, "’": None, "ʼ": None, ".": None,
})  # fmt: skip
_DROPPED = re.compile(f"[{_MARKS}]+")


def fold(word: str) -> str:
    """Return a word in lower case without accents, ligatures, apostrophes, periods and invisible signs."""
    if word.isascii():
        return word.lower() if word.isalnum() else word.lower().replace("'", "").replace(".", "")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return _DROPPED.sub("", plain).translate(_LETTERS)


_TAIL = re.compile(r"['’ʼ]s$")


def _base(word: str) -> str:
    """Return what is stemmed: lower case, accents kept, without a possessive or plural 's."""
    if word.isascii() and word.isalnum():
        return word.lower()
    lower = unicodedata.normalize("NFC", _TAIL.sub("", word.lower())).replace("\u00ad", "")
    return re.sub("['’ʼ.]", "", lower)


# Stop words


@lru_cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the stop words of a language, folded; none for a language without a list."""
    if lang not in LANGUAGES:
        return frozenset()
    with resource("languages", lang, "stopwords.toml").open("rb") as file:
        return frozenset(fold(word) for word in tomllib.load(file)["words"])


@lru_cache(maxsize=1)
def _all_stop_words() -> frozenset[str]:
    return frozenset().union(*(stop_words(lang) for lang in LANGUAGES))


def is_stop_word(text: str) -> bool:
    """Tell whether a word says nothing about a subject in any language; VS and WHO in capitals do."""
    return fold(text) in _all_stop_words() and not (len(text) > 1 and text.isupper())


# Forms

Stemmer = Callable[[str], str]


class Forms(NamedTuple):
    """The forms of one word: stems carry their language, "nl:huis"."""

    exact: str
    stems: tuple[str, ...]


def no_parts(word: str, lang: str) -> tuple[str, ...]:
    """Return the parts of a compound: none. (Words joined by hyphens are split anyway.)"""
    return ()


class Analysis:
    """Gives the forms of words. parts: how compounds are split (folded word, language -> words)."""

    CACHE = 50_000  #: words remembered per language, about 20 MB
    ASKED = 1_000  #: words of queries remembered: while one is typed they come again and again

    def __init__(
        self, stemmers: Mapping[str, Stemmer], parts: Callable[[str, str], tuple[str, ...]] = no_parts
    ) -> None:
        self._stemmers = dict(stemmers)
        self._parts = parts
        self._caches: dict[str, dict[str, Forms]] = {}
        self._asked: dict[str, Forms] = {}
        self._stems_of_parts: dict[tuple[str, str], list[str]] = {}

    def text_forms(self, word: str, lang: str | None) -> Forms:
        """Return the forms by which a word of a text in `lang` is found, those of its parts included."""
        cache = self._caches.setdefault(lang or "", {})
        forms = cache.get(word)
        if forms is None:
            if len(cache) >= self.CACHE:
                cache.clear()
            forms = cache[word] = self._text_forms(word, lang)
        return forms

    def all_text_forms(self, words: Iterable[str], lang: str | None) -> list[Forms]:
        """Return the forms of many words of texts in `lang`, as `text_forms` does."""
        known = self._caches.setdefault(lang or "", {}).get
        return [known(word) or self.text_forms(word, lang) for word in words]

    def _text_forms(self, word: str, lang: str | None) -> Forms:
        exact = fold(word)
        stems = self._stems(word, lang) if lang else []
        if lang:
            for part in self._parts(exact, lang):
                stems += self._part_stems(part, lang)
        return Forms(exact, tuple(stems) if len(stems) < 2 else tuple(dict.fromkeys(stems)))

    def _part_stems(self, part: str, lang: str) -> list[str]:
        """Return the stems of a part; the same few thousand words are parts of most compounds."""
        known = self._stems_of_parts.get((part, lang))
        if known is None:
            if len(self._stems_of_parts) >= self.CACHE:
                self._stems_of_parts.clear()
            known = self._stems_of_parts[part, lang] = self._stems(part, lang)
        return known

    def query_forms(self, word: str) -> Forms:
        """Return the forms that a word of a query looks for: its exact form, its stem in each language."""
        forms = self._asked.get(word)
        if forms is None:
            if len(self._asked) >= self.ASKED:
                self._asked.clear()
            found = [stem for lang in self._stemmers for stem in self._stems(word, lang)]
            forms = self._asked[word] = Forms(fold(word), tuple(found))
        return forms

    def _stems(self, word: str, lang: str) -> list[str]:
        """Return the stems of a word, marked with the language.

        Two where the stemmer treats accents, so that a query without them finds the same. A stop word is its
        own stem, and no other word gets it (overheid is not over).
        """
        stemmer = self._stemmers.get(lang)
        if stemmer is None:
            return []
        stops = stop_words(lang)
        base = _base(word)
        folded = fold(base)
        if folded in stops:
            return [f"{lang}:{folded}"]
        stem = fold(stemmer(base))
        stems = [stem] if base == folded else list(dict.fromkeys((stem, fold(stemmer(folded)))))
        return [f"{lang}:{folded if stem in stops else stem}" for stem in stems]

    def surfaces(self, text: str) -> list[str]:
        """Return the words of a text as written, in order."""
        return surfaces(text)
