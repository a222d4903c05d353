"""What does it cost to hand out an item, beside checking it?

    python benchmarks/engines.py [--items 50000] [--jobs 2] [--engine processes|ray]

Runs a batch of which the first item is a pair of texts, and all others name a file that is not there: nothing
is left but to hand out items, to take reports and to write them in order. Prints seconds, items a second, and
the most memory that one of the processes had, in MB.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what an engine costs beside the checks.")
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", choices=["processes", "ray"], default="processes")
    arguments = parser.parse_args()
    source, target = (str(ROOT / "samples" / f"call.{language}.txt") for language in ("en", "ru"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "items.jsonl").open("w", encoding="utf-8") as file:
            for number in range(arguments.items):
                row = {"id": str(number), "source": source, "target": target if number == 0 else "gone.txt"}
                file.write(json.dumps(row) + "\n")
        command = [sys.executable, "-m", "mlcheck", "batch", "items.jsonl", "-o", "out.jsonl"]
        command += ["--jobs", str(arguments.jobs), "--engine", arguments.engine]
        began = time.monotonic()
        running = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(running.pid, 0)
        taken = time.monotonic() - began
        with (folder / "out.jsonl").open("rb") as file:
            written = [json.loads(line)["id"] for line in file]
    if written != [str(number) for number in range(arguments.items)]:
        print("reports are missing, or out of their order", file=sys.stderr)
        return 1
    rate, most = arguments.items / taken, used.ru_maxrss / 1000
    print(
        f"{arguments.engine}, {arguments.jobs} jobs: {taken:.0f} s, {rate:.0f} items a second, {most:.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
