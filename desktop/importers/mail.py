"""E-mail (EML, MBOX): each message an article, newsletters with their layout undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import Articles, Details, Importer, Piece, lay_out, path_text, read_problem
from desktop.importers.dates import day_in
from desktop.importers.decoding import decode
from desktop.importers.html_pieces import pieces_of
from desktop.importers.html_tree import html_text, parse_html, sanitised
from desktop.importers.limits import (
    ARTICLES,
    BUNDLE_MEGABYTES,
    DETAIL_CHARACTERS,
    FILE_MEGABYTES,
    MEGABYTE,
    NESTING,
)
from desktop.importers.page_noise import is_teaser_line, remove_hidden
from desktop.importers.plain_text import pieces_of_text
from desktop.importers.writer import one_line
from desktop.model import ImportedArticle, InlineKind

if TYPE_CHECKING:
    from email.message import EmailMessage

_LONGEST_FIELD = 5_000  #: characters
_MOST_PARTS = 500  #: of one message
_BEGIN = re.compile(rb"From [^\r\n]{0,300}\d{4}[^\r\n]{0,30}\r?\n$")
_QUOTED_BEGIN = re.compile(rb"^>(>*From )", re.MULTILINE)
_FORWARDED = re.compile(r"^(?:(?:fwd?|re|tr|wg|doorst|aw|antw)\s*:\s*)+", re.IGNORECASE)
#: lines of newsletters that are not their text
_SERVICE = re.compile(
    r"(?:bekijk|lees|open|view|read|voir|afficher|im browser|see)\b.{0,60}"
    r"\b(?:browser|online|web ?versie|webversion|navigateur|ligne|ansehen)"
    r"|.{0,80}\b(?:uitschrijven|afmelden|unsubscribe|se désabonner|désinscrire|abmelden|abbestellen)\b"
    r"|(?:lukt het niet|wordt deze|trouble viewing|probl[eè]me d'affichage)",
    re.IGNORECASE,
)
_LONGEST_SERVICE = 160


def read_mail(path: Path) -> Articles:
    """Return the messages of a file; one that cannot be read is a Problem of its own."""
    name = path_text(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(5)
    except OSError as error:
        raise read_problem(path, error) from error
    is_box = head == b"From "
    most = BUNDLE_MEGABYTES if is_box else FILE_MEGABYTES
    if size > most * MEGABYTE:
        raise Problem(ProblemKind.TOO_LARGE, name, f"{most} MB")
    found, problems = [], []
    members: dict[str, int] = {}
    for number, data in enumerate(_messages(path) if is_box else [path.read_bytes()], start=1):
        if number > ARTICLES:
            raise Problem(ProblemKind.TOO_LARGE, name, f"{ARTICLES}")
        try:
            message = _parsed(data, name)
            member = _member(message, members) if is_box else None
            found.append(_article(message, path, name, member))
        except Problem as problem:
            problems.append(Problem(problem.kind, f"{name}#{number}" if is_box else name, problem.detail))
    if not found:
        first = problems[0] if problems else Problem(ProblemKind.EMPTY)
        raise Problem(first.kind, name, first.detail)
    return Articles(found, problems)


def _messages(path: Path) -> Iterator[bytes]:
    """Yield the messages of a mailbox: each begins with a line "From … 2025" after an empty line."""
    lines: list[bytes] = []
    length, empty = 0, True
    with path.open("rb") as file:
        while line := file.readline(MEGABYTE):
            if empty and _BEGIN.match(line):
                if lines:
                    yield _QUOTED_BEGIN.sub(rb"\1", b"".join(lines))
                lines, length = [], 0
            elif length < FILE_MEGABYTES * MEGABYTE:
                lines.append(line)
                length += len(line)
            empty = not line.strip()
    if lines:
        yield _QUOTED_BEGIN.sub(rb"\1", b"".join(lines))


def _parsed(data: bytes, name: str) -> EmailMessage:
    from email import message_from_bytes, policy

    if data[:4096].count(b"\0") > 3:
        raise Problem(ProblemKind.BINARY, name)
    # A multipart in a multipart in … is parsed by functions in functions.
    if len(set(re.findall(rb"boundary\s*=\s*\"?([^\s\";]{1,100})", data))) > _MOST_PARTS:
        raise Problem(ProblemKind.DAMAGED, name, f"> {_MOST_PARTS} parts")

    class Bounded(policy.EmailPolicy):
        """Cuts fields that are far too long: the time for parsing one grows with its square."""

        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            name, value = super().header_source_parse(sourcelines)
            return name, value[:_LONGEST_FIELD]

    try:
        return message_from_bytes(data, policy=Bounded())  # type: ignore[arg-type]
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Problem(ProblemKind.DAMAGED, name, str(error)[:120]) from error


def _field(message: EmailMessage, name: str) -> str:
    """Return a header's text, "" if it is missing or makes no sense."""
    try:
        value = message.get(name)
        return one_line(str(value)) if value is not None else ""
    except Exception:  # the parser of headers stumbles over many kinds of nonsense
        raw = next((text for key, text in message.raw_items() if key.lower() == name.lower()), "")
        return one_line(str(raw)).encode("ascii", "replace").decode()


