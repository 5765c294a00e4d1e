"""Coverage-guided fuzzing of every importer and of the query language; not part of the test-suite.

    pip install atheris
    python tests/importers/fuzz.py TARGET --minutes 10 --keep FOLDER

TARGET: one of `--list`. Starts from the samples, damages whole files and single members of packages, and runs
for so many minutes of processor time. What goes wrong is kept in FOLDER, one file for each place in the code,
and the run goes on; a crash of the process or a hang is kept by libFuzzer itself. Whatever is found becomes a
case in `test_hostile.py` or `tests/search`. The query target also searches a small index for what was read.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

PARSERS = ["desktop", "docx", "openpyxl", "email", "trafilatura", "zipfile", "tarfile"]
with atheris.instrument_imports(include=PARSERS):
    import docx  # noqa: F401
    import openpyxl  # noqa: F401
    import trafilatura  # noqa: F401

    from desktop.importers.foreign_notes import read_notes
    from desktop.search.index import ANALYSIS, Index, IndexDocument
    from desktop.search.query import parse, spans
    from tests.importers.damage import SAMPLES, mutant_inside, read_or_problem

#: target -> the folder of its samples, and the suffix they have
FILES = {
    "txt": ("plain_text", ".txt"),
    "md": ("markdown", ".md"),
    "html": ("web_page", ".html"),
    "mhtml": ("web_page", ".mhtml"),
    "pdf": ("pdf", ".pdf"),
    "docx": ("docx", ".docx"),
    "odt": ("odt", ".odt"),
    "rtf": ("rtf", ".rtf"),
    "epub": ("epub", ".epub"),
    "eml": ("mail", ".eml"),
    "mbox": ("mail", ".mbox"),
    "csv": ("table", ".csv"),
    "jsonl": ("table", ".jsonl"),
    "xlsx": ("table", ".xlsx"),
    "nexis": ("nexis", ".txt"),
    "nexis-docx": ("nexis", ".docx"),
    "zip": ("archive", ".zip"),
    "tar": ("archive", ".tar.gz"),
}
QUERIES = (
    'bedrag:>10mln€ (datum:2024-03..2025 OR titel:"kern energie"~3) -actor:ASML tag:"a b" note:* is:unread',
    'NOT (a OR (b AND c)) =exact prefi* fuzzy~2 "phrase of words" amount:30..50mld collection:map',
)
NOTES = (
    '{"rows": [{"uri": "u", "text": "t", "tags": ["a"], "target": [{"selector": [{"exact": "q"}]}]}]}',
    "Highlight,Book Title,Book Author,Note,Color,Tags\nzin,titel,auteur,noot,yellow,a",
)


class Target:
    """What is fuzzed: what a run does, what it starts from, whether inputs are packages."""

    def __init__(self, name: str, keep: Path) -> None:
        self.name, self.keep = name, keep
        self.place = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        self.runs = 0
        self.found: set[str] = set()
        self.suffix = FILES[name][1] if name in FILES else ".txt"
        self.run: Callable[[bytes], object] = self.read
        if name == "query":
            self.index = small_index(self.place / "index")
            self.run = self.ask
        elif name == "notes":
            self.run = self.notes

    def seeds(self) -> Iterable[bytes]:
        if self.name == "query":
            return [query.encode() for query in QUERIES]
        if self.name == "notes":
            return [text.encode() for text in NOTES]
        folder, suffix = FILES[self.name]
        return [path.read_bytes() for path in sorted((SAMPLES / folder).glob("*" + suffix))]

    def read(self, data: bytes) -> None:
        path = self.place / ("a" + self.suffix)
        path.write_bytes(data)
        read_or_problem(path)

    def ask(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        begin = time.process_time()
        query = parse(text)
        for one in [*query.problems, *spans(text)]:
            assert 0 <= one.start <= one.end <= len(text)
        if query.ast is not None and len(text) < 400:
            self.index.search(query.ast, resolve=lambda _clause: set())
        assert time.process_time() - begin < 10

    def notes(self, data: bytes) -> None:
        with contextlib.suppress(ValueError):
            read_notes(data.decode("utf-8", "replace"))

    def once(self, data: bytes) -> None:
        self.runs += 1
        try:
            self.run(data)
        except Exception:
            told = traceback.format_exc()
            places = "".join(line for line in told.splitlines(keepends=True) if line.startswith("  File"))
            mark = hashlib.sha256(places.encode()).hexdigest()[:12]
            if mark not in self.found:
                self.found.add(mark)
                (self.keep / f"{self.name}-{mark}{self.suffix}").write_bytes(data)
                (self.keep / f"{self.name}-{mark}.told").write_text(told, encoding="utf-8")
                print(f"FOUND {self.name} {mark}: {told.splitlines()[-1]}", flush=True)


def small_index(folder: Path) -> Index:
    index = Index.open(folder, key=b"fuzz", analysis=ANALYSIS)
    index.reset(followed=0)
    index.update(
        IndexDocument(row, f"Kop {row}", "de kerncentrale van Borssele, the house, l'énergie", lang)
        for row, lang in enumerate(["nl", "en", "fr", "de"], 1)
    )
    return index


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Damage a member of a package; XML mostly so that it can still be parsed."""
    if content.lstrip()[:1] != b"<" or chance.random() < 0.3:
        return bytes(atheris.Mutate(content, len(content) + 400))
    for _again in range(chance.choice((1, 2, 5))):
        tags = list(re.finditer(rb"<[^<>?!/][^<>]*/>", content))
        values = list(re.finditer(rb'(?<==")[^"<>&]*(?=")', content))
        texts = list(re.finditer(rb"(?<=>)[^<>&]+(?=<)", content))
        one = chance.choice(chance.choice([found for found in (tags, values, texts) if found]))
        if one in tags:
            new = chance.choice((b"", one.group() * 3, chance.choice(tags).group()))
        else:
            odd = (b"", b"-1", b"99999999999", "\u202e\u00a0".encode(), b" \n\t", b"x" * 5_000)
            new = chance.choice((*odd, chance.choice(values or texts).group(), one.group() * 40))
        content = content[: one.start()] + new[:100_000] + content[one.end() :]
    return content


