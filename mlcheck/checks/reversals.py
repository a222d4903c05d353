"""Is something said with a "not" in one version said in another way in the other: "refused", "unhappy",
"less", "without"?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from mlcheck.compare import Matching, Passage
from mlcheck.data import Alignment, Span
from mlcheck.facts import Fact, turns

__all__ = ["asks", "lost_negation", "negations_of", "reversed_by", "said_otherwise"]

_CLAUSE = re.compile(r"[,;:.!?()«»“”„\"—–،؛؟，。；：、！？「」（）…]")
_ASKED = ("?", "？", "؟")
_CLOSERS = " \"'»“”’)]」"
_NEAR = 5
_NEAR_LETTERS = 10
"""Words, or characters where none are set apart, from a word to a negation in its clause that is held for
its own: "do not, as a rule, agree" is not seen, "did not say that they agree" is."""
_NEGATED = 8
"""Characters after a negation in which what it negates begins."""
_AROUND = 4
"""Words around those that stand for a negation and its neighbours, in which another way to say it is
looked for."""


def negations_of(passage: Passage, side: int, sentence: int) -> list[Fact]:
    """The negations of a sentence of a passage's side."""
    facts = zip(passage.facts[side], passage.owners[side], strict=True)
    return [fact for fact, owner in facts if fact.kind == "negation" and owner == sentence]


def reversed_by(
    text: str, span: Span, negations: Sequence[Fact], language: str, *, spaced: bool
) -> tuple[bool, bool]:
    """Is what stands at a place of a text turned round by what stands near it in its clause: by a "no", and
    by a word that says it without one? Several words may say one "no" (никто не), so none is counted."""
    says_no = any(_is_near(text, span, fact.span, spaced) for fact in negations)
    return says_no, any(_is_near(text, span, turn, spaced) for turn in turns(text, language, inside=False))


def lost_negation(passage: Passage, side: int) -> Fact | None:
    """The first negation of a side that is surely one, where the passage opposite has none, or none but a
    "without" or the like for each of the side's own."""
    own, other = ([fact for fact in passage.facts[s] if fact.kind == "negation"] for s in (side, 1 - side))
    if any(not fact.weak for fact in other) or len(other) > sum(fact.weak for fact in own):
        return None
    return next((fact for fact in own if not fact.weak), None)


def asks(alignment: Alignment, passage: Passage) -> bool:
    """Is either side's last sentence a question? In one a "not" may be mere politeness: Haven't you tried?"""
    return any(
        alignment.documents[s].sentences[passage.link.sides[s][-1]].text.rstrip(_CLOSERS).endswith(_ASKED)
        for s in (0, 1)
    )


def said_otherwise(alignment: Alignment, matching: Matching, passage: Passage, side: int, fact: Fact) -> bool:
    """Has the passage opposite a word that may say a negation of a side without a "not", where the words
    around the negation have their counterparts? One that stands for such a word on the own side ("без сделки"
    for "without a deal") says that, and no more."""
    own, other = (alignment.sides[side].words, alignment.sides[1 - side].words)
    assert own is not None
    assert other is not None
    rows = own.rows((passage.owner(side, fact),))
    at = np.flatnonzero(own.spans[rows, 1] > fact.span.start)
    if not len(at):
        return False
    around = rows[max(int(at[0]) - 2, 0) : int(at[0]) + 4]
    partners = matching[side].partner[around]
    document = alignment.documents[1 - side]
    for number in passage.link.sides[1 - side]:
        opposite = other.rows((number,))
        near = [row for row in opposite if any(abs(int(row) - int(p)) <= _AROUND for p in partners)]
        for turn in turns(document.sentences[number].text, document.language):
            inside = [int(r) for r in near if other.spans[r, 0] < turn.end and other.spans[r, 1] > turn.start]
            if inside and not _stands_for_a_turn(alignment, matching, passage, side, inside, fact.span):
                return True
    return False


def _stands_for_a_turn(
    alignment: Alignment,
    matching: Matching,
    passage: Passage,
    side: int,
    rows: Sequence[int],
    negation: Span,
) -> bool:
    """Is the best match of words opposite a side a word there that turns something round, too, and not what
    the negation negates ("not far from" is недалеко)?"""
    own, document = alignment.sides[side].words, alignment.documents[side]
    assert own is not None
    partners = {int(matching[1 - side].partner[row]) for row in rows}
    for number in passage.link.sides[side]:
        spans = turns(document.sentences[number].text, document.language)
        for row in own.rows((number,)):
            start, end = own.spans[row]
            beside = 0 <= start - negation.end <= _NEGATED
            if beside or int(row) not in partners:
                continue
            if any(turn.start < end and turn.end > start for turn in spans):
                return True
    return False


def _is_near(text: str, span: Span, other: Span, spaced: bool) -> bool:
    if _overlap(span, other):
        return False
    between = text[span.end : other.start] if span.end <= other.start else text[other.end : span.start]
    if _CLAUSE.search(between):
        return False
    return len(between.split()) <= _NEAR if spaced else len(between) <= _NEAR_LETTERS


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end
