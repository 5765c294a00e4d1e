from __future__ import annotations

import itertools

import pytest

from desktop.extraction.name_links import (
    Appearance,
    How,
    KnownName,
    keys_to_try,
    links,
    spells_out,
    translations,
)
from desktop.model import MentionKind

PERSON, ORGANISATION = MentionKind.PERSON, MentionKind.ORGANISATION
_numbers = itertools.count(1)


def known(name, *appearances, kind=PERSON, actor=None, forms=()):
    number = next(_numbers)
    return KnownName(number, name, kind, actor or number, frozenset(forms), appearances or (Appearance(),))


def seen(*roles, near=()):
    return Appearance(frozenset(roles), frozenset(near))


def found(*names, apart=()):
    by_id = {one.id: one.name for one in names}
    return [(by_id[one.name], by_id[one.fuller], one.is_sure) for one in links(names, apart)]


@pytest.mark.parametrize(
    ("fuller", "name", "how"),
    [
        ("dirk beljaarts", "beljaarts", How.SURNAME),
        ("ursula von der leyen", "von der leyen", How.SURNAME),
        ("ursula von der leyen", "leyen", How.SURNAME),
        ("jan peter balkenende", "jp balkenende", How.INITIALS),
        ("jan de vries", "j de vries", How.INITIALS),
        ("jan de vries", "p de vries", None),
        ("jan de vries", "piet de vries", None),
        ("de vries", "vries", None),
        ("dirk beljaarts", "dirk", None),
        ("j de vries", "vries", None),
        ("dirk beljaarts", "dirk beljaarts", None),
    ],
)
def test_what_a_persons_name_is_short_for(fuller, name, how):
    assert spells_out(known(fuller), known(name)) is how


def test_an_organisation_without_its_legal_form_is_the_one_people_mean():
    shell, plc = known("shell", kind=ORGANISATION), known("shell plc", kind=ORGANISATION)
    assert found(shell, plc) == [("shell plc", "shell", True)]
    assert keys_to_try("shell plc") == ["shell"]
    assert "shell plc" in keys_to_try("shell")


def test_an_abbreviation_that_an_article_explains_is_taken_for_it_in_the_same_company_only():
    full = known("autoriteit persoonsgegevens", seen(near=["meta"]), kind=ORGANISATION, forms=["ap"])
    same, other = seen(near=["meta"]), seen(near=["reuters"])
    assert found(known("ap", same, kind=ORGANISATION), full)[0][2]
    assert found(known("ap", other, kind=ORGANISATION), full) == [("ap", full.name, False)]


def test_a_surname_joins_the_only_bearer_whose_role_agrees():
    full = known("dirk beljaarts", seen("minister"))
    assert found(full, known("beljaarts", seen("minister"))) == [("beljaarts", "dirk beljaarts", True)]


def test_a_role_that_says_more_agrees():
    assert found(known("eva smit", seen("onderwijsminister")), known("smit", seen("minister")))[0][2]


def test_an_organisation_near_both_agrees():
    full = known("jensen huang", seen("topman", near=["nvidia"]))
    assert found(full, known("huang", seen(near=["nvidia"])))[0][2]


@pytest.mark.parametrize("other", [seen(), seen("trainer"), seen(near=["tesla"])])
def test_without_anything_in_common_it_is_a_suggestion(other):
    assert found(known("jensen huang", seen("topman", near=["nvidia"])), known("huang", other)) == [
        ("huang", "jensen huang", False)
    ]


def test_one_article_about_another_role_is_enough_to_doubt():
    full = known("eva smit", seen("minister"))
    assert not found(full, known("smit", seen("minister"), seen("minister"), seen("trainer")))[0][2]


def test_two_bearers_are_two_suggestions_those_that_agree_first():
    minister, trainer = known("eva smit", seen("minister")), known("bas smit", seen("trainer"))
    smit = known("smit", seen("minister"))
    assert found(minister, trainer, smit) == [("smit", "eva smit", False)]
    assert len(found(minister, trainer, known("smit"))) == 2


def test_two_names_of_one_actor_are_one_bearer():
    one = known("eva smit", seen("minister"))
    same = known("eva maria smit", seen("minister"), actor=one.actor)
    assert ("smit", "eva maria smit", True) in found(one, same, known("smit", seen("minister")))


def test_what_the_reader_decided_is_not_linked():
    smit = known("smit", seen("minister"))
    assert found(known("eva smit", seen("minister")), smit, apart={smit.id}) == []


def test_a_place_goes_by_its_dutch_name_or_else_by_the_first_there_is():
    table = translations(str.casefold)
    place = MentionKind.PLACE
    assert table["pays-bas", place][0] == "nederland"
    assert table["la haye", place] == ("den haag", "the hague", "la haye")

    def named(name):
        return KnownName(next(_numbers), name, place, 0, translations=table[name, place])

    dutch, english, french = named("duitsland"), named("germany"), named("allemagne")
    assert found(english, dutch, french) == [
        ("germany", "duitsland", True),
        ("allemagne", "duitsland", True),
    ]
    assert found(french, english) == [("allemagne", "germany", True)]
