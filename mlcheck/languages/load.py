"""Reads a language's file, and holds it to the record: a key that no section has, or a value that is not
of its type, is an error that names the file and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from mlcheck.languages.cldr import likely_script
from mlcheck.languages.codes import is_code, normalise, parts
from mlcheck.languages.notation import expand
from mlcheck.languages.record import (
    Attribution,
    Background,
    Detection,
    Endings,
    Language,
    Names,
    Negation,
    Notices,
    Numbers,
    Opposites,
    Page,
    Prose,
    Quotes,
    Sentences,
    Times,
    Writing,
)

__all__ = ["codes", "every", "language", "parse"]

Section = TypeVar("Section")

_SECTIONS: Mapping[str, type] = {
    "writing": Writing,
    "quotes": Quotes,
    "sentences": Sentences,
    "detection": Detection,
    "prose": Prose,
    "page": Page,
    "notices": Notices,
    "numbers": Numbers,
    "times": Times,
    "names": Names,
    "negation": Negation,
    "opposites": Opposites,
    "attribution": Attribution,
    "endings": Endings,
    "background": Background,
}
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts of living languages; CLDR gives the order of a script only where it has a language in it."""
_UNSPACED = frozenset(
    {"Hani", "Hans", "Hant", "Jpan", "Hira", "Kana", "Hrkt", "Thai", "Laoo", "Khmr", "Mymr"}
)
"""Scripts that set no spaces between words. Korean does, in Hangul and in Han."""
_DEFAULT_SCRIPT = "Latn"


@cache
def language(code: str) -> Language:
    """The record of the language of a BCP 47 tag, in any case, with hyphens or underscores. Of a language
    without a file it has what CLDR has, and safe defaults; so it has of what is no tag at all."""
    tag = normalise(code) if is_code(code) else ""
    if tag != code:
        return language(tag)
    own, script, region = parts(tag)
    sections = parse(_texts()[own], f"{own}.toml") if own in _texts() else {}
    sections["numbers"] = _with_numerals(sections.get("numbers", Numbers()), own)
    writing = sections.get("writing", Writing())
    if not script and tag:
        script = likely_script(tag) if region or not writing.script else writing.script
    script = script or writing.script or _DEFAULT_SCRIPT
    return Language(
        code=tag,
        script=script,
        direction="rtl" if script in _RIGHT_TO_LEFT else "ltr",
        spaced=script not in _UNSPACED,
        has_file=own in _texts(),
        **sections,
    )


def _with_numerals(own: Numbers, code: str) -> Numbers:
    """The numbers of a language whose file has no words for them, or says that CLDR's are good, with those
    that CLDR has; what the file says comes first."""
    path = files("mlcheck.languages") / "numerals" / f"{code}.toml"
    if (own.words and not own.checked) or not code or not path.is_file():
        return own
    found = parse(path.read_text("utf-8"), f"numerals/{code}.toml")["numbers"]
    merged: dict[str, Any] = {}
    for field in fields(Numbers):
        mine, theirs = getattr(own, field.name), getattr(found, field.name)
        if isinstance(mine, Mapping):
            merged[field.name] = {key: (*mine.get(key, ()), *theirs.get(key, ())) for key in (*mine, *theirs)}
        else:
            merged[field.name] = mine if mine != field.default else theirs
    return Numbers(**merged)


def codes() -> tuple[str, ...]:
    """The languages that have a file, sorted."""
    return tuple(sorted(_texts()))


@cache
def every(section: type[Section]) -> Mapping[str, Section]:
    """One section of all files that have it, by language: what has to be known before the language of a
    text is. Only that section is read, as reading all of all files takes a twentieth of a second."""
    name = next(name for name, kind in _SECTIONS.items() if kind is section)
    head = re.compile(rf"^\[{name}(?:\.[^\]]*)?\]$.*?(?=^\[(?!{name}[.\]])|\Z)", re.MULTILINE | re.DOTALL)
    found = {}
    for code, text in sorted(_texts().items()):
        part = "".join(match[0] for match in head.finditer(text))
        if part:
            found[code] = cast(Section, parse(part, f"{code}.toml")[name])
    return MappingProxyType(found)


