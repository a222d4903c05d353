"""Glossaries: what a desk calls things, and where those names stand in a text.

>>> from mlcheck.data import Glossary, Term
>>> term = Term(wanted={"en": ("Karabakh",), "ru": ("Карабах",)}, forbidden={"ru": ("Нагорный Карабах",)})
>>> [(hit.sort, hit.name) for hit in find(Glossary(terms=(term,)), "Речь шла о Нагорном Карабахе.", "ru")]
[('forbidden', 'Нагорный Карабах')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mlcheck.data import Glossary, Term
from mlcheck.errors import UsageError
from mlcheck.files import read_bytes
from mlcheck.terms.from_csv import csv_terms, sheet_terms
from mlcheck.terms.from_tbx import tbx_terms
from mlcheck.terms.match import Hit, Passage, covers, find, gather, has, names, split
from mlcheck.text import has_endings

__all__ = ["Hit", "Passage", "covers", "find", "gather", "has", "has_endings", "load_terms", "names"]

_MOST_BYTES = 50_000_000
_ZIP = b"PK\x03\x04"
_MOST_WORDS = 40
_MOST_ALIKE = 100
"""Terms of one name. More than that is a column of something else, and each is looked for wherever the
name stands."""


def load_terms(paths: Iterable[str | Path]) -> Glossary:
    """The terms of one or more files, in their order: TBX where a file begins as XML, a spreadsheet
    (.xlsx), else CSV.

    Raises `UsageError` for a file that cannot be read, and for one that is not as
    `docs/terms.md` says, each with the line where there is one.
    """
    terms = tuple(term for path in paths for term in _read(str(path)))
    _refuse_twins(terms)
    _refuse_crowds(terms)
    return Glossary(terms=terms)


def _read(path: str) -> list[Term]:
    data = read_bytes(Path(path), "glossary", most=_MOST_BYTES)
    # In UTF-16, which XML may be in, every other byte is zero.
    xml = data[:200].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    if data.startswith(_ZIP):
        terms = sheet_terms(path, data)
    else:
        terms = tbx_terms(path, data) if xml.startswith(b"<") else csv_terms(path, data)
    if not terms:
        raise UsageError(f"{path}: has no terms; nothing to check with it")
    return terms


def _refuse_twins(terms: Iterable[Term]) -> None:
    seen: dict[str, str] = {}
    for term in terms:
        if term.id and term.id in seen:
            raise UsageError(f"{term.where}: {term.id!r} is also the id of {seen[term.id]}; give another")
        seen[term.id] = term.where


def _refuse_crowds(terms: Iterable[Term]) -> None:
    """Refuse names that would take long to look for, and are none."""
    seen: Counter[tuple[str, str]] = Counter()
    for term in terms:
        for code, name in _coded(term):
            if len(split(name, code)) > _MOST_WORDS:
                raise UsageError(
                    f"{term.where}: {name[:30]!r}… has more than {_MOST_WORDS} words; is it a name?"
                )
            seen[code, name.lower()] += 1
            if seen[code, name.lower()] > _MOST_ALIKE:
                raise UsageError(
                    f"{term.where}: {name!r} is a name of more than {_MOST_ALIKE} terms in {code}"
                )


def _coded(term: Term) -> Iterator[tuple[str, str]]:
    for sort in (term.wanted, term.forbidden):
        for code, own in sorted(sort.items()):
            yield from ((code, name) for name in own)
