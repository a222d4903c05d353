"""Stretches of a sentence that have no counterpart in the passage that it is linked with.

Two logistic models, one on top of the other. The first asks of each word whether its counterpart is
gone, by its own match and those around it; where the sum of its log odds is greatest, a sentence
has its run. The second asks of the run whether it is a detail that is missing: by the run itself,
and by what the passage would be without it. A faithful but free translation has runs too; what
tells is that one of the two sides is longer than the pair's texts make one expect, by as much as
the run is long, while all the other side says is found.

What is then likely enough is put to the test: the sentence is encoded once more, without the run. If
the run stands nowhere on the other side, what is left is nearer to it than the whole was; from a free
translation, taking words away leads away. A third model has that figure beside those of the second.

All are fitted by `training/fit/details.py` on news from which clauses were cut.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.compare.protocol import Encode
from mlcheck.compare.words.coefficients import coefficients
from mlcheck.compare.words.features import clauses, short, smooth
from mlcheck.compare.words.match import Floats, Matches, Matching, match
from mlcheck.data import Alignment, Encoded, Link, Span, WordTable
from mlcheck.statistics import logistic

__all__ = [
    "RUN_FEATURES",
    "TESTED_FEATURES",
    "WORD_FEATURES",
    "WORTH_A_TEST",
    "Candidate",
    "Run",
    "candidates",
    "nearer",
    "runs",
    "word_features",
]

Candidate = tuple[int, int, Span, int, dict[str, float]]
"""Sentence, side (0 is the source), span, number of words and `RUN_FEATURES` of a run."""

WORD_FEATURES = {
    "best": "cosine with the best match, in units of what the pair's one-to-one links have; at most 1",
    "mutual": "1 where the two are each other's best match",
    "rival": "how much better the match's own best match is, same units; never above 0",
    "near": "the mean of `best` with a word on either side",
    "near_mutual": "the mean of `mutual` with a word on either side",
    "short": "1 for words of one to three letters",
}
RUN_FEATURES = {
    "score": "sum of the words' log odds",
    "log_score": "log of that",
    "log_suffix": "log of 1 and the largest such sum up to the sentence's end",
    "end": "1 where the run ends with the sentence, give or take a word",
    "best": "mean of `best` inside",
    "excess": "log of the passage's length over its other side, less what the pair's links have; at most .6",
    "gain": "how much nearer to what they have the passage is without the run",
    "back": "mean of `best` over the other side of the link",
    "similarity": "how alike the two sides of the link are as wholes",
    "elsewhere": "how much better words of the sentences beside match, that themselves lack a match",
    "typical": "the unit of `best`: how close the pair's translation and languages are",
    "words": "log of the passage's words",
}
TESTED_FEATURES = RUN_FEATURES | {
    "nearer": "cosine of the passage without the run with the other side, less that of the whole passage",
}
"""How near the run alone is to the other side was tried beside these, and the best of five cuts of the
sentence's end: on English-Russian news both found what `nearer` alone finds."""

WORTH_A_TEST = 0.03
"""Probability, by the second model, from which a run is tested. Half of the runs are, some four a news
story, which costs a tenth of what the story's own sentences do. With .01 no more was found."""

_NEAR = 1
"""Words on either side that speak for a word. With four, single words were told better, and runs of
four words were not seen at all; of runs as many were found."""
_LEAST_TYPICAL = 0.4
_MOST = 6.0
"""Log odds that one word may give: one word is no detail, whatever its match."""
_EASY = 2.5
"""Added to the log odds of each word: in what was fitted on, one word in twenty-five had lost its
counterpart; where there is a run, far more have. What is no detail is left to the second model."""
_LEAST_WORDS = 3
_BESIDE = 2
"""Sentences, either side of the passage's counterpart, where the run's content may have moved."""
_FREE = -0.5
"""Log odds from which a word there may lack a match."""
_MOST_EXCESS = 0.6
_MOST_NEARER = 0.2
"""Two fifths cut off are an excess of .5. More than these, of either, comes from links that are wrong
and from headlines that the splitter joined to a sentence. With both limits 62 of 100 cut ends were found
at one false report in 62 stories, 54 without them, 53 without `nearer`."""
_SNAP = 2
"""Words by which a run is drawn out to reach a mark of punctuation, for the reader."""
_JOINTS = " ,;:–—-"
"""What joins a clause to the rest, and is left hanging when it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of words without counterpart: the sentence `number` of a side (0 is the source), `span`
    in its text, how many words, and the probability, 0 to 1, that this is a detail left out."""

    side: int
    number: int
    span: Span
    words: int
    chance: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Side:
    encoded: Encoded
    table: WordTable
    matches: Matches
    features: dict[str, Floats]
    odds: Floats
    typical: float
    lengths: Floats
    clause: npt.NDArray[np.int64]


