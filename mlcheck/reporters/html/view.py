"""What the page shows, worked out before any markup."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from mlcheck.data import Document, Finding, Link, Location, Paragraph, Report, Severity
from mlcheck.languages import direction, name
from mlcheck.report import SEVERITIES, agreement
from mlcheck.reporters.html.evidence import in_words, percent
from mlcheck.reporters.html.grid import grid_of, row_of
from mlcheck.reporters.html.joins import Joins, joined
from mlcheck.reporters.html.missing import missing_in
from mlcheck.reporters.html.nouns import (
    VERDICTS,
    Card,
    Column,
    Excerpt,
    Fold,
    Gap,
    Item,
    Page,
    Passage,
    Place,
)
from mlcheck.reporters.html.numbers import Numbers
from mlcheck.reporters.html.pieces import Shade, runs, shades
from mlcheck.reporters.html.roots import name_from, root_of
from mlcheck.reporters.html.rules import RulePage, rule_pages
from mlcheck.reporters.phrases import card_line, model_name
from mlcheck.reporters.places import where
from mlcheck.wording import count

__all__ = ["page"]

_EXCERPT: Final = 140
"""Characters of a place that its finding repeats: enough to know it; the place itself is beside it."""
_BASELINE_EXCERPT: Final = 80
_HEADLINE: Final = 90
_GAP: Final = 60
_DIGITS: Final = 300  # of a number in a name: Python refuses to read more than some thousands


def page(reports: Sequence[Report]) -> Page:
    """The view of some reports."""
    pages = rule_pages()
    root = root_of(document.path for report in reports for document in report.documents)
    made = [_item(f"i{number}", report, pages, root) for number, report in enumerate(reports)]
    items = _in_order(made)
    rules = {f.rule for r in reports for f in r.findings} | {s.rule for r in reports for s in r.skipped}
    verdicts = Counter(report.verdict for report in reports)
    line = ", ".join(f"{number} {word.lower()}" for v, word in VERDICTS.items() if (number := verdicts[v]))
    encoders = {model for report in reports if (model := model_name(report.encoder))}
    judges = {model for report in reports if (model := model_name(report.judge))}
    return Page(
        title=items[0].title if len(items) == 1 else count(len(items), "item", grouped=True),
        items=items,
        rules=tuple(rule for rule in pages.values() if rule.name in rules),
        line=line or "nothing was checked",
        marks={"schema": 1, "tool": "mlcheck", "root": root, "entries": [], "reviewed": []},
        models=(*sorted(encoders), *sorted(judges)),
    )


def _in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """By name, numbers in names as numbers, the languages of one text together."""
    first: dict[str, list[tuple[int, int, str]]] = {}
    for item in items:
        first[item.group] = min(first.get(item.group, _natural(item.report.id)), _natural(item.report.id))
    return tuple(sorted(items, key=lambda own: (first[own.group], own.group, _natural(own.report.id))))


def _natural(text: str) -> list[tuple[int, int, str]]:
    """What names are sorted by: 2 before 10."""
    parts = re.split(r"([0-9]+)", text)
    return [(1, int(part[:_DIGITS]), part) if k % 2 else (0, 0, part) for k, part in enumerate(parts)]


def _headline(document: Document | None) -> Excerpt | None:
    """The headline of a text, or its first words."""
    compared = [paragraph for paragraph in document.paragraphs if paragraph.compared] if document else []
    if document is None or not compared:
        return None
    first = next((p for p in compared if p.role == "headline"), compared[0])
    text = textwrap.shorten(first.text, _HEADLINE, placeholder=" …")
    return Excerpt(text, document.language, direction(document.language))


def _state(report: Report) -> str:
    """A name for the texts and findings of a report, so that nobody has reviewed what has changed since."""
    parts = [paragraph.text for document in report.documents for paragraph in document.paragraphs]
    parts += [finding.fingerprint for finding in report.findings]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


# A pair


def _item(key: str, report: Report, pages: Mapping[str, RulePage], root: str) -> Item:
    if report.versions:
        return _together(key, report, pages, root)
    documents = report.documents
    joins = joined(report.links, documents)
    numbers = Numbers(documents)
    # In the order of the text: the numbers stand in the copy, where 7 before 2 would look like a mistake.
    findings = sorted(report.findings, key=lambda finding: joins.position(finding.source, finding.target))
    columns = tuple(
        _column(side, documents, report, findings, joins, numbers) for side in range(len(documents))
    )
    counts = Counter(finding.severity for finding in findings)
    return Item(
        key=key,
        title=" ↔ ".join(document.path for document in documents) or report.id,
        headline=_headline(report.source),
        group=report.source.path if report.source else report.id,
        report=report,
        verdict=VERDICTS[report.verdict],
        line=_line(report, counts),
        agreeing=_agreeing(report),
        card=card_line(report.scorecard) if report.scorecard else "",
        columns=columns,
        cards=tuple(_card(n, f, documents, pages, numbers) for n, f in enumerate(findings, start=1)),
        counts={severity: counts[severity] for severity in SEVERITIES},
        accepted=sum(finding.baselined for finding in findings),
        rules=tuple(sorted(Counter(finding.rule for finding in findings).items())),
        data=_data(findings, documents, joins, root, _state(report)),
    )


def _together(key: str, report: Report, pages: Mapping[str, RulePage], root: str) -> Item:
    """Several versions of an item."""
    findings = sorted(report.findings, key=lambda finding: row_of(report, finding))
    counts = Counter(finding.severity for finding in findings)
    documents = report.versions
    numbers = Numbers(documents)
    return Item(
        key=key,
        title=" ↔ ".join(document.path for document in documents),
        headline=_headline(documents[0]),
        group=documents[0].path,
        report=report,
        verdict=VERDICTS[report.verdict],
        line=_line(report, counts),
        agreeing=_agreeing(report),
        card=card_line(report.scorecard) if report.scorecard else "",
        columns=(),
        cards=tuple(_card(n, f, documents, pages, numbers) for n, f in enumerate(findings, start=1)),
        counts={severity: counts[severity] for severity in SEVERITIES},
        accepted=sum(finding.baselined for finding in findings),
        rules=tuple(sorted(Counter(finding.rule for finding in findings).items())),
        data={
            "source": name_from(root, documents[0].path),
            "target": name_from(root, documents[-1].path),
            "state": _state(report),
            "joins": [],
            "findings": [],
        },
        grid=grid_of(report, findings, numbers),
    )


def _line(report: Report, counts: Mapping[Severity, int]) -> str:
    if report.error:
        return report.error.message
    names = {"error": "error", "warning": "warning", "info": "remark"}
    found = ", ".join(count(counts[s], names[s], grouped=True) for s in SEVERITIES if counts.get(s))
    agreeing, total = agreement(report)
    if not report.links and not report.versions:  # a version is missing
        return found or "no findings"
    what = "passage" if report.versions else "paragraph"
    return f"{found or 'no findings'}; {agreeing} of {count(total, what, grouped=True)} agree"


def _agreeing(report: Report) -> int | None:
    agreeing, total = agreement(report)
    return 100 * agreeing // total if total else None


def _data(
    findings: Sequence[Finding], documents: Sequence[Document], joins: Joins, root: str, state: str
) -> Mapping[str, Any]:
    paths = [name_from(root, document.path) for document in documents] or ["", ""]
    on = _touching(findings)

    def touching(link: Link) -> list[int]:
        places = [(side, k) for side, indices in enumerate((link.source, link.target)) for k in indices]
        return sorted({number for place in places for number in on.get(place, ())})

    return {
        "source": paths[0],
        "target": paths[-1],
        "state": state,
        "joins": [
            {"s": join.source, "t": join.target, "kind": join.kind, "f": touching(join.link)}
            for join in joins.joins
        ],
        "findings": [
            {
                "rule": f.rule,
                "fingerprint": f.fingerprint,
                "excerpt": _text_of(f)[:_BASELINE_EXCERPT],
                "at": [joins.nearest(side, (f.source, f.target)) for side in range(len(documents))],
            }
            for f in findings
        ],
    }


def _text_of(finding: Finding) -> str:
    place = finding.source or finding.target
    return place.text if place else ""


def _touching(findings: Sequence[Finding]) -> Mapping[tuple[int, int], list[int]]:
    """The findings, by number, that stand on a paragraph: side and index."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        for side, place in enumerate((finding.source, finding.target)):
            for index in place.paragraphs if place else ():
                found[side, index].append(number)
    return found


