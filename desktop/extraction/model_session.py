"""The names model as it runs: its files, its embeddings, its runs. Needs numpy and onnxruntime."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime

from desktop.extraction.model_labels import NEVER, OUTSIDE, Labels
from desktop.extraction.model_pieces import read_pieces
from desktop.extraction.model_segments import Segment, may_hold_names, segments
from desktop.extraction.name_tokens import NameTokens

_BLOCK: Final = 32  # numbers of an embedding that share one scale
_BLOCK_BYTES: Final = 18
_SLOW: Final = ["SkipLayerNormFusion"]  # what it makes of two operations takes four times as long
_ERRORS_ONLY: Final = 3  # onnxruntime's log level


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a text.

    names: (start, end, kind) of tokens, in order. likely: [tokens, kinds], how likely each token is outside
    any name and inside one of each of the model's kinds, 0..1.
    """

    names: list[tuple[int, int, str]]
    likely: Any

    def likely_of(self, start: int, end: int) -> list[float]:
        """Return the means of the tokens [start, end): outside first, then the kinds in their order."""
        return self.likely[start:end].mean(0).tolist()  # type: ignore[no-any-return]


class NamesModel:
    """A loaded model. Threads may share it."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load the model of a folder; threads: how many cores one text may use."""
        about = tomllib.loads((folder / "model.toml").read_text(encoding="utf-8"))
        self.labels = Labels(about["labels"])
        self.longest: int = about["longest"]
        self.pieces = read_pieces(folder / "pieces.txt")
        row = about["hidden"] // _BLOCK * _BLOCK_BYTES
        self._rows = np.fromfile(folder / "embeddings.q4", np.uint8).reshape(-1, row)
        onnxruntime.disable_telemetry_events()  # what its builds for Windows would tell the system
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        options.enable_cpu_mem_arena = False  # what the largest batch needed would never be given back
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOW,
        )
        self.kinds = list(dict.fromkeys(label[2:] for label in self.labels.names if label != OUTSIDE))
        self._sums = np.array(
            [[label[2:] == kind for kind in ("", *self.kinds)] for label in self.labels.names], np.float32
        )

    def read(self, tokens: NameTokens) -> Reading:
        """Return what the model makes of the tokens of one text."""
        names: list[tuple[int, int, str]] = []
        likely: Any = np.zeros((tokens.count, len(self.kinds) + 1), np.float32)
        likely[:, 0] = 1
        for segment, scores in self._scored(tokens):
            self._end_at_lines(segment, tokens, scores)
            likely[segment.tokens] = np.exp(scores) @ self._sums
            for start, end, kind in self.labels.stretches(self.labels.likeliest(scores)):
                names.append((segment.tokens[start], segment.tokens[end - 1] + 1, kind))
        return Reading(sorted(names), likely)

    def _end_at_lines(self, segment: Segment, tokens: NameTokens, scores: Any) -> None:
        """Let no name go on where a line begins: what was said for going on speaks for beginning."""
        lines = [tokens.line[i] for i in segment.tokens]
        begins = [at for at in range(1, len(lines)) if lines[at] != lines[at - 1]]
        for first, further in self.labels.pairs:
            scores[begins, first] = np.logaddexp(scores[begins, first], scores[begins, further])
            scores[begins, further] = NEVER

    def _scored(self, tokens: NameTokens) -> Iterator[tuple[Segment, Any]]:
        """Yield segments with the logarithms of the likelihoods [tokens, labels].

        One at a time: on one core a batch gains nothing, and what a text gives never hangs on its neighbours.
        """
        for segment in segments(tokens, self.pieces, self.longest):
            if may_hold_names(segment, tokens):
                yield segment, self._run(segment)

    def _run(self, segment: Segment) -> Any:
        embeddings = self._embeddings(np.array(segment.ids))
        (found,) = self._session.run(None, {"embeddings": embeddings[None]})
        scores = found[0, segment.first]
        scores -= scores.max(-1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(-1, keepdims=True))
        return scores

    def _embeddings(self, ids: Any) -> Any:
        """Return the embeddings [pieces, hidden], unpacked from 4 bits a number."""
        blocks = self._rows[ids].reshape(len(ids), -1, _BLOCK_BYTES)
        scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
        halves = blocks[..., 2:]
        numbers = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - 8
        return (numbers * scale).reshape(len(ids), -1)
