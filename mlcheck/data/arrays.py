"""Names of array types, for annotations. They are text until a type checker reads them: a noun that holds
arrays can be imported where numpy is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Bool", "Float32", "Float64", "Int64"]

Float32: TypeAlias = "npt.NDArray[np.float32]"
"""Vectors and similarities. Single precision is all that a cosine needs, and a book's fit into memory."""
Float64: TypeAlias = "npt.NDArray[np.float64]"
"""Sums, scores and log probabilities."""
Int64: TypeAlias = "npt.NDArray[np.int64]"
"""Positions and numbers of things."""
Bool: TypeAlias = "npt.NDArray[np.bool_]"
"""Masks."""
