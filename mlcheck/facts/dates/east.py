"""Dates in Chinese and Japanese, which have no spaces to find words by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from mlcheck.data import Span
from mlcheck.facts.dates.clock import readings_of
from mlcheck.facts.dates.digits import is_valid
from mlcheck.facts.dates.periods import decade_readings
from mlcheck.facts.fact import Fact, Kind, Value
from mlcheck.facts.numbers import small_han
from mlcheck.languages import language as record

__all__ = ["EAST", "dates_east"]

EAST = frozenset(("zh", "ja"))
"""The languages that the patterns below are written for."""

_HAN = "〇零○一二三四五六七八九十两兩"
_NUMBER = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_NOT_INSIDE = rf"(?<![\d{_HAN}.,:/第])"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911}
_REIGN = rf"(?P<era>{'|'.join(_ERAS)})(?P<reign>\d{{1,3}}|元|[{_HAN}百]{{1,6}})"
_YEAR = rf"(?:{_REIGN}|(?P<year>\d{{4}}|[{_HAN}]{{4}}))\s?年\s?"
_YEAR_OF_ERA = re.compile(rf"{_REIGN}(?P<year>)\s?年(?!代)")
_LONGEST_REIGN = 199
"""Years of an era, at most: the Republic of China counts on."""
_MONTH = rf"(?P<month>{_NUMBER})\s?月(?![餅饼球亮光])"
_AND = r"\s?[、,，~～・至到和及与と\-–—]\s?"
_DAY = rf"\s?(?P<day>{_NUMBER})\s?(?:[日号號](?![線线楼樓])|(?={_AND}{_NUMBER}\s?[日号號]))"
_FURTHER = rf"(?:{_AND}(?P<day2>{_NUMBER})\s?[日号號])?"
_DATE = re.compile(rf"{_NOT_INSIDE}(?:{_YEAR})?(?<![個个ヶヵカか]){_MONTH}(?P<part>份)?(?:{_DAY}{_FURTHER})?")
_ENDS_OF_DATE = re.compile(r"\s?[（(]\s?([月火水木金土日一二三四五六])\s?[）)]")
_WEEKDAYS = {
    "zh": re.compile(
        r"(?P<lead>[每\d一两兩二三四几幾]?)(?P<week>星期|禮拜|礼拜|周|週)(?P<day>[一二三四五六日天])(?P<after>.?)"
    ),
    "ja": re.compile(r"(?P<lead>毎週)?(?P<day>[月火水木金土日])曜(?:日)?"),
}
_ORDER = {"zh": "一二三四五六日", "ja": "月火水木金土日"}
_DECADE = re.compile(rf"(?<![\d{_HAN}.和成正治])(?P<digits>\d{{4}}|\d{{2}}|[{_HAN}]{{2}})\s?年代")
_DECADE_OF_CENTURY = re.compile(
    rf"(?<![\d{_HAN}.])(?P<number>{_NUMBER})\s?世[纪紀]\s?(?P<digits>\d{{2}}|[{_HAN}]{{2}})\s?年代"
)
_CENTURY = re.compile(rf"(?<![\d{_HAN}.])(?P<number>{_NUMBER})\s?世[纪紀]")
_AM = "凌晨|清晨|早上|早晨|上午|午前|早"
_PM = "下午|午後|傍晚|晚上|晚间|晚間|夜里|夜裡|夜间|深夜|夜|夕方"
_TIME = re.compile(
    rf"(?:差(?P<lacks>一刻|{_NUMBER}分))?(?:(?P<am>{_AM})|(?P<pm>{_PM})|(?P<noon>中午|正午))?\s?"
    rf"(?<![\d{_HAN}.,:/])(?P<hour>{_NUMBER})\s?"
    rf"(?:(?P<word>[点點时時])(?!間|间|代|候)(?P<clock>[钟鐘])?(?:\s?(?P<half>半)|\s?(?P<quarter>[一三])刻|\s?(?P<minute>{_NUMBER}|[{_HAN}\d]{{1,3}})\s?分(?![之の])(?P<before>前)?)?"
    r"|[:：](?P<colon>\d\d)(?:[:：]\d\d)?(?![\d]))"
)
_LUNAR = ("农历", "農曆", "阴历", "陰曆", "旧暦")
"""Months of another calendar."""
_ZONE = re.compile(r"\s?\(?[A-Z]{2,4}(?![A-Za-z])")


def _number(text: str) -> int:
    """The value of digits or of characters; -1 where there is none."""
    value = small_han(text)
    return -1 if value is None else value


def dates_east(text: str, language: str, taken: list[Span]) -> list[Fact]:
    """Facts of all kinds in a Chinese or Japanese text. `taken` are the places of dates in digits."""
    found = _dates(text, language)
    found += _years_of_eras(text, found)
    found += _weekdays(text, language) + _times(text, record(language).times.zones) + _periods(text)
    pattern, days = _days(language)
    if pattern is not None:
        for match in pattern.finditer(text):
            found.append(_fact("period", match, ("day", days[match[0]]), weak=True))
    starts = {span.start for span in taken}
    return [fact for fact in found if fact.span.start not in starts]


def _fact(kind: Kind, match: re.Match[str], *readings: Value, weak: bool) -> Fact:
    return Fact(
        kind=kind, span=Span(*match.span()), text=match[0], readings=tuple(dict.fromkeys(readings)), weak=weak
    )


@cache
def _days(language: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    days = {text: day for day, texts in record(language).times.days.items() for text in texts}
    longest = sorted(days, key=lambda text: (-len(text), text))
    return (re.compile("|".join(map(re.escape, longest))) if longest else None), days


def _dates(text: str, language: str) -> list[Fact]:
    found = []
    for match in _DATE.finditer(text):
        year = _year(match)
        month = _number(match["month"])
        lunar = text[max(0, match.start() - 3) : match.start()].rstrip().endswith(_LUNAR)
        if lunar or not 1 <= month <= 12:
            continue
        said = "" if year is None else str(year)
        days = [_number(match[key]) for key in ("day", "day2") if match[key]]
        if any(not is_valid(year, month, day) for day in days):
            continue
        # 三月 alone is March; 3月間 and 3月ぶり are three months to nobody, but 一月 may be.
        after = text[match.end() : match.end() + 1]
        if not days and after in ("間", "间"):
            continue
        value = (said, str(month), str(days[0]) if days else "")
        if len(days) < 2:
            found.append(_fact("date", match, value, weak=False))
        else:
            split = match.start("day2")
            for start, end, day in ((match.start(), split, days[0]), (split, match.end(), days[1])):
                part = text[start:end].rstrip("、,，~～・至到和及与と-–— ")
                span = Span(start, start + len(part))
                found.append(
                    Fact(kind="date", span=span, text=part, readings=((said, str(month), str(day)),))
                )
        beside = _ENDS_OF_DATE.match(text, match.end()) if days else None
        if beside is not None and beside[1] in _ORDER[language]:
            number = str(_ORDER[language].index(beside[1]) + 1)
            span = Span(*beside.span(1))
            found.append(Fact(kind="weekday", span=span, text=beside[1], readings=((number,),)))
    return found


def _year(match: re.Match[str]) -> int | None:
    if match["era"]:
        reign = 1 if match["reign"] == "元" else _number(match["reign"])
        return _ERAS[match["era"]] + reign if 0 < reign <= _LONGEST_REIGN else None
    if match["year"]:
        year = _number(match["year"])
        return year if 1000 <= year < 2200 else None
    return None


def _years_of_eras(text: str, taken: Sequence[Fact]) -> list[Fact]:
    """平成元年, 民國一百年: years that no month follows."""
    dated = {fact.span.start for fact in taken}
    found = []
    for match in _YEAR_OF_ERA.finditer(text):
        year = _year(match)
        if year is not None and match.start() not in dated:
            found.append(_fact("period", match, ("year", str(year)), weak=False))
    return found


def _weekdays(text: str, language: str) -> list[Fact]:
    found = []
    for match in _WEEKDAYS[language].finditer(text):
        weak = False
        start = match.start()
        if language == "zh":
            lead, week, after = match["lead"], match["week"], match["after"]
            if week in "周週":
                # 一周三次 is "three times a week", 四周一片 "all around", 周日常 no Sunday.
                if (lead and lead != "每") or after in tuple("次个個名天期回岁歲片圈"):
                    continue
            elif lead and lead != "每":
                weak = True
            weak = weak or lead == "每"
            start = match.start("week")
            day = "日" if match["day"] == "天" else match["day"]
            end = match.end("day")
        else:
            day, end, weak = match["day"], match.end(), bool(match["lead"])
            start = match.start("day")
        number = str(_ORDER[language].index(day) + 1)
        span = Span(start, end)
        found.append(Fact(kind="weekday", span=span, text=text[start:end], readings=((number,),), weak=weak))
    return found


def _times(text: str, zones: Mapping[str, Sequence[int]]) -> list[Fact]:
    found = []
    for match in _TIME.finditer(text):
        hour = _number(match["hour"])
        part = match["minute"] or match["colon"]
        minute = 30 if match["half"] else _number(part) if part else 0
        if match["quarter"]:
            minute = 15 * _number(match["quarter"])
        if hour < 0 or minute < 0:
            continue
        lacks = match["lacks"] or ""
        less = minute if match["before"] else 15 if lacks == "一刻" else _number(lacks[:-1]) if lacks else 0
        if less > 0:
            hour, minute = (hour - 1) % 24 or 12, 60 - less
        half = "am" if match["am"] else "pm" if match["pm"] else ""
        if half == "pm" and hour == 12 and match["pm"] not in ("下午", "午後"):
            half = "am"
        if match["noon"]:
            half = "pm" if hour in (12, 1, 2) else "am"
        said = half or _PARTS & {key for key, found in match.groupdict().items() if found}
        if match["word"] in ("点", "點") and not said:
            # 一点 is "a bit", 三点 "three points".
            if not match["hour"].isdigit():
                continue
            sure = False
        else:
            sure = bool(said or match["word"] in ("时", "時"))
        open_ = not half and not match["hour"].startswith("0")
        readings = readings_of(hour, minute, half, _zone_ahead(text, match.start(), zones), open_=open_)
        if readings and not (match["colon"] and not half and len(match["hour"]) > 2):
            found.append(_fact("time", match, *readings, weak=not sure or bool(match["noon"])))
    return [_without_space(fact) for fact in found if not _followed_by_zone(text, fact)]


_PARTS = frozenset(("minute", "half", "quarter", "clock", "lacks"))
"""What makes an hour before 点 a time: 一点 is "a bit", 三点 "three points"."""
_AHEAD = 12
"""Characters before a time in which its zone may stand: 莫斯科时间8日8时30分."""


def _zone_ahead(text: str, start: int, zones: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The zone whose name stands last before a time, with no full stop or comma between."""
    ahead = re.split("[，。；、（]", text[max(0, start - _AHEAD) : start])[-1]
    last = max(zones, key=lambda name: (ahead.rfind(name), len(name)), default="")
    return zones[last] if last in ahead and last else ()


