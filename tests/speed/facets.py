"""How long it takes to count the choices of a result (period, actor, place, source, ...) in a large library.

    python tests/speed/facets.py [FOLDER] [--articles 100000] [--actors 400]

FOLDER: a library that `big_library.py` made before; without one it is made now, which takes minutes. For
results of several sizes, of articles taken at random, the best of five times is told, in CPU time and by the
clock. The last line is `articles=… size_20000_ms=…`; the goal is under 150 ms for a result of 20,000.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SIZES = (100, 2_000, 20_000, 50_000, 100_000)
_TIMES = 5
_GOAL_SIZE = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--actors", type=int, default=400)
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "speed")]
    with tempfile.TemporaryDirectory() as home:
        folder = options.folder
        if folder is None:
            import big_library

            folder = Path(home) / "large"
            big_library.make(folder, options.articles, options.actors)
        measure(folder)


def measure(folder: Path) -> None:
    from desktop.library import articles
    from desktop.library.database import Library
    from desktop.tasks import facets

    class _Reading:
        """As much of a session as counting needs: no index is opened, nothing is looked after."""

        def __init__(self, library: Library) -> None:
            self.library = library

    library = Library.open(folder)
    known = articles.rows(library.reader())
    told = f"articles={len(known)}"
    for size in _SIZES:
        if size > len(known):
            continue
        rows = random.Random(size).sample(known, size)
        cpu, clock = [], []
        for _ in range(_TIMES):
            started = time.process_time(), time.perf_counter()
            facets.count(_Reading(library), rows)  # type: ignore[arg-type]
            cpu.append(time.process_time() - started[0])
            clock.append(time.perf_counter() - started[1])
        print(f"{size:>7} articles: {min(cpu) * 1000:6.0f} ms of CPU, {min(clock) * 1000:6.0f} ms")
        if size == _GOAL_SIZE:
            told += f" size_{size}_ms={min(cpu) * 1000:.0f}"
    library.close()
    print(told)


if __name__ == "__main__":
    main()
