"""Paragraph text to sentences: `sentencex`, and a few repairs.

`sentencex` knows abbreviations in about 300 languages. It still ends sentences where wire copy
does not: after initials (`İ. Əliyev`), after short abbreviations before a capital (`M. Dupont`),
after German ordinals (`Die 3. Runde`), and after a quotation that goes on
(`「…。」と言った`, `«Да!» — сказал он`).
Each repair only joins what was cut: two sentences taken for one cost the aligner nothing, a
fragment without counterpart is a false alarm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from mlcheck.languages import Sentences, every
from mlcheck.languages import language as record

__all__ = ["common_words", "sentence_spans"]

_INITIAL = re.compile(r"(?:^|[\s(«„“\"'.-])(?!I\.$)\w\.$")
"""Ends in one letter and a full stop. English `I.` is left alone: no one's initial is as common."""

_P_M = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_AFTER_TIME = re.compile(r"(?:on\s|in\s|\w+day\b|[A-Z]{2,4}\b|local\b)", re.ASCII)

_ORDINAL = re.compile(r"(?:^|\s)\d{1,3}\.$")

_FIRST_LETTER = re.compile(r"\W*(?P<first>\w)")
_CJK_QUOTE_GOES_ON = re.compile(r"^(?:と|って|などと|という)")

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CAPITAL = re.compile(r"(?<=[^\W_]|[\"”»’'“)])\s+(?P<word>[^\W\d_]{1,5})\s+(?P<next>\w)")
_CODE = re.compile(r"`[^`\n]*`")
_NO_PROSE = re.compile(r"[/@\\#_<>{}=]|\w[.:]\w")
"""In addresses, mail, paths and tags, whose letters are small whatever they mean (`irc.example.org`)."""
_SHORT = 3
"""Letters of a common word, at most. Among longer ones are nouns, which names and official style
capitalise (`Международного суда`, `Corée du Sud`)."""
_OFTEN = 3
_GLUED = 3
"""Words of a headline, at least."""

_QUOTES = re.compile('["“”„‟«»‹›「」『』]')
"""Hidden from the splitter, which cuts nothing between an opening quotation mark and the next
closing one: a quotation of four sentences would stay one, and a single stray mark would glue the
rest of the paragraph together."""

_LONGEST = 10_000
"""Characters of a sentence, four pages. What goes on for longer without an end is a list or no prose; its
words are compared each with each, so it is cut where a word ends."""

_TAIL = 40
"""Characters; no abbreviation is longer."""

_CLOSING = '"”»›」』’)]'


def common_words(text: str) -> frozenset[str]:
    """The short words that a text uses again and again in lower case: its articles, prepositions
    and pronouns, in whatever language. `sentence_spans` takes them."""
    # A chunk at a time: a pattern for the whole chunk takes time with the square of its length.
    prose = " ".join(chunk for chunk in _CODE.sub(" ", text).split() if not _NO_PROSE.search(chunk))
    counts = Counter(word for word in _WORD.findall(prose) if word.islower() and len(word) <= _SHORT)
    return frozenset(word for word, count in counts.items() if count >= _OFTEN)


def sentence_spans(text: str, language: str, common: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """The sentences of a paragraph as (start, end) in `text`, without the space around them.

    `language` is an ISO 639-1 code; one that `sentencex` does not know gets its general rules.
    `common` are the document's common words (`common_words`): one of them with a capital, inside a
    sentence, starts another that the page has run into the one before, as headlines without a
    full stop are. Every character that is not white space lies in exactly one span.
    """
    spans = [span for span in _cut(text, language) if span[0] < span[1]]
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _belongs(_tail(text, *joined[-1]), text[start:end], language):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    openers = common | set(record(language).sentences.openers)
    return [
        part
        for span in joined
        for own in _unglued(text, span, language, openers)
        for part in _bounded(text, *own)
    ]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is no longer than `_LONGEST`, or pieces of one."""
    while end - start > _LONGEST:
        most = start + _LONGEST
        cut = next((at for at in range(most, start + _LONGEST // 2, -1) if text[at].isspace()), most)
        yield start, start + len(text[start:cut].rstrip())
        start = cut + _blank(text[cut:end])
    yield start, end


def _unglued(
    text: str, span: tuple[int, int], language: str, openers: frozenset[str]
) -> Iterator[tuple[int, int]]:
    start, end = span
    known = record(language)
    nouns = known.writing.noun_capitals
    for match in _CAPITAL.finditer(text, start, end):
        if (
            # Capitals alone are an abbreviation (`the IRC channel`).
            match["word"].istitle()
            and match["word"] not in known.sentences.capitals
            and match["word"].lower() in openers
            # Where not every noun has a capital, what follows an article and has one is a name (`The Hague`).
            and (nouns or match["next"].islower())
            and _has_words(text, start, match.start())
        ):
            yield start, match.start()
            start = match.start("word")
    yield start, end


def _has_words(text: str, start: int, end: int) -> bool:
    return len(list(islice(_WORD.finditer(text, start, end), _GLUED))) == _GLUED


def _tail(text: str, start: int, end: int) -> str:
    """The last characters of a piece: no rule looks further back, and pieces that are joined again
    and again grow long."""
    return text[max(start, end - _TAIL) : end]


def _cut(text: str, language: str) -> Iterator[tuple[int, int]]:
    from sentencex import segment  # a compiled module: loaded when there is something to cut

    masked = _QUOTES.sub(" ", text)
    at = 0
    for piece in segment(language, masked):
        start = masked.find(piece.strip(), at)
        if start < 0:  # the splitter changed a character: keep the rest whole, rather than guess
            break
        end = start + len(piece.strip())
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        yield at + _blank(text[at:end]), end
        at = end
    rest = text[at:]
    if rest.strip():
        yield at + _blank(rest), at + len(rest.rstrip())


def _blank(text: str) -> int:
    """How many characters of white space a text begins with."""
    return len(text) - len(text.lstrip())


def _belongs(before: str, after: str, language: str) -> bool:
    """Is the cut between two pieces one that no reader would make?"""
    opening = _FIRST_LETTER.match(after)
    if opening is None:  # nothing but punctuation
        return True
    # Georgian letters are small ones that open sentences: they have no others for it.
    small = opening["first"].islower() and opening["first"] != opening["first"].title()
    if small and not before.endswith((":", ";")):
        return True
    if _CJK_QUOTE_GOES_ON.match(after):
        return True
    if _ORDINAL.search(before) and record(language).sentences.ordinal_dot:
        return True
    if _P_M.search(before) and _AFTER_TIME.match(after):
        return True
    return bool(_INITIAL.search(before) or _abbreviation().search(before))


@cache
def _abbreviation() -> re.Pattern[str]:
    """Ends in an abbreviation of any language and a full stop."""
    known = {word for own in every(Sentences).values() for word in own.abbreviations}
    longest = sorted(known, key=lambda word: (-len(word), word))
    return re.compile(rf"(?:^|[\s(«„“\"])(?:{'|'.join(map(re.escape, longest))})\.$")
