"""Other aligners on the same texts, with the same vectors: a table of benchmarks/README.md.

    python -m pip install sentalign==0.3.0 galechurch==0.1.0 hadal==0.0.3 faiss-cpu==1.15.1
    python benchmarks/peers.py [--eval FOLDER] [--part links|mixtures|memory ...] [--windows]

`links`: texts that people aligned. `mixtures`: news stories joined to long texts, with sentences
dropped and paragraphs moved. `memory`: the most that one long text takes. Seconds are processor time
(all threads), which other work on the machine does not lengthen by much, and of the alignment alone:
what an aligner spends on asking for vectors is taken off.

Any of the other aligners may be missing: the script says so and goes on. None of them is a part of
mlcheck or needed by it. hadal is under the GPL 3. The data is not part of this project either;
without it the script says so and does nothing.

sentalign  Vecalign's dynamic program (Thompson and Koehn 2019). It asks for vectors of up to eight
           sentences in a row: here the mean of their vectors. With --windows there is a row
           with their encoded text too, for `links` and the shortest mixtures; it takes half an hour.
galechurch lengths alone (Gale and Church 1993).
hadal      no aligner of texts, but a miner: each sentence with at most one other, in any order
           (Artetxe and Schwenk 2019). What it leaves over counts as without counterpart.

All of them run with their own default settings. Not here: bertalign 2.0.1, whose code needs Python
3.12, and m2v-align 0.1.0, which has no aligner in it.
"""

from __future__ import annotations

import argparse
import importlib.util
import pickle
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from length_only import length_only
from mixtures import Links, Rates, Side, joined, read_table, true_links
from scripts import load

from mlcheck.align import Background, align
from mlcheck.data import Document, Encoded, Paragraph, Sentence, Span
from mlcheck.encode import Encoder, Memory, encode_document, general_centre, general_length, load_encoder
from mlcheck.models import load_models
from mlcheck.text import clean

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
TEXTS = ("de-fr", "en-is")
PAIRS = [("eng", "rus"), ("rus", "aze"), ("fra", "deu")]
SEEDS = {50: 12, 500: 3, 1000: 1}
LONG = 5000
"""Rows of the text whose memory is measured; a thousand take too little to tell."""

WINDOWS = "sentalign, windows encoded"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Ready:
    """Two encoded documents, and what the aligners may ask for besides."""

    source: Encoded
    target: Encoded
    background: Background
    padding: Floats
    """The vector of the word that Vecalign puts where a row of sentences would begin too early."""

    @property
    def lengths(self) -> list[list[int]]:
        return [[max(len(text), 1) for text in own] for own in self.texts]

    @property
    def texts(self) -> list[list[str]]:
        return [[s.text for s in one.document.sentences] for one in (self.source, self.target)]

    @property
    def names(self) -> list[list[str]]:
        return [[f"{side}{i}" for i in range(len(own))] for side, own in zip("st", self.texts, strict=True)]


@dataclass
class Vectors:
    """The encoder that other aligners are given.

    They get the names of sentences, `s0 s1 ... t0 t1 ...`, in the place of their text, and ask for
    the vectors of one name or of several in a row. So each gets the vectors that mlcheck has, and
    two sentences of the same words stay two. `model` encodes the text of several; without it they
    have the plain mean of their vectors. Weighted by length, as in mlcheck, it gave sentalign a
    strict F1 of .745 instead of .793 on German-French, and .795 instead of .758 on English-Icelandic.
    """

    ready: Ready
    model: Encoder | None = None
    seconds: float = 0.0
    known: dict[str, Floats] = field(default_factory=dict)

    def encode(self, sentences: Sequence[str], *_: object, **__: object) -> Floats:
        """(names, dimensions); whatever else an aligner says to its encoder does not matter here."""
        started = time.process_time()
        found = self._windows(sentences) if self.model else np.stack([self._mean(x) for x in sentences])
        self.seconds += time.process_time() - started
        return found

    def _mean(self, name: str) -> Floats:
        if name == "PAD":
            return self.ready.padding
        total = sum(map(self._vector, name.split(" ")))
        return total / np.linalg.norm(total)

    def _windows(self, names: Sequence[str]) -> Floats:
        assert self.model is not None
        new = [name for name in dict.fromkeys(names) if " " in name]
        for start in range(0, len(new), 256):
            some = new[start : start + 256]
            texts = [" ".join(map(self._text, name.split(" "))) for name in some]
            self.known.update(zip(some, self.model.encode(texts), strict=True))
        return np.stack([self.known[name] if " " in name else self._mean(name) for name in names])

    def _vector(self, name: str) -> Floats:
        return self._side(name).vectors[int(name[1:])]

    def _text(self, name: str) -> str:
        return self._side(name).document.sentences[int(name[1:])].text

    def _side(self, name: str) -> Encoded:
        return self.ready.source if name[0] == "s" else self.ready.target


