"""The names that findings keep across runs, by which a baseline knows them."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mlcheck.data import Document, Finding, Location, Sentence

__all__ = ["fingerprint", "with_fingerprints"]

# 64 bits: among a million findings, two that differ meet by chance with a probability of 3 in 100 million.
_HEX_DIGITS = 16


def fingerprint(
    rule: str,
    source_text: str | None,
    target_text: str | None,
    around: tuple[str | None, str | None] = (None, None),
) -> str:
    """A short name for a finding: 16 hexadecimal digits, the same wherever in its text it stands.

    Built from the rule and the two texts, without regard to case, white space or Unicode normal form; an
    absent side (None) differs from an empty one. Lines and offsets are left out, because a paragraph added
    at the top would move them all, and every finding of a baseline would come back as new.

    `around` is for a finding inside sentences: the sentences it stands in. A `12` alone would stand for
    every lost 12 of the text, those of next year too; nobody has accepted them.

    >>> fingerprint("number-mismatch", "12  ferries", None)
    '4a9f63c1d5b6d749'
    >>> fingerprint("number-mismatch", "12 Ferries", None)
    '4a9f63c1d5b6d749'
    """
    parts = [rule, _folded(source_text), _folded(target_text)]
    if around != (None, None):
        parts += map(_folded, around)
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:_HEX_DIGITS]


def _folded(text: str | None) -> str | None:
    if text is None:
        return None
    # Folding case can undo composition (U+0390, for one), hence the second NFC.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(folded.split())


def with_fingerprints(
    findings: Iterable[Finding], source: Document | None = None, target: Document | None = None
) -> tuple[Finding, ...]:
    """The findings of one report, in their order, each with a fingerprint of its own.

    `source` and `target` tell the sentences around findings that stand inside one. Where two findings have
    the same rule, texts and sentences, the second gets `-2`, the third `-3`: a baseline that accepts one of
    them must not accept all.
    """
    sides = _sentences(source), _sentences(target)
    seen: Counter[str] = Counter()
    named = []
    for finding in findings:
        places = finding.source, finding.target
        one, two = (place.text if place else None for place in places)
        left, right = (_around(place, side) for place, side in zip(places, sides, strict=True))
        name = fingerprint(finding.rule, one, two, (left, right))
        seen[name] += 1
        suffix = f"-{seen[name]}" if seen[name] > 1 else ""
        named.append(replace(finding, fingerprint=name + suffix))
    return tuple(named)


def _sentences(document: Document | None) -> Mapping[int, list[Sentence]]:
    """A document's sentences by their paragraph."""
    by_paragraph: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in document.sentences if document else ():
        by_paragraph[sentence.paragraph].append(sentence)
    return by_paragraph


def _around(place: Location | None, sentences: Mapping[int, list[Sentence]]) -> str | None:
    """The sentences that a place is a part of; None where it takes them whole."""
    if place is None:
        return None
    start, end = place.span
    near = [s for index in place.paragraphs for s in sentences.get(index, ())]
    touched = [s for s in near if s.span.start < end and start < s.span.end]
    if all(start <= s.span.start and s.span.end <= end for s in touched):
        return None
    return " ".join(s.text for s in touched)
