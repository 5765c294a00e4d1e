"""What linking copies costs in a library of many articles.

    python tests/speed/near_copies.py LIBRARY [--added 300]

LIBRARY is copied first. Its articles are linked as the program does in the background, then articles are
added that are copies of some of them, and others. Times are elapsed ones.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--added", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "library"
        shutil.copytree(options.library, folder)
        measure(folder, options.added)


def measure(folder: Path, added: int) -> None:
    from near_copies import copied, reports

    from desktop.library import articles, copies
    from desktop.model import ImportedArticle
    from desktop.progress import SilentProgress
    from desktop.tasks import near_copies
    from desktop.tasks.session import Session

    session = Session.open(folder)
    con = session.library.reader()
    before, size = articles.count(con), folder.joinpath("library.sqlite3").stat().st_size
    started = time.perf_counter()
    near_copies.link_older(session, SilentProgress())
    seconds = time.perf_counter() - started
    session.library.write(lambda con: con.execute("PRAGMA wal_checkpoint").fetchall())
    grown = folder.joinpath("library.sqlite3").stat().st_size - size
    groups = con.execute("SELECT count(DISTINCT group_id), count(*) FROM near_copy").fetchone()
    print(
        f"articles={before} linking_seconds={seconds:.0f} per_article_ms={seconds / before * 1000:.2f} "
        f"grown_mb={grown / 1e6:.0f} groups={groups[0]} in_groups={groups[1]}"
    )
    dice = random.Random(1)
    texts = list(articles.texts(con, dice.sample(articles.rows(con), added)).values())
    for name, fresh in (
        ("copies", [copied(text, "edits", dice) for text in texts]),
        ("others", [copied(text, "all", dice) for text in (reports() * 3)[:added]]),
    ):
        times, linked = [], 0
        for number, text in enumerate(fresh):
            imported = ImportedArticle(text.partition("\n")[0], text, (), path=f"/{name}/{number}")
            _outcome, _article, row = session.library.write(
                lambda con, imported=imported: articles.add(con, imported)
            )
            started = time.perf_counter()
            maybe = session.library.write(
                lambda con, row=row, text=text: near_copies.sketch_in(con, row, text)
            )
            linked += near_copies.link(session, row, text, maybe)
            times.append((time.perf_counter() - started) * 1000)
        print(
            f"{name}: added={len(times)} linked={linked} median_ms={statistics.median(times):.2f} "
            f"p95_ms={sorted(times)[int(len(times) * 0.95)]:.2f} longest_ms={max(times):.1f}"
        )
    started = time.perf_counter()
    rows = articles.rows(con)
    groups_read = len(copies.groups_of(con, rows))
    print(f"fold_everything_ms={(time.perf_counter() - started) * 1000:.0f} {groups_read=}")
    session.close()


if __name__ == "__main__":
    main()
