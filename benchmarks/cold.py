"""What a check costs in a new process: processor time, by room too, and peak memory.

    python benchmarks/cold.py [--pair EN RU] [--before FOLDER] [--runs 5]

Each figure is the least of several runs, user and system time together, in a cache of its own. `--before` is
a checkout of another version: the two run in turn, and the last column is their ratio. Three states of the
cache: with the models only and `--no-cache`; with the models only, what is found being kept; with everything.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
STATES = ("models only, --no-cache", "models only, kept", "vectors and judgements too")


def measured(folder: Path, pair: list[Path], cache: Path, *options: str) -> tuple[float, float]:
    """Processor seconds and peak megabytes of one check in a new process."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    call = [sys.executable, "-m", "mlcheck", "check", *map(str, pair), "--fail-on", "never", *options]
    done = subprocess.run(
        [sys.executable, "-c", code, *call],
        env={**os.environ, "PYTHONPATH": str(folder), "MLCHECK_CACHE": str(cache)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def forget(cache: Path) -> None:
    """Leave the models alone in a cache, and what belongs to them."""
    for path in cache.glob("vectors.sqlite*"):
        path.unlink()


def table(folders: list[Path], pair: list[Path], runs: int) -> None:
    best: dict[tuple[int, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        caches = [Path(name) / str(number) for number in range(len(folders))]
        for folder, cache in zip(folders, caches, strict=True):
            measured(folder, pair, cache)  # the models are converted, and Python's own files written
        for _ in range(runs):
            for number, (folder, cache) in enumerate(zip(folders, caches, strict=True)):
                forget(cache)
                for state in STATES:
                    options = ["--no-cache"] if state == STATES[0] else []
                    best.setdefault((number, state), []).append(measured(folder, pair, cache, *options))
    print(
        f"{'':28}{'s':>7}{'MB':>7}" + (f"{'s before':>11}{'MB':>7}{'ratio':>8}" if len(folders) > 1 else "")
    )
    for state in STATES:
        cells = [tuple(map(min, zip(*best[number, state], strict=True))) for number in range(len(folders))]
        line = f"{state:28}{cells[0][0]:7.2f}{cells[0][1]:7.0f}"
        if len(folders) > 1:
            line += f"{cells[1][0]:11.2f}{cells[1][1]:7.0f}{cells[0][0] / cells[1][0]:8.2f}"
        print(line)


def by_room(pair: list[Path], *, cache: bool) -> dict[str, float]:
    """Processor seconds of each step of one check, in this process."""
    found: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        found[name] = time.process_time() - start
        return result

    found["Python"] = time.process_time()
    timed("imports", lambda: __import__("mlcheck.cli", fromlist=["app"]))
    timed("imports of the check", lambda: __import__("mlcheck.outcome", fromlist=["report"]))
    from mlcheck.align import align
    from mlcheck.checks import check
    from mlcheck.compare import compare
    from mlcheck.encode import encode_document
    from mlcheck.judge import judge_links
    from mlcheck.outcome import report
    from mlcheck.pipeline import Checker
    from mlcheck.segment import segment_pair
    from mlcheck.settings import Settings

    settings = Settings()
    checker = timed("list of models", lambda: Checker(cache=cache))
    texts = timed("read", lambda: checker.read(*pair))
    documents = timed("segment", lambda: segment_pair(texts, (None, None)))
    tools = timed("tools, background", lambda: checker.tools(*documents))
    both = timed("encode", lambda: [encode_document(d, tools.encoder, tools.memory) for d in documents])
    alignment = timed("align", lambda: align(*both, tools.background))
    if tools.judge is not None:
        alignment = timed("judge", lambda: judge_links(alignment, tools.judge))
    evidence = timed("compare", lambda: compare(alignment, tools.encode))
    outcome = timed("checks", lambda: check(evidence, settings.check))
    timed("report", lambda: report(outcome, evidence, settings, texts))
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def rooms(pair: list[Path], runs: int) -> None:
    """By room, without the cache of vectors and with a full one; each run a process."""
    columns = []
    for option in ("without", "with"):
        call = [sys.executable, __file__, "--pair", *map(str, pair), "--one", option]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        outputs = [
            json.loads(subprocess.run(call, env=environment, capture_output=True, check=True).stdout)
            for _ in range(runs + (option == "with"))
        ]
        columns.append({name: min(one[name] for one in outputs) for name in outputs[0]})
    print(f"\n{'seconds in':28}{'--no-cache':>11}{'cached':>9}")
    for name in columns[0]:
        digits = 0 if name == "peak MB" else 2
        print(f"{name:28}{columns[0][name]:11.{digits}f}{columns[1][name]:9.{digits}f}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = [SEEDS / "april-2024.en.txt", SEEDS / "april-2024.ru.txt"]
    parser.add_argument("--pair", nargs=2, type=Path, default=default, metavar=("SOURCE", "TARGET"))
    parser.add_argument("--before", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", choices=("without", "with"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    pair = [path.resolve() for path in given.pair]
    if given.one:
        print(json.dumps(by_room(pair, cache=given.one == "with")))
        return 0
    table([ROOT, *([given.before.resolve()] if given.before else [])], pair, given.runs)
    rooms(pair, given.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
