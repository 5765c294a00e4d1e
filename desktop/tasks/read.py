"""Everything the document pane needs of one article, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.library import actors, articles, mentions
from desktop.library import annotations as notes
from desktop.model import Actor, Annotation, Article, ArticleId, Mention, TextVersion
from desktop.tasks.session import Session


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """An article with its current text and all that is known about it."""

    article: Article
    version: TextVersion
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    annotations: tuple[Annotation, ...]


def open_article(session: Session, article: ArticleId) -> OpenedArticle:
    """Read an article. Raises Problem NO_SUCH_ARTICLE."""
    con = session.library.reader()
    return OpenedArticle(
        article=articles.get(con, article),
        version=articles.text(con, article),
        mentions=tuple(mentions.of_article(con, article)),
        actors=tuple(actors.of_article(con, article)),
        annotations=tuple(notes.of_article(con, article)),
    )
