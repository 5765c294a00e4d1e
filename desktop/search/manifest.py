"""What belongs to an index: the list of its files, sealed, in one file that is replaced in one step.

The list is the commit point. Files that are not on it are remains of a write that did not finish and are
removed; files that are on it and missing or changed mean that the index is damaged. So a crash at any
moment leaves the last state that was listed.

The seal (HMAC with a key that stays on this computer) is there because the index's library unpickles its own
files: an index that came with somebody else's library folder must not be opened.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE = "index.json"
#: Everything the index writes begins so (besides FILE); nothing else in the folder is ever touched.
PREFIXES = ("leeslamp_", "_leeslamp_", "leeslamp.")


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was listed. digest: BLAKE2b, hex."""

    size: int
    modified: int  #: ns
    inode: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A state of an index.

    version: of format and analysis. library: UUID of the library it belongs to. followed: id of the last
    change of the library that is in it. complete: False while a rebuild is under way.
    """

    version: str
    library: str
    followed: int
    complete: bool
    files: Mapping[str, FileState] = field(default_factory=dict)


def read(folder: Path, key: bytes) -> Manifest | None:
    """Return the manifest of a folder; None if it is missing, damaged, or sealed with another key."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        body, seal = content["body"], content["seal"]
        if not hmac.compare_digest(seal, _seal(body, key)):
            return None
        files = {name: FileState(**state) for name, state in body.pop("files").items()}
        return Manifest(**body, files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def write(folder: Path, key: bytes, manifest: Manifest) -> None:
    """Put a manifest in place in one step. Raises OSError."""
    body = asdict(manifest)
    temporary = folder / (FILE + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"body": body, "seal": _seal(body, key)}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / FILE)


def _seal(body: dict[str, Any], key: bytes) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def listed(
    folder: Path, owned: Callable[[str], bool], known: Mapping[str, FileState]
) -> dict[str, FileState]:
    """Return the state of the owned files; those already known are not read again. Raises OSError."""
    return {name: known.get(name) or _state(folder / name) for name in _own_names(folder) if owned(name)}


def _state(path: Path) -> FileState:
    status = path.stat()
    return FileState(status.st_size, status.st_mtime_ns, status.st_ino, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def changed_files(
    folder: Path, manifest: Manifest, *, thorough: bool, step: Callable[[int, int], None] | None = None
) -> list[str]:
    """Return the listed files that are missing or differ.

    A file with the size, time and inode it had when it was listed is believed to be the same, unless
    `thorough`: then every file is read. step: told the number of files done and in all.
    """
    changed = []
    for number, (name, state) in enumerate(manifest.files.items()):
        if step:
            step(number, len(manifest.files))
        try:
            status = (folder / name).stat()
            same = (status.st_size, status.st_mtime_ns, status.st_ino) == (
                state.size,
                state.modified,
                state.inode,
            )
            if status.st_size != state.size or (
                (thorough or not same) and _digest(folder / name) != state.digest
            ):
                changed.append(name)
        except OSError:
            changed.append(name)
    return changed


def _own_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.name.startswith(PREFIXES))
    except OSError:
        return []


def sweep(folder: Path, keep: Collection[str]) -> None:
    """Remove what the index made and is not to be kept; what cannot be removed now stays for later."""
    for name in _own_names(folder):
        if name not in keep:
            _remove(folder / name)


def clear(folder: Path) -> None:
    """Remove everything the index made."""
    _remove(folder / FILE)
    sweep(folder, ())


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a folder; or a file that is open elsewhere, on Windows
        shutil.rmtree(path, ignore_errors=True)
