"""The room for words: how far the meaning of each stands in the other version.

Every word looks for its match among the words of the passage that its sentence is linked with;
what that gives, for the word, for the words around it and for the passage, goes into a logistic
model (`figures.py`). Its coefficients are in `coefficients.json`, fitted by
`benchmarks/fit_words.py` on pages in two languages in which people marked the words that differ.
"""

from __future__ import annotations

import numpy as np

from mlcheck.data import Alignment, WordDifference
from mlcheck.words.coefficients import coefficients, is_fitted
from mlcheck.words.figures import figures, judged_figures
from mlcheck.words.match import Matches, Matching, match
from mlcheck.words.runs import Run, runs

__all__ = ["Matches", "Matching", "Run", "differences", "has_words", "match", "runs"]


def has_words(alignment: Alignment) -> bool:
    """Does the encoder give vectors for words? Without them nothing here can be asked."""
    return alignment.source.words is not None and alignment.target.words is not None


def differences(
    alignment: Alignment,
) -> tuple[tuple[WordDifference, ...], tuple[WordDifference, ...]]:
    """Every word of the source and of the target that is compared, in the order of the text.

    Raises `ValueError` where the encoder has no word vectors (see `has_words`).
    """
    from threadpoolctl import threadpool_limits

    # Of a judge that judges passages only nothing is known of words, and the weights are for one that does.
    judged = is_fitted("judged") and any(each.words is not None for each in alignment.judgements.values())
    weights = coefficients("judged" if judged else "difference")
    result = []
    with threadpool_limits(1, "blas"):  # small matrices, as in the aligner; and the same sums everywhere
        found = figures(alignment, match(alignment))
        if judged:
            one, two = judged_figures(alignment)
            found = found[0] | one, found[1] | two
    for encoded, own in zip((alignment.source, alignment.target), found, strict=True):
        x = np.full(len(own["best"]), weights["intercept"])
        for name, values in own.items():
            x += weights[name] * values
        chances = 1 / (1 + np.exp(-np.clip(x, -50, 50)))
        table, sentences = encoded.words, encoded.document.sentences
        assert table is not None
        sentence_of = np.repeat(np.arange(len(sentences)), np.diff(table.starts))
        left_out = {p.index for p in encoded.document.paragraphs if p.role in ("furniture", "code")}
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
