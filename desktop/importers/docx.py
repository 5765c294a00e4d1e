"""Word documents (DOCX): headings, lists, quotes, tables, links, emphasis, notes; bundles of Nexis split."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import Problem, ProblemKind
from desktop.importers import nexis, package
from desktop.importers.base import Articles, Details, Importer, Piece, path_text
from desktop.importers.limits import DETAIL_CHARACTERS, NESTING
from desktop.importers.titles import article_of
from desktop.importers.writer import Writer, one_line, safe_link
from desktop.model import BlockKind, InlineKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_NOT_READ = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK})
_NOT_AUTHORS = frozenset({"python-docx", "user", "admin", "gebruiker", "unknown", "microsoft office user"})


def read_docx(path: Path) -> Articles:
    """Return the article of a document, or the articles of a bundle."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    name = path_text(path)
    with package.opened(path):
        try:
            document = docx.Document(str(path))
            reader = _Reader(document)
            pieces = reader.read()
            said = document.core_properties
            title, author = one_line(said.title or ""), one_line(said.author or "")
        except (OpcError, LxmlError, AttributeError, RecursionError) as error:
            raise package.damaged(name, error) from error
    if nexis.is_bundle(pieces):
        return nexis.articles(pieces, path)
    if not pieces:
        raise Problem(ProblemKind.EMPTY, name)
    seen = reader.title and reader.title in {piece.text for piece in pieces[:5]}
    if reader.title and seen:
        title = reader.title
    elif title and title.casefold() not in {piece.text.casefold() for piece in pieces[:5]}:
        title = ""  # of a template, or of another text: what stands at the top counts
    author = reader.author or ("" if author.casefold() in _NOT_AUTHORS else author)
    details = Details(author=author[:DETAIL_CHARACTERS] or None)
    return Articles([article_of(pieces, path=path, title=title or None, details=details)])


@dataclass
class _Style:
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    emphasis: bool = False
    role: str = ""  #: title, author


