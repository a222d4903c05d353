"""What it finds
    A link, a piece of code, a placeholder, an image, a heading, a list, a table or a footnote that one
    version has and the other lacks, or has changed: by passage, as far as the formats show them. In
    strings and segments a placeholder or code is an error, elsewhere a warning, as is a link; of lists,
    of images and tables that changed, of names in code that are to be filled in (`/doc/PACKAGE/copyright`),
    of a file of the same name on another host, and of addresses written out in the text it is information.
    The keys `markup` and `localised` of the configuration say which kinds are compared, and where an address
    may name its version's language.

Why it matters
    A link that leads elsewhere misleads the reader, and a lost placeholder breaks the program.

Example
    Source: "See [the report](https://example.org/report-2024)."
    Target: "Смотрите [доклад](https://example.org/report-2023)."

Known to be wrong when
    a version links a page of its own country, which no pattern of `localised` can know; or when
    comments and output in a block of code were translated in a way that looks like code.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.place import sentences_at
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, FormDifference, form_differences
from mlcheck.data import Alignment, Document, Mark, MarkKind, Severity, Span
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_CONFIDENCE: Final[dict[Severity, float]] = {"error": 0.95, "warning": 0.95, "info": 0.4}
"""Form is seen and not guessed: of 34 warnings on real documents and pages all were so, half of them meant
(`benchmarks/real.py`). The others are set by hand."""
_LONGEST = 80
"""Characters of an address or a piece of code in a message."""
_NOUNS: Final[dict[MarkKind, str]] = {
    "link": "link to",
    "code": "code",
    "placeholder": "placeholder",
    "image": "image",
    "heading": "heading",
    "list": "list item",
    "table": "table",
    "footnote": "footnote",
}
_PLURALS: Final[dict[MarkKind, str]] = {"link": "links", "code": "pieces of code"}
_BREAKING: frozenset[MarkKind] = frozenset({"code", "placeholder"})
"""What a program reads: in strings and segments, an error."""
_FREE: frozenset[MarkKind] = frozenset({"image", "table"})
"""What is often another in another language, and has to be there."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each difference in form; of very many in a passage, one."""
    alignment = evidence.alignment
    found = form_differences(alignment, settings.markup, settings.localised)
    for _, group in groupby(found, key=lambda each: (each.kind, each.sort == "listing", each.passage)):
        inside = list(group)
        if len(inside) <= settings.many_facts:
            yield from (_draft(alignment, each) for each in inside)
        else:
            yield _draft(alignment, inside[0], further=len(inside) - 1)


def _draft(alignment: Alignment, found: FormDifference, further: int = 0) -> Draft:
    keyed = all(document.keyed for document in alignment.documents)
    severity = _severity(found, keyed=keyed)
    more = f"; so are {further} more" if further else ""
    spans = [_span(alignment.documents[side], found, side) for side in (0, 1)]
    sentences = [
        sentences_at(document, mark.span) if mark else ()
        for document, mark in zip(alignment.documents, found.marks, strict=True)
    ]
    evidence = {
        side: mark.value for side, mark in zip(("source", "target"), found.marks, strict=True) if mark
    }
    return Draft(
        message=_message(alignment, found) + more,
        severity=severity,
        confidence=_CONFIDENCE[severity],
        source=sentences[0],
        target=sentences[1],
        source_at=spans[0],
        target_at=spans[1],
        evidence={"kind": found.kind, "sort": found.sort, **evidence},
    )


def _severity(found: FormDifference, *, keyed: bool) -> Severity:
    if found.sort in ("plain", "written", "renamed") or found.kind == "list":
        return "info"
    if found.sort == "changed" and found.kind in _FREE:
        return "info"
    return "error" if keyed and found.kind in _BREAKING else "warning"


def _span(document: Document, found: FormDifference, side: int) -> Span | None:
    """Where it stands on a side: on the mark; on the passage where there is none, or it has no words."""
    mark = found.marks[side]
    if mark is not None and mark.span.start < mark.span.end:
        return mark.span
    own = found.passage[side]
    return (
        Span(document.paragraphs[own[0]].span.start, document.paragraphs[own[-1]].span.end) if own else None
    )


# Words


def _message(alignment: Alignment, found: FormDifference) -> str:
    side = 0 if found.source is not None else 1
    other = version(alignment, 1 - side)
    where = numbered(_paragraphs(alignment.documents[side], found, side))
    if side == 1:
        where = f"{where} of {version(alignment, 1)}"
    mark = found.source or found.target
    assert mark is not None
    return f"{where}: {_said(found, mark, other)}"


def _said(found: FormDifference, mark: Mark, other: str) -> str:
    both = found.source is not None and found.target is not None
    if found.sort == "listing":
        return f"the block of code differs in {other}" if both else f"the block of code is not in {other}"
    if found.count > 1:
        plural = _PLURALS.get(found.kind, f"{_NOUNS[found.kind]}s")
        ending = f"is marked as such in {other}" if found.sort == "plain" else f"is in {other}"
        return f"none of {found.count} {plural} {ending}"
    if found.kind == "heading":
        return _heading(found, other)
    if found.kind == "list":
        return f"the list item is none in {other}"
    if found.sort == "written":
        return f"the address {_quoted(mark.value)} is {_instead(found)} in {other}"
    what = f"the {_NOUNS[found.kind]} {_quoted(mark.value)}" if mark.value else f"a {_NOUNS[found.kind]}"
    if found.sort == "plain":
        return f"{what} is not marked as code in {other}"
    if both and found.kind == "link":
        return f"{what} leads to {_instead(found)} in {other}"
    return f"{what} is {_instead(found)} in {other}"


def _heading(found: FormDifference, other: str) -> str:
    if found.source is None or found.target is None:
        return f"the heading is none in {other}"
    return f"the heading is of level {found.source.value}, and of level {found.target.value} in {other}"


def _instead(found: FormDifference) -> str:
    if found.source is None or found.target is None:
        return "not"
    return _quoted(found.target.value) if found.target.value else "another"


def _quoted(value: str) -> str:
    text = " ".join(value.split())
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def _paragraphs(document: Document, found: FormDifference, side: int) -> list[int]:
    """The paragraph of the passage that the mark stands in, or all of them."""
    mark, own = found.marks[side], found.passage[side]
    inside = [p for p in own if mark is not None and _holds(document.paragraphs[p].span, mark.span)]
    return inside[:1] or list(own)


def _holds(paragraph: Span, mark: Span) -> bool:
    return paragraph.start <= mark.start <= paragraph.end


RULE = Rule(
    name="markup-mismatch",
    summary="A link, a placeholder, code or other markup is missing from or different in the other version",
    mqm="design/markup",
    page=__doc__ or "",
    check=check,
)
