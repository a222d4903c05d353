"""What a language has for numbers: its words, scales, parts and units, from the `[numbers]` section of
its data file and from CLDR, and the pieces that its texts are cut into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Generic, TypeVar

from mlcheck.facts.han import HAN_NUMBER
from mlcheck.facts.tables import section
from mlcheck.facts.units import SYMBOLS, cldr_currencies, cldr_measures
from mlcheck.languages import lower as lower_case

__all__ = [
    "HAN",
    "HAN_TOKEN",
    "SPACES",
    "TOKEN",
    "NumberWords",
    "Phrases",
    "Word",
    "lower",
    "number_words",
    "whole",
]

T = TypeVar("T")

_COMMA_DECIMAL = (
    "az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl no pl pt"
    " ro ru sk sl sq sr sv tr uk uz vi"
)
"""Languages whose decimals have a comma, as in CLDR: the list spares loading it for a digit."""
HAN = ("zh", "ja")
SPACES = " \u00a0\u2009\u202f\u2007\u2008\u3000\t"

# Every repetition is over disjoint classes or bounded, so that matching is linear in the text.
_PIECES = (
    rf"(?P<grouped>[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,6}}(?![0-9])(?:[.,٫][0-9]{{1,18}}(?![0-9]))?)"
    r"|(?P<digits>[0-9]+(?:[.,'’٫٬·][0-9]+)*)"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<word>[^\W0-9_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]+)"
    r"|(?P<symbol>[%‰٪$€£¥¢₠-⃏﹩＄￡￥°℃℉№])"
)
TOKEN = re.compile(_PIECES)
# Without spaces between words, each letter is a token.
_LETTER = "\u3005-\u30ff\u3400-\u9fff"
HAN_TOKEN = re.compile(
    rf"(?P<han>第?{HAN_NUMBER})|(?P<letter>[{_LETTER}])|{_PIECES.replace('[^', f'[^{_LETTER}')}"
)


@dataclass(frozen=True, slots=True)
class Word:
    """What a number word means. `role` is `number`, `ordinal`, `part` (a half, a third), `and_half`,
    or `short` (an abbreviation of a scale, only after digits)."""

    role: str
    value: Fraction
    weak: bool = False


def whole(text: str, language: str) -> str:
    """The apostrophe of Ukrainian is a letter of the word (п'ять); elsewhere it parts words."""
    if language != "uk":
        return text
    return re.sub(r"(?<=[^\W0-9_])['’](?=[^\W0-9_])", "ʼ", text)


def lower(text: str, language: str) -> str:
    """Lower case that keeps each character's place."""
    low = lower_case(text, language)
    return low.replace("ё", "е") if language == "ru" else low


class Phrases(Generic[T]):
    """What phrases mean, found from their first word; one that ends in `*` stands for every ending."""

    def __init__(self, pieces: re.Pattern[str]) -> None:
        self.pieces = pieces
        self.first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self.stems: dict[str, T] = {}

    def add(self, phrase: str, meaning: T) -> None:
        """Add a phrase; the first meaning given stays."""
        words = self.split(phrase)
        if not words:
            return
        if phrase.endswith("*"):
            if len(words) == 1:
                self.stems.setdefault(words[0], meaning)
                return
            words = (*words[:-1], words[-1] + "*")
        known = self.first.setdefault(words[0], [])
        if all(words != other for other, _ in known):
            known.append((words, meaning))
            known.sort(key=lambda pair: -len(pair[0]))

    def split(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase, as the language's texts are cut."""
        return tuple(m.group() for m in self.pieces.finditer(phrase))

    def stem(self, word: str, spare: int) -> T | None:
        """The meaning of the longest stem of a word, with at most `spare` letters after it."""
        for end in range(min(len(word), 40), max(1, len(word) - spare) - 1, -1):
            if word[:end] in self.stems:
                return self.stems[word[:end]]
        return None


@dataclass(frozen=True)
class NumberWords:
    """All that is known of a language's numbers; empty of words where it has no data."""

    language: str
    comma: bool
    words: Phrases[Word]
    halves: Phrases[Fraction]
    """What adds a half to the number before it."""
    units: Phrases[str]
    before: Phrases[str]
    pieces: Mapping[str, Word]
    after_pieces: tuple[str, ...]
    """What may follow pieces of a compound: "jährig", "летн"."""
    links: frozenset[str]
    """Words and letters inside a number: "and", "und", "y"."""
    joined_links: tuple[str, ...]
    """The same where it is written together with the word after it (Arabic)."""
    link_after: str
    of: frozenset[str]
    ranges: frozenset[str]
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


@cache
def number_words(language: str) -> NumberWords:
    """What a language has. `language` is a base code such as `ru`."""
    data: dict[str, Any] = {
        key: whole(value, language) if isinstance(value, str) else value
        for key, value in section(language, "numbers").items()
    }
    pattern = HAN_TOKEN if language in HAN else TOKEN
    words: Phrases[Word] = Phrases(pattern)
    endings = _forms(data["endings"]) if "endings" in data else []
    endings = ["", *endings]
    never = set(_forms(data.get("never", "")))
    heads = ["", *_forms(data["beginnings"])] if "beginnings" in data else [""]
    pieces: dict[str, Word] = {}

    def add(key: str, role: str, weak: bool, tails: Sequence[str] = ("",)) -> None:
        for value, written in data.get(key, {}).items():
            amount = Fraction(value)
            if amount >= 1000 and role == "number" and key == "weak":
                role = "scale"
            for form in _forms(whole(written, language), tails):
                for head in heads:
                    if head + form not in never:
                        words.add(head + form, Word(role, amount, weak or amount in (0, 1)))
                if key != "weak" and " " not in form and "-" not in form:
                    pieces.setdefault(form, Word(role, amount))

    add("parts_before", "part_before", True)
    # What is weak is weak also where it looks like an inflected numeral ("семью").
    add("weak", "number", True)
    add("words", "number", False, endings)
    add("scales", "scale", False, endings)
    add("ordinals", "ordinal", True)
    add("halves", "part", True)
    add("parts", "part", True)
    short: frozenset[str] = frozenset()
    for value, written in data.get("short_scales", {}).items():
        # These keep their case: in French `M` is a million and `m` a metre.
        short |= frozenset(_forms(written))
        for form in _forms(written):
            words.add(form, Word("short", Fraction(value)))
    halves: Phrases[Fraction] = Phrases(pattern)
    for form in _forms(data.get("and_half", "")):
        halves.add(form, Fraction(1, 2))
    if "pieces" in data:
        pieces = {
            form: Word("scale" if int(Fraction(value)) >= 1000 else "number", Fraction(value))
            for value, written in data["pieces"].items()
            for form in _forms(whole(written, language))
        }
        for form in _forms(data.get("and_half", "")):
            pieces[form] = Word("and_half", Fraction(1, 2))
    units: Phrases[str] = Phrases(pattern)
    before: Phrases[str] = Phrases(pattern)
    for unit, written in data.get("units", {}).items():
        for form in _forms(written):
            units.add(form, unit)
    for unit, written in data.get("before", {}).items():
        for form in _forms(written):
            before.add(form, unit)
    for form, unit in (("%", "percent"), ("٪", "percent"), ("p.p.", "percent-point")):
        units.add(form, unit)
    for form, unit in SYMBOLS.items():
        units.add(form, unit)
    for form, unit in _CURRENCIES:
        before.add(form, unit)
        units.add(form, unit)
    before.add("%", "percent")
    if data:
        for form, unit in (*cldr_measures(language), *cldr_currencies(language)):
            name = lower(form, language)
            if not any(char.isdigit() for char in name):
                units.add(name, unit)
                if not name.isalpha() and len(name) < 5:
                    before.add(name, unit)
    return NumberWords(
        language=language,
        comma=f" {language} " in f" {_COMMA_DECIMAL} ",
        words=words,
        halves=halves,
        units=units,
        before=before,
        pieces=pieces,
        after_pieces=tuple(_forms(data.get("after_pieces", ""))),
        links=frozenset(_forms(data.get("links", ""))),
        joined_links=tuple(_forms(data.get("joined_links", ""))),
        link_after=data.get("link_after", "hundreds"),
        of=frozenset(_forms(data.get("of", ""))),
        ranges=frozenset(_forms(data.get("ranges", ""))),
        ten_adds=data.get("ten_adds", False),
        compound=data.get("compound", False) or bool(data.get("pieces")),
        endings=tuple(_forms(data.get("digit_endings", ""))),
        classifiers=data.get("classifiers", ""),
        cased=short,
        bare=frozenset(_forms(data.get("bare", ""))),
    )


_CURRENCIES = tuple(
    (form, unit)
    for unit, written in {
        "USD": "$, us $, usd, ﹩",
        "AUD": "a $, au $, aud",
        "CAD": "c $, ca $, cad",
        "HKD": "hk $, hkd",
        "NZD": "nz $, nzd",
        "SGD": "s $, sgd",
        "TWD": "nt $, twd",
        "BRL": "r $, brl",
        "EUR": "€, eur",
        "GBP": "£, gbp",
        "JPY": "jp ¥, jpy",
        "CNY": "¥, cn ¥, rmb, cny",
        "INR": "₹, inr, rs",
        "RUB": "₽, rub",
        "UAH": "₴, uah",
        "TRY": "₺, try, tl",
        "AZN": "₼, azn",
        "KZT": "₸, kzt",
        "KRW": "₩, krw",
        "ILS": "₪, ils",
        "CHF": "chf",
        "PLN": "pln",
        "GEL": "₾, gel",
    }.items()
    for form in _forms(written)
)
