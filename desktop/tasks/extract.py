"""Mark a text, with or without a library; and mark again what older recognisers marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop.errors import Problem, ProblemKind
from desktop.extraction import amounts, extract, language, stamp
from desktop.library import articles, mentions, rules
from desktop.library.database import Priority
from desktop.model import LANGUAGES, Block, Mention, Rule
from desktop.progress import Progress
from desktop.tasks.session import Session

_BATCH = 50  # articles read at once
_TELLS_LANGUAGE = 5_000  # characters at the beginning that decide the language


def mark(
    text: str,
    *,
    lang: str | None = None,
    reference: str | None = None,
    blocks: Sequence[Block] = (),
    known_rules: Sequence[Rule] = (),
) -> tuple[str, list[Mention]]:
    """Return (language, mentions) of a text; lang None = to be detected.

    reference: the article's date, partial ISO. Raises Problem UNKNOWN_VALUE for another language.
    """
    if lang is not None and lang not in LANGUAGES:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "lang", lang)
    lang = lang or language.detect(text[:_TELLS_LANGUAGE])
    return lang, extract(text, lang=lang, reference=reference, blocks=tuple(blocks), rules=tuple(known_rules))


def mark_again(session: Session, progress: Progress) -> int:
    """Re-extract the articles that older recognisers marked; return how many. Can be stopped at any step."""
    library = session.library
    done = 0
    while rows := mentions.stale(library.reader(), stamp(), _BATCH):
        known = rules.all_rules(library.reader())
        for article in articles.by_rows(library.reader(), rows):
            progress.step(done, 0, article.title)
            version = articles.text(library.reader(), article.id)
            _lang, found = mark(
                version.text,
                lang=article.lang,
                reference=article.published,
                blocks=version.blocks,
                known_rules=known,
            )
            store = partial(
                mentions.replace,
                row=article.row,
                mentions=found,
                stamp=stamp(),
                measure=measure,
                version=version.number,  # a newer one may have come in meanwhile, with mentions of its own
            )
            library.write(store, priority=Priority.IDLE)
            done += 1
    return done


def measure(mention: Mention) -> tuple[str, float | None, float | None]:
    """Return what an amount can be compared with, and its ends in base units, as the library keeps them."""
    dimension, low, high = amounts.measure(mention)
    return dimension, None if low is None else float(low), None if high is None else float(high)
