"""The house stands as it was drawn: who imports whom, and which file alone may do what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop"
LONGEST_FILE = 500

_VALUES = frozenset({"model", "errors", "progress", "resources"})
_PURE = {"importers", "extraction", "anchoring", "search", "charts"}
_EDGES = {"paths", "settings", "log", "i18n", "workers"}
_ALL_OF_CORE = _VALUES | _EDGES | _PURE | {"library", "exporters"}

#: What each module or folder of `desktop` may import of ours besides itself.
MAY_IMPORT: dict[str, set[str] | frozenset[str]] = {
    **dict.fromkeys(_VALUES, frozenset()),
    **dict.fromkeys(_EDGES, frozenset({"model", "errors", "paths", "resources"})),
    "paths": {"errors"},
    "library": {"model", "errors", "progress"},
    **dict.fromkeys(_PURE, _VALUES),
    "importers": _VALUES | {"workers"},  # for programs of the system: character recognition
    "exporters": {"model", "errors", "i18n", "charts", "resources"},
    "tasks": _ALL_OF_CORE,
    "cli": _ALL_OF_CORE | {"tasks"},
    "ui": _ALL_OF_CORE | {"tasks"},
    "app": _ALL_OF_CORE | {"tasks", "ui"},
    "__main__": _ALL_OF_CORE | {"tasks", "ui", "cli", "app"},
    "__init__": set(),
}


@lru_cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _room(path: Path) -> str:
    """Return the row of the table a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported, wherever it stands; `from a import b` gives a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            function = ast.unparse(node.func)
            if function in ("__import__", "import_module", "importlib.import_module"):
                literal = node.args and isinstance(node.args[0], ast.Constant)
                yield node.lineno, str(node.args[0].value) if literal else "a name made at run time"


def _begins(name: str, *modules: str) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


def _import_faults(path: Path, tree: ast.AST) -> list[str]:
    room = _room(path)
    if room not in MAY_IMPORT:
        return [f"{_name(path)}: has no row in the table of who may import whom"]
    faults = []
    for line, name in imported(tree):
        if name.startswith((".", "a name")):
            faults.append(f"{_name(path)}:{line}: imports {name}")
        if not name.startswith("desktop.") or name == "desktop.__version__":
            continue
        target = name.split(".")[1]
        if target != room and target not in MAY_IMPORT[room]:
            faults.append(f"{_name(path)}:{line}: {room} may not import {target}")
    return faults


def test_imports_point_down_only() -> None:
    faults = [fault for path in _sources() for fault in _import_faults(path, _tree(path))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("library/articles.py", "def f():\n    from desktop import search"),
        ("search/query.py", "import desktop.library.database"),
        ("model.py", "from desktop.errors import Problem"),
        ("importers/pdf.py", "import importlib\nimportlib.import_module('desktop.tasks')"),
        ("importers/pdf.py", "import importlib\nimportlib.import_module('desktop.' + name)"),
        ("cli.py", "from desktop.ui.jobs import Jobs"),
        ("ui/jobs.py", "from .. import cli"),
        ("utils.py", ""),
    ],
)
def test_a_forbidden_import_is_found(file: str, code: str) -> None:
    assert _import_faults(PACKAGE / file, ast.parse(code))


def test_the_command_line_loads_no_qt() -> None:
    code = "import sys, desktop.cli; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert "desktop" in loaded
    assert not {"PySide6", "shiboken6", "qtawesome", "qtpy"} & set(loaded)


# What only certain files may do


