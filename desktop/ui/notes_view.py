"""The view of notes: a table of all that was marked and written in the library or in what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, n_
from desktop.library.note_table import ArticleHead, Grouping, NoteCounts, NoteRow, Order
from desktop.model import AnnotationId, Changes
from desktop.progress import Progress
from desktop.ui.empty_state import Emptiness, EmptyState, in_the_middle
from desktop.ui.jobs import Lane
from desktop.ui.note_card import NoteCard
from desktop.ui.notes_filters import NotesFilters
from desktop.ui.notes_menu import notes_menu
from desktop.ui.notes_model import NotesModel
from desktop.ui.notes_reading import Found, NotesReading, Wish
from desktop.ui.notes_table import NotesTable
from desktop.ui.notes_words import as_quotes
from desktop.ui.theme import Theme
from desktop.ui.wishes import NotesDeleting, NotesRecolouring, NotesTagging

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import Services

_CLEAR = "clear_filter"
_NARROW = 900  # pixels: in less, the note at hand stands below the table


class NotesView(QWidget):
    """One of the views of the library, see `library_views`.

    Signals:
        place_requested: (ArticleId, start, end) of a passage to be read in its text.
        search_requested: a query for the search field.
        notes_wished: a NotesWish.
        export_requested: the AnnotationIds of the notes that are to go out.
        left: back to what was there before this view.
    """

    place_requested = Signal(object)
    search_requested = Signal(object)
    notes_wished = Signal(object)
    export_requested = Signal(object)
    left = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(objectName="notesView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = services.appearance.theme
        self._settings, self._messages = services.settings, services.messages
        self._session: Session | None = None
        self._jobs = services.jobs
        self.reading = NotesReading(services.jobs, self)
        self.model = NotesModel(self)
        self.filters = NotesFilters()
        self.table = NotesTable(theme, self.model)
        self.card = NoteCard(theme)
        self._empty = EmptyState(theme)
        self._query = ""
        self._tags: list[str] = []
        self._order = Order(self._settings.get("notes_order"))
        self._descending = bool(self._settings.get("notes_descending"))
        self._counts = NoteCounts()
        self._shown: Wish | None = None
        self._lay_out()
        self._connect()
        self.table.restore_columns(self._settings.get("notes_columns"))
        self.filters.arrange(self._order, Grouping(self._settings.get("notes_grouping")))
        self.table.show_order(self._order, self._descending)
        self.setFocusProxy(self.table)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        self._heading = QLabel(objectName="notesHeading", textFormat=Qt.TextFormat.PlainText)
        self._hint = QLabel(objectName="notesHint", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._hint.setProperty("role", "dim")
        head = QWidget(objectName="notesHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(22, 14, 22, 10)
        above.setSpacing(2)
        above.addWidget(self._heading)
        above.addWidget(self._hint)
        above.addSpacing(8)
        above.addWidget(self.filters)
        self._stack = QStackedWidget()
        self._empty_place = in_the_middle(self._empty)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty_place)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        self.splitter.addWidget(self._stack)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, 340])
        self.card.setMinimumSize(260, 220)
        self.splitter.restoreState(QByteArray.fromBase64(self._settings.get("notes_card").encode()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self._count = QLabel(objectName="notesCount")
        self._count.setProperty("role", "dim")
        foot = QWidget(objectName="notesFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 3, 8, 3)
        row.addWidget(self._count)
        row.addStretch(1)
        self._export = QPushButton(_("Export notes…"), objectName="exportNotes", flat=True)
        self._export.clicked.connect(self.export)
        row.addWidget(self._export)
        return foot

    def _connect(self) -> None:
        self.reading.row_in_view = self.table.first_visible
        self.reading.found.connect(self._show_found)
        self.reading.counted.connect(self._show_counted)
        self.reading.page_read.connect(self._fill)
        self.model.page_wanted.connect(lambda at: self.reading.read_page(at, *self.model.wanted_for(at)))
        self.filters.changed.connect(self._ask)
        self.filters.arranged.connect(self._arrange)
        self.filters.left.connect(self.table.setFocus)
        self.filters.names_wanted.connect(
            lambda words: self.reading.find_names(words, self.filters.show_names)
        )
        self._empty.wanted.connect(self._take_offer)
        self.table.row_opened.connect(self._open)
        self.table.order_chosen.connect(self._sort)
        self.table.copy_wanted.connect(lambda _lines: self._with_selected(self._copy))
        self.table.copy_action.setText(_("Copy as quotes with source"))
        self.table.menu_requested.connect(self._show_menu)
        self.table.edit_wanted.connect(self.card.edit)
        self.table.colour_wanted.connect(self._recolour)
        self.table.tags_wanted.connect(self._ask_tags)
        self.table.delete_wanted.connect(self._delete)
        self.table.selection_changed.connect(self._show_card)
        self.table.selectionModel().currentChanged.connect(self._show_card)
        self.table.horizontalHeader().sectionResized.connect(self._keep_columns)
        self.card.changed.connect(self.notes_wished)
        self.card.colour_chosen.connect(self._recolour)
        self.card.place_wanted.connect(self.table.open_current)
        self.card.left.connect(self.table.setFocus)
        self.splitter.splitterMoved.connect(self._keep_card)

    # What the window tells

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self.card.show_note(None)
        self.reading.use(session)
        self._ask()

    def set_query(self, query: str) -> None:
        """Look at what this finds; "" = at everything."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._ask()

    def follow(self, changes: Changes) -> None:
        """Look again when notes or articles changed; at once where a person did it."""
        if changes.step is not None or changes.annotations:
            self.reading.again()
        elif changes.library or changes.articles or changes.actors:
            self.reading.again_soon()

    def know_tags(self, tags: list[str]) -> None:
        """Offer these tags where tags are typed."""
        self._tags = list(tags)
        self.card.editor.set_tag_names(self._tags)

    def flush(self) -> None:
        """Tell what is still being written."""
        self.card.flush()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._heading.setFont(theme.font(weight=600))
        for label in (self._hint, self._count, self._export):
            label.setFont(theme.font("small"))
        for part in (self.table, self.card, self._empty):
            part.set_theme(theme)

    def resizeEvent(self, event) -> None:
        """Put the note at hand beside the table, or below it where that is too narrow."""
        super().resizeEvent(event)
        way = Qt.Orientation.Vertical if self.width() < _NARROW else Qt.Orientation.Horizontal
        if way != self.splitter.orientation():
            self.splitter.setOrientation(way)
            whole = self.height() if way is Qt.Orientation.Vertical else self.width()
            self.splitter.setSizes([whole * 2 // 3, whole // 3])

    # Asking

    @Slot()
    def _ask(self) -> None:
        self.reading.ask(self._wish())

    def _wish(self) -> Wish:
        question = self.filters.question(self._query)
        return Wish(question, self._order, self.filters.grouping, self._descending)

    @Slot(object, object)
    def _sort(self, order: Order, descending: bool) -> None:
        self._order, self._descending = order, descending
        self.filters.arrange(order, self.filters.grouping)
        self._keep_order()

    @Slot(object, object)
    def _arrange(self, order: Order, grouping: Grouping) -> None:
        if order is not self._order:
            self._order, self._descending = order, order is not Order.COLOUR
            self.table.show_order(order, self._descending)
        self._settings.set("notes_grouping", grouping.value)
        self._keep_order()

    def _keep_order(self) -> None:
        self._settings.set("notes_order", self._order.value)
        self._settings.set("notes_descending", self._descending)
        self._ask()

    # Answers

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        is_same = found.wish == self._shown
        self._shown = found.wish
        table, current = self.table, self.table.current_number()
        chosen = table.selected_notes()
        line, top = table.currentIndex().row(), self.model.number_at(table.first_visible())
        if self.model.show_notes(found.list, found.wish.grouping, found.notes, found.heads):
            self._keep_place(current, line, chosen, top if is_same else None)
        if not found.list.ids:
            self._explain()
        self._stack.setCurrentWidget(table if found.list.ids else self._empty_place)
        self._show_card()
        self._say()

    def _keep_place(self, current: int | None, line: int, chosen: list[int], top: int | None) -> None:
        """Have the same notes selected, or the next one where the current one is gone."""
        at = None if current is None else self.model.line_of(current)
        lines = [self.model.line_of(number) for number in chosen] if len(chosen) > 1 else []
        kept = [one for one in lines if one is not None]
        if kept:
            self.table.select_lines(kept, at)
        elif at is not None:
            self.table.go_to(at, scroll=top is None)
        elif self.model.total and current is not None:
            self.table.go_to(min(line, self.model.total - 1), scroll=False)
        elif self.table.first_note() is not None:
            self.table.go_to(self.table.first_note() or 0, scroll=False)
        above = None if top is None else self.model.line_of(top)
        if above is not None:
            self.table.scrollTo(self.model.index(above, 0), self.table.ScrollHint.PositionAtTop)

    @Slot(object, object, object)
    def _fill(self, offset: int, notes: dict[int, NoteRow], heads: dict[int, ArticleHead]) -> None:
        self.model.fill(offset, self.model.page_rows(offset, notes, heads))
        if self.card.row is None:
            self._show_card()

    @Slot(object)
    def _show_counted(self, counts: NoteCounts) -> None:
        self._counts = counts
        self.filters.show_counts(counts)
        self._say()

    @Slot()
    def _show_card(self) -> None:
        """Show the note at hand, or how many there are."""
        chosen = self.table.selected_notes()
        if len(chosen) > 1:
            words = n_("{n} note selected", "{n} notes selected", len(chosen))
            keys = _("1 to 5 gives them a colour, T tags; Del deletes them, Ctrl+C copies them as quotes.")
            self.card.show_several(f"{words}\n\n{keys}")
        else:
            self.card.show_note(self.table.current_note() if self.model.total else None)

    def _say(self) -> None:
        """Write what is above and below the table."""
        self._heading.setText(_("Notes in what was found") if self._query else _("Notes in the library"))
        self._hint.setText(_("Enter or a double click opens the passage; F2 writes, 1 to 5 gives a colour."))
        shown = len(set(self.model.found.ids)) if self.model.grouping is Grouping.TAG else None
        count = len(self.model.found.ids) if shown is None else shown
        words = n_("{n} note", "{n} notes", count)
        if count < self._counts.total:
            words = _("{shown} of {total} notes").format(
                shown=format_number(count), total=format_number(self._counts.total)
            )
        self._count.setText(words)
        self._export.setEnabled(count > 0)
        self.card.setVisible(count > 0)

    def _explain(self) -> None:
        if self.filters.is_narrow:
            emptiness = Emptiness(
                _("No note matches the filter"),
                (_("There may be others: in another colour, with other words, of another day."),),
                ((_CLEAR, _("Clear filter")),),
            )
        elif self._query:
            emptiness = Emptiness(
                _("No notes in what was found"),
                (_("Search for something else, or empty the search field to see all notes."),),
            )
        else:
            emptiness = Emptiness(
                _("Nothing marked yet"),
                (
                    _("Select a passage and press 1 to 5 to highlight it, or M to write a note."),
                    _("Here stands what you marked in all articles: to find again, tag, sort and export."),
                ),
            )
        self._empty.explain(emptiness)

    @Slot(object)
    def _take_offer(self, name: str) -> None:
        if name == _CLEAR:
            self.filters.clear()

    # Doing

    @Slot(object)
    def _open(self, row: NoteRow) -> None:
        annotation = row.annotation
        start, end = annotation.start, annotation.end
        self.card.flush()
        self.place_requested.emit((annotation.article, start or 0, end or start or 0))

    def _with_selected(self, then) -> None:
        """Read the selected notes, of which only some are in memory, and hand them over."""
        if numbers := self.table.selected_notes():
            self.reading.read_rows(numbers, then)

    @Slot(object)
    def _recolour(self, colour: int) -> None:
        self._with_selected(lambda rows: self.notes_wished.emit(NotesRecolouring(_ids(rows), colour)))

    @Slot()
    def _delete(self) -> None:
        self._with_selected(lambda rows: self.notes_wished.emit(NotesDeleting(_ids(rows))))

    @Slot()
    def _ask_tags(self) -> None:
        self._with_selected(self._show_tag_dialog)

    def _show_tag_dialog(self, rows: list[NoteRow]) -> None:
        from desktop.ui.tag_dialog import TagDialog

        if not rows:
            return
        common = tuple(
            tag for tag in rows[0].annotation.tags if all(tag in row.annotation.tags for row in rows)
        )
        title = n_("Tags of {n} note", "Tags of {n} notes", len(rows))
        dialog = TagDialog(common, self._tags, len(rows), self.window(), title=title)
        dialog.tags_given.connect(
            lambda given: self.notes_wished.emit(NotesTagging(_ids(rows), common, tuple(given)))
        )
        dialog.open()

    def _copy(self, rows: list[NoteRow]) -> None:
        QGuiApplication.clipboard().setText(as_quotes(rows))
        self._messages.tell(n_("{n} quote copied", "{n} quotes copied", len(rows)))

    @Slot(object)
    def _show_menu(self, place: QPoint) -> None:
        chosen = self.table.selected_notes()
        row = self.table.current_note() if len(chosen) == 1 else None
        notes_menu(self, self.table, len(chosen), row, self._recolour, self.export).popup(place)

    @Slot()
    def export(self) -> None:
        """Let the selected notes go out; all that are shown where less than two are."""
        session = self._session
        if session is None:
            return
        numbers = self.table.selected_notes()
        several = list(dict.fromkeys(self.model.found.ids)) if len(numbers) < 2 else numbers

        def task(progress: Progress) -> frozenset[AnnotationId]:
            from desktop.library import annotations

            progress.step(0, 0)
            return frozenset(annotations.ids_of(session.library.reader(), several))

        self._jobs.run(_("Export notes"), task, self.export_requested.emit, lane=Lane.QUICK)

    @Slot()
    def _keep_columns(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.table.keep_widths()
            self._settings.set("notes_columns", self.table.columns())

    @Slot()
    def _keep_card(self) -> None:
        if self.splitter.orientation() is Qt.Orientation.Horizontal:
            state = bytes(self.splitter.saveState().toBase64().data()).decode()
            self._settings.set("notes_card", state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the words with Ctrl+F."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.filters.go_to_words()
        else:
            super().keyPressEvent(event)


def _ids(rows: list[NoteRow]) -> tuple[AnnotationId, ...]:
    return tuple(row.annotation.id for row in rows)
