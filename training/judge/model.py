"""The judge: which words of two passages differ, and do the passages say the same?

Both sides come in as the states of their pieces after layer 8 of multilingual-e5-small, each sentence
read by itself; the encoder has them in any case. Only what reads both sides together is trained:

1. a comparison: every piece looks for its like on the other side, and sees what is different;
2. the four last layers of e5, over both sides in one sequence;
3. a second comparison;
4. a logit for each piece (it differs), and one for the pair (something differs).

The first comparison matters most. Without it the layers have to learn by themselves to look for a
counterpart, and stayed at chance for as long as that was watched. It is the soft alignment of
decomposable attention (Parikh et al., 2016) and of ESIM (Chen et al., 2017).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

__all__ = ["FIGURES", "FIRST_LAYER", "HIDDEN", "LAYERS", "Batch", "Judge"]

HIDDEN, HEADS, FEED_FORWARD, EPSILON = 384, 12, 1536, 1e-12
FIRST_LAYER, LAYERS = 8, 4
"""Of e5's twelve layers, the first that is trained, and how many are."""
_POOLED = 192
_SHARPNESS = 12.0
"""Of the alignment at the start: softmax over cosines times this."""
_SURFACE = 0.3
"""What likeness to the eye and the ear adds to a cosine at the start."""
FIGURES = 3
"""Of a piece, beside the states: the cosine of its best counterpart, how alike the most alike word looks,
and how alike what it is aligned to."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs padded to one length on each side: `a` (n, la, 384), `b` (n, lb, 384), which of the places
    are pieces, (n, la) and (n, lb) bool, and how alike their words look, (n, la, lb), 0 to 1."""

    a: Tensor
    b: Tensor
    in_a: Tensor
    in_b: Tensor
    alike: Tensor


class Comparison(nn.Module):
    """Adds to each piece what is different in its counterpart on the other side."""

    def __init__(self) -> None:
        super().__init__()
        self.centre = nn.Parameter(torch.zeros(HIDDEN))
        self.same = nn.Linear(HIDDEN, HIDDEN, bias=False)
        nn.init.eye_(self.same.weight)
        self.sharp = nn.Parameter(torch.tensor(math.log(_SHARPNESS)))
        self.surface = nn.Parameter(torch.tensor(_SURFACE))
        self.norm = nn.LayerNorm(HIDDEN)
        self.mix = nn.Linear(4 * HIDDEN + FIGURES, HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(
        self, a: Tensor, b: Tensor, in_a: Tensor, in_b: Tensor, alike: Tensor
    ) -> tuple[Tensor, Tensor]:
        u = F.normalize(self.same(a - self.centre), dim=-1)
        v = F.normalize(self.same(b - self.centre), dim=-1)
        cosines = (u @ v.transpose(1, 2)).float()
        return (
            self._one(a, b, cosines, alike, in_b),
            self._one(b, a, cosines.transpose(1, 2), alike.transpose(1, 2), in_a),
        )

    def _one(self, x: Tensor, y: Tensor, cosines: Tensor, alike: Tensor, in_y: Tensor) -> Tensor:
        masked = (cosines + self.surface * alike).masked_fill(~in_y[:, None, :], -1e4)
        weights = torch.softmax(masked * self.sharp.exp(), dim=-1)
        got = weights.to(y.dtype) @ y
        best = cosines.masked_fill(~in_y[:, None, :], -1e4).amax(dim=-1)
        figures = torch.stack([best, alike.amax(dim=-1), (weights * alike).sum(dim=-1)], dim=-1)
        own, other = self.norm(x), self.norm(got)
        z = torch.cat([own, other, own - other, own * other, figures.to(own.dtype)], dim=-1)
        return x + self.out(F.gelu(self.mix(z)))


class Layer(nn.Module):
    """A layer of BERT, normalised after each half, as e5 has them."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.ao = nn.Linear(HIDDEN, HIDDEN)
        self.aln = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.fi = nn.Linear(HIDDEN, FEED_FORWARD)
        self.fo = nn.Linear(FEED_FORWARD, HIDDEN)
        self.oln = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        n, length, _ = x.shape
        q, k, v = (
            part.reshape(n, length, HEADS, -1).transpose(1, 2) for part in self.qkv(x).split(HIDDEN, dim=-1)
        )
        # Written out: for sequences this short the fused kernel is several times slower backwards.
        scores = (q @ k.transpose(2, 3)) * q.shape[-1] ** -0.5 + bias.to(q.dtype)
        y = torch.softmax(scores, dim=-1) @ v
        x = self.aln(x + self.ao(y.transpose(1, 2).reshape(n, length, HIDDEN)))
        return self.oln(x + self.dropout(self.fo(F.gelu(self.fi(x)))))


class Judge(nn.Module):
    """See the module. `dropout` is that of training; 0 elsewhere."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.first = Comparison()
        self.side = nn.Parameter(torch.zeros(2, HIDDEN))
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.second = Comparison()
        self.norm = nn.LayerNorm(HIDDEN)
        self.piece = nn.Linear(HIDDEN, 1)
        self.pool = nn.Linear(4 * HIDDEN, _POOLED)
        self.pair = nn.Linear(_POOLED, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the pairs, (n,), and of the pieces of either side, (n, la) and (n, lb)."""
        a, b, in_a, in_b = batch.a, batch.b, batch.in_a, batch.in_b
        a, b = self.first(self.dropout(a), self.dropout(b), in_a, in_b, batch.alike)
        la = a.shape[1]
        x = torch.cat([a + self.side[0], b + self.side[1]], dim=1)
        inside = torch.cat([in_a, in_b], dim=1)
        bias = torch.zeros(inside.shape, dtype=torch.float32).masked_fill(~inside, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        a, b = self.second(x[:, :la], x[:, la:], in_a, in_b, batch.alike)
        a, b = self.norm(a), self.norm(b)
        parts = [_mean(a, in_a), _mean(b, in_b), _most(a, in_a), _most(b, in_b)]
        pooled = F.gelu(self.pool(self.dropout(torch.cat(parts, dim=-1))))
        return self.pair(pooled)[:, 0], self.piece(a)[..., 0], self.piece(b)[..., 0]


def _mean(x: Tensor, inside: Tensor) -> Tensor:
    weights = inside.to(x.dtype)[..., None]
    return (x * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1)


def _most(x: Tensor, inside: Tensor) -> Tensor:
    return x.masked_fill(~inside[..., None], -1e4).amax(dim=1)
