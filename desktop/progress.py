"""How long work tells how far it is, and how it is told to stop."""

from __future__ import annotations

from collections import deque
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


class Pace:
    """How fast work goes and how long the rest takes, from its steps of the last half minute."""

    _SPAN = 30.0  # seconds that are looked back at
    _FIRST = 2.0  # seconds before anything is said

    def __init__(self) -> None:
        self._steps: deque[tuple[float, int]] = deque()  # (time, done), about one a second

    def step(self, done: int, now: float) -> None:
        """Note that `done` are finished at this moment (seconds of a clock that never goes back)."""
        if self._steps and done < self._steps[-1][1]:
            self._steps.clear()  # something else is being counted
        if len(self._steps) < 2 or now - self._steps[-2][0] >= 1.0:
            self._steps.append((now, done))
        else:
            self._steps[-1] = (now, done)
        while now - self._steps[0][0] > self._SPAN and len(self._steps) > 2:
            self._steps.popleft()

    def rest(self) -> None:
        """Forget the speed: the work stood still for a while."""
        self._steps.clear()

    @property
    def rate(self) -> float | None:
        """Return how many are finished in a second; None while that is not known."""
        if not self._steps:
            return None
        (begun, first), (now, last) = self._steps[0], self._steps[-1]
        return (last - first) / (now - begun) if now - begun >= self._FIRST and last > first else None

    def left(self, total: int) -> float | None:
        """Return the seconds that the rest of `total` takes; None while that is not known."""
        rate = self.rate
        return None if rate is None or not total else max(0.0, (total - self._steps[-1][1]) / rate)
