from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library import annotations, articles, backup, mentions
from desktop.library.check import check
from desktop.library.database import Library
from desktop.library.repair import repair


@pytest.fixture
def full(fill, mark):
    """A library with a bit of everything; `full.folder` is its folder."""
    for n in range(30):
        article = fill.article(f"t{n:02}", f"Anna gaf 5 euro op 8 januari. {'Woord ' * 3000}", path=f"/{n}")
        fill.mention(
            article, mark.actor("Anna"), mark.money("5 euro", "5"), mark.day("8 januari", "2025-01-08")
        )
        fill.highlight(article, "gaf", note=f"note {n}", tags=("t",))
    fill.folder = fill.library.folder
    return fill


def harm(full, *statements: str) -> None:
    def work(con):
        con.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            con.execute(statement)

    full.library.write(work)


def harm_unchecked(full, *statements: str) -> None:
    """Break what foreign keys would forbid; the library is closed."""
    full.library.close()
    with closing(sqlite3.connect(full.folder / "library.sqlite3")) as con, con:
        for statement in statements:
            con.execute(statement)


def test_nothing_is_wrong_with_a_good_library(full):
    assert check(full.library) == []
    assert backup.check(full.library) == []


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE text_version SET text = 'x' || substr(text, 2) WHERE id = 3", "imported"),
        ("UPDATE mention SET start = start + 1, end = end + 1 WHERE id = 5", "mention 5"),
        ("UPDATE annotation SET start = 0, end = 3 WHERE id = 7", "annotation 7"),
    ],
)
def test_what_does_not_agree_with_the_text_is_found(full, statement, word):
    harm(full, statement)
    assert len(check(full.library)) >= 1
    assert word in " ".join(check(full.library))


def test_a_place_that_is_not_claimed_is_not_checked(full):
    harm(full, "UPDATE annotation SET start = 0, end = 3, state = 'moved' WHERE id = 7")
    assert check(full.library) == []


def test_rows_that_point_nowhere_are_found(full):
    harm_unchecked(full, "DELETE FROM article WHERE id = 4")
    with Library.open(full.folder) as library:
        assert any("mention" in found for found in check(library))


def test_a_check_can_be_stopped(full):
    class Stop:
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(full.library, Stop())


# Repair


def repaired(full) -> tuple[Library, list[str]]:
    """Repair the library; return the restored one, with what differs; the damaged file stays as it was."""
    full.library.close()
    before = (full.folder / "library.sqlite3").read_bytes()
    copy, found = repair(full.folder)
    assert (full.folder / "library.sqlite3").read_bytes() == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    assert backup.verify(copy) == []
    backup.restore(copy, full.folder)
    return Library.open(full.folder), found


def everything(library: Library):
    con = library.reader()
    found = articles.newest(con, 999)
    return (
        found,
        [articles.text(con, article.id) for article in found],
        [mentions.of_article(con, article.id) for article in found],
        annotations.all_annotations(con),
    )


def test_repairing_a_good_library_changes_nothing(full):
    before = everything(full.library)
    library, found = repaired(full)
    with library:
        assert found == []
        assert everything(library) == before
        assert check(library) == []


def test_wrong_places_are_found_again_or_told(full):
    harm(
        full,
        "UPDATE text_version SET text = 'x' || substr(text, 2) WHERE id = 3",
        "UPDATE mention SET start = start + 1, end = end + 1 WHERE article_id = 5",
        "UPDATE annotation SET start = 0, end = 3 WHERE id = 7",
    )
    library, found = repaired(full)
    with library:
        assert check(library) == []
        assert len(found) == 3
        con = library.reader()
        assert mentions.stale(con, ("1", "1"), 99) == [5]
        assert annotations.all_annotations(con, [7])[0].note == "note 6"
        assert annotations.all_annotations(con, [7])[0].start is None


def test_a_text_without_its_article_and_an_article_without_its_text_keep_their_notes(full):
    harm_unchecked(full, "DELETE FROM article WHERE id = 4", "DELETE FROM text_version WHERE article_id = 6")
    library, found = repaired(full)
    with library:
        assert check(library) == []
        con = library.reader()
        assert len(annotations.all_annotations(con)) == 30
        assert articles.by_rows(con, [4])[0].title == "t03"
        assert articles.text(con, articles.by_rows(con, [6])[0].id).text == "t05"
        assert len(found) >= 2


@pytest.mark.parametrize("seed", range(6))
def test_what_can_be_read_of_a_damaged_file_is_saved(full, seed):
    full.library.close()
    file = full.folder / "library.sqlite3"
    pages = file.stat().st_size // 4096
    page = 150 + seed * (pages - 150) // 6  # behind the schema: without it there is nothing to go by
    assert pages > 200
    with file.open("r+b") as damaged:
        damaged.seek(page * 4096)
        damaged.write(os.urandom(4096))
    library, found = repaired(full)
    with library:
        assert check(library) == []
        con = library.reader()
        assert articles.count(con) >= 25
        assert found == [] or len(annotations.all_annotations(con)) >= 10


def test_what_cannot_be_repaired_is_a_problem_and_leaves_nothing(full):
    full.library.close()
    with (full.folder / "library.sqlite3").open("r+b") as damaged:
        damaged.write(b"x" * 4096)
    with pytest.raises(Problem) as caught:
        repair(full.folder)
    assert caught.value.kind is ProblemKind.LIBRARY_DAMAGED
    assert list((full.folder / "backups").iterdir()) == []


def test_an_open_library_is_not_repaired(full):
    with pytest.raises(Problem) as caught:
        repair(full.folder)
    assert caught.value.kind is ProblemKind.LIBRARY_IN_USE
