"""Near copies: what papers make of an agency's text is linked, what only tells of the same event is not.

Everything comes into one library through the public door.
`python tests/quality/test_near_copies_quality.py 620` prints the figures for so many originals.
"""

from __future__ import annotations

import random
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from desktop.library import articles, copies
from desktop.progress import SilentProgress
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session

sys.path.insert(0, str(Path(__file__).resolve().parent))
from near_copies import HOW, Event, copied, reports

HERE = Path(__file__).resolve().parent
EVENTS = 30


def written(folder: Path, originals: int, events: int) -> dict[str, str]:
    """Write the files; return of each name which text it is a copy of (its own where it is none)."""
    dice = random.Random(7)
    of: dict[str, str] = {}

    def write(name: str, text: str, origin: str) -> None:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        of[name] = origin

    every = reports()
    for number, text in enumerate(every[:: max(1, len(every) // originals)][:originals]):
        write(f"report{number}", text, f"report{number}")
        for how in HOW:
            write(f"report{number}-{how}", copied(text, how, dice), f"report{number}")
    for number in range(events):  # told by two papers in words of their own
        for way in (0, 1):
            name = f"event{number}_{way}"
            write(name, Event(number).told(way, dice), name)
    return of


def measure(originals: int, events: int) -> dict[str, float]:
    """Return recall by what was done to the text, precision, and how many pairs of lookalikes were linked."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "texts"
        folder.mkdir()
        of = written(folder, originals, events)
        session = Session.open(Path(place) / "library")
        try:
            import_paths(session, [folder], SilentProgress())
            con = session.library.reader()
            names = {a.row: Path(a.path or "").stem for a in articles.newest(con, 10_000)}
            groups = copies.groups_of(con, set(names))
        finally:
            session.close()
    group_of = {names[row]: group for row, group in groups.items()}
    linked = right = anew = 0
    found, asked = Counter[str](), Counter[str]()
    every = sorted(of)
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            together = one in group_of and group_of[one] == group_of.get(other)
            anew += together and one[:-1] == other[:-1] and one.startswith("event")
            linked += together
            right += together and of[one] == of[other]
    for name, origin in of.items():
        if name != origin:
            how = name.rpartition("-")[2]
            asked[how] += 1
            found[how] += name in group_of and group_of[name] == group_of.get(origin)
    figures = {f"recall_{how}": found[how] / asked[how] for how in HOW}
    return {
        **figures,
        "precision": right / linked if linked else 1.0,
        "links": float(linked),
        "told_anew_linked": float(anew),
    }


def test_copies_are_linked_and_lookalikes_are_not() -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["near_copies"]
    figures = measure(12, 4)
    assert figures["told_anew_linked"] == 0
    assert figures["precision"] >= floors["precision"], figures
    assert min(figures[f"recall_{how}"] for how in HOW) >= floors["recall"], figures


if __name__ == "__main__":
    for key, value in measure(int(sys.argv[1]), EVENTS).items():
        print(f"{key}={value:.4f}")  # noqa: T201
