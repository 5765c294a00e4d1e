"""Amounts and dates asked for in the user's words: every form of the query language, with conversion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.library import amounts, articles
from desktop.model import ArticleId, MentionKind
from desktop.tasks import browse_amounts, manage
from desktop.tasks.search import explain, search
from desktop.tasks.session import Session

#: name -> (date of the article, body). On 2025-01-08 a euro was 1.0286 dollars, on 2008-07-15 1.5990.
ARTICLES = {
    "mld": ("2025-01-08", "Het plan kost 2 miljard euro."),
    "mld_usd": ("2025-01-08", "Het plan kost 2 miljard dollar."),
    "mld_aed": ("2025-01-08", "Het plan kost 2 miljard dirham uit de Emiraten, 2 miljard AED."),
    "range": ("2025-01-08", "De schade is tussen de 30 en 50 miljard euro."),
    "ten": ("2025-01-08", "De boete is precies 10 miljoen euro."),
    "ten_usd": ("2025-01-08", "De boete is 10,2 miljoen dollar."),
    "crisis": ("2008-07-15", "De boete is 15,9 miljoen dollar."),
    "next_day": ("2025-01-09", "De boete is 15,9 miljoen dollar."),
    "undated": (None, "De boete is 99 miljoen dollar."),
    "guilders": ("2001", "De boete is 44 miljoen gulden."),
    "about": ("2025-01-08", "De boete is ongeveer 1.000 euro."),
    "least": ("2025-01-08", "Het kost minstens 7.000 euro."),
    "most": ("2025-01-08", "Het kost hooguit 3 euro."),
    "gw": ("2025-01-08", "De centrale levert 1.000 megawatt."),
    "countries": ("2025-01-08", "Er doen 120 landen mee."),
    "some": ("2025-01-08", "Er doen ongeveer 95 landen mee."),
    "people": ("2025-01-08", "Er werken 1.500 mensen."),
    "price": ("2025-01-08", "De stroom kost 0,25 euro per kilowattuur."),
    "march": ("2025-01-08", "De bijeenkomst is van 8 tot en met 9 maart 2025."),
    "year": ("2025-01-08", "Het is klaar in 2027."),
}


AT_RATE = "other currencies at the rate of the article’s date)"


@pytest.fixture
def library(put: Callable[..., ArticleId]) -> dict[str, ArticleId]:
    return {
        name: put((f"date {day} " if day else "") + f"Over {name}\n\n{body}\n", f"{name}.txt")
        for name, (day, body) in ARTICLES.items()
    }


def found(session: Session, library: dict[str, ArticleId], query: str) -> set[str]:
    names = {article: name for name, article in library.items()}
    result = search(session, query)
    assert not result.problems
    return {names[one.id] for one in articles.by_rows(session.library.reader(), result.rows)}


#: All in one test: asking is quick, filling the library is not.
ASKED = {
    "amount:>1mld": {"mld", "mld_usd", "mld_aed", "range"},
    "bedrag:>1mld": {"mld", "mld_usd", "mld_aed", "range"},
    "amount:30..50mld": {"range"},
    "amount:50..60mld": {"range"},
    "amount:>50mld": set(),
    "amount:>=50mld": {"range"},
    "amount:2mld": {"mld", "mld_usd", "mld_aed"},
    # With a currency: the others at the rate of their article's day.
    "amount:>10mln€": {"mld", "mld_usd", "range", "next_day", "guilders"},
    "amount:>=10mln€": {"mld", "mld_usd", "range", "ten", "next_day", "guilders"},
    "amount:9,9..9,95mln€": {"ten_usd", "crisis"},
    "amount:>1mldEUR": {"mld", "mld_usd", "range"},
    "amount:$1bn..$5bn": {"mld", "mld_usd"},
    "amount:2,05..2,06mld$": {"mld"},
    "amount:15,8..16mln$": {"crisis", "next_day"},
    "amount:99mln$": {"undated"},
    "amount:>10mln$": {
        "mld", "mld_usd", "range", "ten", "ten_usd", "crisis", "next_day", "undated", "guilders",
    },
    "amount:8,2..8,5mln£": {"ten", "ten_usd"},
    "amount:44mlnNLG": {"guilders"},
    "amount:22..22,1mlnNLG": {"ten"},
    "amount:>1mldAED": {"mld_aed"},
    # "About" is a tenth to both sides, "at least" and "at most" are open.
    "amount:950..960€": {"about"},
    "amount:1100€": {"about"},
    "amount:1101€": set(),
    "amount:8000€": {"least"},
    "amount:1€": {"most"},
    # Other units.
    "amount:1GW": {"gw"},
    "bedrag:0,9..1,1GW": {"gw"},
    "amount:>1GW": set(),
    "amount:1000MW": {"gw"},
    "amount:1000000kW": {"gw"},
    'amount:">=100 landen"': {"countries", "some"},
    'amount:>="100 landen"': {"countries", "some"},
    'amount:"110..130 landen"': {"countries"},
    'amount:"1500 landen"': set(),
    # As written: counts and money without its currency, never what quantities are in base units.
    "amount:1500": {"people"},
    "amount:120": {"countries"},
    "amount:1000000000": set(),
    "amount:0,25": {"price"},
    # Dates that the text mentions.
    "mentions:2025-03-08": {"march"},
    "noemt:2025-03": {"march"},
    "mentions:2025-02..2025-04": {"march"},
    "mentions:2027": {"year"},
    "mentions:>2025-03-09": {"year"},
    "mentions:>=2025-03-09": {"march", "year"},
    "noemt:>2026": {"year"},
    "noemt:2027-05": {"year"},
    "mentions:2026": set(),
}  # fmt: skip


def test_queries_find(session: Session, library: dict[str, ArticleId]) -> None:
    wrong = {}
    for query, names in ASKED.items():
        answer = found(session, library, query)
        if "least" in answer and "least" not in names:
            answer -= {"least"}  # open above: it is in every answer that reaches high enough
        if "most" in answer and "most" not in names:
            answer -= {"most"}
        if answer != names:
            wrong[query] = (answer - names, names - answer)
    assert not wrong


def test_open_amounts_reach_as_far_as_can_be(session: Session, library: dict[str, ArticleId]) -> None:
    for query in ("amount:>1mld", "amount:>10mln€", "amount:>10mln$", "amount:7000€"):
        assert "least" in found(session, library, query)
    for query in ("amount:<7000€", "amount:6999€", "amount:<1GW"):
        assert "least" not in found(session, library, query)
    for query in ("amount:<1€", "amount:<=3€", "amount:1$", "amount:2"):
        assert "most" in found(session, library, query)
    assert "most" not in found(session, library, "amount:>3€")


def test_the_largest_amount_is_that_in_euro(session: Session, put: Callable[..., ArticleId]) -> None:
    yen = put("date 2025-01-08 Yen\n\nHet kost 500 miljoen yen.\n", "a.txt")
    unrated = put("date 2025-01-08 Dirham\n\nHet kost 900 miljoen AED.\n", "b.txt")
    euro = put("date 2025-01-08 Euro\n\nHet kost 5 miljoen euro.\n", "c.txt")
    none = put("date 2025-01-08 Niets\n\nHet kost niets.\n", "d.txt")
    found = search(session, "kost", sort="amount").rows
    assert [one.id for one in articles.by_rows(session.library.reader(), found)] == [euro, yen, unrated, none]


def test_the_trash_is_left_out(session: Session, library: dict[str, ArticleId]) -> None:
    names = ("mld", "mld_usd", "range", "price", "guilders", "crisis")
    manage.trash(session, [library[name] for name in names])
    for query in ("amount:>1mld", "amount:>10mln€", "amount:>10mln$", "amount:0,25", "amount:9..60mlnNLG"):
        assert not found(session, library, query) & set(names)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "amount:>10mln€",
            "an amount of more than 10,000,000 (EUR; " + AT_RATE,
        ),
        (
            "amount:$1bn..$5bn",
            "an amount from 1,000,000,000 to 5,000,000,000 (USD; " + AT_RATE,
        ),
        (
            "amount:>1mldAED",
            "an amount of more than 1,000,000,000 (AED; other currencies are left out: no rate is known)",
        ),
        ("amount:1GW", "an amount of 1,000,000,000 (W or what converts to it)"),
        (
            "amount:<30mld",
            "an amount of less than 30,000,000,000 (money in any currency, counts and numbers, as written)",
        ),
        ('amount:">=100 landen"', "an amount from 100 to … (landen)"),
    ],
)  # fmt: skip
def test_it_is_said_what_was_converted(session: Session, query: str, words: str) -> None:
    assert explain(search(session, query)) == words


#: What the table of amounts shows for a query: only the amounts that the clause is about.
OPEN = "minstens 7.000 euro"  # may be any larger sum
ROWS = {
    "amount:>=1bn$": {"2 miljard euro", "2 miljard dollar", "tussen de 30 en 50 miljard euro", OPEN},
    "amount:15.8mln..16mln$": {"15,9 miljoen dollar", OPEN},
    "amount:10.25mln..10.3mln$": {
        "precies 10 miljoen euro",
        OPEN,
    },  # at 1.0286 dollars; not the 10.2 million dollars
    "amount:2bnAED": {"2 miljard AED"},  # no rate is known
    "amount:2bn": {"2 miljard euro", "2 miljard dollar", "2 miljard AED", OPEN},
    "amount:>1bn€": {"2 miljard euro", "2 miljard dollar", "tussen de 30 en 50 miljard euro", OPEN},
}


def test_the_table_of_amounts_shows_what_the_clause_asks(
    session: Session, library: dict[str, ArticleId]
) -> None:
    con = session.library.reader()
    for query, expected in ROWS.items():
        wanted = browse_amounts.understand(session, browse_amounts.Question(query)).filter
        rows = amounts.page(con, amounts.find(con, wanted))
        assert {row.written for row in rows if "dirham" not in row.written} == expected, query


def test_the_table_of_counts_shows_what_is_counted(session: Session, library: dict[str, ArticleId]) -> None:
    con = session.library.reader()
    for query, expected in {"amount:>110 landen": {"120 landen"}, "amount:>1000": {"1.500 mensen"}}.items():
        question = browse_amounts.Question(query, MentionKind.COUNT)
        wanted = browse_amounts.understand(session, question).filter
        assert {row.written for row in amounts.page(con, amounts.find(con, wanted))} == expected, query
