"""Dutch words to their stems: inflection only (plurals, adjectives, regular verb forms, diminutives).

Our own rules, because the Snowball stemmers miss what readers expect (in the first Dutch one bedrijf and
bedrijven, brug and bruggen, groeien and groeit have different stems) or go too far (in the second minister is
mini, gemeente is meen). A stem is a key, not a word: it matters only that the forms of one word share it and
that different words rarely do. Measured in tests/search/test_dutch.py. Every new word of a text passes here:
the last letter is looked at before a regular expression is tried.

Stages: plural -s, then -en and -e with the spelling put right, then -s of what is left (reeksen, reeks), then
-t and -d of verbs with the ge- of participles. Irregular words are in resources/languages/nl/stems.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from desktop.resources import resource
from desktop.search.analysis import fold

_VOWELS = "aeiouy"


@lru_cache(maxsize=1)
def _irregular() -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return the stems of whole words and of endings (also of compounds); and the endings, longest first."""
    with resource("languages", "nl", "stems.toml").open("rb") as file:
        table = tomllib.load(file)
    return table["words"], table["endings"], tuple(sorted(table["endings"], key=len, reverse=True))


def stem(word: str) -> str:
    """Return the stem of a Dutch word."""
    word = fold(word)
    words, replaced, endings = _irregular()
    if word in words:
        return words[word]
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith(endings):
        ending = next(ending for ending in endings if word.endswith(ending))
        return _normal(word.removesuffix(ending) + replaced[ending])
    word = _without_s(_without_diminutive(word))
    word = _without_cluster_s(_without_en(word))
    return _normal(_without_verb_ending(word))


_DIMINUTIVE = re.compile(
    r"(?P<short>[^aeiou][aeiou])(?P<double>[bglmnr])(?P=double)etjes?$"  # balletje
    r"|(?<=ng)etjes?$|(?<=[lnrwaeiouy])tjes?$|(?<=m)pjes?$|(?<=[bcdfgkpst])jes?$"
)


def _without_diminutive(word: str) -> str:
    match = _DIMINUTIVE.search(word) if word.endswith(("je", "jes")) else None
    if match is None or match.start() < 2:
        return word
    return word[: match.start()] + (match["short"] + match["double"] if match["double"] else "")


_PLURAL_S = re.compile(
    r"(?:(?<=..[^aeiouy])e[lmnr]|(?<=[^aeiouy])ie|(?<=.i)er|eur|eau|aar"  # ministers, acties, officiers
    r"|(?<=[dst])or|(?<=..)ing|(?<=[^aeiouycr])e|(?<=[^dgpr]r)e|y"  # motors, meetings, codes, theatres, babys
    r"|(?<=[^aeiouy]e)t|(?<=b)ot|[uo]g|[bfklmpw])s$"  # tickets, robots, blogs, chips
)
_KEEPS_S = re.compile(r"(?:^[^aeiou]*ie|[rv]lie|dvie|reci|recie|beur|deur|jaar)s$")
_CLUSTER_S = re.compile(r"[fklmp]s$")


def _without_s(word: str) -> str:
    if word[-1] == "s" and len(word) >= 5 and _PLURAL_S.search(word) and not _KEEPS_S.search(word):
        return word[:-1]
    return word


def _without_cluster_s(word: str) -> str:
    """Treat what -en has left as the singular is treated: reeksen, reeks, reek."""
    return word[:-1] if word[-1] == "s" and len(word) >= 5 and _CLUSTER_S.search(word) else word


def _without_en(word: str) -> str:
    """Take off -en or -e and put the spelling right: boten boot, bruggen brug, brieven brief, ideeen idee."""
    if word.endswith("heden") and len(word) > 7:
        return word[:-4] + "eid"
    if word.endswith(("ieen", "eeen")):
        return word[:-2]
    for ending in ("en", "e"):
        base = word.removesuffix(ending)
        if base != word:
            closed = len(base) >= 3 and (base[-1] not in _VOWELS or base[-2:] in ("ai", "oi", "ei"))
            return _respelled(base) if closed and any(letter in _VOWELS for letter in base) else word
    return word


def _respelled(base: str) -> str:
    if base[-1] == base[-2]:
        return base[:-1]
    short = base[-2] in "aou" and base[-3] not in _VOWELS and base[-1] not in _VOWELS + "wxhj"
    if short and base[-2:] != "or":
        base = base[:-1] + base[-2:]  # the vowel was long in an open syllable
    return base[:-1] + {"v": "f", "z": "s"}.get(base[-1], base[-1])


_VERB = re.compile(
    r"(?:(?<=ee)r|(?<=[dtvklm]e)r|(?<=klaa)r|(?<=spaa)r|(?<=waa)r"  # investeert, levert, verklaart
    r"|(?<=aa)i|(?<=oe)i|(?<=oo)i|w|m|g"  # groeit, bouwt, komt, zegt
    r"|(?<=ee)f|(?<=ij)f|(?<=oe)f|(?<=r)f|(?<=aa)l|(?<=[dskpb]e)l"  # geeft, sterft, daalt, onderhandelt
    r"|(?<=oo)n|(?<=ee)n|(?<=ie)n|(?<=ke)n)[td]$"  # woont, meent, verdient, erkent
    r"|[klp]t$|dt$|(?<=oo)ft$"  # werkt, telt, loopt, houdt, gelooft
    r"|(?:wij|prij|rei|kie|lie|ei|lee|ree|nee)st$"  # wijst, leest
)
_NO_VERB = re.compile(r"(?:markt|gemeent|^eend|vriend|kend|beeld|middeld|kaart|taart|waard)$")


def _without_verb_ending(word: str) -> str:
    """Take off -t and -d, and then the ge- of a participle: gewerkt werk, investeerd investeer."""
    if len(word) < 4 or word[-1] not in "td" or not _VERB.search(word) or _NO_VERB.search(word):
        return word
    word = word[:-1]
    return word[2:] if word.startswith("ge") and len(word) >= 5 else word


def _normal(word: str) -> str:
    """Spell the end one way: long e single (investeer, invester), kantoor as kantor, f and s for v and z."""
    if len(word) > 3 and word[-1] not in _VOWELS:
        if word[-3:-1] == "ee":
            word = word[:-2] + word[-1]
        elif word.endswith("oor"):
            word = word[:-2] + "r"
        elif word[-1] == word[-2]:
            word = word[:-1]
    return word
