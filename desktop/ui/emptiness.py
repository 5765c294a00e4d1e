"""Why the result list is empty, and what to try."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.ui.empty_state import Emptiness
from desktop.ui.query_notes import shown

if TYPE_CHECKING:
    from desktop.search.query import Query
    from desktop.tasks.did_you_mean import Offer

QUERY = "query:"  #: a button whose name begins so searches for what follows
RETRY = "retry"  #: the button that opens the library again that could not be opened
_MOST_CONDITIONS = 3
_NOT = re.compile(r"^(?:-|\s|NOT\b|NIET\b)+")


def opening() -> Emptiness:
    """The library is on its way."""
    return Emptiness(_("Opening your library…"))


def filling() -> Emptiness:
    """The first articles are on their way in."""
    return Emptiness(_("Putting the first articles in…"))


def no_library() -> Emptiness:
    """None could be opened."""
    return Emptiness(
        _("No library is open"),
        (_("Open another one, or make a new one."),),
        ((RETRY, _("Try again")), ("open_library", _("Open library…")), ("new_library", _("New library…"))),
    )


def empty_library() -> Emptiness:
    """There is nothing to search yet."""
    return Emptiness(
        _("No articles yet"),
        (
            _("Drop files or folders on this window, paste a text, or choose them:"),
            _("A first line like “date 2025-01 Title” gives the article its date and title."),
        ),
        (
            ("import_files", _("Import files…")),
            ("import_folder", _("Import folder…")),
            ("paste_article", _("New article from clipboard")),
        ),
    )


def nothing_found(query: Query, *, index_state: str = "current", offers: Sequence[Offer] = ()) -> Emptiness:
    """A query found nothing: offer what may have been meant, or it without one of its conditions."""
    from desktop.search.query import Kind, spans

    found = spans(query.text)
    buttons = [
        (QUERY + offer.query, _("Did you mean {query}? ({n})").format(query=shown(offer), n=offer.articles))
        for offer in offers
    ]
    buttons += _without_a_condition(query.text)
    if len(found) == 1 and found[0].kind is Kind.WORD:
        if not offers:
            buttons.append((f"{QUERY}{query.text.strip()}~", _("Allow a spelling mistake")))
        buttons.append((f"{QUERY}{query.text.strip()}*", _("Words that begin so")))
    buttons.append((QUERY, _("Show all articles")))
    lines = [_("Ctrl+Shift+M takes what is offered first.")] if offers else []
    lines += [_("Every word and condition has to be in the article. Fewer of them find more.")]
    if index_state != "current":
        lines.insert(0, _("The index is still being built: words are found once it is ready."))
    return Emptiness(
        _("Nothing found for “{query}”").format(query=query.text.strip()), tuple(lines), tuple(buttons)
    )


def _without_a_condition(text: str) -> list[tuple[str, str]]:
    """Offer the query without each of its first conditions, where something is left of it then."""
    from desktop.search.narrowing import clauses, without

    buttons = []
    for one in clauses(text)[:_MOST_CONDITIONS]:
        rest = without(text, one).strip()
        words = _("Articles with {condition} too") if one.negated else _("Search without {condition}")
        condition = text[one.start : one.end]
        if one.negated:
            condition = _NOT.sub("", condition)
        if rest:
            buttons.append((QUERY + rest, words.format(condition=condition)))
    return buttons
