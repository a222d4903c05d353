"""Somebody else's words, fit for a line that is printed: nothing in them that a terminal would obey."""

from __future__ import annotations

import re

__all__ = ["safe_json", "safe_line"]

_LINE_BREAK = re.compile("\r\n|[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
# What a terminal obeys instead of showing: controls; directional embeddings, overrides and isolates. Lone
# surrogates cannot be written. Marks such as U+200F and joiners stay: ordinary Arabic, Hebrew and Persian
# need them, and they reach no further than the words beside them.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_line(text: str, most: int | None = None) -> str:
    r"""The text on one line: a space for each line end or tab, `<U+001B>` for each character that a terminal
    would obey. With `most`, a longer text is cut to so many of its characters, the last of them `…`.

    >>> safe_line("red \x1b[31m\nand \u202eback")
    'red <U+001B>[31m and <U+202E>back'
    >>> safe_line("a long value", 7)
    'a long…'
    """
    if most is not None and len(text) > most:
        text = text[: most - 1] + "…"
    return _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", _LINE_BREAK.sub(" ", text))


# Characters that JSON allows in a string as they are, and that still do harm: DEL and the C1 controls,
# directional overrides and isolates (a terminal obeys them), U+0085, U+2028 and U+2029 (many line readers
# split there, and a line is one report), lone surrogates (a file name that is not UTF-8 yields them, and
# they cannot be written as UTF-8). Escaped, they mean the same.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_json(text: str) -> str:
    r"""The JSON text with no character in it that could harm a terminal or a line; it means the same.

    >>> safe_json('["\x9b31m"]')
    '["\\u009b31m"]'
    """
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
