from __future__ import annotations

import hashlib
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Problem, ProblemKind
from desktop.library import articles, changes, history
from desktop.library.articles import Outcome
from desktop.library.database import Library
from desktop.model import Block, BlockKind, ImportedArticle, Inline, InlineKind


def test_an_article_comes_back_as_it_was_imported(library):
    imported = ImportedArticle(
        "Kop",
        "Kop\n\nEen alinea.\n\nNog een.",
        (
            Block(BlockKind.TITLE, 0, 3),
            Block(BlockKind.PARAGRAPH, 5, 16),
            Block(BlockKind.HEADING, 18, 26, 2),
        ),
        (Inline(InlineKind.LINK, 5, 8, "https://example.org"),),
        published="2025-01",
        lang="nl",
        source="De Krant",
        author="Ikzelf",
        url="https://example.org/a",
        path="/a/b.txt",
    )
    outcome, article_id, row = library.write(lambda con: articles.add(con, imported, original="f" * 64))
    con = library.reader()
    article = articles.get(con, article_id)
    version = articles.text(con, article_id)
    assert outcome is Outcome.ADDED
    assert (article.row, article.title, article.published, article.lang) == (row, "Kop", "2025-01", "nl")
    assert (article.source, article.author, article.url, article.path) == (
        "De Krant",
        "Ikzelf",
        "https://example.org/a",
        "/a/b.txt",
    )
    assert (article.words, article.starred, article.read_at, article.trashed_at) == (5, False, None, None)
    assert article.added_at.endswith("+00:00")
    assert (version.text, version.blocks, version.inlines) == (
        imported.text,
        imported.blocks,
        imported.inlines,
    )
    assert version.number == 1
    assert version.hash == hashlib.sha256(imported.text.encode()).hexdigest()


@given(st.text(st.characters(), max_size=200), st.text(st.characters(), max_size=20))
def test_any_text_keeps_its_length_and_what_can_be_stored_of_it(tmp_path_factory, body, title):
    with Library.open(tmp_path_factory.mktemp("l")) as library:
        imported = ImportedArticle(title, f"{title}\n\n{body}", (), path=f"/x/{title}")
        _, article_id, _ = library.write(lambda con: articles.add(con, imported))
        stored = articles.text(library.reader(), article_id).text
        assert len(stored) == len(imported.text)
        assert all(
            got == was or (got == "�" and (was == "\0" or 0xD800 <= ord(was) < 0xE000))
            for got, was in zip(stored, imported.text, strict=True)
        )
        again, same, _ = library.write(lambda con: articles.add(con, imported))
        assert (again, same) == (Outcome.UNCHANGED, article_id)


# What is the same article


def test_an_equal_text_is_left_out_wherever_it_comes_from(fill):
    first = fill.add(path="/a.txt")
    assert first[0] is Outcome.ADDED
    assert fill.add(path="/a.txt") == (Outcome.UNCHANGED, *first[1:])
    assert fill.add(path="/elsewhere.txt") == (Outcome.UNCHANGED, *first[1:])
    assert fill.add() == (Outcome.UNCHANGED, *first[1:])
    assert articles.count(fill.library.reader()) == 1


@pytest.mark.parametrize("place", ["path", "url"])
def test_another_text_at_the_same_place_is_a_new_version(fill, place):
    _, article, row = fill.add(body="Old words.", **{place: "same"})
    assert fill.add(body="New and more words.", **{place: "same"}) == (Outcome.NEW_VERSION, article, row)
    version = articles.text(fill.library.reader(), article)
    assert (version.number, version.text) == (2, "Title\n\nNew and more words.")
    assert articles.get(fill.library.reader(), article).words == 5
    assert fill.library.reader().execute("SELECT count(*) FROM text_version").fetchone()[0] == 2


def test_a_text_put_back_to_what_it_was_is_a_new_version(fill):
    _, article, _ = fill.add(body="One.", path="/a")
    fill.add(body="Two.", path="/a")
    assert fill.add(body="One.", path="/a")[0] is Outcome.NEW_VERSION
    assert articles.text(fill.library.reader(), article).text.endswith("One.")


