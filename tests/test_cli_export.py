"""`leeslamp export` and `leeslamp annotations`, as a script sees them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.cli import export_command
from desktop.exporters import EXPORTERS
from desktop.exporters.evidence import quote_text
from desktop.library import articles
from desktop.model import ArticleId
from desktop.tasks import annotate
from desktop.tasks.session import Session
from tests.test_cli import TEXT, Shell

HEAVY = ("reportlab", "PIL", "jinja2", "markdown_it", "xlsxwriter", "docx", "openpyxl", "lxml")


@pytest.fixture
def leeslamp(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return a shell on a library with one article that has two notes."""
    shell = Shell(tmp_path / "library", capsys, monkeypatch)
    file = tmp_path / "minister.txt"
    file.write_text(TEXT, encoding="utf-8")
    (added,) = shell.json("import", file, "--json")["added"]
    session = Session.open(tmp_path / "library")
    try:
        article = ArticleId(added)
        text = articles.text(session.library.reader(), article).text
        place = text.index("Minister Dorsman (")
        annotate.highlight(
            session, article, place, text.index(" uit."), colour=2, note="Klopt **dit**?", tags=["ai"]
        )
        annotate.highlight(session, article, 0, 8)
    finally:
        session.close()
    return shell


def out(shell: Shell, *arguments: object, target: Path) -> bytes:
    code, _out, err = shell("export", *arguments, "-o", target)
    assert (code, err) == (cli.OK, "")
    return target.read_bytes()


@pytest.mark.parametrize("name", EXPORTERS)
def test_notes_in_every_format(leeslamp: Shell, tmp_path: Path, name: str) -> None:
    by_format = out(leeslamp, "notes", "--format", name, target=tmp_path / "a")
    assert len(by_format) > 100
    if name not in ("pdf", "xlsx"):
        assert out(leeslamp, "notes", target=tmp_path / f"b{EXPORTERS[name].suffix}") == by_format


def test_notes_are_chosen_and_printed(leeslamp: Shell) -> None:
    blue = leeslamp("export", "notes", "--colour", "2")[1]
    assert "Klopt **dit**?" in blue
    assert "colour 1" not in blue
    assert leeslamp("export", "notes", "--tag", "niets")[1].count("##") == 0
    assert "Klopt" not in leeslamp("export", "notes", "--only", "highlight")[1]
    rows = list(csv.DictReader(io.StringIO(leeslamp("export", "notes", "--format", "csv")[1])))
    assert rows[0]["quote"] == "Minister"
    assert leeslamp("export", "notes", "nergens", "--format", "csl")[1] == "[]\n"


def test_evidence_has_the_amount_with_its_value(leeslamp: Shell) -> None:
    rows: list[dict[str, Any]] = json.loads(leeslamp("export", "evidence", "--format", "json")[1])
    (row,) = [row for row in rows if row["amount"] == "70 miljoen euro"]
    assert (row["value"], row["unit"], row["date"], row["note"]) == (
        "70000000",
        "EUR",
        "2025-01",
        "Klopt **dit**?",
    )
    assert "Dorsman" in row["actors"][0]
    text = leeslamp("export", "evidence", "--format", "text")[1]
    assert "(“Minister Dorsman noemt 70 miljoen euro”, January 2025)" in text
    assert "70 miljoen euro: 70,000,000 EUR" in text


def test_a_passage_to_paste(leeslamp: Shell) -> None:
    session = Session.open(leeslamp.library)
    try:
        article = articles.newest(session.library.reader(), 1)[0]
    finally:
        session.close()
    source = "“Minister Dorsman noemt 70 miljoen euro”, January 2025"
    assert quote_text(article, "Minister \nDorsman") == f"“Minister Dorsman” ({source})"
    assert quote_text(article, "‘Nee’, zei ze", "- *zie* ook") == f"“‘Nee’, zei ze” ({source})\n\n• zie ook"
    assert quote_text(article, "„Nee”") == f"„Nee” ({source})"
    assert quote_text(article, " ") == source


def test_a_template_and_what_it_may_use(leeslamp: Shell, tmp_path: Path) -> None:
    lines = leeslamp("export", "notes", "--variables")[1]
    assert "note.amounts" in lines
    own = tmp_path / "eigen.j2"
    own.write_text("{% for a in articles %}{% for n in a.notes %}{{ n.quote }};{% endfor %}{% endfor %}")
    assert leeslamp("export", "notes", "--template", own)[1].startswith("Minister;Minister Dorsman (")
    own.write_text("{{ nietbestaand }}")
    code, _out, err = leeslamp("export", "notes", "--template", own, "-o", tmp_path / "x.md")
    assert code == cli.FAILED
    assert "line 1: 'nietbestaand' is undefined" in err
    assert not list(tmp_path.glob("x.md*"))
    assert leeslamp("export", "notes", "--template", tmp_path / "weg.j2")[0] == cli.FAILED


def test_notes_go_out_and_come_in(leeslamp: Shell, tmp_path: Path) -> None:
    out(leeslamp, "notes", target=tmp_path / "n.jsonld")
    assert leeslamp.json("annotations", "import", tmp_path / "n.jsonld", "--json") == {
        "added": 0, "known": 2, "orphans": 0, "left": [], "problems": [],
    }  # fmt: skip
    (tmp_path / "x.csv").write_text("Highlight,Book Title\nIets,Onbekend\n")
    code, printed, err = leeslamp("annotations", "import", tmp_path / "x.csv")
    assert code == cli.FAILED
    assert printed == "0 notes taken in, 0 known already, 1 left out\n"
    assert "Onbekend: its article is not in the library: Iets" in err
    assert leeslamp("annotations", "import", tmp_path / "minister.txt")[0] == cli.FAILED


def test_the_library_goes_out_and_comes_in(leeslamp: Shell, tmp_path: Path) -> None:
    assert leeslamp("export", "library", "-o", tmp_path / "alles")[:2] == (cli.OK, "1 article written\n")
    before = leeslamp("export", "notes", "--format", "jsonld")[1]
    leeslamp.library = tmp_path / "nieuw"
    assert len(leeslamp.json("import", tmp_path / "alles", "--json")["added"]) == 1
    assert leeslamp("export", "notes", "--format", "jsonld")[1] == before


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, desktop.cli, desktop.cli.parser, desktop.tasks.export_notes,"
        " desktop.tasks.preview_export, desktop.tasks.export_library, desktop.tasks.import_annotations\n"
        "desktop.cli.parser.make_parser()\nprint(*{name.split('.')[0] for name in sys.modules})"
    )
    root = Path(cli.__file__).parent.parent.parent
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert not set(HEAVY) & set(loaded)


def test_every_choice_of_the_parser_can_be_written() -> None:
    for what, formats in export_command._POSSIBLE.items():
        assert set(formats) <= set(export_command.FORMATS), what
        assert export_command._DEFAULTS[what] in formats
