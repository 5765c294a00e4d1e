"""What the library keeps of an amount: its ends, and what money was worth at the article's date."""

from __future__ import annotations

import pytest

from desktop.model import MentionKind
from desktop.tasks.extract import mark, measure_at


@pytest.mark.parametrize(
    ("text", "published", "euro"),
    [
        ("De boete is 102,86 miljoen dollar.", "2025-01-08", (100e6, 100e6)),
        ("De boete is minstens 102,86 miljoen dollar.", "2025-01-08", (100e6, None)),
        ("De boete is hooguit 102,86 miljoen dollar.", "2025-01-08", (None, 100e6)),
        ("De boete is ongeveer 102,86 miljoen dollar.", "2025-01-08", (90e6, 110e6)),
        ("Een boete tussen de 102,86 en 205,72 miljoen dollar.", "2025-01-08", (100e6, 200e6)),
        ("De boete is 5 miljoen euro.", None, (5e6, 5e6)),
        ("De boete is 220,371 gulden.", "2001", (100, 100)),
        ("De boete is 5 miljoen dollar.", None, None),
        ("De boete is 5 miljoen dollar.", "1995", None),
        ("Olie kost 80 dollar per vat.", "2025-01-08", None),
    ],
)
def test_money_has_its_worth_in_euro(
    text: str, published: str | None, euro: tuple[float | None, float | None] | None
) -> None:
    _lang, found = mark(text, lang="nl", reference=published)
    (money,) = [measure_at(published)(mention) for mention in found if mention.kind is MentionKind.MONEY]
    if euro is None or money.euro is None:
        assert money.euro is euro
    else:
        assert [end and round(end, 4) for end in money.euro] == list(euro)


def test_only_money_has_it() -> None:
    _lang, found = mark("Het zijn 5 centrales van 2 gigawatt met 3 procent verlies.", lang="nl")
    assert len(found) == 3
    assert all(measure_at("2025-01-08")(mention).euro is None for mention in found)
