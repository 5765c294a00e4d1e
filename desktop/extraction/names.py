"""Names of persons, organisations, places, events and other things, by rules and lists.

Candidates (`name_spans`) are weighed by evidence (`name_evidence`); what one occurrence shows counts for
all occurrences of the same form in the article, and a surname follows its full name.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction.gazetteer import lists
from desktop.extraction.name_document import again, best, share
from desktop.extraction.name_evidence import KINDS, Witness, score, weights
from desktop.extraction.name_spans import Span, SpanFinder
from desktop.extraction.name_tokens import NameTokens
from desktop.extraction.quick import mention_of
from desktop.model import Block, Mention, MentionKind, Source


def find_names(text: str, lang: str, blocks: Sequence[Block] = ()) -> list[Mention]:
    """Return the mentions of persons, organisations, places, events and other named things, in order.

    lang: one of `model.LANGUAGES`. Never overlapping. blocks: the text's structure; the rules need none of
    it (lines tell headings), other recognisers may.
    """
    known = lists(lang)
    tokens = NameTokens(text, known.sets["abbreviations"])
    witness = Witness(tokens, known)
    table = weights(known.lang)
    spans = SpanFinder(tokens, known).find()
    for span in spans:
        span.evidence = witness.evidence(span)
        span.scores = score(span.evidence, table)
    share(spans, tokens)
    mentions = []
    for span in again(spans, tokens, known.sets["function_words"]):
        winner = best(span.scores)
        kind = KINDS[winner]
        if kind is not None:
            mentions.append(_mention(tokens, span, kind, _reason(span, table, winner)))
    return mentions


def _reason(span: Span, table: dict[str, tuple[float, ...]], kind: int) -> str:
    """Return the piece of evidence that spoke most for the kind."""
    pieces = [piece for piece in span.evidence if piece in table]
    return max(pieces, key=lambda piece: table[piece][kind] - table[piece][0], default=span.rule)


def _mention(tokens: NameTokens, span: Span, kind: MentionKind, rule: str) -> Mention:
    start, end = tokens.start[span.start], tokens.end[span.end - 1]
    return mention_of(start, end, tokens.text[start:end], kind, Source.RULE, 0.8, rule)
