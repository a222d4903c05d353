"""The bundled judge's files: `judge.safetensors` with the weights, and `judge.json`, its card.

The card has `name`, `format`, the `sha256` of the weights, and `calibration`: two numbers a, b by which
a logit becomes a probability, 1 / (1 + exp(-(a * logit + b))).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from mlcheck.errors import ModelError
from mlcheck.models.store import sha256_of

__all__ = [
    "JUDGE_CARD",
    "JUDGE_FOLDER",
    "JUDGE_FORMAT",
    "JUDGE_WEIGHTS",
    "Card",
    "is_bundled",
    "read_card",
    "read_weight_file",
]

JUDGE_FORMAT = 2
"""Of both files; raise it when older ones cannot be read any more."""
JUDGE_FOLDER = Path(__file__).parents[1] / "judge"
JUDGE_WEIGHTS, JUDGE_CARD = "judge.safetensors", "judge.json"
_AGAIN = "install mlcheck again"


@dataclass(frozen=True, slots=True)
class Card:
    """What `judge.json` says. `calibration` is a, b; see the module."""

    name: str
    sha256: str
    calibration: tuple[float, float]


def is_bundled(folder: Path = JUDGE_FOLDER) -> bool:
    """Whether this copy of mlcheck came with a judge."""
    return (folder / JUDGE_WEIGHTS).is_file()


def read_card(folder: Path = JUDGE_FOLDER) -> Card:
    """The card; raise `ModelError` where it is not one."""
    path = folder / JUDGE_CARD
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        a, b = map(float, content["calibration"])
        card = Card(name=str(content["name"]), sha256=str(content["sha256"]), calibration=(a, b))
        known = int(content["format"])
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: not the card of a judge; {_AGAIN}") from error
    if known != JUDGE_FORMAT:
        raise ModelError(f"{path}: format {known}, and this mlcheck reads format {JUDGE_FORMAT}; {_AGAIN}")
    return card


def read_weight_file(card: Card, folder: Path = JUDGE_FOLDER) -> bytes:
    """The bytes of the weights, if their hash is the card's; else raise `ModelError`."""
    path = folder / JUDGE_WEIGHTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    found = sha256_of(data)
    if found != card.sha256:
        raise ModelError(
            f"{path}: damaged (SHA-256 {found[:12]}…, expected {card.sha256[:12]}…); "
            f"{_AGAIN}, or check without it (--judge none)"
        )
    return data
