from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import annotations, articles
from desktop.model import AnchorState, Annotation, AnnotationId, TextQuote


def test_an_annotation_comes_back_as_it_was_made(fill):
    article = fill.article(body="Een zin om te merken.")
    start = articles.text(fill.library.reader(), article).text.index("zin")
    made = Annotation(
        AnnotationId("11111111-1111-4111-8111-111111111111"),
        article,
        TextQuote("zin", "Een ", " om"),
        start,
        start + 3,
        colour=3,
        note="**let op**",
        tags=("a", "B"),
        created_at="2025-01-01T00:00:00+00:00",
        modified_at="2025-01-02T00:00:00+00:00",
    )
    assert fill.library.write(lambda con: annotations.add(con, made)) == made
    con = fill.library.reader()
    assert annotations.get(con, made.id) == made
    assert annotations.of_article(con, article) == [made]
    assert annotations.all_annotations(con) == [made]


def test_an_id_and_times_are_filled_in(fill):
    made = fill.highlight(fill.article(), "Body")
    assert len(made.id) == 36
    assert made.created_at == made.modified_at != ""


def test_a_note_on_the_whole_article_has_no_place(fill):
    article = fill.article()
    new = Annotation(AnnotationId(""), article, TextQuote(""), None, None, note="All of it")
    made = fill.library.write(lambda con: annotations.add(con, new))
    assert (made.start, made.end, made.state) == (None, None, AnchorState.ANCHORED)


@pytest.mark.parametrize(
    "wrong", [{"colour": 0}, {"colour": 6}, {"start": 3, "end": 3}, {"start": 5, "end": 2}, {"start": None}]
)
def test_what_cannot_be_is_refused(fill, wrong):
    new = replace(Annotation(AnnotationId(""), fill.article(), TextQuote("x"), 1, 2), **wrong)
    with pytest.raises(ValueError, match=r"colour|place"):
        fill.library.write(lambda con: annotations.add(con, new))


def test_changes_keep_the_id_and_leave_the_rest_alone(fill):
    made = fill.highlight(fill.article(), "Body", note="n", tags=("t",))
    write = fill.library.write
    assert write(lambda c: annotations.change(c, made.id, colour=4)).colour == 4
    assert write(lambda c: annotations.change(c, made.id, note="")).note == ""
    assert write(lambda c: annotations.change(c, made.id, tags=["u", "T"])).tags == ("t", "u")
    moved = write(lambda c: annotations.change(c, made.id, start=0, end=5, quote=TextQuote("Title")))
    assert (moved.start, moved.end, moved.quote.exact, moved.colour, moved.note) == (0, 5, "Title", 4, "")
    assert moved.created_at == made.created_at
    with pytest.raises(ValueError, match="together"):
        write(lambda c: annotations.change(c, made.id, start=0))
    with pytest.raises(ValueError, match="colour"):
        write(lambda c: annotations.change(c, made.id, colour=9))
    assert annotations.of_article(fill.library.reader(), made.article) == [moved]


def test_a_new_place_is_not_a_change_of_the_reader(fill):
    made = fill.highlight(fill.article(), "Body")
    con = fill.library.reader()
    fill.library.write(lambda c: annotations.place(c, made.id, None, None, AnchorState.ORPHAN))
    orphan = annotations.get(con, made.id)
    assert orphan == replace(made, start=None, end=None, state=AnchorState.ORPHAN)
    fill.library.write(lambda c: annotations.place(c, made.id, 1, 3, AnchorState.MOVED))
    assert annotations.get(con, made.id) == replace(made, start=1, end=3, state=AnchorState.MOVED)


@pytest.mark.parametrize(
    "ask",
    [
        annotations.get,
        annotations.delete,
        lambda con, one: annotations.change(con, one, colour=2),
        lambda con, one: annotations.place(con, one, 1, 2, AnchorState.MOVED),
    ],
)
def test_a_deleted_annotation_is_a_problem(fill, ask):
    made = fill.highlight(fill.article(), "Body")
    fill.library.write(lambda con: annotations.delete(con, made.id))
    with pytest.raises(Problem) as caught:
        fill.library.write(lambda con: ask(con, made.id))
    assert (caught.value.kind, caught.value.path) == (ProblemKind.NO_SUCH_ANNOTATION, made.id)
    assert annotations.of_article(fill.library.reader(), made.article) == []


