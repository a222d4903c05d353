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

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mlcheck.compare.known_names import KnownNames
from mlcheck.compare.name_features import pairs, settled
from mlcheck.compare.name_kinds import may_be_exchanged
from mlcheck.compare.opinion import with_judge
from mlcheck.compare.protocol import Encode
from mlcheck.compare.trees import Trees, read_trees
from mlcheck.data import Alignment, Document, Link, Span
from mlcheck.statistics import read_coefficients, sigmoid
from mlcheck.text import spell

__all__ = ["ASKED_FROM", "Exchange", "exchanged", "trial_features", "trial_gains"]

Word = tuple[int, int, int]
"""A sentence, and where in its text a word starts and ends."""

_NUMBERED = re.compile(r"\b([^\W\d_]{2,12})-?(\d{1,4})\b")
_SHORT = 4
"""Sounds at the start that a name and its short form share."""
ASKED_FROM = -1.5
"""Log odds from which the encoder is asked: what is below stays below the limit, whatever it says."""
_MOST_LOG_ODDS = 5.0
_GAINS = -0.1, 0.2
_SURE = 0.99
"""Probability of names that differ by their figures alone."""
_KNOWN = 0.98
"""Probability of two that tables know. Of 120 news items of the development set none was told wrongly."""
_DIGITS = 4
"""Of a probability."""
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
    known: bool = False
    """Is it beyond doubt that they are two: tables know both, or they differ by their figures alone?"""
    judged: float | None = None
    """The probability with the judge's opinion; None where it has none, as of names with figures (COP28),
    which it reads badly, and where none is asked, as of what is `known`."""


def exchanged(alignment: Alignment, encode: Encode | None = None, least: float = 0.0) -> tuple[Exchange, ...]:
    """The names of either version that have another in their place in the other version, with a
    probability of `least` or more, in the order of the source. From .95, one or two of 62 faithful
    stories have a false report.

    Empty where the encoder has no vectors for words. Without `encode` there is no trial, and the probability
    is what the features alone say; with it, it is asked once, of all that is in doubt.
    """
    _, weights = _model()
    known = KnownNames(alignment)
    suspects = [s for s in _suspects(alignment) if may_be_exchanged(alignment, known, s[1], s[2])]
    if encode is not None:
        gains = trial_gains(alignment, [(one, two) for _, one, two in suspects], encode)
        suspects = [
            (sum(weights[name] * value for name, value in trial_features(odds, gain).items()), one, two)
            for (odds, one, two), gain in zip(suspects, gains, strict=True)
            if gain is not None
        ]
    best: dict[tuple[int, int], tuple[float, Word, Word]] = {}
    for odds, one, two in suspects:
        probability = sigmoid(odds)
        # The two directions find the same exchange, and a name of two words is one name.
        key = one[0], two[0]
        if probability >= least and (key not in best or best[key][0] < probability):
            best[key] = probability, one, two
    links = {i: link for link in alignment.sentences for i in link.source}
    found = [_exchange(alignment, links[key[0]], *best[key]) for key in sorted(best)]
    sure = [_sure(alignment, _SURE, one, two) for one, two in _numbered(alignment)]
    sure += [
        _sure(alignment, _KNOWN, *((k.sentence, *k.entity.span) for k in pair)) for pair in known.pairs()
    ]
    near: defaultdict[tuple[int, int], list[Exchange]] = defaultdict(list)
    for exchange in sure:
        near[0, exchange.source_sentence].append(exchange)
        near[1, exchange.target_sentence].append(exchange)
    found = [
        exchange
        for exchange in found
        if not any(
            _overlap(exchange, other)
            for other in near[0, exchange.source_sentence] + near[1, exchange.target_sentence]
        )
    ]
    return tuple(sorted(sure + found, key=_place))


def _place(exchange: Exchange) -> tuple[int, int, Span, Span]:
    return exchange.source_sentence, exchange.target_sentence, exchange.source, exchange.target


def _sure(alignment: Alignment, probability: float, one: Word, two: Word) -> Exchange:
    source, target = alignment.documents
    return Exchange(
        source_sentence=one[0],
        source=Span(*one[1:]),
        source_text=_text(source, one),
        target_sentence=two[0],
        target=Span(*two[1:]),
        target_text=_text(target, two),
        probability=probability,
        known=True,
    )


def _overlap(one: Exchange, two: Exchange) -> bool:
    """Do two speak of one name?"""
    return (one.source_sentence == two.source_sentence and _meet(one.source, two.source)) or (
        one.target_sentence == two.target_sentence and _meet(one.target, two.target)
    )


