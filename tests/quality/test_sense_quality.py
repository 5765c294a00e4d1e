"""What amounts are for, against our own labelled sentences and a floor that nobody lowers silently.

`python tests/quality/test_sense_quality.py [dev|held_out] [-v]` prints the figures, with -v what is wrong.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.extraction import extract
from desktop.model import LANGUAGES

HERE = Path(__file__).resolve().parent
PARTS = ("dev", "held_out")
_ARTICLES = re.compile(
    r"(?:de|het|een|the|an?|le|la|les|l['’]|une?|des|der|die|das|dem|den|eine?[mnrs]?)(?:\s+|(?<=['’]))",
    re.IGNORECASE,
)

Case = Mapping[str, Any]


def read(part: str) -> list[Case]:
    lines = (HERE / "sense" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def normal(purpose: str | None) -> str | None:
    """Return a purpose without its article, in lower case."""
    if purpose is None:
        return None
    low = purpose.lower()
    article = _ARTICLES.match(low)
    return low[article.end() :] if article else low


def answers(case: Case) -> list[tuple[str, list[str | None], str | None]]:
    """Return for each labelled amount: its words, the accepted purposes, the one found ("?" = no amount)."""
    text = case["text"]
    mentions = [m for m in extract(text, lang=case["lang"], reference="2025-03-12") if m.sense]
    found = []
    for label in case["amounts"]:
        start = text.index(label["amount"])
        end = start + len(label["amount"])
        mention = next((m for m in mentions if m.start < end and start < m.end), None)
        answer: str | None = "?"
        if mention is not None and mention.sense is not None:
            place = mention.sense.purpose
            answer = None if place is None else text[place[0] : place[1]]
        found.append((label["amount"], label["purposes"], answer))
    return found


def right(accepted: list[str | None], answer: str | None) -> bool:
    return normal(answer) in [normal(purpose) for purpose in accepted]


def tally(part: str, wrong: list[str] | None = None) -> tuple[Counter[str], Counter[str]]:
    """Return how many are right and how many there are, by language and "all"."""
    good: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read(part):
        for amount, accepted, answer in answers(case):
            hit = right(accepted, answer)
            for name in (case["lang"], "all"):
                total[name] += 1
                good[name] += hit
            if not hit and wrong is not None:
                wrong.append(f"{case['lang']} {case['text']}\n    {amount}: {answer!r}, not {accepted}")
    return good, total


@pytest.mark.parametrize("part", PARTS)
def test_amounts_say_what_they_are_for(part: str) -> None:
    floors = tomllib.loads((HERE / "floors.toml").read_text())["sense"]
    wrong: list[str] = []
    good, total = tally(part, wrong)
    assert set(total) == {*LANGUAGES, "all"}
    assert good["all"] / total["all"] >= floors[part], "\n".join(wrong)


def main() -> None:
    """Print the figures of the parts asked for."""
    for part in [name for name in PARTS if name in sys.argv] or PARTS:
        wrong: list[str] = []
        good, total = tally(part, wrong)
        figures = ", ".join(
            f"{name} {good[name]}/{total[name]} = {good[name] / total[name]:.3f}" for name in total
        )
        sys.stdout.write(f"{part}: {figures}\n")
        if "-v" in sys.argv:
            sys.stdout.write("\n".join(wrong) + "\n")


if __name__ == "__main__":
    main()
