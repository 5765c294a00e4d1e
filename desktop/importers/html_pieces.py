"""Elements of HTML, or of what trafilatura makes of it, -> the pieces of an article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.importers.base import Piece
from desktop.importers.writer import Writer, safe_link
from desktop.model import BlockKind, InlineKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_EMPHASIS = frozenset({"b", "strong", "i", "em", "hi", "u", "mark", "dfn", "cite"})
_BLOCKS = frozenset(
    "p div section article main header footer aside nav figure figcaption address dl dt dd fieldset form"
    " center details summary body html tbody thead tfoot caption ul ol list pre hr hgroup"
    " menu search ab".split()
)
_DROPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video picture img graphic map"
    " input select option textarea button head title link meta base frame frameset applet".split()
)
_LONGEST_CELL = 300  #: characters in a cell; a table with longer ones holds the page together, no data


def pieces_of(root: Element, base: str = "") -> list[Piece]:
    """Return headings, paragraphs, lists, quotes and table rows under an element.

    base: the address of the page, for links that are relative to it.
    """
    walk = _Walk(base)
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:  # no recursion: pages nest deep
        element, ending = stack.pop()
        if ending:
            walk.end(element)
        else:
            if not isinstance(element.tag, str) or _name(element) in _DROPPED:
                if element is not root:
                    walk.writer.text(element.tail or "")
                continue
            walk.start(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not root:
            walk.writer.text(element.tail or "")
    return walk.writer.finish()


def open_layout_tables(root: Element) -> None:
    """Make plain divisions, in place, of tables that only hold a page together."""
    for table in list(root.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if len(rows) < 2 or not all(_is_data(row) for row in rows if len(row) > 1):
            for element in [table, *rows, *(cell for row in rows for cell in row.iterchildren("td", "th"))]:
                element.tag = "div"


def _name(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2].lower()
    return "heading" if name == "head" and element.get("rend") else name  # trafilatura's word for it


@dataclass
class _Walk:
    base: str
    writer: Writer = field(default_factory=Writer)
    lists: list[list[int]] = field(default_factory=list)  #: next number of each open list; 0 = bullets
    figure: str = ""  #: of the list item that was begun last
    quotes: int = 0
    rows: int = 0  #: open rows of data
    in_heading: int = 0

    def start(self, element: Element) -> None:
        name = _name(element)
        if name in _HEADINGS or name == "heading":
            self._block(BlockKind.HEADING, _HEADINGS.get(name) or _rendered_level(element))
            self.in_heading += 1
        elif name in ("li", "item"):
            self._block(BlockKind.LIST_ITEM, min(6, max(1, len(self.lists))))
            if self.lists and self.lists[-1][0] and not self.rows:
                self.figure = f"{self.lists[-1][0]}. "
                self.writer.text(self.figure)
                self.lists[-1][0] += 1
        elif name in ("ul", "ol", "list", "menu"):
            ordered = name == "ol" or element.get("rend") == "ol"
            self.lists.append([_first_number(element) if ordered else 0])
            self._paragraph()
        elif name in ("blockquote", "quote"):
            self.quotes += 1
            self._paragraph()
        elif name in ("tr", "row") and not self.rows and _is_data(element):
            self.rows += 1
            self.writer.begin(BlockKind.TABLE_ROW)
        elif name in ("td", "th", "cell"):
            if self.rows and element.getprevious() is not None:
                self.writer.tab()
            elif not self.rows:
                self._paragraph()
        elif name in _BLOCKS or name in ("tr", "row", "table"):
            self._paragraph()
        elif name in ("br", "lb"):
            self.writer.line_break()
        elif name in _EMPHASIS and not self.in_heading:
            self.writer.open(InlineKind.EMPHASIS)
        elif name in ("a", "ref"):
            target = safe_link(element.get("href") or element.get("target") or "", self.base)
            self.writer.open(InlineKind.LINK, target)
        self.writer.text(element.text or "")

    def end(self, element: Element) -> None:
        name = _name(element)
        if name in _HEADINGS or name == "heading":
            self.in_heading = max(0, self.in_heading - 1)
            self._paragraph()
        elif name in ("ul", "ol", "list", "menu"):
            self.lists.pop()
            self._paragraph()
        elif name in ("blockquote", "quote"):
            self.quotes -= 1
            self._paragraph()
        elif name in ("tr", "row") and self.rows and _is_data(element):
            self.rows -= 1
            self._paragraph()
        elif name in _BLOCKS or name in ("td", "th", "cell", "tr", "row", "table", "li", "item"):
            self._paragraph()
        elif (name in _EMPHASIS and not self.in_heading) or name in ("a", "ref"):
            self.writer.close()

    def _paragraph(self) -> None:
        """Begin what plain text is here: a paragraph, or one of the quote or list item around it."""
        if self.in_heading:
            self.writer.text(" ")
        elif self.quotes:
            self._block(BlockKind.QUOTE, self.quotes)
        elif self.lists:
            if self.writer.writing and self.writer.written != self.figure:
                self._block(BlockKind.LIST_ITEM, min(6, len(self.lists)))
        else:
            self._block(BlockKind.PARAGRAPH, 0)

    def _block(self, kind: BlockKind, level: int) -> None:
        if self.rows:
            self.writer.text(" ")  # one line for a row, whatever its cells are made of
        else:
            self.writer.begin(kind, level)


def _rendered_level(element: Element) -> int:
    rend = element.get("rend") or ""
    return _HEADINGS.get(rend, 2)


def _first_number(element: Element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def _is_data(row: Element) -> bool:
    """Say whether a row stands in a table of data, not in one that lays out the page."""
    if _name(row) == "row":
        return True
    cells = [cell for cell in row if isinstance(cell.tag, str)]
    if len(cells) < 2:
        return False
    for cell in cells:
        length = 0
        for inner in cell.iter():
            length += len(inner.text or "") if isinstance(inner.tag, str) else 0
            length += len(inner.tail or "") if inner is not cell else 0
            if length > _LONGEST_CELL or (
                isinstance(inner.tag, str) and _name(inner) in ("table", "h1", "h2", "h3", "ul", "ol")
            ):
                return False
    return True
