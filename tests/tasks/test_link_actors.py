from __future__ import annotations

import itertools

import pytest

from desktop.errors import Cancelled
from desktop.library import actors, links
from desktop.library.owners import Reason, look_at_links
from desktop.model import MentionKind
from desktop.progress import SilentProgress
from desktop.tasks import manage
from desktop.tasks.link_actors import link

FULL = "date 2025-01-14 Een\n\nMinister Karin Dorsman (Economische Zaken) sprak dinsdag in Groningen.\n"
SHORT = "date 2025-01-15 Twee\n\nVolgens minister Dorsman komt er geld bij.\n"
BARE = "date 2025-01-16 Drie\n\nHet plan van mevrouw Dorsman kreeg in Groningen applaus.\n"
OTHER = "date 2025-01-17 Vier\n\nTrainer Bas Dorsman sprak met de spelers van FC Utrecht.\n"


def people(session):
    found = actors.all_actors(session.library.reader())
    return sorted((one.name, one.articles) for one in found if one.kind is MentionKind.PERSON)


def test_a_surname_with_the_same_role_is_one_person(session, put):
    put(FULL, "a.txt")
    put(SHORT, "b.txt")
    assert people(session) == [("Karin Dorsman", 2)]
    karin = actors.find(session.library.reader(), "Karin Dorsman")[0]
    names = links.names_of(session.library.reader(), karin.id)
    assert [(one.name, one.reason, one.how, one.role) for one in names] == [
        ("Karin Dorsman", Reason.OWN, "", ""),
        ("Dorsman", Reason.LINK, "surname", "minister"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations([FULL, SHORT, OTHER])))
def test_the_order_of_import_does_not_matter(session, put, order):
    for number, text in enumerate(order):
        put(text, f"{number}.txt")
    assert people(session) == [("Bas Dorsman", 1), ("Dorsman", 1), ("Karin Dorsman", 1)]
    found = links.suggestions(session.library.reader())
    names = {one.id: one.name for one in actors.all_actors(session.library.reader())}
    assert [(names[short], names[fuller], how, role) for short, fuller, how, role, _near in found] == [
        ("Dorsman", "Karin Dorsman", "surname", "minister")
    ]


def test_without_anything_in_common_it_is_suggested(session, put):
    put(FULL, "a.txt")
    put(BARE, "b.txt")
    assert people(session) == [("Dorsman", 1), ("Karin Dorsman", 1)]
    assert len(links.suggestions(session.library.reader())) == 1


def test_when_the_other_bearer_goes_the_surname_has_one_again(session, put):
    put(FULL, "a.txt")
    put(SHORT, "b.txt")
    other = put(OTHER, "c.txt")
    assert len(people(session)) == 3
    manage.trash(session, [other])
    link(session, SilentProgress())
    assert people(session) == [("Karin Dorsman", 2)]


def test_cancelled_it_goes_on_later(session, put):
    put(FULL, "a.txt")
    other = put(OTHER, "c.txt")
    put(SHORT, "b.txt")
    manage.trash(session, [other])

    class Impatient:
        def step(self, done, total, text=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        link(session, Impatient())
    assert link(session, SilentProgress()).actors
    assert not link(session, SilentProgress()).actors


def test_a_country_is_one_in_every_language(session, put):
    put(
        "date 2025-01 Paris\n\nLes négociations entre la France et l'Allemagne ont repris à Berlin.\n",
        "f.txt",
    )
    put(
        "date 2025-01 Berlin\n\nGermany and France resumed the talks in Berlin on Monday, officials said.\n",
        "e.txt",
    )
    put("date 2025-01 Berlijn\n\nDuitsland en Frankrijk praten weer met elkaar in Berlijn.\n", "n.txt")
    found = {one.name: one for one in actors.all_actors(session.library.reader())}
    assert {"Duitsland", "Frankrijk", "Berlijn"} <= set(found)
    assert found["Duitsland"].articles == 3
    assert set(found["Duitsland"].aliases) == {"Germany", "Allemagne"}
    assert not {"Germany", "France", "Allemagne", "Berlin"} & set(found)


def test_a_name_that_went_with_its_article_while_others_share_its_forms(session, put):
    put("date 2025-01 N\n\nDuitsland en Frankrijk praten weer met elkaar in Berlijn.\n", "n.txt")
    put("date 2025-01 F\n\nLes négociations entre la France et l'Allemagne ont repris à Berlin.\n", "f.txt")
    text = "date 2025-01 E\n\nGermany and France resumed their talks in Berlin, officials said.\n"
    gone = put(text, "e.txt")
    manage.trash(session, [gone])
    manage.purge(session, [gone])
    link(session, SilentProgress())
    assert links.todo(session.library.reader(), 10) == {}
    found = {one.name: one for one in actors.all_actors(session.library.reader())}
    assert found["Duitsland"].aliases == ("Allemagne",)


PLC = "date 2025-01-20 Vijf\n\nHet bedrijf Nordwatt BV bouwt een centrale, zei directeur Jelle Postma.\n"
NORDWATT = "date 2025-01-21 Zes\n\nHet bedrijf Nordwatt wil een centrale bouwen, aldus Jelle Postma.\n"


def organisations(session):
    found = actors.all_actors(session.library.reader())
    return sorted(one.name for one in found if one.kind is MentionKind.ORGANISATION)


@pytest.mark.parametrize("order", list(itertools.permutations([PLC, NORDWATT])))
def test_a_legal_form_is_left_out_in_any_order(session, put, order):
    for number, text in enumerate(order):
        put(text, f"{number}.txt")
    assert organisations(session) == ["Nordwatt"]


def test_a_short_name_is_its_own_again_when_the_full_one_goes(session, put):
    full = put(FULL, "a.txt")
    put(SHORT, "b.txt")
    manage.trash(session, [full])
    link(session, SilentProgress())
    assert people(session) == [("Dorsman", 1)]
    manage.restore(session, [full])
    link(session, SilentProgress())
    assert people(session) == [("Karin Dorsman", 2)]


def test_a_country_goes_by_the_name_that_is_left(session, put):
    dutch = put("date 2025-01 N\n\nDuitsland praat in Berlijn weer met Frankrijk.\n", "n.txt")
    put("date 2025-01 E\n\nGermany and France resumed their talks in Berlin, officials said.\n", "e.txt")
    manage.trash(session, [dutch])
    link(session, SilentProgress())
    found = {one.name for one in actors.all_actors(session.library.reader())}
    assert {"Germany", "France"} <= found


def test_what_comes_while_names_are_looked_at_is_looked_at_too(session, put):
    put(FULL, "a.txt")
    con = session.library.reader()
    [key] = con.execute("SELECT id FROM name_key WHERE name = 'karin dorsman'").fetchone()
    session.library.write(lambda con: look_at_links(con, [key]))
    looked_at = links.todo(con, 10)
    session.library.write(lambda con: look_at_links(con, [key]))
    session.library.write(lambda con: links.store(con, looked_at, []))
    assert list(links.todo(con, 10)) == [key]
    link(session, SilentProgress())
    assert links.todo(con, 10) == {}