def runs(
    alignment: Alignment, encode: Encode | None = None, matching: Matching | None = None
) -> tuple[Run, ...]:
    """The likeliest run of each side of each link that has one, whatever its chance.

    Needs word vectors. Without `encode` none is tested; with it, it is asked once. `matching` is what
    `match` gives of the alignment, where it is known.
    """
    found = candidates(alignment, matching=matching)
    chances = [logistic(features, coefficients("run")) for *_, features in found]
    if encode is not None:
        asked = [k for k, chance in enumerate(chances) if chance >= WORTH_A_TEST]
        tested = nearer(alignment, [found[k] for k in asked], encode)
        for k, value in zip(asked, tested, strict=True):
            found[k][4]["nearer"] = value
            chances[k] = logistic(found[k][4], coefficients("tested"))
    return tuple(
        Run(side=side, number=number, span=span, words=words, chance=chance, features=features)
        for (number, side, span, words, features), chance in zip(found, chances, strict=True)
    )


def nearer(alignment: Alignment, found: Sequence[Candidate], encode: Encode) -> list[float]:
    """Of each run how much nearer to its counterpart the passage is without it, -.2 to .2: the
    difference of two cosines, of vectors less their document's mean; beyond that, the limit.

    Encodes a text a run, all at once.
    """
    from threadpoolctl import threadpool_limits

    sides = alignment.sides
    texts = [_without(sides[side].document.sentences[number].text, span) for number, side, span, *_ in found]
    some = [text for text in texts if text]
    vectors = iter(encode(some) if some else ())
    links = {(0, number): link for link in alignment.sentences for number in link.source}
    links |= {(1, number): link for link in alignment.sentences for number in link.target}
    means = [encoded.vectors.mean(axis=0, dtype=np.float64) for encoded in sides]

    def part(side: int, numbers: Sequence[int]) -> Floats:
        # As the aligner joins sentences: by their length.
        chosen = list(numbers)
        lengths = [len(sides[side].document.sentences[number].text) for number in chosen]
        result: Floats = np.array(lengths, np.float64) @ (sides[side].vectors[chosen] - means[side])
        return result

    result = []
    with threadpool_limits(1, "blas"):
        for (number, side, *_), text in zip(found, texts, strict=True):
            link = links[side, number]
            own, opposite = link.sides[side], link.sides[1 - side]
            facing = part(1 - side, opposite)
            left = part(side, [k for k in own if k != number])
            if text:
                left = left + len(text) * (next(vectors) - means[side])
            gone = not text and len(own) == 1
            value = 0.0 if gone else _cosine(left, facing) - _cosine(part(side, own), facing)
            result.append(min(max(value, -_MOST_NEARER), _MOST_NEARER))
    return result


def _without(text: str, span: Span) -> str:
    """What is left of a sentence, empty where that is no word."""
    before, after = text[: span.start].rstrip(_JOINTS), text[span.end :].lstrip(_JOINTS)
    if not any(map(str.isalnum, after)):
        return before + "." if any(map(str.isalnum, before)) else ""
    return f"{before} {after}".strip(_JOINTS)


def _cosine(one: Floats, two: Floats) -> float:
    return float(one @ two / max(math.sqrt((one @ one) * (two @ two)), 1e-9))


def candidates(
    alignment: Alignment, unmatched: Mapping[str, float] | None = None, matching: Matching | None = None
) -> list[Candidate]:
    """The likeliest run of each side of each link that has one. `unmatched` are the first model's
    weights, those of the package unless given; `matching` as in `runs`."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"):
        matching = matching or match(alignment)
        weights = unmatched or coefficients("unmatched")
        sides = [_side(alignment, side, matching[side], matching[1 - side], weights) for side in (0, 1)]
        expected = _expected(alignment, sides)
        alone = np.array([*(link.similarity is None for link in alignment.sentences), False])
        found = []
        for link in alignment.sentences:
            if link.similarity is not None:
                for side in (0, 1):
                    run = _longest(sides[side], link.sides[side])
                    if run is not None:
                        features = _features(sides, side, link, run, expected, alone)
                        found.append((run[0], side, _span(sides[side], *run[:3]), run[2] - run[1], features))
    return found


def word_features(alignment: Alignment, side: int, own: Matches, other: Matches) -> dict[str, Floats]:
    """`WORD_FEATURES` of each word of a side."""
    encoded = alignment.sides[side]
    typical = _typical(alignment, encoded, own)
    even = np.ones(len(own.best))
    rival = np.where(own.partner >= 0, own.best - other.best[own.partner], own.best)
    best, mutual = np.minimum(own.best / typical, 1.0), own.mutual.astype(np.float64)
    return {
        "best": best,
        "mutual": mutual,
        "rival": np.maximum(rival, -1.0) / typical,
        "near": smooth(best, even, _NEAR),
        "near_mutual": smooth(mutual, even, _NEAR),
        "short": short(encoded),
    }


def _typical(alignment: Alignment, encoded: Encoded, own: Matches) -> float:
    assert encoded.words is not None
    single = [len(link.source) == len(link.target) == 1 for link in alignment.sentences]
    inside = np.array([*single, False])[own.link]
    if not inside.any():
        inside[:] = True
    return max(float(np.average(own.best[inside], weights=encoded.words.weights[inside])), _LEAST_TYPICAL)


def _side(
    alignment: Alignment, side: int, own: Matches, other: Matches, weights: Mapping[str, float]
) -> _Side:
    encoded = alignment.sides[side]
    assert encoded.words is not None
    features = word_features(alignment, side, own, other)
    odds = np.full(len(own.best), weights["intercept"])
    for name, values in features.items():
        odds += weights[name] * values
    return _Side(
        encoded,
        encoded.words,
        own,
        features,
        np.clip(odds, -_MOST, _MOST),
        _typical(alignment, encoded, own),
        np.array([len(sentence.text) for sentence in encoded.document.sentences], np.float64),
        clauses(encoded),
    )


def _expected(alignment: Alignment, sides: list[_Side]) -> float:
    """Log of the source's length over the target's, as most of the pair's links have it."""
    ratios = [
        math.log(sides[0].lengths[link.source[0]] / sides[1].lengths[link.target[0]])
        for link in alignment.sentences
        if len(link.source) == len(link.target) == 1
    ]
    return float(np.median(ratios or [math.log(sides[0].lengths.sum() / sides[1].lengths.sum())]))


