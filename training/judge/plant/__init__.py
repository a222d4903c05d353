"""Flaws planted on both sides, so that no side alone gives one away.

A change is made in a sentence and, the same change, in its translation. Of the four pairs of the old
and the new versions two are faithful and two are not, and each version stands in as many faithful
pairs as in flawed ones: who sees one side only can but guess. Some changes are known in one version
only (a negation in Turkish verbs); then the pair of old and new stands alone, and the new version's
faithful pairs come from other languages.
"""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from anyascii import anyascii

from training.judge import opposites, turkic
from training.judge.texts import Row, Seen, align

__all__ = ["KINDS", "Planter", "Quad", "Version"]

Edit = tuple[int, int, str]
Edits = dict[str, list[Edit]]
"""By language, what to replace by what."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a pair: its sentences, and where what differs stands (sentence, start, end)."""

    sentences: tuple[str, ...]
    marks: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Quad:
    """Versions of either side; the pairs of versions with the same number are faithful."""

    kind: str
    languages: tuple[str, ...]
    """Of the source, of the target, and of what stands in for one of them, where that is another."""
    story: str
    source: tuple[Version, ...]
    target: tuple[Version, ...]
    marked: bool = True
    """Whether the marks tell all that differs."""

    def pairs(self) -> Iterable[tuple[Version, Version, bool]]:
        """Source, target, and whether they differ."""
        for i, one in enumerate(self.source):
            for j, two in enumerate(self.target):
                yield one, two, i != j


def changed(text: str, edits: list[Edit]) -> tuple[Version, Version]:
    """The old and the new version of a sentence."""
    new, old_marks, new_marks, at = "", [], [], 0
    for start, end, put in sorted(edits):
        new += text[at:start]
        new_marks.append((0, len(new), len(new) + len(put)))
        old_marks.append((0, start, end))
        new += put
        at = end
    new += text[at:]
    kept = [m for m in old_marks if m[2] > m[1]], [m for m in new_marks if m[2] > m[1]]
    return Version((text,), tuple(kept[0])), Version((new,), tuple(kept[1]))


# Numbers

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,   ]\d{3}(?!\d)|[.,]\d+)*(?!\w)")


def _numbers(text: str) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for m in _NUMBER.finditer(text):
        found["".join(c for c in m.group() if c.isdigit())].append(m.span())
    return found


def _put_digits(old: str, digits: str) -> str:
    left = iter(digits)
    return "".join(next(left) if c.isdigit() else c for c in old)


