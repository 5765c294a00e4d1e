from __future__ import annotations

import json
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.errors import Problem, ProblemKind
from desktop.library import annotations, articles, changes, history, rules
from desktop.library.database import Library
from desktop.library.migrations import HISTORY_TABLES
from desktop.model import (
    AnchorState,
    Annotation,
    AnnotationId,
    Condition,
    ImportedArticle,
    Rule,
    RuleId,
    RuleKind,
    Step,
    TextQuote,
)


def dump(con) -> dict[str, list[tuple]]:
    return {
        table: [tuple(row) for row in con.execute(f"SELECT * FROM {table} ORDER BY id")]
        for table in HISTORY_TABLES
    }


def refused(work) -> None:
    with pytest.raises(Problem) as caught:
        work()
    assert caught.value.kind is ProblemKind.CHANGED_SINCE


def test_nothing_to_undo_in_a_new_library(fill):
    assert fill.undo() is None
    assert fill.redo() is None


def test_a_step_carries_its_words_and_is_undone_and_redone(fill):
    article = fill.article()
    con = fill.library.reader()

    def work(c):
        with history.recording(c, "star", {"title": "Één"}) as number:
            articles.set_starred(c, article, True)
        return number

    number = fill.library.write(work)
    step = Step(number, "star", {"title": "Één"})
    assert history.next_undo(con) == step
    assert history.next_redo(con) is None
    assert fill.undo() == step
    assert not articles.get(con, article).starred
    assert history.next_undo(con) is None
    assert history.next_redo(con) == step
    assert fill.redo() == step
    assert articles.get(con, article).starred


def test_steps_are_undone_last_first_and_redone_first_first(fill):
    article = fill.article()
    for n in range(3):
        fill.step(f"step {n}", lambda con, n=n: articles.set_details(con, article, title=f"title {n}"))
    undone = [fill.undo().kind for _ in range(3)]
    assert undone == ["step 2", "step 1", "step 0"]
    assert articles.get(fill.library.reader(), article).title == "Title"
    assert [fill.redo().kind for _ in range(3)] == undone[::-1]
    assert articles.get(fill.library.reader(), article).title == "title 2"


def test_a_new_step_ends_what_could_be_redone(fill):
    article = fill.article()
    fill.step("a", lambda con: articles.set_starred(con, article, True))
    fill.undo()
    fill.step("b", lambda con: articles.set_details(con, article, title="x"))
    assert fill.redo() is None
    assert [fill.undo().kind, fill.undo()] == ["b", None]


def test_a_step_in_which_nothing_changed_leaves_no_trace(fill):
    article = fill.article()
    fill.step("a", lambda con: articles.set_starred(con, article, True))
    fill.undo()
    fill.step("nothing", lambda con: articles.set_starred(con, article, False))
    assert history.next_undo(fill.library.reader()) is None
    assert fill.redo().kind == "a"


def test_what_is_not_recorded_is_no_step(fill):
    article = fill.article()
    fill.library.write(lambda con: articles.set_starred(con, article, True))
    assert fill.undo() is None


def test_a_step_that_fails_is_no_step_and_the_next_one_is(fill):
    article = fill.article()

    def fails(con):
        articles.set_starred(con, article, True)
        raise KeyError

    with pytest.raises(KeyError):
        fill.step("a", fails)
    assert fill.undo() is None
    assert not articles.get(fill.library.reader(), article).starred
    fill.step("b", lambda con: articles.set_starred(con, article, True))
    assert fill.undo().kind == "b"


def test_recordings_do_not_nest(fill):
    def nested(con):
        with history.recording(con, "inner", {}):
            pass

    with pytest.raises(RuntimeError):
        fill.step("outer", nested)


# What changed since


def test_undo_refuses_what_was_changed_since_and_changes_nothing(fill):
    one, two = fill.article("a"), fill.article("b")

    def both(con):
        for article in (one, two):
            articles.set_details(con, article, title="x")

    fill.step("both", both)
    fill.library.write(lambda con: articles.set_details(con, one, title="y"))
    before = dump(fill.library.reader())
    refused(fill.undo)
    assert dump(fill.library.reader()) == before
    step = history.next_undo(fill.library.reader())
    assert step.kind == "both"
    fill.library.write(lambda con: history.discard(con, step.id))
    assert fill.undo() is None


def test_undo_leaves_alone_what_changed_in_other_columns(fill):
    article = fill.article()
    fill.step("star", lambda con: articles.set_starred(con, article, True))
    fill.library.write(lambda con: articles.set_position(con, article, 9))
    fill.library.write(lambda con: articles.set_read(con, article, True))
    fill.undo()
    found = articles.get(fill.library.reader(), article)
    assert (found.starred, found.position, found.read_at is not None) == (False, 9, True)


def test_undo_of_a_highlight_that_moved_with_its_text(fill):
    made = fill.highlight(fill.article(), "Body", tags=("t",))
    fill.library.write(lambda con: annotations.place(con, made.id, 1, 3, AnchorState.MOVED))
    fill.undo()
    assert annotations.all_annotations(fill.library.reader()) == []
    fill.redo()
    assert [one.id for one in annotations.all_annotations(fill.library.reader())] == [made.id]


