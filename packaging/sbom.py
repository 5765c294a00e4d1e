"""What a bundle is made of, as a CycloneDX 1.6 document: read from what was packed.

PyInstaller writes down every file and where it came from; each is traced to the library of PyPI, the package
of Debian or the part of our own that brought it. cyclonedx-py describes the libraries of PyPI. A line of
resources/LICENCES.md stands for each list, model and typeface.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from steps import APP_ID, BUILD, HOMEPAGE, PACKAGING, ROOT, epoch, version

Component = dict[str, Any]

#: Written by PyInstaller: (places in the bundle, where they came from, kind).
CONTENTS = (BUILD / "work" / "leeslamp" / "COLLECT-00.toc", BUILD / "work" / "leeslamp" / "PYZ-00.toc")
WINDOWS = BUILD / "windows" / "Leeslamp"
_SPEC = "1.6"
_STARTS = "pyinstaller"  # its start program is in every bundle that it makes
#: Typefaces by how their files begin, as resources/LICENCES.md tells of them.
_FONTS = {"SourceSerif4": "OFL-1.1", "SourceSans3": "OFL-1.1", "DejaVuSans": "Bitstream-Vera"}


def make(system: str) -> dict[str, Any]:
    """Return the document about the bundle for "linux", "macos" or "windows", which must have been made here.

    Stops where a file of the bundle comes from nowhere that is known.
    """
    if system == "windows":
        components = [*of_pypi(WINDOWS / "site"), python(_embedded_version())]
    else:
        sources = sorted(set(packed()))
        names, others = by_distribution(sources)
        described = {one["name"].lower().replace("_", "-"): one for one in of_pypi()}
        lacking = names - described.keys()
        if lacking:
            raise SystemExit(f"cyclonedx-py does not know: {', '.join(sorted(lacking))}")
        components = [described[name] for name in sorted(names | {_STARTS})]
        components += [python(platform.python_version()), *of_debian(others)]
    unknown = [one["name"] for one in components if one["licenses"] == [{"license": {"name": "not stated"}}]]
    if unknown:
        raise SystemExit(f"resources/LICENCES.md says nothing of: {', '.join(unknown)}")
    components += [*inside_wheels({one["name"] for one in components}), *our_data()]
    return document(system, components)


def document(system: str, components: list[Component]) -> dict[str, Any]:
    """Return a valid document with these components; of one commit and one list it is always the same."""
    ours = f"leeslamp@{version()}"
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    made = {
        "$schema": f"http://cyclonedx.org/schema/bom-{_SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": _SPEC,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{HOMEPAGE}#{ours}-{system}-{digest}')}",
        "version": 1,
        "metadata": {
            "timestamp": f"{datetime.fromtimestamp(epoch(), UTC):%Y-%m-%dT%H:%M:%SZ}",
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": "leeslamp",
                "version": version(),
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": f"pkg:github/leeslamp/{ours}",
                "externalReferences": [{"type": "vcs", "url": HOMEPAGE}],
                "properties": [{"name": f"{APP_ID}:system", "value": system}],
            },
        },
        "components": components,
        "dependencies": [{"ref": ours, "dependsOn": sorted(one["bom-ref"] for one in components)}],
    }
    if faults := problems(json.dumps(made)):
        raise SystemExit(f"not a valid CycloneDX document: {faults}")
    return made


def problems(text: str) -> str:
    """Return what is wrong with a document by the schema of CycloneDX, "" for nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return "" if found is None else str(found)[:1000]


# Where files came from


def packed(contents: Iterable[Path] = CONTENTS) -> Iterator[Path]:
    """Yield where the files of PyInstaller's folder, and the modules in its archive, came from."""
    for file in contents:
        if not file.is_file():
            raise SystemExit(f"{file} is missing: make the bundle first")
        for part in ast.literal_eval(file.read_text(encoding="utf-8")):
            for _place, source, kind in part if isinstance(part, list) else ():
                if kind != "SYMLINK" and source and source != "-":
                    yield Path(source)


def by_distribution(sources: Iterable[Path]) -> tuple[set[str], list[Path]]:
    """Return the names of PyPI's libraries that files came from, and the files that came from none."""
    owners: dict[str, str] = {}
    for installed in importlib.metadata.distributions():
        for file in installed.files or []:
            owners[os.path.realpath(file.locate())] = installed.name.lower().replace("_", "-")
    names: set[str] = set()
    others = []
    for source in sources:
        owner = owners.get(os.path.realpath(source))
        if owner is not None:
            names.add(owner)
        elif not _is_ours_or_python(source):
            others.append(source)
    return names, others


