"""Fit what a judged link's probabilities are, and write the coefficients to the package.

    python -m training.fit.judged [--eval FOLDER] [--rows FILE] [--write]

Runs mlcheck on held-back news stories (the judge never saw them) in which some sentences were changed
by the functions of `make_cases.py`, and on the pairs of sentences that people judged, which the judge
never saw either. Each sentence link gives a row: what the cheap evidence said, what the judge said, and
the truth. Three questions are then fitted on the log odds of both: do the sides differ in any detail, as
people judge (`divergence`), are they no counterparts (`wrong`), and was something changed that faithful
news does not change (`flawed`)? Prints, cross-validated by story, what each finds by kind at given shares
of false reports. `--rows` keeps the rows, or reads them where the file is there. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from benchmarks.mixtures import PAIRS, Rates, joined, paragraphs, read_table, recut, side
from benchmarks.scripts import load
from mlcheck.checks.name_mismatch import EXCHANGE_ASKED
from mlcheck.compare import exchanged
from mlcheck.compare.opinion import OPINION, opinion
from mlcheck.judge import combine
from mlcheck.judge.features import FEATURES, features
from mlcheck.judge.nulls import NULL_FEATURES, null_features
from mlcheck.models import read_card
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.segment import segment
from mlcheck.settings import CheckSettings, Settings
from mlcheck.statistics import log_odds, logistic

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "eval"
OUT = Path(__file__).resolve().parents[2] / "mlcheck" / "judge" / "coefficients.json"
JUDGE = "judge-1"
HELD_BACK = 5
"""Every fifth story, as in training/judge/texts.py."""
VERSIONS = 4
RATE = 0.2
"""Of sentences changed in a version; the first version has none."""
NULLS_KEPT = 0.975
"""Of sentences that are alone and lack a counterpart, the share that is still reported."""
KINDS = ("number", "date", "name", "negation", "opposite", "source cut", "target cut", "other")
ENGLISH = frozenset(KINDS[:5])
FALSE = (0.001, 0.002, 0.005, 0.01, 0.03)


def changed(make, kind: str, row, rows, pair, rng, foreign):
    """The two sentences of a row after a change, or None."""
    one, two = row[pair[0]], row[pair[1]]
    if kind in ENGLISH:
        if pair[0] != "eng":
            return None
        new = {
            "number": lambda: make.change_number(one, rng),
            "date": lambda: make.change_date(one, rng),
            "name": lambda: make.change_name(one, rng, *foreign),
            "negation": lambda: make.change_negation(one, rng),
            "opposite": lambda: make.swap_word(one, make.OPPOSITES, rng),
        }[kind]()
        return (new, two) if new and new != one else None
    if kind == "source cut":
        return (new, two) if (new := make.cut_end(one)) else None
    if kind == "target cut":
        return (one, new) if (new := make.cut_end(two)) else None
    return one, rng.choice([r for r in rows if r is not row])[pair[1]]


def names(make, stories):
    """Names known to the maker of cases, and how it chooses foreign ones."""
    texts = [row["eng"] for rows in stories.values() for row in rows[1:]]
    counts = Counter(m.group(1) for s in texts for m in re.finditer(r"(?<=[a-z,] )([A-Z][a-z]{3,})\b", s))
    lower = {w for rows in stories.values() for r in rows for w in re.findall(r"\b[a-z]+\b", r["eng"])}
    return {
        w for w, c in counts.items() if c > 1 and w.lower() not in lower and w not in make.WEEK + make.MONTH
    }


def collect_news(folder: Path, checker: Checker) -> list[dict]:
    make, stories = load(folder, "make_cases"), read_table(folder / "data" / "ntrex_dev.tsv")
    known = names(make, stories)
    held = [name for at, name in enumerate(stories) if at % HELD_BACK == HELD_BACK - 1]
    result = []
    for pair in PAIRS:
        for name in held:
            rows = stories[name]
            own = set(" ".join(row["eng"] for row in rows).split())
            for version in range(VERSIONS):
                rng = random.Random(f"{pair}/{name}/{version}")
                sides, flaws = ([], []), {}
                for at, row in enumerate(rows):
                    texts = row[pair[0]], row[pair[1]]
                    if version and at and rng.random() < RATE:
                        kinds = rng.sample(KINDS, len(KINDS))
                        for kind in kinds:
                            new = changed(make, kind, row, rows, pair, rng, (known, sorted(known - own)))
                            if new:
                                texts, flaws[at] = new, kind
                                break
                    sides[0].append((at, texts[0]))
                    sides[1].append((at, texts[1]))
                cuts = paragraphs(sides[0], rng)
                one = side(cuts, pair[0])
                by_row = dict(sides[1])
                two = side([[(at, by_row[at]) for at, _ in part] for part in recut(cuts, rng)], pair[1])
                alignment = checker.align_documents(one.document, two.document)
                base = {"where": "news", "pair": f"{pair[0]}-{pair[1]}", "group": name, "version": version}
                result.append({**base, "where": "planted", "kinds": sorted(flaws.values())})
                encode = checker.tools(one.document, two.document).encode
                result += [{**base, **row} for row in opinions(alignment, encode, (one, two), flaws)]
                for link in alignment.sentences:
                    judged = alignment.judgement(link) if link.source and link.target else None
                    if judged is None:
                        continue
                    there = [
                        frozenset().union(*(s.rows[i] for i in own_rows))
                        for s, own_rows in ((one, link.source), (two, link.target))
                    ]
                    rows_in = there[0] | there[1]
                    kinds = sorted({flaws[r] for r in rows_in if r in flaws})
                    result.append(
                        {
                            **base,
                            "kind": kinds[0] if kinds else "faithful",
                            "figures": features(link, judged),
                            "text": [
                                one.document.sentences[link.source[0]].text[:200],
                                two.document.sentences[link.target[0]].text[:200],
                            ],
                        }
                    )
        print(pair, len(result), file=sys.stderr, flush=True)
    return result


def opinions(alignment, encode, sides, flaws) -> list[dict]:
    """What a rule thinks may be wrong, and whether it is. Details and negations were tried too: with the
    judge as many were found as without it."""
    result = []

    def add(question: str, probability: float, places, true: bool) -> None:
        side, number, span = places[0]
        link = next(link for link in alignment.sentences if number in link.sides[side])
        found = opinion(alignment.judgement(link), link, log_odds(probability), places)
        if found is not None:
            text = (alignment.source, alignment.target)[side].document.sentences[number].text
            result.append(
                {"where": question, "figures": found, "true": true, "text": text[span.start : span.end]}
            )

    def kinds(side: int, number: int) -> set[str]:
        return {flaws[row] for row in sides[side].rows[number] if row in flaws}

    for name in exchanged(alignment, encode, EXCHANGE_ASKED):
        places = [(0, name.source_sentence, name.source), (1, name.target_sentence, name.target)]
        if "other" not in kinds(0, name.source_sentence):
            add("name", name.probability, places, "name" in kinds(0, name.source_sentence))
    return result


def collect_nulls(folder: Path, checker: Checker) -> list[dict]:
    """Sentences that the aligner left alone, in stories that lack some and have some elsewhere."""
    stories = read_table(folder / "data" / "ntrex_dev.tsv")
    held = [name for at, name in enumerate(stories) if at % HELD_BACK == HELD_BACK - 1]
    result = []
    for pair in PAIRS:
        for name in held:
            for seed in range(VERSIONS):
                rates = Rates(drop=0.06, move=0.08 * (seed % 2))
                one, two, _ = joined(
                    {name: stories[name]}, pair, len(stories[name]), seed, rates, repeat=False
                )
                alignment = checker.align_documents(one.document, two.document)
                judge = checker.tools(one.document, two.document).judge
                there = [frozenset().union(*side.rows) for side in (one, two)]
                for number, found_ in null_features(alignment, judge, alignment.judgements).items():
                    link = alignment.sentences[number]
                    side, (at,) = (0, link.source) if link.source else (1, link.target)
                    result.append(
                        {
                            "where": "null",
                            "pair": f"{pair[0]}-{pair[1]}",
                            "group": name,
                            "true": not (one, two)[side].rows[at] & there[1 - side],
                            "figures": found_,
                            "text": (one, two)[side].document.sentences[at].text[:120],
                        }
                    )
    return result


def collect_judged(folder: Path, checker: Checker) -> list[dict]:
    result = []
    path = folder / "data" / "sentences_dev_en-fr.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents = [segment(read_text(row[code], name=code), code) for code in ("en", "fr")]
            alignment = checker.align_documents(*documents)
            found = [
                features(link, judged)
                for link in alignment.sentences
                if link.source and link.target and (judged := alignment.judgement(link))
            ]
            if found:
                result.append(
                    {
                        "where": "judged",
                        "pair": "eng-fra",
                        "group": row["id"],
                        "kind": row["label"],
                        "figures": max(found, key=lambda f: f["judge"]),
                    }
                )
    return result


def matrix(rows: list[dict], chosen: tuple[str, ...]) -> np.ndarray:
    return np.array([[row["figures"][name] for name in chosen] for row in rows])


def fitted(x, y, weights) -> LogisticRegression:
    return LogisticRegression(max_iter=5000, C=10.0).fit(x, y, sample_weight=weights)


def crossed(rows, chosen, truth, weights) -> np.ndarray:
    """Log odds of each row by a model that saw no row of its group."""
    x, y = matrix(rows, chosen), np.array([truth(row) for row in rows]).astype(int)
    groups = [row["group"] for row in rows]
    result = np.zeros(len(rows))
    for learn, test in GroupKFold(5).split(x, y, groups):
        result[test] = fitted(x[learn], y[learn], weights[learn]).decision_function(x[test])
    return result


def show(rows, values, label: str) -> None:
    """Recall by kind at shares of faithful links."""
    news = [k for k, row in enumerate(rows) if row["where"] == "news"]
    by = defaultdict(list)
    for k in news:
        by[rows[k]["kind"]].append(values[k])
    faithful = np.array(by.pop("faithful"))
    print(label, f"faithful links {len(faithful)}")
    for share in FALSE:
        limit = np.quantile(faithful, 1 - share)
        line = "  ".join(f"{kind} {(np.array(own) > limit).mean():.2f}" for kind, own in sorted(by.items()))
        print(f"  {share:.3f} at {limit:+.2f}: {line}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--write", action="store_true", help="put them into the package")
    arguments = parser.parse_args()
    if arguments.rows and arguments.rows.exists():
        rows = [json.loads(line) for line in arguments.rows.open(encoding="utf-8")]
    else:
        checker = Checker("e5-small", judge=JUDGE, settings=Settings())
        combine._coefficients = dict  # what is fitted is what there is before it
        rows = [
            row
            for collect in (collect_news, collect_nulls, collect_judged)
            for row in collect(arguments.eval, checker)
        ]
        if arguments.rows:
            arguments.rows.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    fit_all(rows, arguments.write)


QUESTIONS = {"name": ("name",)}
REPORTS = (0.5, 1, 2, 4)
"""False reports in 62 stories of a pair."""


def show_opinions(rows: list[dict], question: str, values: np.ndarray, label: str) -> None:
    """Share of the planted flaws that are found, where so many faithful places are reported."""
    versions = [row for row in rows if row["where"] == "planted"]
    total = sum(kind in QUESTIONS[question] for row in versions for kind in row["kinds"])
    own = [row for row in rows if row["where"] == question]
    true = np.array([row["true"] for row in own])
    line = []
    for reports in REPORTS:
        count = max(1, round(reports * len(versions) / 62))
        limit = np.sort(values[~true])[::-1][min(count, (~true).sum() - 1)]
        share = 1 / (1 + math.exp(-limit))
        line.append(f"{reports}: {(values[true] > limit).sum() / max(1, total):.2f} at {share:.3f}")
    print(f"{question}, {label} ({total} planted): " + "  ".join(line))


def fit_opinions(rows: list[dict]) -> dict:
    result = {}
    for question in QUESTIONS:
        own = [row for row in rows if row["where"] == question]
        x = np.array([[row["figures"][name] for name in OPINION] for row in own])
        y = np.array([row["true"] for row in own]).astype(int)
        if y.sum() < 10:
            continue
        show_opinions(rows, question, x[:, 0], "the rule")
        values = np.zeros(len(own))
        for learn, test in GroupKFold(5).split(x, y, [row["group"] for row in own]):
            values[test] = fitted(x[learn], y[learn], None).decision_function(x[test])
        show_opinions(rows, question, values, "with the judge")
        model = fitted(x, y, None)
        result[question] = {
            "intercept": round(float(model.intercept_[0]), 4),
            **{n: round(float(w), 4) for n, w in zip(OPINION, model.coef_[0], strict=True)},
        }
    return result


def fit_nulls(rows: list[dict]) -> dict:
    own = [row for row in rows if row["where"] == "null"]
    x = np.array([[row["figures"][name] for name in NULL_FEATURES] for row in own])
    y = np.array([row["true"] for row in own]).astype(int)
    values = np.zeros(len(own))
    for learn, test in GroupKFold(5).split(x, y, [row["group"] for row in own]):
        values[test] = fitted(x[learn], y[learn], None).decision_function(x[test])
    for label, chosen in (("the aligner", x[:, 0]), ("with the judge", values)):
        line = [f"AUC {roc_auc_score(y, chosen):.3f}"]
        for share in (0.98, 0.95, 0.9):
            limit = np.quantile(chosen[y == 1], 1 - share)
            line.append(
                f"{share}: {(chosen[y == 0] >= limit).sum()} false at {1 / (1 + math.exp(-limit)):.2f}"
            )
        print(f"null, {label} ({y.sum()} true, {(1 - y).sum()} false): " + "  ".join(line))
    model = fitted(x, y, None)
    # Rules ask for the same confidence with a judge as without; so that is where it keeps the true ones.
    least = CheckSettings().omission_from
    shift = math.log(least / (1 - least)) - float(np.quantile(values[y == 1], 1 - NULLS_KEPT))
    return {
        "intercept": round(float(model.intercept_[0]) + shift, 4),
        **{n: round(float(w), 4) for n, w in zip(NULL_FEATURES, model.coef_[0], strict=True)},
    }


def show_limits(news: list[dict]) -> None:
    """What is found at the package's limits, and at some beside them, by the coefficients in the package."""
    (weights,) = json.loads(OUT.read_text("utf-8")).values()
    limits = CheckSettings()
    for name, question, own in (
        ("flawed", "flawed", (0.72, limits.flawed, limits.flawed_sure)),
        ("divergent_judged", "divergence", (0.92, limits.divergent_judged)),
        ("divergent, without the judge", "", (limits.divergent,)),
    ):
        values = [
            logistic(row["figures"], weights[question])
            if question
            else 1 / (1 + math.exp(-row["figures"]["divergence"]))
            for row in news
        ]
        for limit in own:
            found = defaultdict(list)
            for row, value in zip(news, values, strict=True):
                found[row["kind"]].append(value >= limit)
            false = found.pop("faithful")
            line = "  ".join(f"{kind} {np.mean(hits):.2f}" for kind, hits in sorted(found.items()))
            print(f"{name} {limit}: {sum(false)} of {len(false)} faithful links  {line}")


