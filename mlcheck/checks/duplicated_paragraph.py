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
from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, version
from mlcheck.data import Alignment, Document
from mlcheck.segment.furniture import normal_form
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each copy too many, on the copy that has no link."""
    nulls = (
        {i for link in alignment.sentences if not link.target for i in link.source},
        {j for link in alignment.sentences if not link.source for j in link.target},
    )
    for side, document in enumerate((alignment.source.document, alignment.target.document)):
        for indices in _copies(document, settings):
            inside = {p: tuple(s.index for s in document.sentences if s.paragraph == p) for p in indices}
            lone = [p for p in indices if set(inside[p]) <= nulls[side]]
            # With no copy linked, the first stays: it is what the other version lacks.
            kept = next((p for p in indices if p not in lone), indices[0])
            for copy in lone:
                if copy != kept:
                    place = numbered([copy])
                    yield Draft(
                        message=f"{place} of {version(alignment, side)} repeats paragraph {kept + 1}",
                        severity="warning",
                        confidence=0.95,
                        source=() if side else inside[copy],
                        target=inside[copy] if side else (),
                        whole_paragraphs=True,
                        evidence={"copy_of": kept},
                    )


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
