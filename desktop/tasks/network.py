"""Actors that appear together, over the library or what a query finds: counted, laid out, with their places.

Also written to a file: the picture as SVG, the pairs as CSV or JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import combinations, pairwise

from desktop.charts import network as layout
from desktop.charts import ties
from desktop.charts.network import Point
from desktop.charts.ties import Tie
from desktop.extraction import sentences
from desktop.extraction.sense_words import SenseWords, sense_words
from desktop.library import network
from desktop.library.network import Named, NamingText, Present
from desktop.model import ACTOR_KINDS, LANGUAGES, ActorId, ArticleId, MentionKind
from desktop.progress import Progress, SilentProgress
from desktop.tasks.search import search
from desktop.tasks.session import Session

FEWEST, MOST = 20, 60  #: actors that can be asked for
_FAR = 1500  # code points between two mentions from which on no sentence holds both
_AROUND = 600  # code points of a sentence that are shown before and after
_TIES = 1.7  # drawn ties for each actor, at most
_ENOUGH = ((5000, 3), (60, 2))  # articles from which on a pair has to stand together so often
_TEXTS = 100  # texts read at once for a list of passages


class Within(StrEnum):
    """What two actors share when they stand together."""

    SENTENCE = "sentence"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed and chosen."""

    query: str = ""  #: of the search field; "" = the whole library
    kinds: frozenset[MentionKind] = frozenset(ACTOR_KINDS)
    most: int = 40  #: actors
    within: Within = Within.SENTENCE
    least: int = 0  #: together at least so often; 0 = as fits the number of articles


@dataclass(frozen=True, slots=True)
class Network:
    """The actors and their ties; ties count actors from 0, the strongest tie comes first."""

    question: Question
    articles: int = 0  #: in what was asked
    least: int = 1
    actors: tuple[Present, ...] = ()  #: in most articles first
    ties: tuple[Tie, ...] = ()  #: all of them
    drawn: tuple[Tie, ...] = ()
    groups: tuple[int, ...] = ()
    points: tuple[Point, ...] = ()  #: between 0 and 1

    def neighbours(self, number: int) -> list[int]:
        """Return the actors that one has a tie with, the strongest first."""
        found = (tie for tie in self.ties if number in (tie.one, tie.other))
        return [tie.other if tie.one == number else tie.one for tie in found]


def find(session: Session, question: Question, progress: Progress | None = None) -> Network:
    """Count who stands together, and lay the strongest ties out. Raises Cancelled."""
    progress = progress or SilentProgress()
    con = session.library.reader()
    rows = _rows(session, question.query)
    actors = network.most_present(con, question.kinds, question.most, rows)
    articles = len(network.all_rows(con) if rows is None else rows)
    progress.step(0, 0)
    if question.within is Within.ARTICLE:
        counts = _in_articles(actors)
    else:
        counts = _in_sentences(session, actors, progress)
    least = question.least or next((least for some, least in _ENOUGH if articles >= some), 1)
    return lay_out(Network(question, articles, least, tuple(actors)), counts)


def lay_out(bare: Network, counts: dict[tuple[int, int], int]) -> Network:
    """Return a network with its ties, groups and places; counts: of each pair of actors, by number."""
    nodes = len(bare.actors)
    found = ties.ties(counts, bare.least)
    drawn = ties.strongest(found, round(nodes * _TIES))
    groups = ties.groups(nodes, drawn)
    points = layout.place(nodes, drawn, groups)
    return Network(
        bare.question,
        bare.articles,
        bare.least,
        bare.actors,
        tuple(found),
        tuple(drawn),
        tuple(groups),
        tuple(points),
    )


def _rows(session: Session, query: str) -> tuple[int, ...] | None:
    if not query.strip():
        return None
    return search(session, query, sort="date", unfinished=True).rows


def _in_articles(actors: Sequence[Present]) -> dict[tuple[int, int], int]:
    counts = {
        (one, other): (actors[one].mask & actors[other].mask).bit_count()
        for one, other in combinations(range(len(actors)), 2)
    }
    return {pair: count for pair, count in counts.items() if count}


def _in_sentences(
    session: Session, actors: Sequence[Present], progress: Progress
) -> dict[tuple[int, int], int]:
    numbers = {actor.row: number for number, actor in enumerate(actors)}
    once = twice = 0  # articles that name one of the actors, and those that name several
    for actor in actors:
        twice |= once & actor.mask
        once |= actor.mask
    rows = network.rows_of(twice)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    done = 0
    for texts in network.texts_naming(session.library.reader(), numbers.keys(), rows):
        progress.step(done, len(rows))
        done += network.BATCH
        for text in texts:
            for sentence in _sentences(text):
                together = sorted({numbers[one.actor] for one in sentence})
                for pair in combinations(together, 2):
                    counts[pair] += 1
    return dict(counts)


