"""Every importer: good samples against expected JSON, broken samples end in a Problem.

After a deliberate change: write the new JSON with `python tests/importers/test_samples.py` and read the
difference before committing it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Problem
from desktop.importers import IMPORTERS, read_file

TESTS = Path(__file__).resolve().parent.parent
#: what several importers share has a folder of its own
FOLDERS = [*(importer.name for importer in IMPORTERS), "nexis"]
SUFFIXES = {suffix for importer in IMPORTERS for suffix in importer.suffixes}
ALL = [
    (folder, path)
    for folder in FOLDERS
    for path in sorted((TESTS / "samples" / folder).glob("*"))
    if path.suffix in SUFFIXES
]
GOOD = [pair for pair in ALL if not pair[1].name.startswith("broken")]
BROKEN = [pair for pair in ALL if pair[1].name.startswith("broken")]


def told(path: Path) -> list[dict[str, Any]]:
    """Return what was read, with each block and inline as [kind, level or target, text]."""
    articles = []
    for article in read_file(path):
        value = {key: val for key, val in asdict(article).items() if val not in (None, (), [], False)}
        value["blocks"] = [[b.kind, b.level, article.text[b.start : b.end]] for b in article.blocks]
        value["inlines"] = [[i.kind, i.target, article.text[i.start : i.end]] for i in article.inlines]
        value["path"] = (article.path or "").removeprefix(str(path.parent)).lstrip("/\\")
        value["tags"] = list(article.tags)
        articles.append(value)
    return articles


def expected_file(folder: str, path: Path) -> Path:
    return TESTS / "expected" / folder / (path.name + ".json")


@pytest.mark.parametrize(("folder", "path"), GOOD, ids=[path.name for _folder, path in GOOD])
def test_a_good_sample_is_read_as_expected(folder: str, path: Path) -> None:
    assert told(path) == json.loads(expected_file(folder, path).read_text("utf-8"))


@pytest.mark.parametrize("path", [path for _folder, path in BROKEN], ids=lambda path: path.name)
def test_a_broken_sample_is_a_problem_that_names_the_file(path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_file(path)
    assert caught.value.path == str(path)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_importer_has_both(folder: str) -> None:
    assert any(folder == other for other, _path in GOOD)
    assert any(folder == other for other, _path in BROKEN)


if __name__ == "__main__":
    for a_folder, a_path in GOOD:
        json_file = expected_file(a_folder, a_path)
        json_file.parent.mkdir(exist_ok=True)
        told_now = json.dumps(told(a_path), ensure_ascii=False, indent=1)
        json_file.write_text(told_now + "\n", encoding="utf-8")
