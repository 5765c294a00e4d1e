"""The index agrees with stock Whoosh, which has the same words: what is found, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import analysis as stock_analysis
from whoosh import fields, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.query.spans import SpanNear
from whoosh.searching import Searcher

from desktop.search import analysis, executor, index
from desktop.search.edits import edits
from desktop.search.index import Index, IndexDocument
from desktop.search.query import And, How, Node, Not, Or, Text

KEY = b"key of the tests"
VOCABULARY = [
    "bed",
    "bes",
    "bedrijf",
    "bedrijven",
    "huis",
    "huist",
    "één",
    "chip",
    "V.S.",
    "foto's",
    "2025",
    "zee",
]
# Up to ten words: Whoosh rounds the lengths of longer texts.
texts = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=5).map(" ".join), max_size=2).map("\n\n".join)
libraries = st.lists(texts, min_size=1, max_size=12)
words = st.sampled_from(VOCABULARY)
word_leaves = words.map(lambda word: Text(word, How.EXACT))
leaves = st.one_of(
    word_leaves,
    st.lists(words, min_size=2, max_size=3).map(lambda some: Text(" ".join(some), How.EXACT)),
    words.map(lambda word: Text(word[:2], How.PREFIX)),
    st.builds(Text, words, st.just(How.FUZZY), st.integers(1, 2)),
)
trees = st.recursive(
    leaves,
    lambda child: st.one_of(
        st.builds(Not, child),
        st.builds(And, st.lists(child, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(child, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
scored_trees = st.one_of(
    word_leaves,
    st.builds(And, st.lists(word_leaves, min_size=2, max_size=3, unique=True).map(tuple)),
    st.builds(Or, st.lists(word_leaves, min_size=2, max_size=4, unique=True).map(tuple)),
    st.lists(word_leaves, min_size=3, max_size=3, unique=True).map(
        lambda some: And((Or((some[0], some[1])), Not(some[2])))
    ),
)


class Words(stock_analysis.Tokenizer):
    """Gives Whoosh the exact forms at our positions."""

    def __call__(self, value: str, **_options: Any) -> Iterator[Any]:
        token = stock_analysis.Token(positions=True)
        for position, word in analysis.placed(value):
            token.text, token.pos = analysis.fold(word.text), position
            token.boost, token.stopped = 1.0, False
            yield token


class Weighting(scoring.BM25F):
    """Whoosh's BM25F with our measure of rarity; the bonus for exact forms is the same for all here."""

    def __init__(self) -> None:
        super().__init__(B=executor.B, K1=executor.K1 / (1 + executor.EXACT_BONUS))

    def idf(self, searcher: Searcher, field: str, text: Any) -> float:
        having, total = searcher.doc_frequency(field, text), searcher.doc_count_all()
        return math.log(1 + max(0.0, total - having + 0.5) / (having + 0.5))


def stock(library: dict[int, str]) -> Searcher:
    """Build an index as Whoosh does, in two segments."""
    schema = fields.Schema(row=fields.STORED, text=fields.TEXT(analyzer=Words()))
    made = RamStorage().create_index(schema)
    for part in (0, 1):
        writer = made.writer()
        for row, text in library.items():
            if row % 2 == part:
                writer.add_document(row=row, text=text)
        writer.commit(merge=False)
    searcher: Searcher = made.searcher(weighting=Weighting())
    return searcher


def asked_of(searcher: Searcher, node: Node) -> Any:
    """Say the same in Whoosh's terms."""
    match node:
        case And():
            return query.And([asked_of(searcher, child) for child in node.children])
        case Or():
            return query.Or([asked_of(searcher, child) for child in node.children])
        case Not():
            return query.Not(asked_of(searcher, node.child))
    assert isinstance(node, Text)
    forms = [analysis.fold(word) for word, _how in node.words()]
    if node.how is How.PREFIX:
        return query.Prefix("text", forms[0])
    if node.how is How.FUZZY:
        lexicon = [term.decode() for term in searcher.reader().lexicon("text")]
        similar = [
            term
            for term in lexicon
            if term[0] == forms[0][0] and edits(term, forms[0], node.number) <= node.number
        ]
        return query.Or([query.Term("text", term) for term in similar])
    if node.how is How.NEAR:
        one, other = (query.Term("text", form) for form in forms)
        return SpanNear(one, other, slop=node.number + 1, ordered=False)
    return query.Term("text", forms[0]) if len(forms) == 1 else query.Phrase("text", forms)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = Index.open(tmp_path_factory.mktemp("scratch"), key=KEY)
    yield opened
    opened.close()


