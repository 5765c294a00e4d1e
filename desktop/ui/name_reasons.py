"""Why a name counts as an actor's, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from desktop.i18n import _
from desktop.model import MentionKind

if TYPE_CHECKING:
    from desktop.library.links import NameOfActor


class JoinedName(NamedTuple):
    """Another name that counts as an actor's."""

    name: str
    kind: MentionKind
    why: str


def joined_names(names: Iterable[NameOfActor]) -> tuple[JoinedName, ...]:
    """Return the names that were joined to an actor's own, with the reason, those in most articles first."""
    found = [(one, _why(one)) for one in names if one.articles]
    return tuple(JoinedName(one.name, one.kind, why) for one, why in found if why)


def _why(name: NameOfActor) -> str:
    """Say why; "" for the actor's own name."""
    if name.reason == "merge":
        return _("merged by you")
    if name.reason != "link":
        return ""
    how = {
        "surname": _("surname"),
        "initials": _("initials"),
        "legal_form": _("the same but for its legal form"),
        "abbreviation": _("abbreviation"),
    }.get(name.how, "")
    shared = ""
    if name.role:
        shared = _("both are “{role}”").format(role=name.role)
    elif name.near:
        shared = _("both stand with “{name}”").format(name=name.near)
    return ", ".join(part for part in (how, shared) if part) or _("the same name, written otherwise")
