"""Notes as one Markdown document that Obsidian reads well: front matter, quotes, tags, links back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO
from urllib.parse import quote

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, written
from desktop.exporters.marked_text import Piece, body_blocks, pieces
from desktop.i18n import _, format_amount, format_date
from desktop.model import Amount, Block, BlockKind

#: what means something anywhere in a line: emphasis, code, links, HTML, Obsidian's marks ($: formulas)
_SIGNS = re.compile(
    r"[\\`*\[\]<|$]|~(?=~)|=(?==)|%(?=%)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|(?<!\S)#(?=\w|#*$)|\^(?=[\w-]+$)"
)
#: beginnings of a line that would make it a heading, quote, list item or rule
_LINE_START = re.compile(r"(?:[#>+\-=]|\d{1,9}(?=[.)](?:\s|$)))")
#: what means something only together with what stands beside the piece
_AT_EDGES = re.compile(r"(?<!\\)[~=%&^#_]\Z|\A[~=%^#]")
_NOT_IN_TAG = re.compile(r"[^\w/-]+")
#: what YAML wants escaped beyond JSON
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def write(document: ExportDocument, file: BinaryIO) -> None:
    """Write the document as Markdown, article by article. Words are in the interface's language."""
    written(_parts(document), file)


def render(document: ExportDocument) -> str:
    """Return the document as Markdown."""
    return "".join(_parts(document))


def _parts(document: ExportDocument) -> Iterator[str]:
    yield "\n".join(_front_matter(document))
    yield f"\n\n# {escape(document.title)}"
    for article in document.articles:
        for part in _article(article):
            yield f"\n\n{part}"
    yield "\n"


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    start = _LINE_START.match(line)
    if not start:
        return line
    place = start.end() if start[0].isdigit() else 0
    return f"{line[:place]}\\{line[place:]}"


def tag(name: str) -> str:
    """Return a tag as Obsidian knows it: "AI & energie" gives #AI-energie, "2025" #_2025, "?" nothing."""
    safe = _NOT_IN_TAG.sub("-", name.strip().lstrip("#")).strip("-/")
    if not safe:
        return ""
    return "#_" + safe if re.fullmatch(r"[\d/-]+", safe) else "#" + safe


