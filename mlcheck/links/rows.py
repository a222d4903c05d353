"""Links as rows, a link a line: JSON Lines and tab-separated columns."""

from __future__ import annotations

import json

from mlcheck.data import Links

__all__ = ["to_jsonl", "to_tsv"]


def to_jsonl(links: Links) -> str:
    """A link a line: `{"source": [0], "target": [0, 1], "similarity": 0.91}`."""
    return "".join(
        json.dumps(
            {
                "source": list(link.source),
                "target": list(link.target),
                "similarity": _rounded(link.similarity),
                "confidence": _rounded(link.confidence),
            }
        )
        + "\n"
        for link in links.links
    )


def to_tsv(links: Links) -> str:
    """Tab-separated columns source, target, similarity, confidence; unit numbers with commas."""
    rows = ["source\ttarget\tsimilarity\tconfidence"]
    for link in links.links:
        numbers = [",".join(map(str, side)) for side in (link.source, link.target)]
        figures = ["" if x is None else f"{x:.4f}" for x in (link.similarity, link.confidence)]
        rows.append("\t".join(numbers + figures))
    return "\n".join(rows) + "\n"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
