"""What a library needs now and then: a backup a day, marks by today's recognisers, copies linked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from desktop.errors import Problem
from desktop.extraction import MODEL, RULES, names_stamp, stamp
from desktop.library import articles, backup, found_names, mentions, rules
from desktop.library.database import Priority
from desktop.model import Article, ArticleId, Changes, ImportedArticle, Mention, Rule, TextVersion
from desktop.progress import Progress
from desktop.tasks import near_copies
from desktop.tasks.extract import mark, measure_at
from desktop.tasks.link_actors import link
from desktop.tasks.marking import PROCESSES, Unmarked, marked, marking_in
from desktop.tasks.session import Session
from desktop.workers import Workers

_BATCH = 100  # articles read at once


def look_after(session: Session, progress: Progress) -> tuple[Changes, list[Problem]]:
    """Do all of it; return what changed, and what went wrong beside it (a backup that cannot be made).

    Raises Cancelled; what was done stays, the rest is done next time.
    """
    backup.daily(session.library)
    marked_again, linked = mark_again(session, progress), near_copies.link_older(session, progress)
    changes = replace(marked_again, library=marked_again.library or linked.library)
    return changes, list(session.library.warnings)


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
            with Workers(PROCESSES) as workers, marking_in(workers) as executor:
                while rows := _stale(session, failed):
                    _mark_batch(session, rows, executor, progress, done, failed)
        finally:
            session.marking.release()  # and look again: what came meanwhile counted on this run
    return Changes(articles=frozenset(done), actors=link(session, progress).actors)


def _mark_batch(
    session: Session,
    rows: list[int],
    executor: Executor,
    progress: Progress,
    done: set[ArticleId],
    failed: set[int],
) -> None:
    library = session.library
    state, known_rules = rules_now(session)
    read = list(read_texts(session, rows))
    failed.update(set(rows) - {article.row for article, _version in read})
    con = library.reader()
    texts = (
        Unmarked(
            as_imported(article, version), article.id, found_names.of_row(con, article.row, names_stamp())
        )
        for article, version in read
    )
    for (article, version), (one, outcome) in zip(read, marked(texts, known_rules, executor), strict=True):
        progress.step(len(done), 0, article.title)
        if isinstance(outcome, Problem):
            failed.add(article.row)
            continue
        names = RULES if one.names is None else MODEL
        store = partial(
            store_marks, article=article, version=version, found=outcome[1], state=state, names=names
        )
        if library.write(store, priority=Priority.IDLE):
            done.add(article.id)


def rules_now(session: Session) -> tuple[rules.State, list[Rule]]:
    """Return the rules, and what tells whether they are still the same: read first, to be sure."""
    con = session.library.reader()
    return rules.state(con), rules.about_texts(con)


def mark_now(session: Session, ids: Iterable[ArticleId]) -> None:
    """Mark those of a few articles anew whose marks no longer hold: another date, another correction."""
    con = session.library.reader()
    rows = [articles.row_of(con, article) for article in ids]
    state, known_rules = rules_now(session)
    for article, version in read_texts(session, mentions.stale_among(con, stamps(), rows)):
        names = found_names.of_row(con, article.row, names_stamp())
        _lang, found = mark(
            version.text,
            lang=article.lang,
            reference=article.published,
            blocks=version.blocks,
            known_rules=known_rules,
            article_id=article.id,
            found_names=names,
        )
        store = partial(
            store_marks,
            article=article,
            version=version,
            found=found,
            state=state,
            names=RULES if names is None else MODEL,
        )
        session.library.write(store)


def stamps() -> tuple[str, str]:
    """Return the stamps of today's recognisers: with the names that the rules find, and the model's."""
    return stamp(RULES), stamp(MODEL)


def store_marks(
    con: sqlite3.Connection,
    *,
    article: Article,
    version: TextVersion,
    found: Sequence[Mention],
    state: rules.State,
    names: str,
) -> bool:
    """Store marks, unless text, date or corrections are others by now: then they are made again.

    state: of the rules they were made with. names: which recogniser found the names.
    """
    if articles.published(con, article.row) != article.published or rules.state(con) != state:
        return False
    return mentions.replace(
        con,
        article.row,
        found,
        stamp=stamp(names),
        measure=measure_at(article.published),
        version=version.number,  # a newer one may have come in meanwhile, with marks of its own
    )


def _stale(session: Session, without: set[int]) -> list[int]:
    found = mentions.stale(session.library.reader(), stamps(), _BATCH + len(without))
    return [row for row in found if row not in without]


def read_texts(session: Session, rows: list[int]) -> Iterator[tuple[Article, TextVersion]]:
    """Yield articles with their current texts."""
    con = session.library.reader()
    for article in articles.by_rows(con, rows):
        yield article, articles.text(con, article.id)


def as_imported(article: Article, version: TextVersion) -> ImportedArticle:
    """Return an article as what marks texts takes it."""
    return ImportedArticle(
        title=article.title,
        text=version.text,
        blocks=version.blocks,
        published=article.published,
        lang=article.lang,
        path=article.path,
    )
