"""What stands inside a line of Markdown: emphasis, links, code, entities -> plain text with inlines.

One pass over the line. Marks go into a list of parts as text of their own; when a mark turns out to
have a partner both are emptied, so what stays unpaired stays in the text as written.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import accumulate

from desktop.importers.decoding import normalise
from desktop.model import Inline, InlineKind

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[!-/:-@\[-`{-~])
  | (?P<code>`+)
  | <(?P<auto>https?://[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,200})>
  | (?P<tag></?[A-Za-z][^<>]{0,500}>)
  | !?\[\[(?P<wiki>[^\[\]\n]{1,300})\]\]
  | (?P<open>!?\[)
  | (?P<close>\])
  | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
  | (?P<bare>https?://[^\s<>"`\[\]\\]{1,2000})
  | (?P<mark>\*+|_+|~~|==)
  | (?P<plain>[^\\`<!\[\]&*_~=h]{1,10000} | .)  # "h": an address may begin there
    """,
    re.VERBOSE | re.DOTALL,
)
_TARGET = re.compile(
    r"""\([ \t]*(?:<([^<>\n]{0,2000})>|([^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,5}))
        (?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*\)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
_LONGEST_CODE = 5_000
_MOST_OPEN = 64  #: marks that may wait for a partner at one time


@dataclass
class _Mark:
    part: int  #: its place in the list of parts
    sign: str  #: "*", "_", "~", "=", "[" or "!["
    length: int = 1
    start: int = 0  #: bracket: where its text begins in the line


@dataclass
class _Line:
    source: str
    links: dict[str, str]
    parts: list[str] = field(default_factory=list)
    waiting: list[_Mark] = field(default_factory=list)
    spans: list[tuple[InlineKind, int, int, str]] = field(default_factory=list)  #: first part, end part

    def add(self, text: str) -> None:
        self.parts.append(text)

    def link(self, text: str, target: str) -> None:
        self.spans.append((InlineKind.LINK, len(self.parts), len(self.parts) + 1, target))
        self.add(text)

    def wait(self, mark: _Mark) -> None:
        self.waiting.append(mark)
        if len(self.waiting) > _MOST_OPEN:
            del self.waiting[0]


def plain(source: str, links: dict[str, str]) -> tuple[str, tuple[Inline, ...]]:
    """Return a line's plain text, trimmed, and its links and emphasis in order.

    links: addresses of reference links by their name in casefold.
    """
    line = _Line(source, links)
    position = 0
    while position < len(source):
        token = _TOKEN.match(source, position)
        assert token is not None  # the last alternative takes any character
        position = _take(line, token)
    return _trimmed(line)


def _take(line: _Line, token: re.Match[str]) -> int:
    """Add one token to the line; return where the next begins."""
    kind, text, end = token.lastgroup, token[0], token.end()
    match kind:
        case "escaped":
            line.add(token["escaped"])
        case "code":
            return _take_code(line, token)
        case "auto":
            address = token["auto"]
            line.link(address, address if "://" in address else f"mailto:{address}")
        case "tag":
            line.add(" " if text.lower().startswith("<br") else "")
        case "wiki":
            line.add("" if text.startswith("!") else token["wiki"].rpartition("|")[2].strip())
        case "open":
            line.wait(_Mark(len(line.parts), text, start=end))
            line.add(text)
        case "close":
            return _take_close(line, end)
        case "entity":
            line.add(normalise(html.unescape(text)).replace("\n", " "))
        case "bare":
            address = text.rstrip(".,;:!?'*_)") if "(" not in text else text.rstrip(".,;:!?'*_")
            line.link(address, address)
            return token.start() + len(address)
        case "mark":
            _take_mark(line, token)
        case _:
            line.add(text)
    return end


def _take_code(line: _Line, token: re.Match[str]) -> int:
    ticks, begin = token["code"], token.end()
    found = line.source.find(ticks, begin, begin + _LONGEST_CODE)
    if found < 0:
        line.add(ticks)
        return begin
    line.add(line.source[begin:found].strip() or ticks)
    return found + len(ticks)


def _take_close(line: _Line, end: int) -> int:
    """Pair a `]` with its `[` if an address follows; return where the next token begins."""
    number = next(
        (place for place in range(len(line.waiting) - 1, -1, -1) if line.waiting[place].sign in ("[", "![")),
        None,
    )
    if number is None:
        line.add("]")
        return end
    mark = line.waiting[number]
    found = _address(line, line.source[mark.start : end - 1], end)
    if found is None:
        del line.waiting[number]
        line.add("]")
        return end
    target, after = found
    del line.waiting[number:]
    line.parts[mark.part] = ""
    if mark.sign == "[":
        line.spans.append((InlineKind.LINK, mark.part, len(line.parts), target))
    return after


def _address(line: _Line, text: str, end: int) -> tuple[str, int] | None:
    if target := _TARGET.match(line.source, end):
        return (target[1] or target[2] or "").strip(), target.end()
    if reference := _REFERENCE.match(line.source, end):
        name = (reference[1] or text).casefold()
        return (line.links[name], reference.end()) if name in line.links else None
    name = text[:200].casefold()
    return (line.links[name], end) if name in line.links else None


def _take_mark(line: _Line, token: re.Match[str]) -> None:
    """Close what is open with the same sign as far as the run goes; what is left opens or stays."""
    run, source = token[0], line.source
    before = source[token.start() - 1] if token.start() else " "
    after = source[token.end()] if token.end() < len(source) else " "
    inside_word = before.isalnum() and after.isalnum()
    may_close = not before.isspace() and not (run[0] == "_" and inside_word)
    may_open = not after.isspace() and not (run[0] == "_" and inside_word)
    left = len(run)
    if left > 3:
        may_close = may_open = False
    while may_close and left:
        number = next(
            (n for n in range(len(line.waiting) - 1, -1, -1) if line.waiting[n].sign == run[0]), None
        )
        if number is None:
            break
        mark = line.waiting[number]
        length = min(mark.length, left)
        left -= length
        mark.length -= length
        line.parts[mark.part] = run[0] * mark.length
        if run[0] in "*_":
            line.spans.append((InlineKind.EMPHASIS, mark.part, len(line.parts), ""))
        del line.waiting[number + (1 if mark.length else 0) :]
    if left:
        if may_open:
            line.wait(_Mark(len(line.parts), run[0], left))
        line.add(run[0] * left)


def _trimmed(line: _Line) -> tuple[str, tuple[Inline, ...]]:
    offsets = [0, *accumulate(len(part) for part in line.parts)]
    whole = "".join(line.parts)
    text = whole.strip()
    skipped = len(whole) - len(whole.lstrip())
    inlines = set()
    for kind, first, end, target in line.spans:
        begin = min(max(0, offsets[first] - skipped), len(text))
        finish = min(max(0, offsets[end] - skipped), len(text))
        if begin < finish:
            inlines.add(Inline(kind, begin, finish, target))
    return text, tuple(sorted(inlines, key=lambda inline: (inline.start, -inline.end, inline.kind)))
