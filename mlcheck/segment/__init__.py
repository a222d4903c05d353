"""The segmenter's room: a text as read in, a document of paragraphs and sentences out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from mlcheck.data import BlockKind, Document, Paragraph, RawText, Role, Sentence, Span, is_compared
from mlcheck.errors import InputError, UsageError
from mlcheck.languages import base, is_known
from mlcheck.segment.both import decide_together
from mlcheck.segment.furniture import Likeness, likenesses
from mlcheck.segment.language import detect, letters, weight, which
from mlcheck.segment.lines import joined_alike
from mlcheck.segment.sentences import common_words, sentence_spans
from mlcheck.segment.written import prose_of, written_in
from mlcheck.text import Clean, clean, normal_form

__all__ = [
    "detect",
    "joined_alike",
    "language_code",
    "letters",
    "mark_languages",
    "prose_of",
    "refuse_long",
    "segment",
    "segment_pair",
    "weight",
    "which",
    "written_in",
]

_NO_TITLE = (".", "!", "?", "。", "…", ":", "！", "？", "：", "؟", ",", "，", "،")
"""What no headline ends in. A comma ends a greeting, which stands above one."""

_ROLE_OF_KIND: dict[BlockKind, Role] = {
    "list": "list",
    "quote": "quote",
    "table": "table",
    "code": "code",
    "matter": "furniture",
}


_BESIDE = ("byline", "dateline", "caption")
"""Roles, where the format says so, of what a version may well lack: who wrote it, what a picture shows that
the other has not. They are compared with their counterparts, and no flaw without."""

_SURE_PROSE = 200
"""Letters of prose from which a text's language is told against what its file declares: a page made from a
template in another language declares that one."""
_ENOUGH_PROSE = 40
"""Letters of prose from which a text's language is told by these alone."""


MOST_SENTENCES = 40_000
"""Of a document. A Bible has 31,000 verses; memory and time grow with them."""


def refuse_long(*documents: Document) -> None:
    """Raise `InputError` for a document of more sentences than can be compared."""
    for document in documents:
        if len(document.sentences) > MOST_SENTENCES:
            raise InputError(
                f"{document.path}: has {len(document.sentences):,} sentences, and mlcheck compares up to "
                f"{MOST_SENTENCES:,}; cut both versions into parts, at chapters for instance"
            )


def mark_languages(document: Document, other: str) -> Document:
    """The document with the language of each paragraph, where it is clearly the document's own or
    `other`, that of the version it is compared with: how a paragraph left untranslated is seen."""
    here, there = base(document.language), base(other)
    if here == there:
        return document
    texts = {p.text: None for p in document.paragraphs if p.compared}
    found = {text: written_in(prose_of(text), here, there) for text in texts}
    marked = [replace(p, language=found[p.text]) if p.compared else p for p in document.paragraphs]
    return replace(document, paragraphs=tuple(marked))


def segment_pair(texts: Sequence[RawText], languages: Sequence[str | None]) -> tuple[Document, Document]:
    """Two texts cut into paragraphs and sentences, with the language of each paragraph that is clearly in
    either. `languages` are BCP 47 codes; None is detected. Raises as `segment` does, and `UsageError` for
    what is no code."""
    keyed = all(text.keyed for text in texts)
    alike = texts if keyed else joined_alike(*texts)
    one, two = (segment(text, language_code(code)) for text, code in zip(alike, languages, strict=True))
    refuse_long(one, two)
    one, two = _own_languages(one, two)
    if not keyed:
        one, two = decide_together(one, two)
    return mark_languages(one, two.language), mark_languages(two, one.language)


def _own_languages(one: Document, two: Document) -> tuple[Document, Document]:
    """The documents; where both were found to be in one language, with what each has of its own. A target
    that is mostly untranslated looks like its source, and is in the language of the rest."""
    if base(one.language) != base(two.language) or "given" in (one.language_from, two.language_from):
        return one, two
    own = _language_of_own(two, one)
    if own is not None and own != base(one.language):
        return one, replace(two, language=own)
    return one, two


def _language_of_own(document: Document, other: Document) -> str | None:
    """The language of what a document does not share with another, word for word; None where that is
    too little to tell."""
    shared = {normal_form(s.text) for s in other.sentences}
    rest = [s for s in document.sentences if normal_form(s.text) not in shared]
    if len(rest) == len(document.sentences):
        return None
    prose = "\n".join(prose_of(s.text) for s in rest)
    return detect(prose) if weight(prose) >= _ENOUGH_PROSE else None


def language_code(code: str | None) -> str | None:
    """A language code that is one, or a `UsageError`."""
    if code is not None and not is_known(code):
        raise UsageError(f"{code!r} is no language code; give one such as en, ru or pt-BR")
    return code


