"""Articles that belong with one article: by the actors, amounts and rare words they share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.library import articles, likeness
from desktop.library.likeness import ActorHere, AmountHere
from desktop.library.name_forms import normal
from desktop.model import LANGUAGES, Article, ArticleId, MentionKind
from desktop.search.analysis import fold, stop_words
from desktop.search.vocabulary import Vocabulary
from desktop.tasks.session import Session

_FOLLOWED = 20_000  #: articles named by the rarest actors, among which is looked
_WEIGHED = 200  #: candidates of which all that is shared is told
_MOST_WITH_AMOUNT = 60  #: an amount that stands in more articles tells nothing
_WORDS = 40  #: of an article, those that tell most
_LETTERS = 5  #: of a word that may tell something
_RARE_SHARE = 0.02  #: of all articles; a word in more of them is no rare one ...
_RARE_LEAST = 4  #: ... but in a small library in more than so many
_MOST_OF_WORDS = 3.0  #: of likeness that words give together
_LONG = 12  #: letters; the longer a word the more it tells, up to here
_ENOUGH = 1.4  #: of likeness: more than one actor that stands nowhere else
_OF_AMOUNT, _OF_WORD, _OF_PLACE = 0.9, 0.5, 0.5  #: beside an actor that is as rare
_WORD = re.compile(rf"[^\W\d_]{{{_LETTERS},}}")


@dataclass(frozen=True, slots=True)
class Related:
    """An article and what it shares with the one at hand, of each what is rarest first."""

    article: Article
    likeness: float
    actors: tuple[str, ...]
    amounts: tuple[str, ...]  #: as written in the article at hand
    words: tuple[str, ...]


def related(session: Session, article: ArticleId, limit: int = 8) -> list[Related]:
    """Return the articles most like this one, without those that share too little to tell.

    Raises Problem NO_SUCH_ARTICLE.
    """
    con = session.library.reader()
    row = articles.row_of(con, article)
    total = articles.count(con)
    actors = likeness.actors_in(con, row)
    amounts = likeness.amounts_in(con, row, _MOST_WITH_AMOUNT)
    words = _rare_words(session, articles.texts(con, [row]).get(row, ""), total)
    weights: Counter[int] = Counter()
    for one in _worth_following(actors):
        _add(weights, likeness.rows_naming(con, one.number), _actor_weight(one, total))
    for amount in amounts:
        _add(weights, amount.rows, _amount_weight(amount, total))
    for rows in words.values():
        _add(weights, rows, _word_weight(rows, total))
    del weights[row]
    likely = [one for one, _weight in weights.most_common(_WEIGHED)]
    found = _weighed(likely, actors, amounts, words, total, session)
    best = sorted(found, key=lambda one: (-one[1], -one[0]))[: limit * 2]
    known = {one.row: one for one in articles.by_rows(con, [one[0] for one in best])}
    answer = [
        Related(known[other], round(score, 3), *reasons)
        for other, score, *reasons in best
        if other in known and known[other].trashed_at is None
    ]
    return answer[:limit]


def _add(weights: Counter[int], rows: Iterable[int], weight: float) -> None:
    for row in rows:
        weights[row] += weight  # type: ignore[assignment]  # a Counter adds up floats as well


def _rarity(articles_with: int, total: int) -> float:
    """Return 1 for what stands in two articles, falling to 0 for what stands in all."""
    return math.log((total + 1) / max(articles_with, 2)) / math.log((total + 1) / 2) if total > 1 else 0.0


def _actor_weight(actor: ActorHere, total: int) -> float:
    share = _OF_PLACE if actor.kind is MentionKind.PLACE else 1.0
    return share * _rarity(actor.articles, total)


def _amount_weight(amount: AmountHere, total: int) -> float:
    return _OF_AMOUNT * _rarity(len(amount.rows) + 1, total)


def _word_weight(rows: Sequence[int], total: int) -> float:
    return _OF_WORD * _rarity(len(rows), total)


def _worth_following(actors: Sequence[ActorHere]) -> list[ActorHere]:
    """Return the rarest actors, as many as name so many articles that they can all be looked at."""
    named = 0
    worth: list[ActorHere] = []
    for one in actors:
        named += one.articles
        if worth and named > _FOLLOWED:
            break
        if one.articles > 1:
            worth.append(one)
    return worth


def _rare_words(session: Session, text: str, total: int) -> dict[str, list[int]]:
    """Return the words of a text that tell most, as written, with the articles that have them."""
    common = frozenset().union(*map(stop_words, LANGUAGES))
    often: Counter[str] = Counter()
    written: dict[str, str] = {}
    for match in _WORD.finditer(text):
        key = match[0].casefold()
        if fold(key) in common:
            continue
        often[key] += 1
        written.setdefault(key, match[0])
    most = max(_RARE_LEAST, int(total * _RARE_SHARE))

    def telling(key: str, count: int) -> float:
        return _rarity(count, total) * math.log1p(often[key]) * min(len(key), _LONG)

    def question(vocabulary: Vocabulary) -> dict[str, list[int]]:
        counts = {key: vocabulary.exact_count(key) for key in often}
        rare = [key for key, count in counts.items() if 2 <= count <= most]
        rare.sort(key=lambda key: (-telling(key, counts[key]), key))
        return {written[key]: vocabulary.rows_with(key, most) for key in rare[:_WORDS]}

    return session.index.look_up(question) or {}


def _weighed(
    rows: Sequence[int],
    actors: Sequence[ActorHere],
    amounts: Sequence[AmountHere],
    words: Mapping[str, Sequence[int]],
    total: int,
    session: Session,
) -> list[tuple[int, float, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Return those of the articles that share enough: how much, and what."""
    con = session.library.reader()
    naming = likeness.shared_actors(con, [one.number for one in actors], rows)
    with_amount = _by_row((amount.text, amount.rows) for amount in amounts)
    with_word = _by_row(words.items())
    amount_weights = {amount.text: _amount_weight(amount, total) for amount in amounts}
    word_weights = {word: _word_weight(found, total) for word, found in words.items()}
    # In few articles many a word looks rare: alone they make none related there.
    alone = _MOST_OF_WORDS * min(math.log10(total + 1) / 3, 1.0)
    counted = {part for amount in amounts for part in normal(amount.text).split()}
    answer = []
    for row in rows:
        shared = [one for one in actors if one.number in naming.get(row, ())]
        score = sum(_actor_weight(one, total) for one in shared)
        score += sum(amount_weights[text] for text in with_amount.get(row, ()))
        told = counted | {part for one in shared for part in normal(one.name).split()}
        others = tuple(word for word in with_word.get(row, ()) if normal(word) not in told)
        most = _MOST_OF_WORDS if score else alone
        score += min(sum(word_weights[word] for word in others), most)
        if score >= _ENOUGH:
            names = tuple(one.name for one in shared)
            answer.append((row, score, names, tuple(with_amount.get(row, ())), others))
    return answer


def _by_row(found: Iterable[tuple[str, Sequence[int]]]) -> dict[int, list[str]]:
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for words, where in found:
        for row in where:
            rows[row].append(words)
    return rows
