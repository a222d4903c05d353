"""The items of a batch: from a manifest (JSON Lines or CSV), or from a folder and a pattern."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from mlcheck.config import EXAMPLE, Config, files_under, template, template_folder
from mlcheck.data import RawText
from mlcheck.errors import InputError, UsageError
from mlcheck.files import read_text
from mlcheck.languages import is_known

__all__ = ["DEFAULT_PATTERN", "Item", "configured_pairs", "configured_versions", "find_pairs", "read_items"]

DEFAULT_PATTERN = EXAMPLE

LanguageOf = Callable[[Path], str | None]
"""A file's language as somebody has set it, else None."""
Excluded = Callable[[Path], bool]
"""Is a file or a folder to be left out? True too for what is in a folder that is."""

_FIELDS = ("id", "source", "target", "source_lang", "target_lang")
_NEEDED = ("id", "source", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One pair of a batch, or all versions of an item. Paths are as the reports show them."""

    id: str
    source: Path
    target: Path
    languages: tuple[str | None, ...] = (None, None)
    """Of each version, in order."""
    others: tuple[Path, ...] = ()
    """Versions beside the source and the target."""
    old: Path | RawText | None = None
    """The source as it was: what changed since is held against the target. None where nobody asks."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All versions in order."""
        return (self.source, self.target, *self.others)


def _nobody_says(file: Path) -> None:
    return None


def _nothing(path: Path) -> bool:
    return False


def read_items(
    path: str | Path,
    *,
    pattern: str = DEFAULT_PATTERN,
    reference: str | None = None,
    pairs: bool = False,
    language_of: LanguageOf = _nobody_says,
    excluded: Excluded = _nothing,
) -> list[Item]:
    """The items of a manifest, in its order, or of a folder, by name.

    In a folder, files that `pattern` gives one name are versions of one item, one item each unless `pairs`
    of the source with the others are wanted; `reference` is the language of the source (None, and `none`
    too: `en` where there is one, else the first by its code); `language_of` wins over a file's name, and what
    is `excluded` is not there.
    Raises `InputError` for an empty batch, `UsageError` for a file that cannot be read, and for a broken
    line, with its number, or pattern.
    """
    path = Path(path)
    if path.is_dir() and not pairs:
        items = list(_together(path, _scan(path, pattern, reference, language_of, excluded)))
    elif path.is_dir():
        items = [
            Item(
                id=f"{name}.{pair.languages[0]}-{pair.languages[1]}",
                source=pair.source,
                target=pair.target,
                languages=pair.languages,
            )
            for name, pair in _scan(path, pattern, reference, language_of, excluded)
        ]
    if path.is_dir():
        if not items:
            raise InputError(f"{path}: no two files match {pattern!r}; give another --pattern")
        return items
    missing = "name a manifest or a folder that is there"
    text = read_text(path, "manifest", missing=missing)
    rows = _csv_rows(path, text) if path.suffix.lower() == ".csv" else _json_rows(path, text)
    items = [_item(path, line, row) for line, row in rows]
    if not items:
        raise InputError(f"{path}: the manifest names no items; nothing to check")
    _refuse_twins(path, items)
    return items


def _together(folder: Path, pairs: Iterator[tuple[str, Item]]) -> Iterator[Item]:
    """The pairs of one name as one item, where there are several."""
    for name, group in groupby(pairs, key=lambda pair: pair[0]):
        first, *more = (pair for _, pair in group)
        codes = (*first.languages, *(pair.languages[1] for pair in more))
        yield Item(
            id=f"{name}.{'-'.join(str(code) for code in codes)}",
            source=first.source,
            target=first.target,
            languages=codes,
            others=tuple(pair.target for pair in more),
        )


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


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{path}:1: no column {', '.join(missing)}; the first line names the columns")
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key and value}
    except csv.Error as error:
        line = reader.reader.line_num  # of what is read; the outer one is of the row before
        raise UsageError(f"{path}:{line}: not CSV ({error}); check the quotes") from None


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
    language_of: LanguageOf = _nobody_says,
    excluded: Excluded = _nothing,
) -> list[Item]:
    """The pairs that several patterns find, relative to `folder`, in the order of the patterns and in
    each by name. A pair is there once, and its id is its two paths. Further as in `read_items`; no pair
    at all is for the caller to tell."""
    found = [pair for p in patterns for _, pair in _scan(folder, p, reference, language_of, excluded)]
    return list({(pair.source, pair.target): pair for pair in found}.values())


def configured_pairs(config: Config) -> list[Item]:
    """The pairs that the configuration's patterns find. Raises `UsageError` where it has no patterns,
    `InputError` where they find none."""
    if not config.pairs:
        where = "" if config.file is None else f"{config.file}: has no 'pairs', so there is "
        raise UsageError(f"{where}nothing to check: name SOURCE and TARGET, or set 'pairs' in mlcheck.toml")
    items = find_pairs(
        config.folder,
        config.pairs,
        reference=config.reference,
        language_of=config.language_of,
        excluded=config.is_excluded,
    )
    if not items:
        patterns = ", ".join(config.pairs)
        raise InputError(f"{config.origin('pairs')}: no two files match {patterns}; check the patterns")
    return items


def configured_versions(config: Config) -> Iterator[tuple[Path, str, Path, tuple[str, str]]]:
    """The source, and for each other language that any page has: the language, the path of that version,
    whether it is there or not, and both languages. Raises `UsageError` where the configuration has no
    patterns."""
    if not config.pairs:
        raise UsageError("nothing to look for: set 'pairs' in mlcheck.toml")
    for pattern in config.pairs:
        found = _versions(config.folder, pattern, config.language_of, config.is_excluded)
        every = sorted({language for files in found.values() for language in files})
        for name, files in sorted(found.items()):
            first = config.reference or ("en" if "en" in files else min(files))
            for language in (code for code in every if code != first and first in files):
                expected = config.folder / pattern.replace("{name}", name).replace("{lang}", language)
                yield files[first], language, files.get(language, expected), (first, language)


def _scan(
    folder: Path, pattern: str, reference: str | None, language_of: LanguageOf, excluded: Excluded
) -> Iterator[tuple[str, Item]]:
    """A name, and a pair of it, with its two paths for an id."""
    for name, files in sorted(_versions(folder, pattern, language_of, excluded).items()):
        named = None if reference == "none" else reference
        first = named or ("en" if "en" in files else min(files))
        for language in sorted(set(files) - {first}):
            if first in files:
                source, target = files[first], files[language]
                yield (
                    name,
                    Item(id=f"{source} {target}", source=source, target=target, languages=(first, language)),
                )


def _versions(
    folder: Path, pattern: str, language_of: LanguageOf, excluded: Excluded
) -> dict[str, dict[str, Path]]:
    """The files of each name, by language."""
    expression = template(pattern)
    found: defaultdict[str, dict[str, Path]] = defaultdict(dict)
    start = template_folder(pattern)
    for file in files_under(folder / start, excluded):
        within = file.relative_to(folder / start).as_posix()
        match = expression.fullmatch(within if start == "." else f"{start}/{within}")
        if match is None or not file.is_file():
            continue
        language = language_of(file) or (match["lang"] if is_known(match["lang"]) else None)
        if language is None:
            continue
        other = found[match["name"]].setdefault(language, file)
        if other != file:
            raise UsageError(
                f"{other} and {file}: both are the {language} version of {match['name']}; exclude one"
            )
    return found
