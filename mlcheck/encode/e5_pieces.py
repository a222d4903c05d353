"""Texts into e5's pieces, without its 250,000 pieces in memory.

Which of its ways to cut a text is the best depends on those pieces alone that stand somewhere in it. So the
library's own tokenizer is made of these few, for some texts at a time: it normalises, cuts and counts
characters as the whole one does, and gives the same. Making the whole one took a second of each start and
300 MB.

Which pieces stand in a text is looked up by hash in a table that is made once. A piece too many, where two
hashes are the same by chance, changes nothing: it stands nowhere in the text.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["PieceTokenizer", "make_table"]

Ids = list[int]
Offsets = list[tuple[int, int]]

_SPACE = "▁"
_BASE = np.uint64(0x9E3779B97F4A7C15)
"""Of the polynomial that hashes a string: any odd number with bits all over."""
_TEXTS = 256
"""Cut with one tokenizer. A news item's sentences have some 4,000 pieces, which take ten milliseconds."""


def make_table(tokenizer: bytes) -> bytes:
    """What `PieceTokenizer` reads, of a `tokenizer.json` with a Unigram model and e5's normaliser.

    Raises `ValueError` where two pieces have one hash: none of e5's have.
    """
    from safetensors.numpy import save

    content = json.loads(tokenizer)
    vocabulary = content["model"]["vocab"]
    texts = [piece.encode() for piece, _ in vocabulary]
    hashes = _hashes_of([piece for piece, _ in vocabulary])
    order = np.argsort(hashes, kind="stable")
    if len(np.unique(hashes)) < len(hashes):
        raise ValueError("two pieces have the same hash")
    character_map = content["normalizer"]["normalizers"][0]["precompiled_charsmap"]
    return save(
        {
            "hashes": hashes[order],
            "ids": order.astype(np.int32),
            "scores": np.array([score for _, score in vocabulary], np.float64),
            "text": np.frombuffer(b"".join(texts), np.uint8),
            "ends": np.cumsum([len(text) for text in texts]).astype(np.int32),
            "unknown": np.array(content["model"]["unk_id"], np.int32),
            "longest": np.array(max(len(piece) for piece, _ in vocabulary), np.int32),
            "characters": np.frombuffer(b64decode(character_map), np.uint8),
        }
    )


class PieceTokenizer:
    """e5's tokenizer; see the module. It may be used from several threads."""

    def __init__(self, table: bytes) -> None:
        """`table` is from `make_table`. Raises `ImportError` without `tokenizers`, and `KeyError`,
        `ValueError` or `SafetensorError` where the table is something else."""
        from safetensors.numpy import load

        from mlcheck.encode.e5_tokenizer import normaliser

        arrays = load(table)
        self._hashes, self._ids, self._scores = arrays["hashes"], arrays["ids"], arrays["scores"]
        self._text, self._ends = arrays["text"].tobytes(), arrays["ends"]
        self._longest = int(arrays["longest"])
        # The worst score says what an unknown character costs.
        self._always = np.array([int(arrays["unknown"]), int(self._scores.argmin())])
        self._normaliser = normaliser(arrays["characters"].tobytes())

    def split(self, texts: Sequence[str]) -> list[tuple[Ids, Offsets]]:
        """The ids of each text's pieces, without marks at the ends, and where in the text they stand, in
        code points."""
        found: list[tuple[Ids, Offsets]] = []
        for start in range(0, len(texts), _TEXTS):
            found += self._some(texts[start : start + _TEXTS])
        return found

    def _some(self, texts: Sequence[str]) -> list[tuple[Ids, Offsets]]:
        ids = self._within(texts)
        tokenizer = self._tokenizer(ids)
        found = []
        for text in texts:
            encoding = tokenizer.encode(text, add_special_tokens=False)
            found.append((ids[encoding.ids].tolist(), encoding.offsets))
        return found

    def _within(self, texts: Sequence[str]) -> npt.NDArray[np.int64]:
        """The numbers of all pieces that stand in these texts, sorted."""
        whole = "".join(_SPACE + self._normaliser.normalize_str(text) for text in texts)
        words = dict.fromkeys(whole.replace(" ", _SPACE).split(_SPACE))  # no piece reaches over a space
        characters = _characters(_SPACE + _SPACE.join(words))
        found = [self._always]
        hashes = np.zeros(len(characters), np.uint64)
        for length in range(1, min(self._longest, len(characters)) + 1):
            hashes = _longer(hashes, characters, length)
            asked = np.unique(hashes)
            at = np.minimum(np.searchsorted(self._hashes, asked), len(self._hashes) - 1)
            found.append(self._ids[at[self._hashes[at] == asked]])
        return np.unique(np.concatenate(found)).astype(np.int64)

    def _tokenizer(self, ids: npt.NDArray[np.int64]) -> Any:
        """The library's, of these pieces alone."""
        from mlcheck.encode.e5_tokenizer import unigram

        ends = self._ends[ids].tolist()
        starts = np.where(ids > 0, self._ends[ids - 1], 0).tolist()
        texts = (self._text[start:end].decode() for start, end in zip(starts, ends, strict=True))
        pieces = list(zip(texts, self._scores[ids].tolist(), strict=True))
        return unigram(pieces, int(np.searchsorted(ids, self._always[0])), self._normaliser)


def _hashes_of(pieces: Sequence[str]) -> npt.NDArray[np.uint64]:
    hashes = np.zeros(len(pieces), np.uint64)
    by_length: dict[int, list[int]] = {}
    for number, piece in enumerate(pieces):
        by_length.setdefault(len(piece), []).append(number)
    for length, numbers in by_length.items():
        characters = _characters("".join(pieces[number] for number in numbers)).reshape(-1, length)
        value = np.zeros(len(numbers), np.uint64)
        for column in characters.T:
            value = value * _BASE + column
        hashes[numbers] = value
    return hashes


def _longer(
    hashes: npt.NDArray[np.uint64], characters: npt.NDArray[np.uint64], length: int
) -> npt.NDArray[np.uint64]:
    """The hashes of all strings of `length`, from those of one character less."""
    ends = characters[length - 1 :]
    return hashes[: len(ends)] * _BASE + ends


def _characters(text: str) -> npt.NDArray[np.uint64]:
    """Code points, from 1 on, so that no string is another with something before it."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64) + np.uint64(1)
