"""onnxruntime: how it is loaded, and a session, the same for every graph."""

from __future__ import annotations

import os
from typing import Any

__all__ = ["load_runtime", "start_session"]

_SILENT = "ORT_DISABLE_TELEMETRY"
"""Since 1.29, onnxruntime tells its makers of every session, unless this is set before it is loaded: it then
opens no connection and keeps no number for the machine."""


def load_runtime() -> Any:
    """The module `onnxruntime`, with nothing sent anywhere. Raises `ImportError` without it."""
    os.environ[_SILENT] = "1"
    import onnxruntime

    # Where somebody has loaded it before, and on Windows, where the variable is not read.
    onnxruntime.disable_telemetry_events()
    return onnxruntime


def start_session(graph: bytes) -> Any:
    """A session that runs on one thread: texts and pairs are what runs in parallel, and the sums in one
    product keep their order whatever the machine. Raises `ImportError` without onnxruntime."""
    onnxruntime = load_runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
