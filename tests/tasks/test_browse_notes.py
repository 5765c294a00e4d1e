"""The notes of a library: found, grouped, sorted and changed several at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.library import annotations, articles, note_table
from desktop.library.note_table import Group, Grouping, NoteFilter, Order
from desktop.model import AnchorState, AnnotationId, ArticleId
from desktop.progress import SilentProgress
from desktop.tasks import annotate, browse_notes, export_notes, manage, undo
from desktop.tasks.browse_notes import Question, understand
from desktop.tasks.import_files import import_paths

TEXTS = {
    "a.txt": "date 2025-01-08 Nvidia levert\n\nNvidia levert chips aan Groningen.\n\nEen café in Parijs.\n",
    "b.txt": "date 2025-03-12 Stroom\n\nGroningen wacht op stroom. De kabel komt in 2029.\n",
}


@pytest.fixture
def ids(session: Any, tmp_path: Path) -> dict[str, ArticleId]:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    import_paths(session, [tmp_path / name for name in TEXTS], SilentProgress())
    con = session.library.reader()
    return {article.title: article.id for article in articles.newest(con, 9)}


@pytest.fixture
def noted(session: Any, ids: dict[str, ArticleId]) -> dict[str, AnnotationId]:
    """Two notes in each article, made from back to front."""

    def mark(title: str, passage: str, **more: Any) -> AnnotationId:
        text = articles.text(session.library.reader(), ids[title]).text
        start = text.index(passage)
        return annotate.highlight(session, ids[title], start, start + len(passage), **more)[0]

    return {
        "cafe": mark("Nvidia levert", "Een café in Parijs", colour=2, note="Bellen met eigenaar"),
        "chips": mark("Nvidia levert", "Nvidia levert chips", tags=("geld", "chips")),
        "kabel": mark("Stroom", "De kabel komt", colour=2, tags=("Geld",)),
        "whole": annotate.note_on_article(session, ids["Stroom"], "Nog eens lezen")[0],
    }


def names(session: Any, noted: dict[str, AnnotationId], found: note_table.NoteList) -> list[str]:
    known = {id_: name for name, id_ in noted.items()}
    rows = note_table.page(session.library.reader(), found.ids)
    return [known[rows[number].annotation.id] for number in found.ids]


def find(session: Any, known: dict[str, AnnotationId], **asked: Any) -> list[str]:
    wanted = understand(session, Question(**asked))
    return names(session, known, note_table.find(session.library.reader(), wanted))


def test_by_article_the_newest_first_each_in_reading_order(session: Any, noted: Any) -> None:
    con = session.library.reader()
    found = note_table.find(con, NoteFilter())
    assert names(session, noted, found) == ["whole", "kabel", "chips", "cafe"]
    assert [group.count for group in found.groups] == [2, 2]
    heads = note_table.heads(con, [int(group.key or 0) for group in found.groups])
    assert [head.title for head in heads.values()] == ["Nvidia levert", "Stroom"]


def test_a_note_with_two_tags_stands_under_both_and_one_without_stands_last(session: Any, noted: Any) -> None:
    found = note_table.find(session.library.reader(), NoteFilter(), grouping=Grouping.TAG)
    assert found.groups == (Group("chips", 1), Group("geld", 2), Group(None, 2))
    assert names(session, noted, found) == ["chips", "kabel", "chips", "whole", "cafe"]


def test_by_colour_and_by_day(session: Any, noted: Any) -> None:
    con = session.library.reader()
    found = note_table.find(con, NoteFilter(), grouping=Grouping.COLOUR)
    assert found.groups == (Group(1, 2), Group(2, 2))
    found = note_table.find(con, NoteFilter(), Order.MADE, Grouping.DAY)
    assert sum(group.count for group in found.groups) == 4
    assert names(session, noted, found) == ["whole", "kabel", "chips", "cafe"]
    ascending = note_table.find(con, NoteFilter(), Order.MADE, Grouping.NONE, descending=False)
    assert (names(session, noted, ascending)[0], ascending.groups) == ("cafe", ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "CAFE"}, ["cafe"]),
        ({"words": "parijs eigenaar"}, ["cafe"]),
        ({"words": "parijs kabel"}, []),
        ({"colour": 2}, ["kabel", "cafe"]),
        ({"tag": "GELD"}, ["kabel", "chips"]),
        ({"actor": "Nvidia"}, ["chips"]),
        ({"actor": "Nvid"}, ["chips"]),
        ({"actor": "Groningen"}, []),
        ({"actor": "niemand"}, []),
        ({"noted": True}, ["whole", "cafe"]),
        ({"noted": False}, ["kabel", "chips"]),
        ({"state": AnchorState.ORPHAN}, []),
        ({"dated": "2025-03"}, ["whole", "kabel"]),
        ({"dated": "<2025-02"}, ["chips", "cafe"]),
        ({"made": "2020"}, []),
        ({"made": ">2020"}, ["whole", "kabel", "chips", "cafe"]),
        ({"query": "title:stroom"}, ["whole", "kabel"]),
    ],
)
def test_filters(session: Any, noted: Any, asked: dict[str, Any], found: list[str]) -> None:
    session.catch_up()
    assert find(session, noted, **asked) == found


def test_what_is_no_date_asks_nothing_and_is_told(session: Any, noted: Any) -> None:
    question = Question(made="ooit", dated="2025")
    assert question.unread == {"made"}
    assert len(find(session, noted, made="ooit")) == 4


def test_counts_and_what_is_in_the_trash(session: Any, ids: Any, noted: Any) -> None:
    counts = note_table.counts(session.library.reader(), None)
    assert (counts.total, counts.colours, counts.tags) == (4, {1: 2, 2: 2}, {"chips": 1, "geld": 2})
    assert counts.states == {AnchorState.ANCHORED: 4}
    manage.trash(session, [ids["Stroom"]])
    assert find(session, noted) == ["chips", "cafe"]
    assert note_table.counts(session.library.reader(), None).total == 2


def state(session: Any) -> list[Any]:
    found = annotations.all_annotations(session.library.reader())
    return [(one.id, one.colour, one.tags, one.note) for one in found]


def test_several_change_in_one_step_that_can_be_undone(session: Any, noted: Any) -> None:
    before = state(session)
    several = [noted["chips"], noted["kabel"]]
    for change in (
        lambda: browse_notes.recolour(session, several, 5),
        lambda: browse_notes.change_tags(session, several, ["nieuw"], ["geld"]),
        lambda: browse_notes.delete(session, several),
    ):
        changes = change()
        assert changes.annotations == set(several)
        assert len(changes.articles) == 2
        after = state(session)
        assert after != before
        undo.undo(session)
        assert state(session) == before
        undo.redo(session)
        assert state(session) == after
        undo.undo(session)


def test_tags_of_several_leave_the_others_alone(session: Any, noted: Any) -> None:
    browse_notes.change_tags(session, [noted["chips"], noted["cafe"]], ["a"], ["GELD"])
    tags = {one.id: one.tags for one in annotations.all_annotations(session.library.reader())}
    assert tags[noted["chips"]] == ("a", "chips")
    assert tags[noted["cafe"]] == ("a",)
    assert tags[noted["kabel"]] == ("geld",)


def test_a_note_that_is_gone_stays_so(session: Any, noted: Any) -> None:
    annotate.delete(session, noted["chips"])
    browse_notes.recolour(session, [noted["chips"], noted["kabel"]], 4)
    assert noted["chips"] not in [one[0] for one in state(session)]
    with pytest.raises(ValueError, match="colour 9"):
        browse_notes.recolour(session, [noted["kabel"]], 9)


def test_only_the_chosen_notes_are_exported(session: Any, noted: Any) -> None:
    text = export_notes.export_notes(session, only=[noted["cafe"], noted["whole"]])
    assert "Een café in Parijs" in text
    assert "Nog eens lezen" in text
    assert "levert chips" not in text
    assert text.index("## Stroom") < text.index("## Nvidia levert")
