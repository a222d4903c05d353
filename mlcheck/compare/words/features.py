"""What tells whether a word's meaning stands in the other version, as named features."""

from __future__ import annotations

import math

import numpy as np

from mlcheck.compare.words.match import Floats, Ints, Matching
from mlcheck.data import Alignment, Encoded, Link
from mlcheck.statistics import log_odds_of

__all__ = ["FEATURES", "JUDGED", "clauses", "features", "judged_features", "short", "smooth"]

FEATURES = {
    "best": "cosine with the word's best match in the linked passage",
    "near": "the mean of that with two words on either side",
    "wide": "and with eight: what differs mostly differs in a stretch",
    "clause": "the mean between two marks of punctuation",
    "mutual": "the share of words between the marks that are their best match's best match",
    "shift": "how far, for three words on either side, matches stand from where they would by order",
    "coverage": "the mean of `best` over the sentences that are linked",
    "coverage_back": "the same of the other side of the link",
    "similarity": "how alike the two sides of the link are as wholes",
    "alone": "1 in a sentence without counterpart; then all features of the link are 0",
    "length": "log of the link's characters over those of its other side, less `balance`",
    "balance": "log of the text's words over those of the other",
    "missing": "the share of the text's words that stand in sentences without counterpart",
    "opposite": "the mean of `best` over all words of the other text",
    "short": "1 for words of one to three letters, which are mostly there for the grammar",
}
"""In the order of the coefficients. Means weigh words as `WordTable.weights` does."""
JUDGED = {
    "judged": "log odds of what the judge says of the word; 0 in a passage that it did not read",
    "judged_near": "the mean of that with two words on either side",
    "judged_wide": "and with eight",
    "judged_link": "the judge's logit of the passages",
}
"""Further features, where there is a judge."""
_MOST = 8.0
"""A judge's logit beyond which more says no more."""

_INSIDE = frozenset("'’-‐‑./·&@_")
"""Marks that stand inside words and numbers, and end no clause."""


def features(alignment: Alignment, matching: Matching) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """`FEATURES` of every word of the source, and of the target: arrays of one value a word."""
    encoded = alignment.sides
    counts = [len(matches.best) for matches in matching]
    weights = [_weights(own) for own in encoded]
    means = [float(np.average(m.best, weights=w)) for m, w in zip(matching, weights, strict=True)]
    of_links = _of_links(alignment, matching, weights)
    result = []
    for side, (own, matches, weight) in enumerate(zip(encoded, matching, weights, strict=True)):
        clause = clauses(own)
        per_link = {name: values[side][matches.link] for name, values in of_links.items()}
        alone = per_link["alone"]
        balance = float(np.log(counts[side] / counts[1 - side]))
        result.append(
            {
                "best": matches.best,
                "near": smooth(matches.best, weight, 2),
                "wide": smooth(matches.best, weight, 8),
                "clause": _mean_by(clause, matches.best, weight),
                "mutual": _mean_by(clause, matches.mutual.astype(np.float64), weight),
                "shift": smooth(_shift(alignment, matching, side), weight, 3),
                **per_link,
                "length": np.where(alone > 0, 0.0, per_link["length"] - balance),
                "balance": np.full(counts[side], balance),
                "missing": np.full(
                    counts[side], float(alone[matches.link < len(alignment.sentences)].mean())
                ),
                "opposite": np.full(counts[side], means[1 - side]),
                "short": short(own),
            }
        )
    return result[0], result[1]


def judged_features(alignment: Alignment) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """`JUDGED` of every word of the source, and of the target; all 0 without a judge."""
    encoded = alignment.sides
    own = [np.zeros(len(_weights(side))) for side in encoded]
    passage = [np.zeros(len(values)) for values in own]
    for link in alignment.sentences:
        judged = alignment.judgement(link)
        if judged is None or judged.words is None:
            continue
        for at, sentences in enumerate(link.sides):
            table = encoded[at].words
            assert table is not None
            for number, words in zip(sentences, judged.words[at], strict=True):
                rows = slice(table.starts[number], table.starts[number + 1])
                own[at][rows] = log_odds_of(words.values.astype(np.float64))
                passage[at][rows] = min(max(judged.logit, -_MOST), _MOST)
    result = []
    for side, values, link_values in zip(encoded, own, passage, strict=True):
        weights = _weights(side)
        result.append(
            {
                "judged": values,
                "judged_near": smooth(values, weights, 2),
                "judged_wide": smooth(values, weights, 8),
                "judged_link": link_values,
            }
        )
    return result[0], result[1]


