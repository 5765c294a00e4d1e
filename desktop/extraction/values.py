"""Dates and amounts of a text together: what is part of a date is no amount."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.extraction.amounts import amounts_of
from desktop.extraction.dates import dates_of
from desktop.extraction.tokens import Tokens
from desktop.model import Mention

#: In front of a range of dates these are read ("van 8 tot en met 9 januari") but not marked.
_NOT_MARKED: Final = {"nl": "van "}


def find_values(text: str, lang: str, reference: str | None) -> list[Mention]:
    """Return dates and amounts in order, not overlapping.

    `lang` is nl, en, fr or de; `reference` is the article's date (YYYY, YYYY-MM or YYYY-MM-DD) or None.
    """
    tokens = Tokens(text)
    dates, taken = dates_of(tokens, lang, reference)
    shown = [_without(date, _NOT_MARKED.get(lang)) for date in dates]
    return sorted([*shown, *amounts_of(tokens, lang, taken)], key=lambda mention: mention.start)


def _without(mention: Mention, word: str | None) -> Mention:
    if word is None or not mention.text.lower().startswith(word):
        return mention
    return replace(mention, start=mention.start + len(word), text=mention.text[len(word) :])