def test_undo_refuses_to_remove_a_highlight_that_was_written_on_since(fill):
    made = fill.highlight(fill.article(), "Body")
    fill.library.write(lambda con: annotations.change(con, made.id, note="from elsewhere"))
    refused(fill.undo)
    assert annotations.get(fill.library.reader(), made.id).note == "from elsewhere"


def test_undo_refuses_to_remove_a_highlight_that_was_tagged_since(fill):
    made = fill.highlight(fill.article(), "Body")
    fill.library.write(lambda con: con.execute("INSERT INTO tag(uuid, name, folded) VALUES('u', 'x', 'x')"))
    fill.library.write(
        lambda con: con.execute(
            "INSERT INTO annotation_tag(annotation_id, tag_id) SELECT a.id, t.id FROM annotation a, tag t"
        )
    )
    refused(fill.undo)
    assert annotations.get(fill.library.reader(), made.id).tags == ("x",)


def test_a_tag_that_is_used_elsewhere_by_now_stays(fill):
    one, two = fill.article("a"), fill.article("b")
    fill.step("tag", lambda con: annotations.set_article_tags(con, one, ["x"]))
    fill.library.write(lambda con: annotations.set_article_tags(con, two, ["x"]))
    fill.undo()
    con = fill.library.reader()
    assert (articles.get(con, one).tags, articles.get(con, two).tags) == ((), ("x",))
    fill.redo()
    assert (articles.get(con, one).tags, articles.get(con, two).tags) == (("x",), ("x",))


def test_redo_refuses_where_a_tag_of_that_name_came_meanwhile(fill):
    one, two = fill.article("a"), fill.article("b")
    fill.step("tag", lambda con: annotations.set_article_tags(con, one, ["x"]))
    fill.undo()
    fill.library.write(lambda con: annotations.set_article_tags(con, two, ["x"]))
    refused(fill.redo)
    assert articles.get(fill.library.reader(), one).tags == ()


def test_rows_that_went_with_another_come_back_with_it(fill):
    article = fill.article()
    fill.step("tag", lambda con: annotations.set_article_tags(con, article, ["x", "y"]))
    fill.highlight(article, "Body", tags=("x",))
    before = dump(fill.library.reader())
    fill.step("drop tag", lambda con: con.execute("DELETE FROM tag WHERE name = 'x'"))
    con = fill.library.reader()
    assert articles.get(con, article).tags == ("y",)
    after = dump(con)
    fill.undo()
    assert dump(con) == before
    fill.redo()
    assert dump(con) == after


# What goes with a step


def test_undo_tells_the_index(fill):
    article = fill.article()
    made = fill.highlight(article, "Body")
    heard = changes.newest(fill.library.reader())
    fill.undo()
    assert [row for _, row in changes.since(fill.library.reader(), heard, 9)] == [fill.row(article)]
    heard = changes.newest(fill.library.reader())
    fill.redo()
    assert [row for _, row in changes.since(fill.library.reader(), heard, 9)] == [fill.row(made.article)]


def test_what_a_step_touched(fill):
    article, other = fill.article("a"), fill.article("b")
    made = fill.highlight(article, "Body", tags=("t",))
    con = fill.library.reader()

    def touched():
        return history.touched(con, (history.next_undo(con) or history.next_redo(con)).id)

    found = touched()
    assert (found.articles, found.annotations, found.library) == ({article}, {made.id}, False)
    fill.undo()
    assert touched().annotations == {made.id}
    fill.redo()
    fill.step("recolour", lambda c: annotations.change(c, made.id, colour=2))
    assert (touched().articles, touched().annotations) == ({article}, {made.id})
    fill.step("retag", lambda c: annotations.change(c, made.id, tags=[]))
    assert (touched().articles, touched().annotations) == ({article}, {made.id})
    fill.step("trash", lambda c: articles.trash(c, [article, other]))
    found = touched()
    assert (found.articles, found.annotations, found.library) == ({article, other}, set(), True)
    fill.step("rule", lambda c: rules.add(c, Rule(RuleId(""), RuleKind.IGNORE, Condition(name="x"))))
    assert touched().library


def test_steps_about_purged_articles_are_forgotten(fill):
    one, two = fill.article("a"), fill.article("b")
    fill.step("both", lambda con: articles.trash(con, [one, two]))
    fill.highlight(one, "Body", tags=("x",))
    fill.step("tag", lambda con: annotations.set_article_tags(con, one, ["y"]))
    fill.library.write(lambda con: articles.purge(con, [one]))
    assert fill.undo().kind == "both"
    assert articles.get(fill.library.reader(), two).trashed_at is None
    assert fill.undo() is None


def test_only_the_last_steps_are_kept(fill, monkeypatch):
    monkeypatch.setattr(history, "KEPT_STEPS", 5)
    article = fill.article()
    for n in range(9):
        fill.step(str(n), lambda con, n=n: articles.set_details(con, article, title=f"t{n}"))
    assert [fill.undo().kind for _ in range(5)] == ["8", "7", "6", "5", "4"]
    assert fill.undo() is None
    assert fill.library.reader().execute("SELECT count(*) FROM history_row").fetchone()[0] == 5


