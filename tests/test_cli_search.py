"""`leeslamp search` as a script sees it: explained, pointed at, and asked many times at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from desktop import cli
from desktop.cli.output import pointed
from tests.test_cli import Shell, leeslamp  # noqa: F401

ARTICLES = {
    "a.txt": "date 2025-01-14 Kabinet wil een rekencentrum\n\nNvidia levert de chips voor 70 miljoen euro.\n",
    "b.txt": "date 2025-03 De haven groeit\n\nHet rekencentrum komt in de haven.\n\nEen datacenter ook.\n",
}


@pytest.fixture
def filled(leeslamp: Shell, tmp_path: Path) -> Shell:  # noqa: F811
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert leeslamp("import", *(tmp_path / name for name in ARTICLES))[0] == cli.OK
    return leeslamp


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        (
            "haven AND (",
            [
                "leeslamp: “AND” needs something to work on",
                "  haven AND (",
                "        ^^^",
                "leeslamp: A closing bracket is missing",
                "  haven AND (",
                "            ^",
            ],
        ),
        (
            "datum:gisteren haven",
            [
                (
                    "leeslamp: “gisteren” is not a date (try 2025, 2025-02 or 2025-01..2025-03);"
                    " searched as words"
                ),
                "  datum:gisteren haven",
                "        ^^^^^^^^",
            ],
        ),
    ],
)
def test_what_is_not_understood_is_pointed_at_and_the_rest_is_searched(
    filled: Shell, query: str, lines: list[str]
) -> None:
    code, out, err = filled("search", query)
    assert code == cli.OK
    assert err.splitlines() == lines
    assert out.splitlines()[-1] == ("1 article" if "AND" in query else "0 articles")


def test_a_mark_stands_under_its_place() -> None:
    assert pointed("a (b", 2, 3) == ("a (b", "  ^")
    assert pointed("日本 (b", 3, 4) == ("日本 (b", "     ^")
    assert pointed("e\u0301 (b", 3, 4) == ("e\u0301 (b", "  ^")
    assert pointed("a\n\t(b", 3, 4) == ("a  (b", "   ^")
    assert pointed("a", 1, 1) == ("a", " ^")
    line, mark = pointed("woord " * 40 + "(" + " woord" * 40, 240, 241)
    assert len(line) <= 80
    assert line[mark.index("^")] == "("
    assert (line[0], line[-1]) == ("…", "…")


def test_what_may_have_been_meant_is_told_and_not_searched(filled: Shell) -> None:
    code, out, err = filled("search", "datacnter")
    assert (code, out) == (cli.OK, "0 articles\n")
    assert err == "leeslamp: Little or nothing found for “datacnter”. Did you mean datacenter (1)?\n"


def test_explain(filled: Shell) -> None:
    code, out, err = filled("search", "havens OR Nvidia", "--explain")
    assert (code, err) == (cli.OK, "")
    assert out.startswith("2 articles found\n  Searched: “havens” in any inflection or “Nvidia” in any")
    assert "Nvidia: 1 article\n" in out
    assert "“Nvidia” counted as: nvidia (1)\n" in out


def test_explain_points_at_what_was_not_understood(filled: Shell) -> None:
    out = filled("search", "haven (", "--explain")[1]
    assert "Not understood\n  A closing bracket is missing\n  haven (\n        ^\n" in out


def test_explain_as_json(filled: Shell) -> None:
    found = filled.json("search", "haven", "bedrag:>10mln€", "--json", "--explain")
    assert list(found) == ["total", "hits", "explanation"]
    parts = found["explanation"]["parts"]
    assert [part["text"] for part in parts] == ["haven", "bedrag:>10mln€"]
    assert parts[0]["words"][0]["forms"] == [{"word": "haven", "articles": 1}]
    assert found["explanation"]["did_you_mean"] == []
    assert "explanation" not in filled.json("search", "haven", "--json")


@pytest.mark.language("nl")
def test_explain_in_dutch(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "nl")
    monkeypatch.setattr("desktop.i18n.system_language", lambda: "nl")
    out = filled("search", "haven", "--explain")[1]
    assert out.startswith("1 artikel gevonden\n  Gezocht is naar: ‘haven’ in elke vorm\nhaven: 1 artikel\n")


QUERIES = """\ufeff# wat wij volgen
rekencentrum

  haven -Nvidia
nergens
datum:ooit haven
# klaar
-Nvidia
(haven
"""


def table(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_a_file_of_queries_gives_a_table(filled: Shell, tmp_path: Path) -> None:
    file = tmp_path / "vragen.txt"
    file.write_text(QUERIES, encoding="utf-8")
    code, out, err = filled("search", "--from", file, "--csv")
    assert code == cli.FAILED
    rows = table(out)
    assert list(rows[0]) == ["query", "total", "id", "title", "date", "score", "snippet"]
    assert [(row["query"], row["total"], row["title"]) for row in rows] == [
        ("rekencentrum", "2", "Kabinet wil een rekencentrum"),
        ("rekencentrum", "2", "De haven groeit"),
        ("haven -Nvidia", "1", "De haven groeit"),
        ("nergens", "0", ""),
        ("'-Nvidia", "1", "De haven groeit"),  # no formula in a spreadsheet
    ]
    assert {row["date"] for row in rows} == {"2025-01-14", "2025-03", ""}
    assert float(rows[0]["score"]) > float(rows[1]["score"])
    assert "rekencentrum" in rows[1]["snippet"]
    lines = err.splitlines()
    assert lines[0].startswith(f"leeslamp: {file}, line 6: “ooit” is not a date")
    assert lines[1:3] == ["  datum:ooit haven", "        ^^^^"]
    assert lines[3:] == [f"leeslamp: {file}, line 9: A closing bracket is missing", "  (haven", "  ^"]


def test_good_queries_are_exit_code_0_and_the_limit_is_of_each(filled: Shell) -> None:
    code, out, err = filled("search", "--from", "-", "--csv", "--limit", "1", stdin="rekencentrum\nhaven\n")
    assert (code, err) == (cli.OK, "")
    assert [(row["query"], row["total"]) for row in table(out)] == [("rekencentrum", "2"), ("haven", "1")]


def test_one_query_as_a_table(filled: Shell) -> None:
    assert [row["title"] for row in table(filled("search", "haven", "--csv")[1])] == ["De haven groeit"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["haven", "--from", "-", "--csv"], "give a query, or a file of queries with --from"),
        (["--csv"], "give a query, or a file of queries with --from"),
        (["--from", "-"], "a file of queries gives a table: add --csv"),
        (["haven", "--csv", "--json"], "--csv does not go with --json and --explain"),
        (["--from", "-", "--csv", "--explain"], "--csv does not go with --json and --explain"),
    ],
)
def test_usage_errors(filled: Shell, arguments: list[str], reason: str) -> None:
    assert filled("search", *arguments) == (cli.USAGE, "", f"leeslamp: {reason}\n")


def test_a_file_that_is_not_there(filled: Shell, tmp_path: Path) -> None:
    code, out, err = filled("search", "--from", tmp_path / "nergens.txt", "--csv")
    assert (code, out) == (cli.FAILED, "")
    assert "nergens.txt" in err


def test_help_tells_of_all_this(filled: Shell) -> None:
    out = " ".join(filled("search", "--help")[1].split())
    for word in ("--explain", "--from", "--csv", "# before a comment"):
        assert word in out
