"""The side panel: who, how much, when, and what the reader wrote, each leading into the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.model import (
    Actor,
    ActorId,
    Amount,
    AnchorState,
    Annotation,
    AnnotationId,
    Approx,
    ArticleId,
    MentionKind,
    Period,
    TextQuote,
)
from desktop.tasks.read import OpenedArticle
from desktop.ui.actor_list import actor_lines
from desktop.ui.amount_table import amount_lines
from desktop.ui.date_list import date_lines
from desktop.ui.note_list import note_lines
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.sentences import around
from desktop.ui.side_panel import TABS, SidePanel
from desktop.ui.theme import Theme

TEXT = (
    "Rekencentrum\n\n"
    "Minister [person:Dirk Beljaarts] bezocht [organisation:Nvidia] in [place:Silicon Valley]. "
    "[organisation:Nvidia] vraagt [money:70 miljoen euro] en later [money:ruim € 200 mln]. "
    "Op [date:9 januari] kwamen [count:circa 40 bedrijven]; op [date:8 januari] "
    "sprak [person:Dirk Beljaarts]."
)
AMOUNTS = {
    "70 miljoen euro": Amount(value=Decimal(70_000_000), unit="EUR"),
    "ruim € 200 mln": Amount(low=Decimal(200_000_000), unit="EUR", approx=Approx.GE),
    "circa 40 bedrijven": Amount(value=Decimal(40), noun="bedrijven", approx=Approx.ABOUT),
}
PERIODS = {"9 januari": Period("2025-01-09"), "8 januari": Period("2025-01-08")}


@pytest.fixture
def opened(opened_article: Callable[..., OpenedArticle]) -> OpenedArticle:
    made = opened_article(TEXT)
    mentions = tuple(
        replace(m, amount=AMOUNTS.get(m.text), period=PERIODS.get(m.text)) for m in made.mentions
    )
    actors = (
        Actor(ActorId("Nvidia"), MentionKind.ORGANISATION, "Nvidia", mentions=2, articles=6),
        Actor(
            ActorId("Dirk Beljaarts"), MentionKind.PERSON, "Dirk Beljaarts", ("Beljaarts",),
            ("minister",), 2, 1,
        ),
        Actor(ActorId("Silicon Valley"), MentionKind.PLACE, "Silicon Valley", mentions=1, articles=1),
    )  # fmt: skip
    return replace(made, mentions=mentions, actors=actors)


@pytest.fixture
def panel(qtbot: QtBot, opened: OpenedArticle) -> SidePanel:
    panel = SidePanel(Theme.load("light"))
    panel.resize(340, 700)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_article(opened)
    return panel


def click(qtbot: QtBot, rows: PanelList, title: str) -> None:
    [number] = [n for n, line in enumerate(rows.lines.lines) if line.title == title]
    place = rows.visualRect(rows.lines.index(number)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def titles(lines: list[Heading | PanelRow]) -> list[str]:
    return [line.title if isinstance(line, PanelRow) else f"# {line.title}" for line in lines]


def test_actors_stand_by_kind_with_their_other_names_and_roles(opened: OpenedArticle) -> None:
    lines = actor_lines(opened)
    assert titles(lines) == [
        "# Organisations", "Nvidia", "# Persons", "Dirk Beljaarts", "# Places", "Silicon Valley",
    ]  # fmt: skip
    nvidia, person = lines[1], lines[3]
    assert isinstance(nvidia, PanelRow)
    assert isinstance(person, PanelRow)
    assert (nvidia.count, nvidia.share, nvidia.below) == (2, 1.0, ("in 6 articles",))
    assert person.below == ("minister", "also: Beljaarts")
    assert len({line.icon for line in lines if isinstance(line, PanelRow)}) == 3


def test_clicks_go_through_the_mentions_in_turn(
    panel: SidePanel, opened: OpenedArticle, qtbot: QtBot
) -> None:
    went: list[str] = []
    panel.place_requested.connect(lambda place: went.append(opened.version.text[slice(*place)]))
    places: list[Any] = []
    panel.place_requested.connect(places.append)
    for _ in range(3):
        click(qtbot, panel.actors, "Nvidia")
    click(qtbot, panel.actors, "Silicon Valley")
    assert went == ["Nvidia", "Nvidia", "Nvidia", "Silicon Valley"]
    assert places[0] != places[1]
    assert places[0] == places[2]


def test_enter_goes_on_like_a_click(panel: SidePanel, qtbot: QtBot) -> None:
    panel.actors.select_key("Nvidia")
    with qtbot.waitSignal(panel.place_requested):
        qtbot.keyClick(panel.actors, Qt.Key.Key_Return)


def test_the_mention_under_the_caret_selects_its_row(
    panel: SidePanel, opened: OpenedArticle, qtbot: QtBot
) -> None:
    second = [mention for mention in opened.mentions if mention.text == "Nvidia"][1]
    panel.follow_mention(second)
    assert panel.actors.current_key() == "Nvidia"
    with qtbot.waitSignal(panel.place_requested) as wanted:
        click(qtbot, panel.actors, "Nvidia")
    first = next(mention for mention in opened.mentions if mention.text == "Nvidia")
    assert wanted.args == [(first.start, first.end)]  # the turn goes on from where the reader is
    amount = next(mention for mention in opened.mentions if mention.kind is MentionKind.COUNT)
    panel.follow_mention(amount)
    assert panel.amounts.list.current_key() == str(amount.start)


def test_amounts_stand_as_written_beside_their_value(opened: OpenedArticle) -> None:
    rows = [line for line in amount_lines(opened, "text") if isinstance(line, PanelRow)]
    assert [(row.title, row.value) for row in rows] == [
        ("70 miljoen euro", "70,000,000 EUR"),
        ("ruim € 200 mln", "≥ 200,000,000 EUR"),
        ("circa 40 bedrijven", "≈ 40 bedrijven"),
    ]
    assert "vraagt 70 miljoen euro" in rows[0].below[0]


def test_amounts_by_value_put_the_largest_first_within_a_kind(opened: OpenedArticle) -> None:
    assert titles(amount_lines(opened, "value")) == [
        "# Money", "ruim € 200 mln", "70 miljoen euro", "# Counts", "circa 40 bedrijven",
    ]  # fmt: skip
    assert titles(amount_lines(opened, "kind"))[:3] == ["# Money", "70 miljoen euro", "ruim € 200 mln"]


def test_dates_in_the_order_of_the_text_or_of_time(opened: OpenedArticle) -> None:
    assert titles(date_lines(opened, "text")) == ["9 januari", "8 januari"]
    assert titles(date_lines(opened, "time")) == ["# January 2025", "8 januari", "9 januari"]
    [_heading, first, _second] = date_lines(opened, "time")
    assert isinstance(first, PanelRow)
    assert first.value == "8 Jan 2025"


def note(number: int, **details: Any) -> Annotation:
    values: dict[str, Any] = {
        "id": AnnotationId(f"n{number}"),
        "article": ArticleId("one"),
        "quote": TextQuote(f"passage {number}"),
        "start": number,
        "end": number + 5,
    }
    return Annotation(**{**values, **details})


def test_notes_show_quote_note_and_tags_and_orphans_apart(opened: OpenedArticle) -> None:
    notes = (
        note(1, note="Vergelijk **dit**.", tags=("geld", "eu"), colour=2),
        note(2, state=AnchorState.ORPHAN, start=None, end=None),
        note(3, quote=TextQuote(""), start=None, end=None, note="Over het geheel"),
    )
    lines = note_lines(replace(opened, annotations=notes))
    assert titles(lines) == [
        "“passage 1”", "Note on the whole article", "# Passage no longer in the text", "“passage 2”",
    ]  # fmt: skip
    first = lines[0]
    assert isinstance(first, PanelRow)
    assert first.below == ("Vergelijk dit.", "#geld #eu")
    assert first.marker == 2


def test_the_number_of_notes_stands_on_their_tab(panel: SidePanel, opened: OpenedArticle) -> None:
    assert panel.tabText(3) == "Notes"
    panel.show_article(replace(opened, annotations=(note(1), note(2))))
    assert panel.tabText(3) == "Notes 2"
    panel.clear()
    assert panel.tabText(3) == "Notes"
    assert panel.actors.lines.rowCount() == 0


def test_notes_are_deleted_and_opened_from_the_list(
    panel: SidePanel, opened: OpenedArticle, qtbot: QtBot
) -> None:
    panel.show_article(replace(opened, annotations=(note(1),)))
    panel.show_tab("notes")
    panel.notes.select_key("n1")
    with qtbot.waitSignal(panel.delete_note_requested) as deleted:
        qtbot.keyClick(panel.notes, Qt.Key.Key_Delete)
    assert deleted.args == ["n1"]
    with qtbot.waitSignal(panel.note_opened) as opened_note:
        qtbot.keyClick(panel.notes, Qt.Key.Key_F2)
    assert opened_note.args == ["n1"]


def test_reading_again_keeps_the_row(panel: SidePanel, opened: OpenedArticle) -> None:
    panel.actors.select_key("Silicon Valley")
    panel.show_article(opened)
    assert panel.actors.current_key() == "Silicon Valley"


def test_rows_say_to_screen_readers_what_they_show(panel: SidePanel) -> None:
    spoken = panel.actors.lines.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Nvidia, organisation, 2, in 6 articles"


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
@pytest.mark.parametrize("width", [200, 340])
def test_every_tab_can_be_painted(panel: SidePanel, opened: OpenedArticle, name: str, width: int) -> None:
    panel.resize(width, 600)
    panel.set_theme(Theme.load(name))
    panel.show_article(replace(opened, annotations=(note(1, note="lang " * 80, tags=("a",)),)))
    for tab in ("actors", "amounts", "dates", "notes"):
        panel.show_tab(tab)
        assert not panel.grab().isNull()


def test_the_model_is_sound(panel: SidePanel, qtmodeltester: Any) -> None:
    qtmodeltester.check(panel.actors.lines)


def test_a_few_words_around_a_passage() -> None:
    text = "Vooraf. Het kabinet legt 70 miljoen in, zegt men. Daarna."
    start = text.index("70")
    assert around(text, start, start + 10) == "Het kabinet legt 70 miljoen in, zegt men."
    long = "woord " * 40 + "KERN" + " einde" * 40
    found = around(long, long.index("KERN"), long.index("KERN") + 4)
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < 110
    assert "KERN" in found


def test_a_mention_that_is_clicked_brings_its_list_to_the_front(library_of_three: Any) -> None:
    parts = library_of_three.window.parts
    library_of_three.read("Minister bezoekt Nvidia")
    mentions = parts.reading.current.mentions
    amount = next(one for one in mentions if one.amount is not None)
    actor = next(one for one in mentions if one.actor_id is not None)
    parts.pane.mention_clicked.emit(amount)
    assert parts.side.currentIndex() == TABS.index("amounts")
    assert parts.side.amounts.list.current_key()
    parts.pane.mention_clicked.emit(actor)
    assert parts.side.currentIndex() == TABS.index("actors")
    assert parts.side.actors.current_key() == actor.actor_id
