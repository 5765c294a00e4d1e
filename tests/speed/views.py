"""How long the view of amounts takes to show a large library, and a page of it to be read.

    python tests/speed/views.py [FOLDER] [--articles 100000] [--platform xcb]

FOLDER: a library that `big_library.py` made before; without one it is made now, which takes minutes. The
window runs for real (offscreen unless told otherwise). Measured are, from the click on "Amounts": the making
of the view, the first filled table, the whole table, the chart as it is seen; then the median and the slowest
page while scrolling, the sorting by value, the chart of all above a million and of one actor; and while the
view opens, is scrolled and filtered, the longest pause of the window's event loop and, after a "/", the most
that its thread worked between two turns. The last line is `articles=… amounts=… made_ms=… first_ms=… …`; the
goals are first rows and chart within 1000 ms, filtered too, pages within 30 ms, and pauses under 50 ms.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FRAME = 16  # ms
_PAGES = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "speed")]
    with tempfile.TemporaryDirectory() as home:
        os.environ["LEESLAMP_HOME"] = home
        folder = options.folder
        if folder is None:
            import big_library

            folder = Path(home) / "large"
            big_library.make(folder, options.articles)
        measure(folder, Path(home))


def measure(folder: Path, home: Path) -> None:
    from PySide6.QtCore import QTimer

    from desktop import app, i18n
    from desktop.settings import Settings

    i18n.use("en")
    application = app._application()
    program = app.Program(Settings(home / "settings.json"), folder, [])
    window = program.window
    window.resize(1440, 900)
    window.show()

    def wait_until(condition, seconds: float = 120.0) -> float:
        """Return how many milliseconds it took."""
        started = time.perf_counter()
        while not condition():
            application.processEvents()
            time.sleep(0.001)  # else this thread takes the interpreter from those that work
            assert time.perf_counter() - started < seconds, "waited too long"
        return (time.perf_counter() - started) * 1000

    wait_until(lambda: window.parts is not None)
    wait_until(lambda: window.results.view.model().rowCount() > 0)
    program.jobs.cancel_all()  # what looks after the library
    session = program.libraries.session
    session._stopping.set()  # the index: building it is not what is measured
    session.wake()
    session._thread.join()
    last, longest = time.perf_counter(), 0.0
    last_work, most_work = time.thread_time(), 0.0

    def turn() -> None:
        nonlocal last, longest, last_work, most_work
        now, work = time.perf_counter(), time.thread_time()
        last, longest = now, max(longest, (now - last) * 1000 - _FRAME)
        last_work, most_work = work, max(most_work, (work - last_work) * 1000)

    def pause() -> str:
        """Return the longest pause since the last time, and the most work of the thread between two turns."""
        nonlocal longest, most_work
        found, longest, most_work = f"{longest:.0f}/{most_work:.0f}", 0.0, 0.0
        return found

    timer = QTimer(interval=_FRAME)
    timer.timeout.connect(turn)
    started = time.perf_counter()

    def since() -> float:
        return (time.perf_counter() - started) * 1000

    window.action_table["view_amounts"].trigger()
    made = since()
    view = window.views.view
    answers: dict[str, float] = {}
    view.reading.found.connect(
        lambda found: answers.setdefault("all" if found.complete else "first", since())
    )
    view.reading.charted.connect(lambda *_: answers.setdefault("chart", since()))
    last, last_work = time.perf_counter(), time.thread_time()
    timer.start()
    wait_until(lambda: view.model.rowCount() and view.table.viewport().isVisible())
    first = since()
    wait_until(lambda: "chart" in answers and "all" in answers)
    wait_until(lambda: view.chart.is_laid_out)
    answers["drawn"] = since()
    opened = pause()
    total = view.model.rowCount()
    pages = []
    for number in range(1, _PAGES):
        row = total * number // _PAGES
        view.table.scrollTo(view.model.index(row, 0))
        view.table.viewport().repaint()
        pages.append(wait_until(lambda row=row: view.model.row(row) is not None))
    sorted_ = time.perf_counter()
    top = view.model.row(0)
    view.table.horizontalHeader().sectionClicked.emit(1)
    wait_until(lambda: view.model.row(0) not in (None, top))
    sort = (time.perf_counter() - sorted_) * 1000
    wait_until(lambda: view.reading._job is None)
    wait_until(lambda: view.chart.is_laid_out)
    scrolled = pause()
    filtered: dict[str, float] = {}
    for name, field, words in (
        ("from", view.filters._low, "1 mln"),
        ("actor", view.filters._actor, "Noordveld"),
    ):
        answers.pop("chart")
        begun = since()
        field.setText(words)
        view.filters._on_typed()
        wait_until(lambda: "chart" in answers and view.chart.is_laid_out)
        filtered[name] = since() - begun
    articles = (
        program.libraries.session.library.reader().execute("SELECT count(*) FROM article").fetchone()[0]
    )
    print(
        f"{articles=} amounts={total} made_ms={made:.0f} first_ms={first:.0f}"
        f" all_ms={answers.get('all', 0):.0f} chart_ms={answers['drawn']:.0f}"
        f" page_ms={sorted(pages)[len(pages) // 2]:.0f}"
        f" slowest_page_ms={max(pages):.0f} sort_ms={sort:.0f}"
        f" filter_from_ms={filtered['from']:.0f} filter_actor_ms={filtered['actor']:.0f}"
        f" pause_opening_ms={opened} pause_scrolling_ms={scrolled} pause_filtering_ms={pause()}"
    )
    window.close()
    program.shut_down()


if __name__ == "__main__":
    main()