def filled(scratch: Index, made: list[str], data: st.DataObject) -> dict[int, str]:
    """Bring a library into the index by detours: in several commits, with updates, deletions and merges."""
    scratch.reset(followed=0)
    library = dict(enumerate(made, start=1))
    documents = [IndexDocument(row, "", text, None) for row, text in library.items()]
    cut = data.draw(st.integers(0, len(documents)))
    for batch in (documents[:cut], documents[cut:]):
        scratch.update(batch)
    for row in data.draw(st.lists(st.sampled_from(sorted(library)), max_size=3)):
        library[row] = data.draw(texts)
        scratch.update([IndexDocument(row, "", library[row], None)])
    for row in data.draw(st.lists(st.sampled_from(sorted(library)), max_size=2)):
        library.pop(row, None)
        scratch.delete([row])
    if data.draw(st.booleans()):
        fan, index.FAN = index.FAN, 2
        try:
            while scratch.merge():
                pass
        finally:
            index.FAN = fan
    return library


@settings(max_examples=30)
@given(libraries, st.lists(trees, min_size=1, max_size=3), st.data())
def test_finds_what_stock_whoosh_finds(
    scratch: Index, made: list[str], asked: list[Node], data: st.DataObject
) -> None:
    library = filled(scratch, made, data)
    with stock(library) as searcher:
        for tree in asked:
            found = scratch.search(tree, resolve=lambda _clause: (), limit=None)
            theirs = searcher.search(asked_of(searcher, tree), limit=None)
            assert found.rows == {hit["row"] for hit in theirs}
            assert found.total == len(theirs)


@settings(max_examples=30)
@given(libraries, scored_trees, st.data())
def test_orders_as_stock_whoosh_orders(
    scratch: Index, made: list[str], tree: Node, data: st.DataObject
) -> None:
    library = filled(scratch, made, data)
    with stock(library) as searcher:
        theirs = {hit["row"]: hit.score for hit in searcher.search(asked_of(searcher, tree), limit=None)}
    ours = scratch.search(tree, resolve=lambda _clause: (), limit=None).hits
    assert {row for row, _score in ours} == theirs.keys()
    in_our_order = [theirs[row] for row, _score in ours]
    assert in_our_order == pytest.approx(sorted(in_our_order, reverse=True), rel=1e-5)
    best = scratch.search(tree, resolve=lambda _clause: (), limit=3)
    assert best.hits == ours[:3], "the best of all are the best when only they are asked"


@settings(max_examples=30)
@given(libraries, st.lists(words, min_size=2, max_size=2, unique=True), st.integers(0, 4), st.data())
def test_near_finds_what_stock_whoosh_finds(
    scratch: Index, made: list[str], pair: list[str], between: int, data: st.DataObject
) -> None:
    library = filled(scratch, made, data)
    tree = Text(" ".join(pair), How.NEAR, between)
    # Near looks for stems too; where the language is not known there are none.
    with stock(library) as searcher:
        theirs = {hit["row"] for hit in searcher.search(asked_of(searcher, tree), limit=None)}
    assert scratch.search(tree, resolve=lambda _clause: (), limit=None).rows == theirs


def test_an_order_that_is_given_is_kept(tmp_path: Path) -> None:
    opened = Index.open(tmp_path, key=KEY)
    opened.reset(followed=0)
    opened.update(IndexDocument(row, "Huis", "huis " * row, "nl") for row in range(1, 9))
    asked = Text("huis")
    wanted = [3, 99, 7, 1, 5]
    found = opened.search(asked, resolve=lambda _clause: (), limit=None, order=wanted)
    assert [row for row, _score in found.hits] == [3, 7, 1, 5, 8, 6, 4, 2]
    few = opened.search(asked, resolve=lambda _clause: (), limit=2, order=wanted)
    assert [row for row, _score in few.hits] == [3, 7]
    assert few.total == 8
    opened.close()