# A column


def _column(
    side: int,
    documents: Sequence[Document],
    report: Report,
    findings: Sequence[Finding],
    joins: Joins,
    numbers: Numbers,
) -> Column:
    document = documents[side]
    here: defaultdict[int, list[tuple[Location, int]]] = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        place = (finding.source, finding.target)[side]
        if place:
            for index in place.paragraphs:
                here[index].append((place, number))
    words = report.words or report.shades
    shaded = shades(words[side]) if words else ()
    facts = report.facts[side] if report.facts else ()
    missing = missing_in(side, documents, findings, joins)

    def shown(paragraph: Paragraph) -> Passage:
        placed = here[paragraph.index]
        first, last = paragraph.span
        whole = tuple(n for place, n in placed if place.span.start <= first and last <= place.span.end)
        lone = joins.is_lone(side, paragraph.index)
        inside = [(place.span, n) for place, n in placed if n not in whole]
        # Of a paragraph without counterpart every word is missing: a shade on each says nothing more.
        words: Sequence[Shade] = () if lone else shaded
        spoken = paragraph.language or document.language
        return Passage(
            key=f"{'st'[side]}{paragraph.index}",
            number=numbers.of(side, paragraph.index),
            role=paragraph.role,
            language=spoken if spoken != document.language else None,
            direction=direction(spoken) if paragraph.compared else "auto",
            partners=joins.partners(side, paragraph.index),
            moved=joins.is_moved(side, paragraph.index),
            lone=lone,
            whole=whole,
            opens=tuple(n for place, n in placed if n in whole and place.paragraphs[0] == paragraph.index),
            runs=runs(paragraph, inside, words, facts, missing.get(paragraph.index, ())),
        )

    return Column(
        side="target" if side else "source",
        path=document.path,
        language=document.language,
        language_name=name(document.language),
        detected=document.language_from == "detected",
        direction=direction(document.language),
        blocks=tuple(_blocks(side, documents, shown, joins)),
    )


