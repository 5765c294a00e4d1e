"""What speaks for and against a candidate being a name of some kind.

Every piece of evidence has a short name; `resources/gazetteers/evidence.toml` gives its weight for each
kind. The heaviest piece for the kind chosen is what a mention's `rule` says.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Final

from desktop.extraction.gazetteer import NameLists
from desktop.extraction.name_spans import Span
from desktop.extraction.name_tokens import CAPITAL, FIGURE, LOWER, MIXED, SIGN, UPPER, NameTokens
from desktop.model import LANGUAGES, MentionKind
from desktop.resources import resource

KINDS: Final = (
    None,
    MentionKind.PERSON,
    MentionKind.ORGANISATION,
    MentionKind.PLACE,
    MentionKind.EVENT,
    MentionKind.OTHER,
)
#: What else a candidate of a kind usually shows: that none of it is there is evidence too.
_SIGNS: Final = {
    "place": frozenset(
        "listed:place unsure:place starts:place ends:place city city:common city:start city:end "
        "head:place noun:place ending:place:one ending:place:several preposition:in preposition:uit "
        "preposition:naar preposition:te preposition:à preposition:en preposition:from preposition:near "
        "preposition:nach preposition:aus".split()
    ),
    "person": frozenset(
        "fullname fullname:common forename forename:common forename:single surname surname:single initial "
        "particle before:role after:age after:verb before:verb".split()
    ),
    "organisation": frozenset(
        "listed:organisation unsure:organisation starts:organisation ends:organisation "
        "head:organisation tail:organisation ending:organisation:one ending:organisation:several "
        "noun:organisation mid:upper mid:mixed has:upper has:mixed ampersand".split()
    ),
}
_NO_WEIGHTS: Final = (0.0,) * len(KINDS)


@lru_cache(maxsize=len(LANGUAGES))
def weights(lang: str) -> dict[str, tuple[float, ...]]:
    """Return the weights of each piece of evidence in a language, in the order of `KINDS`."""
    path = resource("gazetteers", "evidence.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    table = {key: tuple(value) for key, value in data["all"].items()}
    for key, value in data.get(lang, {}).items():
        table[key] = tuple(a + b for a, b in zip(table.get(key, _NO_WEIGHTS), value, strict=True))
    return table


def score(evidence: list[str], table: dict[str, tuple[float, ...]]) -> list[float]:
    """Add the weights up."""
    rows = [table.get(piece, _NO_WEIGHTS) for piece in evidence]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else list(_NO_WEIGHTS)


class Witness:
    """Collects the evidence on candidates of one text."""

    def __init__(self, tokens: NameTokens, lists: NameLists) -> None:
        """Prepare for one text."""
        self.tokens = tokens
        self.lists = lists
        self.sets = lists.sets
        self.small = {w for w, s in zip(tokens.word, tokens.shape, strict=True) if s == LOWER}

    def evidence(self, span: Span) -> list[str]:
        """Return the names of all pieces of evidence."""
        found = ["any"]
        self._own(span, found)
        own = len(found)
        self._before(span, found)
        self._after(span, found)
        if any(piece.startswith("unlisted") for piece in found[:own]):
            found += [f"unlisted|{piece}" for piece in found[own:]]
        found += [f"no:{kind}" for kind, signs in _SIGNS.items() if signs.isdisjoint(found)]
        return found

    def _own(self, span: Span, found: list[str]) -> None:
        tokens, lists, sets = self.tokens, self.lists, self.sets
        start, end = span.start, span.end
        words = [tokens.word[i] for i in range(start, end) if tokens.shape[i] != SIGN]
        shapes = [tokens.shape[i] for i in range(start, end) if tokens.shape[i] != SIGN]
        first, last = words[0], words[-1]
        size = len(words)
        found.append(f"size:{min(size, 4)}")
        if span.entry is not None:
            sure = "unsure" if span.entry.unsure else "listed"
            found.append(f"{sure}:{span.entry.kind.value}")
        elif size > 1 and (inner := lists.match(tokens, start)) is not None and inner[0] < end:
            found.append(f"starts:{inner[1].kind.value}")
        if span.entry is None and size > 1 and (entry := lists.entry(last)) is not None:
            found.append(f"ends:{entry.kind.value}")
        if span.rule:
            found.append(f"rule:{span.rule}:{tokens.word[start]}")
        if size == 1:
            self._single(span, first, shapes[0], found)
        else:
            self._several(span, words, shapes, found)
        if any(ch.isdigit() for ch in tokens.slice(start, end)):
            found.append("digit")
        if first in sets["organisation_heads"] or (
            size > 1 and first not in lists.heads and lists.is_head(first)
        ):
            found.append("head:organisation")
        if first in sets["event_heads"]:
            found.append("head:event")
        if first in sets["other_heads"]:
            found.append("head:other")
        if first in sets["place_heads"]:
            found.append("head:place")
        self._ending(last, size, found)

    def _single(self, span: Span, word: str, known: int, found: list[str]) -> None:
        lists = self.lists
        fresh = self.tokens.first[span.start]
        where = "first" if fresh else "mid"
        found.append(f"{where}:{('lower', 'capital', 'upper', 'mixed', 'figure', 'sign')[known]}")
        low = word.lower()
        known_name = span.entry is not None and not span.entry.unsure
        derived = word in lists.places and low not in lists.words
        common = not known_name and not derived and lists.common(word)
        if common:
            found.append(f"common:{where}")
        if low in self.small:
            found.append(f"small:{where}")
        if word in self.sets["adjectives"]:
            found.append("adjective")
        if word in lists.places:
            found.append("city:common" if common else "city")
        if word in lists.first_names:
            found.append("forename:single")
        if word in lists.surnames:
            found.append("surname:single")
        if (
            span.entry is None
            and known in (CAPITAL, MIXED)
            and not (word in lists.places or word in lists.first_names or word in lists.surnames or common)
        ):
            found.append("unlisted:single")
        if known == UPPER:
            found.append(f"letters:{min(len(word), 6)}")

    def _several(self, span: Span, words: list[str], shapes: list[int], found: list[str]) -> None:
        lists, tokens = self.lists, self.tokens
        first, last = words[0], words[-1]
        if first in lists.first_names:
            sure = lists.is_forename(first)
            found.append("forename" if sure else "forename:common")
            plain = all(s in (CAPITAL, LOWER) for s in shapes)
            particle = any(w in self.sets["particles"] for w in words[1:])
            if plain and (particle or last in lists.surnames or (sure and not lists.common(last))):
                found.append("fullname" if sure else "fullname:common")
        if last in lists.surnames:
            found.append("surname")
        if len(first) == 1 and shapes[0] == CAPITAL:
            found.append("initial")
        if first in lists.places:
            found.append("city:start")
        if last in lists.places:
            found.append("city:end")
        if span.entry is None:
            foreign = sum(w.lower() in lists.foreign for w in words)
            found.append(f"foreign:{'all' if foreign == len(words) else 'some' if foreign else 'none'}")
            if not any(w in lists.first_names or w in lists.surnames or w in lists.places for w in words):
                found.append("unlisted:several")
        if any(s == UPPER for s in shapes):
            found.append("has:upper")
        if any(s == MIXED for s in shapes):
            found.append("has:mixed")
        inside = [w for w, s in zip(words[1:], shapes[1:], strict=True) if s == LOWER]
        if inside:
            found.append("particle" if all(w in self.sets["particles"] for w in inside) else "linking")
        if "-" in tokens.word[span.start : span.end]:
            found.append("hyphen")
        if "&" in tokens.word[span.start : span.end] or "+" in tokens.word[span.start : span.end]:
            found.append("ampersand")
        common = sum(lists.common(w) for w in words)
        found.append(f"common:{'all' if common == len(words) else 'some' if common else 'none'}")
        if tokens.first[span.start]:
            found.append("first:several")

    def _ending(self, last: str, size: int, found: list[str]) -> None:
        sets = self.sets
        many = "several" if size > 1 else "one"
        if last in sets["organisation_tails"] and size > 1:
            found.append("tail:organisation")
        low = last.lower()
        if self.lists.capital_nouns and low.endswith(self.lists.endings["body_heads"]):
            found.append(f"ending:body:{many}")
        for kind in ("organisation", "place", "event", "other"):
            if low.endswith(self.lists.endings[f"{kind}_endings"]):
                found.append(f"ending:{kind}:{many}")

    def _before(self, span: Span, found: list[str]) -> None:
        tokens, sets = self.tokens, self.sets
        at = span.start - 1
        if at < 0 or tokens.line[at] != tokens.line[span.start]:
            found.append("before:line")
            return
        if tokens.line[span.start] in tokens.shouted:
            found.append("line:shouted")
        elif tokens.line[span.start] in tokens.titled:
            found.append("line:titled")
        word = tokens.word[at]
        if word in "\"'“”„«‘" or word == "(":
            found.append("before:quote" if word != "(" else "before:bracket")
            return
        if tokens.shape[at] == SIGN:
            found.append(f"before:{word}" if word in ",-" else "before:sign")
            return
        low = word.lower()
        if self.lists.is_role(low):
            found.append("before:role")
        for kind in ("organisation", "place", "event", "other"):
            if low in sets[f"{kind}_nouns"] or (
                len(low) > 6 and low.endswith(self.lists.endings[f"{kind}_nouns"])
            ):
                found.append(f"noun:{kind}")
        if low in sets["place_prepositions"] or low in sets["other_prepositions"]:
            found.append(f"preposition:{low}")
        elif low in sets["articles"]:
            found.append(f"article:{low}")
            behind = tokens.word[at - 1].lower() if at else ""
            if behind in sets["place_prepositions"]:
                found.append("preposition:article")
        elif low in sets["person_verbs"]:
            found.append("before:verb")
        elif word in sets["adjectives"]:
            found.append("before:adjective")
        else:
            found.append("before:word" if tokens.shape[at] == LOWER else "before:capital")

    def _after(self, span: Span, found: list[str]) -> None:
        tokens, sets = self.tokens, self.sets
        at = span.end
        if at >= tokens.count or tokens.line[at] != tokens.line[span.start]:
            found.append("after:line")
            return
        word = tokens.word[at]
        if tokens.shape[at] == SIGN:
            self._after_sign(at, word, found)
        elif tokens.glued[at]:
            found.append("after:glued")
        elif word in sets["person_verbs"]:
            found.append("after:verb")
        elif tokens.shape[at] == FIGURE:
            found.append("after:figure")
        elif (
            word in sets["articles"]
            or word in sets["other_prepositions"]
            or word in sets["place_prepositions"]
        ):
            found.append(f"after:{word}")
        elif tokens.shape[at] == LOWER:
            found.append("after:word")
        else:
            found.append("after:capital")

    def _after_sign(self, at: int, word: str, found: list[str]) -> None:
        tokens = self.tokens
        if word == "-" and tokens.glued[at] and tokens.glued[at + 1]:
            found.append("after:compound")
        elif word == "'" and tokens.glued[at] and tokens.glued[at + 1] and tokens.word[at + 1] in ("s", "er"):
            found.append("after:genitive")
        elif word == "(":
            inner = self.lists.match(tokens, at + 1)
            if tokens.shape[at + 1] == FIGURE and tokens.word[at + 2] == ")":
                found.append("after:age")
            elif inner is not None:
                found.append(f"after:bracket:{inner[1].kind.value}")
            else:
                found.append("after:bracket")
        elif word == "," and tokens.shape[at + 1] == FIGURE and tokens.word[at + 2] == ",":
            found.append("after:age")
        else:
            found.append(f"after:{word}" if word in ".,:" else "after:sign")
