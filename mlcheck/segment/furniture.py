"""Page remnants: time stamps, counters, credits, share lines, section links, pagers.

Recognised by form and position, in any language, with the help of a few generic words. Two
degrees. *Certain*: no sentence of any report looks like that (a line of figures, a credit, a pager,
a headline printed twice). *Doubtful*: a short line without the end of a sentence, before the first
or after the last paragraph of prose. That may be a share line, and may be a heading that one
version lacks; so it stays in the comparison, and is called furniture only when it turns out to
have no counterpart.

A page may stand inside a text, with a note above it or another item below: short lines between two
paragraphs of prose, of which at least two have forms of furniture, are judged as those outside are.

What this costs: a heading at the very end of a text, or among such lines, that is missing from the other
version, is passed over. Elsewhere inside the text nothing is doubtful but a call to follow the publisher that
ends as a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from mlcheck.languages import KATAKANA, UNSPACED
from mlcheck.segment.forms import (
    HEADLINE_WORDS,
    ends,
    has_photo_word,
    has_time,
    is_address,
    is_advertisement,
    is_call,
    is_credit,
    is_crumb,
    is_dateline,
    is_line,
    is_masthead,
    is_pager,
    is_read_also,
    is_share_line,
    is_stamp,
    words,
)
from mlcheck.text import normal_form

__all__ = ["Likeness", "likenesses"]


class Likeness(Enum):
    """How much a block looks like furniture."""

    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


_SHORT_WORDS = 9
_PROSE_WORDS = 4
_STAMP_WORDS_ABOVE = 4
"""Words beside a date and a time above the text. Below it, where an announcement may say when the
concert begins, none."""
_CREDIT_WORDS = 6
"""Words by which a caption with its credit is longer than the caption."""

_FULL_STOP = re.compile(r"[.。۔։।።။](?:\s?['\"”»’“)\]」』])*$")
_ITEM = re.compile(r"^[-–—•*·▪‣◦]\s")
_STEM = re.compile(r"[^\W\d_]{4,}")
_STEM_LETTERS = 5
_WIDE_RUN = re.compile(f"[{UNSPACED}{KATAKANA}]{{2,}}")
_OPENING_PROSE = 3
"""Paragraphs whose words a headline is likely to share."""
_PAGE_MARKS = 2
"""Forms of furniture by which lines inside the text show that they are a page's: one is a picture's credit,
or the heading of a chronicle."""
_STACK = 3
"""Lines of figures, one under another, that are counters; two may number sections."""
_GREETING_WORDS = 4
"""Words of a greeting that ends in an exclamation mark, at most."""
_TELLING_WORDS = 4
"""From so many words on, the earlier of two lines is the headline; a caption is often longer."""


def likenesses(texts: Sequence[str], headings: Sequence[bool]) -> tuple[list[Likeness], int | None]:
    """For each block of a text, in order, how much it looks like furniture; and which is the headline,
    None where no line stands above prose.

    `headings` says which blocks the format itself marks as headings: those are never doubtful.
    """
    found = [_by_form(text, heading) for text, heading in zip(texts, headings, strict=True)]
    prose = _prose(texts, found)
    if prose is None:
        _outside(texts, found, range(len(texts)), 0)
        return found, None
    first, last = prose
    outside = [i for i in range(len(texts)) if not first <= i <= last]
    pages = list(_pages(texts, headings, found, range(first + 1, last)))
    printed = [
        _settle(texts, found, outside, first),
        *(_settle(texts, found, page, page[-1] + 1) for page in pages),
    ]
    captions = set(_captions(texts, found))
    headline = _headline(texts, headings, found, first, printed[0], captions)
    inner = {
        _inner_headline(texts, found, page, again, captions)
        for page, again in zip(pages, printed[1:], strict=True)
    }
    for i in captions - {headline}:
        if any(_is_credited(texts, found, j) for j in (i - 1, i + 1)):
            found[i] = Likeness.CERTAIN
    for i in [*outside, *(i for page in pages for i in page)]:
        if found[i] is Likeness.NONE and i not in {headline, *inner} and not headings[i]:
            label = i in captions or _is_label(texts[i]) or (i < first and _is_greeting(texts[i]))
            found[i] = Likeness.DOUBTFUL if label else Likeness.NONE
    return found, headline


def _pages(
    texts: Sequence[str], headings: Sequence[bool], found: list[Likeness], inside: range
) -> Iterator[list[int]]:
    """The runs of lines between two paragraphs of prose that are a page's above or below an item."""
    run: list[int] = []
    for i in [*inside, inside.stop]:
        line = i < inside.stop and not headings[i] and is_line(texts[i]) and not _ITEM.match(texts[i])
        # What has strokes may be a row of a table.
        if line and not _is_prose(texts[i]) and not is_crumb(texts[i]):
            run.append(i)
            continue
        if _marks(texts, found, run) >= _PAGE_MARKS:
            yield run
        run = []


