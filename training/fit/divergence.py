"""Fit the coefficients that say whether the two sides of a link say the same, and write them to the package.

    python -m training.fit.divergence [--eval FOLDER] [--write]

Three kinds of link: pairs of sentences that people judged, each pair two texts of one sentence; the
same of news, in several pairs of languages, true, cut short, or with another sentence in the place of
one; and links between whole news stories with such flaws in them. Prints, cross-validated by pair and
by story, the area under the curve and the calibration error on each kind. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.mixtures import ISO, flawed, read_table
from mlcheck.align import Background, in_order
from mlcheck.align.evidence import Evidence
from mlcheck.data import Document
from mlcheck.encode import (
    Encoder,
    Memory,
    encode_document,
    general_centre,
    general_length,
    general_text,
    load_encoder,
)
from mlcheck.models import find_entry, load_models
from mlcheck.read import read_text
from mlcheck.segment import segment
from training.fit.stray import OUT, PAIRS

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "eval"
ENCODERS = ("e5-small", "use-v3")
ALL_PAIRS = [*PAIRS, ("deu", "eng"), ("aze", "tur")]
JUDGED = 16.0
"""How often a pair that people judged counts: there are 520, and some thousands of links in news."""
FOLDS = 5
FACING = 2
SHORT = 0.08
"""Chance that a sentence of a news story loses its end."""


@dataclass(frozen=True)
class Row:
    """A link: which `kind` of text it is from, and what may not be in two folds at once (`group`); its
    figures; whether it diverges, and whether it is wrong."""

    kind: str
    pair: str
    group: str
    figures: dict[str, float]
    divergent: bool
    wrong: bool
    label: str = ""


class Collector:
    """Figures of links, by one encoder."""

    def __init__(self, encoder: Encoder, memory: Memory) -> None:
        self.encoder, self.memory = encoder, memory
        self.rows: list[Row] = []

    def evidence(self, one: Document, two: Document):
        left, right = (encode_document(d, self.encoder, self.memory) for d in (one, two))
        codes = one.language, two.language
        centres = [general_centre(self.encoder, code) for code in codes]
        lengths = [general_length(code) or 1.0 for code in codes]
        texts = [general_text(self.encoder, code) for code in codes]
        background = Background(*centres, lengths[0] / lengths[1], (texts[0], texts[1]))
        return in_order(left, right, background)

    def add(self, evidence: Evidence, a, c, **other) -> None:
        self.rows.append(
            Row(
                figures=evidence.link_features(a, c),
                **other,
            )
        )

    def alone(self, texts: tuple[str, str], codes: tuple[str, str], **other) -> None:
        """Two texts of a sentence each."""
        one, two = (segment(read_text(t, name="x"), code) for t, code in zip(texts, codes, strict=True))
        links, evidence = self.evidence(one, two)
        for a, c in links:
            if a and c:
                self.add(evidence, a, c, **other)

    def judged(self, folder: Path) -> None:
        path = folder / "data" / "sentences_dev_en-fr.tsv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                label = row["label"]
                self.alone(
                    (row["en"], row["fr"]),
                    ("en", "fr"),
                    kind="judged",
                    pair="eng-fra",
                    group=row["id"],
                    divergent=label != "no_meaning_difference",
                    wrong=label == "unrelated",
                    label=label,
                )

    def single(self, stories, pairs, step: int) -> None:
        for left, right in pairs:
            for name in list(stories)[::step]:
                rng = random.Random(f"single/{name}/{left}/{right}")
                for row in stories[name]:
                    text, kind = row[right], rng.choice(("same", "same", "short", "other"))
                    if kind == "short":
                        text = cut(text, right, rng)
                    elif kind == "other":
                        text = rng.choice([x for x in stories[name] if x is not row])[right]
                    if text:
                        self.alone(
                            (row[left], text),
                            (ISO[left], ISO[right]),
                            kind="single",
                            pair=f"{left}-{right}",
                            group=name,
                            divergent=kind != "same",
                            wrong=kind == "other",
                            label=kind,
                        )

    def news(self, stories, pairs, seeds: int, step: int) -> None:
        for left, right in pairs:
            for name in list(stories)[::step]:
                for seed in range(seeds):
                    rng = random.Random(f"short/{name}/{left}/{right}/{seed}")
                    short: set[int] = set()
                    told = []
                    for at, row in enumerate(stories[name]):
                        text = cut(row[right], right, rng) if rng.random() < SHORT else None
                        short |= {at} if text else set()
                        told.append({**row, right: text or row[right]})
                    sides = flawed({**stories, name: told}, name, (left, right), seed)
                    links, evidence = self.evidence(sides[0].document, sides[1].document)
                    for a, c, linked in _facing(links):
                        rows = [
                            frozenset().union(*(side.rows[i] for i in own))
                            for side, own in zip(sides, (a, c), strict=True)
                        ]
                        self.add(
                            evidence,
                            a,
                            c,
                            kind="news" if linked else "facing",
                            pair=f"{left}-{right}",
                            group=name,
                            divergent=rows[0] != rows[1] or bool(rows[1] & short),
                            wrong=not rows[0] & rows[1],
                            label="short" if rows[1] & short else "",
                        )


def _facing(links):
    """The links, and what stands in the place of each other and was not linked: of wrong links there
    are next to none to learn from, because the aligner makes few."""
    for linked, group in groupby(links, key=lambda link: bool(link[0] and link[1])):
        run = list(group)
        if linked:
            yield from ((a, c, True) for a, c in run)
        elif len(run) <= 2 * FACING:
            for a, c in product([a for a, _ in run if a], [c for _, c in run if c]):
                yield a, c, False


def cut(text: str, language: str, rng: random.Random) -> str | None:
    """A sentence without a third to a half of its words, or None where it is short."""
    joint = "" if language == "zho" else " "
    words = list(text) if language == "zho" else text.split(" ")
    if len(words) < (30 if language == "zho" else 12):
        return None
    kept = words[: int(len(words) * rng.uniform(0.5, 0.7))]
    return joint.join(kept).rstrip(" ,;:–-，、；") + text[-1]


WORDS = (
    "similarity",
    "length",
    "least",
    "most",
    "unmatched",
    "usual_similarity",
    "usual_most",
    "usual_unmatched",
    "few",
)
SENTENCES = ("similarity", "length", "usual_similarity", "few")
UNKNOWN = ("relative", "length", "few")
FIGURES = {"e5-small": WORDS, "use-v3": SENTENCES}


def weights_of(rows, question):
    """How much each row counts. Pairs that people judged are few beside the news, and are what the
    probability shall agree with; news in single sentences has a share of flaws that says nothing, so it
    is weighed to theirs."""
    judged = [r for r in rows if r.kind == "judged"]
    share = np.mean([getattr(r, question) for r in judged])
    single = [getattr(r, question) for r in rows if r.kind == "single"]
    have = np.mean(single)
    result = []
    for row in rows:
        if row.kind == "judged":
            result.append(JUDGED)
        elif row.kind == "single":
            result.append(share / have if getattr(row, question) else (1 - share) / (1 - have))
        else:
            result.append(1.0)
    return np.array(result)


def fit(rows, names, question, label) -> dict[str, float]:
    """Coefficients in the figures' own units; prints the cross-validated quality."""
    if question == "divergent":
        rows = [r for r in rows if r.kind != "facing"]
    x = np.array([[r.figures[n] for n in names] for r in rows])
    y = np.array([getattr(r, question) for r in rows]).astype(int)
    kinds = np.array(["news" if r.kind == "facing" else r.kind for r in rows])
    labels = np.array([r.label for r in rows])
    groups = [f"{r.kind == 'judged'}/{r.group}" for r in rows]
    weights = weights_of(rows, question)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
    p = np.zeros(len(y))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for learn, test in folds.split(x, [f"{a}{b}" for a, b in zip(kinds, y, strict=True)], groups):
        model.fit(x[learn], y[learn], logisticregression__sample_weight=weights[learn])
        p[test] = model.predict_proba(x[test])[:, 1]
    print(label)
    for kind in ("judged", "single", "news"):
        own = kinds == kind
        line = f"  {kind:7} n {own.sum():6} positive {y[own].sum():5} AUC {roc_auc_score(y[own], p[own]):.4f}"
        if kind == "judged" and question == "divergent":
            hard = own & (labels != "unrelated")
            line += f" some {roc_auc_score(y[hard], p[hard]):.4f}"
        line += f" AP {average_precision_score(y[own], p[own]):.3f}"
        if kind != "single":
            line += f" calibration error {calibration(y[own], p[own]):.3f}"
        print(line)
    model.fit(x, y, logisticregression__sample_weight=weights)
    scaler, regression = model[0], model[1]
    found = regression.coef_[0] / scaler.scale_
    intercept = regression.intercept_[0] - (found * scaler.mean_).sum()
    return {
        "intercept": round(float(intercept), 4),
        **{name: round(float(w), 4) for name, w in zip(names, found, strict=True)},
    }


