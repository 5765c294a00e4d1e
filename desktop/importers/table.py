"""Tables of articles (CSV, XLSX, JSON lines): a row is an article; columns by name or by a mapping."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from desktop.errors import Problem, ProblemKind
from desktop.importers import package
from desktop.importers.base import (
    Articles,
    Details,
    Importer,
    Piece,
    lay_out,
    partial_date,
    path_text,
    read_bytes,
)
from desktop.importers.dates import day_in
from desktop.importers.decoding import decode
from desktop.importers.html_pieces import pieces_of
from desktop.importers.html_tree import parse_html, sanitised
from desktop.importers.limits import CELL_CHARACTERS, DETAIL_CHARACTERS, ROWS
from desktop.importers.plain_text import pieces_of_text
from desktop.importers.writer import one_line, safe_link
from desktop.model import ImportedArticle

_MOST_COLUMNS = 200
_MOST_PROBLEMS = 20  #: rows that are named when they cannot be read
_LOOKED_AT = 50  #: rows from which columns are guessed
_LONG_TEXT = 150  #: characters; a column with so much in a cell, on average, is the text
_SEPARATORS = ",;\t|"
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|b|strong|em|i|a)\b[^>]{0,300}>", re.IGNORECASE)

Row = Mapping[str, str]
_T = TypeVar("_T")

#: what columns are called elsewhere, the most certain names first
_NAMES = {
    "text": "text tekst body content inhoud artikel article full_text fulltext article_text artikeltekst "
    "texte corps inhalt volltext articlebody article_body maintext story",
    "title": "title titel headline kop titre überschrift kopregel headlines name subject onderwerp",
    "published": "date datum published publication_date publicatiedatum pubdate publish_date date_published "
    "published_at datepublished publicationdate published_date dag day veröffentlicht time "
    "timestamp created",
    "source": "source bron newspaper krant publication publicatie medium outlet publisher site domain "
    "quelle zeitung journal titel_krant",
    "author": "author auteur byline authors auteurs autor verfasser journalist creator by",
    "url": "url link address webadres href source_url permalink lien adresse",
    "lang": "lang language taal sprache langue",
    "tags": "tags tag section sectie rubriek keywords trefwoorden category categorie rubrik rubrique",
    "id": "id uuid guid article_id artikel_id docid doc_id identifier",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table tells what; None = no column does. text or title is needed."""

    text: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str | None = None
    tags: str | None = None
    id: str | None = None  #: tells rows apart, so that a row that changed is known again


def read_table(path: Path, columns: Columns | None = None) -> Articles:
    """Return the articles in a table's rows.

    columns: None = by their names, else by what is in them. Raises Problem NO_COLUMN where none can be the
    text. Rows that cannot be read are Problems of their own (the first twenty).
    """
    name = path_text(path)
    found: list[ImportedArticle] = []
    problems: list[Problem] = []
    members: dict[str, int] = {}
    seen: list[str] = []
    with closing(_sheets(path, name, problems)) as sheets:
        for sheet, rows in sheets:
            first = list(islice(rows, _LOOKED_AT))
            if not first:
                continue
            seen += list(first[0])
            chosen = columns or guess_columns(first)
            if chosen.text is None and columns is None:
                continue  # a sheet with something else
            for number, row in enumerate(_chained(first, rows), start=2):
                if not any(map(str.strip, row.values())):
                    continue
                try:
                    found.append(_article(row, chosen, path, sheet, members))
                except Problem as problem:
                    problems.append(Problem(problem.kind, f"{name}#{sheet}{number}", problem.detail))
    del problems[_MOST_PROBLEMS:]
    if not found:
        if problems:
            raise Problem(problems[0].kind, name, problems[0].detail)
        if seen:
            raise Problem(ProblemKind.NO_COLUMN, name, ", ".join(dict.fromkeys(seen))[:200])
        raise Problem(ProblemKind.EMPTY, name)
    return Articles(found, problems)


def preview(path: Path, rows: int = 5) -> tuple[list[str], list[Row], Columns]:
    """Return the columns of a table, its first rows and which column seems to tell what; raises Problem."""
    name = path_text(path)
    for _sheet, table in _sheets(path, name, []):
        first = list(islice(table, _LOOKED_AT))
        if first:
            return list(first[0]), first[:rows], guess_columns(first)
    raise Problem(ProblemKind.EMPTY, name)


def guess_columns(rows: Sequence[Row]) -> Columns:
    """Return which column tells what, by its name, and for text, title and date by what is in it."""
    names = {re.sub(r"[\s_-]+", "_", column.strip().casefold()): column for column in reversed(list(rows[0]))}
    guess: dict[str, str | None] = {}
    for what, known in _NAMES.items():
        guess[what] = next((names[word] for word in known.split() if word in names), None)
    free = [column for column in rows[0] if column not in guess.values()]
    if guess["text"] is None:
        longest = max(free, key=lambda column: _mean(rows, column), default=None)
        if longest is not None and _mean(rows, longest) >= _LONG_TEXT:
            guess["text"] = longest
            free.remove(longest)
    if guess["published"] is None:
        guess["published"] = next((column for column in free if _holds_days(rows, column)), None)
    return Columns(**guess)


def _mean(rows: Sequence[Row], column: str) -> float:
    return sum(len(row.get(column, "")) for row in rows) / len(rows)


def _holds_days(rows: Sequence[Row], column: str) -> bool:
    values = [row[column] for row in rows if row.get(column, "").strip()]
    return bool(values) and all(len(value) < 40 and day_in(value) is not None for value in values)


