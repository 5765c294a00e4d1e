"""R37: everything goes out, readable without the program, and comes back with nothing lost."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Cancelled, Problem, ProblemKind
from desktop.library import articles, owners, rules, saved_searches
from desktop.model import ArticleId, Condition, MentionKind, Rule, RuleId, RuleKind
from desktop.progress import SilentProgress
from desktop.tasks import annotate, manage
from desktop.tasks.export_library import export_library
from desktop.tasks.export_notes import export_document, writer
from desktop.tasks.gather_export import Wanted
from desktop.tasks.import_files import import_paths
from desktop.tasks.session import Session

#: What another database gives other numbers, or derives again by itself.
_NUMBERS = {"id", "article_id", "version_id", "made_version_id", "tag_id", "annotation_id", "mention_id"}


@pytest.fixture
def full(
    session: Session, library_of_three: dict[str, ArticleId], tmp_path: Path, put: Callable[..., ArticleId]
) -> Session:
    """Return a library with everything in it that a reader can make."""
    first, second, third = library_of_three.values()
    annotate.highlight(
        session, first, 0, 20, colour=3, note="**Let op** =cmd()\n\n- a", tags=["AI & geld", "x"]
    )
    gone, _changes = annotate.highlight(session, first, 5, 30)
    annotate.delete(session, gone)
    annotate.note_on_article(session, second, "Over het stuk \U0001f600")
    annotate.set_article_tags(session, second, ["dossier"])
    manage.star(session, [third], True)
    manage.set_details(session, third, title="Andere titel", source="De Krant", published="2025-02-04")
    manage.remember_position(session, third, 12)
    put("date 2025-05 Weg\n\nEen stuk dat weg mag. Het kost 5 euro.", "weg.txt")
    trashed = articles.newest(session.library.reader(), 1)[0].id
    manage.trash(session, [trashed])
    put("date 2025-06 Nieuwe tekst\n\nEerste zin blijft staan in dit stuk.", "versies.txt")
    versions = articles.newest(session.library.reader(), 1)[0].id
    annotate.highlight(session, versions, 15, 40)
    put("date 2025-06 Nieuwe tekst\n\nIets heel anders staat hier nu.", "versies.txt")

    def work(con: sqlite3.Connection) -> None:
        saved_searches.save(con, "Geld", "bedrag:>1mln")
        name = Condition("Karin Dorsman", MentionKind.PERSON)
        rule = rules.add(con, Rule(RuleId(""), RuleKind.RENAME, name, name="Minister D."))
        owners.apply_rules(con, [rule])

    session.library.write(work)
    return session


def dump(session: Session) -> dict[str, list[Any]]:
    """Return every row that is somebody's work, or derived from it, without the numbers of one database."""
    con = session.library.reader()
    found: dict[str, list[Any]] = {}
    queries = {
        "article": "SELECT a.*, (SELECT number FROM text_version v WHERE v.id = a.version_id) AS current"
        " FROM article a",
        "version": "SELECT v.*, a.uuid FROM text_version v JOIN article a ON a.id = v.article_id",
        "block": "SELECT b.*, v.hash, v.number FROM block b JOIN text_version v ON v.id = b.version_id",
        "inline": "SELECT b.*, v.hash, v.number FROM inline b JOIN text_version v ON v.id = b.version_id",
        "annotation": "SELECT n.*, a.uuid AS article FROM annotation n JOIN article a ON a.id = n.article_id",
        "annotation_tag": "SELECT n.uuid, t.uuid AS tag FROM annotation_tag x JOIN annotation n"
        " ON n.id = x.annotation_id JOIN tag t ON t.id = x.tag_id",
        "article_tag": "SELECT a.uuid, t.uuid AS tag FROM article_tag x JOIN article a ON a.id = x.article_id"
        " JOIN tag t ON t.id = x.tag_id",
        "tag": "SELECT * FROM tag",
        "rule": "SELECT * FROM rule",
        "saved_search": "SELECT * FROM saved_search",
        "mention": "SELECT m.*, a.uuid, k.name AS name_key, k.reason, k.hidden, x.uuid AS actor,"
        " x.name AS shown FROM mention m JOIN article a ON a.id = m.article_id"
        " LEFT JOIN name_key k ON k.id = m.name_key_id"
        " LEFT JOIN actor x ON x.id = k.actor_id",
        "amount": "SELECT n.*, a.uuid, m.start FROM amount n JOIN mention m ON m.id = n.mention_id"
        " JOIN article a ON a.id = m.article_id",
        "period": "SELECT n.*, a.uuid, m.start FROM period n JOIN mention m ON m.id = n.mention_id"
        " JOIN article a ON a.id = m.article_id",
        "names": "SELECT n.*, v.hash FROM version_names n JOIN text_version v ON v.id = n.version_id",
    }
    for name, query in queries.items():
        rows = [dict(row) for row in con.execute(query)]
        plain = [{k: v for k, v in row.items() if k not in {*_NUMBERS, "name_key_id"}} for row in rows]
        found[name] = sorted(plain, key=lambda row: json.dumps(row, default=str))
    return found


