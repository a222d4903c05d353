"""XLIFF 1.2 and 2: the units of all files in it that are to be translated, with their states.

The units are read by the guarded XML of this room, which knows places, and not by a library of XLIFF, none of
which does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.placeholders import Content
from mlcheck.read.segments.inline import NOTHING, content_of
from mlcheck.read.segments.pair import Segments, declared
from mlcheck.read.xml import Element, parse_xml

__all__ = ["read_xliff"]

_TITLE = "XLIFF"
_OPEN = frozenset(["new", "initial", "needs-translation"])
"""States in which a target may be the source once more, or a machine's guess."""
_DONE = frozenset(["translated", "final", "signed-off", "reviewed"])
"""States that promise a translation: one without it lacks it."""


class _Unit(NamedTuple):
    name: str
    source: Content
    target: Content
    state: str


def read_xliff(text: str, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in an XLIFF. Raises `InputError` where it is none, or nothing in it is translated."""
    root = parse_xml(text, shown, _TITLE)
    if root.name != "xliff":
        raise InputError(f"{shown}: no XLIFF, which begins with <xliff>; give its format with --from")
    second = root.attributes.get("version", "1.2").startswith("2")
    files = list(root.elements("file"))
    languages = [_languages(root if second else file) for file in files] or [(None, None)]
    segments = Segments(shown, _TITLE, text, languages[0])
    fixed = 0
    for file, own in zip(files, languages, strict=False):
        if own != languages[0]:
            segments.skip(f"the file {file.attributes.get('original', '')}, which is in other languages")
            continue
        for unit, translated in _units(file, "unit" if second else "trans-unit"):
            if not translated:
                fixed += 1
                continue
            for part in _new_parts(unit) if second else _old_parts(unit):
                _add(segments, part)
    if fixed:
        segments.skip(f"{fixed} {'unit' if fixed == 1 else 'units'} not to be translated")
    return segments.finish()


def _languages(element: Element) -> tuple[str | None, str | None]:
    own = element.attributes
    return (
        declared(own.get("source-language") or own.get("srcLang")),
        declared(own.get("target-language") or own.get("trgLang")),
    )


def _units(element: Element, name: str, translated: bool = True) -> Iterator[tuple[Element, bool]]:
    """The units of a file, and whether each is to be translated, which groups hand on to theirs."""
    own = element.attributes.get("translate")
    translated = translated if own is None else own != "no"
    if element.name == name:
        yield element, translated
        return
    for child in element.elements():
        yield from _units(child, name, translated)


def _old_parts(unit: Element) -> Iterator[_Unit]:
    """A unit of XLIFF 1.2; where it is cut into segments, each of these."""
    name = unit.attributes.get("id", "")
    target = unit.find("target")
    state = (target.attributes.get("state", "") if target is not None else "") or (
        "final" if unit.attributes.get("approved") == "yes" else ""
    )
    cut, whole = unit.find("seg-source"), unit.find("source")
    ours, theirs = _pieces(cut), _pieces(target)
    if len(ours) > 1 and theirs:
        for mid, segment in ours.items():
            yield _Unit(f"{name}/{mid}", content_of(segment), content_of(theirs.get(mid)), state)
        return
    yield _Unit(name, content_of(whole), content_of(target), state)


def _pieces(element: Element | None) -> dict[str, Element]:
    marks = [] if element is None else element.every("mrk")
    return {mark.attributes.get("mid", ""): mark for mark in marks if mark.attributes.get("mtype") == "seg"}


def _new_parts(unit: Element) -> Iterator[_Unit]:
    """The segments of a unit of XLIFF 2."""
    name = unit.attributes.get("id", "")
    segments = list(unit.elements("segment"))
    for number, segment in enumerate(segments, start=1):
        own = segment.attributes.get("id", str(number))
        yield _Unit(
            name if len(segments) == 1 else f"{name}/{own}",
            content_of(segment.find("source")),
            content_of(segment.find("target")),
            segment.attributes.get("state", ""),
        )


def _add(segments: Segments, unit: _Unit) -> None:
    key = segments.key(unit.name or "unit")
    empty = not unit.target.text.strip()
    if empty and not unit.source.text.strip():
        return
    if unit.state in _OPEN or (empty and unit.state not in _DONE):
        segments.leave_out("not translated yet", key)
        return
    segments.add(key, unit.source, NOTHING if empty else unit.target)
