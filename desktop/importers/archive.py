"""ZIP and TAR archives of files that can be imported, archives in archives included.

Each member is unpacked to a temporary folder under a name of ours, so that no name inside an archive can
lead anywhere; what is unpacked is counted, and more than `limits` allow ends the archive.
"""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from desktop.errors import Problem, ProblemKind
from desktop.importers import package
from desktop.importers.base import Articles, Importer, member_path, path_text, printable, read_problem
from desktop.importers.limits import (
    ARCHIVE_DEPTH,
    ARTICLES,
    BUNDLE_MEGABYTES,
    MEGABYTE,
    MEMBER_MEGABYTES,
    MEMBERS,
    UNPACKED_MEGABYTES,
)

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_TAR_HEAD = 512  #: bytes of the first header
_LONGEST_NAME = 100
_TAR_SUFFIXES = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".gz", ".bz2", ".xz")


def read_archive(
    path: Path, note: Path | None = None, passed: Mapping[str, Problem] | None = None
) -> Articles:
    """Return the articles of all files in an archive; one that cannot be read is a Problem of its own.

    note: a file that is to hold the place of the member that is being read, for whoever finds this process
    dead. passed: members that are not to be read (again), by their place, and what is wrong with them.
    """
    name = path_text(path)
    budget = _Budget(name)
    with tempfile.TemporaryDirectory(prefix="leeslamp-") as folder:
        found = _Unpacker(Path(folder), budget, note, passed or {}).read(path, 1)
    if not found:
        raise found.problems[0] if len(found.problems) == 1 else _nothing(found, name)
    return found


def _nothing(found: Articles, name: str) -> Problem:
    if not found.problems:
        return Problem(ProblemKind.EMPTY, name)
    return Problem(found.problems[0].kind, name, found.problems[0].detail)


