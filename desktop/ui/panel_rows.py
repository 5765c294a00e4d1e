"""What the lists of the side panel show."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

ROW = Qt.ItemDataRole.UserRole + 1  #: the Heading or PanelRow of a line


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a group of rows."""

    title: str
    count: int = 0  #: of what the group holds, at the right; 0 = not told


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: what it says and where in the text it stands.

    role: the theme's colour for its icon and bar; marker: number of a highlight's colour, 0 = none.
    """

    key: str  #: same key = same thing, when the article is read again
    title: str
    below: tuple[str, ...] = ()  #: paragraphs in small letters
    value: str = ""  #: stands bold at the right
    value_below: str = ""  #: in small letters under the value
    count: int = 0  #: stands at the right of the bar
    share: float | None = None  #: how full the bar is, 0..1
    icon: str = ""
    role: str = "ink"
    marker: int = 0
    places: tuple[tuple[int, int], ...] = ()  #: code points, in the order of the text
    kind: str = ""  #: for screen readers: "person"
    quoted: bool = False  #: the title is a passage of the text