def _marks(texts: Sequence[str], found: list[Likeness], run: list[int]) -> int:
    """How many lines of a run have a form of furniture; a stack of counters is one."""
    bare = [i for i in run if found[i] is Likeness.CERTAIN and not words(texts[i])]
    stacked = any(all(i + k in bare for k in range(_STACK)) for i in bare)
    return stacked + sum(
        i not in bare and (found[i] is Likeness.CERTAIN or _is_outer(texts[i], _STAMP_WORDS_ABOVE))
        for i in run
    )


def _is_outer(text: str, spare: int) -> bool:
    """What is furniture above and below a text: with its time, for a date alone heads a chronicle's entry."""
    return (is_stamp(text, spare) and has_time(text)) or is_pager(text) or is_share_line(text)


def _settle(texts: Sequence[str], found: list[Likeness], lines: Sequence[int], first: int) -> int | None:
    """Find what is certain of lines outside the prose, `first` being where that begins; returns the first
    printing of a line that is printed again above it."""
    _outside(texts, found, lines, first)
    repeated = _repeats(texts, found, lines)
    _stacks(texts, found, lines)
    return repeated


def _inner_headline(
    texts: Sequence[str], found: list[Likeness], page: list[int], repeated: int | None, captions: set[int]
) -> int | None:
    """The line of a page inside the text that is the headline of what follows: right above it, printed twice,
    or one that shares words with it; None where none is."""
    lines = [i for i in page if found[i] is Likeness.NONE and i not in captions]
    if page[-1] in lines or repeated in lines:
        return page[-1] if page[-1] in lines else repeated
    opening = _stems(" ".join(texts[page[-1] + 1 : page[-1] + 1 + _OPENING_PROSE]))
    return max(
        (i for i in lines if words(texts[i]) >= 2 and _stems(texts[i]) & opening),
        key=lambda i: (min(words(texts[i]), _TELLING_WORDS), -i),
        default=None,
    )


def _is_greeting(text: str) -> bool:
    """`Dear colleagues!`, where other languages end it in a comma; a headline that cries out is longer."""
    return text.endswith(("!", "！")) and words(text) <= _GREETING_WORDS


def _is_label(text: str) -> bool:
    """A line, not a sentence, and not one that introduces what follows; or a long line that names a
    photograph."""
    count = words(text)
    introduces = text.endswith((":", "：")) and count >= _PROSE_WORDS
    short = count <= _SHORT_WORDS and not ends(text) and not introduces
    return short or (is_line(text) and has_photo_word(text))


def _is_credited(texts: Sequence[str], found: list[Likeness], at: int) -> bool:
    return 0 <= at < len(texts) and found[at] is Likeness.CERTAIN and is_credit(texts[at])


def _by_form(text: str, heading: bool) -> Likeness:
    """What is certain wherever it stands."""
    if not is_line(text):
        return Likeness.NONE
    if not words(text):  # nothing but figures and signs
        return Likeness.CERTAIN
    if not heading and (is_advertisement(text) or is_read_also(text) or is_call(text)):
        return Likeness.CERTAIN
    if is_address(text) or is_credit(text):
        return Likeness.CERTAIN
    # With a full stop it may be what an item is about: it is as the other version has it.
    return Likeness.DOUBTFUL if not heading and is_call(text.rstrip(".。!！ ")) else Likeness.NONE


def _prose(texts: Sequence[str], found: list[Likeness]) -> tuple[int, int] | None:
    """The first and the last block that is prose; None where none is.

    A question above the prose is a headline, one below it a last sentence. A list that prose
    announces with a colon is part of it.
    """
    prose = [i for i, text in enumerate(texts) if found[i] is Likeness.NONE and _is_prose(text)]
    if not prose:
        return None
    plain = [i for i in prose if _FULL_STOP.search(texts[i]) or words(texts[i]) > HEADLINE_WORDS]
    last = prose[-1]
    for i in range(last + 1, len(texts) - 1):
        announced = texts[i].endswith((":", "：")) and words(texts[i]) >= _PROSE_WORDS
        if (announced or i == last) and _ITEM.match(texts[i + 1]):
            last = i + 1
    return (plain or prose)[0], last


