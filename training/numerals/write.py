"""Write what CLDR has of numbers in words to the package, a file a language.

    python -m training.numerals.write FOLDER [CODE ...]

FOLDER has the spell-out rules as JSON: `rbnf/` of the npm package cldr-rbnf 48.2.0 (Unicode licence v3). The
words after digits (thousand, million, their abbreviations) are CLDR's compact forms, which babel has. Of a
language whose own file has number words nothing is written. Each number up to a hundred, and some above, is
then read back from its words: prints for each language how many were not read as they should, and leaves out
number words where that are more than one in ten, or thousands are read as other numbers (`elfu mbili` is two
thousand, and not a thousand and two).
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import locale_identifiers

from mlcheck.languages import base, language
from mlcheck.facts.numbers import numbers
from mlcheck.facts.numbers.words import number_words
from training.numerals.rules import Rules

_OUT = Path(__file__).parents[2] / "mlcheck" / "languages" / "numerals"
_HEAD = """\
# Numbers in words by CLDR: compact forms as babel has them, spell-out rules as cldr-rbnf 48.2.0 has them.
# Unicode License v3 (LICENSE). Written by training/numerals; what is wrong here is put right in the
# language's own file, whose words come first.
"""
_SMALL = (*range(1, 100), *range(100, 1000, 100))
_WITHOUT = {"az", "ar", "de", "en", "es", "fr", "it", "ja", "ru", "tr", "uk", "zh", "yue", "ko"}
_OTHER_CODE = {"tl": "fil", "no": "no"}
_MARKS = str.maketrans({"\u093c": "", "\u09bc": ""})

Words = dict[int, dict[str, None]]


def compact(code: str) -> tuple[Words, Words, Words]:
    """Scales after digits as CLDR writes them: words, abbreviations, and words before digits."""
    words, short, before = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    for identifier in sorted(locale_identifiers()):
        if base(identifier.replace("_", "-")) != code:
            continue
        formats = Locale.parse(identifier).compact_decimal_formats
        for width in ("long", "short"):
            for patterns in formats.get(width, {}).values():
                for magnitude, pattern in patterns.items():
                    text = str(pattern.pattern).split(";")[0].replace("'", "")
                    zeros = text.count("0")
                    lead, _, tail = re.sub("0+", "0", text).partition("0")
                    lead, tail = (t.strip(" \u00a0\u200f\u200e\u061c.॰") for t in (lead, tail))
                    if not zeros or bool(lead) == bool(tail) or re.search(r"[^\w\s\u0900-\u109f\u1780-\u17ff]", lead + tail):
                        continue
                    scale = int(magnitude) // 10 ** (zeros - 1)
                    if lead:
                        before[scale][lead] = None
                    elif len(tail) == 1 and tail.isascii():
                        if tail in "KMB":
                            short[scale][tail] = None
                    elif width == "short":
                        short[scale][tail] = None
                    else:
                        words[scale][tail] = None
    return words, short, before


def spelt(rules: Rules) -> tuple[Words, Words, Words, list[str]]:
    """Cardinals below a thousand, ordinals up to a hundred, and scales; and what joins tens and ones."""
    cardinals, ordinals, scales = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    links: dict[str, None] = {}
    for name in rules.names("cardinal"):
        if name.startswith("%%"):
            continue
        for number in _SMALL:
            for form in rules.spell(number, name):
                cardinals[number][form] = None
        for scale, form in rules.scales(name):
            if len(form) > 1:
                scales[scale][form] = None
        for start in (*range(30, 100, 10), 200):
            ends = (rules.spell(start, name), rules.spell(start + 2, name), rules.spell(2, name))
            for first, both, last in zip(*ends, strict=False):
                if both.startswith(first + " ") and both.endswith(" " + last):
                    between = both[len(first) : len(both) - len(last)]
                    if between.strip() and " " not in between.strip():
                        links[between.lstrip()] = None
    for name in rules.names("ordinal"):
        if not name.startswith("%%"):
            for number in range(1, 21):
                for form in rules.spell(number, name):
                    ordinals[number][form] = None
    return cardinals, ordinals, scales, list(links)


def table(code: str, rules: Rules | None) -> dict[str, Any]:
    """The section `numbers` of a language."""
    words, short, before = compact(code)
    cardinals, ordinals, scales, links = spelt(rules) if rules else ({}, {}, {}, [])
    for scale, forms in scales.items():
        words[scale].update(forms)
    # Where no spaces part words, only what stands after digits can be told.
    if not language(code).spaced:
        cardinals, ordinals, links = {}, {}, []
    if not words and not cardinals and not before:
        return {}
    composed = _composed(cardinals)
    taken = {form.lower() for table in (cardinals, words) for forms in table.values() for form in forms}
    found: dict[str, Any] = {"unsure": True}
    solid = rules is not None and any(
        " " not in form for name in rules.names("cardinal") for form in rules.spell(342, name)
    )
    if cardinals and solid:
        found["compound"] = True
    apart = [link.strip() for link in links if link.endswith(" ") and link.strip() not in taken]
    joined = [link for link in links if not link.endswith(" ")]
    if links:
        found |= {"link_after": "any", "links": apart, "joined_links": joined}
    for key, part in (
        ("words", cardinals),
        ("scales", words),
        ("short_scales", short),
        ("scales_before", before),
        ("ordinals", ordinals),
    ):
        rows = {
            str(number): own
            for number, forms in sorted(part.items())
            if (own := _clean(forms, key, composed if key == "words" else taken if key == "ordinals" else set()))
        }
        if rows:
            found[key] = rows
    return found


def _composed(cardinals: Words) -> set[str]:
    """Forms of tens and ones that are made of the two, written together or apart: these are read as such."""
    made: set[str] = set()
    for number in range(21, 100):
        tens, ones = cardinals.get(number - number % 10, ()), cardinals.get(number % 10, ())
        if number % 10:
            for form in cardinals.get(number, ()):
                if " " in form or any(form == one + two for one in tens for two in ones):
                    made.add(form)
    return made


def _clean(forms: Iterable[str], key: str, taken: set[str]) -> list[str]:
    """Forms in lower case, with the spellings that leave out the dot below a letter; abbreviations keep
    their case."""
    result: dict[str, None] = {}
    for form in forms:
        form = form.strip(" .-")
        if form in taken or not form or re.search(r"[0-9=%#()|*−←→]", form) or form.startswith("minus"):
            continue
        form = form if key == "short_scales" else form.lower()
        for spelling in (form, form.translate(_MARKS)):
            result[spelling] = None
    return list(result)


def show(section: Mapping[str, object]) -> str:
    """The section as TOML."""
    plain = {key: value for key, value in section.items() if not isinstance(value, dict)}
    lines = ["[numbers]", *(f"{key} = {_value(value)}" for key, value in plain.items())]
    for key, value in section.items():
        if isinstance(value, dict):
            lines += ["", f"[numbers.{key}]", *(f"{k} = {_value(v)}" for k, v in value.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def settle(code: str, section: dict[str, Any], rules: Rules | None) -> tuple[int, int, list[str]]:
    """Write the section so that its numbers are read as they should, phrase by phrase where the words by
    themselves say another; without number words where they are not."""

    def write() -> None:
        _OUT.mkdir(exist_ok=True)
        (_OUT / f"{code}.toml").write_text(_HEAD + "\n" + show(section), encoding="utf-8")
        language.cache_clear()
        number_words.cache_clear()

    write()
    if rules is None or "words" not in section:
        return 0, 0, []
    failed = wrong(code, rules)[2]
    for number, form, _ in failed:
        if number < 100 and form.count(" ") < 5 and not re.search(r"[0-9=%#()|*−←→]", form):
            section["words"].setdefault(str(number), []).append(form.lower())
    section["words"] = dict(sorted(section["words"].items(), key=lambda item: int(item[0])))
    write()
    tried, failed = wrong(code, rules)[1:]
    astray = {number for number, _, read in failed if number >= 1000 and read}
    if len(failed) > tried / 10 or len(astray) > 1:
        for key in ("words", "ordinals", "links", "joined_links", "link_after", "compound"):
            section.pop(key, None)
        write()
    return len(failed), tried, [f"{number} {form}: {read}" for number, form, read in failed[:4]]


def wrong(code: str, rules: Rules) -> tuple[int, int, list[tuple[int, str, list[str]]]]:
    """How many numbers are not read from their words, of how many, and some of these."""
    tried = 0
    failed: list[tuple[int, str, list[str]]] = []
    for name in rules.names("cardinal"):
        if name.startswith("%%"):
            continue
        for number in (*range(2, 100), 215, 342, 2000, 5300, 25000, 12345, 3000000, 2500000):
            for form in rules.spell(number, name)[:1]:
                tried += 1
                read = numbers(form, code)
                if len(read) != 1 or all(value != str(number) for (value,) in read[0].readings):
                    failed.append((number, form, [f.value[0] for f in read]))
    return len(failed), tried, failed


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", type=Path)
    parser.add_argument("codes", nargs="*", metavar="CODE")
    options = parser.parse_args()
    files = {path.stem: path for path in options.rules.glob("*.json")}
    known = {base(i.replace("_", "-")) for i in locale_identifiers()} | {c for c in files if "-" not in c}
    for code in sorted(options.codes or known - _WITHOUT - {"root", "und"}):
        if base(code) != code:
            continue
        path = files.get(code) or files.get(_OTHER_CODE.get(code, ""))
        rules = Rules(path) if path else None
        section = table(code, rules)
        if not section:
            continue
        failed, tried, some = settle(code, section, rules)
        size = {key: len(value) for key, value in section.items() if isinstance(value, dict)}
        print(code, size, f"{failed} of {tried} read wrongly", "; ".join(some[:4]), sep="\t", flush=True)


if __name__ == "__main__":
    main()
