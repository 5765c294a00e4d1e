"""Fit the weights of the evidence on names: `resources/gazetteers/evidence.toml`.

    python packaging/fit_evidence.py CORPUS [--part train|all]          (needs numpy)

CORPUS is the folder of labelled articles (politics.txt, english.txt, …) with its score.py, which says
what is the train part. The weights are those of a softmax regression over the candidates, shared by all
languages, plus a more strongly regularised correction for each language. So that unlisted names are
learnt too, every article is read again with parts of the lists hidden. Run it after every change of a
list or of `name_evidence.py`; with "--part train" the development part stays a fair test, and with
"--part all" (what ships) nothing is wasted.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.extraction.gazetteer import NameLists  # noqa: E402
from desktop.extraction.name_evidence import KINDS, Witness  # noqa: E402
from desktop.extraction.name_spans import SpanFinder  # noqa: E402
from desktop.extraction.name_tokens import NameTokens  # noqa: E402
from desktop.model import LANGUAGES  # noqa: E402

LABELS = {None: 5, "person": 1, "organisation": 2, "place": 3, "event": 4}
SHARED_PENALTY, LANGUAGE_PENALTY = 1.5, 4.0  # of squared weights
RAREST, RAREST_OF_LANGUAGE = 4, 6  # evidence that was seen less often gets no weight
HIDDEN = 0.35  # part of the lists that is hidden in a second and third reading
HIDDEN_WEIGHT = 0.7
STEPS = 300
#: Evidence that the corpus, whose persons are invented, cannot teach.
FIXED = {"listed:person": (0.0, 4.0, 0.0, 0.0, 0.0, 0.0)}

Candidate = tuple[list[str], int, str, float]  # evidence, label, language, weight


def articles(corpus: Path, part: str) -> Iterator[dict[str, Any]]:
    """Yield the labelled articles of a part."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    for path in sorted(corpus.glob("*.txt")):
        for article in score.articles(path):
            number = int(hashlib.sha1(article["id"].encode()).hexdigest(), 16)
            dev = number % (5 if article["lang"] == "nl" else 2) == 0
            if part == "all" or not dev:
                yield article


def hidden(name: str, seed: int, part: float) -> bool:
    """Tell, always the same way, whether a list entry is hidden in a reading."""
    number = int(hashlib.md5(f"{seed}{name}".encode()).hexdigest()[:6], 16)
    return bool(seed) and number / 0xFFFFFF < part


def lists_of(lang: str, seed: int) -> NameLists:
    """Return the lists of a language, for seeds above 0 with a part of them hidden."""
    lists = NameLists(lang)
    lists.phrases = {
        first: kept
        for first, options in lists.phrases.items()
        if (kept := [(rest, e) for rest, e in options if not hidden(e.name, seed, HIDDEN)])
    }
    lists.places = frozenset(n for n in lists.places if not hidden(n, seed, HIDDEN))
    lists.first_names = frozenset(n for n in lists.first_names if not hidden(n, seed, HIDDEN * 0.6))
    lists.surnames = frozenset(n for n in lists.surnames if not hidden(n, seed, HIDDEN * 0.6))
    return lists


def candidates(corpus: Path, part: str) -> Iterator[Candidate]:
    """Yield every candidate with its label; those that cut across a labelled name are left out."""
    read = list(articles(corpus, part))
    for lang in LANGUAGES:
        for seed in range(3):
            lists = lists_of(lang, seed)
            for article in (a for a in read if a["lang"] == lang):
                tokens = NameTokens(article["text"], lists.sets["abbreviations"])
                witness = Witness(tokens, lists)
                gold = {(start, end): LABELS[kind] for start, end, kind, _ in article["gold"]}
                for span in SpanFinder(tokens, lists).find():
                    start, end = tokens.start[span.start], tokens.end[span.end - 1]
                    label = gold.get((start, end), 0)
                    if label or not any(start < e and s < end for s, e in gold):
                        yield witness.evidence(span), label, lang, HIDDEN_WEIGHT if seed else 1.0


def fit(rows: list[Candidate]) -> dict[tuple[str, str], Any]:
    """Return ("all" or language, evidence) -> weights of the kinds."""
    seen = Counter(piece for evidence, *_ in rows for piece in evidence)
    seen_in = Counter((lang, piece) for evidence, _, lang, _ in rows for piece in evidence)
    keys = [("all", piece) for piece, count in seen.items() if count >= RAREST]
    keys += [key for key, count in seen_in.items() if count >= RAREST_OF_LANGUAGE]
    column = {key: i for i, key in enumerate(keys)}
    shows: Any = np.zeros((len(rows), len(keys)), np.float32)
    for i, (evidence, _, lang, _) in enumerate(rows):
        for piece in evidence:
            for key in (("all", piece), (lang, piece)):
                if key in column:
                    shows[i, column[key]] = 1
    wanted: Any = np.eye(len(KINDS), dtype=np.float32)[[label for _, label, _, _ in rows]]
    counts = np.array([[weight] for *_, weight in rows], np.float32)
    penalty = np.array([[SHARED_PENALTY if k[0] == "all" else LANGUAGE_PENALTY] for k in keys], np.float32)
    weights: Any = np.zeros((len(keys), len(KINDS)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):  # Adam (Kingma & Ba 2015), full batch
        scores = shows @ weights
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        gradient = shows.T @ ((chances - wanted) * counts) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient * gradient
        rate = 0.1 if step < STEPS * 2 / 3 else 0.02
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(keys, weights, strict=True))


def main() -> None:
    """Fit and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--part", choices=["train", "all"], default="all")
    options = parser.parse_args()
    rows = list(candidates(options.corpus, options.part))
    weights = fit(rows)
    lines = [
        "# Weight of each piece of evidence for: no name, person, organisation, place, event, other.",
        "# Fitted on the project's own labelled articles by packaging/fit_evidence.py: do not edit by hand.",
    ]
    weights = {key: row for key, row in weights.items() if key[1] not in FIXED}
    weights |= {("all", piece): np.array(row) for piece, row in FIXED.items()}
    for section in ("all", *LANGUAGES):
        lines += ["", f"[{section}]"]
        for (where, piece), row in sorted(weights.items()):
            if where == section and abs(row).max() >= 0.15:
                key = piece.replace("\\", "\\\\").replace('"', '\\"')
                lines.append(f'"{key}" = [{", ".join(f"{value:.1f}" for value in row)}]')
    target = ROOT / "resources" / "gazetteers" / "evidence.toml"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {len(weights)} pieces of evidence -> {target}")


if __name__ == "__main__":
    main()
