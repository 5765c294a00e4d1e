"""Mark many articles in worker processes.

Marking is pure computing in Python: in a thread of this process it would take turns with the window,
and every paint would wait for it. Few articles are marked here all the same, because a process takes
half a second to start.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import NamedTuple

from desktop.errors import Problem
from desktop.model import ImportedArticle, Mention, Rule
from desktop.tasks.extract import mark
from desktop.workers import Workers

_FEW = 6  # articles that are marked in this process
_BATCH = 8  # articles for a process at a time
_SECONDS, _MEGABYTES = 120.0, 2048  # what a batch may take
PROCESSES = max(1, min(4, (os.cpu_count() or 1) - 1))  #: one processor is for the window

Marked = tuple[str, list[Mention]]  #: language, mentions


class Unmarked(NamedTuple):
    """An article to mark; id: its UUID where it has one already, for rules about it alone.

    names: what the model found in it; None = the rules are to find the names.
    """

    article: ImportedArticle
    id: str = ""
    names: list[Mention] | None = None


def marked(
    articles: Iterable[Unmarked], known_rules: Sequence[Rule], workers: Workers
) -> Iterator[tuple[Unmarked, Marked | Problem]]:
    """Yield each article, in order, with its language and mentions, or with what went wrong with it.

    Articles are taken from the source a few batches ahead of what is yielded.
    """
    source = iter(articles)
    first = list(islice(source, _FEW))
    if len(first) < _FEW:
        yield from ((article, _mark_one(article, known_rules)) for article in first)
        return
    source = chain(first, source)
    pool = ThreadPoolExecutor(PROCESSES, thread_name_prefix="marking")
    pending: deque[tuple[list[Unmarked], Future[list[Marked | Problem]]]] = deque()
    try:
        while True:
            while len(pending) <= PROCESSES and (batch := list(islice(source, _BATCH))):
                pending.append((batch, pool.submit(_in_process, batch, known_rules, workers)))
            if not pending:
                return
            batch, outcome = pending.popleft()
            yield from zip(batch, outcome.result(), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_process(
    batch: list[Unmarked], known_rules: Sequence[Rule], workers: Workers
) -> list[Marked | Problem]:
    concerned = {None, *(one.id for one in batch)}
    known_rules = [rule for rule in known_rules if rule.condition.article in concerned]
    try:
        found: list[Marked | Problem] = list(_run(batch, known_rules, workers))
    except Problem:  # one of them is too much for a process: find out which
        found = [_alone(one, known_rules, workers) for one in batch]
    return found


def _alone(one: Unmarked, known_rules: Sequence[Rule], workers: Workers) -> Marked | Problem:
    try:
        return _run([one], known_rules, workers)[0]
    except Problem as problem:
        return Problem(problem.kind, one.article.path or one.article.title, problem.detail)


def _run(batch: list[Unmarked], known_rules: Sequence[Rule], workers: Workers) -> list[Marked]:
    return workers.run(_mark_batch, batch, known_rules, seconds=_SECONDS, megabytes=_MEGABYTES)


def _mark_batch(batch: list[Unmarked], known_rules: Sequence[Rule]) -> list[Marked]:
    return [_mark_one(one, known_rules) for one in batch]


def _mark_one(one: Unmarked, known_rules: Sequence[Rule]) -> Marked:
    article = one.article
    return mark(
        article.text,
        lang=article.lang,
        reference=article.published,
        blocks=article.blocks,
        known_rules=known_rules,
        article_id=one.id,
        found_names=one.names,
    )
