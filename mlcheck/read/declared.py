"""The encoding that a page or an XML document declares in its first lines, for bytes that are not UTF-8."""

from __future__ import annotations

import codecs
import re

__all__ = ["declared_encoding"]

_TOP = 2048
"""Bytes that browsers look through; they say 1024, and pages are not careful."""
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"\s*(?:<!|<\?|<[A-Za-z])")
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What the Encoding Standard reads a name as: pages call themselves Latin-1 and have quotation marks of Windows."""
_NOT_TEXT = frozenset(
    [
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
    ]
    + [
        "utf-7",
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "mbcs",
        "oem",
    ]
)
"""Codecs that are no encoding of a page, or not of bytes in which its declaration could be read."""
_ESCAPE = b"\x1b"


def declared_encoding(data: bytes) -> str | None:
    """Python's name of the encoding that markup declares; None without a declaration, and where the bytes are
    UTF-8 whatever they say: text of another encoding is that by the rarest chance.

    >>> declared_encoding(b'<meta charset="windows-1251"><p>\\xcf\\xe0')
    'cp1251'
    """
    top = data[:_TOP]
    found = _DECLARED.search(top) if _MARKUP.match(top) else None
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    if name.replace("-", "_") in _NOT_TEXT or name in _NOT_TEXT:
        return None
    if name.startswith("iso2022") and _ESCAPE in data:  # ASCII to look at
        return name
    try:
        data.decode()
    except UnicodeDecodeError:
        return name
    return None
