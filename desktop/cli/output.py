"""What the command line prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys

OK, FAILED, USAGE, IN_USE = 0, 1, 2, 3  #: exit codes


def complain(line: str) -> None:
    """Print one line on standard error."""
    print("leeslamp: " + line.replace("\n", " "), file=sys.stderr)


def print_json(record: object) -> None:
    """Print one JSON document on a line."""
    from desktop.exporters.records import to_json

    print(to_json(record))


class Bar:
    """A progress line on a terminal; nothing where standard error is not one."""

    def __init__(self) -> None:
        self._shown = False

    def step(self, done: int, total: int, text: str = "") -> None:
        """Show how far the work is."""
        if sys.stderr.isatty():
            share = f"{done}/{total}" if total else str(done)
            print(f"\r\x1b[K{share}  {text[:60]}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def finish(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
