"""The room of several versions: what the reports of their pairs come to as one report.

`join_versions` asks for the pairs that it needs: the others with one version, and two of the others where
only that tells which of three is the odd one out. It looks at no text but through these reports.
"""

from __future__ import annotations

from mlcheck.versions.join import join_versions
from mlcheck.versions.pairs import canonical, reference_of

__all__ = ["canonical", "join_versions", "reference_of"]
