"""Versions that items given by their files have to have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mlcheck.batch.item import Item
from mlcheck.batch.scan import is_lacking
from mlcheck.config import Config, language_in
from mlcheck.errors import MlcheckError

__all__ = ["with_required"]


def with_required(
    items: Sequence[Item], config: Config, *, format: str | None = None, require: Sequence[str] = ()
) -> list[Item]:
    """The items, and after the last one of each source the versions that it lacks of those in `require`. A
    language that neither the item, the configuration nor the file's name says is detected; a
    file in which it cannot be is told by its own report. `format` is as in `RunOptions`."""
    language_of = _languages(config, format)
    groups: defaultdict[Path, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.source].append(item)
    found: list[Item] = []
    for item in items:
        found.append(item)
        group = groups[item.source]
        if require and group[-1] is item:
            found += _missing(group, language_of, require)
    return found


def _missing(
    group: Sequence[Item], language_of: Callable[[Path, str | None], str | None], require: Sequence[str]
) -> Iterator[Item]:
    source = group[0].source
    sides = [side for item in group for side in zip(item.paths, item.languages, strict=True)]
    there = [language_of(path, said) for path, said in dict.fromkeys(sides)]
    if None in there:
        return
    for language in require:
        if is_lacking(language, [code for code in there if code]):
            yield Item(
                id=f"{source} {language}",
                source=source,
                target=_beside(source, language),
                languages=(there[0], language),
                lacks="target",
            )


def _beside(path: Path, language: str) -> Path:
    """Where a version would be, by the usual names; where there is such a file, which nobody has given, the
    path itself, as nobody knows."""
    code = language_in(path.name)
    stem = path.stem.removesuffix(f".{code}") if code else path.stem
    usual = path.with_name(f"{stem}.{language}{path.suffix}")
    return path if usual.exists() else usual


def _languages(config: Config, format: str | None) -> Callable[[Path, str | None], str | None]:
    from mlcheck.pipeline import Checker

    checker = Checker(max_size=config.max_size, format=format)

    def language_of(path: Path, said: str | None) -> str | None:
        said = said or config.language_of(path) or config.language_in_name(path)
        if said is not None:
            return said
        try:
            return checker.language(path)
        except MlcheckError:
            return None

    return language_of
