"""Compounds found by their parts, against our own pairs and floors that nobody lowers silently.

`python tests/quality/test_compounds_quality.py [tune|measure] [-v]` prints the figures, with -v the
errors. The pairs were written before the rules; those of `measure` were looked at only when the rules were
ready.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop.search.index import ANALYSIS

HERE = Path(__file__).resolve().parent
LANGS = ("nl", "de")
HALVES = ("tune", "measure")


class Pair(NamedTuple):
    half: str
    matches: bool
    compound: str
    part: str


def read(lang: str, half: str) -> list[Pair]:
    with (HERE / "compounds" / f"{lang}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        pairs = [Pair(r["half"], r["matches"] == "yes", r["compound"], r["part"]) for r in rows]
    return [pair for pair in pairs if pair.half == half]


def finds(pair: Pair, lang: str) -> bool:
    """Tell whether a query for the part finds a text with the compound."""
    return not set(ANALYSIS.text_forms(pair.compound, lang).stems).isdisjoint(
        ANALYSIS.query_forms(pair.part).stems
    )


def measure(lang: str, half: str) -> tuple[float, float, list[str]]:
    """Return recall, precision, and what is wrong."""
    pairs = read(lang, half)
    found = [pair for pair in pairs if finds(pair, lang)]
    right = sum(pair.matches for pair in found)
    wrong = [
        f"{pair.compound} {'misses' if pair.matches else 'is found by'} {pair.part}"
        for pair in pairs
        if pair.matches != (pair in found)
    ]
    return right / sum(pair.matches for pair in pairs), right / len(found), wrong


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("lang", LANGS)
def test_compounds_are_found_by_their_parts_and_lookalikes_are_not(lang: str, half: str) -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["compounds"][lang][half]
    recall, precision, wrong = measure(lang, half)
    assert recall >= floors["recall"], "\n".join(wrong)
    assert precision >= floors["precision"], "\n".join(wrong)


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_pairs(lang: str) -> None:
    pairs = [pair for half in HALVES for pair in read(lang, half)]
    assert len(pairs) == len({(pair.compound, pair.part) for pair in pairs})
    assert sum(pair.matches for pair in pairs) >= 200
    assert sum(not pair.matches for pair in pairs) >= 100


def main() -> None:
    """Print the figures of the halves asked for."""
    for half in [name for name in HALVES if name in sys.argv] or HALVES:
        for lang in LANGS:
            recall, precision, wrong = measure(lang, half)
            sys.stdout.write(f"{lang} {half}: recall {recall:.3f}, precision {precision:.3f}\n")
            if "-v" in sys.argv:
                sys.stdout.write("\n".join(wrong) + "\n")


if __name__ == "__main__":
    main()
