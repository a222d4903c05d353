"""Whether what a link lacks stands beside it: where two sentences are divided otherwise in the other
language, each of their links says something else, and both together say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from mlcheck.data import Alignment, Document, Encoded, Link

__all__ = ["rest_is_beside"]

_GAIN = 0.03
"""How much more alike two links have to be together than the better of them is alone. Of 204 sentences of
news (English against Russian and Chinese) that another of the story replaced, none had .02; of faithful
neighbours one in ten has this."""


def rest_is_beside(alignment: Alignment, link: Link) -> bool:
    """Do the two sides of a link say the same together with a link beside it, in the same two paragraphs? Two
    that do not are never more alike by a neighbour that does than the neighbour is."""
    sides = [(one, _centred(one)) for one in alignment.sides]

    def alike(a: Sequence[int], b: Sequence[int]) -> float:
        one, two = (_joined(*side, chosen) for side, chosen in zip(sides, (a, b), strict=True))
        return float(one @ two)

    return any(
        alike((*link.source, *other.source), (*link.target, *other.target))
        >= _GAIN + max(alike(link.source, link.target), alike(other.source, other.target))
        for other in _beside(alignment, link)
    )


def _beside(alignment: Alignment, link: Link) -> Iterator[Link]:
    """The links right before and after one, on both sides, in the same paragraphs."""
    for other in alignment.sentences:
        if other.similarity is None or other.moved or other is link:
            continue
        steps = [
            _step(document, *both)
            for document, both in zip(
                alignment.documents, zip(link.sides, other.sides, strict=True), strict=True
            )
        ]
        if steps[0] == steps[1] != 0:
            yield other


def _step(document: Document, own: Sequence[int], other: Sequence[int]) -> int:
    """1 where the other sentences follow, -1 where they come before, and 0 where they do neither in the same
    paragraph."""
    if len({document.sentences[i].paragraph for i in (*own, *other)}) > 1:
        return 0
    return 1 if max(own) + 1 == min(other) else -1 if max(other) + 1 == min(own) else 0


def _centred(encoded: Encoded) -> npt.NDArray[np.float64]:
    """The sentences' vectors without what all of the text has in common: its language and its topic."""
    vectors = encoded.vectors.astype(np.float64)
    mean: npt.NDArray[np.float64] = np.average(vectors, axis=0, weights=_lengths(encoded.document))
    return vectors - mean


def _lengths(document: Document) -> npt.NDArray[np.float64]:
    return np.array([float(len(sentence.text)) for sentence in document.sentences])


def _joined(
    encoded: Encoded, vectors: npt.NDArray[np.float64], chosen: Sequence[int]
) -> npt.NDArray[np.float64]:
    lengths = np.array([len(encoded.document.sentences[i].text) for i in chosen], np.float64)
    whole: npt.NDArray[np.float64] = (vectors[list(chosen)] * lengths[:, None]).sum(axis=0)
    return whole / max(float(np.linalg.norm(whole)), 1e-9)
