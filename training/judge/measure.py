"""Figures of a judge on labelled pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from training.judge.data import Pair, Store, collate
from training.judge.model import Judge

__all__ = ["FALSE", "auc", "has_bfloat", "logits", "table"]

FALSE = 0.03
"""Share of faithful pairs that are flagged at the threshold where recall is read."""
_AT_ONCE = 64


def has_bfloat() -> bool:
    """Has the processor a product of bfloat16 that is worth using?"""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def logits(judge: Judge, pairs: Sequence[Pair], store: Store, blank: int | None = None) -> np.ndarray:
    """(n,) logits of pairs. With `blank`, 0 or 1, nothing is seen of that side."""
    judge.eval()
    order = sorted(range(len(pairs)), key=lambda k: store.size(pairs[k].source) + store.size(pairs[k].target))
    result = np.zeros(len(pairs))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat()):
        for start in range(0, len(order), _AT_ONCE):
            own = order[start : start + _AT_ONCE]
            batch, _, _, _ = collate([pairs[k] for k in own], store, blank=blank)
            result[own] = judge(batch)[0].float().numpy()
    return result


def auc(low: np.ndarray, high: np.ndarray) -> float:
    """Area under the ROC curve of the second against the first."""
    order = np.sort(low)
    left, right = np.searchsorted(order, high, "left"), np.searchsorted(order, high, "right")
    return float((left + right).mean() / 2 / max(1, len(low)))


def table(cases: Sequence[tuple[str, str, Pair]], values: np.ndarray) -> str:
    """A line a pair of languages: area under the curve and recall at `FALSE`, of each kind."""
    kinds = list(dict.fromkeys(kind for kind, _, _ in cases if kind != "faithful"))
    lines = []
    for languages in dict.fromkeys(name for _, name, _ in cases):
        own = {
            kind: values[[k for k, c in enumerate(cases) if c[0] == kind and c[1] == languages]]
            for kind in ["faithful", *kinds]
        }
        limit = np.quantile(own["faithful"], 1 - FALSE)
        parts = [
            f"{kind} {auc(own['faithful'], own[kind]):.2f}/{(own[kind] > limit).mean():.2f}"
            for kind in kinds
            if len(own[kind])
        ]
        lines.append(f"{languages} limit {limit:+.1f}: " + "  ".join(parts))
    return "\n".join(lines)
