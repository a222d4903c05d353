"""Glossaries as TBX (ISO 30042): version 3 in either style (DCA, DCT), and version 2 (`martif`).

Read are entries, languages, terms, their administrative status, and notes; all else is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mlcheck.data import Term
from mlcheck.errors import UsageError
from mlcheck.languages import is_known
from mlcheck.terms.tidy import clean_name

__all__ = ["tbx_terms"]

_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_STATUS = ("administrativeStatus", "normativeAuthorization")
_FORBIDDEN = ("deprecated", "superseded", "notrecommended", "obsolete")
_PREFERRED = ("preferred", "standardized")
_DEEPEST = 100
"""Elements inside each other. TBX needs a dozen; Python's recursion, which frees them, has an end."""


def tbx_terms(path: str, data: bytes) -> list[Term]:
    """The terms of a TBX file: an entry is a term, and names that are deprecated or superseded are
    forbidden. Raises `UsageError` for what is not TBX, and for XML that declares entities."""
    root = _parse(path, data)
    if root.tag not in ("tbx", "martif"):
        raise UsageError(f"{path}: XML, but no TBX: its root is <{root.tag[:40]}>, not <tbx> or <martif>")
    return [_term(path, entry) for entry in root.iter() if entry.tag in _ENTRIES]


class _Refused(Exception):
    """What XML can do and a glossary has no need of."""


def _parse(path: str, data: bytes) -> Element:
    """The root of an XML file, its tags without namespaces, each with its line as `line`.

    A document type is let be, as many TBX files name theirs: it is not fetched. Entities are not: a
    kilobyte of them can stand for a gigabyte.
    """
    parser, builder = expat.ParserCreate(namespace_separator=" "), TreeBuilder()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _Refused("its elements are nested too deeply")
        own = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        builder.start(_local(tag), own | {"line": str(parser.CurrentLineNumber)})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    def entity(*_: object) -> None:
        raise _Refused("it declares entities; take out its <!ENTITY …>")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise UsageError(f"{path}:{error.lineno}: not well-formed XML ({reason}); export it again") from None
    except _Refused as refused:
        raise UsageError(f"{path}:{parser.CurrentLineNumber}: refused: {refused}") from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise UsageError(f"{path}: cannot decode it ({error}); save it as UTF-8") from None
    root = builder.close()
    assert isinstance(root, Element)
    return root


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _term(path: str, entry: Element) -> Term:
    where = f"{path}:{entry.get('line')}"
    wanted: dict[str, list[str]] = {}
    preferred: dict[str, list[str]] = {}
    forbidden: dict[str, list[str]] = {}
    for section in (e for e in entry.iter() if e.tag in _LANGUAGES):
        here = f"{path}:{section.get('line')}"
        code = section.get("lang", "")
        if not is_known(code):
            raise UsageError(f"{here}: xml:lang is {code[:40]!r}; give a language code such as en or ru")
        for name, status in _named(path, section):
            kind = (
                forbidden
                if status.startswith(_FORBIDDEN)
                else preferred
                if status.startswith(_PREFERRED)
                else wanted
            )
            kind.setdefault(code, []).append(name)
    if not (wanted or preferred or forbidden):
        raise UsageError(f"{where}: an entry without a term; take it out")
    both = {
        code: tuple(dict.fromkeys([*preferred.get(code, ()), *wanted.get(code, ())]))
        for code in sorted({*preferred, *wanted})
    }
    for code, names in forbidden.items():
        for name in names:
            if name in both.get(code, ()):
                raise UsageError(
                    f"{where}: {name!r} is wanted in {code} and deprecated; take out one of them"
                )
    return Term(
        wanted=both,
        forbidden={code: tuple(dict.fromkeys(names)) for code, names in forbidden.items()},
        id=entry.get("id", ""),
        note=next((_text(note) for note in entry.iter("note")), ""),
        where=where,
    )


def _named(path: str, section: Element) -> Iterator[tuple[str, str]]:
    """The terms of a language with their status, in small letters, or nothing."""
    for part in (e for e in section.iter() if e.tag in _TERMS):
        term = next(part.iter("term"), None)
        name = clean_name(f"{path}:{part.get('line')}", _text(term)) if term is not None else ""
        if not name:
            raise UsageError(f"{path}:{part.get('line')}: a term without a name; write it, or take it out")
        yield name, _status(part)


def _status(part: Element) -> str:
    for element in part.iter():
        # DCT has an element of that name, DCA a `termNote` whose type it is.
        kind = element.get("type") if element.tag == "termNote" else element.tag
        if kind in _STATUS:
            return _text(element).lower()
    return ""


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
