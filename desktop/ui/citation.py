"""A quotation with its source, as it is put on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _, format_date
from desktop.model import Article

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle


def citation(article: Article) -> str:
    """Return author, title, source and date of an article, what is known of them."""
    parts = [
        article.author or "",
        article.title.strip(),
        article.source or "",
        format_date(article.published),
    ]
    return ", ".join(part for part in parts if part)


def quotation(opened: OpenedArticle, passage: tuple[int, int]) -> str:
    """Return a passage in quotation marks with its source behind it, and the address where there is one."""
    words = " ".join(opened.version.text[slice(*passage)].split())
    quoted = _("“{words}” ({source})").format(words=words, source=citation(opened.article))
    return f"{quoted}\n{opened.article.url}" if opened.article.url else quoted
