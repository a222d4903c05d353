"""The room for words: how far the meaning of each stands in the other version.

Every word looks for its match among the words of the passage that its sentence is linked with;
what that gives, for the word, for the words around it and for the passage, goes into a logistic
model (`features.py`). Its coefficients are in `coefficients.json`, fitted by
`training/fit/words.py` on pages in two languages in which people marked the words that differ.
"""

from __future__ import annotations

import numpy as np

from mlcheck.compare.words.coefficients import coefficients, is_fitted
from mlcheck.compare.words.features import features, judged_features
from mlcheck.compare.words.match import Matches, Matching, match
from mlcheck.compare.words.runs import Run, runs
from mlcheck.data import Alignment, WordDifference
from mlcheck.statistics import sigmoids

__all__ = ["Differences", "Matches", "Matching", "Run", "differences", "match", "runs"]

Differences = tuple[tuple[WordDifference, ...], tuple[WordDifference, ...]]
"""Of the words of the source, and of the target."""


def differences(alignment: Alignment, matching: Matching | None = None) -> Differences:
    """Every word of the source and of the target that is compared, in the order of the text. `matching` is
    what `match` gives of the alignment, where it is known.

    Raises `ValueError` where the encoder has no word vectors (`Alignment.has_words`).
    """
    from threadpoolctl import threadpool_limits

    # Of a judge that judges passages only nothing is known of words, and the weights are for one that does.
    judged = is_fitted("judged") and any(each.words is not None for each in alignment.judgements.values())
    weights = coefficients("judged" if judged else "difference")
    result = []
    with threadpool_limits(1, "blas"):  # small matrices, as in the aligner; and the same sums everywhere
        found = features(alignment, matching or match(alignment))
        if judged:
            one, two = judged_features(alignment)
            found = found[0] | one, found[1] | two
    for encoded, own in zip(alignment.sides, found, strict=True):
        x = np.full(len(own["best"]), weights["intercept"])
        for name, values in own.items():
            x += weights[name] * values
        chances = sigmoids(x)
        table, sentences = encoded.words, encoded.document.sentences
        assert table is not None
        sentence_of = np.repeat(np.arange(len(sentences)), np.diff(table.starts))
        left_out = {p.index for p in encoded.document.paragraphs if not p.compared}
        result.append(
            tuple(
                WordDifference(sentences[sentence].place(start, end), chance)
                for sentence, (start, end), chance in zip(
                    sentence_of.tolist(), table.spans.tolist(), chances.tolist(), strict=True
                )
                if sentences[sentence].paragraph not in left_out
            )
        )
    return result[0], result[1]