def _used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything imported and of every bare or dotted name in use."""
    yield from imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            yield node.lineno, ast.unparse(node)


def _last_is(*names: str) -> Callable[[str], bool]:
    return lambda used: used.rpartition(".")[2] in names


def _below(*modules: str) -> Callable[[str], bool]:
    return lambda used: _begins(used, *modules)


_FORKING = {"fork", "forkpty", "system", "popen", "startfile"}


def _makes_process(used: str) -> bool:
    if used == "multiprocessing.freeze_support":
        return False
    return (
        _begins(used, "multiprocessing", "subprocess", "concurrent.futures.process")
        or used.rpartition(".")[2] in ("ProcessPoolExecutor", "QProcess")
        or (
            used.startswith("os.")
            and (used[3:] in _FORKING or used[3:].startswith(("spawn", "posix_spawn", "exec")))
        )
    )


_NETWORK = (
    "socket", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "socketserver", "asyncio",
    "xmlrpc", "urllib.request", "requests", "httpx", "aiohttp", "webbrowser", "PySide6.QtWebEngineWidgets",
)  # fmt: skip


def _reaches_network(used: str) -> bool:
    """QtNetwork holds the local socket between two windows of one user; nothing else of it is allowed."""
    local = ("QLocalServer", "QLocalSocket")
    if _begins(used, "PySide6.QtNetwork"):
        return used.rpartition(".")[2] not in local
    return _begins(used, *_NETWORK)


@pytest.mark.parametrize(
    ("what", "meets", "files"),
    [
        ("Whoosh", _below("whoosh"), ("search/index.py", "search/codec.py", "search/executor.py")),
        ("Qt", _below("PySide6", "shiboken6", "qtawesome", "qtpy"), ("ui/", "app.py")),
        ("SQLite", _below("sqlite3.connect", "sqlite3.dbapi2"), ("library/",)),
        ("Qt threads", _last_is("QThread", "QThreadPool", "QRunnable"), ("ui/jobs.py",)),
        ("message boxes", _last_is("QMessageBox", "QFileDialog", "QInputDialog"), ("ui/messages.py",)),
        ("processEvents", _last_is("processEvents"), ()),
        ("processes", _makes_process, ("workers.py",)),
        ("the network", _reaches_network, ()),
        ("bundled data", _last_is("_MEIPASS"), ("resources.py",)),
    ],
)
def test_only_its_own_files_use(what: str, meets: Callable[[str], bool], files: tuple[str, ...]) -> None:
    faults = sorted(
        {
            f"{_name(path)}:{line}: {name}"
            for path in _sources()
            if not path.relative_to(PACKAGE).as_posix().startswith(files)
            for line, name in _used(_tree(path))
            if meets(name)
        }
    )
    assert not faults, f"{what} outside {files}:\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess",
        "from multiprocessing import Process",
        "import multiprocessing.pool",
        "from concurrent.futures import ProcessPoolExecutor",
        "import os\nos.fork()",
        "import os\nos.execv(a, b)",
    ],
)
def test_a_process_is_found(code: str) -> None:
    assert any(_makes_process(name) for _line, name in _used(ast.parse(code)))


def test_the_local_socket_is_no_network() -> None:
    assert not _reaches_network("PySide6.QtNetwork.QLocalServer")
    assert _reaches_network("PySide6.QtNetwork.QNetworkAccessManager")
    assert _reaches_network("urllib.request.urlopen")


_SQL = re.compile(
    r"\s*(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|PRAGMA|WITH)\s"
)


def test_sql_stands_in_the_library_only() -> None:
    faults = [
        f"{_name(path)}:{node.lineno}"
        for path in _sources()
        if _room(path) != "library"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value)
    ]
    assert not faults, faults


def test_the_window_writes_through_tasks_only() -> None:
    faults = [
        f"{_name(path)}:{node.lineno}: {ast.unparse(node.func)}()"
        for path in _sources()
        if _room(path) in ("ui", "app")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("write", "submit")
        and ast.unparse(node.func.value).endswith("library")
    ]
    assert not faults, faults


# Shape


def test_no_file_is_too_long() -> None:
    files = [
        *_sources(),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "packaging").rglob("*.py"),
        ROOT / "leeslamp.py",
    ]
    long = {_name(path): lines for path in files if (lines := _lines(path)) > LONGEST_FILE}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_folder_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would hide the library of that name"
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("name", ["utils", "common", "misc", "helpers", "util", "tools"])
def test_no_drawer_for_everything(name: str) -> None:
    assert not [path for path in PACKAGE.rglob("*") if path.stem == name]
