"""Money in another currency, at the rate of the day an article appeared.

The rates are the euro reference rates of the European Central Bank (`resources/rates/ecb.zip`, made by
`packaging/make_rates.py`) and the fixed rates of the currencies that the euro replaced (`fixed.toml`).
Every answer says which rate it took; where there is none, there is no answer: nothing is guessed.

- a full date takes that day's rate, or the last one of the ten days before (weekends, holidays)
- a month or year takes the mean of its days, if there were rates on at least half of them
- a date after the last day of the data takes the rate of that day, for a month
- before 1999 there was no euro; a currency whose rates have ended has none after that
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from desktop.model import Amount, Approx
from desktop.resources import resource

EURO: Final = "EUR"
_LOOK_BACK: Final = timedelta(10)  # the longest stretch without rates is five days
_LASTS: Final = timedelta(31)  # how long the last rate in the data is taken for later dates
_COMPLETE: Final = timedelta(4)  # a month may end in the four days of Easter, on which there are no rates
_MEAN_DIGITS: Final = 6  # significant, as published
_SHOWN_DIGITS: Final = 3
_PUBLISHED: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


class RateKind(StrEnum):
    """What a rate is."""

    DAY = "day"  #: of one day
    MONTH = "month"  #: the mean of a month
    YEAR = "year"  #: the mean of a year
    FIXED = "fixed"  #: of a currency that the euro replaced
    SAME = "same"  #: nothing was converted


@dataclass(frozen=True, slots=True)
class RateDay:
    """The day, month or year whose rate was used.

    day: partial ISO date; FIXED: the day from which the rate holds; SAME: "". until: of a mean, the last day
    with a rate where the period was not over by then.
    """

    kind: RateKind
    day: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """How much of a currency one euro was."""

    rate: Decimal
    said: RateDay


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency; None = open at that end. Not rounded: see `shown`.

    rate: how much of the amount's currency is one of the other ("1 EUR = 1.0304 USD").
    unit: the other currency, with the amount's per-unit ("EUR/m2").
    """

    low: Decimal | None
    high: Decimal | None
    rate: Decimal
    said: RateDay
    unit: str


_SAME: Final = Quote(Decimal(1), RateDay(RateKind.SAME, ""))


class Rates:
    """The rates, each currency read when it is first asked for."""

    def __init__(self) -> None:
        """Read the days on which there were rates, and the fixed rates."""
        self._file = resource("rates", "ecb.zip")
        with zipfile.ZipFile(self._file) as file:
            self.days: list[str] = file.read("days").decode().split("\n")
            self.codes = frozenset(file.namelist()) - {"days"}
        with resource("rates", "fixed.toml").open("rb") as fixed:
            entries = tomllib.load(fixed)["from"]
        #: code -> (first day, rate)
        self.fixed = {code: (day, Decimal(rate)) for day in entries for code, rate in entries[day].items()}
        self._series: dict[str, list[str]] = {}

    def series(self, code: str) -> list[str]:
        """Return a currency's rates on `days`, as published; "" = none that day."""
        found = self._series.get(code)
        if found is None:
            with zipfile.ZipFile(self._file) as file:
                found = file.read(code).decode().split("\n")
            self._series[code] = found
        return found

    def quote(self, code: str, published: str) -> Quote | None:
        """Return how much of a currency one euro was at a partial ISO date; None where that is not known."""
        ends = _first_last(published)
        if ends is None:
            return None
        first, last = ends
        if code in self.fixed and first >= self.fixed[code][0]:
            day, rate = self.fixed[code]
            return Quote(rate, RateDay(RateKind.FIXED, day))
        if code not in self.codes:
            return None
        if first == last or first > self.days[-1]:
            return self._of_day(code, first)
        return self._mean(code, published, first, last)

    def _of_day(self, code: str, day: str) -> Quote | None:
        newest = self.days[-1]
        if day > newest:  # the last rate, of a currency that still has rates
            if _days_before(day, _LASTS) > newest:
                return None
            day = newest
        earliest, series = _days_before(day, _LOOK_BACK), self.series(code)
        place = bisect_right(self.days, day) - 1
        while place >= 0 and self.days[place] >= earliest:
            if series[place]:
                return Quote(Decimal(series[place]), RateDay(RateKind.DAY, self.days[place]))
            place -= 1
        return None

    def _mean(self, code: str, published: str, first: str, last: str) -> Quote | None:
        start, end = bisect_left(self.days, first), bisect_right(self.days, last)
        series = self.series(code)
        places = [place for place in range(start, end) if series[place]]
        if not places or 2 * len(places) < end - start:
            return None
        mean = sum((Decimal(series[place]) for place in places), Decimal()) / len(places)
        newest = self.days[places[-1]]
        kind = RateKind.YEAR if len(published) == 4 else RateKind.MONTH
        said = RateDay(kind, published, newest if newest < _days_before(last, _COMPLETE) else None)
        return Quote(_rounded(mean, _MEAN_DIGITS), said)

    def extremes(self, code: str) -> tuple[Decimal, Decimal] | None:
        """Return the least and the most of a currency that one euro ever was; None without rates."""
        if code == EURO:
            return Decimal(1), Decimal(1)
        known = [self.fixed[code][1]] if code in self.fixed else []
        if code in self.codes:
            known += map(Decimal, filter(None, self.series(code)))
        return (min(known), max(known)) if known else None


