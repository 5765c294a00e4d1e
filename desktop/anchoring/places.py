"""Where a quoted passage may stand in a text, each place with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.anchoring.approximate import nearest
from desktop.anchoring.folding import Folded, fold, folded
from desktop.anchoring.seeds import stretches
from desktop.model import TextQuote

CONTEXT = 32  #: characters kept on either side of a passage

_MOST_WRONG = 0.25  #: part of a passage's characters that may have changed
_LONG = 600  #: characters from which on only both ends of a passage are compared sign by sign
_END = 300  #: characters of such an end
_BLOCK = 24  #: characters of the pieces in which the middle of a long passage is compared
_STANDS_ALONE = 24  #: characters from which on the passage itself is looked for everywhere
_MOST_PLACES = 32  #: of the same words that are told apart by what stands around them
_ENOUGH_CONTEXT = 12  #: characters of context that must agree, as a long name stands in many places ...
_WHOLE = 16  #: ... but for a whole sentence, paragraph or heading; and what that is worth
_MUST_HAVE_CONTEXT = 80  #: or for passages as long as this, word for word
_BROKEN = 24  #: what it costs that other words begin a new paragraph in the middle of a passage
_BY_CHANCE = 0.15  #: part of the three-letter groups that any two contexts share
_SENTENCE_ENDS = ".!?…:\n”’\"'»。؟।"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage may stand: `[start, end)` of the text, `[first, last)` of the folded one."""

    start: int
    end: int
    first: int
    last: int
    distance: int  #: characters that differ
    context: float  #: characters around it that agree
    evidence: float  #: characters that agree, less those that do not

    def shares(self, start: int, end: int) -> bool:
        """Tell whether most of the shorter one of the two lies in the other."""
        common = min(self.end, end) - max(self.start, start)
        return common * 2 > min(self.end - self.start, end - start)


