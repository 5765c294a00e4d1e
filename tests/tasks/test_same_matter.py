"""Same matter, different figures: what is shown, in which order, and what holds when it is stopped."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import pytest

from desktop.errors import Cancelled
from desktop.extraction.matter_candidates import Candidates
from desktop.model import ArticleId
from desktop.resources import starter_articles
from desktop.tasks import manage
from desktop.tasks.import_files import import_text
from desktop.tasks.same_matter import find
from desktop.tasks.session import Session

Put = Callable[..., ArticleId]

JANUARY = """date 2025-01-12 Datacenter bij Zeewolde

De bouw van het datacenter in Zeewolde kost 1,2 miljard euro, zo maakte het bedrijf bekend.
"""
JUNE = """date 2025-06-03 Tegenvaller

Nog een tegenvaller. De kosten van het datacenter in Zeewolde lopen op tot 1,7 miljard euro.
"""
ELSEWHERE = """date 2025-05-03 Ander plan

De bouw van het datacenter in Middenmeer kost 900 miljoen euro.
"""
TOLL = """date 2025-08-0{day} Aardbeving

Bij de aardbeving in Peru zijn zeker {count} doden gevallen, meldt de burgerbescherming.
"""


def test_a_figure_that_moved_is_shown_with_its_sentences(session: Session, put: Put) -> None:
    first, last = put(JANUARY, "a.txt"), put(JUNE, "b.txt")
    put(ELSEWHERE, "c.txt")
    (matter,) = find(session)
    assert matter.dimension == "EUR"
    assert [one.article for one in matter.figures] == [first, last]
    assert [one.text for one in matter.figures] == ["1,2 miljard euro", "1,7 miljard euro"]
    assert [(one.low, one.high) for one in matter.figures] == [(1.2e9, 1.2e9), (1.7e9, 1.7e9)]
    assert matter.figures[1].sentence == (
        "De kosten van het datacenter in Zeewolde lopen op tot 1,7 miljard euro."
    )
    assert math.isclose(matter.change, 1.7 / 1.2)
    assert "datacenter" in matter.topic
    assert matter.actors == ("Zeewolde",)


def test_an_equal_figure_belongs_to_the_chain_but_makes_none(session: Session, put: Put) -> None:
    put(JANUARY, "a.txt")
    put(JANUARY.replace("2025-01-12", "2025-02-12").replace("maakte", "maakt"), "b.txt")
    assert find(session) == []
    put(JUNE, "c.txt")
    (matter,) = find(session)
    assert [one.published for one in matter.figures] == ["2025-01-12", "2025-02-12", "2025-06-03"]


def test_a_query_limits_where_is_looked(session: Session, put: Put) -> None:
    put(JANUARY, "a.txt")
    put(JUNE, "b.txt")
    assert len(find(session, "date:2025")) == 1
    assert find(session, "date:2025-01") == []


def test_what_is_in_the_trash_is_not_shown(session: Session, put: Put) -> None:
    put(JANUARY, "a.txt")
    manage.trash(session, [put(JUNE, "b.txt")])
    assert find(session) == []


def test_more_articles_and_larger_steps_come_first(session: Session, put: Put) -> None:
    put(JANUARY, "a.txt")
    put(JUNE, "b.txt")
    for day, count in ((1, 40), (2, 120), (3, 310)):
        put(TOLL.format(day=day, count=count), f"toll{day}.txt")
    toll, cost = find(session)
    assert [one.low for one in toll.figures] == [40, 120, 310]
    assert cost.dimension == "EUR"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Nexilon boekte een omzet van 840 miljoen euro.",
            "Nexilon boekte een winst van 112 miljoen euro.",
        ),
        (
            "Zuivelbedrijf Campagna haalde over 2023 een omzet van 3,1 miljard euro.",
            "Zuivelbedrijf Campagna haalde over 2024 een omzet van 3,4 miljard euro.",
        ),
        (
            "De sluis in Terneuzen kost gemiddeld 3 miljoen euro.",
            "De sluis in Terneuzen kost 4 miljoen euro.",
        ),
        (
            "De provincie steekt 60 miljoen euro in de Noordtunnel bij Dordrecht.",
            "De gemeente steekt 20 miljoen euro in de Noordtunnel bij Dordrecht.",
        ),
        (
            "De kosten van de Noordtunnel bij Dordrecht stijgen met 20 miljoen euro.",
            "De kosten van de Noordtunnel bij Dordrecht stijgen tot 480 miljoen euro.",
        ),
        (
            "De brug in Kampen wordt twee keer zo breed.",
            "De brug in Kampen wordt drie keer zo breed.",
        ),
    ],
)
def test_other_things_are_other_matters(session: Session, put: Put, first: str, second: str) -> None:
    put(f"date 2025-02-03 Bericht\n\n{first}\n", "a.txt")
    put(f"date 2025-05-03 Nieuws\n\n{second}\n", "b.txt")
    assert find(session) == []


def test_costs_without_a_subject_are_those_of_the_article(session: Session, put: Put) -> None:
    lead = "De gemeente Hengelo bouwt een schouwburg naast de Lambertuskerk aan de Marktstraat."
    put(f"date 2025-02-03 Schouwburg\n\n{lead}\n\nDe kosten worden geraamd op 22 miljoen euro.\n", "a.txt")
    put(f"date 2025-07-03 Schouwburg\n\n{lead}\n\nDe raming is nu 27 miljoen euro.\n", "b.txt")
    (matter,) = find(session)
    assert [one.low for one in matter.figures] == [22e6, 27e6]
    assert "schouwburg" in matter.topic


def test_the_starter_story_moves_from_its_first_figure_to_its_last(session: Session) -> None:
    for path in sorted(starter_articles().glob("*.txt")):
        import_text(session, path.read_text(encoding="utf-8"))
    cost = next(one for one in find(session) if one.figures[0].published == "2025-01-16")
    assert cost.dimension == "EUR"
    texts = {one.text for one in cost.figures}
    assert texts >= {"112 miljoen euro", "geschat op 204,5 miljoen euro", "tussen de 220 en 250 miljoen euro"}
    first, last = cost.figures[0], cost.figures[-1]
    assert first.sentence.endswith("op ongeveer 100 miljoen euro.")
    assert (last.published, last.low, last.high) == ("2025-12-13", 220e6, 250e6)
    assert all(one.low >= 85e6 for one in cost.figures)  # no single items of it


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Toneelgroep Voorland krijgt van de provincie 900.000 euro subsidie per jaar.",
            "Toneelgroep Voorland krijgt van de provincie 700.000 euro subsidie.",
        ),
        (
            "Het Drents Museum trok tijdens de expositie 61.000 bezoekers.",
            "Het Fries Museum trok tijdens de expositie 48.000 bezoekers.",
        ),
        (
            "De renovatie van het stadhuis in Almelo kost 14 miljoen euro.",
            "De renovatie van het zwembad in Almelo kost 9 miljoen euro.",
        ),
    ],
)
def test_parts_years_and_neighbours_are_other_matters(
    session: Session, put: Put, first: str, second: str
) -> None:
    put(f"date 2025-02-03 Bericht\n\n{first}\n", "a.txt")
    put(f"date 2025-05-03 Nieuws\n\n{second}\n", "b.txt")
    assert find(session) == []


def test_money_of_a_year_is_found_where_the_sentence_says_so_twice(session: Session, put: Put) -> None:
    a = "Toneelgroep Voorland krijgt van het Fonds Podiumkunsten 900.000 euro subsidie per jaar."
    b = "Toneelgroep Voorland krijgt nu 1,1 miljoen euro per jaar van het Fonds Podiumkunsten."
    put(f"date 2025-02-03 Bericht\n\n{a}\n", "a.txt")
    put(f"date 2025-05-03 Nieuws\n\n{b}\n", "b.txt")
    (matter,) = find(session)
    assert matter.change == pytest.approx(1.1e6 / 0.9e6, rel=0.01)


def test_what_the_sentence_before_names_counts(session: Session, put: Put) -> None:
    a = "In de Turkse stad Denizli is een flatgebouw ingestort. Er zijn zeker 14 doden."
    b = "De zoekactie bij het ingestorte flatgebouw in Denizli is gestopt. Er zijn nu 37 doden."
    put(f"date 2025-04-10 Bericht\n\n{a}\n", "a.txt")
    put(f"date 2025-04-12 Nieuws\n\n{b}\n", "b.txt")
    (matter,) = find(session)
    assert [one.low for one in matter.figures] == [14, 37]


def test_many_amounts_are_told_of_and_can_be_stopped() -> None:
    candidates = Candidates()
    for row in range(6000):
        keys = [f"nl:{row % 97}", f"nl:w{row % 1501}", f"nl:x{row % 2999}"]
        candidates.add(row, "EUR", 1e6, keys, candidates.note(row, [f"={row % 499}"]))
    told: list[tuple[int, int]] = []
    pairs = list(candidates.pairs(lambda done, total: told.append((done, total))))
    assert pairs
    assert told == sorted(told)
    assert max(b[0] - a[0] for a, b in pairwise(told)) <= 1000  # in all three passes over the amounts

    def stop(done: int, _total: int) -> None:
        if done > 2000:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(candidates.pairs(stop))


class _Stops:
    """Cancels at one step and counts them."""

    def __init__(self, at: int) -> None:
        self.steps: list[tuple[int, int]] = []
        self.at = at

    def step(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total))
        if len(self.steps) > self.at:
            raise Cancelled


def test_it_can_be_stopped_at_every_step(session: Session, put: Put) -> None:
    put(JANUARY, "a.txt")
    put(JUNE, "b.txt")
    whole = _Stops(10**6)
    assert len(find(session, progress=whole)) == 1
    assert whole.steps == sorted(whole.steps)
    assert whole.steps[-1] == (1000, 1000)
    for at in range(len(whole.steps)):
        with pytest.raises(Cancelled):
            find(session, progress=_Stops(at))
    assert len(find(session)) == 1
