"""The timeline's list as a model that holds only the pages someone looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from desktop.i18n import _, format_date
from desktop.library.dates import Dated
from desktop.ui import timeline_words as words
from desktop.ui.page_wishes import PageWishes
from desktop.ui.sentences import within_sentence
from desktop.ui.timeline_lines import Head, Line, Lines

PAGE = 100  #: lines read at a time
LINE = Qt.ItemDataRole.UserRole + 1  #: the Head or Dated of a row; None while it is being read
_PAGES_KEPT = 40
_NO_INDEX = QModelIndex()


class TimelineModel(QAbstractListModel):
    """All lines of a stretch; what was not read yet is asked for when it is looked at.

    Signals:
        page_wanted: the first row of a page that somebody looks at, and its Lines.
    """

    page_wanted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines()
        self._pages: OrderedDict[int, Mapping[Line, Dated]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self._ask)

    def show_lines(self, lines: Lines) -> None:
        """Hold other lines, of which nothing has been read."""
        self.beginResetModel()
        self.lines = lines
        self._forget()
        self.endResetModel()

    def read_again(self) -> None:
        """Read what is in view once more: titles may have changed."""
        self._forget()
        if self.lines.total:
            self.dataChanged.emit(self.index(0), self.index(self.lines.total - 1))

    def _forget(self) -> None:
        self._pages.clear()
        self._wishes.clear()

    def page(self, start: int) -> list[Line]:
        """Return the lines of a page that are to be read."""
        rows = range(start, min(start + PAGE, self.lines.total))
        return [line for line in map(self.lines.__getitem__, rows) if isinstance(line, Line)]

    def put_page(self, start: int, read: Mapping[Line, Dated]) -> None:
        """Fill in a page that was asked for."""
        self._wishes.arrived(start)
        if start >= self.lines.total:
            return
        self._pages[start] = read
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(start + PAGE, self.lines.total) - 1
        self.dataChanged.emit(self.index(start), self.index(last))

    def line(self, row: int) -> Head | Dated | None:
        """Return a row; None while it is being read (which this asks for), or when it has gone."""
        line = self.lines[row]
        if isinstance(line, Head):
            return line
        start = row - row % PAGE
        page = self._pages.get(start)
        if page is not None:
            self._pages.move_to_end(start)
            return page.get(line)
        self._wishes.want(start)
        return None

    @Slot(object)
    def _ask(self, start: int) -> None:
        self.page_wanted.emit(start, self.page(start))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else self.lines.total

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.lines[index.row()], Head):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a row's Head or Dated, its words, or what a screen reader says of it."""
        if not index.isValid():
            return None
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role != LINE and role not in spoken:
            return None
        line = self.line(index.row())
        if role == LINE:
            return line
        if line is None:
            return "…"
        return ", ".join(head_words(line)) if isinstance(line, Head) else dated_words(line)


def head_words(head: Head) -> tuple[str, str]:
    """Return what a heading says, and how much there is below it."""
    if head.today:
        return _("Today, {date}").format(date=words.day_words(head.first)), _("what follows lies ahead")
    name = _("Longer periods") if head.longer else words.stretch_words(head.first, head.last)
    counts = [words.articles_words(head.articles)] if head.articles else []
    counts += [words.dates_words(head.dates)] if head.dates else []
    return name, "   ".join(counts)


def dated_words(dated: Dated) -> str:
    """Return what a screen reader says of a line."""
    when = words.period_words(dated.period)
    if not dated.words:
        return ", ".join(part for part in (_("article"), when, dated.title, dated.source) if part)
    before, after = within_sentence(dated.before, dated.after)
    return ", ".join((_("date mentioned"), when, f"{before}{dated.words}{after}", origin(dated)))


def origin(dated: Dated) -> str:
    """Return where a mentioned date stands: title, date and source of the article."""
    parts = (dated.title, format_date(dated.published, short=True), dated.source)
    return "   ".join(part for part in parts if part)
