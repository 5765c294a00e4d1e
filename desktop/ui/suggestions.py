"""What can be typed next in the search field: fields, values, earlier searches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.i18n import _, kind_name, language, n_
from desktop.model import MentionKind
from desktop.ui.icons import KIND_ICONS

if TYPE_CHECKING:
    from desktop.search.fields import Field  # is loaded with the first letters, not with the window
    from desktop.tasks.complete import Completion

_VALUE = re.compile(r'(?P<field>\w+):(?P<value>"[^"]*|[^\s"()]*)$')
_WORD = re.compile(r"(?P<word>\w{2,})$")
#: a word that stands free, after a sign, or in a field of plain text
_PLAIN = re.compile(r"(?:^|[\s(\-]|\b(?P<field>title|titel):)(?P<word>[^\W\d_]\w+)$", re.IGNORECASE)
_WORD_OF_A_NAME = re.compile(r"[^\W\d_][\w.'’&-]*")
_OPERATORS = frozenset({"AND", "EN", "OR", "OF", "NOT", "NIET"})
_WORDS_OF_A_NAME = 4
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
    label: str = ""  #: shown in place of the text
    icon: str = ""
    colour: str = "dim"  #: of the icon, a role of the theme

    is_earlier: bool = False  #: an earlier search

    @property
    def shown(self) -> str:
        """Return what stands at the left of the line."""
        return self.label or self.text.strip()


@dataclass(frozen=True, slots=True)
class NamesWanted:
    """A question to the library: names of `field` that begin with `prefix`, for `[start, end)`."""

    field: str
    written: str  #: the field as the person wrote it
    prefix: str
    start: int
    end: int

    def goes_on(self, other: NamesWanted | WordsWanted | None) -> bool:
        """Tell whether this is the same question with a letter more or less."""
        return isinstance(other, NamesWanted) and (self.written, self.start) == (other.written, other.start)


@dataclass(frozen=True, slots=True)
class WordsWanted:
    """A question to the library: its words, names and tags that begin with `prefix`, for `[start, end)`.

    typed: the last words of the query with where they begin, the longest stretch first and the prefix alone
    last, since a name may have several. None of them in a field of text, where only words are wanted.
    """

    prefix: str
    start: int
    end: int
    typed: tuple[tuple[str, int], ...] = ()

    def goes_on(self, other: NamesWanted | WordsWanted | None) -> bool:
        """Tell whether this is the same question with a letter more or less."""
        return isinstance(other, WordsWanted) and self.start == other.start


def word_being_typed(query: str, cursor: int) -> WordsWanted | None:
    """Return the plain word that is being typed at the cursor; None where none is, or one inside quotes."""
    before, behind = query[:cursor], query[cursor : cursor + 1]
    if (behind and not behind.isspace()) or len(_QUOTES.findall(before)) % 2:
        return None
    match = _PLAIN.search(before)
    if match is None:
        return None
    start = match.start("word")
    typed = () if match["field"] else (*_names_begun(before, start), (match["word"], start))
    return WordsWanted(match["word"], start, cursor, typed)


def _names_begun(before: str, start: int) -> list[tuple[str, int]]:
    """Return the stretches of plain words up to the cursor that may be a name, the longest first."""
    found: list[tuple[str, int]] = []
    while len(found) < _WORDS_OF_A_NAME - 1 and before[start - 1 : start] == " ":
        word = before[: start - 1].rpartition(" ")[2].rpartition("(")[2]
        start -= len(word) + 1
        if not _WORD_OF_A_NAME.fullmatch(word) or word in _OPERATORS:
            break
        found.insert(0, (before[start:], start))
    return found


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


def as_suggestion(wanted: NamesWanted | WordsWanted, one: Completion) -> Suggestion:
    """Return how something that the library knows goes in the field."""
    articles = n_("{n} article", "{n} articles", one.articles) if one.articles is not None else ""
    if isinstance(wanted, WordsWanted) and not one.field:
        return Suggestion(f"{one.text} ", one.start, wanted.end, articles, icon="magnifying-glass")
    meaning = ", ".join(filter(None, (kind_name(one.kind) if one.kind else "", articles)))
    text = f"{_written(wanted, one)}:{_quoted(one.text)} "
    shape, colour = _look(one)
    return Suggestion(text, one.start, wanted.end, meaning, one.text, shape, colour)


def _written(wanted: NamesWanted | WordsWanted, one: Completion) -> str:
    """Return the name of the field as the reader wrote it, or in the interface's language."""
    from desktop.search.fields import field_named

    if isinstance(wanted, NamesWanted):
        return wanted.written
    field = field_named(one.field)
    return field_word(field) if field else one.field


def _look(one: Completion) -> tuple[str, str]:
    """Return the icon of something that is known, and its colour."""
    if one.kind is not None:
        return KIND_ICONS[one.kind], one.kind.value if one.kind in _COLOURED else "accent"
    return {"tag": ("tag", "accent"), "source": ("file-text", "dim"), "author": ("user-fill", "dim")}[
        one.field
    ]


_COLOURED = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE)


def history(query: str, searches: Iterable[str]) -> list[Suggestion]:
    """Return earlier searches, those that hold what is typed first."""
    wanted = query.strip().casefold()
    found = [search for search in searches if search.strip().casefold() != wanted]
    found.sort(key=lambda search: wanted not in search.casefold())
    return [
        Suggestion(
            search, 0, len(query), _("earlier search"), icon="clock-counter-clockwise", is_earlier=True
        )
        for search in found
    ]


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
