"""All notes of a library in an order and in groups, some of them at a time, and how many there are."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from desktop.library import annotations as stored_notes
from desktop.library.stored import numbers
from desktop.model import AnchorState, Annotation

_ACCENTS = re.compile("[\u0300-\u036f]")
_FOREIGN = re.compile("[\u00c0-\uffff]")  # among these are letters that fold to others


class Order(StrEnum):
    """How notes stand in a group."""

    PLACE = "place"  #: by the date of the article, then in reading order
    MADE = "made"
    CHANGED = "changed"
    COLOUR = "colour"


class Grouping(StrEnum):
    """What notes under one heading share."""

    ARTICLE = "article"
    TAG = "tag"
    COLOUR = "colour"
    DAY = "day"  #: on which the note was made
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes. Days are YYYY-MM-DD and included; None = all, or open."""

    rows: Sequence[int] | None = None  #: numbers of articles
    words: str = ""  #: all of them, in quote or note; case and accents do not matter
    colour: int | None = None
    tag: str | None = None
    actors: Collection[str] | None = None  #: ids; one of them is named in the quote
    state: AnchorState | None = None
    noted: bool | None = None  #: True = with words of the reader, False = a highlight only
    made: tuple[str | None, str | None] = (None, None)
    dated: tuple[str | None, str | None] = (None, None)  #: the article


@dataclass(frozen=True, slots=True)
class Group:
    """Notes that stand under one heading.

    key: the article's number, the tag's name, the colour or the day; None = without a tag.
    """

    key: int | str | None
    count: int


