"""Does what a batch holds grow with the number of its items?

    python benchmarks/long_batch.py [--items 200 2000] [--jobs 1]

Runs batches of so many small pairs, each in a process of its own, as JSON Lines into a file with the journal
beside it, and prints processor seconds and the most memory that one of the processes had. The encoder is that
of the tests, which knows a few words, so that it is the batch that is measured, and not the models.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from stories import ENGLISH, GERMAN  # noqa: E402


def measured(items: int, jobs: int) -> str:
    """The line of a batch of so many items."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "en.txt").write_text("\n\n".join(ENGLISH[:2]), encoding="utf-8")
        (folder / "de.txt").write_text(GERMAN[0], encoding="utf-8")
        with (folder / "items.jsonl").open("w", encoding="utf-8") as file:
            for number in range(items):
                row = {"id": str(number), "source": "en.txt", "target": "de.txt"}
                file.write(json.dumps(row) + "\n")
        command = [sys.executable, str(ROOT / "tests" / "batch" / "few_words.py"), "batch", "items.jsonl"]
        command += ["-f", "jsonl", "-o", "out.jsonl", "--jobs", str(jobs)]
        running = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(running.pid, 0)
        with (folder / "out.jsonl").open("rb") as file:
            lines, size = 0, 0
            for line in file:
                lines, size = lines + 1, size + len(line)
    if lines != items:
        raise SystemExit(f"{lines} reports of {items} items")
    return (
        f"{items:7} items, {jobs} jobs: {used.ru_utime + used.ru_stime:6.1f} s, "
        f"{used.ru_maxrss / 1000:.0f} MB held, {size / 1e6:.1f} MB of reports"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the memory of batches of several lengths.")
    parser.add_argument("--items", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    for items in arguments.items:
        print(measured(items, arguments.jobs), flush=True)


if __name__ == "__main__":
    main()
