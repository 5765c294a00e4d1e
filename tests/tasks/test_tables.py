"""The tables of amounts and actors: what stands in a row, and that many rows take few questions."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library import mentions
from desktop.model import ArticleId, Mention, Sense
from desktop.progress import SilentProgress
from desktop.tasks import tables
from desktop.tasks.session import Session
from desktop.tasks.tables import actor_rows, amount_rows, export_table, write_table

TEXT = """date {date} Boete voor Nordwatt

Volgens Karin Dorsman kost het {amount}. Bas Veldman zwijgt.
"""


@pytest.mark.parametrize(
    ("date", "amount", "expected"),
    [
        ("2025-01-08", "102,86 miljoen dollar", ("100000000", "100000000", "1.0286", "2025-01-08", "day")),
        ("2025-01-12", "minstens 103,04 dollar", ("100", None, "1.0304", "2025-01-10", "previous_day")),
        ("2025-01-08", "hooguit 1 dollar", (None, "0.9722", "1.0286", "2025-01-08", "day")),
        ("2025-01-08", "ongeveer 102,86 dollar", ("100", "100", "1.0286", "2025-01-08", "day")),
        ("2025-01", "tussen de 10 en 20 dollar", ("9.66", "19.32", "1.03537", "2025-01", "month")),
        ("2001", "220,371 gulden", ("100", "100", "2.20371", "1999-01-01", "fixed")),
        ("2025-01-08", "5 miljoen euro", ("5000000", "5000000", None, None, None)),
        ("1990", "5 miljoen dollar", (None, None, None, None, None)),
        ("2025-01-08", "5 gigawatt", (None, None, None, None, None)),
    ],
)
def test_money_stands_in_euro_with_the_rate_that_was_used(
    session: Session,
    put: Callable[..., ArticleId],
    date: str,
    amount: str,
    expected: tuple[str | None, ...],
) -> None:
    put(TEXT.format(date=date, amount=amount))
    (row,) = [row for row in amount_rows(session, "") if row["text"].endswith(amount.rpartition(" ")[2])]
    told = ("euro_low", "euro_high", "rate", "rate_day", "rate_kind")
    assert tuple(row[key] for key in told) == expected


def test_a_row_has_its_sentence_what_it_is_for_and_who_is_in_it(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    article = put(TEXT.format(date="2025-01-08", amount="5 miljoen euro"))

    def make_sense(con: object) -> None:  # as the recogniser of sentences does
        found = mentions.of_article(con, article)
        text = session.library.reader().execute("SELECT text FROM text_version").fetchone()[0]
        start, end = text.index("Volgens"), text.index(" Bas")
        place = text.index("het")
        sensed = [
            one if one.amount is None else _with_sense(one, Sense(start, end, (place, place + 3)))
            for one in found
        ]
        row = con.execute("SELECT id FROM article").fetchone()[0]
        mentions.replace(
            con, row, sensed, stamp="", measure=lambda mention: mentions.Measured("EUR", 5e6, 5e6)
        )

    session.library.write(make_sense)
    (row,) = list(amount_rows(session, ""))
    assert row["sentence"] == "Volgens Karin Dorsman kost het 5 miljoen euro."
    assert row["purpose"] == "het"
    assert row["actors"] == ["Karin Dorsman"]
    assert row["link"] == f"leeslamp://article/{article}"
    assert (row["title"], row["published"], row["value"]) == ("Boete voor Nordwatt", "2025-01-08", "5000000")


def _with_sense(mention: Mention, sense: Sense) -> Mention:
    fields = {name: getattr(mention, name) for name in mention.__slots__}
    return Mention(**{**fields, "sense": sense})


def test_a_table_is_of_what_a_query_finds(session: Session, library_of_three: dict[str, ArticleId]) -> None:
    found = list(amount_rows(session, "taal:en"))
    assert {row["article"] for row in found} == {library_of_three["english"]}
    assert {row["article"] for row in amount_rows(session, "")} == set(library_of_three.values())
    assert next(row["published"] for row in amount_rows(session, "Groningen")) == "2025-03"
    assert not list(amount_rows(session, "nergens"))
    names = {row["name"] for row in actor_rows(session, "taal:en")}
    assert "Anna Berg" in names
    assert "Karin Dorsman" not in names


def test_a_file_is_whole_or_not_there(
    session: Session, library_of_three: dict[str, ArticleId], tmp_path: Path
) -> None:
    target = tmp_path / "bedragen.json"
    target.write_text("was er al", encoding="utf-8")

    class Stop(SilentProgress):
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    for format_name in ("json", "csv", "xlsx"):
        with pytest.raises(Cancelled):
            export_table(session, "amounts", format_name, target, progress=Stop())
    assert target.read_text(encoding="utf-8") == "was er al"
    assert list(tmp_path.glob("*.part")) == []
    export_table(session, "amounts", "json", target)
    assert len(json.loads(target.read_bytes())) == len(list(amount_rows(session, "")))
    with pytest.raises(Problem) as caught:
        export_table(session, "amounts", "csv", tmp_path / "geen" / "map.csv")
    assert caught.value.kind is ProblemKind.NOT_WRITABLE
    with pytest.raises(Problem) as caught:
        write_table(session, "amounts", "pdf", io.BytesIO())
    assert caught.value.kind is ProblemKind.UNKNOWN_VALUE


def test_few_questions_however_many_rows(
    session: Session, put: Callable[..., ArticleId], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(TEXT.format(date="2025-01-08", amount=", ".join(f"{n} euro" for n in range(20, 60))))
    con = session.library.reader()
    seen: list[str] = []
    con.set_trace_callback(seen.append)
    try:
        rows = list(amount_rows(session, ""))
        at_once = len(seen)
        monkeypatch.setattr(tables, "_PAGE", 10)
        assert list(amount_rows(session, "")) == rows
    finally:
        con.set_trace_callback(None)
    assert len(rows) == 40
    assert at_once <= 4
