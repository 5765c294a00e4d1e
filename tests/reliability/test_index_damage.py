"""R33: whatever happens to the files of the index, it opens, says that it must be rebuilt, and can be."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.search import manifest
from desktop.search.index import Index, IndexDocument
from desktop.search.query import parse

KEY = b"key of the tests"
ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [
    IndexDocument(
        row, f"Titel {row}", f"Titel {row}\n\nDe minister sprak over woord{row} en de gemeente.", "nl"
    )
    for row in range(1, 9)
]
QUERIES = (
    "minister",
    "woord3",
    '"minister sprak"',
    "woord*",
    "wrd3~2",
    "gemeenten -woord1",
    'title:"titel 2"',
    "",
)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("healthy")
    index = Index.open(folder, key=KEY)
    index.reset(followed=3)
    for batch in (ARTICLES[:3], ARTICLES[3:6], ARTICLES[6:]):
        index.update(batch)
    index.delete([5])
    index.note(complete=True)
    index.close()
    return folder


def copy_of(folder: Path, target: Path) -> Path:
    """Copy with times: the copies are believed by their digests."""
    shutil.copytree(folder, target)
    return target


def search_all(index: Index) -> list[frozenset[int]]:
    return [index.search(parse(text).ast, resolve=lambda _clause: ()).rows for text in QUERIES]


def rebuilt(index: Index) -> list[frozenset[int]]:
    index.reset(followed=3)
    index.update([article for article in ARTICLES if article.row != 5])
    index.note(complete=True)
    assert index.needs_rebuild == ""
    return search_all(index)


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def damage_delete(path: Path) -> None:
    path.unlink()


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damage_longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def damage_bit(path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def damage_noise(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size + 1))


def damage_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [damage_delete, damage_empty, damage_half, damage_longer, damage_bit, damage_noise, damage_folder]


@pytest.mark.parametrize("damage", DAMAGES)
def test_r33_damage_to_any_file_is_seen_and_mended(
    healthy: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    untouched = Index.open(copy_of(healthy, tmp_path / "untouched"), key=KEY)
    right = search_all(untouched)
    assert untouched.needs_rebuild == ""
    assert right[0] == {1, 2, 3, 4, 6, 7, 8}
    untouched.close()
    for number, name in enumerate(files_of(healthy)):
        folder = copy_of(healthy, tmp_path / str(number))
        if (folder / name).stat().st_size == 0 and damage in (damage_empty, damage_half):
            continue
        damage(folder / name)
        index = Index.open(folder, key=KEY)
        assert index.needs_rebuild, name
        assert not index.complete
        assert search_all(index) == [frozenset()] * len(QUERIES)
        assert rebuilt(index) == right, name
        index.close()


@pytest.mark.expected_log("WARNING")
def test_r33_a_bit_that_flipped_silently_is_found_by_the_check(healthy: Path, tmp_path: Path) -> None:
    for number, name in enumerate(files_of(healthy)):
        path = tmp_path / str(number)
        index = Index.open(copy_of(healthy, path), key=KEY)
        index.note(complete=True)  # the copy's own times are listed now
        index.close()
        if name == manifest.FILE or not (path / name).stat().st_size:
            continue
        _relist(path)
        before = (path / name).stat()
        with (path / name).open("r+b") as file:
            file.seek(before.st_size // 2)
            byte = file.read(1)[0]
            file.seek(before.st_size // 2)
            file.write(bytes([byte ^ 1]))
        os.utime(path / name, ns=(before.st_atime_ns, before.st_mtime_ns))
        index = Index.open(path, key=KEY)
        search_all(index)  # may find wrong things, must not fail
        assert not index.check(), name
        assert index.needs_rebuild
        assert search_all(index) == [frozenset()] * len(QUERIES)
        index.close()


def _relist(folder: Path) -> None:
    """Make the manifest believe the files by their present times and places."""
    listed = manifest.read(folder, KEY)
    assert listed is not None
    states = manifest.listed(folder, lambda name: name in listed.files, {})
    manifest.write(
        folder,
        KEY,
        manifest.Manifest(listed.version, listed.library, listed.followed, listed.complete, states),
    )


@pytest.mark.expected_log("WARNING")
def test_r33_every_bit_flip_gives_wrong_answers_at_worst(healthy: Path, tmp_path: Path) -> None:
    """Flips that the manifest believes (as if they happened under our feet): searching never raises."""
    folder = copy_of(healthy, tmp_path / "copy")
    _relist(folder)
    originals = {name: (folder / name).read_bytes() for name in files_of(folder) if name != manifest.FILE}
    choose = random.Random(33)
    for _round in range(150):
        name = choose.choice([name for name, content in originals.items() if content])
        content = bytearray(originals[name])
        content[choose.randrange(len(content))] ^= 1 << choose.randrange(8)
        (folder / name).write_bytes(content)
        _relist(folder)
        index = Index.open(folder, key=KEY)
        search_all(index)
        index.suggest("ministr")
        index.close()
        (folder / name).write_bytes(originals[name])


@pytest.mark.expected_log("WARNING")
@pytest.mark.parametrize("damage", [damage_delete, damage_empty, damage_noise])
def test_r33_files_that_go_while_the_index_is_open(
    healthy: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = copy_of(healthy, tmp_path / "copy")
    index = Index.open(folder, key=KEY)
    for name in files_of(folder):
        damage(folder / name)
    search_all(index)
    index.update(ARTICLES[:1])
    index.merge()
    right = rebuilt(index)
    assert right[0] == {1, 2, 3, 4, 6, 7, 8}
    index.close()
    again = Index.open(folder, key=KEY)
    assert (again.needs_rebuild, search_all(again)) == ("", right)
    again.close()


@pytest.mark.expected_log("WARNING")
def test_r33_damage_that_a_merge_finds_takes_the_index_out_of_use(tmp_path: Path) -> None:
    index = Index.open(tmp_path, key=KEY)
    index.reset(followed=0)
    for article in ARTICLES:
        index.update([article])
    for path in tmp_path.glob("*.pst"):
        path.write_bytes(b"\xff" * path.stat().st_size)
    assert not index.merge()
    assert index.needs_rebuild
    assert rebuilt(index)[0] == {1, 2, 3, 4, 6, 7, 8}
    index.close()


def test_r33_remains_of_another_time_are_swept(healthy: Path, tmp_path: Path) -> None:
    folder = copy_of(healthy, tmp_path / "copy")
    (folder / "_leeslamp_99.toc").write_bytes(b"newer and wrong")
    (folder / "leeslamp_WRITELOCK").write_bytes(b"")
    (folder / "leeslamp_abcdefgh.trm").write_bytes(b"half a segment")
    (folder / "leeslamp.tmp").mkdir()
    (folder / "leeslamp.tmp" / "x.run").write_bytes(b"run")
    (folder / "index.json.new").write_text("{")
    index = Index.open(folder, key=KEY)
    assert index.needs_rebuild == ""
    assert search_all(index)[0] == {1, 2, 3, 4, 6, 7, 8}
    index.update([IndexDocument(9, "T", "minister", "nl")])
    assert 9 in search_all(index)[0]
    index.close()
    left = files_of(folder)
    assert not [
        name for name in left if "99" in name or "LOCK" in name or "abcdefgh" in name or "tmp" in name
    ]


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = Index.open(tmp_path / "file", key=KEY)
    assert index.needs_rebuild
    with pytest.raises(Problem) as caught:
        index.reset(followed=0)
    assert caught.value.kind is ProblemKind.NOT_WRITABLE
    assert index.needs_rebuild
    index.update(ARTICLES)
    index.delete([1])
    assert search_all(index) == [frozenset()] * len(QUERIES)
    assert not index.merge()
    index.close()


WORKER = """
    import sys
    from pathlib import Path
    from desktop.search.index import Index, IndexDocument
    index = Index.open(Path(sys.argv[1]), key=b"key of the tests")
    assert not index.needs_rebuild, index.needs_rebuild
    number = index.followed
    print("ready", flush=True)
    while True:
        number += 1
        text = f"minister woord{number} " + " ".join(f"w{number * 31 % 997 + i}" for i in range(300))
        index.update([IndexDocument(number, f"Titel {number}", text, "nl")], followed=number)
        if number % 3 == 0:
            index.delete([number - 2], followed=number)
        while index.merge():
            pass
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_r33_killed_at_any_moment_it_opens_with_its_last_state(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = Index.open(folder, key=KEY)
    index.reset(followed=0)
    index.close()
    choose = random.Random(9)
    last = 0
    for _round in range(8):
        worker = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WORKER), str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == b"ready"
        time.sleep(choose.uniform(0.0, 0.25))  # any moment will do: this is what is being tested
        worker.kill()
        worker.wait()
        worker.stdout.close()
        index = Index.open(folder, key=KEY)
        assert index.needs_rebuild == ""
        assert index.check()
        assert index.followed >= last
        last = index.followed
        found = index.search(parse("minister").ast, resolve=lambda _clause: ()).rows
        assert found == index.rows()
        assert not found or max(found) in (last, last + 1)
        assert len({path.name for path in folder.glob("_leeslamp_*.toc")}) == 1
        index.close()
    assert last > 0
