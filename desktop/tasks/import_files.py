"""Bring files, folders, the clipboard and the starter articles into the library.

Each file is read, its language detected and its text marked outside the writer (many files in worker
processes); the writer then stores article, text and mentions in one short transaction, so that what is
in the library is whole whenever the work is cancelled, and a note never waits for an import. A file
that cannot be read costs one line in the result.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.extraction import stamp
from desktop.importers import needs_worker, read_file, reading_seconds
from desktop.importers.base import Articles
from desktop.importers.folder import Skipped, find_files
from desktop.importers.plain_text import read_text
from desktop.library import annotations as notes
from desktop.library import articles, mentions, originals, rules
from desktop.library.articles import Outcome
from desktop.library.database import Priority
from desktop.model import AnnotationId, ArticleId, Changes, ImportedArticle, Mention
from desktop.progress import Progress, SilentProgress
from desktop.resources import starter_articles
from desktop.tasks.anchor import Answers, Unsettled, look_ahead, settle
from desktop.tasks.export_library import is_exported_library
from desktop.tasks.extract import mark, measure_at
from desktop.tasks.import_library import LibraryTaken, import_library
from desktop.tasks.link_actors import link
from desktop.tasks.look_after import mark_now
from desktop.tasks.marking import PROCESSES, Unmarked, marked
from desktop.tasks.session import Session
from desktop.workers import Workers

_WAKE_EVERY = 200  # articles after which the index follows, while more come in
_READ_MEGABYTES = 1024  # what reading one large or foreign file may take


@dataclass
class ImportResult:
    """What became of each file; grows while the work goes on."""

    added: list[ArticleId] = field(default_factory=list)
    updated: list[ArticleId] = field(default_factory=list)  #: known files whose text had changed
    skipped: list[Problem] = field(default_factory=list)  #: nothing wrong, nothing to do
    problems: list[Problem] = field(default_factory=list)
    moved: list[AnnotationId] = field(default_factory=list)  #: notes whose passage is elsewhere now
    orphaned: list[AnnotationId] = field(default_factory=list)  #: notes whose passage is gone
    cancelled: bool = False

    @property
    def changes(self) -> Changes:
        """What views have to look at again."""
        return Changes(articles=frozenset(self.updated), library=bool(self.added or self.updated))


def import_paths(session: Session, paths: Sequence[Path], progress: Progress) -> ImportResult:
    """Import files and folders (recursively). Cancelling keeps what is in, and says so in the result."""
    result = ImportResult()
    try:
        paths = _without_libraries(session, paths, progress, result)
        with Workers(PROCESSES) as workers:
            files = _listed(paths, progress, result)
            arrivals = _arrivals(session, files, workers, progress, result)
            _take_in(session, arrivals, workers, result)
    except Cancelled:
        result.cancelled = True
    else:
        with suppress(Cancelled):  # all is in; names that wait are linked next time
            link(session, progress)
    finally:
        session.wake()
    return result


def import_text(session: Session, text: str) -> ImportResult:
    """Import an article from the clipboard."""
    result = ImportResult()
    with Workers() as workers:
        try:
            arrivals = _new(session, [_Arrival(read_text(text))], result)
            _take_in(session, arrivals, workers, result)
        except Problem as problem:
            result.problems.append(problem)
    link(session, SilentProgress())
    session.wake()
    return result


def import_starters(session: Session, progress: Progress) -> ImportResult:
    """Put the starter articles into a new library, marked as such."""
    result = ImportResult()
    files = sorted(starter_articles().glob("*.txt"))
    for number, path in enumerate(files):
        progress.step(number, len(files), path.name)
        for imported in read_file(path):
            # They came with the program, not from a file of the user's.
            arrival = _Arrival(replace(imported, path=None), starter=True)
            lang, found = mark(
                imported.text, lang=imported.lang, reference=imported.published, blocks=imported.blocks
            )
            _store(session, arrival, lang, found, result)
    link(session, progress)
    session.wake()
    return result


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An article that was read, and what is known about where it came from."""

    imported: ImportedArticle
    original: str | None = None  #: name of its file in originals/
    shared_path: bool = False  #: its file holds other articles too
    starter: bool = False


def _without_libraries(
    session: Session, paths: Sequence[Path], progress: Progress, result: ImportResult
) -> list[Path]:
    """Take in the folders that are exported libraries; return the other paths."""
    rest = []
    for path in paths:
        if not is_exported_library(path):
            rest.append(path)
            continue
        taken = LibraryTaken()
        try:
            import_library(session, path, progress, taken)
        except Problem as problem:
            taken.problems.append(problem)
        finally:
            result.added += taken.added
            result.skipped += taken.known
            result.problems += taken.problems
    return rest


