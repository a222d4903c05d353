"""Which names have another in their place?

Names are compared word by word, in linked passages and what stands around them. Two words are
counterparts in so far as they sound alike (`sound`) and mean alike (the encoder's word vectors). A
name is exchanged where it has no counterpart there, and a word opposite, in the same place, has none
either: a name that one version leaves out has nothing in its place, and a title or a pronoun that
stands for a name is no name. How sure that is boosted trees say, over figures without any word in them.

Last comes a trial: both words are cut out of their passages, and the passages compared anew. Without
two names that are not the same they are more alike; without a name that both have they are not. What that
counts a logistic model says. `name_model.json` has both models, `benchmarks/fit_names.py` fits them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from mlcheck.data import Alignment, Span
from mlcheck.facts.name_figures import pairs, settled
from mlcheck.facts.sound import spell
from mlcheck.facts.trees import Trees, read_trees

__all__ = ["ASKED_FROM", "Exchange", "Trial", "exchanged", "trial_figures"]

_NUMBERED = re.compile(r"\b([^\W\d_]{2,12})-?(\d{1,4})\b")
_SHORT = 4
"""Sounds at the start that a name and its short form share."""
ASKED_FROM = -1.5
"""Log odds from which the encoder is asked: what is below stays below the limit, whatever it says."""
_MOST_LOG_ODDS = 5.0
_GAINS = -0.1, 0.2
_FEWEST = 3
"""Sentences of a document whose mean is worth taking from their vectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A name that has another in its place. Sentences are numbers in the documents, spans lie in the
    sentences' `text`; `probability` is 0 to 1."""

    source_sentence: int
    source: Span
    source_text: str
    target_sentence: int
    target: Span
    target_text: str
    probability: float


def exchanged(alignment: Alignment, least: float = 0.95) -> list[Exchange]:
    """The names of either version that have another in their place in the other version, with a
    probability of `least` or more, in the order of the source. From .95, one or two of 62 faithful
    stories have a false report.

    Empty where the encoder has no vectors for words. Without `Alignment.encode` there is no trial,
    and the probability is what the figures alone say.
    """
    model, asked = _model()
    trial = Trial(alignment)
    best: dict[tuple[int, int], tuple[float, Exchange]] = {}
    texts = [[s.text for s in side.document.sentences] for side in (alignment.source, alignment.target)]
    for found in pairs(alignment):
        scores = np.where(settled(found.figures), -np.inf, model.log_odds(found.figures))
        at = int(scores.argmax())
        odds = float(scores[at])
        if odds < (ASKED_FROM if alignment.encode else _log_odds(least)):
            continue
        ends = [(found.sentence, *found.span), found.opposite[at]]
        (i, a, b), (j, c, d) = ends if found.side == 0 else ends[::-1]
        if spell(texts[0][i][a:b])[:_SHORT] == spell(texts[1][j][c:d])[:_SHORT]:
            continue  # Livi for Livingston
        if alignment.encode:
            gain = trial.gain((i, a, b), (j, c, d))
            if gain is None:
                continue
            odds = sum(asked[name] * value for name, value in trial_figures(odds, gain).items())
        probability = 1 / (1 + math.exp(-odds))
        if probability < least:
            continue
        exchange = Exchange(
            source_sentence=i,
            source=Span(a, b),
            source_text=texts[0][i][a:b],
            target_sentence=j,
            target=Span(c, d),
            target_text=texts[1][j][c:d],
            probability=round(probability, 4),
        )
        # The two directions find the same exchange, and a name of two words is one name.
        key = i, j
        if key not in best or best[key][0] < probability:
            best[key] = probability, exchange
    for exchange in _numbered(alignment, texts):
        best[exchange.source_sentence, exchange.target_sentence] = exchange.probability, exchange
    return [best[key][1] for key in sorted(best)]


def _log_odds(probability: float) -> float:
    return (
        -math.inf
        if probability <= 0
        else math.inf
        if probability >= 1
        else math.log(probability / (1 - probability))
    )


def trial_figures(odds: float, gain: float) -> dict[str, float]:
    """What the second model reads: log odds by the first, and what the passages gain in a trial."""
    bounded = min(max(gain, _GAINS[0]), _GAINS[1])
    return {"log_odds": min(odds, _MOST_LOG_ODDS), "gain": bounded, "bias": 1.0}


class Trial:
    """What the linked passages of an alignment gain in likeness when a word of each is cut out."""

    def __init__(self, alignment: Alignment) -> None:
        self._encode = alignment.encode
        self._sides = alignment.source, alignment.target
        self._links = {i: link for link in alignment.sentences for i in link.source}
        self._centres = [
            side.vectors.mean(axis=0) if len(side.vectors) >= _FEWEST else np.float32(0)
            for side in self._sides
        ]

    def gain(self, source: tuple[int, int, int], target: tuple[int, int, int]) -> float | None:
        """The gain without two words, each a sentence, a start and an end; None where nothing else is left
        to compare. Needs `Alignment.encode`."""
        link = self._links[source[0]]
        whole = [self._text(0, link.source), self._text(1, link.target)]
        cut = [self._text(0, link.source, source), self._text(1, link.target, target)]
        if not all(text.strip() for text in cut):
            return None
        return self._likeness(cut) - self._likeness(whole)

    def _text(self, side: int, unit: Sequence[int], without: tuple[int, int, int] | None = None) -> str:
        texts = []
        for i in unit:
            text = self._sides[side].document.sentences[i].text
            if without is not None and without[0] == i:
                text = text[: without[1]] + text[without[2] :]
            texts.append(text)
        return " ".join(texts)

    def _likeness(self, texts: list[str]) -> float:
        assert self._encode is not None
        left, right = (v - c for v, c in zip(self._encode(texts), self._centres, strict=True))
        return float(left @ right / max(1e-6, float(np.linalg.norm(left) * np.linalg.norm(right))))


def _numbered(alignment: Alignment, texts: list[list[str]]) -> Iterator[Exchange]:
    """Names that differ by their figures alone (COP28, COP29): no model is needed for these."""
    for link in alignment.sentences:
        forms: list[dict[tuple[str, str], tuple[int, int, int]]] = [{}, {}]
        for side in (0, 1):
            for sentence in (link.source, link.target)[side]:
                for match in _NUMBERED.finditer(texts[side][sentence]):
                    key = spell(match[1]), match[2]
                    forms[side].setdefault(key, (sentence, match.start(), match.end()))
        only = [{key: at for key, at in forms[side].items() if key not in forms[1 - side]} for side in (0, 1)]
        for (name, figure), (i, a, b) in only[0].items():
            others = [at for (other, number), at in only[1].items() if other == name and number != figure]
            if len(others) == 1 and len(only[0]) == len(only[1]) == 1:
                j, c, d = others[0]
                yield Exchange(
                    source_sentence=i,
                    source=Span(a, b),
                    source_text=texts[0][i][a:b],
                    target_sentence=j,
                    target=Span(c, d),
                    target_text=texts[1][j][c:d],
                    probability=0.99,
                )


@cache
def _model() -> tuple[Trees, dict[str, float]]:
    content = json.loads(files("mlcheck.facts").joinpath("name_model.json").read_text("utf-8"))
    return read_trees(content), content["trial"]
