"""Fit the model that tells exchanged names (`mlcheck/compare/name_model.json`), and say how good it is.

    python -m training.fit.names TABLE.tsv [--pair eng-rus ...] [--plant 3] [--seed 1] [--write]

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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.mixtures import PAIRS, read_table
from mlcheck.compare import Encode
from mlcheck.compare.name_features import FEATURES, pairs, settled
from mlcheck.compare.name_match import ASKED_FROM, trial_features, trial_gains
from mlcheck.data import Alignment
from mlcheck.pipeline import Checker
from training.fit.planted_names import plant, pool

MODEL = Path(__file__).resolve().parents[2] / "mlcheck" / "compare" / "name_model.json"
KINDS = ("foreign0", "own0", "foreign1", "own1")
FOLDS = 5
ROUNDS = 3
SEEN_BACK = -0.85
"""Log odds from which a planted word is learnt from that is seen from the other side."""
TREES = {
    "learning_rate": 0.05,
    "max_iter": 250,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 1,
}
FALSE_REPORTS = (0, 1, 2, 3, 5, 10)
AT = {figure: k for k, figure in enumerate(FEATURES)}
SCORED_MOST = 3
"""Of a faithful name, the words opposite that are learnt from: what comes second in these stories may come
first in others."""
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
    """Side, sentence, and the word."""
    span: tuple[int, int]
    opposite: tuple[str, ...]
    places: tuple[tuple[int, int, int], ...]
    figures: Floats


def collect(
    table: Path, pair: tuple[str, str], plan: dict[str, int], seed: int
) -> tuple[list[Bag], list[str], list[Alignment], Encode]:
    """The names of all stories of a pair, the kind and the alignment of each case, and their encoder."""
    stories, checker = read_table(table), Checker(judge="none")
    pools = {language: pool(stories, language) for language in pair}
    bags: list[Bag] = []
    cases: list[str] = []
    alignments: list[Alignment] = []
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
                    bags.append(
                        Bag(
                            pair="-".join(pair),
                            case=len(cases),
                            fold=fold,
                            truth=truth,
                            planted=at,
                            place=(found.side, found.sentence, word),
                            span=found.span,
                            opposite=opposite,
                            places=found.opposite,
                            figures=found.features,
                        )
                    )
                cases.append(kind)
                alignments.append(alignment)
    return bags, cases, alignments, checker.tools(a.document, b.document).encode


def first_score(figures: Floats) -> Floats:
    """By hand, before the first fit: a name without counterpart, here and beside, and a word opposite without
    one in the same place, that looks like a name."""

    def ramp(name: str, low: float, high: float) -> Floats:
        return np.clip((figures[:, AT[name]] - low) / (high - low), 0, 1)

    missing, missing_back = 1 - ramp("here", 0.4, 1.3), 1 - ramp("here_back", 0.4, 1.3)
    both = missing * missing_back
    known = np.maximum(ramp("far_back", 1.2, 1.8), ramp("near_back", 1.2, 1.8))
    name, coded = ramp("name_back", 0, 1), ramp("coded_back", 0, 1)
    like = np.maximum(name, np.maximum(coded, 0.8 * known))
    place = 1 - ramp("near", 0.7, 1.5) + ramp("slot", 0.5, 2)
    score = both * (like * place + 0.5 * name * (known + ramp("cosine", 0, 0.7))) + 0.4 * coded * missing_back
    return 8 * score - 6


def fit(bags: list[Bag]) -> HistGradientBoostingClassifier:
    """The trees, fitted on the word opposite that each round's scores choose."""
    figures = np.concatenate([bag.figures for bag in bags])
    ends = np.cumsum([len(bag.figures) for bag in bags])
    scores = first_score(figures)
    for turn in range(ROUNDS):
        rows, truths, weights = [], [], []
        for bag, end in zip(bags, ends, strict=True):
            start = int(end) - len(bag.figures)
            own = np.where(settled(bag.figures), -99, scores[start:end])
            if bag.truth == 0:
                chosen = np.argsort(-own)[:SCORED_MOST]
            elif bag.truth == 1:
                chosen = np.array([own.argmax()])
            elif bag.truth == 2 and turn and own[bag.planted] > SEEN_BACK:
                # Seen from the other side; which of the names there it replaced is not known.
                chosen = np.array([bag.planted])
            else:
                continue
            rows += [start + int(k) for k in chosen]
            truths += [int(bag.truth > 0)] * len(chosen)
            weights += [1.0, 0.5, 0.5][: len(chosen)]
        model = HistGradientBoostingClassifier(**TREES).fit(figures[rows], truths, sample_weight=weights)
        scores = model.decision_function(figures)
    return model


