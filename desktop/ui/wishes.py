"""What the document pane asks of the window: the payloads of its `…_requested` signals."""

from __future__ import annotations

from typing import NamedTuple

from desktop.model import AnnotationId, ArticleId, Mention, RuleScope


class Highlighting(NamedTuple):
    """Highlight the code points `[start, end)`."""

    start: int
    end: int
    colour: int  #: 1..5


class Recolouring(NamedTuple):
    """Give a highlight another colour."""

    annotation: AnnotationId
    colour: int  #: 1..5


class Resizing(NamedTuple):
    """Give a highlight the code points `[start, end)` instead."""

    annotation: AnnotationId
    start: int
    end: int


class PassageNote(NamedTuple):
    """Put a note on a passage, or on the whole article; on the annotation that is there, or a new one."""

    article: ArticleId
    start: int | None
    end: int | None
    note: str  #: Markdown
    tags: tuple[str, ...]


class NoteChange(NamedTuple):
    """Replace note and tags of an annotation."""

    annotation: AnnotationId
    note: str  #: Markdown
    tags: tuple[str, ...]


class Rejecting(NamedTuple):
    """Say that an amount, a date or a name is none."""

    mention: Mention
    scope: RuleScope = RuleScope.HERE


class NotesRecolouring(NamedTuple):
    """Give several highlights another colour."""

    annotations: tuple[AnnotationId, ...]
    colour: int  #: 1..5


class NotesTagging(NamedTuple):
    """Give several notes the tags that are new, and take away those that are gone."""

    annotations: tuple[AnnotationId, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


class NotesDeleting(NamedTuple):
    """Delete several notes."""

    annotations: tuple[AnnotationId, ...]


NotesWish = NoteChange | NotesRecolouring | NotesTagging | NotesDeleting
