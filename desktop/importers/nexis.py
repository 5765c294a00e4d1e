"""Downloads of Nexis Uni and of LexisNexis before it: one document -> its articles.

Works on the lines of a document, whatever format they came in. Newer downloads head each article with
title, source and date and end it with "End of Document"; older ones begin it with "3 of 200 DOCUMENTS".
The labels of fields come in Dutch, English, French and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.errors import Problem, ProblemKind
from desktop.importers.base import Articles, Details, Piece, lay_out, path_text
from desktop.importers.dates import day_in
from desktop.importers.limits import DETAIL_CHARACTERS
from desktop.importers.writer import one_line
from desktop.model import BlockKind, ImportedArticle

_END = re.compile(
    r"(?:end of document|einde(?: van)?(?: het)? document|fin du document|ende des dokuments)\s*$",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"\s*(?:dokument|document)?\s*(\d+)\s+(?:of|van|von|sur|de)\s+(\d+)\s+(?:documents?|documenten|dokumente[n]?)\s*$",
    re.IGNORECASE,
)

_MARKS = re.compile(f"^[ \t]*(?:{_END.pattern}|{_COUNTER.pattern})", re.IGNORECASE | re.MULTILINE)

#: what the lines with a label tell
_LABELS = {
    "title": "headline|kop|titel|titre|überschrift",
    "byline": "byline|naamregel|auteur|auteurs|autor|autoren|verfasser|author",
    "section": "section|sectie|rubriek|rubrik|ressort|rubrique",
    "length": "length|lengte|länge|longueur",
    "lead": "highlight|hoogtepunt|samenvatting|samenvattend|zusammenfassung|résumé|abstract",
    "dateline": "dateline|datumregel|datumszeile|lieu et date",
    "other": "series|serie|série|graphic|afbeelding|grafik|graphique|load-date|laaddatum|ladedatum|"
    "date de chargement|datum van plaatsing|update|correction-date|language|taal|sprache|langue|"
    "publication-type|publicatietype|publikationstyp|type de publication|zeitungstyp|journal code|"
    "subject|onderwerp|thema|sujet|company|bedrijf|organization|organisatie|person|persoon|geographic|"
    "geografie|industry|ticker|copyright|pub-type|acc-no|document-type|type|notes|classification|"
    "classificatie|klassifikation|distribution|edition|editie|ausgabe|édition",
}  # fmt: skip
_FIELD = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()) + r")\s*:\s*(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BODY = re.compile(
    r"(?:body|hoofdtekst|tekst|artikeltekst|text|volltext|corps|corps du texte|texte)\s*:?\s*$", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:load-date|laaddatum|ladedatum|date de chargement|update|language|taal|sprache|langue|graphic"
    r"|afbeelding|"
    r"publication-type|publicatietype|publikationstyp|journal code|pub-type|classification|classificatie|"
    r"klassifikation|notes)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|alle? rechten? voorbehouden|all rights reserved|tous droits|alle rechte)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"[;,]?\s*(?:blz\.?|pag\.?|pg\.?|s\.|p\.|seite|page|pagina)\s*[\w/-]*\d[\w/-]*\s*$", re.IGNORECASE
)
_SECTION_END = re.compile(r"\s*[;|].*$", re.DOTALL)
_LIST_HEAD = re.compile(
    r"(?:job number|taaknummer|auftragsnummer|user name|date and time|documents? \(\d+\))\b", re.IGNORECASE
)
_HEAD_LINES = 14  #: so many lines may stand above the text of an article
_LONGEST_HEAD = 300  #: characters of a line above the text


def may_hold_bundle(text: str) -> bool:
    """Say in little time whether looking closer with `is_bundle` is worth it."""
    return bool(_MARKS.search(text))


def is_bundle(pieces: Sequence[Piece]) -> bool:
    """Say whether the lines are those of a download from Nexis."""
    ends = any(_END.match(piece.text) for piece in pieces)
    counted = any(_COUNTER.match(piece.text) for piece in pieces[:200])
    if not ends and not counted:
        return False
    kinds = {match.lastgroup for match in map(_label, pieces) if match}
    names = {name for match in map(_label, pieces) if match for name in _LABELS if match[name]}
    return bool(kinds) and ("length" in names or "other" in names)


def articles(pieces: Sequence[Piece], path: Path) -> Articles:
    """Return the articles of a download; raises Problem DAMAGED when none can be made out."""
    found: list[ImportedArticle] = []
    members: dict[str, int] = {}
    for lines in _split(pieces):
        article = _Article.of(lines)
        if article is None:
            continue
        key = " ".join(part for part in (article.published, article.source, article.title) if part)[:200]
        members[key] = members.get(key, 0) + 1
        member = key if members[key] == 1 else f"{key} ~{members[key]}"
        found.append(article.imported(path, member))
    if not found:
        raise Problem(ProblemKind.DAMAGED, path_text(path), "Nexis")
    return Articles(found)


def _label(piece: Piece) -> re.Match[str] | None:
    return _FIELD.match(piece.text) if len(piece.text) < 5_000 else None


def _split(pieces: Sequence[Piece]) -> Iterable[list[Piece]]:
    lines: list[Piece] = []
    for piece in pieces:
        if _END.match(piece.text) or _COUNTER.match(piece.text):
            yield lines
            lines = []
        else:
            lines.append(piece)
    yield lines


@dataclass
class _Article:
    title: str
    source: str | None = None
    published: str | None = None
    author: str | None = None
    section: str | None = None
    body: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, lines: list[Piece]) -> _Article | None:
        """Return the article that these lines are; None for a list of contents or nothing."""
        lines = _without_contents(lines)
        if not any(match and match["length"] for match in map(_label, lines)) and not any(
            _BODY.match(line.text) for line in lines
        ):
            return None
        start, labelled = _start_of_body(lines)
        article = cls("")
        heads = article._read_head(lines[:start])
        article._name(heads, labelled)
        article.body += _body(lines[start:], article)
        if not article.title:
            return None
        return article

    def imported(self, path: Path, member: str) -> ImportedArticle:
        details = Details(
            published=self.published,
            source=self.source,
            author=self.author,
            section=self.section,
        )
        return lay_out(Piece(self.title), self.body, path=path, details=details, member=member)

    def _read_head(self, lines: list[Piece]) -> list[Piece]:
        """Take in the lines with a label; return those without."""
        plain: list[Piece] = []
        for line in lines:
            match = _label(line)
            if match is None:
                plain.append(line)
                continue
            value = one_line(match["value"])[:DETAIL_CHARACTERS]
            if match["title"]:
                self.title = value
            elif match["byline"]:
                self.author = re.sub(r"^(?:door|by|von|par)\s+", "", value, flags=re.IGNORECASE) or None
            elif match["section"]:
                self.section = _SECTION_END.sub("", _PAGE.sub("", value)).strip(" ,;").capitalize() or None
            elif match["lead"] and value:
                self.body.append(Piece(one_line(match["value"])))
        return plain

    def _name(self, heads: list[Piece], labelled: bool) -> None:
        """Find source, date and title among the lines without a label.

        Newer downloads have title, source, date; older ones source, date, title.
        """
        lines = [line.text for line in heads if not _COPYRIGHT.search(line.text)]
        dated = next((n for n, line in enumerate(lines) if len(line) < 80 and day_in(line)), None)
        if dated is not None:
            self.published = day_in(lines[dated], month_first=True)
        before = lines[:dated] if dated is not None else lines[:2]
        after = lines[dated + 1 :] if dated is not None else lines[2:]
        if len(before) >= 2 or (before and not after and labelled):
            self.title = self.title or before[0]
            self.source = before[1] if len(before) > 1 else None
        else:
            self.source = before[0] if before else None
            titles = [
                line
                for line in after
                if not re.match(r"(?:final|late|early|\w+ )?edit(?:ion|ie)\b", line, re.IGNORECASE)
            ]
            self.title = self.title or (titles[0] if titles else "")
        self.source = self.source and _SECTION_END.sub("", self.source)


def _without_contents(lines: list[Piece]) -> list[Piece]:
    """Drop the list of contents that stands before the first article."""
    if not any(_LIST_HEAD.match(line.text) for line in lines[:10]):
        return lines
    place = next((n for n, line in enumerate(lines) if (match := _label(line)) and match["length"]), None)
    if place is None:
        return []
    for start in range(place - 1, max(-1, place - _HEAD_LINES), -1):
        if lines[start].kind is BlockKind.HEADING:
            return lines[start:]
    return lines[max(0, place - 6) :]


def _start_of_body(lines: list[Piece]) -> tuple[int, bool]:
    """Return where the text begins, and whether a line "Body" says so."""
    for place, line in enumerate(lines):
        if _BODY.match(line.text):
            return place + 1, True
    last = 0
    for place, line in enumerate(lines[:_HEAD_LINES]):
        match = _label(line)
        if match and len(line.text) <= _LONGEST_HEAD and (not _TAIL.match(line.text) or not last):
            last = place + 1
    return last, False


def _body(lines: list[Piece], article: _Article) -> list[Piece]:
    end = next((place for place, line in enumerate(lines) if _is_tail(line)), len(lines))
    body = [line for line in lines[:end] if not _COPYRIGHT.match(line.text) or len(line.text) > _LONGEST_HEAD]
    for line in lines[end:]:  # what stands below, where older downloads have the byline
        match = _label(line)
        if match and match["byline"] and article.author is None:
            article.author = one_line(match["value"])[:DETAIL_CHARACTERS] or None
    if body and body[0].close:
        body[0] = replace(body[0], close=False)
    return body


def _is_tail(line: Piece) -> bool:
    return (
        bool(_TAIL.match(line.text))
        and len(line.text) <= _LONGEST_HEAD
        and (":" in line.text[:30] or line.kind is BlockKind.HEADING or len(line.text) < 20)
    )
