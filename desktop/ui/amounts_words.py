"""Amounts of the whole library in words: short figures, values in one currency, heads of an axis."""

from __future__ import annotations

import datetime as dt
import math

from desktop.charts.amounts import Span
from desktop.i18n import _, format_amount, format_date, format_number, kind_name, month_name
from desktop.library.amounts import AmountRow
from desktop.model import Approx, MentionKind
from desktop.ui.mention_words import rate_words

_DIGITS = 3  # significant ones of a short figure
_EXACT = 5  # of one that was not converted
_SIGNS = {Approx.ABOUT: "≈ ", Approx.LT: "< ", Approx.LE: "≤ ", Approx.GT: "> ", Approx.GE: "≥ "}
_MOST_PLAIN = 1e6  # from here on figures get a word


def _scales() -> list[tuple[float, str]]:
    return [(1e12, _("trn")), (1e9, _("bn")), (1e6, _("mln"))]


def _scale_of(value: float) -> tuple[float, str]:
    value = abs(value)
    if value < _MOST_PLAIN:
        return 1.0, ""
    return next(((scale, word) for scale, word in _scales() if value >= scale * 0.9995), (1e6, _("mln")))


def _decimals(value: float, scale: float, digits: int) -> int:
    """Return how many decimals of value/scale are worth saying."""
    figure = abs(value) / scale
    whole = int(math.log10(figure)) + 1 if figure >= 1 else 1
    decimals = max(digits - whole, 0)
    while decimals and math.isclose(round(figure, decimals), round(figure, decimals - 1), rel_tol=1e-12):
        decimals -= 1
    return decimals


def _figure(value: float, scale: float, decimals: int) -> str:
    shown = round(value / scale, decimals) if decimals else round(value / scale)
    plain = f"{shown:,.{decimals}f}"
    sign = format_number(1.5)[1]  # the language's decimal sign
    return plain if sign == "." else plain.translate(str.maketrans(",.", ".,"))


def short_number(value: float, digits: int = _DIGITS) -> str:
    """Write a number as a newspaper does: "28.8 bn", "10 mln", "1,200"."""
    scale, word = _scale_of(value)
    figure = _figure(value, scale, _decimals(value, scale, digits))
    return f"{figure} {word}".strip()


def short_range(low: float, high: float, digits: int = _DIGITS) -> str:
    """Write a range with its word once: "28.8 – 48.0 bn"; infinite = open."""
    if low == -math.inf and high == math.inf:
        return ""
    if high == math.inf:
        return f"≥ {short_number(low, digits)}"
    if low == -math.inf:
        return f"≤ {short_number(high, digits)}"
    if low == high:
        return short_number(low, digits)
    if _scale_of(low) != _scale_of(high):
        return f"{short_number(low, digits)} – {short_number(high, digits)}"
    scale, word = _scale_of(high)
    decimals = max(_decimals(low, scale, digits), _decimals(high, scale, digits))
    return f"{_figure(low, scale, decimals)} – {_figure(high, scale, decimals)} {word}".strip()


def value_text(row: AmountRow) -> str:
    """Write what an amount is worth: money in euro, the rest in its own unit; "" = money without a rate."""
    if row.kind is not MentionKind.MONEY:
        return own_text(row)
    if row.euro is None:
        return ""
    low, high = row.euro
    approx = row.amount.approx
    digits = _EXACT if row.dimension == "EUR" else _DIGITS
    if low == high:
        return (_SIGNS[approx] if approx else "") + short_number(low, digits)
    if approx is Approx.ABOUT and row.amount.value is not None:  # stored as what it may be
        return _SIGNS[approx] + short_number((low + high) / 2, digits)
    sign = approx in (Approx.GT, Approx.LT) and math.inf in (high, -low)
    words = short_range(low, high, digits)
    return words.replace("≥", ">").replace("≤", "<") if sign else words


def own_text(row: AmountRow) -> str:
    """Write an amount in its own unit: "≈ 40 bedrijven", "7.000 XPF"."""
    return format_amount(row.amount)


def no_rate_text(row: AmountRow) -> str:
    """Say that money cannot be converted, with what it was."""
    return _("no rate · {amount}").format(amount=own_text(row))


def rate_text(row: AmountRow) -> str:
    """Name the rate by which money was converted, for a cell: "1.0304 · 8 Jan 2025"; "" = it was not."""
    from desktop.extraction import currency  # reads the rates at first use

    found = currency.euro(row.amount, row.published) if row.kind is MentionKind.MONEY else None
    if found is None or found.said.kind is currency.RateKind.SAME:
        return ""
    said, kinds = found.said, currency.RateKind
    when = format_date(said.day, short=True)
    if said.kind is kinds.FIXED:
        when = _("fixed")
    elif said.kind is not kinds.DAY:
        when = _("mean of {date}").format(date=when)
    elif said.day != row.published:
        when = _("{date} (previous day)").format(date=when)
    return f"{format_number(found.rate.normalize())} · {when}"


def rate_sentence(row: AmountRow) -> str:
    """Say by which rate money was converted; "" = it was not."""
    return rate_words(row.amount, row.published) if rate_text(row) else ""


def axis_time(day: dt.date, span: Span, with_year: bool) -> str:
    """Name a line of the time axis; with_year: a day is said with its year."""
    if span is Span.YEAR:
        return str(day.year)
    month = month_name(day.month, short=True)
    if span is Span.MONTH:
        return f"{month} {day.year}"
    return format_date(day.isoformat(), short=True) if with_year else f"{day.day} {month}"


def unit_name(kind: MentionKind, dimension: str) -> str:
    """Return the word for a unit in a list of choices; a dimension without a sign of its own is its kind."""
    return kind_name(kind, many=True) if dimension in ("count", "number") else dimension


def heading_text(kind: MentionKind, dimension: str | None) -> str:
    """Say what the chart shows and how it was converted."""
    if kind is MentionKind.MONEY:
        return _("Amounts through time, in EUR at the rate of the article's date, log scale")
    if dimension is None or dimension in ("count", "number"):
        return _("{kind} through time, log scale").format(kind=kind_name(kind, many=True))
    return _("{kind} through time, in {unit}, log scale").format(
        kind=kind_name(kind, many=True), unit=dimension
    )
