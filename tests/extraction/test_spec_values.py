"""Sentences and units of our own, one folder a language: tests/spec/<lang>/{amounts,dates,traps,units}.json.

All sentences are dated 2025-02-06. A language is complete when all four files are there and every line of
its units.toml stands in units.json with what two of the unit are in the base unit of its dimension.
"""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.extraction.amounts import measure_amount, read_amount
from desktop.extraction.values import find_values
from desktop.model import LANGUAGES, Mention
from desktop.resources import resource

SPEC = Path(__file__).resolve().parent.parent / "spec"
REFERENCE = "2025-02-06"


def spec(lang: str, name: str) -> Any:
    return json.loads((SPEC / lang / f"{name}.json").read_text(encoding="utf-8"))


def cases(name: str) -> list[Any]:
    return [
        pytest.param(lang, case, id=f"{lang}-{case['text'][:40]}")
        for lang in LANGUAGES
        for case in spec(lang, name)
    ]


def said(mention: Mention) -> dict[str, str]:
    """Return a mention as the spec writes it."""
    found = {"text": mention.text, "kind": mention.kind.value}
    holder: Any = mention.amount or mention.period
    for name in ("value", "low", "high", "unit", "noun", "approx"):
        value = getattr(holder, name, None)
        if value is not None:
            written = format(value, "f") if isinstance(value, Decimal) else str(value)
            found[name] = written[:14] if len(written) > 20 else written
    return found


@pytest.mark.parametrize(("lang", "case"), cases("amounts"))
def test_amounts_of_a_sentence(lang: str, case: dict[str, Any]) -> None:
    found = [said(mention) for mention in find_values(case["text"], lang, REFERENCE) if mention.amount]
    assert found == case["expected"]


@pytest.mark.parametrize(("lang", "case"), cases("dates"))
def test_dates_of_a_sentence(lang: str, case: dict[str, Any]) -> None:
    found = [said(mention) for mention in find_values(case["text"], lang, REFERENCE) if not mention.amount]
    assert found == case["expected"]


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang in LANGUAGES for text in spec(lang, "traps")]
)
def test_figures_that_are_no_amounts(lang: str, text: str) -> None:
    assert find_values(text, lang, REFERENCE) == []


def _lines(lang: str, *sections: str) -> set[str]:
    with resource("languages", lang, "units.toml").open("rb") as file:
        data = tomllib.load(file)
    return {name for section in sections for name in data[section]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_has_its_converted_value(lang: str) -> None:
    expected = spec(lang, "units")["units"]
    assert set(expected) == _lines(lang, "units", "prefixed", "time")
    for name, (dimension, value) in expected.items():
        amount = read_amount(f"2 {name}", lang)
        assert amount is not None, name
        found, low, high = measure_amount(amount)
        assert (found, low) == (dimension, pytest.approx(value, rel=1e-9)), name
        assert low == high, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_currency_has_its_code(lang: str) -> None:
    expected = spec(lang, "units")["money"]
    assert set(expected) == _lines(lang, "money", "cents")
    for name, (code, value) in expected.items():
        amount = read_amount(f"2{'' if len(name) == 1 else ' '}{name}", lang)
        assert amount is not None, name
        assert (amount.unit, float(amount.value or 0)) == (code, pytest.approx(value)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_symbol_has_its_converted_value(lang: str) -> None:
    expected = json.loads((SPEC / "symbols.json").read_text(encoding="utf-8"))
    with resource("languages", "symbols.toml").open("rb") as file:
        assert set(expected) == set(tomllib.load(file)["written"])
    names = _lines(lang, "units", "prefixed", "time", "money", "cents")
    for name, (dimension, value) in expected.items():
        amount = None if name in names else read_amount(f"2 {name}", lang) or read_amount(f"2{name}", lang)
        if amount and amount.unit:  # a language can give a symbol another meaning, or none
            found, low, high = measure_amount(amount)
            assert low == high, name
            if lang == "nl" or found == dimension:
                assert (found, low) == (dimension, pytest.approx(value, rel=1e-6)), name
        else:
            assert lang != "nl" or name in names, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_generated_currency_has_its_code(lang: str) -> None:
    with resource("languages", lang, "currencies.toml").open("rb") as file:
        generated = tomllib.load(file)["money"]
    names = _lines(lang, "money", "cents")
    for name, code in generated.items():
        amount = read_amount(f"2 {name}", lang)
        assert amount is not None, name
        assert name in names or (amount.unit, amount.value) == (code, 2), name


def test_dutch_measures_are_dutch() -> None:
    """A public library maps these to acre, pound and ounce."""
    for text, base in (("3 are", 300.0), ("2 pond", 1.0), ("4 ons", 0.4), ("1 hectare", 10_000.0)):
        amount = read_amount(text, "nl")
        assert amount is not None
        assert measure_amount(amount)[1] == pytest.approx(base)
