"""The starter articles: what the recognisers find in them, against floors that nobody lowers silently.

A labelled copy (starters/*.json) says for each starter article what must be found: `required` actors
and dates, `amounts`; `optional` ones may be found; any other mark is false. `at` are the offsets in
title, empty line, body; `actor` is the canonical name in that article.

`python tests/quality/test_starters.py` prints the figures and everything missed or false.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.extraction import extract
from desktop.extraction.amounts import measure_amount
from desktop.extraction.dates import first_last_day
from desktop.importers import read_file
from desktop.model import (
    ACTOR_KINDS,
    AMOUNT_KINDS,
    Amount,
    Approx,
    BlockKind,
    ImportedArticle,
    Mention,
    MentionKind,
)
from desktop.resources import starter_articles

HERE = Path(__file__).resolve().parent
ACTORS, AMOUNTS, DATES = {*ACTOR_KINDS}, {*AMOUNT_KINDS}, {MentionKind.DATE}
_LOOSE = {MentionKind.COUNT, MentionKind.NUMBER}  #: a bare figure and a counted thing are told apart by taste

Span = tuple[int, int]


@dataclass
class Tally:
    """Counts for one group of kinds."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.false))


@dataclass
class Score:
    """What was found in all starter articles. canonical: of the actors that were found."""

    actors: Tally = field(default_factory=Tally)
    amounts: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    canonical: Counter[bool] = field(default_factory=Counter)
    wrong_names: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        return {
            "actors_recall": self.actors.recall,
            "actors_precision": self.actors.precision,
            "actors_canonical": self.canonical[True] / max(1, self.canonical.total()),
            "amounts_recall": self.amounts.recall,
            "amounts_precision": self.amounts.precision,
            "dates_recall": self.dates.recall,
            "dates_precision": self.dates.precision,
        }

    def report(self) -> str:
        """Return the figures, and everything that was missed, false or named otherwise."""
        lines = [f"{name} = {figure:.3f}" for name, figure in self.figures().items()]
        for title, tally in (("actors", self.actors), ("amounts", self.amounts), ("dates", self.dates)):
            lines += ["", f"{title} missed:", *tally.missed, "", f"{title} false:", *tally.false]
        return "\n".join([*lines, "", "actors named otherwise:", *self.wrong_names, ""])


def labelled() -> list[tuple[ImportedArticle, dict[str, Any]]]:
    """Return each starter article as imported, with its labels."""
    pairs = []
    for path in sorted((HERE / "starters").glob("*.json")):
        labels = json.loads(path.read_text("utf-8"))
        pairs.append((read_file(starter_articles() / labels["file"])[0], labels))
    return pairs


def spans(labels: list[dict[str, Any]]) -> dict[Span, dict[str, Any]]:
    """Return the labels by their places."""
    return {(at, at + len(label["text"])): label for label in labels for at in label["at"]}


def measured() -> Score:
    """Return the score over all starter articles."""
    score = Score()
    for article, labels in labelled():
        mentions = extract(
            article.text, lang=labels["language"], reference=labels["published"], blocks=article.blocks
        )
        required, optional = spans(labels["required"]), spans(labels["optional"])
        amounts, may = spans(labels["amounts"]), {**optional, **spans(labels["optional_amounts"])}
        named = {span: label for span, label in required.items() if label["kind"] != "date"}
        dated = {span: label for span, label in required.items() if label["kind"] == "date"}
        where = labels["published"]
        _count_actors(score, named, may, [m for m in mentions if m.kind in ACTORS], where)
        _count_values(score.amounts, amounts, may, [m for m in mentions if m.kind in AMOUNTS], where)
        _count_values(score.dates, dated, may, [m for m in mentions if m.kind in DATES], where)
    return score


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _count_actors(
    score: Score, wanted: dict[Span, dict[str, Any]], may: dict[Span, Any], found: list[Mention], where: str
) -> None:
    """Right = the same span and kind."""
    tally, places = score.actors, {(m.start, m.end): m for m in found}
    for span, label in wanted.items():
        mention = places.pop(span, None)
        if mention is None or mention.kind.value != label["kind"]:
            tally.missed.append(f"{where}: {label['kind']} {label['text']!r}")
            if mention is not None:
                tally.false.append(f"{where}: {mention.kind.value} {mention.text!r}")
            continue
        tally.right += 1
        score.canonical[mention.actor == label["actor"]] += 1
        if mention.actor != label["actor"]:
            score.wrong_names.append(
                f"{where}: {mention.text!r} is {mention.actor!r}, not {label['actor']!r}"
            )
    for span, mention in places.items():
        if not any(_overlap(span, place) for place in may):
            tally.false.append(f"{where}: {mention.kind.value} {mention.text!r}")


