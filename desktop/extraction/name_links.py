"""Which names of a library are one actor: "Beljaarts" and "Dirk Beljaarts", "Shell plc" and "Shell".

One name is short for another when the other spells it out: a surname or initials for a full name, a name
without its legal form, an abbreviation that some article explains. It is taken for it only where the library
has exactly one such actor and what is said of both agrees; otherwise it is a suggestion. What comes out
depends on what is in the library, not on the order in which it came.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.extraction.gazetteer import names_in_languages, particles
from desktop.model import MentionKind

_LEAST_SHARE: Final = 0.5  # of a short name's articles in which something must agree
_MOST_SUGGESTIONS: Final = 3
_LONGEST_INITIALS: Final = 4
_LEGAL_FORMS: Final = frozenset(
    "ab ag asa bv bvba co corp corporation cv ev gmbh holding inc kg kgaa limited llc llp lp ltd nv oy oyj"
    " plc sa sarl sas scrl se spa srl vof vzw".split()
)


class How(StrEnum):
    """In which way one name is short for another."""

    SURNAME = "surname"
    INITIALS = "initials"
    LEGAL_FORM = "legal_form"
    ABBREVIATION = "abbreviation"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one article says of a name: roles as written, and organisations near by, as normalised names."""

    roles: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a library. name and forms are normalised: small letters, no accents or punctuation."""

    id: int
    name: str
    kind: MentionKind
    actor: int  #: the number of whom it belongs to at present
    forms: frozenset[str] = frozenset()  #: how it is written in texts, as far as that is another form
    appearances: tuple[Appearance, ...] = ()
    translations: tuple[str, ...] = ()  #: the same place or body in several languages, itself among them


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the fuller one it is, or may be, short for.

    role, near: what both have in common: a role, or else an organisation near by; "" = nothing.
    """

    name: int
    fuller: int
    how: How
    role: str = ""
    near: str = ""
    is_sure: bool = False


def spells_out(fuller: KnownName, name: KnownName) -> How | None:
    """Tell in which way a name is short for a fuller one; None = it is not."""
    if fuller.kind is not name.kind or fuller.name == name.name:
        return None
    if name.kind is MentionKind.PERSON:
        return _person_spelled_out(fuller.name.split(), name.name.split())
    if _without_legal_form(name.name) == fuller.name:
        return How.LEGAL_FORM  # what is short is the fuller name here: it is the one people use
    if name.name in fuller.forms and " " not in name.name and len(name.name) < len(fuller.name):
        return How.ABBREVIATION
    return None


def _person_spelled_out(full: Sequence[str], short: Sequence[str]) -> How | None:
    if len(full) < 2 or full[0] in particles() or len(full[0]) == 1:
        return None
    if len(short) < len(full) and list(short) == list(full[-len(short) :]):
        return How.SURNAME
    initials, rest = short[0], list(short[1:])
    if not rest or len(initials) > _LONGEST_INITIALS or len(rest) >= len(full) or initials == full[0]:
        return None
    given = full[: len(full) - len(rest)]
    if rest == list(full[-len(rest) :]) and _are_initials(initials, given):
        return How.INITIALS
    return None


def _are_initials(letters: str, given: Sequence[str]) -> bool:
    """Tell whether letters begin the given names: "jp" of "jan peter" or "jan pieter kees", "j" of "jan"."""
    firsts = "".join(word[0] for word in given)
    return firsts.startswith(letters) or (len(letters) == 1 and given[0].startswith(letters))


def _without_legal_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def keys_to_try(name: str) -> list[str]:
    """Return other normalised names that may be the same organisation, with or without its legal form."""
    plain = _without_legal_form(name)
    return [plain] if plain != name else [f"{name} {form}" for form in sorted(_LEGAL_FORMS)]


def translations(normal: Callable[[str], str]) -> dict[tuple[str, MentionKind], tuple[str, ...]]:
    """Return of each normalised name of a place or body its names in several languages, the Dutch one first.

    normal: makes a name what names are compared as. A name of two places belongs to the first.
    """
    found: dict[tuple[str, MentionKind], tuple[str, ...]] = {}
    for kind, names in names_in_languages():
        same = tuple(dict.fromkeys(map(normal, names)))
        for name in same if len(same) > 1 else ():
            found.setdefault((name, kind), same)
    return found


def links(names: Collection[KnownName], apart: Collection[int]) -> list[Link]:
    """Return for each name what it is short for, or may be, best first; in the order of the names.

    names: all that may have to do with each other. apart: ids of those about which the reader decided.
    """
    found: list[Link] = []
    for name in names:
        if name.id not in apart:
            found += _links_of(name, names)
    return found


def _links_of(name: KnownName, others: Collection[KnownName]) -> list[Link]:
    if (first := _first_translation(name, others)) is not None:
        return [Link(name.id, first.id, How.TRANSLATION, is_sure=True)] if first is not name else []
    options = [(how, other) for other in others if (how := spells_out(other, name)) is not None]
    if not options:
        return []
    # Names of one actor are one option; its longest one says most.
    by_actor: dict[int, tuple[How, KnownName]] = {}
    for how, other in sorted(options, key=lambda option: (len(option[1].name), option[1].name)):
        by_actor[other.actor] = (how, other)
    weighed = [_weighed(name, how, other, [o for _, o in options]) for how, other in by_actor.values()]
    if len(weighed) == 1:
        link, share = weighed[0]
        sure = link.how is How.LEGAL_FORM or share >= _LEAST_SHARE
        return [_made_sure(link) if sure else link]
    agreeing = [one for one in weighed if one[1] > 0] or weighed
    return [link for link, _share in sorted(agreeing, key=lambda one: -one[1])[:_MOST_SUGGESTIONS]]


def _first_translation(name: KnownName, others: Iterable[KnownName]) -> KnownName | None:
    """Return the name under which a place known in several languages goes: Dutch before the others."""
    there = {other.name: other for other in others if other.kind is name.kind}
    return next((there[one] for one in name.translations if one in there), None)


def _made_sure(link: Link) -> Link:
    return Link(link.name, link.fuller, link.how, link.role, link.near, is_sure=True)


def _weighed(
    name: KnownName, how: How, fuller: KnownName, options: Sequence[KnownName]
) -> tuple[Link, float]:
    """Return the link, and in which share of the name's articles role or company agree; 0 = they differ."""
    theirs = [one for other in options if other.actor == fuller.actor for one in other.appearances]
    roles = frozenset(role for one in theirs for role in one.roles)
    near = frozenset(other for one in theirs for other in one.near)
    agreeing, differing, shared_role, shared_near = 0, False, "", ""
    for one in name.appearances:
        role = next((role for role in sorted(one.roles) if _has_role(roles, role)), "")
        company = min(one.near & near, default="")
        agreeing += bool(role or (company and not one.roles))
        differing |= bool(one.roles) and not role and bool(roles)
        shared_role, shared_near = shared_role or role, shared_near or company
    share = 0.0 if differing or not name.appearances else agreeing / len(name.appearances)
    return Link(name.id, fuller.id, how, shared_role, "" if shared_role else shared_near), share


def _has_role(roles: Collection[str], role: str) -> bool:
    """Tell whether a role is among others: "minister" is there where "onderwijsminister" is."""
    return any(role == one or role.endswith(one) or one.endswith(role) for one in roles)
