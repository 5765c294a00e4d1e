"""Zip packages (office documents, books, archives): what may be unpacked, and safe XML from inside."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import path_text, read_problem
from desktop.importers.content import HEAD, OLD_OFFICE
from desktop.importers.limits import (
    BUNDLE_MEGABYTES,
    FILE_MEGABYTES,
    MEGABYTE,
    MEMBER_MEGABYTES,
    MEMBERS,
    UNPACKED_MEGABYTES,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@contextmanager
def opened(path: Path, *, bundle: bool = False) -> Iterator[zipfile.ZipFile]:
    """Open a package whose members, by its own list, stay within the limits (zipfile holds them to the list).

    bundle: an archive of files, which may be larger. Raises Problem NOT_FOUND, NOT_READABLE, TOO_LARGE,
    ENCRYPTED or DAMAGED; what goes wrong while it is open becomes DAMAGED.
    """
    name = path_text(path)
    try:
        most = BUNDLE_MEGABYTES if bundle else FILE_MEGABYTES
        if path.stat().st_size > most * MEGABYTE:
            raise Problem(ProblemKind.TOO_LARGE, name, f"{most} MB")
        with path.open("rb") as file:
            if file.read(HEAD).startswith(OLD_OFFICE):  # how office programs wrap what a password protects
                raise Problem(ProblemKind.ENCRYPTED, name)
        with zipfile.ZipFile(path) as package:
            _check(package, name)
            yield package
    except OSError as error:
        raise read_problem(path, error) from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise Problem(ProblemKind.DAMAGED, name, "ZIP") from error
    except (
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
    ) as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise Problem(ProblemKind.ENCRYPTED, name) from error
        raise damaged(name, error) from error


def damaged(name: str, error: Exception) -> Problem:
    """Return the Problem for what a parser said about a file."""
    said = " ".join(str(error).split())[:120]
    return Problem(ProblemKind.DAMAGED, name, said or type(error).__name__)


def _check(package: zipfile.ZipFile, name: str) -> None:
    members = package.infolist()
    if len(members) > MEMBERS:
        raise Problem(ProblemKind.TOO_LARGE, name, f"{MEMBERS} files")
    if sum(member.file_size for member in members) > UNPACKED_MEGABYTES * MEGABYTE:
        raise Problem(ProblemKind.TOO_LARGE, name, f"{UNPACKED_MEGABYTES} MB")


def member(package: zipfile.ZipFile, name: str, path: str) -> bytes:
    """Return the bytes of one member; raises Problem TOO_LARGE or DAMAGED (it is not there)."""
    try:
        info = package.getinfo(name)
    except KeyError as error:
        raise Problem(ProblemKind.DAMAGED, path, f"no {name}"[:120]) from error
    if info.flag_bits & 1:
        raise Problem(ProblemKind.ENCRYPTED, path)
    if info.file_size > MEMBER_MEGABYTES * MEGABYTE:
        raise Problem(ProblemKind.TOO_LARGE, path, f"{MEMBER_MEGABYTES} MB")
    try:
        return package.read(info)
    except zlib.error as error:
        raise damaged(path, error) from error


def parse_xml(data: bytes, path: str) -> Element:
    """Return the root of an XML document: no entities, no DTD, no network; raises Problem DAMAGED."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(path, error) from error
