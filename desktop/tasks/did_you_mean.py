"""What may have been meant by words of a query that find nothing: words and names that the library has.

Nothing is changed here: each offer is a whole query with what it would find, for the person to take or leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise

from desktop.library import actors
from desktop.search import analysis, compounds
from desktop.search import query as queries
from desktop.search.edits import edits
from desktop.search.fields import FIELDS
from desktop.search.query import And, Clause, How, Kind, Node, Op, Or, Text
from desktop.search.vocabulary import SHORTEST, Vocabulary
from desktop.tasks import clauses
from desktop.tasks.search import SearchResult, count, understand
from desktop.tasks.session import Session
from desktop.tasks.words import as_written

_OFFERS = 3
_WORDS = 4  #: of a query that are looked at: each takes some milliseconds
_RARE = 2  #: articles: a word in no more of them may be a misspelling of a frequent one
_OFTENER = 20  #: times that the other word has to be as frequent then

_CORRECTABLE = (How.WORD, How.PHRASE, How.NEAR, How.EXACT)


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that may have been meant.

    written: the words of the query asked that find nothing or little. instead: what stands in their place.
    """

    query: str
    written: tuple[str, ...]
    instead: tuple[str, ...]
    articles: int  #: that the query offered finds


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in the query that finds too little. instead: what may stand there, likeliest first."""

    start: int
    end: int
    instead: tuple[str, ...]


def did_you_mean(session: Session, result: SearchResult, *, unfinished: bool = False) -> tuple[Offer, ...]:
    """Return what may have been meant by a query, likeliest first; nothing where all its words are known.

    unfinished: as in `search`: the word at the very end may be a beginning, and is none of the misspelt then.
    """
    text = result.query.text
    # Of an index that is being filled nobody can say what it will not have.
    spots = _spots(session, result, unfinished) if session.index.complete else []
    if not spots:
        return ()
    resolve = _remembering(partial(clauses.rows, session.library.reader()))
    likeliest = tuple(spot.instead[0] for spot in spots)
    wanted = [likeliest]
    for number, spot in enumerate(spots):
        wanted += [(*likeliest[:number], instead, *likeliest[number + 1 :]) for instead in spot.instead[1:]]
    written = tuple(text[spot.start : spot.end] for spot in spots)
    offers: list[Offer] = []
    for instead in dict.fromkeys(wanted):
        query = _replaced(text, spots, instead)
        tree = understand(query).tree
        found = count(session, tree, resolve) if tree is not None else 0
        if found > result.total:
            offers.append(Offer(query, written, instead, found))
            if len(offers) == _OFFERS:
                break
    return tuple(offers)


def _replaced(text: str, spots: list[_Spot], instead: tuple[str, ...]) -> str:
    for spot, word in reversed(list(zip(spots, instead, strict=True))):
        text = text[: spot.start] + word + text[spot.end :]
    return text


def _remembering(resolve: Callable[[Clause], set[int]]) -> Callable[[Clause], set[int]]:
    """Answer each clause once: the queries offered differ in a word."""
    answer = lru_cache(maxsize=64)(resolve)
    return lambda clause: answer(replace(clause, start=0, end=0))


# Where the query finds too little


def _spots(session: Session, result: SearchResult, unfinished: bool) -> list[_Spot]:
    """Return the places where another word may have been meant, in order, without overlap."""
    text = result.query.text
    words = [
        (start, end, leaf)
        for leaf, wanted in queries.leaves(result.query.ast)
        if wanted and _is_correctable(session, leaf)
        for start, end in _words_of(text, leaf)
    ]
    open_end = len(text) if unfinished else -1

    def look(vocabulary: Vocabulary) -> list[_Spot]:
        unknown = [word for word in words if _finds_little(vocabulary, text, word, open_end)]
        spots = _joined(vocabulary, text, result) if result.total <= _RARE else []
        for start, end, leaf in unknown[:_WORDS]:
            if not any(spot.start < end and start < spot.end for spot in spots):
                instead = _instead(vocabulary, text[start:end], leaf, result.total)
                if instead:
                    spots.append(_Spot(start, end, instead))
        return spots

    spots = session.index.look_up(look) or []
    known = list(dict.fromkeys(word for spot in spots for word in spot.instead if word.isalnum()))
    forms = dict(zip(known, as_written(session, known), strict=True))
    spots = [replace(spot, instead=tuple(forms.get(word, word) for word in spot.instead)) for spot in spots]
    return sorted((*spots, *_fields(text, spots)), key=lambda spot: spot.start)


def _is_correctable(session: Session, leaf: Text | Clause) -> bool:
    if isinstance(leaf, Text):
        return leaf.how in _CORRECTABLE
    if leaf.field not in clauses.NAMES or leaf.op is Op.PREFIX:
        return False
    return not actors.find(session.library.reader(), leaf.value, clauses.NAMES[leaf.field])


def _words_of(text: str, leaf: Text | Clause) -> Iterator[tuple[int, int]]:
    for word in analysis.words(text[leaf.start : leaf.end]):
        yield leaf.start + word.start, leaf.start + word.end


def _finds_little(
    vocabulary: Vocabulary, text: str, place: tuple[int, int, Text | Clause], open_end: int
) -> bool:
    start, end, leaf = place
    word, is_open = text[start:end], end == open_end
    if len(word) < SHORTEST or any(map(str.isdigit, word)):
        return False
    if isinstance(leaf, Clause):  # no inflections of names
        return not vocabulary.exact_count(word)
    return vocabulary.is_rare(word, _RARE) and not (is_open and vocabulary.count(word, prefix=True))


def _instead(vocabulary: Vocabulary, word: str, leaf: Text | Clause, total: int) -> tuple[str, ...]:
    """Return what may stand in the place of a word: words that look like it, two words that it joins."""
    known = vocabulary.count(word) if isinstance(leaf, Text) else 0
    nearest = vocabulary.nearest(word, _OFFERS)
    if known:
        if total > _RARE:
            return ()
        folded = analysis.fold(word)
        return tuple(
            one.word
            for one in nearest
            if one.articles >= _OFTENER * known and edits(folded, one.word, 1) <= 1
        )
    found = [one.word for one in nearest]
    if isinstance(leaf, Text) and leaf.how is How.WORD:
        found += [f'"{left} {right}"' for left, right in vocabulary.halves(word, 2)]
        found += _parts(vocabulary, word, apart=not leaf.title)
    return tuple(found)


def _parts(vocabulary: Vocabulary, word: str, *, apart: bool) -> list[str]:
    """Return what of a compound the library has: its two halves, each anywhere in an article, or one part.

    apart: two words may stand in the place of the one.
    """
    known = dict.fromkeys(part for lang in compounds.LANGUAGES for part in compounds.parts(word, lang))
    parts = [part for part in known if len(part) >= SHORTEST and vocabulary.count(part)]
    pairs = compounds.halves(word, parts) if apart else []
    longest = [part for part in parts if not any(part != other and part in other for other in parts)]
    return [*(f"{first} {last}" for first, last in pairs[:1]), *sorted(longest, key=len, reverse=True)]


# Words that are written as one


def _joined(vocabulary: Vocabulary, text: str, result: SearchResult) -> list[_Spot]:
    """Return pairs of words side by side that the library writes as one, in more articles."""
    spots: list[_Spot] = []
    for start, end in _pairs(text, result.query.ast):
        one = "".join(word.text for word in analysis.words(text[start:end]))
        if (not spots or spots[-1].end <= start) and vocabulary.exact_count(one) > result.total:
            spots.append(_Spot(start, end, (analysis.fold(one),)))
    return spots


def _pairs(text: str, node: Node | None) -> Iterator[tuple[int, int]]:
    """Yield where two words stand side by side: data center, data-center, "data center"."""
    if isinstance(node, And):
        for left, right in pairwise(node.children):
            if not (isinstance(left, Text) and isinstance(right, Text) and _are_words(left, right)):
                continue
            if not text[left.end : right.start].strip():
                yield left.start, right.end
    if isinstance(node, And | Or):
        for child in node.children:
            yield from _pairs(text, child)
    elif isinstance(node, Text) and node.how in (How.WORD, How.PHRASE) and len(node.words()) == 2:
        yield node.start, node.end


def _are_words(*leaves: Text) -> bool:
    return all(leaf.how is How.WORD and not leaf.title and len(leaf.words()) == 1 for leaf in leaves)


# Fields


def _fields(text: str, spots: list[_Spot]) -> Iterator[_Spot]:
    """Yield what is written like a field that there is not, but nearly is: `auther:Jansen`."""
    for span in queries.spans(text):
        name, colon, value = text[span.start : span.end].partition(":")
        if span.kind is not Kind.WORD or not colon or not value or len(name) < SHORTEST - 1:
            continue
        known = [word for row in FIELDS for word in dict.fromkeys((row.name, row.alias))]
        close = tuple(word for word in known if edits(name.casefold(), word, 1) == 1)
        end = span.start + len(name)
        if close and not any(spot.start < span.end and span.start < spot.end for spot in spots):
            yield _Spot(span.start, end, close)
