"""The judge as an ONNX graph: training/judge/model.py, for one pair a run, in integers where it counts.

One pair a run and no padding, so a pair's outputs are a function of the pair alone.

Products of the layers are in integers. `mix` of a comparison is not: beside the states it reads their
products, whose range leaves the states few bits. Six pairs of real sentences, random comparisons, against
the same weights in floats; 89 pieces, one thread:

    in floats              error of the pair's logit   of a piece's   ms
    nothing                .067                        .126           4.1
    mix                    .014                        .014           4.9   (this)
    all                    0                           0              9.3

Turning e5's loud channels down (encode/e5_graph.py) gained nothing here.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper

from mlcheck.judge.weights import LAYERS, JudgeWeights
from mlcheck.models import Builder

__all__ = ["build_graph"]

_HIDDEN, _HEADS = 384, 12
_LAYER_EPSILON, _EPSILON = 1e-12, 1e-5
"""Of e5's normalisations, and of the judge's own."""


def build_graph(weights: JudgeWeights) -> onnx.ModelProto:
    """The model. Inputs `a` (n, 384) and `b` (m, 384): states of the pieces of either side, n, m >= 1; and
    `alike` (n, m), how alike their words look (`surface.py`).
    Outputs are logits: `pair` (1,), something differs; `pieces_a` (n,), `pieces_b` (m,), it differs.
    """
    return _Graph(weights).build()


class _Graph:
    """Both sides are in one sequence all the way, source first; only a comparison takes them apart."""

    def __init__(self, weights: JudgeWeights) -> None:
        self.weights = weights
        self.b = Builder()

    def build(self) -> onnx.ModelProto:
        b, v = self.b, self.weights.vectors
        x = b.op("Concat", "a", "b", axis=0)
        size = b.ints(_HIDDEN)
        self.lengths = b.op("Concat", b.op("Shape", "a", end=1), b.op("Shape", "b", end=1), axis=0)
        side = b.op(
            "Concat",
            *(
                b.op("Expand", b.const(row), b.op("Concat", b.op("Shape", name, end=1), size, axis=0))
                for row, name in zip(v["side"][:, None, :], ("a", "b"), strict=True)
            ),
            axis=0,
        )
        x = b.op("Add", self.comparison("first.", x), side)
        for layer in range(LAYERS):
            x = self.layer(f"layers.{layer}.", x)
        x = self.norm("norm", self.comparison("second.", x), _EPSILON)
        pieces = self.split(b.op("Reshape", self.plain("piece", x), b.ints(-1)))
        for name, value in zip("ab", pieces, strict=True):
            b.name(value, f"pieces_{name}")
        sides = self.split(x)
        pooled = [b.op(kind, part, b.ints(0)) for kind in ("ReduceMean", "ReduceMax") for part in sides]
        hidden = b.op("Gelu", self.plain("pool", b.op("Concat", *pooled, axis=1)))
        b.name(b.op("Reshape", self.plain("pair", hidden), b.ints(1)), "pair")
        inputs = [helper.make_tensor_value_info(s, TensorProto.FLOAT, [f"n_{s}", _HIDDEN]) for s in "ab"]
        inputs.append(helper.make_tensor_value_info("alike", TensorProto.FLOAT, ["n_a", "n_b"]))
        outputs = [helper.make_tensor_value_info("pair", TensorProto.FLOAT, [1])]
        outputs += [helper.make_tensor_value_info(f"pieces_{s}", TensorProto.FLOAT, [f"n_{s}"]) for s in "ab"]
        return b.model("judge", inputs, outputs)

    def comparison(self, name: str, x: str) -> str:
        b, v = self.b, self.weights.vectors
        u = self.linear(name + "same", b.op("Sub", x, b.const(v[name + "centre"])), bias=False)
        one, two = self.split(b.op("LpNormalization", u, axis=-1, p=2))
        cosines = b.op("MatMul", one, b.op("Transpose", two, perm=(1, 0)))
        sharp = b.const(np.exp(v[name + "sharp"]).astype(np.float32))
        scores = b.op("Add", cosines, b.op("Mul", "alike", b.const(v[name + "surface"])))
        got, features = [], []
        for turned, other in enumerate(self.split(x)[::-1]):
            three = scores, cosines, "alike"
            score, cosine, alike = (
                b.op("Transpose", each, perm=(1, 0)) if turned else each for each in three
            )
            weights = b.op("Softmax", b.op("Mul", score, sharp), axis=-1)
            got.append(b.op("MatMul", weights, other))
            columns = [b.op("ReduceMax", each, b.ints(-1)) for each in (cosine, alike)]
            columns.append(b.op("ReduceSum", b.op("Mul", weights, alike), b.ints(-1)))
            features.append(b.op("Concat", *columns, axis=1))
        own = self.norm(name + "norm", x, _EPSILON)
        other = self.norm(name + "norm", b.op("Concat", *got, axis=0), _EPSILON)
        beside = b.op("Concat", *features, axis=0)
        z = b.op("Concat", own, other, b.op("Sub", own, other), b.op("Mul", own, other), beside, axis=1)
        matrix = self.weights.matrices[name + "mix.weight"].dense()
        matrix = np.concatenate([matrix, v[name + "mix.figures"]], axis=1)
        mixed = b.op("Gelu", b.op("Gemm", z, b.const(matrix), b.const(v[name + "mix.bias"]), transB=1))
        return b.op("Add", x, self.linear(name + "out", mixed))

    def layer(self, name: str, x: str) -> str:
        b = self.b
        mixed = b.attention(self.linear(name + "qkv", x), _HEADS, _HIDDEN)
        x = self.norm(name + "aln", b.op("Add", x, self.linear(name + "ao", mixed)), _LAYER_EPSILON)
        inner = b.op("Gelu", self.linear(name + "fi", x))
        return self.norm(name + "oln", b.op("Add", x, self.linear(name + "fo", inner)), _LAYER_EPSILON)

    def split(self, x: str) -> list[str]:
        """A sequence's two sides."""
        return self.b.ops("Split", x, self.lengths, outputs=2, axis=0)

    def norm(self, name: str, x: str, epsilon: float) -> str:
        v = self.weights.vectors
        return self.b.norm(x, v[name + ".weight"], v[name + ".bias"], epsilon)

    def linear(self, name: str, x: str, *, bias: bool = True) -> str:
        """A product in integers."""
        matrix = self.weights.matrices[name + ".weight"]
        zeros = np.zeros(len(matrix.step), np.float32)
        added = self.weights.vectors[name + ".bias"] if bias else zeros
        return self.b.integer_linear(self.b.quantise(x), matrix.codes, matrix.step, added)

    def plain(self, name: str, x: str) -> str:
        """A product in floats: of one row, or to one number."""
        stored = self.weights.matrices.get(name + ".weight")
        matrix = self.weights.vectors[name + ".weight"] if stored is None else stored.dense()
        bias = self.b.const(self.weights.vectors[name + ".bias"])
        return self.b.op("Gemm", x, self.b.const(matrix), bias, transB=1)
