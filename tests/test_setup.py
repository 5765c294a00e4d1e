"""What a fresh machine needs: the set-up script, the lock files, the wheel, and the pin on Qt."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import leeslamp

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# The set-up script


def _set_up(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the set-up in a folder, with nothing to install from and no tool on the path."""
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PATH": ""}
    environment.pop("PIP_FIND_LINKS", None)
    return subprocess.run(
        [sys.executable, str(checkout / "leeslamp.py"), "--setup-only", "test"],  # a window needs more
        env=environment, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a source folder with the set-up script and a lock file that cannot be had."""
    folder = tmp_path / "a folder with spaces é"
    folder.mkdir()
    for name in ("leeslamp.py", "pyproject.toml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    lock = "no-such-package==1 --hash=sha256:" + "0" * 64 + "\n"
    for name in ("requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text(lock, encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="file modes")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(checkout: Path) -> None:
    checkout.chmod(0o555)
    done = _set_up(checkout)
    checkout.chmod(0o755)
    assert done.returncode == 1
    assert f"cannot write in {checkout}" in done.stderr


def test_packages_that_cannot_be_had_are_a_message_and_not_a_traceback(checkout: Path) -> None:
    done = _set_up(checkout)
    assert done.returncode == 1
    assert "either no network, or no build for this kind of computer" in done.stderr
    assert "no-such-package" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv" / leeslamp.STAMP.name).exists()


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one that the lock",
        ),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Failed to establish a new connection: Name or service not known", "internet"),
        ("SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", "not trusted"),
        ("error: Failed to fetch\n  Caused by: dns error: failed to lookup address", "internet"),
        ("ERROR: No matching distribution found for x==1", "no network"),
        ("Segmentation fault", "failed"),
    ],
)
def test_a_failed_installation_is_explained(output: str, advice: str) -> None:
    assert advice in leeslamp.explain(output)
    assert output.splitlines()[-1] in leeslamp.explain(output)


@pytest.mark.parametrize(
    ("release", "glib"),
    [
        ({"ID": "debian", "VERSION_ID": "12"}, "libglib2.0-0"),
        ({"ID": "debian", "VERSION_ID": "13"}, "libglib2.0-0t64"),
        ({"ID": "debian"}, "libglib2.0-0t64"),
        ({"ID": "ubuntu", "VERSION_ID": "22.04"}, "libglib2.0-0"),
        ({"ID": "ubuntu", "VERSION_ID": "24.04"}, "libglib2.0-0t64"),
        ({}, "libglib2.0-0"),
    ],
)
def test_packages_have_the_names_of_the_release(release: dict[str, str], glib: str) -> None:
    assert leeslamp.package_names(["libegl1", "libglib2.0-0"], release) == ["libegl1", glib]


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system libraries are looked for on Linux only"
)
def test_a_missing_system_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(leeslamp.QT_LIBRARIES, "libnosuch.so.7", "libnosuch7")
    monkeypatch.setattr(
        leeslamp.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )
    with pytest.raises(leeslamp.SetupError, match=r"libnosuch\.so\.7[\s\S]*apt install libnosuch7$"):
        leeslamp.check_system(window=False, venv=True, allowed=False)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system libraries are looked for on Linux only"
)
def test_nothing_is_asked_for_where_all_is_there() -> None:
    leeslamp.check_system(window=False, venv=True, allowed=False)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(("failing", "code"), [("", 0), ("ruff", 1), ("mypy", 1), ("pytest", 3)])
def test_the_test_command_fails_when_any_part_fails(tmp_path: Path, failing: str, code: int) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$2" != "{failing}" ] || exit {code}\n', encoding="utf-8")
    python.chmod(0o755)
    assert leeslamp.test(python, []) == code


def test_the_script_parses_on_an_old_python() -> None:
    source = (ROOT / "leeslamp.py").read_text(encoding="utf-8")
    compile(source, "leeslamp.py", "exec", dont_inherit=True)
    import ast

    ast.parse(source, feature_version=(3, 6))


# The lock files


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        assert all("--hash=sha256:" in part for part in re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:])


def test_the_lock_files_fulfil_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    app = PROJECT["project"]["dependencies"] + groups["build"]
    for name, wanted in (
        ("requirements.lock", app),
        ("requirements-dev.lock", app + groups["test"] + groups["package"]),
    ):
        pins = _pins(name)
        for line in wanted:
            requirement = Requirement(line)
            assert Version(pins[requirement.name.lower()]) in requirement.specifier, f"{name}: {line}"


def test_both_lock_files_agree() -> None:
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


def _shipped(name: str) -> set[str]:
    """Return the packages that one needs at run time on some system, without extras."""
    needed = {Requirement(line) for line in metadata.requires(name) or [] if "extra ==" not in line}
    names = {requirement.name.lower() for requirement in needed if not requirement.marker}
    return names.union(*map(_shipped, names))


def test_every_shipped_library_has_its_licence_listed() -> None:
    listed = (ROOT / "resources" / "LICENCES.md").read_text(encoding="utf-8").lower()
    shipped = set().union(*(_shipped(Requirement(line).name) for line in PROJECT["project"]["dependencies"]))
    shipped |= {Requirement(line).name.lower() for line in PROJECT["project"]["dependencies"]}
    assert {"shiboken6", "qtpy"} <= shipped
    assert {name for name in shipped if name not in listed} == set()


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel as an installer would and open it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as opened:
        yield opened


def test_nothing_but_the_package_is_installed(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"desktop"}


def test_the_wheel_carries_the_bundled_data(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert {"desktop/_resources/translations/nl.mo", "desktop/_resources/translations/en.mo"} <= names
    assert "desktop/_resources/LICENCES.md" in names
    for folder, inside in (("resources", "_resources"), ("seeds", "_seeds")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"desktop/{inside}/{path.relative_to(ROOT / folder).as_posix()}" in names


def test_the_program_runs_from_the_wheel_alone(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    wheel.extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def output(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=100,
        ).stdout  # fmt: skip

    code = (
        "import desktop; from desktop import resources\n"
        "print(desktop.__file__, resources.resource('themes'), resources.starter_articles(), sep='\\n')"
    )
    assert all(line.startswith(str(installed)) for line in output("-c", code).splitlines())
    assert json.loads(output("-m", "desktop", "--selftest"))["ok"]


# Qt


def test_qt_calls_do_not_release_none(qapp: object) -> None:
    """PySide6 6.12.0 on CPython older than 3.12 drops a reference to None on every call that returns nothing.

    The process then aborts after some thousand calls; hence the upper bound in pyproject.toml.
    """
    from PySide6.QtGui import QTextCursor, QTextDocument

    document = QTextDocument("Leeslamp")
    cursor = QTextCursor(document)
    before = sys.getrefcount(None)
    for position in range(100):
        cursor.setPosition(position % 8)
    assert abs(sys.getrefcount(None) - before) < 50


def test_the_names_model_runs_on_code_that_reports_to_nobody(tmp_path: Path) -> None:
    """Importing it makes no file, and there is no code for the network in it."""
    code = "import onnxruntime; print(onnxruntime.__path__[0])"
    where = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **where}, capture_output=True, text=True, check=True
    )
    assert list(tmp_path.iterdir()) == []
    inside = Path(done.stdout.strip(), "capi").iterdir()
    libraries = [path for path in inside if path.suffix in (".so", ".pyd")]
    assert libraries
    assert [path.name for path in libraries if b"curl.se/docs" in path.read_bytes()] == []
