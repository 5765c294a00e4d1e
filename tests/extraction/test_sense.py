from __future__ import annotations

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction import extract
from desktop.extraction.sense import actors_in, with_senses
from desktop.model import (
    AMOUNT_KINDS,
    LANGUAGES,
    Amount,
    Block,
    BlockKind,
    Condition,
    Mention,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    Sense,
)

PIECES = [
    "aan", "mln. ", "een boete van 20 miljoen euro", "voor de bouw van", "10 procent", "de kosten", "V.S.",
    "Dr. J. Jansen", "3.5 billion dollars", "for", "the cost of", "“", "”", "?", "! ", ". ", "\n", "\n\n",
    "l’amende de 3 %", "Kosten in Höhe von 3 Mio. Euro", "é😀", "12 jaar", "8 januari 2025", "- ", "1.200",
    "om te", "…", "(", ")", "van", "100 landen", "…. ", "plan", "$30bn", "met", "kost", ",",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))


def senses(text: str, lang: str = "nl", blocks: tuple[Block, ...] = ()) -> list[tuple[str, Sense]]:
    found = extract(text, lang=lang, reference="2025-03-12", blocks=blocks)
    return [(m.text, m.sense) for m in found if m.sense is not None]


def sentence_of(text: str, amount: str, lang: str = "nl", blocks: tuple[Block, ...] = ()) -> str:
    [sense] = [sense for words, sense in senses(text, lang, blocks) if words == amount]
    return text[sense.start : sense.end]


def purposes(text: str, lang: str = "nl") -> list[str | None]:
    return [None if s.purpose is None else text[s.purpose[0] : s.purpose[1]] for _, s in senses(text, lang)]


# Sentences


@pytest.mark.parametrize(
    ("lang", "before", "sentence", "after"),
    [
        ("nl", "Dat kan.", "Dr. A.B. de Vries kreeg ca. 5 miljoen euro van o.a. Shell.", "Toen niet."),
        ("nl", "Dat kan!", "“Het kost 5 miljoen euro.”", "Dat zei hij."),
        ("nl", "Wie?", "“Kost het 5 miljoen euro?” vroeg zij.", "Ja."),
        ("nl", "Het stuk is van 2024.", "Nr. 3 won 5 miljoen euro in de V.S.", "De rest niets."),
        ("nl", "Dat kan.", "Hij zei: “Dat kost 5 miljoen euro.”", "Meer niet."),
        ("en", "Yes.", "Mr. Smith of the U.S. Treasury paid $5.5 million.", "The rest did not."),
        ("fr", "Oui.", "M. Dupont a payé 5 millions d’euros.", "L’État non."),
        ("de", "Ja.", "Am 3. Mai zahlte Dr. Kohl 5 Mio. Euro.", "Danach nichts."),
        ("de", "Ja.", "„Es kostet 5 Millionen Euro.“", "Mehr nicht."),
    ],
)
def test_a_sentence_ends_where_it_ends(lang: str, before: str, sentence: str, after: str) -> None:
    text = f"{before} {sentence} {after}"
    assert sentence in [text[sense.start : sense.end] for _, sense in senses(text, lang)]


def test_headings_paragraphs_and_lists_end_sentences() -> None:
    text = (
        "Kabinet geeft 5 miljoen\n\nHet kabinet geeft dat\naan scholen.\n- 3 miljoen euro\n- 4 miljoen euro"
    )
    assert sentence_of(text, "5 miljoen") == "Kabinet geeft 5 miljoen"
    assert sentence_of(text, "3 miljoen euro") == "- 3 miljoen euro"
    assert sentence_of(text, "4 miljoen euro") == "- 4 miljoen euro"


def test_an_empty_line_ends_a_sentence_however_long_the_line_before() -> None:
    heading = (
        "Kabinet geeft volgend jaar 5 miljoen euro aan scholen in het noorden en het oosten van het land"
    )
    text = f"{heading}\n\nDat zei de minister."
    assert sentence_of(text, "5 miljoen euro") == heading


def test_a_purpose_holds_names_whole() -> None:
    text = "De steun voor de Handelsbank Van Houwelingen bedraagt 5 miljoen euro, zei Jan de Vries van Shell."
    assert purposes(text)[0] == "steun voor de Handelsbank Van Houwelingen"


def test_a_wrapped_line_ends_no_sentence() -> None:
    text = "De minister van Economische Zaken heeft dinsdag in de Kamer gezegd dat\n3 miljoen euro zoekt."
    assert sentence_of(text, "3 miljoen euro") == text


def test_blocks_end_sentences() -> None:
    text = "Wie betaalt de 5 miljoen euro De minister betaalt niet"
    blocks = (Block(BlockKind.HEADING, 0, 29, 2), Block(BlockKind.PARAGRAPH, 30, len(text)))
    assert sentence_of(text, "5 miljoen euro", blocks=blocks) == text[:29]


# Purposes


