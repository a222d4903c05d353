"""What it finds
    A paragraph, or a sentence inside one, that is still in the language of the other version; and a
    target that is the source once more, word for word.

Why it matters
    Readers cannot read it.

Example
    A Russian page whose sixth paragraph begins "The sides hailed the cooperation".

Known to be wrong when
    a quotation or a title is meant to stay in its language, and no translation stands beside it. What is
    no prose (addresses, code, lists of names, lines about a licence) is never called untranslated, nor is
    what has fewer than three words in lower case, such as a headline. Between two languages that share a
    script and have no profile of their own it keeps silent where letters do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Alignment, Document, Sentence
from mlcheck.languages import base, name
from mlcheck.segment import prose_of, weight, written_in
from mlcheck.settings import CheckSettings
from mlcheck.text import GAP, normal_form, only_prose

__all__ = ["RULE"]

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[^\w]*[\"“”„«»‹「『].*[\"“”«»›」』][^\w]*", re.DOTALL)
_BRACKETS = re.compile(r"\(([^()]+)\)")
_AS_LONG = 0.4
"""Share of a passage's letters that a translation of it has at least."""
_BESIDE = 3
"""Sentences before and after a passage among which its translation is looked for."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each paragraph, and each sentence elsewhere, left in the other's language; or one for
    all, where the target is the source."""
    alignment = evidence.alignment
    documents = alignment.documents
    if base(documents[0].language) == base(documents[1].language):
        yield _all(documents)
        return
    for side, (own, other) in enumerate((documents, documents[::-1])):
        for sentences, whole in _foreign(own, other, settings):
            if _is_meant(alignment, side, sentences) or _is_glossed(own, other, sentences, settings):
                continue
            opposite = _opposite(alignment, side, sentences)
            place = numbered([own.sentences[sentences[0]].paragraph], own)
            part = "is" if whole else "has a sentence"
            yield Draft(
                message=f"{place} of {version(alignment, side)} {part} in {name(other.language)}",
                severity="error",
                confidence=0.98 if whole else 0.9,
                source=opposite if side else sentences,
                target=sentences if side else opposite,
                whole_paragraphs=whole,
                evidence={"language": base(other.language)},
            )


def _all(documents: tuple[Document, Document]) -> Draft:
    return Draft(
        message=f"All of the target is in {name(documents[1].language)}, word for word as in the source",
        severity="error",
        confidence=0.9,
        source=tuple(range(len(documents[0].sentences))),
        target=tuple(range(len(documents[1].sentences))),
        whole_paragraphs=True,
        evidence={"language": base(documents[1].language)},
    )


def _foreign(
    own: Document, opposite: Document, settings: CheckSettings
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Passages of `own` in the language of `opposite`, and made of its words: a name-laden line in
    a language without profile can look like another language, but it does not copy it."""
    other, known = base(opposite.language), set(_WORD.findall(opposite.text))
    inside: dict[int, list[Sentence]] = {}
    for sentence in own.sentences:
        inside.setdefault(sentence.paragraph, []).append(sentence)
    for paragraph in own.paragraphs:
        sentences = inside.get(paragraph.index, [])
        if not sentences:
            continue
        if paragraph.language == other and _is_copied(prose_of(paragraph.text), known, settings):
            yield tuple(s.index for s in sentences), True
            continue
        if len(sentences) == 1:
            continue
        prose = only_prose(paragraph.text)
        for s in sentences:
            start = paragraph.span.start
            text = " ".join(prose[s.span.start - start : s.span.end - start].replace(GAP, " ").split())
            if _is_copied(text, known, settings) and other == written_in(
                text, base(own.language), other, settings.foreign
            ):
                yield (s.index,), False


def _is_copied(text: str, known: set[str], settings: CheckSettings) -> bool:
    words = _WORD.findall(text)
    copied = [word in known for word in words]
    # Names stay what they are in a faithful translation too; what is between them does not.
    plain = [same for word, same in zip(words, copied, strict=True) if not word[0].isupper()]
    return weight(text) >= settings.foreign_letters and all(
        sum(found) >= settings.copied * len(found) for found in (copied, plain)
    )


def _is_meant(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> bool:
    """Is it right that a passage is in the other language? A quotation in the source may be: it was in
    that language from the start. And a quotation of the target that stands there in its own language,
    too."""
    own = alignment.documents[side]
    if side == 0:
        text = " ".join(own.sentences[i].text for i in sentences)
        return bool(_QUOTED.fullmatch(text))
    return any(
        map(partial(_translates, alignment, _opposite(alignment, side, sentences)), _near(own, sentences))
    )


def _is_glossed(
    own: Document, opposite: Document, sentences: tuple[int, ...], settings: CheckSettings
) -> bool:
    """Does a translation in brackets follow in the same paragraph, as after a quotation?"""
    first, last = own.sentences[sentences[0]], own.sentences[sentences[-1]]
    paragraph = own.paragraphs[last.paragraph]
    long = weight(own.text[first.span.start : last.span.end])
    languages = base(own.language), base(opposite.language)
    return any(
        weight(gloss) >= _AS_LONG * long and written_in(gloss, *languages, settings.foreign) == languages[0]
        for gloss in _BRACKETS.findall(own.text[last.span.end : paragraph.span.end])
    )


def _near(own: Document, sentences: tuple[int, ...]) -> Iterator[int]:
    """Sentences beside a passage that are in their document's own language."""
    first, last = sentences[0], sentences[-1]
    for i in (
        *range(max(0, first - _BESIDE), first),
        *range(last + 1, min(len(own.sentences), last + 1 + _BESIDE)),
    ):
        if own.paragraphs[own.sentences[i].paragraph].language in (None, base(own.language)):
            yield i


def _translates(alignment: Alignment, passage: tuple[int, ...], sentence: int) -> bool:
    """Is a sentence of the target nearer to a passage of the source than to anything else there, and linked
    with nothing else?"""
    linked = _opposite(alignment, 1, (sentence,))
    if not passage or not set(linked) <= set(passage):
        return False
    source, target = alignment.documents
    if target.paragraphs[target.sentences[sentence].paragraph].role == "headline":
        return False  # says what a lede says, and translates it no more than that
    long = sum(weight(source.sentences[i].text) for i in passage)
    if weight(target.sentences[sentence].text) < _AS_LONG * long:
        return False
    alike = alignment.source.vectors @ alignment.target.vectors[sentence]
    return int(alike.argmax()) in passage


def _opposite(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> tuple[int, ...]:
    """What the sentences are linked with on the other side, where they are linked."""
    pairs = [link.sides for link in alignment.sentences]
    return tuple(sorted({j for pair in pairs if set(pair[side]) & set(sentences) for j in pair[1 - side]}))


def _skip(alignment: Alignment) -> str | None:
    one, two = alignment.documents
    if base(one.language) != base(two.language) or _is_the_source(one, two):
        return None
    return f"both versions are in {name(one.language)}"


def _is_the_source(one: Document, two: Document) -> bool:
    """Is the target the source, and has nobody said that both are to be in one language?"""
    if one.language_from == two.language_from == "given":
        return False
    same = [normal_form(s.text) for s in one.sentences] == [normal_form(s.text) for s in two.sentences]
    return same and bool(prose_of(two.text))


RULE = Rule(
    name="untranslated",
    summary="A passage is still in the language of the other version",
    mqm="accuracy/untranslated",
    page=__doc__ or "",
    check=check,
    skip=lambda evidence, _: _skip(evidence.alignment),
)
