"""Taking out of a web page what is not its article: menus, consent, comments, teasers, captions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NEVER = frozenset(
    "script style noscript template iframe object embed svg canvas audio video form button nav dialog"
    " figcaption picture img input select textarea menu".split()
)
_ROLES = frozenset(
    "navigation banner complementary contentinfo dialog alertdialog search menu menubar toolbar"
    " alert form".split()
)
#: words of class names and ids, whole or as a part between - and _ and capitals
_NOISE_WORDS = frozenset(
    """
    ad ads advert advertentie advertentieblok advertisement adslot advertorial banner sponsor sponsored promo
    promotion reclame partnercontent commercial werbung publicite anzeige
    comment comments commentaar reactie reacties reaction reactions disqus discussion kommentar kommentare
    commentaires commentlist respond
    cookie cookies cookiebar cookiewall consent gdpr privacy cmp didomi onetrust paywall popup modal overlay
    lightbox interstitial
    related gerelateerd leesook lees-ook lees-meer readmore read-more more-stories morestories meer-nieuws
    verwandt verwandte connexes associes recommended recommendation recommendations aanbevolen aanraders
    mostread most-read meestgelezen meest-gelezen populair popular trending outbrain taboola teaser teasers
    seealso see-also leestips tips
    newsletter nieuwsbrief inschrijven signup subscribe subscription abonneer abonnement aboproduct
    share sharing sharebar social socials sociallinks delen deel-knoppen toolbar follow
    breadcrumb breadcrumbs broodkruimel kruimelpad menu navbar navigation nav topbar sidebar zijbalk aside
    footer colofon pagination pager skiplink skip-link sr-only screen-reader-text visually-hidden
    caption bijschrift onderschrift credit credits fotocredit photo-credit
    image-caption legend wp-caption-text
    tags taglist tag-list keywords labels
    authorbox author-box author-bio authorbio over-de-auteur bio
    """.split()
)
_TEASER_LINES = re.compile(
    r"^(?:lees (?:ook|meer|verder)|bekijk ook|zie ook|read (?:more|also)|see also|related|lire aussi|à lire"
    r"|lesen sie auch|mehr zum thema|luister ook|meer over dit onderwerp|also read|advertentie|advertisement"
    r"|anzeige|publicité|deel dit artikel|share this|tweet|e-?mail|print|reageer|reacties)\b[^.]{0,200}$",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TINY_STYLE = re.compile(
    r"(?:font-size|max-height|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_OF_TEXT = 0.5  #: what holds more of the page's text than this is the article, whatever it is called
_LONGEST_NOISE_NAME = 60  #: of a class; those made by machines are longer and say nothing


def remove_noise(root: Element) -> None:
    """Take out, in place, what never belongs to an article."""
    whole = _paragraph_length(root)
    doomed = [
        element
        for element in root.iter()
        if isinstance(element.tag, str) and element is not root and _is_noise(element)
    ]
    gone: set[Element] = set()
    for element in doomed:
        if any(above in gone for above in element.iterancestors()):
            continue
        if element.tag not in _NEVER and _paragraph_length(element) > _MOST_OF_TEXT * whole:
            continue
        gone.add(element)
    for element in gone:
        drop(element)


def remove_hidden(root: Element) -> None:
    """Take out, in place, what a reader of the page would not see."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element is root:
            continue
        style = element.get("style") or ""
        if element.get("hidden") is not None or _HIDDEN_STYLE.search(style) or _TINY_STYLE.search(style):
            drop(element)


def is_teaser_line(text: str) -> bool:
    """Say whether a line points elsewhere or asks for something: "Lees ook: …", "Advertentie"."""
    return bool(_TEASER_LINES.match(text))


def drop(element: Element) -> None:
    """Remove an element; the text behind it stays."""
    above = element.getparent()
    if above is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        # Written as &#1; a character stands in the tree that cannot be put there by hand.
        if before is not None:
            before.tail = _NOT_IN_XML.sub("", (before.tail or "") + element.tail)
        else:
            above.text = _NOT_IN_XML.sub("", (above.text or "") + element.tail)
    element.tail = None
    above.remove(element)


def _is_noise(element: Element) -> bool:
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _NEVER:
        return True
    if tag == "footer":
        return True
    if tag == "aside":
        return True
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    if element.get("aria-hidden") == "true" or (element.get("role") or "").lower() in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_names_noise(name) for name in names if len(name) <= _LONGEST_NOISE_NAME)


def _names_noise(name: str) -> bool:
    if name == "sf-hidden":
        return True
    lowered = name.lower()
    if lowered in _NOISE_WORDS:
        return True
    parts = [part.lower() for part in _PARTS.findall(name)]
    # "article-with-sidebar", "has-comments": says what the article has, not what this is
    if parts and parts[0] in (
        "has",
        "with",
        "no",
        "is",
        "without",
        "js",
        "show",
        "article",
        "post",
        "page",
        "content",
    ):
        return (
            bool(parts[1:])
            and "-".join(parts[1:]) in _NOISE_WORDS
            and parts[0] not in ("has", "with", "no", "without")
        )
    pairs = [f"{one}-{two}" for one, two in pairwise(parts)]
    return any(part in _NOISE_WORDS for part in [*parts, *pairs])


def _paragraph_length(root: Element) -> int:
    """Return how many characters stand in paragraphs of an element."""
    total = 0
    for paragraph in root.iter("p"):
        total += len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)
    return total
