"""Bring files, folders, the clipboard and the starter articles into the library.

A stream: files are read and texts marked in worker processes, a few batches ahead of the writer, which
stores article, text and mentions in one short transaction. So what is in the library is whole whenever the
work is cancelled, a note never waits for an import, and memory does not grow with what is imported. A file
that cannot be read costs one line in the result, and is kept on a list (see `tasks.imports`).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.extraction import stamp
from desktop.extraction.near_copies import sketch
from desktop.importers import read_file
from desktop.importers.folder import Skipped, find_files
from desktop.importers.plain_text import read_text
from desktop.library import annotations as notes
from desktop.library import articles, mentions, named_collections, originals, rules
from desktop.library.articles import Outcome
from desktop.library.database import Priority
from desktop.library.import_log import FileSeen, Run, RunId
from desktop.model import AnnotationId, ArticleId, Changes, ImportedArticle
from desktop.progress import Progress, SilentProgress
from desktop.resources import starter_articles
from desktop.tasks import near_copies
from desktop.tasks.anchor import Answers, Unsettled, look_ahead, settle
from desktop.tasks.dating import with_date
from desktop.tasks.export_library import is_exported_library
from desktop.tasks.extract import mark, measure_at
from desktop.tasks.import_ledger import Ledger
from desktop.tasks.import_library import LibraryTaken, import_library
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.link_actors import link
from desktop.tasks.look_after import mark_now
from desktop.tasks.marking import PROCESSES, Marked, Unmarked, marked, marking_in
from desktop.tasks.reading_ahead import Read, look_at, read_ahead, reading_in
from desktop.tasks.session import Session
from desktop.workers import Workers

_WAKE_EVERY = 200  # files after which the index follows, while more come in
_AS_USUAL = ImportOptions()


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
    files: int = 0  #: looked at so far
    run: RunId | None = None  #: by which it is resumed when it was cancelled

    @property
    def changes(self) -> Changes:
        """What views have to look at again."""
        return Changes(articles=frozenset(self.updated), library=bool(self.added or self.updated))


def import_paths(
    session: Session,
    paths: Sequence[Path],
    progress: Progress,
    options: ImportOptions = _AS_USUAL,
    *,
    resumed: Run | None = None,
    processes: int = PROCESSES,
    told: Callable[[ImportResult], object] = lambda _result: None,
) -> ImportResult:
    """Import files and folders (recursively). Cancelling keeps what is in, and says so in the result.

    What was asked for stays in the library until it has ended: `result.run` can be resumed (see
    `tasks.imports`), which passes over the files that were read. processes: at work at once. told: gets the
    result at the beginning, to look at while it grows.
    """
    result = ImportResult()
    told(result)
    ledger = Ledger(session, paths, options, resumed)
    result.run = ledger.run
    try:
        paths = _without_libraries(session, paths, progress, result)
        with Workers(processes) as workers, reading_in(workers, processes) as reading:
            stream = _Stream(session, options, progress, result, ledger)
            files = stream.to_read(_listed(paths, progress, result, ledger))
            arrivals = stream.arrivals(read_ahead(files, reading, processes, options.columns))
            with marking_in(workers, processes) as marking:
                _take_in(session, arrivals, marking, result, ledger)
    except Cancelled:
        result.cancelled = True
    else:
        with suppress(Cancelled):  # all is in; names that wait are linked next time
            link(session, progress)
    finally:
        with suppress(Cancelled):  # the library is being closed: what is not noted is read again
            ledger.settle(ended=not result.cancelled)
        session.wake()
    return result


def import_text(session: Session, text: str) -> ImportResult:
    """Import an article from the clipboard."""
    result = ImportResult()
    with Workers() as workers, marking_in(workers) as marking:
        try:
            arrivals = _new(session, [_Arrival(with_date(read_text(text)))], result)
            _take_in(session, arrivals, marking, result)
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
            _store(session, arrival, Marked(lang, found, sketch(imported.text)), result)
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
    file: FileSeen | None = None  #: None for what is no file of the reader's
    collection: str = ""  #: that a new article is put in
    is_last: bool = True  #: nothing else comes out of this file
    wrong: Problem | None = None  #: with something else in this file


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


def _listed(paths: Sequence[Path], progress: Progress, result: ImportResult, ledger: Ledger) -> list[Path]:
    files = []
    for found in find_files(paths, progress):
        if isinstance(found, Path):
            files.append(found)
        elif isinstance(found, Skipped):
            result.skipped.append(found)
        else:
            result.problems.append(found)
            ledger.note(look_at(Path(found.path)), found)
    return files


class _Stream:
    """The files of one import on their way to the writer."""

    def __init__(
        self,
        session: Session,
        options: ImportOptions,
        progress: Progress,
        result: ImportResult,
        ledger: Ledger,
    ) -> None:
        self._session, self._options, self._progress = session, options, progress
        self._result, self._ledger = result, ledger

    def to_read(self, files: Sequence[Path]) -> Iterator[FileSeen]:
        """Yield the files that are to be read; what an import that goes on has read is passed over."""
        for number, path in enumerate(files):
            self._progress.step(number, len(files), path.name)
            self._ledger.reach(number + 1, len(files))
            self._result.files = number + 1
            if number % _WAKE_EVERY == 0:
                self._session.wake()
            if (file := self._ledger.needs_reading(path)) is not None:
                yield file

    def arrivals(self, read: Iterable[Read]) -> Iterator[_Arrival]:
        """Yield what is new; what is wrong with a file, or known already, goes into result and ledger."""
        for file, outcome in read:
            if isinstance(outcome, Problem):
                self.fail(file, outcome)
                continue
            self._result.problems.extend(outcome.problems)
            wrong = outcome.problems[0] if outcome.problems else None
            shared = len({one.path for one in outcome}) < len(outcome)
            kept_in = self._options.collection
            articles_read = (
                _Arrival(self._as_asked(one), shared_path=shared, file=file, collection=kept_in)
                for one in outcome
            )
            new = list(_new(self._session, articles_read, self._result))
            try:
                original = self._kept(file.path) if new else None
            except Problem as problem:
                self.fail(file, problem)
                continue
            if not new:
                self._ledger.note(file, wrong)
            for number, arrival in enumerate(new, 1):
                yield replace(arrival, original=original, is_last=number == len(new), wrong=wrong)

    def _as_asked(self, imported: ImportedArticle) -> ImportedArticle:
        options = self._options
        tags = tuple(dict.fromkeys((*imported.tags, *options.tags)))
        return replace(imported, tags=tags, lang=options.lang or imported.lang)

    def _kept(self, path: Path) -> str | None:
        return originals.keep(self._session.library, path) if self._options.keep_originals else None

    def fail(self, file: FileSeen, problem: Problem) -> None:
        """Put a problem on the lists."""
        self._result.problems.append(problem)
        self._ledger.note(file, problem)


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


def _take_in(
    session: Session,
    arrivals: Iterable[_Arrival],
    marking: Executor,
    result: ImportResult,
    ledger: Ledger | None = None,
) -> None:
    """Mark and store what arrives."""
    con = session.library.reader()
    state, known_rules = rules.state(con), rules.about_texts(con)
    ahead: deque[_Arrival] = deque()

    def texts() -> Iterator[Unmarked]:
        for arrival in arrivals:
            ahead.append(arrival)
            yield Unmarked(arrival.imported)

    for _imported, outcome in marked(texts(), known_rules, marking):
        arrival = ahead.popleft()
        problem = outcome if isinstance(outcome, Problem) else None
        if problem is not None:
            result.problems.append(problem)
        else:
            assert not isinstance(outcome, Problem)
            _store(session, arrival, outcome, result, state)
        if ledger is not None and arrival.file is not None and (problem or arrival.is_last):
            ledger.note(arrival.file, problem or arrival.wrong)


@dataclass(frozen=True, slots=True)
class _Stored:
    outcome: Outcome
    article: ArticleId
    row: int
    maybe_copies: tuple[int, ...] = ()  #: rows of articles whose texts are to be compared with this one
    unsettled: Unsettled = field(default_factory=Unsettled)  #: notes on an older version


def _store(
    session: Session,
    arrival: _Arrival,
    marked: Marked,
    result: ImportResult,
    state: rules.State | None = None,
) -> None:
    answers = look_ahead(session.library.reader(), arrival.imported, shared_path=arrival.shared_path)
    work = partial(_add, arrival=arrival, marked=marked, state=state, answers=answers)
    stored = session.library.write(work, priority=Priority.IMPORT)
    result.moved += stored.unsettled.moved
    result.orphaned += stored.unsettled.orphaned
    imported = arrival.imported
    if stored.outcome is Outcome.UNCHANGED:  # twice in one go
        result.skipped.append(Problem(ProblemKind.ALREADY_THERE, imported.path or imported.title))
        return
    near_copies.link(session, stored.row, imported.text, stored.maybe_copies)
    if stored.outcome is Outcome.ADDED:
        result.added.append(stored.article)
    else:
        result.updated.append(stored.article)
        mark_now(session, [stored.article])  # where it has a date, language or corrections of its own


def _add(
    con: sqlite3.Connection,
    *,
    arrival: _Arrival,
    marked: Marked,
    state: rules.State | None,
    answers: Answers | None,
) -> _Stored:
    """Add an article with its marks; state: of the rules with which they were made, None = without any."""
    imported, lang = arrival.imported, marked.lang
    outcome, article, row = articles.add(
        con,
        replace(imported, lang=lang),
        starter=arrival.starter,
        original=arrival.original,
        shared_path=arrival.shared_path,
    )
    if outcome is Outcome.UNCHANGED:
        return _Stored(outcome, article, row)
    published, holds = imported.published, state in (None, rules.state(con))
    if outcome is Outcome.NEW_VERSION:
        now_is = articles.get(con, article)  # the reader may have set another date or language
        published = now_is.published
        holds = holds and (now_is.published, now_is.lang) == (imported.published, lang)
        holds = holds and not rules.about_article(con, article)
    made_by = stamp() if holds else ""  # "": to be read again, with that date and those rules
    mentions.replace(con, row, marked.mentions, stamp=made_by, measure=measure_at(published))
    if outcome is Outcome.ADDED and imported.tags:
        notes.set_article_tags(con, article, imported.tags)
    if outcome is Outcome.ADDED and arrival.collection:
        named_collections.put_in(con, named_collections.make(con, arrival.collection), [row])
    unsettled = Unsettled()
    if outcome is Outcome.NEW_VERSION:
        unsettled = settle(con, article, articles.text(con, article).text, answers)
    maybe = tuple(near_copies.sketch_in(con, row, imported.text, marked.sketch))
    return _Stored(outcome, article, row, maybe, unsettled)
