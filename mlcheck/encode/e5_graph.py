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
the weights)`, added after the integer product. And two channels are loud in every layer: `_LOUD`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from mlcheck.encode.e5_weights import E5Weights, Q4Matrix

__all__ = ["WORD_LAYERS", "build_graph", "quantise_weights"]

OPSET = 21
WORD_LAYERS = (8, 12)
"""The layers whose token states are outputs; 8 tells divergence of words best, 12 is the last."""

_LOUD = {15: 4.0, 35: 4.0}
"""Channels of the layers' states that alone set a token's range; divided before quantising, and the
weights that read them multiplied. Found over 1,000 sentences, in these weights; more channels, or
larger divisors, gained nothing more."""

_RUNTIME = "com.microsoft"
"""onnxruntime's own operators; one of them scales an integer product while it is still in cache."""


class _Tokens(NamedTuple):
    """Token states in 8 bits: `codes * scale + offset` a row. Names of values in the graph."""

    codes: str
    scale: str
    offset_and_one: str


def quantise_weights(
    matrix: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """(rows, columns) as int8 codes and a step a row, such that no product saturates.

    Processors without VNNI add two neighbouring products, 0..255 times the code, in 16 bits, and
    clip what does not fit: vectors would differ between machines. Seven bits for all would be safe
    and cost as much accuracy as all the rest. But it is only sums of two of the same sign that must
    stay within 128, so the step is the smallest that keeps to this among any two of four
    neighbours (the group in which the kernels work); few rows need a larger one than 8 bits do.
    """
    groups = matrix.astype(np.float64).reshape(len(matrix), -1, 4)
    two = [np.sort(np.maximum(part, 0), axis=2)[..., -2:].sum(axis=2) for part in (groups, -groups)]
    # 127 and not 128: rounding may add a half to each of the two.
    step = np.maximum(np.maximum(*two).max(axis=1), 1e-12) / 127
    codes = np.rint(matrix / step[:, None]).astype(np.int8)
    return codes, step.astype(np.float32)


class _Builder:
    """Collects nodes and initialisers; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def const(self, array: npt.NDArray[Any], name: str | None = None) -> str:
        name = name or self._name("c")
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def ints(self, *values: int) -> str:
        return self.const(np.array(values, np.int64))

    def number(self, value: float) -> str:
        return self.const(np.array(value, np.float32))

    def ops(self, kind: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        names = [self._name(kind) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        return self.ops(kind, *inputs, outputs=1, **attributes)[0]

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"

    def quantise(self, x: str) -> _Tokens:
        """Each row of (tokens, columns) to 0..255 between its own least and greatest."""
        low = self.op("ReduceMin", x, self.ints(-1))
        spread = self.op("Sub", self.op("ReduceMax", x, self.ints(-1)), low)
        scale = self.op("Mul", spread, self.number(1 / 255))
        minus = self.op("Mul", spread, self.number(-1 / 255))
        zero = self.op("Round", self.op("Div", low, minus))
        flat = self.ints(-1)
        codes = self.op(
            "QuantizeLinear",
            x,
            self.op("Reshape", scale, flat),
            self.op("Reshape", self.op("Cast", zero, to=TensorProto.UINT8), flat),
            axis=0,
        )
        one = self.op("Div", scale, scale)
        return _Tokens(codes, scale, self.op("Concat", self.op("Mul", zero, minus), one, axis=1))

    def linear(self, x: _Tokens, matrix: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """x @ matrix.T + bias, the product in integers; `matrix` is (out, in)."""
        codes, step = quantise_weights(matrix)
        product = self.op(
            "MatMulIntegerToFloat",
            x.codes,
            self.const(codes.T),
            self.number(1),
            self.const(step),
            domain=_RUNTIME,
        )
        product = self.op("Mul", product, x.scale)
        sums = (codes.sum(axis=1, dtype=np.int64) * step).astype(np.float32)
        return self.op("Gemm", x.offset_and_one, self.const(np.stack([sums, bias])), product)

    def norm(self, x: str, gain: npt.NDArray[Any], bias: npt.NDArray[Any], epsilon: float) -> str:
        return self.op("LayerNormalization", x, self.const(gain), self.const(bias), axis=-1, epsilon=epsilon)

    def embed(self, ids: str, table: Q4Matrix) -> str:
        """Rows of a four-bit table, unpacked after they are gathered: (tokens, columns).

        The table stays in its blocks of four bits: exact, and half of the file that 8 bits would be.
        """
        blocks = table.scales.shape[1]
        codes = self.op("Gather", self.const(table.codes, "embedding.codes"), ids)
        codes = self.op("Reshape", codes, self.ints(-1, blocks, 16))
        low = self.op("BitwiseAnd", codes, self.const(np.array(15, np.uint8)))
        high = self.op("BitShift", codes, self.const(np.array(4, np.uint8)), direction="RIGHT")
        both = self.op("Cast", self.op("Concat", low, high, axis=2), to=TensorProto.FLOAT)
        scales = self.op("Gather", self.const(table.scales, "embedding.scales"), ids)
        scales = self.op("Unsqueeze", self.op("Cast", scales, to=TensorProto.FLOAT), self.ints(2))
        rows = self.op("Mul", self.op("Sub", both, self.number(8)), scales)
        return self.op("Reshape", rows, self.ints(-1, blocks * 32))


def build_graph(weights: E5Weights) -> onnx.ModelProto:
    """The model: input `ids` (tokens,) int64; outputs `vector` (hidden,), unit length, and
    `words_N` (tokens, hidden), the states after layer N, for N in `WORD_LAYERS`."""
    b = _Builder()
    x = _embeddings(b, weights)
    for layer in range(weights.layers):
        prefix = f"l{layer}."
        x = _residual(b, weights, prefix + "aln", x, _attention(b, weights, prefix, x))
        x = _residual(b, weights, prefix + "oln", x, _feed_forward(b, weights, prefix, x))
        if layer + 1 in WORD_LAYERS:
            b.nodes.append(helper.make_node("Identity", [x], [f"words_{layer + 1}"]))
    mean = b.op("ReduceMean", x, b.ints(0), keepdims=0)
    b.nodes.append(helper.make_node("LpNormalization", [mean], ["vector"], axis=0, p=2))
    return _model(b, weights.hidden)


def _embeddings(b: _Builder, weights: E5Weights) -> str:
    v = weights.vectors
    table = b.const(v["emb.pos"].reshape(-1, weights.hidden))
    positions = b.op("Slice", table, b.ints(0), b.op("Shape", "ids"), b.ints(0))
    x = b.op("Add", b.embed("ids", weights.matrices["emb.word"]), positions)
    x = b.op("Add", x, b.const(v["emb.type"][: weights.hidden]))
    return b.norm(x, v["emb.ln.w"], v["emb.ln.b"], weights.epsilon)


def _attention(b: _Builder, weights: E5Weights, prefix: str, x: str) -> str:
    """Queries, keys and values in one product: one call's overhead in place of three."""
    head = weights.hidden // weights.heads
    matrix = np.concatenate([weights.matrices[f"{prefix}{part}.w"].dense() for part in "qkv"])
    bias = np.concatenate([weights.vectors[f"{prefix}{part}.b"] for part in "qkv"])
    y = _from_state(b, x, matrix, bias)
    y = b.op("Reshape", y, b.ints(-1, 3 * weights.heads, head))
    y = b.op("Transpose", y, perm=(1, 0, 2))
    query, key, value = b.ops("Split", y, outputs=3, axis=0, num_outputs=3)
    scores = b.op("MatMul", query, b.op("Transpose", key, perm=(0, 2, 1)))
    scores = b.op("Mul", scores, b.number(head**-0.5))
    mixed = b.op("MatMul", b.op("Softmax", scores, axis=-1), value)
    mixed = b.op("Reshape", b.op("Transpose", mixed, perm=(1, 0, 2)), b.ints(-1, weights.hidden))
    return _linear(b, weights, prefix + "ao", mixed)


def _feed_forward(b: _Builder, weights: E5Weights, prefix: str, x: str) -> str:
    matrix, bias = weights.matrices[prefix + "fi.w"].dense(), weights.vectors[prefix + "fi.b"]
    return _linear(b, weights, prefix + "fo", b.op("Gelu", _from_state(b, x, matrix, bias)))


def _from_state(b: _Builder, x: str, matrix: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
    """A product with the state of a layer, whose loud channels are turned down for it."""
    divisors = np.ones(matrix.shape[1], np.float32)
    divisors[list(_LOUD)] = list(_LOUD.values())
    return b.linear(b.quantise(b.op("Mul", x, b.const(1 / divisors))), matrix * divisors, bias)


def _linear(b: _Builder, weights: E5Weights, name: str, x: str) -> str:
    return b.linear(b.quantise(x), weights.matrices[name + ".w"].dense(), weights.vectors[name + ".b"])


def _residual(b: _Builder, weights: E5Weights, norm: str, x: str, change: str) -> str:
    v = weights.vectors
    return b.norm(b.op("Add", x, change), v[norm + ".w"], v[norm + ".b"], weights.epsilon)


def _model(b: _Builder, hidden: int) -> onnx.ModelProto:
    out = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [hidden])]
    out += [
        helper.make_tensor_value_info(f"words_{n}", TensorProto.FLOAT, ["tokens", hidden])
        for n in WORD_LAYERS
    ]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])
    graph = helper.make_graph(b.nodes, "multilingual-e5-small", [ids], out, b.constants)
    return helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(_RUNTIME, 1)],
        ir_version=10,
        producer_name="mlcheck",
    )
