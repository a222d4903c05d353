"""A passage and its facts, and what is found in it: the nouns of comparing by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlcheck.compare.counted import Place
from mlcheck.compare.facts import Difference
from mlcheck.data import Link
from mlcheck.facts import Fact

__all__ = ["Found", "Left", "Passage", "near"]

Left = tuple[list[Fact], list[Fact]]
"""Facts of the source and of the target of a passage that have found no counterpart yet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A link with text on both sides, and its facts: each side's, of all its sentences, with spans
    in the text of their sentence, which `owners` numbers."""

    link: Link
    facts: tuple[tuple[Fact, ...], tuple[Fact, ...]]
    owners: tuple[tuple[int, ...], tuple[int, ...]]

    def owner(self, side: int, fact: Fact) -> int:
        """The sentence of a fact of a side; the very fact, since two may be equal."""
        return next(i for f, i in zip(self.facts[side], self.owners[side], strict=True) if f is fact)

    def place(self, side: int, fact: Fact) -> Place:
        """A fact of a side with its sentence and the facts beside it."""
        own = self.owner(side, fact)
        beside = [f for f, i in zip(self.facts[side], self.owners[side], strict=True) if i == own]
        return Place(fact, own, beside)


@dataclass(frozen=True, slots=True)
class Found:
    """A difference in a passage, with the sentence of either fact, where there is one."""

    passage: Passage
    difference: Difference
    source: int | None
    target: int | None
    same_thing: bool | None = None
    """Do both numbers count the same, by their units or by the words beside them? None where nothing
    tells."""

    @classmethod
    def of(cls, passage: Passage, difference: Difference, *, same_thing: bool | None = None) -> Found:
        """A difference between facts of a passage."""
        one, two = (
            None if fact is None else passage.owner(side, fact)
            for side, fact in enumerate((difference.source, difference.target))
        )
        return cls(passage, difference, one, two, same_thing)


def near(every: Sequence[Passage], at: int, side: int) -> tuple[Fact, ...]:
    """The facts of a side in the passage `at` and in those beside it."""
    return tuple(fact for passage in every[max(at - 1, 0) : at + 2] for fact in passage.facts[side])
