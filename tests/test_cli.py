"""The command line as a script sees it: arguments in, output, errors and exit codes out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.cli import commands
from desktop.library import articles, import_log, rules
from desktop.library.database import Library
from desktop.model import Condition, MentionKind, Rule, RuleId, RuleKind

TEXT = """date 2025-01 Minister Dorsman noemt 70 miljoen euro

Minister Dorsman (Economische Zaken) trekt van 8 tot en met 9 januari 70 miljoen euro uit.

Dat is €\u00a05 per hoofd \U0001f642.
"""


class Shell:
    """Runs commands on one library."""

    def __init__(
        self, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.library, self._capsys, self._monkeypatch = library, capsys, monkeypatch

    def __call__(self, *arguments: object, stdin: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        try:
            code = cli.main([str(argument) for argument in arguments] + ["--library", str(self.library)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *arguments: object, stdin: str = "") -> Any:
        code, out, err = self(*arguments, stdin=stdin)
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def leeslamp(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path / "bibliotheek", capsys, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stuk.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_import_says_how_many_files_were_not_read(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "leeg.txt"
    empty.touch()
    assert leeslamp("import", file)[1].strip() == "1 article added, 0 renewed, 0 skipped"
    _code, out, err = leeslamp("import", file, empty)
    assert out.strip() == "0 articles added, 0 renewed, 1 skipped, 1 not read"
    assert "leeg.txt" in err


def test_import_search_show(leeslamp: Shell, file: Path) -> None:
    imported = leeslamp.json("import", file, "--json")
    assert list(imported) == ["added", "updated", "skipped", "problems"]
    (article,) = imported["added"]

    found = leeslamp.json("search", "miljoen", "bedrag:70mln", "--json")
    assert found["total"] == 1
    (hit,) = found["hits"]
    assert list(hit) == ["id", "title", "published", "source", "score", "snippet", "marks"]
    assert hit["id"] == article
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["miljoen"]

    shown = leeslamp.json("show", article, "--json")
    assert list(shown) == [
        "id", "title", "published", "lang", "source", "text", "mentions", "actors", "amounts", "annotations",
    ]  # fmt: skip
    assert shown["text"].startswith("Minister Dorsman noemt 70 miljoen euro\n\nMinister Dorsman (Ec")
    for mention in shown["mentions"]:
        assert shown["text"][mention["start"] : mention["end"]] == mention["text"]
    money = [mention for mention in shown["amounts"] if mention["kind"] == "money"]
    assert {(mention["value"], mention["unit"]) for mention in money} == {("70000000", "EUR"), ("5", "EUR")}
    assert "Dorsman" in {actor["name"] for actor in shown["actors"]}


def test_import_with_the_model_waits_for_it(leeslamp: Shell, file: Path) -> None:
    (article,) = leeslamp.json("import", file, "--names", "model", "--json")["added"]
    mentions = leeslamp.json("show", article, "--json")["mentions"]
    names = {mention["source"] for mention in mentions if mention["kind"] in ("person", "organisation")}
    assert names == {"model"}


def test_a_failing_file_is_named_and_the_rest_comes_in(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    code, out, err = leeslamp("import", tmp_path / "weg.txt", file, "--json")
    assert code == cli.FAILED
    assert len(json.loads(out)["added"]) == 1
    assert json.loads(out)["problems"] == [
        {"file": str(tmp_path / "weg.txt"), "reason": "no such file or folder"}
    ]
    assert err == f"leeslamp: {tmp_path / 'weg.txt'}: no such file or folder\n"


def test_an_excluded_word_is_no_option(leeslamp: Shell, file: Path) -> None:
    leeslamp("import", file)
    assert leeslamp.json("search", "miljoen", "-Groningen", "--json")["total"] == 1
    assert leeslamp.json("search", "-Dorsman", "--json")["total"] == 0


def test_extract_reads_a_file_in_the_users_format(leeslamp: Shell, file: Path) -> None:
    marked = leeslamp.json("extract", file, "--json")
    dates = [mention for mention in marked["mentions"] if mention["kind"] == "date"]
    assert {"low": "2025-01-08", "high": "2025-01-09"}.items() <= dates[0].items()
    assert marked["lang"] == "nl"


@pytest.mark.parametrize(
    ("chosen", "source"), [((), "model"), (("--names", "model"), "model"), (("--names", "rules"), "rule")]
)
def test_extract_finds_names_by_the_model_unless_told_otherwise(
    leeslamp: Shell, tmp_path: Path, chosen: tuple[str, ...], source: str
) -> None:
    article = tmp_path / "bericht.txt"
    article.write_text("Bezoek\n\nMinister Dirk Terpstra bezocht Nvidia in Groningen.", encoding="utf-8")
    marked = leeslamp.json("extract", article, "--lang", "nl", "--json", *chosen)
    found = [(m["text"], m["source"]) for m in marked["mentions"] if m["kind"] in ("person", "place")]
    assert found == [("Dirk Terpstra", source), ("Groningen", source)]


def test_extract_lines_answers_each_line_in_order(leeslamp: Shell) -> None:
    lines = "\n".join(
        [
            json.dumps({"id": 1, "text": "Het kost € 5 miljoen.", "lang": "nl"}),
            "geen json",
            json.dumps({"id": 3, "text": "\U0001f642 Het kost 6 miljoen euro.", "lang": "xx"}),
            json.dumps({"id": "vier", "text": "\U0001f642 It costs $7m.", "lang": "en"}),
        ]
    )
    code, out, _err = leeslamp("extract", "--jsonl", stdin=lines)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == cli.FAILED
    assert [answer["id"] for answer in answers] == [1, None, 3, "vier"]
    assert [("error" in answer) for answer in answers] == [False, True, True, False]
    (money,) = answers[0]["mentions"]
    assert (money["kind"], money["value"], money["unit"]) == ("money", "5000000", "EUR")
    (money,) = answers[3]["mentions"]
    assert (money["start"], money["end"], money["value"]) == (11, 14, "7000000")


def test_tables(leeslamp: Shell, file: Path) -> None:
    leeslamp("import", file)
    rows = leeslamp.json("amounts", "--json")
    assert "70 miljoen euro" in {row["text"] for row in rows}
    code, out, _err = leeslamp("amounts", "bedrag:70mln", "--csv")
    assert code == 0
    assert out.splitlines()[0].startswith("article,published,title,text,kind,value")
    assert len(out.splitlines()) == 4
    assert any(actor["name"] == "Dorsman" for actor in leeslamp.json("actors", "--json"))


def test_tables_into_files(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    leeslamp("import", file)
    book, table, rows = (tmp_path / f"bedragen.{suffix}" for suffix in ("xlsx", "csv", "json"))
    assert leeslamp("amounts", "miljoen", "--xlsx", "-o", book) == (0, "", "")
    assert zipfile.is_zipfile(book)
    assert leeslamp("export", "amounts", "-o", table) == (0, "", "")
    assert table.read_bytes().startswith(b"article,published,")
    assert leeslamp("export", "actors", "--format", "json", "-o", rows)[0] == 0
    assert "Dorsman" in {actor["name"] for actor in json.loads(rows.read_text(encoding="utf-8"))}
    assert leeslamp("actors", "-o", tmp_path / "a.csv")[0] == 0
    head = "name,kind,aliases,roles,articles,mentions,first,last,id"
    assert leeslamp("export", "actors")[1].startswith(head)
    assert not list(tmp_path.glob("*.part"))
    code, _out, err = leeslamp("export", "amounts", "-o", tmp_path / "geen" / "map.csv")
    assert code == cli.FAILED
    assert "cannot be written" in err


def test_actors_of_a_kind_and_a_few_of_them(leeslamp: Shell, file: Path) -> None:
    leeslamp("import", file)
    [person] = leeslamp.json("actors", "--kind", "person", "--json")
    assert (person["name"], person["roles"], person["first"], person["last"]) == (
        *("Dorsman", ["Minister"], "2025-01", "2025-01"),
    )
    kinds = {
        row["kind"] for row in leeslamp.json("actors", "--kind", "place", "--kind", "organisation", "--json")
    }
    assert kinds <= {"place", "organisation"}
    assert len(leeslamp.json("export", "actors", "--format", "json", "--limit", "1")) == 1
    code, out, _err = leeslamp("actors", "--limit", "1")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("Dorsman\tperson\t")
    assert leeslamp("actors", "--kind", "money")[0] == cli.USAGE


def test_network_into_files(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    leeslamp("import", file)
    picture = tmp_path / "netwerk.svg"
    assert leeslamp("network", "-o", picture) == (0, "", "")
    assert "Dorsman</text>" in picture.read_text(encoding="utf-8")
    pairs = leeslamp.json("network", "--within", "article", "--format", "json")
    assert {row["within"] for row in pairs} == {"article"}
    assert leeslamp("network", "nergens")[1].startswith("one,one_kind,other")
    assert leeslamp("network", "nergens")[1].count("\n") == 1
    for wrong in (["--actors", "500"], ["-o", tmp_path / "netwerk.pdf"], ["--within", "book"]):
        code, out, err = leeslamp("network", *wrong)
        assert (code, out) == (cli.USAGE, "")
        assert err
    assert leeslamp("network", "-o", tmp_path / "geen" / "netwerk.svg")[0] == cli.FAILED


def test_corrections_into_another_library(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    leeslamp("import", file)
    with Library.open(leeslamp.library) as library:
        rule = Rule(RuleId(""), RuleKind.IGNORE, Condition("Dorsman", MentionKind.PERSON))
        library.write(lambda con: rules.add(con, rule))
    saved = tmp_path / "correcties.json"
    assert leeslamp("corrections", "export", saved, "--json") == (0, '{"written": 1}\n', "")
    leeslamp.library = tmp_path / "andere"
    leeslamp("import", file)
    assert leeslamp.json("corrections", "import", saved, "--json") == {"added": 1, "known": 0}
    assert leeslamp.json("actors", "--kind", "person", "--json") == []
    code, out, _err = leeslamp("corrections", "import", saved)
    assert (code, out) == (0, "0 corrections taken in, 1 was there already\n")
    saved.write_text("{}", encoding="utf-8")
    for failing in (saved, tmp_path / "geen.json"):
        code, out, err = leeslamp("corrections", "import", failing)
        assert (code, out, err.count("\n")) == (cli.FAILED, "", 1)
    assert leeslamp("corrections", "export", tmp_path / "geen" / "map.json")[0] == cli.FAILED
    assert leeslamp("corrections")[0] == cli.USAGE
    with Library.open(leeslamp.library):
        assert leeslamp("corrections", "export", saved)[0] == cli.IN_USE


@pytest.mark.parametrize(
    "arguments",
    [
        ["amounts", "--xlsx"],
        ["amounts", "-o", "bedragen.pdf"],
        ["export", "amounts", "--format", "markdown"],
        ["export", "notes", "--format", "json"],
        ["export", "notes", "--format", "docx"],
        ["export", "notes", "-o", "notities.onzin"],
        ["export", "articles", "--format", "xlsx", "-o", "artikelen.xlsx"],
        ["export", "notes", "--format", "html", "--template", "eigen.j2"],
        ["export", "library"],
    ],
)
def test_a_table_in_a_form_that_is_not_there(leeslamp: Shell, arguments: list[str]) -> None:
    code, out, err = leeslamp(*arguments)
    assert (code, out) == (cli.USAGE, "")
    assert err.count("\n") == 1


def test_export_check_backup_and_restore(leeslamp: Shell, file: Path, tmp_path: Path) -> None:
    leeslamp("import", file)
    assert leeslamp("export", "notes", "-o", tmp_path / "n.md")[0] == 0
    assert (tmp_path / "n.md").read_text(encoding="utf-8").startswith("---\n")
    assert leeslamp("check")[:2] == (0, "The library is whole.\n")
    assert leeslamp("backup", tmp_path / "kopie.sqlite3")[0] == 0
    (tmp_path / "stuk.txt").write_text(TEXT + "\nNog iets.\n", encoding="utf-8")
    leeslamp("import", file)
    assert leeslamp.json("search", "Nog", "--json")["total"] == 1
    assert leeslamp("restore", tmp_path / "kopie.sqlite3")[0] == 0
    assert leeslamp.json("search", "Nog", "--json")["total"] == 0
    assert leeslamp.json("search", "miljoen", "--json")["total"] == 1
    assert leeslamp("reindex")[:2] == (0, "1 article indexed\n")


def test_a_library_in_use_is_exit_code_3(
    leeslamp: Shell, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "WAIT_SECONDS", 0.0)
    library = Library.open(leeslamp.library)
    try:
        code, _out, err = leeslamp("import", file)
    finally:
        library.close()
    assert code == cli.IN_USE
    assert err.count("\n") == 1
    assert "in use" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["search"],
        ["export", "koffie"],
        ["show"],
        ["extract", "--lang", "xx"],
        ["search", "a", "--jsn"],
    ],
)
def test_usage_errors_are_exit_code_2(leeslamp: Shell, arguments: list[str]) -> None:
    code, out, err = leeslamp(*arguments)
    assert (code, out) == (cli.USAGE, "")
    assert err.startswith("leeslamp: ")


def test_searching_a_library_that_is_not_there_makes_none(leeslamp: Shell) -> None:
    code, _out, err = leeslamp("search", "x")
    assert code == cli.FAILED
    assert "no such file or folder" in err
    assert not leeslamp.library.exists()


@pytest.mark.parametrize(
    ("arguments", "is_command"),
    [
        (["import", "a.txt"], True),
        (["--library", "search", "import"], True),
        (["--library", "import", "a.txt"], False),
        (["./search"], False),
        ([], False),
        (["--help"], True),
        (["--selftest"], True),
        (["leeslamp://article/x"], False),
    ],
)
def test_the_first_argument_that_is_no_option_decides(arguments: list[str], is_command: bool) -> None:
    assert cli.is_command(arguments) is is_command


def test_every_command_has_help_with_an_example(leeslamp: Shell) -> None:
    for command in cli.COMMANDS:
        code, out, _err = leeslamp(command, "--help")
        assert code == 0
        assert "Example: leeslamp " + command in " ".join(out.split())


def test_selftest_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--selftest"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    outcome = json.loads(done.stdout)
    assert outcome["failed"] == {}
    assert outcome["ok"]
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert all(outcome[name] for name in ("python", "qt", "sqlite", "numpy", "onnxruntime"))


def test_a_mistyped_command_opens_no_window() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "serach", "datacenter"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == cli.USAGE
    assert done.stderr == "leeslamp: serach: no such command and no such file; see leeslamp --help\n"


def test_a_missing_file_is_missing_whatever_its_kind(leeslamp: Shell, tmp_path: Path) -> None:
    assert "no such file or folder" in leeslamp("extract", tmp_path / "nergens")[2]


def test_a_mistyped_name_is_told_and_not_kept_as_a_file_that_was_not_read(
    leeslamp: Shell, tmp_path: Path
) -> None:
    (tmp_path / "een.txt").write_text("date 2025 Kop\n\nTekst.", encoding="utf-8")
    code, _out, err = leeslamp("import", tmp_path / "en.txt", tmp_path / "een.txt")
    assert code == cli.FAILED
    assert f"{tmp_path / 'en.txt'}: no such file or folder" in err
    with closing(Library.open(tmp_path / "bibliotheek")) as library:
        assert import_log.problems(library.reader()) == []
        assert len(articles.newest(library.reader(), 9)) == 1
