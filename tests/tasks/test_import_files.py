"""Importing: what comes in, what is left out, what is reported, and what holds when it is stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import Cancelled, ProblemKind
from desktop.library import annotations as notes
from desktop.library import articles
from desktop.library import check as checking
from desktop.library.backup import verify
from desktop.model import AnchorState, ArticleId
from desktop.progress import SilentProgress
from desktop.resources import starter_articles
from desktop.tasks import annotate, manage
from desktop.tasks.import_files import import_paths, import_starters, import_text
from desktop.tasks.look_after import look_after
from desktop.tasks.read import open_article
from desktop.tasks.search import search
from desktop.tasks.session import Session

TEXT = "date 2025-01 Titel {n}\n\nDe gemeente Zutphen betaalt {n} miljoen euro aan Nordwatt.\n"


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "stukken"
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"{number:02}.txt").write_text(TEXT.format(n=number), encoding="utf-8")
    return folder


def test_a_folder_comes_in_and_a_bad_file_costs_one_line(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3)
    (folder / "leeg.txt").write_bytes(b"")
    (folder / "foto.txt").write_bytes(bytes(range(256)) * 10)
    (folder / "blad.xyz").write_text("x")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = import_paths(session, [folder, tmp_path / "weg.txt"], SilentProgress())
    assert len(result.added) == 3
    assert {(Path(problem.path).name, problem.kind) for problem in result.problems} == {
        ("leeg.txt", ProblemKind.EMPTY),
        ("foto.txt", ProblemKind.BINARY),
        ("weg.txt", ProblemKind.NOT_FOUND),
    }
    assert [Path(problem.path).name for problem in result.skipped] == ["blad.xyz"]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_article_is_whole_at_once(session: Session, tmp_path: Path) -> None:
    (article,) = import_paths(session, [folder_of(tmp_path, 1)], SilentProgress()).added
    opened = open_article(session, article)
    assert opened.article.title == "Titel 1"
    assert opened.article.published == "2025-01"
    assert opened.article.lang == "nl"
    assert opened.version.text == "Titel 1\n\nDe gemeente Zutphen betaalt 1 miljoen euro aan Nordwatt."
    assert "1 miljoen euro" in {mention.text for mention in opened.mentions}
    for mention in opened.mentions:
        assert opened.version.text[mention.start : mention.end] == mention.text


def test_equal_text_is_left_out(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    import_paths(session, [folder], SilentProgress())
    (folder / "kopie.txt").write_text(TEXT.format(n=1), encoding="utf-8")
    again = import_paths(session, [folder], SilentProgress())
    assert not again.added
    assert not again.updated
    assert [problem.kind for problem in again.skipped] == [ProblemKind.ALREADY_THERE] * 3
    assert not again.changes.library


def test_what_was_thrown_away_does_not_come_back_by_itself(session: Session, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    manage.trash(session, import_paths(session, [folder], SilentProgress()).added)
    again = import_paths(session, [folder], SilentProgress())
    assert [problem.kind for problem in again.skipped] == [ProblemKind.IN_TRASH]
    assert articles.count(session.library.reader()) == 0


def test_a_changed_file_is_a_new_version_and_notes_find_their_passage(
    session: Session, put: Callable[..., ArticleId]
) -> None:
    first = "Eerste alinea.\n\nDe haven van Zutphen wordt dit jaar dieper.\n"
    article = put(f"date 2025-01 Titel\n\n{first}\nSlot over iets.\n")
    text = open_article(session, article).version.text
    for passage in ("De haven van Zutphen wordt dit jaar dieper.", "Slot over iets."):
        start = text.index(passage)
        annotate.highlight(session, article, start, start + len(passage), note="zie boven")
    assert put(f"date 2025-01 Titel\n\nNieuwe eerste alinea.\n\n{first}") == article
    opened = open_article(session, article)
    assert opened.version.number == 2
    places = {a.quote.exact: (a.state, a.start) for a in notes.of_article(session.library.reader(), article)}
    moved_to = opened.version.text.index("De haven")
    assert places["De haven van Zutphen wordt dit jaar dieper."] == (AnchorState.MOVED, moved_to)
    assert places["Slot over iets."] == (AnchorState.ORPHAN, None)
    assert search(session, "Nieuwe").total == 1
    assert search(session, "Slot").total == 0


def test_clipboard_makes_an_article(session: Session) -> None:
    result = import_text(session, "date 2025-02 Geplakt stuk\r\n\r\nMet 5 miljoen euro.\r\n")
    assert open_article(session, result.added[0]).article.title == "Geplakt stuk"
    assert import_text(session, " \n ").problems[0].kind is ProblemKind.EMPTY


def test_starters_come_marked_and_go_in_one_step(session: Session) -> None:
    result = import_starters(session, SilentProgress())
    assert len(result.added) == len(list(starter_articles().glob("*.txt"))) >= 14
    assert not result.problems
    assert open_article(session, result.added[0]).article.starter
    manage.remove_starters(session)
    assert articles.count(session.library.reader()) == 0


class StopAt:
    """A progress that is cancelled at one step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int, text: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("step", range(9))
def test_stopping_at_any_step_leaves_a_whole_library(session: Session, tmp_path: Path, step: int) -> None:
    folder = folder_of(tmp_path, 3)
    stopped = import_paths(session, [folder], StopAt(step))
    count = articles.count(session.library.reader())
    assert count == len(stopped.added)
    assert stopped.cancelled == (count < 3)
    assert checking.check(session.library) == []
    rest = import_paths(session, [folder], SilentProgress())
    assert len(rest.added) == 3 - count


def test_marks_of_older_recognisers_are_made_anew(session: Session, tmp_path: Path) -> None:
    added = import_paths(session, [folder_of(tmp_path, 3)], SilentProgress()).added
    before = [open_article(session, article).mentions for article in added]

    def forget(con: sqlite3.Connection) -> None:
        con.execute("UPDATE text_version SET extracted_by = 'older'")
        con.execute("DELETE FROM mention")

    session.library.write(forget)
    changes, problems = look_after(session, SilentProgress())
    assert changes.articles == set(added)
    assert problems == []
    assert [open_article(session, article).mentions for article in added] == before
    assert look_after(session, SilentProgress())[0].articles == frozenset()


def test_r11_a_library_in_use_has_a_backup_of_today(session: Session, tmp_path: Path) -> None:
    import_paths(session, [folder_of(tmp_path, 1)], SilentProgress())
    look_after(session, SilentProgress())
    (backup,) = session.library.backups.glob("library-*.sqlite3")
    assert verify(backup) == []
