"""The judge, asked about the links of an alignment."""

from __future__ import annotations

from collections.abc import Callable

from mlcheck.data import Alignment, Link
from mlcheck.judge.combine import coefficients, weighed
from mlcheck.judge.nulls import null_features
from mlcheck.judge.protocol import Judge

__all__ = ["judge_links"]

_ALL = 1500
"""Links of a text up to which all are judged. A book's are not: it would take half as long again as all
else. There only those are in which the cheap evidence sees something."""
_DOUBT = 0.2
"""Divergence from which it does. Of news sentences one in three has as much."""


def judge_links(
    alignment: Alignment, judge: Judge, wanted: Callable[[Link], bool] | None = None
) -> Alignment:
    """The alignment with the judgements of its sentence links that have two sides, and with what follows
    of them for its links (`combine.py`). Only links that are `wanted` are judged, where that is given; in
    a long text only those in doubt. Links that the judge cannot read are left as they are."""
    links = [link for link in alignment.sentences if link.source and link.target]
    if wanted is None and len(links) > _ALL:
        wanted = _in_doubt
    links = [link for link in links if wanted is None or wanted(link)]
    one, two = (side.document.sentences for side in (alignment.source, alignment.target))
    pairs = [([one[i].text for i in link.source], [two[j].text for j in link.target]) for link in links]
    found = zip(links, judge.score(pairs), strict=True)
    judgements = {(link.source, link.target): judged for link, judged in found if judged is not None}
    known = "null" in coefficients(judge.id.sha256)
    nulls = null_features(alignment, judge, judgements) if known else {}
    if alignment.source.document.keyed:
        # Of what has no counterpart by its key, which the file says, nothing is to be taken back.
        nulls = {k: own for k, own in nulls.items() if (alignment.sentences[k].confidence or 0.0) < 1.0}
    return weighed(alignment, judgements, judge.id.sha256, nulls)


def _in_doubt(link: Link) -> bool:
    return (link.divergence or 0.0) >= _DOUBT
