"""Plants flaws and encodes all sentences: what `train` learns from.

python -m training.judge.build OUT [--eval FOLDER] [--pairs TABLE]... [--judged FILE] [--quads N] [--seed S]
    [--without LANG]
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections import Counter
from itertools import chain
from pathlib import Path

from training.judge.data import Store
from training.judge.dress import dressed
from training.judge.judged import read_judged
from training.judge.plant import KINDS, Names, Phrasebook, Planter
from training.judge.texts import Seen, held_back, read_news, read_pairs

_NEWS, _JUDGED = 0.5, 0.25
"""Shares of quads that are made of the stories, as what mlcheck reads is mostly news, and of the pages whose
words people labelled. The tables of pairs share the rest."""
_BOOK = 4000
"""Pairs of a table whose words go into the phrase book."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--pairs", type=Path, action="append", default=[], metavar="TABLE")
    parser.add_argument("--judged", type=Path, help="what `human` wrote")
    parser.add_argument("--quads", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], metavar="LANG")
    parser.add_argument("--all", action="store_true", help="train on all stories, none held back")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    stories = read_news(arguments.eval / "data" / "ntrex_dev.tsv")
    learn = stories if arguments.all else held_back(stories)[0]
    for rows in learn:
        for row in rows:
            for language in arguments.without:
                row.texts.pop(language, None)
    tables = [read_pairs(table) for table in arguments.pairs]
    tables = [[s for s in table if not set(arguments.without) & s[0].texts.keys()] for table in tables]
    for table in tables:
        rng.shuffle(table)

    judged = read_judged(arguments.judged) if arguments.judged else []
    judged = [p for p in judged if not set(arguments.without) & set(p.languages)]
    pages = [[row] for p in judged if (row := p.row()) is not None]

    seen, began = Seen(), time.time()
    by_language: dict[str, list[str]] = {}
    for rows in chain(learn, pages, *tables):
        for row in rows:
            for language, text in row.texts.items():
                by_language.setdefault(language, []).append(text)
    for texts in by_language.values():
        seen.add(texts)
    seen.centre(by_language)
    print(f"{len(seen.pieces)} sentences encoded, {time.time() - began:.0f} s", flush=True)

    languages = sorted({language for rows in learn for row in rows for language in row.texts})
    news = [(a, b) for a in languages for b in languages if a != b for _ in range(3 if "en" in (a, b) else 1)]
    both = [(a, b) for other in by_language for a, b in (("en", other), (other, "en")) if other != "en"]
    book = Phrasebook()
    book.fill(learn, sorted(set(news)), seen, rng)
    for table in tables:
        book.fill(table[:_BOOK], both, seen, rng)
    book.fill(pages, both, seen, rng)
    # Names of one pool: those of stories stand in descriptions too, and the other way round.
    names = Names.of([*learn, *pages, *chain(*tables)])
    planters = [(_NEWS if pages else _NEWS + _JUDGED, Planter(learn, seen, names, book, news))]
    if pages:
        planters.append((_JUDGED, Planter(pages, seen, names, book, both)))
    rest = (1 - _NEWS - _JUDGED) / max(1, len(tables))
    planters += [(rest, Planter(table, seen, names, book, both)) for table in tables if table]
    print(f"{len(names.forms)} names, {time.time() - began:.0f} s", flush=True)
    shares = [share for share, _ in planters]
    quads, kinds, tried, changed = [], list(KINDS), Counter(), 0
    while len(quads) < arguments.quads:
        kind = rng.choices(kinds, list(KINDS.values()))[0]
        planter = rng.choices(planters, shares)[0][1]
        for _ in range(30):
            tried[kind] += 1
            rows = rng.choice(planter.stories)
            at = rng.randrange(len(rows))
            quad = planter.of(kind, rows, at, rng)
            if quad is not None:
                quads.append(dressed(quad, rows, at, rng))
                changed += quads[-1] != quad
                break
        if len(quads) % 5000 == 0:
            print(f"{len(quads)} quads, {time.time() - began:.0f} s", flush=True)
    print({kind: (n, tried[kind]) for kind, n in Counter(q.kind for q in quads).items()}, flush=True)
    print(f"{sum(not q.marked for q in quads)} changed on one side only", flush=True)
    print(f"{changed} told another way on one side", flush=True)
    print(f"{len(judged)} pairs that people labelled, {len(pages)} of them with nothing", flush=True)
    seen.add([t for p in judged for v in (p.pair.source, p.pair.target) for t in v.sentences])
    seen.add([t for q in quads for side in (q.source, q.target) for v in side for t in v.sentences])
    Store.of(seen).save(arguments.out)
    (arguments.out / "quads.pkl").write_bytes(pickle.dumps(quads))
    (arguments.out / "judged.pkl").write_bytes(pickle.dumps([(p.languages, p.pair) for p in judged]))
    print(f"{len(seen.pieces)} sentences in all, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
