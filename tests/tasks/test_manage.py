"""Details that the reader changes, and what depends on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.library import articles, mentions
from desktop.model import ArticleId, MentionKind
from desktop.progress import SilentProgress
from desktop.tasks import look_after, manage, undo
from desktop.tasks.read import open_article
from desktop.tasks.session import Session

TEXT = """date {date} Boete voor het bedrijf

Het bedrijf betaalde vorig jaar 102,86 miljoen dollar.
"""


def facts(session: Session, article: ArticleId) -> tuple[Any, Any]:
    """Return what the amount is worth in euro, and the year that "vorig jaar" is."""
    con = session.library.reader()
    (euro,) = [row[0] for row in con.execute("SELECT euro_low FROM amount")]
    (year,) = [m.period for m in mentions.of_article(con, article) if m.kind is MentionKind.DATE]
    return (None if euro is None else round(euro)), year and year.value


def test_another_date_makes_anew_what_depends_on_it(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put(TEXT.format(date="2025-01-08"))
    assert facts(session, article) == (100_000_000, "2024")
    manage.set_details(session, article, published="2008-07-15")
    assert facts(session, article) == (round(102.86e6 / 1.599), "2007")
    undo.undo(session)
    assert facts(session, article) == (100_000_000, "2024")
    undo.redo(session)
    assert facts(session, article) == (round(102.86e6 / 1.599), "2007")
    manage.set_details(session, article, published="1995-07-15")
    assert facts(session, article) == (None, "1994")
    assert mentions.stale(session.library.reader(), look_after.stamps(), 9) == []


def test_another_title_leaves_the_marks_alone(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put(TEXT.format(date="2025-01-08"))
    before = [row[0] for row in session.library.reader().execute("SELECT id FROM mention")]
    manage.set_details(session, article, title="Een andere titel", source="Het Dagblad")
    assert [row[0] for row in session.library.reader().execute("SELECT id FROM mention")] == before


def test_a_new_text_is_read_at_the_date_that_the_reader_set(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    article = put(TEXT.format(date="2025-01-08"))
    manage.set_details(session, article, published="2008-07-15")
    assert put(TEXT.format(date="2025-01-08") + "\nNog een zin.\n") == article
    assert facts(session, article)[0] == round(102.86e6 / 1.599)
    look_after.mark_again(session, SilentProgress())
    assert facts(session, article) == (round(102.86e6 / 1.599), "2007")


@pytest.mark.parametrize(("published", "last_year"), [("2008-07-15", "2007"), ("", None)])
def test_marks_made_at_a_date_that_was_changed_meanwhile_are_made_again(
    session: Session, put: Callable[..., ArticleId], published: str, last_year: str | None
) -> None:
    article = put(TEXT.format(date="2025-01-08"))
    con = session.library.reader()
    row = con.execute("SELECT id FROM article").fetchone()[0]
    session.library.write(lambda con: con.execute("UPDATE text_version SET extracted_by = NULL"))

    class Meddling(SilentProgress):
        def step(self, done: int, total: int, text: str = "") -> None:
            session.library.write(
                lambda con: con.execute("UPDATE article SET published = ? WHERE id = ?", (published, row))
            )

    look_after.mark_again(session, Meddling())
    assert facts(session, article)[1] == last_year
    assert mentions.stale(session.library.reader(), look_after.stamps(), 9) == []


def test_details_of_several_articles_change_in_one_step(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    one = put("date 2025-01 Een\n\nEerste stuk over Zutphen.\n", "een.txt")
    two = put("date 2025-02 Twee\n\nTweede stuk over Zutphen.\n", "twee.txt")
    con = session.library.reader()
    rows = [articles.row_of(con, article) for article in (one, two)]
    common = manage.common_details(session, rows)
    assert common.ids == (one, two)
    assert (common.values["lang"], common.values["published"], common.values["source"]) == ("nl", None, "")
    manage.set_details_of(session, [one, two], {"source": "Trouw", "section": "Economie"})
    assert {(articles.get(con, one).source, articles.get(con, two).section)} == {("Trouw", "Economie")}
    undo.undo(session)
    assert {articles.get(con, article).source for article in (one, two)} == {None}


def test_another_language_has_the_article_read_again(session: Session, put: Callable[..., ArticleId]) -> None:
    article = put("date 2025-01 Geld\n\nDe stad kreeg 1.200 euro en gaf 1,5 euro uit aan de haven.\n")
    before = [mention.text for mention in open_article(session, article).mentions]
    assert "1.200 euro" in before
    manage.set_details(session, article, lang="en")
    opened = open_article(session, article)
    assert opened.article.lang == "en"
    worth = {str(m.amount.value) for m in opened.mentions if m.amount is not None}
    assert "1200" not in worth
    undo.undo(session)
    assert [mention.text for mention in open_article(session, article).mentions] == before


def test_a_doubtful_date_is_sure_once_it_was_confirmed(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    article = put("Kade in Zutphen\n\nEr komt een kade in de haven van Zutphen.\n", "2025-03-12.txt")
    con = session.library.reader()
    assert (articles.get(con, article).published, articles.get(con, article).doubtful) == ("2025-03-12", True)
    manage.set_details(session, article, published="2025-03-12")
    assert not articles.get(con, article).doubtful
    undo.undo(session)
    assert articles.get(con, article).doubtful
