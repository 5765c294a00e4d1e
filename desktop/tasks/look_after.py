"""What a library needs now and then: a backup a day, and marks as today's recognisers make them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from desktop.errors import Problem
from desktop.extraction import stamp
from desktop.library import articles, backup, mentions, rules
from desktop.library.database import Priority
from desktop.model import Article, ArticleId, Changes, ImportedArticle, Mention, Rule, TextVersion
from desktop.progress import Progress
from desktop.tasks.extract import mark, measure_at
from desktop.tasks.link_actors import link
from desktop.tasks.marking import PROCESSES, Unmarked, marked
from desktop.tasks.session import Session
from desktop.workers import Workers

_BATCH = 100  # articles read at once


def look_after(session: Session, progress: Progress) -> tuple[Changes, list[Problem]]:
    """Do all of it; return what changed, and what went wrong beside it (a backup that cannot be made).

    Raises Cancelled; what was done stays, the rest is done next time.
    """
    backup.daily(session.library)
    return mark_again(session, progress), list(session.library.warnings)


def mark_again(session: Session, progress: Progress) -> Changes:
    """Mark the articles anew whose marks older recognisers made, or other corrections than hold now.

    One run at a time: where another one is busy, that one does it. Raises Cancelled; what was done stays.
    """
    done: set[ArticleId] = set()
    failed: set[int] = set()
    while _stale(session, failed):
        if not session.marking.acquire(blocking=False):
            break
        try:
            with Workers(PROCESSES) as workers:
                while rows := _stale(session, failed):
                    _mark_batch(session, rows, workers, progress, done, failed)
        finally:
            session.marking.release()  # and look again: what came meanwhile counted on this run
    return Changes(articles=frozenset(done), actors=link(session, progress).actors)


def _mark_batch(
    session: Session,
    rows: list[int],
    workers: Workers,
    progress: Progress,
    done: set[ArticleId],
    failed: set[int],
) -> None:
    library = session.library
    state, known_rules = _rules(session)
    read = list(_read(session, rows))
    failed.update(set(rows) - {article.row for article, _version in read})
    texts = (Unmarked(_as_imported(article, version), article.id) for article, version in read)
    for (article, version), (_text, outcome) in zip(read, marked(texts, known_rules, workers), strict=True):
        progress.step(len(done), 0, article.title)
        if isinstance(outcome, Problem):
            failed.add(article.row)
            continue
        store = partial(_store, article=article, version=version, found=outcome[1], state=state)
        if library.write(store, priority=Priority.IDLE):
            done.add(article.id)


def _rules(session: Session) -> tuple[rules.State, list[Rule]]:
    """Return the rules, and what tells whether they are still the same: read first, to be sure."""
    con = session.library.reader()
    return rules.state(con), rules.about_texts(con)


def mark_now(session: Session, ids: Iterable[ArticleId]) -> None:
    """Mark those of a few articles anew whose marks no longer hold: another date, another correction."""
    con = session.library.reader()
    rows = [articles.row_of(con, article) for article in ids]
    state, known_rules = _rules(session)
    for article, version in _read(session, mentions.stale_among(con, stamp(), rows)):
        _lang, found = mark(
            version.text,
            lang=article.lang,
            reference=article.published,
            blocks=version.blocks,
            known_rules=known_rules,
            article_id=article.id,
        )
        store = partial(_store, article=article, version=version, found=found, state=state)
        session.library.write(store)


def _store(
    con: sqlite3.Connection,
    *,
    article: Article,
    version: TextVersion,
    found: Sequence[Mention],
    state: rules.State,
) -> bool:
    """Store marks, unless text, date or corrections are others by now: then they are made again."""
    if articles.published(con, article.row) != article.published or rules.state(con) != state:
        return False
    return mentions.replace(
        con,
        article.row,
        found,
        stamp=stamp(),
        measure=measure_at(article.published),
        version=version.number,  # a newer one may have come in meanwhile, with marks of its own
    )


def _stale(session: Session, without: set[int]) -> list[int]:
    found = mentions.stale(session.library.reader(), stamp(), _BATCH + len(without))
    return [row for row in found if row not in without]


def _read(session: Session, rows: list[int]) -> Iterator[tuple[Article, TextVersion]]:
    con = session.library.reader()
    for article in articles.by_rows(con, rows):
        yield article, articles.text(con, article.id)


def _as_imported(article: Article, version: TextVersion) -> ImportedArticle:
    return ImportedArticle(
        title=article.title,
        text=version.text,
        blocks=version.blocks,
        published=article.published,
        lang=article.lang,
        path=article.path,
    )
