"""Words that have an opposite: increased and decreased, won and lost, inside and outside.

Two tables hold them. `opposites.tsv` has a line for each concept and a column for each of seven languages;
the first column is the group of concepts that say nearly the same. A cell is `x1/x2>y1/y2`: forms of a word
and, at the same place, the same form of its opposite, so that one can be put in the other's place (which is
what the judge is taught with, see `training/judge`). After a `|` stand more forms of either, `x3/x4>y3`, that
are only looked for. Two signs: a form that is followed by `!` is only put in, never looked for (`left` is the
opposite of `joined`, but it is also a direction); a form that begins with `=`, or has a capital, is looked
for exactly as it is written (German `Morgen` is not `morgen`).

What turns a story round (denied and admitted, at least and at most) is looked for in more languages, and
stands in each one's file, by the groups of the table and some more: `[opposites.pairs]`. A `*` there is any
ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mlcheck.data import Span
from mlcheck.facts.negation import negations
from mlcheck.languages import base, lower
from mlcheck.languages import language as record

__all__ = [
    "LANGUAGES",
    "TABLE",
    "Concept",
    "Meaning",
    "Pole",
    "folded",
    "key_of",
    "load",
    "opposites_in",
    "pattern",
    "poles",
]

LANGUAGES = ("en", "ru", "de", "fr", "zh", "tr", "az")
TABLE = files("mlcheck.facts").joinpath("opposites.tsv")
"""The columns of the table."""
_LETTER = r"[^\W\d_]"
_RUN = re.compile(rf"{_LETTER}+")
_ENDING = "*"
_LONGEST_ENDING = 12
NO_GROUP = "-"
"""Of concepts that are only put in: who says "nobody" negates, and that is looked for by itself."""
_COMPASS = frozenset({"north/south", "east/west"})
Meaning = tuple[str, int]
"""A group of concepts, and which side of it: 0 or 1."""
_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A word and its opposite. Concepts of a `group` say nearly the same (rise, grow, increase). `forms` has,
    for each language that has the concept, the pairs (form, opposite form) of the two directions: first word
    to opposite, and back. `sides` has the forms that are looked for, of the one and of the other."""

    name: str
    group: str
    forms: Mapping[str, tuple[_Pairs, _Pairs]]
    sides: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Pole:
    """A word of a text that has an opposite, and what it may mean."""

    span: Span
    meanings: frozenset[Meaning]
    negated: bool = False
    """Has it a "not" inside, as verbs of some languages have: `artmadı`, did not rise?"""

    def opposite(self, other: Pole) -> bool:
        """Are the two on opposite sides of a group, and of none on the same? Of the points of the compass one
        is enough: the south-east is not the north-east."""
        turned = {(group, 1 - side) for group, side in self.meanings}
        same = {group for group, _ in self.meanings & other.meanings}
        return bool(turned & other.meanings) and same <= _COMPASS


