"""Queries: text to a tree of what is asked, with positions. `parse` never fails.

Life of a query: `lexer.tokens` splits it; brackets and operators that stand loose are mended, each with a
`QueryError` that says so; the tree is built; clauses whose value makes no sense become plain words.
Precedence: NOT, then AND (which needs no word), then OR. Stop words count only inside phrases, or
when nothing else is asked.
"""

from __future__ import annotations

import re
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
from desktop.search.tree import (
    MAX_WORDS,
    And,
    Clause,
    How,
    Node,
    Not,
    Or,
    Text,
    clauses,
    joined,
    leaf,
    leaves,
    rewrite,
    words_to_mark,
)

__all__ = [
    "ERROR_TEXTS", "FIELDS", "And", "Clause", "ErrorKind", "How", "Kind", "Node", "Not", "Op", "Or", "Query",
    "QueryError", "Span", "Text", "as_words", "clauses", "leaf", "leaves", "parse", "rewrite", "spans",
    "words_to_mark",
]  # fmt: skip

MAX_DEPTH = 50  #: brackets within brackets
MAX_LEAVES = 200  #: words, phrases and clauses


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
        return joined(Or, branches)

    def all_of(self) -> Node | None:
        parts = []
        while self.peek() not in (None, Kind.OR, Kind.CLOSE):
            if self.peek() is Kind.AND:
                self.take()
            else:
                parts.append(self.one())
        return joined(And, parts)

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
    tree = joined(And, [_without_stop_words(child, ignored) for child in kept])
    assert tree is not None
    return tree


_ENDING = re.compile(r"(?:\*|~\d?)+$")


def as_words(clause: Clause) -> Node | None:
    """Return the plain words of a clause that made no sense after all; None if it holds none."""
    words = [_ENDING.sub("", word) for word in clause.value.split()[:MAX_WORDS]]
    where = (clause.start, clause.end)
    return joined(And, [Text(word, How.WORD, 0, False, *where) for word in words if analysis.has_word(word)])
