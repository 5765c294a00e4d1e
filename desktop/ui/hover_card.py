"""The card that says what a mention is, when the pointer rests on it or the reader asks by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, format_amount, format_period, kind_name, n_
from desktop.model import Actor, Mention, MentionKind, Source
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.marks import same_actor
from desktop.ui.theme import Theme

_SURE = 0.6  # a lower confidence is told
_WIDEST = 320  # pixels


@dataclass(frozen=True, slots=True)
class Description:
    """The words of a card."""

    kind: str
    title: str
    lines: list[str] = field(default_factory=list)


def describe(mention: Mention, mentions: Iterable[Mention], actors: Iterable[Actor]) -> Description:
    """Say what a mention is: kind, actor with role or value, how often here and elsewhere, found by what."""
    kind, title, lines = kind_name(mention.kind).capitalize(), mention.text, []
    if mention.amount is not None:
        title = format_amount(mention.amount) or mention.text
        lines.append(_("As written: {text}").format(text=mention.text))
    elif mention.period is not None:
        title = format_period(mention.period) or mention.text
        lines.append(_("As written: {text}").format(text=mention.text))
    else:
        title = mention.actor or mention.text
        if mention.role:
            kind = _("{kind}, {role}").format(kind=kind, role=mention.role)
        lines += _how_often(mention, mentions, actors)
    found = {
        Source.MODEL: _("Found by the language model"),
        Source.RULE: _("Found by a rule"),
        Source.USER: _("Marked by you"),
    }[mention.source]
    if mention.confidence < _SURE and mention.source is not Source.USER:
        found = _("{found}, not certain").format(found=found)
    lines.append(found)
    return Description(kind, title, lines)


def _how_often(mention: Mention, mentions: Iterable[Mention], actors: Iterable[Actor]) -> list[str]:
    if mention.kind is MentionKind.OTHER:
        return []
    here = sum(1 for other in mentions if same_actor(mention, other))
    lines = [n_("{n} time in this article", "{n} times in this article", max(here, 1))]
    actor = next((a for a in actors if a.id == mention.actor_id), None)
    if actor is not None:
        if actor.articles:
            lines[0] += " · " + n_("in {n} article", "in {n} articles", actor.articles)
        if actor.aliases:
            lines.append(_("Also: {names}").format(names=", ".join(actor.aliases[:4])))
    return lines


class HoverCard(QFrame):
    """A card beside a mention; it never takes the pointer or the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 11)
        column.setSpacing(2)
        self._icon, self._kind, self._title, self._lines = (QLabel(self) for _label in range(4))
        for label in (self._kind, self._title, self._lines):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._icon)
        top.addWidget(self._kind, 1)
        column.addLayout(top)
        column.addWidget(self._title)
        column.addSpacing(3)
        column.addWidget(self._lines)
        self._theme: Theme | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._theme = theme
        self.setStyleSheet(f"#hoverCard QLabel {{ color: {theme.color('ink').name()}; }}")
        self._title.setFont(theme.font("large", weight=600))
        self._kind.setFont(theme.font("small"))
        self._lines.setFont(theme.font("small"))
        self._lines.setStyleSheet(f"color: {theme.color('dim').name()};")

    def show_for(self, mention: Mention, words: Description, mark: QRect, area: QRect) -> None:
        """Show the card under a mark, or above where there is no room; rectangles in the parent's pixels."""
        if self._theme is None:
            return
        colour = self._theme.kind_color(mention.kind).name()
        shape = KIND_ICONS.get(mention.kind, "coin-fill" if mention.amount is not None else "info")
        self._icon.setPixmap(drawing(shape, colour, 14, self.devicePixelRatioF()))
        self._kind.setText(words.kind)
        self._kind.setStyleSheet(f"color: {colour}; font-weight: 600;")
        self._title.setText(words.title)
        self._lines.setText("\n".join(words.lines))
        self.setAccessibleName(f"{words.kind}: {words.title}")
        self.setAccessibleDescription("; ".join(words.lines))
        widest = max(self._wish(label) for label in (self._kind, self._title, self._lines))
        width = min(widest + 54, _WIDEST, area.width() - 8)
        self.resize(width, self._column.totalHeightForWidth(width))
        x = min(max(mark.left() - 10, area.left() + 4), area.right() - width - 4)
        y = mark.bottom() + 8
        if y + self.height() > area.bottom() - 4:
            y = mark.top() - self.height() - 6
        self.move(x, max(y, area.top() + 4))
        self.show()
        self.raise_()

    @staticmethod
    def _wish(label: QLabel) -> int:
        metrics = label.fontMetrics()
        return max((metrics.horizontalAdvance(line) for line in label.text().split("\n")), default=0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card with a soft edge."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color("field"))
        painter.setPen(self._theme.between("line", "dim", 0.3))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
