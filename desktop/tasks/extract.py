"""Mark a text: with or without a library."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.errors import Problem, ProblemKind
from desktop.extraction import RULES, amounts, currency, extract, language
from desktop.library.mentions import Measure, Measured
from desktop.model import LANGUAGES, Block, Mention, MentionKind, Rule

_TELLS_LANGUAGE = 5_000  # characters at the beginning that decide the language


def mark(
    text: str,
    *,
    lang: str | None = None,
    reference: str | None = None,
    blocks: Sequence[Block] = (),
    known_rules: Sequence[Rule] = (),
    article_id: str = "",
    names: str = RULES,
    found_names: Sequence[Mention] | None = None,
) -> tuple[str, list[Mention]]:
    """Return (language, mentions) of a text; lang None = to be detected.

    reference: the article's date, partial ISO. article_id: for rules about one article. names: which of
    `RECOGNISERS` finds the names; found_names: what it found before.
    Raises Problem UNKNOWN_VALUE for another language or recogniser.
    """
    if lang is not None and lang not in LANGUAGES:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "lang", lang)
    lang = lang or language.detect(text[:_TELLS_LANGUAGE])
    found = extract(
        text,
        lang=lang,
        reference=reference,
        blocks=tuple(blocks),
        rules=tuple(known_rules),
        article_id=article_id,
        names=names,
        found_names=found_names,
    )
    return lang, found


def measure_at(published: str | None) -> Measure:
    """Return what measures the amounts of an article of this date as the library keeps them.

    Money has its worth in euro too, with ends as wide as its own. A price per unit has none: it is not to be
    compared with sums.
    """

    def measure(mention: Mention) -> Measured:
        dimension, low, high = amounts.measure(mention)
        known = currency.quote(dimension, published) if mention.kind is MentionKind.MONEY else None
        if known is None:
            return Measured(dimension, low, high)
        return Measured(dimension, low, high, (_at(known.rate, low), _at(known.rate, high)))

    return measure


def _at(rate: Decimal, end: float | None) -> float | None:
    """Return what an end is in euro, without the noise of its last digits, which would miss a bound."""
    return None if end is None else float(f"{end / float(rate):.12g}")
