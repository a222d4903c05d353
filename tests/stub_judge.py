"""A judge that knows by heart what it says, for tests of what is made of its judgements."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from fake_encoder import FakeEncoder

from mlcheck.data import JudgedWords, JudgeId, Judgement
from mlcheck.encode import Encoder
from mlcheck.judge import LoadedJudge
from mlcheck.judge.protocol import Passages
from mlcheck.pipeline import Checker

NAME = "by-heart"
_SAME, _DIFFERS = 0.02, 0.9
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class ByHeart:
    """Of a passage in whose target a saying's `target` stands it gives the saying's `probability`, with
    its `words` marked on both sides; None where the probability is None. All else says the same."""

    sayings: Sequence[Mapping[str, Any]] = ()
    name: str = NAME
    speaks_of_words: bool = True

    @property
    def id(self) -> JudgeId:
        return JudgeId(name=self.name, revision="1", sha256=self.name)

    def score(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Passages) -> Judgement | None:
        target = " ".join(pair[1])
        saying: Mapping[str, Any] = next((s for s in self.sayings if s["target"] in target), {})
        probability = saying.get("probability", _SAME)
        if probability is None:
            return None
        marked = frozenset(saying.get("words", ()))
        source, target_words = (tuple(judged_words(text, marked) for text in side) for side in pair)
        return Judgement(
            probability=probability,
            logit=math.log(probability / (1 - probability)),
            words=(source, target_words) if self.speaks_of_words else None,
        )


def judged_words(text: str, marked: frozenset[str]) -> JudgedWords:
    """The words of a sentence as the encoder of a few words has them."""
    spans = [match.span() for match in _WORD.finditer(text)]
    values = [_DIFFERS if text[start:end] in marked else _SAME for start, end in spans]
    return JudgedWords(spans=np.array(spans, np.int64).reshape(-1, 2), values=np.array(values, np.float32))


def checker_with(
    judge: ByHeart | None, monkeypatch: pytest.MonkeyPatch, encoder: Encoder | None = None
) -> Checker:
    """A checker with the encoder of a few words, or another, and this judge."""
    loaded = LoadedJudge(judge=judge)
    monkeypatch.setattr("mlcheck.tools.load_judge", lambda *_, **__: loaded)
    return Checker(encoder=encoder or FakeEncoder(), judge=NAME)
