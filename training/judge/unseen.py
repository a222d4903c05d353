"""What the judge that mlcheck has says of text that it was never taught on, and where its limit has to stand.

    python -m training.judge.unseen [--training FOLDER] [--pairs N] [--flaws N] [--judge FOLDER]

First, faithful pairs: of each direction of the news references (`wmt21-23_references`) up to `--pairs`, from
documents held back for this (every fifth), directions weighted alike. Printed: the judge's logit that
5, 2 and 1 in a thousand of them are beyond, all together and by direction. Second, planted flaws
(`demetr_even`), up to `--flaws` a kind: the area under the ROC curve against their faithful twins, and the
recall at 3 % of those and at the limits just found. Third, critical errors of translation machines
(`ced_wmt22_dev`) against faithful pairs, as many of each. Fourth, translations by machines that raters found
free of errors, against those in which most of them saw a major one of accuracy (`mqm_wmt2020-21_ratings`).

`--judge FOLDER` measures what `ship` wrote there in place of the judge that mlcheck has.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from mlcheck.encode import load_encoder
from mlcheck.judge import load_judge
from mlcheck.models import load_models
from training.judge.measure import FALSE, auc
from training.judge.references import references, story_is_held_back

DIRECTIONS = (
    "en-ru",
    "en-de",
    "en-cs",
    "en-uk",
    "en-ja",
    "en-he",
    "cs-uk",
    "uk-cs",
    "de-en",
    "ru-en",
    "ja-en",
    "uk-en",
    "cs-en",
    "fr-de",
    "de-fr",
)
"""Those whose references are clean: of Chinese to English a quarter has a major error by the raters."""
BEYOND = (0.005, 0.002, 0.001)
_SEED = 7
_OF_MEANING = ("accuracy", "lexical selection", "untranslated", "omission", "addition", "mistranslation")
"""How the names of errors begin that change what is said; the sets do not name them alike."""

Texts = tuple[str, str]


def _rows(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def faithful(folder: Path, most: int) -> dict[str, list[Texts]]:
    """Pairs of held-back documents by direction, of the first reference of each."""
    found: dict[str, list[Texts]] = defaultdict(list)
    for own in references(folder):
        if story_is_held_back(own.story) and own.version in ("A", "refA", ""):
            found["-".join(own.languages)].append((own.source, own.target))
    rng = random.Random(_SEED)
    return {name: rng.sample(found[name], min(most, len(found[name]))) for name in DIRECTIONS if found[name]}


def planted(folder: Path, most: int) -> dict[str, list[tuple[Texts, Texts]]]:
    """By kind: the pair as it was, and the pair with its flaw."""
    found: dict[str, list[tuple[Texts, Texts]]] = defaultdict(list)
    with lzma.open(folder / "demetr_even.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            source = row["src_sent"]
            if row["mt_sent"] == row["pert_sent"]:
                continue  # nothing of the kind was there to change
            found[row["pert_name"]].append(((source, row["mt_sent"]), (source, row["pert_sent"])))
    rng = random.Random(_SEED)
    return {kind: rng.sample(rows, min(most, len(rows))) for kind, rows in sorted(found.items())}


def critical(folder: Path, most: int) -> tuple[list[Texts], list[Texts]]:
    """Faithful pairs, and pairs with a critical error."""
    found: dict[str, list[Texts]] = {"OK": [], "BAD": []}
    for _, _, label, source, target in _rows(folder / "ced_wmt22_dev.tsv.xz"):
        found[label].append((source, target))
    rng = random.Random(_SEED)
    good, bad = (rng.sample(found[label], min(most, len(found[label]))) for label in ("OK", "BAD"))
    return good, bad


def rated(folder: Path, most: int) -> tuple[list[Texts], list[Texts]]:
    """Machine translations of English news into Russian: those in which no rater saw an error, and those in
    which most raters saw a major error of accuracy."""
    raters: dict[Texts, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for name, _, _, _, rater, category, severity, source, target in _rows(
        folder / "mqm_wmt2020-21_ratings.tsv.xz"
    ):
        if name.startswith("en-ru"):
            pair = source, target.replace("<v>", "").replace("</v>", "")
            raters[pair][rater].append((category.lower(), severity.lower()))
    good: list[Texts] = []
    bad: list[Texts] = []
    for pair, by_rater in raters.items():
        major = sum(
            any(c.startswith(_OF_MEANING) and severity == "major" for c, severity in own)
            for own in by_rater.values()
        )
        if all(c.startswith("no-error") for own in by_rater.values() for c, _ in own):
            good.append(pair)
        elif 2 * major > len(by_rater):
            bad.append(pair)
    rng = random.Random(_SEED)
    return rng.sample(good, min(most, len(good))), rng.sample(bad, min(most, len(bad)))


def figures(kind: str, low: np.ndarray, high: np.ndarray, limits: np.ndarray) -> str:
    """How far apart the logits of faithful pairs and of flawed ones are, as a line."""
    at = np.quantile(low, 1 - FALSE)
    reached = " ".join(f"{(high > limit).mean():.2f}" for limit in limits)
    return f"{kind}: AUC {auc(low, high):.3f}, {(high > at).mean():.2f} at 3 %, {reached} at the limits"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--training", type=Path, default=Path("../shared/training"), metavar="FOLDER")
    parser.add_argument("--pairs", type=int, default=1000, metavar="N")
    parser.add_argument("--flaws", type=int, default=200, metavar="N")
    parser.add_argument("--judge", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if not given.training.is_dir():
        print(f"no text in {given.training}: nothing is measured")
        return
    models = load_models()
    encoder = load_encoder("e5-small", models=models, languages=["en"]).encoder
    judge = load_judge("judge-1", models=models, encoder=encoder, folder=given.judge).judge
    assert judge is not None

    def logits(pairs: Sequence[Texts]) -> np.ndarray:
        judged = judge.score([((one,), (two,)) for one, two in pairs])
        return np.array([own.logit for own in judged if own is not None])

    by_direction = {name: logits(pairs) for name, pairs in faithful(given.training, given.pairs).items()}
    # Directions weighted alike: as many of each as the smallest has.
    least = min(map(len, by_direction.values()))
    alike = np.concatenate([values[:least] for values in by_direction.values()])
    limits = np.quantile(alike, [1 - share for share in BEYOND])
    shown = ", ".join(f"{share:.3f}: {limit:+.2f}" for share, limit in zip(BEYOND, limits, strict=True))
    print(f"faithful: {len(alike)} pairs in {len(by_direction)} directions; logit beyond which is {shown}")
    for name, values in by_direction.items():
        beyond = " ".join(f"{(values > limit).mean():.4f}" for limit in limits)
        print(f"  {name}: {len(values)} pairs, {beyond} beyond these")

    for kind, rows in planted(given.training, given.flaws).items():
        was, is_now = zip(*rows, strict=True)
        print("  " + figures(kind, logits(was), logits(is_now), limits))

    for title, tables in (("critical errors", critical), ("errors of machines, en-ru", rated)):
        good, bad = tables(given.training, given.pairs)
        print(figures(f"{title}, {len(bad)} against {len(good)}", logits(good), logits(bad), limits))


if __name__ == "__main__":
    main()
