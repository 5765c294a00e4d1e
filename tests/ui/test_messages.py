"""What the program says: notices in the window, bugs with details to copy."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Problem, ProblemKind
from desktop.i18n import problem_text
from desktop.ui.bug_dialog import BugDialog
from desktop.ui.messages import Messages, Notice
from desktop.ui.notice_bar import NoticeBar


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def bar(window: QWidget) -> NoticeBar:
    return NoticeBar(window)


@pytest.fixture
def hooks() -> Iterator[None]:
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept


def words(bar: NoticeBar) -> str:
    return bar.findChild(QLabel).text()


def test_a_notice_shows_over_the_foot_of_the_window(bar: NoticeBar, window: QWidget) -> None:
    bar.show_notice(Notice("Imported 3 articles"))
    assert bar.isVisible()
    assert words(bar) == "Imported 3 articles"
    assert window.rect().contains(bar.geometry())
    window.resize(500, 400)
    assert window.rect().contains(bar.geometry())


def test_news_gives_way_and_a_warning_stays_until_closed(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_notice(Notice("first"))
    bar.show_notice(Notice("bad file", warning=True))
    bar.show_notice(Notice("second"))
    assert words(bar) == "bad file"
    qtbot.mouseClick(bar.findChild(QToolButton, "noticeClose"), Qt.MouseButton.LeftButton)
    assert words(bar) == "second"
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_of_news_behind_a_warning_only_the_last_is_shown(bar: NoticeBar, qtbot: QtBot) -> None:
    for notice in (Notice("bad", warning=True), Notice("one"), Notice("worse", warning=True), Notice("two")):
        bar.show_notice(notice)
    shown = [words(bar)]
    while bar.notice is not None:
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
        shown.append(words(bar) if bar.notice is not None else "")
    assert shown == ["bad", "worse", "two", ""]


def test_the_action_acts_once_and_closes(bar: NoticeBar, qtbot: QtBot) -> None:
    acted: list[bool] = []
    bar.show_notice(Notice("Deleted", action="Undo", act=lambda: acted.append(True)))
    button = bar.findChild(QPushButton, "noticeAction")
    assert button.text() == "Undo"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert acted == [True]
    assert not bar.isVisible()


def test_details_of_a_warning_can_be_copied(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_notice(Notice("a.txt is empty", warning=True, details="while importing"))
    qtbot.mouseClick(bar.findChild(QPushButton, "noticeCopy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "a.txt is empty" in copied
    assert "while importing" in copied
    assert "Leeslamp" in copied


def test_a_problem_becomes_one_warning_with_its_sentence(qtbot: QtBot) -> None:
    messages = Messages()
    problem = Problem(ProblemKind.EMPTY, "a.txt")
    with qtbot.waitSignal(messages.noticed) as said:
        messages.problem(problem)
    assert said.args[0] == Notice(problem_text(problem), warning=True)


@pytest.mark.expected_log("ERROR")
def test_uncaught_exceptions_of_any_thread_show_as_bugs(qtbot: QtBot, window: QWidget, hooks: None) -> None:
    messages = Messages()
    messages.window = window
    messages.catch_exceptions()

    def break_something() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=break_something)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: window.findChild(BugDialog) is not None)
    dialog = window.findChild(BugDialog)
    sys.excepthook(ValueError, ValueError("on this one"), None)
    details = dialog.findChild(QPlainTextEdit)
    qtbot.waitUntil(lambda: "on this one" in details.toPlainText())
    assert "in a thread" in details.toPlainText()
    assert len(window.findChildren(BugDialog)) == 1
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(BugDialog))
