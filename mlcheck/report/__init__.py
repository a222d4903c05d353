"""The room of what follows from findings: how severe a desk calls them, what they come to, the names that
they keep across runs, and whether the run passed. Nothing here looks at a text."""

from __future__ import annotations

from mlcheck.report.fingerprints import fingerprint, with_fingerprints
from mlcheck.report.levels import decide
from mlcheck.report.status import FailOn, exit_status, fails, is_unrelated
from mlcheck.report.verdicts import SEVERITIES, agreement, verdict, worst_first

__all__ = [
    "SEVERITIES",
    "FailOn",
    "agreement",
    "decide",
    "exit_status",
    "fails",
    "fingerprint",
    "is_unrelated",
    "verdict",
    "with_fingerprints",
    "worst_first",
]
