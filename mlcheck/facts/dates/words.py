"""The words of dates and times in one language: CLDR's names, and what its data file adds."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from mlcheck.facts.tables import FIRST_CLASS, section
from mlcheck.facts.tokens import Token, fold, tokens

__all__ = ["Found", "Name", "Phrases", "Words", "words_of"]

_LONGEST_WORD = 40
"""Letters. No name of a month is longer; what is longer is not looked at."""
_FRONT, _VOWELS = frozenset("eəiöü"), frozenset("aeəıioöuü")
"""Of Turkish and Azerbaijani, whose endings have the vowels of the word."""
_LEAST_OF_COMPOUND = 5
"""Letters of a name that may begin a compound: `Mai` begins too many other words."""


class Name(NamedTuple):
    """A month, a weekday, a day (`-1` is yesterday) or an hour (noon), and how sure it is.

    `sure`: 2 by itself, 1 weak, 0 only beside a date (`Mo`, `Sun`, `Mar`).
    """

    kind: str
    number: int
    sure: int
    capital: bool = False
    """Written with a capital by CLDR: `Sun` is no weekday in `the sun`."""
    doubtful: bool = False
    """Also a common word, or a person's name: sure only beside words that go with dates."""
    doubtful_capital: bool = False
    """Doubtful where it has a capital: `Domingo`."""


class Found(NamedTuple):
    """A name, and the token after it."""

    name: Name
    end: int
    suffixed: bool


@dataclass(slots=True)
class Phrases:
    """Phrases of one or more tokens, each with a value; the longest that fits is found."""

    values: dict[tuple[str, ...], Any] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, phrases: Mapping[str, Any], language: str) -> Phrases:
        """Of phrases as a data file has them."""
        found = cls()
        for phrase, value in phrases.items():
            found.add(phrase, value, language)
        return found

    def add(self, phrase: str, value: Any, language: str) -> None:
        """Adds a phrase, unless it is there already: what is said first holds."""
        key = tuple(token.text for token in tokens(phrase, language))
        if key:
            self.values.setdefault(key, value)
            self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def at(self, found: Sequence[Token], start: int) -> tuple[int, Any] | None:
        """The longest phrase that begins at a token: the token after it, and its value."""
        if start < 0 or start >= len(found):
            return None
        for count in range(self.longest.get(found[start].text, 0), 0, -1):
            key = tuple(token.text for token in found[start : start + count])
            if len(key) == count and key in self.values:
                return start + count, self.values[key]
        return None

    def before(self, found: Sequence[Token], end: int) -> tuple[int, Any] | None:
        """The longest phrase that ends before a token: its first token, and its value."""
        for count in range(min(4, end), 0, -1):
            key = tuple(token.text for token in found[end - count : end])
            if key in self.values:
                return end - count, self.values[key]
        return None


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
    year_before: bool
    month_first: bool
    """Of dates in digits with strokes: `4/28/2024`."""
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
        """Is a token one of the words of a list of the data file?"""
        return token.text in self.lists.get(key, ())


_LISTS = (
    "after",
    "before",
    "century",
    "century_before",
    "century_suffixes",
    "decade_after",
    "decade_before",
    "decade_suffixes",
    "hour_after",
    "hour_at",
    "joiners",
    "of",
    "at",
    "clock",
    "minute",
    "month_words",
    "o_clock",
    "year",
)
_KEYS = {"month": "months", "weekday": "days"}
_PHRASES = ("not_after", "not_before", "am", "pm", "zones", "decades", "ordinals")


@cache
def words_of(language: str) -> Words:
    """The words of a language, by its base code; without names where CLDR does not know it."""
    own = section(language, "times")
    known = language in FIRST_CLASS
    data = _cldr(language)
    names = Phrases()
    for name, text in chain(_own_names(own), _cldr_names(data, known=known)):
        names.add(text, name, language)
    for key in ("doubtful", "doubtful_capitals"):
        for form in (form for text in own.get(key, ()) for form in _forms(text, own)):
            words = tuple(token.text for token in tokens(form, language))
            if words in names.values:
                name = names.values[words]
                always = key == "doubtful" or name.doubtful
                names.values[words] = name._replace(doubtful=always, doubtful_capital=not always)
    for text in own.get("not_names", ()):
        names.values.pop(tuple(token.text for token in tokens(text, language)), None)
    if language != "en":
        # Titles and slips: "Saturday Night Live" in a Russian text is still a Saturday.
        for number, text in _numbered(_cldr("en").get("days", {}), "wide", first=1):
            names.add(text, Name("weekday", number, 1, capital=True), language)
    medium = _pattern(data, "medium")
    suffixes = frozenset(fold(text, language) for text in own.get("suffixes", ()))
    lists = {key: frozenset(fold(text, language) for text in own.get(key, ())) for key in _LISTS}
    phrases = {}
    for key in _PHRASES:
        value = own.get(key, {})
        table = value if isinstance(value, dict) else {text: k for k, text in enumerate(value, 1)}
        phrases[key] = Phrases.of(
            {form: number for text, number in table.items() for form in _forms(text, own)}, language
        )
    for zone, minutes in _ZONES.items():
        phrases["zones"].add(zone, minutes, language)
    return Words(
        language=language,
        names=names,
        suffixes=suffixes,
        prefixes=tuple(own.get("prefixes", ())),
        longest_suffix=max(map(len, suffixes), default=0),
        doubtful=_folded("doubtful", own, language),
        never=_folded("not_names", own, language),
        compounds=bool(own.get("compounds", False)),
        capital=bool(own.get("capital", False)),
        day_after=bool(own.get("day_after", _comes_before("M", "d", medium))),
        suffixed_day_after=bool(own.get("suffixed_day_after", False)),
        day_dot=bool(own.get("day_dot", "d." in _pattern(data, "long"))),
        year_before=bool(own.get("year_before", _comes_before("y", "M", medium))),
        month_first=_comes_before("M", "d", _pattern(data, "short")),
        lists=lists,
        phrases=phrases,
    )


