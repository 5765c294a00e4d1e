from __future__ import annotations

import pytest

from desktop.extraction.actors import link
from desktop.extraction.names import find_names
from desktop.model import Mention, MentionKind, Source


def linked(text: str, lang: str = "nl") -> list[Mention]:
    return link(text, find_names(text, lang), lang)


def actors(text: str, lang: str = "nl") -> dict[str, str | None]:
    return {m.text: m.actor for m in linked(text, lang)}


def person(text: str, surface: str, start: int = 0) -> Mention:
    at = text.index(surface, start)
    return Mention(at, at + len(surface), surface, MentionKind.PERSON, Source.RULE)


def test_a_surname_joins_its_full_name_also_before_it() -> None:
    text = "Terpstra stapt op\n\nWethouder Froukje Terpstra gaat. Terpstra (45) is moe."
    assert {m.actor for m in linked(text)} == {"Froukje Terpstra"}


def test_a_surname_with_a_particle_joins_its_full_name() -> None:
    text = 'Wieneke van Rossem komt. "Ja", zei Van Rossem.'
    assert {m.text: m.actor for m in linked(text)} == {
        "Wieneke van Rossem": "Wieneke van Rossem",
        "Van Rossem": "Wieneke van Rossem",
    }


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Jan Visser lacht. Visser gaat. Daarna kwam Anna Visser. Visser bleef."
    people = [
        person(text, "Jan Visser"),
        person(text, "Visser", 12),
        person(text, "Anna Visser"),
        person(text, "Visser", 50),
    ]
    assert [m.actor for m in link(text, people, "nl")] == [
        "Jan Visser",
        "Jan Visser",
        "Anna Visser",
        "Anna Visser",
    ]


def test_initials_join_the_name_written_out() -> None:
    text = "J. Hoekstra schreef; Jelmer Hoekstra las voor."
    people = [person(text, "J. Hoekstra"), person(text, "Jelmer Hoekstra")]
    assert {m.actor for m in link(text, people, "nl")} == {"Jelmer Hoekstra"}


@pytest.mark.parametrize(
    ("text", "surface", "actor"),
    [
        (
            "Volgens minister Beer (Economische Zaken) kan het.",
            "Economische Zaken",
            "ministerie van Economische Zaken",
        ),
        ("Bij EZ is men blij.", "EZ", "ministerie van Economische Zaken"),
        (
            "Het ministerie van Economische Zaken is blij.",
            "ministerie van Economische Zaken",
            "ministerie van Economische Zaken",
        ),
        ("De V.S. reis begint.", "V.S.", "Verenigde Staten"),
        ("Hij komt uit de VS.", "VS", "Verenigde Staten"),
        ("Het RIVM meet.", "RIVM", "Rijksinstituut voor Volksgezondheid en Milieu"),
        ("De NAVO oefent.", "NAVO", "NAVO"),
        ("Nieuw Sociaal Contract stemde voor.", "Nieuw Sociaal Contract", "NSC"),
        ("DEN HAAG - Niets.", "DEN HAAG", "Den Haag"),
        ("Hij werkt in Den Bosch.", "Den Bosch", "'s-Hertogenbosch"),
        ("Minister Pieters van Energie komt.", "Energie", "ministerie van Energie"),
    ],
)
def test_well_known_forms_have_their_full_name(text: str, surface: str, actor: str) -> None:
    assert actors(text)[surface] == actor


def test_the_same_abbreviation_is_spelled_out_in_each_language() -> None:
    for lang, text, name in (
        ("nl", "De EU wacht.", "Europese Unie"),
        ("en", "The EU waits.", "European Union"),
        ("de", "Die EU wartet.", "Europäische Union"),
        ("fr", "L'UE attend.", "Union européenne"),
    ):
        assert name in actors(text, lang).values()


def test_an_abbreviation_in_brackets_joins_what_it_stands_for() -> None:
    text = "De Vereniging Werkgevers Wegvervoer (VWW) klaagt. De VWW wil geld."
    assert set(actors(text).values()) == {"Vereniging Werkgevers Wegvervoer"}


def test_a_short_form_joins_the_only_longer_name() -> None:
    text = "Sytsma Pootgoed BV stopt. Het bedrijf Sytsma had tien mensen in dienst."
    found = actors(text)
    assert found["Sytsma"] == found["Sytsma Pootgoed BV"] == "Sytsma Pootgoed BV"


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        ("nl", "Volgens minister Dirk Beljaarts kan het.", "minister"),
        ("nl", "Minister Dirk Beljaarts lacht.", "Minister"),
        ("nl", "Volgens onderwijsminister Dirk Beljaarts kan het.", "onderwijsminister"),
        ("nl", "Toen sprak D66-Kamerlid Anna Visser.", "Kamerlid"),
        ("nl", "Dat zei minister van Financiën Eelco Heinen.", "minister"),
        ("nl", "Gisteren kwam Jan Visser.", None),
        ("nl", "Ook haar collega Sjoerd van Aalst betaalt mee.", None),
        ("en", "Then Prime Minister Keir Starmer left.", "Prime Minister"),
        ("de", "Dann ging Bundeskanzler Olaf Scholz.", "Bundeskanzler"),
        ("fr", "Selon le président Emmanuel Macron, oui.", "président"),
    ],
)
def test_the_role_in_front_is_kept(lang: str, text: str, role: str | None) -> None:
    people = [m for m in linked(text, lang) if m.kind == MentionKind.PERSON]
    assert [m.role for m in people] == [role]


def test_only_actors_have_an_actor() -> None:
    for mention in linked("De AVG geldt in Nederland."):
        assert (mention.actor is None) == (mention.kind == MentionKind.OTHER)
