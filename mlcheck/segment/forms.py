"""What single lines of page furniture look like: stamps, pagers, credits, share lines, sections.

Each function looks at one line and knows nothing of its neighbours. Where a form is also that of
an honest headline or list item (`Bahnhof ab 18:30 gesperrt`, `Reuters/Ipsos poll …`, item `(c)` of
a contract), the form is drawn tighter: what is taken for furniture is not compared at all, so a
mistake here hides content, while furniture that is missed makes one false alarm.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from mlcheck.languages import KATAKANA, UNSPACED
from mlcheck.segment.page_words import NETWORKS, WAYS, page_words

__all__ = [
    "HEADLINE_WORDS",
    "ends",
    "has_photo_word",
    "has_time",
    "is_address",
    "is_advertisement",
    "is_call",
    "is_credit",
    "is_crumb",
    "is_dateline",
    "is_line",
    "is_masthead",
    "is_pager",
    "is_read_also",
    "is_share_line",
    "is_stamp",
    "words",
]

HEADLINE_WORDS = 25
"""Words of a headline or a caption, at most."""
_LINE = 500
"""Characters of one line of furniture, at most."""
_CALL_WORDS = 12
_LABEL_WORDS = 9
_NAME_WORDS = 6

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔։।።။](?:\s?['\"”»’“)\]」』])*$")
_WIDE = re.compile(f"[{UNSPACED}{KATAKANA}]")

_TIME = (
    r"(?<![\d:.])(?:[01]?\d|2[0-4])(?:[:h]\d{2}(?::\d{2})?|\.\d{2}(?=\s?Uhr)|[時时点]\d{2}分?)(?![\d:])"
    r"(?:\s?(?:Uhr|[ap]\.?m\.?|h)(?!\w))?"
)
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    r"(?<!\d)(?:"
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d{{2}})|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|"
    rf"{_YEAR}[年년]\s?\d{{1,2}}[月월]\s?\d{{1,2}}[日일]|"
    rf"\d{{1,2}}\.?\s(?:de\s)?[^\W\d_]+\.?,?\s(?:de\s)?{_YEAR}"  # 28 апр., 2024; 21 de junio de 2023
    r")(?!\d)"
    rf"|\b[^\W\d_]+\.?\s\d{{1,2}},\s{_YEAR}(?!\d)"  # April 28, 2024
)
_STAMP_PART = re.compile(f"(?P<time>{_TIME})|(?P<date>{_DATE})")
_ZONE = re.compile(r"\(?\b(?:UTC|GMT)\b\s?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?")

_NUMBER = re.compile(r"\d+")
_PAGES = re.compile(r"^\D*?\d+(?:[\s.…|]+\d+){2}(?!\w)")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$|^(?:#\w+[\s,;]*)+$")
_CRUMB = re.compile(r"\s[>›»→|•·/]\s")

_COPYRIGHT = re.compile(rf"^\W*©|[^\w\s]\s*©|©\s?{_YEAR}|\([cCсС]\)\s?{_YEAR}")
_AGENCY = re.compile(r"^(?:AFP|Reuters|Getty(?: Images)?|EPA|AP)\s?/\s?(?P<name>.+)$")
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]+[^\W\d_]+)*),\s(?:[^\W\d_][^\d,]*,\s)?"
    r"(?:[^\W\d_]{3,}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,}\.?)(?:[,\s/(–—-].{0,20})?$"
)
_TAKEN_BY = re.compile(r"[。\s]\w{2,4}\s[摄攝]$|＝[^＝]*撮影$")

_NETWORK = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(word for word in NETWORKS.split() if word.isascii())})(?![^\W_])|"
    rf"{'|'.join(word for word in NETWORKS.split() if not word.isascii())}",
    re.IGNORECASE,
)
_POSTED = re.compile(rf"^(?:{_NETWORK.pattern})\s/\s(?P<name>\S.*)$", re.IGNORECASE)
_WAY = re.compile(rf"(?<![^\W_])(?:{'|'.join(WAYS.split())})(?![^\W_])", re.IGNORECASE)
_LABEL = re.compile(r"^(?P<label>[^:：]+)[:：]")


# The languages' files are read when the first line is looked at, not when this is imported.


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _photo_start() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s.,|/(\[（–—＝=。])(?:{_any(page_words('photo'))})(?!\w)", re.IGNORECASE)


@cache
def _photo_name() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[.,|/(\[（–—＝=。]\s*)(?:{_any(page_words('photo'))})"
        r"(?:\.\s|(?:\s(?:by|credit|de|di))?\s?[:：/|–—])\s*(?P<name>[^:：]+?)[)\]）]?$",
        re.IGNORECASE,
    )


@cache
def _photo_bracket() -> re.Pattern[str]:
    return re.compile(
        rf"[(\[（]\s*(?:{_any(page_words('photo'))})\.?\s(?:by\s|de\s|di\s)?(?P<name>[^()\[\]]+)[)\]）]$",
        re.IGNORECASE,
    )


@cache
def _advertisement() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{_any(page_words('advertisement'))})\W*$", re.IGNORECASE)


@cache
def _read_also() -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:{_any(page_words('read_also'))})\s?(?:[:：】\]>»|]|[–—-]\s)\s*\w", re.IGNORECASE
    )


@cache
def _agency() -> re.Pattern[str]:
    spaced = [word for word in page_words("agency") if not _WIDE.search(word)]
    wide = [word for word in page_words("agency") if _WIDE.search(word)]
    return re.compile(rf"(?<!\w)(?:{_any(tuple(spaced))})(?!\w)|(?:{_any(tuple(wide))})$", re.IGNORECASE)


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(page_words('follow'))})", re.IGNORECASE)


def words(text: str) -> int:
    """Words of a text; in scripts without spaces, two characters count for one."""
    wide = len(_WIDE.findall(text))
    spaced = _WIDE.sub(" ", text) if wide else text
    return sum(any(map(str.isalpha, token)) for token in spaced.split()) + (wide + 1) // 2


def ends(text: str) -> bool:
    """Does it end as a sentence does?"""
    return bool(_SENTENCE_END.search(text))


def is_line(text: str) -> bool:
    """No longer than a headline or a caption: the other functions expect such a line."""
    return len(text) <= _LINE and words(text) <= HEADLINE_WORDS


def is_address(text: str) -> bool:
    """A web or mail address, or hash tags, and nothing else."""
    return bool(_ADDRESS.match(text))


def is_pager(text: str) -> bool:
    """`« Previous 1 2 3 … 14 Next »`: three numbers in a row, and they count. With commas between
    them (`10, 11, 12 мая`) they are dates."""
    if not _PAGES.match(text) or ends(text) or words(text) > 4:
        return False
    numbers = [int(number) for number in _NUMBER.findall(text) if len(number) < 4]
    return sum(b - a == 1 for a, b in pairwise(numbers)) >= 2


def is_stamp(text: str, spare: int = 0) -> bool:
    """A date, or date and time of publication. `spare` words may stand beside each date that has a
    time (`Updated`, `Publié le … à`), half as many beside a time alone, none beside a date alone:
    with words, that may be a headline."""
    parts = [match.lastgroup for match in _STAMP_PART.finditer(text)]
    dates, times = parts.count("date"), parts.count("time")
    left = words(_ZONE.sub(" ", _STAMP_PART.sub(" ", text)))
    return bool(parts) and left <= (spare * dates if dates and times else 0 if dates else spare // 2)


def has_time(text: str) -> bool:
    """Has it a time of the day, in figures?"""
    return any(match.lastgroup == "time" for match in _STAMP_PART.finditer(text))


def is_credit(text: str) -> bool:
    """Whose the text or the picture is: `© 2023 …`, `…. Photo: Ann Smith`, `AFP / Ann Smith`."""
    if _COPYRIGHT.search(text) or _TAKEN_BY.search(text):
        return True
    if ends(text):
        return False
    posted = _POSTED.match(text)
    if posted is not None:
        # Offices post, too, whose names are not capitals throughout: `Facebook / Генеральний штаб`.
        name = posted["name"]
        return name[:1].isupper() and words(name) <= _NAME_WORDS and not _NETWORK.search(name)
    match = _photo_name().search(text) or _photo_bracket().search(text) or _AGENCY.match(text)
    return match is not None and _is_name(match["name"])


def is_dateline(text: str) -> bool:
    """`BAKU, Azerbaijan, Dec. 3` on a line of its own: a place in capitals, and a day without its year."""
    match = _DATELINE.match(text)
    return match is not None and match["place"].isupper() and words(text) <= _LABEL_WORDS


def is_masthead(text: str) -> bool:
    """Whose item it is: `The Azerbaijan State News Agency`. A headline about an agency is longer."""
    return bool(_agency().search(text)) and words(text) <= _NAME_WORDS and not ends(text)


def has_photo_word(text: str) -> bool:
    """Names a photograph, as captions do and some headlines too."""
    return bool(_photo_start().search(text)) and not ends(text)


def is_advertisement(text: str) -> bool:
    """The label of an advertisement, on a line of its own."""
    return bool(_advertisement().match(text))


def is_read_also(text: str) -> bool:
    """`Read also: `, and another item's headline."""
    return bool(_read_also().match(text)) and not text.endswith((".", "。"))