@pytest.mark.parametrize(
    ("lang", "text", "purpose"),
    [
        ("nl", "De rechter gaf het bedrijf een boete van 2 miljoen euro.", "boete"),
        ("nl", "Er komt 3 miljard euro voor een datacenter van een gigawatt.", "datacenter van een gigawatt"),
        ("nl", "Zij investeert 3 miljard in chipfabrieken.", "chipfabrieken"),
        ("nl", "De kosten van de brug lopen op tot 12 miljoen.", "kosten van de brug"),
        ("nl", "Zij koopt 10 procent van de aandelen.", "aandelen"),
        ("nl", "De bijdrage uit Brussel bedraagt 55 miljoen euro.", "bijdrage uit Brussel"),
        ("nl", "Ze betaalden 5 miljoen euro.", None),
        ("nl", "Voor 2030 is 5 miljoen euro toegezegd.", None),
        ("nl", "Het gaat om 5 miljoen euro, maar de boete is betaald.", None),
        ("nl", "De man van 43 jaar is overleden.", None),
        ("en", "They were fined €20m for price fixing.", "price fixing"),
        ("en", "A $30bn plan to build ships was dropped.", "plan to build ships"),
        ("fr", "Une amende de 20 millions d’euros a été infligée.", "amende"),
        ("fr", "Elle va investir 3 milliards d’euros dans le rail.", "rail"),
        ("de", "Sie zahlte eine Strafe von 3 Millionen Euro.", "Strafe"),
        ("de", "Es gab Investitionen in Höhe von 3 Milliarden Euro.", "Investitionen"),
        ("de", "Das Land gibt 3 Millionen Euro für den Bau einer Schule.", "Bau"),
    ],
)
def test_the_sentence_says_what_an_amount_is_for(lang: str, text: str, purpose: str | None) -> None:
    assert purposes(text, lang)[0] == purpose


def test_a_purpose_is_short() -> None:
    text = "Er gaat 5 miljoen euro naar de " + "zeer" * 30 + " brug."
    assert purposes(text) == [None]
    for part in purposes("De kosten van " + "de aanleg van " * 20 + "de brug zijn 5 miljoen euro."):
        assert part is None or len(part) <= 60


def test_a_corrected_amount_keeps_its_sense() -> None:
    rule = Rule(
        RuleId("1"), RuleKind.CORRECT_AMOUNT, Condition(name="2 miljoen euro"), amount=Amount(unit="USD")
    )
    text = "Hij kreeg een boete van 2 miljoen euro."
    [found] = [
        m for m in extract(text, lang="nl", reference=None, rules=[rule]) if m.kind == MentionKind.MONEY
    ]
    assert found.amount == Amount(unit="USD")
    assert found.sense == Sense(0, len(text), (14, 19))


# Whatever the text is


@given(st.sampled_from(LANGUAGES), TEXTS)
def test_every_amount_lies_in_one_sentence_and_its_purpose_beside_it(lang: str, text: str) -> None:
    found = extract(text, lang=lang, reference="2025-01")
    assert all((m.sense is not None) == (m.kind in AMOUNT_KINDS) for m in found)
    sentences = sorted({(m.sense.start, m.sense.end) for m in found if m.sense})
    assert all(first[1] <= second[0] for first, second in pairwise(sentences))
    for mention in found:
        if (sense := mention.sense) is None:
            continue
        assert 0 <= sense.start <= mention.start < mention.end <= sense.end <= len(text)
        assert text[sense.start : sense.end] == text[sense.start : sense.end].strip()
        if sense.purpose is not None:
            start, end = sense.purpose
            assert sense.start <= start < end <= sense.end
            assert end <= mention.start or mention.end <= start
            assert end - start <= 60
            assert text[start:end] == text[start:end].strip()
            assert not text[start - 1 : start + 1].isalpha() or start == 0 or not text[start - 1].isalpha()


@pytest.mark.parametrize(
    "unit",
    ["5 euro ", "De boete van 5 euro, ", ". ", ".” ", "\n ", "voor om ", "… 5 % van ", "A.", "5 euro.\n"],
)
def test_the_time_grows_with_the_length_of_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        at = text.find("5")
        places = range(at, len(text) - 6, len(unit)) if at >= 0 else range(0)
        mentions = [Mention(p, p + 6, text[p : p + 6], MentionKind.MONEY) for p in places]
        gc.disable()  # its full rounds look at all that other tests left
        try:
            start = time.process_time()
            with_senses(text, "nl", (), mentions or [Mention(0, 1, text[:1], MentionKind.MONEY)])
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(100)
    short = min(seconds(2_000) for _ in range(3))
    assert min(seconds(16_000) for _ in range(2)) < 30 * short + 0.05


@given(
    st.sampled_from(LANGUAGES),
    TEXTS,
    st.lists(
        st.tuples(st.integers(0, 220), st.integers(1, 30), st.sampled_from(list(MentionKind))), max_size=8
    ),
    st.lists(st.tuples(st.integers(0, 220), st.integers(0, 60)), max_size=4),
)
def test_mentions_and_blocks_may_be_anything(
    lang: str,
    text: str,
    places: list[tuple[int, int, MentionKind]],
    parts: list[tuple[int, int]],
) -> None:
    mentions = [
        Mention(start, end, text[start:end], kind)
        for start, size, kind in places
        if (end := min(start + size, len(text))) > start
    ]
    blocks = [Block(BlockKind.PARAGRAPH, start, start + size) for start, size in parts]
    found = with_senses(text, lang, blocks, mentions)
    assert [(m.start, m.end, m.kind) for m in found] == [(m.start, m.end, m.kind) for m in mentions]
    for mention in found:
        if mention.kind in AMOUNT_KINDS:
            assert mention.sense is not None
            assert mention.sense.start <= mention.start + (len(mention.text) - len(mention.text.lstrip()))
            assert mention.end - (len(mention.text) - len(mention.text.rstrip())) <= mention.sense.end


# Actors


def test_actors_of_a_sentence_come_once_in_order() -> None:
    text = "Shell is groot. Nvidia en Shell betalen Nvidia 5 miljoen euro. Google niet."
    mentions = extract(text, lang="nl", reference=None)
    [sense] = [m.sense for m in mentions if m.sense is not None]
    assert [m.actor for m in actors_in(mentions, sense)] == ["Nvidia", "Shell"]
