"""The second pass: everything near the first alignment, weighed with all that is known.

The first pass has similarity alone. Here every block and null in a band around it is scored by a
linear model over the figures of `figures.py`; the lattice turns the scores into the best alignment
and into a probability for each of its links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mlcheck.align.band import SHAPES, Band
from mlcheck.align.coverage import Coverage
from mlcheck.align.dynamic import Pair
from mlcheck.align.evidence import Evidence, coefficients, probability
from mlcheck.align.figures import Figures
from mlcheck.align.lattice import NEVER
from mlcheck.align.similarity import Floats, Similarity
from mlcheck.data import Document

__all__ = ["SecondPass", "shape_name"]

_KEPT = ("similarity", "length_ratio", "coverage", "least_coverage")

_DEEP = 0.97
"""Confidence of a null in the middle of a long run, which the second pass does not weigh."""


@dataclass(frozen=True)
class SecondPass:
    """Scores of a band, and what follows from them."""

    band: Band
    figures: Figures
    weights: Mapping[str, float]
    kept: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    """Figures of the blocks that are of use when the links are known."""

    @classmethod
    def of(
        cls,
        links: Sequence[Pair],
        similarity: Similarity,
        coverage: Coverage | None,
        documents: tuple[Document, Document],
        cuts: Sequence[int] = (),
        every: Sequence[Pair] | None = None,
        moved: Sequence[Pair] = (),
    ) -> SecondPass:
        """Around links of the first pass, in order; see `Band.around` for `cuts`. `every` are all of
        its links, where `links` are not; `moved` are taken out of the text."""
        gone = [i for a, _ in moved for i in a], [j for _, c in moved for j in c]
        band = Band.around(links, cuts)
        figures = Figures(band, similarity, coverage, documents, every or links, gone)
        return cls(band, figures, coefficients("links", words=coverage is not None))

    @cached_property
    def scores(self) -> tuple[Floats, Floats, Floats, float]:
        """Scores of blocks, source nulls, target nulls, and of opening a run; as the lattice wants."""
        blocks = np.zeros((self.band.lattice.rows, len(SHAPES), self.band.lattice.width))
        blocks += np.array([self.weights[shape_name(a, c)] for a, c in SHAPES.tolist()])[None, :, None]
        for name, values in self.figures.blocks():
            blocks += self.weights[name] * values
            if name in _KEPT:
                self.kept[name] = values
        source, target = (
            np.sum([self.weights[name] * values for name, values in side.items()], axis=0)
            for side in self.figures.nulls()
        )
        before = np.clip(self.band.columns - 1, 0, len(target) - 1)
        return (
            np.where(self.figures.possible, blocks, NEVER),
            source,
            np.where(self.figures.null_possible, target[before], NEVER),
            self.weights["open"],
        )

    def links(self, evidence: Evidence | None = None) -> list[tuple[Pair, float]]:
        """The best alignment, in order, with the probability of each link. Their divergence is put
        into `evidence`, for which it need not be worked out again."""
        band, lattice = self.band, self.band.lattice
        posterior = lattice.posterior(*self.scores)
        found: list[tuple[Pair, float]] = []
        alone = np.zeros(len(band.target))
        columns = np.clip(band.columns - 1, 0, len(band.target) - 1)
        np.add.at(alone, columns, np.where(self.figures.null_possible, posterior.target, 0.0))
        for row, node, k in lattice.best(*self.scores)[::-1]:
            i, j = int(band.position[row]), int(band.columns[row, node])
            if k == -1:
                found.append((((int(band.source[i - 1]),), ()), float(posterior.source[row])))
            elif k == -2:
                found.append((((), (int(band.target[j - 1]),)), min(float(alone[j - 1]), 1.0)))
            else:
                a, c = SHAPES[k].tolist()
                pair = tuple(band.source[i - a : i].tolist()), tuple(band.target[j - c : j].tolist())
                found.append((pair, float(posterior.blocks[row, k, node])))
                if evidence is not None:
                    evidence.known[pair] = self._divergence(row, k, node, evidence.similarity.typical)
        return _in_order([*found, *((pair, _DEEP) for pair in band.alone)])

    def _divergence(self, row: int, k: int, node: int, typical: float) -> tuple[float, float]:
        """Of a block, and its similarity."""
        at = {name: float(values[row, k, node]) for name, values in self.kept.items()}
        figures = {
            "similarity": at["similarity"],
            "plain": at["similarity"] * typical,
            "length": 2 ** at["length_ratio"] - 1,
        }
        if "coverage" in at:
            figures |= {"coverage": at["coverage"] / 2, "least_coverage": at["least_coverage"]}
        return probability("divergence", figures), figures["plain"]


def shape_name(a: int, c: int) -> str:
    """Shapes have one weight for both directions: `1-2` is also that of 2-1."""
    return f"{min(a, c)}-{max(a, c)}"


def _in_order(found: list[tuple[Pair, float]]) -> list[tuple[Pair, float]]:
    """Nulls that were taken out go back to their places: after the link of the sentence before."""
    links = [item for item in found if item[0][0] and item[0][1]]
    places = (
        {i: at for at, ((a, _), _) in enumerate(links) for i in a},
        {j: at for at, ((_, c), _) in enumerate(links) for j in c},
    )
    marks = [sorted(own) for own in places]

    def place(item: tuple[Pair, float]) -> tuple[float, int, int]:
        (a, c), _ = item
        side, one = (0, a[0]) if a else (1, c[0])
        if a and c:
            return (places[0][one], 0, 0)
        at = int(np.searchsorted(marks[side], one)) - 1
        before = places[side][marks[side][at]] if at >= 0 else -1
        return (before + 0.5, side, one)

    return sorted(found, key=place)
