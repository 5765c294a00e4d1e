"""Bring files, folders, the clipboard and the starter articles into the library.

Each file is read, its language detected and its text marked outside the writer; the writer then
stores article, text and mentions in one short transaction, so that whatever is in the library is
whole whenever the work is cancelled, and a note never waits for an import. A file that cannot be
read costs one line in the result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desktop.anchoring import quote
from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.extraction import stamp
from desktop.importers import read_file
from desktop.importers.folder import find_files
from desktop.importers.plain_text import read_text
from desktop.library import annotations as notes
from desktop.library import articles, mentions, originals, rules
from desktop.library.articles import Outcome
from desktop.library.database import Priority
from desktop.model import AnchorState, ArticleId, Changes, ImportedArticle, Mention, Rule
from desktop.progress import Progress
from desktop.resources import starter_articles
from desktop.tasks.extract import mark, measure
from desktop.tasks.session import Session

_WAKE_EVERY = 50  # articles after which the index follows, while more come in


@dataclass
class ImportResult:
    """What became of each file; grows while the work goes on."""

    added: list[ArticleId] = field(default_factory=list)
    updated: list[ArticleId] = field(default_factory=list)  #: known files whose text had changed
    skipped: list[Problem] = field(default_factory=list)  #: nothing wrong, nothing to do
    problems: list[Problem] = field(default_factory=list)
    cancelled: bool = False

    @property
    def changes(self) -> Changes:
        """What views have to look at again."""
        return Changes(articles=frozenset(self.updated), library=bool(self.added or self.updated))


def import_paths(session: Session, paths: Sequence[Path], progress: Progress) -> ImportResult:
    """Import files and folders (recursively). Cancelling keeps what is in, and says so in the result."""
    result = ImportResult()
    try:
        files = _listed(paths, progress, result)
        known = rules.all_rules(session.library.reader())
        for number, path in enumerate(files):
            progress.step(number, len(files), path.name)
            _import_file(session, path, known, result)
            if number % _WAKE_EVERY == 0:
                session.wake()
    except Cancelled:
        result.cancelled = True
    finally:
        session.wake()
    return result


def import_text(session: Session, text: str) -> ImportResult:
    """Import an article from the clipboard."""
    result = ImportResult()
    try:
        imported = read_text(text)
        _store(session, imported, rules.all_rules(session.library.reader()), result)
    except Problem as problem:
        result.problems.append(problem)
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
            _store(session, replace(imported, path=None), (), result, starter=True)
    session.wake()
    return result


def _listed(paths: Sequence[Path], progress: Progress, result: ImportResult) -> list[Path]:
    files = []
    for found in find_files(paths, progress):
        if isinstance(found, Path):
            files.append(found)
        elif found.kind is ProblemKind.UNKNOWN_FORMAT:
            result.skipped.append(found)
        else:
            result.problems.append(found)
    return files


def _import_file(session: Session, path: Path, known: Sequence[Rule], result: ImportResult) -> None:
    try:
        imported = read_file(path)
        original = originals.keep(session.library, path) if imported else None
        for article in imported:
            _store(session, article, known, result, original=original, shared_path=len(imported) > 1)
    except Problem as problem:
        result.problems.append(problem)


def _store(
    session: Session,
    imported: ImportedArticle,
    known: Sequence[Rule],
    result: ImportResult,
    *,
    starter: bool = False,
    original: str | None = None,
    shared_path: bool = False,
) -> None:
    con = session.library.reader()
    known_as = articles.known_as(con, imported, shared_path=shared_path)
    if known_as is not None:
        trashed = articles.get(con, known_as).trashed_at is not None
        kind = ProblemKind.IN_TRASH if trashed else ProblemKind.ALREADY_THERE
        result.skipped.append(Problem(kind, imported.path or imported.title))
        return
    lang, found = mark(
        imported.text,
        lang=imported.lang,
        reference=imported.published,
        blocks=imported.blocks,
        known_rules=known,
    )
    store = partial(articles.add, starter=starter, original=original, shared_path=shared_path)
    work = partial(_add, imported=replace(imported, lang=lang), found=found, store=store)
    outcome, article = session.library.write(work, priority=Priority.IMPORT)
    if outcome is Outcome.ADDED:
        result.added.append(article)
    elif outcome is Outcome.NEW_VERSION:
        result.updated.append(article)
    else:
        result.skipped.append(Problem(ProblemKind.ALREADY_THERE, imported.path or imported.title))


def _add(
    con: sqlite3.Connection,
    *,
    imported: ImportedArticle,
    found: Sequence[Mention],
    store: Callable[[sqlite3.Connection, ImportedArticle], tuple[Outcome, ArticleId, int]],
) -> tuple[Outcome, ArticleId]:
    outcome, article, row = store(con, imported)
    if outcome is not Outcome.UNCHANGED:
        mentions.replace(con, row, found, stamp=stamp(), measure=measure)
    if outcome is Outcome.NEW_VERSION:
        _anchor_again(con, article, imported.text)
    return outcome, article


def _anchor_again(con: sqlite3.Connection, article: ArticleId, text: str) -> None:
    """Find each annotation's passage in the new text, or list it as an orphan; never drop one."""
    for annotation in notes.of_article(con, article):
        if not annotation.quote.exact:
            continue  # a note on the whole article
        place = quote.find(text, annotation.quote, annotation.start)
        start, end, state = place or (None, None, AnchorState.ORPHAN)
        notes.place(con, annotation.id, start, end, state)
