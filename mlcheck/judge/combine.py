"""What the cheap evidence and a judge say of a link, made one.

Each of three questions has a logistic model over the log odds of the link's own probabilities and the
judge's logit (stacking, Wolpert 1992), fitted by `training/fit/judged.py` on news stories and pairs of
sentences that the judge never saw: *divergence* and *wrong* as in `align/evidence.py`, and *flawed*, that
something was changed which faithful news does not change. The first is what people call different, the last
what an editor wants to hear of: people find a difference in every third faithful sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from mlcheck.data import Alignment, Judgement, Link, Pair
from mlcheck.judge.features import features
from mlcheck.statistics import logistic, read_coefficients

__all__ = ["coefficients", "weighed"]


def weighed(
    alignment: Alignment,
    judgements: Mapping[Pair, Judgement],
    judge: str,
    nulls: Mapping[int, dict[str, float]] | None = None,
) -> Alignment:
    """The alignment with the judgements, and with probabilities of its links in which they have a part.

    `judge` is the SHA-256 of its weights; `nulls` are the features of null links, by their number
    (`nulls.py`). Of a judge that was not fitted the probability is taken as it comes, and the links' own
    stay as they are.
    """
    weights = coefficients(judge)
    known = {}
    links = []
    for number, link in enumerate(alignment.sentences):
        if weights and nulls and number in nulls:
            # It may only take back: what the aligner itself doubts has no sentence of its own to be read.
            sure = min(link.confidence or 0.0, logistic(nulls[number], weights["null"]))
            links.append(replace(link, confidence=sure))
            continue
        judged = judgements.get((link.source, link.target))
        if judged is None or not weights or link.divergence is None or link.wrong is None:
            links.append(link)
            if judged is not None:
                known[link.source, link.target] = judged
            continue
        own = features(link, judged)
        wrong, divergence, flawed = (
            logistic(own, weights[question]) for question in ("wrong", "divergence", "flawed")
        )
        links.append(replace(link, divergence=max(divergence, wrong), wrong=wrong))
        known[link.source, link.target] = replace(judged, probability=flawed, before=link.divergence)
    return replace(
        alignment,
        sentences=tuple(links),
        paragraphs=_paragraphs(alignment, links) if weights else alignment.paragraphs,
        judgements=known,
        judge=judge,
    )


def _paragraphs(alignment: Alignment, links: list[Link]) -> tuple[Link, ...]:
    """The paragraph links, each with the largest probabilities of the sentence links inside it; one
    without counterpart with the confidence of its surest sentence."""
    one, two = (side.document.sentences for side in (alignment.source, alignment.target))
    alone = {("s", one[i].paragraph): 0.0 for link in links if not link.target for i in link.source}
    alone |= {("t", two[j].paragraph): 0.0 for link in links if not link.source for j in link.target}
    for link in links:
        if link.divergence is None:
            side, paragraph = ("s", one[link.source[0]]) if link.source else ("t", two[link.target[0]])
            key = side, paragraph.paragraph
            alone[key] = max(alone[key], link.confidence or 0.0)
    of_source = {p: n for n, link in enumerate(alignment.paragraphs) for p in link.source}
    of_target = [set(link.target) for link in alignment.paragraphs]
    inside: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        if link.divergence is not None and link.wrong is not None:
            targets = {two[j].paragraph for j in link.target}
            for number in {of_source[one[i].paragraph] for i in link.source}:
                if targets & of_target[number]:
                    inside[number].append(link)
    return tuple(
        replace(
            link,
            divergence=max(own.divergence or 0.0 for own in inside[number]),
            wrong=max(own.wrong or 0.0 for own in inside[number]),
        )
        if inside[number]
        else link
        if link.source and link.target
        else replace(link, confidence=_alone(link, alone))
        for number, link in enumerate(alignment.paragraphs)
    )


def _alone(link: Link, alone: Mapping[tuple[str, int], float]) -> float | None:
    """Confidence of a paragraph without counterpart: that of its surest sentence."""
    keys = [*(("s", p) for p in link.source), *(("t", p) for p in link.target)]
    return max((alone[key] for key in keys if key in alone), default=link.confidence)


def coefficients(judge: str | None) -> Mapping[str, dict[str, float]]:
    """Weights by question of a judge that was fitted, by the SHA-256 of its weights; none of another, or
    where there is none."""
    known: dict[str, dict[str, dict[str, float]]] = read_coefficients("mlcheck.judge")
    return known.get(judge or "", {})
