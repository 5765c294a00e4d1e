"""The small bar at a selection: five colours, a note, a name, copy; on a highlight also: delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.i18n import _
from desktop.model import COLOURS
from desktop.ui.icons import icon
from desktop.ui.theme import Theme

_SWATCH = 18  # pixels


def colour_name(colour: int) -> str:
    """Return the word for a highlight colour 1..5."""
    names = (_("Yellow"), _("Blue"), _("Green"), _("Pink"), _("Purple"))
    return names[colour - 1]


def swatch(colour: QColor, edge: QColor, ratio: float = 1.0, *, chosen: bool = False) -> QIcon:
    """Return a round dot in a colour; chosen: with a strong ring."""
    pixmap = QPixmap(QSize(_SWATCH, _SWATCH) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour)
    painter.setPen(QPen(edge, 2.2 if chosen else 1))
    painter.drawEllipse(QRectF(0, 0, _SWATCH, _SWATCH).adjusted(1.5, 1.5, -1.5, -1.5))
    painter.end()
    return QIcon(pixmap)


class SelectionBar(QFrame):
    """Offers what can be done with a selection, or with the highlight that was clicked.

    Signals:
        colour_chosen: 1..5.
        note_requested, name_requested, copy_requested, quote_requested, delete_requested: of what it
            stands at.
    """

    colour_chosen = Signal(object)
    note_requested = Signal()
    name_requested = Signal()
    copy_requested = Signal()
    quote_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selectionBar")
        self.setAccessibleName(_("What to do with the selection"))
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 4, 5, 4)
        row.setSpacing(1)
        self._swatches = []
        for colour in range(1, COLOURS + 1):
            name = _("{colour} ({key})").format(colour=colour_name(colour), key=colour)
            button = self._button(name)
            button.setIconSize(QSize(_SWATCH, _SWATCH))
            button.clicked.connect(partial(self.colour_chosen.emit, colour))
            self._swatches.append(button)
            row.addWidget(button)
        row.addSpacing(4)
        made = []
        for name, drawing, signal in (
            (_("Note (M)"), "note-pencil", self.note_requested),
            (_("Mark as name (A)"), "user-plus", self.name_requested),
            (_("Copy"), "copy", self.copy_requested),
            (_("Copy with source (Q)"), "quotes", self.quote_requested),
            (_("Delete highlight (Del)"), "trash", self.delete_requested),
        ):
            button = self._button(name)
            button.setIcon(icon(drawing))
            button.clicked.connect(signal)
            row.addWidget(button)
            made.append(button)
        _note, self._name, _copy, _quote, self._delete = made
        self.hide()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._theme = theme
        self.setStyleSheet(
            f"#selectionBar {{ background: {theme.color('field').name()};"
            f" border: 1px solid {theme.between('line', 'dim', 0.25).name()}; border-radius: 8px; }}"
            " #selectionBar QToolButton { padding: 3px; }"
        )
        self._show_colour(None)

    def _show_colour(self, chosen: int | None) -> None:
        for colour, button in enumerate(self._swatches, 1):
            ring = self._theme.color("ink") if colour == chosen else self._theme.between("line", "dim", 0.5)
            picture = swatch(
                self._theme.highlight(colour), ring, self.devicePixelRatioF(), chosen=colour == chosen
            )
            button.setIcon(picture)

    def show_at(self, passage: QRect, area: QRect, *, chosen: int | None = None) -> None:
        """Show the bar above a passage, or below where there is no room; both in the parent's pixels.

        chosen: the colour of the highlight it stands at; None for a selection.
        """
        self._show_colour(chosen)
        self._delete.setVisible(chosen is not None)
        self._name.setVisible(chosen is None)
        self.adjustSize()
        x = min(max(passage.left() - 8, area.left() + 4), area.right() - self.width() - 4)
        y = passage.top() - self.height() - 6
        if y < area.top() + 4:
            y = passage.bottom() + 8
        self.move(QPoint(x, min(y, area.bottom() - self.height() - 4)))
        self.show()
        self.raise_()
