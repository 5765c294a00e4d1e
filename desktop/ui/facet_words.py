"""The words on the filters of the facet bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _, format_date, format_number, p_
from desktop.model import MentionKind
from desktop.ui.article_words import language_name
from desktop.ui.suggestions import field_word

if TYPE_CHECKING:
    from desktop.search.narrowing import Condition
    from desktop.tasks.facets import FacetName, FacetValue

_LONGEST = 24  # characters of a name on a chip

#: the kind of actor that a field asks for, which has an icon
FIELD_KINDS = {
    "person": MentionKind.PERSON,
    "org": MentionKind.ORGANISATION,
    "place": MentionKind.PLACE,
    "date": MentionKind.DATE,
}


def facet_name(name: FacetName) -> str:
    """Return what a facet is called."""
    return {
        "period": _("Period"),
        "actor": _("Actor"),
        "place": _("Place"),
        "source": _("Source"),
        "language": _("Language"),
        "tag": _("Tag"),
        "collection": _("Collection"),
        "state": _("Read and marked"),
    }[name.value]


def value_name(field: str, value: str) -> str:
    """Return what a choice is called: "februari 2025", "Nederlands", "ongelezen", a name."""
    if field == "date":
        return _period(value)
    if field == "lang":
        return language_name(_choice(field, value))
    if field == "is":
        states = {
            "unread": _("Unread"),
            "read": p_("state of an article", "Read"),
            "starred": _("With a star"),
            "annotated": _("With a note"),
        }
        return states.get(_choice(field, value), value)
    return value.lstrip("=")


def _period(value: str) -> str:
    parts = value.split("-")
    plain = len(parts) < 4 and all(part.isdigit() for part in parts) and len(parts[0]) == 4
    if not plain or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return value
    return format_date(value, short=True)


def _choice(field: str, value: str) -> str:
    from desktop.search.fields import field_named, read_choice

    row = field_named(field)
    return (read_choice(row, value) if row else None) or value


def condition_name(condition: Condition) -> str:
    """Return the words on a filter that is in the query."""
    from desktop.search.fields import field_named

    row = field_named(condition.field)
    plain = condition.field in ("date", "lang", "is", "actor", "person", "org", "place", "source")
    name = value_name(condition.field, condition.value)
    words = name if plain or row is None else f"{field_word(row)}: {name}"
    return _("not {what}").format(what=words) if condition.negated else words


def chip_words(value: FacetValue) -> str:
    """Return the words on a choice, with its number: "Nederlands · 12"."""
    name = shortened(value_name(value.field, value.value))
    return f"{name} · {format_number(value.articles)}"


def shortened(words: str) -> str:
    """Return words that fit on a chip."""
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
