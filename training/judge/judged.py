"""Pages whose words people labelled, as pairs to learn from; some of the pages are kept for measuring."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from training.judge.data import Pair
from training.judge.plant import Version
from training.judge.texts import Row, page_is_held_back, page_of

__all__ = ["Judged", "read_judged"]

_SAME, _DIFFER = 0.0, 0.25
"""Mean label of a passage's words up to which it counts as the same, and from which as different; between
them the pair is not learnt from, its words are."""
_WEIGHT = 0.5
"""What such a pair counts for, beside 1 of a planted one: whether passages differ is read off their words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A linked pair of passages. `text` is the page, the same in all its languages."""

    text: str
    languages: tuple[str, str]
    pair: Pair

    def row(self) -> Row | None:
        """Something to plant in: one sentence a side, in which nobody found a difference."""
        source, target = self.pair.source, self.pair.target
        if source.marks or target.marks or len(source.sentences) + len(target.sentences) != 2:
            return None
        texts = dict(zip(self.languages, (*source.sentences, *target.sentences), strict=True))
        return Row(self.text, texts)


def read_judged(path: Path) -> list[Judged]:
    """The linked passages of what `human` wrote that are to be learnt from; no labelled sentence pairs."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    result = []
    for row in rows:
        if row["label"] is not None or not row["source"] or not row["target"] or page_is_held_back(row["id"]):
            continue
        sides, labels = [], []
        for name in ("source", "target"):
            marks = [
                (at, start, end, value)
                for at, sentence in enumerate(row[name])
                for start, end, value in sentence["words"]
                if value > 0
            ]
            labels += [value for sentence in row[name] for _, _, value in sentence["words"] if value >= 0]
            sides.append(Version(tuple(sentence["text"] for sentence in row[name]), tuple(marks)))
        if not labels:
            continue
        mean = sum(labels) / len(labels)
        known = mean <= _SAME or mean >= _DIFFER
        pair = Pair(*sides, float(mean > _SAME), True, "judged", _WEIGHT if known else 0.0)
        languages = row["languages"][0], row["languages"][1]
        result.append(Judged(page_of(row["id"]), languages, pair))
    return result
