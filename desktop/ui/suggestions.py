"""What can be typed next in the search field: fields, values, earlier searches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.i18n import _, language

if TYPE_CHECKING:
    from desktop.search.fields import Field  # is loaded with the first letters, not with the window

_VALUE = re.compile(r'(?P<field>\w+):(?P<value>"[^"]*|[^\s"()]*)$')
_WORD = re.compile(r"(?P<word>\w{2,})$")
#: a word that stands free, after a sign, or in a field of plain text
_PLAIN = re.compile(r"(?:^|[\s(\-]|\b(?:title|titel):)(?P<word>[^\W\d_]{3,})$", re.IGNORECASE)
_QUOTES = re.compile('["“”„]')
_NEEDS_QUOTES = re.compile(r'[\s()":]')

#: fields whose values are names that the library knows
NAME_FIELDS = ("actor", "person", "org", "place", "tag", "collection", "source", "author")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: what it puts in place of `[start, end)` of the query, and what it means."""

    text: str
    start: int
    end: int
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class NamesWanted:
    """A question to the library: names of `field` that begin with `prefix`, for `[start, end)`."""

    field: str
    written: str  #: the field as the person wrote it
    prefix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordsWanted:
    """A question to the library: its words that begin with `prefix`, for `[start, end)`."""

    prefix: str
    start: int
    end: int


def word_being_typed(query: str, cursor: int) -> WordsWanted | None:
    """Return the plain word that is being typed at the cursor; None where none is, or one inside quotes."""
    before, behind = query[:cursor], query[cursor : cursor + 1]
    if (behind and not behind.isspace()) or len(_QUOTES.findall(before)) % 2:
        return None
    match = _PLAIN.search(before)
    return WordsWanted(match["word"], match.start("word"), cursor) if match else None


def what_can_follow(query: str, cursor: int) -> list[Suggestion] | NamesWanted:
    """Return what can be typed at the cursor, or the question whose answer it is."""
    from desktop.search.fields import field_named

    before = query[:cursor]
    if match := _VALUE.search(before):
        field = field_named(match["field"])
        if field is None:
            return []
        value = match["value"].lstrip('"')
        if field.values:
            return _choices(field, match["field"], value, match.start(), cursor)
        if field.name in NAME_FIELDS:
            return NamesWanted(field.name, match["field"], value, match.start(), cursor)
        return []
    if match := _WORD.search(before):
        return _fields(match["word"], match.start(), cursor)
    return []


def names_as_suggestions(wanted: NamesWanted, names: Iterable[str]) -> list[Suggestion]:
    """Return what the library's answer puts in the field."""
    return [Suggestion(f"{wanted.written}:{_quoted(name)} ", wanted.start, wanted.end) for name in names]


def words_as_suggestions(wanted: WordsWanted, words: Iterable[str]) -> list[Suggestion]:
    """Return the library's words as they go in the field."""
    return [Suggestion(f"{word} ", wanted.start, wanted.end) for word in words]


def history(query: str, searches: Iterable[str]) -> list[Suggestion]:
    """Return earlier searches, those that hold what is typed first."""
    wanted = query.strip().casefold()
    found = [search for search in searches if search.strip().casefold() != wanted]
    found.sort(key=lambda search: wanted not in search.casefold())
    return [Suggestion(search, 0, len(query), _("earlier search")) for search in found]


def field_word(field: Field) -> str:
    """Return a field's name in the interface's language."""
    return field.alias if language() == "nl" else field.name


def choice_word(field: Field, value: str) -> str:
    """Return how a value is written in the interface's language; of a language it is the code."""
    others = field.values.get(value, ())
    return others[0] if language() == "nl" and others and field.name != "lang" else value


def _fields(word: str, start: int, end: int) -> list[Suggestion]:
    from desktop.search.fields import FIELDS

    wanted = word.casefold()
    return [
        Suggestion(f"{field_word(field)}:", start, end, _(field.help))
        for field in FIELDS
        if wanted != field_word(field) and (field.name.startswith(wanted) or field.alias.startswith(wanted))
    ]


def _choices(field: Field, written: str, value: str, start: int, end: int) -> list[Suggestion]:
    found = []
    for name, others in field.values.items():
        word = others[0] if language() == "nl" and others else name
        if word != value.casefold() and any(each.startswith(value.casefold()) for each in (name, *others)):
            found.append(Suggestion(f"{written}:{word} ", start, end, name if word != name else ""))
    return found


def _quoted(name: str) -> str:
    bare = name.replace('"', "")
    return f'"{bare}"' if _NEEDS_QUOTES.search(bare) else bare
