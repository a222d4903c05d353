"""What many reports come to, kept while they go by: a batch need not be held for its last lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from mlcheck.data import Report, Scorecard, Verdict
from mlcheck.report.scorecard import total

__all__ = ["Totals"]


@dataclass(slots=True)
class Totals:
    """Numbers of pairs and findings; `add` takes the next report."""

    pairs: int = 0
    several: bool = False
    """Is any of them of more versions than two?"""
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Findings by rule and by severity, or `accepted`."""
    skipped: Counter[str] = field(default_factory=Counter)
    """In how many pairs a rule could not run; those that are off do not count."""
    failures: list[str] = field(default_factory=list)
    """Why pairs could not be checked."""
    cards: list[Scorecard] = field(default_factory=list)

    def add(self, report: Report) -> None:
        """Count a report in."""
        self.pairs += 1
        self.several = self.several or bool(report.versions)
        self.verdicts[report.verdict] += 1
        self.found.update((f.rule, "accepted" if f.baselined else f.severity) for f in report.findings)
        self.skipped.update({skip.rule for skip in report.skipped if not skip.off})
        if report.error:
            self.failures.append(report.error.message)
        if report.scorecard:
            self.cards.append(report.scorecard)

    @property
    def kinds(self) -> Counter[str]:
        """Findings by severity, or `accepted`."""
        number: Counter[str] = Counter()
        for (_, kind), many in self.found.items():
            number[kind] += many
        return number

    @property
    def rules(self) -> dict[str, Counter[str]]:
        """The same for each rule, those with most findings first."""
        by_rule: dict[str, Counter[str]] = {}
        for (rule, kind), many in self.found.items():
            by_rule.setdefault(rule, Counter())[kind] += many
        return dict(sorted(by_rule.items(), key=lambda each: (-each[1].total(), each[0])))

    @property
    def scorecard(self) -> Scorecard | None:
        """The card of all of them together."""
        return total(self.cards)
