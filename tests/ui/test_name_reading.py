"""The model reads behind the window: what comes in, with pause and going on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import mentions
from desktop.model import ACTOR_KINDS, Source
from desktop.settings import Settings
from desktop.tasks.read_names import waiting
from desktop.ui.jobs import Lane
from desktop.ui.name_reading import NameReading


@pytest.fixture
def reading(library_of_three: Any) -> NameReading:
    reading: NameReading = library_of_three.window.parts.name_reading
    reading._begin.setInterval(0)
    return reading


def test_what_came_in_is_read_by_the_model_and_the_open_article_shows_it(
    library_of_three: Any, reading: NameReading, qtbot: Any
) -> None:
    library_of_three.read("Minister bezoekt Nvidia")
    window, session = library_of_three.window, library_of_three.libraries.session
    assert waiting(session) == 3
    action = window.action_table["names_by_model"]
    assert not action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: waiting(session) == 0, timeout=60_000)

    def found_by_model() -> bool:
        shown = window.parts.reading.current
        return any(m.source is Source.MODEL for m in shown.mentions if m.kind in ACTOR_KINDS)

    qtbot.waitUntil(found_by_model, timeout=10_000)
    article = window.parts.reading.current.article.id
    assert any(m.source is Source.MODEL for m in mentions.of_article(session.library.reader(), article))
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=20_000)


def test_given_up_it_pauses_until_it_is_wanted_again(
    library_of_three: Any, reading: NameReading, qtbot: Any
) -> None:
    settings: Settings = library_of_three.settings
    window, session = library_of_three.window, library_of_three.libraries.session
    reading.set_wanted(True)
    qtbot.waitUntil(lambda: library_of_three.jobs.busy())
    library_of_three.jobs.cancel_all()
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=60_000)
    assert not settings.get("names_by_model")
    assert not window.action_table["names_by_model"].isChecked()
    assert "reads no further" in library_of_three.messages.told[-1]
    window.parts.notices.notice.act()
    assert settings.get("names_by_model")
    qtbot.waitUntil(lambda: waiting(session) == 0, timeout=60_000)
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=20_000)


def test_the_setting_in_the_dialog_is_the_same(
    library_of_three: Any, reading: NameReading, qtbot: Any
) -> None:
    library_of_three.settings.set("names_by_model", True)
    library_of_three.window.parts.desk.setting_changed.emit("names_by_model")
    session = library_of_three.libraries.session
    assert library_of_three.window.action_table["names_by_model"].isChecked()
    qtbot.waitUntil(lambda: waiting(session) == 0, timeout=60_000)
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=20_000)


def test_closing_the_library_is_no_pause(library_of_three: Any, reading: NameReading, qtbot: Any) -> None:
    reading.set_wanted(True)
    qtbot.waitUntil(lambda: library_of_three.jobs.busy())
    library_of_three.libraries.close()
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=60_000)
    assert library_of_three.settings.get("names_by_model")


def test_another_library_is_no_pause_and_is_read_in_its_turn(
    library_of_three: Any, reading: NameReading, qtbot: Any, stocked: Path, tmp_path: Path
) -> None:
    shutil.copytree(stocked, tmp_path / "other")
    reading.set_wanted(True)
    qtbot.waitUntil(lambda: library_of_three.jobs.busy(Lane.BEHIND))
    with qtbot.waitSignal(library_of_three.libraries.opened, timeout=20_000):
        library_of_three.libraries.open(tmp_path / "other")
    session = library_of_three.libraries.session
    qtbot.waitUntil(lambda: waiting(session) == 0, timeout=60_000)
    qtbot.waitUntil(lambda: not library_of_three.jobs.busy(), timeout=20_000)
    assert library_of_three.settings.get("names_by_model")
    assert library_of_three.window.action_table["names_by_model"].isChecked()
    assert not any("reads no further" in told for told in library_of_three.messages.told)


def test_a_process_that_dies_is_tried_again_and_told_of_the_second_time(
    library_of_three: Any, reading: NameReading, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def dies(*_args: object, **_named: object) -> None:
        tried.append(1)
        raise Problem(ProblemKind.CRASHED)

    monkeypatch.setattr("desktop.tasks.read_names.read_names", dies)
    reading.set_wanted(True)
    messages = library_of_three.messages
    qtbot.waitUntil(lambda: bool(messages.warned), timeout=10_000)
    assert messages.warned == ["“Recognising names” stopped unexpectedly"]
    assert len(tried) == 2
