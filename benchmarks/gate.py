"""The gate: no figure of quality may fall below its floor.

    python benchmarks/gate.py [--eval FOLDER] [--quick]      compare; exit 1 where a floor is missed
    python benchmarks/gate.py --part COMMIT                   the same, of the part that is this commit's turn
    python benchmarks/gate.py --raise                         lift floors to what is measured now
    python benchmarks/gate.py --lower NAME                    let one floor fall to what is measured now

Floors stand in `floors.json`. They are what was once measured, less a margin. `--raise` only ever lifts
them, and adds those of new figures; to lower one takes its name on the command line, and a reason in the
commit. `--quick` measures every fourth story. `--part` measures some of the data, and that whole, so that its
floors hold; which, the commit's hash says, so that all of it comes round. Without the data, which is not part
of this project, the gate says so and passes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import judged
import news
import paragraphs

FLOORS = Path(__file__).with_name("floors.json")
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
MARGIN = 0.04
"""One story of the thirty-one that most pairs are measured on is .032, and on another processor the
last digits of a vector may decide about one."""
PAIRS = {
    "eng-rus": 1,
    "eng-deu": 2,
    "eng-fra": 2,
    "eng-tur": 2,
    "eng-aze": 2,
    "eng-zho": 2,
    "rus-aze": 2,
    "fra-deu": 2,
}
"""Pairs of languages, and which share of the stories is measured: every Nth."""

PARTS = (
    ("news eng-rus",),
    ("news eng-deu", "news eng-aze"),
    ("news eng-fra", "news eng-tur"),
    ("news eng-zho", "news rus-aze", "paragraphs"),
    ("news fra-deu", "sentences", "words"),
)
"""What is measured, in parts that take about as long as each other: a fifth of the whole."""
WHOLE = tuple(data for part in PARTS for data in part)


def part_of(commit: str) -> tuple[str, ...]:
    """What is measured for this commit: the same each time, and each part as often as another."""
    return PARTS[int.from_bytes(hashlib.sha256(commit.encode()).digest()) % len(PARTS)]


def figures(folder: Path, wanted: Sequence[str], quick: bool, rows: list[str]) -> Iterator[tuple[str, float]]:
    """Each figure of the `wanted` data with its name; more is better. `rows` gets the lines of the table.

    As many are measured side by side as there are processors: much of a run has but one thread.
    """
    processors = os.cpu_count() or 1
    jobs = max(1, processors // len(wanted))
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        work, together = Path(name), ThreadPoolExecutor(processors)
        # Where one fails, those that have not begun are not waited for.
        stack.callback(together.shutdown, cancel_futures=True)
        found = {
            pair: together.submit(news.measure, folder, pair, 4 if quick else every, work, jobs)
            for pair, every in PAIRS.items()
            if f"news {pair}" in wanted
        }
        people = {
            data: together.submit(judged.measure, folder, part, data, work)
            for part, tables in judged.TEXTS.items()
            for data in tables
            if part in wanted
        }
        strange = None
        if "paragraphs" in wanted and paragraphs.SEEDS.is_dir():
            strange = together.submit(paragraphs.measure)
        for pair, news_found in found.items():
            answer = news_found.result()
            rows.append(news.row(pair, answer))
            yield f"news {pair} precision", answer["precision"]
            yield f"news {pair} precision_marked", answer["precision_marked"]
            yield f"news {pair} silent", answer["silent_harmless"]
            for kind, share in answer["recall_by_kind"].items():
                yield f"news {pair} {kind}", float(share.rpartition(" ")[2])
        if "sentences" in wanted:
            (data,) = judged.TEXTS["sentences"]
            answer = people[data].result()
            yield "sentences auc", answer["auc"]
            yield "sentences auc_some", answer["auc_some"]
            yield "sentences calibration", 1 - answer["calibration_error"]
        if "words" in wanted:
            words = [people[data].result()["spearman"] for data in judged.TEXTS["words"]]
            yield "words spearman", sum(words) / len(words)
        if strange is not None:
            yield "paragraphs of another item", strange.result()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--part", metavar="COMMIT")
    parser.add_argument("--raise", action="store_true", dest="lift")
    parser.add_argument("--lower", action="append", default=[], metavar="NAME")
    arguments = parser.parse_args()
    if not (arguments.eval / "score.py").is_file():
        print(f"no evaluation data in {arguments.eval}: nothing is measured, and no floor is held")
        return 0
    if (arguments.quick or arguments.part) and (arguments.lift or arguments.lower):
        parser.error("floors are set by the full measurement, not by --quick or --part")
    wanted = part_of(arguments.part) if arguments.part else WHOLE
    if arguments.part:
        print(f"the part that is the turn of {arguments.part[:12]}: {', '.join(wanted)}", flush=True)
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    unknown = sorted(set(arguments.lower) - set(floors))
    if unknown:
        parser.error(f"no floor is called {', '.join(unknown)}")
    missed, started = [], time.monotonic()
    rows: list[str] = []
    for name, value in figures(arguments.eval, wanted, arguments.quick, rows):
        floor = floors.get(name)
        least = round(max(value - MARGIN, 0.0), 3)
        low = floor is not None and value < floor
        if name in arguments.lower or (arguments.lift and (floor is None or least > floor)):
            floors[name] = least
        elif low:
            missed.append(name)
        shown = "     –" if floor is None else f"{floor:6.3f}"
        print(f"{'MISSED' if low else '':6} {name:32} {value:.3f}  floor {shown}", flush=True)
    if arguments.lift or arguments.lower:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    if rows:
        print("\n| " + " | ".join(news.HEAD) + " |\n|" + "---|" * len(news.HEAD), *rows, sep="\n")
    print(f"{len(missed)} below their floors, {time.monotonic() - started:.0f} s")
    # A few stories are no measure: a quick look tells, and does not judge.
    return 1 if missed and not arguments.quick else 0


if __name__ == "__main__":
    sys.exit(main())
