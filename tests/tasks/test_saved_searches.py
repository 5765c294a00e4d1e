"""Saved searches: what they find now, what of it is new, which of them change as the reader reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.model import ArticleId
from desktop.tasks import manage, saved_searches
from desktop.tasks.saved_searches import Counted
from desktop.tasks.search import search
from desktop.tasks.session import Session

Put = Callable[..., ArticleId]


@pytest.mark.parametrize(
    "query",
    [
        "supercomputer",
        "supercomputer OR Nordwatt -Nvidia",
        "plaats:Groningen bedrag:>65mln",
        "lang:nl",
        "tag:niets",
        "datum:gisteren",
        "the",
    ],
)
def test_the_number_is_that_of_the_search(
    session: Session, library_of_three: dict[str, ArticleId], query: str
) -> None:
    saved_searches.save(session, "Mijn", query)
    [one] = saved_searches.listed(session)
    assert saved_searches.counted(session, one) == Counted(search(session, query).total, 0)


def test_what_came_since_it_was_looked_at_is_new(
    session: Session, library_of_three: dict[str, ArticleId], put: Put
) -> None:
    saved_searches.save(session, "Rekenen", "supercomputer")
    put("date 2025-06 Nog een supercomputer\n\nOok Delft wil een supercomputer.\n", "delft.txt")
    [one] = saved_searches.listed(session)
    assert saved_searches.counted(session, one) == Counted(3, 1)
    manage.trash(session, [library_of_three["kabinet"]])
    session.catch_up()
    assert saved_searches.counted(session, one) == Counted(2, 1)
    saved_searches.mark_seen(session, one)
    [one] = saved_searches.listed(session)
    assert saved_searches.counted(session, one) == Counted(2, 0)


def test_another_version_of_an_article_is_not_new(
    session: Session, library_of_three: dict[str, ArticleId], put: Put
) -> None:
    saved_searches.save(session, "Rekenen", "supercomputer")
    put("date 2025-03 Provincie legt 60 miljoen bij\n\nDe supercomputer kost meer.\n", "provincie.txt")
    [one] = saved_searches.listed(session)
    assert saved_searches.counted(session, one) == Counted(2, 0)


@pytest.mark.parametrize(
    ("query", "depends"),
    [
        ("stroom is:ongelezen", True),
        ("-tag:energie", True),
        ("notitie:vragen OF gas", True),
        ("stroom plaats:Delft datum:2025", False),
        ("", False),
    ],
)
def test_what_changes_as_the_reader_reads(query: str, depends: bool) -> None:
    assert saved_searches.depends_on_reader(query) is depends
