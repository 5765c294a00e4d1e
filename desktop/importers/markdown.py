"""Markdown -> plain text with blocks and inlines.

Covers what notes and saved articles use (CommonMark's headings, lists, quotes, emphasis, links,
code, tables, Obsidian's wikilinks); what it does not know stays in the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from desktop.importers import front_matter
from desktop.importers.base import Details, Piece
from desktop.importers.markdown_inline import plain
from desktop.model import BlockKind

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"([ \t]*)(?:([-*+])|(\d{1,9})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].*)?$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


def parse(lines: list[str]) -> tuple[Details, Piece | None, list[Piece]]:
    """Return the front matter, the title (its own, or the first heading) and the pieces of the body."""
    details, title, lines = front_matter.split(lines)
    if any("<!--" in line for line in lines):
        lines = _COMMENT.sub("", "\n".join(lines)).split("\n")
    links, lines = _definitions(lines)
    reader = _Reader(links)
    for line in lines:
        reader.take(line)
    reader.finish()
    pieces = reader.pieces
    if title is not None:
        heading = pieces[0] if pieces and pieces[0].kind is BlockKind.HEADING else None
        if heading and heading.text.casefold() == title.casefold():
            pieces = pieces[1:]  # the title stands in both places
        return details, Piece(title), pieces
    if pieces and pieces[0].kind is BlockKind.HEADING and pieces[0].level == 1:
        return details, replace(pieces[0], close=False), pieces[1:]
    return details, None, pieces


def _definitions(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take out the lines `[name]: address` that reference links point to."""
    links: dict[str, str] = {}
    rest = []
    for line in lines:
        match = _DEFINITION.match(line)
        if match and not match[1].startswith("^"):
            links.setdefault(match[1].casefold(), match[2])
        else:
            rest.append(line)
    return links, rest


@dataclass
class _Reader:
    """Takes the lines one by one and collects what belongs together in `open_lines`."""

    links: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    open_lines: list[str] = field(default_factory=list)
    open_kind: BlockKind = BlockKind.PARAGRAPH
    open_level: int = 0
    fence: str = ""
    above: BlockKind | None = None  #: kind of the block in the line above; None after an empty line

    def take(self, line: str) -> None:
        if self.fence:
            self._take_code(line)
        elif not line.strip():
            self.finish()
            self.above = None
        elif fence := _FENCE.match(line):
            self.finish()
            self.fence, self.above = fence[1], None
        elif self._in_paragraph() and (under := _UNDERLINE.match(line)):
            self.open_kind, self.open_level = BlockKind.HEADING, 1 if under[1][0] == "=" else 2
            self.finish()
        elif heading := _HEADING.match(line):
            self.finish()
            self._add(heading[2] or "", BlockKind.HEADING, len(heading[1]))
        elif _RULE.match(line):
            self.finish()
        else:
            self._take_text(line)

    def finish(self) -> None:
        """End the block that is open: one piece, and one more after each hard line break."""
        runs: list[list[str]] = [[]]
        for line in self.open_lines:
            stripped, breaks = _HARD_BREAK.subn("", line.lstrip())
            runs[-1].append(stripped.strip())
            if breaks:
                runs.append([])
        self.open_lines = []
        for number, run in enumerate(runs):
            self._add(" ".join(run), self.open_kind, self.open_level, close=number > 0)

    def _in_paragraph(self) -> bool:
        return bool(self.open_lines) and self.open_kind is BlockKind.PARAGRAPH

    def _open(self, kind: BlockKind, level: int, line: str) -> None:
        self.finish()
        self.open_kind, self.open_level, self.open_lines = kind, level, [line]

    def _take_code(self, line: str) -> None:
        text = line.strip()
        if text.startswith(self.fence) and not text.strip(self.fence[0]):
            self.fence, self.above = "", None
        elif text:
            self.pieces.append(Piece(text, close=self.above is BlockKind.PARAGRAPH))
            self.above = BlockKind.PARAGRAPH

    def _take_text(self, line: str) -> None:
        if quote := _QUOTE.match(line):
            self._take_quote(line[quote.end() :])
        elif (item := _ITEM.match(line)) and not (self._in_paragraph() and item[3] not in (None, "1")):
            number = f"{item[3]}. " if item[3] else ""  # the figure is what a text refers to
            level = min(6, 1 + len(item[1].expandtabs(4)) // 2)
            self._open(BlockKind.LIST_ITEM, level, number + line[item.end() :])
        elif "|" in line and (self.above is BlockKind.TABLE_ROW or line.lstrip().startswith("|")):
            self._take_row(line)
        elif self.open_lines:
            self.open_lines.append(line)
        elif line[:1] in " \t" and self.open_kind is BlockKind.LIST_ITEM:
            self.open_lines = [line]  # a further paragraph of the same item
        else:
            self._open(BlockKind.PARAGRAPH, 0, line)

    def _take_quote(self, line: str) -> None:
        level = 1
        while nested := _QUOTE.match(line):
            line, level = line[nested.end() :], level + 1
        line = re.sub(r"^(?:\[!\w+\][+-]?[ \t]*| {0,3}#{1,6}[ \t]+)", "", line)  # a callout, a heading
        if not line.strip():
            self.finish()
        elif self.open_lines and self.open_kind is BlockKind.QUOTE and self.open_level == level:
            self.open_lines.append(line)
        else:
            self._open(BlockKind.QUOTE, level, line)

    def _take_row(self, line: str) -> None:
        self.finish()
        if not _TABLE_RULE.match(line):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            self._add("\t".join(cell.strip() for cell in cells), BlockKind.TABLE_ROW, 0)

    def _add(self, marked: str, kind: BlockKind, level: int, *, close: bool = False) -> None:
        text, inlines = plain(marked.strip(), self.links)
        if text:
            in_row = self.above is kind and kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
            self.pieces.append(Piece(text, kind, level, inlines, close or in_row))
            self.above = kind
