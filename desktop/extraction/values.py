"""Dates and amounts of a text together: what is part of a date is no amount."""

from __future__ import annotations

from operator import attrgetter

from desktop.extraction.amounts import amounts_of
from desktop.extraction.dates import dates_of
from desktop.extraction.openings import openings_in
from desktop.extraction.tokens import Tokens
from desktop.model import Mention


def find_values(text: str, lang: str, reference: str | None) -> list[Mention]:
    """Return dates and amounts in order, not overlapping.

    `lang` is nl, en, fr or de; `reference` is the article's date (YYYY, YYYY-MM or YYYY-MM-DD) or None.
    """
    tokens = Tokens(text)
    begun = openings_in(tokens, lang)
    dates, taken = dates_of(tokens, begun, lang, reference)
    return sorted([*dates, *amounts_of(tokens, begun, lang, taken)], key=attrgetter("start"))