def calibration(y, p) -> float:
    """Mean gap between probability and frequency over ten groups of equal size."""
    groups = np.array_split(np.argsort(p), 10)
    return sum(len(own) * abs(p[own].mean() - y[own].mean()) for own in groups) / len(y)


def collect(folder: Path, name: str) -> list[Row]:
    """All links, by one encoder, in the languages that it lists."""
    entry = find_entry(name, load_models())
    encoder = load_encoder(name, models=load_models(), languages=["en", "fr"]).encoder
    collector = Collector(encoder, Memory(texts=1_000_000))
    stories = read_table(folder / "data" / "ntrex_dev.tsv")
    pairs = [p for p in ALL_PAIRS if not entry.not_covered([ISO[code] for code in p])]
    collector.judged(folder)
    collector.single(stories, pairs, 3)
    collector.news(stories, pairs, 1, 1)
    return collector.rows


def fit_all(rows: dict[str, list[Row]]) -> dict[str, dict[str, dict[str, float]]]:
    """Of both questions, each encoder's own, and those of one that is not known."""
    result = {}
    for name, question in (("divergence", "divergent"), ("wrong", "wrong")):
        result[name] = {
            encoder: fit(
                own, WORDS if "most" in own[0].figures else SENTENCES, question, f"{name}, {encoder}"
            )
            for encoder, own in rows.items()
        }
        together = [row for own in rows.values() for row in own]
        result[name]["other"] = fit(together, UNKNOWN, question, f"{name}, encoders together")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="put them into the package")
    arguments = parser.parse_args()
    if not (arguments.eval / "data").is_dir():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    found = fit_all({name: collect(arguments.eval, name) for name in ENCODERS})
    if arguments.write:
        text = json.loads(OUT.read_text("utf-8"))
        OUT.write_text(json.dumps({**text, **found}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
