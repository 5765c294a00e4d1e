"""Watched folders: what is settled comes in by the rule; a folder may go and come back."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from desktop.errors import ProblemKind
from desktop.library import annotations, articles, named_collections
from desktop.library.watched import Watched
from desktop.progress import SilentProgress
from desktop.tasks import imports, manage, watch
from desktop.tasks.import_files import ImportResult, import_paths
from desktop.tasks.session import Session
from desktop.tasks.watch import Look, Watch

TEXT = "date 2025-01 Titel {n}\n\nDe gemeente Zutphen betaalt {n} miljoen euro aan Nordwatt.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "knipsels"
    made.mkdir()
    return made


def write(path: Path, n: int = 1, age: float = 60.0) -> Path:
    """Write an article that was last changed so many seconds ago."""
    path.write_text(TEXT.format(n=n), encoding="utf-8")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def look(session: Session, watching: Watch) -> Look:
    return watching.look(session, SilentProgress())


def take_in(session: Session, found: Look) -> list[ImportResult]:
    return [
        import_paths(session, one.files, SilentProgress(), one.options(keep_originals=False))
        for one in found.arrived
    ]


def test_a_file_comes_in_by_the_rule_once_it_has_settled(session: Session, folder: Path) -> None:
    watch.put(session, Watched(folder, tags=("haven", "nieuw"), lang="nl", collection="Kades"))
    watching = Watch()
    file = write(folder / "a.txt")
    assert look(session, watching).arrived == ()  # seen for the first time
    write(file, 2, age=0.0)
    assert look(session, watching).arrived == ()  # changed meanwhile
    assert look(session, watching).arrived == ()  # a moment ago
    write(file, 2)
    look(session, watching)
    found = look(session, watching)
    assert [one.files for one in found.arrived] == [(file,)]
    [result] = take_in(session, found)
    con = session.library.reader()
    assert articles.get(con, result.added[0]).lang == "nl"
    assert articles.get(con, result.added[0]).tags == ("haven", "nieuw")
    assert named_collections.rows_in(con, "Kades", whole=True, prefix=False) == {
        articles.row_of(con, result.added[0])
    }
    look(session, watching)
    assert look(session, watching).arrived == ()  # known


def test_what_was_stopped_is_offered_again_when_it_changes_or_after_a_new_start(
    session: Session, folder: Path
) -> None:
    watch.put(session, Watched(folder))
    watching = Watch()
    file, other = write(folder / "a.txt"), write(folder / "b.txt", 2)
    look(session, watching)
    [one] = look(session, watching).arrived
    assert one.files == (file, other)
    watching.leave()
    assert look(session, watching).arrived == ()
    third = write(folder / "c.txt", 3)
    look(session, watching)
    [one] = look(session, watching).arrived
    assert one.files == (third,)  # looking went on
    take_in(session, Look((one,)))
    write(file, 4)
    look(session, watching)
    [one] = look(session, watching).arrived
    assert one.files == (file,)
    [one] = Watch().look(session, SilentProgress(), at_once=True).arrived
    assert one.files == (file, other)


def test_a_folder_disappears_and_returns(session: Session, folder: Path, tmp_path: Path) -> None:
    watched = watch.put(session, Watched(folder))
    watching = Watch()
    write(folder / "a.txt")
    look(session, watching)
    take_in(session, look(session, watching))
    shutil.move(folder, tmp_path / "weg")
    gone = look(session, watching)
    assert (gone.arrived, gone.missing) == ((), (watched,))
    assert articles.count(session.library.reader()) == 1
    write(tmp_path / "weg" / "b.txt", 2)
    shutil.move(tmp_path / "weg", folder)
    assert look(session, watching) == Look()
    [found] = look(session, watching).arrived
    assert [file.name for file in found.files] == ["b.txt"]


def test_a_changed_file_is_a_new_version(session: Session, folder: Path) -> None:
    watch.put(session, Watched(folder))
    watching = Watch()
    file = write(folder / "a.txt")
    look(session, watching)
    [first] = take_in(session, look(session, watching))
    write(file, 7, age=30)
    look(session, watching)
    [second] = take_in(session, look(session, watching))
    assert second.updated == first.added


def test_r40_a_file_without_text_is_tried_once_until_it_changes(session: Session, folder: Path) -> None:
    watch.put(session, Watched(folder))
    watching = Watch()
    empty = folder / "leeg.txt"
    empty.write_bytes(b"")
    os.utime(empty, (1e9, 1e9))
    look(session, watching)
    [result] = take_in(session, look(session, watching))
    assert [problem.kind for problem in result.problems] == [ProblemKind.EMPTY]
    for _time in range(3):
        assert look(session, watching).arrived == ()
    assert [file.path for file in imports.problems(session)] == [empty]
    write(empty)
    look(session, watching)
    assert len(look(session, watching).arrived) == 1


def test_what_the_reader_threw_away_does_not_come_back(session: Session, folder: Path) -> None:
    watch.put(session, Watched(folder))
    watching = Watch()
    file = write(folder / "a.txt")
    look(session, watching)
    [result] = take_in(session, look(session, watching))
    manage.trash(session, result.added)
    manage.purge(session, result.added)
    look(session, watching)
    assert look(session, watching).arrived == ()
    assert file.exists()  # R2


def test_a_folder_that_holds_the_library_does_not_swallow_it(session: Session, tmp_path: Path) -> None:
    watch.put(session, Watched(tmp_path))
    write(tmp_path / "a.txt")
    import_paths(session, [tmp_path / "a.txt"], SilentProgress())
    assert list(session.library.originals.glob("*/*.txt"))
    found = Watch().look(session, SilentProgress(), at_once=True)
    assert found.arrived == ()


def test_rules_are_changed_and_folders_left_alone(session: Session, folder: Path) -> None:
    one = watch.put(session, Watched(folder, tags=("a",)))
    assert watch.put(session, Watched(folder, tags=("b",))) == one  # watched once
    watch.put(session, Watched(folder, tags=("c",), active=False, id=one))
    [kept] = watch.folders(session)
    assert (kept.tags, kept.active, kept.path) == (("c",), False, folder)
    write(folder / "a.txt")
    assert Watch().look(session, SilentProgress(), at_once=True) == Look()
    watch.remove(session, one)
    assert watch.folders(session) == []
    assert (folder / "a.txt").exists()
    assert annotations.tag_names(session.library.reader()) == []
