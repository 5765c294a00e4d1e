"""Find an actor by the beginning of a word of its name, to say that another one is the same."""

from __future__ import annotations

from collections.abc import Collection

from desktop.library import actors
from desktop.library.name_forms import normal
from desktop.model import Actor, ActorId, ArticleId, MentionKind
from desktop.tasks.session import Session


def suggest(
    session: Session,
    text: str,
    *,
    article: ArticleId | None = None,
    kind: MentionKind | None = None,
    without: Collection[ActorId] = (),
    limit: int = 30,
) -> list[Actor]:
    """Return actors that match, those of an article first, then those of the library in most articles.

    kind: only actors of this kind. Counts of articles are the library's. Raises Problem NO_SUCH_ARTICLE.
    """
    con = session.library.reader()
    near = actors.of_article(con, article) if article is not None else []
    found = [one for one in near if _matches(one, text)]
    # Those of another kind, and those left out, make room for others.
    known = {one.id for one in found}
    found += [one for one in actors.matching(con, text, limit * 4) if one.id not in known]
    fits = [one for one in found if one.id not in without and kind in (None, one.kind)]
    return fits[:limit]


def _matches(actor: Actor, text: str) -> bool:
    asked = normal(text) if text.strip() else ""
    return any(f" {asked}" in f" {normal(name)}" for name in (actor.name, *actor.aliases))
