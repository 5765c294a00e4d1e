"""Frozen objects made quickly are the same as those made by their class."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from decimal import Decimal

import pytest

from desktop.extraction.quick import amount_of, mention_of, period_of, quick
from desktop.model import Amount, Mention, MentionKind, Period


def test_what_is_made_equals_what_the_class_makes() -> None:
    amount = amount_of(Decimal(70), None, None, "EUR")
    assert amount == Amount(value=Decimal(70), unit="EUR")
    assert period_of(low="2025", high="2026") == Period(low="2025", high="2026")
    made = mention_of(0, 7, "70 euro", MentionKind.MONEY, amount=amount)
    called = Mention(0, 7, "70 euro", MentionKind.MONEY, amount=Amount(value=Decimal(70), unit="EUR"))
    assert type(made) is Mention
    assert made == called
    assert (hash(made), repr(made)) == (hash(called), repr(called))


def test_what_is_made_is_frozen_and_can_be_copied() -> None:
    made = mention_of(0, 4, "2025", MentionKind.DATE, period=period_of("2025"))
    with pytest.raises(FrozenInstanceError):
        made.start = 1  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(made)) == copy.copy(made) == replace(made) == made


def test_what_the_class_needs_must_be_given() -> None:
    with pytest.raises(TypeError):
        mention_of(0, 4)  # type: ignore[call-arg]


def test_a_class_without_slots_is_refused() -> None:
    @dataclass(frozen=True)
    class Loose:
        value: int

    with pytest.raises(TypeError):
        quick(Loose)