def _listed(paths: Sequence[Path], progress: Progress, result: ImportResult) -> list[Path]:
    files = []
    for found in find_files(paths, progress):
        if isinstance(found, Path):
            files.append(found)
        else:
            (result.skipped if isinstance(found, Skipped) else result.problems).append(found)
    return files


def _arrivals(
    session: Session, files: Sequence[Path], workers: Workers, progress: Progress, result: ImportResult
) -> Iterator[_Arrival]:
    """Read the files; what is wrong with one, or known already, goes into the result."""
    for number, path in enumerate(files):
        progress.step(number, len(files), path.name)
        if number % _WAKE_EVERY == 0:
            session.wake()
        try:
            imported = _read(path, workers)
            result.problems.extend(imported.problems)
            several = len({article.path for article in imported}) < len(imported)
            read = [_Arrival(article, shared_path=several) for article in imported]
            new = list(_new(session, read, result))
            original = originals.keep(session.library, path) if new else None
        except Problem as problem:
            result.problems.append(problem)
            continue
        yield from (replace(arrival, original=original) for arrival in new)


def _read(path: Path, workers: Workers) -> Articles:
    if needs_worker(path):
        seconds = reading_seconds(path)
        return workers.run(read_file, path, seconds=seconds, megabytes=_READ_MEGABYTES, about=path)
    return read_file(path)


def _new(session: Session, arrivals: Iterable[_Arrival], result: ImportResult) -> Iterator[_Arrival]:
    """Pass on what the library does not have."""
    con = session.library.reader()
    for arrival in arrivals:
        imported = arrival.imported
        known_as = articles.known_as(con, imported, shared_path=arrival.shared_path)
        if known_as is None:
            yield arrival
            continue
        trashed = articles.get(con, known_as).trashed_at is not None
        kind = ProblemKind.IN_TRASH if trashed else ProblemKind.ALREADY_THERE
        result.skipped.append(Problem(kind, imported.path or imported.title))


def _take_in(session: Session, arrivals: Iterable[_Arrival], workers: Workers, result: ImportResult) -> None:
    """Mark and store what arrives."""
    con = session.library.reader()
    state, known_rules = rules.state(con), rules.about_texts(con)
    ahead: deque[_Arrival] = deque()

    def texts() -> Iterator[Unmarked]:
        for arrival in arrivals:
            ahead.append(arrival)
            yield Unmarked(arrival.imported)

    for _imported, outcome in marked(texts(), known_rules, workers):
        arrival = ahead.popleft()
        if isinstance(outcome, Problem):
            result.problems.append(outcome)
        else:
            _store(session, arrival, *outcome, result, state)


def _store(
    session: Session,
    arrival: _Arrival,
    lang: str,
    found: Sequence[Mention],
    result: ImportResult,
    state: rules.State | None = None,
) -> None:
    answers = look_ahead(session.library.reader(), arrival.imported, shared_path=arrival.shared_path)
    work = partial(_add, arrival=arrival, lang=lang, found=found, state=state, answers=answers)
    outcome, article, unsettled = session.library.write(work, priority=Priority.IMPORT)
    result.moved += unsettled.moved
    result.orphaned += unsettled.orphaned
    if outcome is Outcome.ADDED:
        result.added.append(article)
    elif outcome is Outcome.NEW_VERSION:
        result.updated.append(article)
        mark_now(session, [article])  # where it has a date or corrections of its own
    else:  # twice in one go
        imported = arrival.imported
        result.skipped.append(Problem(ProblemKind.ALREADY_THERE, imported.path or imported.title))


def _add(
    con: sqlite3.Connection,
    *,
    arrival: _Arrival,
    lang: str,
    found: Sequence[Mention],
    state: rules.State | None,
    answers: Answers | None,
) -> tuple[Outcome, ArticleId, Unsettled]:
    """Add an article with its marks; state: of the rules with which they were made, None = without any."""
    outcome, article, row = articles.add(
        con,
        replace(arrival.imported, lang=lang),
        starter=arrival.starter,
        original=arrival.original,
        shared_path=arrival.shared_path,
    )
    if outcome is not Outcome.UNCHANGED:
        read_at, published = arrival.imported.published, arrival.imported.published
        if outcome is Outcome.NEW_VERSION:
            published = articles.get(con, article).published  # the reader may have set another date
        holds = published == read_at and state in (None, rules.state(con))
        if outcome is Outcome.NEW_VERSION and rules.about_article(con, article):
            holds = False
        made_by = stamp() if holds else ""  # "": to be read again, with that date and those rules
        mentions.replace(con, row, found, stamp=made_by, measure=measure_at(published))
    if outcome is Outcome.ADDED and arrival.imported.tags:
        notes.set_article_tags(con, article, arrival.imported.tags)
    unsettled = Unsettled()
    if outcome is Outcome.NEW_VERSION:
        unsettled = settle(con, article, articles.text(con, article).text, answers)
    return outcome, article, unsettled
