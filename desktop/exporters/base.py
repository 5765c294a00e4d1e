"""What is exported, as values: a document of articles with their notes. No database, no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from desktop.model import (
    ACTOR_KINDS,
    AMOUNT_KINDS,
    Amount,
    AnchorState,
    Annotation,
    AnnotationId,
    Article,
    ArticleId,
    Block,
    Inline,
    Mention,
    TextVersion,
)

#: what neither XML nor a printed page can hold
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SAFE_ADDRESS = re.compile(r"(?:https?|mailto|leeslamp):", re.IGNORECASE)


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
    end: int | None = None
    changed_at: str = ""
    id: str = ""  #: UUID
    prefix: str = ""  #: what stands before the quote, and behind it
    suffix: str = ""
    state: AnchorState = AnchorState.ANCHORED

    @property
    def is_orphan(self) -> bool:
        """Whether the passage is no longer in the text."""
        return bool(self.quote) and self.start is None


@dataclass(frozen=True, slots=True)
class ExportText:
    """The whole text of an article, with its structure and all that is marked in it."""

    text: str
    blocks: tuple[Block, ...]
    inlines: tuple[Inline, ...] = ()
    mentions: tuple[Mention, ...] = ()


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
    id: str = ""  #: UUID
    lang: str | None = None
    hash: str = ""  #: sha256 of its text, hex
    whole: ExportText | None = None  #: where the article itself goes out too

    def in_reading_order(self) -> list[ExportNote]:
        """Return notes on the whole article, then those in the text by place, then the orphans."""
        return sorted(
            self.notes,
            key=lambda note: (bool(note.quote), note.start is None, note.start or 0, note.made_at, note.link),
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands at the head of a document before its articles have been gone through."""

    articles: int = 0
    notes: int = 0
    tags: tuple[str, ...] = ()  #: each once


@dataclass(frozen=True, slots=True)
class ExportDocument:
    """All that goes into one file. query: what the articles were found with.

    articles may be read one by one while the file is written, and more than once; `totals` then says what
    they come to.
    """

    title: str
    articles: Iterable[ExportArticle]
    made_at: str = ""  #: ISO date
    query: str | None = None
    totals: Totals | None = None

    def counted(self) -> Totals:
        """Return the totals; without any, the articles are gone through."""
        if self.totals is not None:
            return self.totals
        articles, notes = 0, 0
        tags: dict[str, None] = {}
        for article in self.articles:
            articles, notes = articles + 1, notes + len(article.notes)
            tags |= dict.fromkeys(article.tags)
            for note in article.notes:
                tags |= dict.fromkeys(note.tags)
        return Totals(articles, notes, tuple(tags))


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its file suffix with the dot, and what writes the file.

    whole: it can hold whole articles, beside notes.
    """

    suffix: str
    write: Callable[[ExportDocument, BinaryIO], None]
    whole: bool = False


def written(lines: Iterable[str], file: BinaryIO) -> None:
    """Write pieces of text one after another, as UTF-8."""
    file.writelines(line.encode("utf-8", "replace") for line in lines)


def printable(text: str) -> str:
    """Return text without what XML and paper cannot hold; line ends are "\\n"."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_address(address: str | None) -> str:
    """Return an address that may be followed from a document, "" for any other ("javascript:")."""
    address = printable(address or "").strip()
    return address if _SAFE_ADDRESS.match(address) else ""


def link(article: ArticleId, annotation: AnnotationId | None = None) -> str:
    """Return the address that opens an article, at an annotation if there is one."""
    return f"leeslamp://article/{article}" + (f"?a={annotation}" if annotation else "")


def export_article(
    article: Article,
    annotations: Sequence[Annotation],
    mentions: Sequence[Mention],
    *,
    version: TextVersion | None = None,
    whole: bool = False,
) -> ExportArticle:
    """Return an article with its annotations; mentions are those of its whole text.

    whole: with the text of `version` too.
    """
    text = None
    if whole and version is not None:
        text = ExportText(version.text, version.blocks, version.inlines, tuple(mentions))
    return ExportArticle(
        title=article.title,
        link=link(article.id),
        published=article.published,
        source=article.source,
        author=article.author,
        url=article.url,
        tags=article.tags,
        notes=tuple(_note(annotation, mentions) for annotation in annotations),
        id=article.id,
        lang=article.lang,
        hash=version.hash if version else "",
        whole=text,
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
        end=end,
        changed_at=annotation.modified_at,
        id=annotation.id,
        prefix=annotation.quote.prefix,
        suffix=annotation.quote.suffix,
        state=annotation.state,
    )
