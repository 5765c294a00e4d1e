"""Where a name that begins at some token ends: runs of capitals and the small words inside them."""

from __future__ import annotations

from typing import Final

from desktop.extraction.gazetteer import NameLists
from desktop.extraction.name_tokens import CAPITAL, FIGURE, LOWER, MIXED, SIGN, UPPER, NameTokens
from desktop.model import MentionKind

NAMEABLE: Final = frozenset((CAPITAL, UPPER, MIXED))
MOST_PARTICLES: Final = 6  # one after the other
_LONGEST: Final = 14  # tokens of one run
_SHORT: Final = frozenset("Th Chr Ph Joh St Wm".split())  # abbreviated first names, and Saint
_INNER: Final = frozenset("der den de la le het 't dem".split())  # behind another particle
_DOMAINS: Final = frozenset("com nl be org net eu io ai one de fr uk ch at brussels".split())


class Runs:
    """Finds the ends of names in one text."""

    def __init__(self, tokens: NameTokens, lists: NameLists) -> None:
        """Prepare for one text."""
        self.tokens = tokens
        self.lists = lists
        sets = lists.sets
        self.function_words = sets["function_words"]
        self.particles = sets["particles"]
        self.of_words = sets["of_words"]
        self.adjectives = sets["adjectives"]
        self.linking = sets["linking"]
        self.joining = sets["joining"]
        self.calendar = sets["calendar"]

    def is_name(self, index: int, *, over_particles: bool = False) -> bool:
        """Tell whether a capitalised word stands here, on the same line, after a space."""
        tokens = self.tokens
        line = tokens.line[index - 1]
        if over_particles:
            last = index + MOST_PARTICLES
            while index < last and tokens.word[index] in self.particles and tokens.line[index] == line:
                index += 1
        return (
            tokens.shape[index] in NAMEABLE
            and tokens.line[index] == line
            and not tokens.glued[index]
            and not tokens.first[index]
        )

    def plain(self, index: int) -> bool:
        """Tell whether the capitalised word is an ordinary word and no usual first name or listed name."""
        word = self.tokens.word[index]
        return (
            self.tokens.shape[index] == CAPITAL
            and word not in self.lists.first_names
            and word not in self.lists.forms
            and self.lists.common(word)
        )

    def declined(self, index: int) -> bool:
        """Tell whether a capitalised German adjective begins a name ("der Asiatischen Entwicklungsbank")."""
        tokens, lists = self.tokens, self.lists
        word = tokens.word[index]
        if not lists.capital_nouns or len(word) < 6 or not self.is_name(index + 1):
            return False
        if not word.endswith(lists.endings["declined_endings"]):
            return False
        return not tokens.first[index] or lists.is_head(tokens.word[index + 1])

    def end(self, index: int) -> int:
        """Return the end of the run of capitalised words that begins here, connecting words included."""
        tokens = self.tokens
        start, end = index, index + 1
        national = tokens.word[start] in self.adjectives or self.declined(start)
        head = self.lists.is_head(tokens.word[start]) or (
            national and self.lists.is_head(tokens.word[start + 1])
        )
        while end < tokens.count and end - start < _LONGEST and tokens.line[end] == tokens.line[start]:
            tight = tokens.glued[end] and tokens.word[end] != ","
            step = self._glued_step(start, end) if tight else self._loose_step(start, end, head)
            if step == end:
                break
            end = step
        return end

    def _glued_step(self, start: int, end: int) -> int:
        """Continue over a sign that stands directly behind: hyphen, apostrophe, point, ampersand, plus."""
        tokens = self.tokens
        sign, before, after = tokens.word[end], tokens.word[end - 1], end + 1
        tight = tokens.glued[after]
        if sign == "-":
            if tight:
                return self._hyphen_step(start, end)
            linked = tokens.word[after] in self.joining and tokens.shape[after + 1] in NAMEABLE
            return end + 3 if linked and tokens.line[after + 1] == tokens.line[start] else end
        if sign in ("'", "&", "*", "+") and tight and tokens.shape[after] in NAMEABLE:
            return end + 2
        if sign == "'" and tight and len(before) == 1 and tokens.shape[after] == LOWER:
            return end + 2 if len(tokens.word[after]) > 3 else end
        if sign == "'" and (possessive := self.possessive(end)):
            return possessive
        if sign == "." and (len(before) == 1 or before in _SHORT) and tokens.shape[end - 1] == CAPITAL:
            return end + 2 if tight and tokens.shape[after] in NAMEABLE else end + 1
        if sign == "." and tight and tokens.word[after] in _DOMAINS:
            return end + 2
        if sign == "+" and (not tight or tokens.shape[after] == SIGN):
            return end + 1
        return end

    def possessive(self, end: int) -> int:
        """Return the end of "[Queen]'s University", "[Ulster Farmers]' Union", or 0."""
        tokens = self.tokens
        after = end + 1
        if tokens.glued[after]:
            if tokens.word[after] != "s":
                return 0
            after += 1
        elif tokens.word[end - 1][-1] != "s":
            return 0
        return after + 1 if tokens.word[after] in self.lists.sets["possessed"] and self.is_name(after) else 0

    def _hyphen_step(self, start: int, end: int) -> int:
        tokens = self.tokens
        after = end + 1
        if self.hyphen_to_name(end):
            return end + 2
        if tokens.shape[after] == FIGURE and tokens.shape[end - 1] in (UPPER, CAPITAL, MIXED):
            return end + 2
        if tokens.shape[after] == LOWER and (chain := self._hyphen_chain(after)):
            return chain
        if tokens.word[after] in self.particles:
            stop = after
            last = after + MOST_PARTICLES
            while (
                stop < last
                and tokens.word[stop] in self.particles
                and tokens.line[stop] == tokens.line[start]
            ):
                stop += 1
            return stop + 1 if self.is_name(stop) else end
        tail = tokens.word[after]
        if tokens.shape[after] != LOWER or tokens.shape[end - 1] != CAPITAL:
            return end
        if tail in self.lists.sets["compound_names"]:
            return end + 2
        several = end - start > 1 and all(tokens.shape[i] == CAPITAL for i in range(start, end))
        return end + 2 if several and len(tail) < 6 and not self.lists.common(tail) else end

    def _hyphen_chain(self, index: int) -> int:
        """Return the end of "-la-Chapelle", "-op-den-Berg" whose first small word is given, or 0."""
        tokens = self.tokens
        for at in (index, index + 2):
            if tokens.shape[at] != LOWER or tokens.word[at + 1] != "-" or not tokens.glued[at + 2]:
                return 0
            if tokens.shape[at + 2] in NAMEABLE:
                return at + 3
        return 0

    def hyphen_to_name(self, index: int) -> bool:
        """Tell whether a hyphen and a capitalised word that belongs to the name are glued on here."""
        tokens = self.tokens
        if tokens.word[index] != "-" or not tokens.glued[index] or not tokens.glued[index + 1]:
            return False
        after = tokens.word[index + 1]
        if tokens.shape[index + 1] not in NAMEABLE:
            return False
        nouns = self.lists.capital_nouns
        if nouns and after.lower() in self.lists.sets["compound_names"]:
            return True
        if tokens.shape[index - 1] in (UPPER, MIXED) and tokens.shape[index + 1] == CAPITAL:
            return not self.lists.is_role(after.lower()) and not (nouns and self.lists.common(after))
        person = self.tokens.word[index - 2] in self.lists.first_names or after in self.lists.surnames
        return not nouns or person or not self.plain(index + 1)

    def _loose_step(self, start: int, end: int, head: bool) -> int:
        """Continue over a space: to a capitalised word, or over connecting words to one."""
        tokens = self.tokens
        if tokens.shape[end] in NAMEABLE:
            return end + 1 if self._continues(start, end, head) else end
        if tokens.word[end] == "&" and tokens.shape[end + 1] in NAMEABLE:
            return end + 2
        if tokens.shape[end] == FIGURE:
            numbered = tokens.word[end - 1] in self.lists.sets["numbered"] and len(tokens.word[end]) < 4
            return end + 1 if numbered else end
        if tokens.word[end] == ",":
            return self._joined(start, end, head) if head or start + 1 == end else end
        if tokens.shape[end] != LOWER:
            return end
        if tokens.word[end] in self.lists.sets["foreign_linking"]:
            return end + 2 if self.is_name(end + 1) else end
        if head and self.lists.small_bodies and (step := self._small_body(end)) > end:
            return step
        if tokens.word[end] in self.joining:
            return self._joined(start, end, head)
        return self._over_small_words(start, end, head)

    def _continues(self, start: int, end: int, head: bool) -> bool:
        """Tell whether the capitalised word after a space still belongs to the run."""
        tokens, lists = self.tokens, self.lists
        word = tokens.word[end]
        low = word.lower()
        given = tokens.word[start] in lists.first_names and end == start + 1
        if tokens.first[end]:
            return False
        if low in self.calendar and not (
            given and tokens.shape[end + 1] != FIGURE and lists.is_forename(tokens.word[start])
        ):
            return False
        if lists.capital_roles and lists.is_role(low) and not given and word not in lists.surnames:
            return False
        if word in lists.sets["postnominals"]:
            return False
        if tokens.line[end] in tokens.titled and self.plain(end) and not given:
            return False
        found = lists.match(tokens, start)
        if found is not None and found[0] == end and word not in lists.forms:
            # "minister van Werk David Clarinval", "GroenLinks Bas Eickhout"
            if tokens.word[start - 1] in self.of_words and lists.is_role(tokens.word[start - 2].lower()):
                return False
            if lists.is_forename(word) and self.is_name(end + 1):
                return False
        more = self.is_name(end + 1) or (tokens.word[end + 1] == "-" and tokens.glued[end + 1])
        before_forename = not head and lists.is_forename(word) and more
        if before_forename and all(self.plain(i) for i in range(start, end)):
            return False
        office = tokens.word[start - 1] in self.of_words and lists.is_role(tokens.word[start - 2].lower())
        if office and self.is_name(end + 1) and not self.plain(end) and self.plain(end - 1):
            return False
        if lists.capital_nouns and self.plain(end):
            if head or (end == start + 1 and self.declined(start)):
                return self.plain(end - 1) or tokens.shape[end - 1] == LOWER or end == start + 1
            forename = tokens.word[start] in lists.first_names and not lists.common(tokens.word[start])
            return (forename and end - start < 3) or word in lists.sets["organisation_tails"]
        return True

    def _joined(self, start: int, end: int, head: bool) -> int:
        """Continue over "en": in an enumeration, or after a head and "for" ("… voor Energie en Klimaat")."""
        words = self.tokens.word[start:end]
        if self.tokens.first[start] and not self.lists.is_head(words[0]):
            return end
        purpose = head and any(word in self.lists.sets["for_words"] for word in words)
        return self._enumeration(end, purpose)

    def _enumeration(self, end: int, purpose: bool) -> int:
        """Continue over "Landbouw, Natuur en Voedselkwaliteit": ordinary words, or anything after "for"."""
        tokens = self.tokens
        at, line = end, tokens.line[end]
        if not purpose and not self._portfolio_word(end - 1):
            return end
        while at - end < _LONGEST and tokens.line[at] == line:
            joined = tokens.word[at] in self.joining
            if not joined and tokens.word[at] != ",":
                return end
            at += 1
            if tokens.word[at] in ("the", "het", "de", "die"):
                at += 1
            size = 0
            while tokens.shape[at + size] == CAPITAL and tokens.line[at + size] == line and size < 3:
                if not purpose and not self._portfolio_word(at + size):
                    return end
                if purpose and self._listed_surely(at + size):
                    return end
                size += 1
            if size == 0:
                return end
            at += size
            if joined:
                return at
        return end

    def _listed_surely(self, index: int) -> bool:
        found = self.lists.match(self.tokens, index)
        return found is not None and not found[1].unsure and not self.lists.common(self.tokens.word[index])

    def _portfolio_word(self, index: int) -> bool:
        tokens = self.tokens
        word = tokens.word[index]
        if tokens.shape[index] != CAPITAL or (
            word in self.lists.first_names and not self.lists.is_head(word)
        ):
            return False
        return self.lists.common(word) and word not in self.lists.places and word not in self.lists.forms

    def _over_small_words(self, start: int, end: int, head: bool) -> int:
        tokens = self.tokens
        allowed = self.linking if head else self.particles
        stop = end
        if head and tokens.word[end] in self.lists.sets["bare_articles"]:
            return end
        while stop - end < 3 and tokens.line[stop] == tokens.line[start]:
            if tokens.word[stop] not in allowed and (stop == end or tokens.word[stop] not in _INNER):
                break
            stop += 1
        if stop == end and tokens.word[end] in self.lists.sets["river_words"]:
            stop = end + 1 + (tokens.word[end + 1] in ("der", "den", "de", "la"))
            return stop + 1 if tokens.word[stop] in self.lists.sets["rivers"] else end
        if stop == end or tokens.line[stop] != tokens.line[start]:
            return end
        tight = tokens.word[stop] in ("-", "'") and tokens.glued[stop] and tokens.glued[stop + 1]
        if tight:
            stop += 1
        if tokens.shape[stop] not in NAMEABLE or (tokens.glued[stop] and not tight):
            return end
        if head:
            return stop + 1
        return stop + 1 if self._person_continues(start, end, stop) else end

    def _small_body(self, end: int) -> int:
        """Continue over the small words of a French body: "Fédération [française d'athlétisme]"."""
        tokens, sets = self.tokens, self.lists.sets
        at, line = end, tokens.line[end]
        word = tokens.word[at]
        if word in sets["body_adjectives"] or word.endswith(self.lists.endings["body_adjective_endings"]):
            return at + 1
        if word == "et" and tokens.word[at + 1] in ("de", "du", "des", "d", "l"):
            at += 1
        if tokens.word[at] == "sur" and tokens.word[at + 1] in ("l", "la", "le", "les"):
            at += 1
        elif tokens.word[at] not in ("de", "du", "des", "d"):
            return end
        while (
            tokens.word[at] in ("de", "du", "des", "d", "la", "l", "le", "les", "'")
            and tokens.line[at] == line
        ):
            at += 1
        if tokens.line[at] != line or tokens.shape[at] in (SIGN, FIGURE):
            return end
        if tokens.shape[at] == LOWER and (tokens.word[at] in self.function_words or len(tokens.word[at]) < 3):
            return end
        return at + 1

    def _person_continues(self, start: int, end: int, stop: int) -> bool:
        """Tell whether small words between capitals belong to a person's name ("Wieneke van Rossem")."""
        tokens, lists = self.tokens, self.lists
        if any(tokens.shape[i] not in (CAPITAL, SIGN, LOWER) for i in range(start, end)):
            return False
        small = tokens.word[end:stop]
        target = tokens.word[stop]
        sole = small[0] in self.of_words and (len(small) == 1 or small[1] in self.lists.sets["articles"])
        if sole and self.lists.is_head(target):
            return False
        listed = lists.match(tokens, stop)
        if listed is not None and listed[1].kind != MentionKind.PLACE:
            return False
        place = listed is not None or target in lists.places
        if any(tokens.word[i].lower() in self.particles for i in range(start, end)):
            return not sole and not place
        names = [tokens.word[i] for i in range(start, end) if tokens.shape[i] == CAPITAL]
        if any(len(tokens.word[i]) == 1 and tokens.word[i + 1] == "'" for i in range(start, end)):
            return False
        if not names or lists.match(tokens, start) is not None:
            return False
        if all(len(name) == 1 or name in lists.first_names for name in names):
            return len(names) == 1 or not (sole and place)
        if any(name in lists.first_names for name in names) and not sole:
            return True
        if sole:
            return len(names) == 1 and not place and lists.free_particles and not lists.common(names[0])
        return not lists.common(names[-1])
