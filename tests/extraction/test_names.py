from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.names import find_names
from desktop.model import LANGUAGES, MentionKind

SHORT = {
    "P": MentionKind.PERSON,
    "O": MentionKind.ORGANISATION,
    "L": MentionKind.PLACE,
    "E": MentionKind.EVENT,
}


def marked(text: str, lang: str = "nl") -> list[tuple[str, str]]:
    """Return (letter of kind, surface) of the actors found."""
    letters = {kind: letter for letter, kind in SHORT.items()}
    return [(letters[m.kind], m.text) for m in find_names(text, lang) if m.kind in letters]


DUTCH = [
    ("Minister Dirk Terpstra van Financiën sprak in Utrecht.", "P Dirk Terpstra; O Financiën; L Utrecht"),
    (
        "Volgens staatssecretaris Wiersma (Economische Zaken) is dat te vroeg.",
        "P Wiersma; O Economische Zaken",
    ),
    ("De CEO van Nvidia bezocht ASML in Veldhoven.", "O Nvidia; O ASML; L Veldhoven"),
    ("De raad stemt over de koop.[2] Mits het geld er is.\n\n[2] Zie het voorstel van het college.", ""),
    ("Nvidia-chips zijn schaars op de EU-top.", "O Nvidia; O EU"),
    ("D66-Kamerlid Anna Visser reageerde.", "O D66; P Anna Visser"),
    ("De Nederlandse ambitie, de Franse regering en Amerikaanse bedrijven.", ""),
    ("Zij woont in 's-Hertogenbosch, hij in Den Haag.", "L 's-Hertogenbosch; L Den Haag"),
    ("Sjeik Mohamed bin Zayed al-Nahyan kwam uit Abu Dhabi.", "P Mohamed bin Zayed al-Nahyan; L Abu Dhabi"),
    ("Caroline van der Plas en Jan de Vries overlegden.", "P Caroline van der Plas; P Jan de Vries"),
    ("DEN HAAG (ANP) - Het kabinet wacht af.", "L DEN HAAG; O ANP"),
    (
        "Het ministerie van Infrastructuur en Waterstaat zwijgt.",
        "O ministerie van Infrastructuur en Waterstaat",
    ),
    ("De gemeente Groningen betaalt mee.", "O gemeente Groningen"),
    ("Zij wonen in de gemeente Groningen.", "L Groningen"),
    (
        "De Vereniging van Nederlandse Gemeenten (VNG) is tegen.",
        "O Vereniging van Nederlandse Gemeenten; O VNG",
    ),
    ("De Universiteit van Amsterdam opent in maart een centrum.", "O Universiteit van Amsterdam"),
    ("Met de VS en China valt te praten.", "L VS; L China"),
    ("AI is overal en ICT ook.", ""),
    ("In mei komt er meer geld voor de dijken.", ""),
    ("Tijdens de Tweede Wereldoorlog stond hier een molen.", "E Tweede Wereldoorlog"),
    ("De AVG en ChatGPT zijn geen actoren.", ""),
    ("Het regent. Morgen is het droog. Wie weet.", ""),
]

OTHERS = [
    (
        "en",
        "Prime Minister Keir Starmer met President Emmanuel Macron in Paris.",
        "P Keir Starmer; P Emmanuel Macron; L Paris",
    ),
    ("en", "The European Commission fined Apple on Monday.", "O European Commission; O Apple"),
    (
        "en",
        "The University of Michigan hired Harriet Obaseki, 61.",
        "O University of Michigan; P Harriet Obaseki",
    ),
    (
        "fr",
        "La ministre Solène Karsenty a quitté l'Assemblée nationale à Paris.",
        "P Solène Karsenty; O Assemblée nationale; L Paris",
    ),
    ("fr", "L'Union européenne et les États-Unis négocient.", "O Union européenne; L États-Unis"),
    ("de", "Bundeskanzler Olaf Scholz reiste nach Frankreich.", "P Olaf Scholz; L Frankreich"),
    ("de", "Der Bundestag in Berlin hat den Haushalt beschlossen.", "O Bundestag; L Berlin"),
    ("de", "Die Rechnung für den Strom zahlt am Ende der Kunde.", ""),
]


def expected(line: str) -> list[tuple[str, str]]:
    return [(part[0], part[2:]) for part in line.split("; ")] if line else []


@pytest.mark.parametrize(("text", "names"), DUTCH)
def test_dutch(text: str, names: str) -> None:
    assert marked(text) == expected(names)


@pytest.mark.parametrize(("lang", "text", "names"), OTHERS)
def test_other_languages(lang: str, text: str, names: str) -> None:
    assert marked(text, lang) == expected(names)


def test_a_surname_after_the_full_name_is_a_person_everywhere() -> None:
    text = 'Bakker zwijgt\n\nBakker Joost Bakker sluit zijn zaak. "Klaar", zegt Bakker. Bakker wil rust.'
    found = [(m.start, m.text) for m in find_names(text, "nl") if m.kind == MentionKind.PERSON]
    assert [name for _, name in found] == ["Bakker", "Joost Bakker", "Bakker", "Bakker"]
    assert found[0][0] == 0


def test_a_title_is_never_inside_a_person() -> None:
    for title in ("Minister", "Burgemeester", "Hoogleraar", "Prof. dr.", "President", "Mevrouw"):
        assert ("P", "Jan Jansen") in marked(f"{title} Jan Jansen zwijgt.")


def test_the_reason_is_said() -> None:
    (mention,) = [m for m in find_names("Daar zat minister Wiersma.", "nl") if m.kind == MentionKind.PERSON]
    assert mention.rule == "before:role"


def test_languages_share_what_is_known_everywhere() -> None:
    for lang in LANGUAGES:
        assert ("O", "Nvidia") in marked("Nvidia, Microsoft.", lang)


@given(st.sampled_from(LANGUAGES), st.text(max_size=200))
def test_any_text_gives_mentions_in_order(lang: str, text: str) -> None:
    end = 0
    for mention in find_names(text, lang):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end


PIECES = st.sampled_from(
    "Jan van der Vries 's-Hertogenbosch - ' ’ \" . , ( ) & + / : \n Minister minister van en De Het L' d' "
    "Universiteit Landbouw Natuur 12 50PLUS D66 EU iPhone al- bin é\u0301 😀 Müller's DEN HAAG St. J. "
    "ministre tribunal rue de la Dr. gemeente ministerie RTL 4 X Y Z Nvidia - chips".split(" ")
)


@given(st.sampled_from(LANGUAGES), st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\n"]))))
def test_any_mixture_of_name_parts_gives_mentions_in_order(lang: str, pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    end = 0
    for mention in find_names(text, lang):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start
        end = mention.end


NASTY = {
    "capitals without spaces": "A" * 8,
    "capitals with hyphens": "Aa-",
    "initials": "A.",
    "particles": "Jan van ",
    "only particles": "van ",
    "quotes": '"',
    "enumeration": "Landbouw, ",
    "brackets": "(Jan ",
    "full stops and words": "De. ",
    "combining": "e\u0301",
    "names": "Jan Jansen ",
}


@pytest.mark.parametrize("unit", NASTY.values(), ids=NASTY)
def test_time_grows_with_the_text_only(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9.0
        for _ in range(2):
            began = time.process_time()
            find_names(text, "nl")
            best = min(best, time.process_time() - began)
        return best

    find_names("Jan", "nl")  # the lists are read before the clock runs
    small, large = seconds(3_000), seconds(30_000)
    assert large < 40 * max(small, 0.002)
