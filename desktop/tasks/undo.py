"""Take back what a person did, and do it again."""

from __future__ import annotations

from desktop.library import history
from desktop.model import Changes, Step
from desktop.tasks.session import Session


def undo(session: Session) -> tuple[Step | None, Changes]:
    """Undo the newest step; (None, no changes) where there is none. Raises Problem CHANGED_SINCE."""
    step = session.library.write(history.undo)
    return step, _everything(step)


def redo(session: Session) -> tuple[Step | None, Changes]:
    """Do the step undone last again; (None, no changes) where there is none. Raises Problem CHANGED_SINCE."""
    step = session.library.write(history.redo)
    return step, _everything(step)


def next_steps(session: Session) -> tuple[Step | None, Step | None]:
    """Return what undo and redo would do, for the menu."""
    con = session.library.reader()
    return history.next_undo(con), history.next_redo(con)


def _everything(step: Step | None) -> Changes:
    # A step's row images may touch any view; undo is rare, so all of them look again.
    return Changes(library=True, step=step.id) if step else Changes()
