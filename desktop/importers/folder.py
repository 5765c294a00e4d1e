"""Finding the files to import in what a person points at: files, folders, folders in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers import importer_of
from desktop.importers.base import path_text, read_problem
from desktop.progress import Progress


class Skipped(Problem):
    """A file in a folder that is passed over, as no importer reads its kind: said, but not an error."""


def find_files(paths: Sequence[Path], progress: Progress) -> Iterator[Path | Problem]:
    """Yield the files that can be imported, in the order of `paths` and by name within a folder.

    What cannot be read, and a file of unknown kind that is named itself, is yielded as a Problem; a
    file of unknown kind inside a folder as Skipped, which is one too. Hidden files and folders inside
    a folder are passed over in silence. Every folder is entered once, so that links in a circle end.
    """
    found = 0
    seen_files: set[str] = set()
    seen_folders: set[tuple[int, int]] = set()
    for path in paths:
        for item in _walk(Path(os.path.abspath(path)), seen_folders):
            name = os.path.normcase(item) if isinstance(item, Path) else ""
            if name and name in seen_files:
                continue
            if name:
                seen_files.add(name)
                found += 1
            progress.step(found, 0, item.name if isinstance(item, Path) else "")
            yield item


def _walk(top: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Problem]:
    """Yield the files under a path, depth first, without recursion."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            info = path.stat()
            if not stat.S_ISDIR(info.st_mode):
                yield _judged(path, named=path is top)
            elif (info.st_dev, info.st_ino) not in seen:
                seen.add((info.st_dev, info.st_ino))
                waiting.extend(reversed(_entries(path)))
        except OSError as error:
            yield read_problem(path, error)
        except ValueError as error:  # a NUL in the name
            yield Problem(ProblemKind.NOT_READABLE, path_text(path), str(error))


def _judged(path: Path, *, named: bool) -> Path | Problem:
    try:
        importer_of(path)
    except Problem as problem:
        return problem if named else Skipped(problem.kind, problem.path, problem.detail)
    return path


def _entries(folder: Path) -> list[Path]:
    """Return what is in a folder and not hidden, by name whatever the case."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if not _is_hidden(entry)]
    return [folder / name for name in sorted(names, key=lambda name: (name.casefold(), name))]


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith((".", "~$")):  # "~$": the lock files of office programs
        return True
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
