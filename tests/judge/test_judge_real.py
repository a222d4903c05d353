"""The judge's graph against its network, and a CrossEncoder from a folder: `pytest -m model`. They take
torch, and the network is in training/, which a package of the source may not have."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from paths import TESTS

from mlcheck.encode import Encoder, export_model, load_encoder
from mlcheck.judge import Judge, load_judge
from mlcheck.judge.combine import coefficients
from mlcheck.judge.graph import build_graph
from mlcheck.judge.surface import likeness
from mlcheck.judge.weights import read_weights
from mlcheck.models import JUDGE_WEIGHTS, load_models, read_card, read_weight_file

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore"),
]  # of torch and others, about themselves

Floats = npt.NDArray[np.float32]
MODELS = load_models(cwd=TESTS)

PASSAGES = [
    ("The council voted on Tuesday to close the school.", "Совет во вторник проголосовал за закрытие школы."),
    ("Prices rose by 3.4 per cent.", "Цены выросли на 4,3 процента."),
    (
        "He said that nobody knew about it, and that the police would look into it next week.",
        "Er sagte, niemand habe davon gewusst. Die Polizei werde sich nächste Woche darum kümmern.",
    ),
    ("Yes.", "风暴损坏北码头三周后，渡轮将于周日恢复横渡海湾。"),
]


@pytest.fixture(scope="module")
def e5() -> Encoder:
    return load_encoder("e5-small", models=MODELS, languages=["en"]).encoder


@pytest.fixture(scope="module")
def states(e5: Encoder) -> list[tuple[Floats, Floats, Floats]]:
    """The pieces of either side, and how alike they look."""
    sides = [e5.encode_with_words(side)[1] for side in zip(*PASSAGES, strict=True)]
    assert sides[0] is not None
    assert sides[1] is not None
    return [
        (a.vectors, b.vectors, likeness([(one, a.spans)], [(two, b.spans)]))
        for (one, two), a, b in zip(PASSAGES, *sides, strict=True)
    ]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A judge with e5's layers, and with comparisons that do something, as after training."""
    pytest.importorskip("training.judge.model")
    import torch

    from training.judge.ship import save
    from training.judge.start import initial_judge

    torch.manual_seed(0)
    judge = initial_judge()
    with torch.no_grad():
        for comparison in (judge.first, judge.second):
            torch.nn.init.normal_(comparison.out.weight, std=0.05)
            comparison.centre.normal_(0, 0.1)
            comparison.mix.weight.mul_(3)
            comparison.mix.weight[:, -2:].mul_(10)  # so that likeness shows
        judge.side.normal_(0, 0.2)
        judge.piece.weight.mul_(3)
        judge.pair.weight.mul_(10)
    folder = tmp_path_factory.mktemp("judge")
    save(judge, folder, calibration=(1.5, -0.25))
    return folder


def test_the_files(saved: Path) -> None:
    assert (saved / JUDGE_WEIGHTS).stat().st_size < 10_000_000
    card = read_card(saved)
    assert (card.name, card.calibration) == ("judge-1", (1.5, -0.25))
    weights = read_weights(read_weight_file(card, saved))
    assert all(m.codes.dtype == np.int8 and m.step.dtype == np.float32 for m in weights.matrices.values())


def test_what_is_read_is_what_was_saved(saved: Path) -> None:
    import torch

    from training.judge.ship import load
    from training.judge.start import initial_judge

    torch.manual_seed(0)
    first, read = initial_judge().state_dict(), load(saved).state_dict()
    for name in first:
        if name.startswith("layers"):  # the others were changed
            step = first[name].abs().max() / 64
            assert (first[name] - read[name]).abs().max() <= step, name


def test_the_graph_computes_the_network(saved: Path, states: list[tuple[Floats, Floats, Floats]]) -> None:
    import torch

    from mlcheck.models import load_runtime
    from training.judge.model import Batch
    from training.judge.ship import load

    network = load(saved)
    graph = build_graph(read_weights(read_weight_file(read_card(saved), saved)))
    session = load_runtime().InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    longest = max(len(a) for a, _, _ in states), max(len(b) for _, b, _ in states)

    def padded(side: int) -> tuple[Any, Any]:
        rows = torch.zeros(len(states), longest[side], 384)
        inside = torch.zeros(len(states), longest[side], dtype=torch.bool)
        for k, pair in enumerate(states):
            rows[k, : len(pair[side])] = torch.from_numpy(pair[side])
            inside[k, : len(pair[side])] = True
        return rows, inside

    (a, in_a), (b, in_b) = padded(0), padded(1)
    alike = torch.zeros(len(states), *longest)
    for k, (_, _, own) in enumerate(states):
        alike[k, : own.shape[0], : own.shape[1]] = torch.from_numpy(own)
    assert alike.max() > 0.3
    with torch.no_grad():
        expected = [found.numpy() for found in network(Batch(a, b, in_a, in_b, alike))]
    pairs = []
    for k, (one, two, own) in enumerate(states):
        inputs = {"a": one, "b": two, "alike": own}
        pair, pieces_a, pieces_b = session.run(["pair", "pieces_a", "pieces_b"], inputs)
        assert pair.shape == (1,)
        assert pair[0] == pytest.approx(expected[0][k], abs=0.06)
        np.testing.assert_allclose(pieces_a, expected[1][k, : len(one)], atol=0.12)
        np.testing.assert_allclose(pieces_b, expected[2][k, : len(two)], atol=0.12)
        pairs.append(float(pair[0]))
    assert np.ptp(pairs) > 0.5  # they are told apart, so agreement means something


