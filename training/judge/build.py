"""Plants flaws and encodes all sentences: what `train` learns from.

python -m training.judge.build OUT [--eval FOLDER] [--training FOLDER] [--pairs TABLE]... [--judged FILE]
    [--quads N] [--seed S] [--without LANG]

With `--training`, the stories are those of the wide table there, in all its languages, and the references
of the translation task come beside them.
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
from training.judge.plant import KINDS, Names, Phrasebook, Planter, read_transliterations
from training.judge.references import read_more, read_references
from training.judge.texts import Row, Seen, held_back, read_news, read_pairs

_NEWS, _JUDGED = 0.5, 0.25
"""Shares of quads that are made of the stories, as what mlcheck reads is mostly news, and of the pages whose
words people labelled. The tables of pairs share the rest."""
_WIDE = {"references": 0.55, "news": 0.2, "judged": 0.15}
"""The same where there are references."""
_DOCUMENTS = 1200
"""Of the references that are learnt from: with all of them, most of the time goes into encoding."""
_MORE = 2000
"""Pairs of each further table."""
_CORE = ("ru", "de", "fr", "zh", "az", "tr", "uk", "es")
"""Languages in which more is planted than in others, and which are paired with each other."""
_OFTEN = 4
_BOOK = 4000
"""Pairs of a table whose words go into the phrase book."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--training", type=Path, metavar="FOLDER", help="tables of more text")
    parser.add_argument("--pairs", type=Path, action="append", default=[], metavar="TABLE")
    parser.add_argument("--judged", type=Path, help="what `human` wrote")
    parser.add_argument("--quads", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], metavar="LANG")
    parser.add_argument("--all", action="store_true", help="train on all stories, none held back")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    folder: Path | None = arguments.training
    stories = read_news(
        folder / "ntrex_dev_wide.tsv.xz" if folder else arguments.eval / "data" / "ntrex_dev.tsv"
    )
    learn = stories if arguments.all else held_back(stories)[0]
    others = rng.sample(read_references(folder, rng), _DOCUMENTS) if folder else []
    for rows in chain(learn, others):
        for row in rows:
            for language in arguments.without:
                row.texts.pop(language, None)
    tables = [read_pairs(table) for table in arguments.pairs]
    tables = [[s for s in table if not set(arguments.without) & s[0].texts.keys()] for table in tables]
    for table in tables:
        rng.shuffle(table)
    tables += read_more(folder, rng, _MORE) if folder else []

    judged = read_judged(arguments.judged) if arguments.judged else []
    judged = [p for p in judged if not set(arguments.without) & set(p.languages)]
    pages = [[row] for p in judged if (row := p.row()) is not None]

    seen, began = Seen(), time.time()
    by_language: dict[str, list[str]] = {}
    for rows in chain(learn, others, pages, *tables):
        for row in rows:
            for language, text in row.texts.items():
                by_language.setdefault(language, []).append(text)
    for texts in by_language.values():
        seen.add(texts)
    seen.centre(by_language)
    print(f"{len(seen.pieces)} sentences encoded, {time.time() - began:.0f} s", flush=True)

    news = _pairs_of_languages(learn)
    both = [(a, b) for other in by_language for a, b in (("en", other), (other, "en")) if other != "en"]
    book = Phrasebook()
    book.fill(learn, sorted(set(news)), seen, rng)
    for table in (others[:_BOOK], *(table[:_BOOK] for table in tables)):
        book.fill(table, both, seen, rng)
    book.fill(pages, both, seen, rng)
    # Names of one pool: those of stories stand in descriptions too, and the other way round.
    names = Names.of(
        [*learn, *others, *pages, *chain(*tables)], read_transliterations(folder) if folder else None
    )
    shares = dict(_WIDE) if others else {"references": 0.0, "news": _NEWS, "judged": _JUDGED}
    if not pages:
        shares["news"] += shares.pop("judged")
    sources = {
        "news": (learn, news),
        "judged": (pages, both),
        "references": (others, _pairs_of_languages(others)),
    }
    planters = [
        (share, Planter(sources[name][0], seen, names, book, sources[name][1]))
        for name, share in shares.items()
        if share
    ]
    rest = (1 - sum(shares.values())) / max(1, len(tables))
    planters += [(rest, Planter(table, seen, names, book, both)) for table in tables if table]
    print(f"{len(names.forms)} names, {time.time() - began:.0f} s", flush=True)
    weights = [share for share, _ in planters]
    quads, kinds, tried, changed = [], list(KINDS), Counter(), 0
    while len(quads) < arguments.quads:
        kind = rng.choices(kinds, list(KINDS.values()))[0]
        planter = rng.choices(planters, weights)[0][1]
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


def _pairs_of_languages(stories: list[list[Row]]) -> list[tuple[str, str]]:
    """Ordered pairs of the languages of stories, as often as something is to be planted in each: English with
    any other, most with those that are used most, and those with each other."""
    languages = sorted({language for rows in stories for row in rows for language in row.texts})
    result = []
    for a in languages:
        for b in languages:
            core = a in _CORE and b in _CORE
            often = 0 if a == b else 1 if core else 0
            if "en" in (a, b) and a != b:
                often = _OFTEN if core or a in _CORE or b in _CORE else 1
            result += [(a, b)] * often
    return result


if __name__ == "__main__":
    main()
