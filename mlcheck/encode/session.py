"""An onnxruntime session, the same for every graph."""

from __future__ import annotations

from typing import Any

__all__ = ["start_session"]


def start_session(graph: bytes) -> Any:
    """A session that runs on one thread: texts and pairs are what runs in parallel, and the sums in one
    product keep their order whatever the machine. Raises `ImportError` without onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
