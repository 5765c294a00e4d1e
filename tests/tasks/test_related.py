"""Related articles: what they share is told, what they do not share makes none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Problem
from desktop.library import articles
from desktop.model import ArticleId
from desktop.progress import SilentProgress
from desktop.tasks import manage
from desktop.tasks.import_files import import_paths
from desktop.tasks.related import Related, related

TEXTS = {
    "a": "Geld voor brug\n\nMinister Peter Hagen (Financiën) trekt 71,5 miljoen euro uit voor een tuibrug "
    "bij Zwolle. Aannemer Heijmans bouwt de tuibrug.",
    "b": "Brug duurder\n\nMinister Peter Hagen en Heijmans praten over de brug van 71,5 miljoen euro. De "
    "tuibrug komt er toch.",
    "c": "Voetbal\n\nTrainer Jan Zomer sprak met de spelers van FC Utrecht. Het werd gelijk.",
    "d": "Weer\n\nMorgen regent het in Zwolle, zegt het KNMI.",
}


@pytest.fixture
def ids(session: Any, tmp_path: Path) -> dict[str, ArticleId]:
    for day, (name, text) in enumerate(TEXTS.items(), 1):
        (tmp_path / f"{name}.txt").write_text(f"date 2025-01-0{day} {text}\n", encoding="utf-8")
    import_paths(session, [tmp_path / f"{name}.txt" for name in TEXTS], SilentProgress())
    session.catch_up()
    return {article.title: article.id for article in articles.newest(session.library.reader(), 9)}


def find(session: Any, ids: dict[str, ArticleId], title: str) -> list[Related]:
    return related(session, ids[title])


def test_what_is_shared_is_told(session: Any, ids: Any) -> None:
    [one] = find(session, ids, "Geld voor brug")
    assert one.article.title == "Brug duurder"
    assert {"Peter Hagen", "Heijmans"} <= set(one.actors)
    assert one.amounts == ("71,5 miljoen euro",)
    assert "tuibrug" in one.words
    assert "Heijmans" not in one.words


def test_one_place_makes_nothing_related(session: Any, ids: Any) -> None:
    assert find(session, ids, "Weer") == []
    assert find(session, ids, "Voetbal") == []


def test_what_is_in_the_trash_is_left_out(session: Any, ids: Any) -> None:
    manage.trash(session, [ids["Brug duurder"]])
    assert find(session, ids, "Geld voor brug") == []


def test_without_an_index_actors_and_amounts_still_tell(session: Any, ids: Any) -> None:
    session.index.reset(followed=0)
    [one] = find(session, ids, "Geld voor brug")
    assert one.words == ()
    assert one.actors


def test_an_article_that_is_not_there(session: Any, ids: Any) -> None:
    with pytest.raises(Problem):
        related(session, ArticleId("00000000-0000-4000-8000-000000000000"))
