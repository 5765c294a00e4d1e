"""What is asked, as a tree: words, clauses, and how they are combined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.search import analysis
from desktop.search.fields import Op

MAX_WORDS = 100  #: in one phrase or value; the rest is not looked at


class How(StrEnum):
    """How the words of a leaf are to be found."""

    WORD = "word"  #: in any inflection; several (AI-chip) side by side
    PHRASE = "phrase"  #: side by side in this order, in any inflection
    NEAR = "near"  #: in any order, with at most `number` words in between
    PREFIX = "prefix"  #: words that begin so
    FUZZY = "fuzzy"  #: with at most `number` letters wrong; the first letter is right
    EXACT = "exact"  #: in this form only (case and accents do not matter)


@dataclass(frozen=True, slots=True)
class Text:
    """A leaf that is looked up in the index. start, end: where it stands in the query."""

    text: str
    how: How = How.WORD
    number: int = 0
    title: bool = False  #: in titles only
    start: int = 0
    end: int = 0

    @property
    def source(self) -> str:
        """The leaf as it may be typed, without its field; `leaf` reads it back."""
        before, after = _SIGNS[self.how]
        return f"{before}{self.text}{after}{self.number if after.endswith('~') else ''}"

    def words(self) -> list[tuple[str, How]]:
        """Return the words that must stand together (usually one), each with how it is to be found.

        WORD, PREFIX, FUZZY and EXACT are what can come back for one word.
        """
        found = analysis.surfaces(self.text)[:MAX_WORDS]
        if self.how is How.WORD:  # "l'énergie" asks for énergie, also where it is "d'énergie"
            found = [word for word in found if word[-1] not in "'’ʼ"] or found
        if self.how is How.PREFIX:
            return [(word, How.WORD) for word in found[:-1]] + [(word, How.PREFIX) for word in found[-1:]]
        how = self.how if self.how in (How.FUZZY, How.EXACT) else How.WORD
        return [(word, how) for word in found]


#: What stands before and after the words of a leaf.
_SIGNS = {
    How.EXACT: ('="', '"'), How.NEAR: ('"', '"~'), How.PHRASE: ('"', '"'),
    How.FUZZY: ("", "~"), How.PREFIX: ("", "*"), How.WORD: ("", ""),
}  # fmt: skip
_SOURCE = re.compile(r'(?P<how>="|"|)(?P<text>.+?)(?P<after>"~\d+|"|~\d|\*|)', re.DOTALL)


def leaf(source: str) -> Text:
    """Read the source of a leaf back."""
    match = _SOURCE.fullmatch(source)
    assert match is not None
    signs = (match["how"], match["after"].rstrip("0123456789"))
    how = next((how for how, known in _SIGNS.items() if known == signs), How.WORD)
    number = match["after"].strip('"~*')
    return Text(match["text"] if how is not How.WORD else source, how, int(number or 0))


@dataclass(frozen=True, slots=True)
class Clause:
    """A leaf that is answered outside the index.

    value: as typed, without quotes and `*`; the chosen value for fields with choices.
    low, high: for dates partial ISO dates, for amounts the text of each end; None = open, or neither.
    """

    field: str  #: `Field.name`
    op: Op
    value: str
    low: str | None = None
    high: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    child: Node


Node = Text | Clause | And | Or | Not


def joined(join: type[And | Or], nodes: list[Node | None]) -> Node | None:
    """Join nodes, taking in joins of the same kind; None is left out, and nothing joined is None."""
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, join):
            children += node.children
        elif node is not None:
            children.append(node)
    if not children:
        return None
    return children[0] if len(children) == 1 else join(tuple(children))


def leaves(node: Node | None) -> Iterator[tuple[Text | Clause, bool]]:
    """Go through the leaves in order, each with whether it is wanted (not under an odd number of NOTs)."""
    stack: list[tuple[Node, bool]] = [] if node is None else [(node, True)]
    while stack:
        node, wanted = stack.pop()
        if isinstance(node, Not):
            stack.append((node.child, not wanted))
        elif isinstance(node, And | Or):
            stack += [(child, wanted) for child in reversed(node.children)]
        else:
            yield node, wanted


def clauses(node: Node | None) -> list[Clause]:
    """Return all clauses, in order."""
    return [leaf for leaf, _wanted in leaves(node) if isinstance(leaf, Clause)]


def rewrite(node: Node | None, change: Callable[[Clause], Node | None]) -> Node | None:
    """Return the tree with every clause replaced by what `change` returns for it (None = left out)."""
    if isinstance(node, Clause):
        return change(node)
    if isinstance(node, Not):
        child = rewrite(node.child, change)
        return None if child is None else Not(child)
    if isinstance(node, And | Or):
        return joined(type(node), [rewrite(child, change) for child in node.children])
    return node


def words_to_mark(node: Node | None) -> tuple[str, ...]:
    """Return what to mark in a text: the sources of the wanted leaves, each once, in order."""
    wanted = [leaf.source for leaf, wanted in leaves(node) if wanted and isinstance(leaf, Text)]
    return tuple(dict.fromkeys(wanted))