def _chained(first: list[Row], rest: Iterable[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


# A row


def _article(row: Row, columns: Columns, path: Path, sheet: str, members: dict[str, int]) -> ImportedArticle:
    values = {}
    for each in fields(Columns):
        column = getattr(columns, each.name)
        values[each.name] = row.get(column, "").strip() if column else ""
    pieces = _pieces(values["text"], path_text(path))
    title = one_line(values["title"])[:DETAIL_CHARACTERS]
    if not title and not pieces:
        raise Problem(ProblemKind.EMPTY, path_text(path))
    if not title:
        first = pieces[0].text
        title = first[:80]
        if title == first:
            del pieces[0]
    elif pieces and pieces[0].text.casefold() == title.casefold():
        del pieces[0]
    published = partial_date(values["published"]) or day_in(values["published"])
    url = safe_link(values["url"]) or None
    code = re.match(r"([a-z]{2})(?:[-_]|$)", values["lang"].lower())
    details = Details(
        published=published,
        lang=code[1] if code else None,
        source=one_line(values["source"])[:DETAIL_CHARACTERS] or None,
        author=one_line(values["author"])[:DETAIL_CHARACTERS] or None,
        url=url,
        tags=tuple(dict.fromkeys(one_line(tag) for tag in re.split(r"[,;|]", values["tags"]) if tag.strip()))[
            :100
        ],
    )
    key = values["id"] or url or " ".join(part for part in (published, details.source, title) if part)
    key = (sheet + key)[:200]
    members[key] = members.get(key, 0) + 1
    member = key if members[key] == 1 else f"{key} ~{members[key]}"
    return lay_out(Piece(title), pieces, path=path, details=details, member=member)


def _pieces(text: str, name: str) -> list[Piece]:
    if len(_MARKUP.findall(text[:5_000])) >= 2:
        return pieces_of(parse_html(sanitised(text, name), name))
    return pieces_of_text(text) if text else []


# Files


def _sheets(path: Path, name: str, problems: list[Problem]) -> Generator[tuple[str, Iterator[Row]]]:
    suffix = path.suffix.casefold()
    with path.open("rb") if path.is_file() else io.BytesIO() as file:
        head = file.read(4)
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        yield from _workbook(path, name)
    elif suffix in (".jsonl", ".ndjson"):
        yield "", _limited(_json_rows(decode(read_bytes(path), name), name, problems), name)
    elif suffix in (".xlsx", ".xlsm"):
        raise Problem(ProblemKind.DAMAGED if head else ProblemKind.EMPTY, name, "ZIP")
    else:
        yield "", _limited(_csv_rows(decode(read_bytes(path), name), name), name)


def _limited(rows: Iterator[_T], name: str) -> Iterator[_T]:
    for number, row in enumerate(rows):
        if number >= ROWS:
            raise Problem(ProblemKind.TOO_LARGE, name, f"{ROWS} rows")
        yield row


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    csv.field_size_limit(CELL_CHARACTERS)
    head = re.sub(r'"[^"]{0,10000}"', "", text[:20_000]).partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from _under_names(reader)
    except csv.Error as error:
        raise package.damaged(name, error) from error


def _under_names(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Yield the rows as values under the names that the first row gives the columns."""
    names: list[str] | None = None
    blank: Row = {}
    for row in rows:
        cells = list(row[:_MOST_COLUMNS])
        if names is None:
            if any(cell.strip() for cell in cells):
                names = [one_line(cell)[:100] or f"#{place}" for place, cell in enumerate(cells, start=1)]
                names = [
                    f"{column} {place}" if column in names[:place] else column
                    for place, column in enumerate(names)
                ]
                blank = dict.fromkeys(names, "")
        elif not cells:
            yield blank
        else:
            yield dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))


def _json_rows(text: str, name: str, problems: list[Problem]) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(ProblemKind.BAD_LINE, f"{name}#{number}", str(error)[:100]))
            continue
        if not isinstance(value, dict):
            problems.append(Problem(ProblemKind.BAD_LINE, f"{name}#{number}", "{…}?"))
            continue
        yield {str(key)[:100]: _told(inner) for key, inner in list(value.items())[:_MOST_COLUMNS]}


def _told(value: object) -> str:
    """Return a value of a cell or of JSON as text; a list as its parts with commas between."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value[:100] if not isinstance(one, list))
    if isinstance(value, dict):
        return _told(value.get("name")) if "name" in value and not isinstance(value["name"], dict) else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:CELL_CHARACTERS]


def _workbook(path: Path, name: str) -> Generator[tuple[str, Iterator[Row]]]:
    import openpyxl

    with package.opened(path):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of parts it passes over: none holds text
                book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # whatever a damaged part makes the library stumble over
            raise package.damaged(name, error) from error
        try:
            sheets = book.worksheets
            for sheet in sheets:
                sheet.reset_dimensions()  # what the file says of its size may be a lie
                prefix = f"{one_line(sheet.title)}: " if len(sheets) > 1 else ""
                yield prefix, _sheet_rows(sheet.iter_rows, name)
        finally:
            book.close()


def _sheet_rows(iter_rows: Callable[..., Generator[tuple[object, ...]]], name: str) -> Iterator[Row]:
    """Yield the rows. One may say any number of itself: the empty ones before it are made up, and count."""
    try:
        with closing(iter_rows(max_col=_MOST_COLUMNS, values_only=True)) as rows:
            yield from _under_names(
                [_told(value) for value in row] if row.count(None) < len(row) else ()
                for row in _limited(rows, name)
            )
    except Problem:
        raise
    except Exception as error:  # the rows are parsed while they are read
        raise package.damaged(name, error) from error


TABLE = Importer(
    "table", (".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".ndjson"), read_table, foreign=True, many=True
)
