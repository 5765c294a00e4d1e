"""Which pages of a long list are to be read: those that somebody looks at and that are not under way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_REST_MS = 15  # a fling asks only where it comes to rest
_PAGES_IN_VIEW = 2


class PageWishes(QObject):
    """Gathers what is looked at for a moment, then asks for the newest of it.

    Signals:
        asked: the offset of a page that is to be read.
    """

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: list[int] = []
        self._under_way: set[int] = set()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)

    def want(self, start: int) -> None:
        """Somebody looks at this page; looking at it once more does not put off its being read."""
        if start in self._under_way or start in self._wanted[-_PAGES_IN_VIEW:]:
            return
        if start in self._wanted:
            self._wanted.remove(start)
        self._wanted.append(start)
        self._rest.start()

    def arrived(self, start: int) -> None:
        """The page has been read."""
        self._under_way.discard(start)

    def clear(self) -> None:
        """The list is another one."""
        self._wanted.clear()
        self._under_way.clear()

    @Slot()
    def _ask(self) -> None:
        wanted, self._wanted = self._wanted[-_PAGES_IN_VIEW:], []
        for start in wanted:
            self._under_way.add(start)
            self.asked.emit(start)
