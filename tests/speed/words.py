"""How long it takes to say what a misspelt word may have been, and how a word that is being typed goes on.

    python tests/speed/words.py [--articles N] [--words N] [--folder DIR]

On the articles of `search.py`, kept in --folder if one is given; needs wordfreq to make them. Words of the
index are misspelt by one letter. Times are processor time. The last line is `words=… nearest_p50_ms=…
nearest_p95_ms=… right=… beginning_p95_ms=… typing_p95_ms=… speedup_vs_difflib=…`: `right` is the share of the
words that are among the three offered, `typing` the search after each letter of a word from the second on,
the speedup is over `difflib.get_close_matches` in the same run, for the first few words. The goals: p95 at
most 30 ms for what was meant, 10 ms for completing and for a search while a word is typed.
"""

from __future__ import annotations

import argparse
import difflib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import search_corpus as corpus  # noqa: E402

from desktop.search.index import Index, IndexDocument  # noqa: E402
from desktop.search.tree import How  # noqa: E402
from desktop.search.vocabulary import Vocabulary  # noqa: E402
from desktop.tasks.search import understand  # noqa: E402

_COMPARED = 3  # words that are given to difflib, which takes seconds for each
_SHORTEST = 5
_CHUNK = 4000  # articles handed over at once
_OFFERS = 3


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        index = indexed(folder, options.articles)
        measure(index, options.words)
        index.close()


def indexed(folder: Path, number: int) -> Index:
    """Return the index of so many articles, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / f"articles-{number}.db"
    if not library.exists():
        corpus.write(library, number)
    index = Index.open(folder / f"words-{number}", key=b"speed")
    if index.complete:
        return index
    con = sqlite3.connect(library)
    index.reset(followed=0)
    for first in range(1, number + 1, _CHUNK):
        articles = corpus.read(con, first, min(first + _CHUNK - 1, number))
        index.update(IndexDocument(one.row, one.title, one.text, "nl") for one in articles)
        while index.merge():
            pass
    index.note(complete=True)
    return index


def measure(index: Index, number: int) -> None:
    """Ask, and print the figures."""
    known = words_of(index)
    chance = random.Random(1)
    plain = [word for word in known if len(word) >= _SHORTEST and word.isalpha()]
    chosen = [chance.choice(plain) for _ in range(number)]
    wrong = [misspelt(word, chance) for word in chosen]
    offered = [index.look_up(lambda words, word=word: words.nearest(word, _OFFERS)) or [] for word in wrong]
    asked = set(known)
    right = [
        word in [one.word for one in offers] or query in asked
        for word, query, offers in zip(chosen, wrong, offered, strict=True)
    ]
    nearest = [timed(index, lambda words, word=word: words.nearest(word, _OFFERS)) for word in wrong]
    beginning = [timed(index, lambda words, word=word: words.beginning(word[:3], 10)) for word in chosen]
    others = []
    for word in wrong[:_COMPARED]:
        before = time.thread_time()
        difflib.get_close_matches(word, known, _OFFERS)
        others.append((time.thread_time() - before) * 1000)
    print(
        f"words={len(known)} nearest_p50_ms={statistics.median(nearest):.1f} "
        f"nearest_p95_ms={p95(nearest):.1f} right={sum(right) / number:.2f} "
        f"beginning_p95_ms={p95(beginning):.1f} "
        f"typing_p95_ms={p95(typing(index, chosen)):.1f} "
        f"speedup_vs_difflib={statistics.median(others) / statistics.median(nearest):.0f}"
    )


def typing(index: Index, words: list[str]) -> list[float]:
    """Return the processor time of the search after each letter from the second on, in milliseconds."""
    found = []
    for word in words:
        for end in range(2, len(word) + 1):
            before = time.thread_time()
            tree = understand(word[:end], unfinished=True).tree
            index.search(tree, resolve=lambda _clause: (), limit=None)
            found.append((time.thread_time() - before) * 1000)
    return found


def words_of(index: Index) -> list[str]:
    """Return all words of the index that begin with a letter."""
    found: set[str] = set()
    for letter in "abcdefghijklmnopqrstuvwxyz":
        answer = index.look_up(lambda words, letter=letter: words.forms(letter, How.PREFIX, limit=1_000_000))
        found.update(form.word for form in (answer or (0, []))[1])
    return sorted(found)


def misspelt(word: str, chance: random.Random) -> str:
    """Leave out, add, change or swap one letter, not the first and not the last."""
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("aeinrst")
    changed = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(changed)


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def timed(index: Index, question: Callable[[Vocabulary], object]) -> float:
    """Return the processor time of a question, in milliseconds."""
    before = time.thread_time()
    index.look_up(question)
    return (time.thread_time() - before) * 1000


if __name__ == "__main__":
    main()
