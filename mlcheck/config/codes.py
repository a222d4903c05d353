"""Language codes as somebody lists them on the command line."""

from __future__ import annotations

from mlcheck.errors import UsageError
from mlcheck.languages import is_known

__all__ = ["codes_in"]


def codes_in(text: str | None, option: str) -> tuple[str, ...] | None:
    """The language codes of a list with commas, None for none. Raises `UsageError`, which names `option`,
    for what is no code."""
    if text is None:
        return None
    codes = tuple(code.strip() for code in text.split(","))
    for code in codes:
        if not is_known(code):
            raise UsageError(
                f"{option}: {code!r} is no language code; give codes with commas, as in en,ru,az"
            )
    return codes
