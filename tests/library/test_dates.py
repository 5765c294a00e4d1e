"""The timeline's numbers: what is counted where, and that the same is read as the counts say."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.library import articles, dates


def o(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.fixture
def three(fill, mark):
    """A day, a month and no date; with days, a span over two months, a year, and one without an end."""
    one = fill.article("Raad besluit", "Op 8 januari begint het. Van 30 januari tot 2 februari is er feest.",
                       published="2025-01-08", source="De Bode")  # fmt: skip
    two = fill.article("Vooruitblik", "In 2025 gebeurt het, of vanaf maart 2026.", published="2025-02")
    three = fill.article("Zonder datum", "Het was 8 januari.")
    fill.mention(
        one,
        mark.day("8 januari", "2025-01-08"),
        mark.day("30 januari tot 2 februari", low="2025-01-30", high="2025-02-02"),
    )
    fill.mention(two, mark.day("2025", "2025"), mark.day("vanaf maart 2026", low="2026-03"))
    fill.mention(three, mark.day("8 januari", "2025-01-08"))
    return one, two, three


def read(fill, rows=None, *, mentions=True) -> list[str]:
    """Return what is counted, read by its place, in the order of the counts."""
    con = fill.library.reader()
    found = dates.counts(con, rows)
    parts = [
        dates.Part(mentions, *span[:2], 0, span.number)
        for span in (found.dates if mentions else found.articles)
    ]
    at = dates.mentions_at if mentions else dates.articles_at
    return [dated.words or dated.title for ids in dates.numbers(con, parts, rows) for dated in at(con, ids)]


def test_everything_is_counted_by_its_days(fill, three):
    found = dates.counts(fill.library.reader(), None)
    assert found.articles == (
        (o("2025-01-08"), o("2025-01-08"), 1),
        (o("2025-02-01"), o("2025-02-28"), 1),
    )
    assert found.dates == (
        (o("2025-01-01"), o("2025-12-31"), 1),
        (o("2025-01-08"), o("2025-01-08"), 2),
        (o("2025-01-30"), o("2025-02-02"), 1),
        (o("2026-03-01"), dates.LAST, 1),
    )
    assert found.undated == 1


def test_only_the_articles_asked_for_are_counted(fill, three):
    found = dates.counts(fill.library.reader(), [fill.row(three[1])])
    assert [span.number for span in found.articles] == [1]
    assert [(span.first, span.number) for span in found.dates] == [(o("2025-01-01"), 1), (o("2026-03-01"), 1)]
    assert dates.counts(fill.library.reader(), []) == dates.Counts((), (), 0)


@pytest.mark.parametrize("asked", [False, True])
def test_the_trash_is_left_out(fill, three, asked):
    rows = [fill.row(article) for article in three] if asked else None
    fill.step("trash", lambda con: articles.trash(con, [three[0]]))
    if asked:
        rows = rows[1:]  # as a search gives them
    con = fill.library.reader()
    assert [span.number for span in dates.counts(con, rows).articles] == [1]
    assert sum(span.number for span in dates.counts(con, rows).dates) == 3
    assert read(fill, rows) == ["2025", "8 januari", "vanaf maart 2026"]
    assert read(fill, rows, mentions=False) == ["Vooruitblik"]


@pytest.mark.parametrize("asked", [False, True])
def test_what_is_counted_is_read_by_its_place(fill, three, asked):
    rows = [fill.row(article) for article in three] if asked else None
    con = fill.library.reader()
    assert read(fill, rows) == [
        "2025",
        "8 januari",
        "8 januari",
        "30 januari tot 2 februari",
        "vanaf maart 2026",
    ]
    assert read(fill, rows, mentions=False) == ["Raad besluit", "Vooruitblik"]
    day = (True, o("2025-01-08"), o("2025-01-08"))
    [both], [first], [second], [] = (
        [tuple(found)] if found else []
        for found in dates.numbers(
            con,
            [dates.Part(*day, 0, 9), dates.Part(*day, 0, 1), dates.Part(*day, 1, 5), dates.Part(*day, 2, 5)],
            rows,
        )
    )
    assert both == first + second
    assert dates.numbers(con, [dates.Part(True, o("2030-01-01"), o("2030-01-01"), 0, 5)], rows) == [[]]
    assert dates.numbers(con, [], rows) == []


def test_only_what_is_wanted_is_read(fill, three):
    assert read(fill, [fill.row(three[2])]) == ["8 januari"]
    assert read(fill, []) == []


def test_many_articles_are_counted_as_few_are(fill, three, monkeypatch):
    con, rows = fill.library.reader(), [fill.row(article) for article in three]
    few = dates.counts(con, rows)
    monkeypatch.setattr(dates, "_FEW", 0)
    assert few == dates.counts(con, rows)


def test_a_mentioned_date_comes_with_its_place_and_surroundings(fill, three):
    con = fill.library.reader()
    asked = dates.Part(True, o("2025-01-30"), o("2025-02-02"), 0, 1)
    (dated,) = dates.mentions_at(con, dates.numbers(con, [asked], [fill.row(three[0])])[0])
    text = articles.text(con, three[0]).text
    assert (dated.article, dated.title, dated.source, dated.published) == (
        three[0], "Raad besluit", "De Bode", "2025-01-08",
    )  # fmt: skip
    assert text[dated.start : dated.end] == dated.words == "30 januari tot 2 februari"
    assert dated.before + dated.words + dated.after == text
    assert (dated.period.low, dated.period.high) == ("2025-01-30", "2025-02-02")


def test_places_are_code_points_also_after_signs_outside_the_first_plane(fill, mark):
    article = fill.article("Titel", "😀 é́ " * 200 + "op 8 januari komt het.")
    fill.mention(article, mark.day("8 januari", "2025-01-08"))
    con = fill.library.reader()
    asked = dates.Part(True, o("2025-01-08"), o("2025-01-08"), 0, 1)
    (dated,) = dates.mentions_at(con, dates.numbers(con, [asked], None)[0])
    assert articles.text(con, article).text[dated.start : dated.end] == "8 januari"
    assert dated.before.endswith("😀 é́ op ")
    assert dated.after == " komt het."


def test_pages_keep_their_order_and_say_what_is_gone(fill, three):
    con = fill.library.reader()
    days = (("2025-01-08", "2025-01-08"), ("2025-01-30", "2025-02-02"))
    parts = [dates.Part(True, o(first), o(last), 0, 9) for first, last in days]
    numbers = [number for ids in dates.numbers(con, parts, None) for number in ids][::-1]
    found = dates.mentions_at(con, [*numbers, 999])
    assert [dated and dated.words for dated in found] == [
        "30 januari tot 2 februari", "8 januari", "8 januari", None,
    ]  # fmt: skip
    assert dates.articles_at(con, [999]) == [None]
