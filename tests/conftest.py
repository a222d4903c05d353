"""What tests of several rooms share: an encoder of a few words, and the real one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, open_page  # noqa: F401
from fake_encoder import FakeEncoder
from hypothesis import settings as hypothesis_settings

from mlcheck import cli
from mlcheck.compare import Evidence, compare
from mlcheck.data import Alignment
from mlcheck.encode import load_encoder
from mlcheck.models import load_models
from mlcheck.pipeline import Checker
from mlcheck.read import DEFAULT_MAX_SIZE
from mlcheck.settings import Settings

# A deadline goes by the clock, and tests run side by side; tests of speed count the processor's time.
hypothesis_settings.register_profile("mlcheck", deadline=None)
hypothesis_settings.load_profile("mlcheck")


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work, the least of three runs: what else goes on, on the machine or among
    the test's own leftovers, is no matter of the work."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def evidence_of(alignment: Alignment) -> Evidence:
    """The evidence of an alignment that the fake encoder's vectors have made."""
    return compare(alignment, FakeEncoder().encode)


@pytest.fixture
def checker() -> Checker:
    """A checker with the encoder of a few words."""
    return Checker(encoder=FakeEncoder())


@pytest.fixture(scope="session")
def converted_model() -> None:
    """The default model is converted. The first run in a new environment says that it converts,
    which no test of a command's output should depend on."""
    load_encoder("e5-small", models=load_models(), languages=("en", "ru"))


@pytest.fixture(autouse=True)
def _converted(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("model"):
        request.getfixturevalue("converted_model")


@pytest.fixture(scope="session")
def real_checker() -> Checker:
    """A checker with the bundled default model, from the user's cache; for tests marked `model`."""
    return Checker("e5-small")


_kept: dict[tuple[object, ...], Checker] = {}


@pytest.fixture
def kept_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line with checkers that are kept from test to test, so that a process loads a model once
    and encodes a sentence once. For tests of what a command says of texts: what it says while it loads a
    model is left out."""

    def kept_checker(
        model: str | None = None,
        *,
        models: Path | None = None,
        max_size: int = DEFAULT_MAX_SIZE,
        judge: str | None = None,
        cache: bool = False,
        progress: Callable[[str], None] | None = None,
        **own: Any,
    ) -> Checker:
        if own:  # settings or an encoder
            return Checker(model, models=models, max_size=max_size, judge=judge, cache=cache, **own)
        where = os.environ.get("MLCHECK_CACHE") if cache else None
        key = model, load_models(models), max_size, judge, cache, where
        if key not in _kept:
            _kept[key] = Checker(model, models=models, max_size=max_size, judge=judge, cache=cache)
        return _kept[key]

    monkeypatch.setattr("mlcheck.pipeline.Checker", kept_checker)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of paragraphs into the test's own folder."""

    def write_file(name: str, *paragraphs: str) -> Path:
        path = tmp_path / name
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line with the encoder of a few words in the place of models."""

    def checker_of_few_words(
        model: str | None = None,
        *,
        models: Path | None = None,
        settings: Settings | None = None,
        max_size: int = DEFAULT_MAX_SIZE,
        judge: str | None = None,
        **_: object,
    ) -> Checker:
        return Checker(
            model, models=models, settings=settings, max_size=max_size, encoder=FakeEncoder(), judge=judge
        )

    monkeypatch.setattr("mlcheck.pipeline.Checker", checker_of_few_words)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line in the test's own folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mlcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        code = exit_.value.code
        assert code is None or isinstance(code, int)
        return code or 0, *capsys.readouterr()

    return run_it
