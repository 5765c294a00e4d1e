"""Highlights found again in edited texts, against floors that nobody lowers silently.

The cases are made by `edited_texts.py`, the same in every run.
`python tests/quality/test_anchoring_quality.py [-v] [SEED]` prints the figures, with -v what is lost or
wrong; another seed gives other cases of the same kinds.
"""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from desktop.anchoring.quote import find, make

HERE = Path(__file__).resolve().parent


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"quality_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


edited_texts = _load("edited_texts")


def tally(
    seed: str = "", *, knows_both: bool, every: int = 1, wrong: list[str] | None = None
) -> Counter[str]:
    """Count outcomes. knows_both: the old text is at hand, as after an import; every: n-th case only."""
    outcomes: Counter[str] = Counter()
    for case in edited_texts.cases(seed)[::every]:
        quote = make(case.old, case.start, case.end)
        found = find(case.new, quote, case.start, case.old if knows_both else None)
        outcome = case.judge(found[:2] if found is not None else None)
        outcomes[outcome] += 1
        outcomes["existing"] += case.fate.value == "exists"
        outcomes["found"] += case.fate.value == "exists" and outcome == "right"
        if outcome != "right" and wrong is not None:
            got = case.new[slice(*found[:2])] if found is not None else None
            wrong.append(f"{outcome} [{case.kind}] {quote.exact!r}: {got!r}")
    return outcomes


def test_there_are_enough_cases_of_every_kind() -> None:
    cases = edited_texts.cases()
    assert len(cases) >= 5_000
    kinds = Counter(case.kind for case in cases)
    assert set(edited_texts.EDITS) <= set(kinds)
    assert {"near twin, gone", "near twin beside it, gone", "mentioned again", "follow-up"} <= set(kinds)
    fates = Counter(case.fate.value for case in cases)
    assert min(fates.values()) >= 400
    for case in cases[::50]:  # what "exists" is there nearly word for word
        if case.fate.value == "exists" and case.kind in ("add_paragraphs", "move_paragraph"):
            assert case.new[slice(*case.place)].split() == case.old[case.start : case.end].split()


def test_r20_most_are_found_again_and_none_in_a_wrong_place() -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["anchoring"]
    wrong: list[str] = []
    outcomes = tally(knows_both=True, every=6, wrong=wrong)
    assert outcomes["wrong"] == 0, "\n".join(wrong)
    assert outcomes["found"] >= floors["right"] * outcomes["existing"], "\n".join(wrong)


@pytest.mark.slow
def test_r20_every_case() -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["anchoring"]
    for seed in ("", "b", "c"):
        outcomes = tally(seed, knows_both=True)
        assert outcomes["wrong"] == 0
        assert outcomes["found"] >= floors["right"] * outcomes["existing"]


def test_by_the_quote_alone_most_are_found_too() -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["anchoring"]
    outcomes = tally(knows_both=False, every=5)
    assert outcomes["found"] >= floors["right_by_quote_alone"] * outcomes["existing"]
    assert outcomes["wrong"] <= floors["wrong_by_quote_alone"] * sum(
        outcomes[name] for name in ("right", "lost", "wrong")
    )


def main() -> None:
    """Print the figures."""
    seed = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    for knows_both in (True, False):
        wrong: list[str] = []
        counts = tally(seed, knows_both=knows_both, wrong=wrong)
        sys.stdout.write(
            f"{'both texts' if knows_both else 'quote alone'}: {counts['found']}/{counts['existing']} = "
            f"{counts['found'] / counts['existing']:.4f} of those that exist, {counts['wrong']} wrong\n"
        )
        if "-v" in sys.argv:
            sys.stdout.write("\n".join(wrong) + "\n")


if __name__ == "__main__":
    main()
