"""What may have been meant: offered as whole queries from what the library has, never where all is known."""

from __future__ import annotations

import pytest

from desktop.model import ArticleId
from desktop.tasks import manage
from desktop.tasks.did_you_mean import did_you_mean
from desktop.tasks.search import search
from desktop.tasks.session import Session
from desktop.tasks.words import beginning


def offered(session: Session, query: str, *, unfinished: bool = False) -> list[tuple[str, int]]:
    result = search(session, query, unfinished=unfinished)
    offers = did_you_mean(session, result, unfinished=unfinished)
    for offer in offers:
        assert search(session, offer.query).total == offer.articles
    return [(offer.query, offer.articles) for offer in offers]


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("supercomputr", ("supercomputer", 2)),
        ("Supercomputr Nvidia", ("supercomputer Nvidia", 1)),
        ("rekencentrm Groningn", ("rekencentrum Groningen", 1)),
        ("supercomputr OR Nvidia", ("supercomputer OR Nvidia", 2)),
        ("Nordwat", ("Nordwatt", 1)),
        ('"data centress"', ('"data centres"', 1)),
        ('="data centress"', ('="data centres"', 1)),
        ("titel:rekencentrm", ("titel:rekencentrum", 1)),
        # names
        ("Dorzmann", ("Dorsman", 1)),
        ("actor:Dorsmann", ("actor:Dorsman", 1)),
        ('persoon:"Karin Dorssman" Nvidia', ('persoon:"Karin Dorsman" Nvidia', 1)),
        # joined and split
        ("nord watt", ("Nordwatt", 1)),
        ("super-computer", ("supercomputer", 2)),
        ("datacentres", ('"data centres"', 1)),
        # compounds
        ("supercomputerprogramma", ("supercomputer", 2)),
        ("chipkabinet", ("chip kabinet", 1)),
        ("titel:kabinetsplan", ("titel:kabinet", 1)),
        # fields
        ("plats:Groningen", ("plaats:Groningen", 2)),
    ],
)
def test_offers(
    session: Session, library_of_three: dict[str, ArticleId], query: str, offer: tuple[str, int]
) -> None:
    assert offered(session, query)[:1] == [offer]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "supercomputers",
        "supercomputer Nvidia",
        "Nvidia -supercomputr",
        "supercomputr taal:fr",  # finds nothing however it is spelt
        "supercomputr~",
        "superc*",
        "qqqqqqqq",
        "12345678",
        "bedrag:veel",
        "((",
        '"',
        "\x00",
        "a" * 3000,
    ],
)
def test_offers_nothing(session: Session, library_of_three: dict[str, ArticleId], query: str) -> None:
    assert offered(session, query) == []


def test_a_word_being_typed_is_not_misspelt(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    assert offered(session, "superco", unfinished=True) == []
    assert offered(session, "supercu", unfinished=True) == []
    assert offered(session, "supercomputr", unfinished=True) == [("supercomputer", 2)]


def test_nothing_is_offered_from_the_trash(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    manage.trash(session, [library_of_three["english"]])
    session.catch_up()
    assert offered(session, "Nordwat") == []


def test_nothing_is_offered_without_an_index(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    session.index.close()
    assert offered(session, "supercomputr") == []
    assert beginning(session, "sup", 5) == []


def begun(session: Session, prefix: str) -> list[str]:
    return [one.word for one in beginning(session, prefix, 5)]


def test_words_that_begin_so_are_written_as_in_the_texts(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    assert begun(session, "sup") == ["supercomputer"]
    assert begun(session, "GRO") == ["Groningen"]
    assert begun(session, "inv") == ["investors"], "a sentence begins with it"
    assert begun(session, "nvidia") == []
    assert begun(session, "tussen") == [], "it says nothing"
    assert "miljoen" in begun(session, "mil")
