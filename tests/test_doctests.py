"""The examples in docstrings of the package give what stands below them."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

import mlcheck

PACKAGE = Path(mlcheck.__file__).parent
SKIP = re.compile(r" *# doctest: \+SKIP$", re.MULTILINE)
"""What marks an example that takes a model. It is run all the same, here, under the mark `model`."""


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


TEXTS = {module_name(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
WITH_EXAMPLES = [name for name, text in TEXTS.items() if ">>> " in text]
WITH_A_MODEL = [name for name, text in TEXTS.items() if SKIP.search(text)]


def failures(test: doctest.DocTest) -> str:
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    return "".join(told)


def found(module: ModuleType) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


def test_there_are_some() -> None:
    assert len(WITH_EXAMPLES) > 5
    assert WITH_A_MODEL


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_an_example_of_a_docstring_gives_what_it_shows(name: str) -> None:
    tests = found(importlib.import_module(name))
    assert tests, "no docstring that can be found has these examples"
    assert "".join(map(failures, tests)) == ""


@pytest.mark.model
@pytest.mark.usefixtures("kept_models")
@pytest.mark.parametrize("name", WITH_A_MODEL)
def test_an_example_that_takes_a_model_gives_what_it_shows(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PACKAGE.parent)
    parser, module = doctest.DocTestParser(), importlib.import_module(name)
    tests = [test for test in found(module) if SKIP.search(test.docstring or "")]
    assert tests
    for test in tests:
        text = SKIP.sub("", test.docstring or "")
        assert failures(parser.get_doctest(text, test.globs, test.name, test.filename, test.lineno)) == ""