def asked(bag: Bag, scores: Floats, alignment: Alignment, encode: Encode) -> float | None:
    """What the passages gain without the pair of words that scores most; None where nobody asks."""
    at = int(scores.argmax())
    if scores[at] < ASKED_FROM:
        return None
    ends = [(bag.place[1], *bag.span), bag.places[at]]
    source, target = ends if bag.place[0] == 0 else ends[::-1]
    return trial_gains(alignment, [(source, target)], encode)[0]


def fit_trial(asking: list[tuple[Bag, Floats, float | None]]) -> dict[str, float]:
    """The second model, of names with their scores and with what `asked` gave."""
    rows, truths = [], []
    for bag, scores, gain in asking:
        at = int(scores.argmax())
        if gain is not None and (bag.truth < 2 or (bag.truth == 2 and at == bag.planted)):
            rows.append(list(trial_features(float(scores[at]), gain).values()))
            truths.append(int(bag.truth > 0))
    # The last figure is always 1: a bias that is not held back.
    model = LogisticRegression(C=1000, fit_intercept=False, max_iter=1000).fit(rows, truths)
    return dict(zip(trial_features(0, 0), map(float, model.coef_[0]), strict=True))


def curve(bags: list[Bag], kinds: list[str], best_of: list[tuple[int, float]]) -> None:
    """Print the table of a pair. `best_of` has each name's word opposite, and how sure that is."""
    false: dict[tuple[object, ...], float] = defaultdict(lambda: -99.0)
    best: dict[int, float] = defaultdict(lambda: -99.0)
    for bag, (at, value) in zip(bags, best_of, strict=True):
        if bag.truth == 0:
            # Seen from both sides it is one report.
            key = bag.case, *sorted((bag.place[2], bag.opposite[at]))
            false[key] = max(false[key], value)
        else:
            best[bag.case] = max(best[bag.case], value)
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
    pairs_wanted = chosen.pair or ["-".join(pair) for pair in PAIRS]
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
    everything = [bag for bags, *_ in sets.values() for bag in bags]
    models = [fit([bag for bag in everything if bag.fold != fold]) for fold in range(FOLDS)]
    scores, gains = {}, {}
    for name, (bags, _, alignments, encode) in sets.items():
        plain = [models[bag.fold].decision_function(bag.figures) for bag in bags]
        scores[name] = [np.where(settled(b.figures), -99, s) for b, s in zip(bags, plain, strict=True)]
        gains[name] = [
            asked(b, s, alignments[b.case], encode) for b, s in zip(bags, scores[name], strict=True)
        ]
    all_scores, all_gains = ([x for own in held.values() for x in own] for held in (scores, gains))
    asking = list(zip(everything, all_scores, all_gains, strict=True))
    trial = {fold: fit_trial([each for each in asking if each[0].fold != fold]) for fold in range(FOLDS)}
    print("found at false reports: " + " ".join(map(str, FALSE_REPORTS)))
    for name, (bags, kinds, *_) in sets.items():
        first = [(int(s.argmax()), float(s.max())) for s in scores[name]]
        print(f"{name}, by its figures")
        curve(bags, kinds, first)
        second = []
        for bag, (at, odds), gain in zip(bags, first, gains[name], strict=True):
            figures = trial_features(odds, gain or 0.0)
            value = sum(trial[bag.fold][figure] * figures[figure] for figure in figures)
            second.append((at, -99.0 if gain is None else value))
        print(f"{name}, after the trial")
        curve(bags, kinds, second)
    if chosen.write:
        write(fit(everything), fit_trial(asking))


def write(model: HistGradientBoostingClassifier, trial: dict[str, float]) -> None:
    """All nodes of all trees in one row, and the second model. Scikit-learn has no public way to a tree of
    this kind; those of its other kind, which has one, took five times as long."""
    nodes: dict[str, list[float]] = {name: [] for name in ("figure", "limit", "left", "right", "value")}
    roots = []
    for (part,) in model._predictors:
        tree, at = part.nodes, len(nodes["figure"])
        roots.append(at)
        leaf = tree["is_leaf"] == 1
        nodes["figure"] += np.where(leaf, -1, tree["feature_idx"]).tolist()
        nodes["limit"] += [float(f"{x:.6g}") for x in np.where(leaf, 0, tree["num_threshold"])]
        for side in ("left", "right"):
            nodes[side] += np.where(leaf, 0, tree[side].astype(int) + at).tolist()
        nodes["value"] += [float(f"{x:.4g}") for x in np.where(leaf, tree["value"], 0)]
    content = {
        "figures": FEATURES,
        "bias": round(float(model._baseline_prediction.ravel()[0]), 4),
        "trial": {name: round(value, 4) for name, value in trial.items()},
        "roots": roots,
        **nodes,
    }
    MODEL.write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
