"""Reports as a table of results, a row each, and as a Parquet file. `docs/scale.md` is its manual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mlcheck.data import Report
from mlcheck.errors import UsageError
from mlcheck.reporters.to_json import to_jsonl

if TYPE_CHECKING:
    import pyarrow

__all__ = ["RESULT_COLUMNS", "ParquetParts", "result_row", "result_schema", "to_parquet"]

RESULT_COLUMNS: Final = ("id", "verdict", "divergence", "findings", "report", "error")
"""The columns of a table of results."""

_SEVERITIES: Final = ("error", "warning", "info")
_ROWS: Final = 500
"""Rows of a group, which are in memory until they are written: some tens of megabytes."""


def result_row(report: Report, line: str | None = None) -> dict[str, Any]:
    """A report as a row of results; `line` is it as JSON, if it is there."""
    counts = dict.fromkeys(_SEVERITIES, 0)
    for finding in report.findings:
        counts[finding.severity] += not finding.baselined
    return {
        "id": report.id,
        "verdict": report.verdict,
        "divergence": report.divergence,
        "findings": counts,
        "report": (to_jsonl(report) if line is None else line).removesuffix("\n"),
        "error": report.error.message if report.error else None,
    }


def result_schema() -> pyarrow.Schema:
    """The schema of results. Raises `UsageError` without pyarrow."""
    try:
        import pyarrow as pa
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow; install mlcheck with the extra: pip install 'mlcheck[ray]'"
        ) from None
    counts = pa.struct([(severity, pa.int64()) for severity in _SEVERITIES])
    types = (pa.string(), pa.string(), pa.float64(), counts, pa.large_string(), pa.string())
    return pa.schema(list(zip(RESULT_COLUMNS, types, strict=True)))


class ParquetParts:
    """A Parquet file in parts: `add` takes the next report, `end` gives what is left of the file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        """`write` is called with each part. Raises `UsageError` without pyarrow."""
        self._schema = result_schema()
        import pyarrow.parquet as pq

        self._file = pq.ParquetWriter(_Sink(write), self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, report: Report, line: str | None = None) -> None:
        """The next report; `line` is it as JSON, if it is there."""
        self._rows.append(result_row(report, line))
        if len(self._rows) == _ROWS:
            self._flush()

    def end(self) -> None:
        """Write what is left."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._file.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


class _Sink:
    """What pyarrow writes into as into a file."""

    closed = False

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write, self._size = write, 0

    def write(self, data: Any) -> int:
        taken = bytes(data)
        self._write(taken)
        self._size += len(taken)
        return len(taken)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True


def to_parquet(reports: Sequence[Report]) -> bytes:
    """The whole file. Raises `UsageError` without pyarrow."""
    whole = BytesIO()
    parts = ParquetParts(whole.write)
    for report in reports:
        parts.add(report)
    parts.end()
    return whole.getvalue()