def test_an_old_version_found_elsewhere_is_left_out(fill):
    _, article, _ = fill.add(body="One.", path="/a")
    fill.add(body="Two.", path="/a")
    assert fill.add(body="One.", path="/b")[:2] == (Outcome.UNCHANGED, article)


def test_other_details_do_not_make_another_article(fill):
    _, article, _ = fill.add(path="/a", published="2025")
    assert fill.add(path="/b", published="2024", source="X")[:2] == (Outcome.UNCHANGED, article)


def test_articles_of_one_file_stay_apart(fill):
    one = fill.add("One", path="/bundle", shared_path=True)
    two = fill.add("Two", path="/bundle", shared_path=True)
    assert [one[0], two[0]] == [Outcome.ADDED, Outcome.ADDED]
    assert fill.add("One", path="/bundle", shared_path=True)[0] is Outcome.UNCHANGED


def test_files_whose_names_are_not_utf8_stay_two(fill):
    one = fill.add(body="One.", path="/caf\udce9.txt")
    two = fill.add(body="Two.", path="/caf\udce8.txt")
    assert one[0] is two[0] is Outcome.ADDED
    assert fill.add(body="Three.", path="/caf\udce8.txt")[:2] == (Outcome.NEW_VERSION, two[1])


def test_what_is_in_the_trash_stays_there(fill):
    _, article, _ = fill.add(body="One.", path="/a")
    fill.library.write(lambda con: articles.trash(con, [article]))
    assert fill.add(body="One.", path="/a")[:2] == (Outcome.UNCHANGED, article)
    assert fill.add(body="Two.", path="/a")[:2] == (Outcome.NEW_VERSION, article)
    assert articles.count(fill.library.reader()) == 0


def test_a_new_version_takes_its_mentions_away_at_once(fill, mark):
    _, article, _ = fill.add(body="Anna gaf 5 euro.", path="/a")
    fill.mention(article, mark.actor("Anna"), mark.money("5 euro", "5"))
    assert articles.get(fill.library.reader(), article).actors == 1
    fill.add(body="Niemand gaf iets.", path="/a")
    found = articles.get(fill.library.reader(), article)
    assert (found.actors, found.amounts) == (0, 0)


# Details


def test_details_are_changed_one_by_one_and_the_text_stays(fill):
    article = fill.article(published="2025-01-08", source="A")
    con = fill.library.reader()
    text = articles.text(con, article)
    fill.library.write(lambda c: articles.set_details(c, article, title="Other", published="2024-02"))
    fill.library.write(lambda c: articles.set_details(c, article, source=""))
    found = articles.get(con, article)
    assert (found.title, found.published, found.source) == ("Other", "2024-02", None)
    assert articles.text(con, article) == text


def test_a_new_version_brings_its_details_but_none_that_were_edited(fill):
    _, article, _ = fill.add("Old", published="2020", source="A", author="B", path="/a")
    fill.library.write(lambda con: articles.set_details(con, article, title="Mine", published="2021"))
    fill.add("New", published="2022", source="C", path="/a")
    found = articles.get(fill.library.reader(), article)
    assert (found.title, found.published, found.source, found.author) == ("Mine", "2021", "C", "B")
    days = fill.library.reader().execute("SELECT first_day, last_day FROM article").fetchone()
    assert tuple(days) == ("2021-01-01", "2021-12-31")


def test_a_date_that_is_none_is_refused_and_changes_nothing(fill):
    article = fill.article(published="2025")
    with pytest.raises(Problem) as caught:
        fill.library.write(lambda con: articles.set_details(con, article, published="2025-13"))
    assert caught.value.kind is ProblemKind.UNKNOWN_VALUE
    assert articles.get(fill.library.reader(), article).published == "2025"


def test_an_imported_date_that_is_none_is_no_date(fill):
    article = fill.article(published="2025-02-30")
    assert articles.get(fill.library.reader(), article).published is None


