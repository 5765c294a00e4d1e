"""Bring the index in line with the library: follow its changes, or fill it anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.library import articles, changes
from desktop.progress import Progress

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_BATCH = 500  # articles read and indexed at once
