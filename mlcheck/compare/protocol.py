"""What comparing asks of an encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Encode"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Vectors of one text or more, none of them blank, by the encoder that the documents were encoded with:
(texts, dimensions), rows of length 1. A short text costs some 2 ms."""
