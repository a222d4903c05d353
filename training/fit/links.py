"""Fit the weights of the aligner's two models, and write them to the package.

    python -m training.fit.links [--eval FOLDER] [--stories even|odd|all] [--write]

Learns from news mixtures (`mixtures.py`) in six pairs of languages, with sentences dropped,
replaced, added, merged and split at many rates, and, with `--gold`, from the texts in `links_dev`.
The weights maximise the probability of the true links, with a little pull towards zero. Prints how
probable the true links of the other stories are, in nats a sentence. Some minutes; needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.mixtures import Links, Rates, joined, lines_of, read_table, true_links
from mlcheck.align import Background, first_pass
from mlcheck.align.anchors import Chunk
from mlcheck.align.chunks import PLAIN_BLOCK, PLAIN_NULL, shape_name
from mlcheck.align.features import BLOCK_FEATURES, NULL_FEATURES, WORD_FEATURES, Candidates
from mlcheck.align.lattice import NEVER, SHAPES
from mlcheck.align.prune import Pruned
from mlcheck.align.rescore import Rescorer, candidate_batches
from mlcheck.data import Document, Encoded
from mlcheck.encode import Encoder, Memory, encode_document, general_centre, general_length, load_encoder
from mlcheck.links import lines
from mlcheck.models import load_models
from mlcheck.read import read_file

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "eval"
OUT = Path(__file__).resolve().parents[2] / "mlcheck" / "align" / "coefficients.json"
PAIRS = [("eng", "rus"), ("fra", "deu"), ("eng", "aze"), ("eng", "zho"), ("tur", "eng"), ("rus", "aze")]
MIXTURES = 40
"""For each pair of languages."""
GOLD = {"de": 6, "en": 2}
"""How often each text that people aligned counts, by its source's language. They are few beside the
news, and their translations are freer; with more of the English-Icelandic ones, which the encoder
knows badly, German-French links and the missing sentences of the news get worse."""
PULL = 0.5
"""Of each weight towards zero, in nats at 1; against some 10,000 links it only steadies."""
SHAPE_NAMES = sorted({shape_name(a, c) for a, c in SHAPES.tolist()})


@dataclass(frozen=True)
class Example:
    """Two texts, and the blocks and nulls that are true of them."""

    encoded: tuple[Encoded, Encoded]
    background: Background
    blocks: frozenset[tuple[int, int, int]]
    """Shape, and the sentences at which it begins."""
    alone: tuple[frozenset[int], frozenset[int]]


def example(model: Encoder, memory: Memory, documents: tuple[Document, Document], links: Links) -> Example:
    """True links that cross, or are of no known shape, count as nulls."""
    one, two = (encode_document(d, model, memory) for d in documents)
    codes = [d.language for d in documents]
    lengths = [general_length(code) or 1.0 for code in codes]
    background = Background(*(general_centre(model, code) for code in codes), lengths[0] / lengths[1])
    number = {(a, c): k for k, (a, c) in enumerate(SHAPES.tolist())}
    blocks = set()
    for a, c in _in_order(links):
        if (len(a), len(c)) in number and a[-1] - a[0] == len(a) - 1 and c[-1] - c[0] == len(c) - 1:
            blocks.add((number[len(a), len(c)], a[0], c[0]))
    linked = (
        {i + x for k, i, _ in blocks for x in range(SHAPES[k, 0])},
        {j + x for k, _, j in blocks for x in range(SHAPES[k, 1])},
    )
    alone = tuple(frozenset(range(len(d.sentences))) - own for d, own in zip(documents, linked, strict=True))
    return Example((one, two), background, frozenset(blocks), (alone[0], alone[1]))


def _in_order(links: Links) -> Links:
    """The most of the links, by sentences, that do not cross."""
    full = sorted(link for link in links if link[0] and link[1])
    best: list[tuple[int, int]] = []
    for at, (a, c) in enumerate(full):
        before = [
            (best[x][0], x)
            for x in range(max(0, at - 200), at)
            if full[x][1][-1] < c[0] and full[x][0][-1] < a[0]
        ]
        score, last = max(before, default=(0, -1))
        best.append((score + len(a) + len(c), last))
    if not full:
        return []
    at = max(range(len(full)), key=lambda x: best[x][0])
    kept = []
    while at >= 0:
        kept.append(full[at])
        at = best[at][1]
    return kept[::-1]


def mixtures(folder: Path, model: Encoder, memory: Memory, which: str, seeds: int) -> list[Example]:
    """News in six pairs of languages, with flaws at many rates; `which` stories, every other or all."""
    table = read_table(folder / "data" / "ntrex_dev.tsv")
    names = sorted(table)
    chosen = {"all": names, "even": names[::2], "odd": names[1::2]}[which]
    stories = {name: table[name] for name in chosen}
    found = []
    for pair in PAIRS:
        for seed in range(seeds):
            rng = random.Random(f"{pair}/{seed}/{which}")
            rates = Rates(
                drop=rng.choice((0.0, 0.03, 0.1, 0.1, 0.2)),
                replace=rng.choice((0.0, 0.0, 0.05)),
                add=rng.choice((0.0, 0.0, 0.05)),
                move=rng.choice((0.0, 0.0, 0.05)),
                merge=rng.choice((0.0, 0.0, 0.05, 0.2)),
                split=rng.choice((0.0, 0.0, 0.05, 0.2)),
                heads=rng.choice((1.0, 2.5)),
            )
            size = rng.choice((12, 25, 50, 100))
            a, b, moved = joined(stories, pair, size, seed, rates, repeat=False)
            if rng.random() < 0.4:
                a, b = lines_of(a), lines_of(b)
            kept = [(x, y) for x, y in true_links(a, b) if not any(a.rows[i] & moved for i in x)]
            found.append(example(model, memory, (a.document, b.document), kept))
    return found


def gold(folder: Path, model: Encoder, memory: Memory) -> list[Example]:
    """Texts that people aligned."""
    found: dict[str, list[Example]] = {}
    for path in sorted((folder / "data" / "links_dev").glob("*.gold")):
        pair, name = path.name.split(".")[0].split("-"), path.name.removesuffix(".gold")
        documents, numbers = [], []
        for code in pair:
            units = lines(read_file(path.with_name(f"{name}.{code}")), code)
            documents.append(units.document)
            numbers.append({line: i for i, line in enumerate(units.numbers)})
        links = [tuple(map(ast.literal_eval, line.split(":")[:2])) for line in path.read_text().splitlines()]
        # Some links have blank lines, which are no sentences.
        known = [
            tuple(tuple(numbers[s][x] for x in own if x in numbers[s]) for s, own in enumerate(link))
            for link in links
        ]
        found.setdefault(pair[0], []).append(example(model, memory, (documents[0], documents[1]), known))
    return [text for language, texts in found.items() for text in texts * GOLD[language]]


@dataclass(frozen=True)
class Figured:
    """Many texts as if they were one: their chunks and candidates, the figures of the candidates
    (E, F) and of the sentences (n, F), (m, F), and which of these are true."""

    names: list[str]
    chunks: list[Chunk]
    candidates: Candidates
    blocks: np.ndarray
    source: np.ndarray
    target: np.ndarray
    true: np.ndarray
    alone: tuple[np.ndarray, np.ndarray]


class Objective:
    """Loss and gradient, as functions of the weights."""

    def __init__(self, figured: Figured) -> None:
        self._figured = figured
        self._parts = list(candidate_batches(figured.chunks, figured.candidates))
        self._opening = figured.names.index("open")
        self.sentences = len(figured.source) + len(figured.target)
        # There is one alignment that is true, so what it counts does not depend on the weights.
        barred = [np.where(own, 0.0, NEVER) for own in (figured.true, *figured.alone)]
        self._wanted = self._expected(*barred, 0.0)[1]

    def _expected(
        self, blocks: np.ndarray, source: np.ndarray, target: np.ndarray, opening: float
    ) -> tuple[float, np.ndarray]:
        own = self._figured
        total, counts = 0.0, np.zeros(len(own.names))
        for part in self._parts:
            posterior = part.lattice.posterior(part.scores(blocks, source, target, opening))
            total += float(posterior.total.sum())
            counts += posterior.blocks[part.at] @ own.blocks[part.edges]
            counts[self._opening] += float(posterior.opened.sum())
            for expected, figures, at in (
                (posterior.source, own.source, 0),
                (posterior.target, own.target, 2),
            ):
                for b, chunk in enumerate(part.chunks):
                    counts += (
                        expected[b, 1 : chunk[at + 1] - chunk[at] + 1] @ figures[chunk[at] : chunk[at + 1]]
                    )
        return total, counts

    def __call__(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        own = self._figured
        total, counts = self._expected(
            own.blocks @ w, own.source @ w, own.target @ w, float(w[self._opening])
        )
        return total - float(self._wanted @ w) + PULL * float(w @ w), counts - self._wanted + 2 * PULL * w


def figured(examples: Sequence[Example], firsts: Sequence[Pruned], kind: str) -> Figured:
    """For the first model (`plain`), or for the second with words or without (`sentences`)."""
    blocks = list(PLAIN_BLOCK if kind == "plain" else BLOCK_FEATURES)
    nulls = list(PLAIN_NULL if kind == "plain" else NULL_FEATURES)
    if kind != "words":
        blocks, nulls = ([n for n in own if n not in WORD_FEATURES] for own in (blocks, nulls))
    names = [*SHAPE_NAMES, *blocks, *nulls, "open"]
    kinds = np.array([names.index(shape_name(a, c)) for a, c in SHAPES.tolist()])
    chunks: list[Chunk] = []
    found: list[tuple[np.ndarray, ...]] = []
    at = np.zeros(2, int)
    lost = true_blocks = 0
    for own, first in zip(examples, firsts, strict=True):
        candidates, second = first.candidates, Rescorer(first, own.encoded)
        x = np.zeros((len(candidates.shape), len(names)))
        x[np.arange(len(x)), kinds[candidates.shape]] = 1
        for name, values in second.blocks.items():
            if name in blocks:
                x[:, names.index(name)] = values
        rows = []
        for side in second.features.nulls():
            row = np.zeros((len(side["alone"]), len(names)))
            for name, values in side.items():
                if name in nulls:
                    row[:, names.index(name)] = values
            rows.append(row)
        keys = list(zip(candidates.shape.tolist(), candidates.i.tolist(), candidates.j.tolist(), strict=True))
        missing = own.blocks - set(keys)
        lost, true_blocks = lost + len(missing), true_blocks + len(own.blocks)
        alone = [np.zeros(len(row), bool) for row in rows]
        for side in (0, 1):
            alone[side][list(own.alone[side])] = True
            for k, i, j in missing:
                start = (i, j)[side]
                alone[side][start : start + SHAPES[k, side]] = True
        true = np.array([key in own.blocks for key in keys])
        chunks += [(i + at[0], p + at[0], j + at[1], q + at[1]) for i, p, j, q in first.chunks]
        found.append((candidates.shape, candidates.i + at[0], candidates.j + at[1], x, *rows, true, *alone))
        at += [len(row) for row in rows]
    print(
        f"{kind}: {len(examples)} texts, {true_blocks} true blocks, {lost} of them no candidates", flush=True
    )
    k, i, j, x, source, target, true, alone_s, alone_t = (
        np.concatenate(own) for own in zip(*found, strict=True)
    )
    none = np.zeros(0, np.float32)
    candidates = Candidates(k, i, j, none, none, none, (none, none))
    filled = [chunk for chunk in chunks if chunk[1] > chunk[0] and chunk[3] > chunk[2]]
    return Figured(names, filled, candidates, x, source, target, true, (alone_s, alone_t))


def fit(examples, others, firsts, other_firsts, kind: str, start: dict[str, float]) -> dict[str, float]:
    own = figured(examples, firsts, kind)
    goal = Objective(own)
    w = np.array([start.get(name, 0.0) for name in own.names])
    found = minimize(goal, w, jac=True, method="L-BFGS-B", options={"maxiter": 120, "maxfun": 150})
    print(f"  fitted: {found.fun / goal.sentences:.4f} nats a sentence, {found.nit} steps", flush=True)
    if others:
        check = Objective(figured(others, other_firsts, kind))
        print(f"  others: {check(found.x)[0] / check.sentences:.4f} nats a sentence", flush=True)
    return {name: round(float(value), 4) for name, value in zip(own.names, found.x, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--stories", choices=("even", "odd", "all"), default="all", help="learn from these")
    parser.add_argument("--mixtures", type=int, default=MIXTURES, help="for each pair of languages")
    parser.add_argument("--gold", action="store_true", help="learn from the texts that people aligned, too")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    arguments = parser.parse_args()
    model = load_encoder(None, models=load_models(), languages=["en", "ru"]).encoder
    memory = Memory(texts=1_000_000)
    examples = mixtures(arguments.eval, model, memory, arguments.stories, arguments.mixtures)
    if arguments.gold:
        examples += gold(arguments.eval, model, memory)
    others = []
    if arguments.stories != "all":
        other = {"even": "odd", "odd": "even"}[arguments.stories]
        others = mixtures(arguments.eval, model, memory, other, max(1, arguments.mixtures // 2))
    run(examples, others, write=arguments.write)


def run(
    examples: list[Example], others: list[Example], *, write: bool
) -> dict[str, dict[str, dict[str, float]]]:
    """Fit the first model on all blocks, then the second on those that the first leaves."""
    weights = json.loads(OUT.read_text("utf-8"))

    def firsts(own: Sequence[Example], chance: float | None = None) -> list[Pruned]:
        return [
            first_pass(*x.encoded, x.background, weights["plain"]["sentences"], chance).pruned for x in own
        ]

    # For the first model nothing may have been left out: everything that it gives any chance at all.
    wide = examples[:: max(1, len(examples) // 60)]
    weights["plain"]["sentences"] = fit(
        wide, [], firsts(wide, 1e-9), [], "plain", weights["plain"]["sentences"]
    )
    known, other = firsts(examples), firsts(others)
    for kind in ("words", "sentences"):
        weights["links"][kind] = fit(examples, others, known, other, kind, weights["links"][kind])
    if write:
        OUT.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    return weights


if __name__ == "__main__":
    main()
