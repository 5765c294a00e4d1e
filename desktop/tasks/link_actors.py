"""Find out which names of a library are one actor, after articles came, went or were marked anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain

from desktop.extraction import name_links
from desktop.extraction.name_links import Appearance, KnownName, Link
from desktop.library import links
from desktop.library.database import Priority
from desktop.library.name_forms import normal
from desktop.model import Changes, MentionKind
from desktop.progress import Progress
from desktop.tasks.session import Session

_BATCH = 200  # names looked at between two steps


def link(session: Session, progress: Progress) -> Changes:
    """Look at all names that wait for it. Raises Cancelled; what was done stays, the rest waits on."""
    con = session.library.reader()
    moved, done = False, 0
    while keys := links.todo(con, _BATCH):
        progress.step(done, 0)
        decisions = _decide(con, list(keys))
        store = partial(links.store, looked_at=keys, decisions=decisions)
        moved |= session.library.write(store, priority=Priority.IDLE)
        done += len(keys)
    return Changes(actors=moved)


def _decide(con: sqlite3.Connection, keys: Sequence[int]) -> list[links.Decision]:
    found = {key: links.Decision(key, None, "") for key in keys}
    for group in links.persons_with(con, keys):
        found |= _decide_group(con, group)
    concerned = dict(links.others(con, keys))
    for key in list(concerned):
        concerned |= dict(links.others(con, _namesakes(con, key, concerned)))
    for key in concerned:
        group = _namesakes(con, key, concerned)
        if key in group:  # else it stands nowhere by now
            found[key] = _decide_group(con, group)[key]
    return list(found.values())


def _namesakes(con: sqlite3.Connection, key: int, names: dict[int, str]) -> list[int]:
    same = (
        _translations().get((names[key], kind), ()) for kind in (MentionKind.PLACE, MentionKind.ORGANISATION)
    )
    return links.namesakes(con, key, [*name_links.keys_to_try(names[key]), *chain.from_iterable(same)])


@lru_cache(maxsize=1)
def _translations() -> dict[tuple[str, MentionKind], tuple[str, ...]]:
    return name_links.translations(normal)


def _decide_group(con: sqlite3.Connection, group: Sequence[int]) -> dict[int, links.Decision]:
    if len(group) == 1:
        return {group[0]: links.Decision(group[0], None, "")}
    family = links.family(con, group)
    names = [_known(row, family) for row in family.names]
    apart = {row.id for row in family.names if row.is_decided}
    found: dict[int, list[Link]] = {key: [] for key in group}
    for one in name_links.links(names, apart):
        found[one.name].append(one)
    return {key: _decision(key, several) for key, several in found.items()}


def _decision(key: int, found: Sequence[Link]) -> links.Decision:
    if len(found) == 1 and found[0].is_sure:
        return links.Decision(key, found[0].fuller, _evidence(found[0]))
    return links.Decision(key, None, "", [(one.fuller, _evidence(one)) for one in found])


def _evidence(found: Link) -> str:
    return json.dumps({"how": found.how, "role": found.role, "near": found.near})


def _known(row: links.NameRow, family: links.Family) -> KnownName:
    appearances = tuple(
        Appearance(frozenset(family.roles[row.id].get(article, ())), frozenset(near))
        for article, near in family.near[row.id].items()
    )
    return KnownName(
        row.id,
        row.name,
        row.kind,
        row.actor,
        frozenset(family.forms[row.id]),
        appearances,
        _translations().get((row.name, row.kind), ()),
    )
