"""Links as people draw them: the tables of benchmarks/README.md on the aligner.

    python benchmarks/aligners.py [--eval FOLDER] [--part links|mixtures|growth ...]

`links`: texts that people aligned, beside an aligner that knows lengths alone. `mixtures`: news
stories joined to long texts, with sentences dropped and paragraphs moved, where the true links are
known; and how well the confidence of links agrees with how often they are right. `growth`: time and
memory of the alignment alone. The data is not part of this project; without it the script says so
and does nothing.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
from length_only import length_only
from mixtures import Links, Rates, Side, joined, read_table, true_links
from scripts import load

from mlcheck.align import Background, align
from mlcheck.data import Alignment, Document, Link
from mlcheck.encode import Memory, encode_document, general_centre, general_length, load_encoder
from mlcheck.links import aligned
from mlcheck.models import load_models
from mlcheck.pipeline import Checker

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
PAIRS = [("eng", "rus"), ("rus", "aze"), ("fra", "deu")]
SEEDS = {50: 24, 500: 4, 5000: 1}
# The stories have a thousand rows: 5,000 say everything five times.
GROWTH = (100, 500, 1000, 5000, 10000, 20000)


def encoder():
    return load_encoder(None, models=load_models(), languages=["en", "ru"]).encoder


def prepare(model, memory: Memory, *documents: Document):
    """What `mlcheck.align.align` takes for two documents."""
    one, two = (encode_document(d, model, memory) for d in documents)
    codes = [d.language for d in documents]
    centres = [general_centre(model, code) for code in codes]
    lengths = [general_length(code) for code in codes]
    return one, two, Background(*centres, lengths[0] / lengths[1])


def links(folder: Path) -> None:
    """Strict, lax and null F1 on texts that people aligned."""
    scorer = load(folder, "score_links")
    checker = Checker()

    def ours(paths: list[Path], codes: list[str]) -> Links:
        return [(x.source, x.target) for x in aligned(checker, paths[0], paths[1], "line", codes).links]

    def by_length(paths: list[Path], codes: list[str]) -> Links:
        lines = [path.read_text("utf-8").splitlines() for path in paths]
        return length_only(*[[max(len(line), 1) for line in own] for own in lines])

    print(
        "| texts | aligner | strict F1 | lax F1 | null precision | null recall | s |"
        "\n|---|---|---|---|---|---|---|"
    )
    data = folder / "data" / "links_dev"
    for pair in ("de-fr", "en-is"):
        codes = pair.split("-")
        names = sorted(p.stem for p in data.glob(f"{pair}.*.gold"))
        systems: dict[str, Callable[[list[Path], list[str]], Links]] = {
            "mlcheck": ours,
            "lengths alone": by_length,
        }
        for name, run in systems.items():
            counts, null, started = np.zeros((2, 3, 2)), np.zeros(3), time.monotonic()
            for text in names:
                gold = scorer.read(data / f"{text}.gold")
                found = run([data / f"{text}.{code}" for code in codes], codes)
                filled = [[x for x in own if x[0] and x[1]] for own in (gold, found)]
                for k, (one, two) in enumerate(((found, gold), (filled[0], filled[1]))):
                    strict, lax, total = scorer.hits(one, two)
                    counts[k] += [[strict, total], [lax, total], [0, 0]]
                a, b = scorer.nulls(gold), scorer.nulls(found)
                null += [len(a & b), len(b), len(a)]
            seconds = time.monotonic() - started
            f1 = []
            for kind in (0, 1):
                p, r = (counts[k, kind, 0] / max(counts[k, kind, 1], 1) for k in (0, 1))
                f1.append(2 * p * r / (p + r))
            p, r = null[0] / max(null[1], 1), null[0] / max(null[2], 1)
            print(
                f"| {pair} | {name} | {f1[0]:.3f} | {f1[1]:.3f} | {p:.3f} | {r:.3f} | {seconds:.1f} |",
                flush=True,
            )


def score(
    found: Alignment, a: Side, b: Side, moved: frozenset[int], counts: dict[str, int], sure: list
) -> None:
    """Add one alignment's figures to `counts`, and (confidence, right) of its links to `sure`."""
    true = true_links(a, b)
    alone = {(0, i) for left, right in true for i in left if not right}
    alone |= {(1, j) for left, right in true for j in right if not left}
    said = {(0, i) for x in found.sentences for i in x.source if not x.target}
    said |= {(1, j) for x in found.sentences for j in x.target if not x.source}
    mates = {i: set(right) for left, right in true if left and right for i in left}
    linked: dict[int, Link] = {i: x for x in found.sentences if x.target for i in x.source}
    for i, partners in mates.items():
        right = i in linked and bool(partners & set(linked[i].target))
        if a.rows[i] & moved:
            counts["moved"] += 1
            counts["moved found"] += right
        else:
            counts["kept"] += 1
            counts["lost"] += not right
    counts["true nulls"] += len(alone)
    counts["nulls"] += len(said)
    counts["right nulls"] += len(alone & said)
    exact = set(true)
    for x in found.sentences:
        sure.append((x.confidence, (x.source, x.target) in exact))


