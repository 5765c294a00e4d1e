"""Names as they are compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_FEW = 50  # names that are made one by one
_BETWEEN = "ꙮꙮ"  # a word, so that it stays, and not of one letter, so that it is no initial
_APOSTROPHES = re.compile(r"['’‘`´.]")
_OTHERS = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?<!\S)\w(?: \w)+(?!\S)")


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """Return the form in which names are compared: no case, accents or punctuation, single spaces.

    Initials stand together however they were written: "V.S." and "V S" are "vs".
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    folded = apart
    if not apart.isascii():
        found = set(apart)
        marks = "".join(letter for letter in found if unicodedata.combining(letter))
        folded = (re.sub(f"[{marks}]", "", apart) if marks else apart).casefold()
        if not _UNDECOMPOSED.keys().isdisjoint(map(ord, found)):
            folded = folded.translate(_UNDECOMPOSED)
    words = _OTHERS.sub(" ", _APOSTROPHES.sub("", re.sub(r"\.(?=\w\w)", " ", folded))).strip()
    return _INITIALS.sub(lambda run: run[0].replace(" ", ""), words) or name.casefold().strip()


def normal_all(names: Sequence[str]) -> list[str]:
    """Return `normal` of each name; of many at once, this takes a fraction of the time."""
    if len(names) < _FEW or any(_BETWEEN in name for name in names):
        return [normal(name) for name in names]
    # ASCII apart: one letter with an accent makes the whole run slow.
    found = dict.fromkeys(names, "")
    for is_ascii in (True, False):
        some = [name for name in found if name.isascii() is is_ascii]
        run = normal.__wrapped__(f" {_BETWEEN} ".join(some)).split(_BETWEEN)
        found.update(
            (name, stored.strip() or name.casefold().strip()) for name, stored in zip(some, run, strict=False)
        )
    return [found[name] for name in names]


def roles_once(roles: Iterable[str]) -> list[str]:
    """Return roles, each once: "Minister" at the beginning of a sentence is no other than "minister"."""
    found: dict[str, str] = {}
    for role in roles:
        found.setdefault(role.casefold(), role)
    return list(found.values())


def worth(name: str) -> tuple[bool, bool, int, int, str]:
    """Order the ways to write one name, the best last: not all capitals or all small, with accents, short."""
    accents = sum(unicodedata.combining(letter) > 0 for letter in unicodedata.normalize("NFD", name))
    mixed = not name.isupper() or len(name) <= 4  # "NAVO" is how it is written, "MACRON" is a headline
    return mixed, not name.islower(), accents, -len(name), name
