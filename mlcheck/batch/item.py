"""One pair of a batch, or all versions of an item."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mlcheck.data import OneSided, RawText

__all__ = ["Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One pair of a batch, or all versions of an item. Paths are as the reports show them."""

    id: str
    source: Path
    target: Path
    languages: tuple[str | None, ...] = (None, None)
    """Of each version, in order."""
    others: tuple[Path, ...] = ()
    """Versions beside the source and the target."""
    old: Path | RawText | None = None
    """The source as it was: what changed since is held against the target. None where nobody asks."""
    lacks: Literal["source", "target"] | None = None
    """The side that is not there: its path is where that version would be, and its language is known."""
    one_sided: OneSided | None = None
    """That one version alone changed; None where both did, or nobody asked."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All versions in order."""
        return (self.source, self.target, *self.others)

    @property
    def there(self) -> Path:
        """The file that is there; of a pair, the source."""
        return self.target if self.lacks == "source" else self.source
