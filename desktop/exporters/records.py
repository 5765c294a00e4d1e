"""The JSON shapes of the command line: plain dictionaries with stable keys, absent = null or left out.

Offsets are code points of the article's text; numbers are plain decimal strings; dates partial ISO.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from desktop.model import AMOUNT_KINDS, Actor, Annotation, Article, Hit, Mention

Record = dict[str, Any]


def to_json(record: object, *, indent: int | None = None) -> str:
    """Write JSON as the command line prints it: UTF-8, one line unless indented."""
    return json.dumps(record, ensure_ascii=False, indent=indent)


def decimal_text(number: Decimal | None) -> str | None:
    """Write a number plainly: "30000000000", "1.5"; None stays None."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def mention_record(mention: Mention) -> Record:
    """Return a mention; keys that do not apply to its kind are left out."""
    fields: Record = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind.value,
        "actor": mention.actor,
        "role": mention.role,
    }
    if mention.amount is not None:
        amount = mention.amount
        fields |= {
            "value": decimal_text(amount.value),
            "low": decimal_text(amount.low),
            "high": decimal_text(amount.high),
            "unit": amount.unit,
            "noun": amount.noun,
            "approx": amount.approx.value if amount.approx else None,
        }
    if mention.period is not None:
        fields |= {"value": mention.period.value, "low": mention.period.low, "high": mention.period.high}
    fields["source"] = mention.source.value
    return {key: value for key, value in fields.items() if value is not None}


def extract_record(identity: object, lang: str, mentions: Sequence[Mention]) -> Record:
    """Return one object of `leeslamp extract`."""
    return {"id": identity, "lang": lang, "mentions": [mention_record(mention) for mention in mentions]}


def actor_record(actor: Actor) -> Record:
    """Return an actor with the other forms of its name and its roles."""
    return {
        "id": actor.id,
        "kind": actor.kind.value,
        "name": actor.name,
        "aliases": list(actor.aliases),
        "roles": list(actor.roles),
        "mentions": actor.mentions,
        "articles": actor.articles,
    }


def annotation_record(annotation: Annotation) -> Record:
    """Return an annotation with its selectors and state."""
    return {
        "id": annotation.id,
        "colour": annotation.colour,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "exact": annotation.quote.exact,
        "prefix": annotation.quote.prefix,
        "suffix": annotation.quote.suffix,
        "start": annotation.start,
        "end": annotation.end,
        "state": annotation.state.value,
        "created": annotation.created_at,
        "modified": annotation.modified_at,
    }


def article_record(
    article: Article,
    text: str,
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    annotations: Sequence[Annotation],
) -> Record:
    """Return one object of `leeslamp show`."""
    marked = [mention_record(mention) for mention in mentions]
    amounts = {kind.value for kind in AMOUNT_KINDS}
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "lang": article.lang,
        "source": article.source,
        "text": text,
        "mentions": marked,
        "actors": [actor_record(actor) for actor in actors],
        "amounts": [mention for mention in marked if mention["kind"] in amounts],
        "annotations": [annotation_record(annotation) for annotation in annotations],
    }


def found_record(query: str, total: int, hit: Hit | None) -> Record:
    """Return a row of what many queries found; hit None: the query found nothing that is listed."""
    return {
        "query": query,
        "total": total,
        "id": hit.article.id if hit else None,
        "title": hit.article.title if hit else None,
        "date": hit.article.published if hit else None,
        "score": round(hit.score, 4) if hit else None,
        "snippet": " ".join(hit.snippet.split()) if hit else None,
    }


def hit_record(hit: Hit) -> Record:
    """Return one hit of `leeslamp search`."""
    return {
        "id": hit.article.id,
        "title": hit.article.title,
        "published": hit.article.published,
        "source": hit.article.source,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
    }