def smooth(values: Floats, weights: Floats, reach: int) -> Floats:
    """The weighted mean of each value with those up to `reach` places away."""
    places = np.arange(len(values))
    low, high = np.maximum(places - reach, 0), np.minimum(places + reach + 1, len(values))
    sums, total = (np.concatenate([[0.0], np.cumsum(x)]) for x in (values * weights, weights))
    result: Floats = (sums[high] - sums[low]) / (total[high] - total[low])
    return result


def clauses(encoded: Encoded) -> Ints:
    """For each word, the number of the stretch that it stands in: sentences are cut where marks
    stand between words."""
    table = encoded.words
    assert table is not None
    numbers = np.empty(len(table.spans), np.int64)
    number = -1
    spans = table.spans.tolist()
    starts = table.starts.tolist()
    for sentence in encoded.document.sentences:
        number += 1
        before = 0
        for row in range(starts[sentence.index], starts[sentence.index + 1]):
            start, end = spans[row]
            between = sentence.text[before:start] if before else ""
            number += any(not (c.isspace() or c.isalnum() or c in _INSIDE) for c in between)
            numbers[row], before = number, end
    return numbers


def _weights(encoded: Encoded) -> Floats:
    assert encoded.words is not None
    return encoded.words.weights.astype(np.float64)


def _of_links(
    alignment: Alignment, matching: Matching, weights: list[Floats]
) -> dict[str, tuple[Floats, Floats]]:
    """What all words of a side of a link have in common, by the link's number."""
    count = len(alignment.sentences) + 1  # the last is for what is in no link
    totals = [np.bincount(m.link, w, count) for m, w in zip(matching, weights, strict=True)]
    covered = [
        np.bincount(m.link, w * m.best, count) / np.maximum(total, 1e-9)
        for m, w, total in zip(matching, weights, totals, strict=True)
    ]
    linked = np.array([*(link.similarity is not None for link in alignment.sentences), False])
    length = np.array([*(_length(alignment, link) for link in alignment.sentences), 0.0])
    similarity = np.array([*(link.similarity or 0.0 for link in alignment.sentences), 0.0])
    one, two = (np.where(linked, own, 0.0) for own in covered)
    return {
        "coverage": (one, two),
        "coverage_back": (two, one),
        "similarity": (similarity, similarity),
        "alone": (1.0 - linked, 1.0 - linked),
        "length": (length, -length),
    }


def _length(alignment: Alignment, link: Link) -> float:
    one = sum(len(alignment.source.document.sentences[i].text) for i in link.source)
    two = sum(len(alignment.target.document.sentences[j].text) for j in link.target)
    return math.log(one / two) if one and two else 0.0


def _shift(alignment: Alignment, matching: Matching, side: int) -> Floats:
    own, other = matching[side], matching[1 - side]
    tables = [encoded.words for encoded in alignment.sides]
    places = [np.zeros(len(m.best)) for m in matching]
    for link in alignment.sentences:
        for table, sentences, place in zip(tables, link.sides, places, strict=True):
            assert table is not None
            rows = table.rows(sentences)
            place[rows] = np.arange(len(rows)) / max(len(rows), 1)
    linked = (own.partner >= 0) & (other.link[own.partner] == own.link)
    result: Floats = np.where(linked, np.abs(places[side] - places[1 - side][own.partner]), 0.0)
    return result


def _mean_by(groups: Ints, values: Floats, weights: Floats) -> Floats:
    means = np.bincount(groups, values * weights) / np.maximum(np.bincount(groups, weights), 1e-9)
    result: Floats = means[groups]
    return result


def short(encoded: Encoded) -> Floats:
    """1 for each word of one to three letters, else 0."""
    table = encoded.words
    assert table is not None
    return (np.diff(table.spans, axis=1)[:, 0] <= 3).astype(np.float64)
