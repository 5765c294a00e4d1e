"""What tests of the library share: articles, mentions and highlights made in one line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from desktop.library import annotations, articles, history, mentions
from desktop.library.database import Library
from desktop.model import (
    ACTOR_KINDS,
    Amount,
    Annotation,
    AnnotationId,
    ArticleId,
    Block,
    BlockKind,
    ImportedArticle,
    Mention,
    MentionKind,
    Period,
    StepId,
    TextQuote,
)


class Filler:
    """Puts things into a library the way the tasks do."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def article(self, title: str = "Title", body: str = "Body.", **details: object) -> ArticleId:
        return self.add(title, body, **details)[1]

    def add(
        self, title: str = "Title", body: str = "Body.", **details: object
    ) -> tuple[articles.Outcome, ArticleId, int]:
        options = {
            name: details.pop(name) for name in ("starter", "original", "shared_path") if name in details
        }
        imported = ImportedArticle(
            title, f"{title}\n\n{body}", (Block(BlockKind.TITLE, 0, len(title)),), **details
        )
        return self.library.write(lambda con: articles.add(con, imported, **options))

    def row(self, article: ArticleId) -> int:
        return articles.row_of(self.library.reader(), article)

    def mention(self, article: ArticleId, *marked: Mention, stamp: str = "1") -> None:
        """Mark passages; only the text of a mention counts, its place is looked up."""
        text = articles.text(self.library.reader(), article).text
        placed, after = [], 0
        for one in marked:
            after = text.index(one.text, after)
            fields = {name: getattr(one, name) for name in one.__slots__}
            placed.append(Mention(**{**fields, "start": after, "end": after + len(one.text)}))
            after += len(one.text)
        row = self.row(article)
        done = self.library.write(
            lambda con: mentions.replace(con, row, placed, stamp=stamp, measure=self.measure)
        )
        assert done

    @staticmethod
    def measure(mention: Mention) -> mentions.Measured:
        amount = mention.amount
        assert amount is not None
        low, high = (amount.value, amount.value) if amount.value is not None else (amount.low, amount.high)
        return mentions.Measured(
            amount.unit or mention.kind.value,
            None if low is None else float(low),
            None if high is None else float(high),
        )

    def highlight(self, article: ArticleId, passage: str, **details: object) -> Annotation:
        start = articles.text(self.library.reader(), article).text.index(passage)
        new = Annotation(
            AnnotationId(""), article, TextQuote(passage), start, start + len(passage), **details
        )
        return self.step("highlight", lambda con: annotations.add(con, new))

    def step(self, kind: str, work: Callable[..., object]) -> object:
        def recorded(con: object) -> object:
            with history.recording(con, kind, {}):
                return work(con)

        return self.library.write(recorded)

    def undo(self) -> object:
        return self.library.write(history.undo)

    def redo(self) -> object:
        return self.library.write(history.redo)


@pytest.fixture
def fill(library: Library) -> Filler:
    return Filler(library)


def actor(text: str, kind: MentionKind = MentionKind.PERSON, **fields: object) -> Mention:
    assert kind in ACTOR_KINDS
    return Mention(0, 0, text, kind, **fields)


def money(text: str, value: str | None = None, **ends: str) -> Mention:
    numbers = {name: Decimal(number) for name, number in ends.items()}
    amount = Amount(value=Decimal(value) if value else None, unit="EUR", **numbers)
    return Mention(0, 0, text, MentionKind.MONEY, amount=amount)


def day(text: str, value: str | None = None, low: str | None = None, high: str | None = None) -> Mention:
    return Mention(0, 0, text, MentionKind.DATE, period=Period(value, low, high))


@pytest.fixture
def mark() -> type:
    """Makers of mentions: `mark.actor`, `mark.money`, `mark.day`."""

    class Mark:
        pass

    Mark.actor, Mark.money, Mark.day = staticmethod(actor), staticmethod(money), staticmethod(day)
    return Mark


__all__ = ["Filler", "StepId"]
