"""Figures and number words of four languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.number_words import number_words, read_figure
from desktop.extraction.numerals import read_number
from desktop.extraction.tokens import Tokens
from desktop.model import LANGUAGES

SIGNS = {"nl": (",", "."), "en": (".", ","), "fr": (",", "\u202f"), "de": (",", ".")}


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.200", ",", "1200"),
        ("1,2", ",", "1.2"),
        ("1.200", ".", "1.2"),
        ("1,200", ".", "1200"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1,234,567.89", ",", "1234567.89"),  # both signs: the last is the decimal one, whatever the language
        ("12,34,567.89", ".", "1234567.89"),
        ("1 000 000", ",", "1000000"),
        ("1 234,5", ",", "1234.5"),
        ("1'000'000", ".", "1000000"),
        ("0.500", ",", "0.5"),
        ("75,30", ",", "75.3"),
    ],
)
def test_figure(written: str, decimal: str, value: str) -> None:
    assert read_figure(written, decimal) == Decimal(value)


@pytest.mark.parametrize("written", ["13.5.2015", "1.2.3", "12.34.56", "9" * 25])
def test_no_figure(written: str) -> None:
    assert read_figure(written) is None


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("nl", "driehonderdvijftig", "350"),
        ("nl", "anderhalf miljard", "1.5e9"),
        ("nl", "tweeëntwintighonderd", "2200"),
        ("nl", "drieënvijftigduizend negenhonderdtachtig", "53980"),
        ("nl", "tweeëneenhalf", "2.5"),
        ("nl", "honderd twee en twintig", "122"),
        ("nl", "vijf miljard tweehonderd miljoen", "5.2e9"),
        ("nl", "twee en een half", "2.5"),
        ("nl", "driekwart", "0.75"),
        ("nl", "een half miljoen", "500000"),
        ("nl", "drie dozijn", "36"),
        ("nl", "1,2 mln", "1200000"),
        ("nl", "3 1/2", "3.5"),
        ("nl", "7½", "7.5"),
        ("nl", "min tien", "-10"),
        ("nl", "een biljoen", "1e12"),
        ("en", "three hundred and fifty", "350"),
        ("en", "two and a half million", "2.5e6"),
        ("en", "half a million", "500000"),
        ("en", "twenty-five", "25"),
        ("en", "zero point zero eight", "0.08"),
        ("en", "a billion", "1e9"),
        ("en", "three lakh crore", "3e12"),
        ("en", "a quarter million", "250000"),
        ("en", "10k", "10000"),
        ("en", "30bn", "3e10"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "soixante et onze", "71"),
        ("fr", "trois cent mille", "300000"),
        ("fr", "deux millions et demi", "2.5e6"),
        ("fr", "nonante-trois", "93"),
        ("fr", "un billion", "1e12"),
        ("fr", "une centaine", "100"),
        ("de", "fünfundzwanzig", "25"),
        ("de", "fünfeinhalb", "5.5"),
        ("de", "siebenhunderteinundzwanzigtausendzwölf", "721012"),
        ("de", "anderthalb Millionen", "1.5e6"),
        ("de", "eine halbe Million", "500000"),
        ("de", "1,5 Mrd", "1.5e9"),
        ("de", "zwei Komma drei", "2.3"),
    ],
)
def test_number(lang: str, text: str, value: str) -> None:
    tokens = Tokens(text)
    number = read_number(tokens, 0, number_words(lang))
    assert number is not None
    assert (number.value, number.end) == (Decimal(value), tokens.count)


@pytest.mark.parametrize(
    ("lang", "text"), [("nl", "acht huizen"), ("en", "twenty-fifth"), ("de", "siebte"), ("fr", "neuvième")]
)
def test_what_is_no_number_stays_out(lang: str, text: str) -> None:
    number = read_number(Tokens(text), 0, number_words(lang))
    assert number is None or number.end == 1


@given(st.integers(0, 10**12), st.integers(0, 3), st.sampled_from(LANGUAGES))
def test_a_figure_as_its_language_writes_it_is_read_back(number: int, decimals: int, lang: str) -> None:
    decimal, group = SIGNS[lang]
    value = Decimal(number).scaleb(-decimals)
    whole, _, rest = f"{value:,f}".partition(".")
    written = whole.replace(",", group) + (decimal + rest if rest else "")
    tokens = Tokens(written)
    read = read_number(tokens, 0, number_words(lang))
    assert read is not None
    assert (read.value, read.end) == (value, tokens.count)


ONES = "een twee drie vier vijf zes zeven acht negen".split()
TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def _dutch(number: int) -> str:
    """Return a number below a million in Dutch words."""
    if number >= 1000:
        rest = number % 1000
        head = "" if number // 1000 == 1 else _dutch(number // 1000)
        tail = "één" if rest == 1 else _dutch(rest) if rest else ""  # "duizend een" can go on: "... een boek"
        return f"{head}duizend {tail}".rstrip()
    if number >= 100:
        head = "" if number // 100 == 1 else ONES[number // 100 - 1]
        return f"{head}honderd" + (_dutch(number % 100) if number % 100 else "")
    if number < 10:
        return ONES[number - 1]
    if number < 20:
        return TEENS[number - 10]
    one = ONES[number % 10 - 1] if number % 10 else ""
    glue = "ën" if one in ("twee", "drie") else "en" if one else ""
    return one + glue + TENS[number // 10 - 2]


@given(st.integers(2, 999_999))
def test_dutch_number_words_are_read_back(number: int) -> None:
    tokens = Tokens(_dutch(number))
    read = read_number(tokens, 0, number_words("nl"))
    assert read is not None
    assert (int(read.value), read.end) == (number, tokens.count)
