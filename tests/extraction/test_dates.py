"""Dates: what they cover, and what they mean against an article's date known to the day, month or year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.dates import find_dates, first_last_day
from desktop.extraction.periods import easter
from desktop.model import LANGUAGES, Period


def period(text: str, lang: str = "nl", reference: str | None = "2025-02-06") -> Period | None:
    found = find_dates(text, lang, reference)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0].period


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-01-08", "2025-01-08", "2025-01-08"),
        ("2025-01-08T14:30", "2025-01-08", "2025-01-08"),
        ("2025-01-08TEV", "2025-01-08", "2025-01-08"),
        ("2025-W07", "2025-02-10", "2025-02-16"),
        ("2025-W07-WE", "2025-02-15", "2025-02-16"),
        ("2025-W07-3", "2025-02-12", "2025-02-12"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-SU", "2025-06-01", "2025-08-31"),
        ("2025-WI", "2025-12-01", "2026-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
    ],
)
def test_days_of_a_partial_date(value: str, first: str, last: str) -> None:
    assert first_last_day(value) == (first, last)


@pytest.mark.parametrize(
    "value", ["", "25", "2025-13", "2025-02-30", "2025-Q5", "2025-W60", "morgen", "2025-1-8"]
)
def test_no_partial_date(value: str) -> None:
    with pytest.raises(ValueError):
        first_last_day(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 tot en met 9 januari", Period(low="2025-01-08", high="2025-01-09")),
        ("maandag 6 januari tot en met donderdag 9 januari", Period(low="2025-01-06", high="2025-01-09")),
        ("10 en 11 februari", Period(low="2025-02-10", high="2025-02-11")),
        ("volgende week", Period(value="2025-W07")),
        ("donderdagavond", Period(value="2025-02-06")),
        ("vorig jaar", Period(value="2024")),
        ("eergisteren", Period(value="2025-02-04")),
        ("morgenmiddag", Period(value="2025-02-07")),
        ("afgelopen weekend", Period(low="2025-02-01", high="2025-02-02")),
        ("drie jaar geleden", Period(value="2022-02-06")),
        ("over twee weken", Period(value="2025-02-20")),
        ("binnen vijf dagen", Period(low="2025-02-06", high="2025-02-10")),
        ("sinds 2011", Period(low="2011")),
        ("tot en met 31 maart", Period(high="2025-03-31")),
        ("derde kwartaal van 2024", Period(value="2024-Q3")),
        ("eerste helft van 2024", Period(value="2024-H1")),
        ("eerste negen maanden van 2024", Period(low="2024-01", high="2024-09")),
        ("tweede dinsdag van maart", Period(value="2025-03-11")),
        ("de jaren negentig", Period(value="199X")),
        ("17e eeuw", Period(value="16XX")),
        ("medio 2027", Period(value="2027")),
        ("zomer 2024", Period(value="2024-SU")),
        ("tussen 2019 en 2021", Period(low="2019", high="2021")),
        ("seizoen 2023-2024", Period(low="2023", high="2024")),
        ("8-1-2025", Period(value="2025-01-08")),
        ("2025-01-08", Period(value="2025-01-08")),
        ("week 31", Period(value="2025-W31")),
        ("de week van 10 april", Period(value="2025-W15")),
        ("twee dagen na Pasen", Period(value="2025-04-22")),
        ("in negentienachtentwintig", Period(value="1928")),
        ("Koningsdag 2014", Period(value="2014-04-26")),  # the 27th was a Sunday
    ],
)
def test_dutch(text: str, expected: Period) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Feb. 10-11", Period(low="2025-02-10", high="2025-02-11")),
        ("en", "last Wednesday", Period(value="2025-01-29")),
        ("en", "mid-2026", Period(value="2026")),
        ("en", "the day before yesterday", Period(value="2025-02-04")),
        ("en", "3/14/2015", Period(value="2015-03-14")),
        ("en", "the 1990s", Period(value="199X")),
        ("fr", "du 1er mars 2025 au 28 février 2027", Period(low="2025-03-01", high="2027-02-28")),
        ("fr", "il y a deux semaines", Period(value="2025-01-23")),
        ("fr", "la semaine prochaine", Period(value="2025-W07")),
        ("fr", "l'an dernier", Period(value="2024")),
        ("fr", "les années quatre-vingt-dix", Period(value="199X")),
        ("de", "am 10. und 11. Februar", Period(low="2025-02-10", high="2025-02-11")),
        ("de", "vor drei Jahren", Period(value="2022-02-06")),
        ("de", "in den 90er Jahren", Period(value="199X")),
        ("de", "am 15.1.", Period(value="2025-01-15")),
        ("de", "vorletztes Jahr", Period(value="2023")),
    ],
)
def test_other_languages(lang: str, text: str, expected: Period) -> None:
    assert period(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("vandaag", "2025-01", Period(value="2025-01")),
        ("donderdag", "2025-02", Period(value="2025-02")),
        ("volgende week", "2025-02", Period(value="2025-02")),
        ("drie jaar geleden", "2025-02", Period(value="2022-02")),
        ("vorige maand", "2025-01", Period(value="2024-12")),
        ("vorige maand", "2025", Period(value="2025")),
        ("vorig jaar", "2025", Period(value="2024")),
        ("10 en 11 februari", "2025-02", Period(low="2025-02-10", high="2025-02-11")),
        ("vandaag", None, None),
        ("maandag", None, None),
        ("11 februari", None, None),
        ("11 februari 2025", None, Period(value="2025-02-11")),
        ("vandaag", "ergens", None),
    ],
)
def test_what_the_article_does_not_know_is_never_made_up(
    text: str, reference: str | None, expected: Period | None
) -> None:
    assert period(text, "nl", reference) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In september werd het park geopend.", "2024-09"),
        ("In september wordt het park geopend.", "2025-09"),
        ("Maandag begon het proces.", "2025-02-03"),
        ("De wedstrijd begint zaterdag.", "2025-02-08"),
    ],
)
def test_the_tense_of_the_clause_tells_which(text: str, expected: str) -> None:
    assert period(text) == Period(value=expected)


@pytest.mark.parametrize("text", ["elke maandag", "goede morgen", "2.000 mensen", "Agenda 21", "K3", "9/11"])
def test_no_date(text: str) -> None:
    assert find_dates(text, "nl", "2025-02-06") == []


def test_easter() -> None:
    assert [easter(year).isoformat() for year in (1961, 2000, 2025, 2038)] == [
        "1961-04-02",
        "2000-04-23",
        "2025-04-20",
        "2038-04-25",
    ]


MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}


@given(st.dates(dt.date(1500, 1, 1), dt.date(2150, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_full_date_is_read_back(day: dt.date, lang: str) -> None:
    month = MONTHS[lang].split()[day.month - 1]
    written = f"{day.day}{'.' if lang == 'de' else ''} {month} {day.year}"
    assert period(written, lang, None) == Period(value=day.isoformat())
