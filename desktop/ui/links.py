"""leeslamp:// links: how one article, or one annotation of it, is named outside the program."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.model import ArticleId

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_LINK = re.compile(rf"leeslamp://article/(?P<article>{_UUID})/?(?:\?a=(?P<annotation>{_UUID}))?")


@dataclass(frozen=True, slots=True)
class Link:
    """An article, and perhaps one of its annotations ("" = none)."""

    article: ArticleId
    annotation: str = ""


def read_link(text: str) -> Link | None:
    """Read a leeslamp:// link; None if it is none."""
    match = _LINK.fullmatch(text.strip())
    return Link(ArticleId(match["article"].lower()), (match["annotation"] or "").lower()) if match else None


def link_to(article: ArticleId, annotation: str = "") -> str:
    """Return the link to an article, or to one of its annotations."""
    return f"leeslamp://article/{article}" + (f"?a={annotation}" if annotation else "")
