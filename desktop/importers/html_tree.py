"""Bytes of a web page -> a tree of elements; nothing a page refers to is ever fetched or run."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from desktop.errors import Problem, ProblemKind
from desktop.importers.decoding import decode
from desktop.importers.limits import NESTING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  #: bytes in which a page says its encoding
_DATA_ADDRESS = re.compile(r"\bdata:[\w.+-]{0,60}/?[\w.+-]{0,60}[;,][^\s\"'<>)]{100,}")
_FIGURE = re.compile(r"\s*\[?(\d{1,3})\]?\s*")
_ARROW = re.compile("\\s*[↩⏎↵⮌⤴]\ufe0e?\\s*")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
#: elements whose end tags are often left out do not count: they do not nest in what parsers make of them
_NESTING_TAG = re.compile(
    r"<(/?)(div|span|section|article|table|ul|ol|blockquote|a|b|i|em|strong|font|u|center|small|big|form|svg|g"
    r"|dl|figure|main|aside|nav|sup|sub|q|code|pre|s|strike|details|object|label|fieldset)\b",
    re.IGNORECASE,
)


def html_text(data: bytes, path: str = "", charset: str | None = None) -> str:
    """Return the text of a page's bytes: its own charset counts where UTF-8 does not fit.

    charset: what a mail's header says. Raises Problem EMPTY or BINARY.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, path)
    try:
        return data.decode("utf-8") if data.strip() and b"\0" not in data else decode(data, path)
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(data[:_HEAD])
    for name in (charset, said and said[1].decode("ascii")):
        try:
            # Latin-1 means Windows-1252 on the web; an encoding of bytes to bytes is no charset.
            if name and codecs.lookup(name).name not in ("utf-8", "iso8859-1", "ascii", "cp1252"):
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return decode(data, path)


def parse_html(text: str, path: str = "") -> Element:
    """Return the root element of a page; raises Problem EMPTY or DAMAGED (nested too deep)."""
    from lxml import etree, html

    text = _DATA_ADDRESS.sub("data:,", _DECLARATION.sub("", text.replace("\0", ""), count=1))
    _refuse_depth(text, path)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        if not text.strip() or "empty" in str(error).lower():
            raise Problem(ProblemKind.EMPTY, path) from error
        raise Problem(ProblemKind.DAMAGED, path, str(error)[:200]) from error
    if root is None:
        raise Problem(ProblemKind.EMPTY, path)
    _mark_notes(root)
    return root


def _mark_notes(root: Element) -> None:
    """Set numbers of notes apart from the words they hang on, "euro[1]"; drop the arrows back to them."""
    for element in list(root.iter("sup", "a")):
        text = "".join(element.itertext())
        figure = _FIGURE.fullmatch(text)
        if element.tag == "a" and _ARROW.fullmatch(text):
            element.text = ""
        elif figure and _is_note(element):
            for child in list(element):
                element.remove(child)
            element.text = f"[{figure[1]}]"
            element.tag = "span"


def _is_note(element: Element) -> bool:
    """Say whether a raised or linked number is that of a note, not a power or a page."""
    if element.tag == "sup":
        return element.find(".//a") is not None
    before = element.getprevious()
    above = element.getparent()
    said = before.tail if before is not None else above.text if above is not None else ""
    inside = (element.get("href") or "").partition("#")[2]
    return bool(inside and said and not said[-1:].isspace())


def sanitised(text: str, path: str = "") -> str:
    """Return HTML without anything that could act: no scripts, styles, frames, handlers, odd addresses.

    For what strangers sent (mail, chapters of books). Raises Problem DAMAGED (nested too deep).
    """
    import nh3

    text = _DATA_ADDRESS.sub("data:,", text)
    _refuse_depth(text, path)  # its time grows with the square of the depth
    return nh3.clean(
        text,
        clean_content_tags={"script", "style", "title", "iframe", "object", "template", "noscript", "svg"},
        generic_attribute_prefixes=set(),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def _refuse_depth(text: str, path: str) -> None:
    depth = 0
    for match in _NESTING_TAG.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > NESTING:
            raise Problem(ProblemKind.DAMAGED, path, f"> {NESTING} elements deep")
