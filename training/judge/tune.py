"""Tunes a trained judge on what people judged: words of pages, and pairs of sentences.

No part of `make judge`: the judge that mlcheck brings has seen no label of people's.

    python -m training.judge.tune DATA HUMAN.jsonl JUDGE.pt OUT [--folds N] [--epochs E]

With `--folds` each text is judged by a copy that never saw it: OUT/folds.npz, and figures in OUT/log.txt.
Without, OUT/judge.pt is tuned on all of it. Planted quads are mixed in, so that nothing is unlearnt.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.judge.data import MOST_PIECES, Pair, Store, batches, collate, pairs_of
from training.judge.measure import auc
from training.judge.model import Judge
from training.judge.plant import Quad, Version
from training.judge.start import initial_judge
from training.judge.texts import Seen
from training.judge.train import DROPOUT, RATE, RATE_NEW, loss_of

_AT_ONCE = 64
_PLANTED = 8
"""Quads in a batch, beside half as many pairs that people judged."""
_DIFFER, _SAME = 0.25, 0.0
"""Mean label of a passage's words from which it counts as different, and up to which as the same; between
them the pair is not learnt from, its words are."""
_JUDGED = 2.0
"""What a pair of sentences that people judged counts for; there are few."""


@dataclass(frozen=True, slots=True)
class Human:
    """A passage pair with labels. `group` is what folds keep together; `label` 0, 1 or None."""

    group: str
    name: str
    pair: Pair
    kind: str


def read_human(path: Path) -> list[Human]:
    """Passages that have both sides."""
    result = []
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        if not row["source"] or not row["target"]:
            continue
        judged = row.get("label") is not None
        sides, labels = [], []
        for name in ("source", "target"):
            sentences = tuple(s["text"] for s in row[name])
            marks = tuple(
                (at, start, end, value)
                for at, s in enumerate(row[name])
                for start, end, value in s["words"]
                if value > 0
            )
            labels += [w[2] for s in row[name] for w in s["words"] if w[2] != -1]
            sides.append(Version(sentences, marks))
        if judged:
            pair = Pair(*sides, float(row["label"]), False, row["class"], _JUDGED)
            group = row["id"]
        else:
            mean = float(np.mean(labels)) if labels else 0.0
            known = mean <= _SAME or mean >= _DIFFER
            pair = Pair(*sides, float(mean >= _DIFFER), True, "words", 0.5 if known else 0.0)
            group = re.sub(r"_(de|fr|it)_", "_", row["id"])
        result.append(Human(group, row["id"], pair, "judged" if judged else "words"))
    return result


def fold_of(group: str, folds: int) -> int:
    """The same for the same group, always."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds


