"""German words to their stems, as Snowball has them (snowballstem.org/algorithms/german), but made sooner.

The same stems as those of Whoosh's stemmer, which follows Snowball's first version: the index of a library
need not be made anew. Every new word of a text passes here: the last letter is looked at before endings are
tried, and regions of a word are places in it, not copies.
"""

from __future__ import annotations

import re

_VOWELS = "aeiouyäöü"
_BETWEEN_VOWELS = re.compile(rf"([{_VOWELS}])([uy])(?=[{_VOWELS}])")  # such a u or y is no vowel
_REGION = re.compile(rf"[{_VOWELS}][^{_VOWELS}]")
_UMLAUTS = str.maketrans("äöü", "aou")
_BEFORE_S, _BEFORE_ST = frozenset("bdfghklmnrt"), frozenset("bdfghklmnt")


def stem(word: str) -> str:
    """Return the stem of a German word."""
    word = word.lower().replace("ß", "ss")
    marked = _BETWEEN_VOWELS.sub(lambda match: match[1] + match[2].upper(), word)
    region = _REGION.search(marked)
    if region is None:
        return _plain(marked)
    first = max(region.end(), 3)
    further = _REGION.search(marked, region.end())
    second = further.end() if further else len(marked)
    return _plain(_derived(_inflected(_declined(marked, first), first), first, second))


def _plain(word: str) -> str:
    if not word.isascii():
        word = word.translate(_UMLAUTS)
    return word.replace("U", "u").replace("Y", "y")


def _declined(word: str, first: int) -> str:
    """Take off -ern, -em, -er, -en, -es, -e and -s where they stand in the first region."""
    last = word[-1]
    if last == "s" and not word.endswith("es", first):
        return word[:-1] if len(word) > first and word[-2] in _BEFORE_S else word
    if last not in "nmrse":
        return word
    ending = next((each for each in ("ern", "em", "er", "en", "es", "e") if word.endswith(each, first)), "")
    if not ending:
        return word
    left = word[: -len(ending)]
    return left[:-1] if ending in ("en", "es", "e") and left.endswith("niss") else left


def _inflected(word: str, first: int) -> str:
    """Take off -est, -en, -er and -st."""
    if word.endswith(("est", "en", "er"), first):
        return word[:-3] if word[-1] == "t" else word[:-2]
    if word.endswith("st", first) and len(word) >= 6 and word[-3] in _BEFORE_ST:
        return word[:-2]
    return word


def _derived(word: str, first: int, second: int) -> str:
    """Take off -isch, -lich, -heit, -keit, -end, -ung, -ig and -ik where they stand in the second region."""
    if len(word) <= second or word[-1] not in "htdgk":
        return word
    region = word[second:]
    if region.endswith(("end", "ung")):
        is_double = region[-5:-3] == "ig" and region[-6:-5] != "e"
        return word[:-5] if is_double else word[:-3]
    if region.endswith(("isch", "ig", "ik")):
        size = 4 if region[-1] == "h" else 2
        return word if region[-size - 1 : -size] == "e" else word[:-size]
    if region.endswith(("lich", "heit")):
        return word[:-6] if word[first:][-6:-4] in ("er", "en") else word[:-4]
    if region.endswith("keit"):
        return word[:-8] if region[-8:-4] == "lich" else word[:-6] if region[-6:-4] == "ig" else word[:-4]
    return word
