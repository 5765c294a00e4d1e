"""German names as they are called alone, whatever the case they stand in."""

from __future__ import annotations

import pytest

from desktop.extraction import extract
from desktop.extraction.gazetteer import lists
from desktop.extraction.german_names import nominative


@pytest.mark.parametrize(
    ("before", "name", "alone"),
    [
        ("bei der ", "Deutschen Werkzeugkasse", "Deutsche Werkzeugkasse"),
        ("Der ", "Badische Imkerverband", "Badischer Imkerverband"),
        ("Der ", "Badische Landwirtschaftliche Hauptverband", "Badischer Landwirtschaftlicher Hauptverband"),
        ("das ", "Deutsche Milchkontor", "Deutsches Milchkontor"),
        ("beim ", "Deutschen Patent- und Markenamt", "Deutsches Patent- und Markenamt"),
        ("des ", "Deutschen Studierendenwerks", "Deutsches Studierendenwerk"),
        ("des ", "Rhein-Main-Verkehrsverbunds", "Rhein-Main-Verkehrsverbund"),
        ("des ", "Bundestages", "Bundestag"),
        ("auf dem ", "Alten Markt", "Alter Markt"),
        ("am ", "Halleschen Ufer", "Hallesches Ufer"),
        ("die ", "Staatlichen Museen", "Staatliche Museen"),
        ("die ", "Deutsche Imkerbank", "Deutsche Imkerbank"),
        ("der ", "Universität Bremen", "Universität Bremen"),
        ("den ", "Staatlichen Museen", "Staatlichen Museen"),
        ("", "Deutschen Imkerbank", "Deutschen Imkerbank"),
        ("des ", "Harzes", "Harzes"),
        ("der ", "Grünen", "Grünen"),
    ],
)
def test_a_name_is_called_as_it_stands_alone(before: str, name: str, alone: str) -> None:
    assert nominative(name, before, lists("de")) == alone


def test_forms_in_several_cases_are_one_actor() -> None:
    text = (
        "Streit um Honig\n\nDer Badische Imkerverband (BIV) klagt. Beim Badischen Imkerverband hieß es, "
        " der BIV habe Geduld. Die Klage des Badischen Imkerverbands liegt vor."
    )
    found = {m.text: m.actor for m in extract(text, lang="de", reference=None) if "mkerverband" in m.text}
    assert set(found.values()) == {"Badischer Imkerverband"}
