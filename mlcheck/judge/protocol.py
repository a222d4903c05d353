"""What every judge can do, and the small nouns of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mlcheck.data import JudgeId, Judgement
from mlcheck.encode import Encoder
from mlcheck.models import ModelEntry

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
    entry: ModelEntry | None = None
    """The judge's line in models.txt, or what stands for it."""
    encoder: Encoder | None = None
    """The encoder that this was decided for; None where it holds for any."""

    def goes_with(self, encoder: Encoder) -> bool:
        """Is there nothing to load anew for pairs that `encoder` encodes?"""
        return self.encoder is None or self.encoder.id == encoder.id

    def said(self, languages: Sequence[str]) -> str | None:
        """The note, and which of a pair's languages the judge does not list."""
        notes = self.note, self.entry.not_listed(languages) if self.entry else None
        return "; ".join(note for note in notes if note) or None
