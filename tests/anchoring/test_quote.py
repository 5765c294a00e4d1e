"""Quotes found again: exact, elsewhere, in other signs, in other words; never in a wrong place."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.anchoring.approximate import nearest
from desktop.anchoring.folding import fold, folded
from desktop.anchoring.quote import CONTEXT, find, make
from desktop.importers import read_file
from desktop.model import AnchorState, TextQuote
from desktop.resources import starter_articles

TEXTS = [read_file(path)[0].text for path in sorted(starter_articles().glob("*.txt"))]
NEWS = "\n\n".join(TEXTS[:3])

Origin = list[tuple[str, int]]  #: each character with its place in the old text, -1 for new ones


# The simple cases


def test_a_quote_keeps_what_stands_around_it() -> None:
    quote = make(NEWS, 100, 150)
    assert quote == TextQuote(NEWS[100:150], NEWS[100 - CONTEXT : 100], NEWS[150 : 150 + CONTEXT])
    assert make("abc", 0, 3) == TextQuote("abc")


def test_where_it_was_is_anchored() -> None:
    start = NEWS.index("ongeveer 100 miljoen euro")
    assert find(NEWS, make(NEWS, start, start + 25), start) == (start, start + 25, AnchorState.ANCHORED)


def test_a_paragraph_before_it_moves_it() -> None:
    start = NEWS.index("ongeveer 100 miljoen euro")
    text = "Een nieuwe inleiding van de redactie.\n\n" + NEWS
    assert find(text, make(NEWS, start, start + 25), start) == (start + 39, start + 64, AnchorState.MOVED)


def test_the_same_words_in_another_place_are_told_apart_by_what_stands_around_them() -> None:
    """ "Oosterveen" stands in the text many times."""
    for match in re.finditer("Oosterveen", NEWS):
        start, end = match.span()
        text = "Toegevoegd: Oosterveen bouwt.\n\n" + NEWS
        assert find(text, make(NEWS, start, end), start) == (start + 31, end + 31, AnchorState.MOVED)


def test_of_two_places_that_are_equally_good_neither_is_chosen() -> None:
    text = "Dit is een zin die twee keer voorkomt, woord voor woord.\n\n" * 2
    assert find("Nieuw. " + text, make(text, 11, 30), 11) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“", '"'),
        ("”", "«"),
        ("’", "'"),
        ("-", "‑"),
        (" – ", " - "),
        (" ", "\n"),
        (" ", "\xa0 "),
        ("…", "..."),
    ],
)
def test_signs_and_spaces_may_change(old: str, new: str) -> None:
    base = "Begin. “Het is – naar ’t schijnt – een AI-plan … meer niet”, zei zij gisteren in Den Haag. Einde."
    start, end = base.index("“Het"), base.index(" in Den")
    found = find(base.replace(old, new), make(base, start, end), start)
    assert found is not None
    assert fold(base.replace(old, new)[found[0] : found[1]]) == fold(base[start:end].replace(old, new))


def test_a_few_other_words_are_found_and_said_to_be_moved() -> None:
    old = "De machine moet begin 2027 draaien en neemt in de eerste fase 20 megawatt aan stroom af"
    start = NEWS.index(old)
    new = old.replace("begin 2027", "medio 2027").replace("neemt in", "vraagt in")
    text = NEWS.replace(old, new)
    found = find(text, make(NEWS, start, start + len(old)), start)
    assert found == (start, start + len(new), AnchorState.MOVED)


def test_r19_a_passage_that_is_gone_is_an_orphan() -> None:
    paragraphs = NEWS.split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph) < 60:
            continue
        text = "\n\n".join(paragraphs[:number] + paragraphs[number + 1 :])
        start = NEWS.index(paragraph)
        for length in (12, 30, 60, len(paragraph)):
            assert find(text, make(NEWS, start + 5, start + length - 3), start + 5) is None


def test_a_long_name_alone_is_no_place() -> None:
    """The name stands in both texts, but it is not the passage that was marked."""
    name = "ministerie van Volksgezondheid, Welzijn en Sport"
    old, new = f"Het tekort bij het {name} loopt op.", f"Dinsdag kwam er post van het {name} binnen."
    start = old.index(name)
    assert find(new, make(old, start, start + len(name)), start) is None


@pytest.mark.parametrize(
    "quote", [TextQuote(""), TextQuote(" "), TextQuote("", "a", "b"), TextQuote("\u200b")]
)
@pytest.mark.parametrize("hint", [None, 0, -5, 10**9])
def test_r21_a_quote_without_words_is_nowhere(quote: TextQuote, hint: int | None) -> None:
    assert find(NEWS.replace(" ", "_"), quote, hint) is None


# Properties


@given(text=st.text(max_size=300), data=st.data())
def test_r18_in_an_unchanged_text_everything_is_anchored(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = find(text, make(text, start, end), start)
    assert found == ((start, end, AnchorState.ANCHORED) if start < end else None)


@given(
    text=st.text("ab \n-“", max_size=200), exact=st.text("ab \n-“", max_size=60), prefix=st.text(max_size=32),
    suffix=st.text(max_size=32), hint=st.none() | st.integers(-10, 300),
)  # fmt: skip
@example(text="a" * 100, exact="a" * 50 + "b", prefix="", suffix="", hint=0)
@example(text="ﬁ…", exact="i.", prefix="f", suffix="..", hint=None)
def test_r20_any_quote_in_any_text_is_one_place_or_none(
    text: str, exact: str, prefix: str, suffix: str, hint: int | None
) -> None:
    found = find(text, TextQuote(exact, prefix, suffix), hint)
    if found is not None:
        start, end, state = found
        assert 0 <= start < end <= len(text)
        assert state in (AnchorState.ANCHORED, AnchorState.MOVED)
        if state is AnchorState.ANCHORED:
            assert text[start:end] == exact


@given(text=st.text(max_size=200))
def test_folding_knows_the_way_back(text: str) -> None:
    page = folded(text)
    assert page.text == fold(text)
    assert len(page.text) == len(page.starts) == len(page.ends)
    for char, start, end in zip(page.text, page.starts, page.ends, strict=True):
        assert start < end
        assert char in fold(text[start:end])


def slow_distance(pattern: str, text: str) -> int:
    """Return the edit distance by the textbook."""
    row = list(range(len(text) + 1))
    for number, ours in enumerate(pattern, 1):
        last, row[0] = row[0], number
        for place, theirs in enumerate(text, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (ours != theirs))
    return row[-1]


@given(
    pattern=st.text("abc", min_size=6, max_size=20),
    text=st.text("abc", max_size=60),
    errors=st.integers(1, 3),
)
def test_the_nearest_place_is_the_best_there_is(pattern: str, text: str, errors: int) -> None:
    """The place has the distance it says, and the nearest of all stretches is never missed."""
    found = nearest(text, pattern, errors)
    spans = [(start, end) for start in range(len(text)) for end in range(start, len(text) + 1)]
    least = min((slow_distance(pattern, text[start:end]) for start, end in spans), default=len(pattern))
    if least > errors:
        assert found is None
    else:
        assert found is not None
        assert found[2] == least == slow_distance(pattern, text[found[0] : found[1]])


# R20: re-import after edits


def shuffle_paragraphs(paragraphs: list[Origin], chance: random.Random) -> list[Origin]:
    one, other = sorted(chance.sample(range(1, len(paragraphs)), 2))
    paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    return paragraphs


def drop_paragraph(paragraphs: list[Origin], chance: random.Random) -> list[Origin]:
    del paragraphs[chance.randrange(1, len(paragraphs))]
    return paragraphs


def add_paragraphs(paragraphs: list[Origin], chance: random.Random) -> list[Origin]:
    for _number in range(chance.randint(1, 3)):
        new = chance.choice(chance.choice(TEXTS).split("\n\n"))
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), [(char, -1) for char in "Nieuw: " + new])
    return paragraphs


def change_signs(paragraphs: list[Origin], chance: random.Random) -> list[Origin]:
    signs = {
        "“": '"',
        "”": '"',
        "’": "'",
        "‘": "'",
        "–": "-",
        "-": "‑",
        " ": chance.choice((" ", "\xa0", "\n")),
    }
    return [[(signs.get(char, char), place) for char, place in paragraph] for paragraph in paragraphs]


def change_words(paragraphs: list[Origin], chance: random.Random) -> list[Origin]:
    """Replace or add one word in fifty."""
    changed = []
    for paragraph in paragraphs:
        new: Origin = []
        for match in re.finditer(r"\w+|\W+", "".join(char for char, _place in paragraph)):
            part = paragraph[match.start() : match.end()]
            if match[0].isalpha() and chance.random() < 0.02:
                part = (
                    [(char, -1) for char in "gewijzigd"]
                    if chance.random() < 0.5
                    else [*part, (" ", -1), ("x", -1)]
                )
            new += part
        changed.append(new)
    return changed


Edit = Callable[[list[Origin], random.Random], list[Origin]]
EDITS: list[Edit] = [shuffle_paragraphs, drop_paragraph, add_paragraphs, change_signs, change_words]


def edited(text: str, chance: random.Random) -> tuple[str, dict[int, int]]:
    """Return the text after one to three edits, and where each surviving character went."""
    place, paragraphs = 0, []
    for part in text.split("\n\n"):
        paragraphs.append([(char, place + number) for number, char in enumerate(part)])
        place += len(part) + 2
    for edit in chance.sample(EDITS, chance.randint(1, 3)):
        paragraphs = edit(paragraphs, chance)
    characters: Origin = []
    for paragraph in paragraphs:
        characters += [*paragraph, ("\n", -1), ("\n", -1)]
    return (
        "".join(char for char, _place in characters).rstrip("\n"),
        {place: new for new, (_char, place) in enumerate(characters) if place >= 0},
    )


def highlight(text: str, chance: random.Random) -> tuple[int, int]:
    """Return a passage inside one paragraph, as a reader marks them: words, half sentences, sentences."""
    place, part = chance.choice([(m.start(), m[0]) for m in re.finditer(r"[^\n]{40,}", text)])
    words = [match.span() for match in re.finditer(r"\S+", part)]
    count = min(len(words), chance.choice((1, 2, 3, 5, 8, 12, 20, 40)))
    first = chance.randrange(len(words) - count + 1)
    return place + words[first][0], place + words[first + count - 1][1]


def outcome(old: str, new: str, went: dict[int, int], span: tuple[int, int]) -> str:
    start, end = span
    kept = [went[place] for place in range(start, end) if place in went]
    found = find(new, make(old, start, end), start)
    if len(kept) < 0.85 * (end - start) or max(kept) - min(kept) + 1 > 1.15 * (end - start):
        if found is None:
            return "orphan"  # rightly: too much of it is gone or was put in
        return "changed" if any(found[0] <= place < found[1] for place in kept) else "wrong"
    if found is None:
        return "lost"
    common = min(found[1], max(kept) + 1) - max(found[0], min(kept))
    return "right" if common > 0.8 * (max(kept) + 1 - min(kept)) else "wrong"


def test_r20_after_edits_nearly_all_are_found_and_none_in_a_wrong_place() -> None:
    chance = random.Random(20)  # the same edits in every run
    outcomes: Counter[str] = Counter()
    for number in range(150):
        old = TEXTS[number % len(TEXTS)]
        new, went = edited(old, chance)
        for _number in range(12):
            outcomes[outcome(old, new, went, highlight(old, chance))] += 1
    assert outcomes["wrong"] == 0, outcomes
    assert outcomes["right"] >= 0.98 * (outcomes["right"] + outcomes["lost"]), outcomes


def test_twenty_thousand_words_are_searched_in_a_moment() -> None:
    chance = random.Random(1)
    words = [word for text in TEXTS for word in text.split()]
    text = " ".join(chance.choice(words) for _number in range(20_000))
    passage = text[60_000:60_300]
    changed = "".join("#" if number % 12 == 5 else char for number, char in enumerate(passage))
    begin = time.perf_counter()
    found = find(text, TextQuote(changed, text[59_968:60_000], text[60_300:60_332]), 0)
    assert time.perf_counter() - begin < 3  # measured: 0.15 s
    assert found is not None
    assert abs(found[0] - 60_000) <= 2
    begin = time.perf_counter()
    assert find(text, TextQuote("de", "#" * 32, "#" * 32), 0) is None
    assert time.perf_counter() - begin < 3