def yaml_text(text: str) -> str:
    """Return a text as YAML in double quotes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _front_matter(document: ExportDocument) -> Iterator[str]:
    totals = document.counted()
    yield "---"
    yield f"title: {yaml_text(document.title)}"
    if document.made_at:
        yield f"date: {yaml_text(document.made_at)}"
    if document.query:
        yield f"query: {yaml_text(document.query)}"
    yield f"articles: {totals.articles}"
    yield f"notes: {totals.notes}"
    yield from _tag_lines(totals.tags)
    yield "---"


def _tag_lines(names: tuple[str, ...]) -> Iterator[str]:
    if tags := sorted({name[1:] for name in map(tag, names) if name}):
        yield "tags:"
        yield from (f"  - {yaml_text(name)}" for name in tags)


def render_article(article: ExportArticle) -> str:
    """Return one whole article as a file of its own, with its details in front and its notes below."""
    facts = {
        "title": article.title,
        "date": article.published,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "lang": article.lang,
        "leeslamp": article.link,
    }
    lines = ["---", *(f"{name}: {yaml_text(fact)}" for name, fact in facts.items() if fact)]
    parts = ["\n".join([*lines, *_tag_lines(article.tags), "---"]), f"# {escape(article.title)}"]
    parts += _text(article, deeper=1)
    if article.notes:
        parts.append(f"## {escape(_('Notes'))}")
        for note in article.in_reading_order():
            parts += _note(note)
    return "\n\n".join(parts) + "\n"


def _article(article: ExportArticle) -> Iterator[str]:
    yield f"## {escape(article.title)}"
    known = [article.source, format_date(article.published), article.author]
    about = [escape(fact) for fact in known if fact]
    about.append(_link(_("Open in Leeslamp"), article.link))
    if article.url:
        about.append(_link(_("Source"), article.url))
    yield " · ".join(about)
    if tags := _tags(article.tags):
        yield tags
    if article.whole is not None:
        yield from _text(article, deeper=2)
        if article.notes:
            yield f"### {escape(_('Notes'))}"
    for note in article.in_reading_order():
        yield from _note(note)


# The text of an article


def _text(article: ExportArticle, deeper: int) -> Iterator[str]:
    """Yield the blocks of an article. deeper: how many levels its headings go down."""
    whole = article.whole
    if whole is None:
        return
    items: list[str] = []
    for block in body_blocks(whole):
        line = _line(pieces(whole, block, article.notes, mentions=False))
        if not line:
            continue
        if block.kind is BlockKind.LIST_ITEM:
            items.append(f"{'  ' * max(block.level - 1, 0)}- {line}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _block(block, line, deeper)
    if items:
        yield "\n".join(items)


def _block(block: Block, line: str, deeper: int) -> str:
    if block.kind is BlockKind.HEADING:
        return f"{'#' * min(max(block.level, 1) + deeper, 6)} {line}"
    return f"> {line}" if block.kind is BlockKind.QUOTE else line


def _line(parts: Iterable[Piece]) -> str:
    """Return the pieces of a block as one line, each highlight in one pair of signs."""
    words = []
    for note, group in groupby(parts, key=lambda piece: piece.note):
        inner = "".join(map(_piece, group))
        words.append(inner if note is None else _around(inner, "==", "=="))
    return _guard_start(" ".join("".join(words).split()))


def _piece(piece: Piece) -> str:
    words = _SIGNS.sub(r"\\\g<0>", piece.text)
    words = _AT_EDGES.sub(r"\\\g<0>", words)
    if piece.emphasis:
        words = _around(words, "*", "*")
    return _around(words, "[", f"](<{_address(piece.target)}>)") if piece.target else words


def _around(words: str, before: str, after: str) -> str:
    """Put signs close to the words: with a space between, Markdown does not see them."""
    core = words.strip()
    return words.replace(core, f"{before}{core}{after}", 1) if core else words


def _guard_start(line: str) -> str:
    start = _LINE_START.match(line)
    if not start or line.startswith("=="):
        return line
    place = start.end() if start[0].isdigit() else 0
    return f"{line[:place]}\\{line[place:]}"


# Notes


def _note(note: ExportNote) -> Iterator[str]:
    if note.quote:
        yield "\n".join(f"> {escape(line)}".rstrip() for line in note.quote.strip().splitlines())
    if note.note.strip():
        yield _closed(note.note.strip())
    bullet = "*" if re.search(r"^\s*- ", note.note, re.MULTILINE) else "-"  # or it joins the note's list
    yield "\n".join(f"{bullet} {fact}" for fact in _facts(note))


def _closed(note: str) -> str:
    """Return a reader's Markdown with what it leaves open closed, so that nothing below is swallowed."""
    fences = re.findall(r"^ {0,3}(`{3,}|~{3,})", note, re.MULTILINE)
    if len(fences) % 2:
        return f"{note}\n{fences[-1]}"
    if note.rfind("<!--") > note.rfind("-->"):
        return f"{note} -->"
    return f"{note} %%" if note.count("%%") % 2 else note


def _facts(note: ExportNote) -> Iterator[str]:
    if tags := _tags(note.tags):
        yield _("Tags: {tags}").format(tags=tags)
    if note.actors:
        yield _("Actors: {actors}").format(actors=", ".join(escape(name) for name in note.actors))
    if note.amounts:
        amounts = "; ".join(_amount(text, amount) for text, amount in note.amounts)
        yield _("Amounts: {amounts}").format(amounts=amounts)
    if note.quote and note.start is None:
        yield _("This passage is no longer in the text")
    opened = _link(_("Open in Leeslamp"), note.link)
    if note.quote:
        opened += " · " + _("colour {number}").format(number=note.colour)
    yield opened


def _amount(text: str, amount: Amount) -> str:
    value = format_amount(amount)
    return escape(text) if value in ("", text) else f"{escape(text)} ({escape(value)})"


def _tags(names: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(filter(None, map(tag, names))))


def _link(words: str, address: str) -> str:
    safe = _address(address)
    return f"[{escape(words)}](<{safe}>)" if re.search(r"[()]", safe) else f"[{escape(words)}]({safe})"


def _address(address: str) -> str:
    return re.sub(r"[\s<>\\]", lambda match: quote(match[0]), address)
