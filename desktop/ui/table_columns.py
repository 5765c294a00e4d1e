"""Where the columns of a table stand that comes as rows of cells with tabs between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, zip_longest

_LEAST = 0.12  # of the measure, for a column of a table that is too wide


def column_stops(
    rows: Sequence[str], width_of: Callable[[str], float], measure: float, gap: float
) -> list[float]:
    """Return where every column after the first begins, in pixels.

    Each column is as wide as its widest cell where the whole fits. Where it does not, the wide ones give way,
    and the last takes what is left: what is too long for it goes on below, in its own column.
    """
    columns = list(zip_longest(*(row.split("\t") for row in rows), fillvalue=""))
    widths = [max(map(width_of, cells)) + gap for cells in columns]
    if len(widths) < 2:
        return []
    if sum(widths) - gap > measure:
        widths = _squeezed(widths, measure)
    return list(accumulate(widths))[:-1]


def _squeezed(widths: list[float], measure: float) -> list[float]:
    """Return widths that fit: the narrow ones keep theirs, the others share what is left."""
    left, fixed = measure, dict[int, float]()
    for number in sorted(range(len(widths)), key=widths.__getitem__):
        share = left / (len(widths) - len(fixed))
        fixed[number] = max(min(widths[number], share), _LEAST * measure if widths[number] > share else 0.0)
        left -= fixed[number]
    return [fixed[number] for number in range(len(widths))]
