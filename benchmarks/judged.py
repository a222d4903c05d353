"""Does mlcheck agree with people: on sentence pairs, and on words. The tables of benchmarks/README.md.

    python benchmarks/judged.py [--eval FOLDER] [--part sentences|words ...]

`sentences`: pairs of sentences in English and French that people judged; does the report's
probability of divergence rank and calibrate as they did? `words`: government pages in two languages,
of which people marked the words that differ, without those that the judge learnt from. Runs
`mlcheck batch` and the data's own scorers, each in its own process. The data is not part of this
project; without it the script says so and does nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.judge.texts import page_is_held_back

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
TEXTS = {
    "sentences": ("sentences_dev_en-fr.tsv",),
    "words": tuple(f"words_dev_en-{x}.jsonl" for x in ("de", "fr", "it")),
}


def measure(folder: Path, part: str, data: str, work: Path) -> dict[str, float]:
    """The scorer's answer on one file of data."""
    table, cases, reports = folder / "data" / data, work / data, work / f"{data}.reports"
    if part == "words":
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table = work / f"unseen-{data}"
        table.write_text(
            "".join(line for line in lines if page_is_held_back(json.loads(line)["id"])), encoding="utf-8"
        )
    languages = data.partition(".")[0].rpartition("_")[2]
    make = [sys.executable, folder / "make_pairs.py", part, table, cases, "--langs", languages]
    subprocess.run(list(map(str, make)), check=True)
    check = [sys.executable, "-m", "mlcheck", "batch", str(cases / "manifest.jsonl"), "-f", "jsonl"]
    check += ["-o", str(reports), *(["--words"] if part == "words" else [])]
    done = subprocess.run(check, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"mlcheck batch gave exit {done.returncode}")
    score = [sys.executable, str(folder / f"score_{part}.py"), str(table), str(reports)]
    answer: dict[str, float] = json.loads(
        subprocess.run(score, check=True, capture_output=True, text=True).stdout
    )
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--part", action="append", choices=list(TEXTS))
    arguments = parser.parse_args()
    if not (arguments.eval / "make_pairs.py").is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as work:
        for part in arguments.part or list(TEXTS):
            answers = {data: measure(arguments.eval, part, data, Path(work)) for data in TEXTS[part]}
            head = list(next(iter(answers.values())))
            print("| data | " + " | ".join(head) + " |\n|---|" + "---|" * len(head))
            for data, answer in answers.items():
                print(f"| {data} | " + " | ".join(str(answer[name]) for name in head) + " |", flush=True)
            if part == "words":
                mean = sum(answer["spearman"] for answer in answers.values()) / len(answers)
                print(f"\nMean of the Spearman figures: {mean:.4f}")
            print()


if __name__ == "__main__":
    main()
