"""What stands beside the network: who an actor stands with, and the sentences, newest article first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.ties import Tie
from desktop.i18n import _, format_date, format_number, kind_name, n_
from desktop.tasks.network import Network, Passages, Within
from desktop.ui import network_words as words
from desktop.ui.icons import KIND_ICONS, icon
from desktop.ui.network_canvas import Target
from desktop.ui.panel_delegate import PanelDelegate
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

_NEIGHBOURS = 7  # that are listed
_PLACE, _NEIGHBOUR = "place:", "actor:"
_Marks = dict[str, tuple[tuple[int, int], ...]]


class _Delegate(PanelDelegate):
    """Paints names in a sentence stronger than the rest."""

    marks: _Marks  #: of each row, by its key

    def __init__(self, theme: Theme, parent: PanelList) -> None:
        self.marks = {}
        super().__init__(theme, parent)

    def _paint_words(self, painter: QPainter, rect: QRect, top: int, row: PanelRow) -> None:
        super()._paint_words(painter, rect, top, row)
        marks = self.marks.get(row.key)
        if not marks:
            return
        room = self._room(rect, row)
        height = self._lines_height(self._title_metrics, room.width(), row.title)
        place = QRect(room.x(), top, room.width(), height)
        painter.fillRect(place, self._ground)
        _draw_marked(painter, place, row.title, marks, self._title, self._theme)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a line."""
        from PySide6.QtWidgets import QStyle

        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        self._ground = self._theme.color("selection" if selected else "hover" if over else "panel")
        super().paint(painter, option, index)


def _draw_marked(
    painter: QPainter,
    place: QRect,
    sentence: str,
    marks: tuple[tuple[int, int], ...],
    font: QFont,
    theme: Theme,
) -> None:
    """Draw a sentence with some of its words stronger, as many lines as there is room for."""
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    strong.setForeground(theme.color("ink"))
    laid = QTextLayout(sentence, font)
    laid.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    formats = []
    for start, end in marks:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = _units(sentence[:start]), _units(sentence[start:end]), strong
        formats.append(one)
    laid.setFormats(formats)
    laid.beginLayout()
    y = 0.0
    while True:
        line = laid.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, y))
        y += line.height()
    laid.endLayout()
    painter.save()
    painter.setClipRect(place)
    painter.setPen(theme.between("ink", "dim", 0.55))
    laid.draw(painter, QPointF(place.topLeft()))
    painter.restore()


def _units(text: str) -> int:
    """Return how long a text is for Qt, which counts in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _List(PanelList):
    """A list whose rows stand in many texts.

    Signals:
        key_taken: the key of the row that was clicked, or on which Enter was pressed.
    """

    key_taken = Signal(object)

    @Slot(QModelIndex)
    def _on_click(self, _index: QModelIndex) -> None:
        if self.current_key():
            self.key_taken.emit(self.current_key())


class NetworkPlaces(QWidget):
    """The list beside the picture.

    Signals:
        place_requested: (ArticleId, start, end) to be opened for reading.
        tie_wanted: (number of an actor, number of another) that are to be chosen.
        search_wanted: what is shown is to be searched for.
        closed: nobody wants to see the list any more.
    """

    place_requested = Signal(object)
    tie_wanted = Signal(object)
    search_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="networkPlaces")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(260)
        self._found: Network | None = None
        self._target: Target = None
        self._passages: Passages | None = None
        self._title, self._facts = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._facts.setProperty("role", "dim")
        for label in (self._title, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._search = QPushButton(objectName="networkSearch")
        self._search.clicked.connect(self.search_wanted)
        self._close = QToolButton(objectName="networkClose", icon=icon("x"), toolTip=_("Close the list"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(_("Close the list"))
        self._close.clicked.connect(self.closed)
        self.list = _List(theme, "networkPlaceList", _("Where they stand together"))
        self._delegate = _Delegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.key_taken.connect(self._take)
        self._lay_out()
        self.set_theme(theme)
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 8, 8)
        head.setSpacing(6)
        head.addLayout(top)
        head.addWidget(self._facts)
        head.addWidget(self._search, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._title.setFont(theme.font(weight=600))
        self._facts.setFont(theme.font("small"))
        self.list.set_theme(theme)
        self._delegate.set_theme(theme)

    def begin(self, found: Network, target: int | Tie) -> None:
        """Show who is asked about; the passages are on their way."""
        same = self._target is not None and words.target_name(found, target) == self._title.text()
        self._found, self._target = found, target
        title, _rest, facts = words.facts(found, target).partition("\n")
        if isinstance(target, int):
            facts = facts.partition("\n")[0]
        self._title.setText(title)
        self._facts.setText(facts)
        both = isinstance(target, Tie)
        self._search.setText(_("Search for both") if both else _("Search for this actor"))
        if not same:
            self._passages = None
        self._show()

    def show_passages(self, read: Passages) -> None:
        """Show where they stand together."""
        self._passages = read
        self._show()

    def _show(self) -> None:
        found, target = self._found, self._target
        if found is None or target is None:
            return
        lines: list[Heading | PanelRow] = []
        if isinstance(target, int):
            lines += self._neighbours(found, target)
        self._delegate.marks = {}
        read = self._passages
        if read is None:
            lines.append(Heading(_("Reading…")))
        elif read.found:
            lines += self._places(found, read)
        self.list.show_lines(lines)

    def _neighbours(self, found: Network, number: int) -> list[Heading | PanelRow]:
        mine = [tie for tie in found.ties if number in (tie.one, tie.other)]
        if not mine:
            return [Heading(_("Never together with one of the others"))]
        most = max(tie.strength for tie in mine) or 1.0
        lines: list[Heading | PanelRow] = [Heading(_("Together with"), len(mine))]
        for tie in mine[:_NEIGHBOURS]:
            other = tie.other if tie.one == number else tie.one
            actor = found.actors[other]
            lines.append(
                PanelRow(
                    key=f"{_NEIGHBOUR}{other}",
                    title=actor.name,
                    count=tie.count,
                    share=tie.strength / most,
                    icon=KIND_ICONS[actor.kind],
                    role=actor.kind.value,
                    kind=kind_name(actor.kind),
                )
            )
        return lines

    def _places(self, found: Network, read: Passages) -> list[Heading | PanelRow]:
        sentences = found.question.within is Within.SENTENCE
        shown = len(read.found)
        if sentences and read.complete:
            title = n_("{n} sentence", "{n} sentences", shown)
        elif sentences:
            title = _("the newest {n} sentences").format(n=format_number(shown))
        else:
            title = n_("Together in {n} article", "Together in {n} articles", read.articles)
        lines: list[Heading | PanelRow] = [Heading(title)]
        for number, place in enumerate(read.found):
            said, marks = words.cut(place.sentence, place.marks)
            key = f"{_PLACE}{number}"
            self._delegate.marks[key] = marks
            origin = (place.title, format_date(place.published, short=True), place.source)
            below = " · ".join(part for part in origin if part)
            if not place.shared:
                below = _("not in one sentence · {origin}").format(origin=below)
            lines.append(PanelRow(key=key, title=said, below=(below,), quoted=True))
        return lines

    @Slot(object)
    def _take(self, key: str) -> None:
        if key.startswith(_NEIGHBOUR) and isinstance(self._target, int):
            self.tie_wanted.emit((self._target, int(key.removeprefix(_NEIGHBOUR))))
        elif key.startswith(_PLACE) and self._passages is not None:
            place = self._passages.found[int(key.removeprefix(_PLACE))]
            self.place_requested.emit((place.article, place.start, place.end))
