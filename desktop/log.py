"""The log: one rotating file, and the last lines in memory for "copy details"."""

from __future__ import annotations

import collections
import logging
import sys
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s %(message)s"
_KEPT_LINES = 500


class _Recent(logging.Handler):
    """Keeps the last formatted lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: collections.deque[str] = collections.deque(maxlen=_KEPT_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))


_recent = _Recent()


def start(folder: Path | None) -> None:
    """Log into `folder` (None, or not writable: into memory only).

    Called by `app` and `cli` alone; the window's program calls it without a folder first, and with
    one when there is time for what a log file needs.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    handlers: list[logging.Handler] = [_recent]
    if folder is not None:
        from logging.handlers import RotatingFileHandler

        try:
            folder.mkdir(parents=True, exist_ok=True)
            handlers.append(
                RotatingFileHandler(
                    folder / "leeslamp.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
                )
            )
        except OSError:
            pass  # a program that cannot log still has to run; `details` has the lines
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        if handler not in root.handlers:
            root.addHandler(handler)


def details(trace: str = "") -> str:
    """Return what a report of a problem needs: versions, the trace, the last lines of the log."""
    import platform

    from desktop import __version__

    head = f"Leeslamp {__version__}, Python {sys.version.split()[0]}, {platform.platform()}"
    return "\n".join(part for part in (head, trace, *list(_recent.lines)[-50:]) if part)