def _shared_numbers(row: Row) -> dict[str, dict[str, tuple[int, int]]]:
    """Digits, to their place in each language that has them once."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for language, text in row.texts.items():
        for digits, places in _numbers(text).items():
            if len(places) == 1:
                found[digits][language] = places[0]
    return found


def number(row: Row, rng: random.Random) -> Edits | None:
    found = {d: where for d, where in _shared_numbers(row).items() if "en" in where or len(where) > 1}
    if not found:
        return None
    digits = rng.choice(sorted(found))
    new = digits
    while new == digits:
        way = rng.random()
        if way < 0.6 or len(digits) == 1:
            at = 0 if len(digits) == 1 else rng.randrange(max(1, len(digits) - (rng.random() < 0.7)))
            new = digits[:at] + rng.choice("123456789") + digits[at + 1 :]
        elif way < 0.75:
            new = "".join(rng.sample(digits, len(digits)))
            if len(set(digits)) == 1 or new.startswith("0"):
                new = digits[:-1] + rng.choice("0123456789")
        else:
            new = rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])
    return {
        language: [(*span, _put_digits(row.texts[language][slice(*span)], new))]
        for language, span in found[digits].items()
    }


def exchange_numbers(row: Row, rng: random.Random) -> Edits | None:
    found = sorted(_shared_numbers(row).items())
    pairs = [
        (a, b)
        for k, a in enumerate(found)
        for b in found[k + 1 :]
        if len(a[0]) == len(b[0]) and len(a[1].keys() & b[1].keys()) > 0
    ]
    if not pairs:
        return None
    (one, at), (two, there) = rng.choice(pairs)
    return {
        language: [
            (*at[language], _put_digits(row.texts[language][slice(*at[language])], two)),
            (*there[language], _put_digits(row.texts[language][slice(*there[language])], one)),
        ]
        for language in at.keys() & there.keys()
    }


# Dates

_DAYS: dict[str, list[str]] = {
    "en": ["Monday Tuesday Wednesday Thursday Friday Saturday Sunday"],
    "de": [
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "montags dienstags mittwochs donnerstags freitags samstags sonntags",
    ],
    "fr": ["lundi mardi mercredi jeudi vendredi samedi dimanche"],
    "ru": [
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "понедельника вторника среды четверга пятницы субботы воскресенья",
        "понедельнику вторнику среде четвергу пятнице субботе воскресенью",
        "понедельник вторник среду четверг пятницу субботу воскресенье",
    ],
    "zh": [
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
        "周一 周二 周三 周四 周五 周六 周日",
        "星期一 星期二 星期三 星期四 星期五 星期六 星期天",
    ],
    "tr": ["Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar"],
    "az": ["bazar_ertəsi çərşənbə_axşamı çərşənbə cümə_axşamı cümə şənbə bazar"],
}
_MONTHS: dict[str, list[str]] = {
    "en": ["January February March April May June July August September October November December"],
    "de": ["Januar Februar März April Mai Juni Juli August September Oktober November Dezember"],
    "fr": ["janvier février mars avril mai juin juillet août septembre octobre novembre décembre"],
    "ru": [
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    ],
    "zh": ["1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"],
    "tr": ["Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"],
    "az": ["yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"],
}
_SUFFIXED = {"tr", "az"}


def _calendar_forms(tables: dict[str, list[str]]) -> dict[str, dict[str, tuple[int, int]]]:
    """By language: a form, to which table and which of its days or months."""
    result: dict[str, dict[str, tuple[int, int]]] = {}
    for language, lists in tables.items():
        own = result.setdefault(language, {})
        for table, names in enumerate(lists):
            for at, name in enumerate(names.split()):
                own.setdefault(name.replace("_", " "), (table, at))
    return result


_CALENDAR = [(_DAYS, _calendar_forms(_DAYS)), (_MONTHS, _calendar_forms(_MONTHS))]


def _calendar_pattern(forms: Iterable[str], language: str) -> re.Pattern[str]:
    body = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    if language == "zh":
        return re.compile(rf"(?<!\d)({body})")
    return re.compile(rf"\b({body})" + ("" if language in _SUFFIXED else r"\b"), re.IGNORECASE)


_PATTERNS = [
    {language: _calendar_pattern(own, language) for language, own in forms.items()} for _, forms in _CALENDAR
]


def date(row: Row, rng: random.Random) -> Edits | None:
    for which in rng.sample(range(2), 2):
        tables, forms = _CALENDAR[which]
        found: dict[int, dict[str, list[tuple[int, int, int]]]] = defaultdict(lambda: defaultdict(list))
        for language, text in row.texts.items():
            if language not in forms:
                continue
            lower = {form.lower(): place for form, place in forms[language].items()}
            for m in _PATTERNS[which][language].finditer(text):
                after = text[m.end() :]
                if m.group().lower() == "may" and not after[:3].strip()[:1].isdigit():
                    continue
                if m.group().lower() == "bazar" and not after.startswith(" günü"):  # a market otherwise
                    continue
                place = lower.get(m.group(1).lower())
                if place is not None:
                    found[place[1]][language].append((*m.span(1), place[0]))
        shared = sorted(at for at, where in found.items() if any(len(p) == 1 for p in where.values()))
        if not shared:
            continue
        at = rng.choice(shared)
        size = 7 if which == 0 else 12
        new = rng.choice([n for n in range(size) if n != at])
        edits: Edits = {}
        for language, places in found[at].items():
            if len(places) == 1:
                start, end, table = places[0]
                name = tables[language][table].split()[new].replace("_", " ")
                if row.texts[language][start].isupper():
                    name = name[0].upper() + name[1:]
                edits[language] = [(start, end, name)]
        return edits
    return None


# Names

_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{3,})\b")
_CAPITAL = re.compile(r"\b[^\W\d_a-zа-яё][^\W\d_]{2,}")
_ENDING = 3
"""Letters of a grammatical ending that may follow a name."""


def _sound(word: str) -> str:
    return anyascii(word).lower().replace("'", "").replace("y", "i").replace("w", "v").replace("ph", "f")


@dataclass(slots=True)
class Names:
    """Names of English text with their forms in other languages, found by spelling and sound."""

    known: set[str] = field(default_factory=set)
    forms: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _places: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, stories: list[list[Row]]) -> Names:
        counts = Counter(
            m.group(1) for rows in stories for row in rows for m in _NAME.finditer(row.texts.get("en", ""))
        )
        lower = {
            w for rows in stories for row in rows for w in re.findall(r"\b[a-z]+\b", row.texts.get("en", ""))
        }
        calendar = set((_DAYS["en"][0] + " " + _MONTHS["en"][0]).split())
        names = cls({w for w, c in counts.items() if c > 1 and w.lower() not in lower and w not in calendar})
        for rows in stories:
            for row in rows:
                for name, places in names.places(row).items():
                    names.homes[name].add(row.story)
                    for language, (start, end) in places.items():
                        names.forms[name].setdefault(language, row.texts[language][start:end])
        return names

    def places(self, row: Row) -> dict[str, dict[str, tuple[int, int]]]:
        """Names of a row that stand in it once, and where in each language."""
        text = row.texts.get("en", "")
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for m in re.finditer(r"\b[A-Z][a-z]{3,}\b", text):
            if m.group() in self.known and text.count(m.group()) == 1:
                found[m.group()] = {"en": m.span()}
        for name, where in found.items():
            for language, other in row.texts.items():
                if language != "en" and (place := _counterpart(name, other, language)):
                    where[language] = place
        return found


def _counterpart(name: str, text: str, language: str) -> tuple[int, int] | None:
    """Where a name stands in another language's text, without its ending; None where that is not sure."""
    if language in ("zh", "ja", "ko"):
        return None
    plain = [m.span() for m in re.finditer(rf"\b{name}(?=\w{{0,{_ENDING}}}\b)", text)]
    if plain:
        return plain[0] if len(plain) == 1 else None
    own, found = _sound(name), []
    for m in _CAPITAL.finditer(text):
        word = _sound(m.group())
        likeness = max(
            difflib.SequenceMatcher(None, own, word[: len(word) - cut] or word).ratio() for cut in (0, 1, 2)
        )
        if likeness >= (0.8 if own[0] == word[0] else 0.9):
            found.append(m.span())
    return found[0] if len(found) == 1 else None