def _meet(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def _suspects(alignment: Alignment) -> list[tuple[float, Word, Word]]:
    """Log odds, and the words of the source and of the target, of each name that may have another in its
    place."""
    trees, _ = _model()
    suspects = []
    for found in pairs(alignment):
        open_ = ~settled(found.features)  # most words opposite are, and the trees are what takes long
        if not open_.any():
            continue
        scores = np.full(len(open_), -np.inf, np.float32)
        scores[open_] = trees.log_odds(found.features[open_])
        at = int(scores.argmax())
        odds = float(scores[at])
        if odds < ASKED_FROM:
            continue
        ends = [(found.sentence, *found.span), found.opposite[at]]
        one, two = ends if found.side == 0 else ends[::-1]
        starts = [
            spell(_text(document, word))[:_SHORT]
            for document, word in zip(alignment.documents, (one, two), strict=True)
        ]
        if starts[0] != starts[1]:  # Livi for Livingston
            suspects.append((odds, one, two))
    return suspects


def _text(document: Document, word: Word) -> str:
    sentence, start, end = word
    return document.sentences[sentence].text[start:end]


def _exchange(alignment: Alignment, link: Link, probability: float, one: Word, two: Word) -> Exchange:
    (i, a, b), (j, c, d) = one, two
    source, target = (document.sentences for document in alignment.documents)
    text, places = source[i].text[a:b], [(0, i, Span(a, b)), (1, j, Span(c, d))]
    probability = round(probability, _DIGITS)
    judged = None
    if not any(map(str.isdigit, text)):
        judged = with_judge(alignment, link, "name", probability, places)
    return Exchange(
        source_sentence=i,
        source=Span(a, b),
        source_text=text,
        target_sentence=j,
        target=Span(c, d),
        target_text=target[j].text[c:d],
        probability=probability,
        judged=judged,
    )


def trial_features(odds: float, gain: float) -> dict[str, float]:
    """What the second model reads: log odds by the first, and what the passages gain in a trial."""
    bounded = min(max(gain, _GAINS[0]), _GAINS[1])
    return {"log_odds": min(odds, _MOST_LOG_ODDS), "gain": bounded, "bias": 1.0}


def trial_gains(
    alignment: Alignment, suspects: Sequence[tuple[Word, Word]], encode: Encode
) -> list[float | None]:
    """What the linked passages gain in likeness when a word of the source and one of the target are cut out
    of them; None where nothing else is left to compare. Asks `encode` once."""
    links = {i: link for link in alignment.sentences for i in link.source}
    centres = [
        side.vectors.mean(axis=0) if len(side.vectors) >= _FEWEST else np.float32(0)
        for side in alignment.sides
    ]
    trials: list[tuple[tuple[str, str], tuple[str, str]] | None] = []
    for one, two in suspects:
        link = links[one[0]]
        cut = _passage(alignment, 0, link, one), _passage(alignment, 1, link, two)
        whole = _passage(alignment, 0, link), _passage(alignment, 1, link)
        trials.append((cut, whole) if all(text.strip() for text in cut) else None)
    texts = list(dict.fromkeys(text for trial in trials if trial for both in trial for text in both))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}

    def likeness(both: tuple[str, str]) -> float:
        left, right = (vectors[text] - centre for text, centre in zip(both, centres, strict=True))
        return float(left @ right / max(1e-6, float(np.linalg.norm(left) * np.linalg.norm(right))))

    return [None if trial is None else likeness(trial[0]) - likeness(trial[1]) for trial in trials]


def _passage(alignment: Alignment, side: int, link: Link, without: Word | None = None) -> str:
    """A side of a link in one string, perhaps without a word."""
    texts = []
    for i in link.sides[side]:
        text = alignment.documents[side].sentences[i].text
        if without is not None and without[0] == i:
            text = text[: without[1]] + text[without[2] :]
        texts.append(text)
    return " ".join(texts)


def _numbered(alignment: Alignment) -> Iterator[tuple[Word, Word]]:
    """Names that differ by their figures alone (COP28, COP29): no model is needed for these."""
    for link in alignment.sentences:
        forms: list[dict[tuple[str, str], Word]] = [{}, {}]
        for side, document in enumerate(alignment.documents):
            for sentence in link.sides[side]:
                for match in _NUMBERED.finditer(document.sentences[sentence].text):
                    key = spell(match[1]), match[2]
                    forms[side].setdefault(key, (sentence, match.start(), match.end()))
        only = [{key: at for key, at in forms[side].items() if key not in forms[1 - side]} for side in (0, 1)]
        for (name, figure), one in only[0].items():
            others = [at for (other, number), at in only[1].items() if other == name and number != figure]
            if len(others) == 1 and len(only[0]) == len(only[1]) == 1:
                yield one, others[0]


@cache
def _model() -> tuple[Trees, dict[str, float]]:
    content = read_coefficients("mlcheck.compare", "name_model.json")
    return read_trees(content), content["trial"]
