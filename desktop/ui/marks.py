"""What is marked in the article on screen: mentions, highlights, hits, and what of them is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import StrEnum
from itertools import accumulate

from PySide6.QtGui import QColor

from desktop.model import AMOUNT_KINDS, Annotation, Mention, MentionKind
from desktop.ui.document_layout import DocumentMap, Range
from desktop.ui.theme import Theme


class MarkGroup(StrEnum):
    """What the reader can show or hide as one."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"
    AMOUNT = "amount"
    DATE = "date"
    OTHER = "other"
    HIGHLIGHT = "highlight"
    HIT = "hit"


#: the groups of names: what can act
NAMES = (MarkGroup.PERSON, MarkGroup.ORGANISATION, MarkGroup.PLACE, MarkGroup.EVENT)

#: the group each kind of mention is shown and hidden with
GROUP_OF = {kind: MarkGroup.AMOUNT if kind in AMOUNT_KINDS else MarkGroup(kind.value) for kind in MentionKind}


class Layer:
    """Ranges of one sort in order of their start, found by block; they may overlap.

    Nothing is worked out before a block is asked for: of a long article few are ever shown.
    """

    def __init__(self, layout: DocumentMap, ranges: Iterable[Range]) -> None:
        self._layout = layout
        self._ranges = list(ranges)
        self._starts = [start for start, _end in self._ranges]
        self._reach = list(accumulate((end for _start, end in self._ranges), max))  # furthest end so far
        self._known: dict[int, list[tuple[int, int, int]]] = {}

    def in_block(self, number: int) -> list[tuple[int, int, int]]:
        """Return (start, end, index) of the ranges in a block, in units within it."""
        if number not in self._known:
            self._known[number] = self._find(number)
        return self._known[number]

    def _find(self, number: int) -> list[tuple[int, int, int]]:
        piece = self._layout.pieces[number]
        if piece.kind is None:
            return []
        first, last = bisect_right(self._reach, piece.start), bisect_left(self._starts, piece.end)
        found = ((i, self._layout.within(piece, *self._ranges[i])) for i in range(first, last))
        return [(*part, i) for i, part in found if part is not None]


class Marks:
    """Everything marked in one article, and what of it is shown."""

    def __init__(self, layout: DocumentMap) -> None:
        self.layout = layout
        self.hidden: set[MarkGroup] = {MarkGroup.OTHER}
        self.active: Mention | None = None  #: its actor stands out everywhere in the article
        self.chosen: Annotation | None = None  #: the highlight under the caret
        self.current_hit: int | None = None
        self.flash: tuple[int, int, float] | None = None  #: start, end, strength 1..0
        self.selection: Range | None = None
        self.set_mentions(())
        self.set_annotations(())
        self.set_hits(())

    def set_mentions(self, mentions: Iterable[Mention]) -> None:
        """Mark these mentions instead; they do not overlap."""
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self._mention_starts = [mention.start for mention in self.mentions]
        self.mention_layer = Layer(self.layout, ((m.start, m.end) for m in self.mentions))

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Mark these highlights instead; those without a passage are kept, not marked."""
        self.annotations = list(annotations)
        placed = [a for a in self.annotations if a.start is not None and a.end is not None]
        self.placed = sorted(placed, key=lambda a: (a.start, a.end))
        self.highlight_layer = Layer(self.layout, ((a.start or 0, a.end or 0) for a in self.placed))

    def set_hits(self, ranges: Iterable[Range]) -> None:
        """Mark these hits instead; `current_hit` is none of them."""
        self.hits = sorted(ranges)
        self.hit_layer = Layer(self.layout, self.hits)
        self.current_hit = None

    def shows(self, mention: Mention) -> bool:
        """Say whether a mention is marked at present."""
        return GROUP_OF[mention.kind] not in self.hidden

    @property
    def shows_highlights(self) -> bool:
        """Say whether highlights are shown at present."""
        return MarkGroup.HIGHLIGHT not in self.hidden

    def mention_at(self, place: int, *, touching: bool = False) -> Mention | None:
        """Return the shown mention at a code point; touching: also one that ends there."""
        index = bisect_right(self._mention_starts, place) - 1
        for candidate in (index, index - 1):
            if candidate >= 0:
                mention = self.mentions[candidate]
                reach = mention.end + 1 if touching else mention.end
                if mention.start <= place < reach and self.shows(mention):
                    return mention
        return None

    def annotation_at(self, place: int) -> Annotation | None:
        """Return the shown highlight at a code point, the shortest of several."""
        if not self.shows_highlights:
            return None
        here = [a for a in self.placed if (a.start or 0) <= place < (a.end or 0)]
        return min(here, key=lambda a: (a.end or 0) - (a.start or 0), default=None)


def same_actor(one: Mention, other: Mention) -> bool:
    """Say whether two mentions are of the same actor."""
    if one.actor_id is not None or other.actor_id is not None:
        return one.actor_id == other.actor_id
    return one.actor is not None and (one.actor, one.kind) == (other.actor, other.kind)


def strong_highlight(theme: Theme, number: int) -> QColor:
    """Return a highlight colour strong enough for thin marks on the page."""
    colour = theme.highlight(number)
    hue, saturation, value = colour.hsvHueF(), colour.hsvSaturationF(), colour.valueF()
    if theme.dark:
        return QColor.fromHsvF(hue, saturation * 0.75, min(1.0, value * 1.9))
    return QColor.fromHsvF(hue, min(1.0, saturation * 1.5 + 0.18), value * 0.86)
