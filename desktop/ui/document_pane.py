"""The pane in which an article is read and annotated. It shows and asks; it never writes to the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.model import Annotation, ArticleId, Mention
from desktop.ui.annotating import Annotating
from desktop.ui.article_menu import article_menu
from desktop.ui.article_words import headline, meta_line, nothing_open, subtitle_line
from desktop.ui.document_layout import Range, lay_out
from desktop.ui.empty_state import EmptyState
from desktop.ui.find_bar import FindBar
from desktop.ui.finding import Finding
from desktop.ui.marks import MarkGroup, Marks
from desktop.ui.reading_area import ReadingArea
from desktop.ui.reading_keys import act_on
from desktop.ui.selection_bar import swatch
from desktop.ui.stepping import Stepping
from desktop.ui.theme import Theme
from desktop.ui.typefaces import ReadingStyle
from desktop.ui.typography import Typography

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_SETTLED = 400  # ms without scrolling after which the reading position is told
_NARROWEST = 300  # pixels
_LONGEST_FIND = 80  # characters of a selection that are taken into the find bar


class DocumentPane(QWidget):
    """One article: its text with marks, notes in the margin, an overview beside the scroll bar, a find bar.

    All places are code points of the text version that is shown. `annotating` highlights and writes notes,
    `steps` goes from mark to mark, `finding` from hit to hit.

    Signals:
        mention_entered: the Mention the caret came to.
        mention_clicked: the Mention that was clicked (or Enter was pressed on).
        annotation_entered: the AnnotationId of the highlight the caret came to.
        highlight_requested: a Highlighting (start, end, colour).
        recolour_requested: a Recolouring (annotation id, colour).
        note_requested: (start, end) of a new annotation that is to hold a note. Its editor is open already,
            and takes up the annotation that `set_annotations` brings with exactly this range.
        annotation_changed_requested: a NoteChange (annotation id, note, tags).
        passage_note_requested: a PassageNote: words for an annotation that is not known here yet.
        resize_requested: a Resizing (annotation id, start, end).
        note_typed, note_taken_back: an Unsaved to be kept until it is stored; its slot, when it is as stored.
        quote_copied: the words that were put on the clipboard with their source.
        delete_annotation_requested: an AnnotationId.
        position_changed: the code point at the top of the pane once it rests.
        link_clicked: the address of a link in the text.
        zoom_requested: +1 or -1 step (Ctrl + wheel).
        selection_missed: a highlight or note was asked for where there is no passage for it.
        actor_requested, search_requested: the ActorId of a page to be shown; a query that finds an actor.
        reject_requested: a Rejecting (mention, scope): an amount, a date or a name that is none.
        correct_requested: a Mention that means something else.
        actor_wished: an ActorWish.
        name_requested: the selection is a name; what it is is to be asked.
        left: Esc was pressed with nothing left to close.
    """

    mention_entered = Signal(object)
    mention_clicked = Signal(object)
    actor_requested = Signal(object)
    search_requested = Signal(object)
    annotation_entered = Signal(object)
    highlight_requested = Signal(object)
    recolour_requested = Signal(object)
    note_requested = Signal(object)
    annotation_changed_requested = Signal(object)
    passage_note_requested = Signal(object)
    resize_requested = Signal(object)
    note_typed = Signal(object)
    note_taken_back = Signal(object)
    quote_copied = Signal(object)
    delete_annotation_requested = Signal(object)
    position_changed = Signal(object)
    link_clicked = Signal(object)
    zoom_requested = Signal(object)
    selection_missed = Signal()
    reject_requested = Signal(object)
    correct_requested = Signal(object)
    actor_wished = Signal(object)
    name_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentPane")
        self._theme = theme
        self._zoom = 100
        self._style = ReadingStyle()
        #: the zoom, in per cent, that an article is opened with
        self.zoom_of: Callable[[ArticleId], int] = lambda _article: self._zoom
        self._opened: OpenedArticle | None = None
        self._hidden = {MarkGroup.OTHER}
        self._told_place = 0
        self.setMinimumWidth(_NARROWEST)
        self._build()
        self._connect()
        self.set_theme(theme)

    def _build(self) -> None:
        self._empty = EmptyState(self._theme, self)
        self._empty.setMaximumWidth(420)
        self._empty.explain(nothing_open())
        reading = QWidget(self)
        self._find_bar = FindBar(reading)
        self._area = ReadingArea(self._theme, reading)
        self._view = self._area.view
        self.finding = Finding(self._find_bar, self._view.top_place, self)
        self.annotating: Annotating = Annotating(self._area, self)
        self.steps: Stepping = Stepping(self._area, self)
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._find_bar)
        column.addWidget(self._area, 1)
        self._pages = QStackedLayout(self)
        nothing = QWidget(self)
        QHBoxLayout(nothing).addWidget(self._empty)
        self._pages.addWidget(nothing)
        self._pages.addWidget(reading)
        self.setFocusProxy(self._view)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)

    def _connect(self) -> None:
        view, area, editor, annotating = self._view, self._area, self._area.editor, self.annotating
        view.clicked.connect(self._on_clicked)
        view.link_clicked.connect(self.link_clicked)
        view.menu_requested.connect(self._on_menu)
        view.zoom_requested.connect(self.zoom_requested)
        area.scrolled.connect(self._on_scrolled)
        area.mention_entered.connect(self.mention_entered)
        area.annotation_entered.connect(self.annotation_entered)
        area.actor_wished.connect(self.actor_wished)
        area.selection_bar.name_requested.connect(self.name_requested)
        self._settled.timeout.connect(self._tell_position)
        editor.changed.connect(self.annotation_changed_requested)
        editor.passage_note_requested.connect(self.passage_note_requested)
        editor.typed.connect(self.note_typed)
        editor.taken_back.connect(self.note_taken_back)
        self.finding.hits_changed.connect(area.refresh)
        self.finding.hit_reached.connect(area.show_hit)
        self.finding.closed.connect(view.setFocus)
        annotating.highlight_requested.connect(self.highlight_requested)
        annotating.recolour_requested.connect(self.recolour_requested)
        annotating.resize_requested.connect(self.resize_requested)
        annotating.note_requested.connect(self.note_requested)
        annotating.delete_annotation_requested.connect(self.delete_annotation_requested)
        annotating.reject_requested.connect(self.reject_requested)
        annotating.selection_missed.connect(self.selection_missed)
        annotating.copied.connect(self.quote_copied)
        annotating.left.connect(view.setFocus)

    # What is shown

    @property
    def opened(self) -> OpenedArticle | None:
        """Return what is shown."""
        return self._opened

    @property
    def article_id(self) -> ArticleId | None:
        """Return the article that is shown."""
        return self._opened.article.id if self._opened else None

    @property
    def note_editor(self) -> QWidget:
        """Return where notes are written."""
        return self._area.editor

    @property
    def _marks(self) -> Marks:
        return self._area.marks

    def show_article(
        self, opened: OpenedArticle, hit_ranges: Sequence[Range] = (), position: int | None = None
    ) -> None:
        """Show an article with the hits of the search, at a reading position (None: the article's own).

        The same text again is only brought up to date: nothing moves, unless a position is given.
        """
        before = self._opened
        if before is not None and (
            (before.article.id, before.version.hash) == (opened.article.id, opened.version.hash)
        ):
            self._take_over(before, opened, hit_ranges)
            if position is not None:
                self._view.scroll_to(position)
            return
        self._leave()
        self._opened = opened
        self._zoom = self.zoom_of(opened.article.id)
        self._pages.setCurrentIndex(1)
        place = opened.article.position if position is None else position
        self._lay_out(place)
        self.finding.set_query_hits(hit_ranges)
        self._view.select(place, place)
        self._told_place = place
        self._settled.stop()
        self._area.editor.take_up(opened.article.id, opened.annotations)

    def _take_over(self, before: OpenedArticle, opened: OpenedArticle, hit_ranges: Sequence[Range]) -> None:
        self._opened = opened
        self._area.know(opened)
        if any(words(before) != words(opened) for words in (headline, subtitle_line, meta_line)):
            self._lay_out_again()
        if before.mentions != opened.mentions:
            self.set_mentions(opened.mentions)
        if before.annotations != opened.annotations:
            self.set_annotations(opened.annotations)
        self.finding.set_query_hits(hit_ranges)

    def clear(self) -> None:
        """Show no article, but how to come to one."""
        self._leave()
        self._opened = None
        self._area.know(None)
        self._pages.setCurrentIndex(0)

    def _leave(self) -> None:
        self.flush()
        self._area.hide_floating()
        self._area.editor.leave()
        self._area.hide_editor()
        self._find_bar.hide()

    def flush(self) -> None:
        """Tell at once what waits to be told: the note, the highlight being resized, the position."""
        self.annotating.flush()
        if self._settled.isActive():
            self._settled.stop()
            self._tell_position()

    def _lay_out(self, place: int) -> None:
        """Make the document anew, with `place` at the top."""
        opened = self._opened
        if opened is None:
            return
        version = opened.version
        typography = Typography(self._theme, self._zoom / 100, self._style)
        laid = lay_out(
            *(version.text, version.blocks, version.inlines, typography),
            headline=headline(opened),
            subtitle=subtitle_line(opened),
            meta=meta_line(opened),
        )
        marks = Marks(laid.map)
        marks.hidden = self._hidden
        marks.set_mentions(opened.mentions)
        marks.set_annotations(opened.annotations)
        self._area.know(opened)
        self._area.show_laid(laid, marks, typography, place)
        self.finding.use(version.text, marks)

    def _lay_out_again(self) -> None:
        """Make the document anew; what is at the top and the caret stay where they are."""
        if self._opened is not None:
            place, caret = self._view.top_place(), self._view.caret()
            self._lay_out(place)
            self._view.select(caret, caret)

    def set_mentions(self, mentions: Iterable[Mention]) -> None:
        """Mark these mentions instead; the text does not move."""
        mentions = tuple(mentions)
        if self._opened is not None:
            self._opened = replace(self._opened, mentions=mentions)
        self._marks.set_mentions(mentions)
        self._marks.active = None
        self._area.refresh()

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Show these highlights and notes instead; the text does not move."""
        annotations = tuple(annotations)
        if self._opened is not None:
            self._opened = replace(self._opened, annotations=annotations)
            self._area.know(self._opened)
        self.annotating.show_annotations(annotations)

    def set_hits(self, ranges: Iterable[Range]) -> None:
        """Mark the hits of a search; while the find bar is open, its own hits stay."""
        self.finding.set_query_hits(ranges)

    def set_group_shown(self, group: MarkGroup, shown: bool) -> None:
        """Show or hide the marks of a group, in this article and the next ones."""
        (self._hidden.discard if shown else self._hidden.add)(group)
        self._marks.hidden = self._hidden
        self._area.refresh()

    def shows_group(self, group: MarkGroup) -> bool:
        """Say whether the marks of a group are shown."""
        return group not in self._hidden

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme; the text does not move."""
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#documentPane {{ background: {theme.color('page').name()}; }}")
        for part in (self._empty, self._find_bar, self._area):
            part.set_theme(theme)
        self._lay_out_again()

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text, 100 = as the theme says; what is at the top stays there."""
        if percent != self._zoom:
            self._zoom = percent
            self._lay_out_again()

    def set_style(self, style: ReadingStyle) -> None:
        """Set the text like this from now on; what is at the top stays there."""
        if style != self._style:
            self._style = style
            self._lay_out_again()

    def set_tag_names(self, names: Iterable[str]) -> None:
        """Offer these tags when a note is edited."""
        self._area.editor.set_tag_names(list(names))

    def swatch(self, colour: int) -> QIcon:
        """Return a dot in a highlight colour 1..5 of the theme that is worn."""
        edge = self._theme.between("line", "dim", 0.5)
        return swatch(self._theme.highlight(colour), edge, self.devicePixelRatioF())

    # Places

    def position(self) -> int:
        """Return the code point at the top of the pane."""
        return self._view.top_place()

    def go_to(self, start: int, end: int) -> None:
        """Bring a passage into view, put the caret there and let it light up for a moment."""
        self._area.go_to(start, end)

    def current_selection(self) -> Range | None:
        """Return the selected code points, without white space at their ends; None for nothing."""
        return self._view.passage()

    def mention_at_caret(self) -> Mention | None:
        """Return the mention the caret is in or directly behind."""
        return self._area.mention_at_caret()

    @Slot()
    def select_all(self) -> None:
        """Select the whole text."""
        self._view.selectAll()

    @Slot()
    def open_find(self) -> None:
        """Open the find bar, with the selected words in it."""
        if self._opened is None:
            return
        selection = self.current_selection()
        words = self._opened.version.text[slice(*selection)] if selection else ""
        self.finding.open(words if len(words) <= _LONGEST_FIND and "\n" not in words else "")

    @Slot()
    def show_card(self) -> None:
        """Tell about the mention at the caret."""
        if (mention := self.mention_at_caret()) is not None:
            self._area.show_card(mention)

    # What the view tells

    @Slot(object)
    def _on_clicked(self, place: int) -> None:
        if (mention := self._marks.mention_at(place)) is not None:
            self.mention_clicked.emit(mention)

    @Slot(object)
    def _on_menu(self, where: tuple[int | None, QPoint]) -> None:
        place, point = where
        if place is not None and self._view.selection() is None:
            self._view.select(place, place)
        self._area.hide_floating()
        article_menu(self, self.mention_at_caret(), self._marks.chosen).popup(point)

    @Slot()
    def _on_scrolled(self) -> None:
        if self._opened is not None:
            self._settled.start()

    @Slot()
    def _tell_position(self) -> None:
        place = self._view.top_place()
        if self._opened is not None and place != self._told_place:
            self._told_place = place
            self.position_changed.emit(place)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of reading and annotating."""
        if self._opened is None or not act_on(self, event):
            super().keyPressEvent(event)

    def step_back(self) -> None:
        """Close what is open: first what floats, then the find bar, then the selection."""
        if self._area.card.isVisible() or self._area.selection_bar.isVisible():
            self._area.hide_floating()
        elif self._find_bar.isVisible():
            self.finding.close()
        elif self._view.selection() is not None:
            self._view.select(self._view.caret(), self._view.caret())
        else:
            self.left.emit()

    def activate(self) -> None:
        """Follow the link at the caret, or do as if the mention there were clicked."""
        if address := self._view.link_at_caret():
            self.link_clicked.emit(address)
        elif (mention := self.mention_at_caret()) is not None:
            self.mention_clicked.emit(mention)