def test_r37_what_went_out_comes_back_field_by_field(full: Session, tmp_path: Path) -> None:
    before = dump(full)
    done = export_library(full, tmp_path / "alles", SilentProgress())
    assert (done.articles, done.problems) == (4, [])
    other = Session.open(tmp_path / "other")
    try:
        result = import_paths(other, [tmp_path / "alles"], SilentProgress())
        assert (len(result.added), result.problems, result.skipped) == (5, [], [])
        after = dump(other)
        originals = {p.name: p.read_bytes() for p in other.library.originals.rglob("*") if p.is_file()}
        again = import_paths(other, [tmp_path / "alles"], SilentProgress())
        assert (len(again.added), len(again.skipped)) == (0, 5)
        assert dump(other) == after
    finally:
        other.close()
    assert all(before[name] for name in before if name not in ("inline", "names"))
    for name, rows in before.items():
        assert after[name] == rows, name
    assert originals == {p.name: p.read_bytes() for p in full.library.originals.rglob("*") if p.is_file()}


def test_r37_the_folder_is_readable_without_the_program(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    export_library(full, folder, SilentProgress())
    texts = {path.name: path.read_text("utf-8") for path in (folder / "articles").iterdir()}
    assert len(texts) == 4
    (kabinet,) = (text for name, text in texts.items() if "kabinet" in name)
    assert "trekt 70 miljoen euro uit voor een supercomputer" in kabinet
    assert "**Let op** =cmd()" in kabinet
    search = (folder / "search.js").read_text("utf-8")
    assert search.startswith("window.leeslamp=[")
    assert "supercomputer" in search
    page = (folder / "index.html").read_text("utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert all(
        (folder / name).is_file() for name in ("notes.csv", "amounts.json", "actors.csv", "references.bib")
    )
    assert "Een stuk dat weg mag" not in search  # it is in the trash, and in data/ only
    lines = (folder / "data" / "articles.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["title"] for line in lines} >= {"Weg", "Andere titel"}


class _StopAt:
    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int, text: str = "") -> None:
        assert 0 <= done <= max(total, done)
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_cancelled_at_any_step_it_leaves_what_was_there(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    export_library(full, folder, SilentProgress())
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    steps = 0
    while True:
        try:
            export_library(full, folder, _StopAt(steps))
            break
        except Cancelled:
            assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before
            assert [path.name for path in tmp_path.glob("alles*")] == ["alles"]
        steps += 1 if steps < 12 else 7
    assert steps > 12


def test_a_folder_with_other_things_is_left_alone(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "scriptie.txt").write_text("mijn werk")
    with pytest.raises(Problem) as caught:
        export_library(full, folder, SilentProgress())
    assert caught.value.kind is ProblemKind.FOLDER_IN_USE
    assert [path.name for path in folder.iterdir()] == ["scriptie.txt"]


def test_r31_one_damaged_article_does_not_stop_the_others(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    export_library(full, folder, SilentProgress())
    data = folder / "data" / "articles.jsonl"
    lines = data.read_text("utf-8").splitlines()
    lines[1] = lines[1].replace('"versions":', '"verzen":')
    lines[2] = lines[2][:-30]
    data.write_text("\n".join(lines), encoding="utf-8")
    other = Session.open(tmp_path / "other")
    try:
        result = import_paths(other, [folder], SilentProgress())
        assert len(result.added) == 3
        assert [problem.kind for problem in result.problems] == [ProblemKind.DAMAGED] * 2
        assert [problem.path for problem in result.problems] == ["alles, 2", "alles, 3"]
    finally:
        other.close()


def test_r31_a_damaged_article_in_the_library_is_named(full: Session, tmp_path: Path) -> None:
    def spoil(con: sqlite3.Connection) -> None:
        con.execute(
            "UPDATE block SET kind = 'onzin' WHERE version_id = (SELECT version_id FROM article LIMIT 1)"
        )

    full.library.write(spoil)
    done = export_library(full, tmp_path / "alles", SilentProgress())
    assert done.articles == 3
    assert [problem.kind for problem in done.problems] == [ProblemKind.DAMAGED]
    file = io.BytesIO()
    exported = export_document(full, Wanted(whole=True), writer("html"), file)
    assert (exported.articles, [one.path for one in exported.problems]) == (3, [done.problems[0].path])
    assert file.getvalue().endswith(b"</html>\n")


def test_a_folder_from_another_program_version_is_refused(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    export_library(full, folder, SilentProgress())
    head = folder / "data" / "library.json"
    head.write_text(head.read_text("utf-8").replace('"version": 1', '"version": 99', 1), encoding="utf-8")
    result = import_paths(full, [folder], SilentProgress())
    assert [problem.kind for problem in result.problems] == [ProblemKind.NOT_A_WHOLE_LIBRARY]


def test_a_library_that_has_some_of_it_takes_the_rest(full: Session, tmp_path: Path) -> None:
    folder = tmp_path / "alles"
    export_library(full, folder, SilentProgress())
    other = Session.open(tmp_path / "other")
    try:
        source = tmp_path / "incoming"
        import_paths(other, [min(source.iterdir())], SilentProgress())
        result = import_paths(other, [folder], SilentProgress())
        assert len(result.added) == 4
        assert len(result.skipped) == 1
        assert [rule.name for rule in rules.all_rules(other.library.reader())] == ["Minister D."]
    finally:
        other.close()