def name(row: Row, rng: random.Random, names: Names) -> Edits | None:
    found = names.places(row)
    if not found:
        return None
    old = rng.choice(sorted(found))
    foreign = [n for n in sorted(names.forms) if row.story not in names.homes[n]]
    for _ in range(20):
        new = rng.choice(foreign)
        if len(found[old].keys() & names.forms[new].keys()) > 1 and _sound(new) != _sound(old):
            break
    else:
        return None
    return {
        language: [(*span, names.forms[new][language])]
        for language, span in found[old].items()
        if language in names.forms[new]
    }


def exchange_names(row: Row, rng: random.Random, names: Names) -> Edits | None:
    found = names.places(row)
    if len(found) < 2:
        return None
    one, two = rng.sample(sorted(found), 2)
    edits: Edits = {}
    for language in found[one].keys() & found[two].keys():
        text, a, b = row.texts[language], found[one][language], found[two][language]
        if a[1] <= b[0] or b[1] <= a[0]:
            edits[language] = [(*a, text[slice(*b)]), (*b, text[slice(*a)])]
    return edits or None


# Negations

_AUX = r"is|are|was|were|will|would|could|should|can|has|have|had|did|does|do"
_NOT = re.compile(
    rf"\b({_AUX})( not)\b|\b(did|does|do|is|was|are|were|has|have|had|would|could|should)(n['’]t)\b"
)
_CAN = re.compile(
    r"\b(is|are|was|were|will|would|could|should|has|have|had|can)\b(?! not)(?!n['’]t)(?= (\w+)(?: (\w+))?)"
)
_NO: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"\bне ", re.IGNORECASE),
    "uk": re.compile(r"\bне ", re.IGNORECASE),
    "pl": re.compile(r"\bnie ", re.IGNORECASE),
    "es": re.compile(r"\bno ", re.IGNORECASE),
    "it": re.compile(r"\bnon ", re.IGNORECASE),
    "pt": re.compile(r"\bnão ", re.IGNORECASE),
    "de": re.compile(r" nicht\b|\b(k)ein(?:e|en|em|er|es)?\b"),
    "nl": re.compile(r" niet\b|\b(g)een\b"),
    "sv": re.compile(r" inte\b"),
    "da": re.compile(r" ikke\b"),
    "fr": re.compile(r"\b(ne |n['’])[\w'’-]+(?: \w+)?( pas)\b"),
    "zh": re.compile(r"没有|没|未|不(?![过仅同断少久得如])"),
    "tr": re.compile(r" değil\w*"),
    "az": re.compile(r" deyil\w*"),
}
_BEFORE = {"ru": "не ", "uk": "не ", "pl": "nie ", "es": "no ", "it": "non ", "pt": "não ", "zh": "没有"}
_AFTER = {"de": " nicht", "nl": " niet", "sv": " inte", "da": " ikke"}
_VOWELS = frozenset("aeiouyhéêèâîôûàAEIOUYHÉÊ")
_SKIPPED = frozenset(
    [
        "a",
        "an",
        "the",
        "also",
        "been",
        "being",
        "be",
        "now",
        "still",
        "already",
        "only",
        "just",
        "never",
        "ever",
        "it",
        "he",
        "she",
        "they",
    ]
)


