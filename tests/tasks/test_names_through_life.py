"""Whatever happens to articles and corrections, in whatever order: the actors are those of what is left.

A library that lived through imports, corrections, trash, purging and undo is compared with a new one that
gets only the articles that are left, in another order, and then the corrections that are left.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import actors, articles, links, rules
from desktop.library.check import check
from desktop.model import ACTOR_KINDS, ArticleId, MentionKind
from desktop.progress import SilentProgress
from desktop.tasks import correct_actors, corrections, manage, undo
from desktop.tasks.import_files import import_paths
from desktop.tasks.link_actors import link
from desktop.tasks.session import Session

TEXTS = [
    "date 2025-01-14 Een\n\nMinister Karin Dorsman (Economische Zaken) sprak dinsdag in Groningen.\n",
    "date 2025-01-15 Twee\n\nVolgens minister Dorsman komt er geld bij. Nvidia levert chips.\n",
    "date 2025-01-16 Drie\n\nHet plan van mevrouw Dorsman kreeg in Groningen applaus van Nordwatt AG.\n",
    "date 2025-01-17 Vier\n\nTrainer Bas Dorsman sprak met de spelers van FC Utrecht in Duitsland.\n",
    "date 2025-01-18 Vijf\n\nNvidia Corporation en Nordwatt bouwen in Germany en Frankrijk.\n",
    "date 2025-01-19 Zes\n\nDe Autoriteit Consument & Markt (ACM) beboet Nordwatt. De ACM zwijgt in Oss.\n",
]
STEPS = 14


class Life:
    """A library to which things happen."""

    def __init__(self, session: Session, folder: Path, dice: random.Random) -> None:
        self.session, self.dice = session, dice
        self.files = write(folder)
        self.alive: set[ArticleId] = set()

    def happen(self) -> None:
        """Let one thing happen."""
        about_articles = [self.put, self.put, self.put, self.trash, self.restore, self.purge]
        about_names = [self.merge, self.split, self.rename, self.retype, self.ignore, self.link]
        self.dice.choice([*about_articles, *about_names, self.undo, self.redo])()

    def put(self) -> None:
        import_paths(self.session, [self.dice.choice(self.files)], SilentProgress())

    def link(self) -> None:
        link(self.session, SilentProgress())

    def trash(self) -> None:
        some = articles.newest(self.session.library.reader(), 10)
        if some:
            manage.trash(self.session, [self.dice.choice(some).id])

    def restore(self) -> None:
        manage.restore(self.session, [one.id for one in manage.trashed(self.session)][:1])

    def purge(self) -> None:
        manage.purge(self.session, [one.id for one in manage.trashed(self.session)][:1])

    def some(self, count: int) -> list[actors.Actor]:
        found = sorted(actors.all_actors(self.session.library.reader()), key=lambda one: one.name)
        return self.dice.sample(found, min(count, len(found)))

    def merge(self) -> None:
        if len(some := self.some(2)) == 2:
            correct_actors.merge(self.session, [some[0].id], some[1].id)

    def split(self) -> None:
        for one in self.some(1):
            names = links.names_of(self.session.library.reader(), one.id)
            correct_actors.split(self.session, one.id, [(name.name, name.kind) for name in names][:1])

    def rename(self) -> None:
        for one in self.some(1):
            correct_actors.rename(self.session, one.id, self.dice.choice(["Iemand", "Nordwatt", "Dorsman"]))

    def retype(self) -> None:
        for one in self.some(1):
            kind = self.dice.choice([*sorted(ACTOR_KINDS), MentionKind.OTHER])
            correct_actors.retype(self.session, [one.id], kind)

    def ignore(self) -> None:
        for one in self.some(1):
            correct_actors.ignore(self.session, [one.id])

    def undo(self) -> None:
        replayed(undo.undo, self.session)

    def redo(self) -> None:
        replayed(undo.redo, self.session)


def replayed(replay: Callable[[Session], object], session: Session) -> None:
    try:
        replay(session)
    except Problem as problem:
        if problem.kind is not ProblemKind.CHANGED_SINCE:
            raise


def write(folder: Path) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number}.txt" for number in range(len(TEXTS))]
    for file, text in zip(files, TEXTS, strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def shown(session: Session) -> list[tuple[str, MentionKind, int, int]]:
    found = actors.all_actors(session.library.reader())
    return sorted((one.name, one.kind, one.articles, one.mentions) for one in found)


@pytest.mark.parametrize("seed", range(6))
def test_actors_are_those_of_what_is_left(session: Session, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    life = Life(session, tmp_path / "incoming", dice)
    for _step in range(STEPS):
        life.happen()
    life.link()
    session.catch_up()
    assert check(session.library) == []

    left = {one.title for one in articles.newest(session.library.reader(), 100)}
    files = [file for file in life.files if file.read_text().splitlines()[0].split()[-1] in left]
    dice.shuffle(files)
    with Session.open(tmp_path / "other").library as library:
        other = Session(library)
        for file in files:
            import_paths(other, [file], SilentProgress())
        if rules.all_rules(session.library.reader()):
            corrections.export_rules(session, tmp_path / "rules.json")
            corrections.import_rules(other, tmp_path / "rules.json")
        link(other, SilentProgress())
        assert shown(other) == shown(session)
        assert not link(session, SilentProgress()).actors  # nothing is left to be found
