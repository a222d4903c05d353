"""The steps from two encoded documents to an alignment. Each is a line of `_align`, and has a file."""

from __future__ import annotations

from mlcheck.align.confidence import absences, made_links, relatedness
from mlcheck.align.furniture import drop_furniture, open_furniture
from mlcheck.align.given import align_keyed
from mlcheck.align.headlines import free_headlines, join_headlines, lone_headlines, pair_headlines
from mlcheck.align.items import free_items
from mlcheck.align.leftovers import match_nulls
from mlcheck.align.moved import only_crossing, rematch
from mlcheck.align.paragraphs import paragraph_links
from mlcheck.align.passes import Background, align_unmoved, first_pass, second_pass
from mlcheck.align.repeats import open_repeats
from mlcheck.data import Alignment, Encoded, Link

__all__ = ["align"]


def align(source: Encoded, target: Encoded, background: Background | None = None) -> Alignment:
    """Join the sentences, then the paragraphs, of two documents.

    Both hold vectors of one encoder, and at least one sentence each. Without a `background` the
    mean of both documents stands in, which serves only texts of more than a few sentences.
    """
    from threadpoolctl import threadpool_limits

    # The matrices are small: parted among threads they take no less time, and on a machine that is
    # busy, where the threads wait for each other, up to four times as much.
    with threadpool_limits(1, "blas"):
        return _align(source, target, background)


def _align(source: Encoded, target: Encoded, background: Background | None) -> Alignment:
    documents = (source.document, target.document)
    if all(document.keyed for document in documents):
        return align_keyed(source, target, background)
    first = first_pass(source, target, background)
    chances, evidence = second_pass(source, target, first, background)
    kept, moved, unclear = rematch(list(chances), chances, evidence)
    if moved and len(first.chunks) == 1 and any(a for a, _ in kept) and any(c for _, c in kept):
        # What moved stood between sentences that belong together: without it they are neighbours.
        # Long texts do without this; there it would cost as much as all the rest.
        chances = align_unmoved(moved, first, (source, target))
        kept = list(chances)
    kept, items = free_items(kept, chances, evidence)
    kept, copies = open_repeats(kept, evidence, documents)
    kept = free_headlines(kept, evidence, documents)
    kept, moved = pair_headlines(kept, moved, evidence, documents)
    kept = join_headlines(kept, evidence)
    kept = open_furniture(kept, evidence, documents)
    kept, late = match_nulls(kept, unclear | set(copies), evidence)
    moved = [*moved, *late]
    nulls = absences(kept, chances, unclear, evidence) | lone_headlines(kept, evidence, documents)
    nulls |= {null: chance for null, chance in items.items() if null not in unclear} | copies
    links = sorted(made_links(kept, moved, chances, nulls, evidence), key=_place)
    links = only_crossing(links)
    return drop_furniture(
        Alignment(
            source=source,
            target=target,
            sentences=tuple(links),
            paragraphs=paragraph_links(links, *documents),
            relatedness=relatedness(links, evidence.similarity),
        )
    )


def _place(link: Link) -> tuple[float, float]:
    """Reading order of the source; a link without source goes where its target stands."""
    if link.source:
        return (link.source[0], 0)
    return (float("inf"), link.target[0])
