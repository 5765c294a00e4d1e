"""Find the passages of notes again when an article gets a new text.

Looking for them may take a second where there are hundreds; so it is done before the writer stores the new
text, and the writer only puts down what was found: text and places change in one transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from desktop.anchoring import quote
from desktop.library import anchors, articles
from desktop.library import annotations as notes
from desktop.library.anchors import Standing
from desktop.model import AnchorState, AnnotationId, ArticleId, ImportedArticle

Answer = tuple[int | None, int | None, AnchorState]

_LOST: Answer = (None, None, AnchorState.ORPHAN)


@dataclass(slots=True)
class Answers:
    """Where passages were found in a text that is about to come in."""

    text: str
    places: dict[Standing, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Notes of which a person should know that their passage moved, or is gone."""

    moved: tuple[AnnotationId, ...] = ()
    orphaned: tuple[AnnotationId, ...] = ()


def look_ahead(con: sqlite3.Connection, imported: ImportedArticle, *, shared_path: bool) -> Answers | None:
    """Find the notes of the article of which this is going to be a new version; None where there are none."""
    article = articles.at_same_place(con, imported, shared_path=shared_path)
    if article is None:
        return None
    known = anchors.standing(con, article, anchors.current_version(con, article))
    if not known:
        return None
    answers = Answers(imported.text)
    texts = _Texts(con, article)
    for one in known:
        answers.places[one] = _answer(one, imported.text, texts)
    return answers


def settle(
    con: sqlite3.Connection, article: ArticleId, text: str, answers: Answers | None = None
) -> Unsettled:
    """Give each annotation its place in the text that just became the current one, or list it as orphan.

    None is dropped. What `answers` does not know, since it was made or changed meanwhile, is looked for now.
    """
    known = answers.places if answers is not None and answers.text == text else {}
    texts = _Texts(con, article)
    moved, orphaned = [], []
    for one in anchors.standing(con, article, anchors.current_version(con, article) - 1):
        start, end, state = known.get(one) or _answer(one, text, texts)
        notes.place(con, one.annotation.id, start, end, state)
        if state is AnchorState.MOVED:
            moved.append(one.annotation.id)
        elif state is AnchorState.ORPHAN and one.annotation.state is not AnchorState.ORPHAN:
            orphaned.append(one.annotation.id)
    return Unsettled(tuple(moved), tuple(orphaned))


class _Texts:
    """The versions of an article, each read once."""

    def __init__(self, con: sqlite3.Connection, article: ArticleId) -> None:
        self._con = con
        self._article = article
        self._read: dict[int, str | None] = {}

    def get(self, version: int | None) -> str | None:
        if version is None:
            return None
        if version not in self._read:
            self._read[version] = anchors.version_text(self._con, self._article, version)
        return self._read[version]


def _answer(one: Standing, text: str, texts: _Texts) -> Answer:
    """Find one passage: by the words it had last, which may not be those that were marked."""
    marked, before = one.annotation.quote, texts.get(one.version)
    last = marked
    if before is not None and one.start is not None and one.end is not None and one.end <= len(before):
        last = quote.make(before, one.start, one.end)
    found = quote.find(text, last, one.start, before)
    if found is None:
        return _LOST
    start, end, state = found
    if state is AnchorState.ANCHORED and (
        text[start:end] != marked.exact or one.annotation.state is AnchorState.MOVED
    ):
        state = AnchorState.MOVED
    return start, end, state
