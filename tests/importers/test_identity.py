"""Importing again changes nothing; a changed article of a bundle becomes a new version of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.importers import read_file
from desktop.library import articles
from desktop.progress import SilentProgress
from desktop.tasks.import_files import import_paths

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BUNDLES = [
    "nexis/lexisnexis-en.txt", "mail/box.mbox", "epub/calibre-newspaper.epub", "table/semicolon.csv",
    "archive/mixed.zip",
]  # fmt: skip


def test_importing_bundles_again_changes_nothing(session: Any) -> None:
    paths = [SAMPLES / name for name in BUNDLES]
    first = import_paths(session, paths, SilentProgress())
    assert (
        len(first.added) == 2 + 3 + 2 + 3 + 6 - 3
    )  # one letter and the Nexis bundle are in the archive, too
    assert [problem.path.rpartition("/")[2] for problem in first.problems] == ["mixed.zip#stuk.pdf"]
    again = import_paths(session, paths, SilentProgress())
    assert (again.added, again.updated) == ([], [])


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "other order"])
def test_a_changed_article_of_a_bundle_is_a_new_version(session: Any, tmp_path: Path, turned: bool) -> None:
    path = tmp_path / "bundle.txt"
    text = (SAMPLES / "nexis" / "lexisnexis-en.txt").read_text("utf-8")
    path.write_text(text, "utf-8")
    import_paths(session, [path], SilentProgress())
    first, second = text.split("2 of 2 DOCUMENTS")
    changed = second.replace("caught nine", "caught eleven")
    if turned:
        text = "1 of 2 DOCUMENTS" + changed + first.replace("1 of 2", "2 of 2")
    else:
        text = first + "2 of 2 DOCUMENTS" + changed
    path.write_text(text, "utf-8")
    result = import_paths(session, [path], SilentProgress())
    assert (len(result.added), len(result.updated)) == (0, 1)
    assert articles.get(session.library.reader(), result.updated[0]).title.startswith("Eel festival")


def test_r04_two_rows_with_equal_details_stay_two(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("titel,datum,tekst\nWeer,2025-01-02,Het regent.\nWeer,2025-01-02,Het vriest.\n", "utf-8")
    result = import_paths(session, [path], SilentProgress())
    assert len(result.added) == 2
    assert len({article.path for article in read_file(path)}) == 2


def test_r31_a_file_that_cannot_be_read_costs_itself(session: Any, tmp_path: Path) -> None:
    for name in (
        "pdf/broken-half.pdf",
        "docx/broken-half.docx",
        "docx/pandoc.docx",
        "web_page/news-page.html",
    ):
        (tmp_path / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    result = import_paths(session, [tmp_path], SilentProgress())
    assert len(result.added) == 2
    assert sorted(Path(problem.path).name for problem in result.problems) == [
        "broken-half.docx",
        "broken-half.pdf",
    ]