_ZONES: dict[str, list[int]] = {
    "utc": [0], "gmt": [0], "bst": [60], "cet": [60], "cest": [120], "eet": [120], "eest": [180],
    "msk": [180], "мск": [180], "trt": [180], "azt": [240], "ist": [330, 60, 120], "hkt": [480],
    "sgt": [480], "jst": [540], "kst": [540], "aest": [600], "aedt": [660], "est": [-300], "edt": [-240],
    "et": [-300, -240], "cst": [-360, 480], "cdt": [-300], "ct": [-360, -300], "mst": [-420],
    "mdt": [-360], "mt": [-420, -360], "pst": [-480], "pdt": [-420], "pt": [-480, -420],
}  # fmt: skip
"""Minutes from UTC, the likeliest first. Letters that stand for several zones have several."""


def _folded(key: str, own: Mapping[str, Any], language: str) -> frozenset[str]:
    return frozenset(fold(form, language) for text in own.get(key, ()) for form in _forms(text, own))


def _own_names(own: Mapping[str, Any]) -> Iterator[tuple[Name, str]]:
    kinds = (("months", "month", 2), ("month_adjectives", "month", 2), ("months_short", "month", 0),
             ("weekdays", "weekday", 2), ("weekday_adjectives", "weekday", 2),
             ("weekdays_weak", "weekday", 1), ("weekdays_short", "weekday", 0))  # fmt: skip
    for key, kind, sure in kinds:
        for number, texts in enumerate(own.get(key, ()), 1):
            for text in texts:
                for form in _forms(text, own):
                    # Октябрьская with a capital is a square.
                    name = Name(kind, number, sure, form[:1].isupper(), False, key.endswith("adjectives"))
                    yield name, form
    for day, texts in own.get("days", {}).items():
        for text in texts:
            for form in _forms(text, own):
                yield Name("day", int(day), 1), form
    for hour, texts in own.get("hours", {}).items():
        for text in texts:
            for form in _forms(text, own):
                yield Name("hour", int(hour), 1), form


def _forms(text: str, own: Mapping[str, Any]) -> list[str]:
    """`март|,а,у` is `март`, `марта`, `марту`; `январск|*` has the endings of the key `endings`."""
    stem, bar, endings = text.partition("|")
    if not bar:
        return [text]
    return [stem + ending for ending in (own.get("endings", "") if endings == "*" else endings).split(",")]


def _cldr_names(data: Mapping[str, Any], *, known: bool) -> Iterator[tuple[Name, str]]:
    """CLDR's months and weekdays. Where nobody has looked at a language, a month alone is weak:
    nobody knows which of its names are also words."""
    for width in ("wide", "abbreviated"):
        # Months first: `mar` is March and Tuesday in Spanish, and a date needs it more.
        for kind, first in (("month", 0), ("weekday", 1)):
            sure = 0 if width == "abbreviated" else 1 if kind == "month" and not known else 2
            for number, text in _numbered(data.get(_KEYS[kind], {}), width, first=first):
                # Some languages have no short forms, and CLDR gives the full ones again: these hold.
                yield Name(kind, number, sure, capital=text[:1].isupper()), text
                if text.endswith("."):
                    yield Name(kind, number, sure, capital=text[:1].isupper()), text.rstrip(".")


def _numbered(data: Mapping[str, Any], width: str, *, first: int) -> Iterator[tuple[int, str]]:
    """Names with their numbers. babel counts days from 0 and months from 1, so `first` is added."""
    for context in ("format", "stand-alone"):
        for number, text in data.get(context, {}).get(width, {}).items():
            if isinstance(text, str) and text and not text.isdigit():
                yield number + first, text


@cache
def _cldr(language: str) -> Mapping[str, Any]:
    """CLDR's calendar of a language, straight from babel's files.

    Not `Locale(language).months`: the first language that asks there for names that its own file
    does not have leaves them for all others (babel 2.18: after `az`, the stand-alone months of `fr`
    are Azerbaijani), so that facts would depend on which text was read first.
    """
    from babel.core import get_global
    from babel.localedata import LocaleDataDict, exists, merge, resolve_locale_filename

    if not language.isalpha() or not exists(language):
        return {}
    line = [language]
    while line[-1] != "root":
        line.append(get_global("parent_exceptions").get(line[-1], "root"))
    data: dict[str, Any] = {}
    for name in reversed(line):
        with Path(resolve_locale_filename(name)).open("rb") as file:
            merge(data, pickle.load(file))
    found: Mapping[str, Any] = LocaleDataDict(data)  # type: ignore[arg-type]
    return found


def _pattern(data: Mapping[str, Any], width: str) -> str:
    formats = data.get("date_formats", {})
    found = formats.get(width)
    return str(getattr(found, "pattern", found) or "")


def _comes_before(one: str, two: str, pattern: str) -> bool:
    return -1 < pattern.find(one) < pattern.find(two)
