"""Queries to trees: every form of the language, what only looks like one, and that nothing makes it fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import query
from desktop.search.fields import FIELDS, FieldKind, compare_amount, field_named, read_date
from desktop.search.query import And, Clause, ErrorKind, How, Not, Op, Or, Text, parse


def shown(node: query.Node | None) -> str:
    """Write a tree on one line."""
    match node:
        case None:
            return "everything"
        case Text():
            return ("title:" if node.title else "") + node.source
        case Clause(op=Op.RANGE | Op.LT | Op.LE | Op.GT | Op.GE):
            return f"{node.field}[{node.op}|{node.low}|{node.high}]"
        case Clause():
            return f"{node.field}[{node.op}|{node.low or node.value}]"
        case Not():
            return f"-{shown(node.child)}"
        case And():
            return "(" + " ".join(map(shown, node.children)) + ")"
        case Or():
            return "(" + " | ".join(map(shown, node.children)) + ")"


TREES = [
    # words
    ("", "everything"),
    ("   ", "everything"),
    ("chip", "chip"),
    ("chips datacenter", "(chips datacenter)"),
    ("chips AND datacenter", "(chips datacenter)"),
    ("chips EN datacenter", "(chips datacenter)"),
    ("chips OR datacenter", "(chips | datacenter)"),
    ("chips OF datacenter", "(chips | datacenter)"),
    ("chips of datacenter", "(chips datacenter)"),  # lower case: a stop word
    ("a1 OR b1 c1", "(a1 | (b1 c1))"),
    ("(a1 OR b1) c1", "((a1 | b1) c1)"),
    ("NOT chips", "-chips"),
    ("NIET chips", "-chips"),
    ("-chips", "-chips"),
    ("NOT -chips", "chips"),
    ("ai -(chips OR robots)", "(ai -(chips | robots))"),
    ("NOT a1 b1", "(-a1 b1)"),
    ("AI-faciliteit", "AI-faciliteit"),
    ("((a1))", "a1"),
    # forms
    ('"raad van state"', '"raad van state"'),
    ("“raad van state”", '"raad van state"'),
    ("„raad van state“", '"raad van state"'),
    ('"minister zaken"~5', '"minister zaken"~5'),
    ('"minister zaken"~', '"minister zaken"~5'),
    ('"minister zaken"~500000', '"minister zaken"~99'),
    ("invest*", "invest*"),
    ("supercomputr~", "supercomputr~1"),
    ("supercomputr~2", "supercomputr~2"),
    ("supercomputr~7", "supercomputr~2"),
    ('="Woord"', '="Woord"'),
    ("=Woord", '="Woord"'),
    ('="Raad van State"', '="Raad van State"'),
    ('-"a1 b1"', '-"a1 b1"'),
    ("minister(s)", "minister(s)"),
    # fields
    ("title:datacenter", "title:datacenter"),
    ("titel:datacenter", "title:datacenter"),
    ("TITEL:datacenter", "title:datacenter"),
    ('title:"grote datacenters" chips', '(title:"grote datacenters" chips)'),
    ("title:(a1 OR b1*)", "(title:a1 | title:b1*)"),
    ('title:="Raad"', 'title:="Raad"'),
    ('actor:"Emmanuel Macron"', "actor[=|Emmanuel Macron]"),
    ("persoon:Macron", "person[=|Macron]"),
    ("org:Nvidia", "org[=|Nvidia]"),
    ("plaats:Parijs", "place[=|Parijs]"),
    ("actor:(Nvidia OR AMD)", "(actor[=|Nvidia] | actor[=|AMD])"),
    ("actor:(Nvidia -AMD)", "(actor[=|Nvidia] -actor[=|AMD])"),
    ("-actor:Nvidia", "-actor[=|Nvidia]"),
    ("tag:ener*", "tag[*|ener]"),
    ("label:energie", "tag[=|energie]"),
    ('tag:="energie"', "tag[==|energie]"),
    ("bron:NRC auteur:Jansen", "(source[=|NRC] author[=|Jansen])"),
    ("notitie:check bestand:rapport(2).pdf", "(note[=|check] file[=|rapport(2).pdf])"),
    ("taal:nl", "lang[=|nl]"),
    ("lang:Dutch", "lang[=|nl]"),
    ("is:ongelezen", "is[=|unread]"),
    ("is:ster", "is[=|starred]"),
    ("is:gelezen is:notitie", "(is[=|read] is[=|annotated])"),
    # dates
    ("date:2025", "date[=|2025]"),
    ("datum:2025-02", "date[=|2025-02]"),
    ("date:2025-1-8", "date[=|2025-01-08]"),
    ("date:8-1-2025", "date[=|2025-01-08]"),
    ("date:1/2025", "date[=|2025-01]"),
    ("date:2025-01..2025-03", "date[..|2025-01|2025-03]"),
    ("date:2025-03..2025-01", "date[..|2025-01|2025-03]"),
    ("date:2025-03..2025", "date[..|2025-03|2025]"),
    ("date:2025-01..", "date[..|2025-01|None]"),
    ("date:..2025-03", "date[..|None|2025-03]"),
    ("date:2025-01…2025-03", "date[..|2025-01|2025-03]"),
    ("date:>2025-01-15", "date[>|2025-01-15|None]"),
    ("date:> 2025-01-15", "date[>|2025-01-15|None]"),
    ("date:>=2025", "date[>=|2025|None]"),
    ("date:≤2025", "date[<=|None|2025]"),
    ("date:<2025-02", "date[<|None|2025-02]"),
    ("noemt:2025-W07", "mentions[=|2025-W07]"),
    ("mentions:2025-q3", "mentions[=|2025-Q3]"),
    ("mentions:199x", "mentions[=|199X]"),
    ("date:(2024 OR >2025)", "(date[=|2024] | date[>|2025|None])"),
    # amounts
    ("amount:>1mld", "amount[>|1mld|None]"),
    ("bedrag:30..50mld", "amount[..|30mld|50mld]"),
    ("amount:>10mln€", "amount[>|10mln€|None]"),
    ("amount:$1bn..$5bn", "amount[..|$1bn|$5bn]"),
    ("amount:1GW", "amount[=|1GW]"),
    ('amount:">=100 landen"', "amount[>=|100 landen|None]"),
    ('amount:>="100 landen"', "amount[>=|100 landen|None]"),
    ('amount:"100..200 landen"', "amount[..|100 landen|200 landen]"),
    ("bedrag:>1 miljard", "amount[>|1 miljard|None]"),
    ("bedrag:> 1,5 miljard euro chips", "(amount[>|1,5 miljard euro|None] chips)"),
    ("bedrag:30..50 mld", "amount[..|30 mld|50 mld]"),
    ("bedrag:>1000 chips", "(amount[>|1000|None] chips)"),
    ("amount:<5%", "amount[<|None|5%]"),
    ("amount:..5mln", "amount[..|None|5mln]"),
    # text that only looks like a clause
    ("http://example.com/a?b=c", "http://example.com/a?b=c"),
    ("12:30", "12:30"),
    ("foo:bar", "foo:bar"),
    ("C++", "C++"),
    ("AT&T", "AT&T"),
    ("a1 - b1", "(a1 b1)"),
    ("a1 -- b1", "(a1 b1)"),
    ("3,5% rente", "(3,5% rente)"),
    ("* ~ & …", "everything"),
    ("titel", "titel"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_reads(text: str, tree: str) -> None:
    asked = parse(text)
    assert shown(asked.ast) == tree
    assert asked.problems == ()


MENDED = [
    ('"raad van', '"raad van"', [ErrorKind.UNCLOSED_QUOTE]),
    ('actor:"Emmanuel', "actor[=|Emmanuel]", [ErrorKind.UNCLOSED_QUOTE]),
    ("(a1 OR b1", "(a1 | b1)", [ErrorKind.UNCLOSED_BRACKET]),
    ("(a1 (", "a1", [ErrorKind.UNCLOSED_BRACKET] * 2),
    ("a1) b1", "(a1 b1)", [ErrorKind.LOOSE_BRACKET]),
    ("chips OR", "chips", [ErrorKind.LOOSE_OPERATOR]),
    ("OR chips", "chips", [ErrorKind.LOOSE_OPERATOR]),
    ("a1 OR OR b1", "(a1 | b1)", [ErrorKind.LOOSE_OPERATOR]),
    ("a1 OR AND b1", "(a1 b1)", [ErrorKind.LOOSE_OPERATOR]),
    ("a1 NOT", "a1", [ErrorKind.LOOSE_OPERATOR]),
    ("(a1 OR) b1", "(a1 b1)", [ErrorKind.LOOSE_OPERATOR]),
    ("OR", "OR", [ErrorKind.LOOSE_OPERATOR]),
    ("NOT NIET", "(NOT NIET)", [ErrorKind.LOOSE_OPERATOR] * 2),
    ("actor:", "actor", [ErrorKind.EMPTY_VALUE]),
    ("chips actor:", "chips", [ErrorKind.EMPTY_VALUE]),
    ("chips actor: nvidia", "(chips nvidia)", [ErrorKind.EMPTY_VALUE]),
    ('actor:""', "everything", [ErrorKind.EMPTY_VALUE]),
    ("date:morgen", "morgen", [ErrorKind.BAD_DATE]),
    ("date:2025-13", "2025-13", [ErrorKind.BAD_DATE]),
    ("date:2025-02-30", "2025-02-30", [ErrorKind.BAD_DATE]),
    ("date:>", "everything", [ErrorKind.BAD_DATE]),
    ("amount:>", "everything", [ErrorKind.BAD_AMOUNT]),
    ("is:weg", "weg", [ErrorKind.BAD_CHOICE]),
    ("chips date:foo-bar", "(chips foo-bar)", [ErrorKind.BAD_DATE]),
    ("-date:foo", "-foo", [ErrorKind.BAD_DATE]),
]


@pytest.mark.parametrize(("text", "tree", "kinds"), MENDED)
def test_mends_and_says_so(text: str, tree: str, kinds: list[ErrorKind]) -> None:
    asked = parse(text)
    assert shown(asked.ast) == tree
    assert [problem.kind for problem in asked.problems] == kinds
    for problem in asked.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert "{" not in query.ERROR_TEXTS[problem.kind].format(detail=problem.detail)


def test_positions_point_into_the_query() -> None:
    text = 'chips (titel:"groot nieuws" OR -bedrag:>1mld)'
    found = [text[leaf.start : leaf.end] for leaf, _wanted in query.leaves(parse(text).ast)]
    assert found == ["chips", '"groot nieuws"', ">1mld"]


def test_stop_words_count_only_where_nothing_else_is_asked() -> None:
    assert shown(parse("de bouw van het datacenter").ast) == "(bouw datacenter)"
    assert parse("de bouw van het datacenter").ignored == ("de", "van", "het")
    assert shown(parse("van de").ast) == "(van de)"
    assert shown(parse("de is:unread").ast) == "(de is[=|unread])"
    assert shown(parse("VS en WAS").ast) == "(VS WAS)", "capitals are names"
    assert shown(parse('"van de" bouw').ast) == '("van de" bouw)'


def test_words_to_mark_are_those_that_are_wanted() -> None:
    asked = parse('chips -robots titel:nieuws "a1 b1" inv* fuzy~ ="X" NOT (c1 -d1) actor:Macron chips')
    assert query.words_to_mark(asked.ast) == ("chips", "nieuws", '"a1 b1"', "inv*", "fuzy~1", '="X"', "d1")


def test_spans_are_in_order_and_name_what_stands_there() -> None:
    text = 'titel:chips OR (-"a b" bedrag:>1 mld)'
    pieces = [(text[span.start : span.end], str(span.kind)) for span in query.spans(text)]
    assert pieces == [
        ("titel:", "field"), ("chips", "word"), ("OR", "or"), ("(", "open"), ("-", "not"),
        ('"a b"', "phrase"), ("bedrag:", "field"), (">1 mld", "value"), (")", "close"),
    ]  # fmt: skip


def test_a_clause_can_be_turned_into_words_afterwards() -> None:
    asked = parse("chips -amount:veel-geld")
    tree = query.rewrite(asked.ast, query.as_words)
    assert shown(tree) == "(chips -veel-geld)"
    assert shown(query.rewrite(asked.ast, lambda _clause: None)) == "chips"
    assert [clause.field for clause in query.clauses(asked.ast)] == ["amount"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30..50mld", "30mld", "50mld"),
        ("$30..50bn", "$30bn", "$50bn"),
        ("30..$50bn", "$30bn", "$50bn"),
        ("500MW..1GW", "500MW", "1GW"),
        ("900mln..1,2mld€", "900mln€", "1,2mld€"),
        ("10..20%", "10%", "20%"),
        ("1.000..2.000 euro", "1.000 euro", "2.000 euro"),
        ("€5..€6", "€5", "€6"),
        ("een..veel", "een", "veel"),
    ],
)
def test_the_sides_of_a_range_share_scale_and_unit(text: str, low: str, high: str) -> None:
    compared = compare_amount(text)
    assert compared is not None
    assert (compared.low, compared.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "20", "2025-00", "2025-W54", "2025-Q5", "2025-H3", "32-1-2025", "abc", "0000"]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_every_field_of_the_table_works_under_both_names_and_its_examples_parse() -> None:
    for row in FIELDS:
        assert field_named(row.name) is row
        assert field_named(row.alias) is row
        assert row.help
        assert row.examples
        for example in row.examples:
            asked = parse(example)
            assert asked.problems == (), example
            leaf = next(query.leaves(asked.ast))[0]
            assert isinstance(leaf, Text if row.kind is FieldKind.TEXT else Clause), example
        for value, others in row.values.items():
            for word in (value, *others):
                assert shown(parse(f"{row.alias}:{word}").ast) == f"{row.name}[=|{value}]"


# Whatever is typed

PIECES = st.sampled_from(
    [*'( ) " “ ” - OR AND NOT OF NIET title: actor: date: bedrag: is: a chips de * ~ ~5 = >'.split(),
     *".. 2025 1mld € ' ’ l' . e\u0301 👩‍👩‍👧 ß \x00 … miljard :".split(), " ", "\n"]
)  # fmt: skip
TYPED = st.one_of(
    st.text(), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)


@given(TYPED)
def test_r41_no_text_makes_the_parser_fail(text: str) -> None:
    asked = parse(text)
    for problem in asked.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    for leaf, _wanted in query.leaves(asked.ast):
        assert 0 <= leaf.start <= leaf.end <= len(text)
    last = 0
    for span in query.spans(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end
    shown(asked.ast)


@given(TYPED)
def test_the_source_of_a_leaf_reads_back_as_that_leaf(text: str) -> None:
    for leaf, _wanted in query.leaves(parse(text).ast):
        if isinstance(leaf, Text):
            again = query.leaf(leaf.source)
            assert (again.text, again.how, again.number) == (leaf.text, leaf.how, leaf.number)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        ")" * 10_000,
        "(" * 10_000 + "a" + ")" * 10_000,
        "-" * 10_000 + ")",
        "NOT " * 10_000,
        "title:" * 10_000,
        "title:-" * 10_000 + "a",
        "title:NOT " * 10_000 + "a",
        "a(" * 10_000,
        '"' * 10_001,
        "~" * 10_000,
        "a OR " * 10_000,
        "woord " * 20_000,
        "a" * 200_000,
        "e\u0301" * 100_000,
        "a.b." * 50_000,
        "a'" * 50_000,
        "bedrag:1" + " mld" * 20_000,
        'datum:"' + "x " * 20_000,
        '"' + "x " * 20_000,
    ],
)
def test_r41_long_and_deep_queries_end_soon(text: str) -> None:
    started = time.monotonic()
    asked = parse(text)
    assert len(list(query.leaves(asked.ast))) <= query.MAX_LEAVES
    assert time.monotonic() - started < 5


def test_too_deep_is_searched_as_plain_words() -> None:
    text = "(" * 60 + "a1 OR b1" + ")" * 60
    asked = parse(text)
    assert shown(asked.ast) == "(a1 b1)"
    assert [problem.kind for problem in asked.problems] == [ErrorKind.TOO_DEEP]
    assert shown(parse("(" * 40 + "a1 OR b1" + ")" * 40).ast) == "(a1 | b1)"


def test_too_long_keeps_the_first_words() -> None:
    asked = parse(" ".join(f"w{number}" for number in range(300)))
    assert isinstance(asked.ast, And)
    assert len(asked.ast.children) == query.MAX_LEAVES
    assert [problem.kind for problem in asked.problems] == [ErrorKind.TOO_LONG]


def test_hows_are_complete() -> None:
    for how in How:
        assert Text("a", how, 1).source
