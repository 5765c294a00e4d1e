"""Gives a highlight another beginning or end: by dragging its handles, or word by word with keys.

The page shows at once what is meant; the library is asked when the reader lets go or pauses, so that many
small steps are one change, with one step back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent

from desktop.model import Annotation
from desktop.ui.reading_area import ReadingArea
from desktop.ui.wishes import Resizing

_FASTEST = 60  # pixels a movement of the mouse scrolls by, at most
_PAUSE = 700  # ms without a key after which the library is asked
_WORD = re.compile(r"\w+(?:['’\-./]\w+)*|[^\w\s]")


class Edge(StrEnum):
    """The two ends of a highlight."""

    START = "start"
    END = "end"


#: what the actions that resize a highlight do: which end, and whether forward
EDGE_STEPS = {
    "longer_end": (Edge.END, True),
    "shorter_end": (Edge.END, False),
    "longer_start": (Edge.START, False),
    "shorter_start": (Edge.START, True),
}


def stepped(text: str, start: int, end: int, edge: Edge, *, forward: bool) -> tuple[int, int]:
    """Move one end of `[start, end)` by a word; it never becomes empty and never leaves the text."""
    words = [match.span() for match in _WORD.finditer(text, max(start - 400, 0), min(end + 400, len(text)))]
    if edge is Edge.END:
        places = [last for _first, last in words]
        wanted = (
            [p for p in places if p > end][:1] if forward else [p for p in places if start < p < end][-1:]
        )
        return start, wanted[0] if wanted else end
    places = [first for first, _last in words]
    wanted = [p for p in places if start < p < end][:1] if forward else [p for p in places if p < start][-1:]
    return wanted[0] if wanted else start, end


class HighlightEdges(QObject):
    """Moves the ends of the highlight at the caret.

    Signals:
        resize_requested: a Resizing.
    """

    resize_requested = Signal(object)

    def __init__(self, area: ReadingArea, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._pending: Resizing | None = None
        self._before: tuple[int, int] | None = None
        self._dragged: Edge | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.hand_over)
        area.view.viewport().installEventFilter(self)
        area.view.installEventFilter(self)

    # Keys

    def step(self, edge: Edge, *, forward: bool) -> bool:
        """Move an end of the highlight at the caret by a word; False when there is none."""
        chosen = self._area.marks.chosen
        if chosen is None or chosen.start is None or chosen.end is None or self._area.opened is None:
            return False
        text = self._area.opened.version.text
        self._show(chosen, *stepped(text, chosen.start, chosen.end, edge, forward=forward))
        self._pause.start()
        return True

    def _show(self, chosen: Annotation, start: int, end: int) -> None:
        if (start, end) == (chosen.start, chosen.end):
            return
        if self._pending is None or self._pending.annotation != chosen.id:
            self.hand_over()
            self._before = (chosen.start or 0, chosen.end or 0)
        self._pending = Resizing(chosen.id, start, end)
        marks = self._area.marks
        marks.set_annotations(self.applied(marks.annotations))
        marks.chosen = next(a for a in marks.annotations if a.id == chosen.id)
        self._keep_caret_inside(start, end)
        self._area.refresh()

    def _keep_caret_inside(self, start: int, end: int) -> None:
        caret = self._area.view.caret()
        if not start <= caret < end:
            self._area.view.select(min(max(caret, start), end - 1), start)

    def applied(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return annotations with the change that is still to be handed over."""
        pending = self._pending
        return [
            replace(a, start=pending.start, end=pending.end) if pending and a.id == pending.annotation else a
            for a in annotations
        ]

    @Slot()
    def hand_over(self) -> None:
        """Ask for what was changed, if anything was."""
        self._pause.stop()
        pending, before = self._pending, self._before
        self._pending = self._before = None
        if pending is None or before == (pending.start, pending.end):
            return
        self.resize_requested.emit(pending)

    def _give_up(self) -> None:
        """Show the highlight as it was."""
        pending, before = self._pending, self._before
        self._pause.stop()
        self._pending = self._before = self._dragged = None
        marks = self._area.marks
        if pending is not None and before is not None:
            back = [
                replace(a, start=before[0], end=before[1]) if a.id == pending.annotation else a
                for a in marks.annotations
            ]
            marks.set_annotations(back)
            marks.chosen = next((a for a in back if a.id == pending.annotation), None)
            self._area.refresh()

    # The mouse

    def _handle_at(self, point: QPoint) -> Edge | None:
        handles = self._area.view.handles()
        if handles is None:
            return None
        return next((edge for edge, spot in zip(Edge, handles, strict=True) if spot.contains(point)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drag the handles; Esc gives up."""
        if isinstance(event, QMouseEvent) and watched is self._area.view.viewport():
            return self._on_mouse(event)
        if self._dragged is not None and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return True
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        spot = event.position().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._dragged = self._handle_at(spot)
            if self._dragged is not None:
                self._area.hide_floating()
            return self._dragged is not None
        if event.type() is QEvent.Type.MouseMove:
            if self._dragged is not None:
                self._drag_to(spot)
                return True
            if self._handle_at(spot) is not None:
                self._area.view.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
                return True
        if event.type() is QEvent.Type.MouseButtonRelease and self._dragged is not None:
            self._dragged = None
            self.hand_over()
            return True
        return False

    def _scroll_towards(self, spot: QPoint) -> None:
        """Go on beyond the edge of what is visible."""
        view = self._area.view
        beyond = min(spot.y(), 0) + max(spot.y() - view.viewport().height(), 0)
        if beyond:
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + max(-_FASTEST, min(beyond, _FASTEST)))

    def _drag_to(self, spot: QPoint) -> None:
        self._scroll_towards(spot)
        chosen = self._area.marks.chosen
        place = self._area.view.nearest_place(spot)
        if chosen is None or chosen.start is None or chosen.end is None or place is None:
            return
        if self._dragged is Edge.START:
            start, end = min(place, chosen.end - 1), chosen.end
        else:
            start, end = chosen.start, max(place, chosen.start + 1)
        self._show(chosen, start, end)
