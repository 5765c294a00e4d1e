"""The related article of a known story comes first, and strangers stay away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.library import articles
from desktop.model import ArticleId
from desktop.progress import SilentProgress
from desktop.tasks.import_files import import_paths
from desktop.tasks.related import related
from desktop.tasks.session import Session

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: articles on the same side of the story of the starter articles: the second one is to be among the first two
PAIRS = (
    ("Dutch plan for a northern AI hub", "Pension fund buys into Dutch AI hub"),
    ("Pension fund buys into Dutch AI hub", "Dutch plan for a northern AI hub"),
    ("Ruim 1.800 bezwaren", "Oosterveen wil supercomputer"),
    ("Netbeheerder", "Kamerbrief"),
    ("Terpstra overleeft", "Rekening AI-faciliteit"),
    ("Rekening AI-faciliteit", "Terpstra overleeft"),
    ("Brussel geeft 55 miljoen", "Hoe 70 miljoen"),
)
STRANGERS = {
    "Bakker": "Bakker Jansen uit Deventer mag de leeuw op zijn koekjes houden, zegt de rechtbank Overijssel. "
    "De zaak kostte 4.000 euro.",
    "Trein": "Een trein van NS is bij Landegem gekanteld. Conducteur Eva Peeters hielp reizigers.",
    "Kabinet": "Premier Dick Schoof sprak in de Tweede Kamer over de begroting. Het werd middernacht.",
    "Weer": "Het KNMI verwacht vorst. In De Bilt daalt het kwik tot min acht graden.",
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("related")
    for name, text in STRANGERS.items():
        (folder / f"{name}.txt").write_text(f"date 2025-05-01 {name}\n\n{text}\n", encoding="utf-8")
    opened = Session.open(folder / "library")
    paths = [*sorted(SEEDS.glob("2*.txt")), *(folder / f"{name}.txt" for name in STRANGERS)]
    import_paths(opened, paths, SilentProgress())
    opened.catch_up()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ids(session: Session) -> dict[str, ArticleId]:
    return {article.title: article.id for article in articles.newest(session.library.reader(), 99)}


def titles(session: Session, ids: dict[str, ArticleId], beginning: str) -> list[str]:
    [article] = [id_ for title, id_ in ids.items() if title.startswith(beginning)]
    return [one.article.title for one in related(session, article)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_same_side_of_the_story_comes_first(
    session: Session, ids: dict[str, ArticleId], one: str, other: str
) -> None:
    assert any(title.startswith(other) for title in titles(session, ids, one)[:2])


def test_every_part_of_the_story_leads_to_another_part(session: Session, ids: dict[str, ArticleId]) -> None:
    for title in ids.keys() - STRANGERS.keys():
        assert titles(session, ids, title), title
        assert titles(session, ids, title)[0] not in STRANGERS, title


@pytest.mark.parametrize("stranger", ["Bakker", "Trein", "Weer"])
def test_a_stranger_has_no_relatives(session: Session, ids: dict[str, ArticleId], stranger: str) -> None:
    assert titles(session, ids, stranger) == []
