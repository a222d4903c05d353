"""Any sentence-transformers model, from a folder or from a hub."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlcheck.data import EncoderId
from mlcheck.encode.protocol import Floats, refuse_blank
from mlcheck.models import ModelEntry, fetched_folder, opened, weights_sha256

__all__ = ["SentenceTransformerEncoder", "load_sentence_transformer"]


class SentenceTransformerEncoder:
    """Wraps a `SentenceTransformer`; long texts are encoded in parts, not cut off."""

    def __init__(
        self, model: Any, prefix: str, identity: EncoderId, languages: frozenset[str] | None
    ) -> None:
        self._model = model
        self._prefix = prefix
        self.id = identity
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> Floats:
        """(texts, dimensions) float32, rows of length 1; a blank text raises `ValueError`.

        The last digits of a row may depend on the other texts: batches are padded.
        """
        refuse_blank(texts)
        if not texts:
            return self._encode(["-"])[:0]
        parts = [self._parts(text) for text in texts]
        rows = iter(self._encode([part for split in parts for part, _ in split]).astype(np.float64))
        sums = np.stack([np.sum([size * next(rows) for _, size in split], axis=0) for split in parts])
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, None]:
        """What `encode` gives, and None: which layer tells words apart differs by model, and has
        been measured for the bundled one only."""
        return self.encode(texts), None

    def _encode(self, parts: list[str]) -> Floats:
        vectors: Floats = self._model.encode(
            parts,
            # None and not "": a model may have a default prompt of its own.
            prompt=self._prefix or None,
            batch_size=16,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return vectors

    def _parts(self, text: str) -> list[tuple[str, int]]:
        """The text in parts that the model reads to their end, each with its number of tokens."""
        tokenizer: Any = getattr(self._model, "tokenizer", None)
        limit = self._model.max_seq_length
        if limit is None or not getattr(tokenizer, "is_fast", False):
            return [(text, 1)]
        offsets = _offsets(tokenizer, text)
        room = limit - tokenizer.num_special_tokens_to_add() - len(_offsets(tokenizer, self._prompt()))
        if len(offsets) <= room or room < 1:
            return [(text, 1)]
        starts = list(range(0, len(offsets), room))
        cuts = [0, *(offsets[start][0] for start in starts[1:]), len(text)]
        pieces = zip(cuts, cuts[1:], starts, strict=False)
        return [(text[a:b], min(room, len(offsets) - start)) for a, b, start in pieces if text[a:b].strip()]

    def _prompt(self) -> str:
        default = self._model.default_prompt_name
        return self._prefix or (self._model.prompts.get(default, "") if default else "")


def load_sentence_transformer(
    entry: ModelEntry, *, offline: bool = False, progress: Callable[[str], None] | None = None
) -> SentenceTransformerEncoder:
    """The encoder of a `hub:` or folder entry; raise `ModelError` where it cannot be had."""
    folder = fetched_folder(entry, offline=offline, progress=progress)
    revision = folder.name if entry.kind == "hub" else entry.revision
    if entry.prefix:
        # Vectors made with another prefix are other vectors, and must not be taken for these.
        revision = f"{revision} prefix={entry.prefix!r}"
    model = opened(folder, "SentenceTransformer")
    identity = EncoderId(name=entry.name, revision=revision, sha256=weights_sha256(folder))
    return SentenceTransformerEncoder(model, entry.prefix, identity, entry.codes)


def _offsets(tokenizer: Any, text: str) -> list[tuple[int, int]]:
    encoding = tokenizer(
        text, add_special_tokens=False, truncation=False, return_offsets_mapping=True, verbose=False
    )
    return list(encoding["offset_mapping"])
