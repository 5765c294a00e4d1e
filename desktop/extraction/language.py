"""Which of the four languages a text is in.

A naive Bayes guess over the most frequent words and letter triples of each language, whose chances are
taken from their ranks (Zipf's law), so that the data are two ordered lists a language.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import lru_cache
from typing import Final

from desktop.model import LANGUAGES
from desktop.resources import resource

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 4000  # code points that are read
_UNKNOWN_WORD: Final = math.log(1 / 4000)
_UNKNOWN_TRIPLE: Final = math.log(1 / 6000)
_TRIPLE_WEIGHT: Final = 0.35  # the three triples of a word are not independent of each other


@lru_cache(maxsize=1)
def _profiles() -> dict[str, tuple[dict[str, float], dict[str, float]]]:
    profiles = {}
    for lang in LANGUAGES:
        data = tomllib.loads(resource("languages", lang, "language.toml").read_text(encoding="utf-8"))
        profiles[lang] = _chances(data["words"].split(), 8), _chances(data["triples"].split(), 25)
    return profiles


def _chances(ranked: list[str], flat: int) -> dict[str, float]:
    """Return the logarithms of Zipf chances 1 / (rank + flat), scaled so that the list makes up 0.6."""
    total = sum(1 / (rank + flat) for rank in range(len(ranked))) / 0.6
    return {key: math.log(1 / (rank + flat) / total) for rank, key in enumerate(ranked)}


def detect(text: str) -> str:
    """Return "nl", "en", "fr" or "de": the likeliest; "nl" where the text holds no words."""
    words = _WORD.findall(text[:_ENOUGH].lower())
    triples = [f"_{w}_"[i : i + 3] for w in words for i in range(min(len(w), 30))]
    best, best_score = LANGUAGES[0], -math.inf
    for lang, (word_chances, triple_chances) in _profiles().items():
        score = sum(word_chances.get(w, _UNKNOWN_WORD) for w in words)
        score += _TRIPLE_WEIGHT * sum(triple_chances.get(t, _UNKNOWN_TRIPLE) for t in triples)
        if score > best_score:
            best, best_score = lang, score
    return best
