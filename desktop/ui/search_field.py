"""The field in which a person searches: searches as they type, colours what it understands, completes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
    QTextCharFormat,
    QTextFormat,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from desktop.i18n import _
from desktop.ui.icons import icon
from desktop.ui.line_delegate import ICON, KEYS, LineDelegate
from desktop.ui.suggestions import (
    NamesWanted,
    Suggestion,
    WordsWanted,
    as_suggestion,
    history,
    what_can_follow,
    word_being_typed,
)
from desktop.ui.text_offsets import TextOffsets
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.complete import Completion

DELAY_MS = 120  #: after the last key before a search starts
_MOST_LINES = 9
_MORE_THAN_WORDS = re.compile(r'[:"“”„()*~=-]|\b(?:AND|EN|OR|OF|NOT|NIET)\b')
_SUGGESTION = Qt.ItemDataRole.UserRole + 9

#: the colour of a field and its value; the others have the accent's
_FIELD_COLOURS = {
    "actor": "organisation",
    "person": "person",
    "org": "organisation",
    "place": "place",
    "date": "date",
    "mentions": "date",
    "amount": "amount_ink",
}


class SearchField(QLineEdit):
    """One line for a query.

    Signals:
        query_changed: the query, a moment after it was last changed.
        names_wanted: a NamesWanted or WordsWanted; answer with `show_names`.
        accepted: Enter was pressed: the reader wants to go to the results.
        left: Escape was pressed in the empty field.
        star_pressed: the star was clicked: the saved searches are wanted.
        explanation_wanted: the reader asks what the query was taken for.
        search_forgotten: an earlier search that is not to be offered any more.
    """

    query_changed = Signal(object)
    names_wanted = Signal(object)
    accepted = Signal()
    left = Signal()
    star_pressed = Signal()
    explanation_wanted = Signal()
    search_forgotten = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setAccessibleName(_("Search"))
        self.setPlaceholderText(_("Search words, actors, amounts…"))
        earlier = self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        earlier.setToolTip(_("Earlier searches"))
        earlier.triggered.connect(self.show_history)
        self._star = self.addAction(icon("star"), QLineEdit.ActionPosition.TrailingPosition)
        self._star.triggered.connect(self.star_pressed)
        self.show_star(None)
        self._clear = self.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip(_("Clear search"))
        self._clear.triggered.connect(self.clear_query)
        self._clear.setVisible(False)
        self._explain = self.addAction(icon("info"), QLineEdit.ActionPosition.TrailingPosition)
        self._explain.setToolTip(_("Explain this search"))
        self._explain.triggered.connect(self.explanation_wanted)
        self._explain.setVisible(False)
        self._theme = theme
        self._searches: list[str] = []
        self._told = ""
        self._wanted: NamesWanted | WordsWanted | None = None
        self._answered: NamesWanted | WordsWanted | None = None  # what the list is the answer to
        self._offered: list[Suggestion] = []  # above the words that are still asked for
        self._problems: tuple[str, list[tuple[int, int]]] = ("", [])
        self._composing = False
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._tell)
        self._list = _SuggestionList(theme, self)
        self._list.chosen.connect(self._take)
        self.textChanged.connect(self._on_text)
        self.textEdited.connect(self._suggest)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._list.set_theme(theme)
        self.colour()

    def set_searches(self, searches: Iterable[str]) -> None:
        """Offer these earlier searches, newest first."""
        self._searches = list(searches)

    def set_query(self, query: str) -> None:
        """Put a query in the field and search for it at once."""
        self.setText(query)
        self._list.hide()
        self._tell()

    def show_star(self, name: str | None) -> None:
        """Show whether the query is a saved search, and which; None = it is not."""
        self._star.setIcon(icon("star" if name is None else "star-fill"))
        words = _("Saved searches") if name is None else _("Saved search: {name}").format(name=name)
        self._star.setText(words)
        self._star.setToolTip(words)

    @Slot()
    def clear_query(self) -> None:
        """Empty the field and show everything."""
        self.set_query("")

    @Slot()
    def _on_text(self) -> None:
        self._clear.setVisible(bool(self.text()))
        self._explain.setVisible(bool(self.text().strip()))
        self.colour()
        self._delay.start()

    @Slot()
    def _tell(self) -> None:
        self._delay.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.query_changed.emit(self._told)

    # Colours

    def colour(self) -> None:
        """Colour the query as it is understood."""
        if self._composing:
            return
        attributes = []
        for start, end, style in self._styles():
            attributes.append(
                QInputMethodEvent.Attribute(
                    QInputMethodEvent.AttributeType.TextFormat,
                    start - self.cursorPosition(),
                    end - start,
                    QTextFormat(style),
                )
            )
        # QLineEdit has no formats of its own; what an input method underlines goes through its layout.
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def show_problems(self, query: str, places: Iterable[tuple[int, int]]) -> None:
        """Mark the places of a query that were not understood, as long as it stands in the field."""
        self._problems = (query, list(places))
        self.colour()

    def _styles(self) -> list[tuple[int, int, QTextCharFormat]]:
        """Return what is coloured or marked, in UTF-16 units."""
        text = self.text()
        styles = _coloured(text, self._theme)
        if self._problems[0] == text:
            offsets = TextOffsets(text)
            wrong = _wrong(self._theme)
            places = ((offsets.to_units(start), offsets.to_units(end)) for start, end in self._problems[1])
            styles += [(start, end, wrong) for start, end in places]
        return styles

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of every field, with the explanation of the query."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        explain = menu.addAction(_("Explain this search"))
        explain.setEnabled(bool(self.text().strip()))
        explain.triggered.connect(self.explanation_wanted)
        menu.popup(event.globalPos())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave the colours alone while an input method composes."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    # Suggestions

    @Slot()
    def _suggest(self) -> None:
        found = what_can_follow(self.text(), self.cursorPosition())
        if isinstance(found, NamesWanted):
            self._wanted, self._offered = found, []
        else:
            self._wanted, self._offered = word_being_typed(self.text(), self.cursorPosition()), found
        if self._wanted is not None and not self._offered and self._wanted.goes_on(self._answered):
            self._list.wait()
        else:
            self._list.show_all(self._offered)
        if self._wanted is not None:
            self.names_wanted.emit(self._wanted)

    @Slot(object, object)
    def show_names(self, wanted: NamesWanted | WordsWanted, found: Iterable[Completion]) -> None:
        """Offer the library's answer, unless something else has been typed since."""
        if wanted == self._wanted and self.hasFocus():
            self._wanted, self._answered = None, wanted
            self._list.show_all([*self._offered, *(as_suggestion(wanted, one) for one in found)])

    @Slot(object)
    def _take(self, suggestion: Suggestion) -> None:
        text = self.text()
        self.setText(text[: suggestion.start] + suggestion.text + text[suggestion.end :])
        self.setCursorPosition(suggestion.start + len(suggestion.text))
        self._list.hide()
        if suggestion.text.endswith(":"):
            self._suggest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the suggestions, take one, show earlier searches, go to the results."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self._list.isVisible():
                self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.show_history()
                self._list.move_by(1)
        elif key == Qt.Key.Key_Delete and self._list.isVisible() and self._forget():
            pass
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._list.take():
                self._list.hide()
                self._tell()
                self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    @Slot()
    def show_history(self) -> None:
        """Offer earlier searches, those that hold what is typed first."""
        self._wanted = None
        self._list.show_all(history(self.text(), self._searches))

    def _forget(self) -> bool:
        """Forget the earlier search that is chosen in the list; False where it is something else."""
        chosen = self._list.chosen_suggestion()
        if chosen is None or not chosen.is_earlier:
            return False
        row = self._list.currentIndex().row()
        self._searches.remove(chosen.text)
        self.search_forgotten.emit(chosen.text)
        self.show_history()
        self._list.move_by(row + 1)
        return True

    def _escape(self) -> None:
        if self._list.isVisible():
            self._list.hide()
        elif self.text():
            self.clear_query()
        else:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Take the first suggestion with Tab."""
        if isinstance(event, QKeyEvent) and _is_tab(event) and self._list.isVisible():
            self._list.move_by(0 if self._list.currentIndex().isValid() else 1)
            self._list.take()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the suggestions away."""
        self._list.hide()
        super().focusOutEvent(event)


