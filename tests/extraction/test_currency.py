"""Money in another currency: which rate is taken, what is said of it, and where there is none."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest

from desktop.extraction import currency
from desktop.extraction.currency import RateDay, RateKind, convert, euro, shown
from desktop.model import Amount, Approx
from desktop.resources import resource


def money(value: str, unit: str = "USD", approx: Approx | None = None) -> Amount:
    return Amount(value=Decimal(value), unit=unit, approx=approx)


@pytest.mark.parametrize(
    ("unit", "published", "rate", "kind", "day"),
    [
        ("USD", "2025-01-08", "1.0286", "day", "2025-01-08"),
        ("USD", "1999-01-04", "1.1789", "day", "1999-01-04"),
        ("USD", "2025-01-12", "1.0304", "day", "2025-01-10"),  # a Sunday takes the Friday before
        ("GBP", "2025-04-21", "0.85873", "day", "2025-04-17"),  # Easter: four days without rates
        ("DEM", "2001-05-03", "1.95583", "fixed", "1999-01-01"),
        ("NLG", "2026", "2.20371", "fixed", "1999-01-01"),
        ("GRD", "2001-02", "340.750", "fixed", "2001-01-01"),
        ("HRK", "2022-12-30", "7.5365", "day", "2022-12-30"),  # the last day before the euro came
        ("HRK", "2023-01-01", "7.53450", "fixed", "2023-01-01"),
        ("BGN", "2026-11", "1.95583", "fixed", "2026-01-01"),
        ("RUB", "2022-03-10", "117.201", "day", "2022-03-01"),
        ("EUR", "2025-01-08", "1", "same", ""),
        ("EUR", None, "1", "same", ""),
        ("EUR", "1980", "1", "same", ""),
    ],
)
def test_the_rate_of_a_day(unit: str, published: str | None, rate: str, kind: str, day: str) -> None:
    found = euro(money("100", unit), published)
    assert found is not None
    assert (found.rate, found.said) == (Decimal(rate), RateDay(RateKind(kind), day))
    assert found.low == found.high == Decimal(100) / Decimal(rate)


@pytest.mark.parametrize(
    ("unit", "published"),
    [
        ("USD", None),
        ("USD", "1998-12-31"),
        ("USD", "1998"),
        ("NLG", "1998-12"),
        ("GRD", "2000-12-31"),
        ("RUB", "2022-03-12"),  # eleven days after the last rate
        ("RUB", "2022"),  # two months do not make a year
        ("RUB", "2025-01-08"),
        ("ISK", "2010-06-01"),  # no rates between 2008 and 2018
        ("AED", "2025-01-08"),
        ("XBT", "2025-01-08"),
        ("USD", "2031"),
        ("USD", "2025-13"),
        ("USD", "gisteren"),
        ("USD", ""),
        ("days", "2025-01-08"),
        ("%", "2025-01-08"),
    ],
)
def test_where_no_rate_is_known_there_is_no_answer(unit: str, published: str | None) -> None:
    assert euro(money("100", unit), published) is None


def test_what_is_no_money_has_no_answer() -> None:
    assert euro(Amount(value=Decimal(100), noun="landen"), "2025-01-08") is None


def _published(code: str, period: str) -> list[Decimal]:
    """Return the rates of a currency in a month or year, read in another way than the program does."""
    with zipfile.ZipFile(resource("rates", "ecb.zip")) as file:
        days, rates = (file.read(name).decode().splitlines() for name in ("days", code))
    return [Decimal(rate) for day, rate in zip(days, rates, strict=True) if day.startswith(period) and rate]


@pytest.mark.parametrize(
    ("published", "kind"), [("2025-01", "month"), ("2024", "year"), ("2008-03", "month")]
)
def test_a_month_or_year_takes_its_mean(published: str, kind: str) -> None:
    found = euro(money("100"), published)
    rates = _published("USD", published)
    assert found is not None
    assert found.said == RateDay(RateKind(kind), published)
    assert abs(found.rate / (sum(rates) / len(rates)) - 1) < Decimal("0.00001")
    assert len(rates) > 15


def test_after_the_last_day_its_rate_holds_for_a_month() -> None:
    newest = currency.newest_day()
    assert newest == "2026-10-30"
    last = RateDay(RateKind.DAY, newest)
    for published in ("2026-10-31", "2026-11-22", "2026-11-30", "2026-11"):
        found = euro(money("1"), published)
        assert found is not None
        assert (found.said, found.rate) == (last, Decimal("1.1172"))
    for published in ("2026-12-01", "2026-12", "2027", "2027-06-01"):
        assert euro(money("1"), published) is None


def test_a_year_that_is_not_over_says_until_when_it_knows() -> None:
    found = euro(money("1"), "2026")
    assert found is not None
    assert found.said == RateDay(RateKind.YEAR, "2026", "2026-10-30")
    october = euro(money("1"), "2026-10")
    assert october is not None
    assert october.said == RateDay(RateKind.MONTH, "2026-10")


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        (money("1.0286"), "1", "1"),
        (money("1.0286", approx=Approx.ABOUT), "1", "1"),
        (money("1.0286", approx=Approx.GE), "1", None),
        (money("1.0286", approx=Approx.GT), "1", None),
        (money("1.0286", approx=Approx.LE), None, "1"),
        (Amount(low=Decimal("1.0286"), high=Decimal("2.0572"), unit="USD"), "1", "2"),
        (Amount(low=Decimal("1.0286"), unit="USD"), "1", None),
        (money("-2.0572"), "-2", "-2"),
    ],
)
def test_the_ends_are_the_amounts_own(amount: Amount, low: str | None, high: str | None) -> None:
    found = euro(amount, "2025-01-08")
    assert found is not None
    assert (found.low, found.high) == tuple(None if end is None else Decimal(end) for end in (low, high))


def test_any_pair_goes_through_the_euro() -> None:
    found = convert(money("200", "GBP"), "2025-01-08", "USD")
    there = convert(money("200", "GBP"), "2025-01-08")
    assert found is not None
    assert there is not None
    assert there.low is not None
    assert found.low is not None
    assert abs(found.low - there.low * Decimal("1.0286")) < Decimal("1e-15")
    assert found.said == RateDay(RateKind.DAY, "2025-01-08")
    assert convert(money("7", "XBT"), None, "XBT") is not None
    guilder = convert(money("1"), "2025-01-08", "NLG")
    assert guilder is not None
    assert guilder.said == RateDay(RateKind.DAY, "2025-01-08")  # the rate that moves is the one to name
    assert guilder.low == Decimal("2.20371") / Decimal("1.0286")
    assert convert(money("1"), "2025-01-08", "AED") is None


def test_a_price_per_unit_keeps_its_unit() -> None:
    found = euro(money("80", "USD/bbl"), "2025-01-08")
    assert found is not None
    assert found.unit == "EUR/bbl"
    assert found.low == Decimal(80) / Decimal("1.0286")


@pytest.mark.parametrize(
    ("amount", "published", "expected"),
    [
        (money("70000000"), "2025-01-08", Amount(value=Decimal(68100000), unit="EUR")),
        (
            money("1234567", approx=Approx.ABOUT),
            "2025-01-08",
            Amount(value=Decimal(1200240), unit="EUR", approx=Approx.ABOUT),
        ),
        (
            money("5", approx=Approx.LE),
            "2025-01-08",
            Amount(value=Decimal("4.86"), unit="EUR", approx=Approx.LE),
        ),
        (
            Amount(low=Decimal(30), high=None, unit="USD"),
            "2025-01-08",
            Amount(low=Decimal("29.2"), unit="EUR"),
        ),
        (money("0"), "2025-01-08", Amount(value=Decimal(0), unit="EUR")),
    ],
)
def test_what_is_shown_is_as_precise_as_what_was_written(
    amount: Amount, published: str, expected: Amount
) -> None:
    converted = euro(amount, published)
    assert converted is not None
    assert shown(amount, converted) == expected
    assert "E" not in str(shown(amount, converted).value)


def test_every_rate_is_as_published_and_every_currency_has_extremes() -> None:
    rates = currency.rates()
    assert rates.days[0] == "1999-01-04"
    assert rates.days == sorted(set(rates.days))
    assert len(rates.codes) == 41
    for code in rates.codes | set(rates.fixed):
        low, high = currency.extremes(code) or (0, 0)
        assert 0 < low <= high
        assert all(len(rates.series(code)) == len(rates.days) for _ in (0,) if code in rates.codes)
    assert currency.extremes("AED") is None
    assert currency.extremes("EUR") == (1, 1)
    # The first day of the bank's own table, as it stands there.
    line = next(csv.reader(io.StringIO("1.1789,133.73,0.58231,35.107,7.4501,15.6466,0.7111,251.48")))
    codes = ("USD", "JPY", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF")
    assert [rates.series(code)[0] for code in codes] == line


def test_the_rates_are_not_read_before_they_are_needed() -> None:
    code = (
        "import sys; import desktop.extraction.currency as c; assert c.rates.cache_info().currsize == 0;"
        "import time; from decimal import Decimal; from desktop.model import Amount; t = time.perf_counter();"
        "c.euro(Amount(value=Decimal(1), unit='USD'), '2025-01-08'); print(time.perf_counter() - t)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.0  # measured: 0.01; a busy machine is slower
    assert resource("rates", "ecb.zip").stat().st_size < 1_000_000
