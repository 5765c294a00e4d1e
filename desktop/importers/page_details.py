"""What a web page says about its article: JSON-LD, OpenGraph, meta tags, address, what stands in sight."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desktop.importers.base import Details
from desktop.importers.dates import day_in
from desktop.importers.limits import DETAIL_CHARACTERS
from desktop.importers.writer import one_line, safe_link
from desktop.model import LANGUAGES

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ARTICLE_TYPES = re.compile(r"(?:article|posting|report|review|opinionnewsarticle)$", re.IGNORECASE)
_MOST_NODES = 5_000  #: of JSON-LD that are looked at
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date",
    "publish-date", "publication_date", "publishdate", "article.published", "dc.date.issued",
    "dcterms.created",
    "dc.date", "dcterms.date", "dcterms.issued", "date", "pubdate", "cxenseparse:recs:publishtime",
    "citation_publication_date", "bt:pubdate", "created", "og:article:published_time",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl",
           "citation_author", "sailthru.author", "cxenseparse:author", "twitter:creator")  # fmt: skip
_SOURCE = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name",
           "citation_journal_title", "apple-mobile-web-app-title", "source")  # fmt: skip
_TITLE = (
    "og:title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "citation_title",
    "parsely-title",
    "title",
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*[|»]\s*")
_BYLINE = re.compile(r"^(?:door|by|von|par|de|geschreven door|written by|tekst|text)\s*:?\s+", re.IGNORECASE)
_DATE_LINES = ("p", "span", "div", "li", "em", "i", "b", "font", "small", "td", "dd")
_BESIDE = re.compile(
    r"comment|reactie|related|gerelateerd|teaser|sidebar|footer|nav|most|meest|card", re.IGNORECASE
)
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]\d)[/-]([0-3]\d)(?:/|-|$)")


@dataclass
class PageDetails:
    """What was found, the surest first."""

    title: str | None = None
    published: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    section: str | None = None
    body: str | None = None  #: the whole text, where the page gives it to machines

    def details(self) -> Details:
        """Return them as an importer needs them."""
        return Details(self.published, self.lang, self.source, self.author, self.url, section=self.section)


@dataclass
class _Meta:
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, names: tuple[str, ...]) -> str | None:
        return next((value for name in names for value in self.values.get(name, ())), None)


def page_details(root: Element, html: str, url: str | None = None) -> PageDetails:
    """Return what a page tells about its article.

    html: its source, for the comments of programs that saved it. url: where it is known from elsewhere.
    """
    meta = _meta(root)
    node = _linked_data(root)
    found = PageDetails()
    found.url = _address(root, meta, node, html, url)
    found.title = _title(root, meta, node)
    found.published = _published(root, meta, node, found.url)
    found.author = _author(root, meta, node)
    found.source = _source(root, meta, node, found.url)
    found.lang = _language(root, meta, node)
    found.section = next(iter(_named(node.get("articleSection"))), None) or meta.first(("article:section",))
    body = node.get("articleBody")
    found.body = body if isinstance(body, str) and len(body) > 200 else None
    return found


def _meta(root: Element) -> _Meta:
    meta = _Meta()
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = one_line(element.get("content") or "")[:DETAIL_CHARACTERS]
        if name and content:
            meta.values.setdefault(name.strip().lower(), []).append(content)
    return meta


# JSON-LD


def _linked_data(root: Element) -> dict[str, Any]:
    """Return the node of the article, else {}."""
    best: dict[str, Any] = {}
    for script in root.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        for node in _nodes(_loaded(script.text or "")):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            is_article = any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names)
            if is_article and (node.get("headline") or node.get("articleBody")) and not best:
                best = node
    return best


def _loaded(text: str) -> Any:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", text.strip())
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in the value, those nearer to the top first."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _words(value: Any) -> str | None:
    return one_line(value)[:DETAIL_CHARACTERS] or None if isinstance(value, str) else None


def _named(value: Any) -> list[str]:
    """Return the names in "X", {"name": "X"} or a list of those."""
    names = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        for each in name if isinstance(name, list) else [name]:
            if text := _words(each):
                names.append(text)
    return list(dict.fromkeys(names))[:20]


# Each detail


def _title(root: Element, meta: _Meta, node: dict[str, Any]) -> str | None:
    site = meta.first(_SOURCE) or next(iter(_named(node.get("publisher"))), "")
    said = _words(node.get("headline")) or _without_site(meta.first(_TITLE) or "", site, root)
    heads = [_text(element) for element in root.iter("h1")]
    heads = [head for head in heads if head]
    if said:
        # Papers shorten what they tell machines; the heading in sight is the title.
        start = said.rstrip("…. ").casefold()
        return next((head for head in heads if len(start) > 20 and head.casefold().startswith(start)), said)
    page_title = next((_text(element) for element in root.iter("title")), "")
    if heads and (len(heads) == 1 or heads[0] in page_title):
        return heads[0]
    in_title = [head for head in heads if head and head in page_title]
    return next(iter(in_title), None) or _without_site(page_title, site, root) or next(iter(heads), None)


def _without_site(title: str, site: str, root: Element) -> str | None:
    """Take the name of the site off a title: "Kop | Krant"."""
    parts = [part for part in _SEPARATOR.split(title) if part and part.strip()]
    if len(parts) < 2:
        return title.strip() or None
    heads = {_text(element).casefold() for element in root.iter("h1", "h2")}
    whole = title.casefold()
    for head in heads:
        if len(head) > 10 and (whole.startswith(head) or whole.endswith(head)):
            place = whole.find(head)
            return title[place : place + len(head)]
    if "|" in title:  # no title of an article has one
        return max(title.split("|"), key=len).strip()
    last = title.rstrip().removesuffix(parts[-1]).rstrip(" |–—·•»:-")
    if (site and parts[-1].casefold() == site.casefold()) or len(parts[-1]) * 2 < len(last):
        return last or title
    if site and parts[0].casefold() == site.casefold():
        return title.lstrip().removeprefix(parts[0]).lstrip(" |–—·•»:-")
    return title.strip()


def _published(root: Element, meta: _Meta, node: dict[str, Any], url: str | None) -> str | None:
    for said in (node.get("datePublished"), node.get("dateCreated")):
        if isinstance(said, str) and (day := day_in(said)):
            return day
    for name in _PUBLISHED:
        for value in meta.values.get(name, ()):
            if day := day_in(value):
                return day
    times = [element for element in root.iter("time") if not _elsewhere(element)]
    marked = [el for el in root.iter() if isinstance(el.tag, str) and el.get("itemprop") == "datePublished"]
    for element in [*marked, *times]:
        if day := day_in(element.get("datetime") or element.get("content") or _text(element)):
            return day
    in_address = _DAY_IN_ADDRESS.search(url or "")
    if in_address and (day := day_in("-".join(in_address.groups()))):
        return day
    return _published_in_sight(root) or day_in(str(node.get("dateModified") or ""))


def _published_in_sight(root: Element) -> str | None:
    """Return the date in the first short text that is marked as one or that follows the heading."""
    after_heading = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "h1":
            after_heading = 1
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        marked = re.search(r"date|datum|publi|time|byline|meta|info", names)
        if marked or (after_heading and after_heading < 40 and element.tag in _DATE_LINES):
            text = _text(element)
            if 6 <= len(text) <= 120 and (day := day_in(text)) and not _elsewhere(element):
                return day
        after_heading += after_heading > 0
    return None


def _elsewhere(element: Element) -> bool:
    """Say whether an element belongs to something beside the article: a list of others, a menu, comments."""
    for above in element.iterancestors():
        if above.tag in ("nav", "footer", "aside"):
            return True
        if above.tag in ("body", "main") or above.tag == "article":
            return False
        if _BESIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
    return False


def _author(root: Element, meta: _Meta, node: dict[str, Any]) -> str | None:
    names = _named(node.get("author")) or _named(node.get("creator"))
    if not names:
        names = [value for name in _AUTHOR for value in meta.values.get(name, ())][:1]
    if not names:
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            known = element.get("rel") == "author" or element.get("itemprop") == "author"
            marked = re.search(
                r"(?:^|[\s_-])(?:author|auteur|byline|autor)(?:$|[\s_-]|__?name)",
                element.get("class") or "",
                re.IGNORECASE,
            )
            if (known or marked) and not _elsewhere(element):
                text = _BYLINE.sub("", _text(element))
                text = re.split(r"\s+[|•·–]\s+|\s{2,}|,?\s+\d", text)[0].strip(" ,|•·")
                if 3 <= len(text) <= 80:
                    names = [text]
                    break
    names = [name for name in names if not re.match(r"https?://|@", name)]
    return ", ".join(_BYLINE.sub("", name) for name in names)[:DETAIL_CHARACTERS] or None


def _source(root: Element, meta: _Meta, node: dict[str, Any], url: str | None) -> str | None:
    said = next(iter(_named(node.get("publisher"))), None) or meta.first(_SOURCE)
    if said and not re.match(r"https?://", said):
        return said
    host = (urlsplit(url).hostname or "") if url else ""
    return host.removeprefix("www.") or None


def _address(root: Element, meta: _Meta, node: dict[str, Any], html: str, url: str | None) -> str | None:
    saved = _SINGLE_FILE.search(html[:20_000]) or _SAVED_FROM.search(html[:20_000])
    canonical = next(
        (el.get("href") for el in root.iter("link") if "canonical" in (el.get("rel") or "").lower().split()),
        None,
    )
    main = node.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    candidates = [canonical, *meta.values.get("og:url", ()), saved and saved[1], url, main, node.get("url")]
    for candidate in candidates:
        if isinstance(candidate, str) and (address := safe_link(candidate)).startswith("http"):
            return address
    return None


def _language(root: Element, meta: _Meta, node: dict[str, Any]) -> str | None:
    said = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    said += [node.get("inLanguage"), meta.first(("og:locale", "dc.language", "language", "content-language"))]
    for value in said:
        if isinstance(value, str) and (code := re.match(r"([a-z]{2})(?:[-_]|$)", value.strip().lower())):
            # Templates often say "en" whatever the text is; the four we know are told by the text itself.
            return None if code[1] in LANGUAGES else code[1]
    return None


def _text(element: Element) -> str:
    parts, length = [], 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length > 4 * DETAIL_CHARACTERS:  # an element that holds much is not a detail
            break
    return one_line("".join(parts))[:DETAIL_CHARACTERS]
