"""Phrases of one or more tokens, looked up by their first: most tokens begin none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.extraction.tokens import Tokens

Phrase = tuple[str, ...]


def as_phrase(written: str) -> Phrase:
    """Return the tokens of a phrase, lower case."""
    tokens = Tokens(written)
    return tuple(tokens.low[: tokens.count])


class Phrases:
    """Phrases with a value, found by their first token; the longest wins."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        """Take (written phrase, value) pairs."""
        self._entries: dict[str, list[tuple[list[str], Any]]] = {}
        for written, value in entries:
            parts = list(as_phrase(written))
            self._entries.setdefault(parts[0], []).append((parts, value))
        self._endings: dict[str, list[list[str]]] = {}
        for found in self._entries.values():
            found.sort(key=lambda entry: -len(entry[0]))
            for parts, _ in found:
                self._endings.setdefault(parts[-1], []).append(parts)
        for endings in self._endings.values():
            endings.sort(key=len, reverse=True)

    def at(self, tokens: Tokens, place: int) -> tuple[int, Any] | None:
        """Return (end, value) of the phrase that begins at a token, or None."""
        found = self._entries.get(tokens.low[place])
        if found:
            low = tokens.low
            for parts, value in found:
                if len(parts) == 1 or low[place : place + len(parts)] == parts:
                    return place + len(parts), value
        return None

    def seconds(self, word: str) -> frozenset[str] | None:
        """Return the second tokens of the phrases that begin with a token; None if it can stand alone."""
        entries = self._entries.get(word, [])
        return (
            None
            if any(len(parts) < 2 for parts, _ in entries)
            else frozenset(parts[1] for parts, _ in entries)
        )

    def size(self, tokens: Tokens, place: int) -> int:
        """Return how many tokens the phrase takes that begins at a token, 0 = none."""
        found = self._entries.get(tokens.low[place])
        if found:
            low = tokens.low
            for parts, _ in found:
                if len(parts) == 1 or low[place : place + len(parts)] == parts:
                    return len(parts)
        return 0

    def skip(self, tokens: Tokens, place: int) -> int:
        """Return the place behind a phrase that begins here, else the place itself."""
        found = self.at(tokens, place)
        return found[0] if found else place

    def before(self, tokens: Tokens, place: int) -> int:
        """Return where the longest phrase begins that ends right before a token, or -1."""
        if place <= 0:
            return -1
        low = tokens.low
        for parts in self._endings.get(low[place - 1], ()):
            start = place - len(parts)
            if start >= 0 and (len(parts) == 1 or low[start:place] == parts):
                return start
        return -1

    def first_tokens(self) -> Iterable[str]:
        """Return the first tokens of all phrases."""
        return self._entries

    def last_tokens(self) -> Iterable[str]:
        """Return the last tokens of all phrases."""
        return self._endings

    def __contains__(self, word: str) -> bool:
        """Tell whether a phrase begins with this token."""
        return word in self._entries


def listed(words: Iterable[str], value: Any = True) -> Iterable[tuple[str, Any]]:
    """Return phrases that all have one value."""
    return ((word, value) for word in words)


def phrase_set(written: Iterable[str]) -> Phrases:
    """Return phrases without values, for `Phrases.size`."""
    return Phrases(listed(written))
