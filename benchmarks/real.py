"""Is what mlcheck says of real documents true, and is its confidence worth what it says?

    python benchmarks/real.py [--eval FOLDER] [--reports FILE.jsonl]

Checks the pairs of `real_dev.jsonl` and holds each finding of warning or above against what a person made of
it: `read` in that file, and `real_verdicts.jsonl` here for what was read since. Prints findings by verdict,
and the share that is true (harmless ones included, as they are so) in ten groups by confidence. `--reports`
reads reports that were made before.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEFAULT = HERE.resolve().parents[1] / "shared" / "eval"
GROUPS = 10

Item = dict[str, Any]


def lines(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def key(text: str | None) -> str:
    return " ".join((text or "").split())[:30]


def is_same(finding: Item, read: Item) -> bool:
    """Do the texts of a finding begin as those that were read? A place may have grown or shrunk."""
    sides = [(key((finding[s] or {}).get("text")), key(read[s])) for s in ("source", "target")]
    return any(b for _, b in sides) and all(a.startswith(b) or b.startswith(a) for a, b in sides)


def checked(documents: list[Item]) -> list[Item]:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        manifest = []
        for n, document in enumerate(documents):
            item = {"id": document["id"]}
            for side in ("source", "target"):
                item[side] = f"{n}.{side}.{document['format']}"
                (work / item[side]).write_text(document[side], encoding="utf-8")
            manifest.append(json.dumps(item))
        (work / "pairs.jsonl").write_text("\n".join(manifest) + "\n", encoding="utf-8")
        call = [sys.executable, "-m", "mlcheck", "batch", str(work / "pairs.jsonl"), "--format", "jsonl"]
        subprocess.run([*call, "--fail-on", "never", "-o", str(work / "out.jsonl")], check=False)
        return lines(work / "out.jsonl")


def judged(documents: list[Item], reports: list[Item]) -> Iterator[tuple[Item, Item, str]]:
    """Each loud finding with its document and its verdict; `unread` where nobody has looked."""
    known = {document["id"]: document for document in documents}
    since = lines(HERE / "real_verdicts.jsonl")
    for report in reports:
        document = known[report["id"]]
        read = [*document["read"], *(verdict for verdict in since if verdict["id"] == report["id"])]
        for finding in report["findings"]:
            if finding["severity"] != "info":
                hits = [x["verdict"] for x in read if is_same(finding, x)]
                yield document, finding, hits[0] if hits else "unread"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--reports", type=Path, metavar="FILE")
    given = parser.parse_args()
    path = given.eval / "data" / "real_dev.jsonl"
    if not path.is_file():
        print(f"no evaluation data in {given.eval}: nothing is measured")
        return 0
    documents = lines(path)
    reports = lines(given.reports) if given.reports else checked(documents)
    found = list(judged(documents, reports))
    for severity in ("error", "warning"):
        counts = Counter(verdict for _, finding, verdict in found if finding["severity"] == severity)
        print(f"{severity}s: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common()))
    rated = sorted(
        (finding["confidence"], verdict in ("true", "harmless"))
        for _, finding, verdict in found
        if verdict != "unread"
    )
    gaps = []
    for n in range(GROUPS):
        group = rated[len(rated) * n // GROUPS : len(rated) * (n + 1) // GROUPS]
        if group:
            said = sum(confidence for confidence, _ in group) / len(group)
            true = sum(is_true for _, is_true in group) / len(group)
            gaps.append(abs(said - true))
            bounds = f"{group[0][0]:.2f} to {group[-1][0]:.2f}"
            print(f"confidence {bounds}: {len(group)} findings, {true:.2f} true, {said:.2f} said")
    print(f"mean gap {sum(gaps) / len(gaps):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
