"""The card that says what a mention is, when the pointer rests on it or the reader asks by key."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.i18n import _, format_amount, format_date, kind_name, n_
from desktop.model import Actor, Amount, Mention, MentionKind, Period, Source
from desktop.ui.actor_wishes import About, Separating
from desktop.ui.actor_words import name_found_by
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.marks import same_actor
from desktop.ui.mention_words import (
    approx_words,
    base_words,
    distance_words,
    euro_words,
    found_by,
    period_days,
    period_words,
    rate_words,
    same_value,
)
from desktop.ui.theme import Theme

_SURE = 0.6  # a lower confidence is told
_WIDEST = 320  # pixels
_ON_THE_WAY_MS = 350  # for the pointer to go from the word to what can be clicked on the card


@dataclass(frozen=True, slots=True)
class Description:
    """The words of a card."""

    kind: str
    title: str
    lines: list[str] = field(default_factory=list)


def describe(
    mention: Mention,
    mentions: Sequence[Mention],
    actors: Iterable[Actor],
    published: str | None = None,
    purpose: str = "",
) -> Description:
    """Say what a mention is: kind, actor with role or value, how often here and elsewhere, found by what.

    published: the article's date, for what money was worth and what a date was counted from. purpose: what
    an amount is for, as the text says it.
    """
    if mention.amount is not None:
        return _describe_amount(mention, mention.amount, mentions, published, purpose)
    if mention.period is not None:
        return _describe_date(mention, mention.period, mentions, published)
    kind, title = kind_name(mention.kind).capitalize(), mention.actor or mention.text
    if mention.role:
        kind = _("{kind}, {role}").format(kind=kind, role=mention.role)
    found = name_found_by(mention)
    return Description(kind, title, [*_how_often(mention, mentions, actors), _unless_sure(mention, found)])


def _unless_sure(mention: Mention, found: str) -> str:
    if mention.confidence < _SURE and mention.source is not Source.USER:
        return _("{found}, not certain").format(found=found)
    return found


def _describe_amount(
    mention: Mention, amount: Amount, mentions: Sequence[Mention], published: str | None, purpose: str
) -> Description:
    kind = kind_name(mention.kind).capitalize()
    if hedge := approx_words(amount):
        kind = _("{kind}, {role}").format(kind=kind, role=hedge)
    lines = [_("As written: {text}").format(text=mention.text)]
    if purpose:
        lines.append(_("For: {purpose}").format(purpose=purpose))
    if euros := euro_words(mention.kind, amount, published):
        lines += [euros, rate_words(amount, published)]
    elif base := base_words(mention.kind, amount):
        lines.append(f"= {base}")
    lines += [_same_value_words(mention, mentions), _unless_sure(mention, found_by(mention))]
    return Description(kind, format_amount(amount) or mention.text, [line for line in lines if line])


def _describe_date(
    mention: Mention, period: Period, mentions: Sequence[Mention], published: str | None
) -> Description:
    title, days = period_words(period), period_days(period)
    lines = [_("As written: {text}").format(text=mention.text)]
    if days != title:
        lines.append(days)
    _side, distance = distance_words(period, published)
    if distance and published:
        date = format_date(published, short=True)
        lines.append(_("{distance} · article of {date}").format(distance=distance, date=date))
    lines += [_same_value_words(mention, mentions), _unless_sure(mention, found_by(mention))]
    kind = kind_name(mention.kind).capitalize()
    return Description(kind, title or mention.text, [line for line in lines if line])


def _same_value_words(mention: Mention, mentions: Sequence[Mention]) -> str:
    """Say how often this amount or date stands in the article, where it does more than once."""
    count = sum(same_value(mention, other) for other in mentions)
    return n_("{n} time in this article", "{n} times in this article", count) if count > 1 else ""


def _how_often(mention: Mention, mentions: Sequence[Mention], actors: Iterable[Actor]) -> list[str]:
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
    """A card beside a mention; it never takes the focus.

    It takes the pointer only where names count as one actor's: each can be said to be another's.

    Signals:
        actor_wished: a Separating.
    """

    actor_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 11)
        column.setSpacing(2)
        self._icon, self._kind, self._title, self._lines, self._names = (QLabel(self) for _label in range(5))
        self._about = About()
        self._leaving = QTimer(self, singleShot=True, interval=_ON_THE_WAY_MS)
        self._leaving.timeout.connect(self._on_left)
        self._names.setWordWrap(True)
        self._names.setTextFormat(Qt.TextFormat.RichText)
        self._names.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._names.linkActivated.connect(self._on_link)
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
        column.addWidget(self._names)
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
        self._names.setFont(theme.font("small"))
        self._names.setStyleSheet(f"color: {theme.color('dim').name()};")

    def show_for(
        self, mention: Mention, words: Description, mark: QRect, area: QRect, about: About | None = None
    ) -> None:
        """Show the card under a mark, or above where there is no room; rectangles in the parent's pixels.

        about: whose name it is, with the other names that count as that actor's.
        """
        self._leaving.stop()
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
        self._show_names(about or About())
        told = [f"“{name}”: {why}" for name, _kind, why in self._about.joined]
        self.setAccessibleDescription("; ".join([*words.lines, *told]))
        widest = max(self._wish(label) for label in (self._kind, self._title, self._lines))
        widest = _WIDEST if self._about.joined else widest + 54
        width = min(widest, _WIDEST, area.width() - 8)
        self.resize(width, self._column.totalHeightForWidth(width))
        x = min(max(mark.left() - 10, area.left() + 4), area.right() - width - 4)
        below, above = mark.bottom() + 8, mark.top() - self.height() - 6
        fits_above = above >= area.top() + 4
        y = above if below + self.height() > area.bottom() - 4 and fits_above else below
        self.move(x, y)  # where neither has the room, its end is cut off: never the word itself
        self.show()
        self.raise_()

    def _show_names(self, about: About) -> None:
        self._about = about
        colour = self._theme.color("accent").name() if self._theme else ""
        apart = html.escape(_("Not the same"))
        lines = [
            html.escape(_("“{words}”: {why}").format(words=name, why=why))
            + f' · <a style="color: {colour}" href="{number}">{apart.replace(" ", "&nbsp;")}</a>'
            for number, (name, _kind, why) in enumerate(about.joined)
        ]
        self._names.setText("<br>".join(lines))
        self._names.setVisible(bool(lines))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not lines)

    @Slot(str)
    def _on_link(self, number: str) -> None:
        name, kind, _why = self._about.joined[int(number)]
        self.actor_wished.emit(Separating(self._about.actors[0].id, ((name, kind),)))

    @Slot()
    def leave(self) -> None:
        """Hide, unless the pointer comes to what can be clicked here."""
        if self._about.joined and self.isVisible():
            self._leaving.start()
        else:
            self.hide()

    @Slot()
    def _on_left(self) -> None:
        if not self.underMouse():
            self.hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide when the pointer goes on."""
        super().leaveEvent(event)
        self.leave()

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
