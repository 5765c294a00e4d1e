"""OpenDocument texts (ODT), as LibreOffice writes them; bundles of Nexis split."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Problem, ProblemKind
from desktop.importers import nexis, package
from desktop.importers.base import Articles, Details, Importer, Piece, path_text
from desktop.importers.limits import DETAIL_CHARACTERS
from desktop.importers.titles import article_of
from desktop.importers.writer import Writer, one_line, safe_link
from desktop.model import BlockKind, InlineKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _TABLE = _NS + "text:1.0}", _NS + "style:1.0}", _NS + "table:1.0}"
_FO = _NS + "xsl-fo-compatible:1.0}"
_NOTE, _BOX = _TEXT + "note", _NS + "drawing:1.0}text-box"
_HREF = "{http://www.w3.org/1999/xlink}href"
_BOLD = ("bold", "600", "700", "800", "900")
_NOT_READ = frozenset(
    {
        *(_TEXT + name for name in ("tracked-changes", "sequence-decls", "table-of-content")),
        *(_NS + name for name in ("office:1.0}annotation", "office:1.0}forms", "drawing:1.0}object")),
    }
)


def read_odt(path: Path) -> Articles:
    """Return the article of a document, or the articles of a bundle."""
    name = path_text(path)
    with package.opened(path) as document:
        names = set(document.namelist())
        if "META-INF/manifest.xml" in names and b"encryption-data" in document.read("META-INF/manifest.xml"):
            raise Problem(ProblemKind.ENCRYPTED, name)
        content = package.parse_xml(package.member(document, "content.xml", name), name)
        styles = (
            package.parse_xml(package.member(document, "styles.xml", name), name)
            if "styles.xml" in names
            else None
        )
        meta = (
            package.parse_xml(package.member(document, "meta.xml", name), name)
            if "meta.xml" in names
            else None
        )
    reader = _Reader()
    pieces = reader.read(content, styles)
    if nexis.is_bundle(pieces):
        return nexis.articles(pieces, path)
    if not pieces:
        raise Problem(ProblemKind.EMPTY, name)
    title, author = _meta(meta)
    first = {piece.text.casefold() for piece in pieces[:5]}
    named = reader.title or (title if title and title.casefold() in first else None)
    return Articles(
        [article_of(pieces, path=path, title=named, details=Details(author=reader.author or author or None))]
    )


def _meta(root: Element | None) -> tuple[str, str]:
    found = {"title": "", "initial-creator": "", "creator": ""}
    for element in root.iter() if root is not None else ():
        local = str(element.tag).rpartition("}")[2]
        if local in found:
            found[local] = one_line(element.text or "")[:DETAIL_CHARACTERS]
    return found["title"], found["initial-creator"] or found["creator"]


@dataclass
class _Reader:
    writer: Writer = field(default_factory=Writer)
    title: str | None = None
    author: str = ""
    names: dict[str, str] = field(default_factory=dict)  #: style -> its own or its parent's name
    emphasised: set[str] = field(default_factory=set)
    numbered: set[tuple[str, int]] = field(default_factory=set)  #: list style and level with figures
    lists: list[tuple[str, int]] = field(default_factory=list)  #: style and last figure of each open list
    notes: list[Element] = field(default_factory=list)  #: written below the text
    boxes: list[Element] = field(default_factory=list)  #: written below the paragraph that they hang on
    mark: str = ""  #: of the note that begins

    def read(self, content: Element, styles: Element | None) -> list[Piece]:
        for root in (styles, content):
            for style in root.iter(_STYLE + "style") if root is not None else ():
                self._read_style(style)
            for level in root.iter(_TEXT + "list-level-style-number") if root is not None else ():
                above = level.getparent()
                shown = level.get(_STYLE + "num-format")
                depth = level.get(_TEXT + "level") or "1"
                if above is not None and shown and depth.isdigit():
                    self.numbered.add((above.get(_STYLE + "name") or "", int(depth)))
        body = next(content.iter(_NS + "office:1.0}text"), None)
        if body is not None:
            self._walk(body)
        for number, note in enumerate(self.notes, start=1):
            self.mark = f"[{number}] "
            for part in note.iterchildren(_TEXT + "note-body"):
                self._walk(part)
        return self.writer.finish()

    def _read_style(self, style: Element) -> None:
        name = style.get(_STYLE + "name") or ""
        parent = style.get(_STYLE + "parent-style-name")
        self.names[name] = (self.names.get(parent) or parent) if parent else name
        if parent and parent not in ("Standard", "Text_20_body"):
            self.names[name] = parent
        for properties in style.iter(_STYLE + "text-properties"):
            if properties.get(_FO + "font-weight") in _BOLD or properties.get(_FO + "font-style") == "italic":
                self.emphasised.add(name)

    def _walk(self, root: Element) -> None:
        """Go through the elements in order, without recursion."""
        stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._end(element)
                if element is not root:
                    self._say(element, element.tail)
            elif child.tag in (_NOTE, _BOX) and _in_paragraph(child):
                self._put_off(child)
                self._say(child, child.tail)
            elif isinstance(child.tag, str) and child.tag not in _NOT_READ:
                self._start(child)
                stack.append((child, iter(child)))
            else:
                self._say(child, child.tail)

    def _put_off(self, element: Element) -> None:
        """Keep a note or a text box for where it can be read without breaking into a sentence."""
        if element.tag == _BOX:
            self.boxes.append(element)
        else:
            self.notes.append(element)
            self.writer.text(f"[{len(self.notes)}]")

    def _say(self, element: Element, text: str | None) -> None:
        """Write text that stands in a paragraph; what stands between elements is only indentation."""
        above = element.getparent()
        if text and above is not None and above.tag.startswith(_TEXT) and above.tag != _TEXT + "list":
            self.writer.text(text)

    def _start(self, element: Element) -> None:
        tag, writer = element.tag, self.writer
        row = next(element.iterancestors(_TABLE + "table-row"), None)
        if tag in (_TEXT + "p", _TEXT + "h"):
            if row is not None and _cells(row) > 1:
                writer.text(" ")
            else:
                self._begin(element)
            writer.text(element.text or "")
        elif tag == _TEXT + "list":
            style = element.get(_TEXT + "style-name") or (self.lists[-1][0] if self.lists else "")
            self.lists.append((style, 0))
        elif tag == _TEXT + "list-item" and self.lists:
            self.lists[-1] = (self.lists[-1][0], self.lists[-1][1] + 1)
        elif tag == _TABLE + "table-row" and _cells(element) > 1:
            writer.begin(BlockKind.TABLE_ROW)
        elif tag == _TABLE + "table-cell" and row is not None and _cells(row) > 1:
            if element.getprevious() is not None:
                writer.tab()
        elif tag == _TEXT + "line-break":
            writer.line_break()
        elif tag in (_TEXT + "s", _TEXT + "tab"):
            writer.text(" ")
        elif tag == _TEXT + "a":
            writer.open(InlineKind.LINK, safe_link(element.get(_HREF) or ""))
            writer.text(element.text or "")
        elif tag == _TEXT + "span":
            if self._is_emphasis(element):
                writer.open(InlineKind.EMPHASIS)
            writer.text(element.text or "")
        elif tag.startswith(_TEXT):
            writer.text(element.text or "")

    def _begin(self, element: Element) -> None:
        style = self._style_of(element)
        if element.tag == _TEXT + "h":
            level = element.get(_TEXT + "outline-level") or "1"
            self.writer.begin(BlockKind.HEADING, min(6, int(level)) if level.isdigit() else 1)
        elif style in ("title", "titel"):
            self.writer.begin(BlockKind.HEADING, 1)
        elif self.lists:
            name, number = self.lists[-1]
            self.writer.begin(BlockKind.LIST_ITEM, min(6, len(self.lists)))
            if (name, len(self.lists)) in self.numbered and number:
                self.writer.text(f"{number}. ")
        elif "quot" in style or "citaat" in style:
            self.writer.begin(BlockKind.QUOTE, 1)
        else:
            self.writer.begin()
        self.writer.text(self.mark)
        self.mark = ""

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag == _TEXT + "a" or (tag == _TEXT + "span" and self._is_emphasis(element)):
            self.writer.close()
        elif tag == _TEXT + "list" and self.lists:
            self.lists.pop()
        elif tag == _TABLE + "table-row":
            self.writer.begin()
        elif tag in (_TEXT + "p", _TEXT + "h"):
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                self._walk(box)
            style = self._style_of(element)
            if style in ("title", "titel") and self.title is None:
                self.title = one_line("".join(element.itertext())) or None
            elif style in ("author", "auteur") and not self.author:
                self.author = one_line("".join(element.itertext()))

    def _style_of(self, element: Element) -> str:
        name = element.get(_TEXT + "style-name") or ""
        return re.sub(r"_20_", " ", self.names.get(name, name)).casefold()

    def _is_emphasis(self, span: Element) -> bool:
        name = span.get(_TEXT + "style-name") or ""
        inside = next(span.iterancestors(_TEXT + "h"), None) is not None
        return not inside and (name in self.emphasised or name in ("Emphasis", "Strong_20_Emphasis"))


def _in_paragraph(element: Element) -> bool:
    return any(above.tag in (_TEXT + "p", _TEXT + "h") for above in element.iterancestors())


def _cells(row: Element) -> int:
    return sum(child.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell") for child in row)


ODT = Importer("odt", (".odt", ".ott"), read_odt, foreign=True, many=True)
