"""Copies of one text: linked as they come, in older libraries too; folded in a search; never dropped."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.extraction.near_copies import ENOUGH, overlap, sketch
from desktop.library import articles, copies
from desktop.model import ArticleId
from desktop.progress import SilentProgress
from desktop.tasks import manage, near_copies
from desktop.tasks.read import open_article
from desktop.tasks.search import hits, search
from desktop.tasks.session import Session

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "quality"))
import random

from near_copies import Event, copied

AGENCY = Event(3).told(0, random.Random(1))
EDITED = copied(AGENCY, "all", random.Random(2))
ANEW = Event(3).told(1, random.Random(1))


@pytest.fixture
def three(put: Callable[..., ArticleId]) -> tuple[ArticleId, ArticleId, ArticleId]:
    return (
        put(f"date 2025-01-03 {AGENCY}", "trouw.txt"),
        put(f"date 2025-01-04 {EDITED}", "nrc.txt"),
        put(f"date 2025-01-05 {ANEW}", "parool.txt"),
    )


def names_of(session: Session, article: ArticleId) -> list[str]:
    return [Path(copy.path or "").name for copy in open_article(session, article).copies]


def test_r04_copies_are_linked_not_dropped(
    session: Session, three: tuple[ArticleId, ArticleId, ArticleId]
) -> None:
    assert articles.count(session.library.reader()) == 3
    assert [names_of(session, one) for one in three] == [["nrc.txt"], ["trouw.txt"], []]
    manage.trash(session, [three[1]])
    assert names_of(session, three[0]) == []
    manage.restore(session, [three[1]])
    assert names_of(session, three[0]) == ["nrc.txt"]


def test_a_search_lists_one_of_several_copies_when_asked_to(
    session: Session, three: tuple[ArticleId, ArticleId, ArticleId]
) -> None:
    assert search(session, "").total == 3
    folded = search(session, "", fold=True)
    assert (folded.total, folded.copies) == (2, 1)
    assert [hit.copies for hit in hits(session, folded, 0, 9)] == [0, 1]


def test_a_new_text_that_is_no_copy_any_more_leaves_the_group(
    session: Session, three: tuple[ArticleId, ArticleId, ArticleId], put: Callable[..., ArticleId]
) -> None:
    assert put(f"date 2025-01-04 Heel iets anders\n\n{ANEW[::-1]}", "nrc.txt") == three[1]
    assert names_of(session, three[0]) == []


def test_articles_of_an_older_library_are_linked_in_the_background(
    session: Session, three: tuple[ArticleId, ArticleId, ArticleId]
) -> None:
    def forget(con: sqlite3.Connection) -> None:
        con.execute("DELETE FROM sketch")
        con.execute("DELETE FROM near_copy")

    session.library.write(forget)
    assert names_of(session, three[0]) == []
    assert near_copies.link_older(session, SilentProgress()).library
    assert names_of(session, three[0]) == ["nrc.txt"]
    assert not near_copies.link_older(session, SilentProgress()).library


def test_what_is_purged_leaves_nothing_of_its_sketch(
    session: Session, three: tuple[ArticleId, ArticleId, ArticleId]
) -> None:
    manage.trash(session, list(three))
    manage.purge(session, list(three))
    con = session.library.reader()
    for table in ("sketch", "shingle", "near_copy"):
        assert con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_words_that_stand_in_very_many_articles_link_none(session: Session) -> None:
    sketches = [list(range(16))] * 230 + [[*range(14), 100, 101]]

    def fill(con: sqlite3.Connection) -> list[int]:
        maybe: list[int] = []
        for number, hashes in enumerate(sketches, 1):
            con.execute(
                "INSERT INTO article(id, uuid, title, added_at, sort_day) VALUES(?, ?, 't', '', '')",
                (number, str(number)),
            )
            con.execute(
                "INSERT INTO text_version(id, article_id, number, hash, created_at, text)"
                " VALUES(?1, ?1, 1, '', '', '')",
                (number,),
            )
            con.execute("UPDATE article SET version_id = id WHERE id = ?", (number,))
            maybe = copies.sketch(con, number, hashes, "1")
        return maybe

    assert session.library.write(fill) == []


def test_short_texts_are_no_copies() -> None:
    assert sketch("Titel\n\nNieuws van de dag.") == []
    assert overlap("Titel\n\nNieuws van de dag.", "Titel\n\nNieuws van de dag.") == 0


def test_the_title_does_not_count() -> None:
    body = AGENCY.partition("\n\n")[2]
    assert sketch(f"Een kop\n\n{body}") == sketch(f"Een heel andere kop\n\n{body}")
    assert overlap(AGENCY, EDITED) >= ENOUGH > overlap(AGENCY, ANEW)
