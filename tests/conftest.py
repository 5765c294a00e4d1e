"""What holds for every test: its own home, English, no network, and nothing left behind.

A test fails when it opens an INET socket, logs at WARNING or above (unless marked `expected_log`), or
leaves a thread, a child process, a root log handler, a top-level widget or a running Qt timer.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest
import translations
from pytestqt.qtbot import QtBot

from desktop import i18n

ROOT = Path(__file__).resolve().parent.parent
#: How long a thread, process or widget that is on its way out may take.
PATIENCE = 3.0

hypothesis.settings.register_profile("quick", deadline=None, max_examples=30, print_blob=True)
hypothesis.settings.register_profile("all", deadline=None, max_examples=500, print_blob=True)


class PatientBot(QtBot):
    """A QtBot that gives a busy machine time: what does not come fails later, what comes is seen as soon."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = 20_000) -> None:
        """Wait until it is so; timeout in milliseconds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = 20_000, **how: Any) -> Any:
        """Wait for a signal; timeout in milliseconds."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = 20_000) -> Any:
        """Wait until a window is shown; timeout in milliseconds."""
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


# The run as a whole


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the tests marked slow too, and more examples")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("all" if config.getoption("--all") else "quick")
    translations.compile_all()
    sys.addaudithook(_refuse_network)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


# Offline

_refused: list[str] = []
_NETWORK_EVENTS = {"socket.__new__", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: raise at the first sign of a network connection, whoever makes it."""
    if event not in _NETWORK_EVENTS:
        return
    if event == "socket.__new__" and arguments[1] not in (socket.AF_INET, socket.AF_INET6):
        return
    _refused.append(f"{event} {arguments[1:]}")
    raise RuntimeError("Leeslamp is an offline program: no INET sockets")


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    _refused.clear()
    yield
    opened, _refused[:] = list(_refused), []
    if opened:
        pytest.fail(f"the network was asked for: {opened}")


# Its own home and language


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own folder for settings, log and default library; return it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LEESLAMP_HOME", str(folder))
    monkeypatch.delenv("LEESLAMP_LIBRARY", raising=False)
    return folder


@pytest.fixture(autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("language")
    i18n.use(marker.args[0] if marker else "en")
    yield
    i18n.use("en")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Any]:
    """Return an empty open library in a temporary folder."""
    from desktop.library.database import Library

    opened = Library.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Any]:
    """Return an open session on an empty library in a temporary folder."""
    from desktop.tasks.session import Session

    opened = Session.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def shared() -> Path:
    """Return the folder of test data beside the repository; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ is not beside this repository")
    return folder


# Nothing unexpected in the log


class _Loud(logging.Handler):
    """Collects what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    loud = _Loud()
    root.addHandler(loud)
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    marker = request.node.get_closest_marker("expected_log")
    expected = logging.getLevelName(marker.args[0]) if marker else logging.NOTSET
    unexpected = [record for record in loud.records if record.levelno > expected]
    if unexpected:
        lines = "\n".join(f"{record.levelname} {record.name}: {record.getMessage()}" for record in unexpected)
        pytest.fail(f"unexpected in the log:\n{lines}")


# Nothing left running


def _wait_until(empty: Callable[[], list[Any]]) -> list[Any]:
    """Return what `empty` still finds after it had time to become empty."""
    end = time.monotonic() + PATIENCE
    while (left := empty()) and time.monotonic() < end:
        time.sleep(0.01)
    return left


def _running_threads() -> set[threading.Thread]:
    # The entry of a foreign thread (Qt's) stays after its end: it counts as long as it has a stack.
    stacks = sys._current_frames()
    return {
        thread
        for thread in threading.enumerate()
        if not isinstance(thread, threading._DummyThread) or thread.ident in stacks
    }


def _where(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    stack = "".join(traceback.format_stack(frame)[-4:]) if frame else ""
    return f"{thread.name}\n{stack}"


def _left_running(before: set[Any]) -> str:
    """Say which threads and child processes are there that were not; "" for none."""

    def now() -> set[Any]:
        return {*_running_threads(), *multiprocessing.active_children()}

    left = _wait_until(lambda: list(now() - before))
    return "\n".join(_where(one) if isinstance(one, threading.Thread) else str(one) for one in left)


@pytest.fixture(autouse=True, scope="module")
def _nothing_left_by_module() -> Iterator[None]:
    before = {*_running_threads(), *multiprocessing.active_children()}
    yield
    if left := _left_running(before):
        pytest.fail(f"threads or processes left running by these tests: {left}")


@pytest.fixture(autouse=True)
def _nothing_left_by_test(request: pytest.FixtureRequest) -> Iterator[None]:
    before = {*_running_threads(), *multiprocessing.active_children()}
    yield
    # What lives as long as a module's tests may start a thread in one of them: the module answers for it.
    wider = any(
        definition.scope not in ("function", "session")
        for name, definitions in request.node._fixtureinfo.name2fixturedefs.items()
        if not name.startswith("_")
        for definition in definitions
    )
    if not wider and (left := _left_running(before)):
        pytest.fail(f"threads or processes left running: {left}")


_told: list[Any] = []  #: running Qt objects that failed an earlier test already


@pytest.fixture(autouse=True)
def _no_leaked_qt_objects(request: pytest.FixtureRequest) -> Iterator[None]:
    """Only for tests that use Qt: top-level widgets, running timers and threads are gone afterwards."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    def windows() -> set[Any]:
        return {widget for widget in QApplication.topLevelWidgets() if isValid(widget)}

    before = windows()
    yield
    assert QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000)), "work left in Qt's thread pool"

    def settle() -> list[Any]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        return list(windows() - before)

    left = settle()
    if left:
        del left
        gc.collect()  # a widget in a reference cycle goes only now
        left = _wait_until(settle)
    if left and not request.node.get_closest_marker("keeps_widgets"):
        pytest.fail(f"top-level widgets left: {left}")
    running = [
        thing
        for thing in gc.get_objects()
        if (type(thing) is QTimer and isValid(thing) and thing.isActive())
        or (isinstance(thing, QThread) and isValid(thing) and thing.isRunning())
    ]
    here = QCoreApplication.instance().thread()
    known = [here, *_told]
    running = [thing for thing in running if thing not in known and not _belongs_to(thing, before)]
    if running:
        _told.extend(running)
        pytest.fail(f"Qt timers or threads left running: {running}")


def _belongs_to(thing: Any, windows: set[Any]) -> bool:
    """Tell whether a Qt object hangs below one of these windows."""
    while thing is not None:
        if thing in windows:
            return True
        thing = thing.parent()
    return False
