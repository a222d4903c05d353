"""The judge room's door, the bundled judge with random weights, and CrossEncoders that are made up."""

from __future__ import annotations

import json
import math
import subprocess
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import FakeEncoder
from paths import ROOT, TESTS
from tiny_judge import FakeE5, write_judge

import mlcheck
from mlcheck.data import Alignment, JudgeId, Judgement
from mlcheck.encode import Memory
from mlcheck.encode.words import join_pieces
from mlcheck.errors import ModelError
from mlcheck.judge import Judge, LoadedJudge, judge_links, load_judge
from mlcheck.judge.bundled import OnnxJudge
from mlcheck.judge.cross_encoder import CrossEncoderJudge, _entailment
from mlcheck.models import (
    JUDGE_CARD,
    JUDGE_FORMAT,
    JUDGE_WEIGHTS,
    find_entry,
    judge_folder,
    load_models,
    model_status,
    read_card,
    verify,
)
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters.to_json import as_dict

MODELS = load_models(cwd=TESTS)
OURS = find_entry("judge-1", MODELS)
Run = Callable[..., tuple[int, str, str]]

PAIRS = [
    (["The ferry will cross the bay on Sunday."], ["Die Fähre überquert die Bucht am Sonntag."]),
    (["The storm damaged the pier.", "Tickets stay valid."], ["Der Sturm beschädigte den Anleger."]),
    (["Repairs cost four million crowns."], ["Die Reparatur kostete drei Millionen.", "Die Halle ist alt."]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_judge(tmp_path_factory.mktemp("judge"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def judge(folder: Path, cache: Path) -> Judge:
    found = load(folder, cache).judge
    assert found is not None
    return found


@pytest.fixture
def bundled(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge of random weights as the one that comes with mlcheck."""
    monkeypatch.setattr("mlcheck.judge.JUDGE_FOLDER", folder)
    monkeypatch.setenv("MLCHECK_CACHE", str(cache))


def load(folder: Path, cache: Path, name: str | None = None, **options: Any) -> LoadedJudge:
    return load_judge(
        name, **{"models": MODELS, "encoder": FakeE5(), "folder": folder, "cache_dir": cache, **options}
    )


# The door


def test_none_is_no_judge(folder: Path, cache: Path) -> None:
    assert load(folder, cache, "none") == LoadedJudge(judge=None)


def test_without_the_file_there_is_none_unless_it_is_named(tmp_path: Path) -> None:
    assert load(tmp_path, tmp_path) == LoadedJudge(judge=None)
    with pytest.raises(
        ModelError, match=r"^judge-1: this copy of mlcheck comes without it; check with --judge"
    ):
        load(tmp_path, tmp_path, "judge-1")


def test_without_a_line_there_is_none(folder: Path, cache: Path) -> None:
    assert load(folder, cache, models=MODELS[:2]) == LoadedJudge(judge=None)


def test_another_encoder(folder: Path, cache: Path) -> None:
    found = load(folder, cache, encoder=FakeEncoder())
    assert found.judge is None
    assert found.note == "the judge reads the vectors of e5-small, so with fake it is not used"
    with pytest.raises(
        ModelError, match=r"^judge-1 reads the vectors of e5-small, and the model is fake; check"
    ):
        load(folder, cache, "judge-1", encoder=FakeEncoder())


def test_an_encoder_is_no_judge(folder: Path, cache: Path) -> None:
    with pytest.raises(
        ModelError, match="e5-small is an encoder, which --model takes; --judge takes judge-1"
    ):
        load(folder, cache, "e5-small")


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (JUDGE_WEIGHTS, b"x", "judge.safetensors: damaged"),
        (JUDGE_CARD, b"{}", "judge.json: not the card of a judge"),
        (JUDGE_CARD, b"[", "judge.json: not the card of a judge"),
        (JUDGE_CARD, None, "judge.json: cannot be read"),
        (
            JUDGE_CARD,
            b'{"name": "x", "format": 9, "sha256": "", "calibration": [1, 0]}',
            "judge.json: format 9, and this mlcheck reads format 2",
        ),
    ],
)
def test_files_that_are_damaged(tmp_path: Path, file: str, content: bytes | None, message: str) -> None:
    path = write_judge(tmp_path) / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(ModelError) as raised:
        load(tmp_path, tmp_path / "cache")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not verify(OURS, tmp_path / "cache", tmp_path)[0].good


@pytest.mark.parametrize("content", [b"no safetensors at all", None])
def test_weights_of_something_else(tmp_path: Path, content: bytes | None) -> None:
    from safetensors.numpy import save

    from mlcheck.models import sha256_of

    data = content or save({"x": np.zeros(3, np.float32)})
    (tmp_path / JUDGE_WEIGHTS).write_bytes(data)
    card = {"name": "x", "format": JUDGE_FORMAT, "sha256": sha256_of(data), "calibration": [1, 0]}
    (tmp_path / JUDGE_CARD).write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"not a safetensors file|not the weights of a judge"):
        load(tmp_path, tmp_path / "cache")


# The cache


def test_it_is_converted_once_and_again_where_it_is_damaged(folder: Path, tmp_path: Path) -> None:
    sha256 = read_card(folder).sha256
    converted = judge_folder(sha256, tmp_path) / "model.onnx"
    assert [each.why for each in verify(OURS, tmp_path, folder)][1:] == [
        "not converted yet; done when first used"
    ]
    assert load(folder, tmp_path).note is None
    written = converted.stat().st_mtime_ns
    assert load(folder, tmp_path).note is None
    assert converted.stat().st_mtime_ns == written
    assert all(each.good for each in verify(OURS, tmp_path, folder))
    converted.write_bytes(b"x")
    assert [each.good for each in verify(OURS, tmp_path, folder)] == [True, False]
    found = load(folder, tmp_path)
    assert isinstance(found.judge, OnnxJudge)
    assert (found.note, found.judge.fault) == (None, None)
    found.judge.score(PAIRS)
    assert "has been built again" in (found.judge.fault or "")
    assert found.judge.id == JudgeId(name="judge-1", revision="3+2", sha256=sha256)


# What it says


def test_a_judgement_depends_on_its_pair_alone(judge: Judge) -> None:
    together = judge.score(PAIRS)
    for pair, found in zip(PAIRS, together, strict=True):
        (alone,) = judge.score([pair])
        assert alone is not None
        assert found is not None
        assert (alone.logit, alone.probability) == (found.logit, found.probability)
        assert alone.words is not None
        assert found.words is not None
        for one, other in zip(alone.words, found.words, strict=True):
            for a, b in zip(one, other, strict=True):
                np.testing.assert_array_equal(a.values, b.values)
    assert len({found.logit for found in together if found}) == 3
    assert judge.score([]) == []


def test_the_words_are_the_encoders(judge: Judge) -> None:
    (found,) = judge.score(PAIRS[1:2])
    assert found is not None
    assert found.words is not None
    for side, sentences in zip(found.words, PAIRS[1], strict=True):
        _, pieces = FakeE5().encode_with_words(sentences)
        for judged, text, own in zip(side, sentences, pieces, strict=True):
            np.testing.assert_array_equal(judged.spans, join_pieces(text, own).spans)
            assert judged.values.shape == (len(judged.spans),)
            assert ((judged.values > 0) & (judged.values < 1)).all()


def test_the_probability_is_calibrated(judge: Judge, cache: Path, tmp_path: Path) -> None:
    other = load(write_judge(tmp_path, calibration=(2.0, -1.0)), cache).judge
    assert other is not None
    for plain, calibrated in zip(judge.score(PAIRS), other.score(PAIRS), strict=True):
        assert plain is not None
        assert calibrated is not None
        assert plain.logit == calibrated.logit
        assert plain.probability == pytest.approx(1 / (1 + math.exp(-plain.logit)))
        assert calibrated.probability == pytest.approx(1 / (1 + math.exp(1 - 2 * plain.logit)))


def test_what_is_too_long_is_not_judged(judge: Judge) -> None:
    found = judge.score([(["ferry " * 990], ["Fähre " * 10]), (["ferry " * 990], ["Fähre " * 11]), PAIRS[0]])
    assert [each is None for each in found] == [False, True, False]


# In a check


class Differs:
    """A judge to whom everything differs."""

    id = JudgeId(name="differs", revision="1", sha256="0" * 64)

    def score(self, pairs: Sequence[Any]) -> list[Judgement | None]:
        return [Judgement(probability=0.9, logit=2.2) for _ in pairs]


@pytest.fixture
def alignment(checker: Checker) -> Alignment:
    return checker.align(read_text(ENGLISH), read_text(GERMAN), languages=("en", "de"))


ENGLISH = "The ferry will cross the bay on Sunday. The museum is open.\n\nThe storm damaged the north pier."
GERMAN = "Die Fähre überquert die Bucht am Sonntag.\n\nDer Sturm beschädigte den nördlichen Anleger."


def test_links_are_judged(alignment: Alignment) -> None:
    judged = judge_links(alignment, Differs())
    for link in judged.sentences:
        found = judged.judgement(link)
        assert (found is not None) == bool(link.source and link.target)
    assert len(judged.judgements) == 2
    assert alignment.judgements == {}
    first = judge_links(alignment, Differs(), lambda link: 0 in link.source)
    assert [source for source, _ in first.judgements] == [(0, 1)]


@pytest.mark.usefixtures("bundled")
def test_a_report_names_its_judge(folder: Path) -> None:
    texts = read_text(ENGLISH), read_text(GERMAN)
    checker = Checker(encoder=FakeE5(), judge="judge-1")
    report = checker.check(*texts, languages=("en", "de"))
    sha256 = read_card(folder).sha256
    assert as_dict(report)["judge"] == {"name": "judge-1", "revision": "3+2", "sha256": sha256}
    assert len(checker.align(*texts, languages=("en", "de")).judgements) == 2
    for judge in ("none", None):  # an encoder of one's own has no judge unless one is named
        assert Checker(encoder=FakeE5(), judge=judge).check(*texts, languages=("en", "de")).judge is None


@pytest.mark.usefixtures("bundled")
def test_the_default_is_used_with_its_encoder_only(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = read_text(ENGLISH), read_text(GERMAN)
    for encoder, judge, notes in (
        (FakeE5(), "judge-1", []),
        (FakeEncoder(), None, ["the judge reads the vectors of e5-small, so with fake it is not used"]),
    ):
        loaded = SimpleNamespace(encoder=encoder, note=None)
        monkeypatch.setattr("mlcheck.tools.load_encoder", lambda *_, loaded=loaded, **__: loaded)
        report = mlcheck.check(texts[0], texts[1], languages=("en", "de"))
        assert (report.judge.name if report.judge else None) == judge
        assert [note.message for note in report.notes if note.code == "judge"] == notes


@pytest.mark.usefixtures("bundled")
def test_sentences_are_encoded_once() -> None:
    class Counting(FakeE5):
        asked: list[str] = []  # noqa: RUF012

        def encode_with_words(self, texts: Sequence[str]) -> Any:
            self.asked.extend(texts)
            return super().encode_with_words(texts)

    checker = Checker(encoder=Counting(), judge="judge-1")
    checker.align(read_text(ENGLISH), read_text(GERMAN), languages=("en", "de"))
    ours = [text for text in Counting.asked if text in ENGLISH or text in GERMAN]
    assert len(ours) == len(set(ours)) == 5


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(("judge", "kept"), [("judge-1", True), ("none", False)])
def test_pieces_are_kept_for_a_judge_only(judge: str, kept: bool) -> None:
    checker = Checker(encoder=FakeE5(), judge=judge)
    checker.align(read_text(ENGLISH), read_text(GERMAN), languages=("en", "de"))
    assert {known.pieces is not None for known in checker._toolbox._memory._kept.values()} == {kept}


@pytest.mark.usefixtures("bundled")
def test_it_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[LoadedJudge] = []

    def counting(*given: Any, **options: Any) -> LoadedJudge:
        loaded.append(load_judge(*given, **options))
        return loaded[-1]

    monkeypatch.setattr("mlcheck.tools.load_judge", counting)
    checker = Checker(encoder=FakeE5(), judge="judge-1")
    reports = [
        checker.check(read_text(ENGLISH), read_text(GERMAN), languages=("en", other))
        for other in ("de", "nl", "ka")
    ]
    assert len(loaded) == 1
    assert {report.judge.name if report.judge else None for report in reports} == {"judge-1"}


def test_what_it_says_depends_on_the_pair() -> None:
    listed = replace(OURS, name="theirs", languages=("en", "de"))
    found = LoadedJudge(judge=None, note="damaged", entry=listed)
    assert found.said(("de", "en")) == "damaged"
    assert found.said(("en", "ka")) == (
        "damaged; theirs was not trained on ka, so its figures are less certain"
    )
    assert LoadedJudge(judge=None).said(("ka",)) is None
    assert found.goes_with(FakeE5())
    assert not LoadedJudge(judge=None, encoder=FakeE5()).goes_with(FakeEncoder())


# The command line


@pytest.fixture
def files(write: Callable[..., Path]) -> tuple[Path, Path]:
    return write("a.txt", *ENGLISH.split("\n\n")), write("b.txt", *GERMAN.split("\n\n"))


@pytest.mark.usefixtures("fake_model")
@pytest.mark.parametrize("command", ["check", "batch"])
def test_the_option(run: Run, files: tuple[Path, Path], command: str, tmp_path: Path) -> None:
    arguments = [*files, "--lang", "en", "--lang", "de"]
    if command == "batch":
        line = {"id": "x", "source": "a.txt", "target": "b.txt", "source_lang": "en", "target_lang": "de"}
        (tmp_path / "items.jsonl").write_text(json.dumps(line))
        arguments = [Path("items.jsonl")]
    status, out, error = run(command, *arguments, "--judge", "none", "--format", "jsonl")
    assert status in (0, 1), error
    assert json.loads(out)["judge"] is None
    status, out, error = run(command, *arguments, "--judge", "e5-small", "--format", "jsonl")
    assert status == 2
    message = "e5-small is an encoder, which --model takes; --judge takes judge-1 or none"
    assert message in (error if command == "check" else json.loads(out)["error"]["message"])


@pytest.mark.usefixtures("fake_model")
def test_the_key(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mlcheck.toml").write_text('judge = "e5-small"')
    arguments = ["check", *files, "--lang", "en", "--lang", "de"]
    status, _, error = run(*arguments)
    assert status == 2
    assert error == "mlcheck: e5-small is an encoder, which --model takes; --judge takes judge-1 or none\n"
    assert run(*arguments, "--judge", "none")[0] in (0, 1)
    assert run("align", *files, "--lang", "en", "--lang", "de")[0] == 0


def test_a_judge_is_no_model(run: Run, files: tuple[Path, Path]) -> None:
    status, _, error = run("check", *files, "--model", "judge-1")
    assert status == 2
    assert error.startswith(
        "mlcheck: judge-1 is a judge, which --judge takes; --model takes one of e5-small,"
    )


def test_what_models_says_of_it(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("models", "list")
    assert status == 0
    assert [line.split()[1] for line in out.splitlines() if line.endswith("(default)")] == [
        "e5-small",
        "judge-1",
    ]
    assert "role      judge, for --judge\n" in run("models", "show", "judge-1")[1]
    assert "role      encoder, for --model\n" in run("models", "show", "labse")[1]
    status, _, error = run("models", "export", "judge-1", tmp_path / "out")
    assert (status, "no sentence-transformers form; export e5-small" in error) == (2, True)


def test_its_status(folder: Path, tmp_path: Path) -> None:
    assert model_status(OURS, folder=folder) == (True, "bundled; reads the vectors of e5-small")
    assert model_status(OURS, folder=tmp_path) == (False, "this copy of mlcheck comes without it")
    other = find_entry(str(tmp_path), MODELS, "judge")
    assert model_status(other).why == (
        f"{tmp_path}: not a CrossEncoder (its config.json names no model for sequence classification)"
    )
    assert [each.good for each in verify(other)] == [False]


# CrossEncoders


class Scores:
    """A CrossEncoder that knows its outputs by heart; a token a word."""

    max_length = 12

    def __init__(self, outputs: dict[tuple[str, str], list[float]]) -> None:
        self.outputs = outputs
        self.asked: list[tuple[str, str]] = []

    def predict(self, texts: list[tuple[str, str]], **_: object) -> Any:
        self.asked += texts
        found = np.array([self.outputs[pair] for pair in texts])
        return found[:, 0] if found.shape[1] == 1 else found

    def tokenizer(self, a: str, b: str, **_: object) -> dict[str, list[int]]:
        return {"input_ids": [0] * (len(a.split()) + len(b.split()) + 3)}


CROSS = JudgeId(name="cross", revision="-", sha256="0" * 64)
LONG = ["one two three four five six"], ["one two three four"]


@pytest.mark.filterwarnings("ignore")  # of torch, about itself
def test_a_judge_by_entailment() -> None:
    chances = {("a b", "c"): [0.1, 0.2, 0.7], ("c", "a b"): [0.3, 0.6, 0.1]}
    model = Scores({pair: list(np.log(each)) for pair, each in chances.items()})
    found = CrossEncoderJudge(model, CROSS, 0, -1).score([LONG, (["a", "b"], ["c"])])
    assert found[0] is None
    assert found[1] is not None
    assert found[1].probability == pytest.approx(0.9)
    assert found[1].logit == pytest.approx(math.log(9))
    assert found[1].words is None
    assert CrossEncoderJudge(model, CROSS, 0, -1).score([LONG]) == [None]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("sign", "probability"), [(-1, 0.25), (1, 0.75)])
def test_a_judge_of_one_output(sign: int, probability: float) -> None:
    model = Scores({("a", "b"): [math.log(3)], ("a", "c"): [900.0]})
    found = CrossEncoderJudge(model, CROSS, None, sign).score([(["a"], ["b"]), (["a"], ["c"])])
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].probability == pytest.approx(probability)
    assert math.isfinite(found[1].logit)


def test_its_labels() -> None:
    def number(*labels: str) -> int | None:
        return _entailment(Path("x"), SimpleNamespace(id2label=dict(enumerate(labels))))

    assert number("LABEL_0") is None
    assert number("contradiction", "Entailment", "neutral") == 1
    with pytest.raises(ModelError, match=r"^x: its labels are good, bad; a judge has one output, or labels"):
        number("good", "bad")


def test_a_judge_of_the_hub_is_not_fetched_offline(cache: Path, tmp_path: Path) -> None:
    entry = replace(OURS, name="theirs", source="hub:owner/model", revision="main")
    with pytest.raises(
        ModelError, match=r"fetching is switched off; .*\(--judge FOLDER\).*\(--judge none\)$"
    ):
        load(tmp_path, cache, "theirs", models=(*MODELS, entry), offline=True)


def test_its_files_are_in_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    assert settings["wheel"]["packages"] == ["mlcheck"]
    assert "exclude" not in settings["wheel"]
    for name in (JUDGE_WEIGHTS, JUDGE_CARD):
        ignored = subprocess.run(
            ["git", "check-ignore", "-q", f"mlcheck/judge/{name}"], cwd=ROOT, check=False, capture_output=True
        )
        assert ignored.returncode != 0  # what git leaves out, a wheel leaves out


def test_pieces_are_kept_for_it() -> None:
    texts = ["a ferry", "a storm"]
    kept, apart = Memory(), Memory()
    kept.keep_pieces()
    kept.recall(FakeE5(), texts)
    for memory in (kept, apart):
        pieces = memory.pieces(FakeE5(), texts)
        assert pieces is not None
        for found, own in zip(pieces, FakeE5().encode_with_words(texts)[1], strict=True):
            np.testing.assert_array_equal(found.spans, own.spans)
            np.testing.assert_array_equal(found.vectors, own.vectors.astype(np.float16).astype(np.float32))
