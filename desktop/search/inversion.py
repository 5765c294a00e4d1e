"""Texts to postings: a batch of articles is turned round by sorting all its words at once.

A word is looked at once a batch, however often it stands there: the text gives numbers of words, and what
follows is arithmetic on arrays. The order of a sort by term keeps articles and positions in order too.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count, islice

import numpy as np

from desktop.search.analysis import PARAGRAPH_GAP, Analysis, Forms
from desktop.search.places import REACH
from desktop.search.segment import SegmentWriter, kind_for

TITLE, TEXT = "title", "text"
TICK = 2_000  #: words looked at between two looks at whether to stop
STEMS = "_stems"  #: the field of stems is named after the field of exact forms
FIELDS = (TEXT, TEXT + STEMS, TITLE, TITLE + STEMS)


@dataclass(slots=True)
class _Words:
    """The words of a field of all articles, as numbers, and the paragraphs in which they stand."""

    words: array[int] = field(default_factory=lambda: array("I"))
    paragraphs: array[int] = field(default_factory=lambda: array("Q"))  #: words in each
    documents: array[int] = field(default_factory=lambda: array("I"))  #: of each paragraph
    bases: array[int] = field(default_factory=lambda: array("Q"))  #: position of its first word


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Words of a field: where each stands."""

    words: np.ndarray
    documents: np.ndarray
    positions: np.ndarray


