"""A quiet card under the search field: what a query was taken for, in words."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import _
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.explain import Place, Section

_WIDTH = 520  # pixels
_HIGHEST = 0.7  # of the window


class ExplainCard(QFrame):
    """Shows sections; Escape or a click beside it puts it away."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setObjectName("explainCard")
        self.setAccessibleName(_("Explanation of the search"))
        self._field, self._theme = field, theme
        self._text = QLabel(wordWrap=True, objectName="explainText", textFormat=Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setContentsMargins(18, 12, 18, 14)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme, from the next time on."""
        self._theme = theme

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Say this, under the field."""
        self._text.setText("".join(self._section(section) for section in sections))
        self.setAccessibleDescription("\n".join(_plain(sections)))
        window = self._field.window()
        width = min(_WIDTH, window.width() - 20)
        needed = self._text.heightForWidth(width - 2) + 4
        height = min(needed, int(window.height() * _HIGHEST))
        corner = self._field.mapToGlobal(QPoint(0, self._field.height() + 3))
        self.setGeometry(corner.x(), corner.y(), width, height)
        self._area.verticalScrollBar().setValue(0)
        self.show()
        self._area.setFocus()  # its keys scroll; the text would show a caret, as if one could type

    def _section(self, section: Section) -> str:
        dim = self._theme.color("dim").name()
        lines = "".join(
            f'<p style="margin: 2px 0 0 12px; color: {dim}">{self._line(line)}</p>' for line in section.lines
        )
        return f'<p style="margin: 8px 0 0 0"><b>{html.escape(section.heading)}</b></p>{lines}'

    def _line(self, line: str | Place) -> str:
        if isinstance(line, str):
            return html.escape(line)
        before, here, after = (
            html.escape(part)
            for part in (line.text[: line.start], line.text[line.start : line.end], line.text[line.end :])
        )
        problem = self._theme.color("problem").name()
        return f'{before}<span style="color: {problem}; text-decoration: underline">{here}</span>{after}'

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away with Escape and Enter."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)


def _plain(sections: Iterable[Section]) -> list[str]:
    lines = []
    for section in sections:
        lines.append(section.heading)
        lines += [line if isinstance(line, str) else line.text for line in section.lines]
    return lines
