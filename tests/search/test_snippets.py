"""R36: marks stand exactly on the words found, whatever the text is made of."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import proximity
from desktop.search.analysis import Forms, fold, placed, surfaces, words
from desktop.search.edits import edits
from desktop.search.index import ANALYSIS
from desktop.search.pieces import Pieces
from desktop.search.query import parse, words_to_mark
from desktop.search.snippets import ELLIPSIS, find_ranges, snippet
from desktop.search.tree import How, leaf

TEXT = (
    "Minister Beljaarts van Economische Zaken zet stap\n\n"
    "Er komt een AI-supercomputer. De collega’s uit de V.S. bespraken investeringen in Cafe\u0301s.\n\n"
    "👩‍👩‍👧 Het bedrĳf kocht ﬁetsen 🚲 en super\u00adcomputers; één bedrijf per straat (Straße)."
)


def marked(text: str, asked: str, lang: str | None = "nl") -> list[str]:
    asked_words = words_to_mark(parse(asked).ast)
    return [text[start:end] for start, end in find_ranges(text, lang, asked_words, ANALYSIS)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("supercomputer", ["supercomputer", "super\u00adcomputers"]),
        ("AI-supercomputer", ["AI-supercomputer"]),
        ('"AI supercomputer"', ["AI-supercomputer"]),
        ("collega", ["collega’s"]),
        ("VS", ["V.S."]),
        ("investering", ["investeringen"]),
        ('="investering"', []),
        ("invest*", ["investeringen"]),
        ("investerinken~", ["investeringen"]),
        ("cafes", ["Cafe\u0301s"]),
        ("café", ["Cafe\u0301s"]),
        ("bedrijven", ["bedrĳf", "bedrijf"]),
        ("fiets", ["ﬁetsen"]),
        ("een", ["een", "één"]),
        ("strasse", ["Straße"]),
        ('"economische zaken"', ["Economische Zaken"]),
        ('"minister zaken"~3', ["Minister", "Zaken"]),
        ('"zaken er"', []),
        ("bedrijf OR collega -minister", ["collega’s", "bedrĳf", "bedrijf"]),
        ("niets", []),
        ("", []),
    ],
)
def test_r36_marks_what_was_asked(asked: str, found: list[str]) -> None:
    assert marked(TEXT, asked) == found


@pytest.mark.parametrize(
    ("lang", "text", "asked", "found"),
    [
        ("nl", "Het AI-datacenterpark bij de haven", "datacenter", ["datacenterpark"]),
        (
            "nl",
            "Jeugdzorg, en jeugdzorg: de jeugd\u00adzorg.",
            "zorg",
            ["Jeugdzorg", "jeugdzorg", "jeugd\u00adzorg"],
        ),
        ("nl", "Jeugdzorg voor de jeugd", "zorg jeugd", ["Jeugdzorg", "jeugd"]),
        ("nl", "Een nieuw windmolenpark.", '"nieuw park"', ["nieuw windmolenpark"]),
        ("nl", "De minister op kantoor", "kant ster", []),
        ("de", "Eine Windenergieanlage am Hafen", "Energie", ["Windenergieanlage"]),
        ("de", "Windenergieanlagen", "Windenergie", ["Windenergieanlagen"]),
        ("de", "Die Waldbrände", "Brand", ["Waldbrände"]),
        ("en", "Jeugdzorg", "zorg", []),
        (None, "Jeugdzorg", "zorg", []),
    ],
)
def test_r36_a_compound_found_by_a_part_is_marked_whole(
    lang: str | None, text: str, asked: str, found: list[str]
) -> None:
    assert marked(text, asked, lang) == found
    shown = snippet(text, lang, words_to_mark(parse(asked).ast), ANALYSIS)
    assert [shown.text[low:high] for low, high in shown.marks] == found


def test_marks_of_overlapping_words_are_one() -> None:
    assert marked(TEXT, '"Economische Zaken" zaak "van economische"') == ["van Economische Zaken"]


def test_marks_in_every_language() -> None:
    assert marked("L’énergie des maisons", "energie maison", "fr") == ["énergie", "maisons"]
    assert marked("Companies’ investments", "company investment", "en") == ["Companies", "investments"]
    assert marked("Die Häuser", "häuser", "de") == ["Häuser"]
    assert marked("Los mercados", "mercados", None) == ["mercados"]


# Any text

LETTERS = "aAbeEéßﬁœĳİıſΣσςǅ½ʼ" + "\u0301\u0308\u00ad\u200d\ufe0f" + "'’.-_ \n👩🚲1٣"
any_text = st.one_of(st.text(), st.text(alphabet=LETTERS, max_size=80))


def random_case(text: str, flips: list[bool]) -> str:
    return "".join(char.upper() if flip else char for char, flip in zip(text, flips, strict=False))


@given(any_text, any_text, st.sampled_from(["nl", "en", "fr", "de", None]))
def test_r36_a_marked_word_is_the_word_asked(text: str, asked: str, lang: str | None) -> None:
    marks = words_to_mark(parse(asked).ast)
    ranges = find_ranges(text, lang, marks, ANALYSIS)
    last = 0
    for start, end in ranges:
        assert last <= start < end <= len(text)
        last = end
        assert fold(text[start:end])
        if end < len(text):
            assert not unicodedata.combining(text[end]), "an accent is left outside the mark"


@given(any_text, st.sampled_from(["nl", "en", "fr", "de", None]), st.data())
def test_r36_every_word_of_a_text_is_found_in_it(text: str, lang: str | None, data: st.DataObject) -> None:
    here = [word for word in words(text) if fold(word.text)]
    if not here:
        return
    word = data.draw(st.sampled_from(here))
    asked = f'="{word.text}"'
    ranges = find_ranges(text, lang, [asked], ANALYSIS)
    assert (word.start, word.end) in ranges
    for start, end in ranges:
        assert fold(text[start:end]) == fold(word.text)
    if surfaces(fold(word.text)) == [fold(word.text)]:  # ¼ is one word, and 1⁄4 two
        folded = find_ranges(text, lang, [f'="{fold(word.text)}"'], ANALYSIS)
        assert (word.start, word.end) in folded, "neither case nor accents matter"


@given(any_text)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text, any_text, st.integers(0, 60), st.integers(10, 200))
def test_r36_the_marks_of_a_snippet_are_the_words_of_the_text(
    text: str, asked: str, start: int, length: int
) -> None:
    marks = words_to_mark(parse(asked).ast)
    start = min(start, len(text))
    shown = snippet(text, "nl", marks, ANALYSIS, start=start, length=length)
    whole = {fold(text[low:high]) for low, high in find_ranges(text, "nl", marks, ANALYSIS)}
    last = 0
    for low, high in shown.marks:
        assert last <= low < high <= len(shown.text)
        last = high
        assert fold(shown.text[low:high].replace("\n", " ")) in {each.replace("\n", " ") for each in whole}
    assert "\n" not in shown.text
    bare = shown.text.strip(ELLIPSIS)
    flat = "".join(" " if char.isspace() else char for char in text)
    assert bare in re.sub(" +", " ", flat)


# The passage

LONG = "Titel van het stuk\n\n" + "\n\n".join(
    f"Alinea {number} gaat over vulling en nog meer vulling, zonder dat er iets in staat dat ergens telt."
    for number in range(40)
)


def test_the_passage_with_most_of_the_words_is_shown() -> None:
    text = LONG + "\n\nHier staat energie. " + LONG + "\n\nDe minister wil energie en chips. " + LONG
    shown = snippet(text, "nl", ["energie", "chip", "minister"], ANALYSIS, start=18)
    assert [shown.text[low:high] for low, high in shown.marks] == ["minister", "energie", "chips"]
    assert 150 <= len(shown.text) <= 260
    assert shown.text.startswith(ELLIPSIS)
    assert shown.text.endswith(ELLIPSIS)
    assert not shown.text.startswith(ELLIPSIS + " ")


def test_without_words_found_the_beginning_is_shown() -> None:
    shown = snippet(LONG, "nl", ["afwezig"], ANALYSIS, start=18)
    assert shown.text.startswith("Alinea 0 gaat over")
    assert shown.text.endswith(ELLIPSIS)
    assert shown.marks == ()
    assert snippet("", "nl", ["x"], ANALYSIS).text == ""
    assert snippet("Kort.", "nl", [], ANALYSIS).text == "Kort."


def test_a_text_without_spaces_gives_a_short_snippet() -> None:
    shown = snippet("woord " + "x" * 100_000 + " woord", "nl", ["woord"], ANALYSIS)
    assert len(shown.text) < 500
    assert "woord" in shown.text


def test_words_in_the_title_do_not_count_twice() -> None:
    text = "Energie en chips\n\nOver energie staat hier iets."
    shown = snippet(text, "nl", ["energie", "chips"], ANALYSIS, start=len("Energie en chips"))
    assert shown.text == "Over energie staat hier iets."
    assert [shown.text[low:high] for low, high in shown.marks] == ["energie"]


def test_a_snippet_has_one_space_where_paragraphs_meet():
    text = "Kop\n\nHet eerste deel.\n\n  Stroom is er.\n\nMeer stroom."
    found = snippet(text, "nl", ["stroom"], ANALYSIS, start=5)
    assert found.text == "Het eerste deel. Stroom is er. Meer stroom."
    assert [found.text[start:end] for start, end in found.marks] == ["Stroom", "stroom"]


# What is found by pieces is what is found word by word

SOME = st.sampled_from(
    "minister ministers Minister’s AI-chip chips chip huizen huis één een V.S. d.w.z. l’énergie zorg "
    "jeugdzorg super\u00adcomputer Cafe\u0301s café “chip” (huis) chip,chip -huis huis- 🚲chip ﬁets".split(
        " "
    )
)
SPACES = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0", "\t"])
made_text = st.lists(st.tuples(SOME, SPACES), max_size=25).map(lambda parts: "".join(map("".join, parts)))
QUERIES = st.sampled_from(
    ["chip", "huis minister", "zorg", '="chip"', "AI-chip", '"een huis"', '"huis chip"', '"chip zorg"~2',
     "hui*", "minisder~", "chip* huis", "VS", "énergie", "een", '"de chip" OR hui*', "cafe", "fietsen", "dwz"]
)  # fmt: skip


def plainly_found(text: str, source: str, lang: str | None) -> set[tuple[int, int]]:
    """Read every word of a text for the words of one leaf."""
    one = leaf(source)
    placed_words = [(at, word, ANALYSIS.text_forms(word.text, lang)) for at, word in placed(text)]
    slots = []
    for asked, how in one.words():
        wanted = ANALYSIS.query_forms(asked)

        def fits(forms: Forms, how: How = how, wanted: Forms = wanted) -> bool:
            if how is How.PREFIX:
                return forms.exact.startswith(wanted.exact)
            if how is How.FUZZY:
                far = edits(wanted.exact, forms.exact, one.number)
                return forms.exact[:1] == wanted.exact[:1] and far <= one.number
            same = how is How.WORD and not set(wanted.stems).isdisjoint(forms.stems)
            return same or forms.exact == wanted.exact

        slots.append({at: word for at, word, forms in placed_words if fits(forms)})
    if not slots:
        return set()
    if one.how is How.NEAR:
        windows = proximity.near([sorted(slot) for slot in slots], one.number)
        words_of = {at: word for at, word, _forms in placed_words}
        return {(words_of[at].start, words_of[at].end) for window in windows for at in window}
    return {
        (word.start, slots[-1][at + len(slots) - 1].end)
        for at, word in slots[0].items()
        if all(at + further in slot for further, slot in enumerate(slots))
    }


@given(made_text, QUERIES, st.sampled_from(["nl", "fr", None]))
def test_r36_what_is_found_by_pieces_is_what_is_found_word_by_word(
    text: str, asked: str, lang: str | None
) -> None:
    sources = words_to_mark(parse(asked).ast)
    wanted: list[tuple[int, int]] = []
    each = set().union(*(plainly_found(text, source, lang) for source in sources))
    for start, end in sorted(each, key=lambda one: (one[0], -one[1])):
        if wanted and start < wanted[-1][1]:
            wanted[-1] = (wanted[-1][0], max(wanted[-1][1], end))
        else:
            wanted.append((start, end))
    assert find_ranges(text, lang, sources, ANALYSIS) == wanted


def test_pieces_that_were_forgotten_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pieces, "REMEMBERED", 15)
    for text in ("chip en huis", "drie nieuwe stukken en een chip", "huizen, chips", "chip en huis"):
        expected = [word.text for word in words(text) if fold(word.text)[:4] in ("chip", "huis", "huiz")]
        for asked in ("chip huis", "chi* hui*"):
            assert marked(text, asked, "nl") == expected