System = Callable[[Ready], tuple[Links, float]]
"""Takes texts; gives links and the seconds that alignment took."""


def ours(ready: Ready) -> tuple[Links, float]:
    started = time.process_time()
    found = align(ready.source, ready.target, ready.background)
    return [(x.source, x.target) for x in found.sentences], time.process_time() - started


def by_length(ready: Ready) -> tuple[Links, float]:
    started = time.process_time()
    return length_only(*ready.lengths), time.process_time() - started


def by_galechurch(ready: Ready) -> tuple[Links, float]:
    import galechurch

    started = time.process_time()
    # The default refuses more than some 7,000 sentences a side.
    found = galechurch.align(*ready.texts, max_block_size=10**9).beads
    seconds = time.process_time() - started
    return [
        (tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end)))
        for b in found
    ], seconds


def by_sentalign(ready: Ready, model: Encoder | None = None) -> tuple[Links, float]:
    import sentalign

    vectors = Vectors(ready, model)
    started = time.process_time()
    with warnings.catch_warnings():
        # It makes an array of integers from memory that it has yet to fill.
        warnings.filterwarnings("ignore", "invalid value encountered in cast", RuntimeWarning)
        found = sentalign.sentalign(*ready.names, encoder=vectors).alignments
    seconds = time.process_time() - started - vectors.seconds
    return [(tuple(map(int, x.src_indices)), tuple(map(int, x.tgt_indices))) for x in found], seconds


def by_hadal(ready: Ready) -> tuple[Links, float]:
    import hadal
    from hadal.parallel_sentence_mining.margin_based import margin_based

    vectors = Vectors(ready)
    # Its constructor takes the name of a model to load, and nothing else.
    with patch.object(margin_based, "HuggingfaceAutoModel", lambda **_: vectors):
        pipeline = hadal.MarginBasedPipeline("-", faiss_device="cpu", enable_logging=False)
    names = ready.names
    started = time.process_time()
    pairs = pipeline.make_alignments(*names)
    seconds = time.process_time() - started - vectors.seconds
    found: Links = [((int(one[1:]),), (int(two[1:]),)) for _, one, two in pairs]
    paired = [{link[side][0] for link in found} for side in (0, 1)]
    found += [((i,), ()) for i in range(len(names[0])) if i not in paired[0]]
    return found + [((), (j,)) for j in range(len(names[1])) if j not in paired[1]], seconds


OTHERS: dict[str, tuple[System, tuple[str, ...]]] = {
    "galechurch": (by_galechurch, ("galechurch",)),
    "sentalign": (by_sentalign, ("sentalign",)),
    "hadal": (by_hadal, ("hadal", "faiss-cpu")),
}
"""Aligners by name, with the packages that they need."""


def systems() -> dict[str, System]:
    """mlcheck, lengths alone, and the others that are installed; says which are, and which not."""
    found: dict[str, System] = {"mlcheck": ours, "lengths alone": by_length}
    for name, (run, packages) in OTHERS.items():
        missing = [p for p in packages if importlib.util.find_spec(p.removesuffix("-cpu")) is None]
        if missing:
            print(f"{name}: not installed: pip install {' '.join(missing)} (see --help)", flush=True)
            continue
        print(", ".join(f"{package} {version(package)}" for package in packages), flush=True)
        found[name] = run
    print()
    return found


class Kitchen:
    """Makes documents ready; each distinct text is encoded once."""

    def __init__(self) -> None:
        self.model = load_encoder(None, models=load_models(), languages=["en"]).encoder
        self._memory = Memory(texts=100_000)
        self._padding = self.model.encode(["PAD"])[0]

    def prepare(self, *documents: Document) -> Ready:
        one, two = (encode_document(d, self.model, self._memory) for d in documents)
        codes = [d.language for d in documents]
        lengths = [general_length(code) for code in codes]
        ratio = lengths[0] / lengths[1] if lengths[0] and lengths[1] else 1.0
        centres = [general_centre(self.model, code) for code in codes]
        return Ready(one, two, Background(*centres, ratio), self._padding)


