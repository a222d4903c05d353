"""What a rule is, and what it draws up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mlcheck.compare import Evidence
from mlcheck.data import Severity, Span
from mlcheck.settings import CheckSettings

__all__ = ["Draft", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finding before its places are worked out: sentence numbers of either side.

    `whole_paragraphs` places it on whole paragraphs, whichever sentences of them it names.
    """

    message: str
    severity: Severity
    confidence: float
    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    whole_paragraphs: bool = False
    source_span: Span | None = None
    target_span: Span | None = None
    """A stretch inside the text of the side's first sentence, on which it stands alone. Such a
    finding says one thing of its sentence, and leaves the rest to others."""
    source_at: Span | None = None
    target_at: Span | None = None
    """A stretch of the side's document, in place of one inside a sentence: a block of code is none, and an
    image has no words."""
    paragraphs: tuple[int | None, int | None] = (None, None)
    """A paragraph of either side on which it stands, in place of sentences: page furniture has none, and what
    is said of a whole item says nothing of the sentence that it is shown on."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    explains: frozenset[tuple[int, int]] = frozenset()
    """(side, sentence) of what it does not stand on, and leaves nothing more to say about."""
    only_if_silent: bool = False
    """Drop it where another rule has a warning or an error on one of its sentences: it knows that something
    is wrong, the other knows what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its name states the flaw. `page` is what `mlcheck explain` prints. Its functions are pure:
    the same evidence and settings give the same, no model is asked, and nothing is kept."""

    name: str
    summary: str
    mqm: str
    page: str
    check: Callable[[Evidence, CheckSettings], Iterator[Draft]]
    worst: Severity = "error"
    """How severe its findings are at most: where it is sure, and nobody has set another severity."""
    skip: Callable[[Evidence, CheckSettings], str | None] = lambda evidence, settings: None
    """Why it cannot run on this pair, or None."""
    partial: Callable[[Evidence, CheckSettings], str | None] = lambda evidence, settings: None
    """What it cannot see in this pair though it runs, or None."""
