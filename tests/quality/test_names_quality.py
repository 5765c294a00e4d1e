"""Names found by the rules and by the model in the labelled articles beside the repository, against floors.

The model is measured in the articles that it was not trained on. `python tests/quality/test_names_quality.py
[LANGUAGE…]` prints the figures.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from desktop.extraction import RECOGNISERS, extract
from desktop.model import LANGUAGES

HERE = Path(__file__).resolve().parent
SCORED = {"person", "organisation", "place"}


@lru_cache
def _scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("name_score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles(folder: Path, lang: str, *, held_back: bool) -> list[dict[str, Any]]:
    """Return the labelled articles of a language; held_back: only those for development."""
    score = _scorer(folder)
    found = [a for path in sorted(folder.glob("*.txt")) for a in score.articles(path) if a["lang"] == lang]
    return [a for a in found if _is_held_back(a)] if held_back else found


def _is_held_back(article: dict[str, Any]) -> bool:
    number = int(hashlib.sha1(article["id"].encode()).hexdigest(), 16)
    return number % (5 if article["lang"] == "nl" else 2) == 0


def measured(folder: Path, lang: str, names: str) -> dict[str, float]:
    """Return F1 of persons, organisations and places, B-cubed F1 of the linking, share of right names."""
    counts: Counter[str] = Counter()
    shares = [0.0, 0.0]
    for article in articles(folder, lang, held_back=names == "model"):
        text = article["text"]
        gold = {(start, end, kind): name for start, end, kind, name in article["gold"] if kind in SCORED}
        found = {
            (m.start, m.end, m.kind.value): m.actor or ""
            for m in extract(text, lang=lang, reference=article["date"], names=names)
            if m.kind in SCORED
        }
        right = gold.keys() & found.keys()
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["right"] += len(right)
        counts["named"] += sum(gold[key].casefold() == found[key].casefold() for key in right)
        for key in right:
            same = {other for other in right if gold[other].casefold() == gold[key].casefold()}
            joined = {other for other in right if found[other] == found[key]}
            shares[0] += len(same & joined) / len(joined)
            shares[1] += len(same & joined) / len(same)
    precision, recall = (share / counts["right"] for share in shares)
    return {
        "f1": 2 * counts["right"] / (counts["gold"] + counts["found"]),
        "linking": 2 * precision * recall / (precision + recall),
        "canonical": counts["named"] / counts["right"],
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("names", RECOGNISERS)
def test_names_reach_their_floors(shared: Path, lang: str, names: str) -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))[f"names_by_{names}"][lang]
    figures = measured(shared / "data" / "names", lang, names)
    assert {name: figure for name, figure in figures.items() if figure < floors[name]} == {}


if __name__ == "__main__":
    corpus = HERE.parents[2] / "shared" / "data" / "names"
    for recogniser in RECOGNISERS:
        for code in sys.argv[1:] or LANGUAGES:
            figures = measured(corpus, code, recogniser)
            line = " ".join(f"{name}={figure:.4f}" for name, figure in figures.items())
            sys.stdout.write(f"{recogniser} {code} {line}\n")
