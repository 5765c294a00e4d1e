"""How long the view of amounts takes to show a large library, and a page of it to be read.

    python tests/speed/views.py [FOLDER] [--articles 100000] [--platform xcb]

FOLDER: a library that `big_library.py` made before; without one it is made now, which takes minutes. The
window runs for real (offscreen unless told otherwise). Measured are, from the click on "Amounts": the first
filled table, the whole table, the chart; then the median and the slowest page while scrolling, the sorting
by value, and the longest pause of the window's event loop meanwhile. The last line is
`articles=… amounts=… first_ms=… all_ms=… chart_ms=… page_ms=… slowest_page_ms=… sort_ms=…
longest_pause_ms=…`; the goals are a first table within 1000 ms and pages within 30 ms.
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

    def turn() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        last, longest = now, max(longest, (now - last) * 1000 - _FRAME)

    timer = QTimer(interval=_FRAME)
    timer.timeout.connect(turn)
    started = time.perf_counter()

    def since() -> float:
        return (time.perf_counter() - started) * 1000

    window.action_table["view_amounts"].trigger()
    view = window.views.view
    answers: dict[str, float] = {}
    view.reading.found.connect(
        lambda found: answers.setdefault("all" if found.complete else "first", since())
    )
    view.reading.charted.connect(lambda *_: answers.setdefault("chart", since()))
    last = time.perf_counter()
    timer.start()
    wait_until(lambda: view.model.rowCount() and view.table.viewport().isVisible())
    view.grab()
    first = since()
    wait_until(lambda: "chart" in answers and "all" in answers)
    total = view.model.rowCount()
    pages = []
    for number in range(1, _PAGES):
        row = total * number // _PAGES
        view.table.scrollTo(view.model.index(row, 0))
        view.table.viewport().repaint()
        pages.append(wait_until(lambda row=row: view.model.row(row) is not None))
    sorted_ = time.perf_counter()
    top = view.model.ids[0]
    view.table.horizontalHeader().sectionClicked.emit(1)
    wait_until(lambda: view.model.ids[0] != top)
    sort = (time.perf_counter() - sorted_) * 1000
    wait_until(lambda: view.reading._job is None)
    articles = (
        program.libraries.session.library.reader().execute("SELECT count(*) FROM article").fetchone()[0]
    )
    print(
        f"{articles=} amounts={total} first_ms={first:.0f} all_ms={answers.get('all', 0):.0f}"
        f" chart_ms={answers['chart']:.0f} page_ms={sorted(pages)[len(pages) // 2]:.0f}"
        f" slowest_page_ms={max(pages):.0f} sort_ms={sort:.0f} longest_pause_ms={longest:.0f}"
    )
    window.close()
    program.shut_down()


if __name__ == "__main__":
    main()
