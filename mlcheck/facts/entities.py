"""Entities that tables know: states with their peoples, cities, well-known organisations.

`name_tables.known_names` is lenient: what it finds may be one of many things, and helps a model to weigh.
What is found here is meant to be named in a message, so only forms that a language's endings allow are
taken, and what may be something else is not `sure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mlcheck.data import Span
from mlcheck.facts.gazetteer import cities_like, cities_named, city, folded, longest_name, script_of
from mlcheck.facts.name_tables import is_common
from mlcheck.facts.names import word_spans
from mlcheck.facts.nations import Form, derived_from, first_keys, flat_forms, is_flat
from mlcheck.languages import fold
from mlcheck.languages import language as record
from mlcheck.text import dictionary_forms, text_keys

__all__ = ["Entity", "EntityKind", "cities_hinted", "entities", "short_signs"]

EntityKind = Literal["nation", "city", "body"]

_MOST_WORDS = 5
_LEAST = 3
_STOPS = re.compile(r"[,;:()«»“”\"]|(?<!\b\w)(?<!\b\w\w)\.")
"""What ends a name. A full stop does not after one letter or two: St. Petersburg."""
_JOINTS = "'’-"
_SHORT = 4
"""Letters up to which a word that opens a sentence may be a common one: Того, Мали, Chad."""
_KNOWN_CITY = 1_000_000
"""Inhabitants from which a name that opens a sentence is that of the city."""
_NOUN_CITY = 500_000
"""Inhabitants from which a name is that of the city where every noun has a capital: not Orange."""
_HAN_CITY = 10_000_000
"""The same where the name has two Han characters, and may be a part of another: 达州 in 佛罗里达州. Names of
cities abroad are rarely so short, and mostly well known."""
_CASED = frozenset(("Latn", "Cyrl", "Grek", "Armn"))


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is known by name: where it stands, and the codes of what it may be: ISO 3166 codes of
    states, their parts as `GB-SCT`; numbers of cities, as strings; codes of organisations. `country` is that
    of the cities."""

    kind: EntityKind
    span: Span
    text: str
    codes: frozenset[str]
    sure: bool
    countries: frozenset[str] = frozenset()


def entities(text: str, language: str, *, cities: bool = True) -> tuple[Entity, ...]:
    """The entities of a text, in order, none inside another. `language` is a base code; without `cities`
    no table of cities is read."""
    found = _flat(text, language, cities) if is_flat(language) else _spaced(text, language, cities)
    return tuple(found)


def short_signs(text: str, language: str) -> frozenset[str]:
    """Codes of the states for which a single sign of the text may stand: 中美."""
    return frozenset(
        code for code, signs in record(language).names.short.items() if any(sign in text for sign in signs)
    )


def cities_hinted(word: str) -> frozenset[str]:
    """Codes of the cities of whose names a word may be made: парижский, Pariser."""
    script = script_of(word[0]) if word else ""
    return frozenset(map(str, cities_like(folded(word), script))) if script in _CASED else frozenset()


# Words with spaces -----------------------------------------------------------------------------


def _spaced(text: str, language: str, cities: bool) -> Iterator[Entity]:
    words = word_spans(text)
    folds = [fold(text[a:b], language) for a, b in words]
    loud = text.isupper()
    at = 0
    while at < len(words):
        found = _nation(text, words, folds, at, language, loud)
        if found is None and cities:
            found = _city(text, words, at, language, loud)
        if found is None:
            at += 1
            continue
        entity, count = found
        yield entity
        at += count


def _nation(
    text: str, words: list[tuple[int, int]], folds: list[str], at: int, language: str, loud: bool
) -> tuple[Entity, int] | None:
    by_key = first_keys(language)
    keys = sorted(text_keys(folds[at], language))
    candidates = dict.fromkeys(form for key in keys for form in by_key.get(key, ()))
    best: list[Form] = []
    rank = (0, False, 0)
    for form in candidates:
        size = len(form.words)
        if at + size > len(words) or not _fits(text, words, folds, at, form, language, loud):
            continue
        exact = all(folds[at + n] == word for n, word in enumerate(form.words))
        own = size, exact, len(form.words[0])
        if own > rank:
            best, rank = [], own
        if own == rank:
            best.append(form)
    if not best:
        made = derived_from(folds[at], language)
        return (Entity("nation", Span(*words[at]), text[slice(*words[at])], made, True), 1) if made else None
    size = rank[0]
    span = Span(words[at][0], words[at + size - 1][1])
    codes = frozenset(code for form in best for code in form.codes)
    lone = size == 1 and not best[0].acronym and _opens(text, span.start) and span.end - span.start <= _SHORT
    kind: EntityKind = "body" if all(form.kind == "body" for form in best) else "nation"
    # Jordan Henderson, Michael Jordan; where adjectives have capitals they stand before names.
    # In another case than a dictionary's it is no first name: секретарь Ирана Энтони Блинкен.
    person = best[0].place and rank[1] and text[span.start].isupper()
    person = person and _has_neighbour(text, words, at, at, language)
    return Entity(kind, span, text[span.start : span.end], codes, not lone and not person), size


def _fits(
    text: str, words: list[tuple[int, int]], folds: list[str], at: int, form: Form, language: str, loud: bool
) -> bool:
    for n, keys in enumerate(form.keys[1:], at + 1):
        between = text[words[n - 1][1] : words[n][0]]
        # A full stop within U.S. only.
        if any(c in ",;:()" for c in between) or (between != "." and "." in between):
            return False
        if keys.isdisjoint(text_keys(folds[n], language)):
            return False
    start, end = words[at]
    first = text[start:end]
    if form.acronym:
        return not loud and first[: len(form.words[0])].isupper()
    return not form.capital or first[0].lower() == first[0].upper() or first[0].isupper()


