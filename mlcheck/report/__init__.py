"""The room of what follows from findings: how severe a desk calls them, what they come to, the names that
they keep across runs, and whether the run passed. Nothing here looks at a text."""

from __future__ import annotations

from mlcheck.report.figures import plain, rounded
from mlcheck.report.fingerprints import fingerprint, with_fingerprints
from mlcheck.report.levels import decide
from mlcheck.report.scorecard import scorecard, total
from mlcheck.report.shades import SHADED, shaded
from mlcheck.report.status import FailOn, exit_status, fails, is_unrelated
from mlcheck.report.totals import Totals
from mlcheck.report.verdicts import SEVERITIES, agreement, verdict, worst_first

__all__ = [
    "SEVERITIES",
    "SHADED",
    "FailOn",
    "Totals",
    "agreement",
    "decide",
    "exit_status",
    "fails",
    "fingerprint",
    "is_unrelated",
    "plain",
    "rounded",
    "scorecard",
    "shaded",
    "total",
    "verdict",
    "with_fingerprints",
    "worst_first",
]
