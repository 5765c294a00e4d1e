"""Names of persons, organisations, places, events and other things, by the model.

The model labels tokens; then the same happens as with the rules' candidates: lists and surroundings are a
second witness (`name_evidence`), all occurrences of a form speak for each other, a surname follows its full
name. numpy and onnxruntime are imported at first use: where they are missing or cannot run, `available` is
false and the rules answer (`names`).
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem, ProblemKind
from desktop.extraction.gazetteer import lists
from desktop.extraction.model_spans import candidates
from desktop.extraction.name_document import again, best, share
from desktop.extraction.name_evidence import KINDS, Witness, score, weights
from desktop.extraction.name_spans import Span
from desktop.extraction.name_tokens import NameTokens
from desktop.model import Block, Mention, MentionKind, Source
from desktop.resources import resource

if TYPE_CHECKING:
    from desktop.extraction.model_session import NamesModel, Reading

THREADS: Final = 1  #: cores that one text may use, so that laptops stay cool
ABOUT: Final = "model.toml"  #: what it is, with the sums of the other files
FILES: Final = (ABOUT, "encoder.onnx", "embeddings.q4", "pieces.txt")

_RULES: Final = 0.5  # how much the lists and surroundings count beside the model
_LEAST: Final = 1e-4  # likelihood below which the model is not believed to know


VERSION: Final = 1  #: to be raised when it finds other names with the same files


def about() -> bytes:
    """Return the description of the model: another model has another one."""
    return resource("models", "names", ABOUT).read_bytes()


def why_not() -> str:
    """Return why the model cannot be used here, "" where it can. Loads it."""
    return _loaded(THREADS)[1]


def available() -> bool:
    """Tell whether the model can be used here. Loads it."""
    return not why_not()


@lru_cache(maxsize=2)
def _loaded(threads: int) -> tuple[NamesModel | None, str]:
    """Return the model, or None and the reason."""
    folder = resource("models", "names")
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        return None, f"{folder / missing[0]} is missing"
    try:
        from desktop.extraction.model_session import NamesModel

        return NamesModel(folder, threads), ""
    except Exception as error:  # whatever a library or a processor says: the rules can do without
        return None, f"{type(error).__name__}: {error}"


def forget() -> None:
    """Forget the loaded model: the next call loads it again."""
    _loaded.cache_clear()


def damaged() -> list[str]:
    """Return the names of the model's files whose sums are not those it was made with."""
    folder = resource("models", "names")
    sums = tomllib.loads((folder / ABOUT).read_text(encoding="utf-8"))["sha256"]
    return [
        name
        for name, wanted in sums.items()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted
    ]


def find_names(
    text: str, lang: str, blocks: Sequence[Block] = (), *, threads: int = THREADS
) -> list[Mention]:
    """Return the mentions of persons, organisations, places, events and other named things, in order.

    lang: one of `model.LANGUAGES`. Never overlapping. blocks: the text's structure; lines tell as much.
    threads: cores used. May be called from several threads at once. Raises Problem UNKNOWN_VALUE where the
    model cannot be used.
    """
    model, reason = _loaded(threads)
    if model is None:
        raise Problem(ProblemKind.UNKNOWN_VALUE, "names", reason)
    known = lists(lang)
    tokens = NameTokens(text, known.sets["abbreviations"])
    reading = model.read(tokens)
    spans = candidates(reading, tokens, known)
    witness, table = Witness(tokens, known), weights(known.lang)
    for span in spans:
        span.evidence = witness.evidence(span)
        span.scores = _scores(reading, span, score(span.evidence, table))
    share(spans, tokens)
    mentions = []
    for span in again(spans, tokens, known.sets["function_words"]):
        winner = best(span.scores)
        kind = KINDS[winner]
        if kind is not None:
            mentions.append(_mention(tokens, span, kind, reading.likely_of(span.start, span.end)[winner]))
    return mentions


def _scores(reading: Reading, span: Span, by_rules: list[float]) -> list[float]:
    """Return a candidate's score for each of `KINDS`, whose order is the model's."""
    by_model = reading.likely_of(span.start, span.end)
    return [
        math.log(max(likely, _LEAST)) + _RULES * rule for likely, rule in zip(by_model, by_rules, strict=True)
    ]


def _mention(tokens: NameTokens, span: Span, kind: MentionKind, likely: float) -> Mention:
    start, end = tokens.start[span.start], tokens.end[span.end - 1]
    confidence = round(min(1.0, max(0.0, likely)), 3)
    return Mention(start, end, tokens.text[start:end], kind, Source.MODEL, confidence, span.rule or "model")
