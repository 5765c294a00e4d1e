"""What a release needs beside its packages.

    python packaging/release.py check TAG           is this commit what the tag says? fails otherwise
    python packaging/release.py notes VERSION       the section of CHANGELOG.md, for the release's page
    python packaging/release.py sbom SYSTEM         dist/leeslamp-VERSION-SYSTEM.cdx.json: what is inside
    python packaging/release.py licences SYSTEM     dist/leeslamp-VERSION-SYSTEM-licences.zip: its licences
    python packaging/release.py fetch URL FILE SHA256   a file of somebody else's, if it is the one we know
    python packaging/release.py try FILE            --selftest of an installed program: all of it, on one line
    python packaging/release.py fetch-python FILE SHA256    the embeddable Python of the installer for Windows
    python packaging/release.py keychain            macOS: identity and profile of Apple, from the environment
    python packaging/release.py sign FILE           Windows: an installer; a list of sums: by GPG beside it
    python packaging/release.py checksums FOLDER    FOLDER/SHA256SUMS of all files in it
    python packaging/release.py compare A B         do two folders hold the same? names what differs

Whoever signs says so, and what is lacking where nothing is signed; see signing.py for the names of secrets.
SYSTEM is linux, windows or macos: the one whose bundle was made here by make_packages.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

import signing
from steps import BUNDLE, DIST, ROOT, files_in, version

SYSTEMS = ("linux", "windows", "macos")
SUMS = "SHA256SUMS"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  #: the time of all files in a zip, so that two are alike
_SECONDS = 60.0  #: that a server may be silent


def check(tag: str) -> None:
    """Stop unless a tag names the version of this commit and CHANGELOG.md tells of it."""
    if tag != f"v{version()}":
        raise SystemExit(f"the tag {tag} is not v{version()}, the version in desktop/__init__.py")
    notes(version())


def notes(number: str) -> str:
    """Return what CHANGELOG.md says of a version, with the day of the release left out."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(
        rf"^## \[{re.escape(number)}\][^\n]*\n(.*?)(?=^## \[|^\[[^\]]+\]:|\Z)", text, re.MULTILINE | re.DOTALL
    )
    if section is None:
        raise SystemExit(f"CHANGELOG.md has no section ## [{number}]")
    if not section[1].strip():
        raise SystemExit(f"the section ## [{number}] in CHANGELOG.md is empty")
    return section[1].strip() + "\n"


def sbom(system: str) -> Path:
    """Write what a bundle is made of beside the packages; return the file."""
    from sbom import make

    target = DIST / f"leeslamp-{version()}-{system}.cdx.json"
    target.write_text(json.dumps(make(system), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return target


def licences(system: str, folder: Path | None = None) -> Path:
    """Pack the licences that a bundle holds; return the file. folder: where they are, if elsewhere."""
    from macos_package import APP
    from windows_package import FOLDER

    places = {
        "linux": BUNDLE / "licences",
        "windows": FOLDER / "licences",
        "macos": APP / "Contents" / "Resources" / "licences",
    }
    source = folder or places[system]
    found = list(files_in(source)) if source.is_dir() else []
    if not found:
        raise SystemExit(f"{source}: no licences; make the bundle first")
    target = DIST / f"leeslamp-{version()}-{system}-licences.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in found:
            entry = zipfile.ZipInfo(f"licences/{path.relative_to(source).as_posix()}", _EARLIEST)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())
    return target


def fetch(url: str, target: Path, sha256: str) -> None:
    """Fetch a file; it is kept only if its sum is the one that is known. Stops where none is known."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise SystemExit(f"no sha256 is known for {url}: see CONTRIBUTING.md, how a release is made")
    if not url.startswith(("https://", "file://")):
        raise SystemExit(f"{url}: only https is fetched")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer, part.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except OSError as error:
        raise SystemExit(f"{url}: {error}") from error
    if (found := _sum(part)) != sha256:
        part.unlink()
        raise SystemExit(f"{url} is not the file it should be: its sha256 is {found}, not {sha256}")
    part.replace(target)


def fetch_python(target: Path, sha256: str) -> None:
    """Fetch the embeddable Python that the installer for Windows is made with."""
    from windows_package import PYTHON_URL

    fetch(PYTHON_URL, target, sha256)


def try_out(program: Path) -> str:
    """Run the self-test of an installed program in an empty home; return what it said. Stops if it fails."""
    from bundle import self_test

    with tempfile.TemporaryDirectory() as home:
        return self_test(program, home)


def checksums(folder: Path) -> Path:
    """Write the sums of all files in a folder, as `sha256sum --check` reads them; return the file."""
    target = folder / SUMS
    lines = [
        f"{_sum(path)}  {path.relative_to(folder).as_posix()}"
        for path in files_in(folder)
        if path.name not in (SUMS, f"{SUMS}.asc")
    ]
    if not lines:
        raise SystemExit(f"{folder}: nothing to sum up")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return target


def compare(one: Path, other: Path) -> list[str]:
    """Return what differs between two folders or two files: names, content, links, who may run what."""
    a, b = _told(one), _told(other)
    differ = [f"only in {one}: {name}" for name in sorted(a.keys() - b.keys())]
    differ += [f"only in {other}: {name}" for name in sorted(b.keys() - a.keys())]
    return differ + [f"differs: {name}" for name in sorted(a.keys() & b.keys()) if a[name] != b[name]]


def _told(place: Path) -> dict[str, str]:
    if not place.exists():
        raise SystemExit(f"{place} is not there")
    if place.is_file():
        return {"": _sum(place)}
    found = {}
    for path in place.rglob("*"):
        if path.is_symlink():
            found[path.relative_to(place).as_posix()] = f"link to {os.readlink(path)}"
        elif path.is_file():
            found[path.relative_to(place).as_posix()] = f"{path.stat().st_mode & 0o111:o} {_sum(path)}"
    return found


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compare(one: Path, other: Path) -> str:
    differ = compare(one, other)
    if differ:
        raise SystemExit("\n".join([*differ, f"{len(differ)} differ"]))
    return "the same"


COMMANDS: dict[str, tuple[int, Callable[..., object]]] = {
    "check": (1, check),
    "notes": (1, notes),
    "sbom": (1, sbom),
    "licences": (1, licences),
    "fetch": (3, lambda url, target, sha256: fetch(url, Path(target), sha256)),
    "fetch-python": (2, lambda target, sha256: fetch_python(Path(target), sha256)),
    "keychain": (0, signing.make_keychain),
    "sign": (1, lambda file: signing.sign(Path(file))),
    "try": (1, lambda program: try_out(Path(program))),
    "checksums": (1, lambda folder: checksums(Path(folder))),
    "compare": (2, lambda one, other: _compare(Path(one), Path(other))),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args(arguments)
    count, run = COMMANDS[options.command]
    if len(options.words) != count:
        parser.error(f"{options.command} takes {count} words")
    if options.command in ("sbom", "licences") and options.words[0] not in SYSTEMS:
        parser.error(f"no such system: {options.words[0]}")
    said = run(*options.words)
    if said is not None:
        print(said, end="" if str(said).endswith("\n") else "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