@lru_cache(1)
def rates() -> Rates:
    """Return the rates; read at the first call."""
    return Rates()


def newest_day() -> str:
    """Return the last day in the data, as ISO date."""
    return rates().days[-1]


@lru_cache(20_000)
def quote(code: str, published: str | None) -> Quote | None:
    """Return how much of a currency one euro was at a partial ISO date; None where that is not known."""
    if code == EURO:
        return _SAME
    return rates().quote(code, published) if published else None


@lru_cache(64)
def extremes(code: str) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most of a currency that one euro ever was; None without rates."""
    return rates().extremes(code)


def euro(amount: Amount, published: str | None) -> Converted | None:
    """Return money in euro at the date of its article; see `convert`."""
    return convert(amount, published)


def convert(amount: Amount, published: str | None, to: str = EURO) -> Converted | None:
    """Return money in another currency at a partial ISO date; None where no rate is known, or for no money.

    The ends are the amount's own; "at least" is open above, "at most" below. "About" is not widened.
    """
    currency, per, of = (amount.unit or "").partition("/")
    ratio = _ratio(currency, to, published)
    if ratio is None:
        return None
    taken, given, said = ratio
    low, high = _ends(amount)
    return Converted(
        low=None if low is None else low * given / taken,
        high=None if high is None else high * given / taken,
        rate=taken / given,
        said=said,
        unit=to + per + of,
    )


def _ratio(currency: str, to: str, published: str | None) -> tuple[Decimal, Decimal, RateDay] | None:
    """Return what one euro is in the one and in the other currency, and which rate says so."""
    if currency == to:
        return Decimal(1), Decimal(1), _SAME.said
    taken, given = quote(currency, published), quote(to, published)
    if taken is None or given is None:
        return None
    return taken.rate, given.rate, _least(taken.said, given.said)


def _least(one: RateDay, other: RateDay) -> RateDay:
    """Return which of two rates is the one to name: one that moves before a fixed one, the older first."""
    moving = [said for said in (one, other) if said.kind not in (RateKind.SAME, RateKind.FIXED)]
    fixed = [said for said in (one, other) if said.kind is RateKind.FIXED]
    return min(moving, key=lambda said: said.day) if moving else (*fixed, _SAME.said)[0]


def shown(amount: Amount, converted: Converted) -> Amount:
    """Return the converted amount to be shown, shaped like the original and as precise, at least 3 digits."""
    digits = max(_SHOWN_DIGITS, *(_digits(end) for end in (amount.value, amount.low, amount.high)))

    def rounded(original: Decimal | None, end: Decimal | None) -> Decimal | None:
        return None if original is None or end is None else _rounded(end, digits)

    value = converted.low if converted.low is not None else converted.high
    return replace(
        amount,
        value=rounded(amount.value, value),
        low=rounded(amount.low, converted.low),
        high=rounded(amount.high, converted.high),
        unit=converted.unit,
    )


def _ends(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    if amount.value is None:
        return amount.low, amount.high
    low = None if amount.approx in (Approx.LT, Approx.LE) else amount.value
    high = None if amount.approx in (Approx.GT, Approx.GE) else amount.value
    return low, high


def _digits(number: Decimal | None) -> int:
    return len(number.normalize().as_tuple().digits) if number is not None else 0


def _rounded(number: Decimal, digits: int) -> Decimal:
    """Round to significant digits, without an exponent and without zeros at the end of a fraction."""
    step = number.adjusted() - digits + 1
    rounded = number.scaleb(-step).to_integral_value().scaleb(step).normalize()
    return Decimal(f"{rounded:f}")


def _first_last(published: str) -> tuple[str, str] | None:
    """Return the first and last day of a year, month or day."""
    if not _PUBLISHED.fullmatch(published):
        return None
    year, month, day = (*map(int, published.split("-")), 0, 0)[:3]
    try:
        first = date(year, month or 1, day or 1)
        if day:
            last = first
        elif month:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        else:
            last = date(year, 12, 31)
    except (ValueError, OverflowError):
        return None
    return first.isoformat(), last.isoformat()


def _days_before(day: str, stretch: timedelta) -> str:
    try:
        return (date.fromisoformat(day) - stretch).isoformat()
    except OverflowError:
        return "0001-01-01"
