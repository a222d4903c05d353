"""Fit the coefficients of word differences and write them to the package.

    python -m training.fit.words [--eval FOLDER] [--write]

Prints Spearman's rho as the data's own scorer takes it (all tokens of a pair of languages pooled),
cross-validated by document: the pages are the same in all pairs, so a page is left out of all
three. Then the same without each kind of evidence, and with the first kinds alone. The judge learnt from
two thirds of the pages: what it has a part in is fitted and measured on the others. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from mlcheck.compare.words import match
from mlcheck.compare.words.features import FEATURES, JUDGED, features, judged_features
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from training.judge.texts import page_is_held_back

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "eval"
OUT = Path(__file__).resolve().parents[2] / "mlcheck" / "compare" / "words" / "coefficients.json"
ALL = [*FEATURES, *JUDGED]
LANGUAGES = ("de", "fr", "it")
FOLDS = 5
UNSCORED = -1.0

KINDS = {
    "the word": ("best", "short"),
    "words around it": ("near", "wide", "clause"),
    "mutual matches": ("mutual",),
    "order": ("shift",),
    "the passage": ("coverage", "coverage_back", "similarity", "alone"),
    "lengths": ("length", "balance"),
    "the text": ("missing", "opposite"),
}


@dataclass(frozen=True)
class Half:
    """One text of a pair: figures (words, figures), a label for each word (NaN where none), the
    word of each token (-1 where none) and the label of each token."""

    pair: str
    page: str
    unseen: bool
    """Whether the judge never saw the page."""
    figures: np.ndarray
    labels: np.ndarray
    word_of: np.ndarray
    tokens: np.ndarray


def collect(folder: Path) -> list[Half]:
    """Figures and labels of both sides of all pages."""
    checker = Checker()
    halves = []
    for language in LANGUAGES:
        with (folder / "data" / f"words_dev_en-{language}.jsonl").open(encoding="utf-8") as file:
            for page in map(json.loads, file):
                halves += _halves(checker, language, page)
        print(f"en-{language} read", file=sys.stderr)
    return halves


def _halves(checker: Checker, language: str, page: dict) -> list[Half]:
    texts = [read_text(page[key] + "\n", name=key) for key in ("source", "target")]
    alignment = checker.align(texts[0], texts[1], languages=("en", language))
    found = [
        a | b for a, b in zip(features(alignment, match(alignment)), judged_features(alignment), strict=True)
    ]
    halves = []
    for key, encoded, own in zip(
        ("source", "target"), (alignment.source, alignment.target), found, strict=True
    ):
        word_of = _word_of(page[key], encoded)
        tokens = np.array(page[f"{key}_labels"], float)
        labels = np.full(len(encoded.words.spans), np.nan)
        for word, label in zip(word_of, tokens, strict=True):
            if word >= 0 and label != UNSCORED:
                labels[word] = np.fmax(labels[word], label)
        table = np.column_stack([own[name] for name in ALL])
        number, unseen = page["id"].rsplit("_", 1)[-1], page_is_held_back(page["id"])
        halves.append(Half(language, number, unseen, table, labels, word_of, tokens))
    return halves


def _word_of(text: str, encoded) -> np.ndarray:
    """The word of each token of a text of tokens with single spaces between."""
    at = np.full(len(text) + 1, -1)
    row = 0
    for sentence, first, last in zip(
        encoded.document.sentences, encoded.words.starts, encoded.words.starts[1:], strict=False
    ):
        for start, end in encoded.words.spans[first:last].tolist():
            place = sentence.place(start, end)
            at[place.start : place.end] = row
            row += 1
    tokens, place = [], 0
    for token in text.split(" "):
        tokens.append(at[place : place + len(token)].max(initial=-1))
        place += len(token) + 1
    return np.array(tokens)


def fit(halves: list[Half], columns: list[int]) -> tuple[np.ndarray, float]:
    """Coefficients of some figures, and the intercept: whether a word differs at all."""
    x = np.concatenate([half.figures[:, columns] for half in halves])
    y = np.concatenate([half.labels for half in halves])
    known = ~np.isnan(y)
    mean, spread = x[known].mean(axis=0), x[known].std(axis=0)
    model = LogisticRegression(C=1.0).fit((x[known] - mean) / spread, y[known] > 0)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def cross_validated(halves: list[Half], names: list[str]) -> list[float]:
    """Spearman's rho for each pair of languages."""
    columns = [ALL.index(name) for name in names]
    pages = np.random.default_rng(0).permutation(sorted({half.page for half in halves}))
    fold = {page: number % FOLDS for number, page in enumerate(pages)}
    scored: dict[str, tuple[list, list]] = {language: ([], []) for language in LANGUAGES}
    for number in range(FOLDS):
        weights, intercept = fit([half for half in halves if fold[half.page] != number], columns)
        for half in halves:
            if fold[half.page] == number:
                chance = 1 / (1 + np.exp(-(half.figures[:, columns] @ weights + intercept)))
                given = np.where(half.word_of >= 0, chance[half.word_of], 0.0)
                kept = half.tokens != UNSCORED
                scored[half.pair][0].append(given[kept])
                scored[half.pair][1].append(half.tokens[kept])
    return [spearman(*map(np.concatenate, scored[language])) for language in LANGUAGES]


def spearman(one: np.ndarray, two: np.ndarray) -> float:
    """Rank correlation, ties sharing their mean rank."""
    ranks = []
    for values in (one, two):
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2)[inverse])
    return float(np.corrcoef(*ranks)[0, 1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="write the coefficients to the package")
    arguments = parser.parse_args()
    if not (arguments.eval / "data" / "words_dev_en-de.jsonl").is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    halves = collect(arguments.eval)
    print("| evidence | mean | " + " | ".join(f"en-{language}" for language in LANGUAGES) + " |")
    print("|---|" + "---|" * (1 + len(LANGUAGES)))

    unseen = [half for half in halves if half.unseen]
    print(f"{len(halves)} texts, {len(unseen)} that the judge never saw", file=sys.stderr)

    def row(label: str, names: list[str], halves: list[Half] = halves) -> None:
        rho = cross_validated(halves, names)
        print(
            "| " + " | ".join([label, *(f"{x:.3f}" for x in (float(np.mean(rho)), *rho))]) + " |", flush=True
        )

    row("unseen pages: all, with the judge", ALL, unseen)
    row("unseen pages: the judge alone", list(JUDGED), unseen)
    row("unseen pages: all but the judge", list(FEATURES), unseen)
    row("all but the judge", list(FEATURES))
    taken: list[str] = ["best"]
    row("best match alone", taken)
    for kind, names in KINDS.items():
        taken += [name for name in names if name not in taken]
        row(f"up to: {kind}", taken)
    for kind, names in KINDS.items():
        row(f"without {kind}", [name for name in FEATURES if name not in names])
    fitted = {}
    for question, names, own in (("difference", list(FEATURES), halves), ("judged", ALL, unseen)):
        weights, intercept = fit(own, [ALL.index(name) for name in names])
        found = dict(zip(names, np.round(weights, 4).tolist(), strict=True))
        fitted[question] = {"intercept": round(intercept, 4), **found}
    print(json.dumps(fitted, indent=1))
    if arguments.write:
        known = json.loads(OUT.read_text("utf-8")) | fitted
        OUT.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
