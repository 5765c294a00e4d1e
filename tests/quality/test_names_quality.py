"""Names found by the rules in the labelled articles beside the repository, against floors.

`python tests/quality/test_names_quality.py [LANGUAGE…]` prints the figures.
"""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop.extraction.actors import link
from desktop.extraction.names import find_names
from desktop.model import LANGUAGES

HERE = Path(__file__).resolve().parent
SCORED = {"person", "organisation", "place"}


def articles(folder: Path, lang: str) -> list[dict[str, Any]]:
    """Return the labelled articles of a language."""
    spec = importlib.util.spec_from_file_location("name_score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return [a for path in sorted(folder.glob("*.txt")) for a in score.articles(path) if a["lang"] == lang]


def measured(folder: Path, lang: str) -> dict[str, float]:
    """Return F1 of persons, organisations and places, and how often the canonical name is right."""
    counts: Counter[str] = Counter()
    for article in articles(folder, lang):
        text = article["text"]
        gold = {(start, end, kind): name for start, end, kind, name in article["gold"] if kind in SCORED}
        found = {
            (m.start, m.end, m.kind.value): m.actor or ""
            for m in link(text, find_names(text, lang), lang)
            if m.kind in SCORED
        }
        right = gold.keys() & found.keys()
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["right"] += len(right)
        counts["named"] += sum(gold[key].casefold() == found[key].casefold() for key in right)
    return {
        "f1": 2 * counts["right"] / (counts["gold"] + counts["found"]),
        "canonical": counts["named"] / counts["right"],
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_reach_their_floors(shared: Path, lang: str) -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["names"][lang]
    figures = measured(shared / "data" / "names", lang)
    assert {name: figure for name, figure in figures.items() if figure < floors[name]} == {}


if __name__ == "__main__":
    corpus = HERE.parents[2] / "shared" / "data" / "names"
    for code in sys.argv[1:] or LANGUAGES:
        figures = " ".join(f"{name}={figure:.4f}" for name, figure in measured(corpus, code).items())
        sys.stdout.write(f"{code} {figures}\n")
