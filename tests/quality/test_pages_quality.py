"""Articles found in web pages of twelve layouts; `tests/speed/pages.py` shows others on the same pages."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from desktop.importers.web_page import read_page

HERE = Path(__file__).resolve().parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["pages"]


@lru_cache
def layouts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_layouts", HERE / "page_layouts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_articles_in_pages() -> None:
    all_pages = list(layouts().pages(HERE.parents[1] / "seeds"))
    assert len(all_pages) >= 60
    assert len({page.layout for page in all_pages}) == 12
    scores, titles, days = [], 0, 0
    for page in all_pages:
        article = read_page(page.html, path="page.html")
        scores.append(layouts().overlap(article.text.partition("\n\n")[2], page.text))
        titles += article.title == page.title
        days += article.published == page.day
    assert sum(scores) / len(scores) >= FLOORS["f1"]
    assert min(scores) >= FLOORS["worst_page"]
    assert titles / len(all_pages) >= FLOORS["title"]
    assert days / len(all_pages) >= FLOORS["date"]