def _blocks(
    side: int, documents: Sequence[Document], shown: Callable[[Paragraph], Passage], joins: Joins
) -> Iterator[Passage | Fold | Gap]:
    def gaps(after: int) -> Iterator[Gap]:
        for key, message, first in joins.gaps_below(side, after):
            other = documents[1 - side]
            text = textwrap.shorten(other.paragraphs[first].text, _GAP, placeholder=" …")
            yield Gap(key, message, text, other.language, direction(other.language))

    yield from gaps(-1)
    for apart, group in groupby(documents[side].paragraphs, key=lambda p: not p.compared):
        paragraphs = list(group)
        if apart:
            summary = textwrap.shorten(" · ".join(p.text for p in paragraphs), _EXCERPT, placeholder=" …")
            yield Fold(tuple(map(shown, paragraphs)), summary)
        for paragraph in paragraphs:
            if not apart:
                yield shown(paragraph)
            yield from gaps(paragraph.index)


# A finding


def _card(
    number: int,
    finding: Finding,
    documents: Sequence[Document],
    pages: Mapping[str, RulePage],
    numbers: Numbers,
) -> Card:
    rule = pages.get(finding.rule)
    places = finding.places or (finding.source, finding.target)
    return Card(
        number=number,
        finding=finding,
        message=numbers.in_message(finding),
        sure=percent(finding.confidence),
        summary=rule.summary if rule else "",
        places=tuple(_place(d, place) for d, place in zip(documents, places, strict=True) if place),
        evidence=tuple(in_words(finding.evidence, *_called(documents))),
    )


def _called(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """What two versions are called, where their languages tell."""
    names = [name(document.language) for document in documents]
    return [(names[0], names[1])] if len(names) == 2 and names[0] != names[1] else []


def _place(document: Document, place: Location) -> Place:
    return Place(
        side=name(document.language),
        language=document.language,
        direction=direction(document.language),
        where=where(document.path, place),
        excerpt=_cut(" ".join(place.text.split()), _EXCERPT),
    )


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
