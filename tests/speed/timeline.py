"""How long the timeline of a large library takes to open, and a page of its list to be read.

    python tests/speed/timeline.py [--articles 100000] [--dates 15] [--library FOLDER]

The library is filled straight with rows of SQL: articles of eleven years, each mentioning so many dates;
of those 70 in 100 are days, 15 months, 12 years and 3 longer. --library keeps it, or takes the one that is
there. Each figure is the median of five. The last line is
`articles=… dates=… open_ms=… half_ms=… page_ms=… half_page_ms=… …`: the counts over the whole library and
over half of its articles, and for both a page of 100 dates of the days that have most, with sentences and
titles; then what the view makes of it: until picture and list are there, the longest pause of the event
loop meanwhile, and a paint of the picture after a zoom. The goals: view_picture_ms and view_list_ms under
1,000, page_ms under 30, longest_pause_ms under 50.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TURNS = 5
_BODY = (
    "Het bestuur wil dat de bouw op de afgesproken dag begint, maar de aannemer houdt een slag om de arm. "
    "Volgens de wethouder is het geld er, en volgt in de loop van het jaar nog een besluit over de rest. "
)
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
_ARTICLES = f"""
{_NUMBERS.replace("{count}", ":articles")}
INSERT INTO article(id, uuid, version_id, title, published, first_day, last_day, lang, source, words,
    added_at, sort_day)
SELECT i, printf('00000000-0000-4000-8000-%012d', i), i, 'Raad stelt besluit ' || i || ' over de bouw uit',
    d, d, d, 'nl', 'Krant ' || (i % 40), 250, '2026-01-01', d
FROM (SELECT i, date('2015-01-01', (i * 7919 % 4150) || ' days') AS d FROM n)
"""
_TEXTS = f"""
{_NUMBERS.replace("{count}", ":articles")}
INSERT INTO text_version(id, article_id, number, hash, created_at, extracted_by, text)
SELECT i, i, 1, 'h' || i, '2026-01-01', '1', 'Besluit ' || i || char(10, 10) || :body FROM n
"""
_MENTIONS = f"""
{_NUMBERS.replace("{count}", ":articles * :dates")}
INSERT INTO mention(id, article_id, start, end, text, kind, source, confidence)
SELECT i, i % :articles + 1, 40 + i * 37 % 1400, 58 + i * 37 % 1400, 'de afgesproken dag', 'date', 'rule', 1
FROM n
"""
# A multiple of a prime runs through all remainders, so that neighbours lie far apart.
_PERIODS = """
INSERT INTO period(mention_id, article_id, value, first_day, last_day, days)
SELECT i, article_id, first, first, last, julianday(last) - julianday(first) FROM (
    SELECT i, article_id, first, CASE
        WHEN sort < 70 THEN first WHEN sort < 85 THEN date(first, '1 month', '-1 day')
        WHEN sort < 97 THEN date(first, '1 year', '-1 day')
        WHEN sort < 99 THEN date(first, '10 years', '-1 day') ELSE '9999-12-31' END AS last
    FROM (SELECT i, article_id, sort, CASE
            WHEN sort < 70 THEN day WHEN sort < 85 THEN date(day, 'start of month')
            ELSE date(day, 'start of year') END AS first
        FROM (SELECT id AS i, article_id, id * 7 % 100 AS sort, date('2015-01-01',
                (CASE WHEN id % 20 THEN id * 7907 % 4500 ELSE -(id * 104729 % 36000) END) || ' days') AS day
            FROM mention)))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--dates", type=int, default=15, help="dates mentioned in each article")
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        folder = options.library or Path(home) / "library"
        measure(folder, options.articles, options.dates)


def fill(con: sqlite3.Connection, articles: int, dates: int) -> None:
    """Put so many articles into an empty library, each with so many dates."""
    values = {"articles": articles, "dates": dates, "body": _BODY * 8}
    con.execute("PRAGMA defer_foreign_keys = ON")
    for statement in (_ARTICLES, _TEXTS, _MENTIONS, _PERIODS):
        con.execute(statement, values)


def measure(folder: Path, articles: int, dates: int) -> None:
    from desktop.library.database import Library
    from desktop.library.dates import Part, counts, mentions_at, numbers

    fresh = not folder.exists()
    with Library.open(folder) as library:
        if fresh:
            library.write(lambda con: fill(con, articles, dates))
        con = library.reader()
        half = list(range(1, articles + 1, 2))
        opened = counts(con, None)
        largest = max(opened.dates, key=lambda span: span.number)
        part = Part(True, largest.first, largest.last, largest.number // 2, 100)
        figures = {
            "articles": sum(span.number for span in opened.articles),
            "dates": sum(span.number for span in opened.dates),
            "open_ms": timed(lambda: counts(con, None)),
            "half_ms": timed(lambda: counts(con, half)),
            "page_ms": timed(lambda: mentions_at(con, numbers(con, [part], None)[0])),
            "half_page_ms": timed(lambda: mentions_at(con, numbers(con, [part], half)[0])),
        }
    figures |= window_figures(folder)
    print(" ".join(f"{name}={value:.0f}" for name, value in figures.items()))


def timed(work: Callable[[], object]) -> float:
    """Return the median of some turns, in milliseconds."""
    found = []
    for _turn in range(_TURNS):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def window_figures(folder: Path) -> dict[str, float]:
    """Return how long the view takes to show its picture and its list, and to paint after a zoom."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.tasks.session import Session
    from desktop.ui.jobs import Jobs
    from desktop.ui.theme import Theme
    from desktop.ui.timeline_view import TimelineView

    application = QApplication.instance() or QApplication([])
    session, jobs = Session.open(folder), Jobs()
    view = TimelineView(Theme.load("light"), jobs)
    view.resize(1440, 800)
    view.show()
    application.processEvents()
    longest, last = 0.0, time.perf_counter()
    most_work = 0.0
    started, found = last, {}

    def wait_for(condition: Callable[[], object], name: str) -> None:
        nonlocal longest, last, most_work
        while not condition():
            begun = time.thread_time()
            application.processEvents()
            most_work = max(most_work, time.thread_time() - begun)
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
            assert last - started < 60, "waited too long"
            time.sleep(0.001)
        found[name] = (time.perf_counter() - started) * 1000

    view.use(session)
    wait_for(lambda: view.chart.series[0] and view.chart.series[0].total, "view_picture_ms")
    wait_for(lambda: view.model.lines.total, "view_list_ms")
    found["lines"] = view.model.lines.total
    found["longest_pause_ms"], found["most_work_ms"] = longest * 1000, most_work * 1000

    def turn() -> None:
        view.chart.zoom(0.9)
        view.chart.grab()

    found["paint_ms"] = timed(turn)
    view.use(None)
    jobs.shutdown()
    session.close()
    return found


if __name__ == "__main__":
    main()
