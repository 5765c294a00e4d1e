"""Characters with their places on a page -> lines in reading order, columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

_SAME_LINE = 0.35  #: of the type size: how far two baselines on one line may differ
_JOIN = 1.0  #: of the type size: a wider gap parts columns or cells
_SPACE = 0.18  #: of the type size: a wider gap is a space
_GUTTER = 0.8  #: of the type size: at least so wide is the white between columns
_ROWS = 4  #: so many lines on either side make a column; fewer are cells of a table
_DEEPEST = 12  #: columns within columns


@dataclass(frozen=True, slots=True)
class Char:
    """One character and its box, in points from the lower left corner; baseline: where it stands."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column, or a row of a table (its cells parted by tabs).

    column: number of the column on its page, counted in reading order; a new one begins anew at the top.
    right_edge, left_edge: of the column.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    page: int = 0
    column: int = 0
    left_edge: float = 0.0
    right_edge: float = 0.0
    row: bool = False


def parts_of(chars: Iterable[Char]) -> list[Line]:
    """Return what stands together on one line of a page, from top to bottom."""
    return _joined(_runs(chars))


def in_reading_order(parts: list[Line], page: int = 0) -> list[Line]:
    """Return the lines of a page, column after column."""
    ordered: list[list[Line]] = []
    _order(parts, ordered, 0)
    lines: list[Line] = []
    for number, column in enumerate(ordered):
        left, right = min(line.left for line in column), max(line.right for line in column)
        lines.extend(
            replace(line, page=page, column=number, left_edge=left, right_edge=right) for line in column
        )
    return lines


# Characters -> parts of lines


@dataclass
class _Run:
    chars: list[Char] = field(default_factory=list)

    def takes(self, char: Char) -> bool:
        last = self.chars[-1]
        size = max(last.size, char.size, 1.0)
        gap = char.left - last.right
        return abs(char.bottom - last.bottom) <= _SAME_LINE * size and -0.6 * size <= gap <= _JOIN * size

    def line(self) -> Line:
        text: list[str] = []
        seen = [char for char in self.chars if not char.text.isspace()]
        for number, char in enumerate(self.chars):
            if number and not char.text.isspace() and text and not text[-1].isspace():
                gap = char.left - self.chars[number - 1].right
                if gap > _SPACE * char.size:
                    text.append(" ")
            text.append(char.text)
        bold = sum(char.bold for char in seen) > 0.8 * len(seen)
        return Line(
            " ".join("".join(text).split()),
            min(char.left for char in seen),
            max(char.right for char in seen),
            median(char.bottom for char in seen),
            max(char.top for char in seen),
            median(char.size for char in seen),
            bold,
        )


def _runs(chars: Iterable[Char]) -> list[Line]:
    """Return stretches of characters that follow each other in the file and on the page."""
    runs: list[_Run] = []
    for char in chars:
        if runs and runs[-1].chars and runs[-1].takes(char):
            runs[-1].chars.append(char)
        elif not char.text.isspace():
            runs.append(_Run([char]))
    return [run.line() for run in runs]


def _joined(parts: list[Line]) -> list[Line]:
    """Join what stands on one line side by side, in whatever order the file has it."""
    rows: list[list[Line]] = []
    for part in sorted(parts, key=lambda one: -one.bottom):
        for row in reversed(rows[-4:]):
            if abs(row[0].bottom - part.bottom) <= _SAME_LINE * min(row[0].size, part.size):
                row.append(part)
                break
        else:
            rows.append([part])
    joined: list[Line] = []
    for row in rows:
        row.sort(key=lambda one: one.left)
        current = row[0]
        for part in row[1:]:
            size = max(current.size, part.size)
            if part.left - current.right <= _SPACE * 3 * size:
                gap = " " if part.left - current.right > _SPACE * size else ""
                current = _beside(current, part, gap)
            else:
                joined.append(current)
                current = part
        joined.append(current)
    return joined


def _beside(one: Line, other: Line, gap: str, *, row: bool = False) -> Line:
    return replace(
        one if len(one.text) >= len(other.text) else other,
        text=one.text + gap + other.text,
        left=min(one.left, other.left),
        right=max(one.right, other.right),
        bottom=min(one.bottom, other.bottom),
        top=max(one.top, other.top),
        bold=one.bold and other.bold,
        row=row,
    )


# Parts of lines -> columns


def _order(lines: list[Line], out: list[list[Line]], depth: int) -> None:
    """Put the columns of a stretch of a page into `out`, each a list of lines from top to bottom.

    The page is cut into bands by white space from side to side; bands that follow each other and share a
    gutter are columns; what stands alone across is a column of its own.
    """
    if not lines:
        return
    for group in _groups(lines):
        gutter = _gutter(group) if depth < _DEEPEST else None
        if gutter is None:
            out.append(_rows(group))
            continue
        left = [line for line in group if line.right <= gutter]
        right = [line for line in group if line.right > gutter]
        prose = _reads_on(left) or _reads_on(right)
        if not prose and (min(len(left), len(right)) < _ROWS or _is_table(left, right)):
            out.append(_rows(group))
            continue
        _order(left, out, depth + 1)
        _order(right, out, depth + 1)


def _groups(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    state: float | None = None  #: gutter of the last group
    for band in _bands(lines):
        together = [*groups[-1], *band] if groups else band
        shared = _gutter(together)
        if groups and (shared is not None or (state is None and _gutter(band) is None)):
            groups[-1], state = together, shared
        else:
            groups.append(band)
            state = _gutter(band)
    return groups


def _bands(lines: list[Line]) -> list[list[Line]]:
    """Cut where no line stands in the way, from top to bottom."""
    bands: list[list[Line]] = []
    lowest = 0.0
    for line in sorted(lines, key=lambda one: (-one.top, one.left)):
        if bands and line.top > lowest + 0.1 * line.size:
            bands[-1].append(line)
            lowest = min(lowest, line.bottom)
        else:
            bands.append([line])
            lowest = line.bottom
    return bands


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the middle of the widest white strip that has lines on either side; None = there is none."""
    wide = max(5.0, _GUTTER * median(line.size for line in lines))
    best: tuple[float, float] | None = None
    reach = float("-inf")
    for line in sorted(lines, key=lambda one: one.left):
        gap = line.left - reach
        if reach > float("-inf") and gap >= wide and (best is None or gap > best[0]):
            best = gap, reach + gap / 2
        reach = max(reach, line.right)
    return None if best is None else best[1]


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Say whether two columns are cells side by side: short, each with a partner on its line."""
    beside = sum(any(abs(one.bottom - other.bottom) < 1.0 for other in right) for one in left)
    mean = sum(len(line.text) for line in [*left, *right]) / (len(left) + len(right))
    return beside >= 0.8 * max(len(left), len(right)) and mean < 18


def _reads_on(lines: Sequence[Line]) -> bool:
    """Say whether sentences run from line to line, as they do not in cells of a table."""
    following = [line.text[:1] for line in lines[1:]]
    return sum(first.islower() for first in following) >= max(2, 0.4 * len(following))


def _rows(lines: list[Line]) -> list[Line]:
    """Return the lines from top to bottom, cells on one line as one row."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda one: (-one.bottom, one.left)):
        if rows and abs(rows[-1].bottom - line.bottom) <= _SAME_LINE * line.size:
            first, second = (rows[-1], line) if rows[-1].left <= line.left else (line, rows[-1])
            rows[-1] = _beside(first, second, "\t", row=True)
        else:
            rows.append(line)
    return rows
