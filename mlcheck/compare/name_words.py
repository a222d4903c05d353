"""The words of a document, and what is known of each as a name by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.data import Encoded, WordTable
from mlcheck.facts import is_common, known_names, names
from mlcheck.languages import base, language

__all__ = ["MOST_WORDS", "NameWords"]

Ints = npt.NDArray[np.int64]

MOST_WORDS = 1000
"""Words of a link, on either side, up to which it is looked at: each is compared with each, and what
has more is a table or a list."""
_SUBSTRING = 7
"""Characters from which a name in a script without spaces is read."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a document, in the order of its `WordTable`."""

    table: WordTable
    places: Ints
    """(words, 3): sentence, start, end."""
    words: tuple[str, ...]
    heard: tuple[str, ...]
    """What sound is compared with: the word, or what begins there, where no spaces end it."""
    kinds: Ints
    """1 for words of names, 2 for those that may have a capital for another reason, 3 for those that are
    translated in names too (Court), else 0."""
    codes: tuple[frozenset[str], ...]
    """What tables know that a word names."""
    spaced: bool
    cased: bool

    @classmethod
    def of(cls, encoded: Encoded) -> NameWords:
        """Those of a document whose encoder has word vectors."""
        table, document = encoded.words, encoded.document
        assert table is not None
        code = base(document.language)
        spaced = language(code).spaced
        places = np.empty((len(table.spans), 3), np.int64)
        kinds = np.zeros(len(table.spans), np.int64)
        words: list[str] = []
        heard: list[str] = []
        codes: list[frozenset[str]] = []
        for sentence in document.sentences:
            low, high = int(table.starts[sentence.index]), int(table.starts[sentence.index + 1])
            places[low:high, 0] = sentence.index
            places[low:high, 1:] = table.spans[low:high]
            spans: list[tuple[int, int]] = [(a, b) for a, b in table.spans[low:high].tolist()]
            codes += known_names(sentence.text, spans, code)
            few = high - low <= MOST_WORDS
            facts = [(f.span, f.weak) for f in names(sentence.text, code)] if few else []
            for k, (start, end) in enumerate(spans, low):
                word = sentence.text[start:end]
                words.append(word)
                heard.append(word if spaced else sentence.text[start : start + _SUBSTRING])
                if word[:1].isupper():
                    held = [weak for span, weak in facts if span.start <= start and end <= span.end]
                    if held:
                        sure = not held[0] and not _is_first(sentence.text, start)
                        kinds[k] = 3 if is_common(word, code) else 1 if sure else 2
        cased = any(character.isupper() for word in words[:500] for character in word)
        return cls(table, places, tuple(words), tuple(heard), kinds, tuple(codes), spaced, cased)


def _is_first(text: str, start: int) -> bool:
    return not any(character.isalnum() for character in text[:start])
