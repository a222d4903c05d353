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

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.place import sentences_of
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Alignment, Document
from mlcheck.settings import CheckSettings
from mlcheck.text import normal_form

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each copy too many."""
    alignment = evidence.alignment
    if alignment.source.document.keyed:  # the same words on several buttons
        return
    lengths = tuple(sum(len(s.text) for s in document.sentences) for document in alignment.documents)
    for side, document in enumerate(alignment.documents):
        linked = _linked(alignment, side)
        for copies in _copies(document, settings):
            inside = {p: sentences_of(document, p) for p in copies}
            unlinked = _without_link(linked, inside)
            extra = unlinked or _beyond_what_is_said(alignment, side, linked, inside, lengths)
            kept = [p for p in copies if p not in extra]
            # Where copies share the links of one, which sentences of each have none is chance.
            explained = [] if unlinked else [i for p in kept for i in inside[p]]
            for copy in extra:
                yield _draft(alignment, side, kept[0], copy, frozenset((side, i) for i in explained))


def _draft(
    alignment: Alignment, side: int, kept: int, copy: int, explains: frozenset[tuple[int, int]]
) -> Draft:
    document = alignment.documents[side]
    sentences = sentences_of(document, copy)
    return Draft(
        message=f"{numbered([copy], document)} of {version(alignment, side)} repeats paragraph {kept + 1}",
        severity="warning",
        confidence=0.95,
        source=() if side else sentences,
        target=sentences if side else (),
        whole_paragraphs=True,
        evidence={"copy_of": kept},
        explains=explains,
    )


def _linked(alignment: Alignment, side: int) -> Mapping[int, tuple[int, ...]]:
    """What each sentence of a side is linked with; none for one without a counterpart."""
    return {i: link.sides[1 - side] for link in alignment.sentences for i in link.sides[side]}


def _without_link(linked: Mapping[int, tuple[int, ...]], inside: Mapping[int, tuple[int, ...]]) -> list[int]:
    """The copies none of whose sentences has a counterpart. Where that is all of them the first is
    left out: it is what the other version lacks."""
    unlinked = [p for p, sentences in inside.items() if not any(linked[i] for i in sentences)]
    return unlinked[1:] if len(unlinked) == len(inside) else unlinked


def _beyond_what_is_said(
    alignment: Alignment,
    side: int,
    linked: Mapping[int, tuple[int, ...]],
    inside: Mapping[int, tuple[int, ...]],
    lengths: tuple[int, ...],
) -> list[int]:
    """The last copies, where what all of them are linked with is too short to say it so often. `lengths` are
    those of the two texts."""
    documents = alignment.documents
    together = {i for sentences in inside.values() for i in sentences}
    opposite = {j for i in together for j in linked[i]}
    expansion = lengths[side] / lengths[1 - side]
    once = _length(documents[side], together) / len(inside)
    times = max(round(_length(documents[1 - side], opposite) * expansion / once), 1)
    return list(inside)[times:]


def _length(document: Document, among: Collection[int]) -> int:
    return sum(len(document.sentences[i].text) for i in among)


def _copies(document: Document, settings: CheckSettings) -> Iterator[list[int]]:
    """The numbers of paragraphs that have one wording, in order."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    for paragraph in document.paragraphs:
        form = normal_form(paragraph.text)
        if paragraph.compared and len(form) >= settings.copy_letters:
            same[form].append(paragraph.index)
    yield from (indices for indices in same.values() if len(indices) > 1)


RULE = Rule(
    name="duplicated-paragraph",
    summary="A paragraph stands twice in one version and once in the other",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
    worst="warning",
)