def negation(row: Row, rng: random.Random, seen: Seen) -> Edits | None:
    text = row.texts.get("en")
    if not text:
        return None
    there = list(_NOT.finditer(text))
    if there and rng.random() < 0.85:
        m = rng.choice(there)
        span = m.span(2) if m.group(2) else m.span(4)
        edits: Edits = {"en": [(*span, "")]}
        if len(there) == 1:
            for language, other in row.texts.items():
                if language != "en" and (own := _without_no(other, language)):
                    edits[language] = own
        return edits
    can = [m for m in _CAN.finditer(text) if m.start() > 0]
    if not can or there:
        return None
    m = rng.choice(can)
    edits = {"en": [(m.end(1), m.end(1), " not")]}
    which = 3 if m.group(2).lower() in _SKIPPED and m.group(3) else 2
    verb = m.span(which)
    for language, other in row.texts.items():
        if language not in _BEFORE and language not in _AFTER and language != "fr":
            continue
        if _NO[language].search(other):
            continue
        spans, others, links = align(seen, (text, "en"), (other, language), 0.35)
        for i, j, _ in links:
            if spans[i][0] == verb[0]:
                start, end = map(int, others[j])
                edits[language] = _put_no(other, start, end, language)
    return edits


def _without_no(text: str, language: str) -> list[Edit] | None:
    found = list(_NO[language].finditer(text)) if language in _NO else []
    if language in turkic.LANGUAGES and (verb := turkic.without_negation(text, language)):
        return None if found else [verb]
    if len(found) != 1:
        return None
    m = found[0]
    if language == "fr":
        return [(*m.span(1), ""), (*m.span(2), "")]
    if m.lastindex:
        return [(*m.span(1), "")]
    if m.start() == 0:  # the next word needs its capital
        end = min(m.end() + 1, len(text))
        return [(0, end, text[m.end() : end].upper())]
    return [(*m.span(), "")]


