"""Judgements that are kept between runs, in the cache of vectors: a pair that was judged once is not judged
again. As there, no text is kept, only a hash of both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mlcheck.data import EncoderId, JudgedWords, JudgeId, Judgement
from mlcheck.judge.protocol import Passages

__all__ = ["key_of", "read_judgement", "write_judgement"]

_FORMAT = 1
"""Raise it when what is written changes, or how a judgement is made of what the judge says."""


def key_of(
    judge: JudgeId, calibration: tuple[float, float], encoder: EncoderId, runtime: str, pair: Passages
) -> bytes:
    """The key of a judgement: all that it depends on, hashed."""
    by = [judge.name, judge.revision, judge.sha256, *map(repr, calibration)]
    of = [encoder.name, encoder.revision, encoder.sha256, runtime]
    told = [f"judgement {_FORMAT}", *by, *of, str(len(pair[0])), *pair[0], *pair[1]]
    # With its length before each, no two lists of strings are one.
    whole = "".join(f"{len(part)}\0{part}" for part in told)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()


def write_judgement(judgement: Judgement) -> bytes:
    """The judgement in bytes, with all its digits."""
    from safetensors.numpy import save

    arrays: dict[str, npt.NDArray[np.generic]] = {
        "chance": np.array([judgement.probability, judgement.logit], np.float64)
    }
    if judgement.words is not None:
        arrays["sizes"] = np.array([len(side) for side in judgement.words], np.int64)
        words = [own for side in judgement.words for own in side]
        arrays["counts"] = np.array([len(own.values) for own in words], np.int64)
        arrays["spans"] = np.concatenate([own.spans.reshape(-1, 2) for own in words])
        arrays["values"] = np.concatenate([own.values for own in words])
    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def read_judgement(data: bytes) -> Judgement | None:
    """What was written; None where it is not that."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        arrays = load(data)
        probability, logit = arrays["chance"].tolist()
        if "sizes" not in arrays:
            return Judgement(probability=probability, logit=logit)
        ends = np.cumsum(arrays["counts"]).tolist()
        words = _words(arrays["spans"], arrays["values"], ends)
        one, two = arrays["sizes"].tolist()
        if len(words) != one + two:
            return None
        return Judgement(probability=probability, logit=logit, words=(tuple(words[:one]), tuple(words[one:])))
    except (SafetensorError, KeyError, ValueError):
        return None


def _words(
    spans: npt.NDArray[np.int64], values: npt.NDArray[np.float32], ends: Sequence[int]
) -> list[JudgedWords]:
    starts = [0, *ends[:-1]]
    return [
        JudgedWords(spans=spans[start:end], values=values[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]
