"""How long it takes to find the articles related to one in a large library.

    python tests/speed/related.py [FOLDER] [--articles 100000] [--tried 60]

FOLDER: a library that `big_library.py` made before; without one it is made now, which takes minutes, as does
the index where it is not there yet. The last line is `articles=… first_ms=… median_ms=… slowest_ms=…
found=…`, in processor time; the goal is every answer within 150 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--tried", type=int, default=60)
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "speed")]
    with tempfile.TemporaryDirectory() as home:
        folder = options.folder
        if folder is None:
            import big_library

            folder = Path(home) / "large"
            big_library.make(folder, options.articles)
        measure(folder, options.tried)


def measure(folder: Path, tried: int) -> None:
    from desktop.library import articles
    from desktop.tasks.related import related
    from desktop.tasks.session import Session

    session = Session.open(folder)
    session.catch_up()
    con = session.library.reader()
    rows = articles.rows(con)
    chosen = list(articles.ids(con, rows[:: max(len(rows) // tried, 1)]).values())
    times, found = [], 0
    for article in chosen:
        started = time.process_time()
        found += len(related(session, article))
        times.append((time.process_time() - started) * 1000)
    session.close()
    print(
        f"articles={len(rows)} first_ms={times[0]:.0f} median_ms={statistics.median(times):.0f}"
        f" slowest_ms={max(times[1:]):.0f} found={found / len(chosen):.1f}"
    )


if __name__ == "__main__":
    main()
