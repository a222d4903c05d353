"""A word that is its opposite."""

from __future__ import annotations

import random
from collections import defaultdict

from training.judge import opposites
from training.judge.plant.quads import Edit, Edits
from training.judge.texts import Row

__all__ = ["opposite"]


def opposite(row: Row, rng: random.Random) -> Edits | None:
    found: dict[tuple[int, int], dict[str, list[Edit]]] = defaultdict(lambda: defaultdict(list))
    for language, text in row.texts.items():
        for start, end, put, concept, way in opposites.find(text, language):
            found[concept, way][language].append((start, end, put))
    once = {
        key: {language: own for language, own in where.items() if len(own) == 1}
        for key, where in found.items()
    }
    shared = sorted(key for key, where in once.items() if len(where) > 1)
    alone = sorted(key for key, where in once.items() if len(where) == 1 and "en" in where)
    if shared and (not alone or rng.random() < 0.85):
        return once[rng.choice(shared)]
    return once[rng.choice(alone)] if alone else None
