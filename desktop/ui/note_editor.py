"""The editor of a note: Markdown and tags, beside the text, never in its way and never losing a word."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model import Annotation, AnnotationId, ArticleId
from desktop.ui.note_preview import NotePreview
from desktop.ui.theme import Theme
from desktop.ui.wishes import NoteChange, PassageNote

_PAUSE = 2000  # ms without typing after which the note is handed over
_KEPT_AFTER = 400  # ms after a key within which what was typed is kept apart, in case the program dies
_HEIGHT, _PREVIEW_HEIGHT = 190, 120  # pixels; the second where the preview stands under the text
_WIDE = 420  # pixels from which the preview stands beside the text


class Draft(NamedTuple):
    """What a note is written for while its annotation is being made: a passage, or None for the whole."""

    article: ArticleId
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in the editor and is not known to be stored."""

    slot: str  #: names one opening of the editor
    article: ArticleId
    annotation: AnnotationId | None
    start: int | None
    end: int | None
    note: str
    tags: tuple[str, ...]


def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags in a field: separated by commas, with or without #, each once."""
    tags = (" ".join(part.strip().lstrip("#").split()) for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class TagCompleter(QCompleter):
    """Completes the last tag of a list."""

    def splitPath(self, path: str) -> list[str]:
        """Return the tag that is being typed."""
        return [path.rpartition(",")[2].strip().lstrip("#")]

    def pathFromIndex(self, index) -> str:
        """Return the field's text with the tag completed."""
        field = self.widget()
        assert isinstance(field, QLineEdit)
        before, comma, _typed = field.text().rpartition(",")
        return f"{before}{comma} {index.data()}".strip()


class NoteEditor(QFrame):
    """Edits one note at a time.

    What is typed is told to be kept after a moment, and handed over after a pause, when the focus leaves, and
    when the editor is closed. A note may be opened before its annotation exists (`open_draft`); what is typed
    meanwhile waits for `take_up`.

    Signals:
        changed: a NoteChange.
        passage_note_requested: a PassageNote: words for an annotation that is not known here yet.
        typed: an Unsaved, to be kept until it is stored.
        taken_back: the slot of an Unsaved that is as it was stored.
        closed: the reader is done.
        height_changed: `wanted_height` is another.
    """

    changed = Signal(object)
    passage_note_requested = Signal(object)
    typed = Signal(object)
    taken_back = Signal(object)
    closed = Signal()
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteEditor")
        self.annotation: AnnotationId | None = None  #: None while a draft waits for its annotation
        self.draft: Draft | None = None  #: what such a draft is for
        self._place: Draft | None = None  # of what is open, draft or not
        self._slot = ""
        self._stored: tuple[str, tuple[str, ...]] = ("", ())
        self._asked = False  # for the annotation of a note on the whole article
        self._told = False  # that something is to be kept
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.hand_over)
        self._keeping = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keeping.timeout.connect(self._keep)
        self._text.textChanged.connect(self._on_typed)
        self._tags.textEdited.connect(self._on_typed)
        for field in (self._text, self._tags):
            field.installEventFilter(self)
        self.setFocusProxy(self._text)
        self.hide()

    def _build(self) -> None:
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("noteText")
        self._text.setPlaceholderText(_("Write a note. Markdown works: **bold**, - list, > quote"))
        self._text.setAccessibleName(_("Note"))
        self._text.setTabChangesFocus(True)
        self._preview = NotePreview(self)
        self._tags = QLineEdit(self)
        self._tags.setObjectName("noteTags")
        self._tags.setPlaceholderText(_("Tags, separated by commas"))
        self._tags.setAccessibleName(_("Tags, separated by commas"))
        self._names = QStringListModel(self)
        completer = TagCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._tags.setCompleter(completer)
        self._done = QPushButton(_("Done"), self)
        self._done.setToolTip(_("Done (Ctrl+Enter)"))
        self._done.clicked.connect(self.finish)
        self._fields = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._fields.setSpacing(8)
        self._fields.addWidget(self._text, 1)
        self._fields.addWidget(self._preview, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._tags, 1)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(self._fields, 1)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        note, edge = theme.color("note").name(), theme.between("note", "ink", 0.25).name()
        self._preview.set_theme(theme)
        self.setStyleSheet(
            f"#noteEditor {{ background: {note}; border: 1px solid {edge};"
            f" border-radius: {theme.type.radius}px; }}"
            " #noteText, #noteTags { background: transparent; border: none; border-radius: 0; padding: 0; }"
            f" #noteTags {{ border-top: 1px solid {edge}; padding-top: 6px; }}"
            f" #noteTags:focus {{ border-top: 1px solid {theme.color('accent').name()}; }}"
        )

    def set_tag_names(self, names: list[str]) -> None:
        """Offer these tags for completion."""
        self._names.setStringList(names)

    @property
    def wanted_height(self) -> int:
        """Return how many pixels the editor wants, in the width it has."""
        under = self._preview.isVisibleTo(self) and self.width() < _WIDE
        return _HEIGHT + (_PREVIEW_HEIGHT if under else 0)

    # What is edited

    def open(self, annotation: Annotation) -> None:
        """Edit an annotation's note; what was open before is handed over first."""
        self.leave()
        self.annotation, self.draft = annotation.id, None
        self._place = Draft(annotation.article, annotation.start, annotation.end)
        self._fill(annotation.note, annotation.tags)

    def open_draft(self, article: ArticleId, start: int | None = None, end: int | None = None) -> None:
        """Edit a note for a passage whose annotation is still being made, or for the whole article."""
        self.leave()
        self.annotation, self.draft = None, Draft(article, start, end)
        self._place = self.draft
        self._fill("", ())

    def resume(self, unsaved: Unsaved) -> None:
        """Put what was not stored into the editor, which is open on what it belongs to."""
        self._slot = unsaved.slot
        self._tags.setText(", ".join(unsaved.tags))
        self._text.setPlainText(unsaved.note)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)

    def take_up(self, article: ArticleId | None, annotations: Iterable[Annotation]) -> None:
        """Find the annotations that drafts wait for among those of an article, and hand over to them."""
        for annotation in annotations:
            if article is None or not (annotation.is_on_whole or annotation.start is not None):
                continue
            draft = Draft(article, annotation.start, annotation.end)
            if draft == self.draft and (draft.start is not None or self._asked):
                self.annotation, self.draft = annotation.id, None
                self._stored = (annotation.note, annotation.tags)
                self.hand_over()

    def leave(self) -> None:
        """Hand over, also what waits for its annotation, and edit nothing."""
        self.flush()
        self.annotation = self.draft = self._place = None

    def flush(self) -> None:
        """Hand over, also what waits for its annotation."""
        self.hand_over()
        now = (self.note, self.tags)
        if self.draft is not None and now != self._stored and (self.note.strip() or self.tags):
            self._stored, self._told = now, False
            self.passage_note_requested.emit(PassageNote(*self.draft, *now))

    def _fill(self, note: str, tags: tuple[str, ...]) -> None:
        self._stored = (note, tags)
        self._slot, self._asked, self._told = uuid.uuid4().hex, False, False
        with QSignalBlocker(self._text), QSignalBlocker(self._tags):
            self._text.setPlainText(note)
            self._tags.setText(", ".join(tags))
        self._preview.show_note(note)
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)

    def stay_with(self, annotation: AnnotationId) -> None:
        """Go on with an annotation that was closed: what stands in the editor was handed over."""
        self.annotation = annotation
        self._stored = (self.note, self.tags)

    @property
    def note(self) -> str:
        """Return the note as it stands in the editor."""
        return self._text.toPlainText()

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the tags as they stand in the editor."""
        return read_tags(self._tags.text())

    # What was typed

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()
        if not self._keeping.isActive():  # a note of millions of letters is kept less often
            self._keeping.start(_KEPT_AFTER + self._text.document().characterCount() // 500)
        before = self.wanted_height
        self._preview.show_note(self.note)
        if self.wanted_height != before:
            self.height_changed.emit()

    @Slot()
    def _keep(self) -> None:
        """Tell what is not stored yet, or that there is nothing any more."""
        self._keeping.stop()
        now = (self.note, self.tags)
        if self._place is None:
            return
        if now != self._stored and (any(now) or self.annotation is not None):
            self._told = True
            self.typed.emit(Unsaved(self._slot, self._place.article, self.annotation, *self._place[1:], *now))
        elif self._told:
            self._told = False
            self.taken_back.emit(self._slot)

    @Slot()
    def hand_over(self) -> None:
        """Tell what was changed, if anything was and it is known of what."""
        self._pause.stop()
        self._keep()
        now = (self.note, self.tags)
        if now == self._stored:
            return
        if self.annotation is not None:
            self._stored, self._told = now, False
            self.changed.emit(NoteChange(self.annotation, *now))
        elif self.draft is not None and self.draft.start is None and not self._asked and any(now):
            self._asked = True
            self._stored, self._told = now, False
            self.passage_note_requested.emit(PassageNote(*self.draft, *now))

    @Slot()
    def finish(self) -> None:
        """Hand over and close."""
        self.leave()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview beside the text where there is room, else under it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._fields.setDirection(direction)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand over when the focus leaves; Esc and Ctrl+Enter are done."""
        if event.type() is QEvent.Type.FocusOut:
            self.hand_over()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape or (
                enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self.finish()
                return True
        return super().eventFilter(watched, event)
