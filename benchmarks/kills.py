"""Does a batch that is killed again and again come to the bytes of one that nobody disturbed?

    python benchmarks/kills.py [--kills 50] [--jobs 1] [--engine processes|ray] [--items 60] [--seed 1]

Writes a batch into a temporary folder and runs it with `--resume`, killed with `kill -9` at a random moment,
until it has been killed so often; then once more to its end. Runs that come to their end before that are
compared, and begun anew. Exits 1 where a byte differs, or a file is left behind.

Without Ray, the encoder is that of the tests, which knows a few words: it is the journal, the processes and
the files that are tried, and not the models. With Ray the actors load the bundled model.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from stories import ENGLISH, GERMAN  # noqa: E402


def written(folder: Path, count: int) -> None:
    (folder / "en.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    rows = []
    for number in range(count):
        at = number % len(GERMAN)
        german = (*GERMAN[:at], *GERMAN[at + 1 :]) if number % 3 else GERMAN
        (folder / f"{number}.txt").write_text("\n\n".join(german), encoding="utf-8")
        rows.append({"id": str(number), "source": "en.txt", "target": f"{number}.txt"})
    (folder / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def tried(folder: Path, command: list[str], kills: int, seed: int) -> tuple[int, int, bool]:
    """Runs that came to their end, pairs that were kept over a kill, and whether all is as it should be."""
    began = time.monotonic()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    taken = time.monotonic() - began
    output, journal = folder / "out.jsonl", folder / "out.jsonl.partial"
    whole = output.read_bytes()
    output.unlink()
    before = {path.name for path in folder.iterdir()}
    chance, ended, kept, same, killed = random.Random(seed), 0, 0, True, 0
    while killed < kills:
        running = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            running.wait(timeout=chance.uniform(0, 1.2 * taken))
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            killed += 1
            kept += max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0
        else:
            ended, same = ended + 1, same and output.read_bytes() == whole
            output.unlink()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    same = same and output.read_bytes() == whole
    output.unlink()
    return ended, kept, same and {path.name for path in folder.iterdir()} == before


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill a batch again and again.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--engine", choices=["processes", "ray"], default="processes")
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    few_words = [str(ROOT / "tests" / "batch" / "few_words.py")]
    command = [sys.executable, *(few_words if arguments.engine == "processes" else ["-m", "mlcheck"])]
    command += ["batch", "items.jsonl", "-f", "jsonl", "-o", "out.jsonl", "--resume"]
    command += ["--engine", arguments.engine, "--jobs", str(arguments.jobs)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, arguments.items)
        ended, kept, same = tried(folder, command, arguments.kills, arguments.seed)
    said = "same bytes, no file left" if same else "NOT THE SAME"
    print(f"{arguments.kills} kills, {ended} runs that ended before one, {kept} pairs found finished: {said}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
