"""The view of amounts: a chart through time above a table, over the library or what a search found."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.amounts import Mark
from desktop.i18n import _, format_date, format_number, n_
from desktop.library.amounts import AmountRow, Order
from desktop.model import Changes, MentionKind
from desktop.progress import Progress
from desktop.ui.amounts_chart import AmountsChart
from desktop.ui.amounts_filters import AmountsFilters
from desktop.ui.amounts_model import AmountsModel, FirstAmounts
from desktop.ui.amounts_reading import AmountsReading, Charted, Counted, Found, Wish
from desktop.ui.amounts_table import AmountsTable, as_text
from desktop.ui.amounts_words import heading_text, no_rate_text, short_number, value_text
from desktop.ui.empty_state import Emptiness, EmptyState, in_the_middle
from desktop.ui.matters_list import MattersList
from desktop.ui.theme import Theme
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import Services

_TABLE, _MATTERS = "table", "matters"
_CLEAR = "clear_filter"
_MOST_TOLD = 300  # characters of a sentence beside a dot


class AmountsView(QWidget):
    """One of the views of the library, see `library_views`.

    Signals:
        place_requested: (ArticleId, start, end) of an amount to be read in its text.
    """

    place_requested = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__(objectName="amountsView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = services.appearance.theme
        self._settings, self._messages = services.settings, services.messages
        self._files = FileWriter(services.jobs, services.messages, services.settings)
        self.reading = AmountsReading(services.jobs, self)
        self.model = AmountsModel(self)
        self.filters = AmountsFilters()
        self.chart = AmountsChart(theme, services.jobs)
        self.table = AmountsTable(theme, self.model)
        self.matters = MattersList(services.jobs, theme)
        self._empty = EmptyState(theme)
        self._mode = _TABLE
        self._said = ("", _legend())  # heading and legend of the table
        self._query = ""
        self._order, self._descending = Order.DATE, True
        self._counted: Counted | None = None
        self._charted: Charted | None = None
        self._session: Session | None = None
        self._lay_out()
        self._connect()
        self.table.restore_columns(self._settings.get("amounts_columns"))
        self.setFocusProxy(self.table)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        self._heading = QLabel(objectName="amountsHeading", textFormat=Qt.TextFormat.PlainText)
        self._legend = QLabel(objectName="amountsLegend", textFormat=Qt.TextFormat.PlainText)
        self._legend.setProperty("role", "dim")
        head = QWidget(objectName="amountsHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(22, 14, 22, 6)
        above.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._mode_switch())
        above.addLayout(top)
        above.addWidget(self._legend)
        above.addSpacing(8)
        above.addWidget(self.filters)
        self._chart_place = QWidget(objectName="amountsChartPlace")
        around = QVBoxLayout(self._chart_place)
        around.setContentsMargins(14, 0, 14, 0)
        around.addWidget(self.chart)
        self._splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self._splitter.addWidget(self._chart_place)
        self._splitter.addWidget(self.table)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([210, 500])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._empty_place = in_the_middle(self._empty)
        self._stack.addWidget(self._empty_place)
        self._stack.addWidget(self.matters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._foot())

    def _mode_switch(self) -> QWidget:
        """Return the switch between the table and the matters with different figures."""
        switch = QWidget(objectName="amountsMode")
        switch.setAccessibleName(_("Show amounts as"))
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        group = QButtonGroup(switch)
        self.modes: dict[str, QToolButton] = {}
        for name, words in ((_TABLE, _("Table")), (_MATTERS, _("Same matter, different figures"))):
            button = QToolButton(text=words, checkable=True, objectName=f"mode_{name}")
            button.clicked.connect(lambda _checked=False, name=name: self.show_mode(name))
            group.addButton(button)
            row.addWidget(button)
            self.modes[name] = button
        self.modes[_TABLE].setChecked(True)
        return switch

    def _foot(self) -> QWidget:
        self._count = QLabel(objectName="amountsCount")
        self._rates = QLabel(objectName="amountsRates")
        for label in (self._count, self._rates):
            label.setProperty("role", "dim")
        foot = QWidget(objectName="amountsFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 3, 8, 3)
        row.setSpacing(18)
        row.addWidget(self._count)
        row.addWidget(self._rates)
        row.addStretch(1)
        self._export = QPushButton(_("Export table (CSV, XLSX)…"), objectName="exportAmounts", flat=True)
        self._export.clicked.connect(self._export_table)
        row.addWidget(self._export)
        return foot

    def _connect(self) -> None:
        self.reading.row_in_view = self.table.first_visible
        self.reading.found.connect(self._show_found)
        self.reading.counted.connect(self._show_counted)
        self.reading.charted.connect(self._show_chart)
        self.reading.page_read.connect(self.model.put_page)
        self.model.page_wanted.connect(lambda offset: self.reading.read_page(self.model.amounts, offset))
        self.filters.changed.connect(self._ask)
        self.filters.names_wanted.connect(self._complete_name)
        self._empty.wanted.connect(self._take_offer)
        self.table.row_opened.connect(self._open)
        self.table.row_selected.connect(self.chart.show_row)
        self.table.order_chosen.connect(self._sort)
        self.table.copy_wanted.connect(self._copy)
        self.table.horizontalHeader().sectionResized.connect(self._keep_columns)
        self.table.columns_changed.connect(
            lambda: self._settings.set("amounts_columns", self.table.columns())
        )
        self.matters.place_requested.connect(self.place_requested)
        self.matters.counted.connect(self._count_matters)
        self.chart.mark_chosen.connect(self._on_mark)
        self.chart.mark_entered.connect(self._on_entered)

    # What the window tells

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self.model.show_amounts(FirstAmounts(), {})
        self._counted = None
        self.reading.use(session)
        self.matters.use(session)
        self._ask()

    def set_query(self, query: str) -> None:
        """Look at what this finds; "" = at everything."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._ask()

    def follow(self, changes: Changes) -> None:
        """Look again when articles or actors changed, came or went; what is the same stays as it is."""
        if changes.library or changes.articles or changes.actors:
            self.matters.forget()
            self.reading.again_soon()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._heading.setFont(theme.font(weight=600))
        self._legend.setFont(theme.font("small"))
        for part in (self.chart, self.table, self.matters, self._empty):
            part.set_theme(theme)

    # Asking

    @Slot(object)
    def show_mode(self, name: str) -> None:
        """Show the "table" with its chart, or the "matters" with different figures."""
        self._mode = name
        self.modes[name].setChecked(True)
        table = name == _TABLE
        for part in (self.filters, self._export):
            part.setVisible(table)
        self._say()
        self._count.setText("")
        self._ask()
        if table:
            self._show_stack()
            self._show_count()
        else:
            self._stack.setCurrentWidget(self.matters)
        self.setFocusProxy(self.table if table else self.matters)

    @Slot()
    def _ask(self) -> None:
        if self._session is None:
            return
        if self._mode == _TABLE:
            self.reading.ask(self._wish())
        else:
            self.matters.compare(self._query)

    def _say(self, heading: str | None = None, legend: str | None = None) -> None:
        """Show heading and legend; None = as it was said last for the table."""
        self._said = (
            self._said[0] if heading is None else heading,
            self._said[1] if legend is None else legend,
        )
        shown = self._said
        if self._mode == _MATTERS:
            shown = (
                _("Same matter, different figures"),
                _("How an amount moved from article to article, in EUR where it is money."),
            )
        self._heading.setText(shown[0])
        self._legend.setText(shown[1])

    @Slot(object)
    def _count_matters(self, count: int | None) -> None:
        if self._mode == _MATTERS:
            self._count.setText("" if count is None else n_("{n} matter", "{n} matters", count))
            self._count.setVisible(count is not None)

    def _wish(self) -> Wish:
        from desktop.tasks.browse_amounts import Question

        chosen = self.filters
        question = Question(self._query, chosen.kind, chosen.dimension, chosen.low, chosen.high, chosen.actor)
        return Wish(question, self._order, self._descending)

    @Slot(object, object)
    def _sort(self, order: Order, descending: bool) -> None:
        self._order, self._descending = order, descending
        self._ask()

    @Slot(object)
    def _complete_name(self, prefix: str) -> None:
        if prefix.strip():
            self.reading.find_names(prefix.strip(), self.filters.show_names)

    # Answers

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        current = self._current()
        money = found.wish.question.kind is MentionKind.MONEY
        if money is not self.model.money:
            self.model.money = money
            self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self.model.show_amounts(found.amounts, found.pages)
        self.filters.show_unread(found.unread)
        self._say(heading_text(found.wish.question.kind, found.wish.question.dimension))
        self._show_rates(money)
        if current is not None and not self.table.currentIndex().isValid():
            self.reading.find_place(found.amounts, [current.id], self.table.go_to)
        if not found.amounts.total:
            self._explain()
        self._show_stack()
        if found.complete:
            self._show_count()

    def _show_stack(self) -> None:
        if self._mode == _TABLE:
            self._stack.setCurrentWidget(self._splitter if self.model.rowCount() else self._empty_place)

    def _current(self) -> AmountRow | None:
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    @Slot(object)
    def _show_counted(self, counted: Counted) -> None:
        self._counted = counted
        self.filters.show_choices(counted.choices)
        self._show_count()

    def _show_count(self) -> None:
        if self._mode != _TABLE:
            return
        shown = self.model.rowCount()
        self._count.show()
        total = max(self._counted.total if self._counted else 0, shown)
        self._count.setText(
            n_("{n} amount", "{n} amounts", shown)
            if shown == total
            else _("{shown} of {total} amounts").format(
                shown=format_number(shown), total=format_number(total)
            )
        )

    def _show_rates(self, money: bool) -> None:
        from desktop.extraction import currency

        self._rates.setText(_("EUR rates: ECB, until {day}").format(day=format_date(currency.newest_day())))
        self._rates.setVisible(money)

    @Slot(object)
    def _show_chart(self, charted: Charted) -> None:
        self._charted, points = charted, charted.points
        self.chart.show_material(charted.material)
        self.chart.show_row(self._current())
        self._chart_place.setVisible(bool(points.points))
        words = (
            _legend()
            if points.exact
            else _("A dot stands for the amounts of some days: the more, the fuller its colour.")
        )
        if points.unrated and charted.kind is MentionKind.MONEY:
            words += " " + n_("{n} amount has no rate.", "{n} amounts have no rate.", points.unrated)
        self._say(heading_text(charted.kind, charted.dimension), words)

    def _explain(self) -> None:
        narrow, query = self.filters.is_narrow, self._query
        if narrow:
            emptiness = Emptiness(
                _("No amount matches the filter"),
                (_("There may be others: of another unit, larger or smaller, with other actors."),),
                ((_CLEAR, _("Clear filter")),),
            )
        elif query:
            emptiness = Emptiness(
                _("No amounts in what was found"),
                (_("Choose another kind above, or search for something else."),),
            )
        else:
            emptiness = Emptiness(
                _("No amounts of this kind yet"),
                (
                    _("Amounts are marked by themselves when articles come in, with their sentence."),
                    _("Choose another kind above, or import articles."),
                ),
            )
        self._empty.explain(emptiness)

    @Slot(object)
    def _take_offer(self, name: str) -> None:
        if name == _CLEAR:
            self.filters.clear()

    # Opening, telling, copying

    @Slot(object)
    def _open(self, row: AmountRow) -> None:
        self.place_requested.emit((row.article, row.start, row.end))

    @Slot(object)
    def _on_mark(self, mark: Mark) -> None:
        """Open the sentence of a dot; of one that stands for several, select the first in the table."""
        if self._charted is not None and not self._charted.points.exact:
            self.reading.read_cell(self._charted.points.cells[mark.ids[0]], self._select_first)
        elif mark.count == 1:
            self.reading.read_rows(mark.ids, lambda rows: self._open(rows[0]) if rows else None)
        else:
            self.reading.find_place(self.model.amounts, mark.ids, self._select)

    def _select_first(self, rows: list[AmountRow]) -> None:
        if rows:
            self.reading.find_place(self.model.amounts, [rows[0].id], self._select)

    def _select(self, number: int) -> None:
        self.table.go_to(number)
        self.table.setFocus()

    @Slot(object)
    def _on_entered(self, mark: Mark | None) -> None:
        if mark is None:
            return
        if self._charted is not None and not self._charted.points.exact:
            self.reading.read_cell(self._charted.points.cells[mark.ids[0]], partial(self._tell, mark))
        else:
            self.reading.read_rows(mark.ids[:1], partial(self._tell, mark))

    def _tell(self, mark: Mark, rows: list[AmountRow]) -> None:
        """Say what a dot stands for, if it is still pointed at."""
        if not rows:
            return
        row = rows[0]
        value = value_text(row) or no_rate_text(row)
        if mark.count > 1:
            words = n_("{n} amount", "{n} amounts", mark.count)
            lines = [_("{amounts} around {value}").format(amounts=words, value=_worth(row)), row.title]
        else:
            lines = [f"{value} · {row.written}", row.title, format_date(row.published)]
        self.chart.tell(mark, "\n".join(line[:_MOST_TOLD] for line in lines))

    @Slot(object)
    def _copy(self, numbers: list[int]) -> None:
        self.reading.read_places(self.model.amounts, numbers, self._put_on_clipboard)

    def _put_on_clipboard(self, rows: list[AmountRow]) -> None:
        QGuiApplication.clipboard().setText(as_text(rows, money=self.model.money))
        self._messages.tell(n_("{n} row copied", "{n} rows copied", len(rows)))

    @Slot()
    def _export_table(self) -> None:
        """Ask for a file and write the table into it."""
        session, wish = self._session, self._wish()
        if session is None:
            return

        def task(target: Path, progress: Progress) -> None:
            from desktop.tasks import browse_amounts

            browse_amounts.export(session, wish.question, wish.order, wish.descending, target, progress)

        self._files.write_table(_("Amounts"), task)

    @Slot()
    def _keep_columns(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.table.keep_widths()
            self._settings.set("amounts_columns", self.table.columns())


def _legend() -> str:
    return _("A dot is a mention; a bar is a range. A click opens the sentence.")


def _worth(row: AmountRow) -> str:
    low, high = row.euro if row.kind is MentionKind.MONEY and row.euro else row.base
    return short_number(high if high != float("inf") else low)
