"""Copies of the library: made on demand, put back on demand."""

from __future__ import annotations

from pathlib import Path

from desktop.library import backup
from desktop.progress import Progress
from desktop.tasks.session import Session


def back_up(session: Session, target: Path, progress: Progress) -> None:
    """Write a verified copy of the library's database. Raises Problem, Cancelled."""
    backup.back_up(session.library, target, progress)


def restore(file: Path, folder: Path, progress: Progress) -> Path | None:
    """Put a backup in the place of a library that is not open; return where the replaced one is kept.

    Raises Problem.
    """
    return backup.restore(file, folder, progress)