@dataclass(frozen=True, slots=True)
class Places:
    """One quote and one text, both in folded spelling."""

    text: str
    quote: TextQuote
    page: Folded
    passage: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, text: str, quote: TextQuote) -> Places:
        """Get ready to look for a quote in a text."""
        passage = fold(quote.exact).strip()
        return cls(text, quote, folded(text), passage, fold(quote.prefix), fold(quote.suffix))

    def all(self) -> list[Place]:
        """Return the places there are, each once, the best first."""
        found: dict[tuple[int, int], Place] = {}
        if self.passage:
            windows = self._windows()
            for first, last in self._unchanged(windows):
                found[first, last] = self.judged(first, last, 0)
            for first, last, distance in self._changed(windows):
                if not any(first < other[1] and other[0] < last for other in found):
                    found[first, last] = self.judged(first, last, distance)
        return sorted(found.values(), key=lambda place: -place.evidence)

    def _windows(self) -> list[tuple[int, int]]:
        """Return where passage and context together may stand, without the room of the context."""
        pattern = self.prefix + self.passage + self.suffix
        slack = self._slack()
        lead, rest = len(self.prefix), len(self.suffix)
        found = stretches(self.page.text, pattern, slack)
        return [(max(0, first + lead), last - rest) for first, last in found if last > rest]

    def _slack(self) -> int:
        """Return how far the end of a passage may stand from where its beginning says."""
        return self._errors() + 12 + max(0, len(self.passage) - _LONG) // 20

    def _errors(self) -> int:
        return int(min(len(self.passage), _LONG) * _MOST_WRONG)

    def _unchanged(self, windows: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where the passage stands, but for quotes, hyphens and spaces."""
        size, text = len(self.passage), self.page.text
        for first, last in windows:
            yield from ((one, one + size) for one in _occurrences(text, self.passage, first, last))
        if size >= _STANDS_ALONE:
            everywhere = _occurrences(text, self.passage, 0, len(text))
            yield from ((one, one + size) for one in everywhere)

    def _changed(self, windows: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """Yield where the passage stands with some characters changed, and how many."""
        if not (errors := self._errors()):
            return
        for first, last in windows:
            stretch = self.page.text[first:last]
            if len(self.passage) <= _LONG:
                match = nearest(stretch, self.passage, errors)
            else:
                match = _nearest_long(stretch, self.passage, 2 * self._slack())
            if match is None:
                continue
            begin, finish, distance = first + match[0], first + match[1], match[2]
            start, end = self._at_words(begin, finish)
            if distance + abs(start - begin) + abs(end - finish) <= max(errors, distance):
                yield start, end, distance

    def _nearby(self) -> int:
        """Return within how many characters a word that begins or ends is looked for."""
        return min(13, 3 + len(self.passage) // 8)

    def _at_words(self, first: int, last: int) -> tuple[int, int]:
        """Let a place begin and end between words, where the passage did."""
        text, exact = self.page.text, self.passage
        if exact[0].isalnum() and not self.prefix[-1:].isalnum():
            first = _word_begins(text, first, self._nearby())
        if exact[-1].isalnum() and not self.suffix[:1].isalnum():
            last = _word_ends(text, last, self._nearby())
        return (first, last) if first < last else (first, first + 1)

    def judged(self, first: int, last: int, distance: int) -> Place:
        """Weigh the place `[first, last)` of the folded text."""
        before = self.page.text[max(0, first - CONTEXT) : first]
        after = self.page.text[last : last + CONTEXT]
        context = agreement(self.prefix[::-1], before[::-1]) + agreement(self.suffix, after)
        begin, finish = self.page.starts[first], self.page.ends[last - 1]
        evidence = len(self.passage) - 4 * distance + context
        if distance and "\n\n" in self.text[begin:finish] and "\n\n" not in self.quote.exact:
            evidence -= _BROKEN
        if self._is_whole(begin, finish):
            evidence += _WHOLE
        elif context < _ENOUGH_CONTEXT and (distance or len(self.passage) < _MUST_HAVE_CONTEXT):
            evidence = 0.0
        exact = self.quote.exact
        lead = len(exact) - len(exact.lstrip())
        if begin >= lead and self.text.startswith(exact, begin - lead):  # with the spaces at its ends
            begin, finish = begin - lead, begin - lead + len(exact)
        return Place(begin, finish, first, last, distance, context, evidence)

    def _is_whole(self, begin: int, finish: int) -> bool:
        """Tell whether the passage is a whole sentence, paragraph or heading, here and there."""
        quote, text = self.quote, self.text
        around = text[max(0, begin - 3) : begin], text[finish : finish + 1]
        return _ends_there(quote.prefix, quote.exact, quote.suffix) and _ends_there(
            around[0], text[max(begin, finish - 3) : finish], around[1]
        )


def agreement(wanted: str, there: str) -> float:
    """Return how many characters of a context agree, read from the passage outward."""
    straight = 0
    for ours, theirs in zip(wanted, there, strict=False):
        if ours != theirs:
            break
        straight += 1
    if straight >= len(wanted) - 2:
        return straight
    ours_by_three, theirs_by_three = _by_three(wanted), _by_three(there)
    share = len(ours_by_three & theirs_by_three) / len(ours_by_three)
    return max(straight, (share - _BY_CHANCE) / (1 - _BY_CHANCE) * len(wanted))


def _by_three(text: str) -> set[str]:
    return {text[place : place + 3] for place in range(len(text) - 2)}


def _occurrences(text: str, words: str, first: int, last: int) -> list[int]:
    """Return where the words stand, unless that is in too many places to tell them apart."""
    found: list[int] = []
    place = text.find(words, first, last)
    while place >= 0:
        found.append(place)
        if len(found) > _MOST_PLACES:
            return []
        place = text.find(words, place + 1, last)
    return found


def _word_begins(text: str, place: int, nearby: int) -> int:
    """Return where a word begins, nearest to a place; the place itself where none does nearby."""
    for away in range(nearby):
        for one in (place + away, place - away):
            if 0 <= one < len(text) and text[one].isalnum() and not text[max(0, one - 1) : one].isalnum():
                return one
    return place


def _word_ends(text: str, place: int, nearby: int) -> int:
    """Return where a word ends, nearest to a place; the place itself where none does nearby."""
    for away in range(nearby):
        for one in (place - away, place + away):
            if 0 < one <= len(text) and text[one - 1].isalnum() and not text[one : one + 1].isalnum():
                return one
    return place


def _nearest_long(text: str, passage: str, room: int) -> tuple[int, int, int] | None:
    """Return where a long passage stands: both of its ends, and most of what is between them.

    room: characters that the text has more than the passage.
    """
    errors = int(_END * _MOST_WRONG)
    foot = max(0, len(text) - room - _END - errors)
    head = nearest(text[: room + _END + errors], passage[:_END], errors)
    tail = nearest(text[foot:], passage[-_END:], errors)
    if head is None or tail is None or foot + tail[0] < head[0]:
        return None
    between = text[head[0] : foot + tail[1]]
    middle = passage[_END:-_END]
    blocks = [middle[place : place + _BLOCK] for place in range(0, len(middle), _BLOCK)]
    missing = sum(block not in between for block in blocks)
    if missing * 2 > len(blocks) or abs(len(between) - len(passage)) > len(passage) * _MOST_WRONG:
        return None
    return head[0], foot + tail[1], head[2] + tail[2] + 2 * missing


def _ends_there(before: str, passage: str, after: str) -> bool:
    lead = before.rstrip(" \xa0")
    begins = not lead or lead[-1] in _SENTENCE_ENDS
    if after[:1] in ("", "\n") and begins:
        return True
    return begins and passage[-1:] in _SENTENCE_ENDS and not after[:1].isalnum()
