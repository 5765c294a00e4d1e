"""An article of the library -> its amounts, ready to be compared with those of others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.extraction.matter_profile import (
    Known,
    Measurement,
    Name,
    Passage,
    Profile,
    Span,
    Word,
    keys,
    profile,
    tells,
)
from desktop.library.figures import ArticleFigures, StoredAmount, StoredName
from desktop.search.analysis import Analysis, is_stop_word, stop_words, word_matches

#: Where a sentence ends when the article has not been read by recognisers that know its sentences.
_END: Final = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[\"'“‘«(]?[A-ZÀ-Ý0-9€$])|\n+")
_new_word = tuple.__new__  # half a million times: without the detour that a named tuple takes
_REMEMBERED: Final = 100_000  # words
_LONGEST: Final = 600  # characters of a sentence that are looked at on each side of the amount


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with its sentence and what it is compared by."""

    amount: StoredAmount
    sentence: tuple[int, int]
    profile: Profile


def _sentence(ends: Sequence[int], amount: StoredAmount) -> tuple[int, int]:
    place = bisect_right(ends, amount.start)
    start, end = ends[place - 1], ends[min(bisect_left(ends, amount.end), len(ends) - 1)]
    return max(start, amount.start - _LONGEST), min(end, amount.end + _LONGEST)


def _lead(article: ArticleFigures) -> tuple[int, int]:
    """Return the first paragraph behind the title."""
    start = min(len(article.title), len(article.text))
    end = article.text.find("\n\n", start + 2)
    return start, min(end if end > 0 else len(article.text), start + _LONGEST)


