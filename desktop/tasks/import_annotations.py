"""Take in notes: our own (JSON-LD), or those of other programs, onto the articles they are about.

All of it is one step that can be undone. A note whose article is not in the library, or cannot be told from
another, is left out and listed; one whose passage is not found stands with its article as an orphan.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from desktop.anchoring import quote as quotes
from desktop.errors import Problem, ProblemKind
from desktop.exporters import jsonld
from desktop.i18n import _
from desktop.importers.base import read_bytes
from desktop.importers.foreign_notes import ForeignNote, read_notes
from desktop.library import annotations as notes
from desktop.library import articles, history, matching
from desktop.model import (
    AnchorState,
    Annotation,
    AnnotationId,
    ArticleId,
    Changes,
    TextQuote,
    TextVersion,
)
from desktop.progress import Progress, SilentProgress
from desktop.tasks.search import search
from desktop.tasks.session import Session

_NAMES = uuid.UUID("6f2b9f0e-5c1d-5c0e-9b57-3d0f5a3c8e11")  # of ids made from other programs' keys
_TELLING = 40  #: characters from which on a passage alone tells its article
_SOUGHT_WORDS = 10


class Reason(StrEnum):
    """Why a note was left out."""

    NO_ARTICLE = "no_article"
    SEVERAL = "several"  #: more than one article may be meant
    TRASHED = "trashed"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note that was not taken in."""

    title: str
    quote: str
    note: str
    reason: Reason

    def reason_words(self) -> str:
        """Return the reason in words."""
        return {
            Reason.NO_ARTICLE: _("its article is not in the library"),
            Reason.SEVERAL: _("more than one article may be meant"),
            Reason.TRASHED: _("its article is in the trash"),
            Reason.DAMAGED: _("it cannot be read"),
        }[self.reason]


@dataclass
class NotesTaken:
    """What became of the notes."""

    added: int = 0
    known: int = 0  #: in the library already, or deleted there
    orphans: int = 0  #: of those added: their passage was not found
    left: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  #: files that are none of notes
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class _Coming:
    """A note, and what tells which article it is about."""

    annotation: Annotation
    title: str = ""
    hash: str = ""
    url: str = ""


def import_annotations(
    session: Session, files: Sequence[Path], progress: Progress | None = None
) -> NotesTaken:
    """Take in the notes of files. Raises Cancelled; nothing has been taken in then."""
    progress = progress or SilentProgress()
    taken = NotesTaken()
    coming: list[_Coming] = []
    for path in files:
        try:
            found, wrong = _read(path)
            coming += found
            taken.left += [LeftOut(path.name, words, "", Reason.DAMAGED) for words in wrong]
        except Problem as problem:
            taken.problems.append(problem)
    placer = _Placer(session)
    ready: list[Annotation] = []
    for number, one in enumerate(coming):
        progress.step(number, len(coming), one.title)
        placed = placer.place(one)
        if isinstance(placed, Reason):
            note = one.annotation
            taken.left.append(LeftOut(one.title, note.quote.exact, note.note, placed))
        else:
            ready.append(placed)
    if ready:
        _store(session, ready, taken)
    return taken


def _store(session: Session, ready: Sequence[Annotation], taken: NotesTaken) -> None:
    def work(con: sqlite3.Connection) -> Changes:
        added: list[Annotation] = []
        with history.recording(con, "import_notes", {"count": str(len(ready))}) as step:
            for annotation in ready:
                if notes.merge(con, annotation):
                    added.append(annotation)
                else:
                    taken.known += 1
        taken.added = len(added)
        taken.orphans = sum(one.state is AnchorState.ORPHAN for one in added)
        return Changes(
            articles=frozenset(one.article for one in added),
            annotations=frozenset(one.id for one in added),
            step=step if added else None,
        )

    taken.changes = session.library.write(work)
    session.wake()


# Reading


