"""What is offered to who types: names under any of their words, tags, words, each with its articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.library import completion
from desktop.model import ArticleId, MentionKind
from desktop.tasks import annotate, complete, correct_actors, manage
from desktop.tasks.session import Session

Library = dict[str, ArticleId]


def offered(session: Session, typed: str) -> list[tuple[str, str, int | None]]:
    """Return what is offered behind these words: text, field and articles."""
    words = typed.split(" ")
    parts = [" ".join(words[number:]) for number in range(len(words))]
    found = complete.of_words(session, [(part, len(typed) - len(part)) for part in parts])
    return [(one.text, one.field, one.articles) for one in found]


def test_names_tags_and_words_with_their_articles(session: Session, library_of_three: Library) -> None:
    annotate.set_article_tags(session, library_of_three["kabinet"], ["groei"])
    annotate.highlight(session, library_of_three["english"], 0, 5, note="x", tags=["Groei"])
    assert offered(session, "gro")[:3] == [
        ("groei", "tag", 2),
        ("Groningen", "place", 2),
        ("Groningen", "", 2),
    ]
    assert ("Nvidia", "org", 1) in offered(session, "nvid")


@pytest.mark.parametrize("typed", ["dors", "kar", "Karin Dor", "minister karin dor"])
def test_a_person_is_found_by_any_name_and_by_several_words(
    session: Session, library_of_three: Library, typed: str
) -> None:
    found = complete.of_words(
        session,
        [
            (" ".join(typed.split(" ")[number:]), len(" ".join(typed.split(" ")[:number])))
            for number in range(len(typed.split(" ")))
        ],
    )
    [person] = [one for one in found if one.kind is MentionKind.PERSON]
    assert (person.text, person.field) == ("Karin Dorsman", "person")


def test_several_words_that_begin_a_name_are_replaced_together(
    session: Session, library_of_three: Library
) -> None:
    found = complete.of_words(session, [("karin dor", 8), ("dor", 14)])
    assert [one.start for one in found if one.field == "person"] == [8]


def test_two_letters_offer_whole_words_only(session: Session, put: Callable[..., ArticleId]) -> None:
    put("date 2025-01 De EU en Eurocity\n\nDe EU sprak met Eurocity BV. De EU wil meer.\n")
    con = session.library.reader()
    often: list[str] = []

    def none() -> completion.Frequent:
        often.append("asked")
        return completion.Frequent(())

    assert "Eurocity BV" not in [one.name for one in completion.names(con, "eu", None, 9, none)]
    assert not often


def test_a_field_asks_for_its_kind(session: Session, library_of_three: Library) -> None:
    def names(field: str, prefix: str) -> list[str]:
        return [one.text for one in complete.of_field(session, field, prefix, 0, 9)]

    assert names("place", "gro") == ["Groningen"]
    assert names("person", "gro") == []
    assert "Groningen" in names("actor", "")
    assert names("tag", "") == []


def test_what_the_reader_calls_an_actor_is_offered(session: Session, library_of_three: Library) -> None:
    con = session.library.reader()
    [one] = [a for a in _actors(con) if a.name == "Nvidia"]
    correct_actors.rename(session, one.id, "Grafische Kaarten")
    assert offered(session, "kaar")[0] == ("Grafische Kaarten", "org", 1)


def _actors(con: object) -> list[object]:
    from desktop.library import actors

    return actors.all_actors(con)  # type: ignore[arg-type, return-value]


def test_what_is_in_the_trash_is_not_offered(session: Session, library_of_three: Library) -> None:
    annotate.set_article_tags(session, library_of_three["kabinet"], ["groei"])
    manage.trash(session, [library_of_three["kabinet"]])
    session.catch_up()
    found = offered(session, "gro")
    assert ("groei", "tag", 1) not in found
    assert offered(session, "nvid") == []
    assert ("Groningen", "place", 1) in found


def test_the_frequent_names_are_used_where_very_many_begin_so(
    session: Session, library_of_three: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = session.library.reader()
    few = completion.names(con, "gro", None, 9, lambda: completion.frequent(con))
    monkeypatch.setattr(completion, "_FEW", 0)
    assert completion.names(con, "gro", None, 9, lambda: completion.frequent(con)) == few
    assert few[0].name == "Groningen"