def _followed_by_zone(text: str, fact: Fact) -> bool:
    """Those the reader of tokens takes, because it knows zones."""
    return ":" in fact.text and _ZONE.match(text, fact.span.end) is not None


def _without_space(fact: Fact) -> Fact:
    text = fact.text.lstrip()
    cut = len(fact.text) - len(text)
    span = Span(fact.span.start + cut, fact.span.end)
    return Fact(kind=fact.kind, span=span, text=text, readings=fact.readings, weak=fact.weak)


def _periods(text: str) -> list[Fact]:
    found = []
    joined: set[int] = set()
    for match in _DECADE_OF_CENTURY.finditer(text):
        century, decade = _number(match["number"]), _number(match["digits"])
        if 1 <= century <= 22 and decade >= 0 and not decade % 10:
            value = ("decade", str(100 * (century - 1) + decade))
            found.append(_fact("period", match, value, weak=False))
            joined |= {match.start(), match.start("digits")}
    for match in _DECADE.finditer(text):
        if match.start() in joined:
            continue
        digits = match["digits"]
        number = _number(digits) if digits.isdigit() or "十" in digits else -1
        readings = decade_readings(str(number)) if number >= 10 else []
        if readings:
            # 1800年代 is a decade where 年代 says so, but may stand for the century.
            found.append(_fact("period", match, *readings, weak=len(digits) == 2))
    for match in _CENTURY.finditer(text):
        number = _number(match["number"])
        if 1 <= number <= 22 and match.start() not in joined:
            found.append(_fact("period", match, ("century", str(number)), weak=False))
    return found
