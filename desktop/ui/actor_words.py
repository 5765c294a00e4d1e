"""Words about actors: roles, why a name counts, why two may be one, what found a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from desktop.i18n import _, format_date, n_
from desktop.model import Mention, MentionKind, Source

if TYPE_CHECKING:
    from desktop.library.links import NameOfActor
    from desktop.tasks.browse_actors import Suggestion


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
        return _("both are “{role}”").format(role=role)
    return _("both stand with “{name}”").format(name=near) if near else ""


def _how(how: str) -> str:
    return {
        "surname": _("surname"),
        "initials": _("initials"),
        "legal_form": _("the same but for its legal form"),
        "abbreviation": _("abbreviation"),
        "translation": _("the same in another language"),
    }.get(how, "")


def reason_words(name: NameOfActor) -> str:
    """Say why a name belongs to its actor."""
    if name.reason == "link":
        why = _link_words(name)
        return _("linked by the program: {why}").format(why=why) if why else _("linked by the program")
    return {
        "own": _("the name itself"),
        "merge": _("merged by you"),
        "split": _("kept apart by you"),
        "retype": _("its kind was set by you"),
    }.get(name.reason, "")


def _link_words(name: NameOfActor) -> str:
    return ", ".join(part for part in (_how(name.how), _common(name.role, name.near)) if part)


class JoinedName(NamedTuple):
    """Another name that counts as an actor's."""

    name: str
    kind: MentionKind
    why: str


def joined_names(names: Iterable[NameOfActor]) -> tuple[JoinedName, ...]:
    """Return the names that were joined to an actor's own, with the reason, those in most articles first."""
    joined = [one for one in names if one.articles and one.reason in ("link", "merge")]
    return tuple(JoinedName(one.name, one.kind, _link_words(one) or reason_words(one)) for one in joined)


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
