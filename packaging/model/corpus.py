"""The labelled texts: our own marked articles and openly licensed token lists, as documents with spans."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("PER", "ORG", "LOC", "EVT", "MISC")
_ARTICLE = re.compile(r"(?m)^---\s*$")
_HEADER = re.compile(r"# (\S+) \| (\d{4}(?:-\d\d(?:-\d\d)?)?) \| ")
_MARK = re.compile(r"\[\[([^\[\]|]+)\|([A-Z]+)(?:\|([^\[\]|]+))?\]\]")
_LANGUAGE = re.compile(r"-(en|fr|de)-")
_HELD_BACK = {"nl": 5}  # one article in so many is for development only
_HELD_BACK_ELSEWHERE = 2
_SENTENCES = 6  # of a token list without documents that are taken as one
_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] } % ’ ” … ... 's n't 'm 're 've 'll 'd".split())
_NO_SPACE_AFTER = frozenset("( [ { ‘ “ „".split())


@dataclass(frozen=True)
class Span:
    """A name: code points [start, end) of the text."""

    start: int
    end: int
    kind: str
    name: str  #: canonical name


@dataclass(frozen=True)
class Document:
    """A labelled text; spans are in order and do not overlap."""

    id: str
    lang: str
    text: str
    spans: tuple[Span, ...]


def build(parts: list[tuple[str, str | None, str]]) -> tuple[str, tuple[Span, ...]]:
    """Join (text, kind or None, canonical name) to a text with spans."""
    spans: list[Span] = []
    size = 0
    for text, kind, name in parts:
        if kind is not None:
            spans.append(Span(size, size + len(text), kind, name or text))
        size += len(text)
    return "".join(text for text, _, _ in parts), tuple(spans)


def marked_articles(path: Path) -> Iterator[Document]:
    """Yield the articles of a file in our own format; ValueError where one has no header."""
    for raw in _ARTICLE.split(path.read_text(encoding="utf-8")):
        head, _, body = raw.strip("\n").partition("\n")
        if not head.strip():
            continue
        header = _HEADER.match(head)
        if header is None:
            raise ValueError(f"{path}: no header in {head[:60]!r}")
        lines = [line for line in body.strip("\n").split("\n") if not line.startswith("@")]
        found = _LANGUAGE.search(header[1])
        text, spans = build(_parts("\n".join(lines).strip("\n")))
        yield Document(header[1], found[1] if found else "nl", text, spans)


def _parts(marked: str) -> list[tuple[str, str | None, str]]:
    parts: list[tuple[str, str | None, str]] = []
    at = 0
    for mark in _MARK.finditer(marked):
        parts += [(marked[at : mark.start()], None, ""), (mark[1], mark[2], mark[3] or "")]
        at = mark.end()
    return [*parts, (marked[at:], None, "")]


def is_for_development(document: Document) -> bool:
    """Tell whether the article is held back to choose by: never to be trained on."""
    number = int(hashlib.sha1(document.id.encode()).hexdigest(), 16)
    return number % _HELD_BACK.get(document.lang, _HELD_BACK_ELSEWHERE) == 0


def token_list(path: Path) -> Iterator[Document]:
    """Yield the documents of a file of "token tag" lines; the name's first two letters are the language.

    Where spaces stood is guessed. Words in small letters are no names of ours, whatever the tag says.
    """
    lang = path.name[:2]
    for number, sentences in enumerate(_documents(path)):
        parts: list[tuple[str, str | None, str]] = []
        for sentence in sentences:
            parts += [*_sentence(sentence), (" ", None, "")]
        text, spans = build(parts)
        yield Document(f"{path.stem}-{number}", lang, text, spans)


def _documents(path: Path) -> Iterator[list[list[tuple[str, str]]]]:
    several: list[list[tuple[str, str]]] = []
    in_documents = False
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line.split() for line in block.split("\n") if line.strip()]
        if lines and lines[0][0] == "-DOCSTART-":
            in_documents = True
            lines = lines[1:]
            if several:
                yield several
                several = []
        if lines:
            several.append([(line[0], line[-1]) for line in lines])
        if not in_documents and len(several) == _SENTENCES:
            yield several
            several = []
    if several:
        yield several


def _sentence(tokens: list[tuple[str, str]]) -> list[tuple[str, str | None, str]]:
    parts: list[tuple[str, str | None, str]] = []
    quoted = False
    before = ""
    for word, tag in tokens:
        closes = word == '"' and quoted
        tight = word in _NO_SPACE_BEFORE or closes or before in _NO_SPACE_AFTER or (before == '"' and quoted)
        if word == '"':
            quoted = not quoted
        kind = tag[2:] if tag[2:] in KINDS else None
        if kind == "MISC" and tag[0] == "B" and word[0].islower():
            kind = None
        space = "" if tight or not before else " "
        if kind is not None and tag[0] == "I" and parts and parts[-1][1] == kind:
            parts[-1] = (parts[-1][0] + space + word, kind, "")
        else:
            parts += [(space, None, ""), (word, kind if tag[0] == "B" else None, "")]
        before = word
    return parts
