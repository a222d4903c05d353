"""Where the names of a glossary stand in a text, through inflection.

Two questions, and two measures. Where does a name stand? is asked before something is reported, and answered
strictly: every word a form of the name's own, side by side (`find`). Does a passage have a name in some
way? is asked before a name is missed, and answered generously: an adjective made of it will do, and words
in another order (`has`). So doubt is silence on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from mlcheck.data import Glossary, Span, Term
from mlcheck.languages import UNSPACED, base, fold
from mlcheck.text import FormKey as Key
from mlcheck.text import term_keys, text_keys

__all__ = ["Hit", "Passage", "Sort", "Word", "covers", "find", "gather", "has", "names", "split"]

Sort = Literal["wanted", "forbidden"]

_ACRONYM = range(2, 7)
"""Letters of an acronym. A longer word in capitals is a word in a glossary that is all capitals."""
_SHORT_STEM = 3
"""Letters up to which a word with a capital must keep it when it changes: Мали is not мал, of малый."""
_BEGINNING = 4
_ENDING = 3
"""For `has`: letters at the start that a word shares with the name's at least, and letters of the name's
that may be lost: Россия, российского. How much longer it may be does not matter."""
_APOSTROPHES = "'’ʼ‘`´＇"
_SUFFIX = 10
"""Letters that may follow a name's apostrophe: Türkiye'nin, Karabakh's."""

