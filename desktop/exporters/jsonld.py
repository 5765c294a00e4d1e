"""Notes in the W3C Web Annotation Data Model, as JSON-LD: nothing is lost when it is taken in again.

The file is an AnnotationCollection with one page. Each annotation names its article by its address in
Leeslamp and by the hash of its text, so that it is found in another library too; the actors and amounts in a
quote are bodies of their own, which whoever takes the file in finds again by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, written
from desktop.exporters.records import decimal_text
from desktop.model import COLOURS, Amount, AnchorState, Annotation, AnnotationId, ArticleId, TextQuote

W3C_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"  #: as resources/contexts/anno.jsonld has it
_OWN: Final = "https://leeslamp.invalid/ns#"  # a name, not a place: nothing is ever fetched from it
OWN_CONTEXT: Final = {
    "ll": _OWN,
    "colour": {"@id": "ll:colour", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
    "state": "ll:state",
    "sha256": "ll:sha256",
    "title": "http://purl.org/dc/terms/title",
    "date": "http://purl.org/dc/terms/date",
    "publisher": "http://purl.org/dc/terms/publisher",
    "author": "http://schema.org/author",
    "url": {"@id": "http://schema.org/url", "@type": "@id"},
    "keywords": "http://schema.org/keywords",
    "actors": "ll:actor",
    "amounts": "ll:amount",
    "written": "ll:written",
    "low": "ll:low",
    "high": "ll:high",
    "unit": "ll:unit",
    "noun": "ll:noun",
    "approx": "ll:approx",
}
CONTEXT: Final = [W3C_CONTEXT, OWN_CONTEXT]

_ARTICLE_ID = re.compile(r"leeslamp://article/([0-9A-Za-z-]+)")


# Out


def write(document: ExportDocument, file: BinaryIO) -> None:
    """Write the collection, an annotation on a line."""
    written(_parts(document), file)


def _parts(document: ExportDocument) -> Iterator[str]:
    head = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": document.title,
        "total": document.counted().notes,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    between = "\n"
    for article in document.articles:
        for note in article.in_reading_order():
            yield between + json.dumps(annotation(article, note), ensure_ascii=False)
            between = ",\n"
    yield "\n]}}\n"


def annotation(article: ExportArticle, note: ExportNote) -> dict[str, Any]:
    """Return a note as a Web Annotation, without its context."""
    return _present(
        id=f"urn:uuid:{note.id}",
        type="Annotation",
        motivation="commenting" if note.note else "highlighting",
        created=note.made_at,
        modified=note.changed_at,
        body=_bodies(note),
        target=_target(article, note),
        colour=note.colour,
        state=note.state.value,
        actors=list(note.actors),
        amounts=[_amount(*one) for one in note.amounts],
    )


def _bodies(note: ExportNote) -> list[dict[str, str]]:
    bodies = []
    if note.note:
        bodies.append(
            {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": note.note}
        )
    return bodies + [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in note.tags]


def _target(article: ExportArticle, note: ExportNote) -> dict[str, Any]:
    source = _present(
        id=article.link,
        type="Text",
        title=article.title,
        date=article.published,
        publisher=article.source,
        author=article.author,
        url=article.url,
        language=article.lang,
        sha256=article.hash,
    )
    selectors: list[dict[str, Any]] = []
    if note.quote:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": note.quote,
                "prefix": note.prefix,
                "suffix": note.suffix,
            }
        )
    if note.start is not None and note.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
    if not selectors:
        return {"source": source}
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _amount(written_so: str, amount: Amount) -> dict[str, str]:
    return _present(
        written=written_so,
        value=decimal_text(amount.value),
        low=decimal_text(amount.low),
        high=decimal_text(amount.high),
        unit=amount.unit,
        noun=amount.noun,
        approx=amount.approx.value if amount.approx else None,
    )


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


# In again


@dataclass(frozen=True, slots=True)
class Arriving:
    """An annotation from a file, and what tells which article it is about."""

    annotation: Annotation
    title: str = ""
    hash: str = ""  #: sha256 of the article's text
    url: str = ""


def read(text: str) -> tuple[list[Arriving], list[str]]:
    """Return the annotations of a file, and what is wrong with those that cannot be read.

    Other programs' Web Annotations are read too, as far as they have a quote or a place. Raises ValueError
    where the file as a whole is no JSON-LD of annotations.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error
    found: list[Arriving] = []
    wrong: list[str] = []
    for number, record in enumerate(_records(document), 1):
        try:
            found.append(_arriving(record))
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            wrong.append(f"{number}: {error}")
    return found, wrong


def _records(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise ValueError("no JSON-LD of annotations")
    if "Annotation" in _list(document.get("type")):
        return [document]
    page = document.get("first", document)
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise ValueError('no "items"')
    return items


def _arriving(record: Mapping[str, Any]) -> Arriving:
    target = _list(record["target"])[0]
    if isinstance(target, str):
        target = {"source": target}
    source = target.get("source", target.get("id", ""))
    about = source if isinstance(source, dict) else {"id": source}
    selectors = {one["type"]: one for one in _list(target.get("selector")) if isinstance(one, dict)}
    quote, place = selectors.get("TextQuoteSelector", {}), selectors.get("TextPositionSelector")
    bodies = [_body(body) for body in _list(record.get("body"))]
    start, end = (None, None) if place is None else (int(place["start"]), int(place["end"]))
    if start is not None and end is not None and not 0 <= start < end:
        raise ValueError(f"{start}..{end}")
    address = _text(about.get("id"))
    known = _ARTICLE_ID.match(address)
    annotation = Annotation(
        id=AnnotationId(_text(record.get("id")).removeprefix("urn:uuid:")),
        article=ArticleId(known[1] if known else ""),
        quote=TextQuote(_text(quote.get("exact")), _text(quote.get("prefix")), _text(quote.get("suffix"))),
        start=start,
        end=end,
        colour=_colour(record.get("colour")),
        note="\n\n".join(value for purpose, value in bodies if purpose != "tagging" and value),
        tags=tuple(value for purpose, value in bodies if purpose == "tagging"),
        state=AnchorState(record.get("state", "anchored")),
        created_at=_text(record.get("created")),
        modified_at=_text(record.get("modified")),
    )
    if not annotation.quote.exact and start is None and not annotation.note and not annotation.tags:
        raise ValueError("nothing in it")
    url = _text(about.get("url")) or ("" if known else address)
    return Arriving(annotation, _text(about.get("title")), _text(about.get("sha256")), url)


def _body(body: Any) -> tuple[str, str]:
    if isinstance(body, str):
        return "", body
    purpose = _list(body.get("purpose"))
    return _text(purpose[0]) if purpose else "", _text(body.get("value"))


def _colour(value: Any) -> int:
    return value if isinstance(value, int) and 1 <= value <= COLOURS else 1


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"no text: {value!r}")
    return value
