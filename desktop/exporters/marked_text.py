"""The text of an article cut into pieces that each look one way: highlighted, emphasised, linked, a name."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.exporters.base import ExportArticle, ExportNote, ExportText
from desktop.i18n import _, format_amount, format_number, kind_name
from desktop.model import ACTOR_KINDS, AMOUNT_KINDS, Amount, Block, InlineKind, Mention, MentionKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block that looks the same throughout."""

    text: str
    emphasis: bool = False
    target: str = ""  #: of a link
    note: int | None = None  #: number of the note that highlights it, counted from 0
    ends_note: bool = False  #: the highlight ends here
    mention: Mention | None = None


def pieces(
    whole: ExportText, block: Block, notes: Sequence[ExportNote], *, mentions: bool = True
) -> Iterator[Piece]:
    """Yield the pieces of a block. notes: those of the article; the innermost highlight wins.

    mentions: tell names and amounts apart too.
    """
    spans = [
        (number, note.start, note.end)
        for number, note in enumerate(notes)
        if note.start is not None and note.end is not None and _meets(note.start, note.end, block)
    ]
    inlines = [inline for inline in whole.inlines if _meets(inline.start, inline.end, block)]
    marked = [one for one in whole.mentions if mentions and _meets(one.start, one.end, block)]
    cuts = {block.start, block.end}
    places_in = [(start, end) for _n, start, end in spans]
    places_in += [(inline.start, inline.end) for inline in inlines]
    places_in += [(one.start, one.end) for one in marked]
    for span in places_in:
        cuts |= {place for place in span if block.start < place < block.end}
    places = sorted(cuts)
    for start, end in itertools.pairwise(places):
        over = [span for span in spans if span[1] <= start and end <= span[2]]
        number = max(over, key=lambda span: (span[1], -span[2]))[0] if over else None
        here = [inline for inline in inlines if inline.start <= start and end <= inline.end]
        yield Piece(
            whole.text[start:end],
            any(inline.kind is InlineKind.EMPHASIS for inline in here),
            next((inline.target for inline in here if inline.kind is InlineKind.LINK), ""),
            number,
            number is not None and notes[number].end == end,
            next((one for one in marked if one.start <= start and end <= one.end), None),
        )


def _meets(start: int, end: int, block: Block) -> bool:
    return start < block.end and end > block.start


def body_blocks(whole: ExportText) -> list[Block]:
    """Return the blocks of a text but its title."""
    return [block for block in whole.blocks if block.kind != "title"]


# What an article is about, for the tables under it


def actors_of(article: ExportArticle) -> list[tuple[str, MentionKind | None, int]]:
    """Return (name, kind, mentions) of the actors, the most mentioned first.

    Of a whole article all of them; otherwise those in the quotes, whose kind is not told.
    """
    counts: dict[tuple[str, MentionKind | None], int] = {}
    if article.whole is not None:
        for one in article.whole.mentions:
            if one.kind in ACTOR_KINDS:
                key = (one.actor or one.text, one.kind)
                counts[key] = counts.get(key, 0) + 1
    else:
        for note in article.notes:
            for name in note.actors:
                counts[name, None] = counts.get((name, None), 0) + 1
    return [(name, kind, n) for (name, kind), n in sorted(counts.items(), key=lambda item: -item[1])]


def actor_heads(article: ExportArticle) -> tuple[str, ...]:
    """Return the heads of the table of actors; their kinds are known of whole articles."""
    if article.whole is None:
        return _("Name"), _("Mentions")
    return _("Name"), _("Kind"), _("Mentions")


def actor_cells(
    article: ExportArticle, actors: Iterable[tuple[str, MentionKind | None, int]]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of actors."""
    for name, kind, count in actors:
        if article.whole is None:
            yield name, format_number(count)
        else:
            yield name, kind_name(kind) if kind else "", format_number(count)


def amounts_of(article: ExportArticle) -> list[tuple[str, Amount, str]]:
    """Return (as written, value, sentence or quote) of the amounts, in reading order."""
    if article.whole is not None:
        text = article.whole.text
        return [
            (m.text, m.amount, " ".join(text[m.sense.start : m.sense.end].split()) if m.sense else "")
            for m in article.whole.mentions
            if m.kind in AMOUNT_KINDS and m.amount is not None
        ]
    return [
        (written, amount, " ".join(note.quote.split()))
        for note in article.in_reading_order()
        for written, amount in note.amounts
    ]


def facts_of(note: ExportNote) -> Iterator[str]:
    """Yield what is told under a note besides its tags and its way back: actors, amounts, place, colour."""
    if note.actors:
        yield _("Actors: {actors}").format(actors=", ".join(note.actors))
    if note.amounts:
        amounts = "; ".join(f"{written} ({format_amount(amount)})" for written, amount in note.amounts)
        yield _("Amounts: {amounts}").format(amounts=amounts)
    if note.is_orphan:
        yield _("This passage is no longer in the text")
    if note.quote:
        yield _("colour {number}").format(number=note.colour)
