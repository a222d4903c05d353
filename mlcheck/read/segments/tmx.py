"""TMX: a translation memory, of whose languages two are held against each other."""

from __future__ import annotations

from mlcheck.errors import InputError
from mlcheck.languages import base
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.segments.inline import content_of
from mlcheck.read.segments.pair import Segments, declared
from mlcheck.read.xml import Element, parse_xml

__all__ = ["read_tmx"]

_TITLE = "TMX"


def read_tmx(text: str, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in a TMX: its source language, and the first other. Raises `InputError` where it is
    none, or has one language."""
    root = parse_xml(text, shown, _TITLE)
    body = root.find("body")
    if root.name != "tmx" or body is None:
        raise InputError(
            f"{shown}: no TMX, which begins with <tmx> and has a <body>; give its format with --from"
        )
    units = list(body.elements("tu"))
    languages = _languages(root, units)
    if len(languages) < 2:
        raise InputError(f"{shown}: TMX in one language; nothing to hold it against")
    source, target, *others = languages
    segments = Segments(shown, _TITLE, text, (declared(source), declared(target)))
    if others:
        segments.skip(f"{', '.join(others)}: a memory of more than two languages")
    for number, unit in enumerate(units, start=1):
        own = _variants(unit)
        key = segments.key(unit.attributes.get("tuid") or str(number))
        sides = own.get(source), own.get(target)
        if all(sides):
            segments.add(key, content_of(sides[0]), content_of(sides[1]))
        elif any(sides):
            segments.leave_out(f"without {source if sides[1] else target}", key)
    return segments.finish()


def _languages(root: Element, units: list[Element]) -> list[str]:
    """The languages in the order of the file, that of the source first."""
    found = list(dict.fromkeys(code for unit in units for code in _variants(unit)))
    header = root.find("header")
    wanted = "" if header is None else header.attributes.get("srclang", "").replace("_", "-").lower()
    exact = [code for code in found if code == wanted]
    near = exact or [code for code in found if wanted and base(code) == base(wanted)]
    return [*near[:1], *(code for code in found if code not in near[:1])]


def _variants(unit: Element) -> dict[str, Element]:
    """The segment of each language; the first where there are two."""
    found: dict[str, Element] = {}
    for variant in unit.elements("tuv"):
        segment = variant.find("seg")
        code = variant.attributes.get("lang", "").replace("_", "-").lower()
        if segment is not None and code:
            found.setdefault(code, segment)
    return found
