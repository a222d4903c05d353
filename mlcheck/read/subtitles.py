"""Subtitles, SubRip and WebVTT: what is said, without the numbers, times and tags of the cues.

A sentence that runs over several cues is one paragraph, known by the first of them: how it is cut is up to
each version, and a lost cue is then missed where it stood, and shifts nothing. pysubs2 reads these formats
too, but forgets where in the file a cue stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.languages import KATAKANA, UNSPACED
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans
from mlcheck.text import BLANK

__all__ = ["is_subtitles", "read_subtitles"]

_TIMES = re.compile(
    r"\s*((?:\d+:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:\s.*)?"
)
_NOTE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?![^\s])")
_GONE = re.compile(
    r"""</?[A-Za-z0-9][^<>\n]*> | \{\\[^{}\n]*\} | [♩♪♫♬🎵🎶] | \[[^\[\]\n]*\] | ［[^［］\n]*］
    | [\ufeff\u200b]""",
    re.VERBOSE,
)
"""Tags, places on the screen, signs of music, and what is heard (`[door slams]`)."""
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_ENTITY = re.compile("|".join(_ENTITIES))
_CLOSE = re.compile(f"[{UNSPACED}{KATAKANA}、。，！？][{UNSPACED}{KATAKANA}]")
_DASH = re.compile(r"\s*(?:[-–—‐]+(?!\d)|>>)\s*")
"""Before what another person says. A dash before a figure is a minus."""
_HEARD = re.compile(r"\s*[(（][^()（）\n]*[)）]\s*")
_SPEAKER = re.compile(r"\s*[^\W\d_][^\d_:.,!?\n]{0,30}:\s+(?=\S)")
_ENDS = re.compile(r"[.!?…。！？؟।։።៖][\"'”’»›)\]」』\s]*\Z")
_TRAILS = re.compile(r"(?:\.{2,}|…)\s*\Z")
_GOES_ON = re.compile(r"\s*(?:\.{2,}|…)")
_MOST_CUES = 5
"""Cues that one sentence runs over; more is a text without full stops."""
_ENDING = 0.15
"""Share of cues that end a sentence, below which a text does without full stops, as Chinese and Thai
subtitles do; its cues are then not joined."""


@dataclass(slots=True)
class _Cue:
    number: str
    start: str
    lines: list[Span]


@dataclass(slots=True)
class _Said:
    """What one person says, in one cue or more."""

    cue: _Cue
    pieces: list[Piece] = field(default_factory=list)
    cues: int = 1
    heard: bool = False
    """Is it a sound that is described?"""
    new: bool = False
    """Does it begin with a dash?"""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def read_subtitles(text: str, shown: str, options: ReadOptions) -> Extract:
    """Subtitles, a block for what stands together. Raises `InputError` where there is no cue in them."""
    cues = _cues(text)
    if not any(cues):
        raise InputError(f"{shown}: no subtitles: no line says from when to when one is shown")
    said = [part for cue in cues for part in _spoken(text, cue)]
    extraction = Extraction(file_text=text)
    for part in _joined(said):
        extraction.add(
            part.pieces,
            "list",  # a short first line is a line like the others, and no headline
            role="furniture" if part.heard else None,
            place=f"cue {part.cue.number}, {part.cue.start}",
        )
    return extraction.finish()


def is_subtitles(text: str) -> bool:
    """Is a text subtitles, whatever it is called: groups of lines of which nearly all have times?"""
    if "-->" not in text:
        return False
    lines = line_spans(text)
    groups = [group for group in _groups(text, lines) if not _is_note(text, lines, group)]
    timed = [_timed(text, lines, group) for group in groups]
    return len(timed) > 1 and timed[0] is not None and sum(at is not None for at in timed) >= 0.8 * len(timed)


def _groups(text: str, lines: Sequence[Span]) -> list[list[int]]:
    """Runs of lines that are not blank."""
    return [
        list(group)
        for blank, group in groupby(
            range(len(lines)), lambda n: not text[lines[n].start : lines[n].end].strip(BLANK)
        )
        if not blank
    ]


def _is_note(text: str, lines: Sequence[Span], group: Sequence[int]) -> bool:
    return bool(_NOTE.match(_line(text, lines[group[0]]).lstrip("\ufeff")))


def _line(text: str, line: Span) -> str:
    return text[line.start : line.end]


def _timed(text: str, lines: Sequence[Span], group: Sequence[int]) -> int | None:
    """Where the words of a cue begin in its group: after its times, which are its first or second line."""
    return next(
        (k + 1 for k in range(min(2, len(group))) if _TIMES.fullmatch(_line(text, lines[group[k]]))), None
    )


def _cues(text: str) -> list[_Cue]:
    """The cues in order. A group without times is what stands behind a blank line inside a cue."""
    lines = line_spans(text)
    found: list[_Cue] = []
    for group in _groups(text, lines):
        at = _timed(text, lines, group)
        if at is None:
            if found and not _is_note(text, lines, group):
                found[-1].lines += [lines[n] for n in group]
            continue
        times = _TIMES.fullmatch(_line(text, lines[group[at - 1]]))
        assert times is not None
        named = _line(text, lines[group[0]]).strip(BLANK) if at == 2 else ""
        number = named if named.isdecimal() else str(len(found) + 1)
        found.append(_Cue(number, times[1], [lines[n] for n in group[at:]]))
    return found


def _spoken(text: str, cue: _Cue) -> Iterator[_Said]:
    """What is said in a cue: a part for each person, or for a sound."""
    part = _Said(cue)
    for line in cue.lines:
        pieces = list(_pieces(text, line))
        written = "".join(piece.text for piece in pieces)
        if not written.strip(BLANK):
            if _line(text, line).strip(BLANK):  # all of it is a sound
                yield from _whole(part)
                yield _Said(cue, [Piece(_line(text, line), line)], heard=True)
                part = _Said(cue)
            continue
        front, new = _front(written)
        if new or _HEARD.fullmatch(written):
            yield from _whole(part)
            part = _Said(cue, new=new, heard=bool(_HEARD.fullmatch(written)))
        elif part.pieces:
            part.pieces += _between(part.text, written)
        part.pieces += _after(pieces, front)
    yield from _whole(part)


def _whole(part: _Said) -> Iterator[_Said]:
    if part.text.strip(BLANK):
        yield part


def _front(written: str) -> tuple[int, bool]:
    """How many characters before the words are a dash, a sound or a speaker's name in capitals; and whether
    another person begins."""
    dash = _DASH.match(written)
    at = dash.end() if dash else 0
    speaker = None
    for _ in range(2):  # a name, and how it is said
        for form in (_HEARD, _SPEAKER):
            found = form.match(written, at)
            if found and found[0].strip(" (（）):").isupper() and found.end() < len(written):
                at, speaker = found.end(), found
    return at, dash is not None or speaker is not None


def _pieces(text: str, line: Span) -> Iterator[Piece]:
    at = line.start
    for match in re.finditer(f"(?x:{_GONE.pattern})|({_ENTITY.pattern})", _line(text, line)):
        start, end = line.start + match.start(), line.start + match.end()
        if start > at:
            yield Piece(text[at:start], Span(at, start))
        if match[1]:
            yield Piece(_ENTITIES[match[1]], Span(start, end))
        at = end
    if at < line.end:
        yield Piece(text[at : line.end], Span(at, line.end))


def _after(pieces: Sequence[Piece], front: int) -> Iterator[Piece]:
    for text, place in pieces:
        if front >= len(text):
            front -= len(text)
        elif front and place is not None and place.end - place.start == len(text):
            yield Piece(text[front:], Span(place.start + front, place.end))
            front = 0
        else:
            yield Piece(text[front:], place)
            front = 0


def _joined(said: Sequence[_Said]) -> Iterator[_Said]:
    """The parts, with sentences that run over several cues in one."""
    spoken = [part for part in said if not part.heard]
    ending = sum(bool(_ENDS.search(part.text)) for part in spoken)
    if ending < _ENDING * len(spoken):
        yield from said
        return
    whole: _Said | None = None
    for part in said:
        if whole is not None and _runs_on(whole, part):
            whole.pieces += [*_between(whole.text, part.text), *part.pieces]
            whole.cues += part.cue is not whole.cue
        elif part.heard:
            # What is heard while somebody speaks ends no sentence.
            yield part
        else:
            if whole is not None:
                yield whole
            whole = part
    if whole is not None:
        yield whole


def _between(before: str, after: str) -> list[Piece]:
    """What takes the place of a line end; nothing in scripts without spaces."""
    return [] if _CLOSE.match(before.rstrip(BLANK)[-1:] + after.lstrip(BLANK)[:1]) else [Piece(" ")]


def _runs_on(whole: _Said, part: _Said) -> bool:
    if part.heard or part.new or whole.cues >= _MOST_CUES:
        return False
    if _TRAILS.search(whole.text):
        first = part.text.lstrip(" \"'“«„")[:1]
        return bool(_GOES_ON.match(part.text)) or first.islower()
    return not _ENDS.search(whole.text)
