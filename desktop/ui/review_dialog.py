"""The list of notes whose passage moved or is gone, with what was marked and what is marked now."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, n_
from desktop.model import AnnotationId
from desktop.ui.dialog_buttons import acting_button, closing_buttons
from desktop.ui.note_preview import plain_note
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.review_notes import Review, Shown

_SIZE = (860, 520)  # pixels, at first
_LIST_WIDTH = 300  # pixels
_LONGEST = 90  # characters of a passage in the list
_CUT = 32  # characters from which on what stands around a passage was cut off somewhere
_REVIEW = Qt.ItemDataRole.UserRole + 1


class ReviewDialog(QDialog):
    """Shows one note after the other; what is settled leaves the list.

    Signals:
        shown: the Review that was chosen: to be shown in the text.
        accepted_places: the AnnotationIds whose place is right.
        place_requested: the Review that is to stand on the selected passage.
        keep_requested: the AnnotationId of what is to be a note on the whole article.
        delete_requested: the AnnotationId of what is to be deleted.
        undo_requested: the last change is to be undone.
    """

    shown = Signal(object)
    accepted_places = Signal(object)
    place_requested = Signal(object)
    keep_requested = Signal(object)
    delete_requested = Signal(object)
    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewDialog")
        self.setWindowTitle(_("Check notes"))
        self.setModal(False)
        self.resize(*_SIZE)
        self._theme = theme
        self._last_shown: object = None
        self.head = QLabel(wordWrap=True)
        self.rows = _Rows()
        self.page = QTextBrowser(objectName="reviewPage", openLinks=False)
        self.page.setAccessibleName(_("Passage before and now"))
        self.page.document().setDocumentMargin(14)
        parts = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        parts.addWidget(self.rows)
        parts.addWidget(self.page)
        parts.setSizes([_LIST_WIDTH, _SIZE[0] - _LIST_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.head)
        layout.addWidget(parts, 1)
        layout.addLayout(self._make_actions())
        layout.addWidget(self._make_buttons())
        self.rows.currentItemChanged.connect(self._show_current)
        self.rows.delete_wanted.connect(self._delete)
        self.rows.itemActivated.connect(self._accept)
        self._show_current()

    def _make_actions(self) -> QHBoxLayout:
        self._right = acting_button(_("&Right"), "reviewRight", self._accept)
        self._place = acting_button(_("&Place on selection"), "reviewPlace", self._put)
        self._place.setToolTip(_("Select the passage in the text first"))
        self._keep = acting_button(_("&Keep as note on the article"), "reviewKeep", self._keep_it)
        self._remove = acting_button(_("&Delete note"), "reviewDelete", self._delete)
        row = QHBoxLayout()
        for button in (self._right, self._place, self._keep, self._remove):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        self._all = acting_button(_("&All with the same words are right"), "reviewAll", self._accept_all)
        self._undo = acting_button(_("&Undo"), "reviewUndo", self._take_back)
        self._undo.setEnabled(False)
        for button in (self._all, self._undo):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return buttons

    @Slot(object)
    def show_reviews(self, reviews: Sequence[Review]) -> None:
        """Show these notes; the one that was chosen stays so, or else the next one is."""
        self.rows.show_reviews(reviews)
        lost = sum(review.new is None for review in reviews)
        self.head.setText(_head(len(reviews), lost))
        self._all.setEnabled(any(review.same_words for review in reviews))
        self._show_current()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        review = self.rows.current()
        self._right.setEnabled(review is not None and review.new is not None)
        for button in (self._place, self._keep, self._remove):
            button.setEnabled(review is not None)
        self.page.setHtml(self._words(review) if review is not None else "")
        place = (review.annotation.id, review.annotation.start) if review is not None else None
        if review is not None and place != self._last_shown:  # a list that was read again moves nothing
            self._last_shown = place
            self.shown.emit(review)

    def _words(self, review: Review) -> str:
        now = (
            self._passage(review.new, review)
            if review.new is not None
            else f"<p><i>{html.escape(_('This passage is no longer in the text.'))}</i></p>"
        )
        note = f"<p>{html.escape(words)}</p>" if (words := plain_note(review.annotation.note)) else ""
        return (
            f"<h4>{html.escape(review.title)}</h4>{note}"
            f"<h4>{html.escape(_('Before'))}</h4>{self._passage(review.old, review)}"
            f"<h4>{html.escape(_('Now'))}</h4>{now}"
        )

    def _passage(self, shown: Shown, review: Review) -> str:
        behind, words, ahead = shown
        if len(behind) >= _CUT:  # begins in the middle of a word
            behind = "…" + behind.partition(" ")[2]
        if len(ahead) >= _CUT:
            ahead = ahead.rpartition(" ")[0] + "…"
        behind, words, ahead = (
            html.escape(" ".join(f"|{part}|".split()))[1:-1] for part in (behind, words, ahead)
        )
        colour, ink = self._theme.highlight(review.annotation.colour).name(), self._theme.color("ink").name()
        return f"<p>{behind}<span style='background: {colour}; color: {ink}'>{words}</span>{ahead}</p>"

    # What the buttons do

    def _accept(self) -> None:
        if (review := self.rows.current()) is not None and review.new is not None:
            self._settle()
            self.accepted_places.emit([review.annotation.id])

    def _accept_all(self) -> None:
        if right := [review.annotation.id for review in self.rows.all() if review.same_words]:
            self._settle()
            self.accepted_places.emit(right)

    def _put(self) -> None:
        if (review := self.rows.current()) is not None:
            self.place_requested.emit(review)

    def _keep_it(self) -> None:
        if (review := self.rows.current()) is not None:
            self._settle()
            self.keep_requested.emit(review.annotation.id)

    @Slot()
    def _delete(self) -> None:
        if (review := self.rows.current()) is not None:
            self._settle()
            self.delete_requested.emit(review.annotation.id)

    def _settle(self) -> None:
        self._undo.setEnabled(True)

    def placed(self) -> None:
        """Offer to undo: a note was put on the selection."""
        self._settle()

    def _take_back(self) -> None:
        self._undo.setEnabled(False)
        self.undo_requested.emit()


def _head(count: int, lost: int) -> str:
    if not count:
        return _("Every note has its place.")
    words = n_("{n} note to look at", "{n} notes to look at", count)
    if lost:
        words += "; " + n_("{n} passage is gone", "{n} passages are gone", lost)
    return words


class _Rows(QListWidget):
    """One line for each note: where it stands with it, and its words.

    Signals:
        delete_wanted: Delete was pressed.
    """

    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="reviewList")
        self.setAccessibleName(_("Notes to look at"))
        self.setWordWrap(True)
        self.setSpacing(3)

    def show_reviews(self, reviews: Sequence[Review]) -> None:
        """Show these."""
        row, current = self.currentRow(), self.current()
        chosen = current.annotation.id if current is not None else None
        self.blockSignals(True)
        self.clear()
        for review in reviews:
            item = QListWidgetItem(f"{_state(review)}\n“{_short(review.old[1])}”")
            item.setData(_REVIEW, review)
            item.setToolTip(review.title)
            self.addItem(item)
        places: list[AnnotationId] = [review.annotation.id for review in reviews]
        self.setCurrentRow(places.index(chosen) if chosen in places else min(max(0, row), len(places) - 1))
        self.blockSignals(False)

    def current(self) -> Review | None:
        """Return what is chosen."""
        item = self.currentItem()
        return item.data(_REVIEW) if item is not None else None

    def all(self) -> list[Review]:
        """Return everything in the list."""
        return [self.item(row).data(_REVIEW) for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell when Delete is pressed."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


def _state(review: Review) -> str:
    if review.new is None:
        return _("Passage gone")
    return _("Moved") if review.same_words else _("Moved, in other words")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + "…"
