"""Take back what a person did, and do it again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

from desktop.errors import Problem, ProblemKind
from desktop.library import history, mentions, owners, rules
from desktop.model import ArticleId, Changes, Step
from desktop.tasks.session import Session


def undo(session: Session) -> tuple[Step | None, Changes]:
    """Undo the newest step; (None, no changes) where there is none.

    Raises Problem CHANGED_SINCE: what the step would restore was changed later. It is forgotten then, so
    that it is not in the way of older steps.
    """
    return _run(session, history.undo, history.next_undo)


def redo(session: Session) -> tuple[Step | None, Changes]:
    """Do the step undone last again; otherwise as `undo`."""
    return _run(session, history.redo, history.next_redo)


def next_steps(session: Session) -> tuple[Step | None, Step | None]:
    """Return what undo and redo would do, for the menu."""
    con = session.library.reader()
    return history.next_undo(con), history.next_redo(con)


#: steps after which marks are made again: at once in the article they were made in
_REMARKED = (
    *("metadata", "reject_amount", "correct_amount", "restore_rule"),
    *("ignore_name", "retype_name", "split_name", "add_name", "import_rules"),
)
_Replay = Callable[[sqlite3.Connection], Step | None]


def _run(session: Session, replay: _Replay, upcoming: _Replay) -> tuple[Step | None, Changes]:
    def work(con: sqlite3.Connection) -> tuple[Step | None, Changes]:
        step = replay(con)
        if step is None:
            return None, Changes()
        if changed := rules.of_step(con, step.id):
            owners.apply_rules(con, changed)
            conditions = [rule.condition for rule in changed if not rules.is_about_names(rule)]
            mentions.make_stale(con, rules.rows_concerned(con, conditions))
            articles = frozenset({c.article for c in conditions if c.article is not None})
            at_hand = frozenset({ArticleId(step.fields["article"])} if step.fields.get("article") else ())
            about_names = len(conditions) < len(changed)
            return step, Changes(articles=at_hand or articles, actors=about_names, step=step.id)
        return step, history.touched(con, step.id)

    try:
        outcome = session.library.write(work)
    except Problem as problem:
        if problem.kind is ProblemKind.CHANGED_SINCE:
            session.library.write(partial(_forget, upcoming=upcoming))
        raise
    session.wake()
    step, changes = outcome
    if step is not None and step.kind in _REMARKED:
        from desktop.tasks.corrections import mark_at_hand

        mark_at_hand(session, changes.articles)
    return outcome


def _forget(con: sqlite3.Connection, *, upcoming: _Replay) -> None:
    step = upcoming(con)
    if step is not None:
        history.discard(con, step.id)
