"""A second start on the same library hands over and ends; links are read as they are written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.ui import meeting_place
from desktop.ui.links import Link, link_to, read_link
from desktop.ui.single_instance import Doorkeeper, hand_over

ARTICLE = "0f8fad5b-d9cb-469f-a165-70867728950e"
NOTE = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.fixture
def door(qapp: object) -> Iterator[Doorkeeper]:
    door = Doorkeeper()
    yield door
    door.close()


def second_start(library: Path, *words: str) -> subprocess.Popen[str]:
    """Hand over from another process; it prints whether somebody took it."""
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from desktop.ui.single_instance import hand_over\n"
        "app = QCoreApplication([]); print(hand_over(Path(sys.argv[1]), sys.argv[2:]))"
    )
    root = Path(meeting_place.__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", code, str(library), *words],
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
        stdout=subprocess.PIPE,
    )


def test_files_and_links_reach_the_window(door: Doorkeeper, qtbot: QtBot, tmp_path: Path) -> None:
    door.listen(tmp_path)
    assert meeting_place.may_be_met(tmp_path)
    with qtbot.waitSignal(door.handed_over, timeout=20_000) as handed:
        other = second_start(tmp_path, "/a/é.txt", "leeslamp://x")
    assert handed.args == [["/a/é.txt", "leeslamp://x"]]
    assert other.communicate(timeout=20)[0] == "True\n"


def test_nobody_there_is_no(tmp_path: Path, qapp: object) -> None:
    assert not meeting_place.may_be_met(tmp_path)
    assert not hand_over(tmp_path, [])


def test_another_library_is_another_place(door: Doorkeeper, tmp_path: Path) -> None:
    door.listen(tmp_path / "one")
    assert not meeting_place.may_be_met(tmp_path / "other")
    assert not hand_over(tmp_path / "other", [])
    door.listen(tmp_path / "other")
    assert not meeting_place.may_be_met(tmp_path / "one")


def test_what_a_crashed_window_left_behind_is_taken_over(tmp_path: Path, qtbot: QtBot) -> None:
    left = Path("/tmp") / meeting_place.name(tmp_path)
    left.touch()
    door = Doorkeeper()
    door.listen(tmp_path)
    try:
        with qtbot.waitSignal(door.handed_over, timeout=20_000):
            other = second_start(tmp_path)
        assert other.communicate(timeout=20)[0] == "True\n"
    finally:
        door.close()
        left.unlink(missing_ok=True)


def test_nonsense_is_not_handed_on(door: Doorkeeper, tmp_path: Path, qtbot: QtBot) -> None:
    door.listen(tmp_path)
    told: list[object] = []
    door.handed_over.connect(told.append)
    stranger = QLocalSocket()
    stranger.connectToServer(meeting_place.name(tmp_path))
    stranger.write(b"{not json\n")
    stranger.flush()
    qtbot.waitUntil(lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert told == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"leeslamp://article/{ARTICLE}", Link(ARTICLE)),  # type: ignore[arg-type]
        (f"leeslamp://article/{ARTICLE.upper()}/?a={NOTE}", Link(ARTICLE, NOTE)),  # type: ignore[arg-type]
        ("leeslamp://article/7", None),
        (f"leeslamp://article/{ARTICLE}/../../etc", None),
        ("https://example.org", None),
        ("", None),
    ],
)
def test_links_are_read(text: str, link: Link | None) -> None:
    assert read_link(text) == link


def test_a_link_that_was_made_is_read_back() -> None:
    assert read_link(link_to(ARTICLE)) == Link(ARTICLE)  # type: ignore[arg-type]
