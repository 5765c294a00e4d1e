"""Search: stock Whoosh, ours, SQLite FTS5 and tantivy side by side, on the same articles and questions.

    python tests/speed/search.py --articles N [--engines ours,fts5,…] [--runs N] [--folder DIR]

Needs an environment of its own: `pip install numpy whoosh3 tantivy wordfreq`. Every engine indexes and
answers in a process of its own; times are processor time, so that other work on the computer matters
little. Ten questions of each of thirteen kinds, asked in turns; the median and the 95th percentile stand in
the table.
`product` is our index with its own analysis (exact forms and stems), for which there is no peer. Articles are
kept in --folder, if one is given. The last line is `speedup_vs_fts5=… worst_kind_vs_fts5=…
slowdown_vs_tantivy=… index_cost_vs_fts5=… p95_max_ms=…`: geometric means over the kinds, the kind in which
FTS5 does best (above 1: we are faster), our processor time of indexing to theirs.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import search_corpus as corpus  # noqa: E402
from search_engines import ENGINES, Engine  # noqa: E402

EXTRA = 20  #: articles that are added one by one at the end
CHUNK = 2000  #: articles handed over at once


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--engines", default="ours,fts5,tantivy,whoosh,product")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--phase", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.phase:
        phase(options)
        return
    with tempfile.TemporaryDirectory() as scratch:
        options.folder = options.folder or Path(scratch)
        options.folder.mkdir(parents=True, exist_ok=True)
        report(measure(options), options.articles)


def measure(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Run every engine, in processes of their own."""
    library = library_of(options)
    if not library.exists():
        corpus.write(library, options.articles + EXTRA)
        con = sqlite3.connect(library)
        asked = corpus.questions(con, options.articles)
        library.with_suffix(".json").write_text(json.dumps(asked))
    results: dict[str, dict[str, Any]] = {}
    for name in options.engines.split(","):
        results[name] = {}
        for step in ("index", "query", "one"):
            command = [sys.executable, __file__, "--articles", str(options.articles), "--engines", name]
            command += ["--runs", str(options.runs), "--folder", str(options.folder), "--phase", step]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name} {step}: {done.stderr}")
            results[name] |= json.loads(done.stdout.splitlines()[-1])
        print(f"{name}: done", file=sys.stderr)
    return results


def library_of(options: argparse.Namespace) -> Path:
    """Return the file of the articles."""
    return Path(options.folder) / f"articles-{options.articles}.db"


def phase(options: argparse.Namespace) -> None:
    """Do one step of one engine and print what was measured."""
    library = library_of(options)
    folder = Path(options.folder) / f"{options.engines}-{options.articles}"
    if options.phase == "index":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    engine = ENGINES[options.engines](folder, library)
    steps = {"index": index, "query": query, "one": add_one}
    print(json.dumps(steps[options.phase](engine, options)))