@cache
def load() -> tuple[Concept, ...]:
    """All concepts, in the table's order. Raises `ValueError` with the line's number for a bad cell."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != ("group", *LANGUAGES):
        raise ValueError(f"{TABLE}:1: the columns must be group {' '.join(LANGUAGES)}")
    concepts = []
    for number, line in enumerate(lines[1:], start=2):
        group, *cells = line.split("\t")
        if len(cells) != len(LANGUAGES):
            raise ValueError(f"{TABLE}:{number}: {len(cells)} cells, expected {len(LANGUAGES)}")
        parsed = {
            language: _cell(cell, f"{TABLE}:{number}: {language}")
            for language, cell in zip(LANGUAGES, cells, strict=True)
            if cell
        }
        forms = {language: pairs for language, (pairs, _) in parsed.items() if any(pairs)}
        sides = {language: own for language, (_, own) in parsed.items()}
        name = _name(next(cell for cell in cells if cell))
        concepts.append(Concept(name=name, group=group or name, forms=forms, sides=sides))
    return tuple(concepts)


def opposites_in(language: str) -> bool:
    """Has a language, of which `language` is a BCP 47 tag, words that have an opposite?"""
    return bool(_meanings(base(language)))


def poles(text: str, language: str) -> tuple[Pole, ...]:
    """The words of `text` that have an opposite, in order; none in a language without any. `language`
    is a BCP 47 tag. Where words overlap, the first counts, and of two that begin together the longer."""
    language = base(language)
    if not _meanings(language):
        return ()
    found = []
    low = folded(text, language)
    # The "only" of "not only" says "also", and of "after which" the "after" puts the other thing first.
    phrases = _phrases(language)
    inside = [match.span() for match in phrases.finditer(low)] if phrases else []
    for match in _matches(low, language):
        span = Span(*match.span(1))
        if any(start <= span.start and span.end <= end and (start, end) != span for start, end in inside):
            continue
        written = "=" + text[span.start : span.end]
        exact = _meanings(language).get(match[1], frozenset()) | _meanings(language).get(written, frozenset())
        stems = _by_stem(match[1], language)
        if exact or stems:
            found.append(Pole(span, exact | stems, not exact and _is_negated(text, span, language)))
    return tuple(found)


@cache
def _phrases(language: str) -> re.Pattern[str] | None:
    """Phrases in which a word is none of those that have an opposite."""
    phrases = (*record(language).negation.exceptions, *record(language).opposites.neutral)
    return pattern(phrases, language) if phrases else None


def _is_negated(text: str, span: Span, language: str) -> bool:
    """Has a word of which the list has the stem a negation for an ending?"""
    if not record(language).negation.verb_endings:
        return False
    return any(f.span.start < span.end and span.start < f.span.end for f in negations(text, language))


@lru_cache(maxsize=4096)
def _by_stem(word: str, language: str) -> frozenset[Meaning]:
    return frozenset(
        meaning for form, own in _stems(language) if form.fullmatch(word) is not None for meaning in own
    )


@cache
def _stems(language: str) -> tuple[tuple[re.Pattern[str], frozenset[Meaning]], ...]:
    return tuple(
        (re.compile(_body(form)), own) for form, own in _meanings(language).items() if _ENDING in form
    )


def _body(form: str) -> str:
    """A form as a regular expression: any letters for a `*`."""
    return re.escape(form).replace(re.escape(_ENDING), f"{_LETTER}{{0,{_LONGEST_ENDING}}}")


def pattern(forms: Iterable[str], language: str) -> re.Pattern[str]:
    """What finds whole words or phrases in `folded` text, the longest first."""
    words = sorted(
        {folded(form.lstrip("="), language) for form in forms}, key=lambda word: (-len(word), word)
    )
    body = f"({'|'.join(map(_body, words))})"
    # Without spaces between words there is no whole word to look for.
    if record(language).apart:
        # What may be written in front is no part of the word.
        front = f"(?:{record(language).endings.prefixes})?" if record(language).writing.clitics else ""
        body = rf"(?<!{_LETTER})(?<!{_LETTER}[-']){front}{body}(?!{_LETTER})(?![-']{_LETTER})"
        if record(language).writing.elisions:
            # The article is no part of the word.
            body = body.replace(rf"(?<!{_LETTER}[-'])", rf"(?<!{_LETTER}-)")
    return re.compile(body)


def key_of(form: str, language: str) -> str:
    """What a form is known by: itself after `=` where it is looked for exactly as it is written."""
    exact = form.startswith("=") or form[0].isupper()
    return "=" + form.lstrip("=") if exact else folded(form, language)


def folded(text: str, language: str) -> str:
    """Lower case and plain apostrophes, with every character at its place."""
    return lower(text.replace("’", "'"), language)


@cache
def _meanings(language: str) -> dict[str, frozenset[Meaning]]:
    found: dict[str, set[Meaning]] = {}
    for concept in load():
        if concept.group == NO_GROUP:
            continue
        for side, forms in enumerate(concept.sides.get(language, ())):
            for form in forms:
                found.setdefault(key_of(form, language), set()).add((concept.group, side))
    for group, sides in record(language).opposites.pairs.items():
        for side, own in enumerate(sides):
            for form in own:
                found.setdefault(key_of(form, language), set()).add((group, side))
    return {key: frozenset(own) for key, own in found.items()}


def _matches(low: str, language: str) -> list[re.Match[str]]:
    """Where forms stand in a `folded` text, as a pattern of all of them would find them. Of the thousands
    only those are looked for of which the text has the first word: to make the pattern of all takes half
    a second, once in each process."""
    known = record(language)
    if not known.apart or known.writing.clitics:
        return list(_everything(language).finditer(low))
    exact, stems, longest = _by_first_word(language)
    words = set(_RUN.findall(low))
    possible = {form for word in words for form in exact.get(word, ())}
    for word in words:
        for end in range(1, min(len(word), longest) + 1):
            possible.update(stems.get(word[:end], ()))
    found = sorted(
        (match.start(), -len(form), form, match)
        for form in possible
        for match in _single(form, language).finditer(low)
    )
    kept: list[re.Match[str]] = []
    for *_, match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


@cache
def _by_first_word(language: str) -> tuple[dict[str, list[str]], dict[str, list[str]], int]:
    """The forms by the letters that they begin with: those that are a word, those that a `*` goes on, and how
    long the latter are at most."""
    exact: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    for form in {folded(form.lstrip("="), language) for form in _meanings(language)}:
        first = _RUN.search(form)
        assert first is not None, form
        goes_on = form[first.end() : first.end() + 1] == _ENDING
        (stems if goes_on else exact).setdefault(first[0], []).append(form)
    return exact, stems, max(map(len, stems), default=0)


@cache
def _single(form: str, language: str) -> re.Pattern[str]:
    return pattern([form], language)


@cache
def _everything(language: str) -> re.Pattern[str]:
    return pattern(_meanings(language), language)


def _name(cell: str) -> str:
    """The first form of either word, without signs."""
    one, two = cell.lstrip("|").replace("|", ">").split(">")[:2]
    return "/".join(side.split("/")[0].strip("=!") for side in (one, two))


def _cell(cell: str, where: str) -> tuple[tuple[_Pairs, _Pairs], tuple[tuple[str, ...], tuple[str, ...]]]:
    """The pairs that are put in each other's place, and all forms that are looked for."""
    swapped, bar, more = cell.partition("|")
    sides = [side.split("/") for side in swapped.split(">")] if swapped else [[], []]
    if len(sides) != 2 or len(sides[0]) != len(sides[1]) or not all(map(all, sides)):
        raise ValueError(f"{where}: a cell is forms > as many opposite forms: {cell[:60]}")
    others = [[form for form in side.split("/") if form] for side in more.split(">")] if bar else [[], []]
    if len(others) != 2:
        raise ValueError(f"{where}: after | stand forms > opposite forms: {more[:60]}")
    there, back = [], []
    seen: tuple[list[str], list[str]] = ([], [])
    for one, other in zip(*sides, strict=True):
        if not one.endswith("!"):
            there.append((one, other.strip("=!")))
        if not other.endswith("!"):
            back.append((other, one.strip("=!")))
    plain = [{form for form, _ in pairs} for pairs in (there, back)]
    for side, pairs in enumerate((there, back)):
        for form, other in pairs:
            # In `more/fewer>less/more!` the opposite of `fewer` stands on its own side: it is turned round.
            own = 1 - side if other in plain[side] else side
            seen[own].append(form)
        seen[side].extend(others[side])
    return (tuple(there), tuple(back)), (tuple(seen[0]), tuple(seen[1]))
