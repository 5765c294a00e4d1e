"""Web pages for measuring: our own articles in twelve layouts of news sites, with what stands around them.

The layouts were written for this purpose, each after a way of building pages that is common: what marks the
article, what the noise looks like, and where title and date are told differ between them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SITES = ("De Turfsteker", "Veenpost", "The Fenland Courier", "La Gazette du Lac", "Spreewälder Bote")
_NOISE = (
    "Wij gebruiken cookies en vergelijkbare technieken om onze site te verbeteren en advertenties te tonen die bij u passen.",
    "Schrijf u in voor onze nieuwsbrief en ontvang elke ochtend om zeven uur het belangrijkste nieuws in uw mailbox.",
    "Prima stuk, maar de schrijver vergeet dat de gemeente dit in 2016 al had beloofd. Wie betaalt dat nu weer? Juist, wij.",
    "Wat een onzin. Ik woon er vlakbij en heb er nog nooit iemand over horen klagen, behalve dan in deze krant.",
    "Abonnees lezen onbeperkt alle artikelen, de digitale krant en het archief vanaf 1989, de eerste maand voor 1 euro.",
    "De wethouder wil af van de parkeerautomaten in het centrum, maar de winkeliers zijn bang voor langparkeerders.",
    "Voor het eerst sinds de oorlog broedt er weer een kraanvogel in het veen, tot verrassing van de boswachter zelf.",
)
_TEASERS = (
    "Winkeliers vrezen langparkeerders", "Kraanvogel broedt in het veen", "Turfschip gezonken na doop",
    "Vijf vragen over de nieuwe dienstregeling", "Zo kookt u knolraap voor acht personen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what is to be found in it. text: the paragraphs, without the title."""

    layout: str
    html: str
    title: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    day: str
    paragraphs: list[str]  #: headings among them, short and without a full stop
    site: str
    author: str
    chance: random.Random

    def body(self, paragraph: str = "<p>{}</p>", heading: str = "<h2>{}</h2>", between: str = "") -> str:
        """Return the text with one piece of noise in the middle."""
        parts = [
            (heading if _is_heading(text) else paragraph).format(escape(text)) for text in self.paragraphs
        ]
        parts.insert(len(parts) // 2, between)
        return "\n".join(parts)

    def said_day(self) -> str:
        year, month, day = self.day.split("-")
        return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"

    def noise(self, pattern: str, count: int = 1) -> str:
        return "".join(pattern.format(text) for text in self.chance.sample(_NOISE, count))

    def teasers(self, pattern: str, count: int = 3) -> str:
        return "".join(pattern.format(text) for text in self.chance.sample(_TEASERS, count))


def _is_heading(text: str) -> bool:
    return len(text) < 60 and not text.endswith((".", "!", "”", ":"))


def _head(article: Article, inner: str) -> str:
    return f"<!DOCTYPE html><html lang='nl'><head><meta charset='utf-8'>{inner}</head>"


_NAV = "<a href='/'>Voorpagina</a> <a href='/regio'>Regio</a> <a href='/sport'>Sport</a> <a href='/opinie'>Opinie</a>"


def _schema(a: Article) -> str:
    """JSON-LD, one article element, related articles as articles of their own."""
    data = (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{a.title}",'
        f'"datePublished":"{a.day}T07:00:00+01:00","publisher":{{"@type":"Organization","name":"{a.site}"}}}}'
    )
    head = _head(a, f"<title>{a.title} | {a.site}</title><script type='application/ld+json'>{data}</script>")
    related = a.teasers(
        "<article class='card'><h3><a href='/x'>{}</a></h3><p>Lees hoe het verder ging.</p></article>"
    )
    inner = a.body(
        between="<aside><h3>Lees ook</h3>" + a.teasers("<p><a href='/y'>{}</a></p>", 2) + "</aside>"
    )
    return (
        f"{head}<body><div class='cookie-wall' role='dialog'>{a.noise('<p>{}</p>')}</div><header><nav>{_NAV}</nav>"
        f"</header><main><article><h1>{a.title}</h1><p class='meta'>{a.author} – {a.said_day()}</p>{inner}</article>"
        f"<section class='meer'><h2>Meer nieuws</h2>{related}</section></main><footer>{a.noise('<p>{}</p>')}</footer>"
    )


def _wordpress(a: Article) -> str:
    """A blog: entry-content, comments in the same article, a sidebar with widgets."""
    head = _head(a, f"<title>{a.title} – {a.site}</title><meta property='og:title' content='{a.title}'>")
    comments = a.noise("<li class='comment'><div class='comment-content'><p>{}</p></div></li>", 3)
    return (
        f"{head}<body class='single single-post has-sidebar'><div id='page' class='site'><div id='content'>"
        f"<div id='primary'><main><article class='post type-post hentry'><header class='entry-header'>"
        f"<h1 class='entry-title'>{a.title}</h1><div class='entry-meta'>Geplaatst op <time class='entry-date' "
        f"datetime='{a.day}T10:00:00+00:00'>{a.said_day()}</time> door {a.author}</div></header>"
        f"<div class='entry-content'>{a.body()}<div class='sharedaddy'><h3>Delen:</h3><ul><li><a href='#'>Mail</a>"
        f"</li></ul></div></div></article><div id='comments' class='comments-area'><h2>3 gedachten</h2><ol>{comments}"
        f"</ol></div></main></div><div id='secondary' class='widget-area'><section class='widget'><h2>Recent</h2><ul>"
        f"{a.teasers('<li><a href=/z>{}</a></li>')}</ul></section></div></div></div>"
    )


def _divs(a: Article) -> str:
    """Nothing but divisions with made-up names; details in meta tags."""
    head = _head(a, f"<title>{a.title}</title><meta name='date' content='{a.day}'>")
    names = [f"c{a.chance.randrange(10**6)}" for _ in range(8)]
    return (
        f"{head}<body><div class='{names[0]}'><div class='{names[1]}'>{_NAV}</div><div class='{names[2]}'>"
        f"<h1>{a.title}</h1><div class='{names[3]}'>{a.author}</div><div class='{names[4]}'>{a.body()}</div></div>"
        f"<div class='{names[5]}'>{a.teasers('<div><a href=/q>{}</a></div>', 5)}</div>"
        f"<div class='{names[6]}'><p>© {a.site}</p></div></div>"
    )


def _tables(a: Article) -> str:
    """As pages were made around 2003: tables, fonts, lines parted by breaks."""
    text = "<br><br>".join(escape(p) if not _is_heading(p) else f"<b>{escape(p)}</b>" for p in a.paragraphs)
    return (
        f"<html><head><title>{a.site}: {a.title}</title></head><body><table width=760><tr><td colspan=3>{a.site}</td>"
        f"</tr><tr><td width=140>{a.teasers('<a href=x>{}</a><br>', 5)}</td><td><h1>{a.title}</h1>"
        f"<font size=1>{a.said_day()}</font><p><font face=Verdana size=2>{text}</font></td>"
        f"<td width=140>{a.noise('<font size=1>{}</font>')}</td></tr></table>"
    )


def _microdata(a: Article) -> str:
    """itemprop everywhere, captions and credits between the paragraphs, an author's box below."""
    figure = (
        "<figure><img src='/f.jpg'><figcaption>De plek waar het om gaat, vorige week gefotografeerd vanaf de dijk. "
        "<span class='credit'>Foto: Bert Wolda</span></figcaption></figure>"
    )
    return (
        f"{_head(a, f'<title>{a.title} - {a.site}</title>')}<body><div itemscope itemtype='http://schema.org/Article'>"
        f"<h1 itemprop='headline'>{a.title}</h1><span itemprop='author'>{a.author}</span> "
        f"<meta itemprop='datePublished' content='{a.day}'><div itemprop='articleBody'>{a.body(between=figure)}</div>"
        f"<div class='author-box'><p>{a.author} schrijft sinds 2009 over water, stroom en alles wat daartussen ligt, en "
        f"wandelt graag.</p></div></div><div class='most-read'><h3>Meest gelezen</h3><ol>"
        f"{a.teasers('<li><a href=/m>{}</a></li>')}</ol></div>"
    )


def _react(a: Article) -> str:
    """Made by a program: classes without meaning, buttons and hidden parts, everything in main."""
    names = [f"css-{a.chance.randrange(16**6):06x}" for _ in range(9)]
    hidden = a.noise("<div style='display:none'><p>{}</p></div>", 2)
    return (
        f"{_head(a, f'<title>{a.title}</title><meta property=article:published_time content={a.day}T05:00:00Z>')}<body>"
        f"<div id='__next'><div class='{names[0]}'><nav class='{names[1]}'>{_NAV}</nav></div><main class='{names[2]}'>"
        f"<div class='{names[3]}'><h1 class='{names[4]}'>{a.title}</h1><div class='{names[5]}'><button>Bewaren</button>"
        f"<button>Delen</button></div></div>{hidden}<section class='{names[6]}'>{a.body('<p class=x>{}</p>')}</section>"
        f"<section class='{names[7]}'><h2>Voor u aanbevolen</h2>{a.teasers('<div><h3><a href=/r>{}</a></h3></div>')}"
        f"</section></main></div>"
    )


def _paywall(a: Article) -> str:
    """A subscription box in the middle of the text and a bar that asks for it."""
    box = f"<div class='paywall-promo'>{a.noise('<p>{}</p>')}<a href='/abonneer'>Word abonnee</a></div>"
    return (
        f"{_head(a, f'<title>{a.title} | {a.site}</title><meta name=pubdate content={a.day}>')}<body>"
        f"<div class='abonneer-bar'>{a.noise('<p>{}</p>')}</div><div class='layout'><div class='article article--premium'>"
        f"<h1 class='article__title'>{a.title}</h1><div class='article__byline'>Door {a.author}</div>"
        f"<div class='article__body'>{a.body(between=box)}</div></div><div class='sidebar'>"
        f"{a.noise('<div class=teaser><h4>Kort</h4><p>{}</p></div>', 3)}</div></div>"
    )


def _amp(a: Article) -> str:
    """A page for telephones: section by section, an advertisement after each third paragraph."""
    ad = "<div class='ad-slot'><p>Advertentie</p><p>Nu bij de bouwmarkt: kruiwagens vanaf 39 euro, zolang het duurt.</p></div>"
    return (
        f"{_head(a, f'<title>{a.title}</title><link rel=canonical href=https://k.example/{a.day[:4]}/{a.day[5:7]}/{a.day[8:]}/kop>')}"
        f"<body><header class='top'>{a.site}</header><article class='amp'><h1>{a.title}</h1>{a.body(between=ad)}</article>"
        f"<div class='related-links'>{a.teasers('<a href=/t>{}</a>')}</div><footer>{a.noise('<p>{}</p>')}</footer>"
    )


def _live(a: Article) -> str:
    """Comments in the page that are longer than the article, without a word that says so in their class."""
    replies = a.noise("<div class='reactie-item'><b>Lezer</b><p>{0}</p><p>{0}</p></div>", 5)
    return (
        f"{_head(a, f'<title>{a.title}</title>')}<body><div class='wrap'><div class='main-col'><div class='story'>"
        f"<h1>{a.title}</h1><p class='publicatiedatum'>{a.said_day()}, 12:30 uur</p>{a.body()}</div>"
        f"<div class='reacties'><h3>Reacties</h3>{replies}</div></div></div>"
    )


def _legal(a: Article) -> str:
    """A press release of an authority: main, breadcrumbs, contact details and downloads around it."""
    return (
        f"{_head(a, f'<title>{a.title} | Provincie</title><meta name=DCTERMS.issued content={a.day}>')}<body>"
        f"<div class='skiplinks'><a href='#content'>Ga naar de inhoud</a></div><div class='breadcrumb'>Home &gt; Nieuws</div>"
        f"<main id='content'><h1>{a.title}</h1><p class='meta'>Nieuwsbericht | {a.said_day()}</p>{a.body()}"
        f"<div class='social'><h2>Delen</h2><ul><li><a href='#'>Deel via mail</a></li></ul></div></main>"
        f"<footer><h2>Contact</h2><p>Bezoekadres: Westerbrink 1. Telefoon: 0592 36 55 55, op werkdagen van 8 tot 17 uur."
        f"</p></footer>"
    )


def _newsletter(a: Article) -> str:
    """One column of nested tables as letters are laid out, kept as a page."""
    rows = "".join(f"<tr><td style='padding:8px'><p>{escape(text)}</p></td></tr>" for text in a.paragraphs)
    return (
        f"<html><head><title>{a.title}</title></head><body><table width='100%'><tr><td><table width='600'><tr><td>"
        f"<a href='/web'>Bekijk in de browser</a></td></tr><tr><td><h1>{a.title}</h1><small>{a.said_day()}</small></td></tr>"
        f"{rows}<tr><td class='footer'><p>U krijgt deze brief omdat u zich hebt aangemeld. <a href='/af'>Afmelden</a></p>"
        f"</td></tr></table></td></tr></table>"
    )


def _magazine(a: Article) -> str:
    """The lead apart from the body, a pull quote that repeats a sentence, sections for the parts."""
    lead, rest = a.paragraphs[0], a.paragraphs[1:]
    sections = "".join(
        f"<h2>{escape(text)}</h2>"
        if _is_heading(text)
        else f"<section class='text-block'><p>{escape(text)}</p></section>"
        for text in rest
    )
    return (
        f"{_head(a, f'<title>{a.title} · {a.site}</title><meta property=og:site_name content=Magazine>')}<body><article>"
        f"<header><h1>{a.title}</h1><p class='lead'>{escape(lead)}</p><p class='byline'>Tekst: {a.author}, "
        f"<time datetime='{a.day}'>{a.said_day()}</time></p></header><div class='content'>{sections}</div>"
        f"<div class='tags'><a href='/tag'>water</a> <a href='/tag'>stroom</a></div></article>"
        f"<div class='next-story'>{a.teasers('<h2>{}</h2><p>En nog veel meer verhalen van deze maand.</p>', 2)}</div>"
    )


LAYOUTS: dict[str, Callable[[Article], str]] = {
    made.__name__.lstrip("_"): made
    for made in (
        _schema, _wordpress, _divs, _tables, _microdata, _react, _paywall, _amp, _live, _legal, _newsletter, _magazine,
    )
}  # fmt: skip


def pages(seeds: Path, each: int = 6) -> Iterator[Page]:
    """Yield every layout around `each` of the starter articles, another choice for each layout."""
    texts = sorted(seeds.glob("*.txt"))
    for number, (layout, made) in enumerate(LAYOUTS.items()):
        for place in range(each):
            path = texts[(number * 5 + place) % len(texts)]
            first, *paragraphs = path.read_text("utf-8").strip().split("\n\n")
            found = re.match(r"date (\S+) (.*)", first)
            assert found is not None, path
            day = found[1] if len(found[1]) == 10 else f"{found[1]}-15"
            paragraphs = [" ".join(text.split()) for text in paragraphs]
            chance = random.Random(f"{layout} {path.name}")
            article = Article(found[2], day, paragraphs, chance.choice(_SITES), "Hilde Nijenhuis", chance)
            yield Page(layout, made(article) + "</body></html>", found[2], day, "\n".join(paragraphs))


def overlap(found: str, wanted: str) -> float:
    """Return F1 of the words found, each counted as often as it stands there."""
    got, want = _counted(found), _counted(wanted)
    shared = sum(min(count, want.get(word, 0)) for word, count in got.items())
    return 2 * shared / max(1, sum(got.values()) + sum(want.values()))


def _counted(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", text.casefold()):
        counts[word] = counts.get(word, 0) + 1
    return counts
