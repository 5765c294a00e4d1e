"""Mentions -> actors: one canonical name and role for each; and the reader's corrections.

The canonical name is the well-known full form of a listed actor, else the fullest form in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from desktop.extraction import corrections
from desktop.extraction.gazetteer import Entry, NameLists, lists
from desktop.extraction.german_names import nominative
from desktop.extraction.quick import mention_of
from desktop.model import ACTOR_KINDS, Mention, MentionKind, Rule

_PERSON: Final = MentionKind.PERSON
_PLACE: Final = MentionKind.PLACE
_BEFORE: Final = 80  # code points in front of a mention that are read for a role
_PARTS: Final = re.compile(r"[^\W\d_][\w'’]*(?:[.-][^\W_][\w'’]*)*\.?")
_INITIALS: Final = re.compile(r"(?:\w\.[ -]?)+")
_MOST_NAMES: Final = 3000  # different names of one text that are compared with each other


def link(text: str, mentions: Sequence[Mention], lang: str) -> list[Mention]:
    """Return the mentions with `actor` (canonical name, actor kinds only) and `role` (persons).

    text: the article's. lang: one of `model.LANGUAGES`.
    """
    linker = _Linker(text, mentions, lists(lang))
    return [linker.linked(m) if m.kind in ACTOR_KINDS else m for m in mentions]


def apply_rules(
    mentions: Sequence[Mention], rules: Sequence[Rule], text: str, article_id: str
) -> list[Mention]:
    """Return the mentions as the reader's corrections say; later rules win. Changes nothing it is given.

    text: the article's. article_id: its id; rules about another article are passed over.
    """
    return corrections.apply_rules(mentions, rules, text, article_id)


class _Linker:
    """What one article says about its actors."""

    def __init__(self, text: str, mentions: Sequence[Mention], known: NameLists) -> None:
        self.text = text
        self.known = known
        self.particles = known.sets["particles"]
        actors = [m for m in mentions if m.kind in ACTOR_KINDS]
        self.people = self._full_names([m for m in actors if m.kind == _PERSON])
        self.short = self._abbreviations(actors)
        self.fuller = self._fuller_forms(actors)
        self.before = {b.start: a for a, b in pairwise(mentions)}

    def linked(self, m: Mention) -> Mention:
        """Return the mention with actor and role (`dataclasses.replace` takes ten times as long)."""
        actor, role = self.actor(m), self.role(m)
        return mention_of(
            m.start,
            m.end,
            m.text,
            m.kind,
            m.source,
            m.confidence,
            m.rule,
            actor,
            role,
            None,
            None,
            m.actor_id,
        )

    # ---- names of persons

    def _full_names(self, people: Sequence[Mention]) -> dict[str, list[tuple[int, str]]]:
        """Return surname and first name alone -> [(place, full name)] in reading order."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        fullest = self._fullest_persons(people)
        for mention in people:
            words = mention.text.split()
            if not self._is_full(words):
                continue
            full = fullest.get(mention.text, mention.text)
            endings = [" ".join(words[i:]) for i in range(1, len(words))]
            endings.append(words[-1].split("-")[0])
            endings.append(words[0])
            for ending in dict.fromkeys(_folded(ending) for ending in endings):
                names = found[ending]
                if not names or names[-1][1] != full:
                    names.append((mention.start, full))
        return found

    def _is_full(self, words: list[str]) -> bool:
        return len(words) > 1 and words[0].lower() not in self.particles and words[0][0] not in "'’"

    def _fullest_persons(self, people: Sequence[Mention]) -> dict[str, str]:
        """Return "J. Hoekstra" -> "Jelmer Hoekstra" where exactly one such full name is there."""
        written_out: dict[tuple[str, str], set[str]] = defaultdict(set)
        short = []
        for name in dict.fromkeys(m.text for m in people):
            first, _, rest = name.partition(" ")
            initials = _INITIALS.match(name)
            if initials is not None:
                short.append((name, name[initials.end() :].strip()))
            elif self._is_full(name.split()):
                written_out[first[0], rest].add(name)
        same = {name: written_out.get((name[0], rest), set()) for name, rest in short}
        return {name: next(iter(full)) for name, full in same.items() if len(full) == 1}

    def _person(self, mention: Mention) -> str:
        words = mention.text.split()
        if self._is_full(words):
            own = {
                full
                for _, full in self.people.get(_folded(" ".join(words[1:])), ())
                if full[0] == words[0][0]
            }
            if _INITIALS.match(mention.text) and len(own) == 1:
                return own.pop()
            longer = {full for _, full in self.people.get(_folded(mention.text), ()) if full != mention.text}
            return longer.pop() if len(longer) == 1 else mention.text
        for form in _without_genitive(_folded(mention.text)):
            names = self.people.get(form)
            if names:
                return names[max(bisect_left(names, (mention.start, "")) - 1, 0)][1]
        return mention.text

    # ---- organisations, places, events

    def _abbreviations(self, actors: Sequence[Mention]) -> dict[str, str]:
        """Return "VNG" -> "Vereniging van Nederlandse Gemeenten" where the article defines it in brackets."""
        found: dict[str, str] = {}
        for a, b in pairwise(actors):
            between = self.text[a.end : b.start]
            if between not in (" (", " ('", ' ("') or a.kind != b.kind or a.kind == _PERSON:
                continue
            if self.text[b.end : b.end + 2].strip("'\"’”")[:1] not in (")", ",", ";"):
                continue
            long, short = (self._alone(a), b.text) if len(a.text) >= len(b.text) else (b.text, a.text)
            if len(short) <= 12 and " " not in short and _abbreviates(short, long):
                found[short] = long
        return found

    def _fuller_forms(self, actors: Sequence[Mention]) -> dict[tuple[str, MentionKind], str]:
        """Return ("Sytsma", organisation) -> "Sytsma Pootgoed": one longer name of the article holds it."""
        names = list(dict.fromkeys((m.text, m.kind) for m in actors if m.kind != _PERSON))[:_MOST_NAMES]
        by_word: dict[tuple[str, MentionKind], list[str]] = defaultdict(list)
        for name, kind in names:
            words = name.split()
            if len(words) > 1:
                for i in range(1, len(words)):
                    by_word[" ".join(words[:i]), kind].append(name)
                    by_word[" ".join(words[i:]), kind].append(name)
        found: dict[tuple[str, MentionKind], str] = {}
        for name, kind in names:
            longer = by_word.get((name, kind), [])
            if len(longer) == 1 and not self._stands_alone(name, kind):
                found[name, kind] = longer[0]
        return found

    def _stands_alone(self, name: str, kind: MentionKind) -> bool:
        """Tell whether the short name is known as a name of its own."""
        entry = self.known.entry(name)
        if entry is not None and entry.kind == kind:
            return True
        return kind == _PLACE and name in self.known.places

    def actor(self, mention: Mention) -> str:
        """Return the canonical name of a mention of an actor kind."""
        if mention.kind == _PERSON:
            return self._person(mention)
        listed = self._listed(mention.text, mention.kind)
        if listed is not None:
            return self._full(listed)
        if mention.text in self.short:
            return self._full(self.short[mention.text])
        fuller = self.fuller.get((mention.text, mention.kind))
        if fuller is not None:
            return self._listed(fuller, mention.kind) or fuller
        return self._department(mention) or self._plain(mention)

    def _full(self, name: str) -> str:
        """Follow a chain of one more step: a listed name that the article spells out."""
        return self.short.get(name, name)

    def _listed(self, form: str, kind: MentionKind) -> str | None:
        entry = self.known.entry(form)
        if entry is None and form.isupper() and len(form) > 3:
            entry = self.known.entry(form.title())
            if entry is None and form.title() in self.known.places:
                entry = Entry(_PLACE, form.title())
        if entry is None or entry.kind != kind:
            return None
        same = entry.name.replace("’", "'") == form  # only the apostrophe differs: as written
        return None if same and entry.name != form else entry.name

    def _department(self, mention: Mention) -> str | None:
        """The ministry that "minister van Energie" or "ministre des Transports" speaks of."""
        if mention.kind != MentionKind.ORGANISATION:
            return None
        match = _MINISTER.search(self.text[max(0, mention.start - _BEFORE) : mention.start])
        if match is None or not self._common(mention.text):
            return None
        of = match[2] or ("van " if self.known.lang == "nl" else "")
        return f"{_MINISTRY[match[1].lower()]} {of}{mention.text}" if of else None

    def _common(self, name: str) -> bool:
        """Tell whether a name is made of ordinary words only, as those of ministries are."""
        words = _PARTS.findall(name)
        return bool(words) and all(self.known.common(word) for word in words)

    def _alone(self, mention: Mention) -> str:
        """Return the name as it is called alone: not "Deutschen Grammophon", whatever the case."""
        if self.known.lang != "de":
            return mention.text
        line = self.text[max(0, mention.start - _BEFORE) : mention.start].rpartition("\n")[2]
        return nominative(mention.text, line, self.known)

    def _plain(self, mention: Mention) -> str:
        name = mention.text
        alone = self._alone(mention)
        if alone != name:
            return self._listed(alone, mention.kind) or alone
        if mention.kind == _PLACE and name.isupper() and len(name) > 3:
            return name.title()
        start, _, rest = name.partition(" ")
        if start in self.known.sets["name_starts"] and rest:
            place = self._listed(rest.replace("’", "'"), _PLACE)
            return f"{start} {place}" if place else name
        if name.endswith("s") and self.known.lang in ("nl", "de") and len(name) > 4:
            stem = name[:-1]
            if self._listed(stem, mention.kind) or (mention.kind == _PLACE and stem in self.known.places):
                return self._listed(stem, mention.kind) or stem
            if re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", self.text):
                return stem
        return name

    # ---- roles

    def role(self, mention: Mention) -> str | None:
        """Return the role in front of a person, as written: "minister", "CEO", "onderwijsminister"."""
        if mention.kind != _PERSON:
            return None
        start = mention.start
        previous = self.before.get(start)
        if previous is not None and self.text[previous.end : start] == " " and previous.kind != _PERSON:
            start = previous.start  # "minister van Financiën Eelco Heinen", "CEO of Shell …"
            between = re.compile(r"(?:van|of|der|des|du|de la|de|für|for) $")
            head = between.sub("", self.text[max(0, start - _BEFORE) : start])
            return self._last_role(head) if len(head) < min(start, _BEFORE) else None
        return self._last_role(self.text[max(0, start - _BEFORE) : start])

    def _last_role(self, before: str) -> str | None:
        line = before.rpartition("\n")[2]
        if not line.endswith(" "):
            return None
        words: list[str] = _PARTS.findall(line)
        if not words or not line.rstrip().endswith(words[-1]):
            return None
        if len(words) > 1 and f"{words[-2]} {words[-1]}".lower() in self.known.sets["roles"]:
            return f"{words[-2]} {words[-1]}"
        last = words[-1]
        head, _, tail = last.rpartition("-")
        if head != head.lower():  # "D66-Kamerlid"
            last = tail
        low = last.lower().rstrip(".")
        return last if self.known.is_role(low) and low not in self.known.sets["relations"] else None


