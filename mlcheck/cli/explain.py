"""`mlcheck explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from mlcheck.cli.options import OutputOption
from mlcheck.cli.terminal import opened
from mlcheck.errors import UsageError


def explain_command(
    rule: Annotated[str, typer.Argument(help="The rule's name, such as missing-paragraph.")],
    output: OutputOption = None,
) -> None:
    """Print a rule's page: what it finds, why it matters, when it is wrong."""
    from difflib import get_close_matches

    from mlcheck.checks import RULES

    pages = {r.name: r for r in RULES}
    if rule not in pages:
        near = get_close_matches(rule, pages, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(pages)}"
        raise UsageError(f"no rule {rule!r}; {hint}")
    with opened(output) as write:
        write(f"{rule}: {pages[rule].summary}\n\n{pages[rule].page.strip()}\n")
