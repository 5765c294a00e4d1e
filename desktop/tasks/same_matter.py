"""Same matter, different figures: how an amount moved from article to article.

Read twice: first every amount is noted by the keys it can be found by, then those that have partners are
compared. Nothing is stored, so an answer always fits the library as it is.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.extraction.matter_candidates import Candidates
from desktop.extraction.matter_evidence import Rarity, figure
from desktop.extraction.matter_groups import Link, groups
from desktop.extraction.matter_profile import Profile
from desktop.extraction.same_matter import ENOUGH, judge
from desktop.library import articles, figures
from desktop.model import ArticleId
from desktop.progress import Progress, SilentProgress
from desktop.tasks.matter_passages import ArticleReader, Lexicon
from desktop.tasks.search import analysis, search
from desktop.tasks.session import Session

_MOST_COMPARED: Final = 50_000  # amounts kept ready to be compared, about 200 MB
_EQUAL: Final = 0.005  # figures that differ by no more are one figure, rounded
_FAR_APART: Final = 2.0  # natural logarithm: beyond seven times as much, more is not more interesting


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount of a matter. Places are code points of the article's text."""

    article: ArticleId
    title: str
    published: str | None
    start: int
    end: int
    text: str  #: as written
    sentence: str
    low: float  #: in the matter's dimension (money: euro at the article's date), infinite = open
    high: float
    unit: str | None  #: as in the article: "USD", "MW"


@dataclass(frozen=True, slots=True)
class Matter:
    """Figures of one matter, at least two different ones. topic and actors: what they share, rarest first."""

    dimension: str
    topic: tuple[str, ...]
    actors: tuple[str, ...]
    figures: tuple[Figure, ...]  #: by date
    change: float  #: the last figure divided by the first
    score: float  #: how sure, 0..1: that of the weakest link


def find(session: Session, query: str = "", progress: Progress | None = None) -> list[Matter]:
    """Return the matters of the articles a query finds ("" = the library), the most telling first.

    Raises Cancelled.
    """
    progress = progress or SilentProgress()
    con = session.library.reader()
    rows = sorted(search(session, query, sort="date").rows if query.strip() else articles.rows(con))
    noted = note(con, rows, _Part(progress, 0, 600))
    candidates = noted.candidates
    pairs = list(candidates.pairs(_Part(progress, 600, 700).step))
    profiles = {
        number: reader.placed(amount).profile
        for number, reader, amount in noted.read(con, _within_limit(pairs), _Part(progress, 700, 900))
    }
    links = list(_links(pairs, profiles, candidates.rarity, _Part(progress, 900, 940)))
    found = groups(links, profiles, candidates.rarity, _Part(progress, 940, 950).step)
    numbers = {number for group in found for link in group for number in (link.first, link.second)}
    shown = {
        number: _shown(reader, amount)
        for number, reader, amount in noted.read(con, numbers, _Part(progress, 950, 1000))
    }
    matters = (_matter(group, shown) for group in found)
    return sorted((one for one in matters if one is not None), key=_telling, reverse=True)


class _Part:
    """The progress of one part of the work, in thousandths of the whole."""

    def __init__(self, progress: Progress, begin: int, end: int) -> None:
        self._progress, self._begin, self._end = progress, begin, end

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell that so many of the part's total are finished. Raises Cancelled."""
        share = (self._end - self._begin) * min(done, total) // max(total, 1)
        self._progress.step(self._begin + share, 1000, text)


class Noted:
    """The amounts of a library by number, as far as they are kept: what they share and where they stand."""

    def __init__(self) -> None:
        self.candidates = Candidates()
        self._starts = array("q")
        self._words = Lexicon(analysis())

    def add(self, article: figures.ArticleFigures) -> None:
        """Note the amounts of an article."""
        reader = ArticleReader(article, self._words)
        self.candidates.note(article.row, reader.subject_keys())
        beginning = self.candidates.note(article.row, reader.beginning_keys())
        for amount in article.amounts:
            value = figure(amount.low, amount.high)
            around = beginning + self.candidates.note(article.row, reader.keys_before(amount))
            self.candidates.add(article.row, amount.dimension, value, reader.keys(amount), around)
            self._starts.append(amount.start)

    def read(
        self, con: sqlite3.Connection, numbers: Iterable[int], progress: Progress
    ) -> Iterator[tuple[int, ArticleReader, figures.StoredAmount]]:
        """Read amounts again; those that are gone meanwhile are left out."""
        by_row: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for number in numbers:
            by_row[self.candidates.row(number)][self._starts[number]] = number
        done = 0
        progress.step(0, len(by_row))
        for batch in figures.batches(con, sorted(by_row)):
            for article in batch:
                reader = ArticleReader(article, self._words)
                for amount in article.amounts:
                    if amount.start in by_row[article.row]:
                        yield by_row[article.row][amount.start], reader, amount
            done += figures.BATCH
            progress.step(done, len(by_row))


