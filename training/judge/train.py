"""Trains the judge on what `build` has made.

    python -m training.judge.train DATA OUT [--steps N] [--eval FOLDER] [--blank SIDE] [--seed S]

OUT gets `judge.pt` (the latest), `log.txt`, and a checkpoint to go on from.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.judge.cases import cases
from training.judge.data import Pair, Store, batches, collate, pairs_of
from training.judge.measure import has_bfloat, logits, table
from training.judge.model import Batch, Judge
from training.judge.start import initial_judge
from training.judge.texts import Seen, held_back, read_news

GROUPS = 16
"""Quads a step."""
RATE, RATE_NEW = 1e-4, 4e-4
"""Peak learning rates, of e5's layers and of what begins from nothing."""
WARM = 300
PIECES = 0.5
"""What the loss of pieces counts beside that of pairs."""
DROPOUT = 0.1
DECAY = 0.998
"""Of the mean of the weights over the last steps, which is what is kept. From one step to the next the rare
sentences at the end of the scale come and go, and it is there that the limits of the rules lie."""
PAIRS = [("en", "ru"), ("en", "de"), ("en", "zh"), ("en", "az")]


def _forward(judge: Judge, batch: Batch):
    """In bfloat16, weights and states alike; autocast would spend a fifth of a step on conversions. In
    float32 where the processor has no product of bfloat16: what stands in for it has one thread."""
    if not has_bfloat():
        return judge(batch)
    weights = {name: value.bfloat16() for name, value in judge.named_parameters()}
    half = Batch(batch.a.bfloat16(), batch.b.bfloat16(), batch.in_a, batch.in_b, batch.alike)
    return torch.func.functional_call(judge, weights, (half,))


def loss_of(judge: Judge, pairs: list[Pair], store: Store, rng: random.Random, blank: int | None = None):
    """The loss of a batch; each pair is turned round half of the time."""
    flip = [rng.random() < 0.5 for _ in pairs] if blank is None else [False] * len(pairs)
    batch, differ, la, lb = collate(pairs, store, flip, blank)
    pair, pa, pb = _forward(judge, batch)
    weights = torch.tensor([p.weight for p in pairs])
    loss = (F.binary_cross_entropy_with_logits(pair.float(), differ, reduction="none") * weights).mean()
    known = torch.tensor([p.marked or not p.differ for p in pairs])
    pieces = 0.0
    for values, labels, inside in ((pa, la, batch.in_a), (pb, lb, batch.in_b)):
        use = inside & known[:, None]
        own = F.binary_cross_entropy_with_logits(values.float(), labels, reduction="none")
        pieces = pieces + (own * use).sum() / use.sum().clamp(min=1)
    return loss + PIECES * pieces, loss.detach()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--blank", type=int, choices=(0, 1), help="show one side only: 0 hides the source")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=500, help="steps between measurements")
    parser.add_argument("--from", dest="start", type=Path, help="a judge.pt to begin from")
    parser.add_argument(
        "--without", action="append", default=[], metavar="LANG", help="a language not to be trained on"
    )
    parser.add_argument("--stop", type=int, help="end at this step, though the rates fall until --steps")
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)

    stories = read_news(arguments.eval / "data" / "ntrex_dev.tsv")
    held = cases(arguments.eval, held_back(stories)[1], stories, PAIRS)
    seen = Seen()
    seen.add([t for _, _, pair in held for v in (pair.source, pair.target) for t in v.sentences])
    held_store = Store.of(seen)
    store = Store.load(arguments.data)
    quads = pickle.loads((arguments.data / "quads.pkl").read_bytes())
    left_out = set(arguments.without)
    groups = [pairs_of(quad) for quad in quads if not left_out & set(quad.languages)]
    judged = pickle.loads((arguments.data / "judged.pkl").read_bytes())
    own = [pair for languages, pair in judged if not left_out & set(languages)]
    own.sort(key=lambda pair: store.size(pair.source) + store.size(pair.target))
    groups += [own[at : at + 4] for at in range(0, len(own), 4)]  # as many as a quad has
    last = min(arguments.steps, arguments.stop or arguments.steps)

    judge = initial_judge(DROPOUT)
    if arguments.start:
        judge.load_state_dict(torch.load(arguments.start, weights_only=True))
    with torch.no_grad():
        sample = torch.from_numpy(store.states[:200_000].astype("float32")).mean(dim=0)
        if not arguments.start:
            judge.first.centre.copy_(sample)
    old = [p for layer in judge.layers for p in layer.parameters()]
    ids = {id(p) for p in old}
    new = [p for p in judge.parameters() if id(p) not in ids]
    optimiser = torch.optim.AdamW(
        [
            {"params": old, "lr": RATE * arguments.rate},
            {"params": new, "lr": RATE_NEW * arguments.rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / WARM, max(0.02, 1 - step / arguments.steps)),
    )
    mean = AveragedModel(judge, multi_avg_fn=get_ema_multi_avg_fn(DECAY))
    step, began, sums = 0, time.time(), [0.0, 0]
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        judge.load_state_dict(kept["judge"])
        mean.load_state_dict(kept["mean"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        step = kept["step"]
    log = (arguments.out / "log.txt").open("a")

    def say(line: str) -> None:
        print(line, flush=True)
        log.write(line + "\n")
        log.flush()

    while step < last:
        for pairs in batches(groups, store, GROUPS, rng):
            if not pairs:
                continue
            judge.train()
            loss, shown = loss_of(judge, pairs, store, rng, arguments.blank)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if step >= WARM:
                mean.update_parameters(judge)
            step += 1
            sums[0] += float(shown) * len(pairs)
            sums[1] += len(pairs)
            if step % 50 == 0:
                say(f"step {step} loss {sums[0] / sums[1]:.4f} {time.time() - began:.0f} s")
                sums = [0.0, 0]
            if step % arguments.every == 0 or step == last:
                best = mean.module if step > WARM else judge
                say(table(held, logits(best, [pair for _, _, pair in held], held_store, arguments.blank)))
                torch.save(best.state_dict(), arguments.out / "judge.pt")
                torch.save(
                    {
                        "judge": judge.state_dict(),
                        "mean": mean.state_dict(),
                        "optimiser": optimiser.state_dict(),
                        "schedule": schedule.state_dict(),
                        "step": step,
                    },
                    checkpoint,
                )
            if step >= last:
                break


if __name__ == "__main__":
    main()
