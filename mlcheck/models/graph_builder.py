"""ONNX graphs, put together node by node with `onnx.helper`; the large products are in 8-bit integers.

`encode/e5_graph.py` says what that costs, and why it is done so.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

__all__ = ["Builder", "Tokens", "quantise_weights"]

_OPSET = 21
_RUNTIME = "com.microsoft"
"""onnxruntime's own operators; one of them scales an integer product while it is still in cache."""


class Tokens(NamedTuple):
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


class Builder:
    """Collects nodes and initialisers; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def const(self, array: npt.NDArray[Any], name: str | None = None) -> str:
        """A constant."""
        name = name or self._name("c")
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def ints(self, *values: int) -> str:
        """A constant of whole numbers."""
        return self.const(np.array(values, np.int64))

    def number(self, value: float) -> str:
        """A constant of no dimensions."""
        return self.const(np.array(value, np.float32))

    def ops(self, kind: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        """A node with several results."""
        names = [self._name(kind) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node with one result."""
        return self.ops(kind, *inputs, outputs=1, **attributes)[0]

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"

    def quantise(self, x: str) -> Tokens:
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
        return Tokens(codes, scale, self.op("Concat", self.op("Mul", zero, minus), one, axis=1))

    def linear(self, x: Tokens, matrix: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """x @ matrix.T + bias, the product in integers; `matrix` is (out, in)."""
        return self.integer_linear(x, *quantise_weights(matrix), bias)

    def integer_linear(
        self,
        x: Tokens,
        codes: npt.NDArray[np.int8],
        step: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> str:
        """As `linear`, of weights that are in integers already, as `quantise_weights` gives them."""
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
        """Layer normalisation over the last axis."""
        return self.op("LayerNormalization", x, self.const(gain), self.const(bias), axis=-1, epsilon=epsilon)

    def embed(self, ids: str, codes: npt.NDArray[np.uint8], scales: npt.NDArray[np.float16]) -> str:
        """Rows of a four-bit table, unpacked after they are gathered: (tokens, columns).

        `codes` is (rows, columns / 2), two weights a byte: the low halves of a block's 16 bytes are its
        first 16 weights, the high halves its last 16. `scales` is (rows, columns / 32). The table stays in
        its blocks of four bits: exact, and half of the file that 8 bits would be.
        """
        blocks = scales.shape[1]
        gathered = self.op("Gather", self.const(codes, "embedding.codes"), ids)
        gathered = self.op("Reshape", gathered, self.ints(-1, blocks, 16))
        low = self.op("BitwiseAnd", gathered, self.const(np.array(15, np.uint8)))
        high = self.op("BitShift", gathered, self.const(np.array(4, np.uint8)), direction="RIGHT")
        both = self.op("Cast", self.op("Concat", low, high, axis=2), to=TensorProto.FLOAT)
        steps = self.op("Gather", self.const(scales, "embedding.scales"), ids)
        steps = self.op("Unsqueeze", self.op("Cast", steps, to=TensorProto.FLOAT), self.ints(2))
        rows = self.op("Mul", self.op("Sub", both, self.number(8)), steps)
        return self.op("Reshape", rows, self.ints(-1, blocks * 32))

    def attention(self, qkv: str, heads: int, hidden: int) -> str:
        """Of queries, keys and values side by side, (tokens, 3 * hidden): (tokens, hidden)."""
        head = hidden // heads
        y = self.op("Reshape", qkv, self.ints(-1, 3 * heads, head))
        y = self.op("Transpose", y, perm=(1, 0, 2))
        query, key, value = self.ops("Split", y, outputs=3, axis=0, num_outputs=3)
        scores = self.op("MatMul", query, self.op("Transpose", key, perm=(0, 2, 1)))
        scores = self.op("Mul", scores, self.number(head**-0.5))
        mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), value)
        return self.op("Reshape", self.op("Transpose", mixed, perm=(1, 0, 2)), self.ints(-1, hidden))

    def name(self, value: str, name: str) -> None:
        """Give a result the name of an output."""
        self.nodes.append(helper.make_node("Identity", [value], [name]))

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """All that was collected, as a model."""
        return helper.make_model(
            helper.make_graph(self.nodes, name, inputs, outputs, self.constants),
            opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)],
            ir_version=10,
            producer_name="mlcheck",
        )
