"""What changed between two states of one text, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mlcheck.compare import Evidence, compare_facts
from mlcheck.data import Alignment, ChangeKind, Finding, Sentence
from mlcheck.facts import Fact
from mlcheck.text import normal_form

__all__ = ["OF_CONTENT", "Edit", "edits"]

OF_CONTENT = frozenset(
    {
        "added-detail",
        "added-sentence",
        "date-mismatch",
        "divergent-passage",
        "meaning-mismatch",
        "missing-detail",
        "missing-sentence",
        "name-mismatch",
        "number-mismatch",
        "opposite-mismatch",
        "polarity-mismatch",
    }
)
"""Rules whose findings say that something else is said, and not that it is said otherwise or elsewhere."""

_REPLACED = 0.5
"""Probability that two linked sentences are no counterparts, from which one was taken out and one put in."""
_ANOTHER = 0.5
"""Probability that two linked sentences do not say the same from which more than the wording changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Sentences of the old state and of the new one, by number; none of one side where they were added or
    removed."""

    kind: ChangeKind
    old: tuple[int, ...]
    new: tuple[int, ...]


def edits(evidence: Evidence, findings: Sequence[Finding]) -> list[Edit]:
    """The edits that made the target of some evidence of its source, in the order of the new text; what was
    removed stands where it stood. `findings` are those of the same evidence."""
    alignment = evidence.alignment
    old, new = (document.sentences for document in alignment.documents)
    same, moved = _same(old, new)
    kept = ({i for i, _ in (*same, *moved)}, {j for _, j in (*same, *moved)})
    found = [Edit(kind="moved", old=(i,), new=(j,)) for i, j in moved]
    for left, right in _left_over(alignment, kept):
        if left and right:
            kind: ChangeKind = "changed" if _says_another(evidence, findings, left, right) else "wording"
            found.append(Edit(kind=kind, old=left, new=right))
        elif right:
            found.append(Edit(kind="added", old=(), new=right))
        else:
            found.append(Edit(kind="removed", old=left, new=()))
    follows = dict(same)

    def place(edit: Edit) -> tuple[int, int]:
        if edit.new:
            return edit.new[0], 1
        before = (follows[i] for i in range(edit.old[0], -1, -1) if i in follows)
        return next(before, -1) + 1, 0

    return _in_runs(sorted(found, key=place), old, new)


def _same(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Sentences that are word for word the same: those in their order, and those that have moved."""
    texts = [[normal_form(sentence.text) for sentence in side] for side in (old, new)]
    matched = SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_matching_blocks()
    same = [(a + k, b + k) for a, b, size in matched for k in range(size)]
    left = {i for i, _ in same}
    right = {j for _, j in same}
    free = [j for j in range(len(new)) if j not in right]
    moved = []
    for i in range(len(old)):
        if i not in left:
            j = next((j for j in free if texts[1][j] == texts[0][i]), None)
            if j is not None:
                free.remove(j)
                moved.append((i, j))
    return same, moved


def _left_over(
    alignment: Alignment, kept: tuple[set[int], set[int]]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The links between sentences that are not the same word for word; those that are left alone where one
    side is, or where they say something else altogether."""
    for link in alignment.sentences:
        left, right = (
            tuple(i for i in side if i not in taken) for side, taken in zip(link.sides, kept, strict=True)
        )
        if left and right and (link.wrong or 0.0) >= _REPLACED:
            yield left, ()
            yield (), right
        elif left or right:
            yield left, right


def _says_another(
    evidence: Evidence, findings: Iterable[Finding], left: tuple[int, ...], right: tuple[int, ...]
) -> bool:
    """Has more than the wording changed: a fact, a finding, or the judge's opinion?"""
    old, new = (
        [fact for i in numbers for fact in facts[i]]
        for facts, numbers in zip(evidence.facts, (left, right), strict=True)
    )
    if compare_facts(old, new) or _polarity(old) != _polarity(new):
        return True
    documents = evidence.alignment.documents
    for finding in findings:
        places = zip(documents, (finding.source, finding.target), (left, right), strict=True)
        if finding.rule in OF_CONTENT and any(
            place is not None
            and any(
                document.sentences[i].span.start < place.span.end
                and place.span.start < document.sentences[i].span.end
                for i in numbers
            )
            for document, place, numbers in places
        ):
            return True
    divergences = [
        link.divergence
        for link in evidence.alignment.sentences
        if link.divergence is not None and set(left) & set(link.source) and set(right) & set(link.target)
    ]
    return max(divergences, default=0.0) >= _ANOTHER


def _polarity(facts: Iterable[Fact]) -> int:
    return sum(fact.kind == "negation" and not fact.weak for fact in facts)


def _in_runs(found: Sequence[Edit], old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Edit]:
    """Edits of one kind that follow each other in one paragraph are one: what was added, removed or moved
    there together."""
    runs: list[Edit] = []
    for edit in found:
        last = runs[-1] if runs else None
        if (
            last is not None
            and last.kind == edit.kind != "changed"
            and _goes_on(last.old, edit.old, old)
            and _goes_on(last.new, edit.new, new)
        ):
            runs[-1] = Edit(kind=edit.kind, old=(*last.old, *edit.old), new=(*last.new, *edit.new))
        else:
            runs.append(edit)
    return runs


def _goes_on(one: tuple[int, ...], other: tuple[int, ...], sentences: Sequence[Sentence]) -> bool:
    if not one or not other:
        return one == other
    return other[0] == one[-1] + 1 and sentences[one[-1]].paragraph == sentences[other[0]].paragraph
