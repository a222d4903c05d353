"""Reports for people: findings worst first, both places side by side where there is room.

The words shown are somebody else's. They are never read as markup, and nothing in them can move the cursor,
change a colour or turn a line around: every string passes through `rich_text`. rich is imported where it is
used, so that a run which writes JSON does without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from mlcheck.data import Document, Finding, Link, Report, Side, Skip
from mlcheck.report import Totals, agreement, worst_first
from mlcheck.reporters.console import (
    GUTTER,
    INDENT,
    console_for,
    indented,
    labelled,
    rich_text,
    two_columns,
    unbroken,
)
from mlcheck.reporters.excerpts import Excerpt, cells, excerpt_of, head, shown_sides
from mlcheck.reporters.matrix import HAS, blocks, rows
from mlcheck.reporters.phrases import (
    card_line,
    counts,
    folded,
    model_name,
    numbers,
    runs_right_to_left,
    total_lines,
)
from mlcheck.reporters.places import where
from mlcheck.wording import count

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["TextParts", "to_text"]

_NARROWEST = 40  # below this, wrapping makes more lines than sense
_TWO_COLUMNS = 100  # narrower, a column would hold five or six words a line
_EVIDENCE_CELLS = 60
_EVIDENCE_ITEMS = 6

_SEVERITY_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_VERDICT_STYLES: Final = {"consistent": "green", "inconsistent": "bold", "unrelated": "bold red"}
_ACCEPTED: Final = {
    "baseline": "in the baseline",
    "comment": "in the text",
    "sidecar": "beside the text",
}


def to_text(reports: Sequence[Report], *, width: int, colour: bool, verbose: bool = False) -> str:
    """The reports as lines of text, with a total at the end unless there is exactly one.

    `width` is in terminal cells. From 100 on, the two places of a finding stand side by side, else one
    below the other, and so do scripts that run from right to left. A `path:line:column` is never broken,
    because terminals make a link of it; a very long path may therefore exceed `width`. Without `colour`
    there are no escape codes, and `[[ ]]` marks a place within its paragraph. `verbose` adds the text that
    was not compared, the links, the rules skipped in clean pairs, and findings that are accepted, with
    the reason.
    The environment has no say, save for `UNICODE_VERSION`, which tells rich how wide characters are.
    """
    parts = TextParts(width=width, colour=colour, verbose=verbose)
    return "".join([*map(parts.part, reports), parts.total()])


class TextParts:
    """The same in parts: each report as it comes, then the total."""

    def __init__(self, *, width: int, colour: bool, verbose: bool = False) -> None:
        self._width, self._colour, self._verbose = width, colour, verbose
        self._totals = Totals()
        self._previous_quiet = True

    def part(self, report: Report) -> str:
        """The next report, with a blank line before it unless it and the last are a line each."""
        quiet = _is_quiet(report, self._verbose)
        apart = bool(self._totals.pairs) and not (quiet and self._previous_quiet)
        self._previous_quiet = quiet
        self._totals.add(report)
        pieces = partial(_report, report, self._verbose)
        return "\n" * apart + _written(pieces, self._width, self._colour)

    def total(self) -> str:
        """What they come to; nothing for exactly one."""
        if self._totals.pairs == 1:
            return ""
        first = "\n" * bool(self._totals.pairs)
        return first + _written(lambda _: _total(self._totals, self._verbose), self._width, self._colour)


def _written(pieces: Callable[[Console], Iterable[RenderableType]], width: int, colour: bool) -> str:
    written = StringIO()
    console = console_for(written, max(width, _NARROWEST), colour)
    for piece in pieces(console):
        console.print(piece, crop=False)
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().split("\n")[:-1])


def _report(report: Report, verbose: bool, console: Console) -> Iterator[RenderableType]:
    return _quiet(report) if _is_quiet(report, verbose) else _pair(report, console, verbose)


# One pair


def _is_quiet(report: Report, verbose: bool) -> bool:
    return report.verdict == "consistent" and not verbose and not _listed(report, verbose)


def _listed(report: Report, verbose: bool) -> list[Finding]:
    return [finding for finding in worst_first(report.findings) if verbose or not finding.baselined]


def _quiet(report: Report) -> Iterator[RenderableType]:
    skips = _skips(report, verbose=False)
    skipped = f", {count(len(skips), 'rule')} skipped" if skips else ""
    yield rich_text(("consistent", "green"), ": ", *_names(report), f" — {_agreement(report)}{skipped}")
    yield from _notes(report)


def _skips(report: Report, verbose: bool) -> list[Skip]:
    return [skip for skip in report.skipped if verbose or not skip.off]


def _pair(report: Report, console: Console, verbose: bool) -> Iterator[RenderableType]:
    yield rich_text(*_names(report))
    if report.error or not report.source or not report.target:
        yield from _unchecked(report)
        return
    signature = _signature(report)
    if signature:
        yield rich_text((signature, "dim"))
    yield ""
    if report.versions:
        yield from _matrix(report, console, verbose)
    for finding in _listed(report, verbose):
        yield from _finding(finding, shown_sides(report, finding), console)
        yield ""
    yield from _changes(report, verbose)
    yield from _notes(report)
    skips = _skips(report, verbose)
    yield from (labelled("skipped", f"{skip.rule}: {skip.reason}") for skip in skips)
    if verbose:
        yield from _left_out(report.documents)
        if report.links:
            yield from _links(report.links, report.source.language, report.target.language)
    if verbose or report.notes or skips:
        yield ""
    yield _summary(report)
    if verbose and report.scorecard:
        yield rich_text((card_line(report.scorecard), "dim"))


def _unchecked(report: Report) -> Iterator[RenderableType]:
    yield ""
    yield rich_text((f"{'error':<{INDENT}}", "bold red"), ("not checked", "bold"))
    if report.error:
        yield indented(rich_text(report.error.message))


def _names(report: Report) -> list[str | tuple[str, str]]:
    """What the versions are called: their paths, or the id if they could not be read."""
    names: list[str | tuple[str, str]] = []
    for document in report.documents:
        names += [" ↔ "] if names else []
        names += [(document.path, "bold"), (f" ({document.language})", "dim")]
    return names or [(report.id, "bold")]


def _signature(report: Report) -> str:
    parts = [name for model in (report.encoder, report.judge) if (name := model_name(model))]
    if report.id != " ".join(document.path for document in report.documents):  # said above already
        parts.insert(0, report.id)
    return " · ".join(parts)


def _notes(report: Report) -> Iterator[RenderableType]:
    return (labelled("note", note.message, style="") for note in report.notes)


# Several versions


def _matrix(report: Report, console: Console, verbose: bool) -> Iterator[RenderableType]:
    """What each version has of every passage; as wide as there is room, and in as many blocks as it takes."""
    codes = [document.language for document in report.versions]
    passages = rows(report, every=verbose)
    for versions, wide in blocks(codes, console.width - INDENT):
        yield rich_text(
            (f"{'passage':<{INDENT}}", "dim"), (_spread([codes[v] for v in versions], wide), "bold")
        )
        room = console.width - INDENT - wide * len(versions)
        for number, marks, text in passages:
            shown = _spread([marks[v] for v in versions], wide)
            agrees = set(marks) == {HAS}
            start = head(text, room) if room >= _NARROWEST // 2 else ""
            yield rich_text(f"{number:<{INDENT}}", (shown, "green" if agrees else "bold red"), (start, "dim"))
        yield ""


def _spread(words: Sequence[str], wide: int) -> str:
    return "".join(f"{word:<{wide}}" for word in words)


def _changes(report: Report, verbose: bool) -> Iterator[RenderableType]:
    """What changed in the source, and what became of it: all of it in a verbose report, else what had to be
    followed and is no finding already."""
    label = "changes"
    for change in report.changes or ():
        told = change.status == "stale" or change.kind in ("wording", "moved")
        if verbose or not told:
            place = change.new or change.old
            words = head(folded(place.text), _EVIDENCE_CELLS) if place else ""
            status = "" if change.kind in ("wording", "moved") else change.status
            yield labelled(label, f"{change.kind:<8} {status:<9} {words}", style="")
            label = ""


# One finding


def _finding(finding: Finding, sides: tuple[Side, ...], console: Console) -> Iterator[RenderableType]:
    severity = f"{finding.severity:<{INDENT}}"
    suppressed = finding.suppressed
    accepted = f"  {suppressed.decision} {_ACCEPTED[suppressed.by]}" if suppressed else ""
    yield rich_text((severity, _SEVERITY_STYLES[finding.severity]), (finding.rule, "bold"), (accepted, "dim"))
    yield indented(rich_text(finding.message))
    yield from _places(sides, console)
    yield indented(rich_text((_reason(finding), "dim")))
    if suppressed:
        yield indented(rich_text((f"{suppressed.decision}: {suppressed.reason} — {suppressed.where}", "dim")))


def _places(sides: tuple[Side, ...], console: Console) -> Iterator[RenderableType]:
    excerpts = [excerpt_of(side) for side in sides]
    labels = [_label(side, max(len(s.document.language) for s in sides)) for side in sides]
    words = [_marked(excerpt, colour=console.is_terminal) for excerpt in excerpts]
    column = (console.width - INDENT - GUTTER) // 2
    # Next to each other, a run from right to left and its neighbour would be reordered across the gutter by
    # terminals that know about direction: the columns would change places, line by line.
    fits = (
        len(sides) == 2
        and console.width >= _TWO_COLUMNS
        and all(cells(label.plain) <= column for label in labels)
    )
    if fits and not any(runs_right_to_left("".join(excerpt)) for excerpt in excerpts):
        yield indented(two_columns(column, labels, words))
        return
    for label, text in zip(labels, words, strict=True):
        yield unbroken(rich_text(" " * INDENT).append_text(label))
        if text:
            yield indented(text, INDENT + 4)


def _label(side: Side, language_width: int) -> Text:
    document, place = side
    language = f"{document.language:<{language_width}}  "
    if place is None:
        return rich_text((language, "bold"), ("—", "dim"))
    numbered = bool(place.paragraphs) and place.segment is None
    paragraphs = f"¶{numbers(place.paragraphs)}  " * numbered
    return rich_text((language, "bold"), paragraphs, (where(document.path, place), "dim"))


def _marked(excerpt: Excerpt, *, colour: bool) -> Text:
    before, place, after = excerpt
    if not (before or after):
        return rich_text(place)
    if colour:
        return rich_text((before, "dim"), (place, "bold"), (after, "dim"))
    return rich_text(before, f"[[{place}]]", after)


def _reason(finding: Finding) -> str:
    figures = {"confidence": finding.confidence, **finding.evidence}
    return " · ".join(f"{_in_words(key, value)}" for key, value in figures.items() if value is not None)


def _in_words(key: str, value: Any) -> str:
    return f"{key.replace('_', ' ')} {head(folded(_figure(value)), _EVIDENCE_CELLS)}"


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, Mapping):
        return _figure([f"{key} {_figure(item)}" for key, item in value.items()])
    if isinstance(value, list | tuple):
        more = [f"{len(value) - _EVIDENCE_ITEMS} more"] if len(value) > _EVIDENCE_ITEMS else []
        return ", ".join([*map(_figure, value[:_EVIDENCE_ITEMS]), *more]) or "none"
    return str(value)


# What only the verbose form shows


def _left_out(documents: Iterable[Document]) -> Iterator[RenderableType]:
    label = "left out"
    for document in documents:
        for paragraph in document.paragraphs:
            if not paragraph.compared:
                place = f"{document.path}:{paragraph.line}  {paragraph.role}"
                yield labelled(label, f"{document.language}  {place}  {head(paragraph.text, 60)}")
                label = ""


def _links(links: Sequence[Link], source: str, target: str) -> Iterator[RenderableType]:
    rows = [(source, target, "similarity", "divergence", "")]
    rows += [
        (
            numbers(link.source),
            numbers(link.target),
            _probability(link.similarity),
            _probability(link.divergence),
            "moved" if link.moved else "",
        )
        for link in links
    ]
    wide = [max(len(row[side]) for row in rows) + 2 for side in (0, 1)]
    for number, (left, right, similarity, divergence, moved) in enumerate(rows):
        figures = f"{similarity:>10}  {divergence:>10}  {moved}"
        yield labelled("" if number else "links", f"{left:<{wide[0]}}{right:<{wide[1]}}{figures}")


def _probability(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


# Sums


def _summary(report: Report) -> Text:
    verdict = report.verdict
    found = counts(report.findings) or "no findings"
    agreement = "not versions of one item" if verdict == "unrelated" else _agreement(report)
    # Where a version is missing, there is nothing that could agree.
    alone = not (report.links or report.versions)
    return rich_text((verdict, _VERDICT_STYLES[verdict]), f": {found}" + f" — {agreement}" * (not alone))


def _agreement(report: Report) -> str:
    agreeing, total = agreement(report)
    of = "" if agreeing == total else f"{agreeing} of "
    what = "passage" if report.versions else "paragraph"
    return f"{of}{count(total, what)} {'agrees' if total == 1 else 'agree'}"


def _total(totals: Totals, verbose: bool) -> Iterator[RenderableType]:
    first, *rest = total_lines(totals, all=verbose)
    number, colon, end = first.partition(":")
    yield rich_text((number, "bold"), colon + end) if colon else rich_text(first)
    for line in rest:
        yield rich_text((line, "dim"))
