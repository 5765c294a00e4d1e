"""The words around an article's text: the line under its title, and a title that was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from desktop.i18n import _, format_date, n_
from desktop.model import Article, BlockKind
from desktop.ui.empty_state import Emptiness

if TYPE_CHECKING:
    from desktop.tasks.read import OpenedArticle

_BEGINNING = 600  # characters in which a subtitle that is part of the text stands
_WORDS_A_MINUTE = 230  # silent reading of non-fiction: 238 in Brysbaert (2019), J. Mem. Lang. 109


def language_name(code: str) -> str:
    """Return the word for a language of articles; an unknown code as it is."""
    names = {"nl": _("Dutch"), "en": _("English"), "fr": _("French"), "de": _("German")}
    return names.get(code, code)


def date_words(article: Article, *, short: bool = False) -> str:
    """Return the date of an article; one that may be another one's has a question mark behind it."""
    words = format_date(article.published, short=short)
    return f"{words} (?)" if words and article.doubtful else words


def meta_line(opened: OpenedArticle) -> str:
    """Return date, source, author, minutes to read and language: what is known of them."""
    article = opened.article
    words = article.words or len(opened.version.text.split())
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    parts = [
        date_words(article),
        _source_words(article) or (_("sample article") if article.starter else ""),
        article.author or "",
        n_("{n} min read", "{n} min read", minutes),
        language_name(article.lang) if article.lang else "",
    ]
    return " · ".join(part for part in parts if part)


def _source_words(article: Article) -> str:
    return ", ".join(part for part in (article.source, article.section) if part)


def headline(opened: OpenedArticle) -> str:
    """Return the article's title where it was edited and differs from the one in the text, else ""."""
    own = next((block for block in opened.version.blocks if block.kind is BlockKind.TITLE), None)
    if own is None:
        return opened.article.title
    title = " ".join(opened.article.title.split())
    in_text = " ".join(opened.version.text[own.start : own.end].split())
    shortened = title.rstrip("… .")
    return "" if not title or in_text.startswith(shortened) else title


def subtitle_line(opened: OpenedArticle) -> str:
    """Return the article's subtitle; "" where it has none, or the text says it near its beginning."""
    subtitle = " ".join((opened.article.subtitle or "").split())
    beginning = " ".join(opened.version.text[: _BEGINNING + 2 * len(subtitle)].split())
    return "" if subtitle in beginning else subtitle


def nothing_open() -> Emptiness:
    """Return what stands in the pane when no article is open: how to come to one."""
    paste = QKeySequence("Ctrl+Shift+V").toString(QKeySequence.SequenceFormat.NativeText)
    search = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
    return Emptiness(
        _("No article open"),
        (
            _("Choose one in the list on the left, or search the library with {keys}.").format(keys=search),
            _("Drop files or a folder here to add them to the library."),
            _("{keys} makes an article of the text you copied.").format(keys=paste),
        ),
    )
