"""What it finds
    A word of which the other version has the opposite: increased and decreased, won and lost, before
    and after. Words are looked up in a list of some 130 pairs in seven languages, and reported where
    the encoder takes the two for each other's counterparts, and neither passage has the word that
    the other lacks.

Why it matters
    The sentence is whole and reads well, and says the contrary.

Example
    Source: "Prices increased in May."
    Target: "В мае цены снизились."

Known to be wrong when
    the other version turns the sentence round without a negation ("he sold it to her" for "she bought
    it from him"), or a word has a second meaning that the list does not know. A passage that negates
    in one version only is left alone ("failed" may be "did not succeed"). Of opposites that are not on
    the list nothing is said here; `meaning-mismatch` may. Languages without a list are skipped, and so
    are models without vectors for words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from mlcheck.checks.phrases import numbered, paragraph_of, version, without_words
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, Passage
from mlcheck.data import Alignment, WordTable
from mlcheck.facts import OPPOSITES_IN, Meaning, Pole, poles
from mlcheck.languages import base, name
from mlcheck.languages import language as record
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_ORDER = "before"
"""The group of before and after. They say nothing where a language tells things as they happened, "A before
B" as "after A, B"."""
_Place = tuple[int, Pole]
"""A sentence, and a word of it."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each pair of words that are counterparts and opposites."""
    alignment, matching = evidence.alignment, evidence.matching
    assert matching is not None
    in_order = any(record(d.language).sentences.in_order for d in alignment.documents)
    ignored = {(_ORDER, 0), (_ORDER, 1)} if in_order else set()
    for passage in evidence.passages:
        link = passage.link
        if alignment.joins_headlines(link) or _negates(passage, 0) != _negates(passage, 1):
            continue
        both = [_poles(alignment, side, own) for side, own in enumerate(link.sides)]
        said = [frozenset().union(*(pole.meanings for _, pole in own)) for own in both]
        for i, one in both[0]:
            for j, two in both[1]:
                if not one.opposite(two) or one.meanings & said[1] or two.meanings & said[0]:
                    continue
                if one.meanings & ignored or _both(one, said[0]) or _both(two, said[1]):
                    continue
                rows = _rows(alignment.source.words, i, one), _rows(alignment.target.words, j, two)
                there = bool(np.isin(matching[0].partner[rows[0]], rows[1]).any())
                back = bool(np.isin(matching[1].partner[rows[1]], rows[0]).any())
                if there and back:
                    yield _draft(alignment, (i, one), (j, two), settings)


def _poles(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> list[_Place]:
    document = alignment.documents[side]
    return [(i, pole) for i in sentences for pole in poles(document.sentences[i].text, document.language)]


def _both(pole: Pole, said: frozenset[Meaning]) -> bool:
    """Does a passage have a word and its opposite? Then nothing tells which of them a word opposite is of."""
    return any((group, 1 - side) in said for group, side in pole.meanings)


def _negates(passage: Passage, side: int) -> bool:
    return any(fact.kind == "negation" for fact in passage.facts[side])


def _rows(table: WordTable | None, sentence: int, pole: Pole) -> npt.NDArray[np.int64]:
    assert table is not None
    rows = table.rows((sentence,))
    inside = (table.spans[rows, 0] < pole.span.end) & (table.spans[rows, 1] > pole.span.start)
    found: npt.NDArray[np.int64] = rows[inside]
    return found


def _draft(alignment: Alignment, source: _Place, target: _Place, settings: CheckSettings) -> Draft:
    documents = alignment.documents
    texts = [
        document.sentences[i].text[pole.span.start : pole.span.end]
        for document, (i, pole) in zip(documents, (source, target), strict=True)
    ]
    place = numbered(paragraph_of(documents[0], (source[0],)))
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
    unlisted = [name(language) for language in languages if language not in OPPOSITES_IN]
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