@dataclass(frozen=True, slots=True)
class NoteList:
    """Numbers of notes in order; a note with two tags stands in two groups."""

    ids: array[int]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with what a list tells of its article."""

    number: int
    annotation: Annotation
    title: str
    published: str | None
    source: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article as the heading of its notes."""

    title: str
    published: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class NoteCounts:
    """How many notes there are of what."""

    total: int = 0
    colours: Mapping[int, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[AnchorState, int] = field(default_factory=dict)


_FROM = " FROM annotation n JOIN article a ON a.id = n.article_id"
#: Articles are read in the order of their dates, so that only what stands in one is still to be sorted.
_BY_DATE = " FROM article a CROSS JOIN annotation n ON n.article_id = a.id"
_LIVING = "n.deleted_at IS NULL AND a.trashed_at IS NULL"
_KEYS = {
    Grouping.ARTICLE: "n.article_id",
    Grouping.TAG: "t.name",
    Grouping.COLOUR: "n.colour",
    Grouping.DAY: "date(n.created_at, 'localtime')",
    Grouping.NONE: "NULL",
}
_GROUP_ORDER = {
    Grouping.ARTICLE: "a.sort_day {way}, a.id {way}, ",
    Grouping.TAG: "t.folded IS NULL, t.folded, ",
    Grouping.COLOUR: "n.colour, ",
    Grouping.DAY: "date(n.created_at, 'localtime') {way}, ",
    Grouping.NONE: "",
}
_ORDERS = {
    Order.PLACE: f"a.sort_day {{way}}, a.id {{way}}, {stored_notes.READING_ORDER}",
    Order.MADE: "n.created_at {way}, n.id {way}",
    Order.CHANGED: "n.modified_at {way}, n.id {way}",
    Order.COLOUR: f"n.colour {{way}}, a.sort_day DESC, a.id DESC, {stored_notes.READING_ORDER}",
}


def find(
    con: sqlite3.Connection,
    wanted: NoteFilter,
    order: Order = Order.PLACE,
    grouping: Grouping = Grouping.ARTICLE,
    *,
    descending: bool = True,
    most: int | None = None,
) -> NoteList:
    """Return the notes that are wanted. descending: the newest, or the last colour, first.

    most: not more than so many of the first ones; has no effect where words are wanted.
    """
    conditions, values = _conditions(wanted)
    tags = (
        " LEFT JOIN annotation_tag x ON x.annotation_id = n.id LEFT JOIN tag t ON t.id = x.tag_id"
        if grouping is Grouping.TAG
        else ""
    )
    # Where each group is an article, dates run the same way for groups and notes, and one sort does both.
    way = "DESC" if descending else "ASC"
    group_way = way if order in (Order.PLACE, Order.MADE, Order.CHANGED) else "DESC"
    ordered = _GROUP_ORDER[grouping].format(way=group_way) + _ORDERS[order].format(way=way)
    by_date = order is Order.PLACE and grouping in (Grouping.ARTICLE, Grouping.NONE) and wanted.rows is None
    source = _BY_DATE if by_date else _FROM
    ids, keys = con.execute(
        "SELECT json_group_array(id), json_group_array(key) FROM"
        f" (SELECT n.id AS id, {_KEYS[grouping]} AS key{source}{tags}"
        f" WHERE {conditions} ORDER BY {ordered} LIMIT :most)",
        {**values, "most": -1 if most is None or wanted.words.strip() else most},
    ).fetchone()
    found = numbers(ids)
    told: Sequence[int | str | None] = json.loads(keys) if grouping is not Grouping.NONE else ()
    if wanted.words.strip():
        fitting = _with_words(con, wanted.words)
        kept = [place for place, number in enumerate(found) if number in fitting]
        found = array("q", (found[place] for place in kept))
        told = [told[place] for place in kept] if told else ()
    groups = tuple(Group(key, sum(1 for _one in same)) for key, same in groupby(told))
    return NoteList(found, groups)


def _conditions(wanted: NoteFilter) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {}
    conditions = [_LIVING]

    def add(condition: str, **given: object) -> None:
        conditions.append(condition)
        values.update(given)

    if wanted.rows is not None:
        add("n.article_id IN (SELECT value FROM json_each(:rows))", rows=json.dumps(list(wanted.rows)))
    if wanted.colour is not None:
        add("n.colour = :colour", colour=wanted.colour)
    if wanted.state is not None:
        add("n.state = :state", state=wanted.state)
    if wanted.noted is not None:
        add("(n.note <> '') = :noted", noted=wanted.noted)
    if wanted.tag is not None:
        add(
            "n.id IN (SELECT y.annotation_id FROM annotation_tag y JOIN tag u ON u.id = y.tag_id"
            " WHERE u.folded = :tag)",
            tag=stored_notes.folded(wanted.tag),
        )
    if wanted.actors is not None:
        add(_NAMED, actors=json.dumps(list(wanted.actors)))
    first, last = wanted.made
    if first is not None:
        add("date(n.created_at, 'localtime') >= :made_first", made_first=first)
    if last is not None:
        add("date(n.created_at, 'localtime') <= :made_last", made_last=last)
    first, last = wanted.dated
    if first is not None:
        add("a.last_day >= :dated_first", dated_first=first)
    if last is not None:
        add("a.first_day <= :dated_last", dated_last=last)
    return " AND ".join(conditions), values


_NAMED = (
    "n.id IN (SELECT q.id FROM (SELECT DISTINCT f.article_id FROM json_each(:actors) j"
    " JOIN actor c ON c.uuid = j.value JOIN name_key k ON k.actor_id = c.id AND NOT k.hidden"
    " JOIN name_form w ON w.name_key_id = k.id JOIN article_form f ON f.form_id = w.id) p"
    " JOIN annotation q ON q.article_id = p.article_id AND q.deleted_at IS NULL"
    " WHERE EXISTS (SELECT 1 FROM mention m JOIN name_key k ON k.id = m.name_key_id AND NOT k.hidden"
    " JOIN actor c ON c.id = k.actor_id WHERE m.article_id = q.article_id AND m.start < q.end"
    " AND m.end > q.start AND c.uuid IN (SELECT value FROM json_each(:actors))))"
)


def _with_words(con: sqlite3.Connection, words: str) -> set[int]:
    """Return the notes in which all words stand, whole or in part, also those of articles in the trash.

    SQLite, which lets the window go on meanwhile, compares what is ASCII; the few others are folded here.
    """
    asked = _fold(words).split()
    text = "exact || ' ' || note"
    plain = " AND ".join([f"instr(lower({text}), ?)"] * len(asked))
    found = con.execute(
        f"SELECT id, {text} FROM annotation WHERE deleted_at IS NULL"
        f" AND (({plain}) OR {text} GLOB '*[^ -~]*')",
        asked,
    )
    return {number for number, text in found if _holds(text, asked)}


def _holds(text: str, asked: Sequence[str]) -> bool:
    lower = text.lower()
    if all(word in lower for word in asked):
        return True
    if not _FOREIGN.search(text):
        return False
    folded = _fold(text)
    return all(word in folded for word in asked)


def _fold(text: str) -> str:
    """Return a text without regard to case and accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def page(con: sqlite3.Connection, ids: Sequence[int]) -> dict[int, NoteRow]:
    """Return notes by number; those that are gone are left out."""
    wanted = list(dict.fromkeys(ids))
    articles = {
        number: about
        for number, *about in con.execute(
            "SELECT n.id, a.title, a.published, a.source, a.author FROM json_each(?) j"
            " JOIN annotation n ON n.id = j.value JOIN article a ON a.id = n.article_id",
            (json.dumps(wanted),),
        )
    }
    found = stored_notes.by_numbers(con, wanted)
    return {number: NoteRow(number, one, *articles[number]) for number, one in found.items()}


def heads(con: sqlite3.Connection, rows: Collection[int]) -> dict[int, ArticleHead]:
    """Return what stands above the notes of these articles, by their numbers."""
    found = con.execute(
        "SELECT id, title, published, source FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row: ArticleHead(*about) for row, *about in found}


def counts(con: sqlite3.Connection, rows: Sequence[int] | None) -> NoteCounts:
    """Count the notes of some articles, or of all, by what they can be filtered by."""
    conditions, values = _conditions(NoteFilter(rows))

    def count(key: str, more: str = "") -> dict[str, int]:
        found = con.execute(
            f"SELECT {key} AS key, count(*){_FROM}{more} WHERE {conditions} GROUP BY key", values
        )
        return dict(found.fetchall())

    tags = count("t.name", " JOIN annotation_tag x ON x.annotation_id = n.id JOIN tag t ON t.id = x.tag_id")
    colours = {int(colour): number for colour, number in count("n.colour").items()}
    return NoteCounts(
        total=sum(colours.values()),
        colours=colours,
        tags=dict(sorted(tags.items(), key=lambda pair: pair[0].casefold())),
        states={AnchorState(state): number for state, number in count("n.state").items()},
    )
