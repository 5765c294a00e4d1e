"""Facets: by what a result can be narrowed, and how many of its articles each choice would leave.

Every choice is a clause of the query language (`field:value`), so that a filter and the query are one thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.library import facet_counts, named_collections
from desktop.library.facet_counts import ActorCount, DetailCount
from desktop.library.name_forms import normal
from desktop.model import MentionKind
from desktop.tasks.clauses import FIELDS_OF_KINDS
from desktop.tasks.session import Session

MOST = 12  #: choices of one facet


class FacetName(StrEnum):
    """The facets, in the order in which they are shown."""

    PERIOD = "period"
    ACTOR = "actor"
    PLACE = "place"
    SOURCE = "source"
    LANGUAGE = "language"
    TAG = "tag"
    COLLECTION = "collection"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice: the clause it is (`field` by its English name) and how many articles it leaves."""

    facet: FacetName
    field: str
    value: str
    articles: int
    kind: MentionKind | None = None  #: of an actor


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of a result of `total` articles; a facet without any is left out."""

    total: int
    values: Mapping[FacetName, tuple[FacetValue, ...]]


def count(session: Session, rows: Sequence[int]) -> Facets:
    """Count the choices of a result, given by the library's numbers of its articles."""
    con = session.library.reader()
    details = facet_counts.details(con, rows)
    people, places = facet_counts.actors(con, rows, MOST)
    tags = facet_counts.tags(con, rows)
    found = {
        FacetName.PERIOD: _periods(details),
        FacetName.ACTOR: _actors(FacetName.ACTOR, people),
        FacetName.PLACE: _actors(FacetName.PLACE, places),
        FacetName.SOURCE: _sources(details),
        FacetName.LANGUAGE: _values(FacetName.LANGUAGE, "lang", _sums((one.lang, one) for one in details)),
        FacetName.TAG: _values(FacetName.TAG, "tag", tags),
        FacetName.COLLECTION: _values(
            FacetName.COLLECTION, "collection", named_collections.counts(con, rows)
        ),
        FacetName.STATE: _states(details, facet_counts.annotated(con, rows)),
    }
    total = sum(one.articles for one in details)
    return Facets(total, {name: values for name, values in found.items() if values})


def _sums(parts: Iterable[tuple[str | None, DetailCount]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for value, part in parts:
        if value:
            sums[value] += part.articles
    return sums


def _values(facet: FacetName, field: str, sums: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Return the most frequent choices, those of equal number by name."""
    ordered = sorted(((value, number) for value, number in sums.items() if number), key=_most_first)
    return tuple(FacetValue(facet, field, value, number) for value, number in ordered[:MOST])


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _periods(details: Collection[DetailCount]) -> tuple[FacetValue, ...]:
    """Return the years, newest first; of a result within one year its months.

    An article of which only the year is known is of each of its months: so does `date:` find it.
    """
    dated = [one for one in details if one.first_month and one.last_month]
    years: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for one in dated:
        first, last = str(one.first_month), str(one.last_month)
        for year in range(int(first[:4]), int(last[:4]) + 1):
            years[f"{year:04}"] += one.articles
        if first == last:
            months[first] += one.articles
    if len(years) == 1:
        for month in months:
            months[month] += sum(
                one.articles
                for one in dated
                if one.first_month != one.last_month and str(one.first_month) <= month <= str(one.last_month)
            )
        years = months
    newest = sorted(years.items(), reverse=True)[:MOST]
    return tuple(FacetValue(FacetName.PERIOD, "date", period, number) for period, number in newest)


def _actors(facet: FacetName, found: Iterable[ActorCount]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(facet, FIELDS_OF_KINDS.get(one.kind, "actor"), one.name, one.articles, one.kind)
        for one in found
    )


def _sources(details: Iterable[DetailCount]) -> tuple[FacetValue, ...]:
    """Return the sources; one whose name is part of another's is asked for as it is, with "="."""
    sums = _sums((one.source, one) for one in details)
    known = {source: normal(source) for source in sums}
    asked: Counter[str] = Counter()
    for source, number in sums.items():
        is_part = any(known[source] in name for other, name in known.items() if other != source)
        asked[f"={source}" if is_part else source] += number
    return _values(FacetName.SOURCE, "source", asked)


def _states(details: Iterable[DetailCount], annotated: int) -> tuple[FacetValue, ...]:
    sums = {"unread": 0, "read": 0, "starred": 0, "annotated": annotated}
    for one in details:
        sums["unread" if one.unread else "read"] += one.articles
        sums["starred"] += one.articles if one.starred else 0
    return tuple(FacetValue(FacetName.STATE, "is", state, number) for state, number in sums.items() if number)
