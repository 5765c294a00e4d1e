"""Other readings of a labelled article: its names replaced, its headline in capitals.

A model that has seen "Eelco Heinen" in one article only learns the name by heart; with another name from the
lists in his place it has to learn the sentence.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

from corpus import Document, Span, build

_PLAIN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def _lines(folder: Path, name: str) -> list[str]:
    return (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()


class Substitution:
    """Puts other names in the place of an article's own, the same one everywhere in it."""

    def __init__(self, gazetteers: Path, documents: list[Document], chance: random.Random) -> None:
        """Take first names, surnames and places from the lists, organisations from the other articles."""
        self.chance = chance
        self.first = [name for name in _lines(gazetteers, "first_names") if _PLAIN.fullmatch(name)]
        self.last = [name for name in _lines(gazetteers, "surnames") if name[0].isupper()]
        self.places = [name for name in _lines(gazetteers, "places") if " " not in name and len(name) > 3]
        self.known_places = frozenset(self.places)
        self.bodies: dict[tuple[str, int], list[str]] = defaultdict(list)
        for document in documents:
            for span in document.spans:
                surface = document.text[span.start : span.end]
                if span.kind == "ORG" and surface[0].isupper():
                    self.bodies[document.lang, len(surface.split())].append(surface)

    def __call__(self, document: Document, share: float) -> Document:
        """Return the document with about the share given of its actors replaced."""
        groups: dict[tuple[str, str], set[str]] = defaultdict(set)
        for span in document.spans:
            groups[span.kind, span.name].add(document.text[span.start : span.end])
        new: dict[tuple[str, str], dict[str, str]] = {}
        for key in sorted(groups):
            if self.chance.random() < share:
                new[key] = self._new_forms(document.lang, *key, groups[key])
        parts: list[tuple[str, str | None, str]] = []
        at = 0
        for span in document.spans:
            surface = document.text[span.start : span.end]
            other = new.get((span.kind, span.name), {}).get(surface, surface)
            parts += [(document.text[at : span.start], None, ""), (other, span.kind, span.name)]
            at = span.end
        text, spans = build([*parts, (document.text[at:], None, "")])
        return Document(document.id, document.lang, text, spans)

    def _new_forms(self, lang: str, kind: str, name: str, forms: set[str]) -> dict[str, str]:
        """Return old form -> new form, nothing where the forms are of a kind that is left alone."""
        if kind == "PER":
            first, _, last = name.partition(" ")
            if not last or not forms <= {name, last, first}:
                return {}
            new_first, new_last = self.chance.choice(self.first), self.chance.choice(self.last)
            return {name: f"{new_first} {new_last}", last: new_last, first: new_first}
        if kind == "LOC" and forms == {name} and name in self.known_places:
            return {name: self.chance.choice(self.places)}
        if kind == "ORG" and len(forms) == 1:
            form = next(iter(forms))
            choices = self.bodies[lang, len(form.split())]
            return {form: self.chance.choice(choices)} if form[0].isupper() and choices else {}
        return {}


def shouted(document: Document) -> Document:
    """Return the document with its first line in capitals."""
    end = document.text.find("\n")
    if end < 0 or len(document.text[:end].upper()) != end:
        return document
    return Document(
        document.id, document.lang, document.text[:end].upper() + document.text[end:], document.spans
    )


def without_headline(document: Document) -> Document:
    """Return the document from its second paragraph on."""
    at = document.text.find("\n\n") + 2
    if at < 2:
        return document
    spans = tuple(
        Span(span.start - at, span.end - at, span.kind, span.name)
        for span in document.spans
        if span.start >= at
    )
    return Document(document.id, document.lang, document.text[at:], spans)
