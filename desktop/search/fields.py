"""The fields of the query language: one table, from which parsing, completion and help are made.

Reading the values of fields is here too: dates to partial ISO dates, amounts to the text of their ends.
What an amount's text is worth, is read elsewhere (the recogniser of amounts knows units and scales).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


class FieldKind(StrEnum):
    """How the value of a field is read."""

    TEXT = "text"  #: searched in the index, like plain words
    NAME = "name"  #: a name or other short text
    DATE = "date"
    AMOUNT = "amount"
    CHOICE = "choice"  #: one of `Field.values`


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, its Dutch name (may be equal), and what stands in the help."""

    name: str
    alias: str
    kind: FieldKind
    help: str  #: message id
    examples: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: choice -> other words for it
    others: tuple[str, ...] = ()  #: shorter names that are understood too


FIELDS: tuple[Field, ...] = (
    Field("title", "titel", FieldKind.TEXT, N_("words of the title"), ("title:datacenter",)),
    Field(
        "actor",
        "actor",
        FieldKind.NAME,
        N_("who or what is named, under any of its names"),
        ('actor:"Emmanuel Macron"', "actor:(Nvidia OR AMD)"),
    ),
    Field("person", "persoon", FieldKind.NAME, N_("a person who is named"), ("person:Macron",)),
    Field("org", "org", FieldKind.NAME, N_("an organisation that is named"), ("org:Nvidia",)),
    Field("place", "plaats", FieldKind.NAME, N_("a place that is named"), ('place:"Verenigde Staten"',)),
    Field(
        "date",
        "datum",
        FieldKind.DATE,
        N_("date of the article"),
        ("date:2025", "date:2025-02", "date:2025-01..2025-03", "date:>2025-01-15"),
    ),
    Field(
        "mentions",
        "noemt",
        FieldKind.DATE,
        N_("a date that the text mentions"),
        ("mentions:2025-01-08", "mentions:>=2026"),
    ),
    Field(
        "amount",
        "bedrag",
        FieldKind.AMOUNT,
        N_("an amount in the text, by its value"),
        (
            "amount:>1mld",
            "amount:30..50mld",
            "amount:>10mln€",
            "amount:$1bn..$5bn",
            "amount:1GW",
            'amount:">=100 landen"',
        ),
    ),
    Field("source", "bron", FieldKind.NAME, N_("where the article appeared"), ("source:NRC",)),
    Field("author", "auteur", FieldKind.NAME, N_("who wrote the article"), ("author:Jansen",)),
    Field(
        "lang",
        "taal",
        FieldKind.CHOICE,
        N_("language of the article"),
        ("lang:nl",),
        {
            "nl": ("nederlands", "dutch"),
            "en": ("engels", "english"),
            "fr": ("frans", "french", "français"),
            "de": ("duits", "german", "deutsch"),
        },
    ),
    Field(
        "tag", "label", FieldKind.NAME, N_("a tag of the article or of one of its notes"), ("tag:energie",)
    ),
    Field(
        "collection",
        "verzameling",
        FieldKind.NAME,
        N_("a collection that the article is in; also in: or map:"),
        ("collection:energie", 'in:"hoofdstuk 2"'),
        others=("in", "map"),
    ),
    Field("note", "notitie", FieldKind.NAME, N_("words of your notes"), ("note:check",)),
    Field("file", "bestand", FieldKind.NAME, N_("name of the file it came from"), ("file:rapport.pdf",)),
    Field(
        "is",
        "is",
        FieldKind.CHOICE,
        N_("state of the article"),
        ("is:unread",),
        {
            "unread": ("ongelezen",),
            "read": ("gelezen",),
            "starred": ("ster",),
            "annotated": ("notitie",),
        },
    ),
)

_BY_NAME: dict[str, Field] = {name: row for row in FIELDS for name in (row.name, row.alias, *row.others)}


def field_named(name: str) -> Field | None:
    """Return the field with this name in English or Dutch, in any case; None if there is none."""
    return _BY_NAME.get(name.casefold())


class Op(StrEnum):
    """How a field is compared with the value."""

    IS = "="  #: a name contains it, a date or amount overlaps it
    EXACT = "=="  #: names: this and nothing more
    PREFIX = "*"  #: names: begins with it
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    RANGE = ".."  #: from low to high inclusive; an open end is None


