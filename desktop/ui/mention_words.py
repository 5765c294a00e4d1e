"""Amounts and dates in words, for the side panel, the hover card and where they are corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from desktop.i18n import _, format_amount, format_date, format_number, format_period, month_name, n_
from desktop.model import AMOUNT_KINDS, Amount, Approx, Mention, MentionKind, Period, Source

_BILLION, _MILLION = 1_000_000_000, 1_000_000
_WEEKS, _MONTHS, _YEARS = 14, 60, 700  # days from which distances are told so
_A_MONTH, _A_YEAR = 27, 300  # days: periods at least so long have no days, or months, to tell
_LARGE = "kMGTP"  # prefixes of units that are told in a smaller one
_DIGITS = 4  # significant ones that short and converted values have at most
_STEP = 1_000  # from a unit to the smaller one that is told
_LONG_VALUE = 19  # characters of a value that fit beside the words of the text


# Dates


def span_of(period: Period | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of a period; None for an end that is open or not known."""
    if period is None:
        return None, None
    first, last = period.value or period.low, period.value or period.high
    return _span(first)[0], _span(last)[1]


def _span(value: str | None) -> tuple[dt.date | None, dt.date | None]:
    from desktop.extraction.periods import span  # not loaded with the window

    try:
        return span(value) if value else (None, None)
    except ValueError:
        return None, None


def period_words(period: Period) -> str:
    """Write what a period is: "January 2025", "6 – 12 Jan 2025", "from 2011"."""
    if period.value is None and (period.low is None or period.high is None):
        if period.low is not None:
            return _("from {date}").format(date=format_date(period.low, short=True))
        if period.high is not None:
            return _("until {date}").format(date=format_date(period.high, short=True))
        return ""
    first, last = span_of(period)
    whole_days = all(len(value) >= 10 for value in (period.low, period.high) if value)
    if period.value is None and whole_days and first and last:
        return days_words(first, last)
    return format_period(period)


def period_days(period: Period) -> str:
    """Write the days that a period covers: "6 – 12 Jan 2025"; "" where an end is open or far away."""
    first, last = span_of(period)
    if first is None or last is None:
        return period_words(period)
    if first.day == 1 and first.month == 1 and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if first.day == 1 and (last + dt.timedelta(1)).day == 1:
        return _months_words(first, last)
    return days_words(first, last)