def test_reading_order_is_that_of_the_text(fill):
    article = fill.article("Title", "one two three four")
    con = fill.library.reader()
    three, one, four, two = (fill.highlight(article, word) for word in ("three", "one", "four", "two"))
    whole = Annotation(AnnotationId(""), article, TextQuote(""), None, None, note="whole")
    whole = fill.library.write(lambda c: annotations.add(c, whole))
    for lost in (four, two):
        fill.library.write(lambda c, lost=lost: annotations.place(c, lost.id, None, None, AnchorState.ORPHAN))
    order = [one.id for one in annotations.of_article(con, article)]
    assert order == [whole.id, one.id, three.id, two.id, four.id]


def test_all_annotations_follow_the_order_of_the_articles(fill):
    old = fill.article("old", published="2020")
    new = fill.article("new", published="2024")
    middle = fill.article("middle", published="2022")
    for article in (old, new, middle):
        fill.highlight(article, "Body")
    con = fill.library.reader()
    assert [one.article for one in annotations.all_annotations(con)] == [new, middle, old]
    rows = [fill.row(old), fill.row(new)]
    assert [one.article for one in annotations.all_annotations(con, rows)] == [old, new]
    fill.library.write(lambda c: articles.trash(c, [new]))
    assert [one.article for one in annotations.all_annotations(con)] == [middle, old]
    assert [one.article for one in annotations.all_annotations(con, rows)] == [old]


def test_merging_takes_what_is_new_and_nothing_that_is_known(fill):
    made = fill.highlight(fill.article(), "Body", note="mine")
    other = replace(made, id=AnnotationId("22222222-2222-4222-8222-222222222222"), note="theirs")

    def merge(annotation):
        return fill.library.write(lambda con: annotations.merge(con, annotation))

    assert merge(other)
    assert not merge(replace(other, note="again"))
    assert not merge(replace(made, note="theirs"))
    assert {one.note for one in annotations.all_annotations(fill.library.reader())} == {"mine", "theirs"}
    with pytest.raises(ValueError, match="exists"):
        fill.library.write(lambda con: annotations.add(con, made))


# Tags


def test_tags_are_one_whatever_their_case(fill):
    article, other = fill.article("a"), fill.article("b")
    set_tags = annotations.set_article_tags
    fill.library.write(lambda con: set_tags(con, article, ["Één", " energie ", "ENERGIE", ""]))
    fill.library.write(lambda con: set_tags(con, other, ["één"]))
    con = fill.library.reader()
    assert articles.get(con, article).tags == ("ENERGIE", "Één")
    assert annotations.tag_names(con) == ["ENERGIE", "Één"]
    assert annotations.rows_tagged(con, "ÉÉN") == {fill.row(article), fill.row(other)}
    fill.library.write(lambda con: set_tags(con, other, []))
    assert annotations.rows_tagged(con, "één") == {fill.row(article)}


def test_only_tags_in_use_are_listed(fill):
    article = fill.article()
    made = fill.highlight(article, "Body", tags=("on note",))
    fill.library.write(lambda con: annotations.set_article_tags(con, article, ["on article"]))
    con = fill.library.reader()
    assert annotations.tag_names(con) == ["on article", "on note"]
    assert annotations.rows_tagged(con, "on note") == {fill.row(article)}
    fill.library.write(lambda c: annotations.delete(c, made.id))
    assert annotations.tag_names(con) == ["on article"]
    assert annotations.rows_tagged(con, "on note") == set()
    fill.library.write(lambda c: articles.trash(c, [article]))
    assert annotations.tag_names(con) == []
    assert annotations.rows_tagged(con, "on article") == set()


def test_notes_for_search(fill):
    article = fill.article()
    fill.highlight(article, "Body", note="first")
    fill.highlight(article, "Body")
    gone = fill.highlight(article, "Body", note="gone")
    fill.library.write(lambda con: annotations.delete(con, gone.id))
    assert annotations.notes(fill.library.reader()) == [(fill.row(article), "first")]
