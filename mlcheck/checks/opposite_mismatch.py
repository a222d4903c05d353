"""What it finds
    A word of which the other version has the opposite: increased and decreased, won and lost, denied and
    admitted, at least and at most, enabled and disabled; or two such words that have changed places. Words
    are looked up in lists of eighteen languages, and reported where the encoder
    takes the two for each other's counterparts, and neither passage has the word that the other lacks.

Why it matters
    The sentence is whole and reads well, and says the contrary.

Example
    Source: "Prices increased in May."
    Target: "В мае цены снизились."

Known to be wrong when
    a word has a second meaning that the list does not know. Where something turns one of the two round and
    not the other ("not possible" for "impossible"), or the names around buying and selling, winning and
    losing are exchanged, nothing is said, and a passage that negates in one version only is left alone
    ("failed" may be "did not succeed"). Of opposites that are not on the list nothing is said here;
    `meaning-mismatch` may. Languages without a list are skipped, and so are models without vectors for words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mlcheck.checks.phrases import numbered, paragraph_of, version, without_words
from mlcheck.checks.reversals import negations_of, reversed_by
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.swapped_poles import rows_of, swapped
from mlcheck.compare import Evidence, Matching, Passage
from mlcheck.data import Alignment
from mlcheck.facts import Pole, opposites_in, poles
from mlcheck.languages import base, name
from mlcheck.languages import language as record
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_ORDER = "before"
"""The group of before and after. They say nothing where a language tells things as they happened, "A before
B" as "after A, B"."""
_CONVERSE = frozenset({"buy/sell", "win", "send/receive", "give/take", "gain", "import/export"})
"""Groups in which the other word may tell the same of the other party: A sold to B, B bought from A."""
_UNTURNED = frozenset({"more", "maximum/minimum", _ORDER, "first/last", "early", "north/south", "east/west"})
"""Groups of quantity, order and place, which a verb beside them does not turn round: who disappears for more
than a year is not there for less. Only a negation does."""
_AROUND, _TELL = 3, 3
"""Words on either side of two words that nothing stands for, and how many of them have to be each other's
counterparts, for the two to stand in one place."""
_Place = tuple[int, Pole]
"""A sentence, and a word of it."""
_Both = tuple[list[_Place], list[_Place]]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each pair of words that are counterparts and opposites."""
    alignment = evidence.alignment
    in_order = any(record(d.language).sentences.in_order for d in alignment.documents)
    ignored = {(_ORDER, 0), (_ORDER, 1)} if in_order else set()
    for passage in evidence.passages:
        if alignment.joins_headlines(passage.link) or _negates(passage, 0) != _negates(passage, 1):
            continue
        one, two = (_poles(alignment, side, own) for side, own in enumerate(passage.link.sides))
        found = [
            (source, target)
            for source in one
            for target in two
            if source[1].opposite(target[1])
            and not source[1].meanings & ignored
            and _left_alone((one, two), source, target)
            and _turned(alignment, passage, 0, source) == _turned(alignment, passage, 1, target)
            and _exchanged(evidence, (one, two), source, target)
            and not (_converse(source, target) and _parties_exchanged(evidence, passage, source, target))
        ]
        told = [pair for pair in found if not any(_crossed(pair, other) for other in found)]
        yield from (_draft(alignment, source, target, settings) for source, target in told)
        if not told and not _negates(passage, 0):
            yield from (
                _draft(alignment, source, target, settings)
                for source, target in swapped(evidence, passage, (one, two), ignored)
            )


def _left_alone(both: _Both, source: _Place, target: _Place) -> bool:
    """Does the source say less often what the target's word says? Of "south of the cape and moving north"
    the first may be left out, and the second be taken for it. The other way round, that the target says the
    source's word too, is not asked: of French pairs it took two of fourteen."""
    meant = target[1].meanings - source[1].meanings
    of_source, of_target = (sum(bool(p.meanings & meant) for _, p in own) for own in both)
    return of_target > of_source


def _crossed(one: tuple[_Place, _Place], other: tuple[_Place, _Place]) -> bool:
    """Has each version both words? Then the encoder may have taken either for the other ("between North and
    South"), and only what stands beside them tells whether they have changed places."""
    return one[0][1].opposite(other[0][1]) and one[1][1].opposite(other[1][1])


