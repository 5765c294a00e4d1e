"""Names of persons, organisations, places, events and other things, by rules and lists.

Candidates (`name_spans`) are weighed by evidence (`name_evidence`); what one occurrence shows counts for
all occurrences of the same form in the article, and a surname follows its full name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from desktop.extraction.gazetteer import lists
from desktop.extraction.name_evidence import KINDS, Witness, score, weights
from desktop.extraction.name_spans import Span, SpanFinder
from desktop.extraction.name_tokens import NameTokens
from desktop.model import Block, Mention, MentionKind, Source

_SHARED: Final = 0.5  # how much the other occurrences of a form count
_PERSON: Final = KINDS.index(MentionKind.PERSON)


def find_names(text: str, lang: str, blocks: Sequence[Block] = ()) -> list[Mention]:
    """Return the mentions of persons, organisations, places, events and other named things, in order.

    lang: one of `model.LANGUAGES`. blocks: the text's structure, where known. Never overlapping.
    """
    known = lists(lang)
    tokens = NameTokens(text, known.sets["abbreviations"])
    witness = Witness(tokens, known)
    table = weights(known.lang)
    spans = SpanFinder(tokens, known).find()
    reasons = []
    for span in spans:
        evidence = witness.evidence(span)
        reasons.append(evidence)
        span.scores = score(evidence, table)
    _share(spans, tokens)
    mentions = []
    for span, evidence in zip(spans, reasons, strict=True):
        best = max(range(len(KINDS)), key=span.scores.__getitem__)
        kind = KINDS[best]
        if kind is not None:
            mentions.append(_mention(tokens, span, kind, _reason(evidence, table, best)))
    return mentions


def _share(spans: list[Span], tokens: NameTokens) -> None:
    """Let all occurrences of a form, and a surname and its full name, speak for each other."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[tokens.slice(span.start, span.end)].append(span)
    surnames: set[str] = set()
    for form, group in groups.items():
        total = [sum(column) for column in zip(*(span.scores for span in group), strict=True)]
        for span in group:
            span.scores = [own + _SHARED * (all_ - own) for own, all_ in zip(span.scores, total, strict=True)]
        if " " in form and max(group[0].scores) == group[0].scores[_PERSON]:
            words = form.split()
            surnames.update(" ".join(words[i:]) for i in range(1, len(words)))
    for form, group in groups.items():
        if form in surnames or form[:1].lower() + form[1:] in surnames:
            for span in group:
                span.scores[_PERSON] += 4


def _reason(evidence: list[str], table: dict[str, tuple[float, ...]], best: int) -> str:
    return max(evidence, key=lambda piece: table[piece][best] - table[piece][0] if piece in table else -9.0)


def _mention(tokens: NameTokens, span: Span, kind: MentionKind, rule: str) -> Mention:
    start, end = tokens.start[span.start], tokens.end[span.end - 1]
    return Mention(start, end, tokens.text[start:end], kind, Source.RULE, 0.8, rule)