def index(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """Index everything."""
    con = sqlite3.connect(library_of(options))
    before = time.process_time()
    engine.start()
    spent = time.process_time() - before
    for first in range(1, options.articles + 1, CHUNK):
        articles = list(corpus.read(con, first, min(first + CHUNK - 1, options.articles)))
        before = time.process_time()
        engine.add(articles)
        spent += time.process_time() - before
    before = time.process_time()
    engine.finish()
    spent += time.process_time() - before
    size = sum(path.stat().st_size for path in engine.folder.rglob("*") if path.is_file())
    memory = peak_memory()
    return {"index_seconds": spent, "index_mb": size / 1e6, "index_memory_mb": memory}


def peak_memory() -> float:
    """Return the most memory this process held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what the kernel tells by getrusage begins with what the parent held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def query(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """Ask everything, in turns."""
    asked = json.loads(library_of(options).with_suffix(".json").read_text())
    before = time.perf_counter()
    engine.open()
    opened = time.perf_counter()
    engine.ask("common", asked["common"][0])
    first = time.perf_counter()
    times: dict[str, list[float]] = {kind: [] for kind in corpus.KINDS}
    for _run in range(options.runs):
        for kind in corpus.KINDS:
            for question in asked[kind]:
                start = time.process_time()
                engine.ask(kind, question)
                times[kind].append((time.process_time() - start) * 1e3)
    return {
        "open_ms": (opened - before) * 1e3,
        "first_ms": (first - opened) * 1e3,
        "median_ms": {kind: statistics.median(found) for kind, found in times.items()},
        "p95_ms": {kind: sorted(found)[int(0.95 * len(found))] for kind, found in times.items()},
        "totals": {kind: [engine.total(kind, one) for one in asked[kind]] for kind in corpus.KINDS},
    }


def add_one(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """Add articles one by one."""
    con = sqlite3.connect(library_of(options))
    engine.open()
    times = []
    for article in list(corpus.read(con, options.articles + 1, options.articles + EXTRA)):
        start = time.process_time()
        engine.add([article])
        if options.engines == "whoosh":
            engine.finish()
        times.append((time.process_time() - start) * 1e3)
    return {"add_one_ms": statistics.median(times)}


def report(results: dict[str, dict[str, Any]], articles: int) -> None:
    """Print the table and the last line."""
    names = list(results)
    print(f"{articles:,} articles, {processor()}, Python {platform.python_version()}\n")
    print("| processor time | " + " | ".join(names) + " |")
    print("|---|" + "---|" * len(names))
    row("index, articles a second", [articles / results[name]["index_seconds"] for name in names], "{:,.0f}")
    row("index, MB on disk", [results[name]["index_mb"] for name in names], "{:,.0f}")
    row("index, MB of memory at most", [results[name]["index_memory_mb"] for name in names], "{:,.0f}")
    row("add one article, ms", [results[name]["add_one_ms"] for name in names], "{:.1f}")
    row("open, ms (elapsed)", [results[name]["open_ms"] for name in names], "{:.0f}")
    row("first search, ms (elapsed)", [results[name]["first_ms"] for name in names], "{:.1f}")
    for kind in corpus.KINDS:
        cells = [
            f"{results[name]['median_ms'][kind]:.2f} ({results[name]['p95_ms'][kind]:.2f})" for name in names
        ]
        print(f"| {kind}, ms: median (95 %) | " + " | ".join(cells) + " |")
    row("geometric mean of the medians, ms", [mean_of(results[name]) for name in names], "{:.2f}")
    print()
    for name in names:
        if "ours" in results and name not in ("ours", "product"):
            print(f"totals that differ, ours and {name}: {differences(results['ours'], results[name])}")
    if {"ours", "fts5", "tantivy"} <= results.keys():
        print(summary(results))


def row(title: str, values: Sequence[float], form: str) -> None:
    """Print a row of the table."""
    print(f"| {title} | " + " | ".join(form.format(value) for value in values) + " |")


def mean_of(result: dict[str, Any]) -> float:
    """Return the geometric mean of the medians."""
    return math.exp(statistics.fmean(math.log(value) for value in result["median_ms"].values()))


def differences(one: dict[str, Any], other: dict[str, Any]) -> str:
    """Say how many questions have another number of answers, by kind."""
    found = {
        kind: sum(1 for mine, theirs in zip(one["totals"][kind], other["totals"][kind], strict=True)
                  if theirs is not None and mine != theirs)
        for kind in corpus.KINDS
    }  # fmt: skip
    return ", ".join(f"{kind} {many}" for kind, many in found.items() if many) or "none"


def summary(results: dict[str, dict[str, Any]]) -> str:
    """Return the last line."""
    ours, fts5, tantivy = (results[name] for name in ("ours", "fts5", "tantivy"))
    worst = min(corpus.KINDS, key=lambda kind: fts5["median_ms"][kind] / ours["median_ms"][kind])
    return (
        f"speedup_vs_fts5={mean_of(fts5) / mean_of(ours):.2f} "
        f"worst_kind_vs_fts5={worst}:{fts5['median_ms'][worst] / ours['median_ms'][worst]:.2f} "
        f"slowdown_vs_tantivy={mean_of(ours) / mean_of(tantivy):.2f} "
        f"index_cost_vs_fts5={ours['index_seconds'] / fts5['index_seconds']:.2f} "
        f"p95_max_ms={max(ours['p95_ms'].values()):.2f}"
    )


def processor() -> str:
    """Return the processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
