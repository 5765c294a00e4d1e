"""Notes that moved or lost their passage: found, listed, settled, taken back; none is ever dropped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.anchoring.quote import make
from desktop.errors import Problem, ProblemKind
from desktop.library import annotations as notes
from desktop.model import AnchorState, Annotation, AnnotationId, ArticleId, TextQuote
from desktop.tasks import annotate, review_notes, undo
from desktop.tasks.read import open_article
from desktop.tasks.session import Session

HARBOUR = "De haven van Zutphen wordt dit jaar dieper."
BRIDGE = "De brug bij Deventer gaat in mei een week dicht voor onderhoud."
END = "Slot over iets anders, zegt de wethouder van Zutphen."
OLD = f"date 2025-01 Titel\n\nEerste alinea.\n\n{HARBOUR} {BRIDGE}\n\n{END}\n"
CHANGED = BRIDGE.replace("in mei", "in juni")
NEW = f"date 2025-01 Titel\n\nNieuw begin van de redactie.\n\n{HARBOUR} {CHANGED}\n"


def mark(session: Session, article: ArticleId, words: str, note: str = "zie boven") -> AnnotationId:
    start = open_article(session, article).version.text.index(words)
    return annotate.highlight(session, article, start, start + len(words), note=note)[0]


def listed(session: Session, article: ArticleId) -> dict[str, Annotation]:
    return {one.id: one for one in notes.of_article(session.library.reader(), article)}


@pytest.fixture
def article(session: Session, put: Callable[..., ArticleId]) -> ArticleId:
    """An article with three notes, whose text then changed."""
    article = put(OLD)
    for words in (HARBOUR, BRIDGE, END):
        mark(session, article, words)
    annotate.note_on_article(session, article, "over het geheel")
    assert put(NEW) == article
    return article


def test_the_lost_come_first_then_other_words_then_what_only_moved(
    session: Session, article: ArticleId
) -> None:
    lost, reworded, moved = review_notes.to_review(session)
    assert (lost.old[1], lost.new) == (END, None)
    assert reworded.new is not None
    assert (reworded.old[1], reworded.new[1], reworded.same_words) == (BRIDGE, CHANGED, False)
    assert moved.new is not None
    assert (moved.new[1], moved.same_words) == (HARBOUR, True)
    assert moved.new[0].endswith("redactie.\n\n")
    assert {review.title for review in (lost, reworded, moved)} == {"Titel"}


def test_right_makes_the_words_there_the_passage_in_one_step(session: Session, article: ArticleId) -> None:
    before = listed(session, article)
    lost, reworded, moved = review_notes.to_review(session)
    review_notes.accept(session, [reworded.annotation.id, moved.annotation.id, lost.annotation.id])
    assert [review.annotation.id for review in review_notes.to_review(session)] == [lost.annotation.id]
    text = open_article(session, article).version.text
    settled = listed(session, article)[reworded.annotation.id]
    start = text.index(CHANGED)
    assert settled.quote == make(text, start, start + len(CHANGED))
    assert settled.state is AnchorState.ANCHORED
    undo.undo(session)
    assert listed(session, article) == before
    undo.redo(session)
    assert len(review_notes.to_review(session)) == 1


def test_a_lost_note_is_put_on_another_passage(session: Session, article: ArticleId) -> None:
    before = listed(session, article)
    lost = review_notes.to_review(session)[0].annotation.id
    text = open_article(session, article).version.text
    start = text.index("Nieuw begin")
    changes = review_notes.place_at(session, lost, start, start + 11)
    assert changes.articles == {article}
    placed = listed(session, article)[lost]
    assert (placed.quote.exact, placed.state, placed.note) == (
        "Nieuw begin",
        AnchorState.ANCHORED,
        "zie boven",
    )
    undo.undo(session)
    assert listed(session, article) == before
    with pytest.raises(ValueError):
        review_notes.place_at(session, lost, 5, 10_000)
    with pytest.raises(Problem) as caught:
        review_notes.place_at(session, AnnotationId("nergens"), 0, 1)
    assert caught.value.kind is ProblemKind.NO_SUCH_ANNOTATION


def test_a_lost_note_stays_on_the_article_with_what_was_marked(session: Session, article: ArticleId) -> None:
    before = listed(session, article)
    lost = review_notes.to_review(session)[0].annotation.id
    review_notes.keep_on_article(session, lost)
    kept = listed(session, article)[lost]
    assert (kept.quote, kept.start, kept.state) == (TextQuote(""), None, AnchorState.ANCHORED)
    assert kept.note == f"> {END}\n\nzie boven"
    assert lost not in {review.annotation.id for review in review_notes.to_review(session)}
    undo.undo(session)
    assert listed(session, article) == before


def test_deleting_from_the_list_is_undone_too(session: Session, article: ArticleId) -> None:
    before = listed(session, article)
    annotate.delete(session, review_notes.to_review(session)[0].annotation.id)
    assert len(review_notes.to_review(session)) == 2
    undo.undo(session)
    assert listed(session, article) == before


def test_a_lost_passage_that_comes_back_is_found_again(
    session: Session, article: ArticleId, put: Callable[..., ArticleId]
) -> None:
    put(OLD.replace("Eerste alinea.", "Eerste alinea, herzien."))
    assert {one.state for one in listed(session, article).values() if one.quote.exact == END} == {
        AnchorState.MOVED
    }


def test_r05_a_deleted_note_does_not_come_back_with_a_new_text(
    session: Session, article: ArticleId, put: Callable[..., ArticleId]
) -> None:
    gone = review_notes.to_review(session)[0].annotation.id
    annotate.delete(session, gone)
    put(OLD)
    assert gone not in listed(session, article)


def test_r09_a_new_text_doubles_no_note_and_keeps_every_id(
    session: Session, article: ArticleId, put: Callable[..., ArticleId]
) -> None:
    before = set(listed(session, article))
    for number in range(3):
        put(NEW + f"\nNog alinea {number}.\n")
    assert set(listed(session, article)) == before


def test_r18_every_note_is_in_exactly_one_state_and_listed(
    session: Session, article: ArticleId, put: Callable[..., ArticleId]
) -> None:
    for text in (OLD, "date 2025-01 Titel\n\nHeel iets anders.\n", OLD + "\nEen alinea erbij.\n"):
        put(text)
        everything = listed(session, article).values()
        assert len(everything) == 4
        for one in everything:
            if one.state is AnchorState.ORPHAN:
                assert (one.start, one.end) == (None, None)
            elif one.quote.exact:
                assert one.start is not None
        states = [one.state for one in everything]
        assert sum(states.count(state) for state in AnchorState) == 4


def test_r19_the_twin_of_a_deleted_sentence_is_not_the_passage(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    first = "De provincie Groningen legt 60 miljoen euro in voor de supercomputer in Eemshaven."
    second = first.replace("60", "80").replace("Groningen", "Drenthe")
    middle = "Daarover wordt in maart verder gepraat, zegt de gedeputeerde.\n\nEr is ook kritiek."
    article = put(f"date 2025-01 Titel\n\n{first} {middle} {second}\n")
    made = mark(session, article, first)
    put(f"date 2025-01 Titel\n\n{middle} {second}\n")
    assert listed(session, article)[made].state is AnchorState.ORPHAN


def test_r21_a_malformed_anchor_is_kept_and_listed(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put(OLD)
    odd = [
        Annotation(AnnotationId(""), article, TextQuote("staat er niet"), 5_000, 6_000, note="ver"),
        Annotation(AnnotationId(""), article, TextQuote(" "), 3, 4, note="leeg"),
        Annotation(AnnotationId(""), article, TextQuote("x", "y" * 500, "\ufffd"), None, None, note="los"),
    ]
    for one in odd:
        session.library.write(lambda con, one=one: notes.add(con, one))
    put(NEW)
    assert sorted(one.note for one in listed(session, article).values()) == ["leeg", "los", "ver"]
    assert len(review_notes.to_review(session)) == 3


@pytest.mark.parametrize("broken", ["", "   \n", "date 2025-01 Titel\n", "\x00\x01\x02" * 50])
def test_r22_an_empty_or_broken_source_takes_nothing_away(
    session: Session, put: Callable[..., ArticleId], tmp_path, broken: str
) -> None:
    from desktop.progress import SilentProgress
    from desktop.tasks.import_files import import_paths

    article = put(OLD)
    made = [mark(session, article, words) for words in (HARBOUR, END)]
    path = tmp_path / "incoming" / "artikel.txt"
    path.write_text(broken, encoding="utf-8")
    import_paths(session, [path], SilentProgress())
    assert set(listed(session, article)) == set(made)
    put(OLD + "\nMet een alinea erbij.\n")
    assert {one.state for one in listed(session, article).values()} <= {
        AnchorState.ANCHORED,
        AnchorState.MOVED,
    }


def test_r22_a_truncated_source_costs_no_note(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put(OLD)
    made = [mark(session, article, words) for words in (HARBOUR, BRIDGE, END)]
    put(OLD[: OLD.index(BRIDGE) + 10])
    states = {one.quote.exact: one.state for one in listed(session, article).values()}
    assert (states[HARBOUR], states[END]) == (AnchorState.ANCHORED, AnchorState.ORPHAN)
    put(OLD)
    assert set(listed(session, article)) == set(made)
    assert AnchorState.ORPHAN not in {one.state for one in listed(session, article).values()}


def test_r26_a_text_without_any_details_takes_notes(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put("zomaar wat woorden zonder kop of datum", "zonder.md")
    made = mark(session, article, "wat woorden")
    assert listed(session, article)[made].quote.exact == "wat woorden"
