"""Links that the file gives: segments of translators, strings of a program. Nothing is searched; what each
link's evidence says is worked out as for links that were found."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.align.confidence import made_links
from mlcheck.align.paragraphs import paragraph_links
from mlcheck.align.passes import Background, first_pass, second_pass
from mlcheck.align.similarity import Pair
from mlcheck.data import Alignment, Document, Encoded

__all__ = ["align_keyed"]

_SURE = 1.0
"""Confidence of a link, or of a null, that the file states."""
_WORDLESS = 0.0
"""Confidence of a null whose key the other side has, without a word: `None` for `-`, `%s` alone."""
_RELATED = 1.0
"""Who gave both versions the same keys has said that they are versions of one thing. Where the wrong text
stands in every segment, each of them is reported."""


def align_keyed(source: Encoded, target: Encoded, background: Background | None) -> Alignment:
    """Join the paragraphs of two documents that have the same key; one whose key the other lacks is a null
    link."""
    documents = source.document, target.document
    first = first_pass(source, target, background)
    _, evidence = second_pass(source, target, first, background)
    pairs = _pairs(*documents)
    there = [{p.key for p in document.paragraphs} for document in documents]
    nulls = {
        pair: _SURE if _lacks(pair, documents, there) else _WORDLESS
        for pair in pairs
        if not (pair[0] and pair[1])
    }
    links = tuple(made_links(pairs, (), dict.fromkeys(pairs, _SURE), nulls, evidence))
    return Alignment(
        source=source,
        target=target,
        sentences=links,
        paragraphs=paragraph_links(links, *documents),
        relatedness=_RELATED,
    )


def _lacks(pair: Pair, documents: Sequence[Document], there: Sequence[set[str | None]]) -> bool:
    """Has one document not the key of a sentence that stands alone?"""
    side = 0 if pair[0] else 1
    sentence = documents[side].sentences[pair[side][0]]
    return documents[side].paragraphs[sentence.paragraph].key not in there[1 - side]


def _pairs(source: Document, target: Document) -> list[Pair]:
    """The sentences of each key on both sides, in the order of the source; then those that only the target
    has."""
    one, two = _by_key(source), _by_key(target)
    pairs: list[Pair] = [(sentences, two.get(key, ())) for key, sentences in one.items()]
    return pairs + [((), sentences) for key, sentences in two.items() if key not in one]


def _by_key(document: Document) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for sentence in document.sentences:
        key = document.paragraphs[sentence.paragraph].key or ""
        found[key] = (*found.get(key, ()), sentence.index)
    return found
