"""How long merging two actors takes in a big library, and how long a note waits meanwhile.

    python tests/speed/big_library.py FOLDER            100,000 articles
    python tests/speed/merging.py FOLDER

Merges the two actors that stand in most articles, undoes it, and does so again several times, while another
thread writes something small every 20 ms. The last line is `articles=… merge_ms=… undo_ms=… shown_ms=…
longest_write_ms=…`, medians but for the last; the goal is that merge and what views then read take less than
a second together, and that no write waits for 200 ms.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.library import actors, articles
from desktop.model import ArticleId
from desktop.tasks import correct_actors, undo
from desktop.tasks.session import Session

_ROUNDS = 5
_EVERY = 0.02  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    session = Session.open(options.folder, create=False)
    try:
        measure(session)
    finally:
        session.close()


def measure(session: Session) -> None:
    con = session.library.reader()
    first, second = actors.all_actors(con)[:2]
    article = ArticleId(con.execute("SELECT uuid FROM article LIMIT 1").fetchone()[0])
    waits: list[float] = []
    stopping = threading.Event()
    writer = threading.Thread(target=_write, args=(session, article, waits, stopping))
    writer.start()
    merges, undos, shown = [], [], []
    for _ in range(_ROUNDS):
        merges.append(_timed(lambda: correct_actors.merge(session, [second.id], first.id)))
        shown.append(_timed(lambda: (actors.of_article(con, article), actors.by_ids(con, [first.id]))))
        undos.append(_timed(lambda: undo.undo(session)))
    stopping.set()
    writer.join()
    count = con.execute("SELECT count(*) FROM article").fetchone()[0]
    medians = [statistics.median(one) * 1000 for one in (merges, undos, shown)]
    print(
        f"articles={count} merge_ms={medians[0]:.0f} undo_ms={medians[1]:.0f} shown_ms={medians[2]:.0f}"
        f" longest_write_ms={max(waits) * 1000:.0f}"
    )


def _write(session: Session, article: ArticleId, waits: list[float], stopping: threading.Event) -> None:
    for position in itertools.count():
        if stopping.wait(_EVERY):
            return
        work = partial(articles.set_position, article_id=article, position=position)
        waits.append(_timed(partial(session.library.write, work)))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