def _is_tab(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab


def _coloured(query: str, theme: Theme) -> list[tuple[int, int, QTextCharFormat]]:
    """Return the stretches of a query that are more than plain words, in UTF-16 units."""
    if not _MORE_THAN_WORDS.search(query):
        return []  # nothing to load the parser for
    from desktop.search.fields import field_named
    from desktop.search.query import Kind, spans

    offsets = TextOffsets(query)
    found: list[tuple[int, int, QTextCharFormat]] = []
    role, end = "", -1
    for span in spans(query):
        if span.kind is Kind.FIELD:
            field = field_named(query[span.start : span.end].rstrip(": "))
            role, end = _FIELD_COLOURS.get(field.name if field else "", "accent"), span.end
        elif span.start != end:
            role = ""
        if span.kind in (Kind.AND, Kind.OR, Kind.NOT, Kind.OPEN, Kind.CLOSE):
            found.append((span.start, span.end, _format(theme, "accent", bold=True)))
        elif role:
            found.append((span.start, span.end, _format(theme, role, bold=True)))
        elif span.kind is not Kind.WORD:
            found.append((span.start, span.end, _format(theme, "accent", bold=False)))
    return [(offsets.to_units(start), offsets.to_units(end), style) for start, end, style in found]


def _wrong(theme: Theme) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(theme.color("problem"))
    style.setUnderlineColor(theme.color("problem"))
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    return style


def _format(theme: Theme, role: str, *, bold: bool) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(theme.color(role))
    if bold:
        style.setFontWeight(600)
    return style


class _SuggestionList(QListView):
    """A list under the field that never takes the focus from it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, field: QLineEdit) -> None:
        super().__init__(field)
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("suggestionList")
        self.setAccessibleName(_("Suggestions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self._delegate = LineDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_click)
        self._field = field
        self._is_stale = False  # something else has been typed since
        self.hide()
        field.window().installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._delegate.set_theme(theme)

    def show_all(self, suggestions: Iterable[Suggestion]) -> None:
        """Show these, or nothing when there are none."""
        self._lines.clear()
        for suggestion in list(suggestions)[:_MOST_LINES]:
            item = QStandardItem(suggestion.shown)
            item.setData(suggestion, _SUGGESTION)
            item.setData(suggestion.meaning, KEYS)
            if suggestion.icon:
                item.setData((suggestion.icon, suggestion.colour), ICON)
            words = ", ".join(filter(None, (suggestion.shown, suggestion.meaning)))
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            self._lines.appendRow(item)
        self._is_stale = False
        if not self._lines.rowCount():
            self.hide()
            return
        height = self.sizeHintForRow(0) * self._lines.rowCount() + 10
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        self.setGeometry(corner.x(), corner.y(), max(self._field.width(), 440), height)
        self.show()

    def wait(self) -> None:
        """Leave what is shown until the library has answered; nothing of it can be chosen meanwhile."""
        self._is_stale = self.isVisible()
        self.setCurrentIndex(QModelIndex())

    def move_by(self, rows: int) -> None:
        """Make another line the current one."""
        row = self.currentIndex().row() + rows if self.currentIndex().isValid() else rows - 1
        row = min(max(row, 0), self._lines.rowCount() - 1)
        self.setCurrentIndex(self._lines.index(row, 0))

    def chosen_suggestion(self) -> Suggestion | None:
        """Return what the current line offers; None when there is none."""
        index = self.currentIndex()
        found: Suggestion | None = index.data(_SUGGESTION) if index.isValid() and self.isVisible() else None
        return None if self._is_stale else found

    def take(self) -> bool:
        """Choose the current line; False when there is none."""
        found = self.chosen_suggestion()
        if found is not None:
            self.chosen.emit(found)
        return found is not None

    @Slot(QModelIndex)
    def _on_click(self, index: QModelIndex) -> None:
        if not self._is_stale:
            self.chosen.emit(index.data(_SUGGESTION))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go away when the window moves or is left."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)
