"""Find the weights of "same matter, different figures" from the pairs that are not for measuring only.

    python tests/quality/fit_same_matter.py

prints what is to stand in `desktop/extraction/same_matter.py`, and what precision and recall are to be hoped
for: each tenth of the pairs is judged by weights found from the rest. A weight keeps the sign that it must
have whatever the pairs happen to say. `-v` shows what is judged wrongly.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from test_same_matter_quality import Pair, library, pairs, put

from desktop.extraction.matter_evidence import Evidence, compare
from desktop.extraction.matter_profile import Profile
from desktop.extraction.same_matter import LEAST_SHARED, contradiction
from desktop.library import articles
from desktop.progress import SilentProgress
from desktop.tasks import manage
from desktop.tasks.same_matter import note
from desktop.tasks.session import Session

FITTED = ("pairs", "development")
FOLDS = 10
ROUNDS = 1500
STEP = 0.3
SHRINK = 0.004  #: towards zero, each round
FOR = ("names names_around words words_around story measure noun moved soon same_period").split()
FREE = ("money share moved_first").split()


class Case(NamedTuple):
    """A pair; values are None where it cannot be found at all."""

    pair: Pair
    values: tuple[float, ...] | None
    against: str


def cases(names: Iterable[str]) -> list[Case]:
    with tempfile.TemporaryDirectory() as place, library(Path(place)) as session:
        return [_case(session, pair) for name in names for pair in pairs(name)]


def _case(session: Session, pair: Pair) -> Case:
    added = put(session, pair, "a") + put(session, pair, "b")
    con = session.library.reader()
    noted = note(con, sorted(articles.rows(con)), SilentProgress())
    found: dict[str, Profile] = {}
    everything = range(len(noted.candidates))
    for _number, reader, amount in noted.read(con, everything, SilentProgress()):
        for side in "ab":
            passage = pair[side]
            place = reader.article.text.find(passage["text"])
            if place >= 0 and reader.article.published == passage["date"]:
                start, end = place + passage["start"], place + passage["end"]
                if amount.start < end and start < amount.end:
                    found[side] = reader.placed(amount).profile
    manage.trash(session, added)
    manage.purge(session, added)
    if len(found) < 2:
        return Case(pair, None, "an amount is not seen")
    against = contradiction(found["a"], found["b"])
    common = compare(found["a"], found["b"], noted.candidates.rarity, LEAST_SHARED)
    if against or common is None:
        return Case(pair, None, against or "little shared")
    return Case(pair, tuple(common.evidence), "")


def fit(known: Sequence[Case]) -> list[float]:
    """Return the bias and the weights, by logistic regression."""
    rows = [((1.0, *case.values), float(case.pair["same"])) for case in known if case.values]
    signs = [0, *(0 if name in FREE else 1 if name in FOR else -1 for name in Evidence._fields)]
    weights = [0.0] * len(signs)
    for _round in range(ROUNDS):
        slopes = [0.0] * len(weights)
        for values, same in rows:
            miss = chance(weights, values) - same
            for place, value in enumerate(values):
                slopes[place] += miss * value
        for place, slope in enumerate(slopes):
            shrunk = SHRINK * weights[place] if place else 0.0
            moved = weights[place] - STEP * (slope / len(rows) + shrunk)
            weights[place] = moved if moved * signs[place] >= 0 else 0.0
    return weights


def chance(weights: Sequence[float], values: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-total))


def main() -> None:
    found = cases(FITTED)
    judged: list[tuple[float, Case]] = []
    for fold in range(FOLDS):
        weights = fit([case for place, case in enumerate(found) if place // 4 % FOLDS != fold])
        for place, case in enumerate(found):
            if place // 4 % FOLDS == fold:
                judged.append((chance(weights, (1.0, *case.values)) if case.values else 0.0, case))
    if "-v" in sys.argv:
        for score, case in sorted(judged, key=lambda one: one[0]):
            if (score >= 0.5) != case.pair["same"]:
                seen = zip(Evidence._fields, case.values or (), strict=False)
                values = " ".join(f"{name}={value:.2g}" for name, value in seen if value)
                sys.stdout.write(
                    f"{score:.2f} {case.pair['same']} {case.pair['id']} {case.pair['about']}"
                    f" {case.against}\n     {values}\n"
                )
    same = sum(case.pair["same"] for case in found)
    for enough in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        shown = [case.pair["same"] for score, case in judged if score >= enough]
        precision, recall = sum(shown) / max(1, len(shown)), sum(shown) / same
        sys.stdout.write(f"from {enough}: precision {precision:.3f}, recall {recall:.3f}\n")
    bias, *weights = fit(found)
    sys.stdout.write(f"_BIAS: Final = {bias:.2f}\n_WEIGHTS: Final = Evidence(\n")
    for name, weight in zip(Evidence._fields, weights, strict=True):
        sys.stdout.write(f"    {name}={weight:.2f},\n")
    sys.stdout.write(")\n")


if __name__ == "__main__":
    main()
