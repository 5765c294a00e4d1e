"""The encoder as a torch network that gives every token a score for every label."""

from __future__ import annotations

import math
import random

import torch
from encoder import Encoder, unpacked
from torch import nn
from torch.nn import functional

NAMES_OF_WEIGHTS = (("attention_out", "ao"), ("inner", "fi"), ("outer", "fo"))
NAMES_OF_NORMS = (("attention_norm", "aln"), ("outer_norm", "oln"))


class Dropout(nn.Module):
    """Dropout that cuts its noise from one long row at a random place: ten times as fast on a processor."""

    _LENGTH = 1 << 22
    _row: torch.Tensor | None = None  # shared by all

    def __init__(self, share: float) -> None:
        """share: of the numbers that become zero in training."""
        super().__init__()
        self.share = share

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return x with noise in training, as it is otherwise."""
        if not self.training:
            return x
        if Dropout._row is None:
            Dropout._row = (torch.rand(self._LENGTH) >= self.share).to(torch.bfloat16) / (1 - self.share)
        begin = random.randrange(self._LENGTH - x.numel())
        return x * Dropout._row[begin : begin + x.numel()].view(x.shape)


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each added to what comes in and normalised."""

    def __init__(self, encoder: Encoder, dropout: float) -> None:
        """Make the layer, its weights still to be filled in."""
        super().__init__()
        hidden, inner = encoder.hidden, encoder.inner
        self.heads = encoder.heads
        self.width = hidden // encoder.heads
        self.dropout = Dropout(dropout)
        self.query_key_value = nn.Linear(hidden, 3 * hidden)
        self.attention_out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, encoder.epsilon)
        self.inner = nn.Linear(hidden, inner)
        self.outer = nn.Linear(inner, hidden)
        self.outer_norm = nn.LayerNorm(hidden, encoder.epsilon)

    def attend(
        self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, hidden_from: torch.Tensor | None
    ) -> torch.Tensor:
        """Return what each piece sees of the others; everything [batch, pieces, hidden]."""
        batch, length, hidden = query.shape
        query, key, value = (
            part.reshape(batch, length, self.heads, self.width).transpose(1, 2)
            for part in (query, key, value)
        )
        weights = query @ key.transpose(-1, -2) / math.sqrt(self.width)
        if hidden_from is not None:
            weights = weights + hidden_from
        attended = torch.softmax(weights, -1).to(value.dtype) @ value
        return attended.transpose(1, 2).reshape(batch, length, hidden)

    def forward(self, x: torch.Tensor, hidden_from: torch.Tensor | None) -> torch.Tensor:
        """x: [batch, pieces, hidden]. hidden_from: [batch, 1, 1, pieces], very low where padding stands."""
        query, key, value = self.query_key_value(x).split(x.shape[-1], -1)
        attended = self.attention_out(self.attend(query, key, value, hidden_from))
        x = self.attention_norm(x + self.dropout(attended))
        outer = self.outer(functional.gelu(self.inner(x)))
        out: torch.Tensor = self.outer_norm(x + self.dropout(outer))
        return out


class Tagger(nn.Module):
    """Encoder and classifier. The embedding table of the words stays outside: it is not trained."""

    def __init__(self, encoder: Encoder, labels: int, dropout: float = 0.1) -> None:
        """Make the network with the encoder's weights and a fresh classifier."""
        super().__init__()
        self.dropout = Dropout(dropout)
        self.positions = nn.Parameter(torch.zeros(encoder.positions, encoder.hidden))
        self.norm = nn.LayerNorm(encoder.hidden, encoder.epsilon)
        self.layers = nn.ModuleList(Layer(encoder, dropout) for _ in range(encoder.layers))
        self.classifier = nn.Linear(encoder.hidden, labels)
        self._fill(encoder)

    @torch.no_grad()
    def _fill(self, encoder: Encoder) -> None:
        weights = {name: torch.from_numpy(values) for name, values in encoder.weights.items()}
        positions = weights["emb.pos"].view(encoder.positions, encoder.hidden)
        kind = weights["emb.type"].view(-1, encoder.hidden)[0]
        self.positions.copy_(positions + kind)
        self.norm.weight.copy_(weights["emb.ln.w"])
        self.norm.bias.copy_(weights["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            own = f"l{number}."
            for end in ("w", "b"):
                target = layer.query_key_value.weight if end == "w" else layer.query_key_value.bias
                target.copy_(torch.cat([weights[f"{own}{part}.{end}"] for part in "qkv"]))
            for name, short in (*NAMES_OF_WEIGHTS, *NAMES_OF_NORMS):
                part = getattr(layer, name)
                part.weight.copy_(weights[f"{own}{short}.w"])
                part.bias.copy_(weights[f"{own}{short}.b"])
        self.classifier.weight.normal_(0, 0.02)
        self.classifier.bias.zero_()

    def forward(self, embeddings: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return scores [batch, pieces, labels].

        embeddings: [batch, pieces, hidden]. mask: [batch, pieces], 1 for a piece and 0 for padding; None
        where there is no padding.
        """
        x = self.norm(embeddings + self.positions[: embeddings.shape[1]])
        x = self.dropout(x)
        hidden_from = None if mask is None else (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, hidden_from)
        scores: torch.Tensor = self.classifier(self.dropout(x))
        return scores


def embedding_table(rows: bytes, pieces: int) -> torch.Tensor:
    """Return the packed rows of a written vocabulary as floats [pieces, hidden]."""
    import numpy as np

    return torch.from_numpy(unpacked(np.frombuffer(rows, np.uint8).reshape(pieces, -1)))
