"""What a language has for numbers: its words, scales, parts and units, from the `[numbers]` section of
its record and from CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from mlcheck.facts.numbers.lexicon import Lexicon
from mlcheck.facts.numbers.tokens import HAN_TOKEN, KOREAN_NUMBER, KOREAN_TOKEN, TOKEN
from mlcheck.facts.numbers.units import CURRENCIES, SYMBOLS, cldr_currencies, cldr_measures
from mlcheck.facts.tables import section
from mlcheck.languages import language as record
from mlcheck.languages import lower as lower_case

__all__ = ["NumberWords", "Word", "lower", "number_words", "pattern_of", "whole"]

_COMMA_DECIMAL = (
    "az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl no pl pt"
    " ro ru sk sl sq sr sv tr uk uz vi"
)
"""Languages whose decimals have a comma, as in CLDR: the list spares loading it for a digit."""
_HAN = ("zh", "ja")
_KOREAN_SCALES = str.maketrans("백천만억조", "百千万億兆")


@dataclass(frozen=True, slots=True)
class Word:
    """What a number word means. `role` is `number`, `ordinal`, `part` (a half, a third), `and_half`,
    or `short` (an abbreviation of a scale, only after digits)."""

    role: str
    value: Fraction
    weak: bool = False


def whole(text: str, language: str) -> str:
    """The text, as long as it was. The apostrophe of Ukrainian is a letter of the word (п'ять); elsewhere it
    parts words. The scales of Korean become those of Chinese, where digits stand before them."""
    if language == "ko":
        return KOREAN_NUMBER.sub(lambda match: match.group().translate(_KOREAN_SCALES), text)
    if language != "uk":
        return text
    return re.sub(r"(?<=[^\W0-9_])['’](?=[^\W0-9_])", "ʼ", text)


def lower(text: str, language: str) -> str:
    """Lower case that keeps each character's place."""
    low = lower_case(text, language)
    return low.replace("ё", "е") if language == "ru" else low


@dataclass(frozen=True)
class NumberWords:
    """All that is known of a language's numbers; empty of words where it has no data."""

    language: str
    comma: bool
    words: Lexicon[Word]
    scale_stems: Mapping[str, Fraction]
    """Beginnings of scales, of a language whose words nobody has written down form by form."""
    scale_endings: int
    """Letters after such a beginning, at most: where no spaces part words, all that follows."""
    scales_before: Mapping[str, Fraction]
    open_scale: bool
    """Is nothing known of scales, so that any word after digits may be one?"""
    halves: Lexicon[Fraction]
    """What adds a half to the number before it."""
    units: Lexicon[str]
    before: Lexicon[str]
    durations: Lexicon[tuple[tuple[Fraction, ...], str]]
    """Times that have a name of their own: a fortnight, "полчаса". Without a unit they are shares."""
    numerals: Mapping[str, Word]
    """Of which compounds are made: "zwei", "und" is among `links`."""
    longest: int
    """Letters of the longest of these."""
    tails: tuple[str, ...]
    """What may follow the numerals of a compound: "jährig", "летн"."""
    links: frozenset[str]
    """Words and letters inside a number: "and", "und", "y"."""
    fillers: frozenset[str]
    """What may stand between a number and its scale: "six autres millions"."""
    joined_links: tuple[str, ...]
    """The same where it is written together with the word after it (Arabic)."""
    link_after: str
    of: frozenset[str]
    ranges: frozenset[str]
    unsure: bool
    """Are the words those of a script?"""
    shares: frozenset[str]
    """Between a part and its whole: "nine out of ten"."""
    shares_apart: frozenset[str]
    """The same where a word may stand before it: "nine doctors out of ten"."""
    shares_after: frozenset[str]
    """Between a whole and its part: 10人に9人."""
    every: frozenset[str]
    articles: frozenset[str]
    ten_adds: bool
    compound: bool
    endings: tuple[str, ...]
    classifiers: str
    cased: frozenset[str]
    bare: frozenset[str]
    """Hundreds and thousands that are numbers without a number before them."""


def _forms(written: str, endings: Sequence[str] = ("",)) -> list[str]:
    """The forms that a line of a data file names: `пят(ь|и|ью), пятеро`; in the last place each
    of `endings` may follow."""
    forms: list[str] = []
    if not written:
        return forms
    for entry in written.split(","):
        grown = [""]
        for i, part in enumerate(re.split(r"[()]", entry.strip())):
            options = part.split("|") if i % 2 else [part]
            grown = [one + option for one in grown for option in options]
        forms += [one + ending for one in grown for ending in (endings if one else ())]
    return forms


def pattern_of(language: str) -> re.Pattern[str]:
    """How texts in a language are cut; `language` is a base code."""
    return HAN_TOKEN if language in _HAN else KOREAN_TOKEN if language == "ko" else TOKEN


@cache
def number_words(language: str) -> NumberWords:
    """What a language has. `language` is a base code such as `ru`."""
    data = _section(language)
    short = data.get("short_scales", {})
    words, numerals = _number_words(language, data)
    units, before = _units(language, data)
    halves: Lexicon[Fraction] = Lexicon(pattern_of(language))
    for form in _forms(data.get("and_half", "")):
        halves.add(form, Fraction(1, 2))
    return NumberWords(
        language=language,
        scale_stems=_scale_stems(data),
        scale_endings=_SCALE_ENDING if record(language).spaced else _WHOLE_PHRASE,
        scales_before={
            form: Fraction(value)
            for value, written in data.get("scales_before", {}).items()
            for form in _forms(written)
        },
        open_scale=not data.get("scales"),
        comma=f" {language} " in f" {_COMMA_DECIMAL} ",
        words=words,
        halves=halves,
        units=units,
        before=before,
        durations=_durations(language, data),
        numerals=numerals,
        longest=max(map(len, numerals), default=0),
        tails=tuple(_forms(data.get("after_pieces", ""))),
        links=frozenset(_forms(data.get("links", ""))),
        fillers=frozenset(_forms(data.get("fillers", ""))),
        joined_links=tuple(_forms(data.get("joined_links", ""))),
        link_after=data.get("link_after", "hundreds"),
        of=frozenset(_forms(data.get("of", ""))),
        ranges=frozenset(_forms(data.get("ranges", ""))),
        unsure=data.get("unsure", False) or (not data.get("words") and language not in _HAN),
        shares=frozenset(_forms(data.get("shares", ""))),
        shares_apart=frozenset(_forms(data.get("shares_apart", ""))),
        shares_after=frozenset(_forms(data.get("shares_after", ""))),
        every=frozenset(_forms(data.get("every", ""))),
        articles=frozenset(_forms(data.get("articles", ""))),
        ten_adds=data.get("ten_adds", False),
        compound=data.get("compound", False) or bool(data.get("pieces")),
        endings=tuple(_forms(data.get("digit_endings", ""))),
        classifiers=data.get("classifiers", ""),
        cased=frozenset(form for written in short.values() for form in _forms(written)),
        bare=frozenset(_forms(data.get("bare", ""))),
    )


def _scale_stems(data: Mapping[str, Any]) -> dict[str, Fraction]:
    """What scales begin with in all their forms: `miljoon` of miljoonaa and whatever CLDR lacks."""
    found: dict[str, Fraction] = {}
    for value, written in data.get("scales", {}).items() if data.get("unsure") else ():
        forms = [form for form in _forms(written) if form.isascii() or len(form) > 2]
        for form in (*forms, *_beginnings(forms)):
            found.setdefault(form, Fraction(value))
    return found


def _beginnings(forms: Sequence[str]) -> list[str]:
    """What forms that begin with the same letters have in common."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:_STEM], []).append(form)
    common = [_common(min(group), max(group)) for group in groups.values() if len(group[0]) >= _STEM]
    # An accent may move in a long word: δισεκατομμύρια, δισεκατομμυρίων.
    return common + [form[:-_STEM] for form in forms if len(form) >= _LONG_WORD]


def _common(one: str, other: str) -> str:
    """What two words begin with; of the first and the last in order, all between them do."""
    size = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[: min(size, len(other))]


def _section(language: str) -> dict[str, Any]:
    """What the data file of the language has of numbers; empty without one."""
    return {
        key: whole(value, language) if isinstance(value, str) else value
        for key, value in section(language, "numbers").items()
    }


_ROLES = (
    ("parts_before", "part_before", True),
    # What is weak is weak also where it looks like an inflected numeral ("семью").
    ("weak", "number", True),
    ("words", "number", False),
    ("scales", "scale", False),
    ("ordinals", "ordinal", True),
    ("halves", "part", True),
    ("parts", "part", True),
)
"""Keys of the data, first come first served: the role of their words, and whether they are weak."""
_SURE, _LETTERS = 11, 5
_STEM = 4
_LONG_WORD = 10
_SCALE_ENDING = 5
_WHOLE_PHRASE = 40
_INFLECTED = ("words", "scales")


def _number_words(language: str, data: Mapping[str, Any]) -> tuple[Lexicon[Word], dict[str, Word]]:
    """The number words of a language, and the numerals of which its compounds are made."""
    words: Lexicon[Word] = Lexicon(pattern_of(language))
    numerals: dict[str, Word] = {}
    endings = ["", *(_forms(data["endings"]) if "endings" in data else [])]
    never = set(_forms(data.get("never", "")))
    unsure = data.get("unsure", False)
    looked_at = frozenset(_forms(data.get("doubtful_words", ""))) if data.get("checked") else None
    heads = ["", *(_forms(data["beginnings"]) if "beginnings" in data else [])]
    for key, role, weak in _ROLES:
        for value, written in data.get(key, {}).items():
            amount = Fraction(value)
            kind = "scale" if key == "weak" and amount >= 1000 else role
            for form in _forms(whole(written, language), endings if key in _INFLECTED else ("",)):
                doubtful = weak or amount in (0, 1)
                if unsure and key == "words":
                    doubtful |= _is_short(form, amount) if looked_at is None else form in looked_at
                for head in heads:
                    if head + form not in never:
                        words.add(head + form, Word(kind, amount, doubtful))
                if key != "weak" and " " not in form and "-" not in form and (len(form) > 1 or not unsure):
                    numerals.setdefault(form, Word(kind, amount))
    for value, written in data.get("short_scales", {}).items():
        # These keep their case: in French `M` is a million and `m` a metre.
        for form in _forms(written):
            words.add(form, Word("short", Fraction(value)))
    return words, _own_numerals(language, data) if "pieces" in data else numerals


def _is_short(form: str, amount: Fraction) -> bool:
    """May a number word of which nobody has made sure be another word too? The shorter and the smaller, the
    likelier: năm is five and a year, نه nine and no."""
    return len(form) < _LETTERS or amount < _SURE or amount == 100


def _own_numerals(language: str, data: Mapping[str, Any]) -> dict[str, Word]:
    """The numerals of compounds where the data names them apart."""
    numerals = {
        form: Word("scale" if int(Fraction(value)) >= 1000 else "number", Fraction(value))
        for value, written in data["pieces"].items()
        for form in _forms(whole(written, language))
    }
    for form in _forms(data.get("and_half", "")):
        numerals[form] = Word("and_half", Fraction(1, 2))
    return numerals


def _durations(language: str, data: Mapping[str, Any]) -> Lexicon[tuple[tuple[Fraction, ...], str]]:
    """What the data says of a key such as `14|15 day`: the values, the likeliest first, and the unit."""
    durations: Lexicon[tuple[tuple[Fraction, ...], str]] = Lexicon(pattern_of(language))
    for key, written in data.get("durations", {}).items():
        values, _, unit = key.partition(" ")
        meant = tuple(map(Fraction, values.split("|"))), unit
        for form in _forms(written):
            durations.add(lower(whole(form, language), language), meant)
    return durations


def _units(language: str, data: Mapping[str, Any]) -> tuple[Lexicon[str], Lexicon[str]]:
    """Units as they stand after a number, and before one; those of the data hold against CLDR's."""
    units: Lexicon[str] = Lexicon(pattern_of(language))
    before: Lexicon[str] = Lexicon(pattern_of(language))
    for key, lexicon in (("units", units), ("before", before)):
        for unit, written in data.get(key, {}).items():
            for form in _forms(written):
                lexicon.add(form, unit)
    for form, unit in (("%", "percent"), ("٪", "percent"), ("p.p.", "percent-point"), *SYMBOLS.items()):
        units.add(form, unit)
    for form, unit in CURRENCIES:
        before.add(form, unit)
        units.add(form, unit)
    before.add("%", "percent")
    if not data:
        return units, before
    for form, unit in (*cldr_measures(language), *cldr_currencies(language)):
        name = lower(form, language)
        if not any(char.isdigit() for char in name):
            units.add(name, unit)
            if not name.isalpha() and len(name) < 5:
                before.add(name, unit)
    return units, before