def test_marks_of_the_reader(fill):
    article = fill.article()
    write, con = fill.library.write, fill.library.reader()
    write(lambda c: articles.set_starred(c, article, True))
    write(lambda c: articles.set_position(c, article, 7))
    write(lambda c: articles.set_read(c, article, True))
    found = articles.get(con, article)
    assert (found.starred, found.position) == (True, 7)
    write(lambda c: articles.set_read(c, article, True))
    assert articles.get(con, article).read_at == found.read_at is not None
    write(lambda c: articles.set_read(c, article, False))
    assert articles.get(con, article).read_at is None


@pytest.mark.parametrize(
    "ask",
    [
        articles.get,
        articles.text,
        articles.row_of,
        lambda con, one: articles.set_read(con, one, True),
        lambda con, one: articles.set_details(con, one, title="x"),
        lambda con, one: articles.purge(con, [one]),
    ],
)
def test_an_unknown_article_is_a_problem(library, ask):
    with pytest.raises(Problem) as caught:
        library.write(lambda con: ask(con, "no such id"))
    assert (caught.value.kind, caught.value.path) == (ProblemKind.NO_SUCH_ARTICLE, "no such id")


# Lists


def test_newest_goes_by_date_and_by_the_day_of_adding_where_there_is_none(fill):
    for title, published in (("a", "2024-05-01"), ("b", None), ("c", "2025-01"), ("d", "2024-05-01")):
        fill.article(title, published=published)
    con = fill.library.reader()
    assert [article.title for article in articles.newest(con, 10)] == ["b", "c", "d", "a"]
    assert [article.title for article in articles.newest(con, 2, offset=1)] == ["c", "d"]
    assert articles.rows(con) == [2, 3, 4, 1]
    assert articles.rows(con, order="added") == [4, 3, 2, 1]


def test_by_rows_keeps_the_order_and_leaves_out_what_does_not_exist(fill):
    for title in "abc":
        fill.article(title)
    found = articles.by_rows(fill.library.reader(), [3, 99, 1])
    assert [article.title for article in found] == ["c", "a"]
    assert articles.by_rows(fill.library.reader(), []) == []
    assert articles.texts(fill.library.reader(), [2, 99]) == {2: "b\n\nBody."}


def test_lists_count_actors_amounts_notes_and_tags(fill, mark):
    _, article, row = fill.add(body="Anna en ANNA en Bob kregen 5 euro en 6 euro.")
    fill.mention(
        article,
        mark.actor("Anna"),
        mark.actor("ANNA"),
        mark.actor("Bob"),
        mark.money("5 euro", "5"),
        mark.money("6 euro", "6"),
    )
    first = fill.highlight(article, "kregen", tags=("x",))
    fill.highlight(article, "euro")
    fill.library.write(lambda con: annotations_delete(con, first))
    fill.library.write(lambda con: set_tags(con, article, ["b", "A"]))
    found = articles.by_rows(fill.library.reader(), [row])[0]
    assert (found.actors, found.amounts, found.notes, found.tags) == (2, 2, 1, ("A", "b"))


def annotations_delete(con, annotation):
    from desktop.library import annotations

    annotations.delete(con, annotation.id)


def set_tags(con, article, tags):
    from desktop.library import annotations

    annotations.set_article_tags(con, article, tags)


def count_queries(con: sqlite3.Connection, work) -> int:
    seen: list[str] = []
    con.set_trace_callback(seen.append)
    try:
        work()
    finally:
        con.set_trace_callback(None)
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_the_list(fill, mark):
    for n in range(40):
        article = fill.article(f"t{n}", "Anna gaf 5 euro.")
        fill.mention(article, mark.actor("Anna"), mark.money("5 euro", "5"))
    con = fill.library.reader()
    one = count_queries(con, lambda: articles.newest(con, 1))
    assert one == count_queries(con, lambda: articles.newest(con, 40)) <= 6


