"""The room of saved reports: what `json` and `jsonl` hold, back as `Report`s, which every reporter can write.

`raw_reports` gives them as they stand, for those who need a few fields only.
"""

from __future__ import annotations

from mlcheck.saved.raw import raw_reports
from mlcheck.saved.reports import read_reports, report_of

__all__ = ["raw_reports", "read_reports", "report_of"]
