"""What an amount is for: the sentence it stands in, and the few words of it that say so.

Everything is read from the sentence's own words: a noun the amount is linked to ("een boete van …"), a
preposition behind it ("… voor een datacenter"), a verb that measures its subject ("de brug kost …"). Amounts
and dates count as one token each, nothing is looked for beyond a clause, and an amount looks a bounded
number of tokens far, so the work is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter

from desktop.extraction.quick import mention_of
from desktop.extraction.sense_phrases import LONGEST, Clause, lower
from desktop.extraction.sense_rules import may_have_purpose, purpose
from desktop.extraction.sense_words import sense_words
from desktop.extraction.sentences import Sentences
from desktop.model import ACTOR_KINDS, AMOUNT_KINDS, Block, Mention, MentionKind, Sense

# `dataclasses.replace` takes twice as long, and every amount of every article is remade here.
_NAMES = [field.name for field in fields(Mention)]
_SENSE = _NAMES.index("sense")
_fields = attrgetter(*_NAMES)
_mention: Callable[..., Mention] = mention_of


def with_senses(text: str, lang: str, blocks: Sequence[Block], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, in the order given, each amount with its `sense`; the others as they are.

    lang: one of `model.LANGUAGES`. Offsets of blocks and mentions are code points of the text.
    """
    amounts: list[int] = []  # places in mentions
    values: list[Mention] = []
    names: list[Mention] = []
    for number, mention in enumerate(mentions):
        if mention.kind in AMOUNT_KINDS:
            amounts.append(number)
            values.append(mention)
        elif mention.kind in ACTOR_KINDS:
            names.append(mention)
        elif mention.kind == MentionKind.DATE:
            values.append(mention)
    result = list(mentions)
    if not amounts:
        return result
    for group in (values, names):
        group.sort(key=attrgetter("start"))
    words = sense_words(lang)
    sentences = Sentences(
        text, blocks, words, [(mentions[number].start, mentions[number].end) for number in amounts]
    )
    starts = [value.start for value in values]
    name_starts = [name.start for name in names]
    low = lower(text)
    clauses: dict[int, Clause] = {}
    for number in amounts:
        mention = mentions[number]
        start, end = sentences.at(mention.start)
        told = None
        if may_have_purpose(text, mention, words):
            clause = clauses.get(start)
            if clause is None:
                inside = values[bisect_left(starts, start) : bisect_right(starts, end)]
                clause = clauses[start] = Clause(text, low, start, end, inside, words)
            told = _with_whole_name(text, purpose(clause, mention), names, name_starts, mention)
        held = _fields(mention)
        result[number] = _mention(*held[:_SENSE], Sense(start, end, told), *held[_SENSE + 1 :])
    return result


def _with_whole_name(
    text: str, place: tuple[int, int] | None, names: Sequence[Mention], starts: Sequence[int], amount: Mention
) -> tuple[int, int] | None:
    """Return a purpose that does not end within a name ("Handelsbank Van | Houwelingen")."""
    if place is None:
        return None
    start, end = place
    at = bisect_left(starts, end) - 1
    if at >= 0 and names[at].start >= start and names[at].end > end:
        longer = names[at].end
        whole = longer == len(text) or not (text[longer].isalnum() or text[longer] in "-‑")
        if whole and longer - start <= LONGEST and (longer <= amount.start or end > amount.start):
            return start, longer
    return place


def actors_in(mentions: Sequence[Mention], sense: Sense) -> list[Mention]:
    """Return the first mention of each actor within the sentence, in order."""
    first: dict[tuple[MentionKind, str], Mention] = {}
    inside = (m for m in mentions if m.kind in ACTOR_KINDS and sense.start <= m.start and m.end <= sense.end)
    for mention in sorted(inside, key=lambda m: m.start):
        first.setdefault((mention.kind, mention.actor or mention.text), mention)
    return list(first.values())
