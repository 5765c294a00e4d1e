"""One self-contained web page: light and dark as the system is, without scripts or anything fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import BinaryIO

from desktop import i18n
from desktop.exporters.base import (
    ExportArticle,
    ExportDocument,
    ExportNote,
    printable,
    safe_address,
    written,
)
from desktop.exporters.marked_text import (
    Piece,
    actor_cells,
    actor_heads,
    actors_of,
    amounts_of,
    body_blocks,
    facts_of,
    pieces,
)
from desktop.exporters.note_markup import NoteBlock, Run, note_blocks
from desktop.i18n import _, format_amount, format_date, kind_name, n_
from desktop.model import ACTOR_KINDS, AMOUNT_KINDS, Block, BlockKind

_CONTENTS = 400  # articles up to which the page begins with a list of them

STYLE = """
:root{color-scheme:light dark;--page:#fdfcf9;--ink:#22242a;--dim:#5f6470;--line:#dcd9d0;--link:#1a56b0;
--amount:#eef3e4;--c1:#fdeb9c;--c2:#cfe4fb;--c3:#d3efcf;--c4:#fbd5e2;--c5:#e3d8f8}
@media (prefers-color-scheme:dark){:root{--page:#1c1e22;--ink:#e6e4de;--dim:#a5a9b3;--line:#3b3f47;
--link:#8db9f5;--amount:#2c3528;--c1:#5c4e12;--c2:#1f4468;--c3:#24502a;--c4:#662f45;--c5:#493a6e}}
html{background:var(--page);color:var(--ink);font:18px/1.6 Georgia,"Noto Serif","DejaVu Serif",serif}
body{max-width:42rem;margin:0 auto;padding:2rem 1.25rem 6rem}
body{overflow-wrap:anywhere}td{overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:2em 0 .5em}h1{margin-top:0;font-size:1.7rem}h2{font-size:1.35rem}
h3,h4,h5,h6{font-size:1.05rem}a{color:var(--link)}
.about,.facts,nav,footer,caption,th{font:.8rem/1.5 system-ui,"Noto Sans",sans-serif;color:var(--dim)}
.about{margin-top:0}article{border-top:1px solid var(--line);margin-top:2.5rem}nav ol{padding-left:1.5rem}
mark{color:inherit;padding:.05em 0}.c1{background:var(--c1)}.c2{background:var(--c2)}.c3{background:var(--c3)}
.c4{background:var(--c4)}.c5{background:var(--c5)}sup a{text-decoration:none;padding:0 .15em}
.name{text-decoration:underline dotted var(--dim) 1px;text-underline-offset:.2em}
.amount{background:var(--amount)}
blockquote{margin:1em 0;padding-left:1rem;border-left:3px solid var(--line)}
section.note{margin:1.5rem 0;padding-left:1rem;border-left:4px solid var(--line)}
section.c1{border-color:var(--c1)}section.c2{border-color:var(--c2)}section.c3{border-color:var(--c3)}
section.c4{border-color:var(--c4)}section.c5{border-color:var(--c5)}section.note[class*=c]{background:none}
section.note>p.quote{margin:.2em 0}.tag{border:1px solid var(--line);border-radius:1em;padding:0 .5em}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.85rem}
caption{text-align:left;padding:.3em 0}
th{white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;white-space:nowrap}mark .amount{background:none}
mark .amount{text-decoration:underline var(--dim) 1px;text-underline-offset:.2em}pre{overflow:auto}
@media print{html{font-size:11pt}article{break-before:page}section.note,tr{break-inside:avoid}}
"""


def write(document: ExportDocument, file: BinaryIO) -> None:
    """Write the page, article by article."""
    written(_parts(document), file)


def text_of(text: object) -> str:
    """Return text as it stands in a page."""
    return escape(printable(str(text)))


def head(title: str, style: str = STYLE, policy: str = "style-src 'unsafe-inline'") -> str:
    """Return the beginning of a page up to its first heading; nothing may be fetched from it."""
    return (
        f'<!doctype html>\n<html lang="{i18n.language()}"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; {policy}">\n'
        f"<title>{text_of(title)}</title><style>{style}</style></head><body>\n"
    )


def anchor(words: str, address: str) -> str:
    """Return a link, or the words alone where the address is none that may be followed."""
    safe = safe_address(address)
    return f'<a href="{escape(safe)}">{words}</a>' if safe else words


def _parts(document: ExportDocument) -> Iterator[str]:
    totals = document.counted()
    yield head(document.title)
    yield f"<header><h1>{text_of(document.title)}</h1>\n"
    known = [
        format_date(document.made_at),
        n_("{n} article", "{n} articles", totals.articles),
        n_("{n} note", "{n} notes", totals.notes),
        _("Search: {query}").format(query=document.query) if document.query else "",
    ]
    yield f'<p class="about">{" · ".join(text_of(fact) for fact in known if fact)}</p></header>\n'
    if 1 < totals.articles <= _CONTENTS:
        yield from _contents(document)
    yield "<main>\n"
    for number, article in enumerate(document.articles, 1):
        yield from _article(article, number)
    yield f"</main>\n<footer><p>{text_of(_('Made with Leeslamp'))}</p></footer></body></html>\n"


def _contents(document: ExportDocument) -> Iterator[str]:
    yield f"<nav><h2>{text_of(_('Contents'))}</h2><ol>\n"
    for number, article in enumerate(document.articles, 1):
        yield f'<li><a href="#a{number}">{text_of(article.title)}</a></li>\n'
    yield "</ol></nav>\n"


def _article(article: ExportArticle, number: int) -> Iterator[str]:
    lang = f' lang="{escape(article.lang)}"' if article.lang else ""
    yield f'<article id="a{number}"{lang}>\n<h2>{text_of(article.title)}</h2>\n'
    yield f'<p class="about">{about(article)}</p>\n'
    if article.tags:
        yield f'<p class="facts">{_tags(article.tags)}</p>\n'
    notes = article.in_reading_order()
    if article.whole is not None:
        yield from _text(article, notes, number)
        if notes:
            yield f"<h3>{text_of(_('Notes'))}</h3>\n"
    for place, note in enumerate(notes, 1):
        yield from _note(note, f"n{number}-{place}", place)
    yield from _tables(article)
    yield "</article>\n"


def about(article: ExportArticle) -> str:
    """Return the line below a title: where the article is from, and the links to it."""
    known = [article.source, format_date(article.published), article.author]
    facts = [text_of(fact) for fact in known if fact]
    facts.append(anchor(text_of(_("Open in Leeslamp")), article.link))
    if safe_address(article.url):
        facts.append(anchor(text_of(_("Source")), article.url or ""))
    return " · ".join(facts)


# The text


def _text(article: ExportArticle, notes: Sequence[ExportNote], number: int) -> Iterator[str]:
    assert article.whole is not None
    in_list = False
    for block in body_blocks(article.whole):
        if in_list is not (block.kind is BlockKind.LIST_ITEM):
            yield "</ul>\n" if in_list else "<ul>\n"
            in_list = not in_list
        words = "".join(_piece(piece, number, notes) for piece in pieces(article.whole, block, notes))
        yield _block(block, words)
    if in_list:
        yield "</ul>\n"


def _block(block: Block, words: str) -> str:
    if block.kind is BlockKind.HEADING:
        level = min(max(block.level, 1) + 2, 6)
        return f"<h{level}>{words}</h{level}>\n"
    if block.kind is BlockKind.QUOTE:
        return f"<blockquote><p>{words}</p></blockquote>\n"
    return f"<li>{words}</li>\n" if block.kind is BlockKind.LIST_ITEM else f"<p>{words}</p>\n"


def _piece(piece: Piece, article: int, notes: Sequence[ExportNote]) -> str:
    words = text_of(piece.text).replace("\n", "<br>")
    if piece.mention is not None and piece.mention.kind in (*ACTOR_KINDS, *AMOUNT_KINDS):
        kind = "name" if piece.mention.kind in ACTOR_KINDS else "amount"
        value = piece.mention.actor or ""
        if piece.mention.amount is not None:
            value = format_amount(piece.mention.amount)
        told = f"{kind_name(piece.mention.kind)}: {value}" if value else kind_name(piece.mention.kind)
        words = f'<span class="{kind}" title="{text_of(told)}">{words}</span>'
    if piece.emphasis:
        words = f"<em>{words}</em>"
    if piece.target:
        words = anchor(words, piece.target)
    if piece.note is None:
        return words
    place = piece.note + 1
    reference = f'<sup><a href="#n{article}-{place}">{place}</a></sup>' if piece.ends_note else ""
    return f'<mark class="c{notes[piece.note].colour}">{words}</mark>{reference}'


# Notes


def _note(note: ExportNote, name: str, place: int) -> Iterator[str]:
    yield f'<section class="note c{note.colour}" id="{name}">\n'
    if note.quote:
        quote = text_of(note.quote.strip()).replace("\n", "<br>")
        yield f'<p class="quote"><mark class="c{note.colour}">{quote}</mark></p>\n'
    yield note_html(note.note)
    yield f'<p class="facts">{place} · {" · ".join(_facts(note))}</p>\n</section>\n'


def note_html(note: str) -> str:
    """Return a note in Markdown as HTML; what it holds of HTML itself is shown as written."""
    return "".join(_note_block(block) for block in note_blocks(note))


def _note_block(block: NoteBlock) -> str:
    words = "".join(_run(run) for run in block.runs)
    if block.kind == "code":
        return f"<pre>{words}</pre>\n"
    if block.kind == "quote":
        return f"<blockquote><p>{words}</p></blockquote>\n"
    if block.kind == "heading":
        return f"<p><strong>{words}</strong></p>\n"
    if block.kind == "item":
        indent = f"margin:.1em 0 .1em {block.level * 1.2:.1f}em"
        return f'<p style="{indent}">{text_of(block.mark)} {words}</p>\n'
    return f"<p>{words}</p>\n"


def _run(run: Run) -> str:
    words = text_of(run.text)
    words = words if run.code else words.replace("\n", "<br>")
    for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
        if wanted:
            words = f"<{tag}>{words}</{tag}>"
    return anchor(words, run.target) if run.target else words


def _facts(note: ExportNote) -> Iterator[str]:
    if note.tags:
        yield _tags(note.tags)
    yield from map(text_of, facts_of(note))
    if note.made_at:
        yield text_of(format_date(note.made_at[:10], short=True))
    yield anchor(text_of(_("Open in Leeslamp")), note.link)


def _tags(names: Sequence[str]) -> str:
    return " ".join(f'<span class="tag">{text_of(name)}</span>' for name in names)


# Tables


def _tables(article: ExportArticle) -> Iterator[str]:
    if actors := actors_of(article):
        yield f"<table><caption>{text_of(_('Actors'))}</caption><thead>"
        yield _row("th", *actor_heads(article), number=True) + "</thead><tbody>\n"
        for cells in actor_cells(article, actors):
            yield _row("td", *cells, number=True)
        yield "</tbody></table>\n"
    if amounts := amounts_of(article):
        yield f"<table><caption>{text_of(_('Amounts'))}</caption><thead>"
        yield _row("th", _("As written"), _("Value"), _("Passage")) + "</thead><tbody>\n"
        for written_so, amount, sentence in amounts:
            yield _row("td", written_so, format_amount(amount), sentence)
        yield "</tbody></table>\n"


def _row(tag: str, *cells: str, number: bool = False) -> str:
    """Return a row; number: the last cell holds one."""
    made = [f"<{tag}>{text_of(cell)}</{tag}>" for cell in cells]
    if number:
        made[-1] = f'<{tag} class="n">{text_of(cells[-1])}</{tag}>'
    return f"<tr>{''.join(made)}</tr>\n"