_COMPARE = re.compile(r"\s*(>=|=>|<=|=<|≥|≤|>|<|=)\s*")
_OPS = {
    "<": Op.LT,
    "<=": Op.LE,
    "=<": Op.LE,
    "≤": Op.LE,
    ">": Op.GT,
    ">=": Op.GE,
    "=>": Op.GE,
    "≥": Op.GE,
    "=": Op.IS,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value as compared: IS has low == high; LT and LE have only high, GT and GE only low."""

    op: Op
    low: str | None
    high: str | None


def _compare(text: str) -> tuple[Op, str, str] | None:
    """Split a value into operator, low and high text ("" = open); None where a side is missing."""
    if match := _COMPARE.match(text):
        value = text[match.end() :].strip()
        return (_OPS[match[1]], value, value) if value and ".." not in value else None
    low, dots, high = text.replace("…", "..").partition("..")
    low, high = low.strip(), high.strip(" .")
    if dots:
        return (Op.RANGE, low, high) if low or high else None
    return (Op.IS, low, low) if low else None


def _sides(op: Op, low: str | None, high: str | None) -> Comparison:
    if op in (Op.LT, Op.LE):
        return Comparison(op, None, high)
    if op in (Op.GT, Op.GE):
        return Comparison(op, low, None)
    return Comparison(op, low or None, high or None)


# Dates

_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_ISO_PART = re.compile(r"(\d{4})-?(?:W(\d\d?)|([QH])(\d)|(SP|SU|FA|WI))", re.IGNORECASE)
_DECADE = re.compile(r"(\d{3})X", re.IGNORECASE)
_EUROPEAN = re.compile(r"(?:(\d\d?)[-/.])?(\d\d?)[-/.](\d{4})")


def read_date(text: str) -> str | None:
    """Read a date as people type it to a partial ISO date; None if it is none.

    Forms: 2025, 2025-1, 2025-01-08, 8-1-2025 (day first), 1-2025, 2025-W07, 2025-Q3, 2025-H1, 2025-SU, 199X.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _EUROPEAN.fullmatch(text):
        return _date(match[3], match[2], match[1])
    if match := _DECADE.fullmatch(text):
        return f"{match[1]}X"
    if match := _ISO_PART.fullmatch(text):
        year, week, part, number, season = match.groups()
        if week:
            return f"{year}-W{int(week):02}" if 1 <= int(week) <= 53 else None
        if season:
            return f"{year}-{season.upper()}"
        return f"{year}-{part.upper()}{number}" if 1 <= int(number) <= (4 if part in "qQ" else 2) else None
    return None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def compare_date(text: str) -> Comparison | None:
    """Read the value of a date field; None if it is not one. A range typed backwards is turned round."""
    parts = _compare(text)
    if parts is None:
        return None
    op, low, high = parts
    first, last = read_date(low) if low else None, read_date(high) if high else None
    if (low and first is None) or (high and last is None):
        return None
    if first and last and first[: len(last)] > last[: len(first)]:
        first, last = last, first
    return _sides(op, first, last)


# Amounts

_SIGNS = "€$£¥"
_AMOUNT = re.compile(
    rf"(?P<unit>[{_SIGNS}]|[A-Z]{{3}})?\s*(?P<number>[-+]?\d(?:[\d.,'’\u00a0\u202f]*\d)?)(?P<rest>.*)",
    re.DOTALL,
)
_TRAILING_UNIT = re.compile(
    rf"(?P<scale>.*?)\s*(?P<unit>[{_SIGNS}]|\b(?:EUR|USD|GBP|CHF|JPY|CNY)|\beuro|\bdollar)s?\s*",
    re.DOTALL | re.IGNORECASE,
)


def compare_amount(text: str) -> Comparison | None:
    """Read the value of an amount field into the texts of its ends; None if an end is missing.

    In a range a side without scale or unit takes that of the other: "30..50mld" = "30mld", "50mld";
    "$1..5bn" = "$1bn", "$5bn"; "900mln..1,2mld€" = "900mln€", "1,2mld€".
    """
    parts = _compare(text)
    if parts is None:
        return None
    op, low, high = parts
    if op is Op.RANGE and low and high:
        low, high = _share(low, high)
    return _sides(op, low, high)


def _share(low: str, high: str) -> tuple[str, str]:
    left, right = _AMOUNT.fullmatch(low), _AMOUNT.fullmatch(high)
    if left is None or right is None:
        return low, high
    before = left["unit"] or right["unit"] or ""
    rest = left["rest"] if left["rest"].strip() else right["rest"]
    if (
        (unit := _TRAILING_UNIT.fullmatch(right["rest"]))
        and not before
        and not _TRAILING_UNIT.fullmatch(rest)
    ):
        rest += unit["unit"]  # the left side has a scale of its own, and the right side's currency
    new_low = (left["unit"] or (before if not _TRAILING_UNIT.fullmatch(rest) else "")) + left["number"] + rest
    new_high = (
        (right["unit"] or (before if not _TRAILING_UNIT.fullmatch(right["rest"]) else ""))
        + right["number"]
        + right["rest"]
    )
    return new_low, new_high


def read_choice(row: Field, text: str) -> str | None:
    """Return which of the field's values is meant; None if none is."""
    wanted = text.strip().casefold()
    for value, others in row.values.items():
        if wanted == value or wanted in others:
            return value
    return None
