"""Manifests that are Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mlcheck.errors import UsageError

__all__ = ["parquet_rows"]


def parquet_rows(path: Path, missing: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a manifest with their numbers, counted from 1. Raises `UsageError`; `missing` says what to
    do where there is no such file."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError(
            f"{path}: Parquet needs pyarrow; install mlcheck with the extra: pip install 'mlcheck[ray]'"
        ) from None
    if not path.is_file():
        raise UsageError(f"{path}: no such manifest; {missing}")
    try:
        with pq.ParquetFile(path) as file:
            rows = (row for batch in file.iter_batches() for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                yield number, {name: value for name, value in row.items() if value is not None}
    except (pa.ArrowException, OSError) as error:
        said = " ".join(str(error).split())
        raise UsageError(f"{path}: not Parquet ({said}); write it anew, or name a JSON Lines file") from None
