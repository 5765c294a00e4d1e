"""Journeys drive the real window; each leaves pictures where LEESLAMP_PICTURES says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.window_fixtures import Desktop, desktop, files, library_of_three, messages, stocked  # noqa: F401


@pytest.fixture
def picture(desktop: Desktop, tmp_path: Path) -> Callable[[str], None]:  # noqa: F811
    """Save the window as it is now, under a name."""
    folder = Path(os.environ.get("LEESLAMP_PICTURES", tmp_path))

    def save(name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        assert desktop.window.grab().save(str(folder / f"{name}.png"))

    return save
