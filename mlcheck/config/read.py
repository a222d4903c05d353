"""From a TOML table to a `Config`, with every value checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlcheck.config.config import Config, Override
from mlcheck.config.find import find_file
from mlcheck.config.keys import (
    ALWAYS_ON,
    FORMER_THRESHOLDS,
    KEYS,
    LEVELS,
    MOST_POINTS,
    OVERRIDE_KEYS,
    SCORECARD,
    THRESHOLDS,
    Key,
    Kind,
    rule_names,
)
from mlcheck.config.patterns import EXAMPLE, sides_of, wrong_pattern
from mlcheck.config.source import Source, read_source, shown
from mlcheck.errors import UsageError
from mlcheck.languages import is_known
from mlcheck.wording import did_you_mean

__all__ = ["load_config", "table_values"]

_TYPES = (
    (bool, "true or false"),  # before int, which it also is
    ((int, float), "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "a table"),
)


class _Wrong(ValueError):
    """A value that is none for its key; `key` is the way from that key to the part that is wrong."""

    def __init__(self, message: str, *key: str | int) -> None:
        super().__init__(message)
        self.key = key


def load_config(paths: Sequence[str | Path] = (), file: Path | None = None) -> Config:
    """The configuration for some files and folders, or the one in `file`; the defaults where there is none.

    Raises `UsageError` with the line that is wrong: for a file that cannot be read or is no TOML, a key,
    rule or threshold that is none, a value of the wrong type or out of its range.
    """
    file = find_file(paths) if file is None else file
    if file is None:
        return Config()
    source = read_source(file)
    values = dict(table_values(source, source.table, KEYS, ()))
    return Config(
        file=file,
        folder=file.parent,
        languages=values.pop("languages", {}),
        origins=dict(_origins(source, source.table, ())),
        overrides=values.pop("overrides", ()),
        notes=tuple(_notes(source, source.table, ())),
        **{name.replace("-", "_"): value for name, value in values.items()},
    )


def table_values(
    source: Source, table: Mapping[str, Any], keys: Sequence[Key], at: tuple[str | int, ...]
) -> Iterator[tuple[str, Any]]:
    """The values of a table as `Config` holds them, by key. Raises `UsageError` for one that is
    wrong."""
    known = {key.name: key for key in keys}
    for name, given in table.items():
        if name not in known:
            raise source.error(f"unknown key {_quoted(name)}; {_hint(name, known)}", *at, name)
        try:
            yield name, _READERS[known[name].kind](known[name], given, source)
        except _Wrong as wrong:
            raise source.error(str(wrong), *at, name, *wrong.key) from None


def _origins(
    source: Source, table: Mapping[str, Any], at: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in table.items():
        if name == "thresholds":
            named = ((FORMER_THRESHOLDS.get(key, key), source.where(*at, name, key)) for key in value)
            yield from (((name, key), where) for key, where in named if key is not None)
        elif name in ("rules", "languages", "scorecard"):
            yield from (((name, key), source.where(*at, name, key)) for key in value)
        elif name not in ("overrides", "paths"):
            yield (name,), source.where(*at, name)


def _notes(source: Source, table: Mapping[str, Any], at: tuple[str | int, ...]) -> Iterator[str]:
    """A line for each former name in a table that has been read, and in its overrides."""
    for name in table.get("thresholds", {}):
        if name in FORMER_THRESHOLDS:
            now = FORMER_THRESHOLDS[name]
            said = f"is now called {now!r}" if now else "is no longer a setting and changes nothing"
            end = "write that" if now else "leave it out"
            yield f"{source.where(*at, 'thresholds', name)}: the threshold {name!r} {said}; {end}"
    for number, override in enumerate(table.get("overrides", ())):
        yield from _notes(source, override, ("overrides", number))


# Names


def _hint(name: str, known: Mapping[str, Key]) -> str:
    """What somebody may have meant by a key that is none."""
    plain = name.replace("_", "-")
    for table, names in (("rules", rule_names()), ("thresholds", tuple(THRESHOLDS))):
        if table in known and plain in names:
            return f"did you mean '{table}.{plain}'?"
    if hint := did_you_mean(name, known, quoted=True):
        return hint
    if name in (key.name for key in KEYS):
        return f"an override has {_listed(known)}; put it at the top of the file"
    return f"there are {_listed(known)}"


def _listed(names: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(names)


def _quoted(text: str) -> str:
    return f"'{shown(text)}'"


# Values: each reader returns what `Config` holds, or raises `_Wrong`.


def _type(value: Any) -> str:
    return next((name for types, name in _TYPES if isinstance(value, types)), "a date or a time")


def _of_type(key: Key, given: Any, types: type | tuple[type, ...], wanted: str) -> None:
    if not isinstance(given, types) or (isinstance(given, bool) and types is not bool):
        raise _Wrong(f"'{key.name}' is {_type(given)}; it has to be {wanted}, as in {_example(key)}")


def _example(key: Key) -> str:
    lines = key.example.split("\n")
    if key.kind in ("languages", "rules", "thresholds", "scorecard"):
        return f"[{key.name}] {lines[-1]}"
    return f"[[{key.name}]] {lines[0]}" if key.kind == "overrides" else f"{key.name} = {lines[0]}"


def _text(key: Key, given: Any, source: Source) -> str:
    _of_type(key, given, str, "text in quotes")
    if not given.strip():
        raise _Wrong(f"'{key.name}' is empty; write something, or leave the key out")
    return str(given)


def _model(key: Key, given: Any, source: Source) -> str:
    text = _text(key, given, source)
    return os.path.normpath(source.path.parent / text) if text.startswith(("./", "../")) else text


def _file(key: Key, given: Any, source: Source) -> Path:
    return source.path.parent / _text(key, given, source)


def _texts(key: Key, given: Any, refusal: Callable[[str], str | None]) -> tuple[str, ...]:
    """A list of texts; `refusal` says what is wrong with one, or nothing."""
    _of_type(key, given, list, "a list of texts")
    for number, text in enumerate(given):
        if not isinstance(text, str):
            message = f"'{key.name}' has {_type(text)} in it; it is a list of texts, as in {_example(key)}"
            raise _Wrong(message, number)
        reason = refusal(text)
        if reason is not None:
            raise _Wrong(f"'{key.name}': {_quoted(text)} {reason}", number)
    return tuple(given)


def _files(key: Key, given: Any, source: Source) -> tuple[Path, ...]:
    texts = _texts(key, given, lambda text: None if text.strip() else "is empty")
    return tuple(source.path.parent / text for text in texts)


def _patterns(key: Key, given: Any, source: Source) -> tuple[str, ...]:
    found = _texts(key, given, wrong_pattern)
    if key.name == "paths" and not found:
        raise _Wrong("'paths' is empty, so the override would never apply; name a pattern")
    return found


def _templates(key: Key, given: Any, source: Source) -> tuple[str, ...]:
    return _texts(key, given, _wrong_template)


def _wrong_template(text: str) -> str | None:
    try:
        sides = sides_of(text)
    except UsageError as error:
        return str(error).partition(": ")[2].replace(EXAMPLE, "content/{lang}/{name}.md")
    return next((wrong for form in sides.forms if form and (wrong := wrong_pattern(form))), None)


def _language(key: Key, given: Any, source: Source) -> str:
    code = _text(key, given, source)
    if not is_known(code):
        raise _Wrong(f"'{key.name}': {_quoted(code)} is no language code; give one such as en, ru or pt-BR")
    return code


def _codes(key: Key, given: Any, source: Source) -> tuple[str, ...]:
    def refusal(code: str) -> str | None:
        return None if is_known(code) else "is no language code; give one such as en, ru or pt-BR"

    return _texts(key, given, refusal)


def _addresses(key: Key, given: Any, source: Source) -> tuple[str, ...]:
    def refusal(pattern: str) -> str | None:
        once = pattern.count("{lang}") == 1 and pattern != "{lang}"
        return None if once else "needs {lang} once, and what stands beside it, as in /{lang}/"

    return _texts(key, given, refusal)


def _choices(key: Key, given: Any, source: Source) -> tuple[str, ...]:
    def refusal(text: str) -> str | None:
        if text in key.choices:
            return None
        hint = did_you_mean(text, key.choices, quoted=True)
        return f"is none; {hint}" if hint else f"is none of {_listed(key.choices)}"

    return _texts(key, given, refusal)


def _choice(key: Key, given: Any, source: Source) -> str:
    text = _text(key, given, source)
    if text not in key.choices:
        hint = did_you_mean(text, key.choices, quoted=True) or f"it is one of {_listed(key.choices)}"
        raise _Wrong(f"'{key.name}' is {_quoted(text)}; {hint}")
    return text


def _flag(key: Key, given: Any, source: Source) -> bool:
    _of_type(key, given, bool, "true or false")
    return bool(given)


def _count(key: Key, given: Any, source: Source) -> int:
    _of_type(key, given, int, "a whole number")
    if given < 1:
        raise _Wrong(f"'{key.name}' is {given}; it has to be 1 or more")
    return int(given)


def _languages(key: Key, given: Any, source: Source) -> dict[str, str]:
    _of_type(key, given, dict, "a table of patterns and codes")
    for pattern, code in given.items():
        reason = wrong_pattern(pattern)
        if reason is not None:
            raise _Wrong(f"'languages': {_quoted(pattern)} {reason}", pattern)
        if isinstance(code, dict):
            # `*.txt = "en"` without quotes is no TOML, but `a.txt = "en"` is a table `a`.
            raise _Wrong(f"'languages': {_quoted(pattern)} is a table; put the pattern in quotes", pattern)
        if not isinstance(code, str) or not is_known(code):
            message = f"'languages': {_quoted(str(code))} is no language code; give one such as en or pt-BR"
            raise _Wrong(message, pattern)
    return dict(given)


def _rules(key: Key, given: Any, source: Source) -> dict[str, Any]:
    _of_type(key, given, dict, "a table of rules and levels")
    known = rule_names()
    for name, level in given.items():
        if name not in known:
            hint = did_you_mean(name, known, quoted=True) or f"there are {_listed(known)}"
            raise _Wrong(f"no rule {_quoted(name)}; {hint}", name)
        if level not in LEVELS:
            near = did_you_mean(level, LEVELS, quoted=True) if isinstance(level, str) else ""
            hint = near or f"it is one of {_listed(LEVELS)}, in quotes"
            raise _Wrong(f"{name!r} has no level {_quoted(str(level))}; {hint}", name)
        if name == ALWAYS_ON and level == "off":
            raise _Wrong(
                f"{name!r} cannot be off: of two texts that do not belong together no other rule can be "
                "believed; to tell it less often, lower the threshold 'related'",
                name,
            )
    return dict(given)


def _thresholds(key: Key, given: Any, source: Source) -> dict[str, float]:
    _of_type(key, given, dict, "a table of names and numbers")
    found = {}
    for name, value in given.items():
        now = FORMER_THRESHOLDS.get(name, name)
        if now is None:
            continue
        if now != name and now in given:
            raise _Wrong(f"{name!r} is the former name of {now!r}; leave it out", name)
        threshold = THRESHOLDS.get(now)
        if threshold is None:
            hint = did_you_mean(name, THRESHOLDS, quoted=True) or f"there are {_listed(THRESHOLDS)}"
            raise _Wrong(f"no threshold {_quoted(name)}; {hint}", name)
        wanted = "a whole number" if threshold.whole else "a number"
        if isinstance(value, bool) or not isinstance(value, int if threshold.whole else (int, float)):
            kind = "no whole number" if isinstance(value, float) else _type(value)
            raise _Wrong(f"{name!r} is {kind}; it has to be {wanted}", name)
        if not threshold.low <= value <= threshold.high:  # also where it is not a number, `nan`
            raise _Wrong(
                f"{name!r} is {shown(str(value))}; it has to be from {threshold.low} to {threshold.high}",
                name,
            )
        found[now] = value
    return found


def _scorecard(key: Key, given: Any, source: Source) -> dict[str, Any]:
    _of_type(key, given, dict, "a table of names and numbers")
    for name, value in given.items():
        if name not in SCORECARD:
            hint = did_you_mean(name, SCORECARD, quoted=True) or f"there are {_listed(SCORECARD)}"
            raise _Wrong(f"a scorecard has no {_quoted(name)}; {hint}", name)
        if name == "words":
            if value not in key.choices:
                raise _Wrong(f"'words' is {_quoted(str(value))}; it is one of {_listed(key.choices)}", name)
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _Wrong(f"{name!r} is {_type(value)}; it has to be a number", name)
        elif not 0 <= value <= MOST_POINTS:  # also where it is not a number, `nan`
            raise _Wrong(f"{name!r} is {shown(str(value))}; it has to be from 0 to {MOST_POINTS}", name)
    return dict(given)


def _overrides(key: Key, given: Any, source: Source) -> tuple[Override, ...]:
    wanted = "a list of tables, each under a line [[overrides]]"
    if not isinstance(given, list) or not all(isinstance(table, dict) for table in given):
        raise _Wrong(f"'overrides' is not what it has to be: {wanted}")
    found = []
    for number, table in enumerate(given):
        at = (key.name, number)
        values = dict(table_values(source, table, OVERRIDE_KEYS, at))
        if "paths" not in values:
            raise _Wrong("the override has no 'paths'; say for which files, as in paths = [\"wire\"]", number)
        origins = dict(_origins(source, table, at))
        found.append(Override(**values, origins=origins, where=source.where(*at)))
    return tuple(found)


_READERS: Mapping[Kind, Callable[[Key, Any, Source], Any]] = {
    "model": _model,
    "file": _file,
    "files": _files,
    "language": _language,
    "codes": _codes,
    "choice": _choice,
    "choices": _choices,
    "addresses": _addresses,
    "flag": _flag,
    "count": _count,
    "patterns": _patterns,
    "templates": _templates,
    "languages": _languages,
    "rules": _rules,
    "thresholds": _thresholds,
    "scorecard": _scorecard,
    "overrides": _overrides,
}
