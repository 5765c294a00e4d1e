"""The lines at the start of a text that repeat what is told apart from it: title, author, date."""

from __future__ import annotations

import re

from desktop.importers.base import Details, Piece
from desktop.importers.dates import day_in

LONGEST_BYLINE = 160  #: characters; a longer line is text
_FIRST = 8  #: so many lines at the start are looked at


def without_bylines(pieces: list[Piece], title: str | None, details: Details) -> list[Piece]:
    """Return the pieces without the title, byline and date line among the first of them."""
    kept = list(pieces)
    for place in range(min(_FIRST, len(kept)) - 1, -1, -1):
        text = kept[place].text
        same = title and text.casefold() == title.casefold()
        if same or (len(text) <= LONGEST_BYLINE and _is_byline(text, details)):
            del kept[place]
    return kept


def _is_byline(text: str, about: Details) -> bool:
    rest = text
    for name in (about.author or "").split(", "):
        if name:
            rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    has_name = rest != text
    # Only the day that was taken for the article's own: "3 maart 2021" may be a heading.
    has_day = about.published is not None and day_in(text) == about.published
    if not has_name and not has_day:
        return False
    if about.source:
        rest = re.sub(re.escape(about.source), " ", rest, flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return len(words) <= (4 if has_name else 6) and not text.rstrip().endswith((".", "?", "!", ":"))