def _put_no(text: str, start: int, end: int, language: str) -> list[Edit]:
    if language in _BEFORE:
        return [(start, start, _BEFORE[language])]
    if language in _AFTER:
        return [(end, end, _AFTER[language])]
    return [(start, start, "n’" if text[start] in _VOWELS else "ne "), (end, end, " pas")]


# Opposites


def opposite(row: Row, rng: random.Random) -> Edits | None:
    found: dict[tuple[int, int], dict[str, list[Edit]]] = defaultdict(lambda: defaultdict(list))
    for language, text in row.texts.items():
        for start, end, put, concept, way in opposites.find(text, language):
            found[concept, way][language].append((start, end, put))
    once = {
        key: {language: own for language, own in where.items() if len(own) == 1}
        for key, where in found.items()
    }
    shared = sorted(key for key, where in once.items() if len(where) > 1)
    alone = sorted(key for key, where in once.items() if len(where) == 1 and "en" in where)
    if shared and (not alone or rng.random() < 0.85):
        return once[rng.choice(shared)]
    return once[rng.choice(alone)] if alone else None


# What is cut off, put in, or replaced, by the alignment of words

_SPACELESS = {"zh", "ja", "th"}


def cut(row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen) -> tuple | None:
    """Both sides without their last, or first, part, where hardly a word link crosses the cut."""
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two)
    if len(spans) < 10 or len(others) < 8 or len(links) < 4:
        return None
    share = rng.uniform(0.3, 0.8)
    i = max(2, min(len(spans) - 2, round(share * len(spans))))
    best = None
    for j in range(
        max(2, int(len(others) * (share - 0.2))), min(len(others) - 1, int(len(others) * (share + 0.2)) + 2)
    ):
        crossing = sum((a < i) != (b < j) for a, b, _ in links)
        cost = crossing / len(links) + 0.3 * abs(j / len(others) - share)
        if best is None or cost < best[0]:
            best = cost, j, crossing
    if best is None or best[2] > 0.13 * len(links):
        return None
    last = rng.random() < 0.75
    return (
        _part(one, spans, i, last),
        _part(two, others, best[1], last),
    )


def _part(side: tuple[str, str], spans, at: int, last: bool) -> tuple[Version, Version]:
    text, language = side
    if last:
        end = int(spans[at - 1][1])
        stop = "。" if language in ("zh", "ja") else "."
        new = text[:end].rstrip(' ,;:–-，、；«“„"(') + stop
        mark = (0, int(spans[at][0]), int(spans[-1][1]))
    else:
        start = int(spans[at][0])
        new = text[start].upper() + text[start + 1 :]
        mark = (0, int(spans[0][0]), int(spans[at - 1][1]))
    return Version((text,), (mark,)), Version((new,))


def _phrases(links, spans, others, longest: int):
    """Stretches of neighbouring words that are linked to neighbouring words only: (i, i2, j, j2)."""
    to, back = {i: j for i, j, _ in links}, {j: i for i, j, _ in links}
    for i in range(len(spans)):
        for size in range(1, longest + 1):
            own = [to.get(k) for k in range(i, i + size)]
            if any(j is None for j in own):
                break
            low, high = min(own), max(own)
            if high - low < size + 1 and all(
                back.get(j, i) in range(i, i + size) for j in range(low, high + 1)
            ):
                yield i, i + size, low, high + 1


def drop(row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen) -> tuple | None:
    """Both sides without a phrase."""
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two, 0.5)
    found = [p for p in _phrases(links, spans, others, 6) if p[0] > 0 and p[1] < len(spans)]
    if not found:
        return None
    size = rng.choice((1, 1, 2, 3, 4, 5, 6))
    fitting = [p for p in found if p[1] - p[0] == size] or found
    i, i2, j, j2 = rng.choice(fitting)
    return tuple(
        changed(text, [_removal(text, language, int(where[a][0]), int(where[b - 1][1]))])
        for (text, language), where, a, b in ((one, spans, i, i2), (two, others, j, j2))
    )


def _removal(text: str, language: str, start: int, end: int) -> Edit:
    if language not in _SPACELESS and start > 0 and text[start - 1] == " ":
        start -= 1
    return start, end, ""


