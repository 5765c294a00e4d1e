"""The reader's corrections of a library: listed with what they do, taken back, written to a file and read."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.exporters import rules_file
from desktop.extraction import corrections, values
from desktop.library import articles, history, links, mentions, owners, rules
from desktop.model import (
    Article,
    ArticleId,
    Changes,
    Condition,
    MentionKind,
    Rule,
    RuleId,
    RuleKind,
    RuleScope,
    StepId,
    TextVersion,
)
from desktop.progress import Progress, SilentProgress
from desktop.tasks.export_notes import write_file
from desktop.tasks.look_after import mark_now
from desktop.tasks.session import Session

_PAGE = 100  # articles read at once
_HEAD = 256  # bytes by which a file with corrections is known
_ABOUT_VALUES = (RuleKind.REJECT_AMOUNT, RuleKind.CORRECT_AMOUNT)


@dataclass(frozen=True, slots=True)
class Correction:
    """A rule, and what it does in the library."""

    rule: Rule
    scope: RuleScope
    title: str  #: of the article it is about; "" for everywhere, and where the article is gone
    marks: int  #: passages it applies to
    articles: int  #: in so many articles


def listed(session: Session, progress: Progress | None = None) -> list[Correction]:
    """Return the rules, the newest first. Raises Cancelled."""
    con = session.library.reader()
    found = rules.all_rules(con)
    progress = progress or SilentProgress()
    listed: list[Correction] = []
    for number, rule in enumerate(reversed(found)):
        progress.step(number, len(found), rule.condition.name or "")
        listed.append(_describe(con, rule, progress))
    return listed


def _describe(con: sqlite3.Connection, rule: Rule, progress: Progress) -> Correction:
    condition = rule.condition
    if rules.is_about_names(rule):
        counted = links.count_name(con, condition.name or "", condition.kind)
        return Correction(rule, RuleScope.EVERYWHERE, "", *counted)
    title, marks, of_articles = "", 0, 0
    for article, version in _concerned(con, condition):
        progress.step(of_articles, 0, article.title)
        here = _count(rule, version.text, article)
        marks, of_articles = marks + here, of_articles + bool(here)
        if condition.article is not None:
            title = article.title
    scope = RuleScope.EVERYWHERE if condition.article is None else RuleScope.ARTICLE
    return Correction(rule, RuleScope.HERE if condition.quote else scope, title, marks, of_articles)


def _concerned(con: sqlite3.Connection, condition: Condition) -> Iterator[tuple[Article, TextVersion]]:
    rows = sorted(rules.rows_concerned(con, [condition]))
    for first in range(0, len(rows), _PAGE):
        for article in articles.by_rows(con, rows[first : first + _PAGE]):
            if article.trashed_at is None:
                yield article, articles.text(con, article.id)


def _count(rule: Rule, text: str, article: Article) -> int:
    """Count the passages a rule applies to, in the paragraphs that hold its words."""
    condition = rule.condition
    if rule.kind not in _ABOUT_VALUES:
        return sum(1 for _ in corrections.places(condition, text))
    if condition.quote is not None:
        return int(corrections.find_quote(text, condition.quote) is not None)
    name = condition.name or ""
    is_date = condition.kind is MentionKind.DATE
    count = 0
    for paragraph in text.split("\n\n"):
        if corrections.holds_words(paragraph, name):
            found = values.find_values(paragraph, article.lang or "nl", article.published)
            count += sum(
                corrections.same_words(m.text, name) and (m.kind is MentionKind.DATE) is is_date
                for m in found
            )
    return count


def restore(session: Session, ids: Collection[RuleId], at_hand: ArticleId | None = None) -> Changes:
    """Delete rules, so that all is again as the program finds it.

    at_hand: the article that is open, to be marked at once as well as those the rules are about.
    """
    wanted = [rule for rule in rules.all_rules(session.library.reader()) if rule.id in ids]
    about = {rule.condition.article for rule in wanted if rule.condition.article}
    first = at_hand or next(iter(about), None)

    def work(con: sqlite3.Connection) -> Changes:
        with history.recording(con, "restore_rule", {"article": first or ""}) as step:
            for rule in wanted:
                rules.delete(con, rule.id)
        return _apply(con, wanted, step, frozenset(about))

    changes = session.library.write(work)
    return replace(changes, articles=mark_at_hand(session, {*about, at_hand}))


def _apply(
    con: sqlite3.Connection, changed: Sequence[Rule], step: StepId | None, about: frozenset[ArticleId]
) -> Changes:
    """Let what rules that came or went are about follow."""
    owners.apply_rules(con, changed)
    on_texts = [rule.condition for rule in changed if not rules.is_about_names(rule)]
    mentions.make_stale(con, rules.rows_concerned(con, on_texts))
    return Changes(articles=about, actors=len(on_texts) < len(changed), step=step)


def mark_at_hand(session: Session, ids: Collection[ArticleId | None]) -> frozenset[ArticleId]:
    """Mark these articles anew where needed; return those that are in the library."""
    there: set[ArticleId] = set()
    for article in ids:
        try:
            if article:
                mark_now(session, [article])
                there.add(article)
        except Problem as problem:
            if problem.kind is not ProblemKind.NO_SUCH_ARTICLE:
                raise
    return frozenset(there)


# Corrections as a file, for another library


def are_in(path: Path) -> bool:
    """Tell whether a file holds corrections, by its name and how it begins; False where there is none."""
    if path.suffix.casefold() == rules_file.SUFFIX:
        return path.is_file()
    try:
        if path.suffix.casefold() != ".json" or not path.is_file():
            return False
        with path.open("rb") as file:
            return rules_file.is_begin(file.read(_HEAD))
    except OSError:
        return False


def export_rules(session: Session, path: Path) -> int:
    """Write all corrections of a library to a file; return how many.

    Raises Problem NOT_WRITABLE, DISK_FULL.
    """
    found = rules.all_rules(session.library.reader())
    write_file(path, rules_file.to_text(found))
    return len(found)


def import_rules(session: Session, path: Path, at_hand: ArticleId | None = None) -> tuple[Changes, int, int]:
    """Take in the corrections of a file, behind the library's own; return (changes, taken in, there already).

    One that was deleted here comes in again, under another id. Raises Problem NOT_FOUND, NOT_READABLE,
    NOT_CORRECTIONS.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise Problem(ProblemKind.NOT_FOUND, path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(ProblemKind.NOT_READABLE, path, str(error)) from error
    try:
        given = rules_file.from_text(text)
    except ValueError as error:
        raise Problem(ProblemKind.NOT_CORRECTIONS, path, str(error)) from error

    def work(con: sqlite3.Connection) -> tuple[Changes, int]:
        here = rules.ids(con)
        new = [rule for rule in given if not here.get(rule.id, False)]
        with history.recording(con, "import_rules", {"article": at_hand or ""}) as step:
            stored = [
                rules.add(con, replace(rule, id=RuleId("")) if rule.id in here else rule) for rule in new
            ]
        return _apply(con, stored, step if stored else None, frozenset()), len(stored)

    changes, taken = session.library.write(work)
    return replace(changes, articles=mark_at_hand(session, {at_hand})), taken, len(given) - taken
