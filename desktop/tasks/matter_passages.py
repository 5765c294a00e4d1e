"""An article of the library -> its amounts, ready to be compared with those of others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.extraction.matter_profile import Known, Measurement, Passage, Profile, Span, Word, profile
from desktop.library.figures import ArticleFigures, StoredAmount
from desktop.search.analysis import Analysis, fold, is_stop_word, stop_words, surfaces, words

#: Where a sentence ends when the article has not been read by recognisers that know its sentences.
_END: Final = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[\"'“‘«(]?[A-ZÀ-Ý0-9€$])|\n+")
_LONGEST: Final = 600  # characters of a sentence that are looked at on each side of the amount


@dataclass(frozen=True, slots=True)
class Placed:
    """An amount with its sentence and what it is compared by."""

    amount: StoredAmount
    sentence: tuple[int, int]
    profile: Profile
    written: dict[str, str]  #: key -> the word as written here; names by their canonical name


def subject_keys(article: ArticleFigures, analysis: Analysis) -> set[str]:
    """Return the keys of the title and the beginning of an article."""
    return {word.stem for word in _Reader(article, analysis).subject}


def placed(article: ArticleFigures, analysis: Analysis, *, written: bool = False) -> list[Placed]:
    """Return the amounts of an article. written: also say how the keys are written."""
    ends = [0, *(match.end() for match in _END.finditer(article.text)), len(article.text)]
    reader = _Reader(article, analysis)
    found = []
    for amount in article.amounts:
        sentence = amount.sentence or _sentence(ends, amount)
        one = profile(
            reader.measurement(amount),
            reader.passage(sentence, ends),
            article.first_day or "",
            article.lang,
        )
        found.append(Placed(amount, sentence, one, reader.written(sentence) if written else {}))
    return found


def _sentence(ends: Sequence[int], amount: StoredAmount) -> tuple[int, int]:
    place = bisect_right(ends, amount.start)
    start, end = ends[place - 1], ends[min(bisect_left(ends, amount.end), len(ends) - 1)]
    return max(start, amount.start - _LONGEST), min(end, amount.end + _LONGEST)


def _lead(article: ArticleFigures) -> tuple[int, int]:
    """Return the first paragraph behind the title."""
    start = min(len(article.title), len(article.text))
    end = article.text.find("\n\n", start + 2)
    return start, min(end if end > 0 else len(article.text), start + _LONGEST)


class _Reader:
    """Reads words of one article, each sentence once."""

    def __init__(self, article: ArticleFigures, analysis: Analysis) -> None:
        self._article = article
        self._analysis = analysis
        self._stops = stop_words(article.lang or "")
        self._title = self._words(0, min(len(article.title), len(article.text)))
        self.subject = self._title + self._words(*_lead(article))
        self._amounts = sorted([*((one.start, one.end) for one in article.amounts), *article.others])
        self._passages: dict[tuple[int, int], Passage] = {}

    def measurement(self, amount: StoredAmount) -> Measurement:
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

    def passage(self, sentence: tuple[int, int], ends: Sequence[int]) -> Passage:
        found = self._passages.get(sentence)
        if found is None:
            start, end = sentence
            before = ends[max(bisect_left(ends, start) - 1, 0)]
            article = self._article
            found = self._passages[sentence] = Passage(
                self._words(start, end),
                [*self._title, *self._words(max(before, start - _LONGEST), start)],
                [word for word in self.subject if not start <= word.start < end],
                [Known(*name[:4]) for name in article.names if start <= name.start < end],
                [Span(*period) for period in article.periods if start <= period.start < end],
                [place for place in self._amounts if start <= place[0] < end],
            )
        return found

    def written(self, sentence: tuple[int, int]) -> dict[str, str]:
        """Return of each key of a sentence how it stands there."""
        start, end = sentence
        found: dict[str, str] = {}
        for word in self._words(start, end):
            surface = self._article.text[word.start : word.end]
            found.setdefault(word.stem, surface if word.capital and word.start > start else surface.lower())
            found.setdefault(f"={word.exact}", surface)
        for name in self._article.names:
            if start <= name.start < end:
                for part in surfaces(f"{name.name} {self._article.text[name.start : name.end]}"):
                    found[f"={fold(part)}"] = name.name
        return found

    def _words(self, start: int, end: int) -> list[Word]:
        found = []
        for word in words(self._article.text[start:end]):
            forms = self._analysis.text_forms(word.text, self._article.lang)
            stop = forms.exact in self._stops or (not self._stops and is_stop_word(word.text))
            found.append(
                Word(
                    start + word.start,
                    start + word.end,
                    forms.exact,
                    forms.stems[0] if forms.stems else f":{forms.exact}",
                    stop and not (len(word.text) > 1 and word.text.isupper()),
                    word.text[0].isupper(),
                )
            )
        return found

    def _stem(self, word: str) -> str:
        forms = self._analysis.text_forms(word, self._article.lang)
        return forms.stems[0] if forms.stems else f":{forms.exact}"