def _exchanged(evidence: Evidence, both: _Both, source: _Place, target: _Place) -> bool:
    """Do the two stand for each other, while nothing else in the passages says what they say, unless it has
    its own counterpart? Of "fewer than" the encoder may join either word to the counterpart of the whole."""
    matching, words = evidence.matching, (evidence.alignment.source.words, evidence.alignment.target.words)
    assert matching is not None
    rows = rows_of(words[0], *source), rows_of(words[1], *target)
    there, back = matching[0].partner[rows[0]], matching[1].partner[rows[1]]
    exact = [bool(np.isin(there, rows[1]).any()), bool(np.isin(back, rows[0]).any())]
    beside = any(exact) and _beside(there, rows[1]) and _beside(back, rows[0])
    if not all(exact) and not beside and not _left_over(matching, rows):
        return False
    meant = source[1].meanings | target[1].meanings
    meant |= {(group, 1 - side) for group, side in meant}
    for side, own, excepted in ((0, both[0], source), (1, both[1], target)):
        for place in own:
            if place == excepted or not place[1].meanings & meant:
                continue
            others = rows_of(words[side], *place)
            settled = matching[side].mutual[others] & ~np.isin(matching[side].partner[others], rows[1 - side])
            if not all(exact) or not settled.any():
                return False
    return True


def _left_over(matching: Matching, rows: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]) -> bool:
    """Are both without counterpart, while the words on either side of them have theirs there?"""
    if any(own.mutual[at].any() for own, at in zip(matching, rows, strict=True)):
        return False
    first, last = int(rows[0][0]), int(rows[0][-1])
    around = np.array(
        [k for k in range(first - _AROUND, last + _AROUND + 1) if 0 <= k < len(matching[0].best)]
    )
    around = around[matching[0].mutual[around] & (matching[0].link[around] == matching[0].link[first])]
    partners = matching[0].partner[around]
    return int(((partners >= rows[1][0] - _AROUND) & (partners <= rows[1][-1] + _AROUND)).sum()) >= _TELL


def _beside(partners: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> bool:
    """Is a partner one of some words, or next to one?"""
    return bool((np.abs(partners[:, None] - rows[None, :]) <= 1).any())


def _converse(source: _Place, target: _Place) -> bool:
    return any(group in _CONVERSE for group, _ in source[1].meanings | target[1].meanings)


def _parties_exchanged(evidence: Evidence, passage: Passage, source: _Place, target: _Place) -> bool:
    """Do names around the two words stand in another order, or on the other side of the word?"""
    alignment, matching = evidence.alignment, evidence.matching
    assert matching is not None
    words = alignment.source.words, alignment.target.words
    assert words[0] is not None
    assert words[1] is not None
    poles_at = int(rows_of(words[0], *source)[0]), int(rows_of(words[1], *target)[0])
    found = []
    for fact, owner in zip(passage.facts[0], passage.owners[0], strict=True):
        if fact.kind == "name" and owner == source[0]:
            rows = words[0].rows((owner,))
            own = rows[
                (words[0].spans[rows, 0] < fact.span.end) & (words[0].spans[rows, 1] > fact.span.start)
            ]
            own = own[matching[0].mutual[own]]
            if len(own):
                found.append((int(own[0]), int(matching[0].partner[own[0]])))
    crossed = any((one < poles_at[0]) != (two < poles_at[1]) for one, two in found)
    places = [two for _, two in sorted(found)]
    return crossed or places != sorted(places)


def _turned(alignment: Alignment, passage: Passage, side: int, place: _Place) -> tuple[bool, bool]:
    """Is a word turned round by what stands near it? An even number of turns is none."""
    (number, pole), document = place, alignment.documents[side]
    says_no, turns = reversed_by(
        document.sentences[number].text,
        pole.span,
        negations_of(passage, side, number),
        document.language,
        spaced=record(document.language).spaced,
    )
    measures = {group for group, _ in pole.meanings} <= _UNTURNED
    return says_no or pole.negated, turns and not measures


def _poles(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> list[_Place]:
    document = alignment.documents[side]
    return [(i, pole) for i in sentences for pole in poles(document.sentences[i].text, document.language)]


def _negates(passage: Passage, side: int) -> bool:
    return any(fact.kind == "negation" for fact in passage.facts[side])


def _draft(alignment: Alignment, source: _Place, target: _Place, settings: CheckSettings) -> Draft:
    documents = alignment.documents
    texts = [
        document.sentences[i].text[pole.span.start : pole.span.end]
        for document, (i, pole) in zip(documents, (source, target), strict=True)
    ]
    place = numbered(paragraph_of(documents[0], (source[0],)), documents[0])
    return Draft(
        message=f"{place}: “{texts[0]}” is “{texts[1]}”, the opposite, in {version(alignment, 1)}",
        severity="warning",
        confidence=settings.opposite,
        source=(source[0],),
        target=(target[0],),
        source_span=source[1].span,
        target_span=target[1].span,
        evidence={"source": texts[0], "target": texts[1]},
    )


def _skip(alignment: Alignment) -> str | None:
    languages = sorted({base(d.language) for d in alignment.documents})
    unlisted = [name(language) for language in languages if not opposites_in(language)]
    if unlisted:
        return f"{' and '.join(unlisted)}: no list of opposites"
    return without_words(alignment)


RULE = Rule(
    name="opposite-mismatch",
    summary="A word is its opposite in the other version",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    worst="warning",
    skip=lambda evidence, _: _skip(evidence.alignment),
)
