"""Words about actors: roles, why a name counts, why two may be one, what found a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.i18n import _, format_date, n_
from desktop.library.links import NameOfActor
from desktop.library.owners import Reason
from desktop.model import Mention, Source

if TYPE_CHECKING:
    from desktop.tasks.browse_actors import Suggestion


def different_roles(roles: Iterable[str]) -> list[str]:
    """Return roles without those that differ in capitals only."""
    found: dict[str, str] = {}
    for role in roles:
        found.setdefault(role.casefold(), role)
    return list(found.values())


def counts_words(articles: int, mentions: int) -> str:
    """Return "in 12 articles, 34 mentions"."""
    return _("{articles}, {mentions}").format(
        articles=n_("in {n} article", "in {n} articles", articles),
        mentions=n_("{n} mention", "{n} mentions", mentions),
    )


def between_words(first: str | None, last: str | None) -> str:
    """Return the dates of the first and last article: "Jan 2025 – 13 Dec 2025"; "" where none is dated."""
    if not first or not last:
        return ""
    one, other = format_date(first, short=True), format_date(last, short=True)
    return one if one == other else f"{one} – {other}"


def _common(role: str, near: str) -> str:
    """Say what two names have in common; "" where nothing is known."""
    if role:
        return _("both {role}").format(role=role)
    return _("both near {organisation}").format(organisation=near) if near else ""


def _how(how: str) -> str:
    return {
        "surname": _("a surname"),
        "initials": _("initials and surname"),
        "legal_form": _("the name with its legal form"),
        "abbreviation": _("an abbreviation that an article explains"),
    }.get(how, "")


def reason_words(name: NameOfActor) -> str:
    """Say why a name belongs to its actor."""
    if name.reason is Reason.LINK:
        parts = [part for part in (_how(name.how), _common(name.role, name.near)) if part]
        return (
            _("linked by the program: {why}").format(why=", ".join(parts))
            if parts
            else _("linked by the program")
        )
    return {
        Reason.OWN: _("the name itself"),
        Reason.MERGE: _("merged by you"),
        Reason.SPLIT: _("kept apart by you"),
        Reason.RETYPE: _("its kind was set by you"),
    }.get(name.reason, "")


def suggestion_words(suggestion: Suggestion) -> str:
    """Say which actor another one may be, and why."""
    why = _common(suggestion.role, suggestion.near) or _how(suggestion.how)
    if not why:
        return _("perhaps {name}").format(name=suggestion.fuller.name)
    return _("perhaps {name}: {why}").format(name=suggestion.fuller.name, why=why)


def query_for(name: str) -> str:
    """Return the query that finds an actor under all its names."""
    return f'actor:"{name.replace(chr(34), " ").strip()}"'


def name_found_by(mention: Mention) -> str:
    """Say what found a name, in words."""
    if mention.source is Source.USER:
        return _("Marked by you")
    if mention.source is Source.MODEL:
        return _("Found by the language model")
    if not mention.rule:
        return _("Found by a rule")
    kind, _colon, detail = mention.rule.removeprefix("unlisted|").partition(":")
    return _("Found by: {how}").format(how=_rule_words(kind, detail.partition(":")[0]))


def _rule_words(kind: str, detail: str) -> str:
    """Say what spoke most for a name, see `extraction.name_evidence`."""
    if kind in ("preposition", "article"):
        return _("the word “{word}” in front of it").format(word=detail)
    if kind == "before" and detail == "role":
        return _("the role in front of it")
    words = {
        **dict.fromkeys(("listed", "unsure"), _("a list of known names")),
        **dict.fromkeys(("starts", "ends"), _("a known name within it")),
        **dict.fromkeys(
            ("forename", "surname", "fullname", "initial"), _("lists of first names and surnames")
        ),
        "city": _("a list of places"),
        "noun": _("the noun in front of it"),
        **dict.fromkeys(("head", "tail", "ending"), _("a word or ending that such names have")),
        "mid": _("capitals within a sentence"),
        "rule": _("a fixed pattern"),
    }
    return words.get(kind, _("how it is written and the words around it"))
