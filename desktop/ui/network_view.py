"""The network of actors, of the library or of a result: a picture or a table, and a list beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.charts.ties import Tie
from desktop.i18n import _, n_
from desktop.model import Changes
from desktop.progress import Progress
from desktop.tasks import network_files as files
from desktop.tasks.network import Network, Question
from desktop.ui import network_words as words
from desktop.ui.empty_state import Emptiness, EmptyState, in_the_middle
from desktop.ui.icons import icon
from desktop.ui.network_canvas import Target
from desktop.ui.network_chart import NetworkChart
from desktop.ui.network_filters import NetworkFilters
from desktop.ui.network_places import NetworkPlaces
from desktop.ui.network_reading import NetworkReading
from desktop.ui.network_table import PairsTable
from desktop.ui.rendering import as_png
from desktop.ui.theme import Theme
from desktop.ui.writing_files import FileWriter

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.ui.main_window import Services

_PICTURE, _TABLE = "picture", "table"
_WIDEN = "widen"
_SIZES = (900, 340)  # pixels of the picture and the list, at first


class NetworkView(QWidget):
    """One of the views of the library, see `library_views`.

    Signals:
        place_requested: (ArticleId, start, end) to be opened for reading.
        search_requested: a query for the search field.
    """

    place_requested = Signal(object)
    search_requested = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__(objectName="networkView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = services.appearance.theme
        self._settings, self._messages = services.settings, services.messages
        self._files = FileWriter(services.jobs, services.messages, services.settings)
        self._session: Session | None = None
        self._query = ""
        self.network: Network | None = None
        self.reading = NetworkReading(services.jobs, self)
        self.filters = NetworkFilters(theme)
        self.filters.set_choice(self._settings.get("network_within"), self._settings.get("network_actors"))
        self.chart = NetworkChart(theme)
        self.table = PairsTable(theme)
        self.places = NetworkPlaces(theme)
        self._empty = EmptyState(theme)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.setFocusProxy(self.chart)

    # Building

    def _lay_out(self) -> None:
        self._main = QStackedWidget()
        self._empty_place = in_the_middle(self._empty)
        for part in (self.chart, self.table, self._empty_place):
            self._main.addWidget(part)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        self._splitter.addWidget(self._main)
        self._splitter.addWidget(self.places)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes(list(_SIZES))
        self.places.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_head())
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self._build_foot())

    def _build_head(self) -> QWidget:
        head = QWidget(objectName="networkHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(22, 14, 16, 8)
        above.setSpacing(8)
        self._heading = QLabel(objectName="networkHeading", textFormat=Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._heading, 1)
        self.modes: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, text in ((_PICTURE, _("Picture")), (_TABLE, _("Table"))):
            button = QToolButton(objectName=f"network_{name}", text=text, checkable=True)
            button.setAccessibleName(_("Show the network as: {what}").format(what=text))
            button.clicked.connect(lambda _checked=False, name=name: self.show_mode(name))
            group.addButton(button)
            self.modes[name] = button
            top.addWidget(button)
        self.modes[_PICTURE].setChecked(True)
        top.addSpacing(10)
        self._zooms = [
            self._button("networkZoomOut", "minus", _("Smaller"), self.chart.zoom_out),
            self._button("networkZoomIn", "plus", _("Larger"), self.chart.zoom_in),
            self._button(
                "networkReset", "arrow-counter-clockwise", _("Show all, as it was laid out"), self.chart.reset
            ),
        ]
        for button in self._zooms:
            top.addWidget(button)
        above.addLayout(top)
        above.addWidget(self.filters)
        return head

    def _button(self, name: str, picture: str, text: str, does: Callable[[], object]) -> QToolButton:
        button = QToolButton(objectName=name, icon=icon(picture), toolTip=text)
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked=False: does())
        return button

    def _build_foot(self) -> QWidget:
        foot = QWidget(objectName="networkFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(22, 3, 8, 3)
        row.setSpacing(18)
        self._meaning = QLabel(files.meaning(), objectName="networkMeaning")
        self._meaning.setProperty("role", "dim")
        row.addWidget(self._meaning)
        row.addStretch(1)
        self._export = QPushButton(_("Export…"), objectName="exportNetwork", flat=True)
        self._export.setToolTip(_("Export the picture (SVG, PNG) or the pairs (CSV)"))
        self._export.clicked.connect(self._export_network)
        row.addWidget(self._export)
        return foot

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters)
        self.reading.began.connect(self._on_began)
        self.reading.found.connect(self._show_found)
        self.reading.read.connect(self.places.show_passages)
        self.chart.chosen.connect(self._on_chosen)
        self.table.chosen.connect(self.chart.choose)
        for part in (self.chart, self.table):
            part.opened.connect(lambda _target: self.places.setFocus())
            part.search_wanted.connect(self._search)
            part.menu_wanted.connect(self._show_menu)
        self.table.copied.connect(self._tell_copied)
        self.places.place_requested.connect(self.place_requested)
        self.places.tie_wanted.connect(lambda pair: self.chart.choose(self.chart.tie_of(*pair)))
        self.places.search_wanted.connect(lambda: self._search(self.chart.selected))
        self.places.closed.connect(lambda: self.chart.choose(None))
        self._empty.wanted.connect(lambda _name: self.filters.widen())

    # What the window tells

    def use(self, session: Session | None) -> None:
        """Look at this library from now on."""
        self._session = session
        self.network = None
        self.reading.use(session)
        self._ask()

    @Slot(object)
    def set_query(self, query: str) -> None:
        """Look at what this finds; "" = at everything."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._ask()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Look again when articles or actors changed, came or went."""
        if changes.library or changes.articles or changes.actors:
            self.reading.again_soon()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._heading.setFont(theme.font(weight=600))
        for part in (self.filters, self.chart, self.table, self.places, self._empty):
            part.set_theme(theme)

    # Asking

    def _ask(self) -> None:
        if self._session is not None:
            chosen = self.filters
            self.reading.ask(
                Question(
                    self._query,
                    chosen.chosen_kinds,
                    chosen.chosen_most,
                    chosen.chosen_within,
                    chosen.chosen_least,
                )
            )

    @Slot()
    def _on_filters(self) -> None:
        self._settings.set("network_within", self.filters.chosen_within.value)
        self._settings.set("network_actors", self.filters.chosen_most)
        self._ask()

    @Slot()
    def _on_began(self) -> None:
        if self.network is None:
            self._heading.setText(_("Counting who stands together…"))

    @Slot(object)
    def _show_found(self, found: Network) -> None:
        before, self.network = self.network, found
        keep = before is not None and before.question.query == found.question.query
        self.chart.show_network(found, keep=keep)
        self.table.pairs.show_network(found)
        self._heading.setText(words.heading(found))
        emptiness = _emptiness(found)
        if emptiness is not None:
            self._empty.explain(emptiness)
        for part in (self._export, self._meaning, *self._zooms):
            part.setEnabled(emptiness is None)
        self.show_mode(self._mode())
        self._on_chosen(self.chart.selected)

    def _mode(self) -> str:
        return _TABLE if self.modes[_TABLE].isChecked() else _PICTURE

    @Slot(object)
    def show_mode(self, name: str) -> None:
        """Show the "picture" or the "table"."""
        self.modes[name].setChecked(True)
        shown = self.table if name == _TABLE else self.chart
        empty = self.network is not None and _emptiness(self.network) is not None
        self._main.setCurrentWidget(self._empty_place if empty else shown)
        for button in self._zooms:
            button.setVisible(name == _PICTURE)
        self.setFocusProxy(shown)

    # Choosing

    @Slot(object)
    def _on_chosen(self, target: Target) -> None:
        """Show where they stand together."""
        found = self.network
        self.table.show_tie(target if isinstance(target, Tie) else None)
        if found is None or target is None or found is not self.chart.network:
            self.reading.forget_passages()
            self.places.hide()
            return
        self.places.begin(found, target)
        self.places.show()
        if isinstance(target, Tie):
            self.reading.read_passages(found, target.one, [target.other])
        else:
            self.reading.read_passages(found, target, found.neighbours(target))

    @Slot(object)
    def _search(self, target: Target) -> None:
        if self.network is not None and target is not None:
            self.search_requested.emit(words.as_query(self.network, target))

    @Slot(object, object)
    def _show_menu(self, target: int | Tie, place: QPoint) -> None:
        menu = self.menu_for(target)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu_for(self, target: int | Tie) -> QMenu:
        """Return what can be done with an actor or with two."""
        menu = QMenu(self)
        both = isinstance(target, Tie)
        menu.addAction(_("Show the sentences"), lambda: self.chart.choose(target))
        text = _("Search for both") if both else _("Search for this actor")
        menu.addAction(text, lambda: self._search(target))
        if isinstance(target, int) and self.chart.is_pinned(target):
            menu.addSeparator()
            menu.addAction(_("Let it go back to its place"), lambda: self.chart.unpin(target))
        return menu

    # Copying and exporting

    @Slot(object)
    def _tell_copied(self, rows: int) -> None:
        self._messages.tell(n_("{n} row copied", "{n} rows copied", rows))

    @Slot()
    def _export_network(self) -> None:
        """Ask for a file and write the picture or the pairs into it, as its name ends."""
        found = self.network
        if found is None:
            return
        ending = "csv" if self._mode() == _TABLE else "svg"
        kinds = [_("Picture (*.svg)"), _("Picture (*.png)"), _("Pairs of actors (*.csv)")]
        kinds = kinds[::-1] if ending == "csv" else kinds
        title = _("Export network")
        target = self._files.ask(
            title, f"{_('Network')}.{ending}", ";;".join(kinds), (".svg", ".png", ".csv")
        )
        if target is None:
            return
        suffix = target.suffix.lower().removeprefix(".")
        picture = as_png(files.svg(found, self.chart.places)) if suffix == "png" else b""
        places = self.chart.places

        def task(progress: Progress) -> None:
            if suffix == "png":
                files.write_bytes(target, picture)
            else:
                files.write(found, suffix, target, places)

        told = _("Network written to {file}").format(file=target.name)
        self._files.write(title, target, task, lambda _nothing: told)


def _emptiness(found: Network) -> Emptiness | None:
    """Say why there is nothing to draw, and what to do; None = there is something."""
    if found.ties:
        return None
    query = found.question.query.strip()
    if query and not found.articles:
        return Emptiness(
            _("Nothing found for “{query}”").format(query=query),
            (_("The network shows who stands together in what the search field finds."),),
        )
    if not found.articles:
        return Emptiness(
            _("No articles yet"),
            (
                _("Here you will see which persons, organisations, places and events appear together."),
                _("Import articles: names are marked by themselves."),
            ),
        )
    narrow = found.question.least > 1 or len(found.question.kinds) < 4
    return Emptiness(
        _("Nobody stands together here"),
        (
            _("No two of these actors share a sentence or an article as often as was asked."),
            _("Choose “In one article”, more kinds, or a smaller number of times."),
        ),
        ((_WIDEN, _("Show all ties")),) if narrow or found.least > 1 else (),
    )


def network_view(services: Services) -> NetworkView:
    """Make the view."""
    return NetworkView(services)
