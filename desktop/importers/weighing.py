"""trafilatura's reading of a page, without its downloader: no code that could reach a network is loaded."""

from __future__ import annotations

import logging
import sys
from copy import deepcopy
from functools import lru_cache
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any

from desktop.importers.limits import WEIGHED_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

#: modules that download, or do what is not asked here, and the names that others import from them
_DOWNLOADERS = {
    "urllib3": (),
    "urllib3.response": ("HTTPResponse",),
    "htmldate": ("find_date",),
    "courlan.network": ("redirection_test",),
    "trafilatura.downloads": ("fetch_response", "fetch_url"),
}


def weighed_body(root: Element, url: str | None) -> Element | None:
    """Return the body that trafilatura finds in a page (its own vocabulary of elements), None = none."""
    if sum(1 for _element in islice(root.iter(), WEIGHED_ELEMENTS + 1)) > WEIGHED_ELEMENTS:
        return None
    try:
        found = _extractor()(
            deepcopy(root),
            url=url,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
            with_metadata=False,
            favor_recall=True,
        )
    except Exception:
        return None  # whatever strange pages make it stumble over: there are other ways to read one
    return getattr(found, "body", None)


@lru_cache(maxsize=1)
def _extractor() -> Callable[..., Any]:
    stand_ins = {name: _StandIn(name) for name in _DOWNLOADERS if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        from trafilatura import bare_extraction
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # that it found nothing is no news
    return bare_extraction  # type: ignore[no-any-return]


class _StandIn(ModuleType):
    """Takes the place of a module while others are imported that would load it and never need it here."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        for each in _DOWNLOADERS[name]:
            setattr(self, each, type(each, (), {}))