@dataclass(slots=True)
class Phrasebook:
    """Linked words of all sentences, by languages: the word, its counterpart, and the word's vector."""

    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    vectors: dict[tuple[str, str], object] = field(default_factory=dict)

    def fill(self, stories: list[list[Row]], languages: list[tuple[str, str]], seen: Seen, rng) -> None:
        import numpy as np

        # Sorted: the order of a set differs from run to run, and `rng` is drawn from along the way.
        wanted, collected = sorted(set(languages)), defaultdict(list)
        for rows in stories:
            for row in rows:
                for pair in wanted:
                    if pair[0] in row.texts and pair[1] in row.texts:
                        one, two = ((row.texts[language], language) for language in pair)
                        spans, others, links = align(seen, one, two, 0.6)
                        _, x = seen.words(*one)
                        for i, j, _ in rng.sample(links, min(6, len(links))):
                            word = one[0][slice(*map(int, spans[i]))]
                            if len(word) > 2 or pair[0] in _SPACELESS:
                                self.pairs[pair].append(
                                    (word, two[0][slice(*map(int, others[j]))], row.story)
                                )
                                collected[pair].append(x[i])
        for pair, own in collected.items():
            self.vectors[pair] = np.stack(own)


def replace(
    row: Row, languages: tuple[str, str], rng: random.Random, seen: Seen, book: Phrasebook
) -> tuple | None:
    """A word and its counterpart exchanged for a like pair of another story."""
    import numpy as np

    if languages not in book.vectors:
        return None
    one, two = ((row.texts[language], language) for language in languages)
    spans, others, links = align(seen, one, two, 0.5)
    _, x = seen.words(*one)
    links = [
        link for link in links if len(one[0][slice(*map(int, spans[link[0]]))]) > 2 or one[1] in _SPACELESS
    ]
    if not links:
        return None
    i, j, _ = rng.choice(links)
    old, there = one[0][slice(*map(int, spans[i]))], two[0][slice(*map(int, others[j]))]
    likeness = book.vectors[languages] @ x[i]
    near = np.argsort(-likeness)[:300]
    fitting = [
        k
        for k in near
        if likeness[k] < 0.9
        and (pair := book.pairs[languages][k])[2] != row.story
        and pair[0][0].isupper() == old[0].isupper()
        and pair[0].lower() != old.lower()
        and pair[1].lower() != there.lower()
        and pair[0][:4].lower() != old[:4].lower()
        and (pair[1][:4].lower() != there[:4].lower() or languages[1] in _SPACELESS)
    ]
    if not fitting:
        return None
    new, new_there, _ = book.pairs[languages][rng.choice(fitting[:40])]
    return (
        changed(one[0], [(int(spans[i][0]), int(spans[i][1]), new)]),
        changed(two[0], [(int(others[j][0]), int(others[j][1]), new_there)]),
    )


KINDS = {
    "number": 9,
    "exchange_numbers": 2,
    "date": 7,
    "name": 11,
    "exchange_names": 3,
    "negation": 15,
    "opposite": 12,
    "cut": 16,
    "drop": 7,
    "replace": 9,
    "other": 6,
    "more": 5,
}
"""Kinds of change and how often each is tried; what cannot be made is tried as another."""
_BOTH = 0.85
"""How often languages are chosen that both have the change, where any have."""
_ONE_SIDED = 0.25
"""How often a name is changed on one side only though it could be on both: as real errors are, alone."""


