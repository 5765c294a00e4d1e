"""The page of one actor: who it is, through time, with whom, with which amounts, and every passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QToolButton, QVBoxLayout, QWidget

from desktop.i18n import _, kind_name
from desktop.library.amounts import AmountRow
from desktop.model import Actor, ActorId
from desktop.ui.actor_chart import ActorChart
from desktop.ui.actor_facts import ActorFactsList
from desktop.ui.actor_names import ActorNames
from desktop.ui.actor_page_reading import ActorPageReading
from desktop.ui.actor_quotes import ActorQuotes
from desktop.ui.actor_words import between_words, counts_words, query_for
from desktop.ui.icons import KIND_ICONS, drawing, icon
from desktop.ui.jobs import Jobs
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.actor_page import ActorPage, Passages

_ICON = 22
_FACTS = 380  # pixels, the first time
_MOST_ROLES = 2


class ActorPageView(QWidget):
    """Shows one actor at a time.

    Signals:
        back_requested: back to where the reader came from.
        actor_chosen: the ActorId of another actor.
        place_requested: (ArticleId, start, end) to be read in its text.
        search_requested: a query that finds the actor's articles.
        split_requested: (ActorId, NameOfActor): this name is another actor's.
        menu_requested: (list with the Actor, QPoint on screen).
        gone: the actor is no longer there.
    """

    back_requested = Signal()
    actor_chosen = Signal(object)
    place_requested = Signal(object)
    search_requested = Signal(object)
    split_requested = Signal(object, object)
    menu_requested = Signal(object, object)
    gone = Signal()

    def __init__(self, jobs: Jobs, theme: Theme) -> None:
        super().__init__(objectName="actorPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.actor: Actor | None = None
        self._between = ""
        self.reading = ActorPageReading(jobs, self)
        self.chart = ActorChart(theme)
        self.names = ActorNames(theme)
        self.facts = ActorFactsList(theme)
        self.quotes = ActorQuotes(theme)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.quotes)
        self.set_theme(theme)

    def _lay_out(self) -> None:
        panel = QWidget(objectName="actorPanel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.names)
        column.addWidget(self.facts, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        self.splitter.addWidget(self.quotes)
        self.splitter.addWidget(panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([800, _FACTS])
        self.quotes.setMinimumWidth(320)
        panel.setMinimumWidth(280)
        self._caption = QLabel(_("Articles through time"), objectName="actorChartCaption")
        self._caption.setProperty("role", "dim")
        self._caption.setContentsMargins(22, 0, 22, 0)
        line = QWidget(objectName="actorLine")
        line.setFixedHeight(1)
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self._caption)
        layout.addWidget(self.chart)
        layout.addSpacing(6)
        layout.addWidget(line)
        layout.addWidget(self.splitter, 1)

    def _head(self) -> QWidget:
        self._back = QToolButton(
            objectName="backToActors", toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self._back.setText(_("Back"))
        self._back.setIcon(icon("arrow-left"))
        self._back.setToolTip(_("Back (Esc)"))
        self._icon = QLabel()
        self._name = QLabel(objectName="actorName", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told = QLabel(objectName="actorTold", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._told.setProperty("role", "dim")
        self._search = QPushButton(_("Search for this actor"), objectName="searchActor")
        self._search.setIcon(icon("magnifying-glass"))
        self._menu = QToolButton(objectName="actorMenu", text="⋯")
        self._menu.setAccessibleName(_("More about this actor"))
        self._menu.setToolTip(_("More about this actor"))
        head = QWidget(objectName="actorHead")
        column = QVBoxLayout(head)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch(1)
        top.addWidget(self._search)
        top.addWidget(self._menu)
        column.addLayout(top)
        title = QHBoxLayout()
        title.setContentsMargins(8, 0, 8, 0)
        title.setSpacing(10)
        title.addWidget(self._icon)
        title.addWidget(self._name, 1)
        column.addLayout(title)
        told = QHBoxLayout()
        told.setContentsMargins(8, 0, 8, 0)
        told.addWidget(self._told, 1)
        column.addLayout(told)
        return head

    def _connect(self) -> None:
        self.reading.read.connect(self._show_page)
        self.reading.passages_read.connect(self._show_passages)
        self.reading.missed.connect(self.gone)
        self._back.clicked.connect(self.back_requested)
        self._search.clicked.connect(self.search)
        self._menu.clicked.connect(self._ask_menu)
        self.names.split_requested.connect(lambda name: self.split_requested.emit(self.reading.actor, name))
        self.facts.actor_chosen.connect(self.actor_chosen)
        self.facts.amount_chosen.connect(self._open_amount)
        self.quotes.place_requested.connect(self.place_requested)
        self.quotes.more_wanted.connect(self.reading.more)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self._name.setFont(theme.font("title", weight=600))
        self._caption.setFont(theme.font("small"))
        for part in (self.chart, self.names, self.facts, self.quotes):
            part.set_theme(theme)
        self._show_head()

    def restore(self, stored: str) -> None:
        """Give the parts the sizes they had."""
        if stored:
            self.splitter.restoreState(QByteArray.fromBase64(stored.encode()))

    def sizes(self) -> str:
        """Return the sizes of the parts, for `restore`."""
        return bytes(self.splitter.saveState().toBase64().data()).decode()

    # What is shown

    def show_actor(self, actor: ActorId) -> None:
        """Show an actor; what is known comes in a moment."""
        if self.reading.actor != actor:
            self.actor = None
            self.quotes.show_none()
        self.reading.ask(actor)

    @Slot(object)
    def _show_page(self, page: ActorPage) -> None:
        self.actor = page.facts.actor
        self._between = between_words(page.facts.first, page.facts.last)
        self._show_head()
        self.chart.show_days(page.facts.days, self.actor.kind)
        self._caption.setVisible(bool(page.facts.days))
        self.names.show_names(page.facts.names, (self.actor.name, *self.actor.aliases))
        self.facts.show_page(page)

    @Slot(object, object)
    def _show_passages(self, passages: Passages, behind: bool) -> None:
        if self.actor is not None:
            self.quotes.show_passages(passages, self.actor.kind, behind=behind)

    def _show_head(self) -> None:
        actor = self.actor
        if actor is None:
            return
        color = self._theme.kind_color(actor.kind).name()
        self._icon.setPixmap(drawing(KIND_ICONS[actor.kind], color, _ICON, self.devicePixelRatioF()))
        self._name.setText(actor.name)
        told = [kind_name(actor.kind).capitalize()]
        told += actor.roles[:_MOST_ROLES]
        told += [counts_words(actor.articles, actor.mentions), self._between]
        self._told.setText(" · ".join(part for part in told if part))
        self.setAccessibleName(f"{actor.name}, {kind_name(actor.kind)}")

    # What is done

    @Slot()
    def search(self) -> None:
        """Look for the articles of this actor."""
        if self.actor is not None:
            self.search_requested.emit(query_for(self.actor.name))

    @Slot()
    def _ask_menu(self) -> None:
        if self.actor is not None:
            below = self._menu.mapToGlobal(QPoint(0, self._menu.height()))
            self.menu_requested.emit([self.actor], below)

    @Slot(object)
    def _open_amount(self, row: AmountRow) -> None:
        self.place_requested.emit((row.article, row.start, row.end))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the actor."""
        if self.actor is not None:
            self.menu_requested.emit([self.actor], event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc and Backspace."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)
