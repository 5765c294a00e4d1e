"""Where names may stand: stretches of capitals, listed names, and names that begin with a small word.

A span is only a candidate; `names.py` decides what it is, or that it is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.extraction.gazetteer import Entry, NameLists
from desktop.extraction.name_runs import MOST_PARTICLES, NAMEABLE, Runs
from desktop.extraction.name_tokens import CAPITAL, SIGN, UPPER, NameTokens
from desktop.model import MentionKind


@dataclass(slots=True)
class Span:
    """The tokens [start, end) as a candidate."""

    start: int
    end: int
    entry: Entry | None = None
    rule: str = ""  #: what made it a candidate, where that decides its kind
    scores: list[float] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


class SpanFinder:
    """Finds the candidates of one text."""

    def __init__(self, tokens: NameTokens, lists: NameLists) -> None:
        """Prepare for one text."""
        self.tokens = tokens
        self.lists = lists
        self.runs = Runs(tokens, lists)
        sets = lists.sets
        self.function_words = sets["function_words"]
        self.particles = sets["particles"]
        self.adjectives = sets["adjectives"]
        self.starts = sets["name_starts"]
        self.linking = sets["linking"]
        self.calendar = sets["calendar"]
        self.surnames = self._surnames_with_particles()

    def find(self) -> list[Span]:
        """Return the candidates in order, not overlapping."""
        spans: list[Span] = []
        tokens = self.tokens
        small = self.lists.small_starts
        end = 0
        for index in range(tokens.count):
            if index >= end and (tokens.shape[index] in NAMEABLE or tokens.word[index] in small):
                span = self._at(index)
                if span is not None:
                    spans.append(span)
                    end = span.end
        return spans

    def _surnames_with_particles(self) -> set[tuple[str, str]]:
        """Return (particle, surname) pairs that the text shows: "Ingrid van Rossem", "zei Van Rossem"."""
        tokens, found = self.tokens, set()
        for i in range(1, tokens.count):
            if tokens.shape[i] != CAPITAL or tokens.glued[i]:
                continue
            before = tokens.word[i - 1]
            low = before.lower()
            if low not in self.particles or tokens.line[i] != tokens.line[i - 1]:
                continue
            if before != low:
                known = not tokens.first[i - 1]
            else:
                first = i - 2
                while first > max(0, i - MOST_PARTICLES) and tokens.word[first] in self.particles:
                    first -= 1
                known = first >= 0 and tokens.word[first] in self.lists.first_names
            if known:
                found.add((low, tokens.word[i]))
        return found

    # ---- where a name begins

    def _at(self, index: int) -> Span | None:
        """Return the candidate that begins at a token."""
        tokens = self.tokens
        word, known = tokens.word[index], tokens.shape[index]
        if known == UPPER and (shouted := self._shouted(index)) is not None:
            return shouted
        listed = self._listed(index)
        if known not in NAMEABLE:
            if listed is not None:
                return listed
            return self._small_start(index) if word in self.starts else None
        if listed is not None and listed.end - index > 1:
            end = self.runs.end(index)
            longer = end > listed.end and self.runs.is_name(listed.end) and not tokens.first[listed.end]
            return Span(index, end) if longer else listed
        if not self._may_begin(index, listed):
            return None
        end = self.runs.end(index)
        if listed is not None and end == listed.end:
            return listed
        if end == index + 1 and listed is None:
            low = word.lower()
            if low in self.lists.sets["common"] or (known != UPPER and low in self.function_words):
                return None  # "AI", "Tech bedrijven"
        if end == index + 1 and self.lists.capital_nouns and listed is None and self.runs.plain(index):
            lists = self.lists
            known_word = (
                word in lists.places
                or word in lists.surnames
                or lists.is_head(word)
                or word.lower().endswith(lists.endings["strong_place_endings"])
            )
            return Span(index, end) if known_word else None
        return Span(index, end)

    def _may_begin(self, index: int, listed: Span | None) -> bool:
        """Tell whether a capitalised word may be the first of a name."""
        tokens, lists = self.tokens, self.lists
        word = tokens.word[index]
        low = word.lower()
        fresh = tokens.first[index]
        if tokens.glued[index] and tokens.word[index - 1] == "-" and lists.is_role(low):
            return False
        follows = self.runs.is_name(index + 1)
        tight = tokens.word[index + 1] == "-" and tokens.glued[index + 1] and tokens.glued[index + 2]
        if low in self.calendar:
            return tight and tokens.shape[index + 2] == CAPITAL
        heading = tokens.line[index] in tokens.titled or tokens.line[index] in tokens.shouted
        small = low in self.function_words or low in self.particles
        if small and (heading or tokens.shape[index] != UPPER):
            if tight and tokens.shape[index + 2] in NAMEABLE:
                return True
            if not self.runs.is_name(index + 1, over_particles=True):
                return False
            return self._particle_begins(index, low) if fresh else True
        if listed is not None and listed.entry is not None and not listed.entry.unsure:
            return not (follows and lists.is_role(low) and tokens.word[index + 1] in lists.first_names)
        if tokens.word[index + 1] == "'" and len(word) <= 2 and word in lists.sets["elisions"]:
            return not fresh and tokens.shape[index + 2] in NAMEABLE and tokens.glued[index + 2]
        if word in self.adjectives or lists.looks_national(word):
            return follows and self._adjective_belongs(index)
        if lists.is_head(word):
            linked = tokens.word[index + 1] in self.linking and self._linked(index + 1)
            return not fresh or linked or (follows and word not in lists.sets["generic_heads"])
        if tight and tokens.shape[index + 2] in NAMEABLE:
            return True
        if self.runs.declined(index):
            return True
        if tokens.word[index + 1] == "&" or (
            tokens.word[index + 1] == "'" and self.runs.possessive(index + 1)
        ):
            return True
        if follows and (fresh or lists.capital_nouns) and self._before_forename(index):
            return False
        if tokens.shape[index] == CAPITAL and lists.is_role(low):
            article = index > 0 and tokens.word[index - 1] in lists.sets["articles"]
            if follows and (fresh or article or lists.capital_roles or word not in lists.surnames):
                return False
            return not fresh and not lists.capital_roles
        if heading and self.runs.plain(index):
            return False
        if follows and tokens.shape[index] == CAPITAL and (fresh or lists.capital_nouns):
            return not self.runs.plain(index) and not (len(word) > 11 and word not in lists.first_names)
        return True

    def _before_forename(self, index: int) -> bool:
        """Tell whether an unknown word before a full name is rather a function ("Hotelier Ole Bülow")."""
        tokens, lists = self.tokens, self.lists
        word, name = tokens.word[index], tokens.word[index + 1]
        unknown = len(word) > 4 and word not in lists.first_names and word not in lists.surnames
        tight = tokens.word[index + 2] == "-" and tokens.glued[index + 2]
        return unknown and lists.is_forename(name) and (self.runs.is_name(index + 2) or tight)

    def _linked(self, index: int) -> bool:
        """Tell whether a capitalised word stands behind connecting words ("of the Irish …")."""
        tokens = self.tokens
        last = index + 3
        while index < last and tokens.word[index] in self.linking:
            index += 1
        return tokens.shape[index] in NAMEABLE and tokens.line[index] == tokens.line[index - 1]

    def _particle_begins(self, index: int, low: str) -> bool:
        """Tell whether a particle or small word at the beginning of a sentence belongs to a name."""
        tokens, lists = self.tokens, self.lists
        at = index
        while at - index < MOST_PARTICLES and tokens.word[at + 1] in self.particles:
            at += 1
        target = tokens.word[at + 1]
        if (tokens.word[at].lower(), target) in self.surnames:
            return True
        if tokens.word[index] in lists.first_names and low not in self.particles:
            return target not in lists.forms and not self.runs.plain(at + 1)
        return False

    def _adjective_belongs(self, index: int) -> bool:
        """Tell whether an adjective of nationality is the beginning of a name ("Friese Milieu Federatie")."""
        end = self.runs.end(index)
        if end - index < 2 or self._listed(index + 1) is not None:
            return False
        for word in self.tokens.word[index + 1 : end]:
            low = word.lower()
            if self.lists.is_head(word) or low.endswith(self.lists.endings["body_endings"]):
                return True
        return False

    # ---- listed names

    def _listed(self, index: int) -> Span | None:
        found = self.lists.match(self.tokens, index) or self.lists.genitive(self.tokens, index)
        if found is None:
            return None
        end, entry = found
        tokens = self.tokens
        if tokens.glued[end] and tokens.shape[end] != SIGN:
            return None
        if tokens.glued[index] and index and tokens.word[index - 1] not in "\"'“”„«‘([/-–—+":
            return None
        if end - index == 1 and self.runs.hyphen_to_name(end):
            return None
        return Span(index, end, entry)

    def _shouted(self, index: int) -> Span | None:
        """A place in capitals: the line's first words before a bracket or dash ("DEN HAAG (ANP) -")."""
        tokens = self.tokens
        if self.lists.match(tokens, index) is not None or len(tokens.word[index]) < 3:
            return None
        end = index
        while tokens.shape[end] == UPPER and end - index < 4 and tokens.line[end] == tokens.line[index]:
            end += 1
            if tokens.word[end] == "-" and tokens.glued[end] and tokens.shape[end + 1] == UPPER:
                end += 1
        form = tokens.slice(index, end).title()
        entry = self.lists.entry(form)
        place = entry.name if entry is not None and entry.kind == MentionKind.PLACE else None
        if place is None and form in self.lists.places:
            place = form
        begins = index == 0 or tokens.line[index - 1] != tokens.line[index]
        sign = tokens.word[end]
        dateline = (
            begins and tokens.line[end] == tokens.line[index] and sign in ("(", "-", "–", "—", ",", "/")
        )
        if place is None and not (dateline and sign != "," and len(form) > 3):
            return None
        slash = tokens.word[index - 1] == "/" and sign in (".", "(", ",", "-", "–")
        first_word = begins and sign == "."
        if place is None or dateline or slash or first_word or end - index > 1:
            return Span(index, end, Entry(MentionKind.PLACE, place or form), "dateline")
        return None

    def _small_start(self, index: int) -> Span | None:
        """A small word that belongs to the name behind it: "gemeente Groningen"."""
        tokens = self.tokens
        after = index + 1
        if tokens.word[index][0] == "'":
            known = (tokens.word[index], tokens.word[after]) in self.surnames
            return Span(index, self.runs.end(after)) if known and self.runs.is_name(after) else None
        if self.lists.small_bodies:
            return self._small_french_start(index)
        if tokens.word[index] == "ministerie" and tokens.word[after] in self.linking:
            after += 1
        if tokens.line[after] != tokens.line[index] or tokens.glued[after]:
            return None
        if tokens.shape[after] not in NAMEABLE and tokens.word[after] not in self.lists.forms:
            return None
        inner = self._at(after)
        if inner is None:
            return None
        place = inner.entry is not None and inner.entry.kind == MentionKind.PLACE
        if place and tokens.word[index] in self.lists.sets["territories"] and self._lies_in(index):
            return inner  # "in de gemeente Sluis"
        return Span(index, inner.end, inner.entry if tokens.word[index] == "ministerie" else None, "start")

    def _lies_in(self, index: int) -> bool:
        """Tell whether "in", "uit", "naar" stand before the word and its article."""
        words = self.tokens.word
        before = index - 1 - (words[index - 1] in self.lists.sets["articles"])
        return before >= 0 and words[before].lower() in self.lists.sets["inside_words"]

    def _small_french_start(self, index: int) -> Span | None:
        """French names that begin small: "tribunal judiciaire de Nanterre", "rue de la Loi"."""
        tokens = self.tokens
        at = index + 1
        small = self.lists.sets["small_inside"]
        while at - index < 7 and tokens.line[at] == tokens.line[index]:
            if tokens.shape[at] in NAMEABLE:
                if at == index + 1 and tokens.word[index] not in self.lists.sets["street_starts"]:
                    return None
                inner = self._at(at)
                return Span(index, inner.end, None, "start") if inner is not None else None
            if tokens.word[at] not in small and tokens.word[at] not in self.lists.sets["body_adjectives"]:
                return None
            at += 1
        return None
