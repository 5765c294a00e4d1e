"""Books and newspapers in EPUB: each chapter or newspaper article becomes an article."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from desktop.errors import Problem, ProblemKind
from desktop.importers import package
from desktop.importers.base import Articles, Details, Importer, Piece, lay_out, path_text
from desktop.importers.bylines import without_bylines
from desktop.importers.dates import day_in
from desktop.importers.html_pieces import pieces_of
from desktop.importers.html_tree import html_text, parse_html, sanitised
from desktop.importers.limits import DETAIL_CHARACTERS
from desktop.importers.writer import one_line
from desktop.model import BlockKind, ImportedArticle, InlineKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXTS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_SHORTEST = 120  #: characters; what has fewer is a cover, a title page or a list
_NOT_CHAPTERS = re.compile(
    r"(?:cover|omslag|titelpagina|title ?page|titre|colofon|copyright|impressum|inhoud(?:sopgave)?|contents"
    r"|table of contents|inhalt(?:sverzeichnis)?|table des matières|toc|nav)$",
    re.IGNORECASE,
)
_OLDEST = "1450"  #: programs write the year 101 for a date that is not known
_DAY_IN_TITLE = re.compile(r"\s*[\[(][^\])]*\d[^\])]*[\])]\s*$")
_DOWNLOADED = re.compile(
    r"(?:this article was downloaded by|dit artikel is (?:gedownload|opgehaald) door) ", re.IGNORECASE
)
_FONTS = re.compile(r"\.(?:otf|ttf|woff2?)$", re.IGNORECASE)


def read_epub(path: Path) -> Articles:
    """Return the chapters of a book, or the articles of a newspaper; a broken chapter costs itself only."""
    name = path_text(path)
    with package.opened(path) as book:
        reader = _Book(book, name)
        chapters, problems = reader.chapters()
    found = [chapter.imported(reader, path, several=len(chapters) > 1) for chapter in chapters]
    if not found:
        raise problems[0] if problems else Problem(ProblemKind.EMPTY, name)
    return Articles(found, problems)


@dataclass
class _Chapter:
    href: str
    title: str | None
    section: str | None
    pieces: list[Piece]

    def imported(self, book: _Book, path: Path, *, several: bool) -> ImportedArticle:
        pieces = list(self.pieces)
        url = _taken_from(pieces) if book.is_newspaper else None
        if url is not None:
            pieces.pop()
        title = self.title or book.title
        if not several and book.title and not book.is_newspaper:
            title = book.title
        if title is None:
            title, pieces = pieces[0].text[:DETAIL_CHARACTERS], pieces[1:]
        details = Details(
            published=book.published,
            source=book.title if several or book.is_newspaper else None,
            author=None if book.is_newspaper else book.author,
            url=url,
            section=self.section,
        )
        if pieces and pieces[0].close:
            pieces[0] = replace(pieces[0], close=False)
        pieces = without_bylines(pieces, title, details)
        return lay_out(
            Piece(title), pieces, path=path, details=details, member=self.href if several else None
        )


@dataclass
class _Book:
    package: ZipFile
    path: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    is_newspaper: bool = False
    _folder: str = ""
    _labels: dict[str, tuple[str, str | None]] = field(default_factory=dict)  #: href -> title, section
    _sections: set[str] = field(default_factory=set)  #: files that list the articles of a section

    def chapters(self) -> tuple[list[_Chapter], list[Problem]]:
        self._refuse_locked()
        opf_name = self._opf_name()
        opf = package.parse_xml(package.member(self.package, opf_name, self.path), self.path)
        self._folder = posixpath.dirname(opf_name)
        self._read_details(opf)
        hrefs = self._spine(opf)
        self._read_labels(opf)
        chapters: list[_Chapter] = []
        problems: list[Problem] = []
        for href in hrefs:
            try:
                self._take(href, chapters)
            except Problem as problem:
                problems.append(Problem(problem.kind, f"{self.path}#{href}", problem.detail))
        kept = [chapter for chapter in chapters if _is_chapter(chapter)]
        return kept or [chapter for chapter in chapters if chapter.pieces][:1], problems

    def _refuse_locked(self) -> None:
        try:
            said = self.package.read("META-INF/encryption.xml")
        except KeyError:
            return
        root = package.parse_xml(said, self.path)
        locked = [element.get("URI") or "" for element in root.iter() if _local(element) == "CipherReference"]
        if any(not _FONTS.search(name) for name in locked):  # fonts may be scrambled in any book
            raise Problem(ProblemKind.ENCRYPTED, self.path)

    def _opf_name(self) -> str:
        try:
            root = package.parse_xml(
                package.member(self.package, "META-INF/container.xml", self.path), self.path
            )
            names = [
                element.get("full-path") or "" for element in root.iter() if _local(element) == "rootfile"
            ]
        except Problem:
            names = [name for name in self.package.namelist() if name.lower().endswith(".opf")]
        if not names or not names[0]:
            raise Problem(ProblemKind.DAMAGED, self.path, "no OPF")
        return names[0]

    def _read_details(self, opf: Element) -> None:
        authors = []
        for element in opf.iter():
            text = one_line(element.text or "")[:DETAIL_CHARACTERS] if isinstance(element.tag, str) else ""
            match _local(element):
                case "title" if text and self.title is None:
                    self.title = text
                case "creator" if text and text.casefold() not in ("calibre", "unknown", "onbekend"):
                    authors.append(text)
                case "date" if text and self.published is None:
                    day = day_in(text) or (text if re.fullmatch(r"\d{4}(-\d\d)?", text) else None)
                    self.published = day if day and day >= _OLDEST else None
                case "meta" if "publication_type" in (element.get("name") or ""):
                    self.is_newspaper = (element.get("content") or "").startswith("periodical")
        self.author = ", ".join(authors) or None
        if self.is_newspaper and self.title:
            self.published = self.published or day_in(self.title)
            self.title = _DAY_IN_TITLE.sub("", self.title) or self.title

    def _spine(self, opf: Element) -> list[str]:
        items = {el.get("id"): el for el in opf.iter() if _local(el) == "item"}
        hrefs = []
        for reference in (el for el in opf.iter() if _local(el) == "itemref"):
            item = items.get(reference.get("idref"))
            if item is None or "nav" in (item.get("properties") or "").split():
                continue
            if (item.get("media-type") or _TEXTS[0]) in _TEXTS:
                hrefs.append(self._resolved(self._folder, item.get("href") or ""))
        return list(dict.fromkeys(href for href in hrefs if href))

    def _resolved(self, folder: str, href: str) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))).lstrip("/")

    def _read_labels(self, opf: Element) -> None:
        """Read the table of contents: what each file is called, and the section it stands in."""
        for item in (el for el in opf.iter() if _local(el) == "item"):
            is_nav = "nav" in (item.get("properties") or "").split()
            if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
                continue
            name = self._resolved(self._folder, item.get("href") or "")
            try:
                root = package.parse_xml(package.member(self.package, name, self.path), self.path)
            except Problem:
                continue
            points = ("li",) if is_nav else ("navPoint",)
            for point in (el for el in root.iter() if _local(el) in points):
                self._read_point(point, points, posixpath.dirname(name))

    def _read_point(self, point: Element, points: tuple[str, ...], folder: str) -> None:
        label, href = _label_of(point, points)
        above = next((el for el in point.iterancestors() if _local(el) in points), None)
        if above is not None and not _label_of(above, points)[1]:
            above = None
        if not label or not href:
            return
        target = self._resolved(folder, href)
        section = None
        if above is not None and self.is_newspaper:
            section, list_href = _label_of(above, points)
            self._sections.add(self._resolved(folder, list_href))
        self._labels.setdefault(target, (label, section or None))

    def _take(self, href: str, chapters: list[_Chapter]) -> None:
        if href in self._sections:
            return
        data = package.member(self.package, href, self.path)
        text = sanitised(html_text(data, self.path), self.path)
        if not text.strip():
            return
        root = parse_html(text, self.path)
        pieces = [piece for piece in pieces_of(root) if not (self.is_newspaper and _is_menu(piece))]
        if not pieces:
            return
        label, section = self._labels.get(href, (None, None))
        heading = pieces[0] if pieces[0].kind is BlockKind.HEADING else None
        if label is None and heading is None and chapters and not self.is_newspaper:
            chapters[-1].pieces.extend(pieces)  # a long chapter in several files
            return
        title = label or (heading.text if heading else None)
        chapters.append(_Chapter(href, title and title[:DETAIL_CHARACTERS], section, pieces))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _label_of(point: Element, points: tuple[str, ...]) -> tuple[str, str]:
    """Return the words and the address of a point of the table of contents, not those of points below."""
    label, href = "", ""
    for element in point.iter():
        if next((el for el in element.iterancestors() if _local(el) in points), None) is not point:
            continue
        name = _local(element)
        if name in ("a", "span") and not label:
            label, href = one_line("".join(element.itertext())), element.get("href") or ""
        elif name == "text" and not label:
            label = one_line(element.text or "")
        elif name == "content" and not href:
            href = element.get("src") or ""
    return label[:DETAIL_CHARACTERS], href


def _is_chapter(chapter: _Chapter) -> bool:
    length = sum(len(piece.text) for piece in chapter.pieces)
    linked = sum(
        inline.end - inline.start
        for piece in chapter.pieces
        for inline in piece.inlines
        if inline.kind is InlineKind.LINK
    )
    if chapter.title and _NOT_CHAPTERS.match(chapter.title):
        return False
    return length >= _SHORTEST and linked < 0.7 * length


def _is_menu(piece: Piece) -> bool:
    """Say whether a line is the row of links that calibre puts above and below an article."""
    words = re.split(r"\s*\|\s*", piece.text.strip("| "))
    return len(words) > 1 and all(
        re.match(r"(?:next|previous|section menu|main menu)$", word, re.IGNORECASE) for word in words
    )


def _taken_from(pieces: list[Piece]) -> str | None:
    """Return the address in calibre's last line, "" if it has none; None = there is no such line."""
    if not pieces or not _DOWNLOADED.match(pieces[-1].text):
        return None
    targets = [
        inline.target
        for inline in pieces[-1].inlines
        if inline.target and "calibre-ebook" not in inline.target
    ]
    return targets[-1] if targets else ""


EPUB = Importer("epub", (".epub",), read_epub, foreign=True, many=True)
