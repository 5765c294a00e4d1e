"""A session on an empty library, and the helpers that fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.model import ArticleId
from desktop.progress import SilentProgress
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session

KABINET = """date 2025-01-14 Kabinet reserveert 70 miljoen euro voor rekencentrum

Minister Karin Dorsman (Economische Zaken) trekt 70 miljoen euro uit voor een supercomputer in Groningen.

Dat bevestigde Dorsman op 13 januari in Brussel. Nvidia levert de chips.
"""
PROVINCE = """date 2025-03 Provincie legt 60 miljoen bij

Groningen betaalt mee aan de AI-supercomputer: 60 miljoen euro.

Daar komt nog tussen de 120 en 150 miljoen euro van de Europese Unie bij.
"""
ENGLISH = """date 2025-02-03 Investors pledge $5bn for data centres

Investors pledged $5bn on Monday, said Anna Berg, the chief executive of Nordwatt.

The company needs 1 gigawatt.
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.open(tmp_path / "library")
    yield session
    session.close()


@pytest.fixture
def put(session: Session, tmp_path: Path) -> Callable[..., ArticleId]:
    """Import one text as a file; return its article."""

    def put(text: str, name: str = "artikel.txt") -> ArticleId:
        path = tmp_path / "incoming" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        result = import_paths(session, [path], SilentProgress())
        assert not result.problems
        session.catch_up()
        return (result.added + result.updated)[0]

    return put


@pytest.fixture
def library_of_three(put: Callable[..., ArticleId]) -> dict[str, ArticleId]:
    return {
        "kabinet": put(KABINET, "kabinet.txt"),
        "provincie": put(PROVINCE, "provincie.txt"),
        "english": put(ENGLISH, "english.txt"),
    }