@dataclass
class _Budget:
    """What may still be unpacked, over all archives in the archive together."""

    name: str
    octets: int = UNPACKED_MEGABYTES * MEGABYTE
    members: int = MEMBERS

    def take(self, octets: int) -> None:
        self.octets -= octets
        if self.octets < 0:
            raise Problem(ProblemKind.TOO_LARGE, self.name, f"{UNPACKED_MEGABYTES} MB")

    def count(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise Problem(ProblemKind.TOO_LARGE, self.name, f"{MEMBERS} files")


@dataclass
class _Unpacker:
    folder: Path
    budget: _Budget
    note: Path | None
    passed: Mapping[str, Problem]
    _number: int = field(default=0)

    def read(self, path: Path, depth: int) -> Articles:
        """Return the articles in an archive, their places told from the archive itself."""
        name = path_text(path)
        found = Articles()
        for inside, size, locked, opener in _members(path, name):
            self.budget.count()
            if _is_passed_over(inside) or not _is_readable(inside):
                continue
            place = member_path(path, inside)
            if locked or size > MEMBER_MEGABYTES * MEGABYTE:
                kind = ProblemKind.ENCRYPTED if locked else ProblemKind.TOO_LARGE
                found.problems.append(Problem(kind, place, "" if locked else f"{MEMBER_MEGABYTES} MB"))
                continue
            if place in self.passed:
                found.problems.append(self.passed[place])
                continue
            if self.note is not None and depth == 1:
                self.note.write_text(place, encoding="utf-8")
            try:
                unpacked = self._unpack(inside, opener, place)
                articles = self._articles(unpacked, depth, place)
            except Problem as problem:
                if problem.path == self.budget.name:
                    raise  # the whole is too large
                found.problems.append(problem)
                continue
            found.extend(articles)
            found.problems.extend(articles.problems)
            if len(found) > ARTICLES:
                raise Problem(ProblemKind.TOO_LARGE, self.budget.name, f"{ARTICLES}")
        return found

    def _unpack(self, inside: str, opener: Callable[[], IO[bytes]], place: str) -> Path:
        self._number += 1
        folder = self.folder / str(self._number)
        folder.mkdir()
        target = folder / _safe_name(inside)
        octets = 0
        try:
            with opener() as source, target.open("wb") as file:
                while block := source.read(MEGABYTE):
                    octets += len(block)
                    self.budget.take(len(block))
                    if octets > MEMBER_MEGABYTES * MEGABYTE:  # the list of contents lied
                        raise Problem(ProblemKind.TOO_LARGE, place, f"{MEMBER_MEGABYTES} MB")
                    file.write(block)
        except Problem:
            raise
        except OSError as error:
            raise read_problem(place, error) from error
        except Exception as error:  # what is wrong with the bytes, in the words of many libraries
            if "password" in str(error) or "encrypt" in str(error):
                raise Problem(ProblemKind.ENCRYPTED, place) from error
            raise package.damaged(place, error) from error
        return target

    def _articles(self, unpacked: Path, depth: int, place: str) -> Articles:
        """Read an unpacked file; its own path is replaced by its place in the archive."""
        from desktop.importers import importer_for, read_file

        here = path_text(unpacked)
        try:
            if importer_for(unpacked) is ARCHIVE:
                if depth >= ARCHIVE_DEPTH:
                    raise Problem(ProblemKind.TOO_LARGE, here, f"{ARCHIVE_DEPTH} × ZIP")
                read = self.read(unpacked, depth + 1)
            else:
                read = read_file(unpacked)
        except Problem as problem:
            if problem.path == self.budget.name:
                raise
            raise Problem(problem.kind, _moved(problem.path, here, place), problem.detail) from problem
        finally:
            unpacked.unlink(missing_ok=True)
        problems = [Problem(one.kind, _moved(one.path, here, place), one.detail) for one in read.problems]
        return Articles((replace(one, path=_moved(one.path or "", here, place)) for one in read), problems)


def _moved(path: str, here: str, place: str) -> str:
    return place + path[len(here) :] if path.startswith(here) else path


def _safe_name(inside: str) -> str:
    """Return a name for a file of ours that still says what the member is called."""
    base = re.split(r"[/\\]", inside)[-1]
    stem, suffix = os.path.splitext(_UNSAFE.sub("_", printable(base)))
    stem = stem.strip(". ")[:_LONGEST_NAME] or "_"
    stem = "_" + stem if _RESERVED.match(stem) else stem
    while len(os.fsencode(stem)) > 2 * _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix[:20].rstrip(". ")


def _is_passed_over(inside: str) -> bool:
    """Say whether a member is hidden or the by-product of a system, as in folders."""
    parts = [part for part in re.split(r"[/\\]", inside) if part not in ("", ".", "..")]
    return not parts or any(part.startswith((".", "~$", "__MACOSX")) for part in parts)


def _is_readable(inside: str) -> bool:
    from desktop.importers import importer_of

    try:
        importer_of(Path(_safe_name(inside)))
    except Problem:
        return False  # pictures and the like, as in folders
    return True


# Kinds of archives

Member = tuple[str, int, bool, "Callable[[], IO[bytes]]"]  #: name, size, needs a password, opens it


def _members(path: Path, name: str) -> Iterator[Member]:
    try:
        if path.stat().st_size > BUNDLE_MEGABYTES * MEGABYTE:
            raise Problem(ProblemKind.TOO_LARGE, name, f"{BUNDLE_MEGABYTES} MB")
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise read_problem(path, error) from error
    if head.startswith(b"PK"):
        yield from _zip_members(path)
    elif (opener := _opener_of_one(path, head)) is not None:
        yield path.stem, 0, False, opener
    else:
        yield from _tar_members(path, name)


def _opener_of_one(path: Path, head: bytes) -> Callable[[], IO[bytes]] | None:
    """Return what opens the one file that was compressed; None = it is an archive of files, or broken."""
    import bz2
    import gzip
    import lzma

    for magic, opener in ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zX", lzma.open)):
        if head.startswith(magic):
            opened: Callable[[], Any] = partial(opener, path, "rb")
            try:
                with opened() as file:
                    start = file.read(_TAR_HEAD)
            except (OSError, EOFError, ValueError, lzma.LZMAError, zlib.error):
                return None
            return None if start[257:262] == b"ustar" or not start.strip(b"\0") else opened
    return None


def _zip_members(path: Path) -> Iterator[Member]:
    with package.opened(path, bundle=True) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield (
                    info.filename,
                    info.file_size,
                    bool(info.flag_bits & 1),
                    partial(archive.open, info),
                )


def _itself(source: IO[bytes]) -> IO[bytes]:
    return source


def _tar_members(path: Path, name: str) -> Iterator[Member]:
    import tarfile

    passed = 0  # octets, those of members that nobody reads included: they are decompressed all the same
    try:
        with tarfile.open(path, "r|*") as archive:
            for info in archive:
                if not info.isreg():
                    continue  # folders, links and devices: nothing to read
                passed += info.size
                if passed > 2 * UNPACKED_MEGABYTES * MEGABYTE:
                    raise Problem(ProblemKind.TOO_LARGE, name, f"{UNPACKED_MEGABYTES} MB")
                source = archive.extractfile(info)
                if source is not None:
                    yield info.name, info.size, False, partial(_itself, source)
    except Problem:
        raise
    except OSError as error:
        if error.errno is not None:
            raise read_problem(path, error) from error
        raise package.damaged(name, error) from error
    except Exception as error:  # of tarfile and of three ways to compress
        raise package.damaged(name, error) from error


ARCHIVE = Importer("archive", (".zip", *_TAR_SUFFIXES), read_archive, foreign=True, many=True)
