"""What every judge can do, and the small nouns of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mlcheck.data import JudgeId, Judgement

__all__ = ["Judge", "LoadedJudge", "Passages"]

Passages = tuple[Sequence[str], Sequence[str]]
"""The sentences of a source passage and of a target passage, one or more each, none blank."""


class Judge(Protocol):
    """Reads both sides of a pair of passages together, and says whether they differ."""

    @property
    def id(self) -> JudgeId:
        """What makes its judgements comparable with others."""

    def score(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        """A judgement for each pair; None where the two are too long to be read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedJudge:
    """A judge that is ready, or None where none is used; and what the reader of a report should know."""

    judge: Judge | None
    note: str | None = None
