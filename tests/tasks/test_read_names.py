"""The model reads after the rules, in the background, and what it found is kept."""

from __future__ import annotations

import pytest

from desktop.errors import Cancelled
from desktop.extraction import names_stamp
from desktop.library import articles, found_names, mentions
from desktop.model import ACTOR_KINDS, RuleScope, Source
from desktop.progress import SilentProgress
from desktop.tasks import correct_actors, look_after, undo
from desktop.tasks.read_names import read_names, waiting


def sources(session, article):
    found = mentions.of_article(session.library.reader(), article)
    return {m.source for m in found if m.kind in ACTOR_KINDS}


def test_the_rules_answer_at_once_and_the_model_follows(session, library_of_three):
    ids = list(library_of_three.values())
    assert {source for one in ids for source in sources(session, one)} == {Source.RULE}
    assert waiting(session) == 3
    told = []
    done = read_names(session, SilentProgress(), told=told.append)
    assert done.why_not == ""
    assert done.changes.articles == set(ids)
    assert told[0].articles
    assert all(Source.MODEL in sources(session, one) for one in ids)
    assert waiting(session) == 0
    assert read_names(session, SilentProgress()).changes.articles == frozenset()
    assert look_after.mark_again(session, SilentProgress()).articles == frozenset()


def test_the_open_article_goes_first_then_the_newest(session, library_of_three):
    con = session.library.reader()

    def order(first=None):
        rows = found_names.waiting(con, names_stamp(), 10, first)
        return [article.id for article in articles.by_rows(con, rows)]

    newest = [library_of_three[name] for name in ("provincie", "english", "kabinet")]
    assert order() == newest
    assert order(library_of_three["kabinet"])[0] == library_of_three["kabinet"]


def test_given_up_it_goes_on_where_it_was(session, put):
    for number in range(9):
        put(
            f"date 2025-01-0{number + 1} Titel {number}\n\nEmma de Boer sprak over {number}.\n",
            f"{number}.txt",
        )

    class Impatient:
        def step(self, done, total, text=""):
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        read_names(session, Impatient())
    left = waiting(session)
    assert 0 < left < 9
    read_names(session, SilentProgress())
    assert waiting(session) == 0


def test_corrections_hold_over_the_model_and_do_not_ask_it_again(session, library_of_three):
    article = library_of_three["kabinet"]
    read_names(session, SilentProgress())
    karin = next(
        m for m in mentions.of_article(session.library.reader(), article) if m.text == "Karin Dorsman"
    )
    correct_actors.ignore_here(session, article, [karin], RuleScope.ARTICLE)
    assert waiting(session) == 0
    assert sources(session, article) == {Source.MODEL}
    found = mentions.of_article(session.library.reader(), article)
    assert "Karin Dorsman" not in [m.text for m in found]
    undo.undo(session)
    found = mentions.of_article(session.library.reader(), article)
    assert "Karin Dorsman" in [m.text for m in found]


def test_a_new_text_is_read_again(session, put, library_of_three):
    read_names(session, SilentProgress())
    put("date 2025-01-14 Kabinet\n\nNu spreekt Bas Jansen uit Assen.\n", "kabinet.txt")
    assert waiting(session) == 1


def test_a_text_that_the_model_fails_on_keeps_the_rules_marks_and_is_not_tried_again(
    session, library_of_three
):
    article = articles.get(session.library.reader(), library_of_three["kabinet"])
    session.library.write(lambda con: found_names.put(con, article.row, 1, None, names_stamp()))
    read_names(session, SilentProgress())
    assert sources(session, article.id) == {Source.RULE}
    assert waiting(session) == 0


def test_corrections_hold_over_a_new_model(session, library_of_three):
    article = library_of_three["kabinet"]
    con = session.library.reader()
    read_names(session, SilentProgress())
    karin = next(m for m in mentions.of_article(con, article) if m.text == "Karin Dorsman")
    nvidia = next(m for m in mentions.of_article(con, article) if m.text == "Nvidia")
    correct_actors.rename(session, karin.actor_id, "Karin de Minister")
    correct_actors.ignore_here(session, article, [nvidia], RuleScope.ARTICLE)

    def by_another_model(con):
        con.execute("UPDATE version_names SET stamp = 'another'")
        con.execute("UPDATE text_version SET extracted_by = 'another'")

    session.library.write(by_another_model)
    assert waiting(session) == 3
    read_names(session, SilentProgress())
    assert look_after.mark_again(session, SilentProgress()).articles == frozenset()
    found = mentions.of_article(con, article)
    assert "Nvidia" not in [m.text for m in found]
    assert {m.actor for m in found if m.text == "Karin Dorsman"} == {"Karin de Minister"}


def test_a_correction_made_while_the_model_reads_holds_and_costs_no_names(
    session, library_of_three, monkeypatch
):
    """What the model found holds with the correction, in all articles that it was reading."""
    from desktop.tasks import read_names as module

    article = library_of_three["kabinet"]
    con = session.library.reader()
    nvidia = next(m for m in mentions.of_article(con, article) if m.text == "Nvidia")
    read_texts, corrected = module.read_texts, []

    def meddling(session, rows):
        texts = list(read_texts(session, rows))
        if not corrected:
            corrected.append(correct_actors.ignore_here(session, article, [nvidia], RuleScope.ARTICLE))
        return iter(texts)

    monkeypatch.setattr(module, "read_texts", meddling)
    read_names(session, SilentProgress())
    for one in library_of_three.values():
        assert sources(session, one) == {Source.MODEL}
    assert "Nvidia" not in [m.text for m in mentions.of_article(con, article)]
