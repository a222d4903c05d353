"""A model's mean vector over general text, by language.

The aligner takes from each text's vectors what all its sentences share. A text of three sentences
has no mean worth the name: it would be mostly the sentences themselves. This one stands beside it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from mlcheck.data import EncoderId
from mlcheck.encode.protocol import Encoder
from mlcheck.models import base_language

__all__ = ["general_centre", "general_length"]

_known: dict[tuple[EncoderId, str], npt.NDArray[np.float64]] = {}


def general_centre(encoder: Encoder, language: str) -> npt.NDArray[np.float64]:
    """(dimensions,) mean vector of the packaged sentences in `language` (BCP 47); in English, where
    there are none in that language. Encoded once a process."""
    sentences = _sentences()
    code = base_language(language)
    code = code if code in sentences else "en"
    key = (encoder.id, code)
    if key not in _known:
        _known[key] = encoder.encode(sentences[code]).mean(axis=0, dtype=np.float64)
    return _known[key]


def general_length(language: str) -> float | None:
    """Characters that the packaged sentences take in `language` (BCP 47); None where there are none.
    They are translations of each other, so two such lengths tell how much longer one language is."""
    found = _sentences().get(base_language(language))
    return float(sum(map(len, found))) if found else None


@cache
def _sentences() -> dict[str, list[str]]:
    text = files("mlcheck.encode").joinpath("background.toml").read_text("utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found
