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
from desktop.importers import IMPORTERS, Importer, read_file

TESTS = Path(__file__).resolve().parent.parent
ALL = [
    (importer, path)
    for importer in IMPORTERS
    for path in sorted((TESTS / "samples" / importer.name).glob("*"))
    if path.suffix in importer.suffixes
]
GOOD = [pair for pair in ALL if not pair[1].name.startswith("broken")]
BROKEN = [pair for pair in ALL if pair[1].name.startswith("broken")]


def told(path: Path) -> list[dict[str, Any]]:
    """Return what was read, with each block and inline as [kind, level or target, text]."""
    articles = []
    for article in read_file(path):
        value = {key: val for key, val in asdict(article).items() if val not in (None, (), [])}
        value["blocks"] = [[b.kind, b.level, article.text[b.start : b.end]] for b in article.blocks]
        value["inlines"] = [[i.kind, i.target, article.text[i.start : i.end]] for i in article.inlines]
        value["path"] = path.name
        value["tags"] = list(article.tags)
        articles.append(value)
    return articles


def expected_file(importer: Importer, path: Path) -> Path:
    return TESTS / "expected" / importer.name / (path.name + ".json")


@pytest.mark.parametrize(("importer", "path"), GOOD, ids=[path.name for _importer, path in GOOD])
def test_a_good_sample_is_read_as_expected(importer: Importer, path: Path) -> None:
    assert told(path) == json.loads(expected_file(importer, path).read_text("utf-8"))


@pytest.mark.parametrize(("importer", "path"), BROKEN, ids=[path.name for _importer, path in BROKEN])
def test_a_broken_sample_is_a_problem_that_names_the_file(importer: Importer, path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_file(path)
    assert caught.value.path == str(path)


@pytest.mark.parametrize("importer", IMPORTERS, ids=[importer.name for importer in IMPORTERS])
def test_every_importer_has_both(importer: Importer) -> None:
    assert any(importer is other for other, _path in GOOD)
    assert any(importer is other for other, _path in BROKEN)


if __name__ == "__main__":
    for an_importer, a_path in GOOD:
        text = json.dumps(told(a_path), ensure_ascii=False, indent=1)
        expected_file(an_importer, a_path).write_text(text + "\n", encoding="utf-8")
