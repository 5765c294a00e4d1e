"""How long the view of notes takes to show very many of them, and how smoothly it scrolls.

    python tests/speed/notes.py [FOLDER] [--notes 100000] [--articles 20000]

FOLDER: a library that this made before; without one it is made now. The window runs for real, offscreen.
Measured are, from the key for the view: the first rows, their counts; then while scrolling to the end the
median and the slowest frame (laying out and painting one), and how long a page took to arrive; then words
typed, a tag chosen, groups by tag, and the reading of the same again after a note has changed. `pause` is the
longest that the window's event loop stood still meanwhile. The last line is `notes=… first_ms=… …`; the goals
are first rows within 300 ms and frames under 50 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_FRAME = 16  # ms
_FRAMES = 200
_WORDS = ("datacenter", "gemeente", "stroom", "kabinet", "onderzoek", "miljoen", "provincie", "besluit")


def make(folder: Path, notes: int, articles: int) -> None:
    """Write a library of short articles with notes of one to three sentences, straight into SQLite."""
    import sqlite3
    import uuid

    from desktop.library.database import Library

    Library.open(folder).close()
    con = sqlite3.connect(folder / "library.sqlite3")
    draw = random.Random(1)

    def id_() -> str:
        return str(uuid.UUID(int=draw.getrandbits(128)))

    with con:
        for row in range(1, articles + 1):
            day = f"20{row % 25:02}-{row % 12 + 1:02}-{row % 28 + 1:02}"
            text = f"Artikel {row}\n\n" + " ".join(draw.choices(_WORDS, k=60)) + "."
            con.execute(
                "INSERT INTO article(id, uuid, title, published, first_day, last_day, sort_day, added_at,"
                " words, version_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, 62, ?)",
                (row, id_(), f"Artikel {row}", day, day, day, day, f"{day}T10:00:00.000+00:00", row),
            )
            con.execute(
                "INSERT INTO text_version(id, article_id, number, hash, created_at, extracted_by, text)"
                " VALUES(?, ?, 1, ?, ?, 'made', ?)",
                (row, row, id_(), day, text),
            )
        tags = [(row, id_(), word, word) for row, word in enumerate(_WORDS, 1)]
        con.executemany("INSERT INTO tag(id, uuid, name, folded) VALUES(?, ?, ?, ?)", tags)
        for row in range(1, notes + 1):
            made = f"2025-{row % 12 + 1:02}-{row % 28 + 1:02}T10:00:00.000+00:00"
            start = 12 + row % 300
            quote = " ".join(draw.choices(_WORDS, k=draw.randint(8, 40)))
            note = " ".join(draw.choices(_WORDS, k=12)) if row % 3 == 0 else ""
            con.execute(
                "INSERT INTO annotation(id, uuid, article_id, made_start, made_end, start, end, colour,"
                " created_at, modified_at, exact, prefix, suffix, note) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (*(row, id_(), row * 7 % articles + 1, start, start + 40, start, start + 40), row % 5 + 1,
                 *(made, made, quote, "x" * 32, "y" * 32, note)),
            )  # fmt: skip
            if row % 2:
                con.execute(
                    "INSERT INTO annotation_tag(annotation_id, tag_id) VALUES(?, ?)",
                    (row, row % len(_WORDS) + 1),
                )
    con.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=20_000)
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ["LEESLAMP_HOME"] = home
        folder = options.folder or Path(home) / "noted"
        if not folder.exists():
            make(folder, options.notes, options.articles)
        measure(folder, Path(home))


class Watch:
    """Waits in the event loop, and notes how long it stood still."""

    def __init__(self, application: Any) -> None:
        from PySide6.QtCore import QTimer

        self._application = application
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer = QTimer(interval=_FRAME)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, (now - self._last) * 1000 - _FRAME), now

    def pause(self) -> float:
        """Return the longest pause since the last time, in ms."""
        found, self._longest, self._last = self._longest, 0.0, time.perf_counter()
        return found

    def until(self, condition: Any, seconds: float = 120.0) -> float:
        """Return how many milliseconds it took."""
        started = time.perf_counter()
        while not condition():
            self._application.processEvents()
            time.sleep(0.001)
            assert time.perf_counter() - started < seconds, "waited too long"
        return (time.perf_counter() - started) * 1000


def measure(folder: Path, home: Path) -> None:
    from desktop import app, i18n
    from desktop.library.note_table import Grouping
    from desktop.settings import Settings

    i18n.use("en")
    application = app._application()
    program = app.Program(Settings(home / "settings.json"), folder, [])
    window = program.window
    window.resize(1440, 900)
    window.show()
    watch = Watch(application)
    watch.until(lambda: window.parts is not None and window.results.view.model().rowCount() > 0)
    program.jobs.cancel_all()
    session = program.libraries.session
    session._stopping.set()  # the index: building it is not what is measured
    session.wake()
    session._thread.join()
    found: dict[str, float] = {}
    watch.pause()
    started = time.perf_counter()
    window.action_table["view_notes"].trigger()
    view = window.views.view
    watch.until(lambda: view.model.total > 0 and view.model.row(0) is not None)
    view.table.viewport().repaint()
    found["first_ms"] = (time.perf_counter() - started) * 1000
    watch.until(lambda: not view.reading.is_busy)
    found["counted_ms"] = (time.perf_counter() - started) * 1000
    found["pause_opening_ms"] = watch.pause()
    frames, pages = [], []
    bar = view.table.verticalScrollBar()
    for number in range(_FRAMES):
        begun = time.thread_time()
        bar.setValue(bar.maximum() * number // _FRAMES)
        view.table.viewport().repaint()
        frames.append((time.thread_time() - begun) * 1000)
        if number % 10 == 0:
            row = view.table.first_visible()
            pages.append(watch.until(lambda row=row: view.model.row(row) is not None))
            view.table.viewport().repaint()
    frames.sort()
    found["frame_ms"], found["slowest_frame_ms"] = frames[len(frames) // 2], frames[-1]
    found["page_ms"] = sorted(pages)[len(pages) // 2]
    watch.pause()

    def answered(change: Any) -> float:
        begun = time.perf_counter()
        before = view.reading._number
        change()
        watch.until(lambda: view.reading._number > before and not view.reading.is_busy)
        return (time.perf_counter() - begun) * 1000

    def type_words(words: str) -> None:
        view.filters._words.setText(words)
        view.filters._on_typed()

    def group(grouping: Grouping) -> None:
        view.filters.arrange(view.filters.order, grouping)
        view.filters.arranged.emit(view.filters.order, grouping)

    found["words_ms"] = answered(lambda: type_words("gemeente strooM besluit"))
    type_words("")
    watch.until(lambda: not view.reading.is_busy)
    found["by_tag_ms"] = answered(lambda: group(Grouping.TAG))
    found["again_ms"] = answered(view.reading.again)
    found["pause_ms"] = watch.pause()
    print(
        f"notes={len(view.model.found.ids)} "
        + " ".join(f"{name}={value:.0f}" for name, value in found.items())
    )
    window.close()
    program.shut_down()


if __name__ == "__main__":
    main()
