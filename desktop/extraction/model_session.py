"""The names model as it runs: its files, its embeddings, its batches. Needs numpy and onnxruntime."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime

from desktop.extraction.model_labels import OUTSIDE, Labels
from desktop.extraction.model_pieces import PADDING, read_pieces
from desktop.extraction.model_segments import Segment, may_hold_names, segments
from desktop.extraction.name_tokens import NameTokens

_BLOCK: Final = 32  # numbers of an embedding that share one scale
_BLOCK_BYTES: Final = 18
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
        self.batch: int = about["batch"]
        self.pieces = read_pieces(folder / "pieces.txt")
        row = about["hidden"] // _BLOCK * _BLOCK_BYTES
        self._rows = np.fromfile(folder / "embeddings.q4", np.uint8).reshape(-1, row)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        options.enable_cpu_mem_arena = False  # what the largest batch needed would never be given back
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
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
            likely[segment.tokens] = np.exp(scores) @ self._sums
            for start, end, kind in self.labels.stretches(self.labels.likeliest(scores)):
                names.append((segment.tokens[start], segment.tokens[end - 1] + 1, kind))
        return Reading(sorted(names), likely)

    def _scored(self, tokens: NameTokens) -> list[tuple[Segment, Any]]:
        """Return segments with the logarithms of the likelihoods [tokens, labels]."""
        read = [s for s in segments(tokens, self.pieces, self.longest) if may_hold_names(s, tokens)]
        read.sort(key=lambda segment: len(segment.ids))
        found: list[tuple[Segment, Any]] = []
        for at in range(0, len(read), self.batch):
            batch = read[at : at + self.batch]
            found += zip(batch, self._run(batch), strict=True)
        return found

    def _run(self, batch: Sequence[Segment]) -> list[Any]:
        length = max(len(segment.ids) for segment in batch)
        ids = np.full((len(batch), length), PADDING)
        for row, segment in enumerate(batch):
            ids[row, : len(segment.ids)] = segment.ids
        mask = (ids != PADDING).astype(np.float32)
        (scores,) = self._session.run(None, {"embeddings": self._embeddings(ids), "mask": mask})
        scores -= scores.max(-1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(-1, keepdims=True))
        return [scores[row, segment.first] for row, segment in enumerate(batch)]

    def _embeddings(self, ids: Any) -> Any:
        """Return the embeddings [batch, pieces, hidden], unpacked from 4 bits a number."""
        blocks = self._rows[ids].reshape(*ids.shape, -1, _BLOCK_BYTES)
        scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
        halves = blocks[..., 2:]
        numbers = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - 8
        return (numbers * scale).reshape(*ids.shape, -1)


@lru_cache(maxsize=1)
def load(folder: Path, threads: int) -> NamesModel:
    """Return the loaded model, loading it once."""
    return NamesModel(folder, threads)
