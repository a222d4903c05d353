"""Fit the coefficients that say whether a sentence has a part in its link, and write them to the package.

    python -m training.fit.stray TABLE.tsv [--write]

Prints, for each set of figures, the cross-validated (by story) area under the curve, and the recall at
a precision of .9 and .95. Needs the extra `bench`. Whether the two sides of a link say the same is
another question, which `training/fit/divergence.py` fits.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.mixtures import Side, flawed, read_table
from mlcheck.align import in_order
from mlcheck.align.evidence import Evidence
from mlcheck.align.lattice import SHAPES
from mlcheck.encode import Memory, encode_document, load_encoder
from mlcheck.models import load_models

_LARGEST = int(SHAPES.max())

OUT = Path(__file__).resolve().parents[2] / "mlcheck" / "align" / "coefficients.json"
PAIRS = [("eng", "rus"), ("fra", "deu"), ("eng", "aze"), ("eng", "zho"), ("eng", "tur"), ("rus", "aze")]
SEEDS = 3

Row = tuple[str, dict[str, float], int]  # story, figures, label


def collect(table: Path) -> dict[str, list[Row]]:
    """Figures and labels of every sentence of a block that the second model makes, and of every null
    beside one."""
    stories = read_table(table)
    encoder = load_encoder(None, models=load_models(), languages=["en", "ru"]).encoder
    memory = Memory(texts=100_000)
    found: dict[str, list[Row]] = {"stray": []}
    for languages in PAIRS:
        for name in stories:
            for seed in range(SEEDS):
                left, right = flawed(stories, name, languages, seed)
                encoded = [encode_document(side.document, encoder, memory) for side in (left, right)]
                links, evidence = in_order(encoded[0], encoded[1], None)
                _label(name, links, evidence, (left, right), found)
    return found


def _label(name, links, evidence: Evidence, sides: tuple[Side, Side], found) -> None:
    def rows(side, block):
        return frozenset().union(*(sides[side].rows[i] for i in block))

    for at, link in enumerate(links):
        a, c = link
        if a and c:
            for side in (0, 1):
                if len(link[side]) > 1:
                    for one in link[side]:
                        _stray(name, evidence, side, link[side], one, link[1 - side], rows, found)
            continue
        side = 1 if c else 0
        for near, place in ((at - 1, 0), (at + 1, 1)):
            if 0 <= near < len(links) and links[near][0] and links[near][1]:
                block = links[near][side]
                block = link[side] + block if place else block + link[side]
                if len(block) <= _LARGEST and block[-1] - block[0] == len(block) - 1:
                    _stray(name, evidence, side, block, link[side][0], links[near][1 - side], rows, found)


def _stray(name, evidence, side, block, one, opposite, rows, found) -> None:
    truth = int(not rows(side, (one,)) & rows(1 - side, opposite))
    found["stray"].append((name, evidence.stray_features(side, block, one, opposite), truth))


def fit(rows: list[Row], names: list[str], label: str) -> dict[str, float]:
    """Coefficients in the figures' own units; prints the cross-validated quality."""
    x = np.array([[figures[name] for name in names] for _, figures, _ in rows])
    y = np.array([truth for _, _, truth in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
    p = cross_val_predict(
        model, x, y, groups=[story for story, _, _ in rows], cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    precision, recall, _ = precision_recall_curve(y, p)
    at = [max(recall[precision >= level], default=0) for level in (0.9, 0.95)]
    gap = abs(p.mean() - y.mean())
    print(
        f"{label:24} n {len(y):6} positive {y.sum():5} AUC {roc_auc_score(y, p):.4f} "
        f"recall at P .9 {at[0]:.3f} at P .95 {at[1]:.3f} mean gap {gap:.4f}"
    )
    model.fit(x, y)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = regression.intercept_[0] - (weights * scaler.mean_).sum()
    return {
        "intercept": round(float(intercept), 4),
        **{name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--write", action="store_true", help="put them into the package")
    arguments = parser.parse_args()
    # The weights of the two models of links are fitted by `training/fit/links.py`.
    result: dict[str, dict[str, dict[str, float]]] = json.loads(OUT.read_text("utf-8"))
    for question, rows in collect(arguments.table).items():
        names = list(rows[0][1])
        plain = [name for name in names if "coverage" not in name]
        result[question] = {
            "words": fit(rows, names, f"{question}, words"),
            "sentences": fit(rows, plain, f"{question}, sentences"),
        }
    text = json.dumps(result, indent=2) + "\n"
    if arguments.write:
        OUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
