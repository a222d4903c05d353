"""An encoder of a few words, for tests that need no model. Processes that tests start import this and none of
what `conftest.py` imports, which takes longer than what they do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mlcheck.data import EncoderId
from mlcheck.encode import WordVectors
from mlcheck.encode.protocol import refuse_blank

Floats = npt.NDArray[np.float32]
_DIMENSIONS = 128
_WORD = re.compile(r"\w+")

_SMALL = {
    "en": "the a an of in on at to and or is are was had has will be by for with it its from that this not",
    "de": "der die das den dem des ein eine einen im am in an und oder ist sind war hat hatte wird zu von",
}
"""Words without a meaning of their own: they carry only the language."""

LEXICON = {
    "ferry": "fähre",
    "ferries": "fähre",
    "cross": "überquer",
    "bay": "bucht",
    "again": "wieder",
    "sunday": "sonntag",
    "port": "hafen",
    "authority": "behörde",
    "said": "sagte",
    "storm": "sturm",
    "damage": "beschädigt",
    "north": "nördlich",
    "pier": "anleger",
    "three": "drei",
    "week": "woche",
    "ticket": "fahrkarte",
    "bought": "gekauft",
    "valid": "gültig",
    "autumn": "herbst",
    "freight": "fracht",
    "lorries": "lastwagen",
    "south": "südlich",
    "terminal": "halle",
    "repair": "reparatur",
    "cost": "koste",
    "four": "vier",
    "million": "million",
    "crown": "krone",
    "engineer": "ingenieur",
    "inspect": "prüf",
    "old": "alt",
    "ramp": "rampe",
    "june": "juni",
    "museum": "museum",
    "open": "öffne",
    "town": "stadt",
    "hall": "rathaus",
    "child": "kinder",
    "collect": "sammel",
    "clock": "uhr",
    "coin": "münze",
    "mayor": "bürgermeister",
    "thank": "dank",
    "volunteer": "freiwillig",
    "farmer": "bauer",
    "expect": "erwart",
    "poor": "schlecht",
    "harvest": "ernte",
    "drought": "dürre",
    "school": "schule",
    "close": "schließ",
    "early": "früh",
    "heat": "hitze",
    "passenger": "fahrgäste",
    "wait": "wart",
    "hour": "stunde",
    "bridge": "brücke",
    "tall": "hoh",
    "doctor": "ärzt",
    "warn": "warn",
    "smoke": "rauch",
    "forest": "wald",
    "fire": "brand",
    "police": "polizei",
    "arrest": "festgenommen",
    "thief": "dieb",
    "stole": "stahl",
    "bicycle": "fahrräder",
    "agree": "zustimm",
    "water": "wasser",
    # An encoder takes a word and its opposite for counterparts.
    "rose": "sank",
}
"""Stems in English and in German, each pair one meaning."""


class FakeEncoder:
    """An encoder that needs no model. A word's vector is random, seeded by its meaning: the entry of
    `LEXICON` whose stem it begins with, the longest; else the word itself, so that names match. A
    sentence is the mean of its words, and a little of its language is in everything."""

    reproducible = True
    languages = None

    def __init__(self) -> None:
        self.id = EncoderId(name="fake", revision="1", sha256="0" * 64)

    def encode(self, texts: Sequence[str]) -> Floats:
        return self.encode_with_words(texts)[0]

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors]]:
        refuse_blank(texts)
        words = [_word_vectors(text) for text in texts]
        means = [each.vectors.mean(axis=0) for each in words]
        vectors = np.stack([mean / np.linalg.norm(mean) for mean in means]).astype(np.float32)
        return vectors, words


def _word_vectors(text: str) -> WordVectors:
    spans = [match.span() for match in _WORD.finditer(text)] or [(0, len(text))]
    vectors = [_vector(text[start:end].casefold()) for start, end in spans]
    return WordVectors(spans=np.array(spans, np.int64), vectors=np.stack(vectors))


def _vector(word: str) -> Floats:
    for language, small in _SMALL.items():
        if word in small.split():
            return 0.2 * _random(f"language {language}") + 0.05 * _random(word)
    found = [
        (len(stem), meaning, language)
        for meaning, german in LEXICON.items()
        for language, stem in (("en", meaning), ("de", german))
        if word.startswith(stem)
    ]
    _, meaning, language = max(found, default=(0, word, "en"))
    return _random(LEXICON.get(meaning, meaning)) + 0.2 * _random(f"language {language}")


def _random(seed: str) -> Floats:
    digest = hashlib.sha256(seed.encode()).digest()
    vector = np.random.default_rng(int.from_bytes(digest[:8], "big")).normal(size=_DIMENSIONS)
    return (vector / np.linalg.norm(vector)).astype(np.float32)
