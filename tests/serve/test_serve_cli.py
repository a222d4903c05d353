"""`mlcheck serve` and `mlcheck check --server`: what is refused before anything starts, and that a service
changes no byte of a report."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from service import Inline, running
from stories import ENGLISH, GERMAN

from mlcheck.config import settings_from, settings_table
from mlcheck.serve import Limits, Order, ServedChecker
from mlcheck.settings import CheckSettings, ScorecardSettings, Settings

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("fake_model")
assert ServedChecker  # a class of `Checker`, so it is made before a test puts another in its place


@pytest.fixture
def pair(write: Write) -> tuple[str, str]:
    write("story.en.txt", *ENGLISH)
    write("short.de.txt", *GERMAN[:3], *GERMAN[4:])
    return "story.en.txt", "short.de.txt"


@pytest.fixture(scope="module")
def pool() -> Inline:
    return Inline()


@pytest.fixture(scope="module")
def server(pool: Inline) -> Iterator[str]:
    with running(pool) as address:
        yield address


def refused(ran: tuple[int, str, str]) -> str:
    code, out, err = ran
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("mlcheck: ")
    return err


# What is refused


def test_where_no_service_runs_that_is_a_line(run: Run, pair: tuple[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert "start one with mlcheck serve" in refused(run("check", *pair, "--server", address))


@pytest.mark.parametrize("address", ["", "ftp://a", "http://", "http://a:b", "http://[::1", "http://u:p@a/"])
def test_an_address_that_is_none_is_told(run: Run, pair: tuple[str, str], address: str) -> None:
    assert "write it as http://127.0.0.1:8756" in refused(run("check", *pair, "--server", address))


def test_what_is_no_service_of_ours_is_told(run: Run, pair: tuple[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            line, _ = other.accept()
            with line:
                line.recv(10_000_000)
                line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        assert "is no mlcheck serve" in refused(run("check", *pair, "--server", address))
        thread.join()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--models", "models.txt"), "--models is for the process with the models"),
        (("--no-cache",), "--no-cache is for the process with the models"),
        (("--model", "labse"), "uses the model fake, and not 'labse'"),
        (("--terms", "terms.csv"), "a glossary is not sent"),
    ],
)
def test_what_is_the_services_own_is_refused(
    run: Run, pair: tuple[str, str], server: str, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "models.txt").write_text("")
    (tmp_path / "terms.csv").write_text("en,de\nferry,Fähre\n")
    assert said in refused(run("check", *pair, "--server", server, *options))


def test_a_text_that_cannot_be_checked_has_its_own_line(
    run: Run, pair: tuple[str, str], server: str, write: Write
) -> None:
    write("empty.txt", "")
    for target in ("gone.txt", "empty.txt"):
        alone = run("check", pair[0], target)
        assert run("check", pair[0], target, "--server", server) == alone
        refused(alone)


def test_the_token_is_sent(
    run: Run, pair: tuple[str, str], pool: Inline, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(pool, token="0123456789abcdef") as address:
        assert "token" in refused(run("check", *pair, "--server", address))
        monkeypatch.setenv("MLCHECK_TOKEN", "0123456789abcdef")
        assert run("check", *pair, "--server", address)[0] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "takes a token"),
        (("--host", "::"), "takes a token"),
        (("--token", "short"), "16 characters or more"),
        (("--token", "with space 0123456"), "16 characters or more"),
        (("--host", "no.such.host.invalid", "--token", "0123456789abcdef"), "cannot be listened on"),
    ],
)
def test_serve_refuses_to_start(run: Run, options: tuple[str, ...], said: str) -> None:
    assert said in refused(run("serve", *options))


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port}: cannot be listened on" in refused(run("serve", "--port", port))


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "python_multipart"])
def test_a_missing_library_names_the_extra(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def absent(wanted: str, *rest: Any) -> Any:
        if wanted == name:
            raise ModuleNotFoundError(wanted)
        return import_module(wanted, *rest)

    monkeypatch.setattr("mlcheck.serve.run.import_module", absent)
    said = refused(run("serve"))
    assert name.replace("_", "-") in said
    assert "pip install 'mlcheck[serve]'" in said


# The same bytes


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html", "sarif", "junit", "markdown", "csv"])
def test_a_service_changes_no_byte(run: Run, pair: tuple[str, str], server: str, form: str) -> None:
    assert run("check", *pair, "-f", form, "--server", server) == run("check", *pair, "-f", form)


@pytest.mark.parametrize(
    "options",
    [
        ("--words",),
        ("--lang", "en", "--lang", "de-AT"),
        ("--from", "md"),
        ("--fail-on", "never"),
        ("--config", "own.toml"),
        ("--baseline", "accepted.json"),
        ("--require", "en,de,fr"),
    ],
)
def test_whatever_else_is_asked_for(
    run: Run, pair: tuple[str, str], server: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    (tmp_path / "own.toml").write_text(
        '[rules]\nmissing-paragraph = "info"\nuntranslated = "off"\n[thresholds]\nrelated = 0.4\n'
        "[scorecard]\ncritical = 3\n"
    )
    _, out, _ = run("check", *pair, "-f", "json")
    (tmp_path / "report.json").write_text(out)
    run("baseline", "write", "report.json", "--baseline", "accepted.json", "--reason", "cut on purpose")
    alone = run("check", *pair, "-f", "json", *options)
    assert run("check", *pair, "-f", "json", *options, "--server", server) == alone
    assert alone[1]


def test_ignores_beside_a_text_count(
    run: Run, pair: tuple[str, str], server: str, tmp_path: Path, pool: Inline
) -> None:
    (tmp_path / "short.de.txt.mlcheck").write_text("ignore-file missing-paragraph cut on purpose\n")
    alone = run("check", *pair, "-f", "json")
    assert "cut on purpose" in alone[1]
    before = len(pool.asked)
    assert run("check", *pair, "-f", "json", "--server", server) == alone
    assert len(pool.asked) == before + 1
    sent: Order = pool.asked[-1]
    assert sent.target is not None
    assert sent.target.data == (tmp_path / "short.de.txt").read_bytes()


def test_several_targets_and_a_file_of_segments(
    run: Run, pair: tuple[str, str], server: str, tmp_path: Path
) -> None:
    po = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Ferries cross."\nmsgstr "Fähren überqueren."\n'
    (tmp_path / "a.po").write_text(po)
    other = tmp_path / "c.de.txt"
    other.write_bytes((tmp_path / pair[1]).read_bytes())
    assert "give --pairs" in run("check", *pair, other.name, "--server", server)[2]
    for files in ((*pair, other.name, "--pairs"), ("a.po",)):
        alone = run("check", *files, "-f", "json")
        assert alone[1]
        assert run("check", *files, "-f", "json", "--server", server) == alone


def test_settings_go_and_come_back_as_they_are() -> None:
    own = Settings(
        check=CheckSettings(related=0.4, many_facts=7, markup=("link",), localised=("/{lang}/x",)),
        rules={"untranslated": "off"},
        scorecard=ScorecardSettings(critical=3, words="target"),
    )
    for settings in (Settings(), own):
        assert settings_from(settings_table(settings), "settings") == settings


def test_the_limits_are_those_of_the_command() -> None:
    from mlcheck.config import Config

    assert Limits().max_size == Config().max_size


# The command itself


@pytest.mark.model
@pytest.mark.slow
def test_serve_starts_answers_and_ends(tmp_path: Path) -> None:
    """Also that Ctrl-C is how it ends: with 0, and no word of Python's."""
    command = [sys.executable, "-m", "mlcheck", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as service:
        assert service.stderr is not None
        said = [service.stderr.readline(), service.stderr.readline()]
        address = re.search(r"http://\S+", said[1])
        assert address, said
        files = [str(ROOT / "samples" / name) for name in ("call.en.txt", "call.ru-flawed.txt")]
        alone, served = (
            subprocess.run(
                [sys.executable, "-m", "mlcheck", "check", *files, "-f", "json", *options],
                env=environment, capture_output=True, check=False,
            )
            for options in ((), ("--server", address[0]))
        )  # fmt: skip
        assert (served.returncode, served.stdout, served.stderr) == (1, alone.stdout, b"")
        service.send_signal(signal.SIGINT)
        assert service.stderr.read() == ""
        assert service.wait(30) == 0
