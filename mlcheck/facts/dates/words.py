"""The words of dates and times in one language: CLDR's names, and what its file adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from mlcheck.facts.dates.dial import Dial, dial_of
from mlcheck.facts.dates.names import Name, names_of
from mlcheck.facts.phrases import Phrases
from mlcheck.languages import Language, fold
from mlcheck.languages import language as record
from mlcheck.text import Token

__all__ = ["HALVES", "Found", "Words", "words_of"]

_LONGEST_WORD = 40
"""Letters. No name of a month is longer; what is longer is not looked at."""
_FRONT, _VOWELS = frozenset("eəiöü"), frozenset("aeəıioöuü")
"""Of Turkish and Azerbaijani, whose endings have the vowels of the word."""
_LEAST_OF_COMPOUND = 5
"""Letters of a name that may begin a compound: `Mai` begins too many other words."""


class Found(NamedTuple):
    """A name, and the token after it."""

    name: Name
    end: int
    suffixed: bool


@dataclass(frozen=True, slots=True)
class Words:
    """All that the rules for dates know of a language."""

    language: str
    names: Phrases
    suffixes: frozenset[str]
    prefixes: tuple[str, ...]
    longest_suffix: int
    doubtful: frozenset[str]
    never: frozenset[str]
    compounds: bool
    capital: bool
    day_after: bool
    """Is the day said after the month (`April 28`)?"""
    suffixed_day_after: bool
    """Only where it has a suffix (`aprelin 28-də`)?"""
    day_dot: bool
    day_and_month_dotted: bool
    year_before: bool
    year_last: bool
    year_after_comma: bool
    month_first: bool
    """Of dates in digits with strokes: `4/28/2024`."""
    double_months: bool
    weekdays_short_alone: bool
    clock_dot: bool
    half_before: bool
    half_first: bool
    """Only before it?"""
    half_unsure: bool
    """Are its words CLDR's, of which nobody knows whether they count (`három este` is three evenings)?"""
    halves: bool
    """Are there words for the halves of the day?"""
    dial: Dial
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]

    def at(self, found: Sequence[Token], start: int) -> Found | None:
        """The name that begins at a token; the longest that fits."""
        token = found[start]
        if token.kind == "n" or len(token.text) > _LONGEST_WORD:
            return None
        exact = self.names.at(found, start)
        if exact is not None:
            return self._checked(exact[1], token, exact[0], suffixed=False)
        if token.kind != "w":
            return None
        for prefix in self.prefixes:
            if token.text.startswith(prefix) and (token.text[len(prefix) :],) in self.names.values:
                shorter = [token._replace(text=token.text[len(prefix) :]), *found[start + 1 : start + 4]]
                inside = self.names.at(shorter, 0)
                if inside is not None:
                    return self._checked(inside[1], token, start + inside[0], suffixed=False)
        for size in range(1, min(self.longest_suffix, len(token.text) - 2) + 1):
            name = self.names.values.get((token.text[:-size],))
            if name is not None and name.sure and self._ends(token.text, size):
                if token.text in self.never:
                    return None
                name = name._replace(doubtful=name.doubtful or token.text in self.doubtful)
                return self._checked(name, token, start + 1, suffixed=True)
        if self.compounds and token.capital:
            for size in range(_LEAST_OF_COMPOUND, len(token.text)):
                name = self.names.values.get((token.text[:size],))
                if name is not None and name.sure:
                    return Found(name._replace(sure=1), start + 1, suffixed=True)
        return None

    def _ends(self, word: str, size: int) -> bool:
        """Is the end of a word an ending of its own? `Martin` is no form of `mart`: its vowels do not
        go together."""
        ending = word[-size:]
        if ending not in self.suffixes:
            return False
        stem = next((letter in _FRONT for letter in reversed(word[:-size]) if letter in _VOWELS), None)
        first = next((letter in _FRONT for letter in ending if letter in _VOWELS), None)
        return stem == first or stem is None or first is None or ending == "ki"

    def _checked(self, name: Name, token: Token, end: int, *, suffixed: bool) -> Found | None:
        if token.capital and name.doubtful_capital:
            name = name._replace(doubtful=True)
        if not token.capital and name.capital:
            if name.sure == 0 or (self.capital and name.doubtful):
                return None
            if self.capital:
                name = name._replace(sure=1)
        return Found(name, end, suffixed)

    def is_in(self, token: Token, key: str) -> bool:
        """Is a token one of the words of a list of the language's record?"""
        return token.text in self.lists.get(key, ())


