"""Which format a file is in: what the user says, else what its first bytes show, its suffix, its content."""

from __future__ import annotations

import re

from mlcheck.errors import InputError
from mlcheck.read.archive import first_part, part_names
from mlcheck.read.contents import kind_of
from mlcheck.read.decode import Decoded, decode_bytes
from mlcheck.read.formats import FORMATS, Format, format_named, suffix_format

__all__ = ["chosen_format"]

_MAGIC = {b"%PDF-": "pdf", b"{\\rtf": "rtf"}
_ZIP = b"PK\x03\x04"
_LOOKED_AT = 100_000
_LONGEST_TYPE = 200
_PLAIN = "txt"
_FREE = ("md", "mdx")
"""Formats that may hold others: Markdown has HTML, tables and code in it."""


def chosen_format(
    data: bytes, suffix: str, shown: str, format: str | None = None, *, text: str | None = None
) -> tuple[Format, Decoded | None]:
    """The format, and the decoded text where it had to be looked at. `format` is what the user says, `text`
    what the bytes say where that is known. Raises `InputError` for what is not read, `UsageError` for a
    format that there is not."""
    if format is not None:
        return format_named(format), None
    container = _container(data)
    if container is not None and container in FORMATS:
        return FORMATS[container], None
    by_suffix = suffix_format(suffix)
    if by_suffix is not None and by_suffix.container and data.startswith(_ZIP):
        return by_suffix, None  # its reader knows what it lacks
    # Bytes that are another container, or no text at all, are refused here, whatever the file is called.
    decoded = decode_bytes(data, shown) if text is None else Decoded(text, "utf-8")
    if by_suffix is not None and by_suffix.container:
        raise InputError(
            f"{shown}: is called {suffix}, and is no {by_suffix.title}; save it again, or give its format "
            "with --from"
        )
    known = by_suffix.name if by_suffix is not None and not by_suffix.open_suffix else None
    if known is not None and known != _PLAIN and known not in _FREE:
        return FORMATS[known], decoded
    kind = kind_of(decoded.text, markdown=known in _FREE)
    if kind is None:
        if by_suffix is not None and by_suffix.open_suffix:
            raise InputError(
                f"{shown}: is called {suffix}, and is nothing of that kind that can be read; give its format "
                "with --from"
            )
        return FORMATS[known or _PLAIN], decoded
    if kind.format in FORMATS:
        return FORMATS[kind.format], decoded
    raise InputError(
        f"{shown}: is {kind.title}, whatever its name, and this version does not read that; save the words "
        "alone as text (UTF-8, .txt)"
    )


def _container(data: bytes) -> str | None:
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            return name
    if not data.startswith(_ZIP):
        return None
    names = part_names(data)
    if names is None:
        # Damaged, or worse; its reader says which.
        names = frozenset(re.findall(r"(?:word|xl)/\w+\.xml", data[:_LOOKED_AT].decode("latin-1")))
    kind = first_part(data, "mimetype", _LONGEST_TYPE) if "mimetype" in names else b""
    if b"epub" in kind:
        return "epub"
    if b"opendocument.text" in kind:
        return "odt"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None
