"""The table of actors."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent

from desktop.i18n import _, format_date, kind_name
from desktop.library.actor_table import ActorRow, Order
from desktop.model import ACTOR_KINDS
from desktop.ui.actors_delegate import ActorsDelegate
from desktop.ui.actors_model import NUMBERS, ORDERS, ActorsModel, Column, cell_text, column_name
from desktop.ui.paged_delegate import ICON, ICON_GAP, SIDE
from desktop.ui.paged_table import PagedTable, tabbed
from desktop.ui.theme import Theme

#: columns that share what the others leave, the first time: what is long in them is shortened
_SHARES = {Column.NAME: 39, Column.ROLE: 25, Column.COMPANY: 36}
_ROOMY = 1200  # pixels: in less, the shape alone tells the kind
_ARROW = 14  # pixels beside the head that the table is sorted by
_LEAST = 56  # pixels of a column
#: what is best seen with the most, or the newest, on top
_DESCENDING = (Order.ARTICLES, Order.MENTIONS, Order.ALIASES, Order.FIRST, Order.LAST)


class ActorsTable(PagedTable):
    """Shows an ActorsModel.

    Signals:
        menu_requested: (list of the Actors that are selected, QPoint on screen).
    """

    menu_requested = Signal(object, object)

    def __init__(self, theme: Theme, model: ActorsModel) -> None:
        super().__init__(
            model,
            ActorsDelegate(theme),
            theme,
            name="actorsTable",
            least=_LEAST,
            orders=ORDERS,
            descending=_DESCENDING,
        )
        self.setAccessibleName(_("Actors"))
        self.show_order(Order.ARTICLES, True)

    def first_widths(self, room: int) -> dict[Column, int]:
        """Give numbers, dates and kinds what they need, and the rest to names."""
        heads, cells = self.horizontalHeader().fontMetrics(), self._delegate.metrics
        kinds = [kind_name(kind) for kind in ACTOR_KINDS] if room >= _ROOMY else []
        date = format_date("2025-09-28", short=True)
        longest = {Column.KIND: kinds, Column.FIRST: [date], Column.LAST: [date]}
        widths = {}
        for column in Column:
            if column not in _SHARES:
                words = [cells.horizontalAdvance(one) for one in longest.get(column, ())]
                shape = ICON + ICON_GAP if column is Column.KIND else 0
                arrow = _ARROW if column in NUMBERS else 0
                head = heads.horizontalAdvance(column_name(column)) + arrow
                widths[column] = max([head, *(one + shape for one in words)]) + 2 * SIDE + 2
        left = max(room - sum(widths.values()), room // 3)
        return widths | {column: left * share // 100 for column, share in _SHARES.items()}

    def number_at(self, row: int) -> int | None:
        """Return the number of the actor in a row."""
        return self.rows.ids[row] if 0 <= row < len(self.rows.ids) else None

    def current_number(self) -> int | None:
        """Return the number of the current actor."""
        index = self.currentIndex()
        return self.number_at(index.row()) if index.isValid() else None

    def selected(self) -> list[ActorRow]:
        """Return the selected actors that are in memory."""
        rows = (self.rows.row(number) for number in self.selected_numbers())
        return [row for row in rows if row is not None]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected rows."""
        if chosen := [row.actor for row in self.selected()]:
            self.menu_requested.emit(chosen, self.menu_place(event))


def as_text(rows: Sequence[ActorRow]) -> str:
    """Return rows as lines with tabs, with a head line; of the other forms all are told."""
    lines = [[column_name(column) for column in Column]]
    for row in rows:
        cells = {column: cell_text(row, column) for column in Column}
        cells[Column.ALIASES] = ", ".join(row.actor.aliases)
        lines.append(list(cells.values()))
    return tabbed(lines)
