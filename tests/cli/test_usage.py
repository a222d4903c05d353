"""Options and commands that are none: one line, as all errors are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("arguments", [(), ("models",), ("baseline",), ("config",)])
def test_a_group_alone_shows_its_help(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert "Usage:" in out + err
    assert "Commands:" in out + err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nothing",), "no such command 'nothing'; see mlcheck --help"),
        (("--nothing",), "no such option: --nothing; see mlcheck --help"),
        (("align", "one.txt"), "align: missing argument 'target'; see mlcheck align --help"),
        (("models", "nothing"), "models: no such command 'nothing'; see mlcheck models --help"),
        (("models", "show"), "models show: missing argument 'NAME'; see mlcheck models show --help"),
    ],
)
def test_what_is_wrong_stands_in_one_line(run: Run, arguments: tuple[str, ...], line: str) -> None:
    assert run(*arguments) == (2, "", f"mlcheck: {line}\n")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("check", "one.txt", "two.txt", "--format", "nothing"), "'--format'"),
        (("check", "one.txt", "two.txt", "--fail-on", "nothing"), "'--fail-on'"),
        (("check", "one.txt", "two.txt", "--max-size", "0"), "'--max-size'"),
        (("check", "one.txt", "two.txt", "--model"), "'--model'"),
        (("align", "one.txt", "two.txt", "--unit", "nothing"), "'--unit'"),
        (("align", "one.txt", "two.txt", "--format", "nothing"), "'--format'"),
        (("batch", "items.jsonl", "--jobs", "many"), "'--jobs'"),
        (("batch",), "MANIFEST"),
        (("explain",), "rule"),
    ],
)
def test_the_option_is_named_and_where_help_is(run: Run, arguments: tuple[str, ...], option: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"mlcheck: {arguments[0]}: ")
    assert err.count("\n") == 1
    assert option.lower() in err.lower()
    assert err.endswith(f"; see mlcheck {arguments[0]} --help\n")


def test_what_was_typed_moves_no_cursor(run: Run) -> None:
    code, _, err = run("no\x1b[31m")
    assert code == 2
    assert "\x1b" not in err
