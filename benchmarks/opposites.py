"""Words that were exchanged for their opposites: how many `opposite-mismatch` finds.

    python benchmarks/opposites.py [--eval FOLDER] [--found]

Every story of the development news in each pair, faithful; and where the source is English once more, with
an English word exchanged for its opposite in a third of the sentences that have one, by the list of
`make_cases.py`, which is not mlcheck's own. Prints how many of them are found, and how many places of the
faithful stories are reported; `--found` prints these. The judge has no part in it.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from mixtures import PAIRS, paragraphs, read_table, recut, side
from scripts import load

from mlcheck.checks.opposite_mismatch import RULE
from mlcheck.compare import compare
from mlcheck.pipeline import Checker
from mlcheck.settings import CheckSettings

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
RATE = 0.35


def measure(folder: Path, checker: Checker, pair: tuple[str, str], show: bool) -> Counter[str]:
    """Words that were `planted` and `found`, and places of faithful stories that are `reported`."""
    make, stories = load(folder, "make_cases"), read_table(folder / "data" / "ntrex_dev.tsv")
    counts: Counter[str] = Counter()
    for name, rows in stories.items():
        rng = random.Random(f"{pair}/{name}")
        for planting in (False, True) if pair[0] == "eng" else (False,):
            texts, planted = [], set()
            for at, row in enumerate(rows):
                text = row[pair[0]]
                if planting and rng.random() < RATE:
                    new = make.swap_word(text, make.OPPOSITES, rng)
                    if new:
                        text = new
                        planted.add(at)
                texts.append((at, text))
            cut = paragraphs(texts, rng)
            one = side(cut, pair[0])
            two = side([[(at, rows[at][pair[1]]) for at, _ in own] for own in recut(cut, rng)], pair[1])
            alignment = checker.align_documents(one.document, two.document)
            found: set[int] = set()
            for draft in RULE.check(compare(alignment), CheckSettings()):
                found |= one.rows[draft.source[0]] | two.rows[draft.target[0]]
                if not planting:
                    counts["reported"] += 1
                    if show:
                        print(f"{'-'.join(pair)} {name}: {draft.message}", flush=True)
            counts["planted"] += len(planted)
            counts["found"] += len(planted & found)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--found", action="store_true", help="print what is reported in faithful stories")
    arguments = parser.parse_args()
    if not (arguments.eval / "make_cases.py").is_file():
        print(f"opposites: no evaluation data in {arguments.eval}; name its folder with --eval")
        return
    checker = Checker("e5-small", judge="none")
    print("| pair | planted | found | reported in faithful stories |\n|---|---|---|---|")
    for pair in PAIRS:
        counts = measure(arguments.eval, checker, pair, arguments.found)
        shares = f"{counts['found'] / counts['planted']:.2f}" if counts["planted"] else ""
        planted = counts["planted"] or ""
        print(f"| {'-'.join(pair)} | {planted} | {shares} | {counts['reported']} |", flush=True)


if __name__ == "__main__":
    main()