@dataclass
class _Reader:
    document: Any
    writer: Writer = field(default_factory=Writer)
    title: str | None = None
    author: str = ""
    styles: dict[str | None, _Style] = field(default_factory=dict)
    formats: dict[tuple[str, str], str] = field(default_factory=dict)  #: (list, level) -> number format
    counts: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    boxes: list[Element] = field(default_factory=list)  #: text boxes of the paragraph that is read
    notes: list[tuple[str, str]] = field(default_factory=list)  #: kind and id of each footnote and endnote
    links: Any = None  #: of the part that is read

    def read(self) -> list[Piece]:
        self._read_styles()
        self._read_numbering()
        self.links = self.document.part.rels
        self._blocks(self.document.element.body, 0)
        self._read_notes()
        return self.writer.finish()

    def _read_styles(self) -> None:
        for style in self.document.styles.element.iter(_W + "style"):
            if style.get(_W + "type") != "paragraph":
                continue
            name = style.find(_W + "name")
            said = (name.get(_W + "val") if name is not None else "") or ""
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            self.styles[style.get(_W + "styleId")] = _style(said, outline)

    def _read_numbering(self) -> None:
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        levels: dict[str, dict[str, str]] = {}
        for abstract in root.iter(_W + "abstractNum"):
            levels[abstract.get(_W + "abstractNumId")] = {
                level.get(_W + "ilvl"): form.get(_W + "val")
                for level in abstract.iter(_W + "lvl")
                if (form := level.find(_W + "numFmt")) is not None
            }
        for number in root.iter(_W + "num"):
            link = number.find(_W + "abstractNumId")
            formats = levels.get(link.get(_W + "val") if link is not None else "", {})
            for level, form in formats.items():
                self.formats[number.get(_W + "numId"), level] = form

    def _read_notes(self) -> None:
        """Write the notes below the text, each after the number that stands for it there."""
        from docx.oxml.parser import parse_xml

        parts: dict[str, dict[str | None, Element]] = {}
        links: dict[str, Any] = {}
        for relation in list(self.document.part.rels.values()):
            kind = relation.reltype.rpartition("/")[2].removesuffix("s")
            if kind in ("footnote", "endnote") and not relation.is_external:
                root = parse_xml(relation.target_part.blob)
                parts[kind] = {note.get(_W + "id"): note for note in root.iter(_W + kind)}
                links[kind] = relation.target_part.rels
        for number, (kind, identity) in enumerate(list(self.notes), start=1):
            note = parts.get(kind, {}).get(identity)
            if note is None:
                continue
            self.links = links[kind]
            mark = f"[{number}] "
            for paragraph in note.iter(_W + "p"):
                self.writer.begin()
                self.writer.text(mark)
                self._inlines(paragraph, _Style(), BlockKind.PARAGRAPH)
                mark = ""
            self.writer.begin()

    # Blocks

    def _blocks(self, parent: Element, depth: int) -> None:
        if depth > NESTING:
            return
        for child in parent:
            if child.tag == _W + "p":
                self._paragraph(child)
            elif child.tag == _W + "tbl":
                self._table(child)
            elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"):
                self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(_W + "pPr")
        style = _Style()
        numbering = None
        if properties is not None:
            named = properties.find(_W + "pStyle")
            style = self.styles.get(named.get(_W + "val") if named is not None else None, style)
            numbering = properties.find(_W + "numPr")
        kind, level, mark = style.kind, style.level, ""
        if numbering is not None and kind is not BlockKind.HEADING:
            kind, level, mark = self._list_item(numbering)
        before = len(self.writer.pieces)
        self.writer.begin(kind, level)
        self.writer.text(mark)
        self._inlines(paragraph, style, kind)
        self.writer.begin()
        self._read_boxes()
        if style.role and len(self.writer.pieces) > before:
            text = " ".join(piece.text for piece in self.writer.pieces[before:])
            if style.role == "title" and self.title is None:
                self.title = text
            elif style.role == "author" and not self.author:
                self.author = text

    def _read_boxes(self) -> None:
        """Write the text boxes below the paragraph that they hang on."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self._blocks(box, 1)

    def _list_item(self, numbering: Element) -> tuple[BlockKind, int, str]:
        def value(name: str, default: str) -> str:
            found = numbering.find(_W + name)
            return (found.get(_W + "val") if found is not None else None) or default

        number, level = value("numId", "0"), value("ilvl", "0")
        depth = int(level) if level.isascii() and level.isdigit() and len(level) < 3 else 0
        if number == "0":
            return BlockKind.PARAGRAPH, 0, ""
        mark = ""
        if self.formats.get((number, level), "bullet") not in ("bullet", "none"):
            self.counts[number, depth] += 1
            for deeper in range(depth + 1, 10):
                self.counts.pop((number, deeper), None)
            mark = f"{self.counts[number, depth]}. "
        return BlockKind.LIST_ITEM, min(6, depth + 1), mark

    def _table(self, table: Element) -> None:
        """Write a row on a line; a table with one column holds text, as in letters and newsletters."""
        rows = [row for row in table.iter(_W + "tr") if next(row.iterancestors(_W + "tbl")) is table]
        for row in rows:
            cells = list(row.iterchildren(_W + "tc"))
            if len(cells) < 2:
                for cell in cells:
                    self._blocks(cell, 1)
                continue
            self.writer.begin(BlockKind.TABLE_ROW)
            for number, cell in enumerate(cells):
                if number:
                    self.writer.tab()
                for paragraph in cell.iter(_W + "p"):
                    self._inlines(paragraph, _Style(), BlockKind.TABLE_ROW)
                    self.writer.text(" ")
            self.writer.begin()
            self._read_boxes()

    # Inside a block

    def _inlines(self, paragraph: Element, style: _Style, kind: BlockKind) -> None:
        """Write the text of a paragraph with its links and emphasis, without what was struck out."""
        stack: list[tuple[Element, bool]] = [(child, False) for child in reversed(paragraph)]
        plain = kind is BlockKind.HEADING or style.role != ""
        while stack:
            element, ending = stack.pop()
            tag = element.tag
            if ending:
                self.writer.close()
            elif not isinstance(tag, str) or tag in _NOT_READ or tag == _W + "pPr" or tag == _W + "p":
                continue
            elif tag == _W + "t":
                self.writer.text(element.text or "")
            elif tag in (_W + "tab", _W + "ptab"):
                self.writer.text(" ")
            elif tag in (_W + "br", _W + "cr"):
                if element.get(_W + "type") not in ("page", "column"):
                    self.writer.line_break()
            elif tag == _W + "txbxContent":
                self.boxes.append(element)
            elif tag in (_W + "footnoteReference", _W + "endnoteReference"):
                self.notes.append(
                    (tag.removeprefix(_W).removesuffix("Reference"), element.get(_W + "id") or "")
                )
                self.writer.text(f"[{len(self.notes)}]")
            elif tag == _W + "noBreakHyphen":
                self.writer.text("-")
            elif tag == _W + "hyperlink":
                self.writer.open(InlineKind.LINK, self._target(element))
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
            elif tag == _W + "r":
                if not plain and _is_emphasis(element):
                    self.writer.open(InlineKind.EMPHASIS)
                    stack.append((element, True))
                stack.extend((child, False) for child in reversed(element) if child.tag != _W + "rPr")
            else:
                stack.extend((child, False) for child in reversed(element))

    def _target(self, link: Element) -> str:
        relation = self.links.get(link.get(_R_ID) or "")
        return safe_link(relation.target_ref) if relation is not None and relation.is_external else ""


def _style(name: str, outline: Element | None) -> _Style:
    lowered = name.casefold()
    if match := _HEADING.match(lowered):
        return _Style(BlockKind.HEADING, min(6, max(1, int(match[1]))))
    if lowered in ("title", "titel"):
        return _Style(BlockKind.HEADING, 1, role="title")
    if lowered in ("author", "auteur"):
        return _Style(role="author")
    if "quot" in lowered or lowered in ("citaat", "block text", "zitat"):
        return _Style(BlockKind.QUOTE, 1)
    if lowered.startswith(("list bullet", "list number")):
        return _Style(BlockKind.LIST_ITEM, 1)
    if outline is not None and (outline.get(_W + "val") or "9") in "012345":
        return _Style(BlockKind.HEADING, int(outline.get(_W + "val")) + 1)
    return _Style()


def _is_emphasis(run: Element) -> bool:
    properties = run.find(_W + "rPr")
    if properties is None:
        return False
    for name in ("b", "i", "u"):
        found = properties.find(_W + name)
        if found is not None and (found.get(_W + "val") or "1") not in _OFF:
            return not (name == "u" and properties.find(_W + "rStyle") is not None)  # a link's underline
    return False


DOCX = Importer("docx", (".docx", ".docm", ".dotx"), read_docx, foreign=True, many=True)
