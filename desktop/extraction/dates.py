"""Dates and periods in a text."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from desktop.extraction.periods import first_last_day
from desktop.extraction.tokens import FIGURE, Tokens
from desktop.model import Mention, MentionKind, Period
from desktop.resources import resource

__all__ = ["find_dates", "first_last_day"]


@lru_cache
def _months(lang: str) -> dict[str, int]:
    with resource("languages", lang, "dates.toml").open("rb") as file:
        names = tomllib.load(file)["months"]["names"]
    return {word: number for number, words in enumerate(names, 1) for word in words.split()}


def find_dates(text: str, lang: str, reference: str | None) -> list[Mention]:
    """Return the dates of a text in order; `reference` is the article's (partial ISO) date."""
    return dates_of(Tokens(text), lang, reference)[0]


def dates_of(tokens: Tokens, lang: str, reference: str | None) -> tuple[list[Mention], bytearray]:
    """Return the dates, and which tokens they stand on."""
    months = _months(lang)
    taken = bytearray(tokens.count + 1)
    found = []
    for place in range(tokens.count):
        month = months.get(tokens.low[place])
        if month is None:
            continue
        start = end = place
        year = reference[:4] if reference else None
        value = f"-{month:02d}"
        if (
            place
            and tokens.kind[place - 1] == FIGURE
            and tokens.low[place - 1].isdigit()
            and len(tokens.low[place - 1]) < 3
        ):
            start = place - 1
            value += f"-{int(tokens.low[start]):02d}"
        if (
            tokens.kind[place + 1] == FIGURE
            and len(tokens.low[place + 1]) == 4
            and tokens.low[place + 1].isdigit()
        ):
            end = place + 1
            year = tokens.low[end]
        if start == end or year is None:
            continue
        try:
            first_last_day(year + value)
        except ValueError:
            continue
        first, last = tokens.start[start], tokens.end[end]
        found.append(
            Mention(
                first,
                last,
                tokens.text[first:last],
                MentionKind.DATE,
                rule="date.day",
                period=Period(year + value),
            )
        )
        taken[start : end + 1] = b"\x01" * (end + 1 - start)
    return found, taken