def _longest(side: _Side, sentences: tuple[int, ...]) -> tuple[int, int, int, float] | None:
    """Of some sentences, the run with the greatest sum: its sentence, rows, and the sum."""
    best: tuple[int, int, int, float] | None = None
    for number in sentences:
        first, last = int(side.table.starts[number]), int(side.table.starts[number + 1])
        total, start = 0.0, first
        for row, value in enumerate((side.odds[first:last] + _EASY).tolist(), start=first):
            if total <= 0:
                total, start = 0.0, row
            total += value
            if total > (best[3] if best else 0.0):
                best = number, start, row + 1, total
    return best if best and best[2] - best[1] >= _LEAST_WORDS else None


def _features(
    sides: list[_Side],
    side: int,
    link: Link,
    run: tuple[int, int, int, float],
    expected: float,
    alone: npt.NDArray[np.bool_],
) -> dict[str, float]:
    own, other = sides[side], sides[1 - side]
    sentences, opposite = link.sides[side], link.sides[1 - side]
    number, first, last, score = run
    starts = own.table.starts
    inside = np.arange(first, last)
    against = other.table.rows(opposite)
    length, facing = own.lengths[list(sentences)].sum(), other.lengths[list(opposite)].sum()
    usual = expected if side == 0 else -expected
    taken = own.table.spans[last - 1, 1] - own.table.spans[first, 0]
    excess = math.log(length / facing) - usual
    without = math.log(max(length - taken, 1) / facing) - usual
    suffix = np.cumsum((own.odds[starts[number] : starts[number + 1]] + _EASY)[::-1]).max()
    weights = own.table.weights[inside]
    return {
        "score": score,
        "log_score": math.log(score),
        "log_suffix": math.log1p(max(float(suffix), 0.0)),
        "end": float(last >= starts[number + 1] - 1),
        "best": float(np.average(own.features["best"][inside], weights=weights)),
        "excess": min(excess, _MOST_EXCESS),
        "gain": abs(excess) - abs(without),
        "back": float(np.average(other.features["best"][against], weights=other.table.weights[against])),
        "similarity": link.similarity or 0.0,
        "elsewhere": _elsewhere(own, other, inside, opposite, alone),
        "typical": own.typical,
        "words": math.log(len(own.table.rows(sentences))),
    }


def _elsewhere(
    own: _Side,
    other: _Side,
    inside: npt.NDArray[np.int64],
    opposite: tuple[int, ...],
    alone: npt.NDArray[np.bool_],
) -> float:
    count = len(other.lengths)
    low, high = max(0, min(opposite) - _BESIDE), min(count, max(opposite) + _BESIDE + 1)
    rows = other.table.rows(j for j in range(low, high) if j not in opposite)
    rows = rows[(other.odds[rows] > _FREE) | alone[other.matches.link[rows]]]
    if len(rows) < 2:
        return 0.0
    best = own.table.cosines(inside, other.table, rows).max(axis=1) / own.typical
    gained = np.maximum(best - own.features["best"][inside], 0.0)
    return float(np.average(gained, weights=own.table.weights[inside]))


def _span(side: _Side, number: int, first: int, last: int) -> Span:
    """The run, drawn out to the marks of punctuation that are near."""
    start, end = int(side.table.starts[number]), int(side.table.starts[number + 1])

    def is_cut(row: int) -> bool:
        return row in (start, end) or side.clause[row - 1] != side.clause[row]

    first = next((row for row in range(first, max(start, first - _SNAP) - 1, -1) if is_cut(row)), first)
    last = next((row for row in range(last, min(end, last + _SNAP) + 1) if is_cut(row)), last)
    return Span(int(side.table.spans[first, 0]), int(side.table.spans[last - 1, 1]))