def lined(path: Path) -> Document:
    """A document with a sentence a line, as `mlcheck align --unit line` makes it; no line is blank."""
    lines = path.read_text("utf-8").splitlines()
    texts = [clean(line, 0).text for line in lines]
    assert all(texts), f"{path}: a blank line"
    span = Span(0, 1)
    return Document(
        path=path.name,
        text="",
        encoding="utf-8",
        encoding_guessed=False,
        language=path.suffix[1:],
        language_from="given",
        paragraphs=tuple(
            Paragraph(index=n, span=span, line=n + 1, end_line=n + 1, text=text, role="body")
            for n, text in enumerate(texts)
        ),
        sentences=tuple(Sentence(index=n, paragraph=n, span=span, text=t) for n, t in enumerate(texts)),
    )


def shares(counts: Counter[str], *names: str) -> list[str]:
    """`right X` of all `X`, for each name; a dash where there is no X."""
    return [f"{counts[f'right {n}'] / counts[n]:.3f}" if counts[n] else "–" for n in names]


def row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def header(*cells: str) -> None:
    row(*cells)
    print("|" + "---|" * len(cells))


def count_links(found: Links, gold: Links, score: ModuleType, counts: Counter[str]) -> None:
    """Precision over every link and recall over the gold's that are not null, as the scorer does."""
    full = [[x for x in own if x[0] and x[1]] for own in (gold, found)]
    for figure, pair in (("precision", (found, gold)), ("recall", full)):
        strict, lax, total = score.hits(*pair)
        for kind, hits in (("strict", strict), ("lax", lax)):
            counts[f"right {kind} {figure}"] += hits
            counts[f"{kind} {figure}"] += total
    true, said = score.nulls(gold), score.nulls(found)
    for figure, own in (("precision", said), ("recall", true)):
        counts[f"right null {figure}"] += len(true & said)
        counts[f"null {figure}"] += len(own)


def f1(counts: Counter[str], kind: str) -> str:
    names = [f"{kind} {figure}" for figure in ("precision", "recall")]
    p, r = (counts[f"right {name}"] / max(counts[name], 1) for name in names)
    return f"{2 * p * r / max(p + r, 1e-9):.3f}"


def links(folder: Path, kitchen: Kitchen, chosen: dict[str, System]) -> None:
    """Links, and sentences without counterpart, on texts that people aligned."""
    score, data = load(folder, "score_links"), folder / "data" / "links_dev"
    columns = ["strict precision", "strict recall", "lax precision", "lax recall"]
    nulls = ["null precision", "null recall"]
    header("texts", "aligner", *columns[:2], "strict F1", *columns[2:], "lax F1", *nulls, "CPU s")
    for pair in TEXTS:
        names = sorted(path.name.removesuffix(".gold") for path in data.glob(f"{pair}.*.gold"))
        golds = [score.read(data / f"{name}.gold") for name in names]
        cases = [
            kitchen.prepare(*(lined(data / f"{name}.{code}") for code in pair.split("-"))) for name in names
        ]
        for system, run in chosen.items():
            counts: Counter[str] = Counter()
            seconds = 0.0
            for gold, ready in zip(golds, cases, strict=True):
                found, took = run(ready)
                seconds += took
                count_links(found, gold, score, counts)
            one, two = shares(counts, *columns[:2]), shares(counts, *columns[2:])
            row(
                pair,
                system,
                *one,
                f1(counts, "strict"),
                *two,
                f1(counts, "lax"),
                *shares(counts, *nulls),
                f"{seconds:.2f}",
            )


def count_mixture(found: Links, a: Side, b: Side, moved: frozenset[int], counts: Counter[str]) -> None:
    """Sentences that are said, and known, to be without counterpart; of the source's others, those
    that did not move and are linked to no true partner (`lost`), and those that moved and are."""
    true = true_links(a, b)
    alone, said = (
        {(0, i) for left, right in own for i in left if not right}
        | {(1, j) for left, right in own for j in right if not left}
        for own in (true, found)
    )
    counts["nulls said"] += len(said)
    counts["nulls"] += len(alone)
    counts["right nulls said"] += len(alone & said)
    counts["right nulls"] += len(alone & said)
    mates: dict[int, set[int]] = {}
    for left, right in found:
        for i in left:
            mates.setdefault(i, set()).update(right)
    for left, right in true:
        for i in left if right else ():
            hit = bool(mates.get(i, set()) & set(right))
            name = "moved" if a.rows[i] & moved else "lost"
            counts[name] += 1
            counts[f"right {name}"] += hit == (name == "moved")


