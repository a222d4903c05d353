"""Links that the file gives: segments of translators, strings of a program. Nothing is searched; what each
link's evidence says is worked out as for links that were found."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.align.confidence import absences, made_links
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
    """Join the paragraphs of two documents that have the same key, by sentences where they have several;
    one whose key the other lacks is a null link."""
    documents = source.document, target.document
    first = first_pass(source, target, background)
    chances, evidence = second_pass(source, target, first, background)
    kept = list(chances)
    inside = absences(kept, chances, frozenset(), evidence)
    there = [{p.key for p in document.paragraphs} for document in documents]
    pairs: list[Pair] = []
    nulls: dict[Pair, float] = {}
    within = _within(kept, documents)
    for pair in _pairs(*documents):
        if not (pair[0] and pair[1]):
            nulls[pair] = _SURE if _lacks(pair, documents, there) else _WORDLESS
            pairs.append(pair)
        else:
            parts = _parts(pair, within.get(_key(pair, documents), ()))
            nulls |= {part: inside[part] for part in parts if not (part[0] and part[1])}
            pairs += parts
    sure = {pair: chances.get(pair, _SURE) for pair in pairs}
    links = tuple(made_links(pairs, (), sure, nulls, evidence))
    return Alignment(
        source=source,
        target=target,
        sentences=links,
        paragraphs=paragraph_links(links, *documents),
        relatedness=_RELATED,
    )


def _within(kept: Sequence[Pair], documents: tuple[Document, Document]) -> dict[str, list[Pair]]:
    """The links that were found, for the keys whose sentences they join; those across keys left out."""
    found: dict[str, list[Pair]] = {}
    for pair in kept:
        keys = {
            document.paragraphs[document.sentences[i].paragraph].key or ""
            for document, own in zip(documents, pair, strict=True)
            for i in own
        }
        if len(keys) == 1:
            found.setdefault(keys.pop(), []).append(pair)
    return found


def _key(pair: Pair, documents: tuple[Document, Document]) -> str:
    return documents[0].paragraphs[documents[0].sentences[pair[0][0]].paragraph].key or ""


def _parts(pair: Pair, found: Sequence[Pair]) -> list[Pair]:
    """A segment of several sentences as the links that were found in it, where these leave nothing out and
    join something: what one sentence lacks is then not lost among the others. Else as one link."""
    if len(pair[0]) == len(pair[1]) == 1 or not any(one and two for one, two in found):
        return [pair]
    whole = all(sorted(i for part in found for i in part[side]) == sorted(pair[side]) for side in (0, 1))
    return list(found) if whole else [pair]


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
    found: dict[str, list[int]] = {}
    for sentence in document.sentences:
        found.setdefault(document.paragraphs[sentence.paragraph].key or "", []).append(sentence.index)
    return {key: tuple(sentences) for key, sentences in found.items()}
