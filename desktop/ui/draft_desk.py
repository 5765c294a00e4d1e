"""Keeps what is typed in a note until the library has it, and offers it again after the program died.

Kept with the settings: on this computer's disk, written in one go and whole, also while the library is locked
or on a drive that went away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model import AnnotationId, ArticleId
from desktop.progress import Progress
from desktop.settings import Settings
from desktop.ui.document_pane import DocumentPane
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages
from desktop.ui.note_editor import Unsaved
from desktop.ui.reading import Reading, Shown

if TYPE_CHECKING:
    from desktop.tasks.session import Session

_MOST = 20  # drafts that are kept; the oldest go first
_LONGEST_SHOWN = 60  # characters


class DraftDesk(QObject):
    """Takes care of what was typed and not stored."""

    def __init__(
        self, pane: DocumentPane, reading: Reading, settings: Settings, jobs: Jobs, messages: Messages
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._reading = reading
        self._settings = settings
        self._jobs = jobs
        self._messages = messages
        self._to_resume: Unsaved | None = None

    def use(self, session: Session | None) -> None:
        """Offer the drafts that were left in this library."""
        self._to_resume = None
        drafts = [draft for draft in map(self._read, self._settings.get("drafts")) if draft is not None]
        if session is None or not drafts:
            return

        def task(progress: Progress) -> list[tuple[Unsaved, bool]]:
            found = ((draft, _is_stored(session, draft)) for draft in drafts)
            return [(draft, stored) for draft, stored in found if stored is not None]

        def done(of_this_library: list[tuple[Unsaved, bool]]) -> None:
            for draft, stored in of_this_library:
                if stored:
                    self.forget(draft.slot)
                else:
                    self._offer(draft)

        self._jobs.run(_("Note"), task, done, lane=Lane.QUICK)

    @staticmethod
    def _read(entry: dict[str, Any]) -> Unsaved | None:
        try:
            return Unsaved(
                slot=str(entry["slot"]),
                article=ArticleId(entry["article"]),
                annotation=AnnotationId(entry["annotation"]) if entry["annotation"] else None,
                start=entry["start"],
                end=entry["end"],
                note=str(entry["note"]),
                tags=tuple(map(str, entry["tags"])),
            )
        except (KeyError, TypeError):
            return None

    def _offer(self, unsaved: Unsaved) -> None:
        words = " ".join(unsaved.note.split()) or ", ".join(unsaved.tags)
        if len(words) > _LONGEST_SHOWN:
            words = words[:_LONGEST_SHOWN].rpartition(" ")[0] + "…"
        self._messages.tell(
            _("A note you were writing was kept: “{words}”").format(words=words),
            action=_("Go on with it"),
            act=lambda: self._resume(unsaved),
            other=_("Throw it away"),
            act_other=lambda: self._throw_away(unsaved),
            stays=True,
        )

    def _throw_away(self, unsaved: Unsaved) -> None:
        self.forget(unsaved.slot)
        self._messages.tell(_("Note thrown away"), action=_("Undo"), act=lambda: self._put_back(unsaved))

    def _put_back(self, unsaved: Unsaved) -> None:
        self.keep(unsaved)
        self._offer(unsaved)

    def _resume(self, unsaved: Unsaved) -> None:
        self._to_resume = unsaved
        if self._pane.article_id == unsaved.article:
            self._take_up()
        else:
            self._reading.open(unsaved.article)

    @Slot(object)
    def follow(self, shown: Shown) -> None:
        """Go on with a note once its article is on screen."""
        if self._to_resume is not None and shown.opened.article.id == self._to_resume.article:
            self._take_up()

    def _take_up(self) -> None:
        unsaved, self._to_resume = self._to_resume, None
        if unsaved is not None:
            self._pane.annotating.resume(unsaved)

    # What is typed and stored

    @Slot(object)
    def keep(self, unsaved: Unsaved) -> None:
        """Keep what was typed, in place of what this opening of the editor had typed before."""
        entry = {**asdict(unsaved), "tags": list(unsaved.tags)}
        others = [one for one in self._settings.get("drafts") if one.get("slot") != unsaved.slot]
        self._settings.set("drafts", [*others, entry][-_MOST:])

    @Slot(object)
    def forget(self, slot: str) -> None:
        """Keep no longer what stands in the library again as it was."""
        self._drop(lambda entry: entry.get("slot") == slot)

    @Slot(object, object)
    def stored(self, note: str, tags: tuple[str, ...]) -> None:
        """Keep no longer what is in the library now."""
        self._drop(lambda entry: (entry.get("note"), entry.get("tags")) == (note, list(tags)))

    def _drop(self, done_with: Callable[[dict[str, Any]], bool]) -> None:
        drafts = self._settings.get("drafts")
        left = [entry for entry in drafts if not done_with(entry)]
        if len(left) < len(drafts):
            self._settings.set("drafts", left)


def _is_stored(session: Session, draft: Unsaved) -> bool | None:
    """Say whether a draft's words are in the library; None when its article is of another one."""
    from desktop.library import annotations

    try:
        there = annotations.of_article(session.library.reader(), draft.article)
    except Problem:
        return None
    words = (draft.note.strip(), frozenset(draft.tags))
    return any((one.note.strip(), frozenset(one.tags)) == words for one in there)
