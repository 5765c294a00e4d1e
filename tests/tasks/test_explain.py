"""What a query was taken for, in words of both languages."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from desktop.model import ArticleId
from desktop.tasks.explain import Place, as_record, explanation, sections
from desktop.tasks.session import Session


def said(session: Session, query: str, *, unfinished: bool = False) -> str:
    """Write an explanation in lines, places with their query."""
    lines = []
    for section in sections(explanation(session, query, unfinished=unfinished)):
        lines.append(section.heading)
        lines += [
            f"  {line.text[line.start : line.end]}" if isinstance(line, Place) else f"  {line}"
            for line in section.lines
        ]
    return "\n".join(lines)


def test_words_say_which_forms_counted(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    assert said(session, "supercomputers -Nvidia") == (
        "1 article found\n"
        "  Searched: “supercomputers” in any inflection and not (“Nvidia” in any inflection)\n"
        "supercomputers: 2 articles\n"
        "  “supercomputers” in any inflection\n"
        "  “supercomputers” counted as: supercomputer (2)\n"
        "  “supercomputers” is made up of super + computers; "
        "an article with only one of these does not count\n"
        "Nvidia: 1 article, left out of the result\n"
        "  “Nvidia” in any inflection\n"
        "  “Nvidia” counted as: nvidia (1)"
    )


def test_clauses_say_whom_and_what_they_found(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    words = said(session, "actor:Dorsman amount:>10mln€ date:2025-01 tag:niets")
    assert "actor:Dorsman: 1 article\n" in words
    assert "  Karin Dorsman (1 article), also as: " in words
    assert (
        "  An amount of more than 10,000,000 (EUR; other currencies at the rate of the article’s date)"
        in words
    )
    assert "  A range counts where it overlaps, and “about” within 10%.\n" in words
    assert "  Date of the article from 1 January 2025 to 31 January 2025\n" in words
    assert words.endswith(
        "tag:niets: 0 articles\n"
        "  A tag of the article or of one of its notes: “niets”\n"
        "  No article has this."
    )


def test_what_was_not_understood_and_what_only_looked_like_a_field(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    words = said(session, "foo:bar de kabinet (date:gisteren http://nos.nl 12:30")
    assert (
        "Searched as plain words\n"
        "  “foo:bar”: there is no field “foo:” (there are title:, actor:, person:, org: …)" in words
    )
    assert "http" not in words.partition("Searched as plain words")[2].partition("\n  ")[2]
    assert "Left out\n  de: too common" in words
    assert "Not understood\n  A closing bracket is missing\n  (\n  “gisteren” is not a date" in words
    assert words.endswith("\n  gisteren")


@pytest.mark.language("nl")
def test_in_dutch(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    words = said(session, "supercomputr plaats:Groningen datum:>2025-02 bedrag:100..125mln")
    assert words.startswith("0 artikelen gevonden\n  Gezocht is naar: ‘supercomputr’ in elke vorm en ")
    assert "  ‘supercomputr’ staat in geen enkel artikel\n" in words
    assert "  Groningen (2 artikelen)" in words
    assert "  Datum van het artikel van 1 maart 2025 tot en met …\n" in words
    assert "Bedoelde u\n  supercomputer plaats:Groningen datum:>2025-02 bedrag:100..125mln (1)" in words
    assert "article" not in words


def test_a_word_being_typed_counts_as_a_beginning_too(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    words = said(session, "superc", unfinished=True)
    assert (
        "superc: 2 articles\n  “superc” in any inflection or words that begin with “superc”\n"
        "  Begin with “superc”: supercomputer (2)"
    ) in words
    assert words.count("superc: ") == 1
    assert "egin with" not in said(session, "superc")


def test_a_phrase_says_it_of_each_word(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    words = said(session, '"data centre"')
    assert "“data” counted as: data (1)" in words
    assert "“centre” counted as: centres (1)" in words


def test_everything_is_explained_too(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    assert said(session, "") == "3 articles found\n  Searched: all articles"


@pytest.mark.parametrize(
    "query", ["((", '"', "bedrag:", "\x00", "🙂 OR", "a" * 5000, "*", "NOT NIET", "l'énergie"]
)
def test_no_query_fails(session: Session, library_of_three: dict[str, ArticleId], query: str) -> None:
    assert said(session, query)


def test_the_record_is_plain_json(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    query = 'supercomputr actor:Dorsman (foo:bar "de chips"'
    record = json.loads(json.dumps(as_record(explanation(session, query))))
    assert list(record) == [
        "query", "sentence", "parts", "plain", "left_out", "problems", "did_you_mean",
    ]  # fmt: skip
    assert [query[part["start"] : part["end"]] for part in record["parts"]] == [
        "supercomputr", "actor:Dorsman", "foo:bar", '"de chips"',
    ]  # fmt: skip
    assert record["parts"][1]["actors"][0]["name"] == "Karin Dorsman"
    assert record["plain"] == [{"start": 28, "end": 35, "text": "foo:bar"}]
    (problem,) = record["problems"]
    assert (query[problem["start"] : problem["end"]], problem["kind"]) == ("(", "unclosed_bracket")


# Compounds


def test_a_word_tells_in_which_compounds_it_was_found(
    session: Session, library_of_three: dict[str, ArticleId], put: Callable[..., ArticleId]
) -> None:
    put("date 2025-04 Datacenterpark\n\nHet datacenterpark komt er met nog twee datacenters.\n", "park.txt")
    words = said(session, "datacenter")
    assert (
        "  “datacenter” counted as: datacenters (1)\n  “datacenter” found within: datacenterpark (1)" in words
    )
    [part] = as_record(explanation(session, "datacenter"))["parts"]
    assert part["words"][0]["compounds"] == [{"word": "datacenterpark", "articles": 1}]


def test_a_compound_tells_what_it_is_made_up_of(
    session: Session, library_of_three: dict[str, ArticleId]
) -> None:
    made_up = "“rekencentrum” is made up of reken + centrum; an article with only one of these does not count"
    assert f"  {made_up}" in said(session, "rekencentrum")
    assert "made up" not in said(session, '="rekencentrum" rekencent* minister')


@pytest.mark.language("nl")
def test_compounds_in_dutch(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    words = said(session, "rekencentrum")
    assert (
        "  ‘rekencentrum’ bestaat uit reken + centrum; een artikel met maar één daarvan telt niet mee"
        in words
    )
