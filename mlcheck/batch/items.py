"""The items of a batch: from a manifest (JSON Lines, Parquet or CSV), or from a folder and a pattern."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from mlcheck.batch.item import Item
from mlcheck.batch.parquet import parquet_rows
from mlcheck.batch.scan import Excluded, LanguageOf, Search, nobody_says, nothing, scan
from mlcheck.batch.tables import is_table, table_rows
from mlcheck.config import EXAMPLE, Config
from mlcheck.data import NO_REFERENCE
from mlcheck.errors import InputError, UsageError
from mlcheck.files import read_text
from mlcheck.languages import is_known, normalise

__all__ = ["DEFAULT_PATTERN", "configured_pairs", "find_pairs", "read_items"]

DEFAULT_PATTERN = EXAMPLE

_FIELDS = ("id", "source", "target", "source_lang", "target_lang")
_NEEDED = ("id", "source", "target")


def read_items(
    path: str | Path,
    *,
    pattern: str = DEFAULT_PATTERN,
    reference: str | None = None,
    pairs: bool = False,
    language_of: LanguageOf = nobody_says,
    excluded: Excluded = nothing,
    require: Sequence[str] = (),
    optional: Excluded = nothing,
) -> list[Item]:
    """The items of a manifest, in its order, or of a folder, by name.

    In a folder, files that `pattern` gives one name are versions of one item, one item each unless `pairs`
    of the source with the others are wanted; `reference` is the language of the source (None, and `none`
    too: `en` where there is one, else the first by its code); `language_of` wins over a file's name, and what
    is `excluded` is not there. A version that an item lacks is an item of its own, with `lacks`: of the
    languages in `require`, or else of those that half of the items with several versions have; not where all
    its files are `optional`.
    Raises `InputError` for an empty batch, `UsageError` for a file that cannot be read, and for a broken
    line, with its number, or pattern.
    """
    path = Path(path)
    if path.is_dir():
        named = None if reference == NO_REFERENCE else reference
        search = Search(named, language_of, excluded, tuple(require), optional)
        found = scan(path, pattern, search)
        items = [_named(name, item) for name, item in (found if pairs else _together(found))]
        if not items:
            raise InputError(f"{path}: no two files match {pattern!r}; give another --pattern")
        return items
    missing = "name a manifest or a folder that is there"
    rows: Iterator[tuple[int, Mapping[str, Any]]]
    if path.suffix.lower() == ".parquet":
        rows = parquet_rows(path, missing)
    elif is_table(path):
        rows = table_rows(path, missing)
    else:
        rows = _json_rows(path, read_text(path, "manifest", missing=missing))
    items = [_item(path, line, row) for line, row in rows]
    if not items:
        raise InputError(f"{path}: the manifest names no items; nothing to check")
    _refuse_twins(path, items)
    return items


def _named(name: str, item: Item) -> Item:
    return replace(item, id=f"{name}.{'-'.join(code or 'und' for code in item.languages)}")


def _together(found: Iterable[tuple[str, Item]]) -> Iterator[tuple[str, Item]]:
    """The pairs of one name as one item, where there are several; the versions that it lacks after it."""
    for name, group in groupby(found, key=lambda pair: pair[0]):
        items = [item for _, item in group]
        there = [item for item in items if item.lacks is None]
        if there:
            first, *more = there
            yield (
                name,
                replace(
                    first,
                    languages=(*first.languages, *(item.languages[1] for item in more)),
                    others=tuple(item.target for item in more),
                ),
            )
        yield from ((name, item) for item in items if item.lacks is not None)


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: not JSON ({error}); a line is one object") from None
        if not isinstance(row, dict):
            raise UsageError(f'{path}:{number}: not an object; write {{"id": …, "source": …, "target": …}}')
        yield number, row


def _item(path: Path, line: int, row: Mapping[str, Any]) -> Item:
    for name in _FIELDS:
        value = row.get(name)
        if name in _NEEDED and not value:
            raise UsageError(f"{path}:{line}: no {name!r}; an item has {', '.join(_NEEDED)}")
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{path}:{line}: {name!r} is {value!r}; write it as text, in quotes")
        if name.endswith("_lang") and value and not is_known(value):
            raise UsageError(f"{path}:{line}: {value!r} is no language code; give one such as en or ru")
    return Item(
        id=row["id"],
        source=path.parent / row["source"],
        target=path.parent / row["target"],
        languages=(row.get("source_lang") or None, row.get("target_lang") or None),
    )


def _refuse_twins(path: Path, items: list[Item]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise UsageError(f"{path}: two items have the id {item.id!r}; reports could not be told apart")
        seen.add(item.id)


def find_pairs(
    folder: Path,
    patterns: Sequence[str],
    *,
    reference: str | None = None,
    language_of: LanguageOf = nobody_says,
    excluded: Excluded = nothing,
    require: Sequence[str] = (),
    optional: Excluded = nothing,
) -> list[Item]:
    """The pairs that several patterns find, relative to `folder`, in the order of the patterns and in
    each by name. A pair is there once, and its id is its two paths. Further as in `read_items`; no pair
    at all is for the caller to tell."""
    search = Search(reference, language_of, excluded, tuple(require), optional)
    found = [(at, item) for at, pattern in enumerate(patterns) for _, item in scan(folder, pattern, search)]
    # What one pattern misses may stand where another one looks; and which versions a file has to have, says
    # the first pattern that it matches: `{name}.md + {name}.{lang}.md` matches all pages of all languages.
    known = {(path, normalise(code)) for _, item in found for path, code in _has(item)}
    matched: dict[Path, int] = {}
    for at, item in found:
        for path in (item.source, item.target) if item.lacks is None else (item.there,):
            matched.setdefault(path, at)
    kept = [
        item
        for at, item in found
        if item.lacks is None or (matched[item.there] == at and _lack(item) not in known)
    ]
    return list({(item.source, item.target): item for item in kept}.values())


def _has(item: Item) -> Iterator[tuple[Path, str]]:
    """Which version each file of a pair has in the other."""
    one, two = item.languages
    if item.lacks is None:
        yield from ((item.source, two or ""), (item.target, one or ""))


def _lack(item: Item) -> tuple[Path, str]:
    return item.there, normalise(item.languages[1 if item.lacks == "target" else 0] or "")


def configured_pairs(config: Config) -> list[Item]:
    """The pairs that the configuration's patterns find, and the versions that are missing. Raises
    `UsageError` where it has no patterns, `InputError` where they find none."""
    if not config.pairs:
        where = "" if config.file is None else f"{config.file}: has no 'pairs', so there is "
        raise UsageError(f"{where}nothing to check: name SOURCE and TARGET, or set 'pairs' in mlcheck.toml")
    items = find_pairs(
        config.folder,
        config.pairs,
        reference=config.reference,
        language_of=config.language_of,
        excluded=config.is_excluded,
        require=config.require,
        optional=config.needs_no_version,
    )
    if not items:
        patterns = ", ".join(config.pairs)
        raise InputError(f"{config.origin('pairs')}: no two files match {patterns}; check the patterns")
    return items