def cases(
    folder: Path, kitchen: Kitchen, pair: tuple[str, str], size: int, seeds: int
) -> Iterator[tuple[Ready, Side, Side, frozenset[int]]]:
    stories = read_table(folder / "data" / "ntrex_dev.tsv")
    for seed in range(seeds):
        a, b, moved = joined(stories, pair, size, 100 + seed, Rates())
        yield kitchen.prepare(a.document, b.document), a, b, moved


def mixtures(folder: Path, kitchen: Kitchen, chosen: dict[str, System]) -> None:
    """Nulls, losses and moves on long texts made of news, all pairs of languages together."""
    header(
        "rows",
        "texts",
        "aligner",
        "null precision",
        "null recall",
        "true links lost",
        "moved found",
        "CPU s a text",
    )
    for size, seeds in SEEDS.items():
        own = {name: run for name, run in chosen.items() if name != WINDOWS or size == min(SEEDS)}
        counts = {system: Counter[str]() for system in own}
        seconds = dict.fromkeys(own, 0.0)
        texts = [case for pair in PAIRS for case in cases(folder, kitchen, pair, size, seeds)]
        for ready, a, b, moved in texts:
            for system, run in own.items():
                found, took = run(ready)
                seconds[system] += took
                count_mixture(found, a, b, moved, counts[system])
        for system in own:
            figures = shares(counts[system], "nulls said", "nulls", "lost", "moved")
            row(size, len(texts), system, *figures, f"{seconds[system] / len(texts):.3f}")


def memory(folder: Path, kitchen: Kitchen, chosen: dict[str, System]) -> None:
    """Memory of each aligner in a process of its own: what one allocated is there for the next."""
    header("rows", "sentences", "aligner", "CPU s", "memory, MB more")
    with tempfile.TemporaryDirectory() as place:
        ready = [next(cases(folder, kitchen, PAIRS[0], size, 1))[0] for size in (50, LONG)]
        path = Path(place) / "texts.pickle"
        path.write_bytes(pickle.dumps(ready))
        for system in chosen:
            subprocess.run([sys.executable, __file__, "--alone", system, "--texts", str(path)], check=True)


def alone(system: str, path: Path) -> None:
    run = {"mlcheck": ours, "lengths alone": by_length, **{name: x[0] for name, x in OTHERS.items()}}[system]
    with path.open("rb") as file:
        short, long = pickle.load(file)  # Written by `memory` just now, and by nobody else.
    run(short)  # What an aligner imports is not what a text takes.
    before = held("VmRSS", forget=True)
    _, seconds = run(long)
    more = f"{(held('VmHWM') - before) / 1024:.0f}" if before else "–"
    row(LONG, " + ".join(str(len(own)) for own in long.texts), system, f"{seconds:.2f}", more)


def held(name: str, *, forget: bool = False) -> int:
    """Memory of this process in kB, now (`VmRSS`) or at most since it was told to forget
    (`VmHWM`); 0 where the system is not Linux.

    What `getrusage` gives begins with the peak of the parent, which has a model loaded.
    """
    own = Path("/proc/self")
    if not (own / "clear_refs").exists():
        return 0
    if forget:
        (own / "clear_refs").write_text("5")
    lines = (own / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = {"links": links, "mixtures": mixtures, "memory": memory}
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--part", action="append", choices=list(parts))
    parser.add_argument("--windows", action="store_true", help="encode rows of sentences for sentalign, too")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        alone(arguments.alone, arguments.texts)
        return
    if not (arguments.eval / "data" / "ntrex_dev.tsv").is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    chosen, kitchen = systems(), Kitchen()
    short = next(cases(arguments.eval, kitchen, PAIRS[0], 50, 1))[0]
    for run in chosen.values():
        run(short)  # Imports and first calls are not timed.
    for part in arguments.part or parts:
        own = dict(chosen)
        if part != "memory" and arguments.windows and "sentalign" in own:
            own[WINDOWS] = lambda ready: by_sentalign(ready, kitchen.model)
        parts[part](arguments.eval, kitchen, own)
        print()


if __name__ == "__main__":
    main()
