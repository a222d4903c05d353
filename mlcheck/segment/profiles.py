"""langdetect's profiles, read without its table of all n-grams by all languages: making it took longer than
telling the language, and a text has few of them. What it says is the same to the last digit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["load_factory"]

_LONGEST = 3
"""Characters of an n-gram."""


class _Probabilities:
    """The probability of an n-gram in each language, worked out when it is asked for."""

    def __init__(self, profiles: Sequence[dict[str, Any]], columns: int) -> None:
        self._profiles = profiles
        self._columns = columns
        self._known: dict[str, list[float]] = {}

    def __contains__(self, gram: str) -> bool:
        return gram in self._known or any(gram in profile["freq"] for profile in self._profiles)

    def __getitem__(self, gram: str) -> list[float]:
        found = self._known.get(gram)
        if found is None:
            found = [0.0] * self._columns
            if 1 <= len(gram) <= _LONGEST:
                for column, profile in enumerate(self._profiles):
                    count = profile["freq"].get(gram)
                    if count is not None:
                        found[column] = 1.0 * count / profile["n_words"][len(gram) - 1]
            self._known[gram] = found
        return found


def load_factory() -> Any:
    """A `DetectorFactory` of langdetect's own profiles, in the order in which it reads them."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    paths = list(Path(PROFILES_DIRECTORY).iterdir())
    profiles = [json.loads(path.read_bytes()) for path in paths if path.is_file() and path.name[0] != "."]
    factory = DetectorFactory()
    factory.langlist = [profile["name"] for profile in profiles]
    factory.word_lang_prob_map = _Probabilities(profiles, len(paths))
    return factory
