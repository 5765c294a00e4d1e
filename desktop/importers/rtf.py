"""Rich Text Format: paragraphs, headings, lists, table rows, links and emphasis; bundles of Nexis split.

No library of a permissive licence keeps the structure, so the format's few rules are applied here: control
words, groups with a state of their own, characters as bytes of a code page or as numbers.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers import nexis, web_page
from desktop.importers.base import Articles, Details, Importer, Piece, path_text, read_bytes
from desktop.importers.content import OLD_OFFICE, kind_of
from desktop.importers.decoding import decode
from desktop.importers.limits import DETAIL_CHARACTERS, NESTING
from desktop.importers.plain_text import read_text
from desktop.importers.titles import article_of
from desktop.importers.writer import Writer, one_line, safe_link
from desktop.model import BlockKind, InlineKind

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word with its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z'])"  # a control symbol
    rb"|([{}])"
    rb"|[\r\n]+"
    rb"|([^\\{}\r\n]+)"
)
_IGNORED = frozenset(
    b"fonttbl colortbl pict object objdata header headerl headerr headerf footer footerl footerr footerf"
    b" shprslt annotation listtable listoverridetable rsidtbl generator themedata colorschememapping"
    b" datastore latentstyles xmlnstbl nonshppict shppict fldinst sp sn sv bkmkstart bkmkend revtbl"
    b" filetbl mmathPr pgptbl wgrffmtfilter private operator company manager category keywords comment"
    b" doccomm hlinkbase creatim revtim printim buptim userprops docvar atnid atnauthor atrfstart atrfend"
    b" tc xe rxe txe".split()
)
_CHARSETS = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"tab": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_NESTED = 3  #: notes and text boxes in each other
_LINK = re.compile(rb"HYPERLINK\s+(?:\\[a-z]\s+)?\"?([^\"\s]{1,2000})", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre) (\d)", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪●○◦\uf0b7o*–-]\s*$")
_TYPED_BULLET = re.compile(r"[•·▪●○◦]\s+(?=\S)")
_FIGURE = re.compile(r"\s*(\w{1,4})[.)]\s*$")


def read_rtf(path: Path) -> Articles:
    """Return the article of a document, or the articles of a bundle; a .doc may be a page or text, too."""
    name = path_text(path)
    data = read_bytes(path)
    if not data.lstrip().startswith(b"{\\rtf"):
        if data.startswith(OLD_OFFICE):
            raise Problem(ProblemKind.UNKNOWN_FORMAT, name, "Word 97-2003")
        if kind_of(data[:4096]) == "web_page":
            return Articles(web_page.read_web_page(path))
        return Articles([read_text(decode(data, name), path=path)])
    reader = _Reader(name)
    pieces = reader.read(data.lstrip())
    if nexis.is_bundle(pieces):
        return nexis.articles(pieces, path)
    if not pieces:
        raise Problem(ProblemKind.EMPTY, name)
    said = one_line(reader.info.get("title", ""))[:DETAIL_CHARACTERS]
    author = one_line(reader.info.get("author", ""))[:DETAIL_CHARACTERS]
    first = {piece.text.casefold() for piece in pieces[:5]}
    title = reader.title or (said if said.casefold() in first else None)
    return Articles([article_of(pieces, path=path, title=title, details=Details(author=author or None))])


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group."""

    into: str = "text"  #: "text", "" (nothing), "info:title", "styles", "mark", "link"
    codepage: str = "cp1252"
    after_unicode: int = 1  #: bytes that stand for a character where Unicode is not known
    emphasis: bool = False
    hidden: bool = False
    style: int = -1


@dataclass(frozen=True, slots=True)
class _Outside:
    """What a note or text box breaks off, and goes on when its group ends."""

    depth: int  #: groups that are open around it
    writer: Writer
    begun: bool
    in_row: bool
    mark: str
    is_note: bool