def note(con: sqlite3.Connection, rows: Sequence[int], progress: Progress) -> Noted:
    """Note all amounts of some articles. Raises Cancelled."""
    noted = Noted()
    progress.step(0, len(rows))
    for done, batch in enumerate(figures.batches(con, rows), 1):
        for article in batch:
            noted.add(article)
        progress.step(done * figures.BATCH, len(rows))
    return noted


def _within_limit(pairs: Sequence[tuple[int, int]]) -> set[int]:
    wanted: set[int] = set()
    for pair in pairs:
        if len(wanted) >= _MOST_COMPARED:
            break
        wanted.update(pair)
    return wanted


def _links(
    pairs: Sequence[tuple[int, int]], profiles: Mapping[int, Profile], rarity: Rarity, progress: Progress
) -> Iterator[Link]:
    for done, (first, second) in enumerate(pairs):
        if done % 1000 == 0:
            progress.step(done, len(pairs))
        if first in profiles and second in profiles:
            verdict = judge(profiles[first], profiles[second], rarity)
            if verdict.score >= ENOUGH:
                yield Link(first, second, verdict)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A figure with how its keys are written."""

    figure: Figure
    dimension: str
    words: dict[str, str]
    names: dict[str, str]


def _shown(reader: ArticleReader, amount: figures.StoredAmount) -> _Shown:
    article, placed = reader.article, reader.placed(amount)
    shown = Figure(
        article=article.id,
        title=article.title,
        published=article.published,
        start=amount.start,
        end=amount.end,
        text=amount.text,
        sentence=" ".join(article.text[slice(*placed.sentence)].split()),
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
    )
    words, names = reader.written(placed.sentence)
    return _Shown(shown, amount.dimension, words, names)


def _matter(group: Sequence[Link], shown: Mapping[int, _Shown]) -> Matter | None:
    """Return the matter of linked amounts; None where all say the same figure."""
    numbers = sorted({number for link in group for number in (link.first, link.second)} & shown.keys())
    members = sorted((shown[number] for number in numbers), key=_order)
    values = [figure(one.figure.low, one.figure.high) for one in members]
    if len(values) < 2 or max(values) - min(values) <= _EQUAL * max(map(abs, values)):
        return None
    words = {key: word for one in reversed(members) for key, word in one.words.items()}
    names = {key: name for one in reversed(members) for key, name in one.names.items()}
    shared = _common([(*(f"={name}" for name in v.names), *v.topic) for v in (one.verdict for one in group)])
    topic = [words.get(key, key.lstrip("=").rpartition(":")[2]) for key in shared if key not in names]
    return Matter(
        dimension=members[0].dimension,
        topic=tuple(dict.fromkeys(topic)),
        actors=tuple(dict.fromkeys(names[key] for key in shared if key in names)),
        figures=tuple(one.figure for one in members),
        change=values[-1] / values[0] if values[0] else math.inf,
        score=round(min(link.verdict.score for link in group), 3),
    )


def _order(one: _Shown) -> tuple[str, str, int]:
    return one.figure.published or "", one.figure.article, one.figure.start


def _common(lists: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what at least half of the links share, most often shared first."""
    counts = Counter(key for keys in lists for key in keys)
    return [key for key, count in counts.most_common() if 2 * count >= len(lists)]


def _telling(matter: Matter) -> tuple[float, float]:
    """Return how interesting a matter is: in how many articles, and how far its figures lie apart."""
    count = len({one.article for one in matter.figures})
    values = [abs(figure(one.low, one.high)) for one in matter.figures]
    apart = math.log(max(values) / min(values)) if min(values) > 0 else 0.0
    return math.log(count) + min(apart, _FAR_APART), matter.score
