"""The window's part of the self-test."""

from __future__ import annotations

import pytest
from PySide6.QtCore import qVersion

from desktop.ui import self_test


def test_the_window_is_tried_beside_one_that_is_open(qapp: object) -> None:
    assert self_test.try_window() == qVersion()


def test_a_platform_without_its_plugin_is_said_and_does_not_end_the_process(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nosuch")
    with pytest.raises(RuntimeError, match="no plugin nosuch"):
        self_test.try_window()
