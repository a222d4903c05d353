"""Fit what tells a detail that was left out, and write the coefficients to the package.

    python -m training.fit.details TABLE.tsv [--write]

News stories from whose sentences, on either side, something was cut: the last two fifths, or a
clause at the end, at the beginning or in the middle. Fits first which words lost their counterpart
(the label comes from matching the sentence with its uncut counterpart), then which runs of such
words are what was cut, by themselves and by what the encoder says of the sentence without them. Prints,
cross-validated by story, before and after that test, the share of the cut sentences that are found,
at thresholds that give so many false reports in all stories of a pair; the number of these at the
package's threshold is last. Links that `divergent-passage` reports anyway count as found and are no
false reports. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import mixtures
from benchmarks.mixtures import Side, paragraphs, read_table, recut, side
from mlcheck.compare.words import match
from mlcheck.compare.words.runs import (
    RUN_FEATURES,
    TESTED_FEATURES,
    WORD_FEATURES,
    WORTH_A_TEST,
    Candidate,
    candidates,
    nearer,
    word_features,
)
from mlcheck.data import Alignment
from mlcheck.encode import Memory
from mlcheck.pipeline import Checker
from mlcheck.settings import CheckSettings

OUT = Path(__file__).resolve().parents[2] / "mlcheck" / "compare" / "words" / "coefficients.json"
SHOWN = (("eng", "zho"),)
"""Measured and not fitted on: its words are the model's pieces."""
PAIRS = tuple(pair for pair in mixtures.PAIRS if pair not in SHOWN)
RATE = 0.22
VERSIONS = ((0, 0.0), (1, RATE), (2, RATE))
"""Seed, and the chance of a cut. The first is faithful."""
STORIES = 1 + 2 * (1 - RATE)
"""How many times over the versions hold the stories' sentences uncut."""
FALSE = (0.5, 1, 2, 3)
FOLDS = 5
COMMA = re.compile(r"[,，;；]|(?<= )[–—](?= )")


@dataclass(frozen=True)
class Cut:
    """On which side the whole sentence stands, what was cut from the other, and from which text."""

    whole: int
    kind: str
    span: tuple[int, int]
    text: str


@dataclass(frozen=True)
class Case:
    """A story in two languages, aligned, with its cuts by row."""

    pair: tuple[str, str]
    story: str
    seed: int
    alignment: Alignment
    sides: tuple[Side, Side]
    cuts: dict[int, Cut]


@dataclass(frozen=True)
class Row:
    """A run: of which story and case, and what was cut from what it faces (nothing: "")."""

    pair: tuple[str, str]
    story: str
    cut: str
    near_cut: bool
    divergent: bool
    case: int
    run: Candidate


