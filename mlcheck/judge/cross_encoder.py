"""Any `CrossEncoder` of sentence-transformers as a judge, from a folder or from a hub.

Two kinds can be read. One with labels among which is `entailment` (natural language inference): two
passages say the same if each follows from the other, so the probability that they differ is 1 less the
lesser of the two probabilities. And one with a single output, a score: of sameness, unless models.txt
says `divergence=+`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mlcheck.data import JudgeId, Judgement
from mlcheck.errors import ModelError
from mlcheck.judge.protocol import Passages
from mlcheck.models import ModelEntry, fetched_folder, opened, weights_sha256
from mlcheck.statistics import sigmoid, sigmoids

__all__ = ["CrossEncoderJudge", "load_cross_encoder"]

_LEAST = 1e-9
"""So that a probability has a logit."""
_MOST = 80.0
"""Beyond it `_LEAST` decides, and an exponential would soon overflow, of which numpy warns aloud."""


class CrossEncoderJudge:
    """Wraps a `CrossEncoder`. It says nothing of words."""

    def __init__(self, model: Any, identity: JudgeId, entailment: int | None, sign: int) -> None:
        """`entailment` is the number of that label, None where there is one output; `sign` is 1 where a
        high output means that the passages differ, and -1 where it means that they do not."""
        self._model = model
        self._entailment = entailment
        self._sign = sign
        self.id = identity

    def score(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        """A judgement for each pair; None where the two are longer than the model can read.

        The last digits may depend on the other pairs: batches are padded.
        """
        texts = [(" ".join(a), " ".join(b)) for a, b in pairs]
        fits = [k for k, pair in enumerate(texts) if self._fits(pair)]
        found: list[Judgement | None] = [None] * len(pairs)
        logits = self._logits([texts[k] for k in fits]) if fits else ()
        for k, logit in zip(fits, logits, strict=True):
            found[k] = Judgement(probability=sigmoid(logit), logit=logit)
        return found

    def _logits(self, texts: list[tuple[str, str]]) -> list[float]:
        """Of the pairs' difference, within the bounds that `_LEAST` sets."""
        if self._entailment is None:
            outputs = np.clip(self._sign * self._predict(texts).reshape(-1), -_MOST, _MOST)
            chances = sigmoids(outputs)
        else:
            both = self._predict([*texts, *((b, a) for a, b in texts)])
            odds = np.exp(both - both.max(axis=1, keepdims=True))
            follows = (odds / odds.sum(axis=1, keepdims=True))[:, self._entailment]
            chances = 1 - follows.reshape(2, -1).min(axis=0)
        chances = np.clip(chances, _LEAST, 1 - _LEAST)
        return [float(logit) for logit in np.log(chances) - np.log1p(-chances)]

    def _predict(self, texts: list[tuple[str, str]]) -> npt.NDArray[np.float64]:
        """What the last layer gives, without an activation."""
        from torch.nn import Identity

        found = self._model.predict(
            texts, batch_size=16, show_progress_bar=False, activation_fn=Identity(), convert_to_numpy=True
        )
        return np.asarray(found, np.float64)

    def _fits(self, pair: tuple[str, str]) -> bool:
        limit = self._model.max_length
        if limit is None:
            return True
        tokens = self._model.tokenizer(*pair, truncation=False, verbose=False)["input_ids"]
        return len(tokens) <= int(limit)


def load_cross_encoder(
    entry: ModelEntry, *, offline: bool = False, progress: Callable[[str], None] | None = None
) -> CrossEncoderJudge:
    """The judge of a `hub:` or folder entry; raise `ModelError` where it cannot be had."""
    folder = fetched_folder(entry, offline=offline, progress=progress)
    revision = folder.name if entry.kind == "hub" else entry.revision
    model = opened(folder, "CrossEncoder")
    entailment = _entailment(folder, model.config)
    identity = JudgeId(name=entry.name, revision=revision, sha256=weights_sha256(folder))
    return CrossEncoderJudge(model, identity, entailment, entry.sign)


def _entailment(folder: Path, config: Any) -> int | None:
    """The number of the label entailment; None for a model of one output."""
    labels = {int(number): str(label) for number, label in config.id2label.items()}
    if len(labels) == 1:
        return None
    for number, label in labels.items():
        if label.lower() == "entailment":
            return number
    raise ModelError(
        f"{folder}: its labels are {', '.join(labels.values())}; a judge has one output, or labels among "
        "which is entailment"
    )
