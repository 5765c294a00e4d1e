"""Which hits are marked in the article: those of the find bar while it is used, else those of the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.document_layout import Range
from desktop.ui.find_bar import FindBar
from desktop.ui.find_text import FoldedText
from desktop.ui.marks import Marks
from desktop.ui.sentences import context

_MOST_LISTED = 1000  # places


class Finding(QObject):
    """Finds in one article and steps through the places.

    Signals:
        hits_changed: other places are marked, or another one is the current.
        hit_reached: the (start, end) to show.
        closed: the find bar was closed.
    """

    hits_changed = Signal()
    hit_reached = Signal(object)
    closed = Signal()

    def __init__(self, bar: FindBar, top_place: Callable[[], int], parent: QWidget) -> None:
        """parent: gets the focus when the reader goes on to the text."""
        super().__init__(parent)
        self._bar = bar
        self._top_place = top_place
        self._text = ""
        self._folded: dict[bool, FoldedText] = {}  # by whether accents count
        self._marks: Marks | None = None
        self._query_hits: list[Range] = []
        bar.wanted_changed.connect(self._find)
        bar.next_requested.connect(self.go_on)
        bar.previous_requested.connect(self.go_back)
        bar.closed.connect(self.close)
        bar.list_wanted.connect(self._on_list)
        bar.place_chosen.connect(self._show)
        bar.text_wanted.connect(parent.setFocus)
        self._is_put_away = False  # the reader closed the bar: it does not come back by itself

    def use(self, text: str, marks: Marks) -> None:
        """Find in this text from now on and mark the places in `marks`."""
        if text is not self._text:
            self._text, self._folded = text, {}
        self._marks = marks
        self._refresh()

    def set_query_hits(self, ranges: Iterable[Range]) -> None:
        """Take the places a search of the library found in this article."""
        hits = list(ranges)
        self._is_put_away &= bool(hits)
        if hits != self._query_hits:
            self._query_hits = hits
            self._refresh()

    def open(self, words: str) -> None:
        """Open the bar, with these words in it when there are any."""
        self._bar.open(words)

    @Slot()
    def close(self) -> None:
        """Close the bar; the hits of the search are marked again."""
        self._is_put_away = True
        self._bar.hide()
        self._refresh()
        self.closed.emit()

    def _refresh(self) -> None:
        if self._marks is None:
            return
        wanted = self._bar.wanted
        if wanted:
            text = self._folded.get(self._bar.accents)
            if text is None:
                text = self._folded[self._bar.accents] = FoldedText(self._text, accents=self._bar.accents)
            self._marks.set_hits(text.find(wanted, whole_words=self._bar.whole_words))
        else:
            self._marks.set_hits(self._query_hits)
        self._tell_count(None)
        self._list_places()
        self.hits_changed.emit()

    # The list of them

    @Slot()
    def show_list(self) -> None:
        """List the hits and go to the list; again = put it away."""
        if self._bar.lists_places:
            self._bar.set_listing(False)
        elif self._marks is not None and self._marks.hits:
            if self._bar.isHidden():
                self._bar.show_hits(self._marks.current_hit, len(self._marks.hits))
            self._bar.set_listing(True)
            self._bar.go_to_list()

    @Slot(object)
    def _on_list(self, _shown: bool) -> None:
        self._list_places()

    def _list_places(self) -> None:
        if self._marks is None or not self._bar.lists_places:
            return
        places = [context(self._text, *hit) for hit in self._marks.hits[:_MOST_LISTED]]
        self._bar.show_places(places, self._marks.current_hit)

    @Slot(object)
    def _find(self, wanted: str) -> None:
        self._refresh()
        if wanted:
            self._show_from(self._top_place())

    def _show_from(self, place: int) -> None:
        """Show the first hit at or after a code point."""
        if self._marks is not None and self._marks.hits:
            self._show(next((i for i, hit in enumerate(self._marks.hits) if hit[0] >= place), 0))

    @Slot(object)
    def _show(self, index: int) -> None:
        assert self._marks is not None
        self._marks.current_hit = index
        self._bar.mark_place(index)
        if not self._bar.wanted:
            self._bar.show_hits(index, len(self._marks.hits))
        self._tell_count(index)
        self.hits_changed.emit()
        self.hit_reached.emit(self._marks.hits[index])

    def _tell_count(self, current: int | None) -> None:
        total = len(self._marks.hits) if self._marks is not None else 0
        if self._bar.isHidden() and total and not self._is_put_away:
            self._bar.show_hits(current, total)  # so that the reader sees that there are several
        elif not self._bar.shows_hits:
            self._bar.set_count(current, total if self._bar.wanted else 0)
        elif total:
            self._bar.show_hits(current, total)
        else:
            self._bar.hide()

    @Slot()
    def go_on(self) -> None:
        """Show the next place, after the last the first."""
        if self._marks is None or not self._marks.hits:
            return
        if self._marks.current_hit is None:
            self._show_from(self._top_place())
        else:
            self._show((self._marks.current_hit + 1) % len(self._marks.hits))

    @Slot()
    def go_back(self) -> None:
        """Show the previous place, before the first the last."""
        if self._marks is None or not self._marks.hits:
            return
        current = self._marks.current_hit
        if current is None:
            top = self._top_place()
            before = [i for i, hit in enumerate(self._marks.hits) if hit[0] < top]
            self._show(before[-1] if before else len(self._marks.hits) - 1)
        else:
            self._show((current - 1) % len(self._marks.hits))