def cut_from(text: str, kind: str, rng: random.Random) -> tuple[str, tuple[int, int]] | None:
    """What is left of a sentence, and the range that is gone; None where nothing can be cut."""
    if kind == "end":
        words = text.split(" ")
        kept = " ".join(words[: len(words) * 3 // 5]).rstrip(",;:–-")
        return (kept + ".", (len(kept), len(text))) if len(words) >= 15 else None
    commas = [found.start() for found in COMMA.finditer(text)]

    def size(start: int, end: int) -> int:
        return len(text[start:end].split())

    if kind == "tail":
        fits = [c for c in commas if size(c, len(text)) >= 4 and size(0, c) >= 6]
        return (text[: fits[-1]].rstrip() + ".", (fits[-1], len(text))) if fits else None
    if kind == "head":
        fits = [c for c in commas if size(0, c) >= 4 and size(c, len(text)) >= 6]
        rest = text[fits[0] + 1 :].lstrip() if fits else ""
        return (rest[:1].upper() + rest[1:], (0, fits[0] + 1)) if fits else None
    inner = [
        (c, d)
        for at, c in enumerate(commas)
        for d in commas[at + 1 :]
        if 4 <= size(c, d) <= 15 and size(0, len(text)) - size(c, d) >= 8
    ]
    if not inner:
        return None
    start, end = rng.choice(inner)
    return text[:start].rstrip() + text[end:], (start, end)


def planted(stories, name: str, pair: tuple[str, str], seed: int, rate: float):
    """The two sides of a story with some sentences cut, and the cuts by row."""
    rng = random.Random(f"{name}/{pair}/{seed}")
    texts: tuple[list, list] = ([], [])
    cuts: dict[int, Cut] = {}
    for i, row in enumerate(stories[name]):
        both = [row[language] for language in pair]
        # More often in the target, and not in headlines, which are seldom cut.
        if i > 0 and rng.random() < rate:
            which = rng.choice((0, 1, 1))
            kind = rng.choice(("end", "end", "tail", "head", "middle"))
            done = cut_from(both[which], kind, rng)
            if done:
                cuts[i] = Cut(1 - which, kind, done[1], both[which])
                both[which] = done[0]
        for text, own in zip(texts, both, strict=True):
            text.append((i, own))
    left = paragraphs(texts[0], rng)
    ends = np.cumsum([len(paragraph) for paragraph in left]).tolist()
    right = [texts[1][start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return (side(left, pair[0]), side(recut(right, rng), pair[1])), cuts


def collect(stories, checker: Checker) -> list[Case]:
    """All stories, in all pairs and versions, aligned."""
    cases = []
    for pair in (*PAIRS, *SHOWN):
        for name in stories:
            for seed, rate in VERSIONS:
                sides, cuts = planted(stories, name, pair, seed, rate)
                alignment = checker.align_documents(sides[0].document, sides[1].document)
                cases.append(Case(pair, name, seed, alignment, sides, cuts))
        print("-".join(pair), "aligned", file=sys.stderr)
    return cases


def gone(case: Case, which: int, stories, checker: Checker) -> np.ndarray:
    """Of each word of a side whether its counterpart was cut: 1, 0, or NaN where it is not known."""
    encoded = (case.alignment.source, case.alignment.target)[which]
    labels = np.full(len(encoded.words.spans), np.nan if case.seed else 0.0)
    for i, cut in case.cuts.items():
        text = stories[case.story][i][case.pair[which]]
        at = [
            k
            for k, rows in enumerate(case.sides[which].rows)
            if rows == frozenset([i]) and encoded.document.sentences[k].text == text
        ]
        if cut.whole == which and len(at) == 1:
            centred = []
            for own, language in ((text, case.pair[which]), (cut.text, case.pair[1 - which])):
                words = _words(checker, case, [own])[0]
                vectors = words.vectors.astype(np.float64) - _mean(checker, case, stories, language)
                centred.append((words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)))
            (_, one), (words, two) = centred
            middle = words.spans[(one @ two.T).argmax(axis=1)].mean(axis=1)
            inside = (middle >= cut.span[0]) & (middle < cut.span[1])
            labels[encoded.words.starts[at[0]] : encoded.words.starts[at[0] + 1]] = inside
    return labels


def _words(checker: Checker, case: Case, texts: list[str]):
    documents = case.alignment.documents
    tools = checker.tools(*documents)
    _, words = tools.memory.recall(tools.encoder, texts)
    return words


_means: dict[tuple[str, str], np.ndarray] = {}


def _mean(checker: Checker, case: Case, stories, language: str) -> np.ndarray:
    key = (case.story, language)
    if key not in _means:
        words = _words(checker, case, [row[language] for row in stories[case.story]])
        _means[key] = np.concatenate([own.vectors for own in words]).mean(axis=0, dtype=np.float64)
    return _means[key]


def fit_words(cases: list[Case], stories, checker: Checker) -> dict[str, float]:
    """Coefficients of `unmatched`."""
    x, y = [], []
    for case in cases:
        if case.pair in PAIRS:
            both = match(case.alignment)
            for which in (0, 1):
                found = word_features(case.alignment, which, both[which], both[1 - which])
                labels = gone(case, which, stories, checker)
                known = ~np.isnan(labels)
                x.append(np.column_stack([found[name] for name in WORD_FEATURES])[known])
                y.append(labels[known])
    model = LogisticRegression(C=10, max_iter=1000).fit(np.concatenate(x), np.concatenate(y))
    return _named(WORD_FEATURES, model.coef_[0], float(model.intercept_[0]))


def rows(cases: list[Case], unmatched: dict[str, float]) -> tuple[list[Row], dict[tuple, int]]:
    """The runs of all cases, and how many cuts of each pair and kind there are."""
    limit = CheckSettings().divergent
    found, total = [], {}
    for place, case in enumerate(cases):
        for cut in case.cuts.values():
            total[case.pair, cut.kind] = total.get((case.pair, cut.kind), 0) + 1
        linked = {}
        for link in case.alignment.sentences:
            held = [
                frozenset().union(*(own.rows[k] for k in numbers))
                for own, numbers in zip(case.sides, (link.source, link.target), strict=True)
            ]
            for which, numbers in enumerate((link.source, link.target)):
                linked.update({(which, number): (link, held) for number in numbers})
        for run in candidates(case.alignment, unmatched):
            number, which = run[:2]
            link, held = linked[which, number]
            cut = [case.cuts[i] for i in held[0] & held[1] if i in case.cuts and case.cuts[i].whole == which]
            found.append(
                Row(
                    case.pair,
                    case.story,
                    cut[0].kind if cut else "",
                    any(i in case.cuts for i in held[0] | held[1]),
                    link.divergence >= limit,
                    place,
                    run,
                )
            )
    return found, total


def _model(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=1000).fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def _named(names, weights: np.ndarray, intercept: float) -> dict[str, float]:
    return {"intercept": round(intercept, 4)} | dict(zip(names, np.round(weights, 4).tolist(), strict=True))


def fit_runs(
    found: list[Row], total: dict[tuple, int], cases: list[Case], checker: Checker
) -> tuple[dict[str, float], dict[str, float]]:
    """Coefficients of `run` and of `tested`; prints the curves of each."""
    weights, odds = _fit(found, np.ones(len(found), bool), tuple(RUN_FEATURES))
    print("before the test")
    _curves(found, total, odds)
    x = np.array([[row.run[4][name] for name in RUN_FEATURES] for row in found])
    known = weights["intercept"] + x @ [weights[name] for name in RUN_FEATURES]
    asked = known >= np.log(WORTH_A_TEST / (1 - WORTH_A_TEST))
    for place, case in enumerate(cases):
        mine = [row.run for row, ask in zip(found, asked, strict=True) if ask and row.case == place]
        encode = checker.tools(*case.alignment.documents).encode
        for run, value in zip(mine, nearer(case.alignment, mine, encode), strict=True):
            run[4]["nearer"] = value
    tested, after = _fit(found, asked, tuple(TESTED_FEATURES))
    print(f"after it, of {asked.sum()} runs of {len(found)}")
    _curves(found, total, np.where(asked, after, -np.inf))
    return weights, tested


def _harmless(found: list[Row]) -> np.ndarray:
    return np.array([not (row.cut or row.near_cut or row.divergent) for row in found])


def _fit(found: list[Row], asked: np.ndarray, names: tuple[str, ...]) -> tuple[dict[str, float], np.ndarray]:
    """Coefficients from some of the runs; and the log odds of each run, cross-validated by story."""
    x = np.array([[row.run[4].get(name, 0.0) for name in names] for row in found])
    y = np.array([row.cut != "" for row in found])
    fitted = np.array([row.pair in PAIRS and not row.divergent for row in found])
    used = asked & fitted & (y | _harmless(found))
    stories = np.random.default_rng(1).permutation(sorted({row.story for row in found}))
    fold = {name: k % FOLDS for k, name in enumerate(stories)}
    folds = np.array([fold[row.story] for row in found])
    odds = np.zeros(len(found))
    for k in range(FOLDS):
        weights, intercept = _model(x[used & (folds != k)], y[used & (folds != k)])
        odds[folds == k] = x[folds == k] @ weights + intercept
    return _named(names, *_model(x[used], y[used])), odds


def _curves(found: list[Row], total: dict[tuple, int], odds: np.ndarray) -> None:
    cut = np.array([row.cut for row in found])
    pair = np.array(["-".join(row.pair) for row in found])
    fitted = np.array([row.pair in PAIRS for row in found])
    divergent = np.array([row.divergent for row in found])
    harmless = _harmless(found)
    limit = CheckSettings().detail
    false = np.sort(odds[harmless & fitted])[::-1]
    at = [false[round(count * STORIES * len(PAIRS))] for count in FALSE] + [np.log(limit / (1 - limit))]
    heads = [f"{count} false" for count in FALSE] + [f"p > {limit}", "false"]
    print("| pair | cut | " + " | ".join(heads) + " |\n|" + "---|" * (2 + len(heads)))
    for name in ["-".join(p) for p in (*PAIRS, *SHOWN)]:
        for kinds in (("end",), ("tail", "head", "middle")):
            count = sum(n for (p, kind), n in total.items() if "-".join(p) == name and kind in kinds)
            mine = (cut != "") & (pair == name) & np.isin(cut, kinds)
            shares = [f"{(divergent | (odds > limit))[mine].sum() / max(count, 1):.2f}" for limit in at]
            wrong = (odds > at[-1])[harmless & (pair == name)].sum() / STORIES
            print("| " + " | ".join([name, "/".join(kinds), *shares, f"{wrong:.1f}"]) + " |")
    print("probabilities:", [round(float(1 / (1 + np.exp(-limit))), 3) for limit in at])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--write", action="store_true", help="write the coefficients to the package")
    arguments = parser.parse_args()
    stories = read_table(arguments.table)
    checker = Checker(judge="none")
    checker._toolbox._memory = Memory(texts=1_000_000)
    run(stories, checker, write=arguments.write)


def run(stories, checker: Checker, *, write: bool) -> None:
    """Fit the models; each on what the one before it, as fitted, gives."""
    cases = collect(stories, checker)
    words = fit_words(cases, stories, checker)
    print(json.dumps(words))
    first, tested = fit_runs(*rows(cases, words), cases, checker)
    print(json.dumps(tested))
    known = json.loads(OUT.read_text("utf-8")) | {"unmatched": words, "run": first, "tested": tested}
    if write:
        OUT.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