def _is_ours_or_python(source: Path) -> bool:
    """Tell whether a file is the program's own, or of Python and its standard library."""
    places = [ROOT / "desktop", ROOT / "seeds", ROOT / "resources", BUILD, Path(os.__file__).parent]
    real = Path(os.path.realpath(source))
    return real.name.startswith("libpython3") or any(
        real.is_relative_to(os.path.realpath(place)) for place in places
    )


# The components


def of_pypi(folder: Path | None = None) -> list[Component]:
    """Return the libraries of PyPI that are installed here, or in a folder, as cyclonedx-py tells them."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--sv", _SPEC]
    paths = {} if folder is None else {"PYTHONPATH": str(folder)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **paths})
    if done.returncode != 0:
        raise SystemExit(f"cyclonedx-py failed: {done.stderr}")
    found = [_without_place(one) for one in json.loads(done.stdout)["components"]]
    if folder is None:
        return [one for one in found if one["name"] != "leeslamp"]
    inside = {one.name: one.version for one in importlib.metadata.distributions(path=[str(folder)])}
    return [one for one in found if inside.get(one["name"]) == one["version"] and one["name"] != "leeslamp"]


def _without_place(component: Component) -> Component:
    """Leave out which of our own wishes a library was installed for, and from which folder."""
    kept = {name: value for name, value in component.items() if name != "properties"}
    if not kept.get("licenses"):
        kept["licenses"] = [{"license": {"name": _listed_licence(kept["name"])}}]
    links = [one for one in kept.pop("externalReferences", []) if not one["url"].startswith("file:")]
    return {**kept, "externalReferences": links} if links else kept


def _listed_licence(name: str) -> str:
    """Return the licence of a library by resources/LICENCES.md, "not stated" for one that is not listed."""
    table = (ROOT / "resources" / "LICENCES.md").read_text(encoding="utf-8").partition("## Libraries")[2]
    for libraries, _purpose, licence in re.findall(
        r"^\| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", table, re.MULTILINE
    ):
        if name.lower() in re.split(r"[, ()]+", libraries.lower()):
            return str(licence)
    return "not stated"


def python(number: str) -> Component:
    """Return Python with its standard library."""
    return {
        "type": "platform",
        "bom-ref": f"python@{number}",
        "name": "CPython",
        "version": number,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        "purl": f"pkg:generic/python@{number}",
        "cpe": f"cpe:2.3:a:python:python:{number}:*:*:*:*:*:*:*",
    }


def _embedded_version() -> str:
    """Return the version of the Python in the folder for Windows: its library carries it, as UTF-16."""
    [library] = (WINDOWS / "python").glob("python3??.dll")
    name, data = "ProductVersion\0".encode("utf-16-le"), library.read_bytes()
    found = re.match(
        r"\0*([0-9.]+)", data[data.index(name) + len(name) :][:64].decode("utf-16-le", "replace")
    )
    if found is None:
        raise SystemExit(f"{library} does not tell its version")
    return found.group(1)


def of_debian(files: Iterable[Path]) -> list[Component]:
    """Return the packages of Debian or Ubuntu that files belong to; stops where one belongs to none."""
    if platform.system() != "Linux":
        return []
    owners = {_debian_owner(file) for file in files}
    fields = "${Package}\t${Version}\t${Architecture}\t${source:Package}\n"
    if not owners:
        return []
    told = subprocess.run(
        ["dpkg-query", "-W", f"--showformat={fields}", *sorted(owners)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    release = platform.freedesktop_os_release()
    distro = f"distro={release['ID']}-{release.get('VERSION_ID', 'testing')}"
    return [
        {
            "type": "library",
            "bom-ref": f"{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:deb/{release['ID']}/{name}@{number.replace('+', '%2B')}?arch={kind}&{distro}",
            "licenses": [_licence(_licence_of(source))],
            "description": f"library of the system the bundle was made on; source package {source}",
        }
        for name, number, kind, source in (line.split("\t") for line in told.splitlines())
    ]


def _licence_of(source: str) -> str:
    """Return the licence of a system library; stops where nobody looked at it yet."""
    known = tomllib.loads((PACKAGING / "linux" / "system_libraries.toml").read_text(encoding="utf-8"))
    for pattern, licence in known.items():
        if fnmatchcase(source, pattern):
            return str(licence)
    raise SystemExit(f"{source} is in the bundle, and not in packaging/linux/system_libraries.toml")


def _licence(told: str) -> dict[str, Any]:
    return {"expression": told} if " " in told else {"license": {"id": told}}


def system_packages() -> set[str]:
    """Return the packages of Debian or Ubuntu of which PyInstaller's folder holds files."""
    return {_debian_owner(file).partition(":")[0] for file in by_distribution(sorted(set(packed())))[1]}


