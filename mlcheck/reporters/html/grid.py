"""Several versions side by side: a row for each passage, a column for each version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from mlcheck.data import Document, Finding, Location, Report
from mlcheck.languages import direction, name
from mlcheck.reporters.html.numbers import Numbers
from mlcheck.reporters.html.pieces import Run, runs

__all__ = ["Cell", "Grid", "GridRow", "Head", "Text", "grid_of", "row_of"]

Mark = Literal["has", "differs", "lacks"]
_SIGNS: Final[Mapping[Mark, str]] = {"has": "✓", "differs": "≠", "lacks": "–"}
_SAYS: Final[Mapping[Mark, str]] = {
    "has": "agrees", "differs": "says something else", "lacks": "no counterpart"
}  # fmt: skip


class Head(NamedTuple):
    """A version: its language and path."""

    language: str
    language_name: str
    path: str
    direction: str


class Text(NamedTuple):
    """A paragraph, and the findings that begin with it or lie in it, by number; `opens` is for what stands on
    all of it."""

    number: int | None
    runs: tuple[Run, ...]
    opens: tuple[int, ...]


class Cell(NamedTuple):
    """What a version has of a passage."""

    mark: Mark
    texts: tuple[Text, ...]

    @property
    def sign(self) -> str:
        """The mark as a sign."""
        return _SIGNS[self.mark]

    @property
    def says(self) -> str:
        """The mark in words."""
        return _SAYS[self.mark]


class GridRow(NamedTuple):
    """A passage, and the findings that stand on it, by number; `quiet` where there is nothing to tell."""

    number: int
    cells: tuple[Cell, ...]
    findings: tuple[int, ...]
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All passages, and the findings that stand on none of them, by number."""

    heads: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    left: tuple[int, ...]

    @property
    def languages(self) -> str:
        """The languages in order."""
        return ", ".join(head.language for head in self.heads)


def grid_of(report: Report, findings: Sequence[Finding], numbers: Numbers) -> Grid:
    """The grid of a report of several versions; `findings` are its own as they are numbered, from 1."""
    on: defaultdict[int, list[int]] = defaultdict(list)
    passage_of = {
        (version, paragraph): number
        for number, passage in enumerate(report.passages)
        for version, paragraphs in enumerate(passage.paragraphs)
        for paragraph in paragraphs
    }
    for number, finding in enumerate(findings, start=1):
        places = [(v, p) for v, place in enumerate(finding.places) if place for p in place.paragraphs]
        # One row tells it: the first that it stands on. Where it stands, the text itself has its number.
        here = {passage_of[place] for place in places if place in passage_of}
        on[min(here, default=-1)].append(number)
    rows = []
    for number, passage in enumerate(report.passages):
        cells = []
        for version, paragraphs in enumerate(passage.paragraphs):
            mark: Mark = "differs" if version in passage.differs else "has"
            mark = "lacks" if version in passage.missing else mark
            document = report.versions[version]
            texts = tuple(_text(document, version, paragraph, findings, numbers) for paragraph in paragraphs)
            cells.append(Cell(mark, texts))
        quiet = not on[number] and not passage.missing and not passage.differs
        rows.append(GridRow(number + 1, tuple(cells), tuple(on[number]), quiet))
    heads = (Head(d.language, name(d.language), d.path, direction(d.language)) for d in report.versions)
    return Grid(heads=tuple(heads), rows=tuple(rows), left=tuple(on[-1]))


def _text(
    document: Document, version: int, index: int, findings: Sequence[Finding], numbers: Numbers
) -> Text:
    paragraph = document.paragraphs[index]
    inside, opens = [], []
    for number, finding in enumerate(findings, start=1):
        place = finding.places[version]
        if place is None or index not in place.paragraphs or not _stands_on(finding, version):
            continue
        first, last = paragraph.span
        if place.span.start <= first and last <= place.span.end:
            opens.append(number)
        else:
            inside.append((place.span, number))
    return Text(numbers.of(version, index), runs(paragraph, inside, (), ()), tuple(opens))


def _stands_on(finding: Finding, version: int) -> bool:
    """Is its place in a version one that a reader has to see: of the odd one, or of what another lacks?"""
    place = finding.places[version]
    return place is not None and (version in finding.versions or _short(finding, place))


def _short(finding: Finding, place: Location) -> bool:
    """Is a place no longer than those that it is held against? One that only shows where the counterpart of a
    figure stands is a whole paragraph."""
    others = [len(finding.places[v].text) for v in finding.versions if finding.places[v]]  # type: ignore[union-attr]
    return not others or len(place.text) <= 2 * max(others)


def row_of(report: Report, finding: Finding) -> int:
    """The first passage that a finding of several versions stands on."""
    for number, passage in enumerate(report.passages):
        for own, place in zip(passage.paragraphs, finding.places, strict=True):
            if place and set(own) & set(place.paragraphs):
                return number
    return len(report.passages)
