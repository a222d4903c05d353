"""Where the things are that tests read."""

from __future__ import annotations

import os
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
CASES = TESTS / "cases"
"""A file of examples for each rule."""
FIXTURES = TESTS / "fixtures"
GOLDEN = TESTS / "golden"
"""Reports as they should be written."""
SEEDS = Path(os.environ.get("MLCHECK_SHARED", ROOT.parent / "shared")) / "seeds"
"""The texts that the project began with, which are not part of it."""
