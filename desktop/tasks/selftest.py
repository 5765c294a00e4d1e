"""Try the whole program on a temporary library: what every package runs before it goes out."""

from __future__ import annotations

import io
import platform
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.exporters import EXPORTERS
from desktop.library import articles
from desktop.progress import SilentProgress
from desktop.resources import resource, starter_articles
from desktop.tasks.annotate import highlight
from desktop.tasks.export_notes import export_document, export_notes, writer
from desktop.tasks.gather_export import Wanted
from desktop.tasks.import_files import import_paths
from desktop.tasks.read import open_article
from desktop.tasks.search import search
from desktop.tasks.session import Session


def selftest() -> dict[str, Any]:
    """Open, import, find, mark, annotate and export the starter articles.

    Returns {"ok", "version", "python", "sqlite", "system", "steps": {name: seconds}, "error"}.
    """
    steps: dict[str, float] = {}
    error = None
    try:
        _run(steps)
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"
    return {
        "ok": error is None,
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "steps": steps,
        "error": error,
    }


def _run(steps: dict[str, float]) -> None:
    clock = _Clock(steps)
    with tempfile.TemporaryDirectory(prefix="leeslamp-selftest-") as place:
        session = Session.open(Path(place) / "library")
        try:
            _use(session, clock)
        finally:
            session.close()
        clock.done("close")


def _use(session: Session, clock: _Clock) -> None:
    clock.done("open")
    files = sorted(starter_articles().glob("*.txt"))
    result = import_paths(session, files, SilentProgress())
    _expect(len(result.added) == len(files) > 0, f"imported {len(result.added)} of {len(files)}")
    clock.done("import")

    newest = articles.newest(session.library.reader(), 1)[0]
    opened = open_article(session, newest.id)
    kinds = {mention.kind.value for mention in opened.mentions}
    _expect(any(mention.amount for mention in opened.mentions), "no amounts marked")
    _expect(bool(opened.actors), f"no actors marked, only {kinds}")
    clock.done("mark")

    session.catch_up()
    word = max(newest.title.split(), key=len).strip(".,:;!?\"'“”‘’")
    _expect(newest.row in search(session, word).rows, f"{word!r} not found")
    clock.done("find")

    passage = opened.mentions[0]
    highlight(session, newest.id, passage.start, passage.end, note="selftest")
    _expect(passage.text in export_notes(session), "highlight not exported")
    clock.done("annotate and export")

    for name in EXPORTERS:
        file = io.BytesIO()
        export_document(session, Wanted(), writer(name), file)
        _expect(len(file.getvalue()) > 0, f"nothing exported as {name}")
    clock.done("every format")

    for needed in (("translations", "nl.mo"), ("themes", "dark.toml"), ("LICENCES.md",)):
        _expect(resource(*needed).is_file(), f"missing: {'/'.join(needed)}")
    clock.done("resources")


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise RuntimeError(otherwise)


class _Clock:
    def __init__(self, steps: dict[str, float]) -> None:
        self._steps = steps
        self._last = time.perf_counter()

    def done(self, step: str) -> None:
        now = time.perf_counter()
        self._steps[step] = round(now - self._last, 3)
        self._last = now
