"""The aligner's room: two encoded documents in, an alignment out. `aligner.py` has the steps."""

from __future__ import annotations

from mlcheck.align.aligner import align
from mlcheck.align.passes import Background, first_pass, in_order

__all__ = ["Background", "align", "first_pass", "in_order"]
