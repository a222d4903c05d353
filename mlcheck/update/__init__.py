"""The room of corrections: what changed between two states of a text, and whether a version has followed.

`edits` tells what changed, from the evidence on the old state and the new; `followed` tells what became of
each edit in the other version, from the evidence on either state and that version. `stale` makes findings of
what has not been followed. Nothing here reads a file or asks a model.
"""

from __future__ import annotations

from mlcheck.update.edits import Edit, edits
from mlcheck.update.followed import Version, followed
from mlcheck.update.stale import stale, with_changes

__all__ = ["Edit", "Version", "edits", "followed", "stale", "with_changes"]
