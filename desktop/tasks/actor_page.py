"""The page of an actor: what is known of it, and the sentences that name it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from desktop.extraction.sense_words import sense_words
from desktop.extraction.sentences import Sentences
from desktop.library import actor_pages
from desktop.library.actor_pages import AROUND, ActorFacts, Around, Place
from desktop.library.amounts import AmountRow
from desktop.model import LANGUAGES, ActorId, ArticleId
from desktop.tasks.session import Session

ARTICLES = 10  #: whose passages are read at once
_MOST_EACH = 6  # passages of one article


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that names the actor, one or more times. Offsets are code points of the article's text."""

    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]  #: the mentions of the actor
    is_cut: tuple[bool, bool] = (False, False)  #: more of the sentence stands before, behind


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """An article with its sentences that name the actor."""

    article: ArticleId
    title: str
    published: str | None
    quotes: tuple[Quote, ...]
    more: int  #: mentions in further sentences


@dataclass(frozen=True, slots=True)
class Passages:
    """Some of the passages, newest article first, and where to go on; None = that was all."""

    articles: tuple[QuotedArticle, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class ActorPage:
    """All that the page shows at first."""

    facts: ActorFacts
    newest: tuple[AmountRow, ...]
    largest: tuple[AmountRow, ...]


def read_page(session: Session, actor: ActorId) -> ActorPage:
    """Read what is known of an actor. Raises Problem NO_SUCH_ACTOR."""
    con = session.library.reader()
    return ActorPage(
        actor_pages.facts(con, actor),
        tuple(actor_pages.amounts_with(con, actor)),
        tuple(actor_pages.amounts_with(con, actor, largest=True)),
    )


def read_passages(
    session: Session, actor: ActorId, after: Place | None = None, count: int = ARTICLES
) -> Passages:
    """Read the sentences around the actor's mentions in its newest articles, or in those after a place.

    count: of the articles.
    """
    found = actor_pages.mentions_around(session.library.reader(), actor, after, count)
    articles = []
    last: Around | None = None
    for _row, several in groupby(found, key=lambda one: one.row):
        mentions = list(several)
        last = mentions[-1]
        articles.append(_quoted(mentions))
    goes_on = last is not None and len(articles) == count
    return Passages(tuple(articles), Place(last.day, last.row) if goes_on and last else None)


def _quoted(mentions: list[Around]) -> QuotedArticle:
    quotes: list[Quote] = []
    more = 0
    for mention in mentions:
        if quotes and quotes[-1].end >= mention.end:
            before = quotes[-1]
            marks = (*before.marks, (mention.start, mention.end))
            quotes[-1] = Quote(before.start, before.end, before.text, marks, before.is_cut)
        elif len(quotes) == _MOST_EACH:
            more += 1
        else:
            quotes.append(_quote(mention))
    first = mentions[0]
    return QuotedArticle(first.article, first.title, first.published, tuple(quotes), more)


def _quote(mention: Around) -> Quote:
    """Cut the sentence out of the text around a mention."""
    lang = mention.lang if mention.lang in LANGUAGES else LANGUAGES[0]
    place = mention.start - mention.at
    inside = (place, mention.end - mention.at)
    start, end = Sentences(mention.text, (), sense_words(lang), [inside]).at(place)
    is_more = len(mention.text) == mention.end - mention.at + AROUND
    cut = (
        mention.at > 0 and not mention.text[:start].strip(),
        is_more and not mention.text[end:].strip(),
    )
    return Quote(
        mention.at + start,
        mention.at + end,
        mention.text[start:end],
        ((mention.start, mention.end),),
        cut,
    )
