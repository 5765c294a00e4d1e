"""Facets of a result: each number is how many articles the clause leaves of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.model import ArticleId
from desktop.search.narrowing import conditions, having
from desktop.tasks import annotate, facets, manage
from desktop.tasks.facets import FacetName, Facets
from desktop.tasks.search import search
from desktop.tasks.session import Session

Put = Callable[..., ArticleId]


def counted(session: Session, query: str = "") -> Facets:
    return facets.count(session, search(session, query).rows)


def numbers(found: Facets, facet: FacetName) -> dict[str, int]:
    return {value.value: value.articles for value in found.values.get(facet, ())}


def agrees(session: Session, query: str = "") -> None:
    """Check each number against the search for it, and against the search without it."""
    found = counted(session, query)
    assert found.total == search(session, query).total
    for values in found.values.values():
        for value in values:
            if any(one.is_about(value.field, value.value) for one in conditions(query)):
                continue  # is on: offered no more
            narrowed = having(query, value.field, value.field, value.value)
            assert search(session, narrowed, unfinished=True).total == value.articles, narrowed
            excluded = having(query, value.field, value.field, value.value, negated=True)
            assert search(session, excluded, unfinished=True).total == found.total - value.articles, excluded


def test_every_number_is_what_the_search_for_it_finds(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    annotate.change_article_tags(session, [library_of_three["kabinet"]], ["energie"], [])
    annotate.highlight(session, library_of_three["english"], 0, 5, note="x", tags=["Energie", "geld"])
    manage.mark_read(session, [library_of_three["english"]], True)
    for query in ("", "lang:nl", "Groningen", "date:2025-02", "-is:read", "supercomputer OF gigawatt"):
        agrees(session, query)
    found = counted(session)
    assert numbers(found, FacetName.LANGUAGE) == {"nl": 2, "en": 1}
    assert numbers(found, FacetName.PERIOD) == {"2025-03": 1, "2025-02": 1, "2025-01": 1}
    assert numbers(found, FacetName.TAG) == {"energie": 2, "geld": 1}
    assert numbers(found, FacetName.STATE) == {"unread": 2, "read": 1, "annotated": 1}
    assert numbers(found, FacetName.PLACE)["Groningen"] == 2


def test_years_then_the_months_of_one(session: Session, put: Put) -> None:
    for number, date in enumerate(("2023-05-01", "2024", "2024-02", "2024-02-11", "2024-07")):
        put(f"date {date} Stroom {number}\n\nEen stuk over stroom nummer {number}.\n", f"{number}.txt")
    assert numbers(counted(session), FacetName.PERIOD) == {"2024": 4, "2023": 1}
    # of one only the year is known: it is found in each month
    assert numbers(counted(session, "date:2024"), FacetName.PERIOD) == {"2024-07": 2, "2024-02": 3}
    agrees(session)
    agrees(session, "date:2024")


def test_an_actor_counts_once_in_an_article_whatever_it_is_called_there(session: Session, put: Put) -> None:
    put("date 2025-01 Een\n\nMinister Dirk Beljaarts sprak. Beljaarts zweeg. Dirk Beljaarts ging.\n", "1.txt")
    put("date 2025-01 Twee\n\nDirk Beljaarts kwam naar Groningen.\n", "2.txt")
    put("date 2025-01 Drie\n\nHet regende in Groningen.\n", "3.txt")
    session.catch_up()
    found = counted(session)
    assert numbers(found, FacetName.ACTOR)["Dirk Beljaarts"] == 2
    agrees(session)
    agrees(session, "-place:Groningen")


def test_a_source_whose_name_is_part_of_another_is_asked_as_it_is(session: Session, put: Put) -> None:
    for number, source in enumerate(("NRC", "NRC Handelsblad", "NRC", "Trouw")):
        put(f"---\ntitle: T{number}\nsource: {source}\n---\n\nStroom {number}.\n", f"{number}.md")
    assert numbers(counted(session), FacetName.SOURCE) == {"=NRC": 2, "NRC Handelsblad": 1, "Trouw": 1}
    agrees(session)


def test_an_article_in_the_trash_is_not_counted(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    manage.trash(session, [library_of_three["english"]])
    agrees(session)
    assert numbers(counted(session), FacetName.LANGUAGE) == {"nl": 2}


def test_nothing_found_has_no_facets(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    found = counted(session, "zzzz")
    assert (found.total, dict(found.values)) == (0, {})


@pytest.mark.parametrize("order", ["notes"])
def test_sorting_by_notes(session: Session, library_of_three: dict[str, ArticleId], order: str) -> None:
    annotate.highlight(session, library_of_three["kabinet"], 0, 5)
    annotate.highlight(session, library_of_three["kabinet"], 6, 9)
    annotate.note_on_article(session, library_of_three["english"], "let op")
    rows = search(session, "", sort=order).rows
    found = {article: row for row, article in _ids(session, rows).items()}
    assert [found[library_of_three[name]] for name in ("kabinet", "english", "provincie")] == list(rows)


def _ids(session: Session, rows: tuple[int, ...]) -> dict[int, ArticleId]:
    from desktop.library import articles

    return articles.ids(session.library.reader(), rows)