@dataclass
class _Reader:
    path: str
    writer: Writer = field(default_factory=Writer)
    info: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    styles: dict[int, str] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    _state: _State = field(default_factory=_State)
    _above: list[tuple[_State, int]] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _skip: int = 0  #: characters that still stand for one already written
    _high: int = 0  #: first half of a surrogate pair
    _in_row: bool = False
    _cell: bool = False  #: a cell of the row was ended
    _outline: int = -1
    _mark: str = ""  #: bullet or figure of the list item to come
    _link: str = ""
    _open: int = 0  #: links that are open
    _style_name: str = ""
    _font: int = 0
    _begun: bool = False
    _starred: bool = False
    _outside: list[_Outside] = field(default_factory=list)
    _notes: list[list[Piece]] = field(default_factory=list)  #: written below the text
    _boxes: list[Piece] = field(default_factory=list)  #: written below the paragraph that they hang on

    def read(self, data: bytes) -> list[Piece]:
        place = 0
        while place < len(data):
            match = _TOKEN.match(data, place)
            if match is None:
                place += 1  # a backslash at the very end
                continue
            place = match.end()
            word, number, byte, symbol, brace, text = match.groups()
            if byte:
                self._byte(int(byte, 16))
            elif text:
                self._plain(text)
            elif brace:
                self._flush()
                self._group(brace)
            elif word:
                if word == b"bin":
                    place += max(0, int(number or 0))
                    continue
                if word != b"u" or self._high == 0:
                    self._flush()
                self._word(word, int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
        self._flush()
        while self._outside:
            self._come_back()
        self._end_paragraph()
        pieces = [*self.writer.finish(), *self._boxes, *(piece for note in self._notes for piece in note)]
        return [_listed(piece) for piece in pieces]

    # Text

    def _plain(self, text: bytes) -> None:
        if self._skip:
            cut = min(self._skip, len(text))
            self._skip -= cut
            text = text[cut:]
        self._bytes += text

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._say(data.decode(self._state.codepage, "replace"))

    def _say(self, text: str) -> None:
        into = self._state.into
        if into == "text":
            if not self._state.hidden:
                self._begin()
                self.writer.text(text)
        elif into == "mark":
            self._mark += text
        elif into == "styles":
            self._style_name += text
        elif into == "link":
            self._link += text
        elif into.startswith("info:"):
            self.info[into[5:]] = (self.info.get(into[5:], "") + text)[: 4 * DETAIL_CHARACTERS]

    # Groups

    def _group(self, brace: bytes) -> None:
        self._starred = False
        if brace == b"{":
            if len(self._above) > NESTING:
                raise Problem(ProblemKind.DAMAGED, self.path, f"> {NESTING} groups deep")
            self._above.append((self._state, self._open))
            return
        if not self._above:
            return
        ended = self._state
        if ended.into == "styles" and self._style_name:
            self.styles[ended.style] = self._style_name.strip(" ;")
            self._style_name = ""
        closed = ended.into == "link" and self._above[-1][0].into != "link"
        if closed and (found := _LINK.search(self._link.encode("utf-8", "replace"))):
            target = safe_link(found[1].decode("utf-8", "replace"))
            self._link = ""
            self._begin()
            self.writer.open(InlineKind.LINK, target)
            before, count = self._above[-1]
            self._above[-1] = before, count
            self._open += 1
            if len(self._above) >= 2:  # the link ends with the field around it
                self._above[-1] = before, self._open
        self._state, open_before = self._above.pop()
        if ended.emphasis and not self._state.emphasis and ended.into == "text":
            self.writer.close()
        while self._open > open_before:
            self.writer.close()
            self._open -= 1
        if self._outside and len(self._above) < self._outside[-1].depth:
            self._come_back()

    def _break_off(self, *, is_note: bool) -> None:
        """Read a note or text box apart, so that it does not break into the sentence."""
        mark = ""
        if is_note:
            self._notes.append([])
            mark = f"[{len(self._notes)}]"
            self._say(mark)
        self._outside.append(
            _Outside(len(self._above), self.writer, self._begun, self._in_row, self._mark, is_note)
        )
        self.writer, self._begun, self._in_row, self._mark = Writer(), False, False, ""
        self._state = replace(self._state, into="text", emphasis=False, style=-1)
        if is_note:
            self._notes[-1] = self.writer.pieces  # its place is that of its number
            self._say(mark + " ")

    def _come_back(self) -> None:
        outside = self._outside.pop()
        pieces = self.writer.finish()
        if not outside.is_note:
            self._boxes += pieces
        self.writer, self._begun = outside.writer, outside.begun
        self._in_row, self._mark = outside.in_row, outside.mark

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            self._flush()
            self._end_paragraph()
        elif symbol == b"~" or symbol in _SYMBOLS:
            if self._skip:
                self._skip -= 1
                return
            self._flush()
            self._say(_SYMBOLS[symbol])

    # Control words

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        state = self._state
        if word == b"u":
            self._unicode(number or 0)
        elif word in (b"footnote", b"shptxt"):
            if len(self._outside) < _NESTED and (state.into == "text" or word == b"shptxt"):
                self._break_off(is_note=word == b"footnote")
            else:
                self._state = replace(state, into="")
        elif word == b"fldinst":
            self._state = replace(state, into="link")
            self._link = ""
        elif word in (b"listtext", b"pntext"):
            self._state = replace(state, into="mark")
            self._mark = ""
        elif word == b"stylesheet":
            self._state = replace(state, into="styles")
            self._style_name = ""
        elif word == b"fonttbl":
            self._state = replace(state, into="fonts")
        elif word == b"info":
            self._state = replace(state, into="")
        elif word in (b"title", b"author") and state.into == "":
            known = word.decode() in self.info
            self._state = replace(state, into="" if known else "info:" + word.decode())
        elif word in _IGNORED or (starred and word != b"cs"):
            self._state = replace(state, into="" if state.into == "text" else state.into)
            if word in _IGNORED:
                self._state = replace(state, into="")
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word in (b"par", b"sect"):
            self._end_paragraph()
        elif word in (b"line", b"page") and state.into == "text":
            self.writer.line_break()
        elif word == b"pard":
            self._in_row, self._outline = False, -1
            self._state = replace(state, style=-1)
        elif word == b"intbl":
            self._in_row = True
        elif word == b"cell":
            self._end_cell()
        elif word == b"row":
            self._end_row()
        elif word == b"s":
            self._state = replace(state, style=number or 0)
        elif word == b"outlinelevel":
            self._outline = number or 0
        elif word in (b"b", b"i"):
            self._emphasise(number != 0)
        elif word == b"plain":
            self._emphasise(False)
        elif word == b"v":
            self._state = replace(state, hidden=number != 0)
        elif word == b"uc":
            self._state = replace(state, after_unicode=max(0, min(8, number or 0)))
        elif word == b"ansicpg" and number:
            self._state = replace(state, codepage=_known(f"cp{number}") or state.codepage)
        elif word == b"mac":
            self._state = replace(state, codepage="mac_roman")
        elif word == b"f":
            self._font = number or 0
            if state.into != "fonts" and self._font in self.fonts:
                self._state = replace(state, codepage=self.fonts[self._font])
        elif word == b"fcharset" and state.into == "fonts" and number:
            if number in _CHARSETS and number not in (2, 255):
                self.fonts[self._font] = _CHARSETS[number]
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        self._skip = self._state.after_unicode
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if self._high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = 0
        if code and not 0xD800 <= code < 0xE000:
            self._say(chr(code))

    def _emphasise(self, on: bool) -> None:
        if self._state.into != "text" or on == self._state.emphasis:
            return
        self._begin()
        if on:
            self.writer.open(InlineKind.EMPHASIS)
        else:
            self.writer.close()
        self._state = replace(self._state, emphasis=on)

    # Blocks

    def _begin(self) -> None:
        """Begin the block of the text to come, if that was not done."""
        if self._begun or self._state.into not in ("text", "link"):
            return
        self._begun = True
        name = self.styles.get(self._state.style, "")
        if self._in_row:
            self.writer.begin(BlockKind.TABLE_ROW)
        elif self._outline in range(6):
            self.writer.begin(BlockKind.HEADING, self._outline + 1)
        elif heading := _HEADING.match(name):
            self.writer.begin(BlockKind.HEADING, min(6, max(1, int(heading[1]))))
        elif self._mark:
            self.writer.begin(BlockKind.LIST_ITEM, 1)
            if not _BULLET.match(self._mark.strip()) and (figure := _FIGURE.match(self._mark)):
                self.writer.text(f"{figure[1]}. ")
        elif name.casefold() in ("title", "titel"):
            self.writer.begin(BlockKind.HEADING, 1)
        elif "quot" in name.casefold() or "citaat" in name.casefold():
            self.writer.begin(BlockKind.QUOTE, 1)
        else:
            self.writer.begin()

    def _end_paragraph(self) -> None:
        if self._state.into not in ("text", "link"):
            return
        if self._in_row:
            self.writer.text(" ")
            return
        name = self.styles.get(self._state.style, "").casefold()
        before = len(self.writer.pieces)
        self.writer.begin()
        if name in ("title", "titel") and self.title is None and len(self.writer.pieces) > before:
            self.title = self.writer.pieces[-1].text
        self._begun, self._mark, self._cell = False, "", False
        if self._boxes and not self._outside:
            self.writer.pieces.extend(self._boxes)
            self._boxes = []

    def _end_cell(self) -> None:
        self._in_row = True
        self._begin()
        self.writer.turn_into(BlockKind.TABLE_ROW)
        self.writer.tab()

    def _end_row(self) -> None:
        self._in_row = False
        self._end_paragraph()


def _listed(piece: Piece) -> Piece:
    """Make a list item of a line whose bullet was typed."""
    bullet = _TYPED_BULLET.match(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
    if bullet is None:
        return piece
    cut = bullet.end()
    inlines = tuple(
        replace(inline, start=inline.start - cut, end=inline.end - cut)
        for inline in piece.inlines
        if inline.start >= cut
    )
    return replace(piece, text=piece.text[cut:], kind=BlockKind.LIST_ITEM, level=1, inlines=inlines)


def _known(codepage: str) -> str | None:
    try:
        codec = codecs.lookup({"cp10000": "mac_roman", "cp65001": "utf-8"}.get(codepage, codepage))
    except (LookupError, ValueError):
        return None
    return codec.name


RTF = Importer("rtf", (".rtf", ".doc"), read_rtf, foreign=True, many=True)