def test_large_steps_make_room_and_the_last_one_stays(fill, monkeypatch):
    monkeypatch.setattr(history, "KEPT_BYTES", 1000)
    made = fill.highlight(fill.article(), "Body")
    fill.step("long", lambda con: annotations.change(con, made.id, note="x" * 5000))
    assert fill.undo().kind == "long"
    assert fill.undo() is None


def test_images_hold_only_what_changed(fill):
    made = fill.highlight(fill.article(), "Body", note="x" * 100_000)
    fill.step("recolour", lambda con: annotations.change(con, made.id, colour=2))
    last = fill.library.reader().execute("SELECT before, after FROM history_row ORDER BY id DESC").fetchone()
    assert set(json.loads(last["before"])) == set(json.loads(last["after"])) == {"colour", "modified_at"}


# Any sequence


TEXT = "one two three four five"


class Sequences(RuleBasedStateMachine):
    """Whatever was done, undoing gives each state before it and redoing each state after it."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name) / "l")
        self.articles = [
            self.library.write(
                lambda con, n=n: articles.add(con, ImportedArticle(str(n), f"{n}\n\n{TEXT}", ()))
            )[1]
            for n in range(3)
        ]
        self.states = [dump(self.library.reader())]
        self.at = 0

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()

    def do(self, *works) -> None:
        def recorded(con):
            with history.recording(con, "step", {}):
                for work in works:
                    work(con)

        self.library.write(recorded)
        state = dump(self.library.reader())
        if state != self.states[self.at]:
            self.at += 1
            self.states[self.at :] = [state]

    def some(self, data, things):
        return data.draw(st.sampled_from(things))

    @rule(
        data=st.data(),
        tags=st.lists(st.sampled_from(["a", "A", "b", "Ç"]), max_size=3),
        note=st.text(max_size=5),
    )
    def highlight(self, data, tags, note) -> None:
        article = self.some(data, self.articles)
        new = Annotation(AnnotationId(""), article, TextQuote("one"), 3, 6, note=note, tags=tuple(tags))
        self.do(lambda con: annotations.add(con, new))

    @rule(data=st.data(), colour=st.integers(1, 5), tags=st.sampled_from([None, [], ["a"], ["b", "c"]]))
    def change(self, data, colour, tags) -> None:
        living = annotations.all_annotations(self.library.reader())
        if living:
            one = self.some(data, living).id
            self.do(
                lambda con: annotations.change(con, one, colour=colour),
                lambda con: annotations.change(con, one, tags=tags, note=f"{colour}"),
            )

    @rule(data=st.data())
    def delete(self, data) -> None:
        living = annotations.all_annotations(self.library.reader())
        if living:
            one = self.some(data, living).id
            self.do(lambda con: annotations.delete(con, one))

    @rule(data=st.data(), tags=st.lists(st.sampled_from(["a", "b", "d"]), max_size=3))
    def tag(self, data, tags) -> None:
        article = self.some(data, self.articles)
        self.do(lambda con: annotations.set_article_tags(con, article, tags))

    @rule(data=st.data(), starred=st.booleans(), title=st.sampled_from(["", "x", "y'\"\\"]))
    def details(self, data, starred, title) -> None:
        one, two = self.some(data, self.articles), self.some(data, self.articles)
        self.do(
            lambda con: articles.set_starred(con, one, starred),
            lambda con: articles.set_details(con, two, title=title, published="2025"),
        )

    @rule(data=st.data(), back=st.booleans())
    def trash(self, data, back) -> None:
        some = data.draw(st.lists(st.sampled_from(self.articles), unique=True))
        self.do(lambda con: (articles.restore if back else articles.trash)(con, some))

    @rule()
    def correct(self) -> None:
        self.do(lambda con: rules.add(con, Rule(RuleId(""), RuleKind.IGNORE, Condition(name="x"))))

    @rule(name=st.sampled_from(["a", "b", "c"]))
    def drop_a_tag(self, name) -> None:
        self.do(lambda con: con.execute("DELETE FROM tag WHERE folded = ?", (name,)))

    @precondition(lambda self: self.at > 0)
    @rule(times=st.integers(1, 4))
    def undo(self, times) -> None:
        for _ in range(min(times, self.at)):
            assert self.library.write(history.undo) is not None
            self.at -= 1

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule(times=st.integers(1, 4))
    def redo(self, times) -> None:
        for _ in range(min(times, len(self.states) - 1 - self.at)):
            assert self.library.write(history.redo) is not None
            self.at += 1

    @invariant()
    def is_as_it_was(self) -> None:
        con = self.library.reader()
        assert dump(con) == self.states[self.at]
        assert (history.next_undo(con) is None) == (self.at == 0)
        assert (history.next_redo(con) is None) == (self.at + 1 == len(self.states))
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []


TestSequences = Sequences.TestCase
TestSequences.settings = hypothesis.settings(max_examples=25, stateful_step_count=25, deadline=None)
