"""What an import leaves behind: problems until they are dealt with, and stopped imports that go on."""

from __future__ import annotations

import csv
import os
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desktop import importers
from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.importers.base import Articles, path_text
from desktop.library import annotations, articles
from desktop.library.import_log import FileSeen
from desktop.model import ImportedArticle
from desktop.progress import Pace, SilentProgress
from desktop.tasks import imports, manage
from desktop.tasks.import_files import import_paths
from desktop.tasks.import_options import ImportOptions
from desktop.tasks.marking import Unmarked, marked
from desktop.tasks.reading_ahead import look_at, read_ahead, read_batch
from desktop.tasks.session import Session

TEXT = "date 2025-01 Titel {n}\n\nDe gemeente Zutphen betaalt {n} miljoen euro aan Nordwatt.\n"


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "stukken"
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"{number:03}.txt").write_text(TEXT.format(n=number), encoding="utf-8")
    return folder


class StopAfter:
    """A progress that is cancelled after so many files, and tells which were handed out."""

    def __init__(self, files: int) -> None:
        self.files = files
        self.names: list[str] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        if total and done >= self.files:
            raise Cancelled
        if total:
            self.names.append(text)


# Problems


def test_r31_what_could_not_be_read_stays_on_a_list_until_it_is_read(
    session: Session, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 2)
    (folder / "leeg.txt").write_bytes(b"")
    import_paths(session, [folder, folder / "weg.txt"], SilentProgress())
    kept = {file.path.name: file.problem for file in imports.problems(session)}
    assert kept == {"leeg.txt": ProblemKind.EMPTY, "weg.txt": ProblemKind.NOT_FOUND}
    folder_now = session.library.folder
    session.close()
    with_it = Session.open(folder_now)  # kept after a restart
    assert len(imports.problems(with_it)) == 2
    (folder / "leeg.txt").write_text(TEXT.format(n=9), encoding="utf-8")
    again = import_paths(with_it, [folder / "leeg.txt"], SilentProgress())
    assert len(again.added) == 1
    assert [file.path.name for file in imports.problems(with_it)] == ["weg.txt"]
    with_it.close()


