"""Finding files: order, what is skipped, what is a problem, links in a circle, odd names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.importers import read_file
from desktop.importers.folder import Skipped, find_files
from desktop.progress import SilentProgress


def found(*paths: Path) -> list[Path | Problem]:
    return list(find_files(paths, SilentProgress()))


def write(path: Path, text: str = "Titel\n\nTekst van een alinea.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_files_come_in_the_order_asked_and_by_name_in_a_folder(tmp_path: Path) -> None:
    names = ["b/z.txt", "b/A.md", "b/c/x.txt", "b/Bé.txt", "a.txt"]
    paths = {name: write(tmp_path / name) for name in names}
    order = ["a.txt", "b/A.md", "b/Bé.txt", "b/c/x.txt", "b/z.txt"]
    assert found(tmp_path / "a.txt", tmp_path / "b") == [paths[name] for name in order]


def test_a_file_that_is_asked_for_twice_comes_once(tmp_path: Path) -> None:
    path = write(tmp_path / "x.txt")
    assert found(path, tmp_path, tmp_path) == [path]


def test_hidden_files_are_passed_over_unless_named(tmp_path: Path) -> None:
    hidden = write(tmp_path / ".hidden.txt")
    write(tmp_path / ".git" / "x.txt")
    shown = write(tmp_path / "x.txt")
    assert found(tmp_path) == [shown]
    assert found(hidden) == [hidden]


def test_unknown_kinds_are_skipped_in_a_folder_and_a_problem_by_name(tmp_path: Path) -> None:
    odd = write(tmp_path / "x.xyz")
    (inside,) = found(tmp_path)
    (named,) = found(odd)
    assert isinstance(inside, Skipped)
    assert isinstance(named, Problem)
    assert not isinstance(named, Skipped)
    assert (inside.kind, inside.path, inside.detail) == (ProblemKind.UNKNOWN_FORMAT, str(odd), ".xyz")


def test_what_is_not_there_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    path = write(tmp_path / "x.txt")
    result = found(tmp_path / "nowhere", tmp_path)
    assert [item.kind for item in result if isinstance(item, Problem)] == [ProblemKind.NOT_FOUND] * 2
    assert result[-1] == path


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a" / "b" / "x.txt")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    result = found(tmp_path)
    assert [item for item in result if isinstance(item, Path)] == [path]
    assert [item.kind for item in result if isinstance(item, Problem)] == [ProblemKind.NOT_READABLE]


def test_a_folder_a_thousand_deep_is_no_difficulty(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for _level in range(300):
            os.mkdir("d")
            os.chdir("d")
        Path("x.txt").write_text("x", "utf-8")
    finally:
        os.chdir(here)
    assert [item.name for item in found(tmp_path) if isinstance(item, Path)] == ["x.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read all")
def test_a_folder_that_is_closed_is_a_problem(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    path = write(tmp_path / "x.txt")
    problem, last = found(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.path, last) == (ProblemKind.NOT_READABLE, str(closed), path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_can_be_read_stored_and_printed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(name, "wb") as file:
        file.write(b"Dit is een alinea die eindigt met een punt.")
    (path,) = found(tmp_path)
    assert isinstance(path, Path)
    article = read_file(path)[0]
    assert article.title == "caf\\xe9"
    assert article.path is not None
    assert article.path.encode().endswith(b"caf\\xe9.txt")


def test_finding_can_be_cancelled(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            if done >= 2:
                raise Cancelled

    for number in range(5):
        write(tmp_path / f"{number}.txt")
    paths = find_files([tmp_path], Impatient())
    assert next(paths) == tmp_path / "0.txt"
    with pytest.raises(Cancelled):
        next(paths)
