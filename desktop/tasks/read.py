"""Everything the document pane needs of one article, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.library import actors, articles, copies, links, mentions
from desktop.library import annotations as notes
from desktop.library.links import NameOfActor
from desktop.model import Actor, ActorId, Annotation, Article, ArticleId, Mention, TextVersion
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """An article with its current text and all that is known about it."""

    article: Article
    version: TextVersion
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    annotations: tuple[Annotation, ...]
    names: Mapping[ActorId, tuple[NameOfActor, ...]] = field(default_factory=dict)  #: of those with several
    copies: tuple[Article, ...] = ()  #: articles with nearly the same text, by date


def open_article(session: Session, article: ArticleId) -> OpenedArticle:
    """Read an article. Raises Problem NO_SUCH_ARTICLE."""
    con = session.library.reader()
    found = actors.of_article(con, article)
    about = articles.get(con, article)
    names = links.names_of_all(con, [actor.id for actor in found])
    return OpenedArticle(
        article=about,
        version=articles.text(con, article),
        mentions=tuple(mentions.of_article(con, article)),
        actors=tuple(found),
        annotations=tuple(notes.of_article(con, article)),
        names={actor: tuple(several) for actor, several in names.items() if len(several) > 1},
        copies=tuple(copies.others(con, about.row)),
    )
