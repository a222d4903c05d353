"""Which language is a text in?

`langdetect`, seeded, decides between languages that it has a profile for, given enough text. Where
it has none (Azerbaijani, Armenian, Georgian, Kazakh and others) the script or a few letters decide
better; on short text, and on a paragraph of which only "source or target language?" is asked, it is
held to the candidates, so that a headline full of names is not taken for Tagalog.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Any

from mlcheck.languages import Detection, base, every
from mlcheck.languages import language as record
from mlcheck.segment.profiles import load_factory

__all__ = ["detect", "letters", "script_letters", "scripts_of", "weight", "which"]

_SAMPLE = 4000
"""Characters looked at; more changes no verdict and costs time."""

_DENSE = ("CJK", "HANGUL")
_LETTERS_A_SIGN = 4
"""A Chinese or Korean sign holds as much as several letters: a sentence in Chinese with three names
left in Latin is Chinese, though most of its letters are Latin."""

_LETTER_RUN = re.compile(r"[^\W\d_]+")


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(len(run) for run in _LETTER_RUN.findall(text))


def detect(text: str) -> str | None:
    """The language of a text, an ISO 639-1 code, or None where nothing tells."""
    sample = text[:_SAMPLE]
    if not letters(sample):
        return None
    by_script = _by_script(sample)
    if by_script is not None:
        return by_script
    by_letters = _by_letters(sample)
    if by_letters is not None:
        return by_letters
    best = max(_probabilities(sample).items(), key=lambda item: (item[1], item[0]), default=None)
    return best[0] if best else None


def which(text: str, candidates: Collection[str], least: float = 0.99) -> str | None:
    """Which of a few languages a short text is in, or None where that is not clear: of a dozen letters,
    or of names, which look the same in many languages."""
    wanted = sorted({base(code) for code in candidates})
    if len(wanted) < 2 or letters(text) < 12:
        return None
    script = _script(text)
    fitting = [code for code in wanted if script in scripts_of(code)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    if _is_names(text):
        return None
    telling = _by_letters(text)
    if telling is not None:  # Kazakh by its Tatar letters, say, is neither Russian nor Ukrainian
        return telling if telling in fitting else None
    without = [code for code in fitting if not record(code).detection.letters]
    profiles = {record(code).detection.stand_in or code: code for code in fitting}
    if len(profiles) < len(fitting):  # two languages behind one profile: only letters tell them apart
        return without[0] if len(without) == 1 and letters(text) >= 60 else None
    found = _probabilities(text, frozenset(profiles))
    best = max(found.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
    return profiles.get(best[0]) if best[1] >= least else None


def _is_names(text: str) -> bool:
    """No word in lower case, in a script that has any."""
    return text.lower() != text.upper() and not any(word.islower() for word in _LETTER_RUN.findall(text))


def script_letters(text: str) -> Counter[str]:
    """How many letters a text has of each script, by the first word of their Unicode names. A sign that
    holds as much as several letters counts for as many."""
    counts = _letters_by_script(text)
    for script in _DENSE:
        counts[script] *= _LETTERS_A_SIGN
    return counts


def weight(text: str) -> int:
    """How much a text holds, in letters of an alphabet."""
    return sum(script_letters(text).values())


def _letters_by_script(text: str) -> Counter[str]:
    return Counter(
        unicodedata.name(character, "?").split()[0] for character in text[:_SAMPLE] if character.isalpha()
    )


def _script(text: str) -> str | None:
    """The script of most of the letters."""
    counts = _letters_by_script(text)
    if not counts:
        return None
    if counts["HIRAGANA"] + counts["KATAKANA"] > 0.1 * sum(counts.values()):
        return "HIRAGANA"
    return script_letters(text).most_common(1)[0][0]


def _by_script(text: str) -> str | None:
    return _languages_of_scripts().get(_script(text) or "")


@cache
def _languages_of_scripts() -> dict[str, str]:
    return {script: code for code, own in every(Detection).items() for script in own.scripts}


@cache
def scripts_of(code: str) -> frozenset[str]:
    """The scripts that a language is written in, by the first words of the Unicode names of their letters."""
    own = record(code)
    if own.detection.scripts:
        # Japanese may do without kana, as a headline does.
        return frozenset(own.detection.scripts) | ({"CJK"} if own.script == "Jpan" else frozenset())
    months = own.calendar.months.get("format", {}).get("wide", {})
    return frozenset({_script("".join(months.values())) or "LATIN"})


def _by_letters(text: str) -> str | None:
    total = letters(text)
    for code, own in _telling():
        if sum(map(text.count, own.letters)) >= own.share * total > 0:
            return code
    return None


@cache
def _telling() -> tuple[tuple[str, Detection], ...]:
    """Languages that letters tell, in the order in which they are asked for."""
    found = [(code, own) for code, own in every(Detection).items() if own.letters]
    return tuple(sorted(found, key=lambda row: (row[1].turn, row[0])))


def _probabilities(text: str, among: frozenset[str] | None = None) -> dict[str, float]:
    """What `langdetect` makes of a text, Chinese variants in one; empty where it finds nothing."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.seed = 0
    if among is not None:
        known = {profile for profile in _factory().langlist if profile.split("-")[0] in among}
        if not known:
            return {}
        detector.set_prior_map({profile: 1 / len(known) for profile in known})
    detector.append(text[:_SAMPLE])
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no n-gram that it knows
        return {}
    result: dict[str, float] = {}
    for item in found:
        code = item.lang.split("-")[0]
        result[code] = result.get(code, 0.0) + item.prob
    return result


@cache
def _factory() -> Any:
    return load_factory()
