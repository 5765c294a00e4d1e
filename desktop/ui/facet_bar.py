"""The bar of filters over the result list: what is on, what there is to choose, the menu of everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from desktop.i18n import _, format_number
from desktop.ui import facet_words
from desktop.ui.facet_chip import FacetChip
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.search.narrowing import Condition
    from desktop.tasks.facets import Facets, FacetValue

_GAP = 5  # pixels between chips
_MARGINS = (10, 8)  # pixels at the sides, above and below
_NARROW = 240  # pixels; a narrower bar has one line, with the filters that are on and the menu
_LINES = 2
_MOST_LINES = 6  # of filters that are on


class FacetBar(QWidget):
    """Chips in lines: what finds no room is in the menu of the last one.

    Choices never make the bar grow; filters that are on do, so that each can be seen and taken off.

    Signals:
        included, excluded: a FacetValue is wanted, or to be left out.
        removed: the Condition that is to go.
    """

    included = Signal(object)
    excluded = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lines: int = _LINES) -> None:
        super().__init__(parent)
        self.setObjectName("facetBar")
        self._lines = lines
        self._is_wanted = True
        self.setFont(theme.font("small"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Filters"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._conditions: Sequence[Condition] = ()
        self._facets: Facets | None = None
        self._chips: list[FacetChip] = []
        self._shown: list[FacetChip] = []
        self._more = FacetChip(self)
        self._more.setObjectName("moreFilters")
        self._more.setText(_("+ Filter"))
        self._more.setAccessibleName(_("All filters"))
        self._more.setToolTip(_("All filters"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.moved.connect(lambda by: self._move(self._more, by))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self.menu)
        self.hide()

    # What is shown

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show which filters are on."""
        if list(conditions) != list(self._conditions):
            self._conditions = list(conditions)
            self._lay_out()

    def show_facets(self, facets: Facets | None) -> None:
        """Offer these choices; None = there are none."""
        self._facets = facets
        self._lay_out()

    def set_wanted(self, wanted: bool) -> None:
        """Show the bar when there is something in it, or never."""
        self._is_wanted = wanted
        self._lay_out()

    def chips(self) -> list[FacetChip]:
        """Return the chips that are shown, in order, without the one with the menu."""
        return list(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find another place for everything."""
        self._lay_out()
        super().resizeEvent(event)

    def _is_narrow(self) -> bool:
        return self.width() < _NARROW

    def _line_count(self) -> int:
        """Return how many lines there are: more than usual where the filters that are on need them."""
        usual = 1 if self._is_narrow() else self._lines
        sizes = []
        for number, condition in enumerate(self._conditions):
            self._dress(self._chip(number), condition)
            sizes.append(self._chip(number).sizeHint())
        for number in range(usual, _MOST_LINES):
            lines = _Lines(self.width(), number, self._more.sizeHint().width())
            if all(lines.place(size) is not None for size in sizes):
                return number
        return max(usual, _MOST_LINES)

    def _lay_out(self) -> None:
        if not self._is_wanted:
            self.hide()
            return
        focused = self._focused()
        had_focus = focused is not None
        lines = self._line_count()
        self._place(self._wanted(), lines)
        height = self._more.sizeHint().height()
        self.setFixedHeight(lines * height + (lines - 1) * _GAP + 2 * _MARGINS[1])
        self.setVisible(bool(self._conditions or (self._facets is not None and self._facets.values)))
        if had_focus and focused is not None:
            order = [*self._shown, self._more]
            order[min(focused, len(order) - 1)].setFocus()
        self._let_tab_in()

    def _focused(self) -> int | None:
        order = [*self._shown, self._more]
        return next((place for place, chip in enumerate(order) if chip.hasFocus()), None)

    def _wanted(self) -> list[Condition | FacetValue]:
        """Return what is to be shown if there is room: filters that are on, then of each facet a choice."""
        wanted: list[Condition | FacetValue] = list(self._conditions)
        if self._facets is None or self._is_narrow():
            return wanted
        rows = [self._choices(values) for values in self._facets.values.values()]
        for turn in range(max(map(len, rows), default=0)):
            wanted += [row[turn] for row in rows if turn < len(row)]
        return wanted

    def _choices(self, values: Sequence[FacetValue]) -> list[FacetValue]:
        """Return the choices that would change the result."""
        total = self._facets.total if self._facets else 0
        return [value for value in values if value.articles < total and not self._is_on(value)]

    def _is_on(self, value: FacetValue) -> bool:
        return any(condition.is_about(value.field, value.value) for condition in self._conditions)

    def _place(self, wanted: Sequence[Condition | FacetValue], number: int) -> None:
        """Put chips in so many lines as long as there is room for one more and the menu."""
        more = self._more.sizeHint()
        lines = _Lines(self.width(), number, more.width())
        self._shown = []
        for what in wanted:
            chip = self._chip(len(self._shown))
            self._dress(chip, what)
            place = lines.place(chip.sizeHint())
            if place is None:
                continue  # a shorter one may fit
            chip.setGeometry(place)
            chip.show()
            self._shown.append(chip)
        for chip in self._chips[len(self._shown) :]:
            chip.hide()
        self._shown.sort(key=lambda chip: (chip.y(), chip.x()))  # as the arrows go through them
        self._more.setGeometry(lines.last(more))

    def _dress(self, chip: FacetChip, what: Condition | FacetValue) -> None:
        from desktop.search.narrowing import Condition

        if isinstance(what, Condition):
            chip.show_condition(what)
        else:
            chip.show_value(what)

    def _chip(self, number: int) -> FacetChip:
        if number == len(self._chips):
            chip = FacetChip(self)
            chip.included.connect(self.included)
            chip.excluded.connect(self.excluded)
            chip.removed.connect(self.removed)
            chip.moved.connect(lambda by: self._move(chip, by))
            self.setTabOrder(self._chips[-1] if self._chips else self._more, chip)
            self._chips.append(chip)
        return self._chips[number]

    # By keyboard: Tab goes into the bar and out of it, the arrows go about in it

    def _let_tab_in(self) -> None:
        focused = self._focused()
        for place, chip in enumerate([*self._shown, self._more]):
            tabbed = place == (focused or 0)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tabbed else Qt.FocusPolicy.ClickFocus)

    def _move(self, chip: FacetChip, by: int) -> None:
        order = [*self._shown, self._more]
        if chip in order:
            order[min(max(order.index(chip) + by, 0), len(order) - 1)].setFocus()
            self._let_tab_in()

    # The menu of everything

    @Slot()
    def _fill_menu(self) -> None:
        self.menu.clear()
        for condition in self._conditions:
            words = _("Remove “{name}”").format(name=facet_words.condition_name(condition))
            self._add(self.menu, words, self.removed, condition)
        if self._conditions:
            self.menu.addSeparator()
        facets = self._facets.values if self._facets else {}
        for name, values in facets.items():
            choices = [value for value in values if not self._is_on(value)]
            if choices:
                self._add_choices(self.menu.addMenu(facet_words.facet_name(name)), choices)
        if not self.menu.actions():
            self.menu.addAction(_("Nothing to filter by")).setEnabled(False)

    def _add_choices(self, menu: QMenu, choices: Sequence[FacetValue]) -> None:
        for value in choices:
            self._add(menu, _line(value), self.included, value)
        menu.addSeparator()
        without = menu.addMenu(_("Without"))
        for value in choices:
            self._add(without, _line(value), self.excluded, value)

    def _add(self, menu: QMenu, words: str, signal: SignalInstance, about: object) -> None:
        menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _checked=False: signal.emit(about))


def _line(value: FacetValue) -> str:
    name = facet_words.value_name(value.field, value.value)
    return f"{name}\t{format_number(value.articles)}"


class _Lines:
    """Fills lines from the left: each goes into the first one that has room."""

    def __init__(self, width: int, lines: int, kept: int) -> None:
        """Kept: pixels that stay free at the end of the last line, for what is placed `last`."""
        self._room = [width - _MARGINS[0]] * lines
        self._room[-1] -= kept + _GAP
        self._x = [_MARGINS[0]] * lines

    def place(self, size: QSize) -> QRect | None:
        """Return where one more goes; None = there is no room."""
        for line, x in enumerate(self._x):
            if x + size.width() <= self._room[line]:
                return self._put(line, size)
        return None

    def last(self, size: QSize) -> QRect:
        """Return where the last one goes: behind the others, or where room was kept for it."""
        used = max((line for line, x in enumerate(self._x) if x > _MARGINS[0]), default=0)
        fits = self._x[used] + size.width() <= self._room[used]
        return self._put(used if fits else len(self._x) - 1, size)

    def _put(self, line: int, size: QSize) -> QRect:
        x = self._x[line]
        self._x[line] = x + size.width() + _GAP
        return QRect(x, _MARGINS[1] + line * (size.height() + _GAP), size.width(), size.height())
