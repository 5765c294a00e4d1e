"""The article's text with what stands around it: notes in the margin, the overview strip, the note editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.model import ACTOR_KINDS, Mention
from desktop.ui.actor_wishes import ActorWish, about_mention
from desktop.ui.article_view import ArticleView
from desktop.ui.document_layout import DocumentMap, Laid, Range
from desktop.ui.hover_card import HoverCard, describe
from desktop.ui.margin_notes import ICON, MarginNotes
from desktop.ui.marks import Marks
from desktop.ui.note_editor import NoteEditor
from desktop.ui.overview_strip import WIDTH as STRIP
from desktop.ui.overview_strip import Heights, OverviewStrip, overview_ticks
from desktop.ui.selection_bar import SelectionBar
from desktop.ui.text_offsets import TextOffsets
from desktop.ui.theme import Theme
from desktop.ui.typography import PADDING, Typography

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_SIDE = 26  # least margin left of the text, pixels
_GAP = 8  # between text and notes
_NOTES = (130, 250)  # narrowest and widest margin for notes
_AROUND = 8  # pixels around the editor under the text
_EDITOR = 220  # least width to edit in the margin


class ReadingArea(QWidget):
    """Lays out text, margins and what floats over them. `DocumentPane` connects the parts.

    Signals:
        mention_entered: the Mention the caret came to.
        annotation_entered: the AnnotationId of the highlight the caret came to.
        scrolled: the text moved under the reader.
        actor_wished: an ActorWish.
    """

    mention_entered = Signal(object)
    annotation_entered = Signal(object)
    scrolled = Signal()
    actor_wished = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readingArea")
        self.view = ArticleView(self)
        self.strip = OverviewStrip(self.view)
        self.notes = MarginNotes(self.view)
        self.editor = NoteEditor(self)
        self.selection_bar = SelectionBar(self)
        self.card = HoverCard(self)
        self.marks = Marks(DocumentMap(TextOffsets(""), ()))
        self._theme = theme
        self._typography = Typography(theme, 1.0)
        self._opened: OpenedArticle | None = None  # for the hover card
        self._heights: Heights | None = None
        self._folded = False
        self._at_caret: Mention | None = None
        self._wanted: int | None = None  # the place to go to once there is a size to place it in
        self._ticks_due = QTimer(self, singleShot=True, interval=0)  # once for many changes, after the text
        self._ticks_due.timeout.connect(self._show_ticks)
        self.view.scrolled.connect(self._on_scrolled)
        self.view.caret_moved.connect(self._on_caret)
        self.strip.place_requested.connect(self._on_strip)
        self.view.selected.connect(self._on_selected)
        self.view.clicked.connect(self._on_clicked)
        self.view.hovered.connect(self._on_hovered)
        self.card.actor_wished.connect(self._on_wished)
        self.editor.height_changed.connect(self.fit)

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme; the text itself takes it with the next `show_laid`."""
        self._theme = theme
        page, ink = theme.color("page").name(), theme.color("ink").name()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#readingArea {{ background: {page}; }}"
            f" #articleText {{ background: {page}; color: {ink}; border: none; border-radius: 0; padding: 0;"
            f" selection-background-color: transparent; selection-color: {ink}; }}"
        )
        for part in (self.notes, self.editor, self.selection_bar, self.card):
            part.set_theme(theme)

    @property
    def opened(self) -> OpenedArticle | None:
        """Return the article that is told of; None for none."""
        return self._opened

    def know(self, opened: OpenedArticle | None) -> None:
        """Show this article: its card, its notes."""
        self._opened = opened

    def show_laid(self, laid: Laid, marks: Marks, typography: Typography, place: int) -> None:
        """Show a document with its marks, `place` at the top."""
        self.marks, self._typography = marks, typography
        self.view.show_laid(laid, marks, typography, self._columns()[1])
        self.notes.set_notes(marks.annotations)
        self.fit()
        self.view.scroll_to(place)
        self._wanted = None if self.isVisible() else place
        self.place_notes()

    def refresh(self) -> None:
        """Show what changed in the marks."""
        self.view.refresh()
        self._ticks_due.start()

    @Slot()
    def _show_ticks(self) -> None:
        if self._heights is None:
            width = self.view.lineWrapColumnOrWidth() - 2 * PADDING
            self._heights = Heights(self.marks.layout, self._typography, width)
        self.strip.set_ticks(overview_ticks(self.marks, self._theme), self._heights)

    def _passage_rect(self, start: int, end: int) -> QRect:
        """Return where the first line of a passage stands, in this widget's pixels."""
        return self.view.passage_rect(start, end).translated(self.view.viewport().mapTo(self, QPoint(0, 0)))

    def hide_floating(self) -> None:
        """Hide the hover card and the selection bar."""
        self.card.hide()
        self.selection_bar.hide()

    # The caret

    def go_to(self, start: int, end: int, *, flash: bool = True) -> None:
        """Bring a passage into view, put the caret there and let it light up for a moment."""
        self.hide_floating()
        self.view.go_to(start, end, flash=flash)

    @Slot(object)
    def show_hit(self, hit: Range) -> None:
        """Bring a hit into view; it is marked as the current one already."""
        self.go_to(*hit, flash=False)

    @Slot(object)
    def _on_strip(self, place: int) -> None:
        self.go_to(place, place)
        self.view.setFocus()

    def mention_at_caret(self) -> Mention | None:
        """Return the mention the caret is in or directly behind."""
        return self.marks.mention_at(self.view.caret(), touching=True)

    @Slot(object)
    def _on_caret(self, place: int) -> None:
        marks = self.marks
        mention, annotation = self.mention_at_caret(), marks.annotation_at(place)
        if (annotation and annotation.id) != (marks.chosen and marks.chosen.id):
            marks.chosen = annotation
            self.place_notes()
            self.refresh()
            if annotation is not None:
                self.annotation_entered.emit(annotation.id)
        if mention is not self._at_caret:
            self._at_caret = mention
            marks.active = mention if mention is not None and mention.kind in ACTOR_KINDS else None
            self.refresh()
            if mention is not None:
                self.mention_entered.emit(mention)

    # What floats over the text

    @Slot(object)
    def _on_selected(self, selection: Range | None) -> None:
        passage = self.view.passage() if selection else None
        self.hide_floating()
        if passage is not None:
            self.selection_bar.show_at(self._passage_rect(*passage), self.view.geometry())

    @Slot(object)
    def _on_clicked(self, place: int) -> None:
        self.hide_floating()
        if (annotation := self.marks.annotation_at(place)) is not None:
            rect = self._passage_rect(place, place + 1)
            self.selection_bar.show_at(rect, self.view.geometry(), chosen=annotation.colour)

    @Slot(object)
    def _on_hovered(self, mention: Mention | None) -> None:
        if mention is None:
            self.card.leave()
        elif not self.selection_bar.isVisible():
            self.show_card(mention)

    def show_card(self, mention: Mention) -> None:
        """Tell about a mention."""
        opened = self._opened
        if opened is None:
            return
        purpose = mention.sense.purpose if mention.sense else None
        words = describe(
            mention,
            self.marks.mentions,
            opened.actors,
            opened.article.published,
            " ".join(opened.version.text[slice(*purpose)].split()) if purpose else "",
        )
        rect = self._passage_rect(mention.start, mention.end)
        rect.setBottom(self._passage_rect(mention.end - 1, mention.end).bottom())  # it may go on below
        about = about_mention(opened, mention)
        self.card.show_for(mention, words, rect, self.view.geometry(), about)

    @Slot(object)
    def _on_wished(self, wish: ActorWish) -> None:
        self.hide_floating()
        self.actor_wished.emit(wish)

    # Columns

    def _columns(self) -> tuple[int, int, int, bool]:
        """Return margin left, width of the text, margin right, and whether the notes fold to icons."""
        room = self.width() - self.view.verticalScrollBar().sizeHint().width()
        column = self._typography.column
        spare = room - (_SIDE + column + _GAP + _NOTES[0] + STRIP)
        if spare >= 0:
            notes = min(_NOTES[1], _NOTES[0] + spare)
            left = max(_SIDE, min((room - column) // 2, room - column - _GAP - notes - STRIP))
            return left, column, room - left - column, False
        right = _GAP + ICON + 4 + STRIP
        column = max(160, min(column, room - right - _SIDE // 2))
        left = max(_SIDE // 2, min((room - column) // 2, room - column - right))
        return left, column, room - left - column, True

    def fit(self) -> None:
        """Place column, notes, strip and editor in the room there is."""
        left, width, right, self._folded = self._columns()
        notes = ICON if self._folded else min(right - _GAP - STRIP - 4, _NOTES[1])
        self.notes.resize(notes, self.notes.height())  # first: it says where the editor goes
        height = self.height() - (self._docked_height() if self.editor.isVisibleTo(self) else 0)
        self.view.setGeometry(0, 0, self.width(), height)
        self.view.set_column(left, width, right)
        self.notes.setGeometry(left + width + _GAP, 0, notes, height)
        self.strip.setGeometry(left + width + right - STRIP, 0, STRIP, height)
        self._heights = None
        self.notes.forget_places()
        self.place_notes()
        self._place_editor()
        self.refresh()

    def place_notes(self) -> None:
        """Put the notes beside their passages."""
        chosen = self.marks.chosen
        in_margin = self.editor.isVisibleTo(self) and self._edits_in_margin()
        self.notes.set_state(
            folded=self._folded,
            chosen=chosen.id if chosen else None,
            edited=self.editor.annotation if in_margin else None,
        )
        scroll = self.view.verticalScrollBar().value()
        self.notes.place(scroll, self.view.bottom_place(), lambda place: self.view.line_rect(place).top())

    # The editor

    def show_editor(self) -> None:
        """Show the editor where it belongs and put the caret in it."""
        self.editor.show()
        self.fit()
        if (place := self._edited_place()) is not None:
            self.view.reveal(place)
        self.editor.setFocus()

    def hide_editor(self) -> None:
        """Give the editor's place back to the text."""
        if self.editor.isVisibleTo(self):
            self.editor.hide()
            self.fit()

    def _edits_in_margin(self) -> bool:
        return not self._folded and self.notes.width() >= _EDITOR

    def _docked_height(self) -> int:
        """Return what the editor takes of the height of the text: nothing beside it, its own under it."""
        if self._edits_in_margin():
            return 0
        self.editor.resize(self.width() - 2 * _AROUND, self.editor.height())
        return self.editor.wanted_height + 2 * _AROUND

    def _edited_place(self) -> int | None:
        if self.editor.draft:
            return self.editor.draft.start
        return next((a.start for a in self.marks.annotations if a.id == self.editor.annotation), None)

    def _place_editor(self) -> None:
        """Put the editor beside its passage, or under the text where the margin is too narrow."""
        if not self.editor.isVisibleTo(self):
            return
        height = self.editor.wanted_height
        if not self._edits_in_margin():
            below = self.height() - height - _AROUND
            self.editor.setGeometry(_AROUND, below, self.width() - 2 * _AROUND, height)
            return
        place = self._edited_place()
        wished = 12 if place is None else self.view.viewport_rect(place).top()
        y = min(max(wished, 8), self.height() - height - 8)
        self.editor.setGeometry(self.notes.x(), y, self.notes.width(), height)
        self.editor.raise_()

    # Events

    @Slot()
    def _on_scrolled(self) -> None:
        self.hide_floating()
        self.place_notes()
        self._place_editor()
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit everything into the new size."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Go to the wanted place now that there is a size to place it in."""
        super().showEvent(event)
        if self._wanted is not None:
            self.view.scroll_to(self._wanted)
            self._wanted = None