@dataclass(slots=True)
class Planter:
    """Makes quads of the sentences of some stories."""

    stories: list[list[Row]]
    seen: Seen
    names: Names
    book: Phrasebook
    pairs: list[tuple[str, str]]

    def make(self, kind: str, rng: random.Random, languages: tuple[str, str] | None = None) -> Quad | None:
        """A quad of that kind from a random sentence, or None where that one has nothing to change."""
        rows = rng.choice(self.stories)
        return self.of(kind, rows, rng.randrange(len(rows)), rng, languages)

    def of(
        self,
        kind: str,
        rows: list[Row],
        at: int,
        rng: random.Random,
        languages: tuple[str, str] | None = None,
    ) -> Quad | None:
        """A quad of that kind from one sentence of a story."""
        row = rows[at]
        have = [languages] if languages else self.pairs
        have = [p for p in have if p[0] in row.texts and p[1] in row.texts]
        if not have:
            return None
        rowwise: dict[str, Callable[[], Edits | None]] = {
            "number": lambda: number(row, rng),
            "exchange_numbers": lambda: exchange_numbers(row, rng),
            "date": lambda: date(row, rng),
            "name": lambda: name(row, rng, self.names),
            "exchange_names": lambda: exchange_names(row, rng, self.names),
            "negation": lambda: negation(row, rng, self.seen),
            "opposite": lambda: opposite(row, rng),
        }
        if kind in rowwise:
            edits = rowwise[kind]()
            return self._of_edits(kind, row, have, edits, rng) if edits else None
        languages = rng.choice(have)
        sides = None
        if kind == "cut":
            sides = cut(row, languages, rng, self.seen)
        elif kind == "drop":
            sides = drop(row, languages, rng, self.seen)
        elif kind == "replace":
            sides = replace(row, languages, rng, self.seen, self.book)
        elif kind == "other":
            return self._other(rows, at, languages, rng)
        elif kind == "more":
            return self._more(rows, at, languages)
        return Quad(kind, languages, row.story, *sides) if sides else None

    def _of_edits(
        self, kind: str, row: Row, have: list[tuple[str, str]], edits: Edits, rng: random.Random
    ) -> Quad | None:
        versions = {language: changed(row.texts[language], own) for language, own in edits.items()}
        versions = {
            language: own for language, own in versions.items() if own[0].sentences != own[1].sentences
        }
        both = [p for p in have if p[0] in versions and p[1] in versions]
        if both and rng.random() < _BOTH:
            languages = rng.choice(both)
            sides = [versions[language] for language in languages]
            if kind == "name" and rng.random() < _ONE_SIDED:
                alone = rng.randrange(2)
                sides[alone] = sides[alone][:1]
            return Quad(kind, languages, row.story, *sides)
        either = [p for p in have if (p[0] in versions) != (p[1] in versions)]
        if not either:
            return None
        languages = rng.choice(either)
        known = languages[languages[0] not in versions]
        unknown = Version((row.texts[languages[languages[0] in versions]],))
        if kind != "negation":
            sides = [versions[language] if language == known else (unknown,) for language in languages]
            return Quad(kind, languages, row.story, *sides)
        # An odd "not" is known by its looks, where the new version stands in flawed pairs only. It gets a
        # counterpart, and loses its marks for that, as the two then differ in more than the change.
        other = rng.choice([language for language in sorted(versions) if language != known] or [known])
        sides = [
            versions[language] if language == known else (unknown, versions[other][1])
            for language in languages
        ]
        return Quad(kind, (*languages, other), row.story, *sides, marked=False)

    def _other(self, rows, at: int, languages: tuple[str, str], rng: random.Random) -> Quad | None:
        row = rows[at]
        near = [r for r in rows[max(0, at - 3) : at + 4] if r is not row]
        pool = near if near and rng.random() < 0.6 else rng.choice(self.stories)
        other = rng.choice([r for r in pool if all(language in r.texts for language in languages)] or [row])
        if other.texts == row.texts:
            return None
        sides = [
            tuple(Version((r.texts[language],), ((0, 0, len(r.texts[language])),)) for r in (row, other))
            for language in languages
        ]
        return Quad("other", languages, row.story, *sides)

    def _more(self, rows, at: int, languages: tuple[str, str]) -> Quad | None:
        if at + 1 >= len(rows):
            return None
        sides = []
        for language in languages:
            one, two = rows[at].texts[language], rows[at + 1].texts[language]
            sides.append((Version((one,)), Version((one, two), ((1, 0, len(two)),))))
        return Quad("more", languages, rows[at].story, *sides)
