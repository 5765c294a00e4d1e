"""Icons: line drawings that take the colour of the theme that is worn.

The drawings in `resources/icons/` were made from qtawesome's Phosphor font by
`packaging/make_icons.py`, so that the first paint waits for nothing. A name without a drawing is
asked of qtawesome itself, at first use.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.model import MentionKind
from desktop.resources import resource

#: the shape that tells a kind apart where colour does not
KIND_ICONS = {
    MentionKind.PERSON: "user-fill",
    MentionKind.ORGANISATION: "buildings-fill",
    MentionKind.PLACE: "map-pin-fill",
    MentionKind.EVENT: "flag-banner-fill",
    MentionKind.MONEY: "coin-fill",
    MentionKind.QUANTITY: "ruler-fill",
    MentionKind.PERCENT: "percent-bold",
    MentionKind.TEMPERATURE: "thermometer-fill",
    MentionKind.AGE: "cake-fill",
    MentionKind.DURATION: "hourglass-fill",
    MentionKind.COUNT: "stack-fill",
    MentionKind.NUMBER: "hash-bold",
    MentionKind.DATE: "calendar-blank-fill",
}


def icon(name: str) -> QIcon:
    """Return an icon that is always drawn in the text colour of the moment."""
    if not resource("icons", f"{name}.svg").exists():
        import qtawesome

        return qtawesome.icon(f"ph.{name}")
    return QIcon(_LineIcon(name))


def program_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(resource("icons", "leeslamp.svg")))


@lru_cache(maxsize=256)
def drawing(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square picture; color is "#rrggbb", ratio the screen's pixels per unit."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", color).encode())).render(
        painter, QRectF(0, 0, size, size)
    )
    painter.end()
    return pixmap


@lru_cache
def _svg(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


class _LineIcon(QIconEngine):
    """Draws in the palette's text colour, so that a change of theme needs no new icons."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the drawing into rect."""
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        side = min(rect.width(), rect.height())
        place = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(place, drawing(self._name, _text_color(mode).name(), side, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the drawing as a picture of this many pixels."""
        return drawing(self._name, _text_color(mode).name(), min(size.width(), size.height()))

    def clone(self) -> QIconEngine:
        """Return another one like this."""
        return _LineIcon(self._name)


def _text_color(mode: QIcon.Mode) -> QColor:
    group = QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Normal
    return QApplication.palette().color(group, QPalette.ColorRole.ButtonText)
