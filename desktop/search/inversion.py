"""Texts to postings: a batch of articles is turned round by sorting all its words at once.

A word is looked at once a batch, however often it stands there: the text gives numbers of words, and what
follows is arithmetic on arrays. The order of a sort by term keeps articles and positions in order too.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, count

import numpy as np

from desktop.search.analysis import PARAGRAPH_GAP, Analysis, Forms
from desktop.search.segment import SegmentWriter, kind_for

TITLE, TEXT = "title", "text"
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
            tick()
            _write_field(writer, name, tokens, [[form.exact] for form in forms], len(self._rows))
            tick()
            _write_field(writer, name + STEMS, tokens, [form.stems for form in forms], len(self._rows))
        return len(self._rows)

    def _forms(self, tick: Callable[[], None]) -> list[Forms]:
        """Return the forms of all words, by number."""
        found: dict[int, Forms] = {}
        for lang, numbers in self._numbers.items():
            tick()
            for word, number in numbers.items():
                found[number] = self._analysis.text_forms(word, lang)
        return [found[number] for number in range(len(found))]


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


def _write_field(
    writer: SegmentWriter, field: str, tokens: _Tokens, forms: Iterable[Iterable[str]], documents: int
) -> None:
    """Write a field. forms: the terms of each word, by its number."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lists = [[numbers[term] for term in terms if term] for terms in forms]
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    flat = np.fromiter(chain.from_iterable(lists), np.int64, int(sizes.sum()))
    starts = np.cumsum(sizes) - sizes
    each = sizes[tokens.words]
    if (each == 1).all():
        which, terms = None, flat[starts[tokens.words]]
    else:
        which = np.repeat(np.arange(len(each)), each)
        terms = flat[spans(starts[tokens.words], each)]
    # Words of the title are numbered together with those of the text: only what stands here is written.
    present = np.zeros(len(numbers), bool)
    present[terms] = True
    names = [(name, number) for name, number in numbers.items() if present[number]]
    names.sort()
    ranks = np.zeros(len(numbers), np.uint64)
    ranks[[number for _name, number in names]] = np.arange(len(names), dtype=np.uint64)
    order, ordinals = _sorted_by(ranks[terms])
    if which is not None:
        order = which[order]
    writer.put_terms(field, [name.encode() for name, _number in names])
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
    writer.put(f"{field}.positions", kind_for(int(positions.max(initial=0))), positions)
