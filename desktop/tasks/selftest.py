"""Try the whole program on a temporary library: what every package runs before it goes out."""

from __future__ import annotations

import io
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.exporters import EXPORTERS, template
from desktop.extraction import model
from desktop.importers import importer_for, read_file
from desktop.library import articles
from desktop.progress import SilentProgress
from desktop.resources import resource, starter_articles
from desktop.tasks.annotate import highlight
from desktop.tasks.export_notes import export_document, export_notes, writer
from desktop.tasks.gather_export import Wanted
from desktop.tasks.import_files import import_paths
from desktop.tasks.read import open_article
from desktop.tasks.search import search
from desktop.tasks.selftest_files import SENTENCE, write_samples
from desktop.tasks.session import Session

_EVERY = 3  # of the starter articles so many are passed over: few enough to be marked in this process
_SENTENCE = "Minister Anna de Vries van Economische Zaken sprak gisteren in Groningen met Nvidia."
_NEEDED = (("translations", "nl.mo"), ("themes", "dark.toml"), ("fonts", "DejaVuSans.ttf"), ("LICENCES.md",))


def selftest(window: Callable[[], str] | None = None) -> dict[str, Any]:
    """Try the bundled data, a library, every importer and exporter, the names model and the window.

    window: tries the window and returns Qt's version; None where there is none to try.

    Returns {"ok", "version", "python", "qt", "sqlite", "numpy", "onnxruntime", "system", "seconds",
    "steps": {name: seconds}, "failed": {name: reason}}. A version is None for what is not there.
    """
    report = _Report()
    qt: list[str] = []
    with tempfile.TemporaryDirectory(prefix="leeslamp-selftest-") as place:
        report.run("resources", _find_resources)
        _use_library(report, Path(place))
        _read_every_format(report, Path(place) / "samples")
        report.run("names model", _ask_the_model)
        if window is not None:
            report.run("window", lambda: qt.append(window()))
    return {
        "ok": not report.failed,
        "version": __version__,
        "python": platform.python_version(),
        "qt": qt[0] if qt else None,
        "sqlite": sqlite3.sqlite_version,
        **_versions(),
        "system": platform.platform(),
        "seconds": round(sum(report.steps.values()), 3),
        "steps": report.steps,
        "failed": report.failed,
    }


def _versions() -> dict[str, str | None]:
    """Return the versions of libraries in machine code; one that cannot be loaded fails in its own step."""
    found: dict[str, str | None] = {"numpy": None, "onnxruntime": None}
    with suppress(Exception):
        import numpy as np

        found["numpy"] = np.__version__
    with suppress(Exception):
        import onnxruntime

        found["onnxruntime"] = onnxruntime.__version__
    return found


def _find_resources() -> None:
    for needed in _NEEDED:
        _expect(resource(*needed).is_file(), f"missing: {'/'.join(needed)}")
    _expect(any(starter_articles().glob("*.txt")), "the starter articles are missing")


def _use_library(report: _Report, place: Path) -> None:
    """Open, import, find, mark, annotate and export; what comes after a step that failed is left out."""
    with suppress(_Failed):
        with report.step("open"):
            session = Session.open(place / "library")
        try:
            _use(session, report, place)
        finally:
            report.run("close", session.close)


def _use(session: Session, report: _Report, place: Path) -> None:
    with report.step("import"):
        files = sorted(starter_articles().glob("*.txt"))[::_EVERY]
        result = import_paths(session, files, SilentProgress())
        _expect(len(result.added) == len(files) > 0, f"imported {len(result.added)} of {len(files)}")
    with report.step("mark"):
        newest = articles.newest(session.library.reader(), 1)[0]
        opened = open_article(session, newest.id)
        kinds = {mention.kind.value for mention in opened.mentions}
        _expect(any(mention.amount for mention in opened.mentions), "no amounts marked")
        _expect(bool(opened.actors), f"no actors marked, only {kinds}")
    with report.step("index and search"):
        session.catch_up()
        word = max(newest.title.split(), key=len).strip(".,:;!?\"'“”‘’")
        _expect(newest.row in search(session, word).rows, f"{word!r} not found")
    with report.step("annotate"):
        passage = opened.mentions[0]
        highlight(session, newest.id, passage.start, passage.end, note="selftest")
        _expect(passage.text in export_notes(session), "highlight not exported")
    for name in EXPORTERS:
        with report.step(f"export {name}"):
            written = io.BytesIO()
            export_document(session, Wanted(), writer(name), written)
            _expect(len(written.getvalue()) > 0, "nothing exported")
    with report.step("export by a template"):
        written = io.BytesIO()
        export_document(session, Wanted(), writer("markdown", template.EXAMPLE), written)
        _expect(passage.text.encode() in written.getvalue(), "highlight not exported")
    with report.step("worker process"):
        document = place / "worker" / "document.docx"
        document.parent.mkdir()
        with document.open("wb") as file:
            export_document(session, Wanted(), writer("docx"), file)
        taken = import_paths(session, [document], SilentProgress(), processes=1)
        _expect(len(taken.added) == 1, f"not read: {[str(problem) for problem in taken.problems]}")


def _read_every_format(report: _Report, folder: Path) -> None:
    """Read a small file of each format in this process, where a library that is missing says so itself."""
    folder.mkdir()
    for name, path in write_samples(folder).items():

        def read(name: str = name, path: Path = path) -> None:
            _expect(importer_for(path).name == name, f"taken for {importer_for(path).name}")
            _expect(
                any(SENTENCE in article.text for article in read_file(path)), "the text is not what it was"
            )

        report.run(f"read {name}", read)


def _ask_the_model() -> None:
    if reason := model.why_not():
        raise RuntimeError(reason)
    found = {mention.text for mention in model.find_names(_SENTENCE, "nl")}
    wanted = {"Anna de Vries", "Groningen", "Nvidia"}
    _expect(wanted <= found, f"found {sorted(found)}")


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise RuntimeError(otherwise)


class _Failed(Exception):
    """A step failed; the report knows why."""


class _Report:
    """The steps in their order: how long each took (seconds), and why one failed."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.failed: dict[str, str] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done within; whatever it raises is noted and ends as _Failed."""
        begin = time.perf_counter()
        try:
            yield
        except Exception as problem:
            said = " ".join(str(problem).split())
            self.failed[name] = f"{type(problem).__name__}: {said}"[:500]
            raise _Failed from problem
        finally:
            self.steps[name] = round(time.perf_counter() - begin, 3)

    def run(self, name: str, work: Callable[[], object]) -> None:
        """Do one step on which no other depends."""
        with suppress(_Failed), self.step(name):
            work()
