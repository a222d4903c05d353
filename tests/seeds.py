"""The texts that the project began with, and what has to be reported where one of them is changed. They
are not part of the project: somebody's wire copy, kept beside the repository as `../shared/seeds`, or where
MLCHECK_SHARED points. Texts are named by line here. The gate uses this too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from paths import SEEDS

from mlcheck.data import Finding, RawText, Report
from mlcheck.read import read_file, read_text

EN, RU, OLD = "april-2024.en", "april-2024.ru", "april-2021.en"
LINES = {EN: (9, 11, 13, 15, 17, 19, 21, 23), RU: (20, 22, 24, 26, 28, 30, 32, 34)}
"""The paragraphs of the body, the lede first."""
SENTENCES = {EN: (1, 2, 2, 3, 2, 1, 1, 1), RU: (1, 2, 3, 2, 2, 1, 1, 1)}
"""How many each has. In the order of the text, the sentences of the two are one to one: the third
of line 24 in Russian is the first of line 15 in English."""
EVERY_LINE = [(name, line) for name in (EN, RU) for line in LINES[name]]
OLD_LINES = (3, 5, 7, 9, 11, 13, 15, 17, 19, 21)
FURNITURE = {
    EN: [3, 5, 7, 25],
    RU: [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 16, 18, 36, 38],
}

Lines = dict[int, str]
Check = Callable[..., Report]


def pairs_of_paragraphs() -> list[tuple[int, int]]:
    """Each paragraph of the English text with each of another item that may stand in its place; not the lede
    with the other's: they say the same, but for the year, which neither names."""
    return [(line, old) for line in LINES[EN] for old in OLD_LINES if (line, old) != (9, 3)]


def given(text: str | RawText) -> RawText:
    """A text, or the one of that name."""
    return read_file(SEEDS / f"{text}.txt") if isinstance(text, str) else text


def lines_of(name: str) -> Lines:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(enumerate(text.split("\n"), start=1))


def text_of(lines: Lines) -> RawText:
    return read_text("\n".join(lines.values()), name="changed")


def opposite(name: str) -> str:
    return RU if name == EN else EN


def grave(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity != "info"]


def told(report: Report) -> list[tuple[str, str, int | None, int | None]]:
    """What a failing test shows: rule, severity, and the line on either side."""
    return [
        (f.rule, f.severity, f.source and f.source.line, f.target and f.target.line) for f in report.findings
    ]


def numbers(name: str, line: int) -> range:
    """The sentences of a line, counted through the body."""
    at = LINES[name].index(line)
    first = sum(SENTENCES[name][:at])
    return range(first, first + SENTENCES[name][at])


def cut(line: str) -> list[str]:
    """The sentences of a paragraph; none of these texts has an abbreviation that looks like an end
    but `U.S.`, before a word in lower case or a name."""
    parts, start = [], 0
    for at in range(len(line)):
        if line[at : at + 2] == ". " and not line[:at].endswith("U.S"):
            parts.append(line[start : at + 1])
            start = at + 2
    return [*parts, line[start:].strip()]


def sentences(name: str) -> list[str]:
    lines = lines_of(name)
    return [sentence for line in LINES[name] for sentence in cut(lines[line])]


def places(name: str, gone: range) -> dict[int, tuple[list[int], bool]]:
    """By line of a text, the sentences of `gone` that it holds, and whether these are all it has."""
    found = {}
    for line in LINES[name]:
        inside = [i for i in numbers(name, line) if i in gone]
        if inside:
            found[line] = (inside, len(inside) == SENTENCES[name][LINES[name].index(line)])
    return found


def expected(name: str, gone: range, side: int) -> set[tuple[str, str]]:
    """(rule, text) of what must be reported on the whole text `name`, which stands on `side`, where
    the other one has lost the sentences `gone`."""
    kind, all_sentences, lines = ("missing", "added")[side], sentences(name), lines_of(name)
    return {
        (f"{kind}-paragraph", lines[line].strip())
        if whole
        else (f"{kind}-sentence", " ".join(all_sentences[i] for i in inside))
        for line, (inside, whole) in places(name, gone).items()
    }


def reported(report: Report) -> set[tuple[str, str]]:
    found = set()
    for finding in grave(report):
        place = finding.source or finding.target
        assert place is not None
        found.add((finding.rule, place.text))
    return found


def both_ways(
    name: str, changed: RawText, check: Callable[..., Report], sides: Iterable[int] = (0, 1)
) -> Iterator[tuple[int, Report]]:
    """The changed text against the other, as target and as source: the side of the whole one."""
    for side in sides:
        yield side, check(changed, opposite(name)) if side else check(opposite(name), changed)


def faults_of_a_strange_paragraph(line: int, old: int, check: Check) -> list[str]:
    """What is wrong in the reports where a paragraph of another item stands in the place of an English one:
    nothing may be reported but this paragraph, and the Russian one that has lost its counterpart."""
    lines = lines_of(EN)
    lines[line] = strange = lines_of(OLD)[old]
    gone, faults = places(RU, numbers(EN, line)), []
    for side, report in both_ways(EN, text_of(lines), check):
        if not grave(report):
            faults.append("nothing reported")
        for finding in grave(report):
            russian, english = (finding.source, finding.target)[:: 1 - 2 * side]
            if not (
                (russian is None or russian.line in gone) and (english is None or english.text in strange)
            ):
                faults.append(f"{finding.rule} does not belong to it: {told(report)}")
    return faults
