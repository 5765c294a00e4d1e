"""The list of a dialog: how its rows look, and what stands there while there are none."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedLayout, QTreeView, QWidget

from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.theme import Theme

ROW = 28  #: pixels


def make_plain(rows: QTreeView) -> None:
    """Let a tree look and act as a plain list of rows that are read, not edited."""
    rows.setRootIsDecorated(False)
    rows.setUniformRowHeights(True)
    rows.setAllColumnsShowFocus(True)
    rows.setTabKeyNavigation(False)
    rows.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
    rows.setFrameShape(QFrame.Shape.NoFrame)
    rows.header().setStretchLastSection(False)
    rows.header().setSectionsMovable(False)


class ListingFrame(QFrame):
    """Shows the rows, or why there are none; nothing is said before the list has been read."""

    def __init__(self, name: str, rows: QTreeView, none: Emptiness, theme: Theme) -> None:
        super().__init__(objectName=name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        empty = EmptyState(theme)
        empty.explain(none)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(1, 1, 1, 1)
        for page in (QWidget(), rows, empty):
            self._pages.addWidget(page)

    def tell(self, any_rows: bool) -> bool:
        """Show the rows, or that there are none; True the first time."""
        is_first = self._pages.currentIndex() == 0
        self._pages.setCurrentIndex(1 if any_rows else 2)
        return is_first
