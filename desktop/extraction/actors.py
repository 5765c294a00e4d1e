"""Mentions -> actors: one canonical name and role for each; and the reader's corrections.

The canonical name is the well-known full form of a listed actor, else the fullest form in the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desktop.extraction import corrections as _corrections
from desktop.extraction.gazetteer import NameLists, lists
from desktop.model import ACTOR_KINDS, Mention, MentionKind, Rule


def link(text: str, mentions: Sequence[Mention], lang: str) -> list[Mention]:
    """Return the mentions with `actor` (canonical name, actor kinds only) and `role` (persons)."""
    known = lists(lang)
    forms: dict[tuple[str, MentionKind], str] = {}
    people = _people(mentions)
    for mention in mentions:
        if mention.kind in ACTOR_KINDS and (mention.text, mention.kind) not in forms:
            forms[mention.text, mention.kind] = _canonical(mention, known, people)
    return [
        replace(m, actor=forms[m.text, m.kind], role=_role(text, m, known)) if m.kind in ACTOR_KINDS else m
        for m in mentions
    ]


def _people(mentions: Sequence[Mention]) -> dict[str, list[str]]:
    """Return the full names of persons by each of their endings."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(m.text for m in mentions if m.kind == MentionKind.PERSON and " " in m.text):
        words = name.split()
        for i in range(1, len(words)):
            found[" ".join(words[i:])].append(name)
    return found


def _canonical(mention: Mention, known: NameLists, people: dict[str, list[str]]) -> str:
    form = mention.text
    if mention.kind == MentionKind.PERSON:
        full = people.get(form) or people.get(form[:1].lower() + form[1:]) or []
        return full[0] if len(full) == 1 else form
    entry = known.entry(form)
    if entry is not None and entry.kind == mention.kind:
        return entry.name
    return form


def _role(text: str, mention: Mention, known: NameLists) -> str | None:
    if mention.kind != MentionKind.PERSON:
        return None
    before = text[max(0, mention.start - 60) : mention.start]
    words = before.split()
    if words and before[-1:] == " " and words[-1].lower() in known.sets["roles"]:
        return words[-1]
    return None


def apply_rules(
    mentions: Sequence[Mention], rules: Sequence[Rule], text: str, article_id: str
) -> list[Mention]:
    """Return the mentions as the reader's corrections say; later rules win. Changes nothing it is given.

    text: the article's. article_id: its id; rules about another article are passed over.
    """
    return _corrections.apply_rules(mentions, rules, text, article_id)
