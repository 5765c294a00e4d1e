"""What is exported, as values: a document of articles with their notes. No database, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.model import (
    ACTOR_KINDS,
    AMOUNT_KINDS,
    Amount,
    Annotation,
    AnnotationId,
    Article,
    ArticleId,
    Mention,
)


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A highlight with its note, or a note on the whole article (then without a quote)."""

    link: str
    quote: str = ""
    note: str = ""  #: Markdown, as the reader wrote it
    tags: tuple[str, ...] = ()
    colour: int = 1
    actors: tuple[str, ...] = ()  #: canonical names of the actors in the quote, each once
    amounts: tuple[tuple[str, Amount], ...] = ()  #: amounts in the quote: as written, and the value
    start: int | None = None  #: None = orphan, or on the whole article
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """An article with what was noted in it."""

    title: str
    link: str
    published: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[ExportNote, ...] = ()

    def in_reading_order(self) -> list[ExportNote]:
        """Return notes on the whole article, then those in the text by place, then the orphans."""
        return sorted(
            self.notes,
            key=lambda note: (bool(note.quote), note.start is None, note.start or 0, note.made_at, note.link),
        )


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """All that goes into one file. query: what the articles were found with."""

    title: str
    articles: tuple[ExportArticle, ...]
    made_at: str = ""  #: ISO date
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its file suffix with the dot, and what makes the file's text."""

    suffix: str
    render: Callable[[ExportDocument], str]


def link(article: ArticleId, annotation: AnnotationId | None = None) -> str:
    """Return the address that opens an article, at an annotation if there is one."""
    return f"leeslamp://article/{article}" + (f"?a={annotation}" if annotation else "")


def export_article(
    article: Article, annotations: Sequence[Annotation], mentions: Sequence[Mention]
) -> ExportArticle:
    """Return an article with its annotations; mentions are those of its whole text."""
    return ExportArticle(
        title=article.title,
        link=link(article.id),
        published=article.published,
        source=article.source,
        author=article.author,
        url=article.url,
        tags=article.tags,
        notes=tuple(_note(annotation, mentions) for annotation in annotations),
    )


def _note(annotation: Annotation, mentions: Sequence[Mention]) -> ExportNote:
    start, end = annotation.start, annotation.end
    inside = [
        mention
        for mention in mentions
        if start is not None and end is not None and mention.start < end and mention.end > start
    ]
    return ExportNote(
        link=link(annotation.article, annotation.id),
        quote=annotation.quote.exact,
        note=annotation.note,
        tags=annotation.tags,
        colour=annotation.colour,
        actors=tuple(dict.fromkeys(m.actor or m.text for m in inside if m.kind in ACTOR_KINDS)),
        amounts=tuple((m.text, m.amount) for m in inside if m.kind in AMOUNT_KINDS and m.amount),
        start=start,
        made_at=annotation.created_at,
    )