_ALONE = UNSPACED
"""In scripts that do not set words apart each character is a word."""
_HYPHENS = frozenset("-‐‑–·・‧")
"""Between two words, as good as a space: Nagorno-Karabakh, Nagorno Karabakh."""
_SIGNS = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys("“”„«»‟〝〞＂", '"') | {"＆": "&"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign of a text: as it stands, folded, and its place."""

    raw: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: `name` as the glossary has it, of a `term` of it (a number), at `span`."""

    term: int
    sort: Sort
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of some sentences, joined as they stand and folded, and all their keys: a question costs a
    search in a string, and a passage may be asked for ten thousand names."""

    raw: str
    text: str
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a term in one language, by its words."""

    term: int
    sort: Sort
    text: str
    words: tuple[Word, ...]
    match_case: bool | None


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: the words that go on from here, by their keys, and the names that
    end here."""

    nodes: dict[str, _Node] = field(default_factory=dict)
    by_key: defaultdict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: list[_Name] = field(default_factory=list)


@lru_cache(maxsize=20_000)
def split(name: str, language: str) -> tuple[Word, ...]:
    """The words and signs of a name, as of a text: in order, without spaces and what is as good as those,
    and without a full stop at the end. `language` is a BCP 47 code."""
    return _split(name, language)


def _split(text: str, language: str) -> tuple[Word, ...]:
    code = base(language)
    found = [
        Word(match[0], match[0].translate(_SIGNS) if match[3] else fold(_bare(match[0]), code), *match.span())
        for match in _token().finditer(text)
        if not (match[3] and _is_joint(text, match.start()))
    ]
    if found and found[-1].raw == "." and len(found) > 1:
        del found[-1]
    return tuple(found)


def names(term: Term, language: str, sort: Sort) -> tuple[str, ...]:
    """What a term is called in a language, a BCP 47 code: in its own variant (`pt-BR`) where the term has
    that, else in any variant of the language."""
    given = term.wanted if sort == "wanted" else term.forbidden
    if not given:
        return ()
    tag = language.replace("_", "-").lower()
    for code, found in given.items():
        if code.replace("_", "-").lower() == tag:
            return found
    own = base(language)
    return tuple(
        dict.fromkeys(n for code, found in sorted(given.items()) if base(code) == own for n in found)
    )


@lru_cache(maxsize=8)
def covers(glossary: Glossary, language: str) -> tuple[bool, bool]:
    """Has a glossary names of a language that are wanted, and such that are forbidden?"""
    sorts: tuple[Sort, Sort] = "wanted", "forbidden"
    one, two = (any(names(term, language, sort) for term in glossary.terms) for sort in sorts)
    return one, two


def find(glossary: Glossary, text: str, language: str) -> list[Hit]:
    """The names of a glossary in a text, in order. Where one is inside another, or overlaps it, the
    longer one stands. Several terms may have one name."""
    words = _split(text, language)
    root, code = _tree(glossary, language), base(language)
    # In capitals throughout, US is as likely to be the pronoun.
    shouted = len(words) > 1 and not any(map(str.islower, text))
    found: list[tuple[int, int, _Name]] = []
    for at in range(len(words)):
        for end, name in _from(root, words, at, code):
            pairs = zip(words[at:end], name.words, strict=True)
            if all(_is_case(word, own, name.match_case, shouted) for word, own in pairs):
                found.append((at, end, name))
    return sorted(
        (
            Hit(name.term, name.sort, name.text, Span(words[a].start, _end(text, words, b)))
            for a, b, name in _longest(found, len(words))
        ),
        key=lambda hit: (hit.span, hit.sort, hit.name, hit.term),
    )


def gather(texts: Iterable[str], language: str) -> Passage:
    """What `has` looks in: the words of some sentences."""
    words = [word for text in texts for word in _split(text, language)]
    code = base(language)
    return Passage(
        raw=_joined(word.raw for word in words),
        text=_joined(word.text for word in words),
        keys=frozenset(key for word in words for key in text_keys(word.text, code)),
    )


def has(passage: Passage, name: str, language: str) -> bool:
    """Is a name in a passage, in whatever form and order? Generous, see above; but where each character
    is a word, they must stand side by side."""
    own = split(name, language)
    if re.search(f"[{_ALONE}]", name):
        return _joined(word.text for word in own) in passage.text
    # Neither "of" nor a full stop makes a name; what is nothing else is looked for as it is.
    parts = [w for w in own if w.text[0].isalnum() and (len(w.text) > 2 or not w.raw.islower())] or own
    return all(_is_akin(passage, part, base(language)) for part in parts)


def _joined(words: Iterable[str]) -> str:
    """Words, each with a sign before it and after it that no word has."""
    return "\0" + "".join(word + "\0" for word in words)


@cache
def _token() -> re.Pattern[str]:
    """A character that is a word by itself; a word; a sign. Marks are part of words, which `\\w` does not
    know: without them the words of Indic scripts fall to pieces."""
    marks = "".join(c for c in map(chr, range(0x300, 0xFE30)) if unicodedata.category(c)[0] == "M")
    letter = rf"(?![{_ALONE}])(?:[^\W_\u02bc]|[{marks}\u0640\u200c\u200d])"
    return re.compile(rf"([{_ALONE}])|((?:{letter})+)|(\S)")


def _bare(raw: str) -> str:
    return raw.replace("\u200c", "").replace("\u200d", "")


def _is_joint(text: str, at: int) -> bool:
    between = 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    return text[at] in _HYPHENS and between


@lru_cache(maxsize=8)
def _tree(glossary: Glossary, language: str) -> _Node:
    root, code = _Node(), base(language)
    for number, term in enumerate(glossary.terms):
        for sort in ("wanted", "forbidden"):
            for text in names(term, language, sort):
                words = split(text, language)
                node = root
                for word in words:
                    if word.text not in node.nodes:
                        node.nodes[word.text] = _Node()
                        for key in term_keys(word.text, code):
                            node.by_key[key].append(word.text)
                    node = node.nodes[word.text]
                if words:
                    node.names.append(_Name(number, sort, text, words, term.match_case))
    return root


def _from(root: _Node, words: Sequence[Word], at: int, code: str) -> Iterator[tuple[int, _Name]]:
    """The names that begin at a word, each with the word after its end."""
    front = [root]
    for end in range(at, len(words)):
        keys = text_keys(words[end].text, code)
        front = [
            node.nodes[word]
            for node in front
            for word in dict.fromkeys(w for key in keys if key in node.by_key for w in node.by_key[key])
        ]
        if not front:
            return
        for node in front:
            for name in node.names:
                yield end + 1, name


def _longest(found: list[tuple[int, int, _Name]], size: int) -> Iterator[tuple[int, int, _Name]]:
    """The longest first, and nothing that overlaps it but what stands on the very same words."""
    taken: list[tuple[int, int] | None] = [None] * size
    for start, end, name in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        if all(own in (None, (start, end)) for own in taken[start:end]):
            taken[start:end] = [(start, end)] * (end - start)
            yield start, end, name


def _is_case(word: Word, own: Word, match_case: bool | None, shouted: bool) -> bool:
    """Has a word of a text the case that a word of a name asks for?"""
    if match_case is False:
        return True
    raw, wanted = word.raw, own.raw
    if _is_acronym(wanted):
        return raw[: len(wanted)].isupper() and (match_case or not shouted or any(map(str.isdigit, wanted)))
    if match_case:
        return raw[:1].isupper() == wanted[:1].isupper() and (raw.isupper() or not raw[1:].isupper())
    changed = word.text != own.text
    return not (changed and len(wanted) <= _SHORT_STEM + 1 and wanted[:1].isupper() and raw[:1].islower())


def _end(text: str, words: Sequence[Word], after: int) -> int:
    """The end of a name, with the ending that an apostrophe sets off."""
    end = words[after - 1].end
    match = re.compile(rf"[{_APOSTROPHES}][^\W\d_]{{1,{_SUFFIX}}}(?!\w)").match(text, end)
    return match.end() if match and words[after - 1].raw[-1].isalpha() else end


def _is_akin(passage: Passage, part: Word, code: str) -> bool:
    """Is there a form of a name's word, or a word that is made of it?"""
    if _is_acronym(part.raw):
        return f"\0{part.raw}" in passage.raw
    word = part.text
    if term_keys(word, code) & passage.keys:
        return True
    if len(word) < _BEGINNING or not word[0].isalpha():
        return len(word) > 1 and f"\0{word}" in passage.text
    return word in passage.text or f"\0{word[: max(_BEGINNING, len(word) - _ENDING)]}" in passage.text


def _is_acronym(raw: str) -> bool:
    return raw.isupper() and len(raw) in _ACRONYM
