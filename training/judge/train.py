"""Trains the judge on what `build` has made.

    python -m training.judge.train DATA OUT [--steps N] [--groups N] [--eval FOLDER] [--from FILE]
        [--blank SIDE] [--seed S]

OUT gets `judge.pt` (the latest), `log.txt`, and a checkpoint to go on from.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from dataclasses import dataclass
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
"""Quads a step, unless told otherwise."""
RATE, RATE_NEW = 1e-4, 4e-4
"""Peak learning rates, of e5's layers and of what begins from nothing."""
WARM, WARM_SHARE = 300, 0.2
"""Steps in which the rates rise; of a short run, that share of all."""
PIECES = 0.5
"""What the loss of pieces counts beside that of pairs."""
DROPOUT = 0.1
DECAY = 0.998
"""Of the mean of the weights over the last steps, which is what is kept. From one step to the next the rare
sentences at the end of the scale come and go, and it is there that the limits of the rules lie."""
CHECKPOINT = "checkpoint.pt"
_KEPT = ("judge", "mean", "optimiser", "schedule")
"""What of a run has a state that a checkpoint keeps."""
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


@dataclass(slots=True)
class Run:
    """A judge in training: what changes from step to step, and what a checkpoint keeps of it."""

    judge: Judge
    mean: AveragedModel
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    warm: int
    step: int = 0

    @classmethod
    def begun(cls, judge: Judge, steps: int, rate: float) -> Run:
        """Before its first step. The rates rise over the first steps, and fall until `steps`."""
        warm = min(WARM, max(1, round(WARM_SHARE * steps)))
        old = [p for layer in judge.layers for p in layer.parameters()]
        ids = {id(p) for p in old}
        new = [p for p in judge.parameters() if id(p) not in ids]
        optimiser = torch.optim.AdamW(
            [{"params": old, "lr": RATE * rate}, {"params": new, "lr": RATE_NEW * rate}],
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / warm, max(0.02, 1 - step / steps))
        )
        mean = AveragedModel(judge, multi_avg_fn=get_ema_multi_avg_fn(DECAY))
        return cls(judge, mean, optimiser, schedule, warm)

    @property
    def best(self) -> torch.nn.Module:
        """What is measured and kept: the mean of the weights, once there is one."""
        return self.mean.module if self.step > self.warm else self.judge

    def advance(self, loss: torch.Tensor) -> None:
        """One step down the gradient of a loss."""
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.judge.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        if self.step >= self.warm:
            self.mean.update_parameters(self.judge)
        self.step += 1

    def save(self, out: Path) -> None:
        """The weights, and a checkpoint."""
        torch.save(self.best.state_dict(), out / "judge.pt")
        states = {name: getattr(self, name).state_dict() for name in _KEPT}
        torch.save(states | {"step": self.step}, out / CHECKPOINT)

    def go_on(self, out: Path) -> None:
        """From the checkpoint, where there is one."""
        if (out / CHECKPOINT).exists():
            kept = torch.load(out / CHECKPOINT, weights_only=False)
            for name in _KEPT:
                getattr(self, name).load_state_dict(kept[name])
            self.step = kept["step"]


def read_groups(data: Path, store: Store, without: set[str]) -> list[list[Pair]]:
    """What is learnt from, in groups that stay together: pairs of a quad, labelled ones alike in length."""
    quads = pickle.loads((data / "quads.pkl").read_bytes())
    groups = [pairs_of(quad) for quad in quads if not without & set(quad.languages)]
    judged = pickle.loads((data / "judged.pkl").read_bytes())
    own = [pair for languages, pair in judged if not without & set(languages)]
    own.sort(key=lambda pair: store.size(pair.source) + store.size(pair.target))
    return groups + [own[at : at + 4] for at in range(0, len(own), 4)]  # as many as a quad has


def read_held(folder: Path) -> tuple[list, Store]:
    """The held-back cases that a judge is measured on, and what the encoder makes of them."""
    stories = read_news(folder / "data" / "ntrex_dev.tsv")
    held = cases(folder, held_back(stories)[1], stories, PAIRS)
    seen = Seen()
    seen.add([t for _, _, pair in held for v in (pair.source, pair.target) for t in v.sentences])
    return held, Store.of(seen)


def start(store: Store, weights: Path | None) -> Judge:
    """A judge with the weights of a file; without one a new judge, centred on the states it will read."""
    judge = initial_judge(DROPOUT)
    if weights:
        judge.load_state_dict(torch.load(weights, weights_only=True))
        return judge
    with torch.no_grad():
        judge.first.centre.copy_(torch.from_numpy(store.states[:200_000].astype("float32")).mean(dim=0))
    return judge


def parsed() -> argparse.Namespace:
    """The arguments of the command line."""
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
    parser.add_argument("--groups", type=int, default=GROUPS, help="quads a step")
    parser.add_argument("--stop", type=int, help="end at this step, though the rates fall until --steps")
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates")
    return parser.parse_args()


def main() -> None:
    arguments = parsed()
    arguments.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    held, held_store = read_held(arguments.eval)
    store = Store.load(arguments.data)
    groups = read_groups(arguments.data, store, set(arguments.without))
    run = Run.begun(start(store, arguments.start), arguments.steps, arguments.rate)
    run.go_on(arguments.out)
    last = min(arguments.steps, arguments.stop or arguments.steps)
    with (arguments.out / "log.txt").open("a") as log:

        def say(line: str) -> None:
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        began, sums = time.time(), [0.0, 0]
        while run.step < last:
            for pairs in filter(None, batches(groups, store, arguments.groups, rng)):
                run.judge.train()
                loss, shown = loss_of(run.judge, pairs, store, rng, arguments.blank)
                run.advance(loss)
                sums[0] += float(shown) * len(pairs)
                sums[1] += len(pairs)
                if run.step % 50 == 0:
                    say(f"step {run.step} loss {sums[0] / sums[1]:.4f} {time.time() - began:.0f} s")
                    sums = [0.0, 0]
                if run.step % arguments.every == 0 or run.step == last:
                    measured = logits(run.best, [pair for _, _, pair in held], held_store, arguments.blank)
                    say(table(held, measured))
                    run.save(arguments.out)
                if run.step >= last:
                    break


if __name__ == "__main__":
    main()
