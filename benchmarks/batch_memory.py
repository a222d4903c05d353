"""How much memory does a batch in many pairs of languages take?

    python benchmarks/batch_memory.py [--pairs 12] [--sentences 12] [--most 1200] [--eval FOLDER]

Checks a small item in each of twelve pairs of languages, in one process, and prints the most memory that the
process has had by then (its peak resident set, in MB). Exits 1 where that is more than `--most` at the end:
what a batch keeps must not grow with the pairs of languages in it.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
from itertools import permutations
from pathlib import Path

from mlcheck.pipeline import Checker
from mlcheck.read import read_text

SHARED = Path(__file__).resolve().parents[2] / "shared"
LANGUAGES = ("eng", "rus", "deu", "fra", "zho", "aze", "tur")


def pairs_of_languages(wanted: int) -> list[tuple[str, str]]:
    """English into each other language and back, then the others among themselves."""
    every = list(permutations(LANGUAGES, 2))
    return sorted(every, key=lambda pair: LANGUAGES[0] not in pair)[:wanted]


def peak() -> float:
    """The most memory that the process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the memory of a batch in many pairs of languages.")
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--sentences", type=int, default=12, help="of each item")
    parser.add_argument("--most", type=float, default=1200, help="MB")
    parser.add_argument("--eval", type=Path, default=SHARED / "eval", help="folder of the development data")
    arguments = parser.parse_args()
    table = arguments.eval / "data" / "ntrex_dev.tsv"
    if not table.is_file():
        print(f"no {table}: this needs the development data (benchmarks/README.md)", file=sys.stderr)
        return 2
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[: arguments.sentences]
    checker = Checker()
    for source, target in pairs_of_languages(arguments.pairs):
        texts = [read_text("\n\n".join(row[side] for row in rows), name=side) for side in (source, target)]
        checker.check(texts[0], texts[1])
        print(f"{source}-{target}  {peak():7.0f} MB")
    return 1 if peak() > arguments.most else 0


if __name__ == "__main__":
    sys.exit(main())
