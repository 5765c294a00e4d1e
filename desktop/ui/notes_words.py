"""What the view of notes says: headings, states, and notes as quotes with their sources."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.exporters.evidence import quote_text
from desktop.i18n import _, format_date
from desktop.library.note_table import ArticleHead, Group, Grouping, NoteRow, Order
from desktop.model import AnchorState
from desktop.ui.links import link_to
from desktop.ui.selection_bar import colour_name


def state_name(state: AnchorState) -> str:
    """Return where a passage stands, in words."""
    return {
        AnchorState.ANCHORED: _("in its place"),
        AnchorState.MOVED: _("moved in a new version of the text"),
        AnchorState.ORPHAN: _("passage no longer in the text"),
    }[state]


def grouping_name(grouping: Grouping) -> str:
    """Return what notes are grouped by, as a choice."""
    return {
        Grouping.ARTICLE: _("By article"),
        Grouping.TAG: _("By tag"),
        Grouping.COLOUR: _("By colour"),
        Grouping.DAY: _("By day"),
        Grouping.NONE: _("Not grouped"),
    }[grouping]


def order_name(order: Order) -> str:
    """Return an order, as a choice."""
    return {
        Order.PLACE: _("In reading order"),
        Order.MADE: _("By date of note"),
        Order.CHANGED: _("By last change"),
        Order.COLOUR: _("In order of colour"),
    }[order]


def heading_words(grouping: Grouping, group: Group, head: ArticleHead | None) -> tuple[str, str]:
    """Return what a heading says, and what stands behind it in small."""
    if grouping is Grouping.ARTICLE:
        about = (format_date(head.published), head.source or "") if head else ()
        return (head.title if head else "…"), " · ".join(part for part in about if part)
    if group.key is None:
        return _("Without tags"), ""
    if grouping is Grouping.TAG:
        return f"#{group.key}", ""
    return (colour_name(int(group.key)) if grouping is Grouping.COLOUR else format_date(str(group.key))), ""


def day_made(row: NoteRow) -> str:
    """Return the day on which a note was made."""
    return format_date(row.annotation.created_at[:10], short=True)


def tags_words(tags: Iterable[str]) -> str:
    """Return tags as they are shown."""
    return " ".join(f"#{tag}" for tag in tags)


def as_quotes(rows: Iterable[NoteRow]) -> str:
    """Return notes as plain text: each quote with its citation, what was noted, and the way back to it."""
    return "\n\n".join(_quoted(row) for row in rows)


def _quoted(row: NoteRow) -> str:
    annotation = row.annotation
    lines = [quote_text(row, annotation.quote.exact)]
    lines += [text for text in (annotation.note.strip(), tags_words(annotation.tags)) if text]
    return "\n".join((*lines, link_to(annotation.article, annotation.id)))
