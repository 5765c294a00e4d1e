"""The note at hand beside the table of notes: the whole passage, its colour, and what can be written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.exporters.evidence import citation
from desktop.i18n import _, format_date
from desktop.library.note_table import NoteRow
from desktop.model import COLOURS, AnchorState
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.note_editor import NoteEditor
from desktop.ui.notes_words import state_name
from desktop.ui.selection_bar import colour_name, swatch
from desktop.ui.theme import Theme

_DOT = 18  # pixels


class NoteCard(QFrame):
    """Shows one note and edits it.

    Signals:
        changed: a NoteChange.
        colour_chosen: 1..5.
        place_wanted: the passage is to be read in its text.
        left: the reader is done writing.
    """

    changed = Signal(object)
    colour_chosen = Signal(object)
    place_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="noteCard")
        self.setAccessibleName(_("Note"))
        self.row: NoteRow | None = None
        self._quote = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, objectName="cardQuote")
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._quote.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, objectName="cardAbout")
        self._state = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, objectName="cardState")
        self._days = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, objectName="cardDays")
        for label in (self._about, self._days):
            label.setProperty("role", "dim")
        self._go = QPushButton(_("Go to passage"), objectName="goToPassage")
        self._go.setToolTip(_("Go to passage (Enter)"))
        self._go.clicked.connect(self.place_wanted)
        self._dots: list[QToolButton] = []
        self.editor = NoteEditor(self)
        self.editor.changed.connect(self.changed)
        self.editor.closed.connect(self._on_done)
        self._several = QLabel(wordWrap=True, objectName="cardSeveral", textFormat=Qt.TextFormat.PlainText)
        self._lay_out()
        self.set_theme(theme)
        self.show_note(None)

    def _lay_out(self) -> None:
        words = QWidget(objectName="cardWords")
        inner = QVBoxLayout(words)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.setSpacing(8)
        for label in (self._quote, self._about, self._state, self._days):
            inner.addWidget(label)
        inner.addStretch(1)
        self._area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._area.setAccessibleName(_("Passage"))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(words)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._tools = QWidget(objectName="cardTools")
        row = FlowLayout(self._tools, gap=2)
        for colour in range(1, COLOURS + 1):
            name = _("{colour} ({key})").format(colour=colour_name(colour), key=colour)
            dot = QToolButton(objectName=f"cardColour{colour}", focusPolicy=Qt.FocusPolicy.TabFocus)
            dot.setIconSize(QSize(_DOT, _DOT))
            dot.setToolTip(name)
            dot.setAccessibleName(name)
            dot.clicked.connect(partial(self.colour_chosen.emit, colour))
            self._dots.append(dot)
            row.addWidget(dot)
        row.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._several, 1)
        column.addWidget(self._area, 3)
        column.addWidget(self._tools)
        column.addWidget(self.editor, 2)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._quote.setFont(theme.reading_font(0.9))
        for label in (self._about, self._days, self._state):
            label.setFont(theme.font("small"))
        self.editor.set_theme(theme)
        self._paint_dots()

    def _paint_dots(self) -> None:
        chosen = self.row.annotation.colour if self.row else 0
        for colour, dot in enumerate(self._dots, 1):
            is_chosen = colour == chosen
            ring = self._theme.color("ink") if is_chosen else self._theme.between("line", "dim", 0.5)
            dot.setIcon(
                swatch(self._theme.highlight(colour), ring, self.devicePixelRatioF(), chosen=is_chosen)
            )

    # What is shown

    def show_note(self, row: NoteRow | None) -> None:
        """Show a note, None for none; what is being written in the same one is not touched."""
        same = row is not None and self.row is not None and row.number == self.row.number
        before, self.row = self.row, row
        if row is None or not same:
            self.editor.leave()
        for part in (self._area, self._tools, self.editor):
            part.setVisible(row is not None)
        self._several.setVisible(row is None)
        if row is None:
            self._several.setText(_("Select a note to read and change it here."))
            return
        self._tell(row)
        annotation = row.annotation
        now = (self.editor.note, self.editor.tags)
        untouched = before is not None and now == (before.annotation.note, before.annotation.tags)
        if not same or (untouched and now != (annotation.note, annotation.tags)):
            self.editor.open(annotation)

    def show_several(self, words: str) -> None:
        """Show that several notes are selected."""
        self.show_note(None)
        self._several.setText(words)

    def _tell(self, row: NoteRow) -> None:
        annotation = row.annotation
        quote = annotation.quote.exact.strip()
        self._quote.setText(f"“{quote}”" if quote else _("Note on the whole article"))
        self._about.setText(citation(row))
        anchored = annotation.state is AnchorState.ANCHORED
        self._state.setVisible(not anchored)
        self._state.setText("" if anchored else state_name(annotation.state))
        made, changed = annotation.created_at[:10], annotation.modified_at[:10]
        words = _("Made {day}").format(day=format_date(made))
        if changed != made:
            words += " · " + _("changed {day}").format(day=format_date(changed))
        self._days.setText(words)
        self._go.setText(_("Go to passage") if annotation.start is not None else _("Open article"))
        self._paint_dots()
        self._area.verticalScrollBar().setValue(0)

    # Writing

    def edit(self) -> None:
        """Be ready for the note to be written."""
        if self.row is not None:
            self.editor.setFocus()

    def flush(self) -> None:
        """Hand over what was written."""
        self.editor.hand_over()

    @Slot()
    def _on_done(self) -> None:
        if self.row is not None:
            self.editor.stay_with(self.row.annotation.id)
        self.left.emit()
