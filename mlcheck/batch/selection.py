"""Which pairs a run checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlcheck.batch.item import Item
from mlcheck.files import named
from mlcheck.suppress import SIDECAR

__all__ = ["Selection", "text_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The pairs to check, and what is known of them beforehand."""

    items: Sequence[Item]
    shared: frozenset[str] = frozenset()
    """Paths that are part of more than one pair, whether or not these pairs are all selected."""

    @classmethod
    def of(cls, items: Sequence[Item]) -> Selection:
        """All of these pairs. A text of several versions is in several pairs."""
        counts = Counter(
            str(path) for item in items for path in item.paths for _ in range(2 if item.others else 1)
        )
        return cls(items=items, shared=frozenset(path for path, count in counts.items() if count > 1))


def text_files(items: Iterable[Item]) -> list[Path]:
    """The files of these pairs, and what may lie beside them."""
    texts = [path for item in items for path in item.paths]
    return [*(named(path).file for path in texts), *(Path(f"{path}{SIDECAR}") for path in texts)]
