"""What stands between the spaces of texts, and the forms by which it is found: looked at once, then known.

A text is cut at white space in no time, and no word reaches over it. So to see which words of a text are
looked for, only those pieces are cut into words and analysed that stood in no text before.
"""

from __future__ import annotations

import threading
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from desktop.search.analysis import Analysis, Forms, surfaces


class Known(NamedTuple):
    """What is known of pieces. having: the pieces in which a form stands, exact or a stem; it only grows."""

    forms: dict[str, tuple[Forms, ...]]  #: of the words of a piece, in order
    having: dict[str, list[str]]


class Pieces:
    """The pieces of texts in one language. `lock` is to be held while what is known is looked through."""

    REMEMBERED = 300_000  #: letters of pieces, about 15 MB with what is known of them

    def __init__(self, analysis: Analysis, lang: str | None) -> None:
        self._analysis, self._lang = analysis, lang
        self._known = Known({}, {})
        self._names: set[str] = set()  #: of which pieces something is known: twice as quick to compare
        self._letters = 0  #: of these
        self.lock = threading.Lock()

    def known(self, pieces: AbstractSet[str]) -> Known:
        """Return what is known, these pieces included; another object's when too much was remembered."""
        if not pieces <= self._names:
            if self._letters > self.REMEMBERED:
                self._known, self._names, self._letters = Known({}, {}), set(), 0
            new = pieces - self._names
            for piece in new:
                self._learn(piece)
            self._names |= new
            self._letters += sum(map(len, new))
        return self._known

    def _learn(self, piece: str) -> None:
        words = surfaces(piece)
        forms = tuple(self._analysis.all_text_forms(words, self._lang))
        self._known.forms[piece] = forms
        for form in {form for one in forms for form in (one.exact, *one.stems)}:
            self._known.having.setdefault(form, []).append(piece)
