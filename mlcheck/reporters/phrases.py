"""Phrases that several reports share: excerpts, names, sums. Imports nothing that is slow to load."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, get_args

from mlcheck.data import EncoderId, Finding, JudgeId, Report, Scorecard, Verdict
from mlcheck.report import Totals
from mlcheck.text import safe_line
from mlcheck.wording import count

__all__ = [
    "card_line",
    "counts",
    "counts_of",
    "folded",
    "how_many",
    "model_name",
    "name_of",
    "numbers",
    "runs_right_to_left",
    "shortened",
    "total_lines",
    "verdicts",
    "verdicts_of",
]

_SPACE = re.compile(r"\s+")
_BLANK_LINE = re.compile(r"\s*\n\s*\n\s*|\s*\r\s*\r\s*")

_VERDICTS: Final = {"error": "not checked"}


def folded(text: str) -> str:
    """Made safe, on one line: blank lines as a pilcrow, all other runs of white space as a space."""
    return safe_line(_SPACE.sub(" ", _BLANK_LINE.sub(" ¶ ", text)))


def shortened(text: str, most: int) -> str:
    """The text folded, and at most `most` characters long: a longer one loses its end to `…`."""
    text = folded(text[: 4 * most]).strip() if len(text) > 4 * most else folded(text).strip()
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of it is of a script that runs from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def name_of(report: Report) -> str:
    """What people call the pair: its two paths, or its id if they could not be read; and so of several."""
    return " ↔ ".join(document.path for document in report.documents) or report.id


def model_name(model: EncoderId | JudgeId | None) -> str | None:
    """An encoder or a judge with its revision; None for none."""
    return f"{model.name}, revision {model.revision}" if model else None


def verdicts(reports: Sequence[Report]) -> str:
    """How many pairs have which verdict, as in `2 consistent, 1 not checked`."""
    return verdicts_of(Counter(report.verdict for report in reports))


def verdicts_of(number: Counter[Verdict]) -> str:
    """The same of numbers of verdicts."""
    return ", ".join(
        f"{number[verdict]} {_VERDICTS.get(verdict, verdict)}"
        for verdict in get_args(Verdict)
        if number[verdict]
    )


def how_many(reports: Sequence[Report]) -> str:
    """How many pairs there are; items, where one has more versions than two."""
    return count(len(reports), "item" if any(report.versions for report in reports) else "pair")


def counts(findings: Iterable[Finding]) -> str:
    """How many findings of which severity, as in `2 errors, 1 info`; accepted ones are counted apart."""
    return counts_of(Counter("accepted" if finding.baselined else finding.severity for finding in findings))


def counts_of(number: Counter[str]) -> str:
    """The same of numbers of findings by severity, or `accepted`."""
    parts = [count(number[name], name) for name in ("error", "warning") if number[name]]
    parts += [f"{number['info']} info"] if number["info"] else []
    parts += [f"{number['accepted']} accepted"] if number["accepted"] else []
    return ", ".join(parts)


def card_line(card: Scorecard) -> str:
    """A scorecard in a line, as in `scorecard: 10 points a thousand words, pass (at most 50) — 1 major`."""
    kinds = ("critical", "major", "minor")
    found = ", ".join(f"{getattr(card, kind)} {kind}" for kind in kinds if getattr(card, kind))
    points = card.per_thousand
    rate = "no words" if points is None else f"{_figure(points)} points a thousand words"
    outcome = "pass" if card.passed else "fail"
    words = f"{count(card.words, 'word', grouped=True)} of the {card.counted}"
    return f"scorecard: {rate}, {outcome} (at most {_figure(card.limit)}) — {found or 'no findings'}; {words}"


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def total_lines(totals: Totals, *, all: bool) -> list[str]:
    """What many reports come to: a line for them, then one for each rule; with `all`, also the rules
    that could not run, and the scorecard."""
    if not totals.pairs:
        return ["Nothing was checked."]
    found = counts_of(totals.kinds)
    what = "item" if totals.several else "pair"
    lines = [f"{count(totals.pairs, what)}: {verdicts_of(totals.verdicts)}" + f" — {found}" * bool(found)]
    wide = max(map(len, totals.rules), default=0)
    lines += [f"  {rule:<{wide}}  {counts_of(number)}" for rule, number in totals.rules.items()]
    if not all:
        return lines
    if totals.skipped:
        rules = sorted(totals.skipped.items())
        lines += ["  not run: " + ", ".join(f"{rule} in {count(n, what)}" for rule, n in rules)]
    if totals.scorecard:
        lines += [f"  {card_line(totals.scorecard)}"]
    return lines


def numbers(indices: Iterable[int]) -> str:
    """Paragraph numbers as people count, runs of them joined: (0, 1, 2, 5) is 1 to 3 and 6."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    dash = "\N{EN DASH}"
    return ", ".join(f"{r[0] + 1}{dash}{r[-1] + 1}" if len(r) > 1 else f"{r[0] + 1}" for r in runs) or "—"
