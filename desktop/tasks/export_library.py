"""The whole library as a folder that can be read without Leeslamp, and that becomes a library again.

    index.html search.js       a page that lists and searches all articles
    articles/                  each article as Markdown, with its notes
    originals/                 the files as they were imported
    notes.md notes.csv notes.jsonld amounts.csv amounts.json actors.csv actors.json references.bib
    data/library.json data/articles.jsonl data/anno.jsonld       everything, value by value

The folder is written beside its place and put there once it is whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.errors import Problem, ProblemKind
from desktop.exporters import EXPORTERS, markdown
from desktop.exporters.base import export_article
from desktop.exporters.library_page import Entry, write_entries, write_page
from desktop.i18n import _
from desktop.library import annotations as notes
from desktop.library import articles, mentions, transfer
from desktop.library.times import now
from desktop.model import Article
from desktop.progress import Progress
from desktop.resources import resource
from desktop.tasks.gather_export import Wanted, document
from desktop.tasks.session import Session
from desktop.tasks.tables import write_table

FORMAT: Final = "leeslamp-library"
VERSION: Final = 1
DATA: Final = "data"
_NOTE_FILES: Final = (
    ("notes.md", "markdown"),
    ("notes.csv", "csv"),
    ("notes.jsonld", "jsonld"),
)
_TABLES: Final = ("amounts.csv", "amounts.json", "actors.csv", "actors.json")
_NAME_CHARACTERS = 60
_UNFIT = re.compile(r"[^\w.]+")
#: What a damaged article may raise; it costs one line in the report.
_DAMAGE = (Problem, ValueError, ArithmeticError, KeyError, sqlite3.DatabaseError)


@dataclass
class LibraryExported:
    """What went out. problems: articles that could not be read."""

    articles: int = 0
    problems: list[Problem] = field(default_factory=list)


def export_library(session: Session, folder: Path, progress: Progress) -> LibraryExported:
    """Write the folder; it must not be there, or be empty, or hold an earlier export, which is replaced.

    Raises Problem NOT_WRITABLE, FOLDER_IN_USE for a folder that holds something else; Cancelled, and then
    nothing is left behind.
    """
    if not _may_be_replaced(folder):
        raise Problem(ProblemKind.FOLDER_IN_USE, folder)
    fresh = folder.with_name(folder.name + ".part")
    result = LibraryExported()
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        _Writer(session, fresh, progress, result).write(folder.name)
        _put_in_place(fresh, folder)
    except OSError as error:
        raise Problem(ProblemKind.NOT_WRITABLE, folder, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return result


def is_exported_library(folder: Path) -> bool:
    """Tell whether a folder was written by `export_library`."""
    try:
        with (folder / DATA / "library.json").open(encoding="utf-8") as file:
            return f'"format": "{FORMAT}"' in file.read(200)
    except (OSError, UnicodeDecodeError):
        return False


def _may_be_replaced(folder: Path) -> bool:
    if not folder.exists():
        return True
    return folder.is_dir() and (is_exported_library(folder) or not any(folder.iterdir()))


def _put_in_place(fresh: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except OSError:
        if old.exists():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


class _Writer:
    """Writes one folder. Each step may be cancelled."""

    def __init__(self, session: Session, folder: Path, progress: Progress, result: LibraryExported) -> None:
        self._session, self._folder, self._progress, self._result = session, folder, progress, result
        self._con = session.library.reader()
        self._rows = transfer.article_rows(self._con)
        self._files: dict[str, str] = {}  # id of an article -> its file
        # Going through the articles is by far the most; the tables go through them again.
        self._done, self._total = 0, len(self._rows) * 3 + 1

    def write(self, name: str) -> None:
        (self._folder / "articles").mkdir()
        (self._folder / DATA).mkdir()
        self._write_data()
        with (self._folder / "search.js").open("wb") as file:
            count = write_entries(self._articles(), file)
        self._result.articles = count
        self._copy_originals()
        self._write_notes()
        self._write_tables()
        with (self._folder / "index.html").open("wb") as file:
            write_page(name, count, date.today().isoformat(), self._contents(), file)  # noqa: DTZ011
        self._step(self._total)

    def _step(self, done: int, text: str = "") -> None:
        self._done = done
        self._progress.step(min(done, self._total), self._total, text)

    # Everything, value by value

    def _write_data(self) -> None:
        head = {"format": FORMAT, "version": VERSION, "program": __version__, "made_at": now()}
        record = head | {"library": self._session.library.uuid} | transfer.library_record(self._con)
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (self._folder / DATA / "library.json").write_text(text + "\n", encoding="utf-8")
        shutil.copyfile(resource("contexts", "anno.jsonld"), self._folder / DATA / "anno.jsonld")
        with (self._folder / DATA / "articles.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for number, row in enumerate(self._rows):
                self._step(number)
                try:
                    file.write(transfer.as_line(transfer.article_record(self._con, row)) + "\n")
                except _DAMAGE as error:
                    self._failed(row, error)

    def _failed(self, row: int, error: Exception) -> None:
        problem = Problem(ProblemKind.DAMAGED, self._title(row), str(error))
        if problem.path not in {one.path for one in self._result.problems}:
            self._result.problems.append(problem)

    def _title(self, row: int) -> str:
        try:
            return articles.by_rows(self._con, [row])[0].title
        except (*_DAMAGE, IndexError):
            return str(row)

    # Articles to read

    def _articles(self) -> Iterator[Entry]:
        names: set[str] = set()
        for number, row in enumerate(self._rows):
            self._step(len(self._rows) + number)
            try:
                yield from self._article(row, names)
            except _DAMAGE as error:
                self._failed(row, error)

    def _article(self, row: int, names: set[str]) -> Iterator[Entry]:
        (article,) = articles.by_rows(self._con, [row])
        if article.trashed_at is not None:
            return
        version = articles.text(self._con, article.id)
        marked = mentions.of_article(self._con, article.id)
        found = notes.of_article(self._con, article.id)
        made = export_article(article, found, marked, version=version, whole=True)
        name = file_name(article, names)
        text = markdown.render_article(made)
        (self._folder / "articles" / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")
        self._files[article.id] = name
        body = " ".join(version.text.split())
        yield Entry(
            f"articles/{name}", article.title, article.published, article.source, article.author, body
        )

    def _copy_originals(self) -> None:
        source = self._session.library.originals
        if not source.is_dir():
            return
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.name.endswith(".partial"):
                self._step(self._done, path.name)
                target = self._folder / "originals" / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    # Notes and tables

    def _write_notes(self) -> None:
        for name, format_name in _NOTE_FILES:
            self._write_document(name, format_name, Wanted())
        self._write_document("references.bib", "bibtex", Wanted(whole=True))

    def _write_document(self, name: str, format_name: str, wanted: Wanted) -> None:
        progress = _Within(self._progress, self._done, self._total)
        made, gathered = document(self._session, wanted, progress)
        with (self._folder / name).open("wb") as file:
            EXPORTERS[format_name].write(made, file)
        known = {problem.path for problem in self._result.problems}
        self._result.problems += [one for one in gathered.problems if one.path not in known]

    def _write_tables(self) -> None:
        for name in _TABLES:
            what, _dot, format_name = name.partition(".")
            with (self._folder / name).open("wb") as file:
                progress = _Within(self._progress, self._done, self._total)
                write_table(self._session, what, format_name, file, progress=progress)

    def _contents(self) -> Iterator[tuple[str, str]]:
        yield "articles/", _("each article as a text, with your notes")
        if (self._folder / "originals").is_dir():
            yield "originals/", _("the files as they were imported")
        yield "notes.md", _("all notes, to read")
        yield "notes.csv", _("all notes, as a table")
        yield "notes.jsonld", _("all notes, as W3C Web Annotations")
        yield "amounts.csv", _("all amounts, as a table")
        yield "amounts.json", _("all amounts, for programs")
        yield "actors.csv", _("all actors, as a table")
        yield "actors.json", _("all actors, for programs")
        yield "references.bib", _("all articles, for reference managers")
        yield "data/", _("everything, for Leeslamp: import this folder to have the library back")


class _Within:
    """Lets a part be cancelled while the bar stays where it is."""

    def __init__(self, progress: Progress, done: int, total: int) -> None:
        self._progress, self._done, self._total = progress, done, total

    def step(self, _done: int, _total: int, text: str = "") -> None:
        """Tell that the work goes on. Raises Cancelled."""
        self._progress.step(self._done, self._total, text)


def file_name(article: Article, taken: set[str]) -> str:
    """Return a name that every system takes: date and title, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", article.title)
    words = _UNFIT.sub("-", "".join(char for char in plain if not unicodedata.combining(char)).lower())
    stem = "-".join(
        filter(None, [article.published or "", words.strip("-._")[:_NAME_CHARACTERS].strip("-._")])
    )
    stem = stem or "article"
    name, number = f"{stem}.md", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.md"
    taken.add(name)
    return name
