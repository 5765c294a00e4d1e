"""Tables as files: read back with nothing but the standard library, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exporters import tables
from desktop.exporters.tables import Cell, Column, write_csv, write_json, write_xlsx

COLUMNS = (
    Column("day", "Date", Cell.DATE),
    Column("text", "As written", width=30),
    Column("value", "Value", Cell.NUMBER),
    Column("names", "Names"),
    Column("link", "Open", Cell.LINK),
)
LINK = "leeslamp://article/7d9f2c1e-0000-4000-8000-000000000001"
ROWS: list[dict[str, Any]] = [
    {"day": "2025-01-08", "text": "70 miljoen euro", "value": "70000000", "names": ["Anna", "Bas"],
     "link": LINK},
    {"day": "2025-01", "text": "=HYPERLINK(\"http://x\")", "value": "-1.25", "names": [], "link": LINK},
    {"day": None, "text": "-5 procent & <b> 😀", "value": None, "names": ["=1+1"], "link": None},
    {"day": "1850-01-08", "text": "@cmd\x01 _x0041_", "value": 12, "names": ["x"], "link": LINK},
]  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def written(write: tables.Writer, rows: list[dict[str, Any]], columns: tuple[Column, ...] = COLUMNS) -> bytes:
    file = io.BytesIO()
    write(iter(rows), columns, file)
    return file.getvalue()


def sheets(workbook: bytes) -> list[list[dict[str, tuple[str | None, str, str | None]]]]:
    """Return of each sheet its rows: letter of the column -> (type, text, style)."""
    found = []
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        for name in names:
            root = ET.fromstring(file.read(name))
            rows = []
            for row in root.iter(f"{_MAIN}row"):
                cells = {}
                for cell in row.iter(f"{_MAIN}c"):
                    assert cell.find(f"{_MAIN}f") is None, "a formula"
                    text = "".join(part.text or "" for part in cell if part.tag == f"{_MAIN}v")
                    text += "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
                    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
                    cells[re.sub(r"\d", "", cell.attrib["r"])] = (cell.get("t"), text, cell.get("s"))
                rows.append(cells)
            found.append(rows)
    return found


def test_a_workbook_has_numbers_dates_and_texts() -> None:
    workbook = written(write_xlsx, ROWS)
    ((head, *rows),) = sheets(workbook)
    assert [text for _type, text, _style in head.values()] == ["Date", "As written", "Value", "Names", "Open"]
    assert [row.get("A", ("", "", ""))[:2] for row in rows] == [
        (None, "45665"), ("inlineStr", "2025-01"), ("", ""), ("inlineStr", "1850-01-08"),
    ]  # fmt: skip
    assert [row["B"][:2] for row in rows] == [("inlineStr", row["text"]) for row in ROWS]
    assert [row.get("C", ("", "", ""))[:2] for row in rows] == [
        (None, "70000000"), (None, "-1.25"), ("", ""), (None, "12"),
    ]  # fmt: skip
    assert [row.get("D", ("", "", ""))[1] for row in rows] == ["Anna; Bas", "", "=1+1", "x"]
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        styles = file.read("xl/styles.xml").decode()
        links = file.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        assert file.testzip() is None
    assert "yyyy\\-mm\\-dd" in styles or "yyyy-mm-dd" in styles
    assert '<autoFilter ref="A1:E5"/>' in sheet
    assert 'state="frozen"' in sheet
    assert re.search(r'<col min="2" max="2" width="30', sheet)
    assert links.count(f'Target="{LINK}"') == 3


def test_many_rows_go_on_on_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_SHEET_ROWS", 3)
    monkeypatch.setattr(tables, "_SHEET_LINKS", 2)
    rows = [{**ROWS[0], "value": str(n)} for n in range(7)]
    found = sheets(written(write_xlsx, rows))
    assert [[row["C"][1] for row in sheet[1:]] for sheet in found] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    assert all(row["E"][1] == LINK for sheet in found for row in sheet[1:])
    assert all(sheet[0]["A"][1] == "Date" for sheet in found)


def test_a_text_longer_than_a_cell_is_cut_where_one_can_see_it() -> None:
    ((_head, row),) = sheets(written(write_xlsx, [{**ROWS[0], "text": "😀" * 20_000}]))
    assert row["B"][1] == "😀" * 16_000 + "…"


@pytest.mark.parametrize("write", [write_csv, write_json, write_xlsx])
def test_an_empty_table_is_a_whole_file(write: tables.Writer) -> None:
    made = written(write, [])
    if write is write_json:
        assert json.loads(made) == []
    elif write is write_csv:
        assert made == b"day,text,value,names,link\r\n"
    else:
        assert [len(sheet) for sheet in sheets(made)] == [1]


def test_csv_reads_back_and_runs_nothing() -> None:
    head, *rows = csv.reader(io.StringIO(written(write_csv, ROWS).decode(), newline=""))
    assert head == [column.key for column in COLUMNS]
    assert rows[0] == ["2025-01-08", "70 miljoen euro", "70000000", "Anna; Bas", LINK]
    assert rows[1] == ["2025-01", "'" + ROWS[1]["text"], "-1.25", "", LINK]
    assert rows[2] == ["", "'-5 procent & <b> 😀", "", "'=1+1", ""]
    assert rows[3][1] == "'" + ROWS[3]["text"]


def test_json_is_one_document_of_the_same_rows() -> None:
    assert json.loads(written(write_json, ROWS)) == ROWS


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(st.lists(_TEXTS.filter(bool), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_workbook(texts: list[str]) -> None:
    ((_head, *rows),) = sheets(written(write_xlsx, [{**ROWS[0], "text": text} for text in texts]))
    # XML itself does not tell line ends apart, nor can it hold these two.
    plain = [re.sub("[\ufffe\uffff]", "", text).replace("\r\n", "\n") for text in texts]
    assert [re.sub("[\ufffe\uffff]", "", row["B"][1]).replace("\r\n", "\n") for row in rows] == plain