def test_a_problem_that_is_settled_does_not_come_back_by_itself(session: Session, tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_bytes(b"")
    import_paths(session, [tmp_path / "leeg.txt"], SilentProgress())
    imports.settle(session, [tmp_path / "leeg.txt"])
    assert imports.problems(session) == []
    assert (tmp_path / "leeg.txt").exists()


def test_the_list_of_problems_is_saved_as_a_table(session: Session, tmp_path: Path) -> None:
    (tmp_path / "leeg é.txt").write_bytes(b"")
    import_paths(session, [tmp_path / "leeg é.txt"], SilentProgress())
    imports.save_list(imports.problems(session), tmp_path / "lijst.csv", lambda file: "geen tekst")
    with (tmp_path / "lijst.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["file", "reason", "kind", "at"]
    assert rows[1][:3] == [str(tmp_path / "leeg é.txt"), "geen tekst", "empty"]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are always Unicode")
def test_a_file_whose_name_is_no_utf_8_can_be_tried_again(session: Session, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_bytes(b"")
    import_paths(session, [tmp_path], SilentProgress())
    [problem] = imports.problems(session)
    assert problem.path == path
    path.write_text(TEXT.format(n=1), encoding="utf-8")
    assert len(import_paths(session, [problem.path], SilentProgress()).added) == 1


# Stopping and going on


def test_a_stopped_import_goes_on_after_a_restart_with_what_is_left(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 40)
    options = ImportOptions(tags=("zutphen",), keep_originals=False)
    stopped = import_paths(session, [folder], StopAfter(20), options)
    assert stopped.cancelled
    place = session.library.folder
    session.close()
    again = Session.open(place)
    [run] = imports.unfinished(again)
    assert (run.id, run.paths, run.total) == (stopped.run, (folder,), 40)
    before = articles.count(again.library.reader())
    assert before == len(stopped.added)
    rest = imports.resume(again, run, SilentProgress())
    assert (len(rest.added), rest.skipped) == (40 - before, [])
    assert imports.unfinished(again) == []
    assert len(annotations.rows_tagged(again.library.reader(), "zutphen")) == 40
    assert not list(again.library.originals.glob("*/*"))
    again.close()


def test_a_file_that_changed_meanwhile_is_read_again_when_an_import_goes_on(
    session: Session, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 40)
    stopped = import_paths(session, [folder], StopAfter(39))
    first = folder / "001.txt"
    first.write_text(TEXT.format(n=1) + "\nEn er komt meer bij.\n", encoding="utf-8")
    rest = imports.resume(session, imports.unfinished(session)[0], SilentProgress())
    assert rest.updated == stopped.added[:1]


def test_an_import_that_is_given_up_is_not_offered_again(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3)
    stopped = import_paths(session, [folder], StopAfter(1))
    assert stopped.run is not None
    [run] = imports.unfinished(session)
    imports.forget(session, [stopped.run])
    assert imports.unfinished(session) == []
    assert imports.resume(session, run, SilentProgress()).cancelled is False  # "go on", after all
    assert articles.count(session.library.reader()) == 3


# The reader's choices


def test_originals_are_copied_or_only_referred_to(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    one, two = sorted(folder.iterdir())
    import_paths(session, [one], SilentProgress())
    import_paths(session, [two], SilentProgress(), ImportOptions(keep_originals=False))
    [kept] = session.library.originals.glob("*/*.txt")
    assert kept.read_bytes() == before[one]
    found = {article.path: article for article in articles.newest(session.library.reader(), 9)}
    assert set(found) == {str(one), str(two)}
    manage.trash(session, [article.id for article in found.values()])
    manage.purge(session, [article.id for article in found.values()])
    assert {path: path.read_bytes() for path in folder.iterdir()} == before  # R2
    assert not kept.exists()


# Any executor


class Fragile(Executor):
    """Works in this thread; a task that is given a bad file ends as with a process that died."""

    def __init__(self) -> None:
        self.tasks: list[int] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.tasks.append(len(args[0]))
        if any("bad" in str(one) for one in args[0]):
            future.set_exception(BrokenExecutor("died"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_parser_that_crashes_costs_one_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 30)
    (folder / "007-bad.txt").write_text("slecht", encoding="utf-8")
    files = [look_at(path) for path in sorted(folder.iterdir())]
    read = list(read_ahead(files, Fragile(), 2))
    assert [one.file for one in read] == files
    wrong = [one for one in read if isinstance(one.outcome, Problem)]
    assert [(one.file.path.name, one.outcome.kind) for one in wrong] == [  # type: ignore[union-attr]
        ("007-bad.txt", ProblemKind.CRASHED)
    ]
    assert wrong[0].outcome.path == path_text(folder / "007-bad.txt")  # type: ignore[union-attr]


class Died(BaseException):
    """Stands for the end of a process."""


class Mortal(Executor):
    """Works in this thread; what ends the process ends the task."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Died:
            future.set_exception(BrokenExecutor("died"))
        return future


def test_a_member_that_crashes_its_reader_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in (("een.txt", "Tekst een."), ("twee.txt", "dood"), ("drie.txt", "Tekst drie.")):
            file.writestr(name, f"date 2025 Kop {name}\n\n{text}")
    whole = importers.read_file

    def fragile(one: Path) -> Articles:
        if one.suffix == ".txt" and "dood" in one.read_text("utf-8"):
            raise Died
        return whole(one)

    monkeypatch.setattr(importers, "read_file", fragile)
    [read] = read_ahead([look_at(path)], Mortal(), 1)
    assert isinstance(read.outcome, Articles)
    assert [article.title for article in read.outcome] == ["Kop een.txt", "Kop drie.txt"]
    assert [(one.kind, one.path) for one in read.outcome.problems] == [
        (ProblemKind.CRASHED, f"{path_text(path)}#twee.txt")
    ]


def test_files_are_read_a_bounded_number_ahead(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 200)
    handed_out: list[FileSeen] = []

    def files() -> Any:
        for path in sorted(folder.iterdir()):
            handed_out.append(look_at(path))
            yield handed_out[-1]

    stream = read_ahead(files(), Fragile(), 2)
    for taken in range(1, 60):
        next(stream)
        assert len(handed_out) - taken <= 4 * 16 + 1
    stream.close()


def test_any_executor_reads_and_marks(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 20)
    with ThreadPoolExecutor(2) as executor:
        read = list(read_ahead([look_at(path) for path in sorted(folder.iterdir())], executor, 2))
        texts: list[ImportedArticle] = [one.outcome[0] for one in read]  # type: ignore[index, misc]
        outcomes = [outcome for _text, outcome in marked(map(Unmarked, texts), [], executor)]
    assert all(not isinstance(outcome, Problem) and outcome[0] == "nl" for outcome in outcomes)
    assert len(outcomes) == 20


def test_read_batch_gives_one_outcome_a_file(tmp_path: Path) -> None:
    good, missing = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text("Titel\n\nTekst van het stuk.\n", encoding="utf-8")
    outcomes: Sequence[Any] = read_batch([good, missing])
    assert outcomes[0][0].title == "Titel"
    assert outcomes[1].kind is ProblemKind.NOT_FOUND


# Pace


def test_the_pace_is_that_of_the_last_half_minute() -> None:
    pace = Pace()
    pace.step(0, 0.0)
    assert pace.rate is None
    for second in range(1, 101):
        pace.step(second * 2 if second <= 50 else 100 + (second - 50) * 10, float(second))
    assert pace.rate == pytest.approx(10, rel=0.05)
    assert pace.left(700) == pytest.approx(10, rel=0.1)
    pace.rest()
    assert pace.rate is None
    assert pace.left(700) is None
