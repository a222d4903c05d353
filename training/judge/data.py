"""Quads as arrays on disk: the states of their sentences, and which pieces differ.

Everything is encoded once, by the encoder that mlcheck runs, in its eight-bit integers: what the judge
learns from is what it will read.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from mlcheck.judge.surface import Tokens, between, joined, tokens
from training.judge.model import HIDDEN, Batch
from training.judge.plant import Quad, Version
from training.judge.texts import Seen

__all__ = ["Pair", "Store", "batches", "collate"]

MOST_PIECES = 320
"""Of both sides of a pair; longer ones are left out of training."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions and what is known of them. `marked`: the marks tell all that differs."""

    source: Version
    target: Version
    differ: float
    marked: bool
    kind: str
    weight: float = 1.0


class Store:
    """States of sentences in one array, float16, and where each sentence's are."""

    def __init__(self, states: np.ndarray, spans: np.ndarray, starts: dict[str, tuple[int, int]]) -> None:
        self.states, self.spans, self.starts = states, spans, starts
        self._tokens: dict[str, Tokens] = {}

    @classmethod
    def of(cls, seen: Seen) -> Store:
        """Of all sentences that were encoded."""
        starts, at = {}, 0
        for text, (spans, _) in seen.pieces.items():
            starts[text] = at, at + len(spans)
            at += len(spans)
        states = np.empty((at, HIDDEN), np.float16)
        where = np.empty((at, 2), np.int32)
        for text, (spans, vectors) in seen.pieces.items():
            states[slice(*starts[text])] = vectors
            where[slice(*starts[text])] = spans
        return cls(states, where, starts)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "states.npy", self.states)
        np.save(folder / "spans.npy", self.spans)
        (folder / "starts.pkl").write_bytes(pickle.dumps(self.starts))

    @classmethod
    def load(cls, folder: Path) -> Store:
        starts = pickle.loads((folder / "starts.pkl").read_bytes())
        return cls(np.load(folder / "states.npy", mmap_mode="r"), np.load(folder / "spans.npy"), starts)

    def size(self, version: Version) -> int:
        """Pieces of a version."""
        return sum(self.starts[t][1] - self.starts[t][0] for t in version.sentences)

    def tokens(self, version: Version) -> Tokens:
        """The words of a version, and which of them each piece belongs to."""
        for text in version.sentences:
            if text not in self._tokens:
                self._tokens[text] = tokens(text, self.spans[slice(*self.starts[text])])
        return joined([self._tokens[text] for text in version.sentences])

    def read(self, version: Version) -> tuple[np.ndarray, np.ndarray]:
        """States (k, 384) of a version's pieces, and whether each is marked, (k,) float32."""
        parts, flags = [], []
        for at, text in enumerate(version.sentences):
            where = slice(*self.starts[text])
            parts.append(self.states[where])
            spans = self.spans[where]
            own = np.zeros(len(spans), np.float32)
            for mark in version.marks:
                if mark[0] == at:
                    value = mark[3] if len(mark) > 3 else 1.0
                    inside = (spans[:, 0] < mark[2]) & (spans[:, 1] > mark[1])
                    own[inside] = value
            flags.append(own)
        return np.concatenate(parts), np.concatenate(flags)


def pairs_of(quad: Quad) -> list[Pair]:
    """The pairs of a quad; a faithful one has no marks."""
    result = []
    for one, two, differ in quad.pairs():
        source = one if differ else Version(one.sentences)
        target = two if differ else Version(two.sentences)
        result.append(Pair(source, target, float(differ), quad.marked, quad.kind))
    return result


def batches(groups: Sequence[Sequence[Pair]], store: Store, size: int, rng: random.Random):
    """Batches of `size` groups of like length, in random order, for ever fresh."""
    order = list(range(len(groups)))
    rng.shuffle(order)
    lengths = [max(store.size(p.source) + store.size(p.target) for p in group) for group in groups]
    for start in range(0, len(order), 100 * size):
        chunk = sorted(order[start : start + 100 * size], key=lambda k: lengths[k])
        parts = [chunk[at : at + size] for at in range(0, len(chunk), size)]
        rng.shuffle(parts)
        for part in parts:
            yield [pair for k in part if lengths[k] <= MOST_PIECES for pair in groups[k]]


def collate(
    pairs: Sequence[Pair], store: Store, flip: Sequence[bool] | None = None, blank: int | None = None
):
    """A `Batch`, the labels (n,), and those of pieces (n, la), (n, lb). With `blank`, 0 or 1, nothing is
    seen of that side: it is one piece of zeros, as its length alone tells a sentence that was cut."""
    flip = flip or [False] * len(pairs)
    sides = [
        (store.read(p.target), store.read(p.source)) if f else (store.read(p.source), store.read(p.target))
        for p, f in zip(pairs, flip, strict=True)
    ]
    if blank is not None:
        nothing = np.zeros((1, HIDDEN), np.float16), np.zeros(1, np.float32)
        sides = [(nothing, side[1]) if blank == 0 else (side[0], nothing) for side in sides]
    columns = []
    for side in (0, 1):
        longest = max(len(s[side][0]) for s in sides)
        x = np.zeros((len(pairs), longest, HIDDEN), np.float32)
        inside = np.zeros((len(pairs), longest), bool)
        labels = np.zeros((len(pairs), longest), np.float32)
        for k, s in enumerate(sides):
            states, own = s[side]
            x[k, : len(states)] = states
            inside[k, : len(states)] = True
            labels[k, : len(states)] = own
        columns.append((torch.from_numpy(x), torch.from_numpy(inside), torch.from_numpy(labels)))
    (a, in_a, la), (b, in_b, lb) = columns
    alike = np.zeros((len(pairs), a.shape[1], b.shape[1]), np.float32)
    if blank is None:
        for k, (p, f) in enumerate(zip(pairs, flip, strict=True)):
            own = between(store.tokens(p.source), store.tokens(p.target))
            own = own.T if f else own
            alike[k, : own.shape[0], : own.shape[1]] = own
    differ = torch.tensor([p.differ for p in pairs])
    return Batch(a, b, in_a, in_b, torch.from_numpy(alike)), differ, la, lb
