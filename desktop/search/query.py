"""Queries: text to a tree of what is asked, with positions. `parse` never fails.

Life of a query: `lexer.tokens` splits it; brackets and operators that stand loose are mended, each with a
`QueryError` that says so; the tree is built; clauses whose value makes no sense become plain words.
Precedence: NOT, then AND (which needs no word), then OR. Stop words count only inside phrases, or
when nothing else is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.search import analysis
from desktop.search.fields import (
    FIELDS,
    N_,
    Comparison,
    Field,
    FieldKind,
    Op,
    compare_amount,
    compare_date,
    field_named,
    read_choice,
)
from desktop.search.lexer import LEAVES, Kind, Token, tokens

__all__ = [
    "ERROR_TEXTS", "FIELDS", "And", "Clause", "ErrorKind", "How", "Kind", "Node", "Not", "Op", "Or", "Query",
    "QueryError", "Span", "Text", "as_words", "clauses", "parse", "rewrite", "spans", "words_to_mark",
]  # fmt: skip

MAX_DEPTH = 50  #: brackets within brackets
MAX_LEAVES = 200  #: words, phrases and clauses
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
        """The leaf as a query of its own, without its field."""
        forms = {
            How.WORD: "{}",
            How.PHRASE: '"{}"',
            How.NEAR: f'"{{}}"~{self.number}',
            How.PREFIX: "{}*",
            How.FUZZY: f"{{}}~{self.number}",
            How.EXACT: '="{}"',
        }
        return forms[self.how].format(self.text)

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


class ErrorKind(StrEnum):
    """What was not understood; `ERROR_TEXTS` has the sentences."""

    UNCLOSED_QUOTE = "unclosed_quote"
    UNCLOSED_BRACKET = "unclosed_bracket"
    LOOSE_BRACKET = "loose_bracket"
    LOOSE_OPERATOR = "loose_operator"
    EMPTY_VALUE = "empty_value"
    BAD_DATE = "bad_date"
    BAD_AMOUNT = "bad_amount"
    BAD_CHOICE = "bad_choice"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"


#: Message ids; {detail} is `QueryError.detail`.
ERROR_TEXTS = {
    ErrorKind.UNCLOSED_QUOTE: N_("The closing quotation mark is missing: {detail}"),
    ErrorKind.UNCLOSED_BRACKET: N_("A closing bracket is missing"),
    ErrorKind.LOOSE_BRACKET: N_("There is a closing bracket too many"),
    ErrorKind.LOOSE_OPERATOR: N_("“{detail}” needs something to work on"),
    ErrorKind.EMPTY_VALUE: N_("Nothing stands after “{detail}:”"),
    ErrorKind.BAD_DATE: N_(
        "“{detail}” is not a date (try 2025, 2025-02 or 2025-01..2025-03); searched as words"
    ),
    ErrorKind.BAD_AMOUNT: N_("“{detail}” is not an amount (try >1mld or 30..50mld); searched as words"),
    ErrorKind.BAD_CHOICE: N_("“{detail}” is not one of the possible values; searched as words"),
    ErrorKind.TOO_DEEP: N_("Too many brackets within brackets; searched as plain words"),
    ErrorKind.TOO_LONG: N_("The query is too long; only its first {detail} words were used"),
}


@dataclass(frozen=True, slots=True)
class QueryError:
    """What was not understood, and where."""

    start: int
    end: int
    kind: ErrorKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood. ast None = nothing is asked: everything is wanted."""

    text: str
    ast: Node | None
    problems: tuple[QueryError, ...] = ()
    ignored: tuple[str, ...] = ()  #: stop words that were left out


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a query and what it is, for colouring."""

    start: int
    end: int
    kind: Kind


def spans(text: str) -> list[Span]:
    """Return the tokens of a query with their positions, in order and without overlap."""
    return [Span(token.start, token.end, token.kind) for token in tokens(text)]


def parse(text: str) -> Query:
    """Read a query. Whatever cannot be understood is taken as plain words and told in `problems`."""
    problems: list[QueryError] = []
    stream = _limited(tokens(text), problems)
    stream = _balanced(stream, problems)
    if _depth(stream) > MAX_DEPTH:
        problems = [QueryError(0, len(text), ErrorKind.TOO_DEEP)]
        stream = [replace(token, kind=Kind.WORD) for token in stream if token.kind in LEAVES]
    stream = _mended(stream, problems)
    parser = _Parser(stream, text, problems)
    tree = parser.either()
    ignored: list[str] = []
    if tree is not None:
        tree = _without_stop_words(tree, ignored)
    return Query(text, tree, tuple(sorted(problems, key=lambda problem: problem.start)), tuple(ignored))


# Mending


def _limited(stream: list[Token], problems: list[QueryError]) -> list[Token]:
    """Keep the first MAX_LEAVES leaves, and tell of quotes that are not closed."""
    for token in stream:
        if not token.closed:
            problems.append(QueryError(token.start, token.end, ErrorKind.UNCLOSED_QUOTE, token.text))
    leaves = [
        number for number, token in enumerate(stream) if token.kind in LEAVES or token.kind is Kind.VALUE
    ]
    if len(leaves) <= MAX_LEAVES:
        return stream
    cut = leaves[MAX_LEAVES]
    problems.append(QueryError(stream[cut].start, stream[-1].end, ErrorKind.TOO_LONG, str(MAX_LEAVES)))
    return stream[:cut]


def _balanced(stream: list[Token], problems: list[QueryError]) -> list[Token]:
    """Drop closing brackets too many and empty pairs, close what is open."""
    result: list[Token] = []
    opened: list[Token] = []
    for token in stream:
        if token.kind is Kind.OPEN:
            opened.append(token)
        elif token.kind is Kind.CLOSE:
            if not opened:
                problems.append(QueryError(token.start, token.end, ErrorKind.LOOSE_BRACKET))
                continue
            opened.pop()
            if result[-1].kind is Kind.OPEN:
                result.pop()
                continue
        result.append(token)
    while opened:
        token = opened.pop()
        problems.append(QueryError(token.start, token.end, ErrorKind.UNCLOSED_BRACKET))
        if result[-1].kind is Kind.OPEN:
            result.pop()
        else:
            result.append(Token(Kind.CLOSE, token.end, token.end))
    return result


def _depth(stream: list[Token]) -> int:
    depth = deepest = 0
    for token in stream:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        deepest = max(deepest, depth)
    return deepest


_STARTS = LEAVES | {Kind.OPEN, Kind.FIELD, Kind.NOT}  #: what an operand begins with
_ENDS = LEAVES | {Kind.CLOSE, Kind.VALUE}  #: what an operand ends with
_VALUES = LEAVES | {Kind.OPEN, Kind.VALUE}  #: what may follow a field


def _mended(stream: list[Token], problems: list[QueryError]) -> list[Token]:
    """Leave out operators and fields that miss an operand; where nothing else is asked they are words."""
    loose: list[Token] = []
    backwards: list[Token] = []
    following: Token | None = None
    for token in reversed(stream):  # what stands behind each token is final when the token is looked at
        behind = following.kind if following else None
        fits = True
        if token.kind in (Kind.AND, Kind.OR, Kind.NOT):
            fits = behind in _STARTS
        elif token.kind is Kind.FIELD:
            fits = behind in _VALUES and following is not None and following.start == token.end
        if fits:
            backwards.append(token)
            following = token
        else:
            loose.append(token)
    result: list[Token] = []
    for token in reversed(backwards):
        if token.kind in (Kind.AND, Kind.OR) and (not result or result[-1].kind not in _ENDS):
            loose.append(token)
        else:
            result.append(token)
    loose = [token for token in loose if token.text]  # a bare minus sign or bracket says nothing
    for token in loose:
        kind = ErrorKind.EMPTY_VALUE if token.kind is Kind.FIELD else ErrorKind.LOOSE_OPERATOR
        problems.append(QueryError(token.start, token.end, kind, token.text))
    if any(token.kind in LEAVES or token.kind is Kind.VALUE for token in result):
        return result
    loose.sort(key=lambda token: token.start)
    return [replace(token, kind=Kind.WORD) for token in loose[:MAX_LEAVES]]


# Building

_HOW = {
    Kind.WORD: How.WORD, Kind.PHRASE: How.PHRASE, Kind.NEAR: How.NEAR, Kind.PREFIX: How.PREFIX,
    Kind.FUZZY: How.FUZZY, Kind.EXACT: How.EXACT,
}  # fmt: skip


class _Parser:
    """Recursive descent over mended tokens; MAX_DEPTH bounds the recursion."""

    def __init__(self, stream: list[Token], text: str, problems: list[QueryError]) -> None:
        self.stream, self.text, self.problems = stream, text, problems
        self.at = 0
        self.field: Field | None = None  #: of the brackets we are in

    def peek(self) -> Kind | None:
        return self.stream[self.at].kind if self.at < len(self.stream) else None

    def take(self) -> Token:
        self.at += 1
        return self.stream[self.at - 1]

    def either(self) -> Node | None:
        branches = [self.all_of()]
        while self.peek() is Kind.OR:
            self.take()
            branches.append(self.all_of())
        return _joined(Or, branches)

    def all_of(self) -> Node | None:
        parts = []
        while self.peek() not in (None, Kind.OR, Kind.CLOSE):
            if self.peek() is Kind.AND:
                self.take()
            else:
                parts.append(self.one())
        return _joined(And, parts)

    def one(self) -> Node | None:
        negated = False
        while self.peek() is Kind.NOT:
            self.take()
            negated = not negated
        node = self.operand()
        return Not(node) if negated and node is not None else node

    def operand(self) -> Node | None:
        token = self.take()
        if token.kind is Kind.OPEN:
            inner = self.either()
            self.take()  # the closing bracket: there is one, the brackets are balanced
            return inner
        if token.kind is Kind.FIELD:
            outer, self.field = self.field, field_named(token.text)
            node = self.one()
            self.field = outer
            return node
        return self.leaf(token)

    def leaf(self, token: Token) -> Node | None:
        if self.field is None or self.field.kind is FieldKind.TEXT:
            if token.kind is Kind.VALUE or not analysis.has_word(token.text):
                return None
            return Text(
                token.text, _HOW[token.kind], token.number, self.field is not None, token.start, token.end
            )
        value = token.text + "*" if token.kind is Kind.PREFIX else token.text
        if token.kind is Kind.EXACT:
            value = "=" + value
        return self.clause(self.field, value, token)

    def clause(self, row: Field, value: str, token: Token) -> Node | None:
        """Make a clause of a field and its value, or plain words if the value makes no sense."""
        name, where = row.name, (token.start, token.end)
        kind = ErrorKind.BAD_DATE
        compared: Comparison | None = None
        if row.kind is FieldKind.NAME:
            op = Op.EXACT if value.startswith("=") else Op.PREFIX if value.endswith("*") else Op.IS
            if bare := value.removeprefix("=").rstrip("*").strip():
                return Clause(name, op, bare, None, None, *where)
            kind = ErrorKind.EMPTY_VALUE
        elif row.kind is FieldKind.CHOICE:
            if choice := read_choice(row, value.removeprefix("=")):
                return Clause(name, Op.IS, choice, None, None, *where)
            kind = ErrorKind.BAD_CHOICE
        elif row.kind is FieldKind.DATE:
            compared = compare_date(value)
        else:
            compared, kind = compare_amount(value), ErrorKind.BAD_AMOUNT
        if compared is not None:
            return Clause(name, compared.op, value, compared.low, compared.high, *where)
        self.problems.append(QueryError(*where, kind, value))
        return as_words(Clause(name, Op.IS, value, None, None, *where))


def _joined(join: type[And | Or], nodes: list[Node | None]) -> Node | None:
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, join):
            children += node.children
        elif node is not None:
            children.append(node)
    if not children:
        return None
    return children[0] if len(children) == 1 else join(tuple(children))


def _without_stop_words(node: Node, ignored: list[str]) -> Node:
    """Leave stop words out where other words are asked with them."""
    if isinstance(node, Not):
        return Not(_without_stop_words(node.child, ignored))
    if isinstance(node, Or):
        return Or(tuple(_without_stop_words(child, ignored) for child in node.children))
    if not isinstance(node, And):
        return node
    stops = [
        child
        for child in node.children
        if isinstance(child, Text) and child.how is How.WORD and analysis.is_stop_word(child.text)
    ]
    kept = [child for child in node.children if child not in stops]
    if all(isinstance(child, (Not, Clause)) for child in kept):
        return And(tuple(_without_stop_words(child, ignored) for child in node.children))
    ignored += [child.text for child in stops]
    tree = _joined(And, [_without_stop_words(child, ignored) for child in kept])
    assert tree is not None
    return tree


# Using the tree


def as_words(clause: Clause) -> Node | None:
    """Return the plain words of a clause that made no sense after all; None if it holds none."""
    words = [
        Text(word, start=clause.start, end=clause.end)
        for word in clause.value.split()[:MAX_WORDS]
        if analysis.has_word(word)
    ]
    return _joined(And, list(words))


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
        return _joined(type(node), [rewrite(child, change) for child in node.children])
    return node


def words_to_mark(node: Node | None) -> tuple[str, ...]:
    """Return what to mark in a text: the sources of the wanted leaves, each once, in order."""
    wanted = [leaf.source for leaf, wanted in leaves(node) if wanted and isinstance(leaf, Text)]
    return tuple(dict.fromkeys(wanted))
