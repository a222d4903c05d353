"""From clean data to a trained judge: all steps in order (`make judge`).

    python -m training.judge.run [--out build/judge] [--eval ../shared/eval] [--training FOLDER]

A step that was finished with the same settings, after the same steps before it, is skipped; one that was
interrupted goes on where it can. What all steps print goes to OUT/log.txt as well. Takes an hour on two
cores that have products of bfloat16, some four on others, and 16 GB of memory.

With `--training` there is a second stage, of another hour: the judge is taught on, at lower rates, with more
text in many more languages (`build --training`). The judge that mlcheck brings is of the first stage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 1
PAIRS = {"fetch": ("debian", 2800)}
"""By the module that fetches: its table, and how many pairs a language. `fetch_help` (help) and `fetch_bible`
(bible) make two more, which have not been shown to make a better judge."""
QUADS = 45_000
STEPS, STOP = 3600, 3200
"""Batches of `train`: all quads once and a bit; the rates have fallen to a ninth by then. There are few
stories, and more of it teaches them by heart."""

WIDE_QUADS = 18_000
WIDE_STEPS, WIDE_GROUPS, WIDE_RATE = 1400, 8, 0.6
"""Of the second stage: batches, quads in each, and the share of the rates of the first."""

ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",
    "OMP_NUM_THREADS": str(os.cpu_count() or 1),
    # Threads that wait sleep: spinning they would take the cores from the encoder's own threads.
    "OMP_WAIT_POLICY": "passive",
    # Each batch has other lengths, so each step asks for other large arrays. The C library (glibc; others
    # ignore this) maps such arrays anew and gives them back when they are freed, and the system clears
    # their pages every time: most of a step went there. Kept in the process they make it several times
    # faster. Nothing mapped apart, nothing given back, and room got in large pieces:
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "MALLOC_TOP_PAD_": "500000000",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A module of this folder with its arguments, and the files or folders in OUT that it makes. `stage` sets
    apart the steps that run one module."""

    module: str
    arguments: tuple[str, ...]
    makes: tuple[str, ...]
    stage: str = ""

    @property
    def name(self) -> str:
        return f"{self.module}-{self.stage}" if self.stage else self.module


def steps(out: Path, evaluation: Path, training: Path | None = None) -> tuple[Step, ...]:
    """All steps, each made from what those before it have made."""
    data, plain = out / "data", out / "plain"
    best = out / "wide" if training else plain
    human = str(out / "human.jsonl")
    measured = ("--eval", str(evaluation))
    return (
        *(
            Step(module, ("--out", str(out), "--limit", str(limit)), (f"{table}.tsv",))
            for module, (table, limit) in PAIRS.items()
        ),
        Step("human", ("--eval", str(evaluation / "data"), "--out", human), ("human.jsonl",)),
        Step(
            "build",
            (
                *(
                    str(data),
                    *measured,
                    "--judged",
                    human,
                    "--quads",
                    str(QUADS),
                    "--seed",
                    str(SEED),
                ),
                *(word for table, _ in PAIRS.values() for word in ("--pairs", str(out / f"{table}.tsv"))),
            ),
            ("data",),
        ),
        Step(
            "train",
            (
                str(data),
                str(plain),
                "--steps",
                str(STEPS),
                "--stop",
                str(STOP),
                "--seed",
                str(SEED),
                *measured,
            ),
            ("plain",),
        ),
        *(_wide(out, measured, training) if training else ()),
        Step("ship", (str(best / "judge.pt"), "--folder", str(out / "shipped")), ("shipped",)),
    )


def _wide(out: Path, measured: tuple[str, str], training: Path) -> tuple[Step, ...]:
    """The second stage."""
    data, wide = out / "wide-data", out / "wide"
    return (
        Step(
            "build",
            (
                str(data),
                *measured,
                "--training",
                str(training),
                "--judged",
                str(out / "human.jsonl"),
                "--quads",
                str(WIDE_QUADS),
                "--seed",
                str(SEED),
            ),
            ("wide-data",),
            "wide",
        ),
        Step(
            "train",
            (
                str(data),
                str(wide),
                "--from",
                str(out / "plain" / "judge.pt"),
                "--steps",
                str(WIDE_STEPS),
                "--groups",
                str(WIDE_GROUPS),
                "--rate",
                str(WIDE_RATE),
                "--seed",
                str(SEED),
                *measured,
            ),
            ("wide",),
            "wide",
        ),
    )


def run(todo: Sequence[Step], out: Path, root: Path) -> None:
    """Run the steps that are not done yet, from the folder `root`. Raises `CalledProcessError` where one
    fails."""
    history = ""
    for number, step in enumerate(todo, start=1):
        history += " ".join((step.name, *step.arguments)) + "\n"
        record = out / "steps" / f"{step.name}.txt"
        before = record.read_text(encoding="utf-8") if record.is_file() else ""
        title = f"{step.name}, step {number} of {len(todo)}"
        there = all((out / made).exists() for made in step.makes)
        if there and before == history + "done\n":
            print(f"{title}: done before", flush=True)
            continue
        if not before.startswith(history):
            # What other settings have made must not be gone on with.
            for made in step.makes:
                _remove(out / made)
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(history, encoding="utf-8")
        _call(step, title, out / "log.txt", root)
        record.write_text(history + "done\n", encoding="utf-8")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _call(step: Step, title: str, log: Path, root: Path) -> None:
    command = [sys.executable, "-m", f"training.judge.{step.module}", *step.arguments]
    began = time.monotonic()
    with log.open("a", encoding="utf-8") as file:

        def say(line: str) -> None:
            print(line, end="", flush=True)
            file.write(line)
            file.flush()

        say(f"{title}: {' '.join(command[1:])}\n")
        # What somebody has set on purpose stays as it is.
        environment = {**ENVIRONMENT, **os.environ}
        with subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                say(line)
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        say(f"{title}: {(time.monotonic() - began) / 60:.0f} minutes\n")


def main() -> int:
    """Run all steps; 2 where the data is missing or a step fails."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=root / "build" / "judge")
    parser.add_argument(
        "--eval", type=Path, default=root.parent / "shared" / "eval", help="the labelled texts"
    )
    parser.add_argument("--training", type=Path, metavar="FOLDER", help="tables of more text")
    arguments = parser.parse_args()
    out, evaluation = arguments.out.resolve(), arguments.eval.resolve()
    training: Path | None = arguments.training and arguments.training.resolve()
    if not (evaluation / "data").is_dir():
        print(f"run: no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return 2
    if training and not training.is_dir():
        print(f"run: no text in {arguments.training}; name its folder with --training", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    try:
        run(steps(out, evaluation, training), out, root)
    except subprocess.CalledProcessError as error:
        log = out / "log.txt"
        print(
            f"run: {error.cmd[2]} failed ({error.returncode}); see {log}, then run this again",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