def _read(path: Path) -> tuple[list[_Coming], list[str]]:
    """Return the notes of a file, and what is wrong with those that cannot be read.

    Raises Problem NOT_FOUND, NOT_READABLE, TOO_LARGE, NOT_NOTES.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(ProblemKind.NOT_NOTES, path, str(error)) from error
    try:
        return [_from_elsewhere(note) for note in read_notes(text)], []
    except ValueError as error:
        foreign = error
    try:
        found, wrong = jsonld.read(text)
    except ValueError:
        raise Problem(ProblemKind.NOT_NOTES, path, str(foreign)) from foreign
    coming = [_Coming(_with_id(one.annotation), one.title, one.hash, one.url) for one in found]
    return coming, wrong


def _with_id(annotation: Annotation) -> Annotation:
    """Give a note whose id is none of ours one that is the same each time."""
    try:
        uuid.UUID(annotation.id)
    except ValueError:
        key = annotation.id or f"{annotation.article}|{annotation.quote.exact}|{annotation.note}"
        return replace(annotation, id=AnnotationId(str(uuid.uuid5(_NAMES, key))))
    return annotation


def _from_elsewhere(note: ForeignNote) -> _Coming:
    key = note.key or f"{note.title}|{note.url}|{note.quote}|{note.note}"
    annotation = Annotation(
        id=AnnotationId(str(uuid.uuid5(_NAMES, f"{note.program}:{key}"))),
        article=ArticleId(""),
        quote=TextQuote(note.quote, note.prefix, note.suffix),
        start=None,
        end=None,
        colour=note.colour,
        note=note.note,
        tags=note.tags,
        created_at=note.made_at,
        modified_at=note.changed_at or note.made_at,
    )
    return _Coming(annotation, note.title, "", note.url)


# Placing


class _Placer:
    """Finds the article and the passage of each note."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._titles: dict[str, list[ArticleId]] = {}
        self._urls: dict[str, list[ArticleId]] = {}
        self._listed = False
        self._text: TextVersion | None = None

    def place(self, coming: _Coming) -> Annotation | Reason:
        """Return the note as it can be stored, or why it cannot."""
        con = self._session.library.reader()
        article = self._article(coming)
        if isinstance(article, Reason):
            return article
        if articles.get(con, article).trashed_at is not None:
            return Reason.TRASHED
        if self._text is None or self._text.article != article:
            self._text = articles.text(con, article)
        return _anchored(replace(coming.annotation, article=article), self._text, coming.hash)

    def _article(self, coming: _Coming) -> ArticleId | Reason:
        con = self._session.library.reader()
        known = coming.annotation.article
        if known and matching.is_there(con, known):
            return known
        if coming.hash and (found := matching.with_hash(con, coming.hash)):
            return found[0][0]
        self._list()
        ways: tuple[Callable[[], list[ArticleId]], ...] = (
            lambda: self._urls.get(_address(coming.url), []) if coming.url else [],
            lambda: self._titles.get(_folded(coming.title), []) if coming.title else [],
            lambda: self._by_passage(coming.annotation.quote),
        )
        several = False
        for way in ways:
            candidates = way()
            if len(candidates) > 1:
                several = True
                candidates = [one for one in candidates if self._holds(one, coming.annotation.quote)]
            if len(candidates) == 1:
                return candidates[0]
        return Reason.SEVERAL if several else Reason.NO_ARTICLE

    def _list(self) -> None:
        if self._listed:
            return
        self._listed = True
        for article, title, url in matching.titles_and_urls(self._session.library.reader()):
            self._titles.setdefault(_folded(title), []).append(article)
            if url:
                self._urls.setdefault(_address(url), []).append(article)

    def _by_passage(self, quote: TextQuote) -> list[ArticleId]:
        """Return the articles in which a passage stands that is long enough to tell."""
        words = re.findall(r"\w+", quote.exact)
        if len(quote.exact) < _TELLING or len(words) < 4:
            return []
        rows = search(self._session, f'"{" ".join(words[:_SOUGHT_WORDS])}"').rows
        known = articles.ids(self._session.library.reader(), list(rows)[:20])
        return [article for article in known.values() if self._holds(article, quote)]

    def _holds(self, article: ArticleId, quote: TextQuote) -> bool:
        if not quote.exact:
            return False
        text = articles.text(self._session.library.reader(), article).text
        return _find(text, quote, None) is not None


def _anchored(note: Annotation, version: TextVersion, digest: str) -> Annotation:
    """Return a note at its place in the current text."""
    text, exact = version.text, note.quote.exact
    if not exact and note.start is None:
        return replace(note, state=AnchorState.ANCHORED)
    same_text = digest == version.hash
    if same_text and note.state is AnchorState.ORPHAN and note.start is None:
        return note
    start, end = note.start, note.end
    if same_text and start is not None and end is not None and end <= len(text):
        if not exact:
            return replace(note, quote=quotes.make(text, start, end))
        if note.state is AnchorState.MOVED or text[start:end] == exact:
            return note
    found = _find(text, note.quote, start) if exact else None
    if found is None:
        return replace(note, start=None, end=None, state=AnchorState.ORPHAN)
    place, stop, state = found
    if note.quote.prefix or note.quote.suffix:
        return replace(note, start=place, end=stop, state=state)
    return replace(
        note, start=place, end=stop, state=AnchorState.ANCHORED, quote=quotes.make(text, place, stop)
    )


def _find(text: str, quote: TextQuote, hint: int | None) -> quotes.Found | None:
    """Return where a passage stands: as `anchoring` finds it, or the only place that has its words."""
    found = quotes.find(text, quote, hint)
    if found is not None or quote.prefix or quote.suffix:
        return found
    words = quote.exact.split()
    if len(words) < 2:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places = list(_first_two(pattern.finditer(text)))
    return (*places[0].span(), AnchorState.ANCHORED) if len(places) == 1 else None


def _first_two(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    for _number, match in zip(range(2), matches, strict=False):
        yield match


def _address(url: str) -> str:
    """Return an address without what does not tell one page from another."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith("utm_"))
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
