"""The found articles as a list model that holds only the pages someone looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.i18n import _, n_
from desktop.model import Article, ArticleId, Hit
from desktop.ui.article_words import date_words
from desktop.ui.page_wishes import PageWishes

PAGE = 100  #: articles read at a time
_PAGES_KEPT = 50
_NO_INDEX = QModelIndex()
ARTICLES_MIME = "application/x-leeslamp-articles"  #: the library's numbers of articles that are dragged
HIT = Qt.ItemDataRole.UserRole + 1  #: the Hit of a row, None while it is being read


class ResultModel(QAbstractListModel):
    """All rows of a result; a row that was not read yet is asked for when it is looked at.

    Signals:
        page_wanted: the offset (a multiple of PAGE) of a page that somebody looks at.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self.rows: Sequence[int] = ()  #: the library's numbers of all articles, in order
        self._pages: OrderedDict[int, list[Hit]] = OrderedDict()
        self._wishes = PageWishes(self)
        self._wishes.asked.connect(self.page_wanted)

    def show_result(self, total: int, pages: Mapping[int, Sequence[Hit]], rows: Sequence[int] = ()) -> None:
        """Hold another result, of which the pages that start at these rows are known."""
        self.beginResetModel()
        self._total, self.rows = total, rows
        self._pages.clear()
        self._wishes.clear()
        for start, hits in pages.items():
            if start < total:
                self._pages[start] = list(hits)
        self.endResetModel()

    def put_page(self, offset: int, hits: Sequence[Hit]) -> None:
        """Fill in a page that was asked for."""
        self._wishes.arrived(offset)
        if not hits or offset >= self._total:
            return
        self._pages[offset] = list(hits)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(offset + len(hits), self._total) - 1
        self.dataChanged.emit(self.index(offset), self.index(last))

    def replace(self, change: Callable[[Article], Article | None]) -> None:
        """Show articles anew where `change` returns another one."""
        for start, page in self._pages.items():
            for place, hit in enumerate(page):
                fresh = change(hit.article)
                if fresh is not None and fresh != hit.article:
                    page[place] = replace(hit, article=fresh)
                    index = self.index(start + place)
                    self.dataChanged.emit(index, index)

    def known_ids(self) -> list[ArticleId]:
        """Return the articles that have been read, in order."""
        return [hit.article.id for start in sorted(self._pages) for hit in self._pages[start]]

    def hit(self, row: int) -> Hit | None:
        """Return a row's Hit; None while it is being read (which this asks for)."""
        start = row - row % PAGE
        page = self._pages.get(start)
        if page is not None:
            self._pages.move_to_end(start)
            return page[row - start] if row - start < len(page) else None
        if 0 <= row < self._total:
            self._wishes.want(start)
        return None

    def number(self, row: int) -> int | None:
        """Return the library's number of the article in a row; None for no row."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def row_of(self, article: ArticleId) -> int | None:
        """Return the row of an article among those that have been read."""
        for start, page in self._pages.items():
            for place, hit in enumerate(page):
                if hit.article.id == article:
                    return start + place
        return None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """Return how many articles were found."""
        return 0 if parent.isValid() else self._total

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let articles be dragged."""
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        )

    def mimeTypes(self) -> list[str]:
        """Return what is dragged."""
        return [ARTICLES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the numbers of the articles in these rows."""
        numbers = dict.fromkeys(self.number(index.row()) for index in indexes)
        data = QMimeData()
        data.setData(ARTICLES_MIME, ",".join(str(one) for one in numbers if one is not None).encode())
        return data

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a row's Hit, its title, or what a screen reader says of it."""
        if not index.isValid():
            return None
        if role not in (HIT, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        hit = self.hit(index.row())
        if role == HIT:
            return hit
        if hit is None:
            return "…"
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.article.title
        return ", ".join((hit.article.title, *facts(hit.article), *copies(hit), *states(hit.article)))


def dragged_rows(data: QMimeData) -> list[int]:
    """Return the numbers of the articles that are dragged."""
    words = bytes(data.data(ARTICLES_MIME).data()).decode()
    return [int(one) for one in words.split(",") if one.isdigit()]


def fitting(article: Article, fits: Callable[[list[str]], bool]) -> list[str]:
    """Return of the facts as many as fit on a line: amounts go first, then actors, notes and the source.

    fits: tells whether these facts fit.
    """
    shown = facts(article)
    begin = sum(1 for fact in (article.published, article.source) if fact)
    notes = 1 if article.notes else 0
    while len(shown) > 1 and not fits(shown):
        if len(shown) > begin + notes:
            del shown[-1 - notes]  # amounts, then actors
        elif len(shown) > begin:
            del shown[-1]
        else:
            break  # a long source is shortened with dots
    return shown


def facts(article: Article) -> list[str]:
    """Return what stands under a title: date, source, numbers of actors, amounts and notes."""
    found = [date_words(article, short=True), article.source or ""]
    if article.actors:
        found.append(n_("{n} actor", "{n} actors", article.actors))
    if article.amounts:
        found.append(n_("{n} amount", "{n} amounts", article.amounts))
    if article.notes:
        found.append(n_("{n} note", "{n} notes", article.notes))
    return [fact for fact in found if fact]


def copies(hit: Hit) -> list[str]:
    """Return how many copies of an article are not listed, in words; nothing for none."""
    return [n_("+{n} copy", "+{n} copies", hit.copies)] if hit.copies else []


def states(article: Article) -> list[str]:
    """Return what the look of a row says, in words."""
    found = [] if article.read_at else [_("unread")]
    return [*found, _("starred")] if article.starred else found
