"""What an amount or a date means in truth: written as one writes it, with what is understood beside it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import i18n
from desktop.i18n import _, format_amount, kind_name, n_
from desktop.model import Mention, MentionKind, Period, RuleScope
from desktop.ui.icons import KIND_ICONS, drawing
from desktop.ui.mention_words import euro_words, period_days, period_words
from desktop.ui.scope_choice import ScopeChoice, radio_style
from desktop.ui.sentences import around
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle
    from desktop.ui.correcting import Right

_WIDTH = 460  # pixels, at least
_ICON = 18


class CorrectDialog(QDialog):
    """Edits one amount or one date.

    Signals:
        given: (what it means, RuleScope).
        rejected_as_none: the RuleScope within which it is no amount or date at all.
    """

    given = Signal(object)
    rejected_as_none = Signal(object)

    def __init__(
        self, mention: Mention, opened: OpenedArticle, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("correctDialog")
        self._mention, self._opened, self._theme = mention, opened, theme
        self._is_date = mention.kind is MentionKind.DATE
        self._right: Right | None = None
        self.setWindowTitle(_("Correct date") if self._is_date else _("Correct amount"))
        self.setMinimumWidth(_WIDTH)
        self.setStyleSheet(radio_style(theme))
        self._make_field()
        self._make_preview()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self._sentence())
        layout.addWidget(self._field)
        layout.addWidget(self._preview)
        layout.addSpacing(4)
        self._scopes = self._scope_choice()
        layout.addLayout(self._scopes)
        layout.addSpacing(4)
        layout.addWidget(self._buttons())
        self._field.textChanged.connect(self._understand)
        self._field.setText(mention.text)
        self._field.selectAll()

    # Parts

    def _sentence(self) -> QLabel:
        """Return the words around it, itself bold."""
        mention = self._mention
        text = around(self._opened.version.text, mention.start, mention.end)
        bold = html.escape(mention.text)
        words = html.escape(text).replace(bold, f"<b>{bold}</b>", 1)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        label.setFont(self._theme.reading_font(0.85))
        return label

    def _make_field(self) -> None:
        words = _("The date, as you write it") if self._is_date else _("The amount, as you write it")
        self._field = QLineEdit(objectName="correctField")
        self._field.setAccessibleName(words)
        self._field.setPlaceholderText(self._example())
        self._field.setFont(self._theme.font("large"))

    def _make_preview(self) -> None:
        self._preview = QFrame(objectName="correctPreview")
        self._icon, self._value, self._more = QLabel(), QLabel(), QLabel()
        self._value.setFont(self._theme.font("large", weight=600))
        self._value.setWordWrap(True)
        self._more.setFont(self._theme.font("small"))
        self._more.setWordWrap(True)
        self._value.setObjectName("correctValue")
        self._more.setObjectName("correctMore")
        row = QHBoxLayout(self._preview)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._value)
        words.addWidget(self._more)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        lines = QFontMetrics(self._value.font()).height() + QFontMetrics(self._more.font()).height() * 2
        self._preview.setMinimumHeight(lines + 22)  # nothing below moves while one types

    def _scope_choice(self) -> ScopeChoice:
        same = sum(
            other.kind is self._mention.kind and other.text.casefold() == self._mention.text.casefold()
            for other in self._opened.mentions
        )
        words = {
            RuleScope.HERE: _("Only here"),
            RuleScope.ARTICLE: _("The same words in this article")
            + " · "
            + n_("{n} time", "{n} times", max(same, 1)),
            RuleScope.EVERYWHERE: _("The same words everywhere, also in articles to come"),
        }
        if self._is_date:  # it means another day in each article: it cannot have one meaning in all of them
            del words[RuleScope.EVERYWHERE]
        return ScopeChoice(words)

    def _buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._ok = buttons.button(kinds.Ok)
        self._ok.setText(_("Correct"))
        none = buttons.addButton(
            _("Not a date") if self._is_date else _("Not an amount"), QDialogButtonBox.ButtonRole.ResetRole
        )
        none.setObjectName("notAnAmount")
        none.setAutoDefault(False)
        none.clicked.connect(self._reject_as_none)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        return buttons

    # What is understood

    def _example(self) -> str:
        return _("12 March 2025") if self._is_date else _("1.2 bn euros")

    @Slot()
    def _understand(self) -> None:
        from desktop.tasks import correct  # not loaded with the window

        text = self._field.text()
        article = self._opened.article
        langs = [article.lang or i18n.language(), i18n.language()]
        if self._is_date:
            self._right = correct.read_period(text, langs, article.published)
        else:
            self._right = correct.read_amount(text, langs, self._mention.kind)
        self._show_understood()
        self._ok.setEnabled(self._right is not None)

    def _show_understood(self) -> None:
        right, theme = self._right, self._theme
        if right is None:
            self._complain()
            return
        if isinstance(right, Period):
            kind, value = MentionKind.DATE, period_words(right)
            more = period_days(right)
            more = "" if more == value else more
        else:
            kind, amount = right
            value = format_amount(amount)
            more = euro_words(kind, amount, self._opened.article.published)
        more = " · ".join(part for part in (kind_name(kind), more) if part)
        self._paint(theme.kind_color(kind).name(), KIND_ICONS[kind], value, more, "amount_tint")

    def _complain(self) -> None:
        if not self._field.text().strip():
            words = _("Nothing is written yet")
        elif self._is_date:
            words = _("This is not understood as one date")
        else:
            words = _("This is not understood as one amount")
        more = _("Write it as in: {example}").format(example=self._example())
        self._paint(self._theme.color("problem").name(), "warning", words, more, "problem_tint")

    def _paint(self, colour: str, shape: str, value: str, more: str, tint: str) -> None:
        theme = self._theme
        if tint == "amount_tint":
            edge, ground = theme.between("line", "dim", 0.1).name(), theme.color("page").name()
        else:
            edge, ground = theme.color("problem").name(), theme.color(tint).name()
        self._preview.setStyleSheet(
            f"#correctPreview {{ background: {ground}; border: 1px solid {edge};"
            f" border-radius: {theme.type.radius}px; }}"
            f" #correctMore {{ color: {theme.color('dim').name()}; }}"
        )
        self._icon.setPixmap(drawing(shape, colour, _ICON, self.devicePixelRatioF()))
        self._value.setText(value)
        self._more.setText(more)
        self._preview.setAccessibleName(f"{value}, {more}")
        self._field.setAccessibleDescription(f"{value}, {more}")

    # What is decided

    @Slot()
    def _give(self) -> None:
        if self._right is not None:
            self.given.emit((self._right, self._scopes.scope))
            self.accept()

    @Slot()
    def _reject_as_none(self) -> None:
        self.rejected_as_none.emit(self._scopes.scope)
        self.accept()
