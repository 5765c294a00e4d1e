"""Words of the library as people read them: the index knows them only without capitals and accents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from desktop.library import articles
from desktop.search import analysis
from desktop.search.vocabulary import Known
from desktop.tasks.session import Session

_TEXTS = 2  #: in which is looked for how a word is written
_BEFORE_A_SENTENCE = ".!?:…\n"
_OPENING = " \u00a0\t\"'“”„‘’«»(["


def beginning(session: Session, prefix: str, limit: int) -> list[Known]:
    """Return words of the library that begin so, as they are written there, those of most articles first.

    Words that say nothing are left out.
    """
    found = session.index.look_up(lambda words: words.beginning(prefix, 2 * limit)) or []
    typed = analysis.fold(prefix)
    telling = [one for one in found if one.word != typed and not analysis.is_stop_word(one.word)][:limit]
    forms = as_written(session, [one.word for one in telling])
    return [Known(form, one.articles) for form, one in zip(forms, telling, strict=True)]


def as_written(session: Session, words: Sequence[str]) -> list[str]:
    """Return words of the index as they stand in texts, with their accents, names with their capitals."""
    rows = session.index.look_up(
        lambda vocabulary: {word: tuple(vocabulary.rows_with(word, _TEXTS)) for word in words}
    )
    con = session.library.reader()
    return [_as_written(con, word, (rows or {}).get(word, ())) for word in words]


def _as_written(con: sqlite3.Connection, word: str, rows: Iterable[int]) -> str:
    forms = (_form_in(text, word) for text in articles.texts(con, rows).values())
    return next((form for form in forms if form), word)


def _form_in(text: str, word: str) -> str:
    """Return how a folded word is written in a text, best where no sentence begins; "" = it is not there."""
    at_beginning = ""
    for start, form in _occurrences(text, word):
        before = text[:start].rstrip(_OPENING)
        if before and before[-1] not in _BEFORE_A_SENTENCE:
            return form
        at_beginning = at_beginning or form
    return at_beginning.lower() if at_beginning.istitle() else at_beginning


def _occurrences(text: str, word: str) -> Iterator[tuple[int, str]]:
    for found in analysis.words(text):
        if len(found.text) >= len(word) // 2 and analysis.fold(found.text) == word:
            yield found.start, found.text
