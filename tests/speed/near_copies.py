"""What linking copies costs in a library of many articles.

    python tests/speed/near_copies.py LIBRARY [--added 300]

LIBRARY is copied first. All but the newest articles get their sketches, these are linked as the program does
in the background, then articles are added that are copies of some of them, and others. Processor time.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
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
    parser.add_argument("--linked", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "library"
        shutil.copytree(options.library, folder)
        measure(folder, options.added, options.linked)


def size_of(con: sqlite3.Connection) -> int:
    """Return how many bytes the database has."""
    return con.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]


def measure(folder: Path, added: int, linked: int) -> None:
    from near_copies import copied, reports

    from desktop.library import articles, copies
    from desktop.model import ImportedArticle
    from desktop.progress import SilentProgress
    from desktop.tasks import near_copies
    from desktop.tasks.session import Session

    session = Session.open(folder)
    con = session.library.reader()
    before, size = articles.count(con), size_of(con)
    rows = articles.rows(con, order="added")[linked:]
    for start in range(0, len(rows), 500):
        texts = articles.texts(con, rows[start : start + 500])
        made = [(row, near_copies.STAMP, json.dumps(near_copies.sketch(text))) for row, text in texts.items()]
        session.library.write(
            lambda con, made=made: (
                con.executemany(
                    "INSERT INTO sketch SELECT id, version_id, ?2, ?3 FROM article WHERE id = ?1", made
                ).rowcount
            )
        )
    started = time.process_time()
    near_copies.link_older(session, SilentProgress())
    seconds = time.process_time() - started
    grown = size_of(con) - size
    groups = con.execute("SELECT count(DISTINCT group_id), count(*) FROM near_copy").fetchone()
    print(
        f"articles={before} link_older_ms={seconds / linked * 1000:.2f} "
        f"grown_mb={grown / 1e6:.0f} groups={groups[0]} in_groups={groups[1]}"
    )
    dice = random.Random(1)
    texts = list(articles.texts(con, dice.sample(articles.rows(con), added)).values())
    for name, fresh in (
        ("copies", [copied(text, "edits", dice) for text in texts]),
        ("others", [copied(text, "all", dice) for text in (reports() * 3)[:added]]),
    ):
        times, found = [], 0
        for number, text in enumerate(fresh):
            imported = ImportedArticle(text.partition("\n")[0], text, (), path=f"/{name}/{number}")
            _outcome, _article, row = session.library.write(
                lambda con, imported=imported: articles.add(con, imported)
            )
            started = time.process_time()
            maybe = session.library.write(
                lambda con, row=row, text=text: near_copies.sketch_in(con, row, text)
            )
            found += near_copies.link(session, row, text, maybe)
            times.append((time.process_time() - started) * 1000)
        print(
            f"{name}: added={len(times)} linked={found} median_ms={statistics.median(times):.2f} "
            f"p95_ms={sorted(times)[int(len(times) * 0.95)]:.2f} longest_ms={max(times):.1f}"
        )
    started = time.process_time()
    rows = articles.rows(con)
    groups_read = len(copies.groups_of(con, rows))
    print(f"fold_everything_ms={(time.process_time() - started) * 1000:.0f} {groups_read=}")
    session.close()


if __name__ == "__main__":
    main()
