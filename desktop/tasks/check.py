"""Check that a library is whole; repair it on a copy and put that in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.errors import Problem
from desktop.library import backup
from desktop.library import check as checking
from desktop.library.repair import repair as repair_copy
from desktop.progress import Progress
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: what is different now, and where the library as it was is kept."""

    findings: list[str]
    kept: Path | None


def check(session: Session, progress: Progress) -> list[str]:
    """Return what is wrong with an open library and its index, nothing if all is well. Raises Cancelled.

    A damaged index is no finding: it is thrown away and built again by itself.
    """
    session.index.check(progress)
    return checking.check(session.library, progress)


def repair(folder: Path, progress: Progress) -> Repaired:
    """Repair a library that is not open: what can be read goes into a copy, which takes its place.

    The library as it was is kept. Raises Problem, Cancelled.
    """
    copy, findings = repair_copy(folder, progress)
    try:
        kept = backup.restore(copy, folder, progress)
    except Problem:
        copy.unlink(missing_ok=True)
        raise
    return Repaired(findings, kept)
