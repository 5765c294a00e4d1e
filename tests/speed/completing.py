"""How long it takes to offer names, tags and words for what is being typed, in a large library.

    python tests/speed/completing.py [FOLDER] [--articles 100000] [--names 80000] [--tags 300]

FOLDER: where the library is kept, made there by `big_library.py` at first and given further names (syllables,
so that very many begin alike) and tags; without one it is made now, which takes minutes. Each question is the
first two to four letters of a name. Times are processor time. The last line is `names=… two_p95_ms=…
three_p95_ms=… four_p95_ms=…`; the goal is p95 under 10 ms.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "speed")]

_KINDS = ("person",) * 5 + ("organisation",) * 3 + ("place",) * 2 + ("event",)
_SYLLABLES = (
    "ba de ma ri ko lo ne vi sta ber man son eu van tra ni pe jo har li gro min amst dam rot zee wil chen smi"
).split()
_ASKED = 300
_LETTERS = {2: "two", 3: "three", 4: "four"}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=80_000)
    parser.add_argument("--tags", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folder = options.folder or Path(home) / "large"
        if not (folder / "library.sqlite3").exists():
            import big_library

            big_library.make(folder, options.articles, 400)
            add_names(folder / "library.sqlite3", options.names, options.tags, options.articles)
        measure(folder)


def add_names(path: Path, names: int, tags: int, articles: int) -> None:
    """Write names with as many articles as names have in newspapers: few have many, most have one."""
    chance = random.Random(3)

    def word(syllables: int) -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(syllables)).capitalize()

    con = sqlite3.connect(path)
    for number in range(names):
        kind = chance.choice(_KINDS)
        name = f"{word(2)} {word(2)}" if kind == "person" or chance.random() < 0.5 else word(3)
        found = con.execute(
            "SELECT 1 FROM name_key WHERE name = ? AND kind = ?", (name.lower(), kind)
        ).fetchone()
        if found is None:
            _add_name(con, name, kind, max(1, 3000 // (number + 1)))
    for _ in range(tags):
        tag = word(2).lower()
        con.execute("INSERT OR IGNORE INTO tag(uuid, name, folded) VALUES(?, ?, ?)", (tag, tag, tag))
    rows = [row for (row,) in con.execute("SELECT id FROM tag")]
    for row in rows:
        tagged = chance.sample(range(1, articles + 1), min(articles, chance.choice((5, 50, 800))))
        con.executemany(
            "INSERT OR IGNORE INTO article_tag(article_id, tag_id) VALUES(?, ?)",
            [(article, row) for article in tagged],
        )
    con.commit()
    con.close()


def _add_name(con: sqlite3.Connection, name: str, kind: str, articles: int) -> None:
    normal = name.lower()
    actor = con.execute(
        "INSERT INTO actor(uuid, kind, name, own_name) VALUES(?, ?, ?, ?)",
        (str(uuid.uuid4()), kind, name, name),
    ).lastrowid
    key = con.execute(
        "INSERT INTO name_key(kind, name, actor_id, articles, own_actor_id, last_word)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        (kind, normal, actor, articles, actor, normal.split()[-1]),
    ).lastrowid
    for form in dict.fromkeys((name, name.rsplit(maxsplit=1)[-1])):
        con.execute(
            "INSERT INTO name_form(name_key_id, text, normal, mentions) VALUES(?, ?, ?, ?)",
            (key, form, form.lower(), articles),
        )


def measure(folder: Path) -> None:
    """Ask, and print the figures."""
    from desktop.tasks import complete
    from desktop.tasks.session import Session

    session = Session.open(folder)
    session.catch_up()
    while session.index.merge():
        pass
    con = session.library.reader()
    known = [name for (name,) in con.execute("SELECT text FROM name_form")]
    asked = random.Random(1).sample(known, min(_ASKED, len(known)))
    told = f"names={len(known)}"
    complete.of_words(session, [("van", 0)])
    for letters, word in _LETTERS.items():
        times = []
        for name in asked:
            before = time.thread_time()
            complete.of_words(session, [(name[:letters], 0)])
            times.append((time.thread_time() - before) * 1000)
        p95 = sorted(times)[int(len(times) * 0.95)]
        print(f"{letters} letters: p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms of CPU")
        told += f" {word}_p95_ms={p95:.1f}"
    session.close()
    print(told)


if __name__ == "__main__":
    main()
