"""multilingual-e5-small as an ONNX graph, made with `onnx.helper`, without torch.

Why a graph of our own, and not one of the runtimes that are there already:

* the package's C engine gives sentence vectors only; words need the token states too, and it is
  the slowest of the ways that were timed;
* torch takes seconds to import, which a command at a terminal cannot spend.

The graph takes one text (a vector of token ids), not a padded batch, so a vector is a function of
its text alone, whatever stands beside it in the document. Two threads make up for it.

The matrix products are in 8-bit integers. What that costs, over 200 sentences of seven languages
(cosine to the same weights in float32; one core with VNNI, where integers shine most):

    products                                          least    mean     sentences/s
    float32                                           1        1         91
    4-bit blocks, 8-bit activations (MatMulNBits)     .9999    .9999    125
    8 bits, one activation scale a tensor             .993     .997     274
    8 bits, one a token, symmetric                    .9983    .9991    234
    8 bits, one a token, with a zero point            .9993    .9996    211
    the same, two channels divided by four            .9996    .9998    224   (this)

Three things make the last line. Some tokens' states are ten times the others', so one scale for the
text leaves an ordinary token few bits; a scale a token does not. A range is rarely symmetric (after
Gelu it never is), so a zero point is worth most of a bit; it is a rank-one term, `offset * (sum of
the weights)`, added after the integer product. And two channels are loud in every layer: `LOUD`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from mlcheck.encode.e5_weights import E5Weights
from mlcheck.models import Builder

__all__ = ["LOUD", "WORD_LAYERS", "build_graph"]

WORD_LAYERS = (8, 12)
"""The layers whose token states are outputs; 8 tells divergence of words best, 12 is the last."""

LOUD = {15: 4.0, 35: 4.0}
"""Channels of the layers' states that alone set a token's range; divided before quantising, and the
weights that read them multiplied. Found over 1,000 sentences, in these weights; more channels, or
larger divisors, gained nothing more."""


def build_graph(weights: E5Weights) -> onnx.ModelProto:
    """The model: input `ids` (tokens,) int64; outputs `vector` (hidden,), unit length, and
    `words_N` (tokens, hidden), the states after layer N, for N in `WORD_LAYERS`."""
    b = Builder()
    x = _embeddings(b, weights)
    for layer in range(weights.layers):
        prefix = f"l{layer}."
        x = _residual(b, weights, prefix + "aln", x, _attention(b, weights, prefix, x))
        x = _residual(b, weights, prefix + "oln", x, _feed_forward(b, weights, prefix, x))
        if layer + 1 in WORD_LAYERS:
            b.name(x, f"words_{layer + 1}")
    mean = b.op("ReduceMean", x, b.ints(0), keepdims=0)
    b.nodes.append(helper.make_node("LpNormalization", [mean], ["vector"], axis=0, p=2))
    return _model(b, weights.hidden)


def _embeddings(b: Builder, weights: E5Weights) -> str:
    v = weights.vectors
    words = weights.matrices["emb.word"]
    table = b.const(v["emb.pos"].reshape(-1, weights.hidden))
    positions = b.op("Slice", table, b.ints(0), b.op("Shape", "ids"), b.ints(0))
    x = b.op("Add", b.embed("ids", words.codes, words.scales), positions)
    x = b.op("Add", x, b.const(v["emb.type"][: weights.hidden]))
    return b.norm(x, v["emb.ln.w"], v["emb.ln.b"], weights.epsilon)


def _attention(b: Builder, weights: E5Weights, prefix: str, x: str) -> str:
    """Queries, keys and values in one product: one call's overhead in place of three."""
    matrix = np.concatenate([weights.matrices[f"{prefix}{part}.w"].dense() for part in "qkv"])
    bias = np.concatenate([weights.vectors[f"{prefix}{part}.b"] for part in "qkv"])
    mixed = b.attention(_from_state(b, x, matrix, bias), weights.heads, weights.hidden)
    return _linear(b, weights, prefix + "ao", mixed)


def _feed_forward(b: Builder, weights: E5Weights, prefix: str, x: str) -> str:
    matrix, bias = weights.matrices[prefix + "fi.w"].dense(), weights.vectors[prefix + "fi.b"]
    return _linear(b, weights, prefix + "fo", b.op("Gelu", _from_state(b, x, matrix, bias)))


def _from_state(b: Builder, x: str, matrix: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
    """A product with the state of a layer, whose loud channels are turned down for it."""
    divisors = np.ones(matrix.shape[1], np.float32)
    divisors[list(LOUD)] = list(LOUD.values())
    return b.linear(b.quantise(b.op("Mul", x, b.const(1 / divisors))), matrix * divisors, bias)


def _linear(b: Builder, weights: E5Weights, name: str, x: str) -> str:
    return b.linear(b.quantise(x), weights.matrices[name + ".w"].dense(), weights.vectors[name + ".b"])


def _residual(b: Builder, weights: E5Weights, norm: str, x: str, change: str) -> str:
    v = weights.vectors
    return b.norm(b.op("Add", x, change), v[norm + ".w"], v[norm + ".b"], weights.epsilon)


def _model(b: Builder, hidden: int) -> onnx.ModelProto:
    out = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [hidden])]
    out += [
        helper.make_tensor_value_info(f"words_{n}", TensorProto.FLOAT, ["tokens", hidden])
        for n in WORD_LAYERS
    ]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])
    return b.model("multilingual-e5-small", [ids], out)
