"""Write docs/rules.md from the rules' own pages: `python docs/make_rules.py`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from mlcheck.checks import RULES, Rule

OUT = Path(__file__).with_name("rules.md")

_OPENING = """\
# Rules

Made by `python docs/make_rules.py` from the pages in `mlcheck/checks/`. Change them there.

A rule is named after the flaw. `missing` means in the source and not in the target, `added` the other way
round. MQM is the type of error in the MQM typology. A place is explained once, by the first of the rules
below that has something to say about it. `mlcheck explain RULE` prints one of these pages.

"""


def page(rules: Sequence[Rule]) -> str:
    """The whole of rules.md: a table, then a section a rule, in the order in which rules speak."""
    rows = [f"| [`{rule.name}`](#{rule.name}) | {rule.summary} | `{rule.mqm}` |" for rule in rules]
    table = "\n".join(["| rule | what is wrong | MQM |", "|---|---|---|", *rows])
    return "\n\n".join([_OPENING + table, *(_section(rule) for rule in rules)]) + "\n"


def _section(rule: Rule) -> str:
    parts = [f"## `{rule.name}`", f"{rule.summary}. MQM: `{rule.mqm}`."]
    for part in rule.page.strip().split("\n\n"):
        title, _, body = part.partition("\n")
        parts += [f"**{title}**", _body(title, textwrap.dedent(body).strip().splitlines())]
    return "\n\n".join(parts)


def _body(title: str, lines: list[str]) -> str:
    """A paragraph; of an example, in which a line is a side, lines that stay apart."""
    if title == "Example":
        return "> " + "\\\n> ".join(lines)
    text = " ".join(lines)
    return textwrap.fill(text[0].upper() + text[1:], width=110)


if __name__ == "__main__":
    OUT.write_text(page(RULES), encoding="utf-8", newline="\n")
