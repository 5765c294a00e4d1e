"""An import whose program is killed: what is in is whole, the rest comes when it goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from desktop.library import articles
from desktop.library import check as checking
from desktop.progress import SilentProgress
from desktop.tasks import imports
from desktop.tasks.session import Session

ROOT = Path(__file__).resolve().parents[2]
TEXT = "date 2025-01 Titel {n}\n\nDe gemeente Zutphen betaalt {n} miljoen euro aan Nordwatt.\n"
FILES = 400


def count(database: Path) -> int:
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as con:
            return int(con.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.skipif(os.name == "nt", reason="a killed process lets go of its files later there")
def test_r30_a_killed_import_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folder, library = tmp_path / "stukken", tmp_path / "library"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n:03}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    command = [sys.executable, "-m", "desktop", "--library", str(library), "import", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while count(library / "library.sqlite3") < 20 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    process.kill()
    process.wait()
    session = Session.open(library, wait=5)
    try:
        before = articles.count(session.library.reader())
        assert 20 <= before < FILES
        assert checking.check(session.library) == []
        [run] = imports.unfinished(session)
        rest = imports.resume(session, run, SilentProgress())
        assert before + len(rest.added) == articles.count(session.library.reader()) == FILES
        assert not rest.problems
        assert imports.unfinished(session) == []
    finally:
        session.close()
