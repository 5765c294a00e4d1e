"""PDF: scans with and without character recognition, running heads, hyphens at line ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.importers import needs_worker, read_file
from desktop.importers.pdf_layout import Line
from desktop.importers.pdf_text import script_of, without_margins
from desktop.workers import Workers

SCANS = Path(__file__).resolve().parent.parent / "samples" / "pdf" / "scans"


def page(*texts: str, number: int = 0) -> list[Line]:
    """Return lines of one column, each as wide as the column."""
    return [
        Line(
            text,
            50.0,
            300.0,
            700.0 - 12 * place,
            708.0 - 12 * place,
            10.0,
            page=number,
            right_edge=300.0,
            left_edge=50,
        )
        for place, text in enumerate(texts)
    ]


def texts(*pages: list[Line]) -> list[str]:
    return [piece.text for piece in script_of(without_margins(pages)).pieces]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["De minis-", "ter zwijgt."], "De minister zwijgt."),
        (["De AI-", "faciliteit komt."], "De AI-faciliteit komt."),
        (["De in- en uit-", "voer daalt."], "De in- en uitvoer daalt."),
        (["Zowel de in-", "en de uitvoer daalt."], "Zowel de in- en de uitvoer daalt."),
        (["Het Noord-", "Hollandse plan."], "Het Noord-Hollandse plan."),
        (["Een co\u00ad", "öperatie."], "Een coöperatie."),
        (["De top-down, die top-", "down werkt."], "De top-down, die top-down werkt."),
        (["De jaren 1990-", "2000 waren goed."], "De jaren 1990-2000 waren goed."),
    ],
)  # fmt: skip
def test_words_that_were_cut_are_whole_again(lines: list[str], joined: str) -> None:
    assert texts(page(*lines)) == [joined]


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        page(
            "De Turfsteker 3 maart 2025",
            f"{word} tekst.",
            f"Pagina {number} van 3",
            number=number,
        )
        for number, word in enumerate(("Eerste", "Tweede", "Derde"), start=1)
    ]
    assert texts(*pages) == ["Eerste tekst.", "Tweede tekst.", "Derde tekst."]


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert texts(page("Een zin die door-", number=0), page("loopt op de volgende.", number=1)) == [
        "Een zin die doorloopt op de volgende."
    ]


def test_scans_are_said_to_be_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Problem) as caught:
        read_file(SCANS / "scan.pdf")
    assert (caught.value.kind, caught.value.detail) == (ProblemKind.SCANNED, "1")
    articles = read_file(SCANS / "second-page-scanned.pdf")
    assert len(articles) == 1
    assert [(problem.kind, problem.detail) for problem in articles.problems] == [(ProblemKind.SCANNED, "2")]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_scans_are_read_where_tesseract_is() -> None:
    """In a worker, as the program does: it starts another process there, within its limits."""
    path = SCANS / "scan.pdf"
    assert needs_worker(path)
    with Workers(1) as workers:
        articles = workers.run(read_file, path, seconds=60, megabytes=1024)
    assert articles.problems == []
    assert "240.000 euro" in articles[0].text
    assert "61.000 huishoudens" in articles[0].text
