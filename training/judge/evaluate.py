"""Figures of the judge that mlcheck has, on held-back sentences.

    python -m training.judge.evaluate [--eval FOLDER] [--examples N] [--judge FOLDER]

For English and each other language of the table: the area under the ROC curve and, at the threshold where
3 % of the faithful pairs are flagged, the recall of each kind of flaw. Runs the packaged weights as mlcheck
runs them. With `--examples`, the faithful pairs that look most flawed, and the flaws that look most faithful.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from mlcheck.encode import load_encoder
from mlcheck.judge import load_judge
from mlcheck.models import load_models
from training.judge.cases import cases
from training.judge.measure import table
from training.judge.texts import held_back, read_news

LANGUAGES = ("ru", "de", "fr", "zh", "az", "tr")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument(
        "--judge", type=Path, metavar="FOLDER", help="what `ship` wrote, in place of mlcheck's"
    )
    arguments = parser.parse_args()
    models = load_models()
    encoder = load_encoder("e5-small", models=models, languages=["en"]).encoder
    judge = load_judge("judge-1", models=models, encoder=encoder, folder=arguments.judge).judge
    assert judge is not None
    stories = read_news(arguments.eval / "data" / "ntrex_dev.tsv")
    held = cases(arguments.eval, held_back(stories)[1], stories, [("en", other) for other in LANGUAGES])
    pairs = [(pair.source.sentences, pair.target.sentences) for _, _, pair in held]
    began = time.process_time()
    values = np.array([judged.logit if judged else 0.0 for judged in judge.score(pairs)])
    print(table(held, values))
    count = len(pairs)
    print(
        f"{count} pairs, {1000 * (time.process_time() - began) / count:.1f} ms of processor time each, "
        "encoding included"
    )
    for title, sign, faithful in (("Faithful, and flagged", -1, True), ("Flawed, and not seen", 1, False)):
        chosen = [k for k, case in enumerate(held) if (case[0] == "faithful") == faithful]
        for k in sorted(chosen, key=lambda k: sign * values[k])[: arguments.examples]:
            kind, languages, pair = held[k]
            print(f"{title}: {kind} {languages} {values[k]:+.1f}")
            print(f"  {pair.source.sentences[0]}\n  {pair.target.sentences[0]}")


if __name__ == "__main__":
    main()
