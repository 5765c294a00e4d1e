"""Mark many articles in worker processes.

Marking is pure computing in Python: in a thread of this process it would take turns with the window,
and every paint would wait for it. Few articles are marked here all the same, because a process takes
half a second to start.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import chain, islice
from typing import NamedTuple

from desktop.errors import Problem, ProblemKind
from desktop.extraction.near_copies import sketch
from desktop.model import ImportedArticle, Mention, Rule
from desktop.tasks.extract import mark
from desktop.workers import WorkerExecutor, Workers

logger = logging.getLogger(__name__)

_FEW = 6  # articles that are marked in this process
_BATCH = 8  # articles for a process at a time
_SECONDS, _MEGABYTES = 120.0, 2048  # what a batch may take
PROCESSES = max(1, min(4, (os.cpu_count() or 1) - 1))  #: one processor is for the window


class Marked(NamedTuple):
    """What came of an article. sketch: by which its near copies are found (`extraction.near_copies`)."""

    lang: str
    mentions: list[Mention]
    sketch: list[int]


class Unmarked(NamedTuple):
    """An article to mark; id: its UUID where it has one already, for rules about it alone.

    names: what the model found in it; None = the rules are to find the names.
    """

    article: ImportedArticle
    id: str = ""
    names: list[Mention] | None = None


def marking_in(workers: Workers, count: int = PROCESSES) -> WorkerExecutor:
    """Return what `marked` is worked out by: these processes, within what a batch may take."""
    return WorkerExecutor(workers, count, seconds=_SECONDS, megabytes=_MEGABYTES)


def marked(
    articles: Iterable[Unmarked], known_rules: Sequence[Rule], executor: Executor
) -> Iterator[tuple[Unmarked, Marked | Problem]]:
    """Yield each article, in order, with its language and mentions, or with what went wrong with it.

    Articles are taken from the source a few batches ahead of what is yielded. executor: see `marking_in`.
    """
    source = iter(articles)
    first = list(islice(source, _FEW))
    if len(first) < _FEW:
        yield from ((article, _mark_one(article, known_rules)) for article in first)
        return
    source = chain(first, source)
    pending: deque[tuple[list[Unmarked], Future[list[Marked]]]] = deque()
    try:
        while True:
            while len(pending) <= PROCESSES and (batch := list(islice(source, _BATCH))):
                pending.append((batch, executor.submit(_mark_batch, batch, _concerned(batch, known_rules))))
            if not pending:
                return
            batch, future = pending.popleft()
            yield from zip(batch, _outcomes(batch, future, known_rules, executor), strict=True)
    finally:
        for _batch, future in pending:
            future.cancel()


def _concerned(batch: Sequence[Unmarked], known_rules: Sequence[Rule]) -> list[Rule]:
    articles = {None, *(one.id for one in batch)}
    return [rule for rule in known_rules if rule.condition.article in articles]


def _outcomes(
    batch: list[Unmarked], future: Future[list[Marked]], known_rules: Sequence[Rule], executor: Executor
) -> Sequence[Marked | Problem]:
    try:
        return future.result()
    except Exception:  # one of them is too much, or meets a mistake of ours: find out which
        return [_alone(one, known_rules, executor) for one in batch]


def _alone(one: Unmarked, known_rules: Sequence[Rule], executor: Executor) -> Marked | Problem:
    about = one.article.path or one.article.title
    try:
        return executor.submit(_mark_batch, [one], _concerned([one], known_rules)).result()[0]
    except Problem as problem:
        return Problem(problem.kind, about, problem.detail)
    except Exception:
        logger.exception("%s cannot be marked", about)
        return Problem(ProblemKind.CRASHED, about)


def _mark_batch(batch: list[Unmarked], known_rules: Sequence[Rule]) -> list[Marked]:
    return [_mark_one(one, known_rules) for one in batch]


def _mark_one(one: Unmarked, known_rules: Sequence[Rule]) -> Marked:
    article = one.article
    lang, found = mark(
        article.text,
        lang=article.lang,
        reference=article.published,
        blocks=article.blocks,
        known_rules=known_rules,
        article_id=one.id,
        found_names=one.names,
    )
    return Marked(lang, found, sketch(article.text))