def _member(message: EmailMessage, members: dict[str, int]) -> str:
    key = _field(message, "Message-ID").strip("<> ")
    key = key or " ".join(_field(message, name) for name in ("Date", "From", "Subject"))
    key = key[:200]
    members[key] = members.get(key, 0) + 1
    return key if members[key] == 1 else f"{key} ~{members[key]}"


def _article(message: EmailMessage, path: Path, name: str, member: str | None) -> ImportedArticle:
    subject = _FORWARDED.sub("", _field(message, "Subject"))[:DETAIL_CHARACTERS]
    pieces = [piece for piece in _body(message, name) if not _is_service(piece)]
    if not subject and not pieces:
        raise Problem(ProblemKind.EMPTY, name)
    source, author = _sender(message)
    details = Details(published=_day(message), source=source, author=author, url=_address(message))
    title = subject or pieces[0].text[:80]
    if pieces and pieces[0].text.casefold() == title.casefold():
        del pieces[0]
    return lay_out(Piece(title), pieces, path=path, details=details, member=member)


def _day(message: EmailMessage) -> str | None:
    """Return the day of the header, as the sender's clock had it."""
    said = _field(message, "Date")
    found = re.search(r"(\d{1,2} [A-Za-z]{3,9} \d{4})", said)
    return day_in(found[1] if found else said)


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    """Return source and author: a newsletter's name, or the person who wrote."""
    from email.utils import parseaddr

    name, address = parseaddr(_field(message, "From"))
    name = one_line(name).strip("\"' ")
    list_name = re.sub(r"<[^>]*>", "", _field(message, "List-Id")).strip("\"' ")
    if list_name or message.get("List-Unsubscribe") is not None:
        return (name or list_name or address)[:DETAIL_CHARACTERS] or None, None
    host = address.rpartition("@")[2]
    return host or None, (name or address)[:DETAIL_CHARACTERS] or None


def _address(message: EmailMessage) -> str | None:
    """Return where the letter stands on the web, if it says so in a header."""
    said = _field(message, "Archived-At").strip("<>")
    return said if said.startswith(("http://", "https://")) else None


def _body(message: EmailMessage, name: str) -> list[Piece]:
    """Return the text: the page of a letter where it has one that says as much as its plain text."""
    page, plain = "", ""
    attached = False
    parts: list[Any] = [message]
    depth = {id(message): 0}
    seen = 0
    while parts:
        part = parts.pop(0)
        seen += 1
        if seen > _MOST_PARTS or depth[id(part)] > NESTING:
            break
        kind = part.get_content_type()
        try:
            attached = part.get_content_disposition() == "attachment"
        except Exception:
            attached = False
        if part.is_multipart():
            inner = [one for one in part.get_payload() if not isinstance(one, str)]
            depth.update((id(one), depth[id(part)] + 1) for one in inner)
            parts[:0] = inner
        elif attached:
            continue
        elif kind == "text/html" and not page:
            page = _text(part, name, html=True)
        elif kind == "text/plain" and not plain:
            plain = _text(part, name, html=False)
    of_page = _of_page(page, name) if page.strip() else []
    of_plain = pieces_of_text(plain) if plain.strip() else []
    enough = sum(len(piece.text) for piece in of_page) >= 0.5 * sum(len(piece.text) for piece in of_plain)
    return of_page if of_page and enough else of_plain


def _text(part: EmailMessage, name: str, *, html: bool) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except Exception:  # a header or an encoding that makes no sense
        data, charset = part.as_bytes().partition(b"\n\n")[2], None
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        if html:
            return html_text(data, name, charset)
        if charset and charset not in ("utf-8", "us-ascii", "iso-8859-1"):
            return data.decode(charset)
    except (LookupError, ValueError):
        pass
    return decode(data, name)


def _of_page(page: str, name: str) -> list[Piece]:
    root = parse_html(page, name)
    remove_hidden(root)  # the words that mail programs show beside the subject
    from lxml import etree

    return pieces_of(
        parse_html(sanitised(etree.tostring(root, encoding="unicode", method="html"), name), name)
    )


def _is_service(piece: Piece) -> bool:
    text = piece.text
    if len(text) > _LONGEST_SERVICE:
        return False
    linked = any(inline.kind is InlineKind.LINK for inline in piece.inlines)
    return (linked and bool(_SERVICE.match(text))) or (is_teaser_line(text) and linked)


MAIL = Importer("mail", (".eml", ".mbox", ".mbx"), read_mail, foreign=True, many=True)
