"""Apple's string catalogues: the strings of a program in all its languages, two of which are compared."""

from __future__ import annotations

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.json_text import Node, parse_json
from mlcheck.read.placeholders import marked
from mlcheck.read.segments.pair import Segments, declared
from mlcheck.read.strings.collect import main_form

__all__ = ["read_xcstrings"]

_TITLE = "an Apple string catalogue"
_DEEPEST = 5
"""Variations within variations: a plural for each kind of device."""


def read_xcstrings(text: str, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in a catalogue: its source language, and the first other. Raises `InputError` where it
    is none, or has one language."""
    root = parse_json(text, shown, _TITLE)
    source, strings = root.string("sourceLanguage"), root.get("strings")
    if not source or strings is None or strings.kind != "object":
        raise InputError(f"{shown}: no string catalogue, which has a sourceLanguage and strings")
    target, *others = _others(strings, source) or [""]
    if not target:
        raise InputError(f"{shown}: {_TITLE} in one language; nothing to hold it against")
    segments = Segments(shown, _TITLE, text, (declared(source), declared(target)))
    if others:
        segments.skip(f"{', '.join(others)}: a catalogue of more than two languages")
    fixed = 0
    for name, entry in strings.items:
        if entry.string("shouldTranslate") == "false":
            fixed += 1
            continue
        own, theirs = (_units(entry.get("localizations", code)) for code in (source, target))
        for part in own | theirs or ("",):
            key = segments.key(f"{name}.{part}" if part else name)
            unit = theirs.get(part)
            if unit is None or unit.string("state") == "new" or not unit.string("value"):
                segments.leave_out("not translated yet", key)
            elif part in own:
                segments.add(key, marked(_pieces(own[part])), marked(_pieces(unit)))
            elif not part:
                segments.add(key, marked(_name(name, entry)), marked(_pieces(unit)))
            else:
                segments.leave_out(f"without {source}", key)
    if fixed:
        segments.skip(f"{fixed} {'string' if fixed == 1 else 'strings'} not to be translated")
    return segments.finish()


def _others(strings: Node, source: str) -> list[str]:
    """The languages beside that of the source, in the order of the file."""
    every = (entry.get("localizations") for _, entry in strings.items)
    codes = dict.fromkeys(code for each in every if each is not None for code, _ in each.items)
    return [code for code in codes if code != source]


def _units(localisation: Node | None) -> dict[str, Node]:
    """The units of a string in one language, of plurals the main form: itself under "", and what is put into
    it under its name."""
    if localisation is None:
        return {}
    put_in = localisation.get("substitutions")
    named = {"": localisation, **dict(put_in.items if put_in is not None else [])}
    found = {name: _unit(node) for name, node in named.items()}
    return {name: unit for name, unit in found.items() if unit is not None}


def _unit(node: Node | None) -> Node | None:
    for _ in range(_DEEPEST):
        unit = node.get("stringUnit") if node is not None else None
        variations = node.get("variations") if node is not None else None
        if unit is not None or variations is None or not variations.items:
            return unit
        forms = variations.items[0][1]
        names = [name for name, _ in forms.items]
        node = forms.get(main_form(names) or (names[0] if names else ""))
    return None


def _pieces(unit: Node) -> list[Piece]:
    value = unit.get("value")
    return value.pieces if value is not None else []


def _name(name: str, entry: Node) -> list[Piece]:
    """A string that has no text in the language of the source is its own name."""
    at = entry.name_place
    return [Piece(name, Span(at.start + 1, at.end - 1) if at is not None else None)]
