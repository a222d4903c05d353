"""Page remnants: time stamps, counters, credits, share lines, section links, pagers.

Recognised by form and position, in any language, never by a list of one site's phrases. Two
degrees. *Certain*: no sentence of any report looks like that (a line of figures and a time, a
credit, a pager, a repeated headline). *Doubtful*: a short line without the end of a sentence,
before the first or after the last paragraph of prose. That may be a share line, and may be a
heading that one version lacks; so it stays in the comparison, and is called furniture only when
it turns out to have no counterpart (`settle`).

What this costs: a heading at the very end of a text, that is missing from the other version, is
passed over. Inside the text nothing is doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

__all__ = ["Likeness", "likenesses", "normal_form"]


class Likeness(Enum):
    """How much a block looks like furniture."""

    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


_SENTENCE_END = re.compile(r"[.!?…。！？؟۔։।](?:\s?['\"”»’“)\]」』])*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_NUMBER = re.compile(r"\d+")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CREDIT = re.compile(r"[©®]|\([cCсС]\)\s*\w|^\W*(?:AFP|Reuters|Getty|EPA|AP)\s*/")
_PICTURE = re.compile(
    r"^\W*(?:photo|foto|fotoğraf|fotografia|fotografía|fotos|фото|фотo|світлина|şəkil|image|imagen|immagine|"
    r"bild|zdjęcie|fot|照片|图片|图|写真|사진|صورة|تصوير|ფოტო|լուսանկար|picture|credit|video|видео|відео|"
    r"vidéo|視頻|视频|動画)[\s.]*(?:[a-zа-яё]+\s)?[:/|©—-]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_NETWORK = re.compile(
    r"\b(?:whats\s?app|telegram|facebook|instagram|twitter|you\s?tube|tik\s?tok|linkedin|viber|вконтакте|"
    r"одноклассники|vk|rss|wechat|weibo|pinterest|threads|messenger)\b|微信|微博",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s[>›»→|•·/]\s")
_TAGS = re.compile(r"^(?:#\w+[\s,;]*)+$")

_SHORT_WORDS = 9
_HEADLINE_WORDS = 25
_PROSE_WORDS = 12


def normal_form(text: str) -> str:
    """What two printings of one line have in common: letters and figures, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def likenesses(texts: Sequence[str], headings: Sequence[bool]) -> list[Likeness]:
    """For each block of a text, in order, how much it looks like furniture.

    `headings` says which blocks the format itself marks as headings: those are never doubtful.
    """
    found = [_by_form(text) for text in texts]
    _repeats(texts, found)
    _stacks(texts, found)
    _captions(texts, found)
    first, last = _prose(texts, found)
    headline = _headline(texts, headings, found, first)
    for i, text in enumerate(texts):
        outside = i < first or i > last
        if found[i] is Likeness.NONE and i != headline and not headings[i] and outside and _is_short(text):
            found[i] = Likeness.DOUBTFUL
    return found


def words(text: str) -> int:
    """Words of a text; in scripts without spaces, two characters count for one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text))) + (wide + 1) // 2


def _ends(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def _is_short(text: str) -> bool:
    return words(text) <= _SHORT_WORDS and not _ends(text)


def _by_form(text: str) -> Likeness:
    count = words(text)
    figures = len(_NUMBER.findall(text))
    if not count:  # nothing but figures and signs
        return Likeness.CERTAIN
    if _ADDRESS.match(text) or _TAGS.match(text) or _is_pager(text):
        return Likeness.CERTAIN
    if not _ends(text.rstrip(".")):
        if _CREDIT.search(text) and count <= _HEADLINE_WORDS:
            return Likeness.CERTAIN
        if _PICTURE.match(text) and count <= _HEADLINE_WORDS:
            return Likeness.CERTAIN if count <= _SHORT_WORDS else Likeness.DOUBTFUL
    stamped = bool(_TIME.search(text) or _DATE.search(text)) or (_YEAR.search(text) and figures >= 2)
    if stamped and count <= 5 and figures >= 2:
        return Likeness.CERTAIN
    linked = len(_CRUMB.findall(text)) >= 2 or _NETWORK.search(text)
    return Likeness.CERTAIN if linked and count <= _SHORT_WORDS and not _ends(text) else Likeness.NONE


def _is_pager(text: str) -> bool:
    """`1 2 3 4 5 Next`: three counting numbers in a row."""
    numbers = [int(number) for number in _NUMBER.findall(text) if len(number) < 4]
    counting = sum(b - a == 1 for a, b in pairwise(numbers))
    return counting >= 2 and bool(re.match(r"\W*\d+\W+\d+\W+\d+\b", text))


def _repeats(texts: Sequence[str], found: list[Likeness]) -> None:
    """A headline or a caption printed again, near the top: the later printing goes."""
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        form = normal_form(text)
        if found[i] is Likeness.NONE and form in seen and not _ends(text) and words(text) <= _HEADLINE_WORDS:
            found[i] = Likeness.CERTAIN
        seen.setdefault(form, i)


def _stacks(texts: Sequence[str], found: list[Likeness]) -> None:
    """Counters and their labels on stacked lines: short lines next to certain ones that are
    nothing but figures, two or more of them."""
    for i, text in enumerate(texts):
        if found[i] is not Likeness.NONE or words(text) > 3 or _ends(text.rstrip(".")):
            continue
        near = [j for j in range(max(0, i - 2), min(len(texts), i + 3)) if j != i]
        bare = [j for j in near if found[j] is Likeness.CERTAIN and words(texts[j]) == 0]
        if len(bare) >= 2 and (i - 1 in bare or i + 1 in bare):
            found[i] = Likeness.CERTAIN


def _captions(texts: Sequence[str], found: list[Likeness]) -> None:
    """The caption itself, where a credit line beside it holds it too."""
    for i, text in enumerate(texts):
        if found[i] is Likeness.CERTAIN and words(text) and (_CREDIT.search(text) or _PICTURE.match(text)):
            credit = normal_form(text)
            for j in (i - 1, i + 1):
                if 0 <= j < len(texts) and found[j] is Likeness.NONE and not _ends(texts[j]):
                    form = normal_form(texts[j])
                    if len(form) >= 6 and form in credit:
                        found[j] = Likeness.CERTAIN


def _prose(texts: Sequence[str], found: list[Likeness]) -> tuple[int, int]:
    """The first and the last block that is prose; the whole text where none is."""
    prose = [
        i
        for i, text in enumerate(texts)
        if found[i] is Likeness.NONE and (words(text) >= _PROSE_WORDS or words(text) >= 4) and _ends(text)
    ]
    return (prose[0], prose[-1]) if prose else (0, len(texts) - 1)


def _headline(
    texts: Sequence[str], headings: Sequence[bool], found: list[Likeness], first_prose: int
) -> int | None:
    """The block that is the headline: a marked heading, else the longest of the short lines that
    stand before the prose (a label above it is shorter), the earlier of equals."""
    before = [i for i in range(first_prose) if found[i] is Likeness.NONE]
    marked = [i for i in before if headings[i]]
    if marked:
        return marked[0]
    fitting = [i for i in before if 2 <= words(texts[i]) <= _HEADLINE_WORDS] or before
    if not fitting:
        return None
    return max(fitting, key=lambda i: (min(words(texts[i]), _SHORT_WORDS), -i))
