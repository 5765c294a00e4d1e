"""The articles as references for reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, BinaryIO

from desktop.exporters.base import ExportArticle, ExportDocument, printable, safe_address, written
from desktop.exporters.note_markup import note_text

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_AND = re.compile(r"\s*(?:;|,\s+(?=en\s|and\s|et\s|und\s)|\s(?:en|and|et|und|&)\s)\s*", re.IGNORECASE)
_LEADING = re.compile(r"(?:en|and|et|und|&)\s+", re.IGNORECASE)


def authors(article: ExportArticle) -> list[str]:
    """Return the authors of an article, each on its own: "Anna Vos en Bas Klaver" are two."""
    parts = _AND.split(_line(article.author))
    return [name for name in (_LEADING.sub("", part).strip(" ,") for part in parts) if name]


def _line(text: str | None) -> str:
    return " ".join(printable(text or "").split())


def _date(article: ExportArticle) -> list[int]:
    """Return the year, the month and the day, as far as they are known."""
    parts = (article.published or "").split("-")
    return [int(part) for part in parts] if all(part.isdigit() for part in parts) and parts[0] else []


# BibTeX


def write_bibtex(document: ExportDocument, file: BinaryIO) -> None:
    """Write BibTeX, UTF-8, an @article each; keys are author, year and the first word of the title."""
    written(_bibtex(document), file)


def _bibtex(document: ExportDocument) -> Iterator[str]:
    keys: dict[str, int] = {}
    for article in document.articles:
        key = _key(article)
        keys[key] = number = keys.get(key, 0) + 1
        yield _entry(article, key if number == 1 else f"{key}-{number}")


def _entry(article: ExportArticle, key: str) -> str:
    date = _date(article)
    fields = {
        "title": f"{{{_tex(article.title)}}}",  # doubly braced: capitals stay
        "author": " and ".join(
            f"{{{_tex(name)}}}" if _is_body(name) else _tex(name) for name in authors(article)
        ),
        "journal": _tex(article.source),
        "year": str(date[0]) if date else "",
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else "",
        "date": article.published if date else "",
        "url": _tex_address(safe_address(article.url)),
        "langid": {"nl": "dutch", "en": "english", "fr": "french", "de": "german"}.get(
            article.lang or "", ""
        ),
        "keywords": ", ".join(_tex(tag) for tag in article.tags),
        "note": _tex(article.link),
    }
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@article{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


def _tex(text: str | None) -> str:
    return "".join(_TEX.get(char, char) for char in _line(text))


def _tex_address(address: str) -> str:
    return address.translate({ord(char): f"%{ord(char):02X}" for char in "{}\\ "})


def _is_body(name: str) -> bool:
    """Tell a newsroom from a person: BibTeX would take its words for first and last names."""
    words = name.split()
    return len(words) == 1 or any(
        word.casefold() in ("redactie", "editors", "newsroom", "staff") for word in words
    )


def _key(article: ExportArticle) -> str:
    names = authors(article)
    who = names[0].split()[-1] if names else (article.source or "").partition(" ")[0]
    words = re.findall(r"\w{4,}", _plain(article.title)) or re.findall(r"\w+", _plain(article.title))
    date = _date(article)
    parts = [_plain(who), str(date[0]) if date else "", words[0] if words else ""]
    return "".join(re.sub(r"[^A-Za-z0-9]", "", part).lower() for part in parts) or "article"


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


# RIS


def write_ris(document: ExportDocument, file: BinaryIO) -> None:
    """Write RIS, UTF-8; the notes of an article go along as notes."""
    written(_ris(document), file)


def _ris(document: ExportDocument) -> Iterator[str]:
    for article in document.articles:
        date = _date(article)
        day = "/".join([*(f"{part:02d}" for part in date), "", "", ""][:3]) + "/" if date else ""
        lines = [("TY", "NEWS"), ("TI", _line(article.title))]
        lines += [("AU", _turned(name)) for name in authors(article)]
        lines += [
            ("T2", _line(article.source)),
            ("PY", str(date[0]) if date else ""),
            ("DA", day),
            ("LA", article.lang or ""),
            ("UR", safe_address(article.url)),
        ]
        lines += [("KW", _line(tag)) for tag in article.tags]
        for note in article.in_reading_order():
            said = [f"“{_line(note.quote)}”" if note.quote else "", _line(note_text(note.note))]
            lines.append(("N1", " — ".join(filter(None, said))))
        lines.append(("L1", article.link))
        yield "".join(f"{code}  - {value}\r\n" for code, value in lines if value) + "ER  - \r\n\r\n"


def _turned(name: str) -> str:
    """Return "Vos, Anna" for "Anna Vos"; what stands before the name in Dutch stays with the first name."""
    first, _space, last = name.rpartition(" ")
    return name if "," in name or not first or _is_body(name) else f"{last}, {first}"


# CSL-JSON


def write_csl(document: ExportDocument, file: BinaryIO) -> None:
    """Write CSL-JSON: one list, an object on a line for each article."""
    between = "[\n"
    for article in document.articles:
        line = json.dumps(csl_record(article), ensure_ascii=False)
        file.write((between + line).encode("utf-8", "replace"))
        between = ",\n"
    file.write(b"\n]\n" if between == ",\n" else b"[]\n")


def csl_record(article: ExportArticle) -> dict[str, Any]:
    """Return an article as CSL-JSON knows it."""
    date = _date(article)
    record = {
        "id": article.id or article.link,
        "type": "article-newspaper",
        "title": _line(article.title),
        "author": [_csl_name(name) for name in authors(article)],
        "container-title": _line(article.source),
        "issued": {"date-parts": [date]} if date else None,
        "language": article.lang,
        "URL": safe_address(article.url),
        "keyword": ", ".join(map(_line, article.tags)),
        "note": article.link,
    }
    return {name: value for name, value in record.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    first, _space, last = name.rpartition(" ")
    return {"literal": name} if not first or _is_body(name) else {"family": last, "given": first}