@cache
def _texts() -> Mapping[str, str]:
    folder = files("mlcheck.languages")
    found = {path.name: path for path in folder.iterdir() if path.name.endswith(".toml")}
    return {name.removesuffix(".toml"): found[name].read_text("utf-8") for name in sorted(found)}


# Validation ----------------------------------------------------------------------------------


def parse(text: str, file: str) -> dict[str, Any]:
    """The sections of a language's file, by name. Raises `ValueError`, whose message begins with `file`
    and the key, for what no record has."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from error
    return {name: _section(name, value, file) for name, value in data.items()}


def _section(name: str, data: Any, file: str) -> Any:
    kind = _SECTIONS.get(name)
    if kind is None:
        raise ValueError(f"{file}: {name}: no section has that name; there are {', '.join(_SECTIONS)}")
    if not isinstance(data, dict):
        raise ValueError(f"{file}: {name}: not a table")
    hints = _hints(kind)
    endings = tuple(data["endings"]) if isinstance(data.get("endings"), list) else ()
    values = {}
    for key, value in data.items():
        if key not in hints:
            raise ValueError(f"{file}: {name}.{key}: no such key; there are {', '.join(hints)}")
        try:
            values[key] = _value(hints[key], value, endings)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{file}: {name}.{key}: {error}") from error
    return kind(**values)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, value: Any, endings: Sequence[str]) -> Any:
    marks = getattr(hint, "__metadata__", None)
    if marks:
        return _READERS[marks[0]](value, endings)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ValueError(f"{value!r} is none of {', '.join(map(repr, get_args(hint)))}")
        return value
    kinds = tuple(kind for kind in get_args(hint) or (hint,) if kind is not type(None))
    # A bool is an int to Python, but not to whoever wrote `turn = true`.
    if type(value) not in kinds and not (float in kinds and type(value) is int):
        raise TypeError(f"{value!r} is no {' or '.join(kind.__name__ for kind in kinds)}")
    return value


def _texts_in(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{str(value)[:40]!r} is no list of strings")
    yield from value


def _words(value: Any, endings: Sequence[str]) -> tuple[str, ...]:
    return tuple(form for entry in _texts_in(value) for form in expand(entry, endings))


def _each(value: Any, endings: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(expand(entry, endings) for entry in _texts_in(value))


def _groups(value: Any, endings: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise TypeError(f"{str(value)[:40]!r} is no list of lists")
    return tuple(_words(group, endings) for group in value)


def _pairs(value: Any, endings: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    found = tuple(_each(pair, endings) for pair in value) if isinstance(value, list) else ()
    if not found or any(len(pair) != 2 for pair in found):
        raise TypeError(f"{str(value)[:40]!r} is no list of pairs")
    return found


def _mapping(
    value: Any, endings: Sequence[str], read: Callable[[Any], Any], keyed: bool
) -> Mapping[str, Any]:
    """`keyed` says that the keys are in the notation of forms."""
    if not isinstance(value, dict):
        raise TypeError(f"{str(value)[:40]!r} is no table")
    return MappingProxyType(
        {
            form: read(own)
            for key, own in value.items()
            for form in (expand(key, endings) if keyed else (key,))
        }
    )


def _table(value: Any, endings: Sequence[str]) -> Mapping[str, Any]:
    return _mapping(value, endings, partial(_words, endings=endings), keyed=False)


def _poles(value: Any, endings: Sequence[str]) -> Mapping[str, Any]:
    found = _mapping(value, endings, partial(_groups, endings=endings), keyed=False)
    if any(len(sides) != 2 for sides in found.values()):
        raise TypeError(f"{str(value)[:40]!r}: a concept has two lists, a word's forms and its opposite's")
    return found


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _minutes(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list of minutes")
    return tuple(map(_whole, value))


def _letters(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


_READERS: Mapping[str, Callable[[Any, Sequence[str]], Any]] = {
    "words": _words,
    "each": _each,
    "groups": _groups,
    "poles": _poles,
    "pairs": _pairs,
    "table": _table,
    "values": lambda value, endings: _mapping(value, endings, _whole, keyed=True),
    "zones": lambda value, endings: _mapping(value, endings, _minutes, keyed=True),
    "letters": lambda value, endings: _mapping(value, endings, _letters, keyed=False),
    "texts": lambda value, _: tuple(_texts_in(value)),
}
