"""The editor of a note: Markdown and tags, beside the text, never in its way and never losing a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
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
from desktop.ui.theme import Theme
from desktop.ui.wishes import NoteChange

_PAUSE = 2000  # ms without typing after which the note is handed over


class Draft(NamedTuple):
    """The passage a note is written for while its annotation is being made."""

    article: ArticleId
    start: int
    end: int


def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags in a field: separated by commas, with or without #, each once."""
    tags = (" ".join(part.strip().lstrip("#").split()) for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class _TagCompleter(QCompleter):
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

    What is typed is handed over after a pause, when the focus leaves, and when the editor is closed. A note
    may be opened before its annotation exists (`open_draft`); what is typed meanwhile waits for `take_up`.

    Signals:
        changed: a NoteChange.
        closed: the reader is done.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteEditor")
        self.annotation: AnnotationId | None = None  #: None while a draft waits for its annotation
        self.draft: Draft | None = None  #: what such a draft is for
        self._kept: dict[Draft, tuple[str, tuple[str, ...]]] = {}  # drafts that were left before that came
        self._stored: tuple[str, tuple[str, ...]] = ("", ())
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("noteText")
        self._text.setPlaceholderText(_("Write a note. Markdown works: **bold**, - list, > quote"))
        self._text.setAccessibleName(_("Note"))
        self._text.setTabChangesFocus(True)
        self._tags = QLineEdit(self)
        self._tags.setObjectName("noteTags")
        self._tags.setPlaceholderText(_("Tags, separated by commas"))
        self._tags.setAccessibleName(_("Tags, separated by commas"))
        self._names = QStringListModel(self)
        completer = _TagCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._tags.setCompleter(completer)
        self._done = QPushButton(_("Done"), self)
        self._done.setToolTip(_("Done (Ctrl+Enter)"))
        self._done.clicked.connect(self.finish)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._tags, 1)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._text, 1)
        column.addLayout(row)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.hand_over)
        self._text.textChanged.connect(self._pause.start)
        self._tags.textEdited.connect(self._pause.start)
        for field in (self._text, self._tags):
            field.installEventFilter(self)
        self.setFocusProxy(self._text)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        note, edge = theme.color("note").name(), theme.between("note", "ink", 0.25).name()
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

    def open(self, annotation: Annotation) -> None:
        """Edit an annotation's note; what was open before is handed over first."""
        self.hand_over()
        self.annotation, self.draft = annotation.id, None
        self._fill(annotation.note, annotation.tags)

    def open_draft(self, article: ArticleId, start: int, end: int) -> None:
        """Edit a note for a passage whose annotation is still being made."""
        self.hand_over()
        self.annotation, self.draft = None, Draft(article, start, end)
        self._fill("", ())

    def take_up(self, article: ArticleId | None, annotations: Iterable[Annotation]) -> None:
        """Find the annotations that drafts wait for among those of an article, and hand over to them."""
        for annotation in annotations:
            if article is None or annotation.start is None or annotation.end is None:
                continue
            draft = Draft(article, annotation.start, annotation.end)
            if draft == self.draft:
                self.annotation, self.draft = annotation.id, None
                self._stored = (annotation.note, annotation.tags)
                self.hand_over()
            elif draft in self._kept:
                self.changed.emit(NoteChange(annotation.id, *self._kept.pop(draft)))

    def leave(self) -> None:
        """Hand over and edit nothing; what a draft holds is kept until `take_up` finds where it belongs."""
        self.hand_over()
        if self.draft is not None and (self.note.strip() or self.tags):
            self._kept[self.draft] = (self.note, self.tags)
        self.annotation = self.draft = None

    def _fill(self, note: str, tags: tuple[str, ...]) -> None:
        self._stored = (note, tags)
        with QSignalBlocker(self._text), QSignalBlocker(self._tags):
            self._text.setPlainText(note)
            self._tags.setText(", ".join(tags))
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

    @Slot()
    def hand_over(self) -> None:
        """Tell what was changed, if anything was and it is known of what."""
        self._pause.stop()
        now = (self.note, self.tags)
        if self.annotation is not None and now != self._stored:
            self._stored = now
            self.changed.emit(NoteChange(self.annotation, *now))

    @Slot()
    def finish(self) -> None:
        """Hand over and close."""
        self.leave()
        self.closed.emit()

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
