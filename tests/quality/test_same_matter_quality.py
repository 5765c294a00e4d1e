"""Same matter, different figures, against labelled pairs and floors that nobody lowers silently.

Each pair comes into a library of thirty other articles and is asked for through the public interface.
`python tests/quality/test_same_matter_quality.py development` (or `pairs`) prints what is wrong; of
`held_out`, which is for measuring only, nothing but the figures.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.library import articles
from desktop.model import ArticleId
from desktop.resources import starter_articles
from desktop.tasks import manage
from desktop.tasks.import_files import import_text
from desktop.tasks.same_matter import Matter, find
from desktop.tasks.session import Session

HERE = Path(__file__).resolve().parent
SETS = ("pairs", "development", "held_out")  #: files of tests/quality/same_matter; the last is not tuned on
OTHERS = 6  #: the first passage of every sixth pair of the first set stands among the other articles

Pair = Mapping[str, Any]


def pairs(name: str) -> list[Pair]:
    file = HERE / "same_matter" / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@contextmanager
def library(folder: Path) -> Iterator[Session]:
    """Open a library of thirty articles: the starters and some passages."""
    session = Session.open(folder / "library")
    try:
        for path in sorted(starter_articles().glob("*.txt")):
            import_text(session, path.read_text(encoding="utf-8"))
        for pair in pairs("pairs")[::OTHERS]:
            put(session, pair, "a")
        assert articles.count(session.library.reader()) >= 30
        yield session
    finally:
        session.close()


def put(session: Session, pair: Pair, side: str) -> list[ArticleId]:
    """Import a passage; return the article."""
    passage = pair[side]
    return import_text(session, f"date {passage['date']} Kort bericht\n\n{passage['text']}\n").added


def same(session: Session, pair: Pair) -> bool:
    """Tell whether the marked amounts of a pair are shown as figures of one matter."""
    added = put(session, pair, "a") + put(session, pair, "b")
    matters = find(session)
    manage.trash(session, added)
    manage.purge(session, added)  # what is in the trash would not be imported again for the next pair
    return any(all(_holds(matter, pair[side]) for side in "ab") for matter in matters)


def _holds(matter: Matter, passage: Mapping[str, Any]) -> bool:
    amount = passage["text"][passage["start"] : passage["end"]]
    return any(
        one.published == passage["date"]
        and one.sentence in passage["text"]
        and (one.text in amount or amount in one.text)
        for one in matter.figures
    )


def measure(asked: list[Pair]) -> tuple[float, float, list[Pair]]:
    """Return (precision, recall, the pairs that are wrong)."""
    with tempfile.TemporaryDirectory() as place, library(Path(place)) as session:
        said = {pair["id"]: same(session, pair) for pair in asked}
    right = sum(pair["same"] and said[pair["id"]] for pair in asked)
    wrong = [pair for pair in asked if pair["same"] != said[pair["id"]]]
    return right / max(1, sum(said.values())), right / sum(pair["same"] for pair in asked), wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_what_is_shown_is_the_same_matter(name: str) -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["same_matter"][name]
    precision, recall, _wrong = measure(pairs(name))
    assert precision >= floors["precision"]
    assert recall >= floors["recall"]


def main(name: str) -> None:
    """Print what is wrong in a set."""
    asked = pairs(name)
    precision, recall, wrong = measure(asked)
    for pair in wrong if name != "held_out" else ():  # nobody tunes on what nobody sees
        sys.stdout.write(f"{'missed' if pair['same'] else 'WRONG '} {pair['id']} {pair['about']}\n")
    sys.stdout.write(f"{name}, {len(asked)} pairs: precision {precision:.3f}, recall {recall:.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "development")