def _count_values(
    tally: Tally, wanted: dict[Span, dict[str, Any]], may: dict[Span, Any], found: list[Mention], where: str
) -> None:
    """Right = overlapping, of the kind, of the value: what the side panel needs."""
    left = list(found)
    for span, label in wanted.items():
        near = [m for m in left if _overlap(span, (m.start, m.end))]
        match = next((m for m in near if _same(m, label)), None)
        if match is None:
            told = ", ".join(f"{m.text!r} {m.amount or m.period}" for m in near)
            tally.missed.append(f"{where}: {label['kind']} {label['text']!r} (found {told or 'nothing'})")
        else:
            tally.right += 1
            left.remove(match)
    for mention in left:  # what overlaps a label has been counted as a miss
        if not any(_overlap((mention.start, mention.end), place) for place in (*may, *wanted)):
            tally.false.append(f"{where}: {mention.kind.value} {mention.text!r}")


def _same(mention: Mention, label: dict[str, Any]) -> bool:
    if mention.period is not None:
        return _days(mention.period.value, mention.period.low, mention.period.high) in _readings(label)
    if mention.amount is None:
        return False
    kind = MentionKind(label["kind"])
    if mention.kind is not kind and not {mention.kind, kind} <= _LOOSE:
        return False
    wanted = Amount(
        **{key: label[key] for key in ("unit", "noun") if key in label},
        **{key: Decimal(label[key]) for key in ("value", "low", "high") if key in label},
        approx=Approx(label["approx"]) if "approx" in label else None,
    )
    return measure_amount(mention.amount) == measure_amount(wanted) or _plain(mention.amount) == _plain(
        wanted
    )


def _plain(amount: Amount) -> tuple[Any, ...]:
    return (amount.value, amount.low, amount.high, amount.unit)


def _days(value: str | None, low: str | None, high: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day; None = open."""
    if value:
        return first_last_day(value)
    return (first_last_day(low)[0] if low else None, first_last_day(high)[1] if high else None)


def _readings(label: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """Return the accepted spans of days: "until 30 June" may also be marked as 30 June alone."""
    low, high = label.get("low"), label.get("high")
    readings = [_days(label.get("value"), low, high)]
    if (low is None) != (high is None):
        readings.append(first_last_day(low or high or ""))
    return readings


FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["starters"]
PAIRS = labelled()


def test_every_starter_article_has_its_labelled_copy() -> None:
    files = {path.name for path in starter_articles().glob("*.txt")}
    assert files == {labels["file"] for _article, labels in PAIRS}
    assert len(files) >= 14


@pytest.mark.parametrize(("article", "labels"), PAIRS, ids=[labels["file"] for _article, labels in PAIRS])
def test_labels_fit_the_article(article: ImportedArticle, labels: dict[str, Any]) -> None:
    """Offsets, counts, title, date and headings are those of the article as imported."""
    for group in ("required", "optional", "amounts", "optional_amounts"):
        for label in labels[group]:
            assert label["count"] == len(label["at"])
            for at in label["at"]:
                assert article.text[at : at + len(label["text"])] == label["text"]
    headings = [article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.HEADING]
    assert (article.title, article.published, headings) == (
        labels["title"], labels["published"], labels["headings"],
    )  # fmt: skip


def test_the_articles_are_what_a_first_visitor_should_see() -> None:
    """Enough text in four languages, named after date and subject, and honest about being fiction."""
    by_language: dict[str, int] = {}
    for path in sorted(starter_articles().glob("*.txt")):
        assert re.fullmatch(r"2025-\d\d(-\d\d)?-[a-z0-9-]+\.txt", path.name)
        article = read_file(path)[0]
        assert path.name.startswith(article.published or "?")
        assert 250 <= len(article.text.split()) <= 500
        assert re.search(r"verzonnen|fiction|erfunden|fictif", article.text.splitlines()[-1])
    for _article, labels in PAIRS:
        by_language[labels["language"]] = by_language.get(labels["language"], 0) + 1
    assert by_language == {"nl": 10, "en": 2, "fr": 1, "de": 1}


def test_what_is_found_in_the_starter_articles_stays_above_the_floors() -> None:
    score = measured()
    figures = score.figures()
    below = {
        name: (round(figures[name], 3), floor) for name, floor in FLOORS.items() if figures[name] < floor
    }
    assert set(FLOORS) == set(figures)
    assert not below, score.report()


if __name__ == "__main__":
    sys.stdout.write(measured().report())
