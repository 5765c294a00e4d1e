"""The corrections of amounts and dates that hold in this library: what they say, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_date, n_
from desktop.model import MentionKind, RuleKind, RuleScope
from desktop.ui.dialog_buttons import closing_buttons
from desktop.ui.empty_state import Emptiness, EmptyState
from desktop.ui.icons import KIND_ICONS
from desktop.ui.mention_words import period_words, value_words
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.corrections import Correction

_SIZE = (560, 480)  # pixels, at first


class CorrectionsDialog(QDialog):
    """Lists corrections, the newest first.

    Signals:
        restore_requested: the RuleIds of corrections to take back.
        undo_requested: the last change is to be undone.
    """

    restore_requested = Signal(object)
    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correctionsDialog")
        self.setWindowTitle(_("Corrections"))
        self.resize(*_SIZE)
        intro = QLabel(_("They hold for what is in the library, and for what comes in later."), wordWrap=True)
        intro.setProperty("role", "dim")
        self.rows = PanelList(theme, "correctionList", _("Corrections"))
        self._empty = EmptyState(theme)
        self._empty.explain(
            Emptiness(
                _("Nothing was corrected yet"),
                (_("Right-click an amount or a date that is wrong, or press X or C on it."),),
            )
        )
        frame = QFrame(objectName="correctionFrame")
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        self._pages = QStackedLayout(frame)
        self._pages.setContentsMargins(1, 1, 1, 1)
        for page in (QWidget(), self.rows, self._empty):  # nothing is said before the list has been read
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addWidget(frame, 1)
        layout.addWidget(self._buttons())
        self.rows.delete_requested.connect(lambda key: self.restore_requested.emit([key]))
        self.rows.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_selection()

    def _buttons(self) -> QDialogButtonBox:
        buttons = closing_buttons(self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self._restore = QPushButton(_("Take back"), objectName="takeBack")
        self._restore.setToolTip(_("Take this correction back (Delete)"))
        self._restore.clicked.connect(self._take_back)
        self._undo = QPushButton(_("Undo"), objectName="undoTakeBack", enabled=False)
        self._undo.clicked.connect(self._on_undo)
        for button in (self._restore, self._undo):
            button.setAutoDefault(False)
            buttons.addButton(button, role)
        return buttons

    @Slot(object)
    def show_corrections(self, corrections: Sequence[Correction]) -> None:
        """Show these corrections; the one that was chosen stays so, or its neighbour is."""
        row = self.rows.currentIndex().row()
        self.rows.show_lines(correction_lines(corrections))
        if not self.rows.current_key() and corrections:
            index = self.rows.model().index(max(0, min(row, len(corrections) - 1)), 0)
            self.rows.setCurrentIndex(index)
        self._pages.setCurrentIndex(1 if corrections else 2)
        self._follow_selection()

    @Slot()
    def _follow_selection(self) -> None:
        self._restore.setEnabled(bool(self.rows.current_key()))

    @Slot()
    def _take_back(self) -> None:
        if key := self.rows.current_key():
            self._undo.setEnabled(True)
            self.restore_requested.emit([key])

    @Slot()
    def _on_undo(self) -> None:
        self._undo.setEnabled(False)
        self.undo_requested.emit()


def correction_lines(corrections: Sequence[Correction]) -> list[Heading | PanelRow]:
    """Return a row for each correction; its key is the rule's id."""
    return [_row(correction) for correction in corrections]


def _row(correction: Correction) -> PanelRow:
    rule = correction.rule
    words = rule.condition.name or (rule.condition.quote.exact if rule.condition.quote else "")
    is_date = rule.condition.kind is MentionKind.DATE
    if rule.kind is RuleKind.REJECT_AMOUNT:
        value = _("not a date") if is_date else _("not an amount")
        shape = "prohibit"
    elif rule.period is not None:
        value, shape = period_words(rule.period), KIND_ICONS[MentionKind.DATE]
    else:
        value = value_words(rule.amount) if rule.amount else ""
        shape = KIND_ICONS[rule.to_kind or MentionKind.NUMBER]
    return PanelRow(
        key=rule.id,
        title=_("“{words}”").format(words=words),
        below=(" · ".join((_scope_words(correction), _marks_words(correction))),),
        value=value,
        value_below=format_date(rule.created_at[:10], short=True),
        icon=shape,
        role="dim" if rule.kind is RuleKind.REJECT_AMOUNT else "date" if is_date else "amount_line",
        quoted=True,
    )


def _scope_words(correction: Correction) -> str:
    if correction.scope is RuleScope.EVERYWHERE:
        return _("everywhere")
    if not correction.title:
        return _("in an article that is gone")
    if correction.scope is RuleScope.ARTICLE:
        return _("all in “{title}”").format(title=correction.title)
    return _("at one place in “{title}”").format(title=correction.title)


def _marks_words(correction: Correction) -> str:
    if not correction.marks:
        return _("concerns nothing at present")
    marks = n_("{n} mark", "{n} marks", correction.marks)
    if correction.scope is not RuleScope.EVERYWHERE:
        return marks
    return f"{marks} " + n_("in {n} article", "in {n} articles", correction.articles)
