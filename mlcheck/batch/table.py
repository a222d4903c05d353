"""From a table of items to a table of results, for engines that hand tables to workers.

    results = CheckBatch("mlcheck.toml")(pyarrow.table({"id": [...], "source": [...], "target": [...]}))

Ray Data, Spark and Dask all take it as it is; `docs/scale.md` has the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mlcheck.batch.item import Item
from mlcheck.batch.pairs import PairChecker, RunOptions, pair_checker
from mlcheck.config import Config, load_config
from mlcheck.data import RawText, Report
from mlcheck.errors import InputError, MlcheckError, UsageError
from mlcheck.languages import is_known
from mlcheck.read import ReadOptions, read_bytes, read_file, read_text
from mlcheck.reporters import RESULT_COLUMNS, result_row, result_schema

if TYPE_CHECKING:
    import pyarrow

__all__ = ["CheckBatch"]

Row = Mapping[str, Any]


class CheckBatch:
    """Checks tables of items, one after another, with models that are loaded for the first and kept.

    A table is a pyarrow `Table` or `RecordBatch`, a pandas `DataFrame`, or a dict of columns; what comes back
    is of the same kind (of a `RecordBatch` a `Table`), a row for each of its rows, in their order.

    Columns: `id`; `source` and `target`, each a path or an address that fsspec knows, such as
    `s3://news/1.en.txt`; or the texts themselves in `source_text` and `target_text`, and then `source` and
    `target` are what the report calls them, if they are there. `source_lang`, `target_lang` and `format` may
    be left out or empty, and are detected then.

    Results: `id`; `verdict`; `divergence`, None where it could not be told; `findings`, how many there are of
    each severity, accepted ones not counted; `report`, the line of `mlcheck batch --format jsonl` without its
    line end; `error`, None or why the item could not be checked. Such an item is a row with the verdict
    `error`, and ends nothing.

    It can be pickled, with its models left behind.
    """

    def __init__(self, config: Config | str | Path | None = None, options: RunOptions | None = None) -> None:
        """`config` is a configuration or its file; None is the nearest mlcheck.toml upwards from the working
        folder. Of `options`, `jobs`, `engine` and `timeout` are for whoever hands out the tables. Raises
        `UsageError` where the configuration cannot be read."""
        self._config = (
            config
            if isinstance(config, Config)
            else load_config((), None if config is None else Path(config))
        )
        self._options = options or RunOptions(marked=True)
        self._check: PairChecker | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_check": None}

    def __call__(self, table: Any) -> Any:
        """The results of a table. Raises `UsageError` for a table without the columns that are needed, and
        for a baseline or glossary that cannot be read."""
        rows, back = _taken(table)
        return back([result_row(self.report(row)) for row in rows])

    def report(self, row: Row) -> Report:
        """The report of one item, given as a row."""
        if self._check is None:
            self._check = pair_checker(self._config, frozenset(), self._options)
        from mlcheck.outcome import failure

        try:
            item = _item(row)
            texts = (self._text(row, item.id, "source"), self._text(row, item.id, "target"))
        except MlcheckError as error:
            return failure(_text_of(row, "id") or "", error)
        return self._check(item, texts)

    def _text(self, row: Row, id: str, side: str) -> RawText | Path:
        named, format = _text_of(row, side), _text_of(row, "format") or self._options.format
        reading, most = ReadOptions(whole=self._options.whole), self._config.max_size
        text = _text_of(row, f"{side}_text")
        if text is not None:
            name = named or f"{id}/{side}"
            if len(text.encode("utf-8", "surrogatepass")) > most:
                raise InputError(f"{name}: larger than {most:,} bytes; split it, or set max-size to more")
            return read_text(text, name=name, format=format)
        assert named is not None
        if "://" in named:
            suffix = PurePosixPath(named.partition("://")[2]).suffix
            data = _fetched(named, most)
            return read_bytes(data, shown=named, suffix=suffix, format=format, options=reading)
        if format is None:
            return Path(named)
        return read_file(named, max_size=most, format=format, options=reading)


def _taken(table: Any) -> tuple[Iterator[Row], Any]:
    """The rows of a table, and what makes such a table of rows."""
    if isinstance(table, Mapping):
        columns = {name: list(values) for name, values in table.items()}
        return _rows(columns), _as_columns
    if hasattr(table, "to_pylist"):
        return _rows(table.to_pydict()), _as_arrow
    if hasattr(table, "to_dict"):
        return _rows(table.to_dict("list")), partial(_as_frame, type(table))
    raise UsageError(f"a table of items is one of pyarrow or pandas, or a dict, not {type(table).__name__}")


def _rows(columns: Mapping[str, list[Any]]) -> Iterator[Row]:
    for name in ("id", "source", "target"):
        if name not in columns and (name == "id" or f"{name}_text" not in columns):
            raise UsageError(f"the table has no column {name!r}; it needs id, source and target, or texts")
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _as_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in RESULT_COLUMNS}


def _as_arrow(rows: list[dict[str, Any]]) -> pyarrow.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=result_schema())


def _as_frame(kind: type, rows: list[dict[str, Any]]) -> Any:
    return kind(rows, columns=list(RESULT_COLUMNS)).astype({"divergence": "float64"})


def _item(row: Row) -> Item:
    id = _text_of(row, "id")
    if not id:
        raise UsageError("the item has no 'id'; give each one of its own")
    names = {}
    for side in ("source", "target"):
        names[side] = _text_of(row, side) or f"{id}/{side}"
        if _text_of(row, side) is None and _text_of(row, f"{side}_text") is None:
            raise UsageError(f"{id}: no {side!r}, nor a {side}_text; give a path or the text itself")
    languages = tuple(_text_of(row, f"{side}_lang") for side in ("source", "target"))
    for code in languages:
        if code is not None and not is_known(code):
            raise UsageError(f"{id}: {code!r} is no language code; give one such as en or ru")
    return Item(
        id=id,
        source=Path(names["source"]),
        target=Path(names["target"]),
        languages=(languages[0], languages[1]),
    )


def _text_of(row: Row, name: str) -> str | None:
    """What a row says: None for what is missing, in the ways in which pyarrow, pandas and CSV miss it."""
    value = row.get(name)
    if value is None or value != value or type(value).__name__ == "NAType":  # NaN is not itself
        return None
    text = str(value)
    return text if text or name.endswith("_text") else None


def _fetched(address: str, most: int) -> bytes:
    """The bytes of a file by its address, at most one more than `most`."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(
            f"{address}: addresses need fsspec; install mlcheck with the extra: pip install 'mlcheck[ray]'"
        ) from None
    try:
        with fsspec.open(address, "rb") as file:
            data = bytes(file.read(most + 1))
    except MlcheckError:
        raise
    except Exception as error:  # each store has errors of its own
        said = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{address}: cannot be read ({said}); check the address and your rights") from None
    if len(data) > most:
        raise InputError(f"{address}: larger than {most:,} bytes; split it, or set max-size to more")
    if not data:
        raise InputError(f"{address}: is empty (0 bytes); check that it is the right file")
    return data
