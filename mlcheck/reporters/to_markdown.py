"""Reports as a comment under a pull request, in the Markdown of GitHub, which GitLab and Gitea read too.
`docs/formats/markdown.md` is its manual.

Two things read what is written here: the Markdown parser, and what a forge does to the text of the page
afterwards, where it makes links of addresses, `@names`, `#numbers` and hashes. Against the first, characters
that mean something are written as numbers (`&#42;`), which no parser takes for structure. Against the second,
a word joiner, which has no width, stands inside what would become a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from mlcheck.data import Finding, Location, Report, Side
from mlcheck.report import SEVERITIES, FailOn, exit_status, fails, total, worst_first
from mlcheck.reporters.excerpts import excerpt_of, shown_sides
from mlcheck.reporters.matrix import rows
from mlcheck.reporters.phrases import (
    card_line,
    counts,
    how_many,
    name_of,
    runs_right_to_left,
    shortened,
    verdicts,
)
from mlcheck.reporters.places import where
from mlcheck.text import safe_line
from mlcheck.wording import count

__all__ = ["MARKER", "escaped", "to_markdown"]

MARKER: Final = "<!-- mlcheck report -->"
"""The first line, which no page shows: a bot knows its comment by it."""

_MOST: Final = 65_000
"""GitHub refuses a comment of more than 65,536 characters. It does not say of which kind: these are UTF-16
code units, of which there are never fewer than code points."""
_CLOSING: Final = 300  # for the lines that say what was left out
_MESSAGE: Final = 500
_NAME: Final = 200
_ROW: Final = 60

_SPECIAL: Final = re.compile(r"[&<>\\`*_\[\]|~]")
# What a forge makes a link or a picture of in finished text. The word joiner goes behind the match, and into
# the hash of a commit, which has seven digits or more: numbers are such hashes too.
_LIVE: Final = re.compile(
    r"""
    [@#!~%&^:](?=[\w/"'+-])                  # @name, #1, !1, ~label, %milestone, &epic, https://, :smile:
    | \[(?=\[)                               # [[page]]
    | www(?=\.)
    | GH(?=-\d)
    | (?<![a-z0-9])(?P<hash>[0-9a-f]{7,})(?![a-z0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)


class _Page:
    """Text that grows until its room is used up."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.text = ""

    def add(self, text: str, keep: int = 0) -> bool:
        """Add the text, if then `keep` is still free. Returns whether it was added."""
        size = _size(text)
        if size + keep > self.room:
            return False
        self.room -= size
        self.text += text
        return True


def to_markdown(reports: Sequence[Report], *, fail_on: FailOn = "error", most: int = _MOST) -> str:
    """All reports as one comment, worst pairs first; it says `failed` where the command fails.

    It has at most `most` UTF-16 code units, of which a thousand are needed for the lines at the top. What
    does not fit is counted in its last lines. Nothing in the texts is read as Markdown or HTML, or calls
    anybody.
    """
    pairs = sorted(reports, key=lambda report: _rank(report, fail_on))
    page = _Page(most - _CLOSING)
    page.add(f"{MARKER}\n{_heading(reports, fail_on)}\n")
    rows = _add_table(page, pairs)
    findings = _add_details(page, pairs)
    left_out = [f"{count(rows, 'row')} of the table"] if rows else []
    left_out += [f"{count(findings, 'item')} of the folded parts"] if findings else []
    if left_out:
        what = " and ".join(left_out)
        page.text += f"\nLeft out, for want of room in a comment: {what}. The other formats have all.\n"
    return page.text


def _rank(report: Report, fail_on: FailOn) -> tuple[int, ...]:
    number = _numbers(report)
    return (-exit_status([report], fail_on), *(-number[severity] for severity in SEVERITIES))


def _numbers(report: Report) -> Counter[str]:
    return Counter("accepted" if f.baselined else f.severity for f in report.findings)


# The top


def _heading(reports: Sequence[Report], fail_on: FailOn) -> str:
    if not reports:
        return "### mlcheck: nothing was checked"
    word = ("passed", "failed", "could not check everything")[exit_status(reports, fail_on)]
    findings = [finding for report in reports for finding in report.findings]
    found = counts(findings) or "no findings"
    lines = [
        f"### mlcheck: {word}",
        "",
        _what_fails(reports, fail_on),
        "",
        f"{how_many(reports)}: {verdicts(reports)}; {found}.",
    ]
    card = total([report.scorecard for report in reports if report.scorecard])
    if card:
        lines += ["", f"{card_line(card).capitalize()}."]
    return "\n".join(lines)


def _what_fails(reports: Sequence[Report], fail_on: FailOn) -> str:
    failing = counts(f for report in reports for f in report.findings if fails(f, fail_on))
    pairs = [exit_status([report], fail_on) for report in reports]
    parts = []
    if pairs.count(1):
        parts.append(f"**{failing or 'The verdict'}** in {pairs.count(1)} of {how_many(reports)}")
    if pairs.count(2):
        parts.append(f"**{count(pairs.count(2), 'pair')}** not checked")
    return f"{'; '.join(parts) or 'Nothing fails'} (`--fail-on {fail_on}`)."


def _add_table(page: _Page, pairs: Sequence[Report]) -> int:
    """Add as many rows as fit into half of the room. Returns the number of the others."""
    if not pairs:
        return 0
    keep = page.room // 2
    page.add("\n| pair | verdict | errors | warnings | infos | accepted |\n|---|---|--:|--:|--:|--:|\n")
    for shown, report in enumerate(pairs):
        if not page.add(_row(report), keep):
            return len(pairs) - shown
    return 0


def _row(report: Report) -> str:
    number = _numbers(report)
    name = escaped(shortened(name_of(report), _NAME))
    if report.error:
        return f"| {name} | not checked | | | | |\n"
    cells = " | ".join(str(number[kind] or "") for kind in ("error", "warning", "info", "accepted"))
    return f"| {name} | {report.verdict} | {cells} |\n"


# The details


def _add_details(page: _Page, pairs: Sequence[Report]) -> int:
    """Add the folded parts, as far as there is room. Returns how many of `_items` are left out; after the
    first, none is tried, so that what is there is the worst."""
    left = 0
    for report in pairs:
        shown = 0 if left else _add_pair(page, report)
        left += _items(report) - shown
    return left


def _items(report: Report) -> int:
    """The findings that nobody has accepted, and the reason why a pair could not be checked."""
    return sum(not finding.baselined for finding in report.findings) + (report.error is not None)


def _add_pair(page: _Page, report: Report) -> int:
    """Add the folded part of a pair, as far as there is room. Returns how many of `_items` are in it."""
    closing = "\n</details>\n"
    title = f"{escaped(shortened(name_of(report), _NAME))}: {_title(report)}"
    opening = f"\n<details>\n<summary>{title}</summary>\n"
    pieces = _pieces(report)  # made one by one: of thousands, some dozens fit
    first = next(pieces, None)
    if first is None or not page.add(opening, _size(first) + _size(closing)):
        return 0
    shown = 0
    for piece in chain([first], pieces):
        if not page.add(piece, _size(closing)):
            break
        shown += 1
    page.add(closing)
    return min(shown, _items(report))


def _title(report: Report) -> str:
    return "not checked" if report.error else counts(report.findings)


def _pieces(report: Report) -> Iterator[str]:
    """The findings, each with what comes before it; last, if there is any, what else there is to say."""
    if report.error:
        yield f"\n{_safely(report.error.message)}\n"
        return
    shown = [finding for finding in worst_first(report.findings) if not finding.baselined]
    for finding in shown:
        yield _finding(report, finding)
    if report.findings:
        yield from _rest(report)
    if report.versions:
        yield _matrix(report)


def _safely(text: str) -> str:
    """A paragraph of somebody else's words. The word joiner at its start keeps `1.` and `-` from lists."""
    return f"\N{WORD JOINER}{escaped(shortened(text, _MESSAGE))}"


def _finding(report: Report, finding: Finding) -> str:
    sides = shown_sides(report, finding)
    heads = " | ".join(_where(side) for side in sides)
    words = " | ".join(_words(side) for side in sides)
    rule = f"<code>{escaped(finding.rule)}</code>"
    return (
        f"\n**{finding.severity}** {rule} {escaped(shortened(finding.message, _MESSAGE))}\n"
        f"\n| {heads} |\n|{'---|' * len(sides)}\n| {words} |\n"
    )


def _matrix(report: Report) -> str:
    """What each of several versions has of every passage."""
    codes = [escaped(document.language) for document in report.versions]
    lines = [f"| passage | {' | '.join(codes)} | |", "|---|" + ":-:|" * len(codes) + "---|"]
    for number, marks, text in rows(report, every=False):
        lines.append(f"| {number} | {' | '.join(marks)} | {escaped(shortened(text, _ROW))} |")
    return "\n" + "".join(f"{line}\n" for line in lines)


def _where(side: Side) -> str:
    language = escaped(shortened(side.document.language, _NAME))
    return f"{language} {_place(side)}" if side.place else language


def _place(side: Side) -> str:
    path = escaped(shortened(side.document.path, _NAME))
    return f"<code>{where(path, _shown(side.place), column=False) if side.place else path}</code>"


def _shown(place: Location) -> Location:
    """A place whose names, which are somebody else's words, are escaped."""
    segment = None if place.segment is None else escaped(shortened(place.segment, _NAME))
    return replace(place, place=escaped(shortened(place.place, _NAME)), segment=segment)


def _words(side: Side) -> str:
    if side.place is None:
        return "—"
    before, place, after = (escaped(part) for part in excerpt_of(side))
    words = f"{before}<b>{place}</b>{after}" if before or after else place
    return f'<div dir="rtl">{words}</div>' if runs_right_to_left(words) else words


def _rest(report: Report) -> Iterator[str]:
    lines = []
    for finding in worst_first(report.findings):
        if finding.suppressed:
            places = [side for side in report.sides(finding) if side.place]
            reason = escaped(shortened(finding.suppressed.reason, _MESSAGE)) or "no reason"
            rule = f"<code>{escaped(finding.rule)}</code>"
            where = _place(places[-1]) if places else ""
            lines.append(f"- {finding.suppressed.decision}: {rule} {where} {reason}\n")
    for skip in report.skipped:
        reason = escaped(shortened(skip.reason, _MESSAGE))
        lines.append(f"- not all was looked at: <code>{escaped(skip.rule)}</code> {reason}\n")
    lines += [f"- note: {escaped(shortened(note.message, _MESSAGE))}\n" for note in report.notes]
    if lines:
        yield "\n" + "".join(lines)


# Escapes


def escaped(text: str) -> str:
    """Somebody else's words for the middle of a line of Markdown, or for HTML: one line that shows as it is.

    Not for the inside of backticks, where numbers stand for themselves; use `<code>`.
    """
    joined = _LIVE.sub(_joined, safe_line(text))
    numbered = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", joined)
    # GitHub sets what stands between two dollars as mathematics, unless they are in an element of their own.
    return numbered.replace("$", "<span>$</span>")


def _joined(match: re.Match[str]) -> str:
    if match["hash"]:
        return re.sub(".{6}", "\\g<0>\N{WORD JOINER}", match[0])
    return f"{match[0]}\N{WORD JOINER}"


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
