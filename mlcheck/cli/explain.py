"""`mlcheck explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from mlcheck.cli.options import OutputOption
from mlcheck.cli.terminal import opened
from mlcheck.errors import UsageError
from mlcheck.wording import did_you_mean


def explain_command(
    rule: Annotated[str, typer.Argument(help="The rule's name, such as missing-paragraph.")],
    output: OutputOption = None,
) -> None:
    """Print a rule's page: what it finds, why it matters, when it is wrong."""
    from mlcheck.checks import EVERY_RULE

    pages = {r.name: r for r in EVERY_RULE}
    if rule not in pages:
        hint = did_you_mean(rule, pages) or f"there are {', '.join(pages)}"
        raise UsageError(f"no rule {rule!r}; {hint}")
    with opened(output) as write:
        write(f"{rule}: {pages[rule].summary}\n\n{pages[rule].page.strip()}\n")
