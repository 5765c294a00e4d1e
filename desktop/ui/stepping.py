"""Goes from mark to mark in the article, round and round."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot

from desktop.ui.document_layout import Range
from desktop.ui.reading_area import ReadingArea


class Stepping(QObject):
    """Steps from the caret on to the next or previous mention or highlight that is shown."""

    def __init__(self, area: ReadingArea, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area

    def _step(self, places: Iterable[Range], forward: bool) -> None:
        ranges, caret = list(places), self._area.view.caret()
        if not ranges:
            return
        if forward:
            found = next((r for r in ranges if r[0] > caret), ranges[0])
        else:
            found = next((r for r in reversed(ranges) if r[0] < caret), ranges[-1])
        self._area.go_to(*found)

    def _mentions(self) -> Iterable[Range]:
        marks = self._area.marks
        return ((m.start, m.end) for m in marks.mentions if marks.shows(m))

    def _highlights(self) -> Iterable[Range]:
        marks = self._area.marks
        return ((a.start or 0, a.end or 0) for a in marks.placed if marks.shows_highlights)

    @Slot()
    def next_mention(self) -> None:
        """Go to the next mention that is shown."""
        self._step(self._mentions(), True)

    @Slot()
    def previous_mention(self) -> None:
        """Go to the previous mention that is shown."""
        self._step(self._mentions(), False)

    @Slot()
    def next_highlight(self) -> None:
        """Go to the next highlight."""
        self._step(self._highlights(), True)

    @Slot()
    def previous_highlight(self) -> None:
        """Go to the previous highlight."""
        self._step(self._highlights(), False)
