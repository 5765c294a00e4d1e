"""Saved web pages (HTML, MHTML, SingleFile): the article in them, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import Importer, Piece, lay_out, path_text, printable, read_bytes
from desktop.importers.bylines import LONGEST_BYLINE, without_bylines
from desktop.importers.html_pieces import open_layout_tables, pieces_of
from desktop.importers.html_tree import html_text, parse_html
from desktop.importers.page_details import PageDetails, page_details
from desktop.importers.page_noise import is_teaser_line, remove_noise
from desktop.importers.weighing import weighed_body
from desktop.importers.writer import Writer, one_line
from desktop.model import BlockKind, ImportedArticle, InlineKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINERS = (
    '//*[@itemprop="articleBody"]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " article-body ")]',
    "//article",
    '//*[@role="main"]',
    "//main",
)
_ENOUGH = 250  #: characters; a shorter article is looked for elsewhere, too
_SHARE = 0.8  #: what one reading has to have of another's text to be as complete


def read_page(html: str, *, path: Path | str | None, url: str | None = None) -> ImportedArticle:
    """Return the article of a page; raises Problem EMPTY or DAMAGED.

    path: where it came from, for Problems and the title of last resort. url: its address, where known.
    """
    name = "" if path is None else path_text(path)
    root = parse_html(html, name)
    about = page_details(root, html, url)
    remove_noise(root)
    open_layout_tables(root)
    pieces = without_bylines(_body(root, about), about.title, about.details())
    title = about.title or _stem(path)
    if not pieces and not about.title:
        raise Problem(ProblemKind.EMPTY, name)
    return lay_out(Piece(title), pieces, path=path, details=about.details())


def _body(root: Element, about: PageDetails) -> list[Piece]:
    """Return the better of what two readings make of the page.

    trafilatura weighs every part of a page. Where a page marks its article, what stands in the mark is
    more exact, if it is about as long.
    """
    marked = _marked(root, about)
    weighed = _weighed(root, about)
    if _length(marked) >= max(_ENOUGH, _SHARE * _length(weighed)):
        return marked
    if _length(weighed) >= _ENOUGH:
        return weighed
    told = _told(about.body)
    everything = pieces_of(root, about.url or "")
    return max((weighed, marked, told), key=_length) or _trimmed(everything)


def _marked(root: Element, about: PageDetails) -> list[Piece]:
    for container in _CONTAINERS:
        found = root.xpath(container)
        if not found:
            continue
        best = max(found, key=_text_length)
        outer = [el for el in found if el is not best and _text_length(el) > 0.5 * _text_length(best)]
        if container == "//article" and len(outer) > 0:
            continue  # a list of articles
        pieces = pieces_of(best, about.url or "")
        if _length(pieces) >= _ENOUGH:
            return _trimmed(pieces)
    return []


def _weighed(root: Element, about: PageDetails) -> list[Piece]:
    body = weighed_body(root, about.url)
    return [] if body is None else _trimmed(pieces_of(body, about.url or ""))


def _told(body: str | None) -> list[Piece]:
    """Return the paragraphs of the text that a page gives to machines."""
    if not body:
        return []
    if re.search(r"</p>|<br", body):
        return pieces_of(parse_html(body))
    writer = Writer()
    for line in re.split(r"\n+", body):
        writer.begin()
        writer.text(line)
    return writer.finish()


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Drop lines that point elsewhere, lists of nothing but links, and headings with nothing below them."""
    kept = [piece for piece in pieces if not is_teaser_line(piece.text)]
    kept = [piece for piece in kept if not (piece.kind is BlockKind.LIST_ITEM and _is_link(piece))]
    while kept and _is_link(kept[0]) and len(kept[0].text) <= LONGEST_BYLINE:
        del kept[0]
    while kept and (kept[-1].kind is BlockKind.HEADING or _is_link(kept[-1])):
        kept.pop()
    return kept


def _is_link(piece: Piece) -> bool:
    linked = sum(inline.end - inline.start for inline in piece.inlines if inline.kind is InlineKind.LINK)
    return linked > 0.9 * len(piece.text)


def _length(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _text_length(element: Element) -> int:
    return sum(len(part.strip()) for part in element.itertext())


def _stem(path: Path | str | None) -> str:
    return one_line(printable(Path(path).stem)) if path is not None else ""


# Files


def read_web_page(path: Path) -> list[ImportedArticle]:
    """Return the article of a saved page: HTML, or MHTML by its content."""
    data = read_bytes(path)
    name = path_text(path)
    if is_mhtml(data):
        html, url = _page_in_mhtml(data, name)
    else:
        html, url = html_text(data, name), None
    return [read_page(html, path=path, url=url)]


def is_mhtml(data: bytes) -> bool:
    """Say whether bytes are a page saved with all its parts as one message."""
    head = data[:4096].lower()
    return b"content-type: multipart/related" in head and b"mime-version:" in head


def _page_in_mhtml(data: bytes, name: str) -> tuple[str, str | None]:
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        address = str(message.get("Snapshot-Content-Location") or "").strip() or None
        for part in message.walk():
            if not isinstance(part, EmailMessage) or part.get_content_type() not in (
                "text/html", "application/xhtml+xml",
            ):  # fmt: skip
                continue
            content = part.get_payload(decode=True)
            address = address or str(part.get("Content-Location") or "").strip() or None
            if isinstance(content, bytes):
                return html_text(content, name, part.get_content_charset()), address and unquote(address)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise Problem(ProblemKind.DAMAGED, name, str(error)[:200] or type(error).__name__) from error
    raise Problem(ProblemKind.EMPTY, name)


WEB_PAGE = Importer(
    "web_page", (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht"), read_web_page, foreign=True
)