def mixtures(folder: Path) -> None:
    """Nulls and moves on long texts made of news, and the calibration of the confidence."""
    stories = read_table(folder / "data" / "ntrex_dev.tsv")
    model, memory, sure = encoder(), Memory(texts=100_000), []
    print(
        "| sentences | pair | rows | null precision | null recall | moved found | true links lost |"
        "\n|---|---|---|---|---|---|---|"
    )
    for segmented, pair, (size, seeds) in product((False, True), PAIRS, SEEDS.items()):
        counts = dict.fromkeys(
            ["moved", "moved found", "kept", "lost", "true nulls", "nulls", "right nulls"], 0
        )
        for seed in range(seeds):
            a, b, moved = joined(stories, pair, size, 100 + seed, Rates(), segmented=segmented)
            found = align(*prepare(model, memory, a.document, b.document))
            score(found, a, b, moved, counts, sure)
        p, r = counts["right nulls"] / max(counts["nulls"], 1), counts["right nulls"] / counts["true nulls"]
        m, lost = counts["moved found"] / max(counts["moved"], 1), counts["lost"] / counts["kept"]
        how = "as mlcheck cuts them" if segmented else "a row each"
        print(f"| {how} | {'-'.join(pair)} | {size} | {p:.3f} | {r:.3f} | {m:.3f} | {lost:.4f} |", flush=True)
    order = sorted(sure)
    groups = np.array_split(np.array(order, float), 10)
    print("\n| mean confidence | share right | links |\n|---|---|---|")
    for group in groups:
        print(f"| {group[:, 0].mean():.3f} | {group[:, 1].mean():.3f} | {len(group)} |")
    gap = np.mean([abs(g[:, 0].mean() - g[:, 1].mean()) for g in groups])
    print(f"\nMean gap over ten groups of equal size: {gap:.3f}")


def growth(folder: Path) -> None:
    """Time and memory by length, each in a process of its own."""
    print("| rows | sentences | CPU s | memory, MB more |\n|---|---|---|---|", flush=True)
    for size in GROWTH:
        subprocess.run([sys.executable, __file__, "--eval", str(folder), "--size", str(size)], check=True)


def _peak(*, reset: bool = False) -> int:
    """The most memory so far, in kilobytes; or since it was reset, where the system can do that
    (Linux): what encoding took would hide what the alignment takes."""
    refs, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    if not refs.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if reset:
        refs.write_text("5")
    return int(next(x for x in status.read_text().splitlines() if x.startswith("VmHWM")).split()[1])


def one_size(folder: Path, size: int) -> None:
    stories = read_table(folder / "data" / "ntrex_dev.tsv")
    a, b, _ = joined(stories, ("eng", "rus"), size, 0, Rates())
    ready = prepare(encoder(), Memory(texts=100_000), a.document, b.document)
    before = _peak(reset=True)
    # Of the processor's time, which other work beside does not lengthen much: one thread does it all.
    started = time.process_time()
    align(*ready)
    seconds = time.process_time() - started
    more = (_peak() - before) / 1024
    print(f"| {size} | {len(a.rows)} + {len(b.rows)} | {seconds:.2f} | {more:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = {"links": links, "mixtures": mixtures, "growth": growth}
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--part", action="append", choices=list(parts))
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not (arguments.eval / "data" / "ntrex_dev.tsv").is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    if arguments.size:
        one_size(arguments.eval, arguments.size)
        return
    for part in arguments.part or parts:
        parts[part](arguments.eval)
        print()


if __name__ == "__main__":
    main()
