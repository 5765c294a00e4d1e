"""How well articles are found in web pages: ours beside trafilatura alone and readability-lxml.

python tests/speed/pages.py        needs `pip install readability-lxml` for the third row
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

from page_layouts import Page, overlap, pages  # noqa: E402

from desktop.importers.web_page import read_page  # noqa: E402

Found = tuple[str, str | None, str | None]  #: text, title, day


def ours(html: str) -> Found:
    article = read_page(html, path="page.html")
    return article.text.partition("\n\n")[2], article.title, article.published


def trafilatura_alone(html: str) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    return ("", None, None) if found is None else (found.text or "", found.title, found.date)


def readability_alone(html: str) -> Found:
    from lxml.html import fromstring
    from readability import Document

    document = Document(html)
    root = fromstring(document.summary())
    return "\n".join(root.itertext()), document.short_title(), None


def measure(name: str, read: Callable[[str], Found], all_pages: list[Page]) -> None:
    scores: dict[str, list[float]] = defaultdict(list)
    titles = days = 0
    begin = time.process_time()
    for page in all_pages:
        text, title, day = read(page.html)
        scores[page.layout].append(overlap(text, page.text))
        titles += _same(title, page.title)
        days += day == page.day
    seconds = time.process_time() - begin
    every = [score for layout in scores.values() for score in layout]
    count = len(all_pages)
    print(f"{name:12} F1 {sum(every) / count:.3f}  worst page {min(every):.3f}  title {titles}/{count}"
          f"  date {days}/{count}  {1000 * seconds / count:.1f} ms a page")  # fmt: skip
    print(
        "            ", "  ".join(f"{layout} {sum(each) / len(each):.3f}" for layout, each in scores.items())
    )


def _same(one: str | None, other: str) -> bool:
    return re.sub(r"\W+", " ", one or "").strip().casefold() == re.sub(r"\W+", " ", other).strip().casefold()


#: trafilatura first: ours loads it without the parts that tell date and author
_READERS = (("trafilatura", trafilatura_alone), ("readability", readability_alone), ("ours", ours))


def main() -> None:
    all_pages = list(pages(ROOT / "seeds"))
    print(f"{len(all_pages)} pages")
    for name, read in _READERS:
        try:
            read(all_pages[0].html)
        except ImportError as error:
            print(f"{name:12} not installed ({error.name})")
            continue
        measure(name, read, all_pages)


if __name__ == "__main__":
    main()
