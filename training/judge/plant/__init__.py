"""Flaws planted on both sides, so that no side alone gives one away.

A change is made in a sentence and, the same change, in its translation. Of the four pairs of the old
and the new versions two are faithful and two are not, and each version stands in as many faithful
pairs as in flawed ones: who sees one side only can but guess. Some changes are known in one version
only (a negation in Turkish verbs); then the pair of old and new stands alone, and the new version's
faithful pairs come from other languages.
"""

from __future__ import annotations

from training.judge.plant.names import Names, read_transliterations
from training.judge.plant.phrases import Phrasebook
from training.judge.plant.planter import KINDS, Planter
from training.judge.plant.quads import Quad, Version, changed

__all__ = ["KINDS", "Names", "Phrasebook", "Planter", "Quad", "Version", "changed", "read_transliterations"]