def _sentences(text: NamingText) -> Iterator[list[Named]]:
    """Yield the mentions of each sentence that has several."""
    words = _words(text)
    held = text.named[:1]
    for before, one in pairwise(text.named):
        far = one.start - before.end > _FAR
        if far or sentences.between(text.text, before.end, one.start, words):
            if len(held) > 1:
                yield held
            held = []
        held.append(one)
    if len(held) > 1:
        yield held


def _words(text: NamingText) -> SenseWords:
    return sense_words(text.lang if text.lang in LANGUAGES else "nl")


# The passages


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where actors stand together. start and end: from the first of them to the last."""

    article: ArticleId
    title: str
    published: str | None
    source: str | None
    start: int
    end: int
    sentence: str  #: on one line
    marks: tuple[tuple[int, int], ...]  #: where the names stand in the sentence
    names: tuple[ActorId, ...]
    shared: bool = True  #: False: no sentence holds them, these are two that stand near each other


@dataclass(frozen=True, slots=True)
class Passages:
    """Places where an actor stands with others, the newest article first."""

    found: tuple[Passage, ...] = ()
    articles: int = 0  #: in which they stand together
    complete: bool = True  #: False: there may be more


def passages(
    session: Session,
    found: Network,
    number: int,
    others: Sequence[int],
    *,
    most: int = 200,
    progress: Progress | None = None,
) -> Passages:
    """Return where an actor of a network stands with some others: the sentences that hold them.

    In a network of articles, one that holds them in no sentence gives the two mentions that are nearest.
    Raises Cancelled.
    """
    progress = progress or SilentProgress()
    con = session.library.reader()
    one = found.actors[number]
    others_mask = 0
    for other in others:
        others_mask |= found.actors[other].mask
    rows = network.newest_first(con, one.mask & others_mask)
    asked = {actor.row: actor.id for actor in (one, *(found.actors[other] for other in others))}
    by_article = found.question.within is Within.ARTICLE
    places: list[Passage] = []
    articles: set[ArticleId] = set()
    for done, texts in enumerate(network.texts_naming(con, asked.keys(), rows, _TEXTS)):
        progress.step(done * _TEXTS, len(rows))
        for text in texts:
            here = list(_in_text(text, one.row, asked, by_article))
            if here:
                articles.add(text.id)
            if len(places) < most:
                places += here
        if len(places) >= most and not by_article:
            return Passages(tuple(places[:most]), len(articles), complete=False)
        if len(places) >= most:
            break
    total = len(rows) if by_article else len(articles)
    return Passages(tuple(places[:most]), total, complete=len(places) < most)


def _in_text(text: NamingText, actor: int, asked: dict[int, ActorId], by_article: bool) -> Iterator[Passage]:
    several = False
    for sentence in _sentences(text):
        rows = {one.actor for one in sentence}
        if actor in rows and len(rows) > 1:
            several = True
            yield _passage(text, sentence, asked, shared=True)
    if by_article and not several:
        mine = [one for one in text.named if one.actor == actor]
        rest = [one for one in text.named if one.actor != actor]
        if mine and rest:
            near = min(((a, b) for a in mine for b in rest), key=lambda two: abs(two[0].start - two[1].start))
            yield _passage(text, sorted(near, key=lambda one: one.start), asked, shared=False)


def _passage(text: NamingText, named: Sequence[Named], asked: dict[int, ActorId], *, shared: bool) -> Passage:
    first, last = named[0], named[-1]
    bound = partial(sentences.around, text.text, words=_words(text), most=_AROUND)
    if shared:
        parts = [(bound(first.start, last.end), list(named))]
    else:
        parts = [(bound(one.start, one.end), [one]) for one in named]
    sentence, marks = "", []
    for (start, end), held in parts:
        sentence += " … " if sentence else ""
        shift = len(sentence) - start
        sentence += text.text[start:end].replace("\n", " ")
        marks += [(one.start + shift, one.end + shift) for one in held]
    return Passage(
        text.id,
        text.title,
        text.published,
        text.source,
        first.start,
        last.end,
        sentence,
        tuple(marks),
        tuple(dict.fromkeys(asked[one.actor] for one in named)),
        shared,
    )


def numbers_of(found: Network, ids: Collection[ActorId]) -> list[int]:
    """Return the numbers of these actors, as far as they are in a network."""
    return [number for number, actor in enumerate(found.actors) if actor.id in ids]
