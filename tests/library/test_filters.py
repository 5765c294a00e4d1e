"""Which articles a condition on their details holds for."""

from __future__ import annotations

import time

import pytest

from desktop.library import filters
from desktop.library.name_forms import normal, normal_all, roles_once

NAMES = [
    "Kabinet wil 2 gigawatt.txt", "kabinet_wil-meer.md", "A.I. in de V.S..txt", "AI in de VS.html",
    "Één café.txt", "een cafe.txt", "O'Neill.txt", "ONeill 2025.pdf", "™ en æ.txt", "...", "x y z.txt",
]  # fmt: skip


@pytest.fixture
def filed(fill):
    for place, name in enumerate(NAMES):
        fill.article(f"a{place}", path=f"/lezen/een map/{name}")
    fill.article("windows", path="C:\\lezen\\Kabinet.txt")
    fill.article("none")
    return fill


def found(filed, value: str, **how: bool) -> set[str]:
    con = filed.library.reader()
    rows = filters.with_detail(con, "file", value, **{"whole": False, "prefix": False, **how})
    paths = dict(con.execute("SELECT id, path FROM article").fetchall())
    return {paths[row].replace("\\", "/").rpartition("/")[2] for row in rows}


@pytest.mark.parametrize(
    "value",
    ["kabinet", "kabinet wil", "ai", "AI in de vs", "cafe", "café", "oneill", "o'neill", "tm", "ae", "xyz",
     "x y", "2", "txt", "map", "lezen", "...", "niets"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["part", "whole", "prefix"])
def test_names_of_files_are_compared_without_case_accents_and_punctuation(filed, value, how):
    asked = normal(value)
    agrees = {"part": str.__contains__, "whole": str.__eq__, "prefix": str.startswith}[how]
    wanted = {name for name in [*NAMES, "Kabinet.txt"] if agrees(normal(name), asked)}
    assert found(filed, value, whole=how == "whole", prefix=how == "prefix") == wanted


def test_many_names_are_folded_as_each_would_be():
    many = [f"{name} {number}" for number in range(20) for name in NAMES]
    assert normal_all(many) == [normal(name) for name in many]
    assert normal_all(["..."] * 60 + ["É."]) == ["..."] * 60 + ["e"]


def test_fifty_thousand_files_are_compared_in_a_moment(fill):
    def work(con):
        con.executemany(
            "INSERT INTO article(uuid, title, path, words, added_at, sort_day) VALUES(?, '', ?, 1, '', '')",
            (
                (f"u{n}", f"/lezen/{n % 100}/2025-01 Kabinet wil {n} datacenters in 2025.txt")
                for n in range(50_000)
            ),
        )

    fill.library.write(work)
    con = fill.library.reader()
    started = time.process_time()
    assert len(filters.with_detail(con, "file", "wil 49999 data", whole=False, prefix=False)) == 1
    assert time.process_time() - started < 0.25  # 0.06 s when nothing else is running


def test_sources_that_begin_so_come_first_then_those_with_a_word_that_does(fill):
    for name, source in {"a": "De Krant", "b": "Krant van Noord", "c": "De Krant", "d": "Elders"}.items():
        fill.article(name, source=source)
    con = fill.library.reader()
    assert filters.values_of(con, "source", "kra", 5) == ["Krant van Noord", "De Krant"]
    assert filters.values_of(con, "source", "", 1) == ["De Krant"]
    assert filters.values_of(con, "author", "kra", 5) == []


def test_a_role_is_one_whether_or_not_it_begins_a_sentence():
    assert roles_once(["minister", "CEO", "Minister", "ceo"]) == ["minister", "CEO"]
