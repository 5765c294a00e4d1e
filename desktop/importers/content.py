"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from desktop.importers.decoding import BZIP2

HEAD = 4096  #: bytes that are looked at

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    *((magic, "archive") for magic in BZIP2),
    (b"\xfd7zXZ\x00", "archive"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  #: Word, Excel and Outlook before 2007
_WEB = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"^(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*\r?\n)")
_MAIL_FIELDS = re.compile(
    rb"^(from|to|subject|date|message-id|received|mime-version|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)


def kind_of(head: bytes, path: Path | None = None) -> str | None:
    """Return the name of the importer for a file that begins so; None = text, or not known.

    path: to look into packages, which all begin alike.
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[257:262] == b"ustar":
        return "archive"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(path) if path is not None else "archive"
    if _WEB.match(head):
        return "web_page"
    lowered = head.lower()
    if (
        b"content-type: multipart/related" in lowered
        and b"mime-version:" in lowered
        and b"text/html" in lowered
    ):
        return "web_page" if b"snapshot-content-location" in lowered or b"saved by" in lowered else "mail"
    if head.startswith(b"From ") and len(set(_fields(head))) >= 2:
        return "mail"
    if _MAIL.match(head) and len(set(_fields(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]))) >= 3:
        return "mail"
    return None


def _fields(head: bytes) -> list[bytes]:
    return [name.lower() for name in _MAIL_FIELDS.findall(head)]


def _package(path: Path) -> str:
    """Return what a zip file holds: a document of a known kind, else an archive of files."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist()[:2000])
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                kind = package.read("mimetype").strip()
                if kind == b"application/epub+zip":
                    return "epub"
                if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                    return "odt"
    except Exception:  # half a package: whoever reads it says so
        return _half_package(path)
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "table"
    if {"content.xml", "META-INF/manifest.xml"} <= names and path.suffix.casefold() in (".odt", ".ott"):
        return "odt"
    return "epub" if "META-INF/container.xml" in names else "archive"


def _half_package(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return "archive"
    for mark, name in (
        (b"word/", "docx"),
        (b"xl/", "table"),
        (b"epub+zip", "epub"),
        (b"opendocument.text", "odt"),
    ):
        if mark in head:
            return name
    return "archive"