def fit_all(rows: list[dict], write: bool) -> None:
    news = [row for row in rows if row["where"] == "news"]
    judged = [row for row in rows if row["where"] == "judged"]
    ones = np.ones(len(news))
    sets = {
        "cheap": tuple(n for n in FEATURES if n in ("divergence", "wrong")),
        "judge": ("judge",),
        "both": FEATURES,
    }
    for label, chosen in sets.items():
        values = crossed(news, chosen, lambda row: row["kind"] != "faithful", ones)
        show(news, values, f"flawed, {label}")
    for label, chosen in sets.items():
        truth = lambda row: row["kind"] != "no_meaning_difference"  # noqa: E731
        values = crossed(judged, chosen, truth, np.ones(len(judged)))
        y = np.array([truth(row) for row in judged])
        hard = np.array([row["kind"] != "unrelated" for row in judged])
        print(
            f"divergence, {label}: AUC {roc_auc_score(y, values):.4f} "
            f"some {roc_auc_score(y[hard], values[hard]):.4f}"
        )
    show_limits(news)
    opinions_found = {**fit_opinions(rows), "null": fit_nulls(rows)}
    if write:
        everything = [*news, *judged]
        found = {
            "flawed": (news, lambda row: row["kind"] != "faithful"),
            "wrong": (everything, lambda row: row["kind"] in ("other", "unrelated")),
            "divergence": (everything, lambda row: row["kind"] not in ("faithful", "no_meaning_difference")),
        }
        result = {}
        for question, (own, truth) in found.items():
            weights = np.array([4.0 if row["where"] == "judged" else 1.0 for row in own])
            # What is flawed the judge tells better alone: the cheap evidence sees cuts only, and with it
            # names and negations fall behind. Cuts it finds by itself, in `divergent-passage`.
            chosen = ("judge",) if question == "flawed" else FEATURES
            model = fitted(matrix(own, chosen), np.array([truth(r) for r in own]).astype(int), weights)
            known = dict(zip(chosen, model.coef_[0], strict=True))
            result[question] = {
                "intercept": round(float(model.intercept_[0]), 4),
                **{name: round(float(known.get(name, 0.0)), 4) for name in FEATURES},
            }
        known = {read_card().sha256: {**result, **opinions_found}}
        OUT.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
