"""Faithful pairs that look unfaithful, and flawed ones that look no worse: versions told another way.

Translators cut sentences elsewhere, put them in another order and write numbers in words. A quad is taken
and told another way on one side, in all its versions alike: which of its pairs are faithful stays as it was,
and the judge learns that such things make no difference.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from training.judge.plant import Quad, Version
from training.judge.texts import Row

__all__ = ["dressed", "halved", "in_words", "with_neighbour"]

_NEIGHBOUR, _HALVED, _WORDS = 0.18, 0.1, 0.3
"""Shares of quads that get a sentence beside theirs, whose sentence becomes two on one side, and of which a
number is written in words; where it can be done."""
_SWAPPED = 0.3
"""Of those with a sentence beside, how often it stands on the other end on one side."""
_LEAST = 20
"""Characters of a part that can stand alone."""
_BREAK = re.compile(r"[,;] (?=\w)|[，；](?=\w)")
_WIDE = "，；"
_NUMBER = re.compile(r"(?<![\w.,:/–-])(?:[2-9]|1[0-2])(?![\w.,:/%–-]|\.\d)")
_ALONE = re.compile(r"(?<![\d.,])[2-9](?=[个名人天年位次家])")
"""In Chinese, before what is counted."""
_WRITTEN = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on on_bir on_iki",
    "az": "iki üç dörd beş altı yeddi səkkiz doqquz on on_bir on_iki",
    "zh": "两 三 四 五 六 七 八 九",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
}


def dressed(quad: Quad, rows: Sequence[Row], at: int, rng: random.Random) -> Quad:
    """The quad, or what it is told another way. It was made of row `at` of the story `rows`."""
    side = rng.randrange(2)
    sides = [quad.source, quad.target]
    language = quad.languages[side]
    one_language = len(quad.languages) == 2
    if one_language and rng.random() < _WORDS:
        sides[side] = in_words(sides[side], language, rng)
    draw = rng.random()
    if draw < _HALVED and one_language:
        sides[side] = halved(sides[side], rng)
    elif draw < _HALVED + _NEIGHBOUR and one_language and quad.kind not in ("other", "more"):
        beside = at + 1 if at + 1 < len(rows) else at - 1
        if beside >= 0 and all(language in rows[beside].texts for language in quad.languages):
            swapped = rng.random() < _SWAPPED
            for k, language in enumerate(quad.languages):
                first = (beside < at) != (swapped and k == side)
                sides[k] = with_neighbour(sides[k], rows[beside].texts[language], first=first)
    return replace(quad, source=sides[0], target=sides[1])


def with_neighbour(versions: Sequence[Version], text: str, *, first: bool) -> tuple[Version, ...]:
    """The versions with another sentence before or behind their own."""
    if not first:
        return tuple(replace(v, sentences=(*v.sentences, text)) for v in versions)
    return tuple(
        Version((text, *v.sentences), tuple((n + 1, start, end) for n, start, end in v.marks))
        for v in versions
    )


def halved(versions: Sequence[Version], rng: random.Random) -> tuple[Version, ...]:
    """The versions with their sentence made two at a comma that all of them have; as they are where there
    is none."""
    versions = tuple(versions)
    if any(len(v.sentences) != 1 for v in versions):
        return versions
    text = versions[0].sentences[0]
    breaks = [m for m in _BREAK.finditer(text) if m.start() >= _LEAST and len(text) - m.end() >= _LEAST]
    rng.shuffle(breaks)
    for found in breaks:
        around = text[found.start() - 8 : found.end() + 8]
        result = []
        for version in versions:
            own = version.sentences[0]
            place = own.find(around)
            if place < 0 or own.count(around) > 1:
                break
            end, start = place + 8, place + 8 + len(found.group())
            if any(a < start and b > end for _, a, b in version.marks):
                break
            stop = "。" if found.group()[0] in _WIDE else "."
            marks = tuple((0, a, b) if b <= end else (1, a - start, b - start) for _, a, b in version.marks)
            rest = own[start:]
            result.append(Version((own[:end] + stop, rest[0].upper() + rest[1:]), marks))
        else:
            return tuple(result)
    return versions


def in_words(versions: Sequence[Version], language: str, rng: random.Random) -> tuple[Version, ...]:
    """The versions with a small number written in words in all of them; as they are where there is none, or
    where the number is what differs."""
    versions = tuple(versions)
    words = _WRITTEN.get(language, "").split()
    if not words or any(len(v.sentences) != 1 for v in versions):
        return versions
    pattern = _ALONE if language == "zh" else _NUMBER
    found = [{m.group() for m in pattern.finditer(v.sentences[0])} for v in versions]
    shared = sorted(set.intersection(*found))
    if not shared:
        return versions
    digits = rng.choice(shared)
    result = []
    for version in versions:
        text = version.sentences[0]
        places = [m.span() for m in pattern.finditer(text) if m.group() == digits]
        start, end = places[0]
        if len(places) > 1 or any(a < end and b > start for _, a, b in version.marks):
            return versions
        word = words[int(digits) - 2].replace("_", " ")
        if start == 0:
            word = word[0].upper() + word[1:]
        moved = len(word) - (end - start)
        marks = tuple((n, a + moved, b + moved) if a >= end else (n, a, b) for n, a, b in version.marks)
        result.append(Version((text[:start] + word + text[end:],), marks))
    return tuple(result)
