"""Amounts and dates against labelled sentences and floors that nobody lowers silently.

`gold_dev.jsonl` is our own newspaper sentences. The larger file, cases from other projects, is read beside
the repository where it is present. `python tests/quality/test_amounts_quality.py` prints the tables.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.extraction.values import find_values
from desktop.model import LANGUAGES

HERE = Path(__file__).resolve().parent
GOLD = HERE / "amounts" / "gold_dev.jsonl"
DEV = HERE.parents[2] / "shared" / "data" / "amounts" / "dev.jsonl"
MANY = 30  #: cases that a scope must have to be held to a floor of its own

Case = Mapping[str, Any]


def scorer() -> Any:
    """Return the scorer as a module."""
    spec = importlib.util.spec_from_file_location("amount_score", HERE / "amounts" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def found(case: Case) -> list[dict[str, Any]]:
    """Return what is found in a case, as the scorer reads it."""
    predictions = []
    for mention in find_values(case["text"], case["lang"], case.get("reference_date")):
        one: dict[str, Any] = {"start": mention.start, "end": mention.end, "kind": mention.kind.value}
        holder: Any = mention.amount or mention.period
        for name in ("value", "low", "high", "unit", "noun", "approx"):
            value = getattr(holder, name, None)
            if value is not None:
                one[name] = str(value)
        predictions.append(one)
    return predictions


def f1(cases: list[Case], mode: str) -> float:
    """Return F1 over cases: strict (span, kind, value, unit) or value."""
    score = scorer()
    tallies = score.evaluate(cases, {case["id"]: found(case) for case in cases})
    total: Counter[str] = sum(tallies.values(), Counter())
    return float(score.prf(total[mode], total[f"fp_{mode}"], total["gold"])[2])


def floors() -> dict[str, Any]:
    found_floors: dict[str, Any] = tomllib.loads((HERE / "floors.toml").read_text())["amounts"]
    return found_floors


@pytest.mark.parametrize(("name", "langs"), [("nl", ["nl"]), ("en_fr_de", ["en", "fr", "de"])])
def test_our_own_sentences(name: str, langs: list[str]) -> None:
    cases = [case for case in read(GOLD) if case["lang"] in langs]
    assert cases
    assert f1(cases, "strict") >= floors()["gold"][name]


def test_nothing_is_found_where_nothing_is() -> None:
    empty = [case for case in read(GOLD) if not case["expected"]]
    assert len(empty) > 15
    assert sum(bool(found(case)) for case in empty) <= floors()["traps"]["wrong"]


@pytest.mark.skipif(not DEV.is_file(), reason="the cases of other projects are not beside the repository")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_cases_of_other_projects(lang: str) -> None:
    cases = [case for case in read(DEV) if case["lang"] == lang and not case.get("isolated")]
    dev = floors()["dev"]
    assert f1(cases, "value") >= dev["all"][lang]
    assert f1([case for case in cases if case["kind"] != "date"], "value") >= dev["without_date"][lang]
    for scope, count in Counter(case["kind"] for case in cases).items():
        if count >= MANY:
            assert f1([case for case in cases if case["kind"] == scope], "value") >= dev["scope"]["lowest"], (
                scope
            )


def main() -> None:
    """Print what `score.py` prints, for both files."""
    score = scorer()
    for path in (GOLD, DEV):
        if path.is_file():
            cases = [case for case in read(path) if not case.get("isolated")]
            sys.stdout.write(f"{path.name}\n")
            score.report(score.evaluate(cases, {case["id"]: found(case) for case in cases}), sys.stdout)


if __name__ == "__main__":
    main()
