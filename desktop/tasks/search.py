"""Search: words by the index, everything else by SQLite, joined on the article's number.

A query is parsed to a tree; its clauses about actors, dates, amounts, tags, notes and states are answered
by the library as sets of articles, its words by the index, which also ranks. A query without words needs no
index at all, so it answers while the index is still being built.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from desktop.library import articles, copies, filters
from desktop.model import Article, Hit
from desktop.search import query as queries
from desktop.search import snippets
from desktop.search.analysis import Analysis
from desktop.search.query import Clause, ErrorKind, How, Node, Op, Query, QueryError
from desktop.tasks import clauses
from desktop.tasks.session import Session

SORTS = ("relevance", "date", "amount", "notes")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found: all articles as `rows`, in the order to show; `hits` reads a stretch of them."""

    query: Query
    problems: tuple[QueryError, ...]  #: what of it was not understood
    rows: tuple[int, ...]
    scores: dict[int, float]
    words: tuple[str, ...]  #: what is to be marked in texts
    seconds: float
    folded: Mapping[int, int] = field(default_factory=dict)  #: of rows: how many copies are left out

    @property
    def total(self) -> int:
        """How many articles are to be shown."""
        return len(self.rows)

    @property
    def copies(self) -> int:
        """How many more were found, and are left out since one with nearly their text is shown."""
        return sum(self.folded.values())


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it is searched. tree: with clauses that cannot be answered as words; None = everything."""

    query: Query
    tree: Node | None
    problems: tuple[QueryError, ...]  #: what of it was not understood, in order


def understand(text: str, *, unfinished: bool = False) -> Understood:
    """Read a query as `search` does."""
    query = queries.parse(text)
    unread = [clause for clause in queries.clauses(query.ast) if not clauses.is_answerable(clause)]
    tree = queries.rewrite(query.ast, lambda one: queries.as_words(one) if one in unread else one)
    if unfinished:
        tree = _with_beginning(tree, len(text))
    problems = [QueryError(one.start, one.end, ErrorKind.BAD_AMOUNT, one.value) for one in unread]
    told = sorted((*query.problems, *problems), key=lambda problem: problem.start)
    return Understood(query, tree, tuple(told))


def count(session: Session, node: Node, resolve: Callable[[Clause], set[int]]) -> int:
    """Return how many articles a tree finds. resolve: answers its clauses."""
    if _has_words(node):
        return session.index.search(node, resolve=resolve, limit=1, scored=False).total
    return len(_match(session.library.reader(), node, resolve))


def rows_found(session: Session, text: str) -> Collection[int]:
    """Return all articles that a query finds, in no order: for counting them."""
    con, tree = session.library.reader(), understand(text).tree
    if tree is None:
        return articles.rows(con)
    resolve: Callable[[Clause], set[int]] = partial(clauses.rows, con)
    if not _has_words(tree):
        return _match(con, tree, resolve)
    found: list[int] = session.index.search(tree, resolve=resolve, limit=None, scored=False).best.tolist()
    return found


def _has_words(tree: Node) -> bool:
    return any(isinstance(leaf, queries.Text) for leaf, _wanted in queries.leaves(tree))


def search(
    session: Session,
    text: str,
    *,
    sort: str = "relevance",
    unfinished: bool = False,
    fold: bool = False,
) -> SearchResult:
    """Answer a query; an empty one finds every article, newest first. Never fails on what is typed.

    sort: one of SORTS; "relevance" without words to rank by means "date".
    unfinished: the query is being typed: a word or name at its very end may be only the beginning of one.
    fold: of articles that are copies of one another only the first is among the rows.
    """
    started = time.perf_counter()
    con = session.library.reader()
    understood = understand(text, unfinished=unfinished)
    tree = understood.tree
    scores: dict[int, float] = {}
    if tree is None:
        rows: Sequence[int] = articles.rows(con)
    else:
        resolve: Callable[[Clause], set[int]] = partial(clauses.rows, con)
        if _has_words(tree):
            found = session.index.search(tree, resolve=resolve, limit=None, scored=sort == "relevance")
            rows = found.best.tolist()
            scores = dict(zip(rows, found.scores.tolist(), strict=True))
        else:
            rows = list(_match(con, tree, resolve))
    if sort == "amount":
        rows = articles.by_largest_amount(con, rows)
    elif sort == "notes":
        rows = articles.by_notes(con, rows)
    elif tree is not None and (sort == "date" or not scores):
        rows = articles.by_date(con, rows)
    folded: Counter[int] = Counter()
    if fold:
        rows, folded = _folded(con, rows)
    return SearchResult(
        query=understood.query,
        problems=understood.problems,
        rows=tuple(rows),
        scores=scores,
        words=queries.words_to_mark(tree),
        seconds=time.perf_counter() - started,
        folded=folded,
    )


def _folded(con: sqlite3.Connection, rows: Sequence[int]) -> tuple[Sequence[int], Counter[int]]:
    """Return the rows without copies of those before them, and how many copies each of them has."""
    groups = copies.groups_of(con, rows)
    if not groups:
        return rows, Counter()
    kept: list[int] = []
    first: dict[int, int] = {}
    folded: Counter[int] = Counter()
    for row in rows:
        group = groups.get(row)
        if group is None or first.setdefault(group, row) == row:
            kept.append(row)
        else:
            folded[first[group]] += 1
    return kept, folded


def hits(session: Session, result: SearchResult, start: int, stop: int) -> list[Hit]:
    """Read the hits `[start, stop)` of a result, with snippets; articles that went meanwhile are left out."""
    con = session.library.reader()
    rows = result.rows[start:stop]
    found = articles.by_rows(con, rows)
    texts = articles.texts(con, [article.row for article in found])
    return [_hit(article, texts.get(article.row, ""), result) for article in found]


def _hit(article: Article, text: str, result: SearchResult) -> Hit:
    body = text.find("\n\n") + 2 if "\n\n" in text else 0  # the title stands above the snippet already
    found = snippets.snippet(text, article.lang, result.words, analysis(), start=body)
    score, copied = result.scores.get(article.row, 0.0), result.folded.get(article.row, 0)
    return Hit(article, score, found.text, found.marks, copied)


def hit_ranges(text: str, lang: str | None, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the ranges of a text that the words of a query match, for marking them in the pane."""
    return snippets.find_ranges(text, lang, words, analysis())


