"""German names as they are called alone: "der Deutschen Grammophon" -> "Deutsche Grammophon".

The word in front tells the case, the head of the name (by its ending) the gender where the case does not.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.extraction.gazetteer import NameLists

_WORD: Final = re.compile(r"[^\W\d_]+")
_LAST_WORD: Final = re.compile(r"([^\W\d_]+)\s+$")
_ADJECTIVE: Final = re.compile(r"([^\W\d_][\w-]*?)(en|e)(?= )")
_FEMININE: Final = frozenset("der zur einer dieser ihrer seiner".split())
_OF: Final = frozenset("des eines dieses".split())
_TO: Final = frozenset("dem im am vom zum beim einem diesem".split())
_THESE: Final = frozenset("die".split())
_THEM: Final = frozenset("den einen diesen".split())


def nominative(name: str, before: str, known: NameLists) -> str:
    """Return an organisation's, place's or event's name as it stands alone.

    before: the text in front of it, on the same line. known: the German lists.
    """
    found = _LAST_WORD.search(before)
    case = found[1].lower() if found else ""
    ends = _adjectives(name, known)
    head = _head(name[ends:])
    if case in _OF:
        bare = _without_genitive(head)
        if bare != head and _gender(bare, known):
            name = name[:ends] + name[ends:].replace(head, bare, 1)
            head = bare
    if ends == 0:
        return name
    ending = _ending(case, name[:ends], _gender(head, known))
    if ending is None:
        return name
    return _ADJECTIVE.sub(lambda word: word[1] + ending, name[:ends]) + name[ends:]


def _adjectives(name: str, known: NameLists) -> int:
    """Return where the adjectives that the name begins with end, the space included."""
    at = 0
    while (word := _ADJECTIVE.match(name, at)) is not None:
        stem = word[1].lower()
        if stem not in known.sets["name_adjectives"] and not stem.endswith(
            known.endings["adjective_endings"]
        ):
            break
        at = word.end() + 1
    return at


def _head(rest: str) -> str:
    """Return the noun the adjectives belong to: the last of "Patent- und Markenamt"."""
    word = _WORD.match(rest)
    while word is not None and rest[word.end() : word.end() + 1] == "-":
        behind = re.compile(r"-(?: (?:und|oder) )?([^\W\d_]+)").match(rest, word.end())
        if behind is None:
            break
        word = _WORD.match(rest, behind.start(1))
    return word[0] if word else ""


def _gender(head: str, known: NameLists) -> str:
    """Return the masculine or neuter ending of an adjective before the head, "" where it is neither."""
    low = head.lower()
    longest = {
        ending: max((len(end) for end in known.endings[key] if low.endswith(end)), default=0)
        for ending, key in (("er", "masculine_heads"), ("es", "neuter_heads"))
    }
    best = max(longest, key=longest.__getitem__)
    return best if longest[best] else ""


def _ending(case: str, adjectives: str, gender: str) -> str | None:
    """Return the ending the adjectives have alone, None where nothing tells."""
    if adjectives.rstrip().endswith("en"):
        if case in _FEMININE or case in _THESE:
            return "e"
        if case in _OF or case in _TO:
            return gender or None
        return "er" if case in _THEM and gender == "er" else None
    if case == "der":
        return "er"
    return "es" if case == "das" else None


def _without_genitive(head: str) -> str:
    for ending in ("es", "s"):
        bare = head.removesuffix(ending)
        if bare != head and len(bare) > 3 and not bare.endswith(("s", "es")):
            return bare if ending == "s" or bare[-1] not in "aeiou" else head
    return head
