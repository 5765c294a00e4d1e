"""What a reader may be about to type: names, tags and words, with how many articles have them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from desktop.library import completion, filters, named_collections
from desktop.model import MentionKind
from desktop.tasks import clauses, words
from desktop.tasks.session import Session

SHORTEST_WORD = 3  #: letters from which words are offered; names and tags are from fewer
_NAMES, _TAGS, _WORDS = 4, 2, 5
_KEPT_SECONDS = 120.0
#: How much sooner than a word of as many articles something comes: the reader's own tags first.
_WEIGHT = {"tag": 3.0, "": 1.0}
_WEIGHT_OF_NAME = 2.0


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that may be meant. `start` is where it begins in the query.

    field: by its English name, "" of a word. articles: None = not counted.
    """

    text: str
    field: str
    start: int
    articles: int | None = None
    kind: MentionKind | None = None  #: of an actor


def of_field(session: Session, field: str, prefix: str, start: int, limit: int) -> list[Completion]:
    """Return what can stand behind a field of names; of most articles first."""
    con = session.library.reader()
    if field == "collection":
        known = named_collections.listed(con)
        fitting = [one for one in known if one.name.casefold().startswith(prefix.casefold())]
        return [Completion(one.name, field, start, one.articles) for one in fitting[:limit]]
    if field == "tag":
        return [Completion(tag, field, start, number) for tag, number in completion.tags(con, prefix, limit)]
    if field in ("source", "author"):
        return [Completion(one, field, start) for one in filters.values_of(con, field, prefix, limit)]
    found = completion.names(con, prefix, clauses.NAMES[field], limit, partial(_often, session))
    return [Completion(one.name, field, start, one.articles, one.kind) for one in found]


def of_words(session: Session, typed: Sequence[tuple[str, int]]) -> list[Completion]:
    """Return what may be meant without a field, likeliest first.

    typed: the last words of the query and where they begin, the longest stretch first and at the end the
    word alone that is being typed: "european cen" is the beginning of a name, as "cen" may be.
    """
    found = [*_names(session, typed)]
    word, start = typed[-1]
    con = session.library.reader()
    found += [Completion(tag, "tag", start, number) for tag, number in completion.tags(con, word, _TAGS)]
    found += of_text(session, word, start)
    return sorted(found, key=_weight, reverse=True)


def of_text(session: Session, word: str, start: int) -> list[Completion]:
    """Return the words of the library that begin so, those of most articles first."""
    if len(word) < SHORTEST_WORD:
        return []
    return [Completion(one.word, "", start, one.articles) for one in words.beginning(session, word, _WORDS)]


def _names(session: Session, typed: Sequence[tuple[str, int]]) -> list[Completion]:
    con = session.library.reader()
    found: dict[tuple[str, MentionKind], Completion] = {}
    for text, start in typed:
        for one in completion.names(con, text, None, _NAMES, partial(_often, session)):
            field = clauses.FIELDS_OF_KINDS.get(one.kind, "actor")
            found.setdefault((one.name, one.kind), Completion(one.name, field, start, one.articles, one.kind))
    return list(found.values())[:_NAMES]


#: By library: when its frequent names were read, and they.
_frequent: WeakKeyDictionary[Session, tuple[float, completion.Frequent]] = WeakKeyDictionary()


def _often(session: Session) -> completion.Frequent:
    """Return the frequent names as they were at most a while ago: they do not change much."""
    read, known = _frequent.get(session, (-math.inf, completion.Frequent(())))
    if time.monotonic() - read > _KEPT_SECONDS:
        known = completion.frequent(session.library.reader())
        _frequent[session] = time.monotonic(), known
    return known


def _weight(one: Completion) -> float:
    return (one.articles or 0) * _WEIGHT.get(one.field, _WEIGHT_OF_NAME)
