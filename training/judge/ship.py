"""From the network that was trained to the two files that mlcheck brings; and back, for tests.

python -m training.judge.ship JUDGE.pt [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.numpy import save as to_bytes

from mlcheck.judge.weights import read_weights
from mlcheck.models import (
    JUDGE_CARD,
    JUDGE_FOLDER,
    JUDGE_FORMAT,
    JUDGE_WEIGHTS,
    quantise_weights,
    read_card,
    read_weight_file,
    sha256_of,
)
from training.judge.model import HIDDEN, Judge

__all__ = ["load", "save"]

_MOST_BYTES = 10_000_000
_MIX = 4 * HIDDEN
"""Columns of `mix` that are kept as integers; see mlcheck/judge/weights.py."""


def save(
    judge: Judge,
    folder: Path = JUDGE_FOLDER,
    *,
    name: str = "judge-1",
    calibration: tuple[float, float] = (1.0, 0.0),
) -> None:
    """Write the weights and the card of `judge` into a folder, by default that of the package."""
    tensors = {}
    for key, tensor in judge.state_dict().items():
        array = tensor.detach().float().cpu().numpy()
        if key.endswith("mix.weight"):
            tensors[key.replace("weight", "figures")] = array[:, _MIX:].copy()
            array = array[:, :_MIX].copy()
        if key.endswith("weight") and array.ndim == 2 and len(array) > 1:
            tensors[key + ".codes"], tensors[key + ".step"] = quantise_weights(array)
        else:
            tensors[key] = array
    data = to_bytes(tensors)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{len(data)} bytes; the package has room for {_MOST_BYTES}")
    card = {"name": name, "format": JUDGE_FORMAT, "sha256": sha256_of(data), "calibration": list(calibration)}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JUDGE_WEIGHTS).write_bytes(data)
    (folder / JUDGE_CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def load(folder: Path = JUDGE_FOLDER) -> Judge:
    """The network with the weights that were saved, rounded as they are there."""
    weights = read_weights(read_weight_file(read_card(folder), folder))
    state = {name: torch.from_numpy(array.copy()) for name, array in weights.vectors.items()}
    for name, matrix in weights.matrices.items():
        state[name] = torch.from_numpy(matrix.dense())
        if name.endswith("mix.weight"):
            figures = state.pop(name.replace("weight", "figures"))
            state[name] = torch.cat([state[name], figures], dim=1)
    judge = Judge()
    judge.load_state_dict(state)
    return judge.eval()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("judge", type=Path)
    parser.add_argument("--folder", type=Path, default=JUDGE_FOLDER)
    arguments = parser.parse_args()
    judge = Judge()
    judge.load_state_dict(torch.load(arguments.judge, weights_only=True))
    save(judge.eval(), arguments.folder)


if __name__ == "__main__":
    main()