class Batch:
    """Articles to be written as one segment."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        number = count()
        self._numbers: defaultdict[str | None, defaultdict[str, int]] = defaultdict(
            lambda: defaultdict(number.__next__)
        )
        self._texts = {field: _Words() for field in (TEXT, TITLE)}
        self._rows = array("q")
        self._lengths = array("Q")

    def add(self, row: int, title: str, text: str, lang: str | None) -> None:
        """Add an article."""
        self._add(TITLE, title, lang)
        self._lengths.append(self._add(TEXT, text, lang))
        self._rows.append(row)

    def _add(self, field: str, text: str, lang: str | None) -> int:
        """Take in a text and return the number of its words; positions as in `analysis.placed`."""
        numbers = self._numbers[lang].__getitem__
        into = self._texts[field]
        total = 0
        document = len(self._rows)
        for paragraph, words in enumerate(map(self._analysis.surfaces, text.split("\n\n"))):
            if words:
                into.words.extend(map(numbers, words))
                into.paragraphs.append(len(words))
                into.documents.append(document)
                into.bases.append(total + paragraph * PARAGRAPH_GAP)
                total += len(words)
        return total

    def write(self, writer: SegmentWriter, tick: Callable[[], None]) -> int:
        """Write the segment, return the number of articles. tick: called now and then, may raise to stop."""
        writer.put("rows", "i8", np.array(self._rows, np.int64))
        writer.put("lengths", "u8", np.array(self._lengths, np.uint64))
        forms = self._forms(tick)
        for name, words in self._texts.items():
            tokens = _placed(words)
            used = np.flatnonzero(np.bincount(tokens.words, minlength=len(forms))).tolist()
            tick()
            exact = _Terms(len(forms), used, [forms[number].exact for number in used])
            _write_field(writer, name, tokens, exact, len(self._rows))
            tick()
            stems = [forms[number].stems for number in used]
            each = np.fromiter(map(len, stems), np.int64, len(stems))
            several = _Terms(len(forms), used, list(chain.from_iterable(stems)), each)
            _write_field(writer, name + STEMS, tokens, several, len(self._rows))
        return len(self._rows)

    def _forms(self, tick: Callable[[], None]) -> list[Forms]:
        """Return the forms of all words, by number."""
        found: list[Forms] = [Forms("", ())] * sum(map(len, self._numbers.values()))
        for lang, numbers in self._numbers.items():
            waiting = iter(numbers.items())
            while some := dict(islice(waiting, TICK)):
                tick()
                forms = self._analysis.all_text_forms(some, lang)
                for number, form in zip(some.values(), forms, strict=True):
                    found[number] = form
        return found


class _Terms:
    """The terms of each word of a field."""

    def __init__(
        self, words: int, used: list[int], terms: list[str], sizes: np.ndarray | None = None
    ) -> None:
        """words: how many numbers of words there are. used: those that stand in the field.
        terms: of each of these, one after the other. sizes: how many each has (None = one).
        """
        number: defaultdict[str, int] = defaultdict(count().__next__)
        ranks = np.fromiter(map(number.__getitem__, terms), np.int64, len(terms))
        if "" in number:  # a word of nothing but signs that are left out when words are compared
            kept = ranks != number.pop("")
            which = np.repeat(np.arange(len(used)), 1 if sizes is None else sizes)
            sizes = np.bincount(which[kept], minlength=len(used))
            ranks = ranks[kept]
        self.names = sorted(number)  #: all terms; by code points, which is the order of their UTF-8
        table = np.zeros(len(terms) + 1, np.int64)
        table[list(map(number.__getitem__, self.names))] = np.arange(len(self.names))
        self._ranks = table[ranks]
        self._sizes = None
        self._starts = np.zeros(words, np.int64)
        if sizes is None or (sizes == 1).all():
            self._starts[used] = np.arange(len(used))
        else:
            self._starts[used] = np.cumsum(sizes) - sizes
            self._sizes = np.zeros(words, np.int64)
            self._sizes[used] = sizes

    def of(self, words: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        """Return the ordinals of the terms of words, and to which word each belongs (None = one each)."""
        if self._sizes is None:
            return self._ranks[self._starts[words]], None
        each = self._sizes[words]
        return self._ranks[spans(self._starts[words], each)], np.repeat(np.arange(len(words)), each)


def _placed(words: _Words) -> _Tokens:
    sizes = np.array(words.paragraphs, np.int64)
    starts = np.cumsum(sizes) - sizes
    documents = np.repeat(np.array(words.documents, np.uint32), sizes)
    shifts = np.repeat(np.array(words.bases, np.int64) - starts, sizes)
    positions = (shifts + np.arange(len(words.words))).astype(np.uint32)
    return _Tokens(np.array(words.words, np.uint32), documents, positions)


def spans(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the numbers start, start + 1, … of every stretch, one stretch after the other."""
    ends = np.cumsum(sizes, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(total)


def _write_field(writer: SegmentWriter, field: str, tokens: _Tokens, terms: _Terms, documents: int) -> None:
    """Write a field."""
    ranks, which = terms.of(tokens.words)
    order, ordinals = _sorted_by(ranks.astype(np.uint64))
    if which is not None:
        order = which[order]
    writer.put_terms(field, "\n".join(terms.names).encode())
    _write_postings(writer, field, ordinals, tokens.documents[order], tokens.positions[order], documents)


def _sorted_by(ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the order that sorts by rank and keeps the order of equal ones, and the ranks so sorted."""
    keys = np.sort((ranks << np.uint64(32)) | np.arange(len(ranks), dtype=np.uint64))
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64), (keys >> np.uint64(32)).astype(np.int64)


def _write_postings(
    writer: SegmentWriter,
    field: str,
    ordinals: np.ndarray,
    documents: np.ndarray,
    positions: np.ndarray,
    many: int,
) -> None:
    """Write the columns of a field. Each array has an entry for every occurrence, sorted by term."""
    total = len(ordinals)
    new_posting = np.ones(total, bool)
    new_posting[1:] = (ordinals[1:] != ordinals[:-1]) | (documents[1:] != documents[:-1])
    first = np.flatnonzero(new_posting)
    counts = np.diff(first, append=total)
    of_posting = ordinals[first]
    new_term = np.ones(len(first), bool)
    new_term[1:] = of_posting[1:] != of_posting[:-1]
    starts = np.flatnonzero(new_term)
    ends = np.append(np.stack([starts, first[starts]], axis=1), [[len(first), total]], axis=0)
    writer.put(f"{field}.ends", "i8", ends.ravel())
    writer.put(f"{field}.documents", kind_for(many), documents[first])
    writer.put(f"{field}.counts", kind_for(int(counts.max(initial=0))), counts)
    writer.put(f"{field}.positions", kind_for(int(positions.max(initial=0)) + REACH), positions)
