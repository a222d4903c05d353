"""Small parts of messages."""

from __future__ import annotations

from collections.abc import Collection

from mlcheck.wording import did_you_mean

__all__ = ["no_rule", "shortened"]

_EXCERPT = 40  # characters of a text in a message


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    folded = " ".join(text.split())
    if len(folded) <= _EXCERPT:
        return folded
    cut = folded[:_EXCERPT]
    return (cut.rpartition(" ")[0] or cut) + "…"


def no_rule(name: str, rules: Collection[str]) -> str:
    """What to say of a rule that there is not: with the nearest name, if one is near."""
    hint = did_you_mean(name, rules) or "mlcheck explain lists them"
    return f"no rule {shortened(name)!r}; {hint}"
