"""Opening and scrolling a long article full of marks, and finding its highlights again in an edited text.

    python tests/speed/reading.py [--runs N] [--every N]

An article of 20,000 words with 2,000 mentions and 300 highlights is opened in our pane, in turns with
`QTextBrowser.setPlainText` of the same text, each until it is painted; then it is scrolled through by wheel.
Times are of the processor. The highlights are those of `tests/quality/edited_texts.py` (every n-th); beside
ours stand diff-match-patch (its fuzzy match, and positions carried over by its diff) and rapidfuzz's partial
alignment, where they are installed: `pip install diff-match-patch rapidfuzz`. The last line is
`open_ratio=… worst_frame_ms=… reanchor_right=… reanchor_wrong=…`; the goals are at most 3, under 50, at
least 0.97 of those that still exist, and 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

WORDS, MENTIONS, HIGHLIGHTS = 20_000, 2_000, 300
_SIZE = (1000, 800)  # pixels
_NOTCH = 120  # of the wheel, in eighths of a degree

Finder = Callable[[Any], tuple[int, int] | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--every", type=int, default=10)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    ratio, worst = measure_pane(options.runs)
    right, wrong = measure_anchoring(options.every)
    print(
        f"open_ratio={ratio:.2f} worst_frame_ms={worst:.1f} reanchor_right={right:.4f} reanchor_wrong={wrong}"
    )


def processor() -> str:
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()


# The pane


def long_article() -> Any:
    """Return an article as the pane gets it."""
    from edited_texts import texts

    from desktop.anchoring.quote import make
    from desktop.model import (
        ActorId,
        Annotation,
        AnnotationId,
        Article,
        ArticleId,
        Block,
        BlockKind,
        Mention,
        MentionKind,
        TextVersion,
    )
    from desktop.tasks.read import OpenedArticle

    chance = random.Random(1)
    parts = [part for text in texts() for part in text.split("\n\n") if part.isascii() or "é" in part]
    text, words = "Een lang artikel", 0
    while words < WORDS:
        text += "\n\n" + (part := chance.choice(parts))
        words += len(part.split())
    blocks = [
        Block(BlockKind.PARAGRAPH if match.start() else BlockKind.TITLE, *match.span())
        for match in re.finditer(r"[^\n]+", text)
    ]
    spans = [match.span() for match in re.finditer(r"\w{4,}", text)]
    kinds = [MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.MONEY]
    mentions = []
    for number, (start, end) in enumerate(sorted(chance.sample(spans, MENTIONS))):
        one = Mention(start, end, text[start:end], kinds[number % 4])
        named = {"actor": text[start:end], "actor_id": ActorId(text[start:end])} if number % 4 < 3 else {}
        mentions.append(replace(one, **named))
    notes = []
    for number, (start, _end) in enumerate(sorted(chance.sample(spans[:-40], HIGHLIGHTS))):
        end = min(len(text), start + chance.randint(10, 200))
        note = "Nog nakijken." if number % 5 == 0 else ""
        key = AnnotationId(str(number))
        notes.append(
            Annotation(key, ArticleId("a"), make(text, start, end), start, end, number % 5 + 1, note)
        )
    version = TextVersion(ArticleId("a"), 1, "0", text, tuple(blocks), (), "2025-01-01T00:00:00Z")
    article = Article(
        ArticleId("a"), 1, "Een lang artikel", "2025-01-08", "nl", "Krant", None, None, None, False, "", None,
        False, None, 0, words, 0, 0, len(notes),
    )  # fmt: skip
    return OpenedArticle(article, version, tuple(mentions), (), tuple(notes))


def measure_pane(runs: int) -> tuple[float, float]:
    """Return how much longer our pane takes to open the article, and the worst frame in ms."""
    from PySide6.QtWidgets import QTextBrowser

    from desktop import app, i18n
    from desktop.ui.appearance import Appearance
    from desktop.ui.document_pane import DocumentPane

    i18n.use("nl")
    application = app._application()
    opened = long_article()
    pane, plain = DocumentPane(Appearance("light").theme), QTextBrowser()
    for widget in (pane, plain):
        widget.resize(*_SIZE)
        widget.show()
    application.processEvents()

    def ours(number: int) -> None:
        pane.show_article(replace(opened, version=replace(opened.version, hash=str(number))))
        pane.repaint()
        application.processEvents()

    def theirs(_number: int) -> None:
        plain.setPlainText(opened.version.text)
        plain.repaint()
        application.processEvents()

    pairs = [(taken(ours, number), taken(theirs, number)) for number in range(1, runs + 2)][1:]
    ratio = statistics.median(one / other for one, other in pairs)
    our_ms, their_ms = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"open, {len(opened.version.text.split()):,} words, {len(opened.mentions):,} mentions, "
        f"{len(opened.annotations)} highlights: {our_ms:.0f} ms, QTextBrowser {their_ms:.0f} ms"
    )
    frames = sorted(scrolled(application, pane))
    print(f"scroll: {len(frames)} frames, median {statistics.median(frames):.1f} ms, worst {frames[-3:]}")
    for widget in (pane, plain):
        widget.close()
    return ratio, frames[-1]


def taken(work: Callable[[int], object], number: int) -> float:
    begin = time.process_time()
    work(number)
    return (time.process_time() - begin) * 1000


def scrolled(application: Any, pane: Any) -> Iterator[float]:
    """Turn the wheel from the first line to the last; yield the milliseconds of each frame."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QTextEdit

    view = max(pane.findChildren(QTextEdit), key=lambda one: one.height())
    bar, viewport = view.verticalScrollBar(), view.viewport()
    middle = QPointF(viewport.rect().center())
    while bar.value() < bar.maximum():
        begin, before = time.process_time(), bar.value()
        event = QWheelEvent(
            middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, -_NOTCH), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        application.sendEvent(viewport, event)
        application.processEvents()
        viewport.repaint()
        yield round((time.process_time() - begin) * 1000, 1)
        if bar.value() == before:
            break


