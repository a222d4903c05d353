"""What it finds
    A paragraph that stands twice in one version, and not in the other.

Why it matters
    A slip of pasting. The reader wonders, and the page looks careless.

Example
    Paragraphs 5 and 6 of the target are the same; the source says it once.

Known to be wrong when
    a refrain is meant to be repeated, and the other version leaves the repetition out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, version
from mlcheck.data import Alignment, Document, Link
from mlcheck.segment.furniture import normal_form
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each copy too many."""
    for side, document in enumerate((alignment.source.document, alignment.target.document)):
        for copies in _copies(document, settings):
            inside = {p: _sentences(document, p) for p in copies}
            for kept, copy in _without_link(alignment, side, inside):
                yield _draft(alignment, side, kept, copy, frozenset())
            for kept, copy in _in_one_link(alignment, side, inside):
                # Which sentences of the two copies the link took is chance.
                yield _draft(alignment, side, kept, copy, frozenset((side, i) for i in inside[kept]))


def _draft(
    alignment: Alignment, side: int, kept: int, copy: int, explains: frozenset[tuple[int, int]]
) -> Draft:
    sentences = _sentences((alignment.source, alignment.target)[side].document, copy)
    return Draft(
        message=f"{numbered([copy])} of {version(alignment, side)} repeats paragraph {kept + 1}",
        severity="warning",
        confidence=0.95,
        source=() if side else sentences,
        target=sentences if side else (),
        whole_paragraphs=True,
        evidence={"copy_of": kept},
        explains=explains,
    )


def _without_link(
    alignment: Alignment, side: int, inside: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[int, int]]:
    """The copies none of whose sentences has a counterpart, each with the copy that stays."""
    nulls = {i for link in alignment.sentences if link.similarity is None for i in _of(link, side)}
    lone = [p for p, sentences in inside.items() if nulls.issuperset(sentences)]
    # With no copy linked, the first stays: it is what the other version lacks.
    kept = next((p for p in inside if p not in lone), next(iter(inside)))
    yield from ((kept, p) for p in lone if p != kept)


def _in_one_link(
    alignment: Alignment, side: int, inside: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[int, int]]:
    """The copies in one paragraph link with another whose opposite side says it once."""
    for link in alignment.paragraphs:
        together = [p for p in _of(link, side) if p in inside]
        if len(together) > 1 and _said_once(alignment, side, [i for p in together for i in inside[p]]):
            yield from ((together[0], p) for p in together[1:])


def _said_once(alignment: Alignment, side: int, copies: list[int]) -> bool:
    """Is what the copies are linked with too short to say it twice?"""
    documents = (alignment.source.document, alignment.target.document)
    opposite = {
        j
        for link in alignment.sentences
        if not set(copies).isdisjoint(_of(link, side))
        for j in _of(link, 1 - side)
    }
    expansion = _length(documents[side]) / _length(documents[1 - side])
    return _length(documents[1 - side], opposite) * expansion < 0.75 * _length(documents[side], copies)


def _length(document: Document, among: Collection[int] | None = None) -> int:
    return sum(len(s.text) for s in document.sentences if among is None or s.index in among)


def _sentences(document: Document, paragraph: int) -> tuple[int, ...]:
    return tuple(s.index for s in document.sentences if s.paragraph == paragraph)


def _of(link: Link, side: int) -> tuple[int, ...]:
    return (link.source, link.target)[side]


def _copies(document: Document, settings: CheckSettings) -> Iterator[list[int]]:
    """The numbers of paragraphs that have one wording, in order."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    for paragraph in document.paragraphs:
        form = normal_form(paragraph.text)
        if paragraph.role not in ("furniture", "code") and len(form) >= settings.copy_letters:
            same[form].append(paragraph.index)
    yield from (indices for indices in same.values() if len(indices) > 1)


RULE = Rule(
    name="duplicated-paragraph",
    summary="A paragraph stands twice in one version and once in the other",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
)
