"""The mathematics that rooms share."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.statistics import log_odds, log_odds_of, logistic, read_coefficients, sigmoid, sigmoids

ANY = st.floats(allow_nan=False, allow_infinity=True)


@given(ANY)
def test_a_sigmoid_is_a_probability_and_never_overflows(x: float) -> None:
    assert 0 < sigmoid(x) <= 1
    assert sigmoids(np.array([x]))[0] == pytest.approx(sigmoid(x))


@given(st.floats(-7.9, 7.9))
def test_log_odds_undo_it(x: float) -> None:
    assert log_odds(sigmoid(x)) == pytest.approx(x)
    assert log_odds_of(np.array([sigmoid(x)]))[0] == pytest.approx(x)


@pytest.mark.parametrize(("probability", "odds"), [(0.0, -8.0), (1.0, 8.0), (0.5, 0.0)])
def test_log_odds_have_bounds(probability: float, odds: float) -> None:
    assert log_odds(probability) == log_odds_of(np.array([probability]))[0] == odds


def test_precision_is_kept() -> None:
    assert sigmoids(np.zeros(2, np.float32)).dtype == np.float32


def test_a_logistic_model_is_a_sum() -> None:
    weights = {"intercept": -1.0, "a": 2.0, "b": 0.5, "unused": 9.0}
    assert logistic({"a": 1.0, "b": 4.0}, weights) == 1 / (1 + math.exp(-3.0))


def test_coefficients_are_read_once() -> None:
    first = read_coefficients("mlcheck.align")
    assert first is read_coefficients("mlcheck.align")
    assert "divergence" in first