def mutated(data: bytes, most: int, seed: int, whole: Sequence[bytes] = ()) -> bytes:
    """Damage the file, or mostly, with a package, one member of it.

    whole: the good packages, of which one is taken in the place of a package that cannot be opened.
    """
    chance = random.Random(seed)
    if whole and chance.random() < 0.85:
        base = data if zipfile.is_zipfile(io.BytesIO(data)) else chance.choice(whole)
        with contextlib.suppress(Exception):
            inside = mutant_inside(base, chance, damaged)
            if len(inside) <= most:
                return inside
    return bytes(atheris.Mutate(data, most))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=[*FILES, "query", "notes"])
    parser.add_argument("--minutes", type=float, default=10, help="of processor time")
    parser.add_argument("--keep", type=Path, default=Path("findings"))
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    os.environ["PATH"] = ""  # no character recognition: another program, and slow
    target = Target(options.target, options.keep)
    corpus = target.place / "corpus"
    corpus.mkdir()
    for number, data in enumerate(target.seeds()):
        (corpus / str(number)).write_bytes(data)

    def once(data: bytes) -> None:
        if time.process_time() > 60 * options.minutes:
            kept = len(list(corpus.iterdir()))
            print(f"{target.name}: {target.runs} runs, {len(target.found)} found, {kept} kept", flush=True)
            os._exit(0)
        target.once(data)

    whole = [data for data in target.seeds() if zipfile.is_zipfile(io.BytesIO(data))]
    most = max(4096, 4 * max(map(len, target.seeds())))
    flags = [
        f"-max_len={most}",
        "-timeout=120",
        "-rss_limit_mb=4000",
        f"-artifact_prefix={options.keep}/{target.name}-",
    ]
    atheris.Setup(
        [sys.argv[0], *flags, str(corpus)], once, custom_mutator=lambda *given: mutated(*given, whole)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
