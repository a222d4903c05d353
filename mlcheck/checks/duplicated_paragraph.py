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
        for first, copies in _copies(document, settings):
            for copy in copies:
                sentences = tuple(s.index for s in document.sentences if s.paragraph == copy)
                if set(sentences) <= nulls[side]:
                    place = numbered([copy])
                    yield Draft(
                        message=f"{place} of {version(alignment, side)} repeats paragraph {first + 1}",
                        severity="warning",
                        confidence=0.95,
                        source=() if side else sentences,
                        target=sentences if side else (),
                        whole_paragraphs=True,
                        evidence={"copy_of": first},
                    )


def _copies(document: Document, settings: CheckSettings) -> Iterator[tuple[int, list[int]]]:
    """Paragraphs of one wording: the first linked or else first of all, and the others."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    for paragraph in document.paragraphs:
        form = normal_form(paragraph.text)
        if paragraph.role not in ("furniture", "code") and len(form) >= settings.copy_letters:
            same[form].append(paragraph.index)
    for indices in same.values():
        if len(indices) > 1:
            yield indices[0], indices


RULE = Rule(
    name="duplicated-paragraph",
    summary="A paragraph stands twice in one version and once in the other",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
)
