"""The index finds what reading every article finds, however it is cut; and how words differ."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import analysis, index
from desktop.search.edits import edits
from desktop.search.index import ANALYSIS, Index, IndexDocument
from desktop.search.query import And, Clause, How, Node, Not, Op, Or, Text, parse

KEY = b"key of the tests"

VOCABULARY = [
    "bedrijf", "bedrijven", "Bedrijf", "huis", "huizen", "één", "een", "AI-chip", "chip", "chips", "V.S.",
    "VS", "foto's", "foto", "l'énergie", "énergie", "energie", "maison", "maisons", "house", "houses",
    "Straße", "Strassen", "ﬁets", "fietsen", "the", "de", "2025", "1.000",
]  # fmt: skip
texts = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join), max_size=3).map("\n\n".join)
documents = st.lists(
    st.tuples(st.lists(st.sampled_from(VOCABULARY), max_size=3).map(" ".join), texts,
              st.sampled_from(["nl", "en", "fr", "de", None])),
    max_size=6,
)  # fmt: skip
words = st.sampled_from(VOCABULARY)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
leaf_nodes = st.one_of(
    st.builds(Text, words, st.just(How.WORD), title=st.booleans()),
    st.builds(Text, phrases, st.sampled_from([How.PHRASE, How.EXACT]), title=st.booleans()),
    st.builds(Text, phrases, st.just(How.NEAR), st.integers(0, 3), title=st.booleans()),
    st.builds(Text, words.map(lambda word: word[:3]), st.just(How.PREFIX), title=st.booleans()),
    st.builds(Text, words, st.just(How.FUZZY), st.integers(1, 2), title=st.booleans()),
    st.builds(Clause, st.just("actor"), st.just(Op.IS), st.sampled_from(["1", "2", "135", "6"])),
)
trees = st.recursive(
    leaf_nodes,
    lambda child: st.one_of(
        st.builds(Not, child),
        st.builds(And, st.lists(child, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(child, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def resolve_digits(clause: Clause) -> set[int]:
    return {int(digit) for digit in clause.value}


def matches(node: Node, document: IndexDocument) -> bool:
    """Read the article to tell whether it matches."""
    match node:
        case And():
            return all(matches(child, document) for child in node.children)
        case Or():
            return any(matches(child, document) for child in node.children)
        case Not():
            return not matches(node.child, document)
        case Clause():
            return document.row in resolve_digits(node)
    places = [document.title] if node.title else [document.title, document.text]
    return any(stands_in(node, place, document.lang) for place in places)


def stands_in(leaf: Text, text: str, lang: str | None) -> bool:
    here = [(position, ANALYSIS.text_forms(word.text, lang)) for position, word in analysis.placed(text)]
    slots = []
    for word, how in leaf.words():
        asked = ANALYSIS.query_forms(word)
        slots.append(
            [
                position
                for position, forms in here
                if (how is How.PREFIX and forms.exact.startswith(asked.exact))
                or (
                    how is How.FUZZY
                    and forms.exact[0] == asked.exact[0]
                    and edits(asked.exact, forms.exact, leaf.number) <= leaf.number
                )
                or (how in (How.WORD, How.EXACT) and forms.exact == asked.exact)
                or (how is How.WORD and set(forms.stems) & set(asked.stems))
            ]
        )  # fmt: skip
    for chosen in itertools.product(*slots):
        if leaf.how is How.NEAR:
            if len(set(chosen)) == len(chosen) and max(chosen) - min(chosen) < len(chosen) + leaf.number:
                return True
        elif list(chosen) == list(range(chosen[0], chosen[0] + len(chosen))):
            return True
    return False


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = Index.open(tmp_path_factory.mktemp("scratch"), key=KEY)
    yield opened
    opened.close()


@given(documents, st.lists(trees, min_size=1, max_size=4), st.data())
def test_finds_what_reading_every_article_finds(
    scratch: Index,
    made_documents: list[tuple[str, str, str | None]],
    asked: list[Node],
    data: st.DataObject,
) -> None:
    scratch.reset(followed=0)
    library = {row: IndexDocument(row, *made) for row, made in enumerate(made_documents, start=1)}
    for batch in (list(library.values())[:2], list(library.values())[2:]):
        scratch.update(batch)
    if library:  # some are replaced, some deleted, some merged
        row = data.draw(st.sampled_from(sorted(library)))
        library[row] = IndexDocument(row, "huis", "bedrijven\n\n" + library[row].text, "nl")
        scratch.update([library[row]])
        row = data.draw(st.sampled_from(sorted(library)))
        del library[row]
        scratch.delete([row, 1000])
    if data.draw(st.booleans()):
        merge_all(scratch)
    assert scratch.rows() == library.keys()
    for tree in asked:
        found = scratch.search(tree, resolve=resolve_digits, limit=None)
        assert found.rows == {row for row, document in library.items() if matches(tree, document)}
        assert found.total == len(found.rows) == len(found.hits)
        assert all(score >= 0 for _row, score in found.hits)
        assert list(found.hits) == sorted(found.hits, key=lambda hit: (hit[1], hit[0]), reverse=True)


def merge_all(merged: Index) -> None:
    """Merge whatever there is."""
    fan, index.FAN = index.FAN, 2
    try:
        while merged.merge():
            pass
    finally:
        index.FAN = fan


def test_scores_do_not_depend_on_how_the_index_is_cut(tmp_path: Path) -> None:
    articles = [
        IndexDocument(1, "Huis", "huis en huizen\n\nchips voor het bedrijf", "nl"),
        IndexDocument(2, "Bedrijf", "bedrijven in een huis", "nl"),
        IndexDocument(3, "House", "the house of chips", "en"),
        IndexDocument(4, "Energie", "l'énergie des maisons", "fr"),
    ]
    one, many = Index.open(tmp_path / "one", key=KEY), Index.open(tmp_path / "many", key=KEY)
    one.reset(followed=0)
    one.update(articles)
    many.reset(followed=0)
    for article in articles:
        many.update([article])
    for text in ("huis", "chips OR huis OR mais*", '"een huis" bedrijf', "bedrij*"):
        asked = parse(text).ast
        before = many.search(asked, resolve=resolve_digits)
        assert before.total
        assert before.hits == one.search(asked, resolve=resolve_digits).hits
        merge_all(many)
        assert many.search(asked, resolve=resolve_digits).hits == before.hits
    one.close()
    many.close()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("kat", "kat", 0), ("kat", "kot", 1), ("kat", "kta", 1), ("kat", "katt", 1), ("kat", "at", 1),
     ("kat", "hond", 4),     ("abcd", "badc", 2), ("", "a", 1), ("abc", "", 3), ("saturday", "sunday", 3)],
)  # fmt: skip
def test_edits(one: str, other: str, distance: int) -> None:
    assert edits(one, other, 2) == min(distance, 3)
    assert edits(other, one, 2) == min(distance, 3)
    assert edits(one, other, 5) == distance


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_edits_agree_with_the_full_table(one: str, other: str) -> None:
    table = {(i, j): max(i, j) for i in range(len(one) + 1) for j in range(len(other) + 1) if not i or not j}
    for i, j in itertools.product(range(1, len(one) + 1), range(1, len(other) + 1)):
        cost = min(
            table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (one[i - 1] != other[j - 1])
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            cost = min(cost, table[i - 2, j - 2] + 1)
        table[i, j] = cost
    assert edits(one, other, 6) == table[len(one), len(other)]
