"""Queries in the user's words over a small library: words by the index, facts by the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.library import articles
from desktop.model import ArticleId
from desktop.tasks import annotate, manage
from desktop.tasks.clauses import query_error_text
from desktop.tasks.search import explain, hits, search
from desktop.tasks.session import Session


def found(session: Session, library: dict[str, ArticleId], query: str, **options: Any) -> list[str]:
    names = {article: name for name, article in library.items()}
    rows = search(session, query, **options).rows
    return [names[article.id] for article in articles.by_rows(session.library.reader(), rows)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"kabinet", "provincie", "english"}),
        ("supercomputer", {"kabinet", "provincie"}),
        ("supercomputers Nvidia", {"kabinet"}),
        ("supercomputer -Nvidia", {"provincie"}),
        ("Nvidia OR gigawatt", {"kabinet", "english"}),
        ('"data centres"', {"english"}),
        ('"centres data"', set()),
        ("invest*", {"english"}),
        ("titel:rekencentrum", {"kabinet"}),
        ("title:Nvidia", set()),
        ("actor:Dorsman", {"kabinet"}),
        ('persoon:"Karin Dorsman"', {"kabinet"}),
        ("actor:Dors*", {"kabinet"}),
        ("persoon:Groningen", set()),
        ("plaats:Groningen", {"kabinet", "provincie"}),
        ("datum:2025-03", {"provincie"}),
        ("datum:2025-01..2025-02", {"kabinet", "english"}),
        ("datum:>2025-02-03", {"provincie"}),
        ("date:<2025-02", {"kabinet"}),
        ("noemt:2025-01-13", {"kabinet"}),
        ("bedrag:70mln", {"kabinet"}),
        ("bedrag:>65mln", {"kabinet", "provincie", "english"}),
        ("bedrag:>65mln€", {"kabinet", "provincie", "english"}),
        ("bedrag:100..125mln", {"provincie"}),
        ("amount:$1bn..$5bn", {"english"}),
        ("amount:1000MW", {"english"}),
        ("amount:>2GW", set()),
        ("taal:en", {"english"}),
        ("bestand:provincie.txt", {"provincie"}),
        ("is:ongelezen supercomputer", {"kabinet", "provincie"}),
        ("is:starred", set()),
        ("(datum:2025-03 OR Nvidia) plaats:Groningen", {"kabinet", "provincie"}),
        ("NOT taal:nl", {"english"}),
    ],
)
def test_query_finds(
    session: Session, library_of_three: dict[str, ArticleId], query: str, names: set[str]
) -> None:
    assert set(found(session, library_of_three, query)) == names


def test_own_notes_tags_and_states_are_found(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    kabinet = library_of_three["kabinet"]
    annotate.highlight(session, kabinet, 0, 7, note="Vergelijk met Groningen", tags=["financiering"])
    annotate.set_article_tags(session, library_of_three["english"], ["Energie"])
    manage.star(session, [library_of_three["provincie"]], True)
    manage.mark_read(session, [kabinet], True)
    assert found(session, library_of_three, "notitie:vergelijken") == ["kabinet"]
    assert found(session, library_of_three, "tag:financiering") == ["kabinet"]
    assert found(session, library_of_three, "tag:energie") == ["english"]
    assert found(session, library_of_three, "is:ster") == ["provincie"]
    assert found(session, library_of_three, "is:read") == ["kabinet"]
    assert found(session, library_of_three, "is:annotated") == ["kabinet"]


def test_order_is_newest_first_without_words_and_by_amount_when_asked(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    assert found(session, library_of_three, "") == ["provincie", "english", "kabinet"]
    assert found(session, library_of_three, "taal:nl") == ["provincie", "kabinet"]
    assert found(session, library_of_three, "", sort="amount") == ["english", "provincie", "kabinet"]


def test_words_in_the_title_rank_first(session: Session, put: Callable[..., ArticleId]) -> None:
    body = put("date 2025 Iets anders\n\nEen lange tekst waarin de haven een keer voorkomt.\n", "a.txt")
    title = put("date 2024 De haven\n\nEen lange tekst over schepen en kades en kranen.\n", "b.txt")
    result = search(session, "haven")
    assert [hit.article.id for hit in hits(session, result, 0, 10)] == [title, body]


def test_snippet_marks_are_the_words_found(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    (hit,) = hits(session, search(session, "Nvidia"), 0, 10)
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Nvidia"]


def test_trashed_articles_are_found_nowhere(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    manage.trash(session, [library_of_three["kabinet"]])
    session.catch_up()
    for query in ("", "Nvidia", "supercomputer", "actor:Dorsman", "bedrag:70mln", "datum:2025-01"):
        assert "kabinet" not in found(session, library_of_three, query)
    manage.restore(session, [library_of_three["kabinet"]])
    session.catch_up()
    assert found(session, library_of_three, "Nvidia") == ["kabinet"]


def test_facts_answer_while_the_index_is_behind(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    session.index.reset(followed=0)
    assert found(session, library_of_three, "Nvidia") == []
    assert found(session, library_of_three, "bedrag:70mln") == ["kabinet"]
    session.catch_up()
    assert found(session, library_of_three, "Nvidia") == ["kabinet"]


def test_a_bad_query_searches_words_and_says_so(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    result = search(session, "bedrag:veel OR Nvidia")
    assert result.total == 1
    assert [query_error_text(problem) for problem in result.problems] == [
        "“veel” is not an amount (try >1mld or 30..50mld); searched as words"
    ]
    assert search(session, '"data centres').total == 1


@pytest.mark.parametrize(
    "query", ["", "-", "((", '"', "bedrag:", "is:", "a" * 5000, "\x00", "🙂 OR", "datum:2025-99"]
)
def test_no_query_fails(session: Session, library_of_three: dict[str, ArticleId], query: str) -> None:
    result = search(session, query)
    hits(session, result, 0, 5)
    assert explain(result)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("superc", {"kabinet", "provincie"}),
        ("superc ", set()),
        ("Nvidia superc", {"kabinet"}),
        ("superc Nvidia", set()),
        ("actor:Dors", {"kabinet"}),
        ("-superc", {"kabinet", "provincie", "english"}),
        ("supercomputer", {"kabinet", "provincie"}),
    ],
)
def test_a_word_that_is_being_typed_may_be_a_beginning(
    session: Session, library_of_three: dict[str, ArticleId], query: str, names: set[str]
) -> None:
    assert set(found(session, library_of_three, query, unfinished=True)) == names