def analysis() -> Analysis:
    """Return how words are compared; it comes with the index, which takes 50 ms to load."""
    from desktop.search.index import ANALYSIS

    return ANALYSIS


def explain(result: SearchResult) -> str:
    """Say in words what was searched."""
    return clauses.explain(result.query.ast)


def _with_beginning(node: Node | None, end: int) -> Node | None:
    """Let the word or name that ends where the query ends also be the beginning of one."""
    if isinstance(node, queries.And | queries.Or):
        changed = [_with_beginning(child, end) for child in node.children]
        return type(node)(tuple(child for child in changed if child is not None))
    if isinstance(node, queries.Text) and node.end == end and node.how is How.WORD:
        return queries.Or((node, replace(node, how=How.PREFIX))) if len(node.text) > 1 else node
    if isinstance(node, Clause) and node.end == end and node.op is Op.IS and node.field in clauses.NAMES:
        return queries.Or((node, replace(node, op=Op.PREFIX)))
    return node


def _match(con: sqlite3.Connection, node: Node, resolve: Callable[[Clause], set[int]]) -> set[int]:
    """Answer a tree without words: the algebra of sets."""
    if isinstance(node, queries.Not):
        return filters.everything(con) - _match(con, node.child, resolve)
    if isinstance(node, queries.And):
        parts: Iterable[set[int]] = (_match(con, child, resolve) for child in node.children)
        return set.intersection(*parts)
    if isinstance(node, queries.Or):
        return set().union(*(_match(con, child, resolve) for child in node.children))
    assert isinstance(node, Clause)
    return resolve(node)
