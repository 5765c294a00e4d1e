"""Matters of which articles give different figures, as one list: each with its figures below it, by date."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import _, format_date, format_number, n_
from desktop.ui.amounts_words import short_number, short_range

if TYPE_CHECKING:
    from desktop.tasks.same_matter import Figure, Matter

LINE = Qt.ItemDataRole.UserRole + 1  #: the Heading or the Line of a row
_SHARED = 5  # words of the topic that are shown
_ABOUT = (0.9, 1.1)  # what "about" may mean, against the figure itself
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """What a matter is about."""

    title: str
    actors: str
    summary: str


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a matter. change: against the figure before, "" for the first."""

    figure: Figure
    date: str
    value: str
    change: str
    sentence: str
    at: tuple[int, int]  #: where the amount stands in the sentence


class MattersModel(QAbstractListModel):
    """The headings and figures."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Heading | Line] = []

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Hold these."""
        self.beginResetModel()
        self.lines = [line for matter in matters for line in lines_of(matter)]
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only figures be selected."""
        if index.isValid() and isinstance(self.lines[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what it says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Line):
            return line.sentence
        return None


def lines_of(matter: Matter) -> list[Heading | Line]:
    """Return a matter as a heading and its figures."""
    first, last = matter.figures[0], matter.figures[-1]
    moved = f"{_value(matter, first)} → {_value(matter, last)}"
    parts = (moved, change_text(matter.change), n_("{n} figure", "{n} figures", len(matter.figures)))
    words = " · ".join(matter.topic[:_SHARED]) or " ".join(first.text.split())
    lines: list[Heading | Line] = [
        Heading(words, ", ".join(matter.actors[:_SHARED]), " · ".join(part for part in parts if part))
    ]
    before = None
    for figure in matter.figures:
        lines.append(_line(matter, figure, before))
        before = figure
    return lines


def _line(matter: Matter, figure: Figure, before: Figure | None) -> Line:
    sentence, written = " ".join(figure.sentence.split()), " ".join(figure.text.split())
    place = max(sentence.find(written), 0)
    old, new = (_one(before) if before else math.nan), _one(figure)
    return Line(
        figure,
        format_date(figure.published, short=True),
        _value(matter, figure),
        change_text(new / old) if before and old else "",
        sentence,
        (place, place + len(written)),
    )


def _one(figure: Figure) -> float:
    """Return one number for a figure: the middle of a range, the known end of an open one."""
    known = [end for end in (figure.low, figure.high) if math.isfinite(end)]
    return sum(known) / len(known) if known else math.nan


def _value(matter: Matter, figure: Figure) -> str:
    unit = "" if matter.dimension in ("count", "number") else f" {matter.dimension}"
    middle = _one(figure)
    if math.isclose(figure.low, middle * _ABOUT[0]) and math.isclose(figure.high, middle * _ABOUT[1]):
        return f"≈ {short_number(middle)}{unit}"
    return f"{short_range(figure.low, figure.high)}{unit}"


def change_text(ratio: float) -> str:
    """Say how a figure moved: "↑ 43 %", "↓ 8 %", "= the same"; "" = not known."""
    if not math.isfinite(ratio) or ratio <= 0:
        return ""
    if ratio >= 10:
        return _("↑ × {times}").format(times=format_number(round(ratio)))
    percent = round((ratio - 1) * 100)
    if not percent:
        return "="
    return f"{'↑' if percent > 0 else '↓'} {format_number(abs(percent))} %"


def spoken(line: Heading | Line) -> str:
    """Return what a row says, in one line."""
    parts: tuple[str, ...]
    if isinstance(line, Heading):
        parts = (line.title, line.actors, line.summary)
    else:
        parts = (line.date, line.value, line.change, line.sentence, line.figure.title)
    return ", ".join(part for part in parts if part)
