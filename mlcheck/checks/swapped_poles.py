"""A word and its opposite that have changed places: exports rose and imports fell, and in the other version
exports fell and imports rose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

import numpy as np
import numpy.typing as npt

from mlcheck.compare import Evidence, Passage
from mlcheck.data import Document, WordTable
from mlcheck.facts import Meaning, Pole
from mlcheck.languages import language

__all__ = ["rows_of", "swapped"]

_Place = tuple[int, Pole]
_CLAUSE = re.compile(r"[,;:.!?()«»“”„\"—–،؛؟，。；：、！？「」（）…]")
_ALIKE = 0.4
"""Cosine from which two words that are each other's likest tell where a clause has its counterpart."""
_LETTERS = 4
"""Letters of such a word, and of its counterpart, where words are set apart: "while" and "а" tell nothing."""
_TELL = 2
"""Such words that have to stand beside the opposite word, and none beside the same: a clause that only moved
takes its word along."""


def rows_of(table: WordTable | None, sentence: int, pole: Pole) -> npt.NDArray[np.int64]:
    """The rows of a pole's words in its side's table."""
    assert table is not None
    rows = table.rows((sentence,))
    inside = (table.spans[rows, 0] < pole.span.end) & (table.spans[rows, 1] > pole.span.start)
    found: npt.NDArray[np.int64] = rows[inside]
    return found


def swapped(
    evidence: Evidence,
    passage: Passage,
    both: tuple[list[_Place], list[_Place]],
    ignored: Collection[Meaning],
) -> Iterator[tuple[_Place, _Place]]:
    """A word of the source and its opposite in the target, where both passages have both, once, and what
    stands beside the one in the source stands beside the other in the target."""
    if not len(passage.link.source) == len(passage.link.target) == 1:
        return
    by_group = [_by_group(own) for own in both]
    for group in by_group[0].keys() & by_group[1].keys():
        one, two = by_group[0][group], by_group[1][group]
        if {(group, 0), (group, 1)} & set(ignored):
            continue
        if all(sorted(side for side, _ in own) == [0, 1] for own in (one, two)):
            if all(
                _is_coordinated(document, [place for _, place in own])
                for document, own in zip(evidence.alignment.documents, (one, two), strict=True)
            ):
                continue
            kept, changed = _told(evidence, passage, dict(one), dict(two))
            if changed >= _TELL and not kept:
                yield dict(one)[0], dict(two)[1]
                return


def _is_coordinated(document: Document, places: list[_Place]) -> bool:
    """Are the two words named in one breath ("between North and South")? Then their order says nothing."""
    (sentence, one), (_, two) = sorted(places, key=lambda place: place[1].span.start)
    between = document.sentences[sentence].text[one.span.end : two.span.start]
    return len(between.split()) <= 1 and _CLAUSE.search(between) is None


def _by_group(places: list[_Place]) -> dict[str, list[tuple[int, _Place]]]:
    found: defaultdict[str, list[tuple[int, _Place]]] = defaultdict(list)
    for place in places:
        for group, side in sorted(place[1].meanings):
            found[group].append((side, place))
    return found


def _told(
    evidence: Evidence, passage: Passage, source: dict[int, _Place], target: dict[int, _Place]
) -> tuple[int, int]:
    """How many words stand beside the same word in both, and how many beside its opposite."""
    alignment, matching = evidence.alignment, evidence.matching
    assert matching is not None
    tables = [table for side in alignment.sides if (table := side.words) is not None]
    at = [
        {side: rows_of(table, *place) for side, place in poles.items()}
        for table, poles in zip(tables, (source, target), strict=True)
    ]
    taken = [set(np.concatenate(list(rows.values())).tolist()) for rows in at]
    clauses = [
        _clauses(document, table, own[0])
        for document, table, own in zip(alignment.documents, tables, passage.link.sides, strict=True)
    ]
    are_spaced = [language(document.language).spaced for document in alignment.documents]
    kept = changed = 0
    for row in tables[0].rows(passage.link.source).tolist():
        partner = int(matching[0].partner[row])
        if row in taken[0] or partner in taken[1] or not matching[0].mutual[row]:
            continue
        short = any(
            table.spans[k, 1] - table.spans[k, 0] < (_LETTERS if spaced else 1)
            for table, k, spaced in zip(tables, (row, partner), are_spaced, strict=True)
        )
        if short or matching[0].best[row] < _ALIKE:
            continue
        beside = _nearest(row, at[0], clauses[0]), _nearest(partner, at[1], clauses[1])
        if None not in beside:
            kept += beside[0] == beside[1]
            changed += beside[0] != beside[1]
    return kept, changed


def _clauses(document: Document, table: WordTable, sentence: int) -> dict[int, int]:
    """The clause of each word of a sentence."""
    cuts = [match.start() for match in _CLAUSE.finditer(document.sentences[sentence].text)]
    return {int(row): sum(cut < int(table.spans[row, 0]) for cut in cuts) for row in table.rows((sentence,))}


def _nearest(row: int, at: dict[int, npt.NDArray[np.int64]], clauses: dict[int, int]) -> int | None:
    """Which of two words a word stands beside: the one of its clause, or the nearer; None if neither."""
    inside = [side for side, rows in at.items() if any(clauses[int(r)] == clauses[row] for r in rows)]
    if len(inside) == 1:
        return inside[0]
    distances = {side: min(abs(row - int(r)) for r in rows) for side, rows in at.items()}
    return None if distances[0] == distances[1] else min(distances, key=distances.__getitem__)
