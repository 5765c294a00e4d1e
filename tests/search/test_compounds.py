"""Compounds and their parts; how many are right is measured in tests/quality/test_compounds_quality.py."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import compounds, index
from desktop.search.analysis import fold
from desktop.search.compounds import (
    LANGUAGES,
    LONGEST,
    MOST_PARTS,
    Entry,
    atoms,
    cut,
    dictionary,
    parts,
    read,
)


@pytest.mark.parametrize(
    ("lang", "word", "found"),
    [
        ("nl", "datacenterpark", ["data", "datacenter", "center", "centerpark", "park"]),
        ("nl", "Jeugdzorg", ["jeugd", "zorg"]),
        ("nl", "verkiezingsprogramma", ["verkiezing", "programma"]),
        ("nl", "krantenartikelen", ["kranten", "artikelen"]),
        ("nl", "weduwenpensioen", ["weduwen", "pensioen"]),
        ("nl", "zonnepaneel", ["zonne", "paneel"]),
        ("nl", "kinderopvang", ["kinder", "opvang"]),
        ("nl", "scheepvaart", ["schip", "vaart"]),
        ("de", "Jugendhilfe", ["jugend", "hilfe"]),
        ("de", "Arbeitsmarkt", ["arbeit", "markt"]),
        ("de", "Landesregierung", ["landes", "regierung"]),
        ("de", "Bankenkrise", ["banken", "krise"]),
        ("de", "Sprachmodell", ["sprach", "modell"]),
        ("de", "Bildergalerie", ["bilder", "galerie"]),
        ("de", "Fußballverein", ["fuss", "fussball", "ball", "ballverein", "verein"]),
        ("de", "Windenergieanlage", ["wind", "windenergie", "energie", "energieanlage", "anlage"]),
    ],
)
def test_a_compound_has_parts(lang: str, word: str, found: list[str]) -> None:
    assert parts(word, lang) == found


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("nl", "zorg"), ("nl", "kantoor"), ("nl", "negering"), ("nl", "gerechtigheid"), ("nl", "minister"),
        ("nl", "zondag"), ("nl", "Duitsland"), ("nl", ""), ("nl", "1gw"), ("nl", "jeugd zorg"),
        ("de", "Minister"), ("de", "Gerechtigkeit"), ("de", "romantisch"), ("de", "Freitag"),
        ("de", "Freiburg"),
        ("en", "jeugdzorg"), ("fr", "jeugdzorg"), ("", "jeugdzorg"),
    ],
)  # fmt: skip
def test_other_words_have_none(lang: str, word: str) -> None:
    assert parts(word, lang) == []


@given(
    st.one_of(st.text(), st.text(alphabet="bankerstadwzoglu", max_size=60)),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_parts_stand_in_their_word_in_order(word: str, lang: str) -> None:
    folded = fold(word)
    found = atoms(folded, dictionary(lang))
    assert len(found) != 1
    for one, following in pairwise(found):
        assert one.start < one.end <= following.start
        assert folded[one.end : following.start] in dictionary(lang).links
    if found:
        assert found[0].start == 0
        assert found[-1].end == len(folded) <= LONGEST


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_no_word_takes_long(lang: str) -> None:
    known = dictionary(lang)
    hostile = [
        unit * (LONGEST // len(unit)) for unit in ("en", "tes", "bank", "stad", "banken", "zees", "tag")
    ]
    hostile += ["bank" * 100_000, "a" * 1_000_000]
    started = time.process_time()
    for word in hostile * 10:
        assert len(cut(word, known)) <= MOST_PARTS
    assert (time.process_time() - started) / len(hostile * 10) < 0.02, "seconds a word; usually 0.0001"


def test_the_likeliest_way_is_taken() -> None:
    made = read(
        ["kaas\tfl40", "kaasbol\tl30", "bol\tfl40", "bolle\tf30", "ster\tl40", "minister\tw50", "mini\tf40"],
        ("", "s"),
    )
    assert [(one.start, one.end) for one in cut("bolster", made)] == [(0, 3), (3, 7)]
    assert cut("kaasbol", made) == ((0, 4), (4, 7))
    assert cut("bollekaasbol", made) == ((0, 5), (5, 12)), "few parts are better than many"
    assert cut("minister", made)
    assert not atoms("minister", made), "a whole word is not cut"
    assert made.forms["kaas"] == Entry(4.0, first=True, last=True)


def test_other_dictionaries_ask_for_another_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = compounds.stamp()
    assert before in index.VERSION
    for lang in LANGUAGES:
        (tmp_path / lang).write_text("kaas\tfl40\n")
    monkeypatch.setattr(compounds, "_file", lambda lang: tmp_path / lang)
    assert compounds.stamp() != before
