"""Reports as JUnit XML, which every build server shows: a suite for a pair, a test case for a rule.
`docs/formats/junit.md` is its manual.

The format has no standard. What is written here is what Jenkins' schema (junit-10.xsd), Maven's and
pytest's files have in common: no attribute and no element that one of their readers refuses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from mlcheck._version import __version__
from mlcheck.data import Finding, Report, Skip
from mlcheck.report import FailOn, fails, is_unrelated, worst_first
from mlcheck.reporters.phrases import counts, model_name, name_of, shortened
from mlcheck.reporters.places import where
from mlcheck.reporters.rules import names
from mlcheck.text import safe_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["to_junit"]

_UNRELATED: Final = "unrelated-documents"
_MISSING: Final = "missing-version"
_ALONE: Final = "there is no other version"
_EXCERPT: Final = 200
"""Characters of a place: build servers show the text as it is, without folding."""

# What XML 1.0 cannot hold, escaped or not, and `safe` lets pass.
_NOT_XML = re.compile("[\ufffe\uffff]")


def to_junit(reports: Sequence[Report], *, fail_on: FailOn = "error", nothing_passes: bool = False) -> str:
    """All reports as one JUnit document. A test case fails where its rule has findings at or above `fail_on`.

    It fails exactly where the command does: a suite has failures where the exit is 1, errors where it is 2.
    No reports are an error, unless `nothing_passes`. All times are 0, so that two runs give the same bytes.
    """
    from xml.etree import ElementTree

    rules = names(reports)
    suites = [_suite(report, rules, fail_on) for report in reports] or [_nothing(nothing_passes)]
    root = _element("testsuites", name="mlcheck", time="0")
    root.extend(suites)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in suites)))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(report: Report, rules: Sequence[str], fail_on: FailOn) -> Element:
    cases = [_unchecked(report)] if report.verdict == "error" else _cases(report, rules, fail_on)
    suite = _element("testsuite", name=report.id, time="0", tests=str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.append(_properties(report))
    suite.extend(cases)
    if report.notes:
        suite.append(_text("system-out", [f"note: {note.message}" for note in report.notes]))
    return suite


def _nothing(passes: bool) -> Element:
    """A suite that says that there was nothing: a document without tests passes in most readers, and some
    take it for a broken one."""
    suite = _element("testsuite", name="mlcheck", time="0", tests="1", failures="0")
    suite.set("errors", str(int(not passes)))
    suite.set("skipped", str(int(passes)))
    case = _element("testcase", name="check", classname="mlcheck", time="0")
    what = "Nothing was checked"
    skipped, error = _element("skipped", message=what), _element("error", message=what, type="nothing")
    case.append(skipped if passes else error)
    suite.append(case)
    return suite


def _properties(report: Report) -> Element:
    values = {
        "mlcheck": __version__,
        "pair": name_of(report),
        "verdict": report.verdict,
        "model": model_name(report.encoder),
        "judge": model_name(report.judge),
    }
    properties = _element("properties")
    properties.extend(_element("property", name=k, value=v) for k, v in values.items() if v is not None)
    return properties


def _unchecked(report: Report) -> Element:
    case = _element("testcase", name="check", classname=report.id, time="0")
    code, message = (report.error.code, report.error.message) if report.error else ("error", "not checked")
    case.append(_text("error", [message], message=message, type=code))
    return case


def _cases(report: Report, rules: Sequence[str], fail_on: FailOn) -> list[Element]:
    """A case for every rule, and for whatever else could not run on this pair."""
    findings: Mapping[str, list[Finding]] = defaultdict(list)
    for finding in worst_first(report.findings):
        findings[finding.rule].append(finding)
    skips: Mapping[str, list[Skip]] = defaultdict(list)
    for skip in (*report.skipped, *_not_run(report, rules)):
        skips[skip.rule].append(skip)
    everything = dict.fromkeys([*rules, *skips, *([_UNRELATED] if is_unrelated(report) else [])])
    return [_case(report, rule, findings[rule], skips[rule], fail_on) for rule in everything]


def _not_run(report: Report, rules: Sequence[str]) -> list[Skip]:
    """Where a version is missing, all rules but the one that says so: they have not passed."""
    documents = (report.source, report.target)
    if all(document is None or document.paragraphs for document in documents):
        return []
    known = {skip.rule for skip in report.skipped}
    others = [rule for rule in rules if rule != _MISSING and rule not in known]
    return [Skip(rule=rule, reason=_ALONE) for rule in others]


def _case(
    report: Report, rule: str, findings: Sequence[Finding], skips: Sequence[Skip], fail_on: FailOn
) -> Element:
    failing = [finding for finding in findings if fails(finding, fail_on)]
    passing = [finding for finding in findings if not fails(finding, fail_on)]
    case = _element("testcase", name=rule, classname=report.id, time="0")
    if failing:
        message = failing[0].message if len(failing) == 1 else counts(failing)
        case.append(_text("failure", _lines(report, failing), message=message, type=failing[0].severity))
    elif rule == _UNRELATED and is_unrelated(report) and fail_on != "never":
        # The verdict stands without a finding that fails: the rule is off, or its severity is lowered.
        message = "The two texts are not versions of one item"
        case.append(_text("failure", [message, *_lines(report, findings)], message=message, type="unrelated"))
        passing = []
    elif skips and not findings:
        case.append(_element("skipped", message="; ".join(skip.reason for skip in skips)))
        skips = ()
    lines = [f"not all was looked at: {skip.reason}" for skip in skips]
    if passing:
        lines += ["findings that fail nothing:", *_lines(report, passing)]
    if lines:
        case.append(_text("system-out", lines))
    return case


def _lines(report: Report, findings: Iterable[Finding]) -> list[str]:
    """What a person needs of the findings: what, where, the words, and who has accepted it."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.severity} {finding.rule}: {finding.message}")
        for document, place in report.sides(finding):
            if place is not None:
                words = shortened(place.text, _EXCERPT)
                lines.append(f"    {where(document.path, place)}: {words}")
        if finding.suppressed:
            decision, by = finding.suppressed.decision, finding.suppressed.where
            lines.append(f"    {decision} ({by}): {finding.suppressed.reason}")
    return lines


def _element(tag: str, **attributes: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element(tag, {name: _xml(value) for name, value in attributes.items()})


def _text(tag: str, lines: Iterable[str], **attributes: str) -> Element:
    element = _element(tag, **attributes)
    element.text = "\n".join(map(_xml, lines))
    return element


def _xml(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", safe_line(text))
