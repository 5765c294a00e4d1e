"""Text -> mentions: names, amounts and dates, as pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from desktop.errors import Problem, ProblemKind
from desktop.extraction import actors as _actors
from desktop.extraction import model as _model
from desktop.extraction import names as _names
from desktop.extraction import sense as _sense
from desktop.extraction import values as _values
from desktop.model import Block, Mention, Rule
from desktop.resources import resource

_VERSION: Final = 3  # to be raised when recognisers change
_LONGEST_PART: Final = 50_000  # code points: at most 100 kB for a regular expression, as a rule
RULES: Final = "rules"
MODEL: Final = "model"
RECOGNISERS: Final = (RULES, MODEL)  #: what `names` may be
STAMP: str  #: see `stamp`


def best_recogniser() -> str:
    """Return which of `RECOGNISERS` finds names best of those that work here: loads the model if it can."""
    return MODEL if _model.available() else RULES


@lru_cache(maxsize=1)
def names_stamp() -> str:
    """Return a string that changes whenever the model finds other names: what it found before counts no more.

    Word lists are left out: a model takes too long to ask again whenever one word is added.
    """
    return f"{_model.VERSION}-{hashlib.sha256(_model.about()).hexdigest()[:12]}"


@lru_cache(maxsize=len(RECOGNISERS))
def stamp(names: str = RULES) -> str:
    """Return a string that changes whenever recognisers or their data change.

    names: which recogniser finds the names.
    """
    digest = hashlib.sha256()
    if names == MODEL:
        digest.update(names_stamp().encode())
    for folder in ("languages", "gazetteers"):
        for path in sorted(resource(folder).rglob("*")):
            if path.suffix in (".toml", ".txt"):
                digest.update(path.name.encode() + path.read_bytes())
    return f"{_VERSION}-{digest.hexdigest()[:12]}"


def __getattr__(name: str) -> str:
    if name == "STAMP":
        return stamp()
    raise AttributeError(name)


def extract(
    text: str,
    *,
    lang: str,
    reference: str | None,
    blocks: Sequence[Block] = (),
    names: str = RULES,
    found_names: Sequence[Mention] | None = None,
    rules: Sequence[Rule] = (),
    article_id: str = "",
) -> list[Mention]:
    """Return all mentions of a text, sorted, not overlapping.

    lang: one of `model.LANGUAGES`. reference: the article's date, partial ISO. names: which recogniser finds
    the names; found_names: what `find_names` gave before, which is believed then. rules: the reader's
    corrections; those about one article count where its id is article_id.
    Raises Problem UNKNOWN_VALUE for another recogniser, or one that cannot be used here.
    """
    values: list[Mention] = []
    for start, end in _parts(text):
        values += (_moved(m, start) for m in _values.find_values(text[start:end], lang, reference))
    found = find_names(text, lang, blocks, names) if found_names is None else found_names
    mentions = _actors.link(text, _without_overlaps(found, values), lang)
    if rules:
        mentions = _actors.apply_rules(mentions, rules, text, article_id)
    return _sense.with_senses(text, lang, blocks, mentions)


def find_names(text: str, lang: str, blocks: Sequence[Block] = (), names: str = RULES) -> list[Mention]:
    """Return the names in a text as a recogniser finds them, in order: no actors, roles or rules yet.

    Raises Problem UNKNOWN_VALUE for another recogniser, or one that cannot be used here.
    """
    if names not in RECOGNISERS:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "names", names)
    find = _model.find_names if names == MODEL else _names.find_names
    found: list[Mention] = []
    for start, end in _parts(text):
        found += (_moved(m, start) for m in find(text[start:end], lang, blocks))
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text, at the borders of paragraphs where there are any."""
    start = 0
    while len(text) - start > _LONGEST_PART:
        limit = start + _LONGEST_PART
        cut = max(text.rfind("\n\n", start, limit) + 2, start)
        if cut <= start + 1:
            cut = max(text.rfind("\n", start, limit), text.rfind(" ", start, limit)) + 1
        if cut <= start:
            cut = limit
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by) if by else mention


def _without_overlaps(names: Sequence[Mention], values: Sequence[Mention]) -> list[Mention]:
    """Join both, the longest winning where they overlap; of equally long ones the value."""
    ranked = sorted([*values, *names], key=lambda m: (m.start - m.end, m.start))
    taken: list[Mention] = []
    covered: set[int] = set()
    for mention in ranked:
        places = range(mention.start, mention.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(mention)
    return sorted(taken, key=lambda m: m.start)
