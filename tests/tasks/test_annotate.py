"""Highlights, notes, tags and whole articles: what a person does, and undoing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.model import Annotation, ArticleId
from desktop.tasks import annotate, manage, undo
from desktop.tasks.export_notes import export_notes
from desktop.tasks.read import open_article
from desktop.tasks.session import Session

TEXT = "date 2025-01 Titel\n\nDe minister noemt 70 miljoen euro. Later noemt Nordwatt ruim 80 miljoen euro.\n"


@pytest.fixture
def article(put: Callable[..., ArticleId]) -> ArticleId:
    return put(TEXT)


def annotations(session: Session, article: ArticleId) -> tuple[Annotation, ...]:
    return open_article(session, article).annotations


def test_a_highlight_keeps_its_quote_and_can_be_undone_and_redone(
    session: Session, article: ArticleId
) -> None:
    text = open_article(session, article).version.text
    start = text.index("70 miljoen")
    made, changes = annotate.highlight(session, article, start, start + 15, colour=2)
    (stored,) = annotations(session, article)
    assert (stored.id, stored.quote.exact, stored.colour) == (made, "70 miljoen euro", 2)
    assert changes.annotations == {made}
    step, changes = undo.undo(session)
    assert step is not None
    assert step.kind == "highlight"
    assert article in changes.articles
    assert annotations(session, article) == ()
    undo.redo(session)
    assert annotations(session, article) == (stored,)


def test_every_change_of_a_note_is_one_step_back(session: Session, article: ArticleId) -> None:
    made, _changes = annotate.highlight(session, article, 0, 5)
    seen = [annotations(session, article)]
    annotate.recolour(session, made, 4)
    seen.append(annotations(session, article))
    annotate.set_note(session, made, "Klopt dit?", ["nagaan", "geld"])
    seen.append(annotations(session, article))
    annotate.delete(session, made)
    assert annotations(session, article) == ()
    for before in reversed(seen):
        undo.undo(session)
        assert annotations(session, article) == before
    undo.undo(session)
    assert annotations(session, article) == ()
    assert undo.undo(session)[0] is None


def test_r09_other_ends_keep_the_highlight_and_are_one_step_back(
    session: Session, article: ArticleId
) -> None:
    text = open_article(session, article).version.text
    made, _changes = annotate.highlight(session, article, 0, 5, colour=3, note="Let op", tags=["geld"])
    (before,) = annotations(session, article)
    changes = annotate.resize(session, made, 2, text.index(" ", 8) + 1)
    (after,) = annotations(session, article)
    assert (after.id, after.colour, after.note, after.tags) == (made, 3, "Let op", ("geld",))
    assert (after.start, after.end) == (2, text.index(" ", 8))  # the space behind it is left out
    assert after.quote.exact == text[2 : after.end]
    assert changes.annotations == {made}
    step, _changes = undo.undo(session)
    assert step is not None
    assert step.kind == "resize"
    assert annotations(session, article) == (before,)
    for start, end in ((4, 4), (-1, 3), (5, 10_000)):
        with pytest.raises(ValueError, match="no such passage"):
            annotate.resize(session, made, start, end)


def test_a_note_on_a_passage_finds_its_highlight_or_makes_one(session: Session, article: ArticleId) -> None:
    made, _changes = annotate.highlight(session, article, 2, 9, colour=4)
    annotate.note_on_passage(session, article, 2, 9, "Let op", tags=["geld"])
    annotate.note_on_passage(session, article, 3, 9, "Ook dit")
    annotate.note_on_passage(session, article, None, None, "Over alles")
    annotate.note_on_passage(session, article, None, None, "Over alles, nader")
    found = [(one.start, one.end, one.colour, one.note) for one in annotations(session, article)]
    assert found == [
        (None, None, 1, "Over alles, nader"),
        (2, 9, 4, "Let op"),
        (3, 9, 1, "Ook dit"),
    ]
    assert annotations(session, article)[1].id == made


def test_reading_on_does_not_stand_in_the_way_of_undo(session: Session, article: ArticleId) -> None:
    manage.star(session, [article], True)
    manage.mark_read(session, [article], True)
    manage.remember_position(session, article, 12)
    undo.undo(session)
    opened = open_article(session, article).article
    assert not opened.starred
    assert opened.read_at is not None


def test_details_change_without_touching_the_text(session: Session, article: ArticleId) -> None:
    before = open_article(session, article).version.text
    manage.set_details(session, article, title="Andere kop", published="2025-01-09", source="Krant")
    opened = open_article(session, article)
    assert (opened.article.title, opened.article.source) == ("Andere kop", "Krant")
    assert opened.version.text == before
    undo.undo(session)
    assert open_article(session, article).article.title == "Titel"


def test_wrong_passages_and_ids_are_refused(session: Session, article: ArticleId) -> None:
    with pytest.raises(ValueError):
        annotate.highlight(session, article, 5, 10_000)
    with pytest.raises(Problem) as caught:
        annotate.highlight(session, ArticleId("nergens"), 0, 1)
    assert caught.value.kind is ProblemKind.NO_SUCH_ARTICLE


def test_export_has_quote_note_tags_amounts_and_reading_order(session: Session, article: ArticleId) -> None:
    text = open_article(session, article).version.text
    for passage, note in (
        ("Later noemt Nordwatt ruim 80 miljoen euro.", "tweede"),
        ("70 miljoen euro", "eerste"),
    ):
        start = text.index(passage)
        annotate.highlight(session, article, start, start + len(passage), note=note, tags=["geld"])
    written = export_notes(session)
    assert written.index("eerste") < written.index("tweede")
    assert "#geld" in written
    assert "Nordwatt" in written
    assert f"leeslamp://article/{article}?a=" in written
    assert "80,000,000" in written
    assert export_notes(session, query="nergens").count(">") == 0
