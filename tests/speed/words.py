"""How long what may have been meant, and words to complete, take in a big library.

    python tests/speed/big_library.py FOLDER            100,000 articles
    python tests/speed/words.py FOLDER [--words N]

Misspells words of the library, one letter each, and asks what was meant; types beginnings and asks how they
go on. Times are processor time. The last line is `words=… meant_p50_ms=… meant_p95_ms=… right=…
complete_p95_ms=… speedup_vs_difflib=…`: `right` is the share of the words that are among what is offered, and
the speedup that over `difflib.get_close_matches` on the same words, for the first few. The goals: p95 at most
30 ms for what was meant, 10 ms for completing.
"""

from __future__ import annotations

import argparse
import difflib
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.search.tree import How
from desktop.tasks.did_you_mean import did_you_mean
from desktop.tasks.search import search
from desktop.tasks.session import Session
from desktop.tasks.words import beginning

_COMPARED = 3  # words that are given to difflib, which takes seconds for each
_SHORTEST = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=200)
    options = parser.parse_args()
    session = Session.open(options.folder, create=False)
    try:
        session.catch_up()
        measure(session, options.words)
    finally:
        session.close()


def measure(session: Session, number: int) -> None:
    known = _words_of(session)
    chance = random.Random(1)
    plain = [word for word in known if len(word) >= _SHORTEST and word.isalpha()]
    chosen = [chance.choice(plain) for _ in range(number)]
    wrong = [_misspelt(word, chance) for word in chosen]
    meant, right = [], 0
    for word, query in zip(chosen, wrong, strict=True):
        result = search(session, query)
        meant.append(_timed(lambda result=result: did_you_mean(session, result)))
        offers = did_you_mean(session, result)
        right += bool(result.total) or any(word in offer.query.casefold() for offer in offers)
    complete = [_timed(lambda word=word: beginning(session, word[:3], 5)) for word in chosen]
    others = [
        _timed(lambda word=word: difflib.get_close_matches(word, known, 3)) for word in wrong[:_COMPARED]
    ]
    print(
        f"words={len(known)} meant_p50_ms={statistics.median(meant):.1f} meant_p95_ms={_p95(meant):.1f} "
        f"right={right / number:.2f} complete_p95_ms={_p95(complete):.1f} "
        f"speedup_vs_difflib={statistics.median(others) / statistics.median(meant):.0f}"
    )


def _words_of(session: Session) -> list[str]:
    found: set[str] = set()
    for letter in "abcdefghijklmnopqrstuvwxyz":
        forms = session.index.look_up(
            lambda words, letter=letter: words.forms(letter, How.PREFIX, limit=100_000)
        )
        found.update(form.word for form in (forms or (0, []))[1])
    return sorted(found)


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("aeinrst")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _timed(task: Callable[[], object]) -> float:
    before = time.thread_time()
    task()
    return (time.thread_time() - before) * 1000


if __name__ == "__main__":
    main()
