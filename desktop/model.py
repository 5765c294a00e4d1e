"""The values that travel between the rooms: frozen, without behaviour that needs a database or Qt.

All offsets are code points in the text of one text version; ranges are half open `[start, end)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)  #: UUID
ActorId = NewType("ActorId", str)  #: UUID
AnnotationId = NewType("AnnotationId", str)  #: UUID
RuleId = NewType("RuleId", str)  #: UUID
StepId = NewType("StepId", int)  #: number of an undo step

LANGUAGES = ("nl", "en", "fr", "de")
COLOURS = 5  #: highlight colours are numbered 1..COLOURS


class MentionKind(StrEnum):
    """What a marked passage is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    MONEY = "money"
    QUANTITY = "quantity"
    PERCENT = "percent"
    TEMPERATURE = "temperature"
    AGE = "age"
    DURATION = "duration"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    OTHER = "other"  #: laws, products, works: recognised so that they are not taken for actors


ACTOR_KINDS = (
    MentionKind.PERSON,
    MentionKind.ORGANISATION,
    MentionKind.PLACE,
    MentionKind.EVENT,
)
AMOUNT_KINDS = (
    MentionKind.MONEY,
    MentionKind.QUANTITY,
    MentionKind.PERCENT,
    MentionKind.TEMPERATURE,
    MentionKind.AGE,
    MentionKind.DURATION,
    MentionKind.COUNT,
    MentionKind.NUMBER,
)


class Source(StrEnum):
    """What found a mention."""

    MODEL = "model"
    RULE = "rule"
    USER = "user"


class Approx(StrEnum):
    """How an amount is hedged: "circa", "bijna"/"hooguit", "ruim"/"minstens"."""

    ABOUT = "about"
    LT = "lt"  #: less than
    LE = "le"  #: at most
    GT = "gt"  #: more than
    GE = "ge"  #: at least


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its meaning: either `value`, or `low`/`high` (None = open at that end)."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None  #: ISO 4217 for money, SI symbol for quantities, "%"; "EUR/m2"
    noun: str | None = None  #: the counted thing, as written
    approx: Approx | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A date or stretch of time: either `value`, or `low`/`high` (inclusive), as partial ISO dates.

    Forms: 2025, 2025-01, 2025-01-08, 2025-W07, 2025-Q3, 2025-H1, 2025-SU, 199X, and a time of day
    after T (2025-01-08T14:30, 2025-01-08TEV).
    """

    value: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """The sentence an amount stands in and what the amount is for, as places in the article's text."""

    start: int  #: of the sentence, code points
    end: int
    purpose: tuple[int, int] | None = None  #: "een datacenter", "bijdrage uit Brussel"; within the sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """A marked passage. Invariant: `article_text[start:end] == text`."""

    start: int
    end: int
    text: str
    kind: MentionKind
    source: Source = Source.RULE
    confidence: float = 1.0  #: 0..1
    rule: str = ""  #: what exactly found it, for the hover card ("title", "money.symbol")
    actor: str | None = None  #: canonical name (actor kinds)
    role: str | None = None  #: "minister", "CEO": as written in front of this mention
    amount: Amount | None = None  #: amount kinds
    period: Period | None = None  #: dates
    actor_id: ActorId | None = None  #: known once the mention is in a library
    sense: Sense | None = None  #: amount kinds


