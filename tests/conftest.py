"""What tests of several rooms share: an encoder of a few words, and the real one."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from browsing import browser, open_page  # noqa: F401
from hypothesis import settings as hypothesis_settings

from mlcheck import cli
from mlcheck.compare import Evidence, compare
from mlcheck.data import Alignment, EncoderId
from mlcheck.encode import WordVectors, load_encoder
from mlcheck.encode.protocol import refuse_blank
from mlcheck.models import load_models
from mlcheck.pipeline import Checker
from mlcheck.read import DEFAULT_MAX_SIZE
from mlcheck.settings import Settings

# A deadline goes by the clock, and tests run side by side; tests of speed count the processor's time.
hypothesis_settings.register_profile("mlcheck", deadline=None)
hypothesis_settings.load_profile("mlcheck")

Floats = npt.NDArray[np.float32]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work, the least of three runs: what else goes on, on the machine or among
    the test's own leftovers, is no matter of the work."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


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


def evidence_of(alignment: Alignment) -> Evidence:
    """The evidence of an alignment that the fake encoder's vectors have made."""
    return compare(alignment, FakeEncoder().encode)


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


@pytest.fixture
def checker() -> Checker:
    """A checker with the encoder of a few words."""
    return Checker(encoder=FakeEncoder())


@pytest.fixture(scope="session")
def converted_model() -> None:
    """The default model is converted. The first run in a new environment says that it converts,
    which no test of a command's output should depend on."""
    load_encoder("e5-small", models=load_models(), languages=("en", "ru"))


@pytest.fixture(autouse=True)
def _converted(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("model"):
        request.getfixturevalue("converted_model")


@pytest.fixture(scope="session")
def real_checker() -> Checker:
    """A checker with the bundled default model, from the user's cache; for tests marked `model`."""
    return Checker("e5-small")


_kept: dict[tuple[object, ...], Checker] = {}


@pytest.fixture
def kept_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line with checkers that are kept from test to test, so that a process loads a model once
    and encodes a sentence once. For tests of what a command says of texts: what it says while it loads a
    model is left out."""

    def kept_checker(
        model: str | None = None,
        *,
        models: Path | None = None,
        max_size: int = DEFAULT_MAX_SIZE,
        judge: str | None = None,
        cache: bool = False,
        progress: Callable[[str], None] | None = None,
        **own: Any,
    ) -> Checker:
        if own:  # settings or an encoder
            return Checker(model, models=models, max_size=max_size, judge=judge, cache=cache, **own)
        where = os.environ.get("MLCHECK_CACHE") if cache else None
        key = model, load_models(models), max_size, judge, cache, where
        if key not in _kept:
            _kept[key] = Checker(model, models=models, max_size=max_size, judge=judge, cache=cache)
        return _kept[key]

    monkeypatch.setattr("mlcheck.pipeline.Checker", kept_checker)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of paragraphs into the test's own folder."""

    def write_file(name: str, *paragraphs: str) -> Path:
        path = tmp_path / name
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line with the encoder of a few words in the place of models."""

    def checker_of_few_words(
        model: str | None = None,
        *,
        models: Path | None = None,
        settings: Settings | None = None,
        max_size: int = DEFAULT_MAX_SIZE,
        judge: str | None = None,
        **_: object,
    ) -> Checker:
        return Checker(
            model, models=models, settings=settings, max_size=max_size, encoder=FakeEncoder(), judge=judge
        )

    monkeypatch.setattr("mlcheck.pipeline.Checker", checker_of_few_words)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in the test's own folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mlcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        code = exit_.value.code
        assert code is None or isinstance(code, int)
        return code or 0, *capsys.readouterr()

    return run_it
