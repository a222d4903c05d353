"""The package as `ARCHITECTURE.md` describes it: who imports whom, what is loaded when, and that every
rule has its file, its page and its cases."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import mlcheck
import mlcheck.checks

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mlcheck"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"

HEAVY = (
    "babel",
    "langdetect",
    "numpy",
    "onnx",
    "onnxruntime",
    "sentence_transformers",
    "sentencex",
    "tokenizers",
    "torch",
    "transformers",
)
SECTIONS = ("What it finds", "Why it matters", "Example", "Known to be wrong when")


def allowed() -> dict[str, set[str]]:
    """The import table: what each room may import."""
    rows = re.findall(r"^\| `(\S+?)/?` \| (.+) \|$", _table(), re.MULTILINE)
    return {room.removesuffix(".py"): set(re.findall(r"`(\w+)`", cell)) for room, cell in rows}


def _table() -> str:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    found = re.search(r"^\| room \| may import \|\n(?:\|.*\n)+", text, re.MULTILINE)
    assert found, "ARCHITECTURE.md has no table `| room | may import |`"
    return found[0]


@cache
def rooms() -> dict[str, list[Path]]:
    """The modules and packages at the top of mlcheck, each with its files."""
    found = {path.stem: [path] for path in PACKAGE.glob("*.py")}
    for folder in PACKAGE.iterdir():
        if (folder / "__init__.py").exists():
            found[folder.name] = sorted(folder.rglob("*.py"))
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """The imports of a file, wherever they stand in it."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, (ast.Import, ast.ImportFrom))]


def imported(path: Path) -> Iterator[str]:
    """The rooms that a file names in its imports."""
    for node in imports(path):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.split(".")[0] == "mlcheck":
                    yield name.name.partition(".")[2].split(".")[0] or "__init__"
        else:
            assert node.level == 0, f"{path}: a relative import"
            package, _, rest = (node.module or "").partition(".")
            if package == "mlcheck":
                yield from [rest.split(".")[0]] if rest else (name.name for name in node.names)


@cache
def doors() -> dict[str, set[str]]:
    """What each room that is a folder exports."""
    found = {}
    for room, files in rooms().items():
        door = PACKAGE / room / "__init__.py"
        if door in files:
            for node in parsed(door).body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                    found[room] = set(ast.literal_eval(node.value))
    return found


def beside_doors(path: Path, room: str) -> Iterator[str]:
    """What a file of a room imports of other rooms that are folders, and not as they export it."""
    exported = doors()
    for node in imports(path):
        if isinstance(node, ast.Import):
            for name in node.names:
                parts = name.name.split(".")
                if parts[0] == "mlcheck" and len(parts) > 2 and parts[1] in exported and parts[1] != room:
                    yield ".".join(parts[1:])
        elif (node.module or "").startswith("mlcheck."):
            _, other, *rest = (node.module or "").split(".")
            if other in exported and other != room:
                if rest:
                    yield ".".join([other, *rest])
                else:
                    yield from (f"{other}.{n.name}" for n in node.names if n.name not in exported[other])


def test_no_import_goes_past_a_door() -> None:
    """Of another room one imports what its `__init__` exports, and no file of it."""
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for room, files in rooms().items()
        for path in files
        for name in beside_doors(path, room)
    }
    assert found == set()


def test_the_table_has_a_row_for_each_room() -> None:
    assert allowed().keys() == rooms().keys()


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_imports_what_the_table_allows(room: str) -> None:
    found = {name for path in rooms()[room] for name in imported(path)} - {room}
    assert found <= allowed()[room]


def test_no_two_rooms_need_each_other() -> None:
    graph = {room: {name for path in files for name in imported(path)} for room, files in rooms().items()}
    for room in graph:
        reached, front = set(), graph[room] - {room}
        while front:
            name = front.pop()
            reached.add(name)
            front |= graph.get(name, set()) - reached - {name}
        assert room not in reached, f"{room} imports itself through others"


@pytest.mark.parametrize("code", ["import mlcheck", "import mlcheck.cli"])
def test_importing_loads_nothing_heavy(code: str) -> None:
    assert loaded_after(code) == []


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from mlcheck.cli import main; sys.argv = ['mlcheck', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\nsys.stdout.flush()"
    )
    assert loaded_after(code) == []