def is_call(text: str) -> bool:
    """`Follow us on` a network."""
    return (
        bool(_follow().search(text) and _NETWORK.search(text))
        and words(text) <= _CALL_WORDS
        and not ends(text)
    )


def is_share_line(text: str) -> bool:
    """Two networks or more and nothing else, or one after a label: `Share: Facebook E-mail`."""
    label = _LABEL.match(text)
    labelled = label is not None and words(label["label"]) <= 2
    listed = text[label.end() :] if label is not None and labelled else text
    names = len(_NETWORK.findall(listed))
    return names >= (1 if labelled else 2) and not words(_WAY.sub(" ", _NETWORK.sub(" ", listed)))


def is_crumb(text: str) -> bool:
    """`Home › News › Coast`: the way to the section, or several sections."""
    return len(_CRUMB.findall(text)) >= 2 and words(text) <= _LABEL_WORDS and not ends(text)


def _is_name(text: str) -> bool:
    """A few words that a name may consist of: no figures, and none of four
    letters or more in lower case."""
    parts = [part for part in re.split(r"[\s/,|]+", text) if any(map(str.isalpha, part))]
    lower = any(len(part) > 3 and part.islower() for part in parts)
    return 0 < len(parts) <= _NAME_WORDS and not lower and not _NUMBER.search(text)
