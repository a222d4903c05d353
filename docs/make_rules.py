"""Write docs/rules.md and docs/rules/ from the rules' own pages: `python docs/make_rules.py`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from mlcheck.checks import EVERY_RULE, Rule

DOCS = Path(__file__).parent

_OPENING = """\
# Rules

A rule is named after the flaw. `missing` means in the source and not in the target, `added` the other way
round. MQM is the type of error in the MQM typology. A place is explained once, by the first of the rules
below that has something to say about it. `mlcheck explain RULE` prints a rule's page.

This page and those it leads to are made by `python docs/make_rules.py` from the rules in `mlcheck/checks/`.

"""


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Every page by its path in docs/: the table, and a page a rule, in the order in which rules speak."""
    rows = [f"| [`{rule.name}`](rules/{rule.name}.md) | {rule.summary} | `{rule.mqm}` |" for rule in rules]
    table = "\n".join(["| rule | what is wrong | MQM |", "|---|---|---|", *rows])
    return {"rules.md": _OPENING + table + "\n"} | {f"rules/{rule.name}.md": _page(rule) for rule in rules}


def _page(rule: Rule) -> str:
    parts = [f"# `{rule.name}`", f"{rule.summary}. MQM: `{rule.mqm}`."]
    for part in rule.page.strip().split("\n\n"):
        title, _, body = part.partition("\n")
        parts += [f"## {title}", _body(title, textwrap.dedent(body).strip().splitlines())]
    return "\n\n".join([*parts, "[All rules](../rules.md)"]) + "\n"


def _body(title: str, lines: list[str]) -> str:
    """A paragraph; of an example, in which a line is a side, lines that stay apart."""
    if title == "Example":
        return "> " + "\\\n> ".join(lines)
    text = " ".join(lines)
    return textwrap.fill(text[0].upper() + text[1:], width=110)


def write() -> None:
    """Put the pages where they belong, and take away those of rules that are no more."""
    made = pages(EVERY_RULE)
    for old in (DOCS / "rules").glob("*.md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    for path, text in made.items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        (DOCS / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
