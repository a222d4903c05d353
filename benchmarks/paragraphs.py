"""Is a paragraph of another item found, whichever it is and wherever it stands: the whole product.

    python benchmarks/paragraphs.py

Takes the texts that the project began with, and puts each paragraph of another item in the place of each
paragraph. It must be reported, and nothing else, with either version first. `tests/test_seeds.py` has some of
these pairs. The texts are not part of this project; without them the script says so and does nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from seeds import SEEDS, Check, faults_of_a_strange_paragraph, given, pairs_of_paragraphs

from mlcheck.data import RawText, Report
from mlcheck.pipeline import Checker

__all__ = ["SEEDS", "faults", "measure"]


def faults() -> dict[tuple[int, int], list[str]]:
    """What is wrong for each pair of paragraphs, by their lines; mostly nothing."""
    check = _check()
    return {pair: faults_of_a_strange_paragraph(*pair, check) for pair in pairs_of_paragraphs()}


def measure() -> float:
    """The share of pairs of paragraphs for which nothing is wrong."""
    found = list(faults().values())
    return sum(not each for each in found) / len(found)


def _check() -> Check:
    checker = Checker("e5-small")

    def check(source: str | RawText, target: str | RawText) -> Report:
        return checker.check(given(source), given(target))

    return check


def main() -> None:
    if not SEEDS.is_dir():
        print(f"no texts in {SEEDS}; name the folder above it with MLCHECK_SHARED", file=sys.stderr)
        return
    found = faults()
    for (line, old), wrong in found.items():
        for each in wrong:
            print(f"line {line} replaced by {old}: {each}")
    right = sum(not wrong for wrong in found.values())
    print(f"{right} of {len(found)} pairs of paragraphs are reported as they should be")


if __name__ == "__main__":
    main()
