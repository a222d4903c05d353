"""Held-back sentences with the flaws of the development cases, to measure by."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

from training.judge.data import Pair
from training.judge.plant import Names, Version
from training.judge.texts import Row

__all__ = ["cases"]


def _functions(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_cases", folder / "make_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(
    folder: Path, stories: list[list[Row]], everything: list[list[Row]], pairs: list[tuple[str, str]]
) -> list[tuple[str, str, Pair]]:
    """(kind, languages as "en-ru", pair) of `stories`; "faithful" are the translations as they are.

    The source of every pair of languages is English, which is where the flaws of the cases lie, but for
    those that are cut off.
    """
    make = _functions(folder)
    known = Names.of(everything).known
    result = []
    for rows in stories:
        own = {w for row in rows for w in row.texts["en"].split()}
        foreign = sorted(known - own)
        for at, row in enumerate(rows):
            for one, two in pairs:
                rng = random.Random(f"{row.story}/{at}")
                s, t = row.texts[one], row.texts[two]
                other = rng.choice([r for r in rows if r is not row]).texts[two]
                made = {
                    "faithful": (s, t),
                    "number": (make.change_number(s, rng), t),
                    "date": (make.change_date(s, rng), t),
                    "name": (make.change_name(s, rng, known, foreign), t),
                    "negation": (make.change_negation(s, rng), t),
                    "opposite": (make.swap_word(s, make.OPPOSITES, rng), t),
                    "source cut": (make.cut_end(s), t),
                    "target cut": (s, make.cut_end(t)),
                    "other": (s, other),
                }
                for kind, (a, b) in made.items():
                    if a and b:
                        pair = Pair(Version((a,)), Version((b,)), float(kind != "faithful"), False, kind)
                        result.append((kind, f"{one}-{two}", pair))
    return result