def _months_words(first: dt.date, last: dt.date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{month_name(first.month)} {first.year}"
    end = f"{month_name(last.month, short=True)} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{month_name(first.month, short=True)}{year} – {end}"


def days_words(first: dt.date, last: dt.date) -> str:
    """Write days as shortly as they can be: "6 – 12 Jan 2025", "28 Dec 2024 – 3 Jan 2025"."""
    end = format_date(last.isoformat(), short=True)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {end}"
    start = format_date(first.isoformat(), short=True)
    return f"{start.removesuffix(f' {last.year}')} – {end}" if first.year == last.year else f"{start} – {end}"


def distance_words(period: Period | None, published: str | None) -> tuple[int, str]:
    """Return where a period lies from the article's date (-1 before, 0 around it, 1 after), and how far."""
    first, last = span_of(period)
    begin, end = _span(published)
    if begin is None or end is None:
        return 0, ""
    length = max((end - begin).days, (last - first).days if first and last else 0)
    if last is not None and last < begin:
        return -1, _before(*_measure(last, begin, length))
    if first is not None and first > end:
        return 1, _after(*_measure(end, first, length))
    return 0, ""


def _measure(early: dt.date, late: dt.date, length: int) -> tuple[str, int]:
    """Return how far two days lie apart, no finer than the longer of the two periods is long in days."""
    days = (late - early).days
    months = (late.year - early.year) * 12 + late.month - early.month
    if days > _YEARS or length >= _A_YEAR:
        years = round(days / 365.25) if length < _A_YEAR else late.year - early.year
        return "year", max(years, 1)
    if days > _MONTHS or length >= _A_MONTH:
        return "month", max(months, 1)
    return ("week", round(days / 7)) if days >= _WEEKS else ("day", days)


def _before(unit: str, number: int) -> str:
    words = {
        "day": n_("{n} day before", "{n} days before", number),
        "week": n_("{n} week before", "{n} weeks before", number),
        "month": n_("{n} month before", "{n} months before", number),
        "year": n_("{n} year before", "{n} years before", number),
    }
    return words[unit]


def _after(unit: str, number: int) -> str:
    words = {
        "day": n_("{n} day after", "{n} days after", number),
        "week": n_("{n} week after", "{n} weeks after", number),
        "month": n_("{n} month after", "{n} months after", number),
        "year": n_("{n} year after", "{n} years after", number),
    }
    return words[unit]


# Amounts


def approx_words(amount: Amount) -> str:
    """Say how an amount is hedged: "at least"; "" where it is not."""
    words = {
        Approx.ABOUT: _("about"),
        Approx.LT: _("less than"),
        Approx.LE: _("at most"),
        Approx.GT: _("more than"),
        Approx.GE: _("at least"),
    }
    if amount.approx is not None:
        return words[amount.approx]
    if amount.value is None and amount.low is not None and amount.high is None:
        return words[Approx.GE]
    if amount.value is None and amount.high is not None and amount.low is None:
        return words[Approx.LE]
    return ""


def large_words(amount: Amount) -> str:
    """Write large sums shortly: "28.8 – 48 bn", "1.2 mln"; sums under a million as they are."""
    ends = [end for end in (amount.value, amount.low, amount.high) if end is not None]
    most = max((abs(end) for end in ends), default=0)
    if most >= _BILLION:
        scale, word = _BILLION, _("{number} bn")
    elif most >= _MILLION:
        scale, word = _MILLION, _("{number} mln")
    else:
        scale, word = 1, "{number}"
    figures = " – ".join(format_number((end / scale).normalize()) for end in ends)
    signs = {Approx.ABOUT: "≈ ", Approx.LT: "< ", Approx.LE: "≤ ", Approx.GT: "> ", Approx.GE: "≥ "}
    sign = signs[amount.approx] if amount.approx else ""
    if not sign and len(ends) == 1 and amount.value is None:
        sign = "≥ " if amount.low is not None else "≤ "
    return sign + word.format(number=figures)


def value_words(amount: Amount) -> str:
    """Write an amount's value in full where that is short: "200,000,000 EUR", but "30 – 50 bn USD"."""
    ends = (amount.value, amount.low, amount.high)
    words = format_amount(amount)
    most = max((abs(end) for end in ends if end is not None), default=0)
    long_one = any(len(end.normalize().as_tuple().digits) > _DIGITS for end in ends if end is not None)
    if len(words) <= _LONG_VALUE or most < _MILLION or long_one:
        return words
    in_full = replace(amount, unit=None, noun=None)
    return words.replace(format_amount(in_full), large_words(amount), 1)


def euro_words(kind: MentionKind, amount: Amount | None, published: str | None) -> str:
    """Write money of another currency in euro at the article's date; "" where no rate says so."""
    if kind is not MentionKind.MONEY or amount is None or (amount.unit or "").partition("/")[0] == "EUR":
        return ""
    from desktop.extraction import currency  # reads the rates at first use

    found = currency.euro(amount, published)
    if found is None:
        return ""
    per = (amount.unit or "").partition("/")[2]
    words = f"€ {large_words(currency.shown(amount, found))}"
    return f"{words} / {per}" if per else words


def rate_words(amount: Amount, published: str | None) -> str:
    """Say which rate that was: "at 1.0416 USD for a euro (mean of February 2025, ECB)"."""
    from desktop.extraction import currency

    found = currency.euro(amount, published)
    if found is None:
        return ""
    said, kinds = found.said, currency.RateKind
    day = format_date(said.day)
    when = {
        kinds.DAY: _("{date}, ECB").format(date=day),
        kinds.MONTH: _("mean of {date}, ECB").format(date=day),
        kinds.YEAR: _("mean of {date}, ECB").format(date=day),
        kinds.FIXED: _("fixed rate of the euro"),
        kinds.SAME: "",
    }[said.kind]
    if said.until:
        when = _("{when}, as far as {date}").format(when=when, date=format_date(said.until, short=True))
    code = (amount.unit or "").partition("/")[0]
    rate = format_number(found.rate.normalize())
    return _("at {rate} {code} for a euro ({when})").format(rate=rate, code=code, when=when)


def base_words(kind: MentionKind, amount: Amount) -> str:
    """Write a quantity in a smaller unit where that helps: "1,000 MW" for a gigawatt; else ""."""
    if kind is not MentionKind.QUANTITY or not amount.unit:
        return ""
    from desktop.extraction.units import symbols

    known = symbols().units
    dimension, factor = known.get(amount.unit, ("", Decimal(1)))
    smaller = [
        name
        for name, (of, times) in known.items()
        if of == dimension and times * _STEP == factor and name[-1] == amount.unit[-1]
    ]
    if amount.unit[0] not in _LARGE or len(amount.unit) == 1:
        smaller = []
    base = symbols().base.get(dimension, "")
    unit = smaller[0] if smaller else base
    is_metric = factor == 0 or factor.normalize().as_tuple().digits == (1,)
    if unit in ("", amount.unit) or (is_metric and not smaller):
        return ""
    ends = {name: getattr(amount, name) for name in ("value", "low", "high")}
    times = factor / known[unit][1]
    shown = {name: None if end is None else _rounded(end * times) for name, end in ends.items()}
    return format_amount(Amount(shown["value"], shown["low"], shown["high"], unit=unit, approx=amount.approx))


def _rounded(number: Decimal) -> Decimal:
    """Round what was converted, but nothing in front of the decimal point."""
    places = max(_DIGITS - number.adjusted() - 1, 0)
    return round(number, places).normalize()


# What found it


def found_by(mention: Mention) -> str:
    """Say what found an amount or a date, in words."""
    if mention.source is Source.USER:
        return _("Corrected by you")
    if mention.source is Source.MODEL:
        return _("Found by the language model")
    kind, _dot, way = mention.rule.partition(".")
    if kind == "date":
        return _("Found by: {how}").format(how=_date_rules().get(way, _("words for a time")))
    if kind == "range":
        return _("Found by: {how}").format(how=_("two figures that belong together"))
    if kind == "list":
        return _("Found by: {how}").format(how=_("the unit of the figure after it"))
    if kind == "change":
        return _("Found by: {how}").format(how=_("a change from one figure to another"))
    if way == "sign":
        return _("Found by: {how}").format(how=_("figure with a sign"))
    if way in ("name", "whole", "adjective"):
        return _("Found by: {how}").format(how=_("figure with a unit"))
    if way == "noun":
        return _("Found by: {how}").format(how=_("figure before what is counted"))
    return _("Found by: {how}").format(how=_("a figure by itself"))


def _date_rules() -> dict[str, str]:
    stretch = _("a stretch of time")
    relative = _("words that count from the date of the article")
    return {
        "day": _("day and month"),
        "figures": _("a date in figures"),
        "month": _("the name of a month"),
        "year": _("a year"),
        "years": stretch,
        "range": stretch,
        "open": stretch,
        "quarter": stretch,
        "half": stretch,
        "decade": stretch,
        "century": stretch,
        "season": _("the name of a season"),
        "weekday": _("the name of a weekday"),
        "holiday": _("the name of a holiday"),
        "relative": relative,
        "counted": relative,
        "week": relative,
    }


def same_value(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions are the same amount or the same date, however written."""
    if one.kind in AMOUNT_KINDS:
        return one.kind is other.kind and one.amount is not None and one.amount == other.amount
    return one.kind is other.kind and one.period is not None and one.period == other.period