def loaded_after(code: str) -> list[str]:
    probe = f"import sys\n{code}\nprint('loaded:', *sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()[-1].split()[1:]


def test_rules_are_the_files_and_the_cases() -> None:
    names = [rule.name for rule in mlcheck.checks.RULES]
    assert len(set(names)) == len(names)
    files = {
        path.stem.replace("_", "-")
        for path in (PACKAGE / "checks").glob("*.py")
        if re.search(r"^RULE = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    every = [rule.name for rule in mlcheck.checks.EVERY_RULE]
    assert files == set(every)
    assert every[: len(names)] == names
    assert {path.stem for path in (ROOT / "tests" / "cases").glob("*.toml")} == set(names)


@pytest.mark.parametrize("rule", mlcheck.checks.EVERY_RULE, ids=lambda rule: str(rule.name))
def test_a_rule_has_a_whole_page(rule: mlcheck.checks.Rule) -> None:
    heads = re.findall(r"^(\S.*)$", rule.page, re.MULTILINE)
    assert tuple(heads) == SECTIONS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+|untranslated", rule.name)
    assert re.fullmatch(r"\S.*[^.]", rule.summary)
    assert re.fullmatch(r"[a-z]+(/[a-z]+)?", rule.mqm)


def public_things() -> Iterator[tuple[str, object]]:
    """Every public function, class and method of the package, by its full name."""
    for info in pkgutil.walk_packages(mlcheck.__path__, "mlcheck."):
        if info.name == "mlcheck.__main__":
            continue
        module = importlib.import_module(info.name)
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", None) == info.name
            if name.startswith("_") or not own or not (inspect.isfunction(thing) or inspect.isclass(thing)):
                continue
            yield f"{info.name}.{name}", thing
            if inspect.isclass(thing):
                for method, function in vars(thing).items():
                    if not method.startswith("_") and inspect.isfunction(function):
                        yield f"{info.name}.{name}.{method}", function


def test_public_things_say_what_they_do() -> None:
    things = dict(public_things())
    assert len(things) > 100
    assert [name for name, thing in things.items() if not (thing.__doc__ or "").strip()] == []


def test_modules_say_what_they_are() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name not in ("__main__.py", "_version.py"):
            assert ast.get_docstring(parsed(path)), path


def test_public_names_are_there() -> None:
    for name in mlcheck.__all__:
        assert getattr(mlcheck, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        mlcheck.nothing  # noqa: B018


def test_onnxruntime_is_loaded_in_one_place() -> None:
    """Whoever else loads it forgets to tell it to send nothing."""
    statement = re.compile(r"^\s*(?:import onnxruntime|from onnxruntime)", re.MULTILINE)
    folders = (PACKAGE, ROOT / "tests", ROOT / "benchmarks", ROOT / "training")
    files = [path for folder in folders for path in folder.rglob("*.py")]
    found = [path.name for path in files if statement.search(path.read_text(encoding="utf-8"))]
    assert found == ["session.py"]


LOADED = """
from mlcheck.models import start_session
from onnx import TensorProto, helper
value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
other = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "g", [value], [other])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
start_session(model.SerializeToString()).run(["y"], {"x": [1.0]})
"""


def test_onnxruntime_keeps_no_number_for_the_machine(tmp_path: Path) -> None:
    """It does so, and sends it with what it tells of each session, unless it is told not to; but not where
    it finds itself in a build."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH")}
    environment = {**kept, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", LOADED], env=environment, check=True, timeout=120)
    assert not list(tmp_path.rglob("*"))


def test_scripts_take_from_tests_what_is_there() -> None:
    """They are run by hand, and nobody else would notice that a name has gone to another file."""
    folders = [ROOT / "tests", ROOT / "benchmarks"]
    beside = {path.stem: path for folder in folders for path in folder.glob("*.py")}
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and not node.level and node.module in beside:
                text = beside[node.module].read_text(encoding="utf-8")
                missing = {name.name for name in node.names} - _defined(ast.parse(text))
                assert not missing, f"{script.name}: {node.module} has no {missing}"


def _defined(tree: ast.Module) -> set[str]:
    """The names that a module defines or imports at its top."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                found.add(node.name)
            case ast.Name(ctx=ast.Store()):
                found.add(node.id)
            case ast.ImportFrom() | ast.Import():
                found |= {(each.asname or each.name).partition(".")[0] for each in node.names}
    return found
