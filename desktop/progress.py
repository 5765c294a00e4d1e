"""How long work tells how far it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Given to every long task; `step` is the only place where a task can be cancelled."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell that `done` of `total` are finished (total 0 = not known yet).

        text: what is being worked on, as data (a file name, a title), never a sentence.
        Raises `errors.Cancelled` when the reader asked to stop.
        """
        ...


class SilentProgress:
    """Listens to nobody and never cancels."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Do nothing."""
