"""Rows of parallel text, and the words of each sentence as the encoder sees them."""

from __future__ import annotations

import csv
import hashlib
import lzma
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mlcheck.encode import load_encoder
from mlcheck.encode.words import join_pieces
from mlcheck.models import load_models

__all__ = [
    "HELD_BACK",
    "PAGES_HELD_BACK",
    "Row",
    "Seen",
    "align",
    "held_back",
    "page_is_held_back",
    "page_of",
    "read_news",
    "read_pairs",
]

_CODES = """
eng:en rus:ru ukr:uk bel:be deu:de fra:fr spa:es ita:it por:pt pol:pl ces:cs slk:sk bul:bg srp:sr nld:nl
swe:sv dan:da fin:fi hun:hu ron:ro ell:el tur:tr aze:az kaz:kk uzb:uz kir:ky arb:ar heb:he fas:fa hin:hi
ben:bn tha:th vie:vi ind:id jpn:ja kor:ko zho:zh hye:hy kat:ka
"""
ISO: dict[str, str] = dict(pair.split(":") for pair in _CODES.split())  # type: ignore[misc]
"""Columns of the tables of news, and the codes that mlcheck has for them."""
HELD_BACK = 5
"""Every fifth story is never trained on."""
PAGES_HELD_BACK = 3
"""Of the pages whose words people labelled, one of so many."""
_FEWEST = 5
"""Sentences of a story that is worth having, as the development cases have it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence in some languages. `story` is what it is split by."""

    story: str
    texts: dict[str, str]


def read_news(table: Path) -> list[list[Row]]:
    """The stories of a table, each a list of rows in order."""
    stories: dict[str, list[Row]] = {}
    opened = lzma.open if table.suffix == ".xz" else open
    with opened(table, "rt", encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = line.pop("doc")
            stories.setdefault(name, []).append(
                Row(name, {ISO[code]: text.strip() for code, text in line.items()})
            )
    return [rows for rows in stories.values() if len(rows) >= _FEWEST]


def held_back(stories: list[list[Row]]) -> tuple[list[list[Row]], list[list[Row]]]:
    """Those to train on, and those that are kept for measuring."""
    learn = [s for at, s in enumerate(stories) if at % HELD_BACK != HELD_BACK - 1]
    return learn, [s for at, s in enumerate(stories) if at % HELD_BACK == HELD_BACK - 1]


def page_of(name: str) -> str:
    """What a labelled text is a version of; the same in all languages."""
    return re.sub(r"_(de|fr|it)_", "_", name)


def page_is_held_back(name: str) -> bool:
    """Whether a labelled text is never trained on, which goes by a hash of its page's name."""
    return int(hashlib.sha256(page_of(name).encode()).hexdigest(), 16) % PAGES_HELD_BACK == 0


def read_pairs(table: Path) -> list[list[Row]]:
    """Pairs of a table `lang english other`, each a story of its own."""
    rows = []
    with table.open(encoding="utf-8") as file:
        for at, line in enumerate(file):
            language, english, other = line.rstrip("\n").split("\t")
            rows.append([Row(f"{table.stem}.{at}", {"en": english, language.split("_")[0]: other})])
    return rows


@dataclass(slots=True)
class Seen:
    """The encoder's states of sentences, each encoded once: its pieces, and its words."""

    encoder: object = None
    pieces: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    """Spans (k, 2) int32, states (k, 384) float16."""
    _words: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    _centres: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.encoder = load_encoder(None, models=load_models(), languages=["en"]).encoder

    def add(self, texts: list[str]) -> None:
        """Encode what is new."""
        new = list(dict.fromkeys(text for text in texts if text not in self.pieces))
        for start in range(0, len(new), 500):
            part = new[start : start + 500]
            _, words = self.encoder.encode_with_words(part)
            for text, own in zip(part, words, strict=True):
                self.pieces[text] = own.spans.astype(np.int32), own.vectors.astype(np.float16)

    def words(self, text: str, language: str) -> tuple[np.ndarray, np.ndarray]:
        """Spans (k, 2) of words, and their vectors (k, 384), centred by language, of length 1."""
        key = text, language
        if key not in self._words:
            own = self._joined(text)
            x = own.vectors.astype(np.float32) - self._centres[language]
            self._words[key] = own.spans, x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-6)
        return self._words[key]

    def centre(self, texts: dict[str, list[str]]) -> None:
        """The mean word of each language."""
        for language, own in texts.items():
            sample = own[:: max(1, len(own) // 400)]
            vectors = np.concatenate([self._joined(t).vectors.astype(np.float32) for t in sample])
            self._centres[language] = vectors.mean(axis=0)

    def _joined(self, text: str):
        from mlcheck.encode import WordVectors

        spans, states = self.pieces[text]
        return join_pieces(text, WordVectors(spans=spans.astype(np.int64), vectors=states.astype(np.float32)))


def align(seen: Seen, one: tuple[str, str], two: tuple[str, str], least: float = 0.4):
    """Spans of both texts' words, and the word links (i, j, cosine): each the other's best."""
    spans, x = seen.words(*one)
    others, y = seen.words(*two)
    cosines = x @ y.T
    best, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
    links = [
        (i, int(j), float(cosines[i, j]))
        for i, j in enumerate(best)
        if back[j] == i and cosines[i, j] >= least
    ]
    return spans, others, links
