"""Words for stretches of time: on the axis, above the groups of the list, beside its rows."""

from __future__ import annotations

from datetime import date

from desktop.charts.timeline import Bar, Unit
from desktop.i18n import _, format_date, format_number, month_name, n_
from desktop.model import Period

_NO_END = (date.min.toordinal(), date.max.toordinal())


def day_words(day: int, *, short: bool = False) -> str:
    """Return a day: "8 januari 2025"."""
    return format_date(date.fromordinal(day).isoformat(), short=short)


def tick_words(day: int, unit: Unit) -> str:
    """Return what stands at a tick: the day of the month, the month, the year."""
    there = date.fromordinal(day)
    if unit in (Unit.DAY, Unit.WEEK):
        return str(there.day)
    return month_name(there.month, short=True) if unit is Unit.MONTH else str(there.year)


def context_words(day: int, unit: Unit) -> str:
    """Return what several ticks lie in: a month with its year, or a year."""
    return format_date(date.fromordinal(day).isoformat()[: 7 if unit is Unit.MONTH else 4])


def stretch_words(first: int, last: int, *, short: bool = False) -> str:
    """Return a stretch of days as shortly as can be: "2025", "januari – maart 2025", "8 – 9 januari 2025"."""
    one, other = date.fromordinal(first), date.fromordinal(last)
    if one == other:
        return day_words(first, short=short)
    whole = one.day == 1 and (last == _NO_END[1] or date.fromordinal(last + 1).day == 1)
    if whole and one.month == 1 and other.month == 12:
        return str(one.year) if one.year == other.year else f"{one.year} – {other.year}"
    end = other.isoformat()[: 7 if whole else 10]
    if whole and (one.year, one.month) == (other.year, other.month):
        return format_date(end, short=short)
    if one.year != other.year:
        return f"{format_date(one.isoformat()[: len(end)], short=short)} – {format_date(end, short=short)}"
    month = month_name(one.month, short=short)
    if whole:
        return f"{month} – {format_date(end, short=short)}"
    if one.month != other.month:
        return f"{_day_month(one, short=short)} – {format_date(end, short=short)}"
    days = _("{first} – {last} {month} {year}")
    return days.format(first=one.day, last=other.day, month=month, year=one.year)


def _day_month(day: date, *, short: bool) -> str:
    month = month_name(day.month, short=short)
    return _("{day} {month}").format(day=day.day, month=month)


def period_words(period: Period) -> str:
    """Return a mentioned date as the row says it: short, and what is open at one end as such."""
    if period.value:
        return format_date(period.value, short=True)
    if period.low and period.high:
        return f"{format_date(period.low, short=True)} – {format_date(period.high, short=True)}"
    if period.low:
        return _("from {date}").format(date=format_date(period.low, short=True))
    return _("until {date}").format(date=format_date(period.high, short=True)) if period.high else ""


def articles_words(number: int) -> str:
    """Return how many articles there are."""
    return n_("{n} article", "{n} articles", number)


def dates_words(number: int) -> str:
    """Return how many dates are mentioned."""
    return n_("{n} date mentioned", "{n} dates mentioned", number)


def per_unit(unit: Unit) -> tuple[str, str]:
    """Return what the bars above and below the axis stand for."""
    return {
        Unit.DAY: (_("Articles per day"), _("Dates mentioned per day")),
        Unit.WEEK: (_("Articles per week"), _("Dates mentioned per week")),
        Unit.MONTH: (_("Articles per month"), _("Dates mentioned per month")),
        Unit.YEAR: (_("Articles per year"), _("Dates mentioned per year")),
        Unit.DECADE: (_("Articles per decade"), _("Dates mentioned per decade")),
        Unit.CENTURY: (_("Articles per century"), _("Dates mentioned per century")),
    }[unit]


def bar_words(articles: Bar | None, dates: Bar | None) -> str:
    """Return what a bucket holds, for a tip and for a screen reader; None = not shown."""
    bar = articles or dates
    assert bar is not None
    lines = [stretch_words(bar.first, bar.last)]
    if articles is not None:
        lines.append(_with_longer(articles_words(articles.number), articles.around))
    if dates is not None:
        lines.append(_with_longer(dates_words(dates.number), dates.around))
    return "\n".join(lines)


def _with_longer(words: str, around: int) -> str:
    if not around:
        return words
    longer = n_("{n} longer period around it", "{n} longer periods around it", around)
    return f"{words}, {longer}"


def short_number(number: float) -> str:
    """Return a number as a scale has it: 1.200, 0,5."""
    return format_number(int(number)) if number == int(number) else format_number(number)
