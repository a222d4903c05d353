"""Planted flaws found, and faithful copy left in peace: the table of benchmarks/README.md.

    python benchmarks/news.py [--eval FOLDER] [--pair eng-rus ...] [--every 2]

Makes the cases with the evaluation data's own maker, runs `mlcheck batch`, and scores the reports
with the data's own scorer, each in its own process, as a stranger would. The data is not part of
this project; without it the script says so and does nothing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
KINDS = (
    "drop_paragraph",
    "add_paragraph",
    "drop_sentence",
    "add_sentence",
    "other_sentence",
    "untranslated",
    "wrong_pair",
    "truncated",
    "number",
    "date",
    "name",
    "negation",
    "opposite",
)
SHARES = ("precision", "precision_marked", "silent_harmless")
MISTAKES = Path(__file__).with_name("mistakes.jsonl")
"""Mistakes of the translators that mlcheck reports, each read: pair, story, both texts, and why it is one."""
HEAD = [
    "pair",
    "cases",
    "precision",
    "without mistakes",
    "silent",
    *(kind.replace("_", " ") for kind in KINDS),
    "s",
]


def measure(folder: Path, pair: str, every: int, work: Path, jobs: int = 1) -> dict[str, object]:
    """The scorer's answer for one pair of languages, with the seconds that the batch took in its `jobs`."""
    cases, reports = work / pair, work / pair / "reports.jsonl"
    table = folder / "data" / "ntrex_dev.tsv"
    make = [sys.executable, folder / "make_cases.py", table, cases, "--pair", pair, "--every", str(every)]
    subprocess.run(list(map(str, make)), check=True)
    started = time.monotonic()
    manifest = str(cases / "manifest.jsonl")
    check = [sys.executable, "-m", "mlcheck", "batch", manifest, "-f", "jsonl", "-o", str(reports)]
    check += ["--jobs", str(jobs)]
    done = subprocess.run(check, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"mlcheck batch gave exit {done.returncode}")
    seconds = time.monotonic() - started
    score = [sys.executable, str(folder / "score.py"), str(cases / "gold.jsonl"), str(reports)]
    answer = json.loads(subprocess.run(score, check=True, capture_output=True, text=True).stdout)
    return {**answer, "seconds": seconds, "precision_marked": marked(pair, cases / "gold.jsonl", reports)}


def marked(pair: str, gold: Path, reports: Path) -> float:
    """Precision as the scorer counts it, with the translators' mistakes of `mistakes.jsonl` for what they
    are: neither planted nor false, so left out."""
    known = {(m["story"], m["source"], m["target"]) for m in lines(MISTAKES) if m["pair"] == pair}
    wanted = {case["id"]: case for case in lines(gold)}
    hits = alarms = 0
    for report in lines(reports):
        case = wanted[report["id"]]
        if case["kind"] == "wrong_pair":
            continue
        story = report["id"].removeprefix(f"{pair}.").removesuffix(f".{case['kind']}")
        alarms += report["verdict"] == "unrelated"
        for finding in report["findings"]:
            texts = [(finding[side] or {}).get("text") for side in ("source", "target")]
            if finding["severity"] == "info":
                continue
            if any(touches(finding[side], case[f"{side}_lines"]) for side in ("source", "target")):
                hits += 1
            elif (story, *texts) not in known:
                alarms += 1
    return hits / max(1, hits + alarms)


def touches(place: dict[str, int] | None, at: list[int]) -> bool:
    """Does a finding stand on one of some lines?"""
    return place is not None and any(place["line"] <= line <= place["end_line"] for line in at)


def lines(path: Path) -> list[dict]:
    """The values of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def row(pair: str, answer: dict) -> str:
    """A line of the table."""
    recall = answer["recall_by_kind"]
    cells = [pair, str(answer["cases"]), *(f"{answer[k]:.3f}" for k in SHARES)]
    cells += [recall[kind].split(" = ")[1] if kind in recall else "" for kind in KINDS]
    return "| " + " | ".join([*cells, f"{answer['seconds']:.0f}"]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--pair", action="append", metavar="AAA-BBB")
    parser.add_argument("--every", type=int, default=2, help="take every Nth story")
    arguments = parser.parse_args()
    if not (arguments.eval / "make_cases.py").is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    with tempfile.TemporaryDirectory() as work:
        for pair in arguments.pair or ["eng-rus", "eng-aze", "fra-deu"]:
            print(row(pair, measure(arguments.eval, pair, arguments.every, Path(work))), flush=True)


if __name__ == "__main__":
    main()