def test_starters_are_known_until_they_are_thrown_away(fill):
    one, two = fill.article("a", starter=True), fill.article("b", starter=True)
    fill.article("c")
    assert articles.starters(fill.library.reader()) == [one, two]
    fill.library.write(lambda con: articles.trash(con, [one]))
    assert articles.starters(fill.library.reader()) == [two]


# Trash and purge


def test_the_trash_gives_back_what_was_put_in(fill):
    one, two = fill.article("a"), fill.article("b")
    con = fill.library.reader()
    fill.library.write(lambda c: articles.trash(c, [one, "unknown"]))
    assert [article.id for article in articles.trashed(con)] == [one]
    assert [article.id for article in articles.newest(con, 9)] == [two]
    assert articles.get(con, one).trashed_at is not None
    thrown = articles.get(con, one).trashed_at
    fill.library.write(lambda c: articles.trash(c, [one]))
    assert articles.get(con, one).trashed_at == thrown
    fill.library.write(lambda c: articles.restore(c, [one, two]))
    assert articles.trashed(con) == []
    assert articles.count(con) == 2


def test_the_index_is_told_of_texts_titles_and_the_trash(fill):
    con = fill.library.reader()
    heard = changes.newest(con)

    def news() -> list[int]:
        nonlocal heard
        found = changes.since(con, heard, 100)
        heard = changes.newest(con)
        return [row for _, row in found]

    _, article, row = fill.add(body="One.", path="/a")
    assert news() == [row]
    fill.add(body="One.", path="/a")
    assert news() == []
    fill.add(body="Two.", path="/a")
    assert news() == [row]
    fill.library.write(lambda c: articles.set_details(c, article, title="x"))
    assert news() == [row]
    fill.library.write(lambda c: articles.trash(c, [article]))
    assert news() == [row]
    fill.library.write(lambda c: articles.restore(c, [article]))
    assert news() == [row]
    fill.library.write(lambda c: articles.set_position(c, article, 3))
    assert news() == []
    fill.library.write(lambda c: articles.purge(c, [article]))
    assert news() == [row]


def test_purge_leaves_nothing_but_the_word_that_it_is_gone(fill, mark):
    article = fill.article("a", "Anna gaf 5 euro op 8 januari.", original="a" * 64, path="/a")
    fill.mention(article, mark.actor("Anna"), mark.money("5 euro", "5"), mark.day("8 januari", "2025-01-08"))
    fill.highlight(article, "gaf", tags=("t",))
    fill.add("a", "Anna gaf 5 euro op 9 januari.", original="b" * 64, path="/a")
    other = fill.article("b", "Iets anders.", original="b" * 64)
    assert fill.library.write(lambda con: articles.purge(con, [article])) == ["a" * 64]
    con = fill.library.reader()
    for table in ("block", "mention", "amount", "period", "article_form", "annotation", "annotation_tag"):
        left = con.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        assert left == (1 if table == "block" else 0), table
    assert [article.id for article in articles.newest(con, 9)] == [other]
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    assert history.next_undo(con) is None


def test_purge_is_never_a_step(fill):
    article = fill.article()
    with pytest.raises(RuntimeError):
        fill.step("purge", lambda con: articles.purge(con, [article]))
    assert articles.count(fill.library.reader()) == 1


def test_row_numbers_are_never_used_again(fill):
    _, article, row = fill.add("a")
    fill.library.write(lambda con: articles.purge(con, [article]))
    assert fill.add("b")[2] > row


def test_many_rows_are_ordered_like_few(fill, monkeypatch):
    rows = [fill.add(f"t{n}", published=f"2025-01-{(n * 7) % 28 + 1:02}")[2] for n in range(30)]
    con = fill.library.reader()
    few = articles.by_date(con, rows[5:25])
    monkeypatch.setattr(articles, "_MANY", 3)
    assert (
        articles.by_date(con, rows[5:25]) == few == [row for row in articles.rows(con) if row in rows[5:25]]
    )