def segment(raw: RawText, language: str | None = None) -> Document:
    """Cut a text into paragraphs, with their roles, and into sentences.

    `language` (BCP 47) wins over detection. Raises `InputError` where nothing is left to compare,
    or the language cannot be told.
    """
    gone = _placeholders(raw)
    cleaned = [
        clean(raw.text[b.span.start : b.span.end], b.span.start, markdown=raw.markdown, gone=own)
        for b, own in zip(raw.blocks, gone, strict=True)
    ]
    roles = _roles(raw, cleaned)
    language, given = _language(raw, cleaned, roles, language)
    common = common_words("\n".join(text.text for text in cleaned))
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for index, (block, text, (role, doubtful)) in enumerate(zip(raw.blocks, cleaned, roles, strict=True)):
        paragraphs.append(
            Paragraph(
                index=index,
                span=block.span,
                line=block.line,
                end_line=block.end_line,
                text=raw.text[block.span.start : block.span.end],
                role=role,
                doubtful=doubtful,
                place=block.place,
                key=block.key,
            )
        )
        if is_compared(role):
            sentences += _sentences(text, index, len(sentences), language, common)
    if not sentences:
        raise InputError(f"{raw.path}: nothing to compare: every paragraph is code or page furniture")
    return Document(
        path=raw.path,
        text=raw.text,
        encoding=raw.encoding,
        encoding_guessed=raw.encoding_guessed,
        language=language,
        language_from="given" if given else "detected",
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        format=raw.format,
        origin=raw.origin,
        marks=raw.marks,
        item=raw.item,
        entry=raw.entry,
    )


def _placeholders(raw: RawText) -> list[tuple[Span, ...]]:
    """The placeholders of each block in a file of segments or strings: no words, and their numbers say
    nothing. In other texts they are told by their form, where it matters."""
    found: list[list[Span]] = [[] for _ in raw.blocks]
    if raw.keyed:
        starts = [block.span.start for block in raw.blocks]
        for mark in raw.marks:
            if mark.kind == "placeholder" and mark.span.start < mark.span.end:
                found[bisect_right(starts, mark.span.start) - 1].append(mark.span)
    return list(map(tuple, found))


def _language(
    raw: RawText, cleaned: list[Clean], roles: list[tuple[Role, bool]], given: str | None
) -> tuple[str, bool]:
    if given is not None:
        return given, True
    body = [i for i, (role, doubtful) in enumerate(roles) if _is_prose(role, doubtful)]
    spans = [raw.blocks[i].span for i in body]
    prose = "\n".join(prose_of(raw.text[span.start : span.end]) for span in spans)
    if weight(prose) < _ENOUGH_PROSE:
        prose = "\n".join(cleaned[i].text for i in body) or "\n".join(c.text for c in cleaned)
    found = detect(prose)
    if raw.language and (found is None or raw.keyed or weight(prose) < _SURE_PROSE):
        return raw.language, True
    if found is None:
        raise InputError(f"{raw.path}: cannot tell the language; name it with --lang")
    return found, False


def _is_prose(role: Role, doubtful: bool) -> bool:
    return is_compared(role) and not doubtful


def _roles(raw: RawText, cleaned: list[Clean]) -> list[tuple[Role, bool]]:
    """Role of each block, and whether it may yet turn out to be furniture."""
    # A file of segments is no page: it has no edges where furniture stands, and lines that come again.
    compared = [
        i
        for i, b in enumerate(raw.blocks)
        if not raw.keyed and b.kind in ("text", "heading") and b.role is None and cleaned[i].text
    ]
    found, at = likenesses(
        [cleaned[i].text for i in compared], [raw.blocks[i].kind == "heading" for i in compared]
    )
    likeness = dict(zip(compared, found, strict=True))
    roles = [
        (b.role, b.role in _BESIDE) if b.role is not None else _role(b.kind, c.text, likeness.get(i))
        for i, (b, c) in enumerate(zip(raw.blocks, cleaned, strict=True))
    ]
    plain = [i for i in compared if roles[i] == ("body", False)]
    headline = compared[at] if at is not None else next(iter(plain), None)
    if raw.keyed or any(role == "headline" for role, _ in roles):  # there is none, or the format says which
        headline = None
    if headline is not None and (
        at is not None or _is_headline(raw.blocks[headline].kind, cleaned[headline].text)
    ):
        roles[headline] = ("headline", False)
        plain = [i for i in plain if i > headline]
    lede = next((i for i in plain if raw.blocks[i].kind == "text"), None)
    if lede is not None and not raw.keyed:
        roles[lede] = ("lede", False)
    return roles


def _role(kind: BlockKind, text: str, likeness: Likeness | None) -> tuple[Role, bool]:
    if not letters(text) or likeness is Likeness.CERTAIN:
        return "furniture", False
    return _ROLE_OF_KIND.get(kind, "body"), likeness is Likeness.DOUBTFUL


def _is_headline(kind: BlockKind, text: str) -> bool:
    return kind == "heading" or not text.endswith(_NO_TITLE)


def _sentences(
    text: Clean, paragraph: int, first: int, language: str, common: frozenset[str]
) -> list[Sentence]:
    return [
        Sentence(
            index=first + k,
            paragraph=paragraph,
            span=Span(*text.span(start, end)),
            text=text.text[start:end],
            places=text.places(start, end),
        )
        for k, (start, end) in enumerate(sentence_spans(text.text, base(language), common))
    ]
