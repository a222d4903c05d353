"""Small parts of messages."""

from __future__ import annotations

from collections.abc import Collection, Sized
from difflib import get_close_matches

__all__ = ["counted", "no_rule", "shortened"]

_EXCERPT = 40  # characters of a text in a message


def counted(entries: Sized) -> str:
    """`1 entry`, `2 entries`."""
    return f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    folded = " ".join(text.split())
    if len(folded) <= _EXCERPT:
        return folded
    cut = folded[:_EXCERPT]
    return (cut.rpartition(" ")[0] or cut) + "…"


def no_rule(name: str, rules: Collection[str]) -> str:
    """What to say of a rule that there is not: with the nearest name, if one is near."""
    near = get_close_matches(name[:100], rules, n=1)
    hint = f"did you mean {near[0]}?" if near else "mlcheck explain lists them"
    return f"no rule {shortened(name)!r}; {hint}"
