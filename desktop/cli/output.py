"""What the command line prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys
import time
import unicodedata

from desktop import i18n
from desktop.progress import Pace

OK, FAILED, USAGE, IN_USE = 0, 1, 2, 3  #: exit codes


def complain(line: str) -> None:
    """Print one line on standard error."""
    print("leeslamp: " + line.replace("\n", " "), file=sys.stderr)


_WIDEST = 76  #: columns of a query that is shown with a mark under it
_BAR_SECONDS = 0.1  #: between two looks of the progress line
_BEFORE = 30  #: of them before the mark


def pointed(text: str, start: int, end: int) -> tuple[str, str]:
    """Return a query on one line, and a line of carets that goes under it where `[start, end)` stands.

    Of a long query only what stands around the place is given.
    """
    text = "".join(" " if char.isspace() else char for char in text)
    first = max(0, start - _BEFORE) if len(text) > _WIDEST else 0
    last = min(len(text), first + _WIDEST)
    before = ("…" if first else "") + text[first:start]
    here = text[start : min(max(end, start + 1), last)]
    line = before + text[start:last] + ("…" if last < len(text) else "")
    return line, " " * _columns(before) + "^" * max(_columns(here), 1)


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in text)


def print_json(record: object) -> None:
    """Print one JSON document on a line."""
    from desktop.exporters.records import to_json

    print(to_json(record))


class Bar:
    """A progress line on a terminal; nothing where standard error is not one."""

    def __init__(self) -> None:
        self._shown = False
        self._pace = Pace()
        self._next = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is, how fast it goes and how long the rest takes."""
        now = time.monotonic()
        self._pace.step(done, now)
        if now < self._next or not sys.stderr.isatty():
            return
        self._next = now + _BAR_SECONDS
        told = i18n.format_pace(done, total, self._pace.rate, self._pace.left(total))
        print(f"\r\x1b[K{told}  {text}"[: _WIDEST + 4], end="", file=sys.stderr, flush=True)
        self._shown = True

    def finish(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