# A CrossEncoder


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two layers of e5 below a random classifier of three labels."""
    import torch
    from safetensors.torch import load_file
    from transformers import AutoConfig, BertForSequenceClassification

    exported = tmp_path_factory.mktemp("export") / "e5"
    export_model(MODELS[0], exported)
    labels = ["entailment", "neutral", "contradiction"]
    numbers = {label: number for number, label in enumerate(labels)}
    config = AutoConfig.from_pretrained(
        exported, num_hidden_layers=2, id2label=dict(enumerate(labels)), label2id=numbers
    )
    torch.manual_seed(1)
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(load_file(exported / "model.safetensors"), strict=False)
    torch.nn.init.normal_(model.bert.pooler.dense.weight, std=0.1)
    folder = tmp_path_factory.mktemp("cross") / "nli"
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(exported / name, folder / name)
    return folder


@pytest.fixture
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.usefixtures("_quiet")
def test_a_cross_encoder_from_a_folder(
    run: Callable[..., tuple[int, str, str]], write: Callable[..., Path], cross_encoder: Path
) -> None:
    a = write("a.txt", "The council voted on Tuesday to close the school.", "Prices rose by 3.4 per cent.")
    b = write("b.txt", "Совет во вторник проголосовал за закрытие школы.", "Цены выросли на 3,4 процента.")
    arguments = ["check", a, b, "--format", "json", "--judge", cross_encoder]
    status, out, error = run(*arguments)
    assert status in (0, 1), error
    (report,) = json.loads(out)["reports"]
    assert report["judge"]["name"] == "nli"
    assert len(report["judge"]["sha256"]) == 64
    assert report["notes"] == []


@pytest.mark.usefixtures("_quiet")
def test_what_it_says(cross_encoder: Path, e5: Encoder) -> None:
    from sentence_transformers import CrossEncoder

    from mlcheck.judge import load_judge

    judge = load_judge(str(cross_encoder), models=MODELS, encoder=e5).judge
    assert judge is not None
    pairs = [([a], [b]) for a, b in PASSAGES]
    found = judge.score([*pairs, (["word " * 600], ["слово"])])
    assert found[-1] is None
    theirs = CrossEncoder(str(cross_encoder), device="cpu")
    for (a, b), judged in zip(PASSAGES, found, strict=False):
        assert judged is not None
        follows = theirs.predict([(a, b), (b, a)], apply_softmax=True)[:, 0]
        assert judged.probability == pytest.approx(1 - follows.min(), abs=1e-4)
        assert judged.words is None


# The judge that mlcheck brings


FAITHFUL = [
    ("The minister did not sign the agreement on Friday.", "Министр не подписал соглашение в пятницу."),
    (
        "The minister did not sign the agreement on Friday.",
        "Der Minister hat das Abkommen am Freitag nicht unterzeichnet.",
    ),
    ("The minister did not sign the agreement on Friday.", "Le ministre n’a pas signé l’accord vendredi."),
    (
        "Farmers in the north expect a poor harvest, because it has hardly rained since April.",
        "Фермеры на севере ожидают плохого урожая, потому что с апреля почти не было дождей.",
    ),
]
FLAWED = [
    ("The minister did not sign the agreement on Friday.", "Министр подписал соглашение в пятницу."),
    (
        "The minister did sign the agreement on Friday.",
        "Der Minister hat das Abkommen am Freitag nicht unterzeichnet.",
    ),
    ("The minister signed the agreement on Friday.", "Le ministre n’a pas signé l’accord vendredi."),
    (
        "Farmers in the north expect a poor harvest, because it has hardly rained since April.",
        "Фермеры на севере ожидают плохого урожая.",
    ),
]


@pytest.fixture(scope="module")
def judge(e5: Encoder) -> Judge:
    found = load_judge("judge-1", models=MODELS, encoder=e5).judge
    assert found is not None
    return found


def logits(judge: Judge, pairs: Sequence[tuple[str, str]]) -> list[float]:
    judged = judge.score([((a,), (b,)) for a, b in pairs])
    return [one.logit for one in judged if one is not None]


def test_it_tells_what_is_gone_from_what_is_there(judge: Judge) -> None:
    for one, two in zip(logits(judge, FAITHFUL), logits(judge, FLAWED), strict=True):
        assert one + 3 < two


def test_which_side_is_the_source_does_not_matter(judge: Judge) -> None:
    pairs = [*FAITHFUL, *FLAWED]
    turned = [(b, a) for a, b in pairs]
    assert logits(judge, pairs) == logits(judge, turned)


def test_a_pair_is_judged_by_itself(judge: Judge) -> None:
    pairs = [*FAITHFUL, *FLAWED]
    assert logits(judge, pairs) == [logits(judge, [pair])[0] for pair in pairs]


def test_what_it_is_worth_was_fitted(judge: Judge) -> None:
    assert coefficients(judge.id.sha256).keys() == {"flawed", "wrong", "divergence", "name", "null"}


def test_it_points_at_the_words_that_are_gone(judge: Judge) -> None:
    (judged,) = judge.score([((FLAWED[3][0],), (FLAWED[3][1],))])
    assert judged is not None
    assert judged.words is not None
    (source,), _ = judged.words
    gone = source.spans[:, 0] > FLAWED[3][0].index(",")
    assert source.values[gone].mean() > 2 * source.values[~gone].mean()
