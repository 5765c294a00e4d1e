"""An open library with the thread that follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.progress import SilentProgress
from desktop.search import index
from desktop.tasks import session as session_module
from desktop.tasks.import_files import import_text
from desktop.tasks.manage import trash
from desktop.tasks.reindex import rebuild
from desktop.tasks.search import search
from desktop.tasks.session import Session


class Listener:
    """Hears what the index's thread tells; lets a test wait for a state."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.states: list[str] = []
        self._news = threading.Condition()

    def __call__(self) -> None:
        assert self.session is not None
        with self._news:
            self.states.append(self.session.index_state)
            self._news.notify_all()

    def wait_for(self, *states: str) -> None:
        with self._news:
            assert self._news.wait_for(lambda: tuple(self.states[-len(states) :]) == states, timeout=60)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def session(tmp_path: Path, listener: Listener) -> Iterator[Session]:
    session = listener.session = Session.open(tmp_path / "library")
    session.start_following(listener)
    listener.wait_for("building", "current")
    yield session
    session.close()


def test_the_index_follows_by_itself_and_says_so(session: Session, listener: Listener) -> None:
    (article,) = import_text(session, "Een stuk over de haven\n\nDe kade wordt dieper.").added
    listener.wait_for("behind", "current")
    assert search(session, "kade").total == 1
    trash(session, [article])
    listener.wait_for("behind", "current", "behind", "current")
    assert search(session, "kade").total == 0


def test_waking_without_changes_tells_nothing(session: Session, listener: Listener) -> None:
    told = list(listener.states)
    session.wake()
    import_text(session, "Nog een stuk\n\nMet tekst.")
    listener.wait_for("behind", "current")
    assert listener.states == [*told, "behind", "current"]


def test_an_index_that_was_deleted_is_built_again(tmp_path: Path, listener: Listener) -> None:
    session = Session.open(tmp_path / "library")
    import_text(session, "Een stuk over de haven\n\nDe kade wordt dieper.")
    session.catch_up()
    session.close()
    for file in (tmp_path / "library" / "index").iterdir():
        file.unlink()
    session = listener.session = Session.open(tmp_path / "library")
    assert search(session, "kade").total == 0
    session.start_following(listener)
    listener.wait_for("building", "current")
    assert search(session, "kade").total == 1
    session.close()


def test_rebuilding_counts_the_articles(session: Session) -> None:
    import_text(session, "Een stuk\n\nMet tekst.")
    assert rebuild(session, SilentProgress()) == 1


def test_a_library_closes_while_its_index_is_being_built(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "library")
    for number in range(20):
        import_text(session, f"Stuk {number}\n\nMet tekst {number}.")
    session.start_following(lambda: None)
    session.close()
    session = Session.open(tmp_path / "library")
    session.catch_up()
    assert search(session, "tekst").total == 20
    session.close()


@pytest.mark.expected_log("ERROR")
def test_an_index_that_is_damaged_while_in_use_is_built_again(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "library")
    import_text(session, "Een stuk over de haven\n\nDe kade wordt dieper.")
    session.catch_up()
    for file in (tmp_path / "library" / "index").iterdir():
        if file.name != "index.json":
            file.unlink()
    import_text(session, "Nog een stuk\n\nDe kade wordt breder.")
    session.catch_up()
    assert search(session, "kade").total == 2
    session.close()


def test_a_merge_lets_new_articles_go_first(
    session: Session, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(index.FAN):
        import_text(session, f"Stuk {number}\n\nMet tekst over de haven, nummer {number}.")
        listener.wait_for("behind", "current")
        listener.states.clear()
    merging = threading.Event()

    def merge_for_ever(parts: object, writer: object, tick: Callable[[], None]) -> int:
        merging.set()
        while True:
            tick()

    monkeypatch.setattr(index, "merge", merge_for_ever)
    monkeypatch.setattr(session_module, "_IDLE_SECONDS", 0.01)
    session.wake()
    assert merging.wait(60)
    import_text(session, "Nog een stuk\n\nDe kade wordt breder.")
    listener.wait_for("behind", "current")
    assert search(session, "kade").total == 1
    assert search(session, "haven").total == index.FAN
