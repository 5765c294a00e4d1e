"""What tests of the window share: the window itself (see `window_fixtures`) and articles to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from desktop.model import (
    ACTOR_KINDS,
    ActorId,
    Annotation,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Inline,
    InlineKind,
    Mention,
    MentionKind,
    TextVersion,
)
from desktop.tasks.read import OpenedArticle
from tests.ui.names_at_hand import reading  # noqa: F401
from tests.ui.window_fixtures import (  # noqa: F401
    desktop,
    files,
    library_of_three,
    messages,
    stocked,
)

# Articles to show


def _opened(
    marked: str,
    *,
    notes: Sequence[Annotation] = (),
    blocks: Sequence[tuple[BlockKind, str]] = (),
    inlines: Sequence[tuple[InlineKind, str, str]] = (),
    **details: Any,
) -> OpenedArticle:
    """Return an article from a text in which mentions stand as `[kind:words|actor]`.

    The first paragraph is the title; blocks names other kinds by the words a paragraph begins with, inlines
    are (kind, words, target).
    """
    parts = re.split(r"\[(\w+):([^]|]+)\|?([^]]*)\]", marked)
    text, mentions = parts[0], []
    for kind, words, actor, after in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True):
        found = Mention(len(text), len(text) + len(words), words, MentionKind(kind))
        if found.kind in ACTOR_KINDS:
            found = replace(found, actor=actor or words, actor_id=ActorId(actor or words))
        mentions.append(found)
        text += words + after
    kinds = {words: kind for kind, words in blocks}
    structure = [
        Block(next((k for words, k in kinds.items() if part.startswith(words)), BlockKind.PARAGRAPH), *span)
        for part, span in ((m[0], m.span()) for m in re.finditer(r"\S(?:.|\n(?!\n))*", text))
    ]
    if structure:
        structure[0] = replace(structure[0], kind=BlockKind.TITLE)
    version = TextVersion(
        ArticleId("one"),
        1,
        str(hash(text)),
        text,
        tuple(structure),
        tuple(Inline(kind, text.index(w), text.index(w) + len(w), target) for kind, w, target in inlines),
        "2025-01-01T00:00:00Z",
    )
    title = text.split("\n\n")[0]
    article = Article(
        ArticleId("one"), 1, title, "2025-01-08", "nl", "Krant", None, None, None, False, "", None, False,
        None, 0, len(text.split()), 0, 0, len(notes),
    )  # fmt: skip
    return OpenedArticle(replace(article, **details), version, tuple(mentions), (), tuple(notes))


@pytest.fixture
def opened_article() -> Callable[..., OpenedArticle]:
    """Return a maker of articles to show, see `_opened`."""
    return _opened
