"""Articles a second with names by the model and by the rules, beside spaCy's French pipeline, in turns.

    python tests/speed/names.py [--runs N] [--texts FILE…]

The texts are French: files of labelled articles (the default is that of the names model's corpus); an
article is 400 words; processor time, everything on one core. spaCy is compared where it is installed with
`fr_core_news_sm`: the pipeline as it is loaded (spacy), and cut down to what finding names needs
(spacy_names). The last line is `processor=… model_per_second=… rules_per_second=… spacy_per_second=…
spacy_names_per_second=… model_ratio=… rules_ratio=… model_ratio_names=… rules_ratio_names=…
model_load_seconds=… model_mb=…` (medians; ratios are ours to spaCy's; model_mb is what the process grew by,
with the model loaded and used). The goals are a model ratio of 0.4, a rules ratio of 10 and 250 MB at most;
missing one ends in exit code 1.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.extraction import model, names  # noqa: E402

WORDS = 400  #: words of an article
MODEL_RATIO, RULES_RATIO, MOST_MB = 0.4, 10.0, 250.0
TURN = 1.0  #: seconds of processor time a turn takes
PIPELINE = "fr_core_news_sm"
FOR_OTHER_THINGS = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")
CORPUS = ROOT / "packaging" / "model" / "corpus" / "french.txt"
_MARK = re.compile(r"\[\[([^\[\]|]+)\|[^\[\]]+\]\]")


def texts(files: list[Path]) -> list[str]:
    """Return the articles of the files without their marks, put together to about 400 words."""
    found: list[str] = []
    for file in files:
        for raw in file.read_text(encoding="utf-8").split("\n---\n"):
            article = _MARK.sub(r"\1", raw.strip().partition("\n")[2])
            if found and len(found[-1].split()) < WORDS:
                found[-1] += "\n\n" + article
            else:
                found.append(article)
    return found


def articles_a_second(work: Callable[[str], object], articles: list[str]) -> float:
    """Return how many articles of 400 words the work does in a second of processor time."""
    words = done = 0
    start = time.process_time()
    while time.process_time() - start < TURN:
        text = articles[done % len(articles)]
        work(text)
        words += len(text.split())
        done += 1
    return words / WORDS / (time.process_time() - start)


def spacy_pipelines() -> dict[str, Callable[[str], object]]:
    """Return spaCy's pipeline whole and for names alone, nothing where it is not installed."""
    try:
        spacy = importlib.import_module("spacy")
        return {"spacy": spacy.load(PIPELINE), "spacy_names": spacy.load(PIPELINE, exclude=FOR_OTHER_THINGS)}
    except (ImportError, OSError):
        return {}


def resident_mb() -> float:
    """Return the memory of this process that is in use, 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor() -> str:
    """Return the name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def main() -> int:
    """Measure, print, and say whether the goals are reached."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--texts", type=Path, nargs="+", default=[CORPUS])
    options = parser.parse_args()
    articles = texts(options.texts)
    names.find_names(articles[0], "fr")
    before, start = resident_mb(), time.perf_counter()
    if not model.available():
        sys.exit(model.why_not())
    load = time.perf_counter() - start
    for article in articles:
        model.find_names(article, "fr")
    grown = resident_mb() - before
    works: dict[str, Callable[[str], object]] = {
        "model": lambda text: model.find_names(text, "fr"),
        "rules": lambda text: names.find_names(text, "fr"),
        **spacy_pipelines(),
    }
    for work in works.values():
        work(articles[0])
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(options.runs):
        for name, work in works.items():
            found[name].append(articles_a_second(work, articles))
    speed = {name: statistics.median(figures) for name, figures in found.items()}
    line = [f"processor={processor()!r}"]
    line += [f"{name}_per_second={figure:.1f}" for name, figure in speed.items()]
    missed = grown > MOST_MB
    for rival, suffix in (("spacy", ""), ("spacy_names", "_names")):
        if rival in speed:
            line += [f"{name}_ratio{suffix}={speed[name] / speed[rival]:.2f}" for name in ("model", "rules")]
    if "spacy" in speed:
        missed |= speed["model"] < MODEL_RATIO * speed["spacy"]
        missed |= speed["rules"] < RULES_RATIO * speed["spacy"]
    print(*line, f"model_load_seconds={load:.2f}", f"model_mb={grown:.0f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
