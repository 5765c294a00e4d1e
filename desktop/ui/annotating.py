"""Highlighting, writing notes and copying in the document pane: what is asked for, not what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from desktop.model import Annotation, AnnotationId
from desktop.ui.document_layout import Range
from desktop.ui.note_editor import Unsaved
from desktop.ui.reading_area import ReadingArea
from desktop.ui.resizing import Edge, HighlightEdges
from desktop.ui.wishes import Highlighting, Recolouring, Rejecting

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle


class Annotating(QObject):
    """What can be done with a selection and with the highlight at the caret.

    Signals:
        highlight_requested: a Highlighting (start, end, colour).
        recolour_requested: a Recolouring (annotation id, colour).
        note_requested: (start, end) of a new annotation that is to hold a note. Its editor is open already.
        delete_annotation_requested: an AnnotationId.
        reject_requested: a Rejecting of the mention at the caret.
        resize_requested: a Resizing (annotation id, start, end).
        selection_missed: something was asked for where there is no passage for it.
        copied: the words that were put on the clipboard with their source.
        left: the reader is done with the note; the text is to have the focus.
    """

    highlight_requested = Signal(object)
    recolour_requested = Signal(object)
    note_requested = Signal(object)
    delete_annotation_requested = Signal(object)
    reject_requested = Signal(object)
    resize_requested = Signal(object)
    selection_missed = Signal()
    copied = Signal(object)
    left = Signal()

    def __init__(self, area: ReadingArea, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._view = area.view
        self._editor = area.editor
        self.edges = HighlightEdges(area, self)
        self.edges.resize_requested.connect(self.resize_requested)
        self._editor.closed.connect(self.close_editor)
        area.notes.note_opened.connect(self.edit_note)
        bar = area.selection_bar
        bar.colour_chosen.connect(self.highlight)
        bar.note_requested.connect(self.add_note)
        bar.copy_requested.connect(self.copy)
        bar.quote_requested.connect(self.copy_quote)
        bar.delete_requested.connect(self.delete_highlight)

    @property
    def _opened(self) -> OpenedArticle | None:
        return self._area.opened

    def flush(self) -> None:
        """Tell at once what waits to be told: the note being written, a highlight being resized."""
        self._editor.flush()
        self.edges.hand_over()

    def show_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Show these highlights and notes instead; the text does not move."""
        annotations = tuple(annotations)
        marks, editor = self._area.marks, self._editor
        marks.set_annotations(self.edges.applied(annotations))
        marks.chosen = marks.annotation_at(self._view.caret())
        self._area.notes.set_notes(annotations)
        if self._opened is not None:
            editor.take_up(self._opened.article.id, annotations)
        if editor.annotation not in {None, *(a.id for a in annotations)}:
            self.close_editor()
        self._area.place_notes()
        self._area.refresh()

    def _selection_or_highlight(self) -> tuple[Range | None, Annotation | None]:
        """Return the selection, or the highlight that covers exactly that, or the one at the caret."""
        self._area.selection_bar.hide()
        selection, marks = self._view.passage(), self._area.marks
        if selection is None:
            return None, marks.chosen
        same = next((a for a in marks.placed if (a.start, a.end) == selection), None)
        return (None, same) if same is not None else (selection, None)

    @Slot(object)
    def highlight(self, colour: int = 1) -> None:
        """Ask to highlight the selection; without one, to give the highlight at the caret this colour."""
        selection, chosen = self._selection_or_highlight()
        if selection is not None:
            self._view.select(selection[0], selection[0])
            self.highlight_requested.emit(Highlighting(*selection, colour))
        elif chosen is not None and chosen.colour != colour:
            self.recolour_requested.emit(Recolouring(chosen.id, colour))
        elif chosen is None and self._opened is not None:
            self.selection_missed.emit()

    def resize(self, edge: Edge, *, forward: bool) -> None:
        """Move an end of the highlight at the caret by a word."""
        if not self.edges.step(edge, forward=forward) and self._opened is not None:
            self.selection_missed.emit()

    # Notes

    @Slot()
    def add_note(self) -> None:
        """Edit the note of a new highlight of the selection; without one, of the highlight at the caret."""
        selection, chosen = self._selection_or_highlight()
        if selection is not None and self._opened is not None:
            self._editor.open_draft(self._opened.article.id, *selection)
            self._view.select(selection[0], selection[0])
            self._area.show_editor()
            self.note_requested.emit(selection)
        elif chosen is not None:
            self.edit_note(chosen.id)
        elif self._opened is not None:
            self.selection_missed.emit()

    @Slot()
    def note_on_article(self) -> None:
        """Edit the note on the whole article; a new one is stored once something is written in it."""
        if self._opened is None:
            return
        there = (a for a in self._area.marks.annotations if a.is_on_whole)
        if (note := next(there, None)) is not None:
            self.edit_note(note.id)
        else:
            self._editor.open_draft(self._opened.article.id)
            self._area.show_editor()

    @Slot(object)
    def edit_note(self, annotation_id: AnnotationId) -> None:
        """Open the editor on an annotation of this article; an unknown one is ignored."""
        annotation = next((a for a in self._area.marks.annotations if a.id == annotation_id), None)
        if annotation is not None:
            self._editor.open(annotation)
            self._area.show_editor()

    def resume(self, unsaved: Unsaved) -> None:
        """Go on with a note that was not stored: on its annotation, or on its passage when that is gone."""
        if self._opened is None or self._opened.article.id != unsaved.article:
            return
        marks = self._area.marks
        there = next((a for a in marks.annotations if a.id == unsaved.annotation), None)
        passage = (unsaved.start, unsaved.end)
        if there is None and unsaved.start is not None:
            there = next((a for a in marks.placed if (a.start, a.end) == passage), None)
        if there is not None:
            self._editor.open(there)
        else:
            self._editor.open_draft(self._opened.article.id, *passage)
            if unsaved.start is not None:
                self.note_requested.emit(passage)
        self._editor.resume(unsaved)
        self._area.show_editor()

    @Slot()
    def close_editor(self) -> None:
        """Hand over what was written and give the text its room back."""
        self._editor.leave()
        self._area.hide_editor()
        self.left.emit()

    @Slot()
    def delete_highlight(self) -> None:
        """Ask to delete the highlight at the caret; without one, the mark there."""
        self._area.selection_bar.hide()
        if (chosen := self._area.marks.chosen) is not None:
            self.delete_annotation_requested.emit(chosen.id)
        elif (mention := self._area.mention_at_caret()) is not None:
            self.reject_requested.emit(Rejecting(mention))

    # The clipboard

    def _passage(self) -> Range | None:
        """Return the selection, or else the passage of the highlight at the caret."""
        self._area.selection_bar.hide()
        passage, chosen = self._view.passage(), self._area.marks.chosen
        if passage is None and chosen is not None and chosen.start is not None and chosen.end is not None:
            return chosen.start, chosen.end
        return passage

    @Slot()
    def copy(self) -> None:
        """Copy the selection, or the highlight at the caret."""
        passage = self._passage()
        if passage is not None and self._opened is not None:
            QGuiApplication.clipboard().setText(self._opened.version.text[slice(*passage)])

    @Slot()
    def copy_quote(self) -> None:
        """Copy the selection, or the highlight at the caret, in quotation marks with its source."""
        passage = self._passage()
        if passage is None and self._opened is not None:
            self.selection_missed.emit()
        elif passage is not None and self._opened is not None:
            from desktop.exporters.evidence import quote_text

            article = self._opened.article
            words = quote_text(article, self._opened.version.text[slice(*passage)])
            words += f"\n{article.url}" if article.url else ""
            QGuiApplication.clipboard().setText(words)
            self.copied.emit(words)