_LISTS = (
    "after",
    "before",
    "century",
    "century_before",
    "decade_after",
    "decade_before",
    "decade_suffixes",
    "doubtful_halves",
    "hour_after",
    "joiners",
    "of",
    "at",
    "clock",
    "minute",
    "month_words",
    "o_clock",
    "year",
)


@cache
def words_of(language: str) -> Words:
    """The words of a language, by its base code; without names where CLDR does not know it."""
    own = record(language)
    times, patterns = own.times, own.calendar.patterns
    medium, long = patterns.get("medium", ""), patterns.get("long", "")
    suffixes = _folded(times.suffixes, language)
    return Words(
        language=language,
        names=names_of(language),
        suffixes=suffixes,
        prefixes=times.prefixes,
        longest_suffix=max(map(len, suffixes), default=0),
        doubtful=_folded(times.doubtful, language),
        never=_folded(times.not_names, language),
        compounds=times.compounds,
        capital=times.capital,
        day_after=_comes_before("M", "d", medium) if times.day_after is None else times.day_after,
        suffixed_day_after=times.suffixed_day_after,
        day_dot="d." in long if times.day_dot is None else times.day_dot,
        day_and_month_dotted=times.day_and_month_dotted,
        year_before=_comes_before("y", "M", medium) if times.year_before is None else times.year_before,
        year_last=times.year_last,
        year_after_comma=times.year_after_comma,
        month_first=_comes_before("M", "d", patterns.get("short", "")),
        double_months=times.double_months,
        weekdays_short_alone=times.weekdays_short_alone,
        clock_dot=times.clock_dot,
        half_before=times.half_before or not times.am,
        half_first=times.half_before,
        half_unsure=not times.am,
        halves=bool(_half(own, "am") and _half(own, "pm")),
        dial=dial_of(own.code),
        lists={key: _folded(getattr(times, key), language) for key in _LISTS},
        phrases=_phrases(own),
    )


HALVES = ("am", "pm", "night", "midday")
"""What may be said of the half of the day."""


def _half(own: Language, half: str) -> Sequence[str]:
    """The words for a half of the day: the file's, or where it has none CLDR's."""
    given: Sequence[str] = getattr(own.times, half)
    return given if own.times.am else own.calendar.parts_of_day.get(half, ())


def _phrases(own: Language) -> Mapping[str, Phrases]:
    times = own.times
    tables: Mapping[str, Mapping[str, object]] = {
        "not_after": dict.fromkeys(times.not_after, True),
        "not_before": dict.fromkeys(times.not_before, True),
        **{half: dict.fromkeys(_half(own, half), True) for half in HALVES},
        "zones": {
            **times.zones,
            **{zone: found for zone, found in _ZONES.items() if zone not in times.zones},
        },
        "decades": times.decades,
        "centuries": times.centuries,
        "ordinals": {form: number for number, forms in enumerate(times.ordinals, 1) for form in forms},
    }
    return {key: Phrases.of(table, own.code) for key, table in tables.items()}


_ZONES: Mapping[str, tuple[int, ...]] = {
    "utc": (0,), "gmt": (0,), "bst": (60,), "cet": (60, 120), "cest": (120, 60), "eet": (120, 180),
    "eest": (180, 120),
    "msk": (180,), "мск": (180,), "trt": (180,), "azt": (240,), "ist": (330, 60, 120), "hkt": (480,),
    "sgt": (480,), "jst": (540,), "kst": (540,), "aest": (600, 660), "aedt": (660, 600), "est": (-300, -240),
    "edt": (-240, -300), "et": (-300, -240), "cst": (-360, -300, 480), "cdt": (-300, -360),
    "ct": (-360, -300), "mst": (-420, -360), "mdt": (-360, -420), "mt": (-420, -360), "pst": (-480, -420),
    "pdt": (-420, -480), "pt": (-480, -420), "amt": (240,), "get": (240,), "almt": (300, 360), "irst": (210,),
    "wib": (420,), "ict": (420,), "pkt": (300,), "nzst": (720, 780), "nzdt": (780, 720), "mez": (60, 120),
    "mesz": (120, 60),
}  # fmt: skip
"""Minutes from UTC, the likeliest first. Letters that stand for several zones have several, and so has
winter's time for summer's: few keep them apart."""


def _folded(forms: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(fold(form, language) for form in forms)


def _comes_before(one: str, two: str, pattern: str) -> bool:
    return -1 < pattern.find(one) < pattern.find(two)
