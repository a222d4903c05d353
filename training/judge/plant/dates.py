"""A weekday or month that is another. Their names are those of CLDR; the forms that it lacks stand here."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale

from training.judge.plant.quads import Edits
from training.judge.texts import Row

__all__ = ["ENGLISH_CALENDAR", "date"]

LANGUAGES = ("en", "de", "fr", "ru", "zh", "tr", "az")
_SUFFIXED = {"tr", "az"}

_CLDR: dict[str, tuple[str, ...]] = {"ru": ("stand-alone wide", "format wide"), "zh": ("format abbreviated",)}
"""Where CLDR's forms of a month differ: by themselves, beside a day of the month, in digits."""
_RUSSIAN_DAYS = (
    "понедельника вторника среды четверга пятницы субботы воскресенья",
    "понедельнику вторнику среде четвергу пятнице субботе воскресенью",
    "понедельник вторник среду четверг пятницу субботу воскресенье",
)
_RUSSIAN_MONTHS = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"

Forms = tuple[str, ...]
"""All days or months in one grammatical form."""


def _days(language: str) -> list[Forms]:
    """The days from Monday, in all forms that are known."""
    known = Locale(language).days["format"]
    wide, short = (tuple(known[width][day] for day in range(7)) for width in ("wide", "abbreviated"))
    match language:
        case "de":
            return [wide, tuple(day.lower() + "s" for day in wide)]
        case "ru":
            return [wide, *(tuple(forms.split()) for forms in _RUSSIAN_DAYS)]
        case "zh":
            return [wide, short, tuple(day.replace("日", "天") for day in wide)]
        case "az":  # CLDR writes them as they begin a sentence
            return [tuple(day.lower() for day in wide)]
        case _:
            return [wide]


def _months(language: str) -> list[Forms]:
    """The months, in all forms that are known."""
    known = Locale(language).months
    result = []
    for form in _CLDR.get(language, ("format wide",)):
        context, width = form.split()
        result.append(tuple(known[context][width][month] for month in range(1, 13)))
    return [*result, tuple(_RUSSIAN_MONTHS.split())] if language == "ru" else result


ENGLISH_CALENDAR = frozenset(_days("en")[0] + _months("en")[0])


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days, or the months, of one language."""

    language: str
    tables: list[Forms]
    places: dict[str, tuple[int, int]]
    """A form in lower case, to the first table that has it and which day or month it is."""
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, language: str, tables: list[Forms]) -> Calendar:
        places: dict[str, tuple[int, int]] = {}
        for table, names in enumerate(tables):
            for at, name in enumerate(names):
                places.setdefault(name.lower(), (table, at))
        return cls(language, tables, places, _pattern((n for names in tables for n in names), language))

    def find(self, text: str) -> Iterable[tuple[int, int, int, int]]:
        """Start and end, the table of the form, and which day or month it is."""
        for m in self.pattern.finditer(text):
            after = text[m.end() :]
            if m.group().lower() == "may" and not after[:3].strip()[:1].isdigit():
                continue
            if m.group().lower() == "bazar" and not after.startswith(" günü"):  # a market otherwise
                continue
            place = self.places.get(m.group(1).lower())
            if place is not None:
                yield (*m.span(1), *place)


def _pattern(forms: Iterable[str], language: str) -> re.Pattern[str]:
    body = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    if language == "zh":
        return re.compile(rf"(?<!\d)({body})")
    return re.compile(rf"\b({body})" + ("" if language in _SUFFIXED else r"\b"), re.IGNORECASE)


_CALENDARS = [
    (size, {language: Calendar.of(language, names(language)) for language in LANGUAGES})
    for size, names in ((7, _days), (12, _months))
]


def date(row: Row, rng: random.Random) -> Edits | None:
    for which in rng.sample(range(2), 2):
        size, calendars = _CALENDARS[which]
        found: dict[int, dict[str, list[tuple[int, int, int]]]] = defaultdict(lambda: defaultdict(list))
        for language, text in row.texts.items():
            for *span, table, at in calendars[language].find(text) if language in calendars else ():
                found[at][language].append((*span, table))
        shared = sorted(at for at, where in found.items() if any(len(p) == 1 for p in where.values()))
        if not shared:
            continue
        at = rng.choice(shared)
        new = rng.choice([n for n in range(size) if n != at])
        edits: Edits = {}
        for language, places in found[at].items():
            if len(places) == 1:
                start, end, table = places[0]
                name = calendars[language].tables[table][new]
                if row.texts[language][start].isupper():
                    name = name[0].upper() + name[1:]
                edits[language] = [(start, end, name)]
        return edits
    return None
