"""The table of actors and the page of one, on real libraries."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.library import actor_pages, actor_table, actors
from desktop.library.actor_table import ActorFilter, Order
from desktop.library.owners import Reason
from desktop.model import Actor, ArticleId, MentionKind
from desktop.progress import SilentProgress
from desktop.tasks import browse_actors, correct_actors, manage
from desktop.tasks.actor_page import read_page, read_passages
from desktop.tasks.browse_actors import Question
from desktop.tasks.search import search
from desktop.tasks.session import Session

ONE = (
    "date 2025-01-14 Geld voor rekencentrum\n\nMinister Karin Dorsman (Economische Zaken) trekt 70 miljoen "
    "euro uit voor een supercomputer in Groningen.\n\nDorsman sprak in Brussel. Nvidia levert chips.\n"
)
TWO = "date 2025-03 Meer geld\n\nVolgens minister Dorsman legt Groningen 60 miljoen euro bij.\n"
THREE = "date 2025-06-02 De raad\n\nVoorzitter Karin Dorsman opende de zaal. Zij sprak lang met Bas Jansen.\n"
BARE = "date 2025-01-16 Drie\n\nHet plan van mevrouw Dorsman kreeg in Groningen applaus.\n"

Put = Callable[..., ArticleId]


def one(session: Session, name: str) -> Actor:
    return actors.find(session.library.reader(), name)[0]


def names(
    session: Session, wanted: ActorFilter | None = None, order: Order = Order.ARTICLES, **way: bool
) -> list[str]:
    con = session.library.reader()
    wanted = wanted or ActorFilter()
    found = actor_table.find(con, wanted, order, **way)
    return [row.actor.name for row in actor_table.page(con, found, wanted.rows)]


@pytest.fixture
def filled(session: Session, put: Put) -> Session:
    for number, text in enumerate((ONE, TWO, THREE)):
        put(text, f"{number}.txt")
    return session


# The table


def test_the_table_agrees_with_all_actors(filled: Session) -> None:
    con = filled.library.reader()
    rows = actor_table.page(con, actor_table.find(con, ActorFilter()))
    known = {actor.id: actor for actor in actors.all_actors(con)}
    assert {row.actor.id: row.actor for row in rows} == known
    assert actor_table.kinds(con) == {
        kind: sum(actor.kind is kind for actor in known.values()) for kind in actor_table.kinds(con)
    }


def test_the_table_of_some_articles_agrees_with_all_actors(filled: Session) -> None:
    con = filled.library.reader()
    rows = search(filled, "dorsman datum:2025-01..2025-03").rows
    assert len(rows) == 2
    found = actor_table.page(con, actor_table.find(con, ActorFilter(rows=rows)), rows)
    told = {row.actor.id: (row.actor.mentions, row.actor.aliases, row.actor.roles) for row in found}
    known = actors.all_actors(con, rows)
    assert told == {actor.id: (actor.mentions, actor.aliases, actor.roles) for actor in known}
    karin = next(row for row in found if row.actor.name == "Karin Dorsman")
    assert (karin.first, karin.last, karin.actor.articles) == ("2025-01-14", "2025-03", 2)


def test_a_row_tells_dates_and_company(filled: Session) -> None:
    con = filled.library.reader()
    [row] = actor_table.page(con, actor_table.numbers_of(con, [one(filled, "Karin Dorsman").id]))
    assert (row.first, row.last) == ("2025-01-14", "2025-06-02")
    assert row.company[0].name == "Groningen"
    [brief] = actor_table.page(con, [row.number], brief=True)
    assert brief.actor == row.actor
    assert (brief.first, brief.company) == (None, ())


@pytest.mark.parametrize("order", list(Order))
def test_every_order_holds_every_actor_and_turns_round(filled: Session, order: Order) -> None:
    up, down = names(filled, order=order, descending=False), names(filled, order=order)
    assert sorted(up) == sorted(down) == sorted(names(filled))
    assert up != down or order is Order.ROLE  # where one actor has a role, it always comes first


def test_orders(filled: Session) -> None:
    by_name = names(filled, order=Order.NAME, descending=False)
    assert by_name == sorted(by_name, key=str.casefold)
    assert names(filled)[0] == "Karin Dorsman"
    assert names(filled, order=Order.ALIASES)[0] == "Karin Dorsman"
    assert names(filled, order=Order.LAST)[0] in ("Bas Jansen", "Karin Dorsman")
    assert names(filled, order=Order.ROLE, descending=False)[0] == "Karin Dorsman"


def test_filters(filled: Session) -> None:
    assert set(names(filled, ActorFilter(kinds=frozenset({MentionKind.PLACE})))) >= {"Groningen", "Brussel"}
    assert names(filled, ActorFilter(least=3)) == ["Karin Dorsman"]
    assert names(filled, ActorFilter(words="dors")) == ["Karin Dorsman"]
    assert names(filled, ActorFilter(words="kar dors")) == ["Karin Dorsman"]
    assert names(filled, ActorFilter(words="orsman")) == []


def test_words_find_what_the_reader_calls_an_actor_and_every_alias(filled: Session) -> None:
    correct_actors.rename(filled, one(filled, "Groningen").id, "Stad Groningen")
    correct_actors.merge(filled, [one(filled, "Nvidia").id], one(filled, "Bas Jansen").id)
    assert names(filled, ActorFilter(words="stad")) == ["Stad Groningen"]
    assert names(filled, ActorFilter(words="nvidia")) == ["Bas Jansen"]


def test_what_is_in_the_trash_or_ignored_is_not_there(filled: Session, put: Put) -> None:
    article = put("date 2025-07-01 Weg\n\nMinister Piet Zomerdijk sprak in Zwolle.\n", "weg.txt")
    assert "Piet Zomerdijk" in names(filled)
    manage.trash(filled, [article])
    assert "Piet Zomerdijk" not in names(filled)
    assert "Piet Zomerdijk" not in names(filled, ActorFilter(rows=[1, 2, 3, 4]))
    correct_actors.ignore(filled, [one(filled, "Nvidia").id])
    assert "Nvidia" not in names(filled)


def test_the_table_is_exported_as_it_is_shown(filled: Session, tmp_path: Path) -> None:
    target = tmp_path / "actors.csv"
    question = Question("dorsman", MentionKind.PERSON)
    browse_actors.export(filled, question, Order.NAME, False, target, SilentProgress())
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["Bas Jansen", "Karin Dorsman"]
    assert (rows[1]["first"], rows[1]["last"]) == ("2025-01-14", "2025-06-02")
    assert "Groningen" in rows[1]["with"]
    sheet = tmp_path / "actors.xlsx"
    browse_actors.export(filled, Question(), Order.NAME, False, sheet, SilentProgress())
    assert sheet.read_bytes()[:2] == b"PK"


def test_a_merged_actor_is_searched_by_every_alias(filled: Session) -> None:
    before = set(search(filled, 'actor:"Karin Dorsman"').rows)
    correct_actors.merge(filled, [one(filled, "Nvidia").id], one(filled, "Bas Jansen").id)
    rows = set(search(filled, 'actor:"Bas Jansen"').rows)
    assert rows == set(search(filled, "actor:Nvidia").rows)
    assert len(rows) == 2
    assert set(search(filled, "actor:Dorsman").rows) == before
    assert len(before) == 3


# Suggestions


def test_suggestions_name_both_and_tell_why(session: Session, put: Put) -> None:
    put(ONE, "a.txt")
    put(BARE, "b.txt")
    [found] = browse_actors.suggestions(session)
    assert (found.short.name, found.fuller.name, found.how) == ("Dorsman", "Karin Dorsman", "surname")
    correct_actors.stand_apart(session, found.short.id)
    assert browse_actors.suggestions(session) == []


# The page


def test_a_page_tells_who_an_actor_is(filled: Session) -> None:
    page = read_page(filled, one(filled, "Karin Dorsman").id)
    facts = page.facts
    assert [(name.name, name.reason) for name in facts.names] == [
        ("Karin Dorsman", Reason.OWN),
        ("Dorsman", Reason.LINK),
    ]
    roles = {span.role.casefold(): (span.first, span.last, span.articles) for span in facts.roles}
    assert roles == {"minister": ("2025-01-14", "2025-03", 2), "voorzitter": ("2025-06-02", "2025-06-02", 1)}
    assert (facts.first, facts.last) == ("2025-01-14", "2025-06-02")
    assert ("2025-03-01", "2025-03-31", 1) in facts.days
    company = {one.actor.name: one.articles for one in facts.company}
    assert company["Groningen"] == 2
    assert "Karin Dorsman" not in company


def test_amounts_are_those_of_sentences_with_the_actor(filled: Session) -> None:
    page = read_page(filled, one(filled, "Karin Dorsman").id)
    assert [row.written for row in page.largest] == ["70 miljoen euro", "60 miljoen euro"]
    assert [row.written for row in page.newest] == ["60 miljoen euro", "70 miljoen euro"]
    assert read_page(filled, one(filled, "Nvidia").id).newest == ()
    assert len(actor_pages.amounts_with(filled.library.reader(), one(filled, "Groningen").id, limit=1)) == 1


def test_passages_come_newest_first_each_mention_in_its_sentence(filled: Session) -> None:
    found = read_passages(filled, one(filled, "Karin Dorsman").id)
    assert [article.title for article in found.articles] == ["De raad", "Meer geld", "Geld voor rekencentrum"]
    assert found.next is None
    oldest = found.articles[-1]
    assert [quote.text for quote in oldest.quotes][1] == "Dorsman sprak in Brussel."
    for article in found.articles:
        for quote in article.quotes:
            for start, end in quote.marks:
                assert "Dorsman" in quote.text[start - quote.start : end - quote.start]


def test_passages_are_read_in_pages(session: Session, put: Put) -> None:
    for day in range(1, 8):
        put(f"date 2025-02-0{day} Dag {day}\n\nMinister Karin Dorsman sprak {day} keer.\n", f"{day}.txt")
    karin = one(session, "Karin Dorsman").id
    titles: list[str] = []
    after = None
    while True:
        found = read_passages(session, karin, after, count=3)
        titles += [article.title for article in found.articles]
        after = found.next
        if after is None:
            break
    assert titles == [f"Dag {day}" for day in range(7, 0, -1)]


def test_a_very_long_sentence_is_cut_and_says_so(session: Session, put: Put) -> None:
    long = "en verder ".join("" for _ in range(150))
    put(f"date 2025-02-01 Lang\n\nDaar {long} minister Karin Dorsman sprak {long} klaar.\n", "a.txt")
    [article] = read_passages(session, one(session, "Karin Dorsman").id).articles
    quote = article.quotes[-1]
    assert quote.is_cut == (True, True)
    assert len(quote.text) < 1400


def test_mentions_in_one_sentence_are_one_passage(session: Session, put: Put) -> None:
    put(
        "date 2025-02-01 Stad\n\nTussen Groningen en Zwolle ligt meer dan tussen Zwolle en Groningen.\n",
        "a.txt",
    )
    [article] = read_passages(session, one(session, "Groningen").id).articles
    assert [len(quote.marks) for quote in article.quotes] == [2]


def test_an_actor_that_stands_nowhere_any_more_has_an_empty_page(filled: Session) -> None:
    nvidia, jansen = one(filled, "Nvidia").id, one(filled, "Bas Jansen").id
    correct_actors.merge(filled, [nvidia], jansen)
    page = read_page(filled, nvidia)
    assert (page.facts.actor.mentions, page.facts.names, page.facts.company) == (0, (), ())
    assert read_passages(filled, nvidia).articles == ()


# Scale


@pytest.mark.slow
def test_sixty_thousand_actors_are_found_and_sorted_within_moments(tmp_path: Path) -> None:
    import time

    from desktop.library.database import Library
    from tests.speed.big_library import make

    make(tmp_path / "big", 20_000, 60_000)
    library = Library.open(tmp_path / "big")
    try:
        con = library.reader()
        started = time.process_time()
        con.execute(
            "SELECT count(*), sum(mentions) FROM name_form JOIN name_key k ON k.id = name_key_id"
        ).fetchall()
        scan = time.process_time() - started
        for order in Order:
            started = time.process_time()
            found = actor_table.find(con, ActorFilter(), order)
            assert len(found) > 30_000
            assert time.process_time() - started < max(100 * scan, 3.0), order
        started = time.process_time()
        rows = actor_table.page(con, found[:50], brief=True)
        assert time.process_time() - started < 0.2
        assert len(rows) == 50
    finally:
        library.close()