class BlockKind(StrEnum):
    """What a stretch of text is in the article's structure."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class InlineKind(StrEnum):
    """What a stretch of text is inside its block."""

    LINK = "link"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the text; blocks are in order and do not overlap. Level: headings 1..6, nesting of lists."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Inline:
    """A link or emphasis; target is the link's address."""

    kind: InlineKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """What an importer makes of (a part of) a file.

    text: title, an empty line, body (the title alone where there is no body); newlines are "\\n".
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    inlines: tuple[Inline, ...] = ()
    published: str | None = None  #: YYYY, YYYY-MM or YYYY-MM-DD
    lang: str | None = None  #: None = to be detected
    source: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None  #: file it came from; None for the clipboard
    tags: tuple[str, ...] = ()  #: tags the file itself gives the article
    subtitle: str | None = None
    section: str | None = None  #: part of the paper or site: "Economie"
    doubtful: bool = False  #: `published` is what was found, but may be another date than the article's


@dataclass(frozen=True, slots=True)
class Article:
    """An article as lists show it."""

    id: ArticleId
    row: int  #: number inside SQLite and Whoosh; never leaves the program
    title: str
    published: str | None
    lang: str | None
    source: str | None
    author: str | None
    url: str | None
    path: str | None
    starter: bool
    added_at: str  #: ISO date and time, UTC
    read_at: str | None
    starred: bool
    trashed_at: str | None
    position: int  #: where the reader was, code points
    words: int
    actors: int  #: different actors
    amounts: int
    notes: int  #: annotations
    tags: tuple[str, ...] = ()
    subtitle: str | None = None
    section: str | None = None
    doubtful: bool = False  #: the date may not be the article's own


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One immutable text of an article with its structure."""

    article: ArticleId
    number: int  #: 1 = as first imported
    hash: str  #: sha256 of the text, hex
    text: str
    blocks: tuple[Block, ...]
    inlines: tuple[Inline, ...]
    created_at: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of a library or of one article."""

    id: ActorId
    kind: MentionKind
    name: str
    aliases: tuple[str, ...] = ()  #: other forms seen, without the name itself
    roles: tuple[str, ...] = ()
    mentions: int = 0  #: in the article asked about, or in the library
    articles: int = 0  #: in the library


@dataclass(frozen=True, slots=True)
class TextQuote:
    """W3C TextQuoteSelector: the passage and what stands around it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class AnchorState(StrEnum):
    """Where an annotation stands in the current text of its article."""

    ANCHORED = "anchored"
    MOVED = "moved"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight with its note. start/end are None for an orphan and for a note on the whole article."""

    id: AnnotationId
    article: ArticleId
    quote: TextQuote
    start: int | None
    end: int | None
    colour: int = 1  #: 1..COLOURS
    note: str = ""  #: Markdown
    tags: tuple[str, ...] = ()
    state: AnchorState = AnchorState.ANCHORED
    created_at: str = ""
    modified_at: str = ""

    @property
    def is_on_whole(self) -> bool:
        """Say whether it is on the whole article, not on a passage."""
        return self.start is None and self.state is not AnchorState.ORPHAN and not self.quote.exact


class RuleKind(StrEnum):
    """What a correction does."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    IGNORE = "ignore"
    ADD = "add"
    REJECT_AMOUNT = "reject_amount"
    CORRECT_AMOUNT = "correct_amount"


class RuleScope(StrEnum):
    """How far a correction of an amount or date reaches."""

    HERE = "here"  #: this passage of this article
    ARTICLE = "article"  #: the same words in this article
    EVERYWHERE = "everywhere"  #: the same words in every article, also those still to come


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule applies to, in words; None = any. A quote narrows it to one passage of an article."""

    name: str | None = None
    kind: MentionKind | None = None
    article: ArticleId | None = None
    quote: TextQuote | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A reader's correction; later rules win."""

    id: RuleId
    kind: RuleKind
    condition: Condition
    actor: ActorId | None = None  #: the target of a merge or add
    name: str | None = None  #: the new name (rename, add)
    to_kind: MentionKind | None = None  #: the new kind (retype, add)
    amount: Amount | None = None  #: the right amount (correct_amount)
    period: Period | None = None  #: the right period (correct_amount of a date)
    order: int = 0
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. Marks are ranges in the snippet."""

    article: Article
    score: float
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    copies: int = 0  #: articles with nearly this text that were found too and are not listed


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be undone or redone; kind and fields make the words of the menu."""

    id: StepId
    kind: str  #: "highlight", "note", "tag", "trash", ...
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a task touched, so that views know whether they are concerned."""

    articles: frozenset[ArticleId] = frozenset()
    annotations: frozenset[AnnotationId] = frozenset()
    library: bool = False  #: articles came or went: lists and counts are to be read again
    actors: bool = False  #: names belong to other actors than before, or actors are called otherwise
    step: StepId | None = None  #: the undo step, where a person did it
