"""A few words around a passage, for lists in which the text itself has no room."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-ZÀ-Þ“\"'‘0-9])|\n+")
_FAR = 400  # characters in which the ends of a sentence are looked for
_BEFORE, _AFTER = 34, 52  # characters kept on each side


def around(text: str, start: int, end: int) -> str:
    """Return the sentence of `[start, end)`, cut at words to what two short lines hold."""
    before = _END.split(text[max(0, start - _FAR) : start])[-1]
    after = _END.split(text[end : end + _FAR], maxsplit=1)[0]
    head, tail = before, after
    if len(head) > _BEFORE:
        head = "…" + head[-_BEFORE:].partition(" ")[2]
    if len(tail) > _AFTER:
        tail = tail[:_AFTER].rpartition(" ")[0] + "…"
    return " ".join(f"{head}{text[start:end]}{tail}".split())


class Context(NamedTuple):
    """A passage with the rest of its sentence, on one line."""

    before: str
    words: str
    after: str


def context(text: str, start: int, end: int) -> Context:
    """Return a passage of a text with what belongs to its sentence."""
    before, after = within_sentence(text[max(0, start - _FAR) : start], text[end : end + _FAR])
    return Context(before, " ".join(text[start:end].split()), after)


def within_sentence(before: str, after: str) -> tuple[str, str]:
    """Return of the text on both sides of a passage what belongs to its sentence, on one line."""
    pieces = _END.split(before)
    head, tail = pieces[-1], _END.split(after, maxsplit=1)[0]
    if (
        len(pieces) == 1 and " " in head.strip() and len(head) > 300
    ):  # the sentence began before what was read
        head = "…" + head.partition(" ")[2]
    return " ".join(f"{head}|".split())[:-1], " ".join(f"|{tail}".split())[1:]