def _city(
    text: str, words: list[tuple[int, int]], at: int, language: str, loud: bool
) -> tuple[Entity, int] | None:
    start, end = words[at]
    script = script_of(text[start])
    cased = script in _CASED
    if not script or (cased and not text[start].isupper()) or end - start < _LEAST:
        return None
    for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        span = Span(start, words[at + size - 1][1])
        raw = text[span.start : span.end]
        if size > 1 and (_STOPS.search(raw) or (cased and not text[words[at + size - 1][0]].isupper())):
            continue
        held = dict(_held(raw, language, script))
        if not held:
            continue
        if size == 1 and is_common(raw, language):
            return None
        sure = not loud
        if sure and cased:
            # What a capital does not show, fame may.
            least = _NOUN_CITY if record(language).writing.noun_capitals else 0
            if size == 1 and _opens(text, start):
                least, sure = _KNOWN_CITY, len(raw) > _SHORT
            sure = sure and _is_large(held, least)
            sure = sure and not _has_neighbour(text, words, at, at + size - 1, language)
        return _city_entity(span, raw, held, sure), size
    return None


def _is_large(held: Iterable[int], least: int) -> bool:
    """Is it a city that everybody knows, so that its name is that of the city and no word?"""
    return not least or any(city(n).inhabitants >= least or city(n).capital for n in held)


def _city_entity(span: Span, text: str, held: dict[int, bool], sure: bool) -> Entity:
    return Entity(
        "city",
        span,
        text,
        frozenset(map(str, held)),
        sure and any(held.values()),
        frozenset(city(number).country for number in held),
    )


@lru_cache(maxsize=20_000)
def _held(raw: str, language: str, script: str) -> tuple[tuple[int, bool], ...]:
    """The cities that a name in whatever form may be of, and whether it surely is a name of each."""
    held: dict[int, bool] = {}
    for name in dict.fromkeys(_dictionary_forms(raw, language)):
        for number, sure in cities_named(name, script).items():
            held[number] = held.get(number, False) or sure
    return tuple(held.items())


def _dictionary_forms(raw: str, language: str) -> Iterator[str]:
    """A name as the tables may have it: as it stands, and its last word as a dictionary has it."""
    yield folded(raw)
    if not any(joint in raw for joint in _JOINTS):
        head, _, last = raw.rpartition(" ")
        start = folded(head) + " " if head else ""
        for form in dictionary_forms(fold(last, language), language):
            yield start + folded(form)


def _has_neighbour(text: str, words: list[tuple[int, int]], first: int, last: int, language: str) -> bool:
    """Does a word with a capital stand beside it, so that both may be the name of a person or a club: Paris
    Hilton, Boston Globe? Not one that is translated in names too (Mayor), is known, or opens a sentence."""
    # Where every noun has a capital, one before says nothing: Delegation Sloweniens.
    nouns = record(language).writing.noun_capitals
    before = text[words[first - 1][1] : words[first][0]] if first and not nouns else ""
    after = text[words[last][1] : words[last + 1][0]] if last + 1 < len(words) else ""
    for at, between in ((first - 1, before), (last + 1, after)):
        if between not in (" ", "\u00a0", "-", "–"):
            continue
        start, end = words[at]
        word = text[start:end]
        opens = at < first and _opens(text, start)
        if (
            word[0].isupper()
            and not opens
            and not is_common(word, language)
            and not _is_known(word, language)
        ):
            return True
    return False


def _is_known(word: str, language: str) -> bool:
    low = fold(word, language)
    by_key, script = first_keys(language), script_of(word[0])
    return any(key in by_key for key in text_keys(low, language)) or bool(_held(word, language, script))


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '"“”„«»‘‹›([{:;.!?…—–-•*¿¡'


# Words without spaces --------------------------------------------------------------------------


def _flat(text: str, language: str, cities: bool) -> Iterator[Entity]:
    names = flat_forms(language)
    longest = max(map(len, names), default=0)
    at = 0
    while at < len(text):
        if not text[at].isalpha():
            at += 1
            continue
        size = next((n for n in range(min(longest, len(text) - at), 1, -1) if text[at : at + n] in names), 0)
        name = _longest_city(text, at) if cities else ""
        if len(name) > size and _is_apart(text, at, at + len(name)):
            yield _flat_city(Span(at, at + len(name)), name, script_of(name[0]))
            at += len(name)
        elif size and _is_apart(text, at, at + size):
            kind, codes = names[text[at : at + size]]
            yield Entity(
                "body" if kind == "body" else "nation", Span(at, at + size), text[at : at + size], codes, True
            )
            at += size
        else:
            at += 1


def _longest_city(text: str, at: int) -> str:
    script = script_of(text[at])
    tables = ("Hani", "Kana") if script == "Hani" else (script,) if script in ("Kana", "Hang", "Thai") else ()
    return max((longest_name(text, at, table) for table in tables), key=len, default="")


def _flat_city(span: Span, name: str, script: str) -> Entity:
    held = dict(cities_named(name, script)) or dict(cities_named(name, "Kana"))
    large = any(
        city(n).capital or city(n).inhabitants >= (_HAN_CITY if city(n).country == "CN" else _KNOWN_CITY)
        for n in held
    )
    return _city_entity(span, name, held, len(name) > 2 or large)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Is it no part of a longer word in katakana?"""
    for inside, outside in ((start, start - 1), (end - 1, end)):
        if 0 <= outside < len(text) and _is_katakana(text[inside]) and _is_katakana(text[outside]):
            return text[outside] == "・"
    return True


def _is_katakana(letter: str) -> bool:
    return "\u30a0" <= letter <= "\u30ff"