class Lexicon:
    """Remembers what is known of words, because most come back."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[str | None, dict[str, tuple[str, str, bool, bool, bool]]] = {}

    def look(self, word: str, lang: str | None) -> tuple[str, str, bool, bool, bool]:
        """Return (exact, stem, stop, capital, tells) of a word as written; see `Word`."""
        known = self._known.setdefault(lang, {})
        found = known.get(word)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[word] = self._look(word, lang)
        return found

    def split(self, text: str, start: int, lang: str | None) -> list[Word]:
        """Return the words of a text that begins at a place."""
        known = self._known.setdefault(lang, {})
        look = self.look
        found = []
        for match in word_matches(text):
            first, last = match.span()
            forms = known.get(match[0]) or look(match[0], lang)
            found.append(_new_word(Word, (start + first, start + last, *forms)))
        return found

    def _look(self, word: str, lang: str | None) -> tuple[str, str, bool, bool, bool]:
        forms = self._analysis.text_forms(word, lang)
        stop = forms.exact in stop_words(lang) if lang else is_stop_word(word)
        stop = stop and not (len(word) > 1 and word.isupper())
        stem = forms.stems[0] if forms.stems else f":{forms.exact}"
        return forms.exact, stem, stop, word[0].isupper(), tells(forms.exact, stop, lang)


class ArticleReader:
    """Reads the amounts of one article; each sentence once."""

    def __init__(self, article: ArticleFigures, lexicon: Lexicon) -> None:
        self.article = article
        self._lexicon = lexicon
        self._title = self._words(0, min(len(article.title), len(article.text)))
        lead, self._lead_end = _lead(article)
        self._subject = self._title + self._words(lead, self._lead_end)
        self._amounts = sorted([*((one.start, one.end) for one in article.amounts), *article.others])
        self._ends = [0, *(match.end() for match in _END.finditer(article.text)), len(article.text)]
        self._keys: dict[tuple[int, int], list[str]] = {}
        self._names: dict[str, set[str]] = {}  # written name -> keys
        self._name_starts = [name.start for name in article.names]
        self._passages: dict[tuple[int, int], Passage] = {}

    def subject_keys(self) -> set[str]:
        """Return the keys of the title and the beginning of the article."""
        return {word.stem for word in self._subject}

    def keys(self, amount: StoredAmount) -> list[str]:
        """Return the keys by which an amount can be found."""
        sentence = amount.sentence or _sentence(self._ends, amount)
        found = self._keys.get(sentence)
        if found is None:
            found = self._keys[sentence] = keys(self._bare_passage(sentence), self.article.lang)
        return found

    def beginning_keys(self) -> set[str]:
        """Return the keys of the title, and of the names there and in the first paragraph."""
        found = {word.stem for word in self._title if word.tells}
        for name in self._names_in(0, self._lead_end):
            found |= self._name_keys(name)
        return found

    def keys_before(self, amount: StoredAmount) -> set[str]:
        """Return the keys of the names in the sentence before an amount's."""
        start, _end = amount.sentence or _sentence(self._ends, amount)
        found: set[str] = set()
        for name in self._names_in(max(self._before(start), self._lead_end), start):
            found |= self._name_keys(name)
        return found

    def _before(self, start: int) -> int:
        """Return where the sentence before one begins."""
        return self._ends[max(bisect_left(self._ends, start) - 1, 0)]

    def _names_in(self, start: int, end: int) -> list[StoredName]:
        first = bisect_left(self._name_starts, start)
        return self.article.names[first : bisect_left(self._name_starts, end, first)] if start < end else []

    def _name_keys(self, name: StoredName) -> set[str]:
        written = self.article.text[name.start : name.end]
        found = self._names.get(written)
        if found is None:
            parts = self._split(written, 0)
            found = self._names[written] = {f"={word.exact}" for word in parts if not word.stop}
        return found

    def placed(self, amount: StoredAmount) -> Placed:
        """Return one of the article's amounts."""
        sentence = amount.sentence or _sentence(self._ends, amount)
        article = self.article
        found = profile(
            self._measurement(amount), self._passage(sentence), article.first_day or "", article.lang
        )
        return Placed(amount, sentence, found)

    def _measurement(self, amount: StoredAmount) -> Measurement:
        noun = (amount.noun or "").split()
        return Measurement(
            amount.start,
            amount.end,
            amount.dimension,
            amount.low,
            amount.high,
            self._stem(noun[-1]) if noun else "",
            amount.purpose,
        )

    def _passage(self, sentence: tuple[int, int]) -> Passage:
        found = self._passages.get(sentence)
        if found is None:
            found = self._passages[sentence] = self._bare_passage(sentence)._replace(
                context=self._context(sentence[0]), context_names=self._context_names(sentence)
            )
        return found

    def _bare_passage(self, sentence: tuple[int, int]) -> Passage:
        """Return a sentence without what stands around it."""
        start, end = sentence
        article = self.article
        return Passage(
            self._words(start, end),
            (),
            [word for word in self._subject if not start <= word.start < end],
            [Known(*name[:4]) for name in self._names_in(start, end)],
            (),
            [Span(*period) for period in article.periods if start <= period.start < end],
            [place for place in self._amounts if start <= place[0] < end],
        )

    def _context(self, start: int) -> list[Word]:
        """Return the words of the title and of the sentence before."""
        before = self._before(start)
        return [*self._title, *self._words(max(before, start - _LONGEST), start)]

    def _context_names(self, sentence: tuple[int, int]) -> list[Name]:
        """Return the names in the beginning of the article and in the sentence before."""
        start, end = sentence
        names = self._names_in(0, self._lead_end)
        names += self._names_in(max(self._before(start), self._lead_end), start)
        return [
            Name(frozenset(key[1:] for key in self._name_keys(name)), name.kind, name.actor, said=False)
            for name in names
            if not start <= name.start < end
        ]

    def written(self, sentence: tuple[int, int]) -> tuple[dict[str, str], dict[str, str]]:
        """Return how the keys of a sentence and of the article's beginning are written: words and names.

        A name is written as its actor is called.
        """
        start, end = sentence
        text = self.article.text
        surfaces: dict[str, str] = {}
        for word in (*self._words(start, end), *self._subject):
            surface = text[word.start : word.end]
            written = surface if word.capital and word.start > start else surface.lower()
            surfaces.setdefault(word.stem, written)
            surfaces.setdefault(f"={word.exact}", surface)
        names: dict[str, str] = {}
        for name in self.article.names:
            if start <= name.start < end or name.start < self._lead_end:
                for part in self._words(name.start, name.end):
                    if not part.stop:
                        names[part.stem] = names[f"={part.exact}"] = name.name
        return surfaces, names

    def _words(self, start: int, end: int) -> list[Word]:
        return self._split(self.article.text[start:end], start)

    def _split(self, text: str, start: int) -> list[Word]:
        return self._lexicon.split(text, start, self.article.lang)

    def _stem(self, word: str) -> str:
        return self._lexicon.look(word, self.article.lang)[1]
