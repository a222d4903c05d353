"""A model folder that brings, or names, program text of its own is refused, and none of it runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paths import TESTS

from mlcheck.errors import ModelError
from mlcheck.models import find_entry, load_models, local_folder, model_status
from mlcheck.models.trust import refuse_own_code

MODELS = load_models(cwd=TESTS)
Run = Callable[..., tuple[int, str, str]]

TRANSFORMER = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}
JUDGE = {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
DEEP = "[" * 100_000 + "]" * 100_000


def put(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encoder's folder, and a judge's; and beside its files a module that leaves a trace where it runs."""
    model = tmp_path / "model"
    put(model, "modules.json", [TRANSFORMER])
    put(model, "config.json", JUDGE)
    put(model, "model.safetensors", "")
    put(model, "own.py", f"open({str(tmp_path / 'ran')!r}, 'w').close()\nclass Own: pass\n")
    return model


def refused(folder: Path) -> str:
    with pytest.raises(ModelError) as raised:
        refuse_own_code(folder)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modules.json", [TRANSFORMER, {**TRANSFORMER, "type": "own.Own"}]),
        ("modules.json", [{**TRANSFORMER, "type": "sentence_transformers_own.Own"}]),
        ("modules.json", [{**TRANSFORMER, "type": "sentence_transformers.util.torch"}]),
        ("modules.json", [{**TRANSFORMER, "type": 3}]),
        ("modules.json", [{"idx": 0, "path": ""}]),
        ("1_Dense/config.json", {"activation_function": "own.Own"}),
        ("1_Dense/config.json", {"activation_function": "torch.hub.load"}),
        ("config.json", {**JUDGE, "sentence_transformers": {"activation_fn": "own.Own"}}),
        ("config.json", {**JUDGE, "sbert_ce_default_activation_function": "own.Own"}),
        ("router_config.json", {"types": {"query_0_Own": "own.Own"}}),
        ("0_Words/wordembedding_config.json", {"tokenizer_class": "own.Own"}),
        ("adapter_config.json", {"auto_mapping": {"base_model_class": "Own", "parent_library": "own.x"}}),
    ],
)
def test_a_class_of_another_library(folder: Path, name: str, content: Any) -> None:
    put(folder, name, content)
    assert "is no class of sentence-transformers" in refused(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", {**JUDGE, "auto_map": {"AutoModel": "own.Own"}}),
        ("config.json", {**JUDGE, "text_config": {"auto_map": {"AutoModel": "own.Own"}}}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["own.Own", None]}}),
        ("sentence_bert_config.json", {"model_args": {"trust_remote_code": True}}),
    ],
)
def test_program_text_of_its_own(folder: Path, name: str, content: Any) -> None:
    put(folder, name, content)
    assert "brings program text of its own" in refused(folder)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("modules.json", {"own": "Own"}, "not a list of modules"),
        ("modules.json", [{**TRANSFORMER, "path": "../other"}], "lies outside the folder"),
        ("modules.json", [{**TRANSFORMER, "path": "/other"}], "lies outside the folder"),
        ("modules.json", [{**TRANSFORMER, "path": "C:\\other"}], "lies outside the folder"),
        ("config.json", DEEP, "nested too deeply"),
        ("tokenizer_config.json", "{", "not JSON"),
    ],
)
def test_what_cannot_be_told(folder: Path, name: str, content: Any, why: str) -> None:
    put(folder, name, content)
    assert why in refused(folder)


def test_what_real_models_have_is_left_alone(folder: Path) -> None:
    types = ["models.Transformer", "models.Dense", "base.modules.dense.Dense", "sparse_encoder.models.Pool"]
    put(folder, "modules.json", [{**TRANSFORMER, "type": f"sentence_transformers.{name}"} for name in types])
    put(folder, "1_Dense/config.json", {"activation_function": "torch.nn.modules.activation.Tanh"})
    put(folder, "config.json", {**JUDGE, "activation_function": "gelu_new", "trust_remote_code": False})
    put(folder, "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "types": "a word"})
    put(folder, "tokenizer.json", DEEP)  # no library imports anything by it
    refuse_own_code(folder)
    assert local_folder(find_entry(str(folder), MODELS)) == folder
    assert local_folder(find_entry(str(folder), MODELS, "judge")) == folder


@pytest.mark.parametrize("architectures", [7, "BertForSequenceClassification", None, {"a": 1}])
def test_architectures_that_are_no_list(folder: Path, architectures: Any) -> None:
    put(folder, "config.json", {"architectures": architectures})
    status = model_status(find_entry(str(folder), MODELS, "judge"))
    assert not status.usable
    assert "not a CrossEncoder" in status.why


@pytest.mark.parametrize("option", ["model", "judge"])
def test_a_configuration_names_a_folder_with_code(
    folder: Path,
    option: str,
    run: Run,
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if option == "judge":
        request.getfixturevalue("fake_model")  # the encoder is loaded first
    put(folder, "modules.json", [{**TRANSFORMER, "type": "own.Own"}])
    put(folder, "config.json", {**JUDGE, "auto_map": {"AutoModelForSequenceClassification": "own.Own"}})
    monkeypatch.syspath_prepend(folder)  # as where the folder is the working folder of python -m mlcheck
    a, b = write("a.txt", "The ferry will cross the bay."), write("b.txt", "Die Fähre überquert die Bucht.")
    write("mlcheck.toml", f'{option} = "model"')
    status, out, error = run("check", a, b, "--lang", "en", "--lang", "de")
    assert (status, out) == (2, "")
    assert error == (
        "mlcheck: model/config.json: the model brings program text of its own (auto_map), which mlcheck does "
        "not run\n"
    )
    assert not (folder.parent / "ran").exists()
