"""Notes as one Markdown document that Obsidian reads well: front matter, quotes, tags, links back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote
from desktop.i18n import _, format_amount, format_date
from desktop.model import Amount

#: what means something anywhere in a line: emphasis, code, links, HTML, Obsidian's marks ($: formulas)
_SIGNS = re.compile(
    r"[\\`*\[\]<|$]|~(?=~)|=(?==)|%(?=%)|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|(?<!\S)#(?=\w|#*$)|\^(?=[\w-]+$)"
)
#: beginnings of a line that would make it a heading, quote, list item or rule
_LINE_START = re.compile(r"(?:[#>+\-=]|\d{1,9}(?=[.)](?:\s|$)))")
_NOT_IN_TAG = re.compile(r"[^\w/-]+")
#: what YAML wants escaped beyond JSON
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def render(document: ExportDocument) -> str:
    """Return the document as Markdown. Words are in the interface's language."""
    parts = ["\n".join(_front_matter(document)), f"# {escape(document.title)}"]
    for article in document.articles:
        parts += _article(article)
    return "\n\n".join(parts) + "\n"


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
    names = [tag(name) for article in document.articles for name in _all_tags(article)]
    yield "---"
    yield f"title: {yaml_text(document.title)}"
    if document.made_at:
        yield f"date: {yaml_text(document.made_at)}"
    if document.query:
        yield f"query: {yaml_text(document.query)}"
    yield f"articles: {len(document.articles)}"
    yield f"notes: {sum(len(article.notes) for article in document.articles)}"
    if tags := sorted({name[1:] for name in names if name}):
        yield "tags:"
        yield from (f"  - {yaml_text(name)}" for name in tags)
    yield "---"


def _all_tags(article: ExportArticle) -> Iterator[str]:
    yield from article.tags
    for note in article.notes:
        yield from note.tags


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
    for note in article.in_reading_order():
        yield from _note(note)


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
    safe = re.sub(r"[\s<>\\]", lambda match: quote(match[0]), address)
    return f"[{escape(words)}](<{safe}>)" if re.search(r"[()]", safe) else f"[{escape(words)}]({safe})"
