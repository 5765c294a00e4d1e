"""How long it takes to count and lay out the network of actors of a large library.

    python tests/speed/network.py [FOLDER] [--articles 100000]

FOLDER: a library that `big_library.py` made before; without one it is made now, which takes minutes. Measured
is processor time, the best of three: counting in sentences and in articles over all, over what a query finds
(about half), the list behind the strongest pair, and for 60 actors the layout and the fitting into a window.
The last line is `articles=… sentences_ms=… articles_ms=… half_ms=… pair_ms=… layout_ms=… fit_ms=…`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MOST = 60


def best(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time of the fastest of three runs."""
    times = []
    for _number in range(3):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return min(times)


def measure(folder: Path) -> None:
    from desktop.charts import network as layout
    from desktop.tasks import network
    from desktop.tasks.network import Question, Within
    from desktop.tasks.network_files import node_radii
    from desktop.tasks.session import Session

    session = Session.open(folder)
    try:
        found = network.find(session, Question(most=_MOST))
        frame = layout.Frame(1400, 700, 30)
        names = [7.0 * len(actor.name) for actor in found.actors]
        pair = found.ties[0]
        by_article = Question(most=_MOST, within=Within.ARTICLE)
        figures = {
            "sentences": lambda: network.find(session, Question(most=_MOST)),
            "articles": lambda: network.find(session, by_article),
            "half": lambda: network.find(session, Question("date:>2023", most=_MOST)),
            "pair": lambda: network.passages(session, found, pair.one, [pair.other]),
            "layout": lambda: layout.place(len(found.actors), found.drawn, found.groups),
            "fit": lambda: layout.fit(found.points, node_radii(found), names, frame, 14.0),
        }
        times = " ".join(f"{name}_ms={best(work):.0f}" for name, work in figures.items())
        print(f"articles={found.articles} {times}")
    finally:
        session.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "speed")]
    with tempfile.TemporaryDirectory() as home:
        folder = options.folder
        if folder is None:
            import big_library

            folder = Path(home) / "large"
            big_library.make(folder, options.articles)
        measure(folder)


if __name__ == "__main__":
    main()
