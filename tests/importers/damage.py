"""What is done to good files to see that bad ones do no harm, and what may come of reading them."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from desktop.errors import Problem
from desktop.importers import IMPORTERS, read_file
from desktop.importers.base import Articles

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SECONDS = 10  #: nothing may take longer


def samples(folder: str) -> list[Path]:
    suffixes = {suffix for importer in IMPORTERS for suffix in importer.suffixes}
    return sorted(path for path in (SAMPLES / folder).glob("*") if path.suffix in suffixes)


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return the data cut, with bits flipped, blocks doubled, moved or zeroed, or members changed inside."""
    damaged = bytearray(data)
    for _again in range(chance.choice((1, 1, 2, 4))):
        if not damaged:
            break
        place, length = chance.randrange(len(damaged)), chance.choice((1, 4, 40, 400))
        block = damaged[place : place + length]
        match chance.randrange(6):
            case 0:
                del damaged[place:]
            case 1:
                for _bit in range(chance.choice((1, 3, 30))):
                    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            case 2:
                damaged[place:place] = block * chance.choice((1, 2, 50))
            case 3:
                del damaged[place : place + length]
            case 4:
                damaged[place : place + length] = bytes(len(block))
            case _:
                damaged[place : place + length] = chance.randbytes(len(block))
    return bytes(damaged)


def mutant_inside(
    data: bytes, chance: random.Random, damage: Callable[[bytes, random.Random], bytes] = mutant
) -> bytes:
    """Return a package whose list is whole but one of whose members is damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as damaged:
        names = [info.filename for info in whole.infolist() if info.file_size]
        chosen = chance.choice(names)
        for info in whole.infolist():
            content = whole.read(info)
            damaged.writestr(info.filename, damage(content, chance) if info.filename == chosen else content)
    return out.getvalue()


def read_or_problem(path: Path) -> Articles | Problem:
    """Read here, and see that nothing but a Problem with the path comes out, soon."""
    begin = time.process_time()
    outcome: Articles | Problem
    try:
        outcome = read_file(path)
    except Problem as problem:
        assert problem.path.startswith(str(path)), problem
        outcome = problem
    else:
        assert outcome
        for article in outcome:
            assert article.text.startswith(article.title)
            assert article.text == article.text.strip()
            ends = [0, *(block.end for block in article.blocks)]
            assert all(block.start >= before for block, before in zip(article.blocks, ends, strict=False))
            assert all(article.text[block.start : block.end].strip() for block in article.blocks)
            assert all("\n" not in article.text[block.start : block.end] for block in article.blocks)
            for inline in article.inlines:
                assert any(b.start <= inline.start < inline.end <= b.end for b in article.blocks)
            article.text.encode("utf-8")
    assert time.process_time() - begin < SECONDS
    return outcome
