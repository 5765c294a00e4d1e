"""A reader's note, written in Markdown, as blocks of runs: what formats with styles of their own need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.exporters.base import printable, safe_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 200_000  # characters of a note that are read as Markdown; the rest is plain


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    target: str = ""  #: of a link


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """kind: "paragraph", "heading", "item", "quote" or "code"; level: nesting of lists, from 1.

    mark: what stands before an item ("•", "1.").
    """

    kind: str
    runs: tuple[Run, ...]
    level: int = 0
    mark: str = ""


@lru_cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # at first use

    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def note_blocks(note: str) -> list[NoteBlock]:
    """Return the blocks of a note; raw HTML in it is shown as it is written."""
    note = printable(note).strip()
    if not note:
        return []
    head, rest = note[:_LONGEST], note[_LONGEST:]
    blocks = list(_Blocks().read(_reader().parse(head)))
    return [*blocks, NoteBlock("paragraph", (Run(rest),))] if rest else blocks


def note_text(note: str) -> str:
    """Return a note as plain text, a line a block."""
    return "\n".join(
        (f"{block.mark} " if block.mark else "") + "".join(run.text for run in block.runs)
        for block in note_blocks(note)
    )


class _Blocks:
    """Follows the tokens of a note."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []  #: of each open list its next number; None = bullets
        self._quotes = 0
        self._heading = False
        self._mark = ""

    def read(self, tokens: list[Token]) -> Iterator[NoteBlock]:
        """Yield the blocks."""
        for token in tokens:
            self._follow(token)
            if token.type == "inline":
                yield self._block(tuple(_runs(token.children or [])))
            elif token.type in ("fence", "code_block"):
                yield NoteBlock("code", (Run(token.content.rstrip("\n"), code=True),), len(self._lists))
            elif token.type == "hr":
                yield NoteBlock("paragraph", (Run("—"),))

    def _follow(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._mark = "•" if number is None else f"{number}."
                self._lists[-1] = None if number is None else number + 1
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "heading_open":
                self._heading = True
            case "heading_close":
                self._heading = False

    def _block(self, runs: tuple[Run, ...]) -> NoteBlock:
        mark, self._mark = self._mark, ""
        if self._lists:
            return NoteBlock("item", runs, len(self._lists), mark)
        kind = "heading" if self._heading else "quote" if self._quotes else "paragraph"
        return NoteBlock(kind, runs)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    style = Run("")
    for token in tokens:
        match token.type:
            case "strong_open":
                style = replace(style, bold=True)
            case "strong_close":
                style = replace(style, bold=False)
            case "em_open":
                style = replace(style, italic=True)
            case "em_close":
                style = replace(style, italic=False)
            case "link_open":
                style = replace(style, target=safe_address(str(token.attrGet("href") or "")))
            case "link_close":
                style = replace(style, target="")
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield replace(style, text="\n")
            case "code_inline":
                yield replace(style, text=token.content, code=True)
            case "image":
                yield replace(style, text=token.content)
            case _:
                if token.content:
                    yield replace(style, text=token.content)
