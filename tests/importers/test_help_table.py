"""The help says of each kind of file what is read from it; the samples hold all of that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "expected"
#: row of the table -> folders of samples
ROWS = {
    "text": ["plain_text"], "Markdown": ["markdown"], "web page": ["web_page"], "PDF": ["pdf"],
    "DOCX, ODT, RTF": ["docx", "odt", "rtf"], "Nexis": ["nexis"], "EPUB": ["epub"], "e-mail": ["mail"],
}  # fmt: skip
#: word of the table -> how it is called in what was read
WORDS = {
    "title": "title", "date": "published", "author": "author", "source": "source", "section": "section",
    "address": "url", "language": "lang", "tags": "tags", "headings": "heading", "lists": "list_item",
    "quotes": "quote", "tables": "table_row", "links": "link", "emphasis": "emphasis",
}  # fmt: skip


def read_from(folder: str) -> set[str]:
    found: set[str] = set()
    for file in (EXPECTED / folder).glob("*.json"):
        for article in json.loads(file.read_text("utf-8")):
            found.update(name for name, value in article.items() if value)
            found.update(kind for kind, *_rest in [*article["blocks"], *article["inlines"]])
            if "[1]" in article["text"] or "[1]" in str(article["blocks"]):
                found.add("notes")
    return found


@pytest.mark.parametrize("row", ROWS)
def test_what_the_help_says_is_read(row: str) -> None:
    table = (ROOT / "resources" / "help" / "en" / "import.md").read_text("utf-8")
    [line] = [line for line in table.splitlines() if line.startswith(f"| {row} |")]
    said = [word for cell in line.split("|")[2:4] for word in cell.strip().split(", ")]
    for folder in ROWS[row]:
        missing = [word for word in said if WORDS.get(word, word) not in read_from(folder) - {""}]
        assert set(missing) <= {"text boxes"}
