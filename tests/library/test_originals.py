from __future__ import annotations

import hashlib

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import articles, originals


def kept(library):
    return sorted(path.name for path in library.originals.rglob("*") if path.is_file())


def test_a_file_is_kept_once_under_its_hash(library, tmp_path):
    file = tmp_path / "Één.TXT"
    file.write_bytes(b"content" * 300_000)
    name = originals.keep(library, file)
    assert name == hashlib.sha256(file.read_bytes()).hexdigest()
    assert originals.keep(library, file) == name
    assert kept(library) == [f"{name}.txt"]
    assert (library.originals / name[:2] / f"{name}.txt").read_bytes() == file.read_bytes()


def test_what_cannot_be_read_is_a_problem_and_leaves_nothing(library, tmp_path):
    with pytest.raises(Problem) as caught:
        originals.keep(library, tmp_path / "none.txt")
    assert (caught.value.kind, caught.value.path) == (ProblemKind.NOT_READABLE, str(tmp_path / "none.txt"))
    assert kept(library) == []


def test_where_nothing_can_be_written_is_a_problem(library, tmp_path):
    library.originals.write_text("in the way")
    file = tmp_path / "a.txt"
    file.write_text("x")
    with pytest.raises(Problem) as caught:
        originals.keep(library, file)
    assert caught.value.kind is ProblemKind.NOT_WRITABLE


def test_only_what_nothing_uses_is_discarded(fill, tmp_path):
    names = []
    for text in ("one", "two"):
        (tmp_path / text).write_text(text)
        names.append(originals.keep(fill.library, tmp_path / text))
    gone = fill.article("a", original=names[0])
    fill.article("b", original=names[1])
    fill.article("c", original=names[1])
    also = articles.newest(fill.library.reader(), 1)[0].id
    unused = fill.library.write(lambda con: articles.purge(con, [gone, also]))
    assert unused == [names[0]]
    originals.discard(fill.library, [*names, "../library.sqlite3", "*"])
    assert kept(fill.library) == [names[1]]
    assert fill.library.database.exists()
