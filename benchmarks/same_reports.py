"""Are reports the same bytes as before a change that was not to alter what is found?

    python benchmarks/same_reports.py make OUT.jsonl [--mlcheck COMMAND] [--eval FOLDER] [--seeds FOLDER]
    python benchmarks/same_reports.py compare BEFORE.jsonl AFTER.jsonl

`make` checks the samples, the seeds both ways, whole articles, sixty real documents in ten languages and
sixty news cases, each with the places of its words, and writes their reports as JSON Lines. `compare` exits 1
where a report of one file is not that of the other, and prints what is new in it and what is gone.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
LANGUAGES = 10
DOCUMENTS = 6
"""Of each of the languages."""
NEWS = 60

Item = dict[str, Any]


def items(data: Path, seeds: Path, work: Path) -> Iterator[Item]:
    """The pairs, as lines of a manifest; texts that have no file of their own are written into `work`."""
    samples = ROOT / "samples"
    for target in ("call.ru.txt", "call.ru-flawed.txt"):
        yield {"id": f"sample {target}", "source": samples / "call.en.txt", "target": samples / target}
    texts = sorted(seeds.glob("*.txt"))
    for one in texts:
        for two in texts:
            if one != two and one.name.split(".")[0] == two.name.split(".")[0]:
                yield {"id": f"seed {one.name} {two.name}", "source": one, "target": two}
    for line in lines(data / "articles.jsonl"):
        yield written(line, f"article {line['id']}", work, "txt", line["languages"])
    taken: Counter[str] = Counter()
    for line in lines(data / "real_dev.jsonl"):
        language = next((code for code in line["languages"] if code != "en"), "en")
        if taken[language] < DOCUMENTS and (taken[language] or len(taken) < LANGUAGES):
            taken[language] += 1
            yield written(line, f"real {line['id']}", work, line["format"], None)
    subprocess.run(
        [sys.executable, data.parent / "make_cases.py", data / "ntrex_dev.tsv", work / "news",
         "--pair", "eng-rus", "--every", "12"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    for line in lines(work / "news" / "manifest.jsonl")[:NEWS]:
        paths = {side: work / "news" / line[side] for side in ("source", "target")}
        yield {**line, "id": f"news {line['id']}", **paths}


def lines(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def written(line: Item, name: str, work: Path, ending: str, languages: list[str] | None) -> Item:
    item: Item = {"id": name}
    for n, side in enumerate(("source", "target")):
        item[side] = work / f"{name}.{side}.{ending}".replace(" ", "-")
        item[side].write_bytes(line[side].encode())
        if languages:
            item[f"{side}_lang"] = languages[n]
    return item


def make(output: Path, command: str, data: Path, seeds: Path) -> int:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        manifest = work / "manifest.jsonl"
        pairs = [json.dumps(item, default=str) for item in items(data, seeds, work)]
        manifest.write_text("\n".join(pairs) + "\n", "utf-8")
        found = work / "reports.jsonl"
        call = [*shlex.split(command), "batch", str(manifest), "--words", "--format", "jsonl"]
        subprocess.run([*call, "--fail-on", "never", "--output", str(found)], check=False, cwd=ROOT)
        reports = found.read_text("utf-8").splitlines(keepends=True)
        # The folder is another in every run.
        output.write_text("".join(line.replace(str(work), "WORK") for line in reports), "utf-8")
    print(f"{len(reports)} reports of {len(pairs)} pairs in {output}")
    return 0 if len(reports) == len(pairs) else 1


def compare(before: Path, after: Path) -> int:
    old, new = ({report["id"]: report for report in lines(path)} for path in (before, after))
    differing = [name for name in old | new if old.get(name) != new.get(name)]
    for name in differing:
        one, two = old.get(name, {}), new.get(name, {})
        fields = [field for field in one | two if one.get(field) != two.get(field)]
        print(f"{name}: {', '.join(fields)}")
        found = [Counter(map(sentence, report.get("findings", []))) for report in (one, two)]
        for sign, some in (("-", found[0] - found[1]), ("+", found[1] - found[0])):
            for text in some.elements():
                print(f"  {sign} {text}")
    print(f"{len(differing)} of {len(old | new)} reports differ")
    return 1 if differing else 0


def sentence(finding: Item) -> str:
    return f"{finding['severity']} {finding['rule']} {finding['confidence']}: {finding['message']}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    making = steps.add_parser("make")
    making.add_argument("output", type=Path)
    making.add_argument("--mlcheck", default=f"{sys.executable} -m mlcheck", metavar="COMMAND")
    making.add_argument("--eval", type=Path, default=SHARED / "eval", metavar="FOLDER")
    making.add_argument("--seeds", type=Path, default=SHARED / "seeds", metavar="FOLDER")
    comparing = steps.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.step == "compare":
        return compare(given.before, given.after)
    return make(given.output, given.mlcheck, given.eval / "data", given.seeds)


if __name__ == "__main__":
    sys.exit(main())
