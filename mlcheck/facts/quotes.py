"""What stands in quotation marks. Speech, titles and irony look the same, and are not told apart."""

from __future__ import annotations

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.languages import Quotes
from mlcheck.languages import language as record

__all__ = ["quotes"]

_OPENS = {mark: mark for mark in "“„«‹「『《〈‚‘〝"} | {"‟": "“", "＂": '"', "﹁": "「", "﹃": "『"}
_CLOSES = {
    "”": ("“", "„", '"', "”"),
    "“": ("„",),
    "»": ("«",),
    "«": ("»",),
    "›": ("‹",),
    "‹": ("›",),
    "」": ("「",),
    "﹂": ("「",),
    "』": ("『",),
    "﹄": ("『",),
    "》": ("《",),
    "〉": ("〈",),
    "〞": ("〝",),
    "〟": ("〝",),
    '"': ('"', "“", "„"),
    "＂": ('"',),
    "’": ("‘", "‚"),
    "‘": ("‚",),
    "'": ("'",),
}
"""What each mark may close. A straight mark closes curly ones too: editors mix them."""
_SINGLE = frozenset("‘‚'")


def quotes(text: str, language: str) -> list[Fact]:
    """The quotations of a text, in order, without their marks. Of quotations inside others, only the
    outer one; a mark without its partner in the same paragraph makes none, nor does an apostrophe.

    Those in single marks are weak, because an apostrophe may have ended them. `language` is a BCP 47
    tag. Time is linear in the text.
    """
    marks = record(language).quotes
    found: list[tuple[int, int, bool]] = []
    # The marks that are open, and of each kind the places in that list where it stands.
    line: list[tuple[str, int]] = []
    places: dict[str, list[int]] = {}
    for at, letter in enumerate(text):
        if letter == "\n" and text[at + 1 : at + 2] in ("\n", "\r"):
            line, places = [], {}
        if letter not in _CLOSES and letter not in _OPENS:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opener = _closed_by(letter, before, after, places)
        if opener is not None:
            place = places[opener][-1]
            for mark, _ in line[place:]:
                places[mark].pop()
            start = line[place][1]
            del line[place:]
            found.append((start, at, letter in _SINGLE or opener in _SINGLE))
            continue
        opened = _opened_by(letter, before, after, marks)
        if opened is not None:
            places.setdefault(opened, []).append(len(line))
            line.append((opened, at + 1))
    return _outermost(text, found)


def _closed_by(letter: str, before: str, after: str, places: dict[str, list[int]]) -> str | None:
    openers = [mark for mark in _CLOSES.get(letter, ()) if places.get(mark)]
    if not openers:
        return None
    if letter in "'’" and (after.isalnum() or before.isspace()):
        return None
    return max(openers, key=lambda mark: places[mark][-1])


def _opened_by(letter: str, before: str, after: str, marks: Quotes) -> str | None:
    if not after or (after.isspace() and letter not in "«"):
        return None
    if letter in "'‘":
        return letter if after.isalnum() and not before.isalnum() else None
    if letter == '"':
        # Inches: 5'10" and 12".
        return None if before.isdigit() or before in ("'", "′") else letter
    if letter == "»":
        return "»" if marks.inward else None
    if letter == "›":
        return "›" if marks.inward else None
    if letter == "”":
        return "”" if marks.same else None
    return _OPENS.get(letter)


def _outermost(text: str, found: list[tuple[int, int, bool]]) -> list[Fact]:
    facts = []
    last = -1
    for start, end, weak in sorted(found, key=lambda place: (place[0], -place[1])):
        if start < last:
            continue
        inside = text[start:end]
        bare = inside.strip()
        if not any(letter.isalnum() for letter in bare):
            continue
        last = end
        begin = start + len(inside) - len(inside.lstrip())
        span = Span(begin, begin + len(bare))
        facts.append(Fact(kind="quote", span=span, text=bare, readings=((bare,),), weak=weak))
    return facts
