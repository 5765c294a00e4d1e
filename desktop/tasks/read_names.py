"""Let the model read the articles for names: after the rules, in the background, the open one first.

At import the rules answer at once, so that an article can be read. The model takes some hundred times as
long, and finds more. What it found is kept, so that corrections need not ask it again. It runs in one process
of its own, which gives way to all others; nothing of it is loaded in this one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from desktop.errors import Problem
from desktop.extraction import MODEL, find_names, model, names_stamp
from desktop.library import found_names, mentions, rules
from desktop.library.database import Priority
from desktop.model import Article, ArticleId, Changes, ImportedArticle, Mention, Rule, TextVersion
from desktop.progress import Progress
from desktop.tasks.corrections import mark_at_hand
from desktop.tasks.extract import mark
from desktop.tasks.link_actors import link
from desktop.tasks.look_after import as_imported, read_texts, rules_now, store_marks
from desktop.tasks.session import Session
from desktop.workers import Workers

_BATCH = 6  # articles for the process at a time: less than a second
_AHEAD = 600  # articles looked up at once, for looking them up takes a while in a large library
_LINK_EVERY = 300  # articles after which names are linked, while more are read
_SECONDS, _MEGABYTES = 300.0, 2048  # what a batch may take

T = TypeVar("T")
Text = tuple[Article, TextVersion]
Found = tuple[list[Mention] | None, list[Mention]]  # names (None = the model failed), all marks


class NamesRead(NamedTuple):
    """What a run did. why_not: why the model cannot run here, "" where it can."""

    changes: Changes
    why_not: str = ""


def waiting(session: Session) -> int:
    """Return how many articles the model has not read."""
    return found_names.count_waiting(session.library.reader(), names_stamp())


def read_names(
    session: Session,
    progress: Progress,
    *,
    at_hand: Callable[[], ArticleId | None] = lambda: None,
    told: Callable[[Changes], object] = lambda _changes: None,
) -> NamesRead:
    """Let the model read what it has not read. Raises Cancelled; what was done stays, the rest waits on.

    at_hand: gives the article that is open at the moment, which goes first. told: gets what changed after
    each few articles, in this thread.
    """
    total = waiting(session)
    if not total:
        return NamesRead(Changes())
    with Workers(1) as workers:
        run = _Run(session, workers, progress, total)
        if reason := run.in_process(model.why_not):
            return NamesRead(Changes(), reason)
        since_linked = 0
        while rows := run.next_rows(at_hand()):
            read = run.read(rows)
            since_linked += len(read)
            told(Changes(articles=frozenset(read)))
            if since_linked >= _LINK_EVERY:
                told(link(session, progress))
                since_linked = 0
    return NamesRead(Changes(articles=frozenset(run.done), actors=link(session, progress).actors))


class _Run:
    """One run over the articles that wait."""

    def __init__(self, session: Session, workers: Workers, progress: Progress, total: int) -> None:
        self.done: set[ArticleId] = set()
        self._session, self._workers = session, workers
        self._progress, self._total = progress, total
        self._tried: set[int] = set()
        self._ahead: list[int] = []

    def in_process(self, work: Callable[..., T], *args: object) -> T:
        """Let the process work. Raises Problem; Cancelled."""
        return self._workers.run(work, *args, seconds=_SECONDS, megabytes=_MEGABYTES, look=self._look)

    def _look(self) -> None:
        self._progress.step(len(self.done), max(self._total, len(self.done)))

    def next_rows(self, at_hand: ArticleId | None) -> list[int]:
        """Return what is to be read next, none when all has been tried."""
        con, stamp = self._session.library.reader(), names_stamp()
        if not self._ahead:
            self._ahead = [r for r in found_names.waiting(con, stamp, _AHEAD) if r not in self._tried]
        first = found_names.waiting(con, stamp, 1, at_hand) if at_hand and self._ahead else []
        rows = [row for row in dict.fromkeys([*first, *self._ahead]) if row not in self._tried][:_BATCH]
        self._tried.update(rows)
        self._ahead = [row for row in self._ahead if row not in self._tried]
        return rows

    def read(self, rows: list[int]) -> set[ArticleId]:
        """Read some articles; return those that are done."""
        self._look()
        state, known_rules = rules_now(self._session)
        texts = list(read_texts(self._session, rows))
        found = self._found(texts, known_rules)
        overtaken = {
            article.id
            for (article, version), (names, marks) in zip(texts, found, strict=True)
            if not _store(self._session, article, version, names, marks, state)
        }
        mark_at_hand(self._session, overtaken)
        read = {article.id for article, _version in texts}
        self.done |= read
        return read

    def _found(self, texts: list[Text], known_rules: list[Rule]) -> list[Found]:
        """Return what is found in texts; where one is too much for the process, the others all the same."""
        sent = [(as_imported(article, version), article.id) for article, version in texts]
        try:
            return self.in_process(_find, sent, known_rules)
        except Problem:
            if len(texts) == 1:
                return [(None, [])]
        return [found for text in texts for found in self._found([text], known_rules)]


def _store(
    session: Session,
    article: Article,
    version: TextVersion,
    names: list[Mention] | None,
    marks: list[Mention],
    state: rules.State,
) -> bool:
    """Keep the names, and mark the text with them; where the model failed, the rules' marks stay.

    Returns False where a correction or another date came meanwhile: the text is to be marked again.
    """

    def work(con: sqlite3.Connection) -> bool:
        kept = found_names.put(con, article.row, version.number, names, names_stamp())
        if not kept or names is None:
            return True
        holds = store_marks(con, article=article, version=version, found=marks, state=state, names=MODEL)
        if not holds:
            mentions.make_stale(con, [article.row])
        return holds

    return session.library.write(work, priority=Priority.IDLE)


# What runs in the process


def _find(texts: list[tuple[ImportedArticle, str]], known_rules: list[Rule]) -> list[Found]:
    found: list[Found] = []
    for article, article_id in texts:
        lang = article.lang or "nl"
        names = find_names(article.text, lang, article.blocks, MODEL)
        _lang, marks = mark(
            article.text,
            lang=lang,
            reference=article.published,
            blocks=article.blocks,
            known_rules=known_rules,
            article_id=article_id,
            found_names=names,
        )
        found.append((names, marks))
    return found