_MINISTER: Final = re.compile(
    r"\b(minister|staatssecretaris|ministre|secrétaire d['’]État)(?: déléguée?)?(?: [^\W\d_][\w'’-]*){0,4}? "
    r"(?:(van |des |du |de la |de l['’]|de |à la |au |aux )|\()$",
    re.IGNORECASE,
)
_MINISTRY: Final = {
    "minister": "ministerie",
    "staatssecretaris": "ministerie",
    "ministre": "ministère",
    "secrétaire d'état": "ministère",
    "secrétaire d’état": "ministère",
}


def _folded(name: str) -> str:
    """Return a name with a small first letter and one kind of apostrophe."""
    name = name.replace("’", "'")
    return name[:1].lower() + name[1:]


def _without_genitive(form: str) -> list[str]:
    return [form, form[:-1]] if form.endswith("s") and len(form) > 3 else [form]


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of the short form stand in the long one, in order, its first one first."""
    letters = [c for c in short.lower() if c.isalnum()]
    rest = long.lower()
    if not letters or not rest or len(long) < 2 * len(short):
        return False
    at = 0
    for letter in letters:
        at = rest.find(letter, at) + 1
        if at == 0:
            return False
    initials = "".join(word[0] for word in re.split(r"[\s\-’']+", rest) if word)
    return letters[0] in initials
