"""A library of made-up Dutch news articles, always the same, and the questions put to it.

Word forms and their frequencies come from the package wordfreq; rare proper names are made of syllables. Each
article has about twenty words of its subject that recur, and names its actors and places in the text.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

WORD = re.compile(r"\w+")
KINDS = (
    "rare", "common", "and2", "or3", "phrase", "prefix", "fuzzy", "actor", "amount", "date", "facet",
    "snippet", "count",
)  # fmt: skip

_ONSETS = "br b d dr f g gr h j k kl kr l m n p pr r s sch st t tr v vl w z zw".split()
_NUCLEI = "a aa e ee i ie o oe oo u uu ei ij ou ui".split()
_CODAS = ["", "", "k", "l", "m", "n", "ng", "p", "r", "s", "st", "t", "rs", "nk"]
_FIRST = (
    "Jan Piet Anna Sanne Emma Daan Lucas Fatima Mohammed Youssef Eva Lotte Bram Sem Noor Julia Thijs Tess "
    "Willem Maarten Ruben Iris Karin Henk Kees Marieke Joost Femke Hugo Pieter Ahmed Aisha Sophie Bas "
    "Wouter Nina Rob Frank Ellen Geert"
).split()
_BEFORE = ["van ", "de ", "van der ", "van den ", "", "", "", "", "", ""]
_BEHIND = "sma stra huis veld berg man mans sen dijk meijer inga boer kamp".split()
_TOWNS = "dam burg veen drecht hoven wijk dorp oord broek meer stad loo".split()


@dataclass(frozen=True, slots=True)
class Article:
    row: int
    title: str
    text: str  #: title included, as the library stores it
    day: int
    amount: float | None
    actors: tuple[str, ...]


class _Maker:
    def __init__(self, seed: int) -> None:
        import wordfreq

        self.random = np.random.default_rng(seed)
        frequencies = wordfreq.get_frequency_dict("nl", "best")
        plain = re.compile(r"^[a-zà-ÿ]{1,28}$")
        ordered = sorted((-often, word) for word, often in frequencies.items() if plain.match(word))[:150_000]
        self.words = [word for _often, word in ordered]
        cumulated = np.cumsum([-often for often, _word in ordered])
        self.word_odds = cumulated / cumulated[-1]
        syllables = lambda: self.syllables(int(self.random.integers(2, 4))).capitalize()  # noqa: E731
        self.names = _different(syllables, 200_000)
        self.actors = _different(self.actor, 5000)
        self.places = _different(lambda: (self.syllables(1) + self.one_of(_TOWNS)).capitalize(), 1500)
        self.actor_odds, self.place_odds = _zipf(5000, 0.9), _zipf(1500, 0.9)
        self.name_odds = _zipf(200_000, 0.8)

    def one_of(self, choices: list[str]) -> str:
        return choices[int(self.random.integers(len(choices)))]

    def syllables(self, number: int) -> str:
        return "".join(
            self.one_of(_ONSETS) + self.one_of(_NUCLEI) + self.one_of(_CODAS) for _each in range(number)
        )

    def actor(self) -> str:
        last = (self.syllables(1) + self.one_of(_BEHIND)).capitalize()
        return f"{self.one_of(_FIRST)} {self.one_of(_BEFORE)}{last}"

    def pick(self, odds: Any, number: int) -> list[int]:
        return list(dict.fromkeys(np.searchsorted(odds, self.random.random(number)).tolist()))

    def article(self, row: int) -> Article:
        source = self.random
        size = int(np.clip(source.lognormal(np.log(370), 0.45), 100, 1500))
        tokens = [self.words[at] for at in np.searchsorted(self.word_odds, source.random(size)).tolist()]
        subject = (300 + source.random(20) ** 2 * 40_000).astype(int).tolist()
        for at in source.integers(0, size, int(size * 0.12)).tolist():
            tokens[at] = self.words[subject[int(source.integers(20))]]
        for name in self.pick(self.name_odds, max(1, int(size * 0.012))):
            tokens[int(source.integers(size))] = self.names[name]
        actors = [self.actors[at] for at in self.pick(self.actor_odds, int(source.integers(1, 6)))]
        places = [self.places[at] for at in self.pick(self.place_odds, int(source.integers(1, 4)))]
        amounts = np.exp(source.normal(11, 3, int(source.integers(0, 4)))).round(2).tolist()
        for name in [*actors, actors[0], *places, *(f"{int(amount)} euro" for amount in amounts)]:
            tokens[int(source.integers(size))] = name
        title = " ".join(
            [actors[0], *(self.words[subject[at]] for at in source.integers(0, 20, 3 + row % 5).tolist())]
        )
        day = dt.date(2015, 1, 1).toordinal() + int(source.integers(0, 4200))
        text = f"{title}\n\n{self._sentences(tokens)}"
        return Article(row, title, text, day, max(amounts, default=None), tuple(actors))

    def _sentences(self, tokens: list[str]) -> str:
        found, at = [], 0
        while at < len(tokens):
            end = at + int(self.random.integers(6, 24))
            sentence = " ".join(tokens[at:end])
            at = end
            gap = "\n\n" if self.random.random() < 0.2 else " "
            found.append(sentence[:1].upper() + sentence[1:] + "." + gap)
        return "".join(found).strip()


def _different(make: Callable[[], str], number: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < number:
        found[make()] = None
    return list(found)


def _zipf(number: int, exponent: float) -> Any:
    cumulated = np.cumsum(1.0 / np.arange(1, number + 1) ** exponent)
    return cumulated / cumulated[-1]


def write(path: Path, number: int, seed: int = 7) -> None:
    """Write a library: a SQLite file with articles and their actors."""
    maker = _Maker(seed)
    con = sqlite3.connect(path)
    con.executescript(
        "pragma journal_mode=off; pragma synchronous=off;"
        "create table article(id integer primary key, title text, text text, day int, amount real);"
        "create table link(name text, id int);"
    )
    for row in range(1, number + 1):
        made = maker.article(row)
        con.execute(
            "insert into article values(?,?,?,?,?)", (row, made.title, made.text, made.day, made.amount)
        )
        con.executemany("insert into link values(?,?)", [(name, row) for name in made.actors])
    con.executescript(
        "create index link_name on link(name, id); create index link_id on link(id, name);"
        "create index article_day on article(day, id); create index article_amount on article(amount, id);"
    )
    con.commit()
    con.close()


def read(con: sqlite3.Connection, first: int, last: int) -> Iterator[Article]:
    """Read articles `first` to `last`."""
    found = con.execute("select * from article where id between ? and ? order by id", (first, last))
    for row, title, text, day, amount in found.fetchall():
        names = con.execute("select name from link where id=? order by name", (row,)).fetchall()
        yield Article(row, title, text, day, amount, tuple(name for (name,) in names))


Question = dict[str, Any]


def questions(con: sqlite3.Connection, number: int, each: int = 10) -> dict[str, list[Question]]:
    """Make ten questions of every kind, from what the first articles hold."""
    sample = min(number, 10_000)
    frequency: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    actors: Counter[str] = Counter()
    for article in read(con, 1, sample):
        words = WORD.findall(article.text.lower())
        frequency.update(set(words))
        pairs.update(pairwise(words))
        actors.update(article.actors)
    choose = random.Random(3)

    def words_between(low: float, high: float) -> list[str]:
        return sorted(
            word
            for word, often in frequency.items()
            if low * sample <= often <= high * sample and len(word) > 3
        )

    def some(words: list[Any], many: int = each) -> list[Any]:
        return choose.sample(words, many)

    common, middling = words_between(0.15, 0.45), words_between(0.02, 0.12)
    frequent = sorted(
        pair for pair, often in pairs.items() if often >= sample // 200 and min(map(len, pair)) > 3
    )
    known = [name for name, _often in actors.most_common(60)]
    asked: dict[str, list[Question]] = {
        "rare": [{"t": word} for word in some(words_between(4 / sample, 9 / sample))],
        "common": [{"t": word} for word in some(common)],
        "and2": [{"t": [choose.choice(common), choose.choice(middling)]} for _each in range(each)],
        "or3": [{"t": some(middling, 3)} for _each in range(each)],
        "phrase": [{"t": list(pair)} for pair in some(frequent, each // 2)]
        + [{"t": WORD.findall(name.lower())} for name in some(known, each - each // 2)],
        "prefix": [{"t": word[:4]} for word in some([word for word in middling if len(word) > 5])],
        "fuzzy": [],
    }
    for word in some([word for word in middling if 6 <= len(word) <= 9]):
        at = choose.randrange(2, len(word) - 1)
        asked["fuzzy"].append({"t": word[:at] + word[at + 1 :]})
    asked["actor"] = [
        {"t": word, "actor": name} for word, name in zip(some(common), some(known[:25]), strict=True)
    ]
    asked["amount"] = [
        {"t": word, "low": low, "high": low * 20}
        for word in some(common)
        for low in [choose.choice([1e3, 1e4, 5e4, 2e5])]
    ]
    asked["date"] = [
        {"t": word, "low": day(year, 1, 1), "high": day(year, 12, 31)}
        for word in some(common)
        for year in [choose.randrange(2015, 2026)]
    ]
    asked["facet"] = asked["count"] = asked["common"]
    asked["snippet"] = asked["and2"]
    return asked


def day(year: int, month: int, number: int) -> int:
    """Return a date as a number of days."""
    return dt.date(year, month, number).toordinal()
