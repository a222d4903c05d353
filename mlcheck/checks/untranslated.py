"""What it finds
    A paragraph, or a sentence of at least 25 letters, that is still in the language of the other
    version.

Why it matters
    Readers cannot read it.

Example
    A Russian page whose sixth paragraph begins "The sides hailed the cooperation".

Known to be wrong when
    a quotation, a title or a line of code is meant to stay in its language. Between two languages
    that share a script and have no profile of their own it keeps silent where letters do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, version
from mlcheck.data import Alignment, Document
from mlcheck.languages import base, name
from mlcheck.segment import letters, which
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_WORD = re.compile(r"[^\W\d_]+")


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each paragraph, and each sentence elsewhere, left in the other's language."""
    documents = (alignment.source.document, alignment.target.document)
    for side, (own, other) in enumerate((documents, documents[::-1])):
        for sentences, whole in _foreign(own, other, settings):
            opposite = _opposite(alignment, side, sentences)
            place = numbered([own.sentences[sentences[0]].paragraph])
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


def _foreign(
    own: Document, opposite: Document, settings: CheckSettings
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Passages of `own` in the language of `opposite`, and made of its words: a name-laden line in
    a language without profile can look like another language, but it does not copy it."""
    other, known = base(opposite.language), set(_WORD.findall(opposite.text))
    for paragraph in own.paragraphs:
        if paragraph.role in ("furniture", "code"):
            continue
        inside = tuple(s.index for s in own.sentences if s.paragraph == paragraph.index)
        if inside and paragraph.language == other and _is_copied(paragraph.text, known, settings):
            yield inside, True
        else:
            for i in inside:
                text = own.sentences[i].text
                if _is_copied(text, known, settings) and other == which(
                    text, (own.language, other), settings.foreign
                ):
                    yield (i,), False


def _is_copied(text: str, known: set[str], settings: CheckSettings) -> bool:
    words = _WORD.findall(text)
    copied = [word in known for word in words]
    # Names stay what they are in a faithful translation too; what is between them does not.
    plain = [same for word, same in zip(words, copied, strict=True) if not word[0].isupper()]
    return letters(text) >= settings.foreign_letters and all(
        sum(found) >= settings.copied * len(found) for found in (copied, plain)
    )


def _opposite(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> tuple[int, ...]:
    """What the sentences are linked with on the other side, where they are linked."""
    pairs = [(link.source, link.target) for link in alignment.sentences]
    return tuple(sorted({j for pair in pairs if set(pair[side]) & set(sentences) for j in pair[1 - side]}))


def _skip(alignment: Alignment) -> str | None:
    one, two = alignment.source.document.language, alignment.target.document.language
    return f"both versions are in {name(one)}" if base(one) == base(two) else None


RULE = Rule(
    name="untranslated",
    summary="A passage is still in the language of the other version",
    mqm="accuracy/untranslated",
    page=__doc__ or "",
    check=check,
    skip=lambda alignment, _: _skip(alignment),
)