def _is_prose(text: str) -> bool:
    return ends(text) and words(text) >= _PROSE_WORDS


def _outside(texts: Sequence[str], found: list[Likeness], outside: Sequence[int], first: int) -> None:
    """What is certain outside the text only: in it, a date may be the heading of a chronicle, and
    lines with strokes may be a table."""
    for i in outside:
        text = texts[i]
        if found[i] is Likeness.NONE and is_line(text) and not ends(text.rstrip(".")):
            stamped = is_stamp(text, _STAMP_WORDS_ABOVE if i < first else 0)
            if stamped or is_pager(text) or is_crumb(text) or is_share_line(text):
                found[i] = Likeness.CERTAIN


def _repeats(texts: Sequence[str], found: list[Likeness], outside: Sequence[int]) -> int | None:
    """The later printings of a line outside the prose are furniture. Returns the first printing
    above the prose: a headline."""
    seen: dict[str, int] = {}
    first_printing: int | None = None
    for i in outside:
        if found[i] is not Likeness.NONE or not is_line(texts[i]):
            continue
        form = normal_form(texts[i])
        if form in seen:
            found[i] = Likeness.CERTAIN
            first_printing = seen[form] if first_printing is None else first_printing
        seen.setdefault(form, i)
    return first_printing


def _stacks(texts: Sequence[str], found: list[Likeness], outside: Sequence[int]) -> None:
    """Counters and their labels on stacked lines: short lines next to certain ones that are
    nothing but figures, two or more of them. In the text, such figures number its sections."""
    for i in outside:
        text = texts[i]
        if found[i] is not Likeness.NONE or len(text) > 40 or words(text) > 3 or ends(text.rstrip(".")):
            continue
        near = [j for j in range(max(0, i - 2), min(len(texts), i + 3)) if j != i]
        bare = [j for j in near if found[j] is Likeness.CERTAIN and words(texts[j]) == 0]
        if len(bare) >= 2 and (i - 1 in bare or i + 1 in bare):
            found[i] = Likeness.CERTAIN


def _captions(texts: Sequence[str], found: list[Likeness]) -> Iterator[int]:
    """Captions: lines that the next line or the one before holds too, with a credit added."""
    for i, j in pairwise(range(len(texts))):
        if _is_caption(texts[i], texts[j]):
            yield i
            if found[j] is Likeness.NONE:
                yield j
        elif found[i] is Likeness.CERTAIN and is_credit(texts[i]) and _is_caption(texts[j], texts[i]):
            yield j


def _is_caption(text: str, credit: str) -> bool:
    if ends(text) or ends(credit) or not is_line(text) or not is_line(credit):
        return False
    form, whole = normal_form(text), normal_form(credit)
    if len(form) < 6 or form == whole or form not in whole:
        return False
    goes_on = whole.startswith(form) and not credit[len(text) :].lstrip(" .")[:1].isalnum()
    return is_credit(credit) or (goes_on and words(credit) - words(text) <= _CREDIT_WORDS)


def _headline(
    texts: Sequence[str],
    headings: Sequence[bool],
    found: list[Likeness],
    first: int,
    repeated: int | None,
    captions: set[int],
) -> int | None:
    """The block that is the headline: a marked heading, else a line printed twice, else the one that
    shares words with the opening of the text and is no mere label, the earlier of equals. Where and when
    it was written is none, nor is the agency's name."""
    before = [i for i in range(first) if found[i] is Likeness.NONE]
    marked = [i for i in before if headings[i]]
    if marked or repeated in before:
        return marked[0] if marked else repeated
    before = [i for i in before if not is_dateline(texts[i]) and not is_masthead(texts[i])]
    fitting = [i for i in before if 2 <= words(texts[i]) <= HEADLINE_WORDS] or before
    opening = _stems(" ".join(texts[first : first + _OPENING_PROSE]))
    telling = [i for i in fitting if i not in captions and _stems(texts[i]) & opening]
    ranked = telling or [i for i in fitting if i not in captions] or fitting
    return max(ranked, key=lambda i: (min(words(texts[i]), _TELLING_WORDS), -i), default=None)


def _stems(text: str) -> set[str]:
    """Beginnings of words, which inflection leaves alone; pairs of characters where no spaces are."""
    stems = {word[:_STEM_LETTERS] for word in _STEM.findall(text.casefold())}
    return stems | {a + b for run in _WIDE_RUN.findall(text) for a, b in pairwise(run)}
