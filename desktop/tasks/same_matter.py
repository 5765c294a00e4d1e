"""Same matter, different figures: how an amount moved from article to article.

Read twice: first every amount is noted by the keys it can be found by, then those that have partners are
compared. Nothing is stored, so an answer always fits the library as it is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.extraction.matter_candidates import Candidates
from desktop.extraction.matter_groups import Link, groups
from desktop.extraction.same_matter import ENOUGH, figure, judge
from desktop.library import articles, figures
from desktop.model import ArticleId
from desktop.progress import Progress, SilentProgress
from desktop.tasks.matter_passages import Placed, placed, subject_keys
from desktop.tasks.search import analysis, search
from desktop.tasks.session import Session

_MOST_COMPARED = 150_000  # amounts kept ready at once, about 300 MB


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
    candidates, places = _note(session, rows, progress)
    pairs = list(candidates.pairs(progress.step))
    wanted = _within_limit(pairs)
    ready = _prepare(session, candidates, places, wanted, progress)
    links = []
    for number, (first, second) in enumerate(pairs):
        if number % 1000 == 0:
            progress.step(number, len(pairs))
        if first in ready and second in ready:
            verdict = judge(ready[first].placed.profile, ready[second].placed.profile, candidates.rarity)
            if verdict.score >= ENOUGH:
                links.append(Link(first, second, verdict))
    profiles = {number: one.placed.profile for number, one in ready.items()}
    found = [_matter(group, ready) for group in groups(links, profiles, candidates.rarity)]
    return sorted((one for one in found if one is not None), key=_telling, reverse=True)


@dataclass(frozen=True, slots=True)
class _Ready:
    """An amount that is compared, with what is shown of it."""

    article: ArticleId
    row: int
    title: str
    published: str | None
    day: str
    sentence: str
    placed: Placed


def _note(session: Session, rows: Sequence[int], progress: Progress) -> tuple[Candidates, list[int]]:
    """Return all amounts by their keys, and the place of each in its article's list."""
    candidates = Candidates()
    places: list[int] = []
    words = analysis()
    progress.step(0, len(rows))
    done = 0
    for batch in figures.batches(session.library.reader(), rows):
        for article in batch:
            candidates.note(article.row, subject_keys(article, words))
            for place, one in enumerate(placed(article, words)):
                a = one.amount
                candidates.add(article.row, a.dimension, figure(a.low, a.high), one.profile.keys())
                places.append(place)
        done += figures.BATCH
        progress.step(min(done, len(rows)), len(rows))
    return candidates, places


def _within_limit(pairs: Sequence[tuple[int, int]]) -> set[int]:
    wanted: set[int] = set()
    for pair in pairs:
        if len(wanted) >= _MOST_COMPARED:
            break
        wanted.update(pair)
    return wanted


def _prepare(
    session: Session, candidates: Candidates, places: Sequence[int], wanted: Iterable[int], progress: Progress
) -> dict[int, _Ready]:
    """Read the articles of these amounts again and return the amounts by number."""
    by_row: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for number in wanted:
        by_row[candidates.row(number)][places[number]] = number
    rows = sorted(by_row)
    words = analysis()
    found: dict[int, _Ready] = {}
    done = 0
    for batch in figures.batches(session.library.reader(), rows):
        for article in batch:
            numbers = by_row[article.row]
            for place, one in enumerate(placed(article, words, written=True)):
                if place in numbers:
                    found[numbers[place]] = _Ready(
                        article.id,
                        article.row,
                        article.title,
                        article.published,
                        article.first_day or "",
                        " ".join(article.text[slice(*one.sentence)].split()),
                        one,
                    )
        done += figures.BATCH
        progress.step(min(done, len(rows)), len(rows))
    return found


def _matter(group: Sequence[Link], ready: dict[int, _Ready]) -> Matter | None:
    """Return the matter of linked amounts; None where all say the same figure."""
    numbers = sorted({number for link in group for number in (link.first, link.second)})
    members = sorted((ready[number] for number in numbers), key=_order)
    values = [figure(one.placed.amount.low, one.placed.amount.high) for one in members]
    if max(values) - min(values) <= 0.005 * max(map(abs, values)):
        return None
    written = {key: word for one in reversed(members) for key, word in one.placed.written.items()}
    topic = _common([link.verdict.topic for link in group])
    names = _common([tuple(f"={name}" for name in link.verdict.names) for link in group])
    actors = dict.fromkeys(written.get(key, key[1:]) for key in names)
    words = dict.fromkeys(written.get(key, key.partition(":")[2]) for key in topic)
    return Matter(
        dimension=members[0].placed.amount.dimension,
        topic=tuple(word for word in words if word not in actors),
        actors=tuple(actors),
        figures=tuple(_figure(one) for one in members),
        change=values[-1] / values[0] if values[0] else math.inf,
        score=round(min(link.verdict.score for link in group), 3),
    )


def _order(one: _Ready) -> tuple[str, int, int]:
    return one.day, one.row, one.placed.amount.start


def _common(lists: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what the links share, most often shared first."""
    counts: defaultdict[str, int] = defaultdict(int)
    for keys in lists:
        for key in keys:
            counts[key] += 1
    return [
        key for key, count in sorted(counts.items(), key=lambda item: -item[1]) if 2 * count >= len(lists)
    ]


def _figure(one: _Ready) -> Figure:
    amount = one.placed.amount
    return Figure(
        article=one.article,
        title=one.title,
        published=one.published,
        start=amount.start,
        end=amount.end,
        text=amount.text,
        sentence=one.sentence,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
    )


def _telling(matter: Matter) -> tuple[float, float]:
    """Return how interesting a matter is: in how many articles, and how far its figures lie apart."""
    count = len({one.article for one in matter.figures})
    values = [abs(figure(one.low, one.high)) for one in matter.figures]
    apart = math.log(max(values) / min(values)) if min(values) > 0 else 0.0
    return math.log(count) + min(apart, 2.0), matter.score
