"""Why articles belong together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.i18n import _, format_date, n_

if TYPE_CHECKING:
    from desktop.tasks.related import Related

_ACTORS, _AMOUNTS, _WORDS = 4, 2, 4  # of which are named


def about(one: Related) -> str:
    """Return when and where an article appeared."""
    facts = (format_date(one.article.published, short=True), one.article.source or "")
    return " · ".join(fact for fact in facts if fact)


def reason(one: Related) -> str:
    """Return what two articles share: "5 shared actors: Nvidia, …; 70 miljoen euro; “datacenter”"."""
    parts = []
    if one.actors:
        parts.append(
            n_("{n} shared actor", "{n} shared actors", len(one.actors)) + ": " + _some(one.actors, _ACTORS)
        )
    if one.amounts:
        parts.append(_some(one.amounts, _AMOUNTS))
    if one.words:
        parts.append(_some([_("“{text}”").format(text=word) for word in one.words], _WORDS))
    return "; ".join(parts)


def _some(words: Sequence[str], most: int) -> str:
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")
