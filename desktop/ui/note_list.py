"""What the reader marked and wrote in the article, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.model import AnchorState, Annotation, AnnotationId
from desktop.ui.note_preview import plain_note
from desktop.ui.panel_list import PanelList
from desktop.ui.panel_rows import Heading, PanelRow
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle  # not loaded with the window

_LONGEST_QUOTE = 180  # characters


class NoteList(PanelList):
    """Shows the highlights and notes of one article."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "noteList", _("Notes"))
        self._notes: dict[str, Annotation] = {}

    def show_article(self, opened: OpenedArticle) -> None:
        """Show the notes of this article."""
        self._notes = {annotation.id: annotation for annotation in opened.annotations}
        self.show_lines(note_lines(opened))

    def annotation(self, key: str) -> Annotation | None:
        """Return the annotation of a row."""
        return self._notes.get(key)

    def follow(self, annotation: AnnotationId) -> None:
        """Select a note."""
        self.select_key(annotation)


def note_lines(opened: OpenedArticle) -> list[Heading | PanelRow]:
    """Return the notes of an article; those whose passage is gone stand apart, never left out."""
    placed = [a for a in opened.annotations if a.state is not AnchorState.ORPHAN]
    orphans = [a for a in opened.annotations if a.state is AnchorState.ORPHAN]
    lines: list[Heading | PanelRow] = [_row(annotation) for annotation in placed]
    if orphans:
        lines.append(Heading(_("Passage no longer in the text")))
        lines += [_row(annotation) for annotation in orphans]
    return lines


def _row(annotation: Annotation) -> PanelRow:
    quote = " ".join(annotation.quote.exact.split())
    if len(quote) > _LONGEST_QUOTE:
        quote = quote[:_LONGEST_QUOTE].rpartition(" ")[0] + "…"
    below = [words] if (words := plain_note(annotation.note)) else []
    if annotation.tags:
        below.append(" ".join(f"#{tag}" for tag in annotation.tags))
    start, end = annotation.start, annotation.end
    return PanelRow(
        key=annotation.id,
        title=f"“{quote}”" if quote else _("Note on the whole article"),
        below=tuple(below),
        marker=annotation.colour,
        places=((start, end),) if start is not None and end is not None else (),
        kind=_("note") if annotation.note else _("highlight"),
        quoted=True,
    )