# Finding highlights again


def measure_anchoring(every: int) -> tuple[float, int]:
    """Return which share of the highlights that exist we find, and how many we put in a wrong place."""
    from edited_texts import cases

    some = cases()[::every]
    existing = sum(case.fate.value == "exists" for case in some)
    print(f"{len(some)} highlights in edited texts, {existing} of which still exist")
    figures: dict[str, tuple[float, int]] = {}
    for name, find in finders().items():
        begin = time.process_time()
        outcomes: Counter[str] = Counter()
        for case in some:
            outcome = case.judge(find(case))
            outcomes[outcome] += 1
            outcomes["found"] += case.fate.value == "exists" and outcome == "right"
        figures[name] = outcomes["found"] / existing, outcomes["wrong"]
        ms = (time.process_time() - begin) * 1000 / len(some)
        print(f"{name}: right {figures[name][0]:.4f}, wrong {figures[name][1]}, {ms:.2f} ms each")
    return figures["ours"]


def finders() -> dict[str, Finder]:
    """Return what is compared, each from a case to a place or None."""
    from desktop.anchoring.quote import find, make

    def ours(case: Any) -> tuple[int, int] | None:
        found = find(case.new, make(case.old, case.start, case.end), case.start, case.old)
        return None if found is None else found[:2]

    def quote_alone(case: Any) -> tuple[int, int] | None:
        found = find(case.new, make(case.old, case.start, case.end), case.start)
        return None if found is None else found[:2]

    compared: dict[str, Finder] = {"ours": ours, "ours, quote alone": quote_alone}
    if importlib.util.find_spec("diff_match_patch"):
        compared |= _diff_match_patch()
    if importlib.util.find_spec("rapidfuzz"):
        from rapidfuzz.fuzz import partial_ratio_alignment

        def fuzzy(case: Any) -> tuple[int, int] | None:
            found = partial_ratio_alignment(case.old[case.start : case.end], case.new, score_cutoff=85)
            return None if found is None else (found.dest_start, found.dest_end)

        compared["rapidfuzz, partial alignment from 85"] = fuzzy
    return compared


def _diff_match_patch() -> dict[str, Finder]:
    from diff_match_patch import diff_match_patch

    tool = diff_match_patch()
    tool.Match_Threshold, tool.Match_Distance, tool.Match_MaxBits = 0.3, 10_000, 0

    def matched(case: Any) -> tuple[int, int] | None:
        words = case.old[case.start : case.end]
        start = tool.match_main(case.new, words, case.start)
        return None if start < 0 else (start, min(len(case.new), start + len(words)))

    def carried(case: Any) -> tuple[int, int] | None:
        diffs = tool.diff_main(case.old, case.new)
        tool.diff_cleanupSemantic(diffs)
        start, end = tool.diff_xIndex(diffs, case.start), tool.diff_xIndex(diffs, case.end)
        return (start, end) if start < end else None

    return {"diff-match-patch, match": matched, "diff-match-patch, diff": carried}


if __name__ == "__main__":
    main()