def tuned(
    start: Path, human: list[Human], store: Store, quads: list[Quad], planted: Store, epochs: float, seed: int
) -> Judge:
    """A judge tuned on some passages."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    judge = initial_judge(DROPOUT)
    judge.load_state_dict(torch.load(start, weights_only=True))
    old = [p for layer in judge.layers for p in layer.parameters()]
    ids = {id(p) for p in old}
    new = [p for p in judge.parameters() if id(p) not in ids]
    optimiser = torch.optim.AdamW(
        [{"params": old, "lr": RATE * 0.4}, {"params": new, "lr": RATE_NEW * 0.25}],
        weight_decay=0.01,
        fused=True,
    )
    groups = [[h.pair] for h in human] + [[h.pair] for h in human if h.kind == "judged"]
    most = int(epochs * len(groups) / (2 * _PLANTED))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / 30, max(0.02, 1 - step / most))
    )
    source = iter(())
    step = 0
    while step < most:
        for pairs in batches(groups, store, 2 * _PLANTED, rng):
            if not pairs:
                continue
            extra = next(source, None)
            while not extra:
                source = batches([pairs_of(q) for q in rng.sample(quads, 2000)], planted, _PLANTED, rng)
                extra = next(source, None)
            judge.train()
            optimiser.zero_grad()
            for part, own in ((pairs, store), (extra, planted)):
                loss, _ = loss_of(judge, part, own, rng)
                loss.backward()
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step} of {most}", flush=True)
            if step >= most:
                break
    return judge


def predictions(judge: Judge, pairs: list[Pair], store: Store) -> tuple[np.ndarray, list[np.ndarray]]:
    """Logits of pairs, and of the pieces of both sides, one after the other."""
    judge.eval()
    order = sorted(range(len(pairs)), key=lambda k: store.size(pairs[k].source) + store.size(pairs[k].target))
    logits, pieces = np.zeros(len(pairs)), [np.zeros(0)] * len(pairs)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for begin in range(0, len(order), _AT_ONCE):
            own = order[begin : begin + _AT_ONCE]
            batch, _, _, _ = collate([pairs[k] for k in own], store)
            found, a, b = judge(batch)
            for row, k in enumerate(own):
                logits[k] = float(found[row])
                parts = a[row][batch.in_a[row]], b[row][batch.in_b[row]]
                pieces[k] = torch.cat(parts).float().numpy()
    return logits, pieces


def spearman(x: np.ndarray, y: np.ndarray) -> float:
    """Rank correlation, ties at their mean rank."""

    def ranks(v: np.ndarray) -> np.ndarray:
        _, back, counts = np.unique(v, return_inverse=True, return_counts=True)
        ends = np.cumsum(counts)
        return (ends - (counts - 1) / 2)[back]

    return float(np.corrcoef(ranks(x), ranks(y))[0, 1])


def figures(human: list[Human], logits: np.ndarray, pieces: list[np.ndarray], store: Store) -> str:
    """Agreement with people: of pairs by class, and of words' pieces by language."""
    of = {
        kind: np.array([x for h, x in zip(human, logits, strict=True) if h.pair.kind == kind])
        for kind in ("no_meaning_difference", "some_meaning_difference", "unrelated")
    }
    same, some, other = of.values()
    lines = [
        f"judged: AUC {auc(same, np.concatenate([some, other])):.4f} some {auc(same, some):.4f} "
        f"unrelated {auc(same, other):.4f}"
    ]
    for language in ("de", "fr", "it"):
        own = [k for k, h in enumerate(human) if h.kind == "words" and f"_{language}_" in h.name]
        if own:
            labels = [
                np.concatenate([store.read(human[k].pair.source)[1], store.read(human[k].pair.target)[1]])
                for k in own
            ]
            given = np.concatenate([pieces[k] for k in own])
            lines.append(f"words {language}: Spearman {spearman(given, np.concatenate(labels)):.4f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("human", type=Path)
    parser.add_argument("judge", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    human = read_human(arguments.human)
    seen = Seen()
    seen.add([t for h in human for v in (h.pair.source, h.pair.target) for t in v.sentences])
    store = Store.of(seen)
    human = [h for h in human if store.size(h.pair.source) + store.size(h.pair.target) <= 2 * MOST_PIECES]
    planted = Store.load(arguments.data)
    quads = pickle.loads((arguments.data / "quads.pkl").read_bytes())

    def say(line: str) -> None:
        print(line, flush=True)
        with (arguments.out / "log.txt").open("a") as log:
            log.write(line + "\n")

    if not arguments.folds:
        plain = initial_judge()
        plain.load_state_dict(torch.load(arguments.judge, weights_only=True))
        say("before\n" + figures(human, *predictions(plain, [h.pair for h in human], store), store))
        judge = tuned(arguments.judge, human, store, quads, planted, arguments.epochs, arguments.seed)
        torch.save(judge.state_dict(), arguments.out / "judge.pt")
        return
    logits, pieces = np.zeros(len(human)), [np.zeros(0)] * len(human)
    for fold in range(arguments.folds):
        learn = [h for h in human if fold_of(h.group, arguments.folds) != fold]
        test = [k for k, h in enumerate(human) if fold_of(h.group, arguments.folds) == fold]
        judge = tuned(arguments.judge, learn, store, quads, planted, arguments.epochs, arguments.seed)
        own, words = predictions(judge, [human[k].pair for k in test], store)
        for k, x, w in zip(test, own, words, strict=True):
            logits[k], pieces[k] = x, w
        torch.save(judge.state_dict(), arguments.out / f"fold{fold}.pt")
        say(f"fold {fold}\n" + figures([human[k] for k in test], own, words, store))
    say("all folds\n" + figures(human, logits, pieces, store))


if __name__ == "__main__":
    main()
