from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desktop.extraction
from desktop.errors import Problem, ProblemKind
from desktop.extraction import extract, stamp
from desktop.model import ACTOR_KINDS, LANGUAGES, MentionKind

ARTICLE = (
    "Minister Dirk Terpstra trekt 1,2 miljard euro uit\n\n"
    "Minister Dirk Terpstra van Economische Zaken trekt op 8 januari 2025 ruim 1,2 miljard euro uit voor een "
    "rekencentrum van 1 gigawatt in Groningen. Nvidia levert de chips."
)


def test_names_amounts_and_dates_stand_in_order() -> None:
    found = extract(ARTICLE, lang="nl", reference="2025-01")
    kinds = {m.kind for m in found}
    assert {MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE} <= kinds
    assert {MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.DATE} <= kinds
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(m.actor for m in found if m.kind in ACTOR_KINDS)


def test_the_stamp_is_one_string() -> None:
    assert stamp() == desktop.extraction.STAMP
    assert stamp() == stamp()


def test_another_recogniser_is_a_problem() -> None:
    with pytest.raises(Problem) as caught:
        extract("Tekst", lang="nl", reference=None, names="oracle")
    assert caught.value.kind == ProblemKind.UNKNOWN_VALUE


def test_a_very_long_text_is_read_in_parts_at_the_borders_of_paragraphs() -> None:
    text = (ARTICLE + "\n\n") * 500
    found = extract(text, lang="nl", reference="2025-01")
    assert all(text[m.start : m.end] == m.text for m in found)
    assert sum(m.text == "Nvidia" for m in found) == 500
    assert len({m.actor for m in found if m.kind == MentionKind.PERSON}) == 1


@pytest.mark.parametrize("unit", ["A", "Aap", "é", "1", "van Jan ", "😀", "x\n"])
def test_a_very_long_text_without_paragraphs_is_read_too(unit: str) -> None:
    text = unit * (120_000 // len(unit))
    found = extract(text, lang="nl", reference=None)
    assert all(text[m.start : m.end] == m.text for m in found)


@given(
    st.sampled_from(LANGUAGES),
    st.text(max_size=300),
    st.sampled_from([None, "2025", "2025-01", "2025-01-08"]),
)
def test_any_text_gives_mentions_that_do_not_overlap(lang: str, text: str, reference: str | None) -> None:
    end = 0
    for mention in extract(text, lang=lang, reference=reference):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end
