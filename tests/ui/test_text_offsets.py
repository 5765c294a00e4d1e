"""Code points and UTF-16 units name the same places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.text_offsets import TextOffsets, shown

#: many characters outside the basic plane, combining marks, spaces of every kind
TEXTS = st.text(
    st.sampled_from("ab é\u0301\u00a0\u2028\u200d🙂🇳🇱👩𝔸\U0010ffff\n\t") | st.characters(), max_size=60
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
def test_every_place_is_where_utf16_has_it(text: str) -> None:
    offsets = TextOffsets(text)
    assert offsets.length == len(text)
    assert offsets.units == units(text)
    for place in range(len(text) + 1):
        assert offsets.to_units(place) == units(text[:place])
        assert offsets.to_code_point(offsets.to_units(place)) == place


@given(TEXTS)
def test_a_place_inside_a_pair_belongs_to_its_character(text: str) -> None:
    offsets = TextOffsets(text)
    for place, char in enumerate(text):
        if char > "\uffff":
            assert offsets.to_code_point(offsets.to_units(place) + 1) == place


@given(TEXTS, st.integers(-5, 200))
def test_places_outside_are_taken_to_the_nearest_end(text: str, place: int) -> None:
    offsets = TextOffsets(text)
    assert 0 <= offsets.to_units(place) <= offsets.units
    assert 0 <= offsets.to_code_point(place) <= offsets.length


@given(TEXTS)
def test_what_is_shown_is_as_long_and_one_block(text: str) -> None:
    assert [units(char) for char in shown(text)] == [units(char) for char in text]
    assert not set(shown(text)) & set("\n\r\0\u2029\ufdd0\ufdd1")
    shown(text).encode("utf-16-le")  # Qt could not take a lone surrogate


def test_ordinary_text_is_shown_as_it_is() -> None:
    text = "Café\u00a0de\u0301\u2028 la gare 🙂"
    assert shown(text) == text
