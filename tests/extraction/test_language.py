from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.language import detect
from desktop.model import LANGUAGES

SENTENCES = [
    ("nl", "De gemeente wacht al maanden op een antwoord van het ministerie."),
    ("nl", "Wie niets zegt, heeft later geen spijt."),
    ("nl", "Kabinet trekt extra geld uit voor dijken langs de rivieren"),
    ("nl", "Zij zei dat er nog geen besluit was genomen."),
    ("en", "The council has been waiting for months for an answer from the ministry."),
    ("en", "Whoever says nothing will not regret it later."),
    ("en", "Government sets aside more money for flood defences"),
    ("en", "She said that no decision had been taken yet."),
    ("fr", "La commune attend depuis des mois une réponse du ministère."),
    ("fr", "Elle a dit qu'aucune décision n'avait encore été prise."),
    ("fr", "Le gouvernement débloque des fonds pour les digues"),
    ("de", "Die Gemeinde wartet seit Monaten auf eine Antwort des Ministeriums."),
    ("de", "Sie sagte, dass noch keine Entscheidung gefallen sei."),
    ("de", "Regierung stellt mehr Geld für Deiche an den Flüssen bereit"),
]


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES)
def test_one_sentence_is_enough(lang: str, sentence: str) -> None:
    assert detect(sentence) == lang


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES)
def test_capitals_do_not_matter(lang: str, sentence: str) -> None:
    assert detect(sentence.upper()) == lang


def test_names_from_elsewhere_do_not_mislead() -> None:
    text = "De burgemeester van Baden-Baden sprak met Jean-Pierre Lefèvre over The Rolling Stones."
    assert detect(text) == "nl"


@pytest.mark.parametrize("text", ["", " \n ", "12 345 €", "…"])
def test_without_words_it_is_dutch(text: str) -> None:
    assert detect(text) == "nl"


@given(st.text(max_size=300))
def test_any_text_has_one_of_the_languages(text: str) -> None:
    assert detect(text) in LANGUAGES
