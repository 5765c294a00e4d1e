"""Says what names and actors are: each a task in the lane of edits, told in a notice with the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.i18n import _, n_
from desktop.model import Actor, ActorId, ArticleId, Changes, Mention, MentionKind, RuleScope
from desktop.progress import Progress
from desktop.ui.actor_menu import is_a
from desktop.ui.actor_wishes import Ignoring, Marking, Retyping, Separating
from desktop.ui.jobs import Jobs, Lane
from desktop.ui.messages import Messages

if TYPE_CHECKING:
    from desktop.tasks.session import Session
    from desktop.tasks.settle_name import NameAnswer

HERE, ARTICLE, EVERYWHERE = RuleScope.HERE, RuleScope.ARTICLE, RuleScope.EVERYWHERE


class Naming(QObject):
    """Runs the tasks of correcting names."""

    def __init__(
        self, jobs: Jobs, messages: Messages, undo: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._undo = undo
        self._session: Session | None = None

    def use(self, session: Session | None) -> None:
        """Correct in this library from now on."""
        self._session = session

    def _run(self, work: Callable[[Session], Changes], told: str) -> None:
        session = self._session

        def done(changes: Changes) -> None:
            if changes.step is not None:
                self._messages.tell(told, action=_("Undo"), act=self._undo)

        if session is not None:
            self._jobs.run(_("Correction"), lambda _progress: work(session), done, lane=Lane.EDIT)

    def find(
        self,
        text: str,
        article: ArticleId | None,
        kind: MentionKind | None,
        without: Sequence[ActorId],
        done: Callable[[list[Actor]], object],
    ) -> None:
        """Hand over the actors that match, those of this article first."""
        session = self._session
        if session is None:
            return

        def task(_progress: Progress) -> list[Actor]:
            from desktop.tasks.find_actors import suggest

            return suggest(session, text, article=article, kind=kind, without=without)

        self._jobs.run(_("Search"), task, done, lane=Lane.QUICK)

    # Actors

    def merge(self, actors: Sequence[Actor], into: Actor) -> None:
        """Let actors be one, which is called as this one of them."""
        others = [actor for actor in actors if actor.id != into.id]

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.merge(session, [actor.id for actor in others], into.id)

        told = _("“{words}” are now “{into}”") if len(others) > 1 else _("“{words}” is now “{into}”")
        if others:
            words = _("”, “").join(actor.name for actor in others)
            self._run(work, told.format(words=words, into=into.name))

    def rename(self, actor: Actor, name: str) -> None:
        """Call an actor otherwise."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.rename(session, actor.id, name)

        self._run(work, _("“{words}” is now called “{into}”").format(words=actor.name, into=name))

    def separate(self, wish: Separating) -> None:
        """Let some of an actor's names be others' again."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.split(session, wish.actor, wish.names)

        words = _("”, “").join(name for name, _kind in wish.names)
        self._run(work, _("“{words}” is on its own now").format(words=words))

    def stand_apart(self, actor: Actor) -> None:
        """Say that an actor is not the one that a suggestion takes it for."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.stand_apart(session, actor.id)

        self._run(work, _("“{name}” stays an actor of its own").format(name=actor.name))

    # Names: actors, or words of a text

    def ignore(self, wish: Ignoring) -> None:
        """Say that they are no names."""
        about, scope = wish.about, wish.scope

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            if about.article is not None and about.mention is not None:
                return correct_actors.ignore_here(session, about.article, [about.mention], scope)
            if about.article is not None and scope is ARTICLE:
                return correct_actors.ignore_here(session, about.article, about.mentions, scope)
            return correct_actors.ignore(session, [actor.id for actor in about.actors])

        told = {
            HERE: _("“{words}” is no longer marked here"),
            ARTICLE: _("“{words}” is no longer marked in this article"),
            EVERYWHERE: _("“{words}” is no longer marked anywhere"),
        }
        if len(about.actors) > 1:
            told[ARTICLE] = _("“{words}” are no longer marked in this article")
            told[EVERYWHERE] = _("“{words}” are no longer marked anywhere")
        self._run(work, told[scope].format(words=about.words))

    def retype(self, wish: Retyping) -> None:
        """Say what they are."""
        about, scope, kind = wish.about, wish.scope, wish.kind

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            in_text = scope is not EVERYWHERE or not about.actors
            if about.article is not None and in_text:
                found = about.mentions if about.mention is None else [about.mention]
                return correct_actors.retype_here(session, about.article, found, kind, scope)
            return correct_actors.retype(session, [actor.id for actor in about.actors], kind)

        several = len(about.actors)
        if several > 1:
            words = n_("{n} name has another kind now", "{n} names have another kind now", several)
        else:
            words = _is_words(about.words, kind, scope)
        self._run(work, words)

    def settle(self, article: ArticleId, mention: Mention, answer: NameAnswer) -> None:
        """Say what a mention is, and who."""

        def work(session: Session) -> Changes:
            from desktop.tasks import settle_name

            return settle_name.settle(session, article, mention, answer)

        self._run(work, _told_of(mention.text, answer))

    def mark(self, article: ArticleId, start: int, end: int, words: str, answer: NameAnswer) -> None:
        """Say that a passage is a name, and whose."""

        def work(session: Session) -> Changes:
            from desktop.tasks import settle_name

            return settle_name.add(session, article, start, end, answer)

        self._run(work, _told_of(words, answer))

    def mark_at_once(self, wish: Marking, kind: MentionKind, words: str) -> None:
        """Say that a passage is a name of this kind."""

        def work(session: Session) -> Changes:
            from desktop.tasks import correct_actors

            return correct_actors.add(session, wish.article, wish.start, wish.end, kind, wish.scope)

        self._run(work, _is_words(words, kind, wish.scope))


def _is_words(words: str, kind: MentionKind, scope: RuleScope) -> str:
    told = {
        HERE: _("“{words}” is {kind} here"),
        ARTICLE: _("“{words}” is {kind} in this article"),
        EVERYWHERE: _("“{words}” is {kind}, everywhere"),
    }
    return told[scope].format(words=words, kind=is_a(kind))


def _told_of(words: str, answer: NameAnswer) -> str:
    who = answer.actor.name if answer.actor else answer.name
    if answer.kind is MentionKind.OTHER or who == words:
        return _is_words(words, answer.kind, answer.scope)
    told = {
        HERE: _("“{words}” is “{into}” here"),
        ARTICLE: _("“{words}” is “{into}” in this article"),
        EVERYWHERE: _("“{words}” is “{into}”, everywhere"),
    }
    return told[answer.scope].format(words=words, into=who)
