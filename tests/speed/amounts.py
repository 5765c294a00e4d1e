"""Amounts and dates in articles a second, beside text2num and dateparser's search, in turns.

    python tests/speed/amounts.py [--runs N]

The texts are the Dutch starter articles; an article is 400 words; processor time on one core. text2num
(number words only) and dateparser (dates only) are compared where they are installed:

    python3 -m venv rivals && rivals/bin/pip install 'text2num==3.1.*' dateparser
    rivals/bin/python tests/speed/amounts.py

The last line but one says on which processor, the last is
`amounts_per_second=… text2num_per_second=… amounts_ratio=… dateparser_per_second=… dateparser_ratio=…`
(medians; ratios are ours to theirs). The goals are 0.5 of text2num and 20 times dateparser; what is measured
and falls short of its goal ends in exit code 1.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.extraction.language import detect  # noqa: E402
from desktop.extraction.values import find_values  # noqa: E402
from desktop.resources import starter_articles  # noqa: E402

WORDS = 400  #: words of an article
OF_TEXT2NUM = 0.5
TIMES_DATEPARSER = 20
TURN = 0.5  #: seconds of processor time a turn takes


def texts() -> list[str]:
    """Return the Dutch starter articles."""
    found = [
        path.read_text(encoding="utf-8") for path in sorted(starter_articles().iterdir()) if path.is_file()
    ]
    return [text for text in found if detect(text) == "nl"]


def articles_a_second(work: Callable[[str], object], articles: list[str]) -> float:
    """Return how many articles of 400 words the work does in a second of processor time."""
    words = done = 0
    start = time.process_time()
    while time.process_time() - start < TURN:
        text = articles[done % len(articles)]
        work(text)
        words += len(text.split())
        done += 1
    return words / WORDS / (time.process_time() - start)


_WORD = re.compile(r"\w+|[^\w\s]")


class _Token:
    """A word as text2num wants it, with its place in the text."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def text(self) -> str:
        return self.match.group()

    def nt_separated(self, _previous: _Token) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def other() -> Callable[[str], object] | None:
    """Return text2num's search for numbers and their places in a Dutch text; None where not installed."""
    try:
        module = importlib.import_module("text_to_num")
    except ImportError:
        return None
    return lambda text: module.find_numbers([_Token(match) for match in _WORD.finditer(text)], "nl")


def dates() -> Callable[[str], object] | None:
    """Return dateparser's search for dates in a Dutch text; None where it is not installed."""
    try:
        module = importlib.import_module("dateparser.search")
    except ImportError:
        return None
    return lambda text: module.search_dates(text, languages=["nl"])


def ratio(own: float, rival: float) -> str:
    """Write how many times as fast as another we are."""
    return f"{own / rival:.2f}" if rival else "not measured"


def processor() -> str:
    """Return the processor's name, as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    articles = texts()
    rivals = {"text2num": other(), "dateparser": dates()}
    find_values(articles[0], "nl", "2025-02-06")
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(runs):
        ours.append(articles_a_second(lambda text: find_values(text, "nl", "2025-02-06"), articles))
        for name, work in rivals.items():
            if work:
                theirs[name].append(articles_a_second(work, articles))
    own = statistics.median(ours)
    numbers, days = (statistics.median(theirs[name] or [0.0]) for name in rivals)
    print(
        f"{ratio(own, numbers)} of text2num, {ratio(own, days)} times dateparser on {processor()},"
        f" Python {platform.python_version()}, {len(articles)} articles"
    )
    print(
        f"amounts_per_second={own:.0f} text2num_per_second={numbers:.0f} amounts_ratio={ratio(own, numbers)}"
        f" dateparser_per_second={days:.1f} dateparser_ratio={ratio(own, days)}"
    )
    return 1 if own < OF_TEXT2NUM * numbers or own < TIMES_DATEPARSER * days else 0


if __name__ == "__main__":
    sys.exit(main())