def _debian_owner(file: Path) -> str:
    """Return the package that a file belongs to; /lib and /usr/lib may be one folder."""
    real = os.path.realpath(file)
    for path in dict.fromkeys((str(file), real, real.removeprefix("/usr"))):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(": ")[0].split(", ")[0]
    raise SystemExit(f"nobody knows where {file} comes from")


def inside_wheels(names: set[str]) -> list[Component]:
    """Return what wheels hold that is not theirs: Qt, PDFium, OpenBLAS, libxml2; those that are there."""
    known = (
        ("PySide6_Essentials", _qt),
        ("pypdfium2", _pdfium),
        ("numpy", _openblas),
        ("lxml", _libxml2),
    )
    return [
        found
        for wheel, tell in known
        if wheel.lower() in {name.lower() for name in names}
        for found in tell()
    ]


def _part(name: str, number: str, licence: str, source: str, wheel: str) -> Component:
    return {
        "type": "library",
        "bom-ref": f"{name}@{number}",
        "name": name,
        "version": number,
        "licenses": [_licence(licence)],
        "purl": f"pkg:generic/{name.lower()}@{number}",
        "description": f"in the wheel of {wheel}",
        "externalReferences": [{"type": "source-distribution", "url": source}],
    }


def _qt() -> list[Component]:
    number = importlib.metadata.version("PySide6_Essentials")
    source = "https://download.qt.io/official_releases/qt/"
    return [_part("Qt", number, "LGPL-3.0-only", source, "PySide6-Essentials")]


def _pdfium() -> list[Component]:
    from pypdfium2 import PDFIUM_INFO

    number, source = str(PDFIUM_INFO.build), "https://pdfium.googlesource.com/pdfium/"
    return [_part("PDFium", number, "BSD-3-Clause AND Apache-2.0", source, "pypdfium2")]


def _openblas() -> list[Component]:
    import numpy as np

    told: Any = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    if "openblas" not in told["name"]:
        return []  # on macOS it is Apple's, of the system
    return [
        _part("OpenBLAS", told["version"], "BSD-3-Clause", "https://github.com/OpenMathLib/OpenBLAS", "numpy")
    ]


def _libxml2() -> list[Component]:
    from lxml import etree

    pairs = (("libxml2", etree.LIBXML_VERSION), ("libxslt", etree.LIBXSLT_VERSION))
    source = "https://gitlab.gnome.org/GNOME/"
    return [_part(name, ".".join(map(str, number)), "MIT", source + name, "lxml") for name, number in pairs]


# What is ours, or was made from what others published


def our_data() -> list[Component]:
    """Return typefaces, and lists, rates and model with what they were made from (resources/LICENCES.md)."""
    text = (ROOT / "resources" / "LICENCES.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (`[^|]+) \| ([^|]+) \| ([^|]+) \|$", text.partition("## Lists and data")[2], re.MULTILINE
    )
    return [_data(*row) for row in rows] + [
        _font(path) for path in sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
    ]


def _data(files: str, source: str, licence: str) -> Component:
    """Return one line of the table: files named by patterns below resources/."""
    paths: list[str] = []
    for name in re.findall(r"`([^`]+)`", files):
        within = Path(paths[-1]).parent if paths and "/" not in name else Path()
        pattern = (within / name).as_posix() if "/" not in name else name.rstrip("/")
        paths += [
            path.relative_to(ROOT / "resources").as_posix()
            for path in sorted((ROOT / "resources").glob(pattern))
        ]
    if not paths:
        raise SystemExit(f"resources/LICENCES.md tells of {files}, which is not there")
    is_model = paths[0].startswith("models/")
    return {
        "type": "machine-learning-model" if is_model else "data",
        "bom-ref": f"resources/{paths[0]}",
        "name": ", ".join(paths),
        "version": version(),
        "description": source,
        "licenses": [{"license": {"name": licence}}],
        **({"hashes": [_hash(ROOT / "resources" / paths[0] / "encoder.onnx")]} if is_model else {}),
    }


def _font(path: Path) -> Component:
    [licence] = [licence for begin, licence in _FONTS.items() if path.name.startswith(begin)]
    return {
        "type": "data",
        "bom-ref": f"resources/fonts/{path.name}",
        "name": path.name,
        "description": "typeface",
        "licenses": [{"license": {"id": licence}}],
        "hashes": [_hash(path)],
    }


def _hash(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {"alg": "SHA-256", "content": hashlib.file_digest(file, "sha256").hexdigest()}
