"""Fit the model that tells exchanged names (`mlcheck/facts/name_model.json`), and say how good it is.

    python benchmarks/fit_names.py TABLE.tsv [--pair eng-rus ...] [--plant 3] [--seed 1] [--write]

TABLE.tsv has parallel news sentences (`mixtures.py`). Each story is taken as it is, and with one name
exchanged (`names.py`). Of every name, the word opposite that scores most is what the model learns from
and is judged by; the first choice is by hand (`first_score`), and each fit chooses anew. The figures
printed are for stories that the model was not fitted on (five folds by story): the share of exchanges
found at as many false reports, in all faithful stories of a pair, as the head of the column says.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from mixtures import read_table
from names import plant, pool

from mlcheck.facts.name_figures import FIGURES, around, pairs
from mlcheck.pipeline import Checker

MODEL = Path(__file__).resolve().parents[1] / "mlcheck" / "facts" / "name_model.json"
KINDS = ("foreign0", "own0", "foreign1", "own1")
FOLDS = 5
ROUNDS = 4
FALSE_REPORTS = (0, 1, 2, 3, 5, 10)
AT = {figure: k for k, figure in enumerate(FIGURES)}

Floats = npt.NDArray[np.float32]


@dataclass
class Bag:
    """A name, and the figures of each word opposite. `truth` is 1 where the name was planted, 2 where
    a word opposite was (word `planted`), 3 where another name of that row, 0 in faithful stories."""

    pair: str
    case: int
    fold: int
    truth: int
    planted: int
    place: tuple[int, int, str]
    opposite: tuple[str, ...]
    figures: Floats


def collect(
    table: Path, pair: tuple[str, str], plan: dict[str, int], seed: int
) -> tuple[list[Bag], list[str]]:
    """The names of all stories of a pair, and the kind of each case."""
    stories, checker = read_table(table), Checker(judge="none")
    pools = {language: pool(stories, language) for language in pair}
    bags: list[Bag] = []
    cases: list[str] = []
    for story in stories:
        fold = zlib.crc32(story.encode()) % FOLDS
        for kind, count in plan.items():
            for number in range(count):
                made = plant(stories, story, pair, kind, seed + number, pools)
                if made is None:
                    continue
                a, b, new, _, row = made
                alignment = checker.align_documents(a.document, b.document)
                texts = [[s.text for s in side.document.sentences] for side in (a, b)]
                for found in pairs(alignment):
                    word = texts[found.side][found.sentence][slice(*found.span)]
                    opposite = tuple(texts[1 - found.side][s][x:y] for s, x, y in found.opposite)
                    truth, at = 0, -1
                    if kind != "faithful":
                        if row not in (a, b)[found.side].rows[found.sentence]:
                            continue
                        own = int(kind[-1]) == found.side
                        starts = [k for k, other in enumerate(opposite) if other and new.startswith(other)]
                        truth = 1 if own and word == new else 2 if not own and starts else 3
                        at = starts[-1] if truth == 2 else -1
                    place = found.side, found.sentence, word
                    bags.append(
                        Bag("-".join(pair), len(cases), fold, truth, at, place, opposite, found.figures)
                    )
                cases.append(kind)
    return bags, cases


def first_score(figures: Floats) -> Floats:
    """By hand, before the first fit: a name without counterpart opposite, in the same place."""
    weights = np.zeros(len(FIGURES), np.float32)
    for figure, weight in (
        ("name_missing_not_near", 1.0),
        ("name_missing_in_slot", 1.0),
        ("capital_known_missing", 0.5),
        ("capital_missing_cosine", 0.5),
        ("opposite_coded_missing", 0.4),
    ):
        weights[AT[figure]] = weight
    return figures @ weights


def fit(bags: list[Bag]) -> tuple[Floats, float]:
    """Weights and bias, of the figures as they are."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    score: Callable[[Floats], Floats] = first_score
    weights, bias = np.zeros(len(FIGURES), np.float32), 0.0
    for turn in range(ROUNDS):
        chosen, truths = [], []
        for bag in bags:
            scores = score(bag.figures)
            if bag.truth in (0, 1):
                chosen.append(bag.figures[int(scores.argmax())])
                truths.append(bag.truth)
            elif bag.truth == 2 and turn and scores[bag.planted] > np.log(0.3 / 0.7):
                # Seen from the other side; which of the names there it replaced is not known.
                chosen.append(bag.figures[bag.planted])
                truths.append(1)
        scaler = StandardScaler().fit(np.array(chosen))
        model = LogisticRegression(C=0.1, max_iter=500).fit(scaler.transform(np.array(chosen)), truths)
        weights = (model.coef_[0] / scaler.scale_).astype(np.float32)
        bias = float(model.intercept_[0] - scaler.mean_ @ weights)

        def score(figures: Floats, weights: Floats = weights, bias: float = bias) -> Floats:
            return figures @ weights + np.float32(bias)

    return weights, bias


def curve(bags: list[Bag], kinds: list[str], scores: list[Floats]) -> None:
    """Print the table of a pair."""
    false: dict[tuple[object, ...], float] = defaultdict(lambda: -99.0)
    best: dict[int, float] = defaultdict(lambda: -99.0)
    for bag, plain in zip(bags, scores, strict=True):
        values = np.where(around(bag.figures), -99, plain)
        at = int(values.argmax())
        if bag.truth == 0:
            # Seen from both sides it is one report.
            key = bag.case, *sorted((bag.place[2], bag.opposite[at]))
            false[key] = max(false[key], float(values[at]))
        else:
            best[bag.case] = max(best[bag.case], float(values[at]))
    ranked = sorted(false.values(), reverse=True)
    for kind in KINDS:
        cases = [n for n, own in enumerate(kinds) if own == kind]
        shares = [np.mean([best[n] > ranked[m] for n in cases]) if cases else 0 for m in FALSE_REPORTS]
        print(f"  {kind:9} {len(cases):4}  " + " ".join(f"{share:5.2f}" for share in shares))
    limits = " ".join(f"{1 / (1 + np.exp(-ranked[m])):.3f}" for m in FALSE_REPORTS)
    print(f"  probability above: {limits}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("table", type=Path)
    arguments.add_argument("--pair", action="append")
    arguments.add_argument("--plant", type=int, default=3)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--write", action="store_true")
    chosen = arguments.parse_args()
    pairs_wanted = chosen.pair or [f"eng-{code}" for code in ("rus", "deu", "fra", "tur", "aze", "zho")]
    plan = {
        "faithful": 1,
        "foreign0": chosen.plant,
        "own0": 1,
        "foreign1": max(1, chosen.plant - 1),
        "own1": 1,
    }
    sets = {}
    for name in pairs_wanted:
        left, right = name.split("-")
        sets[name] = collect(chosen.table, (left, right), plan, chosen.seed)
    everything = [bag for bags, _ in sets.values() for bag in bags]
    models = [fit([bag for bag in everything if bag.fold != fold]) for fold in range(FOLDS)]
    print("found at false reports: " + " ".join(map(str, FALSE_REPORTS)))
    for name, (bags, kinds) in sets.items():
        print(name)
        curve(bags, kinds, [bag.figures @ models[bag.fold][0] + models[bag.fold][1] for bag in bags])
    if chosen.write:
        weights, bias = fit(everything)
        write(weights, bias)


def write(weights: Floats, bias: float) -> None:
    rounded = {name: round(float(weight), 4) for name, weight in zip(FIGURES, weights, strict=True)}
    MODEL.write_text(json.dumps({"bias": round(bias, 4), "weights": rounded}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
